//! Journals of two machines, merged in any order and interleaving.

use std::fs;

use jobdeck::tracking::journal::Journal;
use jobdeck::tracking::{Mark, PostingKey, Tracking};

use super::{Home, Keeper, Row};

const POSTINGS: u64 = 4;

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

pub(super) fn run(keeper: Keeper, times: usize) -> Row {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut lost = Vec::new();
    for time in 0..times {
        let machines = [machine(1, &mut random), machine(2, &mut random)];
        let [one, other] = &machines;
        let orders = [
            [&one[..], other].concat(),
            [&other[..], one].concat(),
            interleaved(&machines, &mut random),
        ];
        let states = orders.map(|lines| state(keeper, &lines));
        if states[0] != states[1] || states[0] != states[2] {
            lost.push(format!("merge {time}: {states:?}"));
        }
    }
    Row {
        done: times,
        lost,
        beside: "three orders each".to_owned(),
    }
}

/// Lines of a journal with saves, hides and undos.
fn machine(origin: u64, random: &mut Random) -> Vec<String> {
    let home = Home::new(0);
    let mut journal = Journal::open(&home.data(), origin).journal;
    let mut tracking = Tracking::default();
    for _ in 0..=random.below(6) {
        let key = PostingKey {
            board: "b".into(),
            id: format!("p{}", random.below(POSTINGS)),
        };
        let act = match random.below(4) {
            0 => tracking.mark(key, Mark::Saved, None),
            1 => tracking.mark(key, Mark::Unsaved, None),
            2 => tracking.note(key, format!("note {}", random.below(3)), None),
            _ => match tracking.undo() {
                Some(undo) => undo,
                None => tracking.mark(key, Mark::Saved, None),
            },
        };
        // Both machines have the same time.
        let second = random.below(60);
        let now = format!("2026-01-06T09:00:{second:02}Z").parse().unwrap();
        tracking.extend(journal.append(vec![act], now).unwrap().events);
    }
    let text = String::from_utf8(home.bytes()).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn interleaved(machines: &[Vec<String>; 2], random: &mut Random) -> Vec<String> {
    let mut rest = machines.each_ref().map(|lines| lines.iter());
    let mut lines = Vec::new();
    loop {
        let first = random.below(2) as usize;
        let Some(line) = rest[first].next().or_else(|| rest[1 - first].next()) else {
            return lines;
        };
        lines.push(line.clone());
    }
}

/// The state of a journal with these lines.
fn state(keeper: Keeper, lines: &[String]) -> Vec<String> {
    if keeper == Keeper::Naive {
        // The last one wins.
        let last = |id: String| {
            let names = format!("\"{id}\"");
            let mut lines = lines.iter().rev();
            lines
                .find(|line| line.contains(&names))
                .cloned()
                .unwrap_or_default()
        };
        return (0..POSTINGS)
            .map(|number| last(format!("p{number}")))
            .collect();
    }
    let home = Home::new(0);
    fs::create_dir_all(home.data()).unwrap();
    let text = lines.join("\n") + "\n";
    fs::write(home.file(), text).unwrap();
    let tracking = home.open().tracking;
    let status = |number| format!("{:?}", tracking.status("b", &format!("p{number}")));
    (0..POSTINGS).map(status).collect()
}
