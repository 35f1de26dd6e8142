//! Renders a screen as SVG, with the colours and attributes of every cell.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;
use vt100::Screen;

/// Size of a cell, in pixels.
const CELL: (usize, usize) = (8, 17);
const RIM: usize = 8;

/// Colours of a terminal.
pub struct Palette {
    text: &'static str,
    ground: &'static str,
    /// The sixteen colours that a terminal gives to programs.
    sixteen: [&'static str; 16],
}

pub const DARK: Palette = Palette {
    text: "#d8dee9",
    ground: "#1f2430",
    sixteen: [
        "#3b4252", "#e06c75", "#98c379", "#d9b35f", "#74a8f0", "#d08fe0", "#5fbfcf", "#cfd6e3",
        "#6b7489", "#ff8a92", "#b3e08f", "#f2cf7a", "#93c0ff", "#e3aef0", "#80dcea", "#ffffff",
    ],
};

pub const LIGHT: Palette = Palette {
    text: "#24292f",
    ground: "#ffffff",
    sixteen: [
        "#24292f", "#cf222e", "#116329", "#4d2d00", "#0969da", "#8250df", "#1b7c83", "#6e7781",
        "#57606a", "#a40e26", "#1a7f37", "#633c01", "#218bff", "#a475f9", "#3192aa", "#8c959f",
    ],
};

/// Default colours of xterm, with which the sixteen-colour theme has to be readable.
pub const XTERM: Palette = Palette {
    text: "#e5e5e5",
    ground: "#000000",
    sixteen: [
        "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
    ],
};

/// A screen as cells.
pub struct Picture<'a> {
    rows: Vec<Vec<Cell>>,
    cursor: Option<(usize, usize)>,
    palette: &'a Palette,
}

/// A cell; its width is zero if a wide character covers it.
#[derive(Clone)]
struct Cell {
    text: String,
    width: usize,
    look: Look,
}

/// Common style of a run of cells.
#[derive(PartialEq, Clone)]
struct Look {
    text: String,
    ground: String,
    attributes: String,
}

impl Look {
    fn new((text, ground): (String, String), inverse: bool, attributes: [bool; 4]) -> Self {
        const NAMES: [&str; 4] = [
            " font-weight=\"bold\"",
            " opacity=\"0.65\"",
            " font-style=\"italic\"",
            " text-decoration=\"underline\"",
        ];
        let attributes = NAMES.iter().zip(attributes).filter(|(_, is)| *is);
        let attributes = attributes.map(|(name, _)| *name).collect();
        let (text, ground) = if inverse {
            (ground, text)
        } else {
            (text, ground)
        };
        Self {
            text,
            ground,
            attributes,
        }
    }

    fn is_underlined(&self) -> bool {
        self.attributes.contains("underline")
    }
}

impl<'a> Picture<'a> {
    /// From the screen of a terminal.
    pub fn of_screen(screen: &Screen, palette: &'a Palette) -> Self {
        let (height, width) = screen.size();
        let color = |color, default: &str| match color {
            vt100::Color::Default => default.to_owned(),
            vt100::Color::Idx(at) => palette.indexed(at),
            vt100::Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        };
        let cell = |cell: &vt100::Cell| {
            let colors = (
                color(cell.fgcolor(), palette.text),
                color(cell.bgcolor(), palette.ground),
            );
            let attributes = [cell.bold(), cell.dim(), cell.italic(), cell.underline()];
            let blank = !cell.has_contents();
            Cell {
                text: if blank { " " } else { cell.contents() }.to_owned(),
                width: match (cell.is_wide_continuation(), cell.is_wide()) {
                    (true, _) => 0,
                    (_, true) => 2,
                    _ => 1,
                },
                look: Look::new(colors, cell.inverse(), attributes),
            }
        };
        let row = |row| {
            let cells = (0..width).filter_map(move |column| screen.cell(row, column));
            cells.map(cell).collect()
        };
        let (row_at, column) = screen.cursor_position();
        Self {
            rows: (0..height).map(row).collect(),
            cursor: (!screen.hide_cursor()).then_some((column.into(), row_at.into())),
            palette,
        }
    }

    /// From the buffer of a test.
    pub fn of_buffer(buffer: &Buffer, cursor: Option<(u16, u16)>, palette: &'a Palette) -> Self {
        let row = |row: ratatui::layout::Rect| {
            let mut covered = 0;
            let cells = row.columns().map(|at| &buffer[(at.x, at.y)]);
            cells
                .map(|cell| {
                    let width = if covered > 0 {
                        covered -= 1;
                        0
                    } else {
                        let width = cell.symbol().width().max(1);
                        covered = width - 1;
                        width
                    };
                    let has = |modifier| cell.modifier.contains(modifier);
                    let colors = (
                        palette.color(cell.fg, palette.text),
                        palette.color(cell.bg, palette.ground),
                    );
                    let attributes = [
                        Modifier::BOLD,
                        Modifier::DIM,
                        Modifier::ITALIC,
                        Modifier::UNDERLINED,
                    ];
                    Cell {
                        text: cell.symbol().to_owned(),
                        width,
                        look: Look::new(colors, has(Modifier::REVERSED), attributes.map(has)),
                    }
                })
                .collect()
        };
        Self {
            rows: buffer.area.rows().map(row).collect(),
            cursor: cursor.map(|(x, y)| (x.into(), y.into())),
            palette,
        }
    }

