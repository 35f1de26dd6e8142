//! A posting as blocks: what is known about it line by line, then its description.

use super::{Block, BlockKind, Inline, markdown};
use crate::board::field::FIELDS;
use crate::board::{Employment, Level, Posting, Workplace};

/// The title is the only heading of the first level.
const TOP_HEADING: u8 = 2;

/// The blocks of a posting. What it does not say takes no line.
pub(super) fn blocks(posting: &Posting) -> Vec<Block> {
    let mut blocks = vec![Block::plain(BlockKind::Title, &posting.title)];
    blocks.extend(facts(posting).into_iter().filter_map(meta));
    blocks.extend(markdown::blocks(&posting.description, TOP_HEADING));
    blocks
}

/// A line of facts, unless it is empty.
pub(super) fn meta(text: String) -> Option<Block> {
    (!text.is_empty()).then(|| Block::plain(BlockKind::Meta, text))
}

/// Who published the original, and whether the words are ours.
pub(super) fn publisher(publisher: Option<&str>, retold: bool) -> String {
    match (publisher, retold) {
        (Some(publisher), true) => format!("Retold from {publisher}"),
        (Some(publisher), false) => format!("Published by {publisher}"),
        (None, true) => "Retold".to_owned(),
        (None, false) => String::new(),
    }
}

/// What is there of a list, parted by dots.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A name and its values, unless there are none.
pub(super) fn listed(name: &str, values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    format!("{name}: {}", values.join(", "))
}

/// The closed lists of words, in the order in which a line names them.
fn kinds(posting: &Posting) -> impl Iterator<Item = Option<&'static str>> {
    let employment = posting.employment.iter();
    std::iter::once(posting.workplace.map(Workplace::word))
        .chain(employment.map(|kind| Some(Employment::word(*kind))))
        .chain([posting.level.map(Level::word)])
}

/// The fields that have no line of their own: they share one, or say elsewhere what they are.
const GROUPED: [&str; 17] = [
    "id",
    "title",
    "company",
    "team",
    "locations",
    "workplace",
    "employment",
    "level",
    "salary",
    "posted",
    "closes",
    "url",
    "publisher",
    "retold",
    "language",
    "description",
    "source",
];

fn facts(posting: &Posting) -> Vec<String> {
    let mut facts = vec![
        joined([posting.company.as_deref(), posting.team.as_deref()]),
        joined(
            posting
                .locations
                .iter()
                .map(|place| Some(place.written.as_str())),
        ),
        joined(kinds(posting)),
    ];
    facts.extend(posting.salary.iter().map(ToString::to_string));
    let posted = posting.posted.map(|day| format!("posted {day}"));
    let closes = posting.closes.map(|day| format!("closes {day}"));
    facts.push(joined([posted.as_deref(), closes.as_deref()]));
    facts.push(posting.url.clone().unwrap_or_default());
    let labelled = FIELDS.iter().filter(|field| !GROUPED.contains(&field.name));
    for field in labelled {
        let text = field.text(posting, ", ");
        if !text.is_empty() {
            facts.push(format!("{}: {text}", field.title()));
        }
    }
    facts.push(publisher(posting.publisher.as_deref(), posting.retold));
    facts
}

/// A posting on one line of a list, which opens it.
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
