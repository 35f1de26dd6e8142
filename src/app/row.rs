//! View models for rows of the list, without style and width.

mod pay;
mod snippet;

use super::Fact;
use super::count::grouped;
use crate::board::{Date, Employment, Location, Posting, Salary};
use crate::facts::Pay;
use crate::query::{Field, Kept, State};
use crate::search::{Grouping, Highlights, RowFacts, RowMarks, Sourced};

pub use pay::compact_pay;
pub use snippet::Snippet;

/// Number of days before closing from which a row shows it.
const SOON: i64 = 7;

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// The role; for a duplicate below its group, its differences.
    pub title: String,
    /// The field that the title comes from.
    pub title_field: Field,
    /// Whether applications are accepted.
    pub is_open: bool,
    /// Whether the user has opened it.
    pub is_seen: bool,
    /// Sign before the title.
    pub sign: Option<Sign>,
    /// Whether it belongs to the open group above it.
    pub is_within: bool,
    /// Pay in compact form.
    pub pay: Option<String>,
    /// Age: `3d`, `2w`, `1mo`; empty if unknown.
    pub age: String,
    /// Company, location, and other facts chosen by the user.
    pub facts: Vec<RowFact>,
    /// Badges.
    pub badges: Vec<Badge>,
    /// What the query found in the description.
    pub snippet: Option<Snippet>,
    /// Words that it shares with the posting that it is like.
    pub shared: Option<String>,
    /// The group that this row represents.
    pub group: Option<String>,
    /// Marks and closing date.
    pub marks: Vec<Mark>,
}

/// Sign before a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The user marked the row.
    Marked,
    /// New since the last visit.
    New,
    /// Changed since the last visit.
    Changed,
}

/// A fact below a title, and its field for highlighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFact {
    /// The text.
    pub text: String,
    /// The field, if a query can match it.
    pub field: Option<Field>,
    /// Number of further places, of the posting or of its duplicates.
    pub more_places: usize,
}

/// A short fact, stated or derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The text.
    pub text: String,
    /// The field, if a query can match it.
    pub field: Option<Field>,
    /// Whether it is derived from the text.
    pub derived: bool,
}

/// A mark at the right end of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Text or sign.
    pub text: String,
    /// Kind of the mark.
    pub kind: MarkKind,
}

/// Kind of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// A mark of the user.
    Mine,
    /// Needs attention soon.
    Soon,
    /// Less important.
    Quiet,
}

/// What a row depends on besides the posting.
#[derive(Debug, Clone, Copy)]
pub struct RowContext<'a> {
    /// Today's date.
    pub today: Date,
    /// Whether the user marked the row.
    pub marked: bool,
    /// The user's marks.
    pub marks: RowMarks,
    /// Grouping of the row.
    pub grouping: Grouping,
    /// The facts to show.
    pub facts: &'a [Fact],
    /// Query matches.
    pub highlights: &'a Highlights,
    /// What is stated or, where it is not, read out of the text.
    pub known: &'a RowFacts,
    /// What the query looks for in descriptions.
    pub literals: &'a [String],
    /// Words that it shares with the posting that it is like.
    pub shared: &'a [String],
}

impl RowView {
    /// The row of a posting.
    pub fn new(posting: &Posting, context: &RowContext<'_>) -> Self {
        let place = context.own_place(posting);
        let wanted = |fact: &Fact| match fact {
            Fact::Workplace | Fact::Level | Fact::Years => false,
            // The title or the group's row already shows it.
            Fact::Company | Fact::Locations => place.is_none(),
            _ => true,
        };
        let facts = context.facts.iter().filter(|fact| wanted(fact));
        let (title, title_field) = match &place {
            Some(place) => (place.clone(), Field::Location),
            None => (posting.title.clone(), Field::Title),
        };
        Self {
            title,
            title_field,
            snippet: Snippet::new(&posting.description, context.literals),
            is_open: posting.is_open(context.today),
            is_seen: context.marks.is(State::Seen),
            sign: context.sign(),
            is_within: context.grouping == Grouping::Member,
            pay: compact_pay(&posting.salary).or_else(|| {
                let in_text = context.known.pay_in_text.iter().map(Pay::salary);
                let pay = compact_pay(&in_text.collect::<Vec<_>>())?;
                Some(format!("≈{pay}"))
            }),
            age: age(posting, context.today),
            facts: facts
                .filter_map(|fact| context.fact(*fact, posting))
                .collect(),
            badges: context.badges(),
            shared: (!context.shared.is_empty()).then(|| context.shared.join(", ")),
            group: context.group(posting),
            marks: context.marks_of(posting),
        }
    }
}