    /// Renders the screen; `title` is the alternative text.
    pub fn svg(&self, title: &str) -> String {
        let columns = self.rows.first().map_or(0, Vec::len);
        document((columns, self.rows.len()), title, &self.parts().concat())
    }

    /// The elements of the picture: the background, one for each row, the cursor.
    pub fn parts(&self) -> Vec<String> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let (width, height) = pixels((columns, self.rows.len()));
        let ground = self.ground();
        let mut parts = vec![format!(
            "<rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{ground}\"/>\n"
        )];
        parts.extend(self.rows.iter().enumerate().map(|(at, row)| {
            let mut out = String::new();
            draw_row(row, at, &ground, &mut out);
            out
        }));
        parts.extend(self.cursor.map(|(column, row)| {
            let (x, y) = (RIM + column * CELL.0, RIM + row * CELL.1);
            let (text, height) = (self.palette.text, CELL.1);
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{height}\" fill=\"{text}\"/>\n")
        }));
        parts
    }

    /// A line of text below the screen, in a grey that light and dark pages show.
    pub fn caption(&self, text: &str) -> String {
        let (x, y) = (RIM, 2 * RIM + (self.rows.len() + 1) * CELL.1);
        format!(
            "<text x=\"{x}\" y=\"{y}\" xml:space=\"preserve\" fill=\"{}\">{}</text>\n",
            self.palette.sixteen[8],
            escaped(text)
        )
    }

    /// Background of most of the screen, used for the margin.
    fn ground(&self) -> String {
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for cell in self.rows.iter().flatten() {
            *counts.entry(&cell.look.ground).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map_or(self.palette.ground, |(ground, _)| ground)
            .to_owned()
    }
}

/// Pixels of columns and rows with the margin around them.
fn pixels((columns, rows): (usize, usize)) -> (usize, usize) {
    (columns * CELL.0 + 2 * RIM, rows * CELL.1 + 2 * RIM)
}

/// A document with room for a number of columns and rows; `title` is the alternative text.
pub fn document(size: (usize, usize), title: &str, inner: &str) -> String {
    let (width, height) = pixels(size);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace\" \
         font-size=\"13\" role=\"img\">\n<title>{}</title>\n{inner}</svg>\n",
        escaped(title)
    )
}

impl Palette {
    fn indexed(&self, at: u8) -> String {
        const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        let at = usize::from(at);
        match at {
            0..16 => self.sixteen[at].to_owned(),
            16..232 => {
                let level = |step: usize| LEVELS[(at - 16) / step % 6];
                format!("#{:02x}{:02x}{:02x}", level(36), level(6), level(1))
            }
            _ => {
                let grey = 8 + 10 * (at - 232);
                format!("#{grey:02x}{grey:02x}{grey:02x}")
            }
        }
    }

    fn color(&self, color: Color, default: &str) -> String {
        let at = match color {
            Color::Reset => return default.to_owned(),
            Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
            Color::Indexed(at) => at,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        self.indexed(at)
    }
}

fn draw_row(row: &[Cell], at: usize, ground: &str, out: &mut String) {
    let mut column = 0;
    while column < row.len() {
        let look = &row[column].look;
        let start = column;
        let mut text = String::new();
        while let Some(cell) = row.get(column)
            && cell.look == *look
        {
            // A character that is not one cell wide is rendered separately, so that fonts cannot shift its neighbours.
            let alone = cell.width != 1 || !cell.text.is_ascii();
            if alone && column > start {
                break;
            }
            text.push_str(&cell.text);
            column += cell.width.max(1);
            if alone {
                break;
            }
        }
        draw_run(look, &text, at, start..column, ground, out);
    }
}

fn draw_run(
    look: &Look,
    text: &str,
    row: usize,
    cells: std::ops::Range<usize>,
    ground: &str,
    out: &mut String,
) {
    let (x, y) = (RIM + cells.start * CELL.0, RIM + row * CELL.1);
    let width = (cells.end - cells.start) * CELL.0;
    if look.ground != ground {
        let (ground, height) = (&look.ground, CELL.1);
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
        )
        .unwrap();
    }
    if !text.trim().is_empty() || look.is_underlined() {
        writeln!(
            out,
            "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" \
             xml:space=\"preserve\" fill=\"{}\"{}>{}</text>",
            y + 13,
            look.text,
            look.attributes,
            escaped(text)
        )
        .unwrap();
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
