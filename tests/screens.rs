//! Pictures of the README: screens of the real program on a real terminal, compared cell by cell.
//!
//! `UPDATE_SCREENS=1 cargo test screens` updates them.

use crate::session::Session;
use std::fs;
use std::path::Path;

use crate::real::{Real, jobdeck};
use crate::svg::{self, Picture};

/// A screen shown as a picture.
struct Shot {
    name: &'static str,
    /// Folder of the board.
    board: &'static str,
    size: (u16, u16),
    /// Number of its postings, shown when it is loaded.
    ready: &'static str,
    /// Keys to type after loading.
    keys: &'static str,
    /// Text that the screen then shows.
    shows: &'static str,
    /// Alternative text.
    title: &'static str,
}

const SHOTS: [Shot; 4] = [
    Shot {
        name: "wide",
        board: "tests/boards/harbour",
        size: (132, 32),
        ready: "23 of 23",
        // Pasted, so that the query arrives in one piece even on a busy machine.
        keys: "/\u{1b}[200~engineer germany\u{1b}[201~\rb",
        shows: "★ 1",
        title: "jobdeck in three panes: filters with counts, the list narrowed by what is typed, the posting",
    },
    Shot {
        name: "reader",
        board: "content",
        size: (92, 28),
        ready: "10 of 10",
        keys: "i]]]/machine\r",
        shows: "4 of 9",
        title: "An interview in one column; a question stands out, and the word that was searched for is marked",
    },
    Shot {
        name: "help",
        board: "content",
        size: (92, 20),
        ready: "10 of 10",
        keys: "?open",
        shows: "open the link",
        title: "The keys for browsing, narrowed to those that open something",
    },
    Shot {
        name: "narrow",
        board: "content",
        size: (40, 12),
        ready: "10 of 10",
        keys: "/loc:bellevue\r",
        shows: "2 of 10 ",
        title: "A window of forty columns: the list alone",
    },
];

impl Shot {
    fn check(&self) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/screens")
            .join(self.name)
            .with_extension("svg");
        let mut command = jobdeck();
        command.args(["--today", "2026-10-01", self.board]);
        command.env("COLORTERM", "truecolor");
        let mut terminal = Real::start(command, self.size);
        terminal.wait_for(self.ready);
        terminal.send(self.keys);
        if std::env::var_os("UPDATE_SCREENS").is_some() {
            terminal.wait_for(self.shows);
            terminal.wait_for_rest();
            fs::write(
                &path,
                Picture::of_screen(terminal.screen(), &svg::DARK).svg(self.title),
            )
            .unwrap();
        }
        let picture = fs::read_to_string(&path).unwrap_or_default();
        let what = format!("the screen of {}", path.display());
        terminal.wait_until(&what, |screen| {
            Picture::of_screen(screen, &svg::DARK).svg(self.title) == picture
        });
    }
}

#[test]
fn the_wide_picture_matches_the_program() {
    SHOTS[0].check();
}

#[test]
fn the_picture_of_the_reader_matches_the_program() {
    SHOTS[1].check();
}

#[test]
fn the_picture_of_help_matches_the_program() {
    SHOTS[2].check();
}

#[test]
fn the_narrow_picture_matches_the_program() {
    SHOTS[3].check();
}

#[test]
fn without_unicode_only_texts_are_more_than_ascii() {
    let mut session = Session::configured("small", "signs = \"ascii\"\n").size(100, 24);
    session = session.keys("b<down>bm");
    let screen = session.screen();
    let ours = screen.replace("Zürich", "");
    assert!(ours.is_ascii(), "{screen}");
    assert!(
        screen.contains("Note - ") && screen.contains('#'),
        "{screen}"
    );
}

#[test]
fn the_list_shows_the_configured_facts() {
    let session = Session::configured("small", "facts = [\"salary\", \"employment\"]\n");
    let screen = session.screen();
    assert!(
        screen.contains("€70,000–90,000 a year · full-time"),
        "{screen}"
    );
    assert!(screen.contains("   internship"), "{screen}");
}