impl RowContext<'_> {
    fn sign(&self) -> Option<Sign> {
        if self.marked {
            Some(Sign::Marked)
        } else if self.marks.is(State::New) {
            Some(Sign::New)
        } else if self.marks.is(State::Changed) {
            Some(Sign::Changed)
        } else {
            None
        }
    }

    /// The places of a duplicate listed below its group, which distinguish it from the others.
    fn own_place(&self, posting: &Posting) -> Option<String> {
        let places = posting.locations.iter();
        let places: Vec<&str> = places.map(|place| place.written.as_str()).collect();
        (self.grouping == Grouping::Member && !places.is_empty()).then(|| places.join(" · "))
    }

    fn fact(&self, fact: Fact, posting: &Posting) -> Option<RowFact> {
        let of = |field, text: Option<String>| {
            Some(RowFact {
                text: text?,
                field,
                more_places: 0,
            })
        };
        match fact {
            Fact::Company => of(Some(Field::Company), posting.company.clone()),
            Fact::Locations => self.place(posting),
            Fact::Team => of(Some(Field::Team), posting.team.clone()),
            Fact::Workplace | Fact::Level | Fact::Years => None,
            Fact::Employment => {
                let kinds = posting.employment.iter();
                let kinds: Vec<_> = kinds.map(|kind| Employment::word(*kind)).collect();
                of(None, (!kinds.is_empty()).then(|| kinds.join(", ")))
            }
            Fact::Salary => of(None, posting.salary.first().map(Salary::spoken)),
            Fact::Posted => of(None, posting.posted.map(|day| format!("posted {day}"))),
            Fact::Closes => of(None, posting.closes.map(|day| format!("closes {day}"))),
            Fact::Tags => {
                let tags = (!posting.tags.is_empty()).then(|| posting.tags.join(", "));
                of(Some(Field::Tag), tags)
            }
        }
    }

    /// The location that the query matched, else the first; only the city if that is unambiguous.
    fn place(&self, posting: &Posting) -> Option<RowFact> {
        let places = &posting.locations;
        let is_hit = |text: &str| !self.highlights.ranges(Field::Location, text).is_empty();
        let matched = |place: &&Location| is_hit(&place.written);
        // "Remote" as a place says no more than the badge.
        let badge = self.known.workplace.as_ref();
        let badge = badge.filter(|_| self.facts.contains(&Fact::Workplace));
        let says_more = |place: &&Location| {
            badge.is_none_or(|badge| !place.written.eq_ignore_ascii_case(badge.value.word()))
        };
        let place = places.iter().find(matched);
        let place = place.or_else(|| places.iter().find(says_more))?;
        let short = place.city.as_deref().unwrap_or(&place.written);
        let text = if is_hit(short) || !matched(&place) {
            short
        } else {
            &place.written
        };
        let own = places.len() - 1;
        let more_places = match self.grouping {
            Grouping::Closed(alike) if own == 0 && alike.places => alike.more.unwrap_or(0),
            _ => own,
        };
        Some(RowFact {
            text: text.to_owned(),
            field: Some(Field::Location),
            more_places,
        })
    }

    /// Whether the number of duplicates stands behind the place.
    fn counts_duplicates_as_places(&self, posting: &Posting) -> bool {
        let shows_place = || self.facts.contains(&Fact::Locations) && self.place(posting).is_some();
        match self.grouping {
            Grouping::Closed(alike) => {
                let is_counted = alike.more.is_some();
                is_counted && alike.places && posting.locations.len() == 1 && shows_place()
            }
            _ => false,
        }
    }

    fn badges(&self) -> Vec<Badge> {
        fn badge<T: Copy>(
            field: Field,
            known: Option<&Sourced<T>>,
            words: impl Fn(T) -> String,
        ) -> Option<Badge> {
            let known = known?;
            Some(Badge {
                text: words(known.value),
                field: Some(field),
                derived: known.is_derived,
            })
        }
        let (known, wants) = (self.known, |fact| self.facts.contains(&fact));
        let workplace = known.workplace.as_ref().filter(|_| wants(Fact::Workplace));
        let level = known.level.as_ref().filter(|_| wants(Fact::Level));
        let years = known.years.as_ref().filter(|_| wants(Fact::Years));
        [
            badge(Field::Workplace, workplace, |place| place.word().to_owned()),
            badge(Field::Level, level, |level| level.word().to_owned()),
            badge(Field::Years, years, |years| years.to_string()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Number of duplicates that the row represents, or that are below it.
    fn group(&self, posting: &Posting) -> Option<String> {
        let (sign, alike) = match self.grouping {
            Grouping::Closed(_) if self.counts_duplicates_as_places(posting) => return None,
            Grouping::Closed(alike) => ("+", alike),
            Grouping::Open(alike) => ("▾ ", alike),
            Grouping::Alone | Grouping::Member => return None,
        };
        let more = alike.more;
        let count = more.map_or_else(|| "…".to_owned(), grouped);
        let of_one_place = alike.places && posting.locations.len() == 1;
        let what = match (of_one_place, more) {
            (false, _) => "alike",
            (true, Some(1)) => "place",
            (true, _) => "places",
        };
        Some(format!("{sign}{count} {what}"))
    }

    fn marks_of(&self, posting: &Posting) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut add = |text: &str, kind| {
            marks.push(Mark {
                text: text.to_owned(),
                kind,
            });
        };
        if self.marks.is(State::Hidden) {
            add("hidden", MarkKind::Quiet);
        } else if self.marks.is(State::Muted) {
            add("muted", MarkKind::Quiet);
        }
        if let Some((ending, kind)) = ending(posting, self.today) {
            add(&ending, kind);
        }
        let stages = [
            State::NoAnswer,
            State::Withdrawn,
            State::Rejected,
            State::Offer,
            State::Interview,
            State::Applied,
        ];
        if let Some(stage) = stages.into_iter().find(|stage| self.marks.is(*stage)) {
            add(&stage.name().replace('-', " "), MarkKind::Mine);
        }
        let applied = self.marks.applied.zip(posting.posted);
        if applied.is_some_and(|(applied, posted)| applied < posted) {
            add("posted again", MarkKind::Soon);
        }
        if self.marks.follow_up.is_some_and(|day| day <= self.today) {
            add("due", MarkKind::Soon);
        }
        if self.marks.has(Kept::Note) {
            add("✎", MarkKind::Mine);
        }
        if self.marks.is(State::Saved) {
            add("★", MarkKind::Mine);
        }
        marks
    }
}

fn days_until(day: Date, today: Date) -> i64 {
    i64::from((day - today).get_days())
}

/// The closing date, if it is near.
fn ending(posting: &Posting, today: Date) -> Option<(String, MarkKind)> {
    match days_until(posting.closes?, today) {
        ..0 => Some(("closed".to_owned(), MarkKind::Quiet)),
        0 => Some(("closes today".to_owned(), MarkKind::Soon)),
        days @ 1..=SOON => Some((format!("closes in {days}d"), MarkKind::Soon)),
        _ => None,
    }
}

fn age(posting: &Posting, today: Date) -> String {
    match posting.posted.map(|day| -days_until(day, today)) {
        None | Some(..0) => String::new(),
        Some(0) => "today".to_owned(),
        Some(days @ ..14) => format!("{days}d"),
        Some(days @ ..30) => format!("{}w", days / 7),
        Some(days @ ..365) => format!("{}mo", days / 30),
        Some(days) => format!("{}y", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::search::{Highlighter, Readings};

    const TODAY: Date = Date::constant(2026, 10, 1);

    fn row(posting: &Posting, query: &str) -> RowView {
        let highlighter = Highlighter::new(&query::parse(query), &Readings::default());
        row_among(posting, &highlighter, Grouping::Alone)
    }

    fn row_among(posting: &Posting, highlighter: &Highlighter, grouping: Grouping) -> RowView {
        let highlights = highlighter.posting(posting);
        let context = RowContext {
            today: TODAY,
            marked: false,
            marks: RowMarks::default(),
            grouping,
            facts: Fact::ALL,
            highlights: &highlights,
            known: &RowFacts::default(),
            literals: &[],
            shared: &[],
        };
        RowView::new(posting, &context)
    }

    #[test]
    fn age_is_as_short_as_it_gets() {
        for (day, shown) in [
            (Date::constant(2026, 10, 2), ""),
            (TODAY, "today"),
            (Date::constant(2026, 9, 30), "1d"),
            (Date::constant(2026, 9, 18), "13d"),
            (Date::constant(2026, 9, 17), "2w"),
            (Date::constant(2026, 9, 1), "1mo"),
            (Date::constant(2025, 10, 2), "12mo"),
            (Date::constant(2025, 10, 1), "1y"),
        ] {
            let posting = Posting {
                posted: Some(day),
                ..Posting::default()
            };
            assert_eq!(row(&posting, "").age, shown, "{day}");
        }
    }

    #[test]
    fn the_matching_location_comes_first() {
        let posting = Posting {
            locations: ["Berlin, Germany", "Zürich, Switzerland"]
                .map(Location::parse)
                .to_vec(),
            ..Posting::default()
        };
        for (query, shown) in [
            ("", "Berlin"),
            ("zurich", "Zürich"),
            ("switzerland", "Zürich, Switzerland"),
        ] {
            let facts = row(&posting, query).facts;
            assert_eq!(
                (facts[0].text.as_str(), facts[0].more_places),
                (shown, 1),
                "{query}"
            );
        }
    }

    #[test]
    fn a_duplicate_is_told_apart_by_its_place() {
        let posting = Posting {
            title: "Engineer".into(),
            company: Some("Acme".into()),
            locations: vec![Location::parse("Kiel, Germany")],
            ..Posting::default()
        };
        let row = |grouping| {
            let row = row_among(&posting, &Highlighter::default(), grouping);
            (row.title, row.facts.len())
        };
        assert_eq!(row(Grouping::Alone), ("Engineer".to_owned(), 2));
        assert_eq!(row(Grouping::Member), ("Kiel, Germany".to_owned(), 0));
    }

    #[test]
    fn duplicates_count_as_places_only_if_each_has_one() {
        let at = |places: &[&str]| Posting {
            locations: places.iter().map(|place| Location::parse(place)).collect(),
            ..Posting::default()
        };
        let grouping = Grouping::Closed(crate::search::GroupInfo {
            more: Some(3),
            places: true,
        });
        let shown = |posting: &Posting| {
            let row = row_among(posting, &Highlighter::default(), grouping);
            (
                row.facts.iter().map(|fact| fact.more_places).sum(),
                row.group,
            )
        };
        assert_eq!(shown(&at(&["Kiel"])), (3, None));
        assert_eq!(
            shown(&at(&["Kiel", "Bonn"])),
            (1, Some("+3 alike".to_owned()))
        );
    }

    #[test]
    fn a_near_closing_date_is_shown() {
        for (closes, shown) in [
            (Date::constant(2026, 9, 30), Some("closed")),
            (TODAY, Some("closes today")),
            (Date::constant(2026, 10, 8), Some("closes in 7d")),
            (Date::constant(2026, 10, 9), None),
        ] {
            let posting = Posting {
                closes: Some(closes),
                ..Posting::default()
            };
            let marks = row(&posting, "").marks;
            let first = marks.first().map(|mark| mark.text.as_str());
            assert_eq!(first, shown, "{closes}");
        }
    }
}
