//! Marks whose process is killed.

use std::collections::BTreeSet;
use std::thread;
use std::time::Instant;

use super::{Home, Keeper, Row, Stopped};

/// Kills each mark at another point, from the first instruction to the end. The result must not depend on the point.
pub(super) fn run(keeper: Keeper, kills: usize) -> Row {
    const STEPS: u32 = 50;
    let home = Home::of(keeper, kills + 1);
    // A careless writer loses what existed before.
    for number in 0..kills.min(20) {
        assert!(home.save(&[], number).status.success());
    }
    let started = Instant::now();
    assert!(home.save(&[], 0).status.success());
    let whole = started.elapsed();
    let mut acknowledged: BTreeSet<usize> = (0..kills.min(20)).collect();
    let mut lost = BTreeSet::new();
    for number in 1..kills {
        // A naive keeper is killed where it has emptied its file.
        if keeper == Keeper::Naive {
            Stopped::at("emptied", &home, number).kill();
            lost.extend(acknowledged.difference(&home.saved()).copied());
            continue;
        }
        let step = (number as u32 * 7) % STEPS;
        let mut child = home.saving(&[], number).spawn().unwrap();
        thread::sleep(whole * step * 13 / 10 / STEPS);
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            acknowledged.insert(number);
        }
        if number % 20 == 0 || number + 1 == kills {
            lost.extend(acknowledged.difference(&home.saved()).copied());
        }
    }
    // No lock or incomplete line remains in the way.
    assert!(home.save(&[], kills).status.success());
    Row {
        done: kills,
        beside: format!("{} acknowledged", acknowledged.len()),
        lost: lost
            .iter()
            .map(|number| format!("kill: p{number}"))
            .collect(),
    }
}
