//! Interviews as blocks: speaker and publisher, questions and answers, related postings.

use std::borrow::Borrow;

use super::inlines::Inlines;
use super::posting::{joined, listed, meta, publisher, related as related_block};
use super::{Block, BlockKind, Inline, markdown};
use crate::board::{Interview, Posting};

/// Questions are second-level headings, so headings within answers start below them.
const TOP_HEADING: u8 = 3;

/// Blocks of an interview up to the last answer.
pub(super) fn blocks(interview: &Interview) -> Vec<Block> {
    let mut blocks = vec![Block::plain(BlockKind::Title, &interview.title)];
    blocks.extend(subtitle(interview));
    blocks.extend(facts(interview).into_iter().filter_map(meta));
    blocks.extend(caption(interview));
    blocks.extend(note(interview));
    if let Some(introduction) = &interview.introduction {
        blocks.extend(markdown::blocks(introduction, TOP_HEADING));
    }
    for exchange in &interview.exchanges {
        blocks.push(Block::plain(BlockKind::Question, &exchange.question));
        blocks.extend(markdown::blocks(&exchange.answer, TOP_HEADING));
    }
    blocks
}

/// Related postings under a heading.
pub(super) fn related<P: Borrow<Posting>>(postings: &[P]) -> Vec<Block> {
    if postings.is_empty() {
        return Vec::new();
    }
    let heading = Block {
        level: TOP_HEADING - 1,
        ..Block::plain(BlockKind::Heading, "Related postings")
    };
    std::iter::once(heading)
        .chain(
            postings
                .iter()
                .map(|posting| related_block(posting.borrow())),
        )
        .collect()
}

fn subtitle(interview: &Interview) -> Option<Block> {
    let subtitle = interview.subtitle.as_deref()?;
    Some(Block::plain(BlockKind::Subtitle, subtitle))
}

fn facts(interview: &Interview) -> Vec<String> {
    let person = interview.person.as_ref().map(|person| match &person.role {
        Some(role) => format!("{}, {role}", person.name),
        None => person.name.clone(),
    });
    let origin = publisher(interview.publisher.as_deref(), interview.retold);
    vec![
        person.unwrap_or_default(),
        joined([
            Some(origin.as_str()).filter(|origin| !origin.is_empty()),
            interview.url.as_deref(),
        ]),
        listed("Topics", &interview.topics),
    ]
}

fn caption(interview: &Interview) -> Option<Block> {
    let credit = interview
        .credit
        .as_ref()
        .map(|credit| format!("Photo: {credit}"));
    let lines: Vec<&str> = [interview.caption.as_deref(), credit.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    (!lines.is_empty()).then(|| Block::plain(BlockKind::Caption, lines.join("\n")))
}

fn note(interview: &Interview) -> Option<Block> {
    let mut inlines = Inlines::default();
    let label = Inline {
        strong: true,
        ..Inline::default()
    };
    inlines.push("Editor's note: ", &label);
    inlines.push(interview.editors_note.as_deref()?, &Inline::default());
    Some(Block {
        kind: BlockKind::Note,
        inlines: inlines.take(),
        ..Block::default()
    })
}
