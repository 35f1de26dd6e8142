//! The animated tour of the README: screens of the real program, one after the other in one picture. A stale one fails.
//!
//! `UPDATE_SCREENS=1 cargo test tour` draws it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jobdeck::config::{Config, Display, Theme, ThemeName};
use jobdeck::content;
use jobdeck::runtime::loader::Load;

use crate::session::{Session, fixture};
use crate::svg::{self, Picture};

/// A screen of the tour.
struct Frame {
    /// What is typed to get there from the frame before.
    keys: &'static str,
    /// What the caption says.
    says: &'static str,
    /// How long it shows, in tenths of a second.
    tenths: u32,
}

const fn frame(keys: &'static str, says: &'static str, tenths: u32) -> Frame {
    Frame { keys, says, tenths }
}

const SIZE: (u16, u16) = (100, 26);
const FRAMES: [Frame; 12] = [
    frame("", "a board: postings with pay, age and place", 24),
    frame("/ru", "/  search: the list narrows as you type", 7),
    frame("st", "/  search: the list narrows as you type", 16),
    frame(
        " salary:>80k",
        "terms filter by pay, place, age, level …",
        22,
    ),
    frame("<enter>j", "enter applies, j and k move", 14),
    frame("<enter>", "enter reads", 24),
    frame("/three<enter>", "/ finds in the text, n goes on", 18),
    frame("qb", "b saves", 16),
    frame("a", "a sets the application status", 18),
    frame("<enter>", "… and u undoes it", 16),
    frame("<esc>f", "f filters by country, company, level …", 22),
    frame("f?", "? lists every command and runs it", 26),
];

#[test]
fn the_tour_is_what_the_program_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/tour.svg");
    let tour = tour();
    if std::env::var_os("UPDATE_SCREENS").is_some() {
        fs::write(&path, &tour).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == tour, "{} is stale", path.display());
    assert!(tour.len() < 400_000, "{} bytes", tour.len());
}

fn tour() -> String {
    let folder = fixture("harbour");
    let load: Load = Box::new(move |_| content::load(&folder).map_err(|error| error.to_string()));
    let theme = Theme::named(ThemeName::Night, Display::default());
    let mut session = Session::over(load, Config::default())
        .themed(theme)
        .size(SIZE.0, SIZE.1);
    let total: u32 = FRAMES.iter().map(|frame| frame.tenths).sum();
    let (mut rules, mut screens) = (String::new(), String::new());
    let mut shared = Shared::default();
    let mut start = 0;
    for (at, frame) in FRAMES.iter().enumerate() {
        session = session.keys(frame.keys);
        let picture = Picture::of_buffer(session.buffer(), session.cursor(), &svg::DARK);
        let end = start + frame.tenths;
        let percent = |tenths: u32| f64::from(tenths) * 100.0 / f64::from(total);
        let before = if at == 0 { "" } else { "0%{visibility:hidden}" };
        writeln!(
            rules,
            "@keyframes f{at}{{{before}{:.3}%{{visibility:visible}}{:.3}%{{visibility:hidden}}}}\n\
             #f{at}{{animation:f{at} {}.{}s step-end infinite}}",
            percent(start),
            percent(end),
            total / 10,
            total % 10,
        )
        .unwrap();
        let shown = if at == 0 { "visible" } else { "hidden" };
        writeln!(
            screens,
            "<g id=\"f{at}\" visibility=\"{shown}\">\n{}{}</g>",
            shared.refer(picture.parts()),
            picture.caption(frame.says)
        )
        .unwrap();
        start = end;
    }
    let about = "A tour of jobdeck: searching, reading, saving, applying, filtering";
    let defs = shared.defs();
    let inner = format!("<style>\n{rules}</style>\n<defs>\n{defs}</defs>\n{screens}");
    svg::document((SIZE.0.into(), usize::from(SIZE.1) + 2), about, &inner)
}

/// Parts of pictures, each written once however many frames show it.
#[derive(Default)]
struct Shared(Vec<String>);

impl Shared {
    /// References to parts, which are added where they are new.
    fn refer(&mut self, parts: Vec<String>) -> String {
        let mut out = String::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let known = self.0.iter().position(|known| *known == part);
            let at = known.unwrap_or_else(|| {
                self.0.push(part);
                self.0.len() - 1
            });
            writeln!(out, "<use href=\"#p{at}\"/>").unwrap();
        }
        out
    }

    fn defs(&self) -> String {
        let parts = self.0.iter().enumerate();
        let parts: Vec<_> = parts
            .map(|(at, part)| format!("<g id=\"p{at}\">\n{part}</g>\n"))
            .collect();
        parts.concat()
    }
}
