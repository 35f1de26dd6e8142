//! Slow reference implementation: evaluates every field of every posting with the matcher itself. The index must give
//! the same answers.

use proptest::prelude::*;

use super::place_names::region_shown;
use super::place_names::unwritten_names;
use super::place_test::PlaceTest;
use super::requisition;
use super::values::{DEFAULT, values};
use super::verdict::Tier;
use super::*;
use crate::board::fold::fold;
use crate::board::{Board, Posting};
use crate::facts;
use crate::places::city_label;
use crate::query::{Anchor, Atom, DateTest, SalaryTest, SortKey, State, Term, Test};

mod boards;
mod effective;
mod facets;
mod truth;
mod whereabouts;
mod words;

use effective::{derived, effective};
use facets::facets;
use truth::{Hit, Truth, WORDS, reasons};
use words::{Way, tokens};

fn weight(field: Field) -> u64 {
    match field {
        Field::Title => 3,
        Field::Company | Field::Team => 2,
        Field::Location | Field::Country | Field::Region | Field::City => 1,
        _ => 0,
    }
}

/// Byte offsets of all occurrences of `word` in `text`.
fn standing<'a>(word: &'a str, text: &'a str) -> impl Iterator<Item = usize> + 'a {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter(move |&at| text[at..].starts_with(word))
}

fn tier(word: &str, text: &str, at: usize) -> Tier {
    let end = at + word.len();
    if text[..at].ends_with(char::is_alphanumeric) {
        Tier::Inside
    } else if text[end..].starts_with(char::is_alphanumeric) {
        Tier::Start
    } else {
        Tier::Whole
    }
}

fn literal(field: Field, literal: &str, anchor: Anchor, text: &str) -> Truth {
    let places = standing(literal, text).filter(|&at| match anchor {
        Anchor::None => true,
        Anchor::Start => at == 0,
        Anchor::End => at + literal.len() == text.len(),
        Anchor::Both => text == literal,
    });
    let best = places.map(|at| tier(literal, text, at)).max();
    let share = literal.len() * 63 / text.len().max(1);
    match best {
        Some(tier) => Truth::Yes(Some(Hit::new(tier, weight(field), false, share as u64))),
        None => Truth::No,
    }
}

fn scattered(field: Field, letters: &str, text: &str) -> Truth {
    match fuzzy::indices(letters, text) {
        Some((score, _)) => {
            let share = words::worth(score, letters);
            Truth::Yes(Some(Hit::new(Tier::Scattered, weight(field), false, share)))
        }
        None => Truth::No,
    }
}

fn text(test: &Test, ways: &[Way], field: Field, value: &str) -> Truth {
    let value = fold(value);
    match test {
        Test::Fuzzy(asked) | Test::Whole(asked) if tokens(&fold(asked)).is_empty() => {
            literal(field, &fold(asked), Anchor::None, &value)
        }
        Test::Fuzzy(_) | Test::Whole(_) => {
            let hits = ways.iter().filter_map(|way| way.hit(field, &value));
            hits.max().map_or(Truth::No, |hit| Truth::Yes(Some(hit)))
        }
        Test::Scattered(letters) => scattered(field, &fold(letters), &value),
        Test::Literal { text, anchor } => literal(field, &fold(text), *anchor, &value),
        Test::Equals(tag) if matches!(field, Field::Speaks | Field::Language) => {
            let language = format!("{}-", fold(tag));
            Truth::from_bool(format!("{value}-").starts_with(&language))
        }
        Test::Equals(name) if field == Field::Skill => {
            let spellings = [name.clone(), name.to_uppercase()];
            let mut known = spellings.iter().filter_map(|name| facts::skill_named(name));
            let asked = known.next().map_or(name.as_str(), |skill| skill.name);
            Truth::from_bool(fold(asked) == value)
        }
        Test::Equals(whole) => Truth::from_bool(fold(whole) == value),
        _ => Truth::No,
    }
}

/// A title with a requisition number: words are searched before the number, or exactly in it; literals before the
/// number, else in the whole title.
fn title(test: &Test, ways: &[Way], title: &str) -> Truth {
    let Some((end, number)) = requisition::split(title) else {
        return text(test, ways, Field::Title, title);
    };
    let in_words = text(test, ways, Field::Title, &title[..end]);
    match test {
        Test::Fuzzy(asked) | Test::Whole(asked) if !tokens(&fold(asked)).is_empty() => {
            let (asked, number) = (fold(asked), fold(&title[number]));
            if !asked.contains(|c: char| c.is_ascii_digit()) {
                return in_words;
            }
            let in_number = literal(Field::Title, &asked, Anchor::None, &number);
            let whole =
                standing(&asked, &number).any(|at| tier(&asked, &number, at) == Tier::Whole);
            if matches!(test, Test::Fuzzy(_)) || whole {
                in_words.or(in_number)
            } else {
                in_words
            }
        }
        Test::Scattered(_) => in_words,
        Test::Fuzzy(_)
        | Test::Whole(_)
        | Test::Literal {
            anchor: Anchor::None | Anchor::Start,
            ..
        } => match in_words {
            Truth::No => text(test, ways, Field::Title, title),
            found => found,
        },
        _ => text(test, ways, Field::Title, title),
    }
}

