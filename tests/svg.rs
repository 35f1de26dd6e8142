//! A terminal's screen as a picture: every cell with its colours and attributes, in plain SVG.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// Pixels of a cell, and of the rim around the screen.
const CELL: (u16, u16) = (8, 17);
const RIM: u16 = 8;
const TEXT: &str = "#d8dee9";
const GROUND: &str = "#1f2430";
/// The sixteen colours that a terminal gives to programs.
const PALETTE: [&str; 16] = [
    "#3b4252", "#e06c75", "#98c379", "#d9b35f", "#74a8f0", "#d08fe0", "#5fbfcf", "#cfd6e3",
    "#6b7489", "#ff8a92", "#b3e08f", "#f2cf7a", "#93c0ff", "#e3aef0", "#80dcea", "#ffffff",
];

/// What a run of cells has in common.
#[derive(PartialEq, Clone)]
struct Look {
    text: String,
    ground: String,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (mut text, mut ground) = (hex(cell.fgcolor(), TEXT), hex(cell.bgcolor(), GROUND));
        if cell.inverse() {
            std::mem::swap(&mut text, &mut ground);
        }
        Self {
            text,
            ground,
            bold: cell.bold(),
            dim: cell.dim(),
            italic: cell.italic(),
            underline: cell.underline(),
        }
    }

    fn attributes(&self) -> String {
        let mut out = format!("fill=\"{}\"", self.text);
        for (is, attribute) in [
            (self.bold, " font-weight=\"bold\""),
            (self.dim, " opacity=\"0.65\""),
            (self.italic, " font-style=\"italic\""),
            (self.underline, " text-decoration=\"underline\""),
        ] {
            if is {
                out.push_str(attribute);
            }
        }
        out
    }
}

fn hex(color: Color, default: &str) -> String {
    match color {
        Color::Default => default.to_owned(),
        Color::Idx(at) => PALETTE.get(usize::from(at)).unwrap_or(&default).to_string(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

/// Draws the screen; `title` says what it shows to whoever cannot see it.
pub fn draw(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let (width, height) = (columns * CELL.0 + 2 * RIM, rows * CELL.1 + 2 * RIM);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace\" \
         font-size=\"13\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{GROUND}\"/>\n",
        escaped(title)
    );
    for row in 0..rows {
        draw_row(screen, row, columns, &mut out);
    }
    draw_cursor(screen, &mut out);
    out.push_str("</svg>\n");
    out
}

fn draw_row(screen: &Screen, row: u16, columns: u16, out: &mut String) {
    let mut column = 0;
    while column < columns {
        let Some(cell) = screen.cell(row, column) else {
            return;
        };
        let look = Look::of(cell);
        let start = column;
        let mut text = String::new();
        while let Some(cell) = screen.cell(row, column)
            && Look::of(cell) == look
        {
            // A character that is not one cell wide stands alone, so that fonts cannot shift its neighbours.
            let alone = cell.is_wide() || !cell.contents().is_ascii();
            if alone && column > start {
                break;
            }
            text.push_str(if cell.has_contents() { cell.contents() } else { " " });
            column += if cell.is_wide() { 2 } else { 1 };
            if alone {
                break;
            }
        }
        draw_run(&look, &text, row, start..column, out);
    }
}

fn draw_run(look: &Look, text: &str, row: u16, cells: std::ops::Range<u16>, out: &mut String) {
    let (x, y) = (RIM + cells.start * CELL.0, RIM + row * CELL.1);
    let width = (cells.end - cells.start) * CELL.0;
    if look.ground != GROUND {
        let (ground, height) = (&look.ground, CELL.1);
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
        )
        .unwrap();
    }
    if !text.trim().is_empty() || look.underline {
        writeln!(
            out,
            "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" \
             xml:space=\"preserve\" {}>{}</text>",
            y + 13,
            look.attributes(),
            escaped(text)
        )
        .unwrap();
    }
}

fn draw_cursor(screen: &Screen, out: &mut String) {
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let (x, y) = (RIM + column * CELL.0, RIM + row * CELL.1);
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"{TEXT}\"/>",
            CELL.1
        )
        .unwrap();
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
