//! Postings as blocks: title, company, a grid of facts, then the description.

use jiff::fmt::strtime;

use super::{Block, BlockKind, Inline, Link, markdown, prose};
use crate::board::field::{FIELDS, Field};
use crate::board::{Date, Employment, Posting, Workplace, Years};
use crate::facts::{self, Facts, Summary, Text};
use crate::places::country_name;

/// Only the title is a first-level heading.
const TOP_HEADING: u8 = 2;
/// Between the values of a list. The no-break space keeps it at the end of a line.
const SEPARATOR: &str = "\u{a0}· ";
/// Width of the label column.
const LABEL: usize = 10;

/// Blocks of a posting; unknown fields take no line. With `today`, shows how long it has been open.
pub(super) fn blocks(
    posting: &Posting,
    today: Option<Date>,
    derived: Option<&Facts>,
) -> Vec<Block> {
    let mut blocks = vec![Block::plain(BlockKind::Title, &posting.title)];
    blocks.extend(byline(posting));
    blocks.extend(facts(posting, today, derived));
    blocks.extend(markdown::blocks(&posting.description, TOP_HEADING));
    blocks
}

/// A line of facts, unless empty.
pub(super) fn meta(text: String) -> Option<Block> {
    (!text.is_empty()).then(|| Block::plain(BlockKind::Meta, text))
}

/// A labelled fact, unless empty.
pub(super) fn fact(label: &str, text: impl Into<String>) -> Option<Block> {
    labelled(BlockKind::Fact, label, Inline::plain(text))
}

/// A labelled list, unless empty: a run for each value, and one for each separator.
fn listing<'a>(label: &str, values: impl Iterator<Item = &'a str>) -> Option<Block> {
    let mut values = values.map(Inline::plain);
    let mut block = labelled(BlockKind::Fact, label, values.next()?)?;
    for value in values {
        block.inlines.extend([Inline::plain(SEPARATOR), value]);
    }
    Some(block)
}

/// Shortens the list of places to `most`, with the number of the others.
pub(super) fn cap_places(blocks: &mut [Block], most: usize) {
    let place = format!("{:LABEL$}", "Place");
    let is_place = |block: &&mut Block| block.marker.as_ref() == Some(&place);
    let Some(block) = blocks.iter_mut().find(is_place) else {
        return;
    };
    let count = block.inlines.len().div_ceil(2);
    // One place takes no more room than the number of the others.
    if count > most + 1 {
        block.inlines.truncate(2 * most);
        let others = Inline::plain(format!("+{}", count - most));
        block.inlines.push(others);
    }
}

fn labelled(kind: BlockKind, label: &str, value: Inline) -> Option<Block> {
    (!value.text.is_empty()).then(|| Block {
        kind,
        marker: Some(format!("{label:LABEL$}")),
        inlines: vec![value],
        ..Block::default()
    })
}

/// Publisher of the original, and whether the text is a retelling.
pub(super) fn publisher(publisher: Option<&str>, retold: bool) -> String {
    match (publisher, retold) {
        (Some(publisher), true) => format!("Retold from {publisher}"),
        (Some(publisher), false) => format!("Published by {publisher}"),
        (None, true) => "Retold".to_owned(),
        (None, false) => String::new(),
    }
}

/// The parts that are present, separated by dots.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A label and its values, unless there are none.
pub(super) fn listed(name: &str, values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    format!("{name}: {}", values.join(", "))
}

/// Company and team.
fn byline(posting: &Posting) -> Option<Block> {
    let company = posting.company.as_ref().map(|company| Inline {
        strong: true,
        ..Inline::plain(company)
    });
    let team = posting.team.as_ref().map(|team| {
        let gap = if company.is_some() { " · " } else { "" };
        Inline::plain(format!("{gap}{team}"))
    });
    let inlines: Vec<Inline> = company.into_iter().chain(team).collect();
    (!inlines.is_empty()).then(|| Block {
        kind: BlockKind::Byline,
        inlines,
        ..Block::default()
    })
}

/// Fields with a rendering of their own; all others become facts with their default text.
const SPECIAL: [&str; 17] = [
    "id",
    "title",
    "company",
    "team",
    "locations",
    "workplace",
    "employment",
    "salary",
    "posted",
    "closes",
    "url",
    "publisher",
    "retold",
    "tags",
    "language",
    "description",
    "source",
];

/// Label of a field in the grid.
fn label(field: &Field) -> String {
    match field.name {
        "sponsorship" => "Visa".to_owned(),
        "remote_from" => "From".to_owned(),
        "languages" => "Speaks".to_owned(),
        "years" => "Years".to_owned(),
        _ => field.title(),
    }
}

