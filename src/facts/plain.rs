//! Converts Markdown to plain lower-case text, with a mapping to the source.

use std::ops::Range;

/// A passage without markup: lower case, straight quotes, hyphens for dashes, single spaces.
#[derive(Debug, Default)]
pub(super) struct Plain {
    text: String,
    /// Mapping from positions in the text to positions in the source. Between two anchors both advance byte by byte.
    anchors: Vec<(u32, u32)>,
}

impl Plain {
    /// Reads a passage of `source`, replacing the previous one.
    pub(super) fn read(&mut self, source: &str, range: Range<usize>) {
        self.text.clear();
        self.anchors.clear();
        let passage = &source[range.clone()];
        let bytes = passage.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let run = bytes[at..]
                .iter()
                .position(|byte| !KEPT[usize::from(*byte)])
                .unwrap_or(bytes.len() - at);
            if run > 0 {
                self.anchor(range.start + at);
                let start = self.text.len();
                self.text.push_str(&passage[at..at + run]);
                self.text[start..].make_ascii_lowercase();
                at += run;
                continue;
            }
            let Some(letter) = passage[at..].chars().next() else {
                break;
            };
            self.special(letter, &passage[at..], range.start + at);
            at += if letter == ']' {
                link_address(&passage[at..])
            } else {
                letter.len_utf8()
            };
        }
    }

    /// Adds a character that is changed or dropped.
    fn special(&mut self, letter: char, rest: &str, at: usize) {
        let kept = match letter {
            '*'
            | '`'
            | '\\'
            | '['
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{fe0f}' => None,
            '_' if !self
                .text
                .ends_with(|before: char| before.is_ascii_alphanumeric()) =>
            {
                None
            }
            ']' if rest.starts_with("](") => None,
            '’' | '‘' | '´' => Some('\''),
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '‐'..='―' | '−' | '－' | '～' | '•' | '·' => Some('-'),
            '＋' => Some('+'),
            letter if letter.is_whitespace() => (!self.text.ends_with(' ')).then_some(' '),
            letter => Some(letter),
        };
        if let Some(kept) = kept {
            self.anchor(at);
            self.text.extend(kept.to_lowercase());
            // The lengths may differ, so a new anchor follows.
        }
    }

    /// Adds an anchor for the next byte, unless it follows from the last one.
    fn anchor(&mut self, at: usize) {
        let here = (self.text.len() as u32, at as u32);
        let follows = self
            .anchors
            .last()
            .is_some_and(|last| here.0.wrapping_sub(last.0) == here.1.wrapping_sub(last.1));
        if !follows {
            self.anchors.push(here);
        }
    }

    /// The plain text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Range in the source of a range in the plain text.
    pub(super) fn source_range(&self, source: &str, plain: Range<usize>) -> Range<usize> {
        if plain.is_empty() {
            return 0..0;
        }
        let first = self.position(plain.start);
        let last = source.floor_char_boundary(self.position(plain.end - 1));
        let letter = source[last..].chars().next().map_or(0, char::len_utf8);
        source.floor_char_boundary(first)..last + letter
    }

    fn position(&self, plain: usize) -> usize {
        let next = self
            .anchors
            .partition_point(|anchor| anchor.0 as usize <= plain);
        let (text, source) = next
            .checked_sub(1)
            .map_or((0, 0), |last| self.anchors[last]);
        source as usize + plain - text as usize
    }
}

/// Bytes that are the same in plain text and source, apart from case.
const KEPT: [bool; 256] = {
    let mut kept = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        kept[byte] = is_kept(byte as u8);
        byte += 1;
    }
    kept
};

const fn is_kept(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!'..=b')' | b'+'..=b'/' | b':'..=b'@' | b'^' | b'{'..=b'~')
        || byte == b' '
}

/// Length of a closing bracket with its link address, which is skipped.
fn link_address(rest: &str) -> usize {
    if !rest.starts_with("](") {
        return 1;
    }
    rest.find(')').map_or(rest.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_left_out_and_positions_lead_back() {
        let source = "- **5–7** years’ [experience](https://example.org/a) in *Go*";
        let mut plain = Plain::default();
        plain.read(source, 0..source.len());
        assert_eq!(plain.text(), "- 5-7 years' experience in go");
        let at = plain.text().find("5-7 years' experience").unwrap();
        let range = plain.source_range(source, at..at + "5-7 years' experience".len());
        assert_eq!(&source[range], "5–7** years’ [experience");
    }
}
