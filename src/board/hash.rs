//! Stable hashes: the same on every machine and in every release, which the standard library does not promise.

/// FNV-1a. Its results are kept in users' files: never change the algorithm.
#[derive(Debug, Clone, Copy)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    const PRIME: u64 = 0x0100_0000_01b3;

    /// Hash of a text.
    pub fn hash(text: &str) -> u64 {
        let mut hash = Self::default();
        hash.bytes(text.as_bytes());
        hash.finish()
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// Adds a number in one step, for hashes that stay in memory.
    pub fn number(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(Self::PRIME).rotate_left(23);
    }

    /// The hash.
    pub fn finish(self) -> u64 {
        self.0
    }

    /// The hash after a final mix, so that the high bits are as well distributed as the low ones.
    pub fn mixed(self) -> u64 {
        let hash = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^ (hash >> 33)
    }
}

/// FNV-1a with a final mix.
pub fn hash(text: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.bytes(text.as_bytes());
    hash.mixed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_kept_in_files_never_change() {
        assert_eq!(Fnv::hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(Fnv::hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Fnv::hash("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(hash(""), 17_058_014_651_485_797_458);
        assert_ne!(hash("a.1") >> 56, hash("a.2") >> 56);
    }
}
