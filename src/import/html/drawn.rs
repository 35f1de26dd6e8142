//! Recognises lists drawn with dashes, bullets and numbers at the starts of lines.

use super::inline::Line;

/// Characters used as bullets.
pub(super) const BULLETS: [char; 8] = ['·', '•', '●', '▪', '◦', '‣', '∙', '\u{f0b7}'];

/// Consecutive lines of one kind.
pub(super) enum Part {
    /// Running text.
    Text(Vec<Line>),
    /// List items, with their numbers if any.
    List(Vec<(Option<u64>, Line)>),
}

/// Splits the lines of a paragraph into text and lists.
pub(super) fn parts(lines: Vec<Line>) -> Vec<Part> {
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let marks = marks(&texts);
    let mut parts: Vec<Part> = Vec::new();
    for (line, mark) in lines.into_iter().zip(marks) {
        match (mark, parts.last_mut()) {
            (None, Some(Part::Text(text))) => text.push(line),
            (None, _) => parts.push(Part::Text(vec![line])),
            (Some(mark), last) => {
                let item = (mark.number, line.without_start(mark.length));
                match last {
                    Some(Part::List(items)) if mark.goes_on => items.push(item),
                    _ => parts.push(Part::List(vec![item])),
                }
            }
        }
    }
    parts
}

/// A list marker.
#[derive(Clone, Copy)]
struct Mark {
    /// Length of the marker in bytes.
    length: usize,
    number: Option<u64>,
    /// Whether it continues the list of the previous line.
    goes_on: bool,
}

fn marks(texts: &[String]) -> Vec<Option<Mark>> {
    let mut marks: Vec<Option<Mark>> = texts.iter().map(|text| bullet(text)).collect();
    // A long dash or a number only makes a list with others of its kind.
    let mut at = 0;
    while at < texts.len() {
        let dashes = run(&texts[at..], |_, text| {
            text.strip_prefix("– ").map(|_| ("–".len(), None))
        });
        let first = number(&texts[at]).map(|(_, first)| first);
        let numbers = run(&texts[at..], |index, text| {
            let (length, number) = number(text)?;
            (number == first? + index as u64).then_some((length, Some(number)))
        });
        let found = if dashes.len() > 1 { dashes } else { numbers };
        if found.len() < 2 {
            at += 1;
            continue;
        }
        for (index, (length, number)) in found.iter().enumerate() {
            marks[at + index] = Some(Mark {
                length: *length,
                number: *number,
                goes_on: index > 0,
            });
        }
        at += found.len();
    }
    // A bullet after a numbered item begins another list.
    for at in 1..marks.len() {
        let numbered = |mark: Option<Mark>| mark.map(|mark| mark.number.is_some());
        let differs = numbered(marks[at - 1]) != numbered(marks[at]);
        if let Some(mark) = &mut marks[at]
            && differs
        {
            mark.goes_on = false;
        }
    }
    marks
}

/// Consecutive items of a kind.
fn run<T>(texts: &[String], item: impl Fn(usize, &str) -> Option<T>) -> Vec<T> {
    let items = texts.iter().enumerate();
    items.map_while(|(at, text)| item(at, text)).collect()
}

/// A bullet, or a dash followed by space and text.
fn bullet(text: &str) -> Option<Mark> {
    let rest = text.strip_prefix(BULLETS).or_else(|| {
        text.strip_prefix(['-', '*'])
            .filter(|rest| rest.starts_with(' '))
    })?;
    (!rest.trim().is_empty()).then(|| Mark {
        length: text.len() - rest.len(),
        number: None,
        goes_on: true,
    })
}

/// Length and number of `1. One` or `1) One`.
fn number(text: &str) -> Option<(usize, u64)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let is_item = (1..=3).contains(&digits) && rest.starts_with(' ') && rest.len() > 1;
    is_item.then(|| Some((digits + 1, text[..digits].parse().ok()?)))?
}
