//! Comparing postings, listing similar ones, and the pipeline, with the default keys.

use std::fs;
use std::path::Path;

use crate::session::Session;
use crate::svg::{self, Picture};

fn open() -> Session {
    Session::open("harbour").size(120, 35)
}

const SIZES: [(u16, u16); 4] = [(120, 35), (80, 24), (60, 20), (40, 12)];
/// Keys that mark three postings and compare them.
const COMPARE: &str = "<space>j<space>jj<space>C";
/// Keys that take a few postings through the stages, and open the pipeline.
const PIPELINE: &str = "a<enter>af<c-u>2026-09-30<enter><down>a<enter>a<enter>mrecruiter calls<c-s>\
    <down>a<enter>aR<down>bbp";

/// Compares a screen at every size with its picture; `UPDATE_SCREENS=1` updates them.
fn check_pictures(name: &str, keys: &str, shows: &str) {
    for (width, height) in SIZES {
        let session = open().keys(keys).size(width, height);
        let screen = session.screen();
        assert!(screen.contains(shows), "{screen}");
        let title = format!("{name}, {width} × {height}");
        let svg = Picture::of_buffer(session.buffer(), session.cursor(), &svg::DARK).svg(&title);
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/screens")
            .join(format!("{name}-{width}x{height}.svg"));
        if std::env::var_os("UPDATE_SCREENS").is_some() {
            fs::write(&path, &svg).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            golden == svg,
            "{} is stale; the screen is\n{screen}",
            path.display()
        );
    }
}

#[test]
fn the_comparison_looks_as_pictured() {
    check_pictures("compare", COMPARE, " differ");
}

#[test]
fn the_pipeline_looks_as_pictured() {
    check_pictures("pipeline", PIPELINE, "Applications");
}

#[test]
fn marked_postings_are_compared_and_keys_act_on_the_selected_one() {
    let session = open().keys(COMPARE);
    let screen = session.screen();
    assert!(screen.contains("posting 1 of 3"), "{screen}");
    assert!(screen.contains('≠'), "{screen}");
    let session = session.keys("lb");
    let screen = session.screen();
    assert!(
        screen.contains("posting 2 of 3") && screen.contains("saved"),
        "{screen}"
    );
    // A posting opens in front of the comparison, and closing it leads back.
    let session = session.keys("<enter>q");
    assert!(session.screen().contains(" differ"), "{}", session.screen());
    let session = session.keys("<c-y>");
    let copied = session.effects().last().cloned().unwrap();
    assert!(copied.starts_with("copy | | **"), "{copied}");
    let session = session.keys("<esc>");
    assert!(
        session.screen().contains("Postings"),
        "{}",
        session.screen()
    );
}

#[test]
fn the_bottom_line_offers_what_can_be_done_now() {
    let bottom = |keys: &str| {
        let screen = open().keys(keys).size(160, 30).screen();
        screen.lines().last().unwrap().trim().to_owned()
    };
    assert!(!bottom("<space>").contains("compare"));
    assert!(bottom("<space>j<space>").starts_with("C compare"));
    assert!(bottom("").contains("q quit"));
    assert!(bottom("jL").contains("q back"));
}

#[test]
fn without_marked_postings_nothing_is_compared() {
    let session = open().keys("C");
    let screen = session.screen();
    assert!(
        screen.contains("mark the postings to compare first"),
        "{screen}"
    );
}

#[test]
fn similar_postings_take_over_the_list_until_escape() {
    let session = open();
    let before = session.app().matches().rows.clone();
    let session = session.keys("jL");
    let screen = session.screen();
    assert!(
        screen.contains("More like this") && screen.contains("shares "),
        "{screen}"
    );
    assert!(screen.contains("like "), "{screen}");
    assert_eq!(session.app().list().cursor.at(), 0);
    // Similar ones of a similar one, and back step by step.
    let session = session.keys("L<esc>");
    assert!(
        session.screen().contains("More like this"),
        "{}",
        session.screen()
    );
    let session = session.keys("<esc>");
    assert_eq!(session.app().matches().rows, before);
    assert_eq!(session.app().list().cursor.at(), 1);
    // From the reader too; typing a query leaves it.
    let session = session.keys("<enter>L");
    assert!(
        session.screen().contains("More like this"),
        "{}",
        session.screen()
    );
    let session = session.keys("/rust<enter>");
    assert!(
        !session.screen().contains("More like this"),
        "{}",
        session.screen()
    );
}

#[test]
fn the_pipeline_groups_applications_and_keys_work_in_it() {
    let session = open().keys(PIPELINE);
    let screen = session.screen();
    let place = |text: &str| {
        let found = screen.lines().position(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("no {text} in\n{screen}"))
    };
    assert!(screen.contains("1d overdue"), "{screen}");
    assert!(place("Due  1") < place("Interview  1"), "{screen}");
    assert!(place("Interview  1") < place("Saved  2"), "{screen}");
    assert!(place("Saved  2") < place("Rejected  1"), "{screen}");
    assert!(screen.contains("recruiter calls"), "{screen}");
    assert!(screen.contains("Funnel"), "{screen}");
    // The selected application is the due one: its next stage ends nothing, and undo brings it back.
    let session = session.keys("aR");
    assert!(
        session.screen().contains("rejected 2026-10-01"),
        "{}",
        session.screen()
    );
    let session = session.keys("u");
    assert!(
        session.screen().contains("undone: rejected"),
        "{}",
        session.screen()
    );
    let session = session.keys("m<c-u>call<c-s>");
    assert!(
        session.screen().contains("note saved"),
        "{}",
        session.screen()
    );
    let session = session.keys("<enter>q");
    assert!(
        session.screen().contains("Applications"),
        "{}",
        session.screen()
    );
    let session = session.keys("q/note:recruiter<enter>");
    assert!(session.screen().contains("1 of "), "{}", session.screen());
}
