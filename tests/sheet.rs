//! The contact sheet: every screen at every size in every theme, drawn by the real program, to be looked at.
//!
//! ```sh
//! CONTACT_SHEET=/tmp/sheet cargo test --test all contact_sheet
//! ```
//!
//! writes a page for each theme and a picture for each screen there. `CONTACT_BOARD` names a board to draw in place of
//! `tests/boards/harbour`. Without `CONTACT_SHEET` every screen is drawn and nothing is written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jobdeck::config::{Config, Display, Ground, Theme, ThemeName};
use jobdeck::content;
use jobdeck::runtime::loader::Load;

use crate::session::{Session, fixture};
use crate::svg::{self, Palette, Picture};

/// A screen, with the keys that lead to it.
const SCREENS: [(&str, &str); 12] = [
    ("list", "b<enter>qja<enter>mcall<c-s>gg"),
    ("query", "/engineer germany"),
    ("filters", "f<space>"),
    ("detail", "j<tab><c-d>"),
    ("reader", "j<enter>"),
    ("find", "<enter>/the<enter>"),
    ("unjudged", "/salary:>80k sort:-salary<enter>"),
    ("error", "/tilte:x near"),
    ("help", "?"),
    ("menu", "a"),
    ("theme", "T"),
    ("nothing", "/zzyzzyva<enter>"),
];

const SIZES: [(u16, u16); 5] = [(180, 50), (120, 35), (80, 24), (60, 20), (40, 12)];

/// A theme on a terminal.
struct Look {
    name: &'static str,
    theme: ThemeName,
    display: Display,
    palette: &'static Palette,
}

const fn display(ground: Ground, no_color: bool) -> Display {
    Display {
        ground,
        true_color: true,
        no_color,
    }
}

const LOOKS: [Look; 6] = [
    Look {
        name: "night",
        theme: ThemeName::Night,
        display: display(Ground::Dark, false),
        palette: &svg::DARK,
    },
    Look {
        name: "day",
        theme: ThemeName::Day,
        display: display(Ground::Light, false),
        palette: &svg::LIGHT,
    },
    Look {
        name: "terminal",
        theme: ThemeName::Terminal,
        display: display(Ground::Dark, false),
        palette: &svg::XTERM,
    },
    Look {
        name: "terminal-light",
        theme: ThemeName::Terminal,
        display: display(Ground::Light, false),
        palette: &svg::LIGHT,
    },
    Look {
        name: "high-contrast",
        theme: ThemeName::HighContrast,
        display: display(Ground::Dark, false),
        palette: &svg::XTERM,
    },
    Look {
        name: "no-color",
        theme: ThemeName::Night,
        display: display(Ground::Dark, true),
        palette: &svg::DARK,
    },
];

fn session(board: Option<&Path>, look: &Look) -> Session {
    let folder = board.map(Path::to_owned);
    let folder = folder.unwrap_or_else(|| fixture("harbour"));
    let load: Load = Box::new(move |_| content::load(&folder).map_err(|error| error.to_string()));
    let theme = Theme::named(look.theme, look.display);
    Session::over(load, Config::default()).themed(theme)
}

#[test]
fn the_contact_sheet_shows_every_screen() {
    let out = std::env::var_os("CONTACT_SHEET").map(PathBuf::from);
    let board = std::env::var_os("CONTACT_BOARD").map(PathBuf::from);
    for look in &LOOKS {
        let mut page = format!("<!doctype html><title>{}</title>\n", look.name);
        for (name, keys) in SCREENS {
            for (width, height) in SIZES {
                let session = session(board.as_deref(), look)
                    .size(width, height)
                    .keys(keys);
                let what = format!("{name} {width}×{height} {}", look.name);
                assert!(!session.screen().trim().is_empty(), "{what}");
                let picture = Picture::of_buffer(session.buffer(), session.cursor(), look.palette);
                let svg = picture.svg(&what);
                if let Some(out) = &out {
                    let file = format!("{}-{name}-{width}x{height}.svg", look.name);
                    std::fs::create_dir_all(out).unwrap();
                    std::fs::write(out.join(&file), svg).unwrap();
                    writeln!(page, "<h3>{what}</h3><img src=\"{file}\" alt=\"{what}\">").unwrap();
                }
            }
        }
        if let Some(out) = &out {
            std::fs::write(out.join(look.name).with_extension("html"), page).unwrap();
        }
    }
}