fn in_field(test: &Test, ways: &[Way], field: Field, posting: &Posting) -> Truth {
    let anchored = matches!(
        test,
        Test::Equals(_)
            | Test::Literal {
                anchor: Anchor::Start | Anchor::End | Anchor::Both,
                ..
            }
    );
    let found = match field {
        Field::Title => vec![title(test, ways, &posting.title)],
        Field::Text => vec![match text(test, ways, field, &posting.description) {
            Truth::Yes(_) => Truth::Yes(None),
            other => other,
        }],
        Field::Location if anchored => {
            let written = posting.locations.iter();
            written
                .map(|place| text(test, ways, field, &place.written))
                .collect()
        }
        Field::Location => {
            let places = posting.locations.iter();
            let truths = places.flat_map(|place| {
                let implied = unwritten_names(place);
                let implied = implied.map(|name| text(test, ways, field, name).implied());
                implied.chain([text(test, ways, field, &place.written)])
            });
            truths.collect()
        }
        _ => {
            let place = PlaceTest::new(field, test);
            let by_text = place.as_ref().is_none_or(PlaceTest::is_open);
            let values = values(posting, field).into_iter().filter(|_| by_text);
            let by_text = values.map(|value| text(test, ways, field, &value));
            let resolved = posting.locations.iter().filter_map(|location| {
                let city = city_label(location);
                Some(Truth::from_bool(place.as_ref()?.holds(
                    location.country.as_deref(),
                    region_shown(location),
                    city.as_deref(),
                )))
            });
            by_text.chain(resolved).collect()
        }
    };
    found.into_iter().fold(Truth::No, Truth::max)
}

fn absent(field: Field, posting: &Posting) -> bool {
    match field {
        Field::Posted => posting.posted.is_none(),
        Field::Closes => posting.closes.is_none(),
        Field::Salary => posting.salary.is_empty(),
        Field::Text => posting.description.is_empty(),
        field => values(posting, field).is_empty(),
    }
}

fn day(test: DateTest, field: Field, day: Option<Date>, today: Date) -> Truth {
    let Some(day) = day else {
        return Truth::Unjudged(field, Reason::Absent);
    };
    let days = i64::from((day - today).get_days());
    Truth::from_bool(match test {
        DateTest::Day(op, wanted) => op.holds(&day, &wanted),
        DateTest::Between(first, last) => first <= day && day <= last,
        DateTest::Weekday(op, weekday) => {
            let near = (0..7).map(|days| if field == Field::Closes { days } else { -days });
            let mut near = near.map(|days| today.saturating_add(jiff::Span::new().days(days)));
            near.any(|wanted| wanted.weekday() == weekday && op.holds(&day, &wanted))
        }
        DateTest::Days(op, wanted) if field == Field::Closes => {
            days >= 0 && op.holds(&days, &wanted)
        }
        DateTest::Days(op, wanted) => op.holds(&-days, &wanted),
    })
}

fn salary(test: &SalaryTest, posting: &Posting) -> Truth {
    let ranges = posting
        .salary
        .iter()
        .map(|range| match range.max.or(range.min) {
            None => Truth::Unjudged(Field::Salary, Reason::Absent),
            Some(_)
                if range.per != test.per || test.currency.is_some_and(|c| c != range.currency) =>
            {
                Truth::Unjudged(Field::Salary, Reason::Incomparable)
            }
            Some(amount) => {
                let overlaps = |most| range.min.or(range.max).is_some_and(|least| least <= most);
                let holds = test.op.holds(&amount, &test.amount);
                Truth::from_bool(holds && test.most.is_none_or(overlaps))
            }
        });
    let none = Truth::Unjudged(Field::Salary, Reason::Absent);
    ranges.reduce(Truth::or).unwrap_or(none)
}

