//! Requisition numbers at the end of titles ("Data Scientist - R-102938").
//!
//! They make otherwise equal titles distinct. A title is therefore searched without its number, and the number as a
//! separate literal.

use std::ops::Range;

use super::flat::{Array, Arrays, Strings};
use super::predicates::{TextTest, literal_hit};
use super::verdict::{Tier, Verdict};
use super::word::{Scorer, letter_set, literal_tier};
use super::words::Typed;
use crate::board::fold::fold;
use crate::query::Field;

/// End of a title's words and range of its number; `None` for a title without one.
pub(super) fn split(title: &str) -> Option<(usize, Range<usize>)> {
    let closed = title.trim_end_matches([')', ']', ' ']);
    let start = token_start(closed);
    let (before, token) = closed.split_at(start);
    let words = before.trim_end_matches([' ', '-', '–', '—', '(', '[', ',', '|', '/', ':', '#']);
    let between = &before[words.len()..];
    let apart = !between.trim().is_empty() || !between.is_empty() && has_prefix(token);
    (apart && !words.is_empty() && is_number(token)).then_some((words.len(), start..closed.len()))
}

/// Start of the last token; "Req ID 2840" and "R 12345" count as one.
fn token_start(text: &str) -> usize {
    let in_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '#' | '.');
    let start = text.trim_end_matches(in_token).len();
    let token = &text[start..];
    // A separating dash is not part of the token.
    let lead = token.len() - token.trim_start_matches(['-', '.', '_']).len();
    let mut start = start + lead;
    for word in ["id", "req", "job", "requisition"] {
        let before = text[..start].trim_end_matches([' ', ':']);
        let at = before.len().saturating_sub(word.len());
        let Some((rest, last)) = before.split_at_checked(at) else {
            continue;
        };
        let apart = rest.ends_with([' ', '-', '(', '[', ',', '/']);
        if last.eq_ignore_ascii_case(word) && apart {
            start = at;
        }
    }
    start
}

fn has_prefix(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#')
}

/// A few words or letters followed by digits: at least five, or four that are not a year.
fn is_number(token: &str) -> bool {
    let digits = token.len() - token.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, number) = token.split_at(token.len() - digits);
    let year = digits == 4 && (number.starts_with("19") || number.starts_with("20"));
    let letters = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut words = prefix.split(['-', '_', '#', ':', '.', ' ']);
    let known = |word: &str| {
        word.len() <= 3
            || ["requisition", "jreq", "job"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
    };
    let prefixed = words.all(|word| letters(word) && known(word)) && prefix.len() <= 16;
    prefixed && (digits >= 5 || digits == 4 && !year && !prefix.is_empty())
}

/// A folded title with a requisition number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Numbered {
    /// The whole title.
    whole: String,
    /// End of the words.
    words: usize,
    /// Range of the number.
    number: Range<usize>,
}

impl Numbered {
    /// Folds a title with the given parts.
    pub(super) fn new(title: &str, words: usize, number: Range<usize>) -> Self {
        let length = |end: usize| fold(&title[..end]).len();
        Self {
            whole: fold(title),
            words: length(words),
            number: length(number.start)..length(number.end),
        }
    }
}

/// Titles with a requisition number, by record; the record of other titles is empty.
#[derive(Debug, Default)]
pub(super) struct NumberedTitles {
    wholes: Strings,
    /// For each title: end of the words, start and end of the number.
    bounds: Vec<u32>,
}

impl NumberedTitles {
    pub(super) fn new(titles: Vec<Option<Numbered>>) -> Self {
        let mut all = Self::default();
        for title in titles {
            let title = title.unwrap_or_default();
            all.wholes.push(&title.whole);
            let bounds = [title.words, title.number.start, title.number.end];
            all.bounds.extend(bounds.map(|at| at as u32));
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.wholes.len()
    }

    /// A title; `None` for the record of titles without a number.
    pub(super) fn get(&self, at: usize) -> Option<NumberedTitle<'_>> {
        let whole = self.wholes.get(at);
        let (bounds, _) = self.bounds.as_chunks::<3>();
        let [words, start, end] = bounds[at].map(|at| at as usize);
        let title = NumberedTitle {
            whole,
            words,
            number: start..end,
        };
        (!whole.is_empty()).then_some(title)
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.wholes.encode(out);
        out.push(Array::Words((&self.bounds).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let (wholes, bounds) = (Strings::decode(arrays)?, arrays.words()?);
        let whole = bounds.len() == 3 * wholes.len();
        whole.then_some(Self { wholes, bounds })
    }
}

/// A title with a requisition number.
#[derive(Debug)]
pub(super) struct NumberedTitle<'a> {
    /// The whole title.
    pub(super) whole: &'a str,
    words: usize,
    number: Range<usize>,
}

impl NumberedTitle<'_> {
    /// The text after the words.
    fn tail(&self) -> &str {
        &self.whole[self.words..]
    }

