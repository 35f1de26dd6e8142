//! Slow reference implementation of words: compares every word of the board with every word of the query, directly by
//! the rules.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Hit, weight};
use crate::board::Posting;
use crate::board::fold::fold;
use crate::places::country_of_folded;
use crate::query::{Atom, Field, Term, Test};
use crate::search::requisition;
use crate::search::values::{DEFAULT, values};
use crate::search::verdict::Tier;
use crate::search::words::{
    Alias, AliasSource as Source, Aliases, Scope, forms, is_unspaced, tokens as cut,
};

mod guesses;

use guesses::guesses;

/// Words of a folded text.
pub(super) fn tokens(text: &str) -> Vec<String> {
    cut(text).map(|token| token.word.to_owned()).collect()
}

/// A way to match a word of a query.
#[derive(Debug, Clone)]
pub(super) struct Way {
    tier: Tier,
    words: Vec<Want>,
    scope: Scope,
    country: Option<&'static str>,
    home: Option<Field>,
    worth: Option<u64>,
}

/// A required word.
#[derive(Debug, Clone, PartialEq)]
enum Want {
    /// The word, its plural or singular.
    Word(String),
    /// Exactly the word.
    Exact(String),
    Start(String),
    Inside(String),
}

impl Want {
    fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Exact(text) | Self::Start(text) | Self::Inside(text) => text,
        }
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Self::Word(text) => forms(text).any(|form| form == word),
            Self::Exact(text) => text == word,
            Self::Start(text) => word.starts_with(text),
            Self::Inside(text) => word.contains(text),
        }
    }
}

impl Way {
    fn new(tier: Tier, words: Vec<Want>) -> Self {
        Self {
            tier,
            words,
            scope: Scope::Any,
            country: None,
            home: None,
            worth: None,
        }
    }

    fn alias(tier: Tier, alias: Alias) -> Self {
        let want = match alias.source {
            Source::Place => Want::Exact,
            _ => Want::Word,
        };
        Self {
            scope: alias.scope,
            country: alias.country,
            ..Self::new(tier, alias.words.into_iter().map(want).collect())
        }
    }

    /// Hit in a folded value of a field.
    pub(super) fn hit(&self, field: Field, value: &str) -> Option<Hit> {
        let country = country_of_folded(value);
        if country.is_some_and(|country| self.country.is_some_and(|meant| meant != country)) {
            return None;
        }
        self.hit_anywhere(field, value)
    }

    fn hit_anywhere(&self, field: Field, value: &str) -> Option<Hit> {
        let words = tokens(value);
        let weight = match self.home {
            Some(home) if home == field => 3,
            Some(_) => weight(field).min(2),
            None => weight(field),
        };
        let windows = words.windows(self.words.len());
        let windows = windows.filter(|window| {
            window
                .iter()
                .zip(&self.words)
                .all(|(word, want)| want.is(word))
        });
        let hits = windows.filter(|_| self.scope.asks(field)).map(|window| {
            let covered: usize = match (&self.words[..], window) {
                ([Want::Word(_) | Want::Exact(_)], [word]) => word.len(),
                _ => self.words.iter().map(|word| word.text().len()).sum(),
            };
            let itself = match (&self.words[..], window) {
                ([Want::Word(text) | Want::Exact(text)], [word]) => text == word,
                _ => false,
            };
            let share = (covered * 63 / value.len().max(1)) as u64;
            Hit::new(self.tier, weight, itself, self.worth.unwrap_or(share))
        });
        hits.max()
    }

    fn is_found(&self, field: Field, board: &Words) -> bool {
        board.values[&field]
            .iter()
            .any(|value| self.hit_anywhere(field, value).is_some())
    }
}

/// Share of scattered letters.
pub(super) fn worth(score: i64, letters: &str) -> u64 {
    let letters = letters.chars().count().max(1) as u64;
    (u64::try_from(score).unwrap_or(0) * 2 / letters).min(63)
}

/// All words of a board.
struct Words {
    postings: usize,
    /// Folded values of each field, without requisition numbers.
    values: HashMap<Field, Vec<String>>,
    all: BTreeSet<String>,
    /// Number of postings with a word in a field.
    uses: HashMap<(String, Field), u64>,
}

fn folded(posting: &Posting, field: Field) -> Vec<String> {
    let values = values(posting, field).into_iter();
    let values = values.map(|value| match requisition::split(&value) {
        Some((end, _)) if field == Field::Title => fold(&value[..end]),
        _ => fold(&value),
    });
    values.collect()
}

