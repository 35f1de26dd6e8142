//! Marks that are killed on their way.

use std::collections::BTreeSet;
use std::thread;
use std::time::Instant;

use super::{Home, count};

/// Each mark is killed at another point, from its first instruction to past its end. What holds does not depend on
/// which point that is.
#[test]
fn what_was_acknowledged_survives_kill_9() {
    const STEPS: u32 = 50;
    let kills = count(1_000, 25);
    let home = Home::new(kills);
    let started = Instant::now();
    assert!(home.save(&[], 0).status.success());
    let whole = started.elapsed();
    let mut acknowledged = BTreeSet::from([0]);
    for number in 1..kills {
        let step = (number as u32 * 7) % STEPS;
        let id = format!("p{number}");
        let mut child = home.command(&[], &["mark", &id, "saved"]).spawn().unwrap();
        thread::sleep(whole * step * 13 / 10 / STEPS);
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            acknowledged.insert(number);
        }
        if number % 20 == 0 || number + 1 == kills {
            let saved = home.saved();
            let lost: Vec<_> = acknowledged.difference(&saved).collect();
            assert!(lost.is_empty(), "lost {lost:?}");
        }
    }
    // Nobody is left with a lock or with half a line in the way.
    assert!(home.save(&[], 0).status.success());
    let (told, there) = (acknowledged.len(), home.saved().len());
    println!("kill -9 while marking: {kills} marks, {told} acknowledged, {there} there, 0 lost");
}