    /// Verdict beyond the words: a word with a digit in the number, or a literal that extends beyond the words.
    pub(super) fn judge(&self, test: &TextTest, scorer: &mut Scorer) -> Verdict {
        match test {
            TextTest::Words(reading) => {
                judge_number(&reading.typed, &self.whole[self.number.clone()])
            }
            TextTest::Scattered(_) => Verdict::FALSE,
            test => {
                let words = &self.whole[..self.words];
                if !test.asks_for_end() && test.judge(words, Field::Title, scorer).is_true() {
                    return Verdict::FALSE;
                }
                test.judge(self.whole, Field::Title, scorer)
            }
        }
    }
}

/// Verdict on a word in a folded requisition number, which is matched literally if it contains a digit.
pub(super) fn judge_number(typed: &Typed, number: &str) -> Verdict {
    let tier = literal_tier(&typed.text, number).filter(|_| has_digit(&typed.text));
    match tier {
        Some(tier) if tier == Tier::Whole || !typed.exact => {
            literal_hit(tier, Field::Title, &typed.text, number)
        }
        _ => Verdict::FALSE,
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Letters of the suffixes of all numbered titles.
#[derive(Debug, Default)]
pub(super) struct NumberSuffixes {
    pub(super) letter_set: u64,
}

impl NumberSuffixes {
    /// Adds the suffix of a title.
    pub(super) fn add(&mut self, title: &NumberedTitle<'_>) {
        self.letter_set |= letter_set(title.tail());
    }

    /// Prefilter for a test: a match that ends in a suffix ends with one of its letters, and one without other
    /// characters cannot start before it.
    pub(super) fn may_hold(&self, test: &TextTest) -> bool {
        let inside = |text: &str| letter_set(text) & !self.letter_set == 0;
        let wanted = test.text();
        match test {
            TextTest::Words(_) => return has_digit(wanted) && inside(wanted),
            TextTest::Scattered(_) | TextTest::Language(_) => return false,
            TextTest::Literal(..) | TextTest::Equals(_) => {}
        }
        let last = wanted.chars().next_back().map(String::from);
        let joins = wanted.contains(|c: char| !c.is_alphanumeric());
        last.is_some_and(|last| inside(&last)) && (joins || inside(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_numbers_and_leaves_years_and_words() {
        for (title, words, number) in [
            ("Data Scientist - R-102938", "Data Scientist", "R-102938"),
            (
                "Principal Engineer (R13689)",
                "Principal Engineer",
                "R13689",
            ),
            ("Core Java- R0000017", "Core Java", "R0000017"),
            ("Engineer (P-4927)", "Engineer", "P-4927"),
            ("Health II - REQ ID 2840", "Health II", "REQ ID 2840"),
            ("Nurse #123456", "Nurse", "#123456"),
            ("Nurse JR12345", "Nurse", "JR12345"),
        ] {
            let (end, at) = split(title).unwrap_or_else(|| panic!("{title}"));
            let number = number.trim_start_matches('#');
            assert_eq!(
                (&title[..end], title[at].trim_start_matches('#')),
                (words, number)
            );
        }
        for title in [
            "Intern, Summer 2026",
            "Chicago Summer Internship Program - 2026",
            "Teacher 2026-2027",
            "Graduate (2026)",
            "Stage - Mars 2026)",
            "Engineer",
            "R-102938",
            "L5",
            "Level 12345",
            "",
            "é - é",
        ] {
            assert_eq!(split(title), None, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_title_is_cut_at_letters(title in "[a-zA-Z0-9 #é–(),:-]{0,24}( ?[-(#] ?(R|req|Job ID|é)?[-_ #:]?[0-9]{3,6}[)]?)?") {
            if let Some((end, at)) = split(&title) {
                assert!(end <= at.start && title.get(..end).is_some() && title.get(at).is_some());
            }
        }
    }
}