impl Words {
    fn new(postings: &[Posting]) -> Self {
        let mut words = Self {
            postings: postings.len(),
            values: DEFAULT.iter().map(|&field| (field, Vec::new())).collect(),
            all: BTreeSet::new(),
            uses: HashMap::new(),
        };
        for posting in postings {
            for field in DEFAULT {
                let values = folded(posting, field);
                let own: BTreeSet<String> = values.iter().flat_map(|value| tokens(value)).collect();
                for word in own {
                    *words.uses.entry((word.clone(), field)).or_default() += 1;
                    words.all.insert(word);
                }
                words.values.get_mut(&field).unwrap().extend(values);
            }
        }
        words
    }

    fn uses(&self, word: &str, fields: &[Field]) -> u64 {
        let uses = fields
            .iter()
            .filter_map(|&field| self.uses.get(&(word.to_owned(), field)));
        uses.sum()
    }
}

/// For each atom of each term, the ways to match it.
pub(super) fn ways(postings: &[Posting], terms: &[Term]) -> Vec<Vec<Vec<Way>>> {
    let board = Words::new(postings);
    let mut ways: Vec<Vec<Vec<Way>>> = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let run = run(terms, at);
        let first = run.start;
        let atoms = term.any.iter().map(|atom| match word(atom) {
            Some(_) if run.len() > 1 => {
                let run = terms[run.clone()].iter().map(|term| &term.any[0]);
                of_atom(&board, &run.collect::<Vec<_>>(), at - first)
            }
            Some(_) => of_atom(&board, &[atom], 0),
            None => Vec::new(),
        });
        ways.push(atoms.collect());
    }
    ways
}

fn word(atom: &Atom) -> Option<&str> {
    match &atom.test {
        Test::Fuzzy(word) | Test::Whole(word) => Some(word),
        _ => None,
    }
}

/// Consecutive word terms on the same field around a term.
fn run(terms: &[Term], at: usize) -> Range<usize> {
    let joins = |other: &Term| match (terms[at].any.as_slice(), other.any.as_slice()) {
        ([one], [other]) => {
            let words = word(one).is_some() && word(other).is_some();
            words && !one.negated && !other.negated && one.field == other.field
        }
        _ => false,
    };
    let before = terms[..at]
        .iter()
        .rev()
        .take_while(|term| joins(term))
        .count();
    let after = terms[at + 1..]
        .iter()
        .take_while(|term| joins(term))
        .count();
    at - before..at + 1 + after
}

/// The ways to answer a word of a run, other names of corrected words among them.
fn of_atom(board: &Words, run: &[&Atom], at: usize) -> Vec<Way> {
    let all: Vec<Vec<Way>> = (0..run.len())
        .map(|at| uncorrected(board, run, at))
        .collect();
    let corrected = all.iter().map(|ways| {
        let typo = ways.iter().find(|way| way.tier == Tier::Typo);
        typo.map(|way| vec![way.words[0].text().to_owned()])
    });
    let corrected: Vec<Option<Vec<String>>> = corrected.collect();
    let is_exact = |atom: &&Atom| matches!(atom.test, Test::Whole(_));
    let mut ways = all[at].clone();
    for first in 0..=at {
        for end in at + 1..=run.len().min(first + 5) {
            let is_corrected = corrected[first..end].iter().any(Option::is_some);
            if !is_corrected || run[first..end].iter().any(is_exact) {
                continue;
            }
            let words = (first..end).flat_map(|at| {
                let typed = || tokens(&fold(word(run[at]).unwrap()));
                corrected[at].clone().unwrap_or_else(typed)
            });
            let words: Vec<String> = words.collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            for alias in Aliases::default().of(&words) {
                if alias.scope != Scope::Place {
                    continue;
                }
                let way = Way {
                    home: Some(Field::Location),
                    ..Way::alias(Tier::Typo, alias)
                };
                let mut fields = fields(run[at]).into_iter();
                let is_new = ways
                    .iter()
                    .all(|known| known.words != way.words || known.scope != way.scope);
                let stands = |field| {
                    let known = DEFAULT.contains(&field);
                    way.scope.asks(field) && (!known || way.is_found(field, board))
                };
                if is_new && fields.any(stands) {
                    ways.push(way);
                }
            }
        }
    }
    ways
}

/// The fields in which a word is looked for.
fn fields(atom: &Atom) -> Vec<Field> {
    match atom.field {
        None => DEFAULT.to_vec(),
        Some(Field::Country | Field::Region | Field::City) => vec![Field::Location],
        Some(field) => vec![field],
    }
}

