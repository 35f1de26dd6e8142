//! The panes over a server that goes away and comes back.

use jobdeck::content;
use jobdeck::postgres::{Address, publish};
use jobdeck::search::Index;
use rustix::process::Signal;
use std::sync::Arc;
use std::time::Duration;

use super::server::Server;
use crate::real::{Real, jobdeck};
use crate::session::fixture;

const SIZE: (u16, u16) = (120, 30);

#[test]
fn a_server_that_goes_away_is_told_once_and_found_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = server.address("harbour");
    let board = content::load(&fixture("harbour")).unwrap().board;
    let all = format!("{} of {0}", board.len());
    let index = Arc::new(Index::new(Arc::new(board)));
    publish(&Address::new(&address, &|_| None).unwrap(), &index, true).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut command = jobdeck();
    command.env("HOME", home.path());
    command.args(["--fresh", &address]);
    let mut panes = Real::start(command, SIZE);
    panes.be_patient(Duration::from_mins(1));
    panes.wait_for(&all);
    panes.send("/e");
    panes.wait_until("an answer", |screen| !screen.contents().contains(&all));
    panes.send("\x1b");
    panes.wait_for(&all);
    // A crash while typing, then a restart.
    server.kill();
    panes.send("/r");
    panes.wait_for("127.0.0.1");
    server.resume();
    panes.wait_for("the server answers again");
    panes.send("\x1b");
    panes.wait_for(&all);
    // Frozen: keys are answered, and so is the search once it goes on.
    server.signal(Signal::STOP);
    panes.send("/s");
    panes.wait_for("does not answer");
    panes.send("zz");
    panes.wait_for("szz");
    server.signal(Signal::CONT);
    panes.wait_for("the server answers again");
    // Twice in a row it quits, wherever one is.
    panes.send("\x03\x03");
    assert_eq!(panes.wait_for_end().fault(0), None);
}
