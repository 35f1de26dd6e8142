//! The market screen: pictures at four sizes, and what its keys do.
//!
//! `UPDATE_SCREENS=1 cargo test market` updates the pictures.

use std::fs;
use std::path::Path;

use jobdeck::board::{Board, Date, Level, Location, Period, Posting, Salary, Workplace};
use jobdeck::config::Config;
use jobdeck::content::Loaded;
use jobdeck::runtime::loader::Load;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::session::Session;
use crate::svg::{self, Picture};

const COMPANIES: [&str; 9] = [
    "Kestrel Robotics",
    "Harbour Foods",
    "Lumen Health",
    "Northwind Rail",
    "Sablewood",
    "Copper & Pine",
    "Tidewater Bank",
    "Orchard Labs",
    "Fathom Games",
];
const CITIES: [&str; 12] = [
    "Berlin, Germany",
    "Munich, Germany",
    "Paris, France",
    "Lyon, France",
    "London, United Kingdom",
    "Madrid, Spain",
    "Stockholm, Sweden",
    "Warsaw, Poland",
    "Vienna, Austria",
    "Lisbon, Portugal",
    "Dublin, Ireland",
    "Milan, Italy",
];
const ROLES: [(&str, &str, &str); 5] = [
    ("Rust Engineer", "Rust", "PostgreSQL"),
    ("Data Scientist", "Python", "SQL"),
    ("Frontend Engineer", "TypeScript", "React"),
    ("Platform Engineer", "Kubernetes", "Terraform"),
    ("Product Designer", "Figma", "CSS"),
];

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    /// One of some values, the first ones more often.
    fn one<T: Copy>(&mut self, values: &[T]) -> T {
        let most = u32::try_from(values.len()).expect("few values");
        values[self.skewed(most) as usize]
    }

    fn below(&mut self, most: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as u32) % most
    }

    /// Smaller numbers more often.
    fn skewed(&mut self, most: u32) -> u32 {
        self.below(most).min(self.below(most))
    }
}

fn board() -> Board {
    let mut numbers = Numbers(7);
    let today = Date::constant(2026, 10, 1);
    let postings = (0..480).map(|at| {
        let (title, skill, other) = numbers.one(&ROLES);
        let level = numbers.one(&[Level::Senior, Level::Mid, Level::Junior, Level::Staff]);
        let pay = 48.0 + 4.0 * f64::from(numbers.below(7)) + 9.0 * f64::from(level as u8);
        let salary = Salary {
            min: Some(1e3 * pay),
            max: Some(1e3 * (pay + 14.0)),
            currency: iso_currency::Currency::EUR,
            per: Period::Year,
            location: None,
        };
        let age = i64::from(numbers.skewed(140));
        let posted = today
            .checked_sub(jiff::Span::new().days(age))
            .expect("a date");
        let closes = posted
            .checked_add(jiff::Span::new().days(20 + age % 60))
            .expect("a date");
        Posting {
            id: format!("p{at}"),
            title: title.to_owned(),
            company: Some(numbers.one(&COMPANIES).to_owned()),
            locations: vec![Location::parse(numbers.one(&CITIES))],
            workplace: Some(numbers.one(&[
                Workplace::Hybrid,
                Workplace::Remote,
                Workplace::OnSite,
            ])),
            level: Some(level),
            skills: vec![skill.to_owned(), other.to_owned()],
            salary: if numbers.below(5) > 0 {
                vec![salary]
            } else {
                Vec::new()
            },
            posted: Some(posted),
            closes: Some(closes),
            ..Posting::default()
        }
    });
    Board::new("Trades".to_owned(), postings.collect(), Vec::new())
}

fn session() -> Session {
    configured(Config::default())
}

fn configured(config: Config) -> Session {
    let load: Load = Box::new(|_| {
        Ok(Loaded {
            board: board(),
            problems: Vec::new(),
            files: Vec::new(),
        })
    });
    Session::over(load, config)
}

/// The screen without its first and last line.
fn between_bars(screen: &Buffer) -> Buffer {
    let Rect { width, height, .. } = screen.area;
    let area = Rect::new(0, 1, width, height - 2);
    let mut panels = Buffer::empty(area);
    for at in area.positions() {
        panels[at] = screen[at].clone();
    }
    panels.area.y = 0;
    panels
}

fn check(width: u16, height: u16) {
    let name = format!("market-{width}x{height}.svg");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/screens")
        .join(&name);
    let session = session().size(width, height).keys("$");
    let title =
        "The market behind a query: pay, weeks, levels, places on a map, skills and companies";
    let panels = between_bars(session.buffer());
    let picture = Picture::of_buffer(&panels, None, &svg::DARK).svg(title);
    if std::env::var_os("UPDATE_SCREENS").is_some() {
        fs::write(&path, &picture).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        picture == known,
        "{name} is another picture:\n{}",
        session.screen()
    );
}

#[test]
fn the_wide_market_is_as_pictured() {
    check(120, 35);
}

#[test]
fn the_market_of_a_usual_window_is_as_pictured() {
    check(80, 24);
}

#[test]
fn the_market_of_a_narrow_window_is_as_pictured() {
    check(60, 20);
}

#[test]
fn the_market_of_a_tiny_window_is_as_pictured() {
    check(40, 12);
}

#[test]
fn a_bar_narrows_the_query_and_the_market_follows() {
    let session = session().size(120, 35).keys("$]]");
    assert!(
        session.screen().contains("480 of 480"),
        "{}",
        session.screen()
    );
    // The third panel is that of the levels.
    let session = session.keys("<enter>");
    let screen = session.screen();
    assert!(screen.contains("level:="), "{screen}");
    assert!(!screen.contains("480 of 480"), "{screen}");
    assert!(screen.contains("Skills, against the board"), "{screen}");
    let back = session.keys("<c-o>");
    assert!(back.screen().contains("480 of 480"), "{}", back.screen());
    let closed = back.keys("q");
    assert!(
        !closed.screen().contains("Workplace ─"),
        "{}",
        closed.screen()
    );
}

#[test]
fn the_query_is_typed_while_the_market_is_open() {
    let session = session().size(120, 35).keys("$/rust");
    let screen = session.screen();
    assert!(screen.contains("Pay, EUR a year"), "{screen}");
    assert!(screen.contains("Rust "), "{screen}");
    let applied = session.keys("<enter>q");
    assert!(
        applied.screen().contains("Rust Engineer"),
        "{}",
        applied.screen()
    );
}

#[test]
fn too_few_postings_are_no_market() {
    let session = Session::open("small").size(80, 24).keys("$");
    let screen = session.screen();
    assert!(screen.contains("too few postings for a market"), "{screen}");
}

#[test]
fn a_posting_is_compared_to_what_the_query_finds() {
    let screen = session().size(120, 35).screen();
    let line = screen.lines().find(|line| line.contains("percentile of"));
    let line = line.unwrap_or_else(|| panic!("{screen}"));
    assert!(line.contains("Market"), "{line}");
}

#[test]
fn a_market_in_ascii_is_ascii() {
    let config = Config {
        glyphs: jobdeck::config::Glyphs::Ascii,
        ..Config::default()
    };
    let screen = configured(config).size(120, 35).keys("$").screen();
    // Currencies are texts.
    assert!(screen.replace('€', "").is_ascii(), "{screen}");
}