fn uncorrected(board: &Words, run: &[&Atom], at: usize) -> Vec<Way> {
    let atom = run[at];
    let text = fold(word(atom).unwrap());
    let own = tokens(&text);
    let exact = matches!(atom.test, Test::Whole(_));
    let fields = fields(atom);
    let Some((last, front)) = own.split_last() else {
        return Vec::new();
    };
    let phrase = |last: Want| {
        let front = front.iter().cloned();
        let one = if exact { Want::Exact } else { Want::Word };
        let front: Vec<Want> = front.map(one).collect();
        [front, vec![last]].concat()
    };
    if exact {
        return vec![Way::new(Tier::Whole, phrase(Want::Exact(last.clone())))];
    }
    let mut ways = vec![
        Way::new(Tier::Whole, phrase(Want::Word(last.clone()))),
        Way::new(Tier::Start, phrase(Want::Start(last.clone()))),
    ];
    let long = last.chars().count() >= 4 || last.chars().any(is_unspaced);
    if front.is_empty() && long {
        ways.push(Way::new(Tier::Inside, vec![Want::Inside(last.clone())]));
    }
    let known = DEFAULT.contains(&fields[0]);
    let mut others = Vec::new();
    for first in 0..=at {
        for end in at + 1..=run.len() {
            let words = run[first..end].iter();
            if end - first > 5
                || words
                    .clone()
                    .any(|atom| matches!(atom.test, Test::Whole(_)))
            {
                continue;
            }
            let words = words.flat_map(|atom| tokens(&fold(word(atom).unwrap())));
            others.extend(other_ways(board, &words.collect::<Vec<_>>()));
        }
    }
    others.retain(|way| {
        let asked = fields.iter().filter(|field| way.scope.asks(**field));
        let stands = asked
            .clone()
            .any(|&field| !known || way.is_found(field, board));
        stands && ways.iter().all(|typed| typed.words != way.words)
    });
    let called = !others.is_empty();
    ways.extend(others);
    if let ([own], false) = (own.as_slice(), called) {
        ways.extend(guesses(board, &fields, own, long));
    }
    ways
}

/// Aliases and alternative spellings.
fn other_ways(board: &Words, words: &[String]) -> Vec<Way> {
    let strs: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut ways: Vec<Way> = Aliases::default()
        .of(&strs)
        .into_iter()
        .map(|alias| Way::alias(Tier::Alias, alias))
        .collect();
    match words {
        [word] if word.chars().count() >= 6 && !word.chars().any(is_unspaced) => {
            for (at, _) in word.char_indices() {
                let (first, second) = word.split_at(at);
                let known = |part: &str| forms(part).any(|form| board.all.contains(&form));
                let least = if board.all.contains(word) { 4 } else { 2 };
                if first.chars().count() >= least
                    && second.chars().count() >= least
                    && known(first)
                    && known(second)
                {
                    let words = vec![Want::Exact(first.into()), Want::Word(second.into())];
                    ways.push(Way::new(Tier::Alias, words));
                }
            }
        }
        [_, _] | [_, _, _] if board.all.contains(&words.concat()) => {
            ways.push(Way::new(Tier::Alias, vec![Want::Word(words.concat())]));
        }
        _ => {}
    }
    ways
}

/// Number of consecutive query words that are adjacent in a value.
pub(super) fn neighbours(terms: &[Term], ways: &[Vec<Vec<Way>>], posting: &Posting) -> u64 {
    let positions = |term: usize, field: Field, value: &str| -> Vec<usize> {
        let [atom] = terms[term].any.as_slice() else {
            return Vec::new();
        };
        if atom.negated || atom.field.is_some_and(|asked| asked != field) {
            return Vec::new();
        }
        let single = ways[term][0].iter().filter(|way| {
            way.words.len() == 1
                && way.scope.asks(field)
                && !matches!(way.tier, Tier::Inside | Tier::Scattered)
        });
        let words = tokens(value);
        let stands = |at: &usize| single.clone().any(|way| way.words[0].is(&words[*at]));
        (0..words.len()).filter(stands).collect()
    };
    let pairs = (1..terms.len()).filter(|&term| {
        DEFAULT.iter().any(|&field| {
            folded(posting, field).iter().any(|value| {
                let second = positions(term, field, value);
                positions(term - 1, field, value)
                    .iter()
                    .any(|at| second.contains(&(at + 1)))
            })
        })
    });
    (pairs.count() as u64).min(7)
}
