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
    ("✓", "x"),
    ("●", "*"),
    ("◐", "~"),
    ("★", "#"),
    ("✎", "n"),
    ("•", "-"),
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
        let sign = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol());
        if let Some((_, ascii)) = sign {
            #[expect(clippy::disallowed_methods, reason = "it is one of ours")]
            cell.set_symbol(ascii);
        }
    }
}
