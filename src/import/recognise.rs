//! Recognises formats by content that no other format has.

use std::cell::OnceCell;

use super::json::{self, List};
use super::xml;

/// Content that only one format has.
#[derive(Debug)]
pub(super) enum Sign {
    /// All of these keys in the rows of any list of a JSON document, or in the document itself.
    Keys(&'static [&'static str]),
    /// All of these keys in the rows of the list with this name; an empty name is the document itself.
    List(&'static str, &'static [&'static str]),
    /// An element of an XML document, as a path from its root; `*` matches any name.
    Xml(&'static str),
    /// A test of an HTML page.
    Html(fn(&str) -> bool),
    /// A test of any other text.
    Text(fn(&str) -> bool),
    /// A test of the lists of a JSON document, if no single key suffices.
    Lists(fn(&[List]) -> bool),
    /// A test of the elements of an XML document, if no single one suffices.
    Elements(fn(&[xml::Kind]) -> bool),
}

impl Sign {
    pub(super) fn is_in(&self, sample: &Sample<'_>) -> bool {
        match (self, &sample.kind) {
            (Self::Keys(wanted), Kind::Json) => sample.lists().iter().any(|list| list.has(wanted)),
            (Self::List(path, wanted), Kind::Json) => sample
                .lists()
                .iter()
                .any(|list| list.path == *path && list.has(wanted)),
            (Self::Xml(path), Kind::Xml) => sample
                .elements()
                .iter()
                .any(|known| leads(path, &known.path)),
            (Self::Lists(are), Kind::Json) => are(sample.lists()),
            (Self::Elements(are), Kind::Xml) => are(sample.elements()),
            (Self::Html(holds), Kind::Html) | (Self::Text(holds), Kind::Text) => holds(sample.text),
            _ => false,
        }
    }
}

fn leads(path: &str, element: &str) -> bool {
    let (mut path, mut element) = (path.split('/'), element.split('/'));
    loop {
        match (path.next(), element.next()) {
            (None, None) => return true,
            (Some(wanted), Some(name)) if wanted == "*" || wanted == name => {}
            _ => return false,
        }
    }
}

/// Kind of a text, by its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Xml,
    Html,
    Text,
}

/// A text whose format is being detected.
pub(super) struct Sample<'a> {
    text: &'a str,
    kind: Kind,
    lists: OnceCell<Vec<List>>,
    elements: OnceCell<Vec<xml::Kind>>,
}

impl<'a> Sample<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.trim_start();
        let kind = match text.as_bytes().first() {
            Some(b'<') if is_html(text) => Kind::Html,
            Some(b'<') => Kind::Xml,
            Some(b'{' | b'[') => Kind::Json,
            _ => Kind::Text,
        };
        Self {
            text,
            kind,
            lists: OnceCell::new(),
            elements: OnceCell::new(),
        }
    }

    /// Lists and objects of a JSON document.
    pub(super) fn lists(&self) -> &[List] {
        self.lists.get_or_init(|| {
            let mut lists = json::outline(self.text);
            // A JSON Schema of postings is not a feed.
            lists.retain(|list| !list.path.is_empty() || !list.has(&["properties"]));
            lists
        })
    }

    /// Kinds of elements of an XML document.
    pub(super) fn elements(&self) -> &[xml::Kind] {
        self.elements.get_or_init(|| xml::outline(self.text))
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }
}

/// First elements of HTML pages and fragments. `source` is excluded, because it is the root of a common job feed.
const HTML: &[&str] = &[
    "a", "article", "body", "div", "form", "h1", "h2", "h3", "head", "header", "html", "iframe",
    "li", "link", "main", "meta", "nav", "noscript", "ol", "p", "script", "section", "span",
    "style", "table", "template", "title", "ul",
];

/// Whether markup is HTML, by its doctype or first element.
fn is_html(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let comment = rest.strip_prefix("<!--");
        let skipped = match comment {
            Some(comment) => comment.split_once("-->").map(|(_, after)| after),
            None if rest.starts_with("<?") => rest.split_once('>').map(|(_, after)| after),
            None => None,
        };
        match skipped {
            Some(after) => rest = after,
            None => break,
        }
    }
    let Some(rest) = rest.strip_prefix('<') else {
        return false;
    };
    let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = name
        .into_iter()
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if name == "!doctype" {
        let kind = rest[name.len()..].trim_start();
        return kind
            .get(..4)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    }
    HTML.contains(&name.as_str())
}
