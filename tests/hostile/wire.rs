//! Checks terminal output byte by byte, independently of the gate.

use unicode_segmentation::UnicodeSegmentation;

/// Maximum number of bytes per cell in a frame.
const BYTES: usize = 64;
/// Maximum number of scalars in a cluster.
const CLUSTER: usize = 10;
/// Control sequences needed for drawing, by their last byte: move, style, erase, modes.
const FINALS: &str = "HmJKhl";

/// Checks a frame for a screen of `cells` cells. Returns its text, with a line break at every cursor movement, or what
/// is wrong.
pub fn judge(bytes: &[u8], cells: usize) -> Result<String, String> {
    if bytes.len() > BYTES * cells.max(1) {
        return Err(format!("{} bytes for {cells} cells", bytes.len()));
    }
    let text = text(bytes)?;
    for run in text.lines().filter(|run| !run.is_ascii()) {
        let longest = run.graphemes(true).max_by_key(|one| one.chars().count());
        if let Some(one) = longest.filter(|one| one.chars().count() > CLUSTER) {
            let count = one.chars().count();
            return Err(format!("{count} scalars in one cluster: {one:?}"));
        }
    }
    Ok(text)
}

/// Text without control sequences.
fn text(bytes: &[u8]) -> Result<String, String> {
    let wire = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut text = String::with_capacity(wire.len());
    let mut before = '\n';
    let mut chars = wire.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            judge_scalar(before, c)?;
            text.push(c);
            before = c;
        } else if sequence(&mut chars)? != 'm' {
            text.push('\n');
            before = '\n';
        }
    }
    Ok(text)
}

/// Last byte of the control sequence after ESC.
fn sequence(chars: &mut std::str::Chars<'_>) -> Result<char, String> {
    let mut seen = String::from("ESC ");
    for c in chars {
        let first = seen.len() == 4;
        seen.push(c);
        match c {
            '[' if first => {}
            '0'..='9' | ';' | '?' if !first => {}
            last if !first && FINALS.contains(last) => return Ok(last),
            _ => break,
        }
    }
    Err(format!("the sequence {seen:?}"))
}

fn judge_scalar(before: char, c: char) -> Result<(), String> {
    let stands = match class(c) {
        Class::Visible => true,
        Class::Never => false,
        Class::Joiner => !before.is_ascii() && class(before) != Class::Joiner,
        Class::Selector => {
            let keycap = matches!(before, '0'..='9' | '#' | '*');
            keycap || !before.is_ascii() && class(before) == Class::Visible
        }
    };
    if stands {
        return Ok(());
    }
    Err(format!("U+{:04X} after {before:?}", u32::from(c)))
}

#[derive(PartialEq)]
enum Class {
    Visible,
    /// Interpreted, reordering, or invisible.
    Never,
    /// Invisible, but needed between letters of some scripts and within emoji.
    Joiner,
    /// Invisible; selects the form of the preceding character.
    Selector,
}

#[allow(
    clippy::match_same_arms,
    reason = "one line for each kind, with its name"
)]
fn class(c: char) -> Class {
    match u32::from(c) {
        0x20..=0x7e => Class::Visible,
        // C0, DEL, C1.
        0x00..=0x1f | 0x7f..=0x9f => Class::Never,
        // Soft hyphen, grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian separator, the controls of
        // hieroglyphs, of shorthand and of music.
        0xad | 0x34f | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180e | 0x3164 | 0xffa0 => Class::Never,
        0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a => Class::Never,
        // Bidi: marks, embeddings, overrides, isolates.
        0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069 => Class::Never,
        // Zero width space, word joiner, invisible operators, deprecated format characters, byte order mark.
        0x200b | 0x2060..=0x2065 | 0x206a..=0x206f | 0xfeff => Class::Never,
        // Line and paragraph separator, interlinear annotation and what is reserved before it.
        0x2028 | 0x2029 | 0xfff0..=0xfffb => Class::Never,
        // Tags, and the selectors among them.
        0xe0000..=0xe0fff => Class::Never,
        0x200c | 0x200d => Class::Joiner,
        0x180b..=0x180d | 0x180f | 0xfe00..=0xfe0f => Class::Selector,
        _ => Class::Visible,
    }
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn lets_a_frame_through() {
        let frame =
            "\u{1b}[1;1H\u{1b}[38;5;4;49mZürich 👩‍🔬 ❤️ 1️⃣ می‌خواهم\u{1b}[0m\u{1b}[?25l\u{1b}[2Jx";
        let text = judge(frame.as_bytes(), 80).unwrap();
        assert_eq!(text, "\nZürich 👩‍🔬 ❤️ 1️⃣ می‌خواهم\n\nx");
    }

    #[test]
    fn stops_everything_else() {
        let zalgo = format!("a{}", "\u{301}".repeat(10));
        // Styles between two scalars do not separate them on the screen.
        let parted = format!("a\u{1b}[1m{}", "\u{301}".repeat(10));
        for frame in [
            "\u{1b}]0;title\u{7}",
            "\u{1b}c",
            "\u{1b}[6n",
            "\u{1b}[3 q",
            "\u{1b}[>c",
            "\u{1b}[?25$p",
            "\u{1b}P1$r",
            "\u{1b}",
            "\u{1b}[12",
            "a\nb",
            "a\tb",
            "a\rb",
            "a\u{8}b",
            "\u{7f}",
            "\u{85}",
            "\u{9b}2J",
            "\u{202e}",
            "\u{2067}",
            "a\u{200b}b",
            "a\u{200d}b",
            "é\u{200d}\u{200d}",
            "\u{feff}",
            "\u{2028}",
            "\u{e0041}",
            "a\u{fe0f}",
            "é\u{fe00}\u{fe01}",
            &zalgo,
            &parted,
        ] {
            assert!(judge(frame.as_bytes(), 80).is_err(), "{frame:?}");
        }
        assert!(judge(b"\xff", 80).is_err());
        assert!(judge(&b"\x1b[0m".repeat(20), 1).is_err());
    }
}
