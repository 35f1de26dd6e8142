//! Journals that cost more than they hold: holes, and one posting with hundreds of thousands of events.

use std::fmt::Write as _;
use std::fs::{self, File};

use super::{Home, Keeper, Row, said};

/// Seconds of a processor that a command may take; a machine that does much else takes no more of them.
const SECONDS: usize = 60;
/// What a naive keeper does before it adds a mark, with memory as a small machine has it: looks whether it is there.
const NAIVE: &str = "ulimit -c 0; ulimit -v 500000; exec grep -a p1 \"$1\"";
/// Bytes of a file of holes.
const HOLES: u64 = 2_200_000_000;

/// What a journal holds a lot of.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Nothing: it is one hole.
    Holes,
    /// Interviews, each on another day.
    Stages,
    /// Notes, none of which knows of another.
    Notes,
    /// Undos of one act with many postings.
    Undos,
}

/// Runs commands on each: a mark is stored or refused with a message, in bounded time.
pub(super) fn run(keeper: Keeper, events: usize) -> Row {
    let mut row = Row::default();
    let kinds = [Kind::Holes, Kind::Stages, Kind::Notes, Kind::Undos];
    let kinds = if keeper == Keeper::Naive {
        &kinds[..1]
    } else {
        &kinds
    };
    for kind in kinds {
        let home = Home::of(keeper, 2);
        fs::create_dir_all(home.data()).unwrap();
        match kind {
            Kind::Holes => File::create(home.file()).unwrap().set_len(HOLES).unwrap(),
            kind => fs::write(home.file(), lines(*kind, events)).unwrap(),
        }
        let limit = format!("ulimit -c 0; ulimit -t {SECONDS}; exec \"$@\"");
        let file = home.file();
        let output = if keeper == Keeper::Naive {
            let looks = ["sh", "-c", NAIVE, "sh", file.to_str().unwrap()];
            home.program(&looks).output().unwrap()
        } else {
            home.save(&["sh", "-c", &limit, "sh"], 1)
        };
        let is_told = said(&output).contains("journal");
        let kept = output.status.success() && home.saved().contains(&1);
        let refused = output.status.code() == Some(2) && is_told;
        row.done += 1;
        if !(kept || refused) {
            row.lost
                .push(format!("{kind:?}: {:?} {}", output.status, said(&output)));
        }
    }
    row.beside = format!("{events} events each");
    row
}

fn lines(kind: Kind, events: usize) -> String {
    let mut lines = String::new();
    for event in 0..events {
        let second = event % 60;
        let minute = event / 60 % 60;
        let hour = event / 3600 % 24;
        let day = event / 86_400 % 28 + 1;
        let head = format!(
            "{{\"v\":1,\"at\":\"2026-01-{day:02}T{hour:02}:{minute:02}:{second:02}Z\",\"by\":\"00000000000000aa\",\"n\":0"
        );
        let posting = |id: usize| format!("{head},\"board\":\"board\",\"id\":\"p{id}\"");
        let line = match kind {
            Kind::Holes => unreachable!("it holds no lines"),
            Kind::Stages => {
                let (year, month) = (1000 + event / 336, event / 28 % 12 + 1);
                let on = format!("{year}-{month:02}-{:02}", event % 28 + 1);
                format!("{},\"what\":\"interview\",\"on\":\"{on}\"}}", posting(0))
            }
            Kind::Notes => format!("{},\"what\":\"note\",\"text\":\"n\"}}", posting(0)),
            // One half is a single act, the other half takes it back again and again.
            Kind::Undos if event < events / 2 => {
                let head = head.replace(&head[13..33], "2025-01-01T00:00:00Z");
                let head = head.replace("\"n\":0", &format!("\"n\":{event}"));
                format!("{head},\"board\":\"board\",\"id\":\"x{event}\",\"what\":\"saved\"}}")
            }
            Kind::Undos => format!(
                "{head},\"what\":\"undo\",\"of\":{{\"at\":\"2025-01-01T00:00:00Z\",\"by\":\"00000000000000aa\"}}}}"
            ),
        };
        writeln!(lines, "{line}").unwrap();
    }
    lines
}
