//! Finds the positions in a text at which a trigger word may start, 64 bytes at a time.

/// Passes each position at which a word or one of the signs "$", "#", ".", "£", "€", "é" starts to `visit`, from left
/// to right.
pub(super) fn visit(text: &[u8], mut visit: impl FnMut(usize)) {
    // Whether the byte before the block belongs to a word, and whether it is a digit.
    let (mut in_word, mut in_number) = (0, 0);
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let mut block_start = 0;
    let mut block = |block: &[u8; BLOCK], length: usize| {
        let Classes {
            letters,
            digits,
            signs,
        } = Classes::from_block(block);
        let words = letters | digits;
        // "5yrs" holds a word, too.
        let units = letters & (digits << 1 | in_number);
        let mut starts = words & !(words << 1 | in_word) | units | signs;
        in_word = words >> (BLOCK - 1);
        in_number = digits >> (BLOCK - 1);
        while starts != 0 {
            visit(block_start + starts.trailing_zeros() as usize);
            starts &= starts - 1;
        }
        block_start += length;
    };
    for bytes in blocks {
        block(bytes, BLOCK);
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    block(&last, rest.len());
}

const BLOCK: usize = 64;

/// The classes of the bytes of a block, one bit a byte.
struct Classes {
    letters: u64,
    digits: u64,
    /// The signs that a trigger word may start with.
    signs: u64,
}

impl Classes {
    /// Free of branches, so that the compiler turns it into vector instructions.
    fn from_block(block: &[u8; BLOCK]) -> Self {
        let mut letters = [0; BLOCK];
        let mut digits = [0; BLOCK];
        let mut signs = [0; BLOCK];
        for (at, byte) in block.iter().enumerate() {
            letters[at] = u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
            digits[at] = u8::from(byte.wrapping_sub(b'0') < 10);
            // "$", "#li-", ".NET", and the first bytes of "£", "€", "é".
            let mut sign = 0;
            for known in [b'$', b'#', b'.', 0xc2, 0xc3, 0xc5, 0xe2] {
                sign |= u8::from(*byte == known);
            }
            signs[at] = sign;
        }
        Self {
            letters: mask(&letters),
            digits: mask(&digits),
            signs: mask(&signs),
        }
    }
}

/// Gathers the lowest bit of each byte.
fn mask(bits: &[u8; BLOCK]) -> u64 {
    // Multiplying moves the lowest bit of byte `i` to bit `56 + i`.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bits.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (at, eight)| {
        let bits = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
        mask | bits << (8 * at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_start_where_they_are_written_across_blocks() {
        let text = format!(
            "{}remote work, $5yrs (.NET){}Go",
            "x".repeat(60),
            " ".repeat(70)
        );
        let mut starts = Vec::new();
        visit(text.as_bytes(), |at| starts.push(at));
        let words: Vec<&str> = starts
            .iter()
            .map(|at| &text[*at..(*at + 2).min(text.len())])
            .collect();
        assert_eq!(words, ["xx", "wo", "$5", "5y", "yr", ".N", "NE", "Go"]);
        visit(b"", |_| panic!("an empty text has no words"));
    }
}