fn facts(posting: &Posting, today: Option<Date>, derived: Option<&Facts>) -> Vec<Block> {
    let in_text = derived.map(|facts| InText::new(posting, facts));
    let in_text = in_text.as_ref();
    let places = posting.locations.iter();
    let places = places.map(|place| place.written.as_str());
    let employment = posting.employment.iter();
    let employment: Vec<&str> = employment.map(|kind| Employment::word(*kind)).collect();
    let stated = posting.workplace.map(Workplace::word).unwrap_or_default();
    let workplace = Value::new(stated, "workplace", in_text);
    let has_workplace = !workplace.inlines.is_empty();
    let workplace = workplace.and(Value::new(&employment.join(" · "), "employment", in_text));
    let mut facts: Vec<Option<Block>> = Vec::new();
    facts.extend(pay(posting));
    if posting.salary.is_empty() {
        facts.push(Value::new("", "pay", in_text).block(BlockKind::Pay, "Pay"));
    }
    facts.push(listing("Place", places));
    let kind = if has_workplace { "Workplace" } else { "Type" };
    facts.push(workplace.block(BlockKind::Fact, kind));
    let others = FIELDS.iter().filter(|field| !SPECIAL.contains(&field.name));
    facts.extend(others.map(|field| {
        let mut stated = field.text(posting, ", ");
        if field.name == "remote_from" {
            stated = named(&stated);
        }
        let value = Value::new(&stated, field.name, in_text);
        value.block(BlockKind::Fact, &label(field))
    }));
    let posted = posting.posted.map(|day| posted_in_words(day, today));
    facts.push(fact("Posted", posted.unwrap_or_default()));
    let closes = posting.closes.map(|day| closes_in_words(day, today));
    facts.push(fact("Closes", closes.unwrap_or_default()));
    facts.push(posting.url.as_deref().and_then(address));
    let origin = publisher(posting.publisher.as_deref(), posting.retold);
    facts.push(fact("Source", origin));
    facts.push(fact("Tags", posting.tags.join(", ")));
    facts.into_iter().flatten().collect()
}

/// The facts in the text of a posting.
struct InText<'a> {
    posting: &'a Posting,
    facts: Vec<Summary>,
}

impl<'a> InText<'a> {
    fn new(posting: &'a Posting, facts: &Facts) -> Self {
        Self {
            posting,
            facts: facts
                .summaries()
                .into_iter()
                .map(|fact| Summary {
                    words: match fact.name {
                        "pay" => spoken(facts),
                        "remote_from" => named(&fact.words),
                        _ => fact.words,
                    },
                    ..fact
                })
                .collect(),
        }
    }

    fn fact(&self, name: &str) -> Option<&Summary> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// The passage that states a fact, cut where it is long.
    fn passage(&self, fact: &Summary) -> Option<String> {
        let locations = facts::locations(self.posting);
        let text = Text::new(self.posting, &locations);
        let passage = prose(text.passage(fact.evidence.first()?));
        Some(match passage.char_indices().nth(PASSAGE) {
            Some((end, _)) => format!("{}…", passage[..end].trim_end()),
            None => passage,
        })
    }
}

/// Pay in the text, as stated pay is written.
fn spoken(facts: &Facts) -> String {
    let pay = facts.pay.iter().map(|found| found.value.salary().spoken());
    pay.collect::<Vec<_>>().join(", ")
}

/// Areas with the names of countries instead of their codes.
fn named(areas: &str) -> String {
    let areas = areas.split(", ");
    let areas = areas.map(|area| country_name(area).unwrap_or(area));
    areas.collect::<Vec<_>>().join(", ")
}

/// Maximum length of a passage that contradicts a stated value.
const PASSAGE: usize = 60;

/// A value in the grid: the stated one, else the derived one; both where they differ.
#[derive(Default)]
struct Value {
    inlines: Vec<Inline>,
    derived: Vec<&'static str>,
}

impl Value {
    fn new(stated: &str, name: &str, in_text: Option<&InText<'_>>) -> Self {
        let plain = |text: String| Inline::plain(text);
        let derived = |text: String| Inline {
            derived: true,
            ..Inline::plain(text)
        };
        let fact = in_text.and_then(|in_text| Some((in_text, in_text.fact(name)?)));
        match fact {
            None if stated.is_empty() => Self::default(),
            Some((_, fact)) if stated.is_empty() => Self {
                inlines: vec![plain(format!("≈ {}", fact.words))],
                derived: vec![fact.name],
            },
            Some((in_text, fact)) if contradicts(stated, fact) => {
                let source = if in_text.posting.source.is_some() {
                    "feed"
                } else {
                    "stated"
                };
                let passage = in_text.passage(fact).unwrap_or_default();
                Self {
                    inlines: vec![
                        plain(format!("{source}: {stated}")),
                        derived(format!(" · text: {passage}")),
                    ],
                    derived: vec![fact.name],
                }
            }
            _ => Self {
                inlines: vec![plain(stated.to_owned())],
                derived: Vec::new(),
            },
        }
    }