fn atom(atom: &Atom, ways: &[Way], posting: &Posting, today: Date) -> Truth {
    let truth = match (&atom.test, atom.field) {
        (Test::Any, _) => Truth::Yes(None),
        (Test::Absent, Some(field)) => Truth::from_bool(absent(field, posting)),
        (Test::Date(test), Some(Field::Closes)) => day(*test, Field::Closes, posting.closes, today),
        (Test::Date(test), Some(Field::Posted)) => day(*test, Field::Posted, posting.posted, today),
        (Test::Salary(test), _) => salary(test, posting),
        (Test::Near(test), _) => whereabouts::near(test, posting),
        (Test::From(test), _) => whereabouts::from(test, posting),
        (Test::State(State::Open), _) => Truth::from_bool(posting.is_open(today)),
        (Test::State(State::Closed), _) => Truth::from_bool(!posting.is_open(today)),
        // There are no marks here.
        (Test::Date(_) | Test::State(_) | Test::Has(_), _) => Truth::No,
        (Test::Years(test), _) => match posting.years {
            None => Truth::Unjudged(Field::Years, Reason::Absent),
            Some(years) => {
                let least = years.min.unwrap_or(0);
                let holds = test.op.holds(&least, &test.years);
                Truth::from_bool(holds && test.most.is_none_or(|most| least <= most))
            }
        },
        (_, Some(field))
            if (field == Field::Years || WORDS.contains(&field)) && absent(field, posting) =>
        {
            Truth::Unjudged(field, Reason::Absent)
        }
        (test, Some(Field::Speaks)) => {
            let tags = posting.languages.iter();
            let names = tags.clone().filter_map(|tag| facts::language_name(tag));
            let texts = tags.map(String::as_str).chain(names);
            let truths = texts.map(|value| text(test, ways, Field::Speaks, value));
            truths.fold(Truth::No, Truth::max)
        }
        (test, Some(field)) => in_field(test, ways, field, posting),
        (test, None) => {
            let fields = DEFAULT.iter();
            fields.fold(Truth::No, |best, &field| {
                best.or(in_field(test, ways, field, posting))
            })
        }
    };
    if atom.negated && atom.test != Test::Any {
        truth.negated()
    } else {
        truth
    }
}

fn term(term: &Term, ways: &[Vec<Way>], posting: &Posting, today: Date) -> Truth {
    let atoms = term.any.iter().zip(ways);
    atoms.fold(Truth::No, |best, (a, ways)| {
        best.or(atom(a, ways, posting, today))
    })
}

/// A posting with the result of each term.
struct Judged<'a> {
    row: Row,
    posting: &'a Posting,
    derived: &'a [Field],
    truths: Vec<Truth>,
    /// Number of adjacent pairs of query words.
    neighbours: u64,
}

impl Judged<'_> {
    fn passes(&self, request: &Request, but: Option<Field>) -> bool {
        let terms = request.query.terms.iter().zip(&self.truths);
        let mut others = terms.filter(|(term, _)| but.is_none_or(|field| !own(term, field)));
        others.all(|(_, truth)| match truth {
            Truth::Yes(_) => true,
            Truth::Unjudged(..) => request.unjudged,
            Truth::No => false,
        })
    }

    /// Sort keys: tiers and fields, adjacent words, exact words, words in several fields, shares.
    fn rank(&self) -> [u64; 5] {
        let hits = self.truths.iter().filter_map(|truth| match truth {
            Truth::Yes(hit) => *hit,
            _ => None,
        });
        let sum = |of: fn(Hit) -> u64| hits.clone().map(of).sum();
        [
            sum(|hit| hit.place),
            self.neighbours,
            sum(|hit| hit.itself.into()),
            sum(|hit| hit.also.into()),
            sum(|hit| hit.share),
        ]
    }

    /// Ascending order, with absent values last.
    fn before(&self, other: &Self, request: &Request) -> std::cmp::Ordering {
        let asked = request.query.sort.map_or_else(
            || other.rank().cmp(&self.rank()),
            |sort| {
                let last = sort.reverse != (sort.key == SortKey::Posted);
                let (a, b) = (
                    sort_key(self.posting, sort.key, &request.query),
                    sort_key(other.posting, sort.key, &request.query),
                );
                match (a, b) {
                    (Some(a), Some(b)) if last => b.partial_cmp(&a).unwrap(),
                    (Some(a), Some(b)) => a.partial_cmp(&b).unwrap(),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                }
            },
        );
        asked.then_with(|| ties(self.posting).cmp(&ties(other.posting)))
    }
}

/// Tie breaker between postings of equal rank.
fn ties(posting: &Posting) -> impl Ord + use<> {
    let first_seen = || posting.source.as_ref()?.first_seen;
    let newest = std::cmp::Reverse(posting.posted.or_else(first_seen));
    (
        !posting.pinned,
        newest,
        fold(&posting.title),
        posting.id.clone(),
    )
}

