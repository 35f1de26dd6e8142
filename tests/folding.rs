//! Duplicate groups: one role in several towns.

use jobdeck::board::{Board, Date, Location, Posting};
use jobdeck::config::Config;
use jobdeck::content::Loaded;

use super::session::Session;

const TOWNS: [&str; 5] = [
    "Berlin, Germany",
    "Paris, France",
    "Oslo, Norway",
    "Rome, Italy",
    "Turin, Italy",
];

/// A driver in five towns, a cook, and another driver.
fn postings() -> Vec<Posting> {
    let posting = |id: &str, title: &str, town: &str, day: usize, text: &str| Posting {
        id: id.into(),
        title: title.into(),
        company: Some("Ice".into()),
        locations: vec![Location::parse(town)],
        posted: Some(Date::constant(2026, 9, day as i8)),
        description: text.into(),
        ..Posting::default()
    };
    let drivers = TOWNS.iter().enumerate().map(|(at, town)| {
        let text = format!("Drive a lorry through {town}.");
        posting(&format!("driver-{at}"), "Driver", town, 20 - at, &text)
    });
    let others = [
        posting("cook", "Cook", "Berlin, Germany", 19, "Cook."),
        posting("other", "Driver", "Bonn, Germany", 1, "Drive a sledge."),
    ];
    drivers.chain(others).collect()
}

fn session() -> Session {
    let load = |_: jobdeck::content::Progress<'_>| {
        Ok(Loaded {
            board: Board::new("Ice".into(), postings(), Vec::new()),
            ..Loaded::default()
        })
    };
    Session::over(Box::new(load), Config::default()).size(100, 30)
}

/// Locations of the list, row by row, with the right end of the row.
fn rows(session: &Session) -> Vec<String> {
    let screen = session.screen();
    let lines = screen.lines().filter_map(|line| {
        let (list, _) = line.split_once('│')?;
        let within = list
            .split_once("└ ")
            .and_then(|(_, place)| place.split("  ").next());
        let place = list.split_once("Ice · ").map(|(_, place)| place);
        let place = within.or(place)?;
        Some(place.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    lines.collect()
}

fn selected(session: &Session) -> String {
    session.app().selected_posting().unwrap().id.clone()
}

#[test]
fn one_row_represents_a_role_in_many_towns_and_opens() {
    let session = session();
    assert_eq!(rows(&session), ["Berlin +4", "Berlin", "Bonn"]);
    let screen = session.screen();
    assert!(
        screen.contains("7 of 7") && screen.contains("Postings · 4 grouped"),
        "{screen}"
    );
    assert!(screen.contains(" = expand   / search"), "{screen}");
    let session = session.keys("=");
    let open = [
        "Berlin ▾ 4 places",
        "Paris, France",
        "Oslo, Norway",
        "Rome, Italy",
        "Turin, Italy",
        "Berlin",
        "Bonn",
    ];
    assert_eq!(rows(&session), open);
    assert!(
        session.screen().contains("└ Paris, France"),
        "{}",
        session.screen()
    );
    let session = session.keys("jj");
    assert_eq!(selected(&session), "driver-2");
    // When a group is closed, its leader is selected.
    let session = session.keys("=");
    assert_eq!(selected(&session), "driver-0");
    let session = session.keys("G");
    assert_eq!(selected(&session), "other");
    let session = session.keys("=");
    assert!(session.screen().contains("no duplicates"));
}

#[test]
fn the_leader_shows_the_matching_location() {
    let session = session().keys("/italy<enter>");
    assert_eq!(rows(&session), ["Rome, Italy +1"]);
    assert!(session.screen().contains("2 of 7"));
    let session = session.keys("-");
    assert_eq!(rows(&session), ["Rome, Italy", "Turin, Italy"]);
    assert!(session.screen().contains("duplicates shown (+1)"));
    let session = session.keys("<esc>");
    assert_eq!(rows(&session).len(), 7);
    let session = session.keys("-");
    assert_eq!(rows(&session).len(), 3);
}

#[test]
fn a_mark_on_a_folded_row_is_for_the_one_that_it_shows() {
    let session = session().keys("b");
    let screen = session.screen();
    assert!(
        screen.contains("saved (this one of 5) · u undo"),
        "{screen}"
    );
    let saved = session.keys("/is:saved<enter>");
    assert_eq!(rows(&saved), ["Berlin ★"]);
}

#[test]
fn hiding_a_row_hides_the_group_or_only_its_leader() {
    let before = rows(&session()).len();
    let session_ = session().keys("x");
    assert!(
        session_.screen().contains("Driver · 5 places"),
        "{}",
        session_.screen()
    );
    let hidden = session_.keys("l");
    assert_eq!(hidden.app().matches().total, 2, "{}", hidden.screen());
    assert!(hidden.screen().contains("5 hidden"), "{}", hidden.screen());
    let back = hidden.keys("u");
    assert_eq!(back.app().matches().total, 7);
    assert_eq!(rows(&back).len(), before);
    let one = session().keys("xtl");
    assert_eq!(one.app().matches().total, 6, "{}", one.screen());
}
