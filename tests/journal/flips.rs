//! Damaged journals: a flipped bit, a missing end.

use std::collections::BTreeSet;
use std::fs;

use super::{Home, Keeper, Row};

const MARKS: usize = 12;

pub(super) fn run(keeper: Keeper, times: usize) -> Row {
    let home = Home::of(keeper, MARKS);
    for number in 0..MARKS {
        assert!(home.save(&[], number).status.success());
    }
    let whole = home.bytes();
    let mut lost = Vec::new();
    for time in 0..times {
        let at = time * 7919 % whole.len();
        let mut damaged = whole.clone();
        if time % 3 == 0 {
            damaged.truncate(at);
        } else {
            damaged[at] ^= 1 << (time % 8);
        }
        fs::write(home.file(), &damaged).unwrap();
        let missing: Vec<_> = untouched(&whole, &damaged)
            .difference(&home.saved())
            .copied()
            .collect();
        if !missing.is_empty() {
            lost.push(format!("damage at {at}: {missing:?} are gone besides"));
        }
    }
    Row {
        done: times,
        lost,
        beside: format!("a journal of {MARKS} marks"),
    }
}

/// Marks whose lines are intact.
fn untouched(whole: &[u8], damaged: &[u8]) -> BTreeSet<usize> {
    let lines = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let ended = bytes.split_inclusive(|byte| *byte == b'\n');
        ended
            .filter(|line| line.ends_with(b"\n"))
            .map(<[u8]>::to_vec)
            .collect()
    };
    let there = lines(damaged);
    let whole = lines(whole).into_iter().enumerate();
    let kept = whole.filter(|(_, line)| there.contains(line));
    kept.map(|(number, _)| number).collect()
}
