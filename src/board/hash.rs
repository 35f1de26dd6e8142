//! A stable hash: the same on every machine and in every release, which the standard library does not promise.

/// FNV-1a with a final mix, so that the high bits are as well distributed as the low ones.
pub fn hash(text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_changes() {
        assert_eq!(hash(""), 17_058_014_651_485_797_458);
        assert_ne!(hash("a.1") >> 56, hash("a.2") >> 56);
    }
}
