//! Postings as an Atom feed, in pieces: head, one entry per posting, end.
//!
//! The date of an entry is the day the posting was posted, or else first seen. Atom requires a date, so an entry
//! without either is dated 1970.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::board::hash::hash;
use crate::board::{Board, Date, Posting};
use crate::document;

/// End of a feed.
pub const END: &str = "</feed>\n";

/// Addresses of a published feed.
#[derive(Debug, Clone, Copy)]
pub struct Addresses<'a> {
    /// The feed.
    pub feed: &'a str,
    /// The page with the same postings.
    pub page: &'a str,
}

/// Start of a feed of these postings. `about` is what it holds, unless it is the whole board.
pub fn head<'a>(
    board: &Board,
    about: Option<&str>,
    addresses: Option<Addresses<'_>>,
    postings: impl IntoIterator<Item = &'a Posting>,
) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let title = about.map(|about| format!("{about} – {}", board.name));
    element(&mut out, "title", title.as_ref().unwrap_or(&board.name));
    element(
        &mut out,
        "id",
        &name(&board.name, about.unwrap_or_default()),
    );
    let updated = postings.into_iter().filter_map(day).max();
    element(&mut out, "updated", &moment(updated));
    if let Some(description) = &board.description {
        element(&mut out, "subtitle", description);
    }
    match (addresses, &board.url) {
        (Some(addresses), _) => {
            link(&mut out, "self", addresses.feed);
            link(&mut out, "alternate", addresses.page);
        }
        (None, Some(url)) => link(&mut out, "alternate", url),
        (None, None) => {}
    }
    let _ = writeln!(
        out,
        "<author><name>{}</name></author>",
        written(&board.name)
    );
    out
}

/// Entry of a posting. `page` is the address of its page, or its path beside the feed, if it has one; a `summary` replaces the
/// text.
pub fn entry(
    board: &Board,
    posting: &Posting,
    page: Option<&str>,
    summary: Option<&str>,
) -> String {
    let mut out = String::from("<entry>\n");
    let mut title = posting.title.clone();
    for part in [posting.company.as_deref(), first_place(posting)] {
        title.extend(part.into_iter().flat_map(|part| [" · ", part]));
    }
    element(&mut out, "title", &title);
    let (board, id) = board.own_id(posting);
    element(&mut out, "id", &name(board, id));
    element(&mut out, "updated", &moment(day(posting)));
    if posting.posted.is_some() {
        element(&mut out, "published", &moment(posting.posted));
    }
    match (page, &posting.url) {
        (Some(page), url) => {
            link(&mut out, "alternate", page);
            if let Some(url) = url {
                link(&mut out, "related", url);
            }
        }
        (None, Some(url)) => link(&mut out, "alternate", url),
        (None, None) => {}
    }
    for tag in &posting.tags {
        let _ = writeln!(out, "<category term=\"{}\"/>", written(tag));
    }
    if let Some(summary) = summary {
        element(&mut out, "summary", summary);
        out.push_str("</entry>\n");
        return out;
    }
    let language = posting.language.as_deref().unwrap_or_default();
    let html = document::to_html(&posting.description, 1);
    let _ = writeln!(
        out,
        "<content type=\"html\" xml:lang=\"{}\">{}</content>",
        written(language),
        written(html.trim_end()),
    );
    out.push_str("</entry>\n");
    out
}

fn element(out: &mut String, tag: &str, text: &str) {
    let _ = writeln!(out, "<{tag}>{}</{tag}>", written(text));
}

fn link(out: &mut String, rel: &str, to: &str) {
    let _ = writeln!(out, "<link rel=\"{rel}\" href=\"{}\"/>", written(to));
}

/// XML-escaped text. Two non-characters that XML cannot represent are removed.
fn written(text: &str) -> Cow<'_, str> {
    if text.contains(['\u{fffe}', '\u{ffff}']) {
        let whole = text.replace(['\u{fffe}', '\u{ffff}'], "");
        return Cow::Owned(escape(whole.as_str()).into_owned());
    }
    escape(text)
}

fn first_place(posting: &Posting) -> Option<&str> {
    posting
        .locations
        .first()
        .map(|place| place.written.as_str())
}

fn day(posting: &Posting) -> Option<Date> {
    let seen = || posting.source.as_ref().and_then(|source| source.first_seen);
    posting.posted.or_else(seen)
}

fn moment(day: Option<Date>) -> String {
    let day = day.unwrap_or(Date::constant(1970, 1, 1));
    format!("{day}T00:00:00Z")
}

/// A stable UUID (version 8, custom) that does not depend on the location of the board.
fn name(board: &str, id: &str) -> String {
    let one = hash(&format!("{board}\n{id}"));
    let other = hash(&format!("{id}\n\n{board}"));
    let (first, second, third) = (one >> 32, one >> 16 & 0xffff, one & 0xfff);
    let (fourth, fifth) = (other >> 48 & 0x3fff | 0x8000, other & 0xffff_ffff_ffff);
    format!("urn:uuid:{first:08x}-{second:04x}-8{third:03x}-{fourth:04x}-{fifth:012x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn posting() -> Posting {
        Posting {
            id: "a".into(),
            title: "R&D \u{ffff}<b>".into(),
            company: Some("Acme".into()),
            posted: Some(Date::constant(2026, 9, 1)),
            url: Some("https://example.org/?a=\"&b=<".into()),
            tags: vec!["a\"b".into()],
            description: "One <x> & *two* ]]>".into(),
            ..Posting::default()
        }
    }

    #[test]
    fn a_feed_is_well_formed_for_any_board() {
        let board = Board::new("A < B".into(), vec![posting()], Vec::new());
        let postings: Vec<_> = board.postings().collect();
        let mut feed = head(&board, None, None, postings.iter().map(AsRef::as_ref));
        feed += &entry(&board, &postings[0], Some("posting/a.html"), None);
        feed += END;
        let mut reader = Reader::from_str(&feed);
        let mut depth = 0;
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        for said in [
            "<title>A &lt; B</title>",
            "<title>R&amp;D &lt;b&gt; · Acme</title>",
            "<updated>2026-09-01T00:00:00Z</updated>\n<published>2026-09-01T00:00:00Z</published>",
            "href=\"posting/a.html\"",
            "&lt;em&gt;two&lt;/em&gt;",
        ] {
            assert!(feed.contains(said), "{said}\n{feed}");
        }
    }

    #[test]
    fn an_entry_keeps_its_name_and_no_two_share_one() {
        let uuid = name("A", "b");
        assert_eq!(uuid, name("A", "b"));
        assert_ne!(uuid, name("A", "c"));
        assert_eq!(
            uuid.len(),
            "urn:uuid:00000000-0000-8000-8000-000000000000".len()
        );
        assert_eq!(
            (&uuid[23..24], "89ab".contains(&uuid[28..29])),
            ("8", true),
            "{uuid}"
        );
    }

    #[test]
    fn what_has_no_day_says_1970_and_nothing_of_when_it_was_published() {
        let undated = Posting {
            posted: None,
            ..posting()
        };
        let board = Board::new("A".into(), vec![undated], Vec::new());
        let entry = entry(&board, &board.at(0), None, None);
        assert!(
            entry.contains("<updated>1970-01-01T00:00:00Z</updated>"),
            "{entry}"
        );
        assert!(!entry.contains("published"), "{entry}");
        assert!(
            entry.contains("<link rel=\"alternate\" href=\"https://example.org/?a=&quot;"),
            "{entry}"
        );
    }
}
