//! Finds out that a file already has what comes without parsing it: writing the postings anew makes the same text, but for
//! the dates of their source.

use super::file::HEADER;
use super::write;
use crate::board::Posting;

/// Start of the last line of a posting that came from a source.
const SOURCE: &str = "\nsource = {";

/// Whether a file holds exactly these postings as they are now.
pub(super) fn holds(text: &str, incoming: &[Posting]) -> bool {
    let Some(mut rest) = text.strip_prefix(HEADER) else {
        return false;
    };
    let mut postings: Vec<&Posting> = incoming.iter().collect();
    postings.sort_by(|a, b| a.id.cmp(&b.id));
    for posting in postings {
        rest = rest.trim_start_matches('\n');
        let written = write::posting(posting);
        let Some(length) = same_length(rest, &written) else {
            return false;
        };
        rest = &rest[length..];
    }
    rest.trim_start_matches('\n').is_empty()
}

/// Bytes of the posting that a text starts with, if it is this one.
fn same_length(text: &str, written: &str) -> Option<usize> {
    let at = written.rfind(SOURCE)?;
    let (before, source) = written.split_at(at + 1);
    let line = text.strip_prefix(before)?;
    let end = line.find('\n').map_or(line.len(), |end| end + 1);
    let (line, source) = (&line[..end], source.trim_end_matches('\n'));
    (without_dates(line.trim_end_matches('\n')) == without_dates(source))
        .then_some(before.len() + end)
}

/// A source without the dates on which it was retrieved, which a sync does not write, and first seen.
fn without_dates(source: &str) -> String {
    const DATE: usize = "2026-01-31".len();
    let mut out = source.to_owned();
    for key in [" retrieved = ", " first_seen = "] {
        if let Some(at) = out.find(key) {
            let start = at + key.len();
            let is_date = out.as_bytes().get(start..start + DATE).is_some_and(|date| {
                date.iter()
                    .all(|byte| byte.is_ascii_digit() || *byte == b'-')
            });
            if is_date {
                let comma = out[start + DATE..].starts_with(',');
                out.replace_range(at..start + DATE + usize::from(comma), "");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;
    use crate::board::{Date, Source};

    fn posting(id: &str, day: i8) -> Posting {
        let day = Some(Date::constant(2026, 1, day));
        Posting {
            id: id.into(),
            title: "Ice Cook".into(),
            description: "## Text\n\n[[posting]]\nsource = { x }\n".into(),
            source: Some(Source {
                format: Some("lever".into()),
                url: Some("https://a.example/".into()),
                retrieved: day,
                first_seen: day,
                last_seen: None,
            }),
            ..Posting::default()
        }
    }

    #[test]
    fn only_the_dates_of_the_source_may_differ() {
        let text = file::from_tables(
            [posting("a", 1), posting("b", 2)]
                .iter()
                .map(write::posting),
        );
        assert!(holds(&text, &[posting("b", 7), posting("a", 7)]));
        assert!(!holds(&text, &[posting("a", 7)]));
        assert!(!holds(&text, &[posting("a", 7), posting("c", 7)]));
        let changed = Posting {
            title: "Ice Clerk".into(),
            ..posting("a", 7)
        };
        assert!(!holds(&text, &[changed, posting("b", 7)]));
        let gone = text.replace("first_seen", "last_seen = 2026-01-03, first_seen");
        assert!(!holds(&gone, &[posting("a", 7), posting("b", 7)]));
        assert!(!holds(
            &format!("# ours\n{text}"),
            &[posting("a", 7), posting("b", 7)]
        ));
    }
}
