//! Replaces our own glyphs for terminals and fonts that only have ASCII. Texts are not changed.

use ratatui::buffer::Buffer;

/// Every non-ASCII glyph that we draw, with its replacement.
const SIGNS: &[(&str, &str)] = &[
    ("│", "|"),
    ("┃", "|"),
    ("─", "-"),
    ("━", "="),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("┏", "+"),
    ("┓", "+"),
    ("┗", "+"),
    ("┛", "+"),
    ("▸", ">"),
    ("▾", "v"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("▌", ">"),
    ("▐", "#"),
    ("≈", "~"),
    ("⟳", "@"),
    ("≤", "<"),
    ("≠", "!"),
    ("█", "#"),
    ("░", "."),
    ("→", ">"),
    ("✓", "x"),
    ("●", "*"),
    ("◐", "~"),
    ("★", "#"),
    ("✎", "n"),
    ("•", "-"),
    ("█", "#"),
    ("▉", "#"),
    ("▊", "#"),
    ("▋", "#"),
    ("▍", ">"),
    ("▎", ">"),
    ("▏", ">"),
    ("▁", "_"),
    ("▂", "_"),
    ("▃", "-"),
    ("▄", "-"),
    ("▅", "="),
    ("▆", "="),
    ("▇", "#"),
    ("▲", "^"),
    ("▼", "v"),
    ("×", "x"),
    ("·", "-"),
    ("…", "~"),
    ("–", "-"),
    ("—", "-"),
];

/// Replaces each glyph in the buffer.
pub(super) fn write(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let is_coast = |sign: char| ('\u{2800}'..='\u{28ff}').contains(&sign);
        let sign = if cell.symbol().starts_with(is_coast) {
            Some(&("⠁", "."))
        } else {
            SIGNS.iter().find(|(sign, _)| *sign == cell.symbol())
        };
        if let Some((_, ascii)) = sign {
            #[expect(clippy::disallowed_methods, reason = "it is one of ours")]
            cell.set_symbol(ascii);
        }
    }
}