/// Sort key: date or amount, then text.
fn sort_key(posting: &Posting, key: SortKey, query: &Query) -> Option<(String, f64)> {
    let day = |day: Date| (day.to_string(), 0.0);
    let text = |text: &str| (fold(text), 0.0);
    match key {
        SortKey::Posted => posting.posted.map(day),
        SortKey::Closes => posting.closes.map(day),
        SortKey::Near => Some((String::new(), whereabouts::nearest(posting, query.near?)?)),
        SortKey::Title => Some(text(&posting.title)),
        SortKey::Company => posting.company.as_deref().map(text),
        SortKey::Salary => posting.salary.iter().find_map(|pay| {
            let amount = pay.max.or(pay.min)?;
            Some((format!("{}{}", pay.currency.code(), pay.per as u8), amount))
        }),
    }
}

fn own(term: &Term, field: Field) -> bool {
    term.any.iter().all(|atom| atom.field == Some(field))
}

/// Answers a request.
pub(super) fn search(board: &Board, request: &Request) -> Matches {
    let terms = &request.query.terms;
    let rows: Vec<(Posting, Vec<Field>)> = board.postings().map(|one| effective(&one)).collect();
    let (rows, origins): (Vec<Posting>, Vec<Vec<Field>>) = rows.into_iter().unzip();
    let ways = words::ways(&rows, terms);
    let rows = rows.iter().zip(&origins).enumerate();
    let judged: Vec<Judged<'_>> = rows
        .map(|(row, (posting, derived))| Judged {
            derived,
            row: Row(row as u32),
            posting,
            truths: terms
                .iter()
                .zip(&ways)
                .map(|(t, ways)| term(t, ways, posting, request.today))
                .collect(),
            neighbours: words::neighbours(terms, &ways, posting),
        })
        .collect();
    let matching = judged.iter().filter(|judged| judged.passes(request, None));
    let mut found: Vec<&Judged<'_>> = matching.collect();
    found.sort_by(|a, b| a.before(b, request));
    let kept = request
        .keep
        .and_then(|keep| found.iter().position(|judged| judged.row == keep));
    Matches {
        total: found.len(),
        shown: found.len(),
        groupings: Vec::new(),
        of: board.postings().len(),
        rows: found
            .iter()
            .take(request.limit)
            .map(|judged| judged.row)
            .collect(),
        kept,
        unjudged: unjudged(&judged),
        hidden: 0,
        muted: 0,
        derived: derived(&found, &request.query),
        facets: facets(&judged, request),
        ..Matches::default()
    }
}

fn unjudged(judged: &[Judged<'_>]) -> Vec<Unjudged> {
    let open = judged
        .iter()
        .filter(|judged| !judged.truths.contains(&Truth::No));
    let open: Vec<_> = open.collect();
    let counted = reasons().into_iter().map(|(field, reason)| {
        let unjudged = Truth::Unjudged(field, reason);
        let count = open
            .iter()
            .filter(|judged| judged.truths.contains(&unjudged))
            .count();
        Unjudged {
            field,
            reason,
            count,
        }
    });
    counted.filter(|unjudged| unjudged.count > 0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_index_agrees_with_the_oracle(
        postings in boards::postings(),
        queries in prop::collection::vec(boards::typed(), 1..4),
        unjudged: bool,
        limit in 0_usize..12,
        keep in prop::option::of(0_u32..12),
    ) {
        let board = std::sync::Arc::new(Board::new("b".into(), postings, Vec::new()));
        let index = std::sync::Arc::new(Index::new(board.clone()));
        let mut searcher = Searcher::new(index);
        for text in queries.iter().flat_map(|query| boards::keystrokes(query)) {
            let request = Request {
                query: crate::query::parse(text),
                today: jiff::civil::date(2026, 6, 15),
                unjudged,
                limit,
                keep: keep.map(Row),
                rephrase: true,
                ..Request::default()
            };
            let found = searcher.search(&request, &|| false).expect("an answer");
            // Other words are tried only where the query itself finds little.
            let answered = Request {
                query: found.answered(&request.query).clone(),
                ..request.clone()
            };
            if found.rephrased.is_some() {
                let itself = search(&board, &request).total;
                prop_assert!(itself < 10 && itself < found.total, "{}", text);
            }
            let found = Matches {
                readings: Readings::default(),
                rephrased: None,
                ..found
            };
            prop_assert_eq!(found, search(&board, &answered), "{}", text);
        }
    }
}
