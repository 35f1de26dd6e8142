//! The panes over a board on a server: news, mute rules, the market and suggestions.

use std::sync::Arc;
use std::time::Duration;

use jobdeck::board::{Board, Date, Location, Posting};
use jobdeck::postgres::{Address, publish};
use jobdeck::search::Index;

use super::server::Server;
use crate::real::{Real, jobdeck};

const SIZE: (u16, u16) = (120, 30);

/// Publishes weavers and bakers with these numbers.
fn publish_on(address: &str, numbers: std::ops::Range<usize>) {
    let postings = numbers.map(|at| Posting {
        id: format!("p{at}"),
        title: format!("{} {at}", if at % 2 == 0 { "Weaver" } else { "Baker" }),
        company: Some(if at % 2 == 0 { "Mill" } else { "Oven" }.into()),
        ..Posting::default()
    });
    let board = Board::new("Town".into(), postings.collect(), Vec::new());
    let address = Address::new(address, &|_| None).unwrap();
    publish(&address, &Arc::new(Index::new(Arc::new(board))), true).unwrap();
}

#[test]
fn the_panes_show_news_and_apply_mute_rules_on_a_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = server.address("town");
    let home = tempfile::tempdir().unwrap();
    let browse = |today: &str| {
        let mut command = jobdeck();
        command.env("HOME", home.path());
        command.args(["--fresh", "--today", today, &address]);
        let mut panes = Real::start(command, SIZE);
        panes.be_patient(Duration::from_mins(1));
        panes
    };
    publish_on(&address, 0..10);
    let mut panes = browse("2026-06-01");
    panes.wait_for("10 of 10");
    panes.wait_until("a board without news", |screen| {
        !screen.contents().contains("new")
    });
    panes.send("\x03\x03");
    panes.wait_for_end();
    publish_on(&address, 2..13);
    let mut panes = browse("2026-06-03");
    panes.wait_for("Since your last visit, 2026-06-01");
    panes.send("\r");
    panes.wait_for("3 of 11");
    panes.send("\x1b");
    panes.wait_for("11 of 11");
    // The selected posting's company is muted, and no longer is.
    panes.send("xM");
    panes.wait_for("muted · H show");
    panes.wait_until("fewer postings", |screen| {
        !screen.contents().contains("11 of 11")
    });
    panes.send("u");
    panes.wait_for("11 of 11");
    panes.send("/baker zzzz");
    panes.wait_for("without `zzzz`");
    panes.send("\x03\x03");
    assert_eq!(panes.wait_for_end().fault(0), None);
}

#[test]
fn one_row_represents_a_role_in_many_towns_on_a_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = server.address("roads");
    let posting = |at: usize| Posting {
        id: format!("p{at}"),
        title: if at < 40 {
            "Driver".into()
        } else {
            format!("Cook {at}")
        },
        company: Some("Ice".into()),
        locations: vec![Location::parse(&format!("Town{at}, Germany"))],
        posted: Some(Date::constant(2026, 5, if at < 40 { 20 } else { 10 })),
        description: "Work.".into(),
        ..Posting::default()
    };
    let board = Board::new("Roads".into(), (0..340).map(posting).collect(), Vec::new());
    let there = Address::new(&address, &|_| None).unwrap();
    publish(&there, &Arc::new(Index::new(Arc::new(board))), true).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.args(["--fresh", "--today", "2026-06-01", &address]);
    let mut panes = Real::start(command, SIZE);
    panes.be_patient(Duration::from_mins(1));
    panes.wait_for("39 grouped");
    panes.wait_for("1/301");
    panes.wait_for("+39");
    panes.send("=");
    panes.wait_for("1/340");
    panes.wait_for("39 places");
    panes.send("jj");
    panes.wait_for("3/340");
    // When a group is closed, the row that represents it is selected.
    panes.send("=");
    panes.wait_for("1/301");
    panes.send("G");
    panes.wait_for("301/301");
    panes.wait_for("Cook 9");
    panes.send("g");
    panes.wait_for("1/301");
    panes.send("x");
    panes.wait_for("40 places");
    panes.send("l");
    panes.wait_for("40 hidden");
    panes.wait_for("300 of 340");
    panes.send("u");
    panes.wait_for("340 of 340");
    panes.wait_for("2/301");
    panes.send("\x03\x03");
    assert_eq!(panes.wait_for_end().fault(0), None);
}
