//! Every view of the program on a real terminal.

use std::fs;

use super::scene::Scene;
use super::{CELLS, FRAMES, SIZE, commands};
use crate::hostile::tally::Tally;
use crate::hostile::wire;
use crate::real::Real;

/// The Escape key in an encoding that cannot be part of another sequence.
const ESC: &str = "\x1b[27u";

/// Views, with the keys that lead from one to the next and a text that each shows.
const VIEWS: [(&str, &[&str], &str); 24] = [
    ("list", &[], "2 of 2"),
    ("detail", &["\t"], "Posting"),
    ("filters", &["f"], "space include"),
    ("facet in the query", &[" "], ":="),
    ("problems", &["P"], "Problems"),
    ("reader", &[ESC, ESC, "\r"], "q back"),
    ("outline", &["t"], "Outline"),
    ("search in the text", &[ESC, "/letters\r"], "1 of "),
    ("interview", &["q", "i"], "q back"),
    (
        "question before opening",
        &["q", "g", "o"],
        "Open in the browser?",
    ),
    ("note", &[ESC, "g", "m"], "Note · "),
    ("note in the list", &[ESC, "x"], "Hide: reason"),
    ("stages", &[ESC, "a"], "Application status"),
    ("contact", &["c"], "Contact · "),
    ("CV", &[ESC, "a", "v"], "CV sent"),
    (
        "a day that is none",
        &[ESC, "a", "f", "\x15zz\r"],
        "not a date",
    ),
    ("applications", &[ESC, "p"], "Applications"),
    ("a posting that is gone", &["G", "\r"], "q back"),
    ("views", &["q", "v"], "Views"),
    ("the name of a view", &["s"], "Save search as"),
    ("a view", &[ESC, "v", "\r"], "2 of 2"),
    ("orders", &[ESC, "s"], "Sort by"),
    ("news", &[ESC, "n"], "jobdeck"),
    ("keys", &[ESC, "?"], "Help and commands"),
];

/// Syncs a board of hostile sources while browsing.
pub fn sync(scene: &Scene) -> Tally {
    let mut tally = Tally::default();
    let server = commands::server(scene);
    let board = commands::board_of(scene, &server, "browsed");
    let config = scene.root.path().join("private.toml");
    fs::write(&config, "allow_private = true\n").unwrap();
    let mut command = scene.jobdeck();
    command.arg(&board);
    command.arg("--config");
    command.arg(&config);
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("6 of 6");
    terminal.send("R");
    terminal.wait_for("Sync?");
    terminal.send("\r");
    terminal.wait_for("incomplete");
    terminal.send("P");
    terminal.wait_for("Problems");
    terminal.send("\x03");
    let ending = terminal.wait_for_end();
    let judged = wire::judge(&ending.written, CELLS * FRAMES);
    let fault = ending.fault(0).or(judged.err());
    tally.run(format!("a sync of {:?}", scene.payload), fault);
    tally
}

/// Visits the views and checks all output.
pub fn run(scene: &Scene) -> Tally {
    let mut tally = Tally::default();
    let payload = scene.payload;
    let mut command = scene.jobdeck();
    command.arg(scene.board());
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("2 of 2");
    // Pasted text is external, too; it matches nothing, and is removed again.
    let pasted = payload.replace('\u{1b}', "");
    terminal.send(format!("\x1b[200~zz{pasted}\x1b[201~"));
    terminal.wait_for("0 of 2");
    terminal.send("\x15");
    terminal.wait_for("2 of 2");
    terminal.send("\r");
    for (view, keys, shows) in VIEWS {
        for key in keys {
            terminal.send(*key);
        }
        terminal.wait_for(shows);
        tally.run(view, None);
    }
    terminal.send("\x03");
    let ending = terminal.wait_for_end();
    tally.run(format!("the end after {payload:?}"), ending.fault(0));
    let judged = wire::judge(&ending.written, CELLS * FRAMES);
    tally.run(format!("the views of {payload:?}"), judged.err());
    tally
}
