//! Guesses at a word that a board lacks: typo corrections and scattered letters.

use super::{Want, Way, Words, worth};
use crate::query::Field;
use crate::search::fuzzy;
use crate::search::verdict::Tier;
use crate::search::words::{forms, is_correct, is_unspaced, least_uses, plural};

fn is_plain(word: &str) -> bool {
    !word.contains(|c: char| c.is_ascii_digit() || is_unspaced(c))
}

/// Typo corrections, and words with the scattered letters if nothing else matches.
pub(super) fn guesses(board: &Words, fields: &[Field], word: &str, long: bool) -> Vec<Way> {
    let holds = |other: &&String| {
        let form = forms(word).any(|form| form == **other);
        form || other.starts_with(word) || long && other.contains(word)
    };
    let typed: u64 = board
        .all
        .iter()
        .filter(holds)
        .map(|other| board.uses(other, fields))
        .sum();
    let slips = match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    if !is_plain(word) {
        return Vec::new();
    }
    let uses = |other: &str| {
        forms(other)
            .map(|form| board.uses(&form, fields))
            .sum::<u64>()
    };
    let near = board
        .all
        .iter()
        .filter(|other| is_plain(other) && *other != word && uses(other) > 0);
    let near = near.filter_map(|other| {
        let (whole, start) = distances(word, other);
        let unfinished = start < whole && word.chars().count() >= 6 && !first_wrong(word, other);
        let distance = if unfinished { start } else { whole };
        let class = (
            first_wrong(word, other),
            unfinished,
            !unfinished && !swapped_or_short(word, other),
        );
        (0 < distance && distance <= slips).then_some((distance, class, other))
    });
    let near: Vec<_> = near.collect();
    let nearest = near.iter().map(|(distance, ..)| *distance).min();
    let near: Vec<_> = near
        .iter()
        .filter(|(distance, ..)| Some(*distance) == nearest)
        .collect();
    let most = near
        .iter()
        .map(|(_, _, other)| uses(other))
        .max()
        .unwrap_or(0);
    let common: Vec<_> = near
        .iter()
        .filter(|(_, _, other)| uses(other) * 20 >= most)
        .collect();
    let best = common.iter().map(|(_, class, _)| *class).min();
    let correct = is_correct(word);
    let mut chosen: Vec<&String> = common
        .iter()
        .filter(|(_, class, other)| Some(*class) == best && uses(other) > typed)
        .map(|(_, _, other)| *other)
        .collect();
    let is_weak = best.is_some_and(|class| class.0 || class.1) || word.chars().count() == 4;
    let least = least_uses(board.postings, is_weak);
    chosen.sort_by_key(|other| std::cmp::Reverse(uses(other)));
    chosen.truncate(3);
    chosen.retain(|other| typed < 10 && uses(other) >= 100 * typed && !correct);
    chosen.retain(|other| typed > 0 || uses(other) >= least);
    let home = |other: &str| home(board, fields, other);
    let is_far =
        best.is_some_and(|class| class.1) || nearest > Some(1) && word.chars().count() < 10;
    chosen.retain(|other| home(other) != Some(Field::Company) || !is_far);
    let mut ways = Vec::new();
    for other in &chosen {
        let plural = plural(other).filter(|plural| board.all.contains(plural));
        for word in [Some((*other).clone()), plural].into_iter().flatten() {
            ways.push(Way {
                home: home(other),
                ..Way::new(Tier::Typo, vec![Want::Exact(word)])
            });
        }
    }
    if chosen.is_empty() && typed == 0 && !correct && word.chars().count() >= 4 {
        let first = word.chars().next();
        let mut scattered: Vec<_> = board
            .all
            .iter()
            .filter(|other| other.chars().next() == first && uses(other) > 0)
            .filter(|other| 2 * other.chars().count() <= 5 * word.chars().count())
            .filter_map(|other| Some((worth(fuzzy::indices(word, other)?.0, word), other)))
            .collect();
        scattered.sort_by_key(|(worth, other)| std::cmp::Reverse((*worth, uses(other))));
        ways.extend(scattered.into_iter().take(3).map(|(worth, other)| Way {
            home: home(other),
            worth: Some(worth),
            ..Way::new(Tier::Scattered, vec![Want::Exact(other.clone())])
        }));
    }
    ways
}

/// The field that holds a word most often, if that field holds names.
fn home(board: &Words, fields: &[Field], other: &str) -> Option<Field> {
    let in_field =
        |field: Field| -> u64 { forms(other).map(|form| board.uses(&form, &[field])).sum() };
    let most = fields.iter().map(|&field| in_field(field)).max();
    let mut fields = fields.iter().copied();
    let home = fields.find(|&field| Some(in_field(field)) == most);
    home.filter(|field| matches!(field, Field::Company | Field::Location))
}

fn first_wrong(word: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    a.first() != b.first() && !swapped
}

fn swapped_or_short(word: &str, other: &str) -> bool {
    let mut left: Vec<char> = other.chars().collect();
    for c in word.chars() {
        match left.iter().position(|&letter| letter == c) {
            Some(at) => _ = left.remove(at),
            None => return false,
        }
    }
    left.len() < 2
}

/// Edit distances to another word, and to its best prefix, by the textbook algorithm.
fn distances(word: &str, other: &str) -> (usize, usize) {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            d[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let wrong = d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = wrong.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                    let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swap {
                        best.min(d[i - 2][j - 2] + 1)
                    } else {
                        best
                    }
                }
            };
        }
    }
    (d[a.len()][b.len()], *d[a.len()].iter().min().unwrap())
}
