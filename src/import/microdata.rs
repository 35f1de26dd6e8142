//! schema.org `JobPosting` in the attributes of an HTML page: microdata and `RDFa`.

use serde_json::{Map, Value};

use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::tags::{Piece, Tag, pieces};
use super::{Drafts, RowPosition, json_ld};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "microdata",
    signs: &[Sign::Html(is_page)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

/// Maximum nesting of elements.
const DEPTH: usize = 256;
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements that end others that were not closed, and the ones within which they do.
const IMPLIED: &[(&[&str], &[&str], &[&str])] = &[
    (&["li"], &["li"], &["ul", "ol"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["tr"], &["table", "tbody", "thead"]),
    (
        &["p", "div", "ul", "ol", "h1", "h2", "h3", "section"],
        &["p"],
        &["div", "li", "td", "section", "article", "body"],
    ),
];
/// Properties with HTML content.
const HTML: &[&str] = &[
    "description",
    "responsibilities",
    "qualifications",
    "experienceRequirements",
    "educationRequirements",
    "jobBenefits",
    "skills",
];

fn is_page(text: &str) -> bool {
    let has_item = text.contains("itemtype=") && text.contains("schema.org/JobPosting");
    has_item
        || (text.contains("typeof=") && text.contains("JobPosting") && text.contains("property="))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let mut page = Page::default();
    for (line, piece) in pieces(text) {
        page.take(line, piece);
    }
    page.end();
    if page.postings.is_empty() {
        return Err("it contains no JobPosting".into());
    }
    // One within another is closed before it.
    page.postings.sort_by_key(|(line, _)| *line);
    let rows = page.postings.into_iter().enumerate();
    Ok(Box::new(rows.map(|(at, (line, posting))| {
        let row = at + 1;
        let draft = json_ld::draft(&posting).map(|mut draft| {
            draft.is_plain = true;
            draft.base = Some(String::new());
            draft
        });
        (RowPosition { row, line }, draft)
    })))
}

/// State of parsing a page.
#[derive(Default)]
struct Page {
    open: Vec<Open>,
    postings: Vec<(usize, Value)>,
}

/// An open element.
#[derive(Default)]
struct Open {
    name: String,
    line: usize,
    /// Properties of the outer item that it provides.
    properties: Vec<String>,
    /// The item that it represents.
    item: Option<Map<String, Value>>,
    /// Its value, if given as an attribute.
    value: Option<String>,
    text: String,
    html: String,
}

impl Page {
    fn take(&mut self, line: usize, piece: Piece) {
        match piece {
            Piece::Open(tag) => {
                let open = Open::new(line, &tag);
                let is_void = VOID.contains(&tag.name.as_str());
                self.close_implied(&tag.name);
                self.mark(&format!("<{}>", tag.name));
                if self.open.len() < DEPTH {
                    self.open.push(open);
                    if is_void {
                        self.close();
                    }
                }
            }
            Piece::Text(text) => {
                let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
                for outer in self.open.iter_mut().filter(|open| open.is_read()) {
                    outer.text.push_str(&text);
                    outer.html.push_str(&escaped);
                }
            }
            Piece::Close(name) => {
                // Closes unclosed inner elements, too.
                if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
                    while self.open.len() > at {
                        self.close();
                    }
                    self.mark(&format!("</{name}>"));
                }
            }
        }
    }

    /// Closes elements that end where this one starts: a list item ends with the next one.
    fn close_implied(&mut self, name: &str) {
        let Some((_, ends, within)) = IMPLIED.iter().find(|(starts, ..)| starts.contains(&name))
        else {
            return;
        };
        let mut inner = self.open.iter().enumerate().rev();
        let inner = inner.find(|(_, open)| {
            ends.contains(&open.name.as_str()) || within.contains(&open.name.as_str())
        });
        if let Some((at, open)) = inner
            && ends.contains(&open.name.as_str())
        {
            while self.open.len() > at {
                self.close();
            }
        }
    }

    /// Adds a tag to the enclosing values; in their text it separates words.
    fn mark(&mut self, tag: &str) {
        for outer in self.open.iter_mut().filter(|open| open.is_read()) {
            outer.html.push_str(tag);
            outer.text.push(' ');
        }
    }

    /// Closes all elements.
    fn end(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// Closes the innermost element and adds its value to the enclosing item.
    fn close(&mut self) {
        let Some(mut closed) = self.open.pop() else {
            return;
        };
        let item = closed.item.take();
        if let Some(item) = &item
            && item.get("@type").and_then(Value::as_str) == Some("JobPosting")
        {
            self.postings
                .push((closed.line, Value::Object(item.clone())));
        }
        let Some(outer) = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| open.item.as_mut())
        else {
            return;
        };
        for property in std::mem::take(&mut closed.properties) {
            let value = match &item {
                Some(item) => Value::Object(item.clone()),
                None => Value::String(closed.text(&property)),
            };
            add(outer, property, value);
        }
    }
}

/// Adds a value of a property, which may have several.
fn add(item: &mut Map<String, Value>, property: String, value: Value) {
    match item.get_mut(&property) {
        None => {
            item.insert(property, value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

impl Open {
    fn new(line: usize, tag: &Tag) -> Self {
        let attribute = |names: &[&str]| names.iter().find_map(|name| tag.attribute(name));
        let bare = |name: &str| {
            name.rsplit(['/', '#', ':'])
                .next()
                .unwrap_or(name)
                .to_owned()
        };
        let properties = attribute(&["itemprop", "property"]).unwrap_or_default();
        let kind = attribute(&["itemtype", "typeof"]).map(bare);
        let has_item = kind.is_some() || tag.attribute("itemscope").is_some();
        let item = has_item.then(|| {
            let kind = Value::String(kind.unwrap_or_default());
            Map::from_iter([("@type".to_owned(), kind)])
        });
        let address = match tag.name.as_str() {
            "a" | "area" | "link" => tag.attribute("href"),
            "img" | "embed" | "iframe" | "source" | "track" => tag.attribute("src"),
            "time" => tag.attribute("datetime"),
            "data" | "meter" => tag.attribute("value"),
            _ => None,
        };
        Self {
            name: tag.name.clone(),
            line,
            properties: properties.split_whitespace().map(bare).collect(),
            item,
            value: tag.attribute("content").or(address).map(str::to_owned),
            ..Self::default()
        }
    }

    /// Whether its text is used as a value.
    fn is_read(&self) -> bool {
        !self.properties.is_empty() && self.item.is_none()
    }

    fn text(&self, property: &str) -> String {
        match &self.value {
            Some(value) => value.clone(),
            None if HTML.contains(&property) => self.html.clone(),
            None => self.text.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }
}