    /// Both, separated by a dot.
    fn and(mut self, other: Self) -> Self {
        if !self.inlines.is_empty() && !other.inlines.is_empty() {
            self.inlines.push(Inline::plain(" · "));
        }
        self.inlines.extend(other.inlines);
        self.derived.extend(other.derived);
        self
    }

    fn block(self, kind: BlockKind, label: &str) -> Option<Block> {
        (!self.inlines.is_empty()).then(|| Block {
            kind,
            marker: Some(format!("{label:LABEL$}")),
            inlines: self.inlines,
            derived: self.derived,
            ..Block::default()
        })
    }
}

/// Whether the text contradicts the stated value. Compares single values only: a list may be longer than the other.
fn contradicts(stated: &str, fact: &Summary) -> bool {
    match fact.name {
        "workplace" | "level" | "education" | "sponsorship" => stated != fact.words,
        "years" => {
            let least = |years: &str| Years::parse(years).and_then(|years| years.min);
            least(stated) != least(&fact.words)
        }
        _ => false,
    }
}

/// Pay, one range per line under its label.
fn pay(posting: &Posting) -> impl Iterator<Item = Option<Block>> {
    posting.salary.iter().enumerate().map(|(at, salary)| {
        let label = if at == 0 { "Pay" } else { "" };
        let value = Inline {
            strong: true,
            ..Inline::plain(salary.spoken())
        };
        labelled(BlockKind::Pay, label, value)
    })
}

/// Link to the application page, shown as its host.
fn address(url: &str) -> Option<Block> {
    let link = Link::new(url);
    let text = link.as_ref().map_or_else(|| url.to_owned(), Link::host);
    let value = Inline {
        link,
        ..Inline::plain(text)
    };
    labelled(BlockKind::Fact, "Link", value)
}

/// `25 Nov 2026 · open 3 days`
pub fn posted_in_words(day: Date, today: Option<Date>) -> String {
    let open = today.map(|today| (today - day).get_days());
    let day = day_in_words(day, today);
    match open {
        Some(0) => format!("{day} · today"),
        Some(1) => format!("{day} · open 1 day"),
        Some(days @ 2..) => format!("{day} · open {}", duration(days)),
        _ => day,
    }
}

/// `2 Dec 2026 · in 7 days`
pub fn closes_in_words(day: Date, today: Option<Date>) -> String {
    let left = today.map(|today| (day - today).get_days());
    let day = day_in_words(day, today);
    match left {
        Some(..0) => format!("{day} · closed"),
        Some(0) => format!("{day} · today"),
        Some(1) => format!("{day} · tomorrow"),
        Some(days) => format!("{day} · in {}", duration(days)),
        None => day,
    }
}

/// A day; the year only where it is not this one.
pub fn day_in_words(day: Date, today: Option<Date>) -> String {
    let is_this_year = today.is_some_and(|today| today.year() == day.year());
    let format = if is_this_year { "%-d %b" } else { "%-d %b %Y" };
    strtime::format(format, day).unwrap_or_else(|_| day.to_string())
}

/// Days as the unit that tells enough: days for two months, then months, then years.
fn duration(days: i32) -> String {
    match days {
        ..60 => format!("{days} days"),
        60..730 => format!("{} months", days / 30),
        730.. => format!("{} years", days / 365),
    }
}

/// A posting on one line of a list; selecting it opens the posting.
pub(super) fn related(posting: &Posting) -> Block {
    let place = posting
        .locations
        .first()
        .map(|place| match posting.locations.len() {
            1 => place.written.clone(),
            more => format!("{} +{}", place.written, more - 1),
        });
    let facts = joined([posting.company.as_deref(), place.as_deref()]);
    let mut inlines = vec![Inline::plain(&posting.title)];
    if !facts.is_empty() {
        inlines.push(Inline::plain(format!(" — {facts}")));
    }
    Block {
        kind: BlockKind::Related,
        inlines,
        marker: Some("•".to_owned()),
        link: Some(posting.id.clone()),
        ..Block::default()
    }
}
