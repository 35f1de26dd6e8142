//! Plain text of a page: an interview followed by postings, or job cards.
//!
//! A posting below an interview is a line with a location ("US, WA, Seattle") and a paragraph, whose headings and lists
//! are part of the running text. A card is a title, a location, "Job ID: N", a date, and a body. A posting only has a
//! title if the text states one.

mod card;
mod interview;
mod sections;
mod title;

use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{Document, FormatSpec, Read};
use super::{About, Row, RowError, RowPosition, address, table};
use crate::board::{Interview, Location};
pub(super) use sections::with_headings;

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "page",
    signs: &[Sign::Text(is_page)],
    read: Read::Document(document),
    site: None,
    pages: Pages::One,
};

/// Title of postings whose text names no role.
const UNNAMED: &str = "Role not named";
/// Maximum length of a line that may be a location.
const PLACE: usize = 100;
/// Maximum length of a name made from a headline.
const NAME: usize = 60;

/// A non-empty line and its number.
type Line<'a> = (usize, &'a str);

/// Whether a text looks like such a page.
fn is_page(text: &str) -> bool {
    let starts = |line: &str| is_place(line.trim()) || card::is_card(line);
    // Cells of a table may contain anything.
    let is_table = || table::columns(text).is_some() && !text.lines().next().is_some_and(starts);
    text.lines().any(starts) && !is_table()
}

/// Reads a page.
fn document(text: &str, about: &About) -> Document {
    let lines = text.lines().enumerate();
    let lines: Vec<Line> = lines.map(|(at, line)| (at + 1, line.trim())).collect();
    let starts = |(_, line): &Line| is_place(line) || card::is_card(line);
    let first = lines.iter().position(starts).unwrap_or(lines.len());
    let drafts = if lines.iter().any(|(_, line)| card::is_card(line)) {
        card::drafts(&lines)
    } else {
        below(&lines[first..])
    };
    let mut rows: Vec<Result<Row, RowError>> = Vec::new();
    for (at, (line, draft)) in drafts.into_iter().enumerate() {
        let place = RowPosition { row: at + 1, line };
        let row = draft.finish(place, FORMAT.name, about);
        rows.push(row.map_err(|refusal| refusal.at(place)));
    }
    tell_apart(&mut rows);
    let before = interview::interview(&lines[..first]);
    let name = before.as_ref().map(|one| one.id.clone());
    if before.is_none()
        && lines[..first].iter().any(|(_, line)| !line.is_empty())
        && !rows.is_empty()
    {
        let place = RowPosition {
            row: rows.len() + 1,
            line: 1,
        };
        let why = "the text before the postings asks no question, so it is not an interview";
        rows.push(Err(Refusal::skipped(why).at(place)));
    }
    Document {
        name,
        interviews: before.map(|one| related(one, &rows)).into_iter().collect(),
        rows,
    }
}

/// Relates the interview to the postings below it.
fn related(mut interview: Interview, rows: &[Result<Row, RowError>]) -> Interview {
    let ids: Vec<_> = rows
        .iter()
        .flatten()
        .map(|row| row.posting.id.clone())
        .collect();
    interview.related = (!ids.is_empty()).then_some(ids);
    interview
}

/// Numbers postings with the same title and location.
fn tell_apart(rows: &mut [Result<Row, RowError>]) {
    let mut taken: Vec<String> = Vec::new();
    for row in rows.iter_mut().flatten() {
        let posting = &mut row.posting;
        let base = posting.id.clone();
        let mut number = 2;
        while taken.contains(&posting.id) {
            posting.id = format!("{base}-{number}");
            number += 1;
        }
        taken.push(posting.id.clone());
    }
}

/// Postings below an article: a location, and the text up to the next location.
fn below(lines: &[Line]) -> Vec<(usize, Draft)> {
    let mut drafts = Vec::new();
    for chunk in lines.chunk_by(|_, (_, next)| !is_place(next)) {
        let Some(((at, place), body)) = chunk.split_first() else {
            continue;
        };
        let body: Vec<&str> = body.iter().map(|(_, line)| *line).collect();
        drafts.push((*at, draft(place, &body.join("\n"))));
    }
    drafts
}

fn draft(place: &str, body: &str) -> Draft {
    let title = title::title(body).unwrap_or_else(|| UNNAMED.into());
    let mut locations = vec![place.to_owned()];
    locations.extend(other_places(place, body));
    Draft {
        id: format!("{title} {place}"),
        title,
        locations,
        url: apply_at(body),
        description: sections::markdown(body),
        is_plain: true,
        ..Draft::default()
    }
}

/// Whether a line is a location in the style of such pages: a country code and one or two parts.
fn is_place(line: &str) -> bool {
    let code = line.split(',').next().unwrap_or_default();
    let parts = line.split(", ").count();
    let shaped = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let ends = !line.ends_with(['.', '!', '?', ':']) && line.chars().count() <= PLACE;
    shaped
        && ends
        && matches!(parts, 2..=4)
        && Location::parse(line).country.as_deref() == Some(code)
}

/// Other locations in "You can work in San Francisco, CA or Seattle, WA."
fn other_places(place: &str, body: &str) -> Vec<String> {
    const CUE: &str = "You can work in ";
    let known = Location::parse(place);
    let Some((_, rest)) = body.split_once(CUE) else {
        return Vec::new();
    };
    let sentence = rest.split(['.', '\n']).next().unwrap_or_default();
    let places = sentence.split(" or ").map(str::trim).filter(|written| {
        let read = Location::parse(written);
        read.city.is_some() && read.city != known.city
    });
    places.map(str::to_owned).collect()
}

/// Address after "apply", within the same sentence.
fn apply_at(body: &str) -> Option<String> {
    const NEAR: usize = 100;
    let at = body.find("https://").or_else(|| body.find("http://"))?;
    let end = body[at..]
        .find(char::is_whitespace)
        .map_or(body.len(), |end| at + end);
    let before = body[..at].rsplit(". ").next().unwrap_or_default();
    let near = before.chars().count() <= NEAR && before.to_lowercase().contains("apply");
    let written = body[at..end].trim_end_matches(['.', ',', ')']);
    address::safe(written).filter(|_| near)
}
