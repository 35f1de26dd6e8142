//! The interview at the top of a page: a caption, a headline, and paragraphs, of which questions are recognised.

use super::Line;
use crate::board::{Exchange, Interview, Person};
use crate::import::draft::line as clean;
use crate::import::html::escaped;
use crate::import::slug;

/// Maximum length of a question.
const QUESTION: usize = 300;
/// Maximum length of a headline or subtitle.
const HEADLINE: usize = 200;
/// Headings that end the interview.
const ENDS: &[&str] = &["Related content", "Related Content", "Work with us"];
/// Headings of the topics.
const TOPICS: &[&str] = &["Research areas", "Research Areas"];

/// The interview in the lines above the postings; `None` without questions.
pub(super) fn interview(lines: &[Line]) -> Option<Interview> {
    let end = lines.iter().position(|(_, line)| ENDS.contains(line));
    let lines = &lines[..end.unwrap_or(lines.len())];
    let (text, topics) = match lines.iter().position(|(_, line)| TOPICS.contains(line)) {
        Some(at) => (&lines[..at], &lines[at + 1..]),
        None => (lines, &[][..]),
    };
    let paragraphs: Vec<&[Line]> = text
        .split(|(_, line)| line.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    let first = paragraphs.iter().position(|one| is_question(one))?;
    let mut interview = head(&paragraphs[..first])?;
    interview.exchanges = exchanges(&paragraphs[first..]);
    interview.topics = topics
        .iter()
        .map(|(_, line)| clean(line))
        .filter(|topic| !topic.is_empty())
        .collect();
    Some(interview)
}

fn is_question(paragraph: &[Line]) -> bool {
    matches!(paragraph, [(_, only)] if only.ends_with('?') && only.chars().count() <= QUESTION)
}

fn exchanges(paragraphs: &[&[Line]]) -> Vec<Exchange> {
    let chunks = paragraphs.chunk_by(|_, next| !is_question(next));
    let exchanges = chunks.filter_map(|chunk| {
        let (question, answer) = chunk.split_first()?;
        let (_, question) = question.first()?;
        let answer = joined(answer);
        let exchange = Exchange {
            question: clean(question),
            answer,
        };
        (!exchange.answer.is_empty()).then_some(exchange)
    });
    exchanges.collect()
}

/// Everything before the first question.
fn head(paragraphs: &[&[Line]]) -> Option<Interview> {
    let mut interview = Interview::default();
    let mut rest = paragraphs;
    let mut names = Vec::new();
    if let Some((caption, others)) = rest.split_first()
        && let Some(credit) = caption
            .iter()
            .find_map(|(_, line)| line.strip_prefix("Credit:"))
    {
        interview.credit = Some(clean(credit)).filter(|credit| !credit.is_empty());
        let lines = caption
            .iter()
            .filter(|(_, line)| !line.starts_with("Credit:"));
        names = lines.map(|(_, line)| clean(line)).collect();
        rest = others;
    }
    let (title, others) = rest.split_first()?;
    interview.title = clean(title.first()?.1);
    rest = others;
    if let Some(([(_, only)], others)) = rest.split_first().map(|(first, others)| (*first, others))
        && note(only).is_none()
        && only.chars().count() <= HEADLINE
        && !others.is_empty()
    {
        interview.subtitle = Some(clean(only));
        rest = others;
    }
    if let Some(([(_, only)], others)) = rest.split_first().map(|(first, others)| (*first, others))
        && let Some(note) = note(only)
    {
        interview.editors_note = Some(clean(note));
        rest = others;
    }
    interview.introduction = Some(joined(rest)).filter(|text| !text.is_empty());
    person(&mut interview, names);
    // The person's name is shorter than the headline, and stable when that is reworded.
    let name = interview
        .person
        .as_ref()
        .map_or(&interview.title, |person| &person.name);
    interview.id = slug::bounded(name, super::NAME);
    (!interview.id.is_empty()).then_some(interview)
}

fn note(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("Editor")?
        .trim_start_matches(['’', '\'', 's']);
    let rest = rest
        .strip_prefix(" note:")
        .or_else(|| rest.strip_prefix(" Note:"))?;
    Some(rest.trim())
}

/// The name before the headline's colon, and the rest of the caption line with that name.
fn person(interview: &mut Interview, mut caption: Vec<String>) {
    let name = interview
        .title
        .split_once(':')
        .map(|(name, _)| name.trim().to_owned());
    let name = name.filter(|name| {
        let mut words = name.split(' ');
        matches!(name.split(' ').count(), 2..=5)
            && words.all(|word| word.starts_with(char::is_uppercase))
    });
    if let Some(name) = name {
        let bears = caption.len() > 1 && caption.first().is_some_and(|line| line.contains(&name));
        let role = bears.then(|| caption.remove(0).replacen(&name, "", 1));
        let role = role.map(|role| role.trim_matches([',', ' ']).to_owned());
        interview.person = Some(Person {
            name,
            role: role.filter(|role| !role.is_empty()),
        });
    }
    interview.caption = Some(caption.join(" ")).filter(|caption| !caption.is_empty());
}

fn joined(paragraphs: &[&[Line]]) -> String {
    let paragraphs = paragraphs.iter().map(|lines| {
        let lines = lines.iter().map(|(_, line)| escaped(&clean(line)));
        lines.collect::<Vec<_>>().join("\n")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
