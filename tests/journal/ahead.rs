//! Events of clocks that are wrong by centuries, merged in from another machine.

use std::fs;

use super::{Home, Keeper, Row, said};

/// Moments that a damaged clock may have shown, or that a file claims. The last ones are in the room that is left for
/// what has to come later, where only a line with a checksum is believed.
const MOMENTS: [(&str, bool); 7] = [
    ("2999-01-01T00:00:00Z", false),
    ("8999-06-01T00:00:00Z", false),
    ("8999-12-31T23:59:59.999999Z", false),
    ("8999-12-31T23:59:59.999999Z", true),
    ("9000-01-01T00:00:00.000001Z", false),
    ("9000-12-31T23:59:59.999998Z", true),
    ("9000-12-31T23:59:59.999999Z", true),
];

/// After each merge a mark that is acknowledged is there, whatever was merged.
pub(super) fn run(keeper: Keeper, times: usize) -> Row {
    let mut row = Row::default();
    let mut refused = 0;
    for time in 0..times {
        let home = Home::new(2);
        assert!(home.save(&[], 0).status.success());
        let journal = String::from_utf8(home.bytes()).unwrap();
        let (moment, has_checksum) = MOMENTS[time % MOMENTS.len()];
        // The other machine changed its mind about the posting that is saved next.
        let unsaved = line(&journal, moment, "unsaved", has_checksum);
        let other = home.folder.path().join("other.jsonl");
        fs::write(&other, unsaved).unwrap();
        let merged = home.command(&[], &["journal", "merge", other.to_str().unwrap()]);
        let merged = { merged }.output().unwrap();
        assert!(
            merged.status.code().is_some_and(|code| code <= 1),
            "{}",
            said(&merged)
        );
        row.done += 1;
        if keeper == Keeper::Naive {
            // It uses only its own clock.
            let saved = line(&journal, "2026-01-06T09:00:00Z", "saved", false);
            let file = String::from_utf8(home.bytes()).unwrap();
            fs::write(home.file(), file + &saved).unwrap();
        } else {
            let output = home.save(&[], 1);
            if output.status.code() == Some(2) && said(&output).contains("nothing was kept") {
                refused += 1;
                continue;
            }
            assert!(output.status.success(), "{}", said(&output));
        }
        if !home.saved().contains(&1) {
            row.lost.push(format!("after {moment}: p1"));
        }
    }
    row.beside = format!("{refused} refused and told");
    row
}

/// A line about the posting `p1`, on the board of a journal.
fn line(journal: &str, moment: &str, what: &str, has_checksum: bool) -> String {
    let first: serde_json::Value = serde_json::from_str(journal.lines().next().unwrap()).unwrap();
    let board = &first["board"];
    let body = format!(
        "{{\"v\":1,\"at\":\"{moment}\",\"by\":\"00000000000000aa\",\"n\":0,\"board\":{board},\"id\":\"p1\",\"what\":\"{what}\""
    );
    if has_checksum {
        let sum = crc32fast::hash(body.as_bytes());
        return format!("{body},\"sum\":\"{sum:08x}\"}}\n");
    }
    format!("{body}}}\n")
}
