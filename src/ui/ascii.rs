//! Our own signs for terminals and fonts that have nothing but ASCII. Texts stay as they are.

use ratatui::buffer::Buffer;

/// Every sign that is drawn by us and is not ASCII, and what stands for it.
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

/// Writes each sign as ASCII.
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
