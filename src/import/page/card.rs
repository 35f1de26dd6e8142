//! Job cards: "{title} {place} Job ID: N Posted Month D, YYYY (Updated N days ago) {body}", on one or several lines.

use super::super::day::{self, Day};
use super::super::draft::Draft;
use super::{Line, is_place, sections, title};

const ID: &str = "Job ID:";

/// Whether this line contains a card's number.
pub(super) fn is_card(line: &str) -> bool {
    let after = line.split_once(ID).map(|(_, after)| after.trim_start());
    after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
}

/// Cards of a page. Separate lines before the number are the title and the location.
pub(super) fn drafts(lines: &[Line]) -> Vec<(usize, Draft)> {
    let kept: Vec<Line> = lines
        .iter()
        .filter(|(_, line)| !line.is_empty())
        .copied()
        .collect();
    let numbers: Vec<usize> = (0..kept.len()).filter(|at| is_card(kept[*at].1)).collect();
    let starts: Vec<usize> = numbers.iter().map(|at| start(&kept, *at)).collect();
    let mut drafts = Vec::new();
    for (card, (&from, &number)) in starts.iter().zip(&numbers).enumerate() {
        let until = starts.get(card + 1).copied().unwrap_or(kept.len());
        let joined = |range: &[Line]| {
            range
                .iter()
                .map(|(_, line)| *line)
                .collect::<Vec<_>>()
                .join("\n")
        };
        let text = joined(&kept[from..until.max(number + 1)]);
        drafts.push((kept[from].0, draft(&text)));
    }
    drafts
}

/// First line of a card, given the line with its number.
fn start(lines: &[Line], number: usize) -> usize {
    let before = lines[number].1.split(ID).next().unwrap_or_default().trim();
    let back = match before {
        "" if number >= 2 && is_place(lines[number - 1].1) => 2,
        before if is_place(before.trim_end_matches(['|', ' '])) => 1,
        _ => 0,
    };
    number.saturating_sub(back)
}

fn draft(text: &str) -> Draft {
    let (head, rest) = text.split_once(ID).unwrap_or((text, ""));
    let head = head.replace('\n', " ");
    let (role, place) = split_place(head.trim().trim_end_matches(['|', ' ']));
    let rest = rest.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (id, rest) = rest.split_at(digits);
    let (posted, body) = posted(rest.trim_start_matches([' ', '\n', '|']));
    let role = if role.is_empty() {
        title::title(body)
    } else {
        Some(role.to_owned())
    };
    Draft {
        id: id.to_owned(),
        title: role.unwrap_or_else(|| super::UNNAMED.into()),
        locations: place.map(str::to_owned).into_iter().collect(),
        posted,
        url: super::apply_at(body),
        description: sections::markdown(body),
        is_plain: true,
        ..Draft::default()
    }
}

/// Splits a title and the location at its end; the longest possible location wins.
fn split_place(head: &str) -> (&str, Option<&str>) {
    if is_place(head) {
        return ("", Some(head));
    }
    let mut starts = head.match_indices(' ').map(|(at, _)| at);
    match starts.find(|at| is_place(head[at + 1..].split(" | ").next().unwrap_or_default())) {
        Some(at) => (
            head[..at].trim_end_matches([',', ' ']),
            Some(&head[at + 1..]),
        ),
        None => (head, None),
    }
}

/// Date after "Posted", and the text after it and its note.
fn posted(rest: &str) -> (Day, &str) {
    let Some(after) = rest.strip_prefix("Posted ") else {
        return (Day::Unknown, rest);
    };
    // "Month D, YYYY" ends with the first four consecutive digits.
    let year = after
        .as_bytes()
        .windows(4)
        .position(|four| four.iter().all(u8::is_ascii_digit));
    let Some(year) = year.filter(|at| *at <= 24) else {
        return (Day::Unknown, rest);
    };
    let (written, mut body) = after.split_at(year + 4);
    body = body.trim_start();
    if let Some(note) = body.strip_prefix("(Updated ") {
        body = note.split_once(')').map_or(body, |(_, after)| after);
    }
    (day::day(written), body.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Date;

    #[test]
    fn a_card_is_read_on_one_line_or_on_several() {
        let one = "Senior Glaciologist, Ice US, AK, Juneau Job ID: 4711 Posted August  8, 2026 (Updated 3 days ago) Measure ice.";
        let several = "Senior Glaciologist, Ice\nUS, AK, Juneau | Job ID: 4711\nPosted August 8, 2026\n(Updated 3 days ago)\nMeasure ice.";
        for text in [one, several] {
            let lines: Vec<Line> = text.lines().enumerate().collect();
            let (_, draft) = drafts(&lines).pop().unwrap();
            assert_eq!(draft.title, "Senior Glaciologist, Ice");
            assert_eq!(draft.locations, ["US, AK, Juneau"]);
            assert_eq!(draft.id, "4711");
            assert_eq!(draft.posted, Day::On(Date::constant(2026, 8, 8)));
            assert_eq!(draft.description, "Measure ice.");
        }
    }
}
