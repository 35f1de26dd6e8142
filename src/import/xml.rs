//! Rows of an XML document: each element of a name, with its content. Entities that a document declares itself are never
//! expanded.
//!
//! A row that is not well-formed never ends the feed: what is unambiguous is repaired (a bare `&`, HTML that was not
//! escaped), any other damage refuses this row, and reading goes on with the next one.

mod outline;
mod repair;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::draft::Refusal;
use super::{RowPosition, address, html};
pub(super) use outline::{Kind, outline};

/// Maximum nesting of elements.
const DEPTH: usize = 64;
/// Local names of elements whose children are markup of their text.
const MARKUP: &[&str] = &[
    "title",
    "description",
    "content",
    "encoded",
    "summary",
    "body",
    "value",
    "jobdescription",
    "requirements",
    "responsibilities",
    "qualifications",
    "benefits",
];

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, including its prefix.
    pub(super) name: String,
    /// Whether it was not well-formed and had to be repaired.
    pub(super) is_repaired: bool,
    attributes: Vec<(String, String)>,
    text: String,
    /// Its content as it is written, where that is text with markup.
    markup: Option<String>,
    children: Vec<Element>,
}

impl Element {
    /// First child with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Children with this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Text of a child, unless empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.child(name).and_then(Self::own_text)
    }

    /// Its own text, if it holds any; with the markup in it, if it has some.
    pub(super) fn own_text(&self) -> Option<String> {
        let text = self.markup.as_deref().unwrap_or(&self.text).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Its name without a prefix.
    pub(super) fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// Whether its children are markup of its text.
    pub(super) fn is_markup(&self) -> bool {
        self.markup.is_some()
    }

    /// The elements within this one.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// Its attributes by name.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.attributes.iter();
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The address that relative ones within this element start from.
    pub(super) fn base(&self, outer: Option<&str>) -> Option<String> {
        let own = self.attribute("xml:base");
        match (own, outer) {
            (Some(own), Some(outer)) => address::joined(outer, own).or_else(|| Some(own.into())),
            (own, outer) => own.or(outer).map(str::to_owned),
        }
    }

    /// Drops the whole content where it is plain: `text` and children give way to the markup as it is written.
    fn set_markup(&mut self, written: &str) {
        let local = self.local_name().to_ascii_lowercase();
        if self.children.is_empty() || !MARKUP.contains(&local.as_str()) {
            return;
        }
        // `<xhtml:p>` is a paragraph too.
        let prefix = self.children[0].name.split_once(':');
        let written = match prefix {
            Some((prefix, _)) => written
                .replace(&format!("<{prefix}:"), "<")
                .replace(&format!("</{prefix}:"), "</"),
            None => written.to_owned(),
        };
        self.markup = Some(written);
    }
}

/// Whether a text can be XML at all.
pub(super) fn verify(text: &str) -> Result<(), String> {
    let starts = text.trim_start().starts_with('<');
    starts
        .then_some(())
        .ok_or_else(|| "it is not XML".to_owned())
}

/// What precedes the rows, as elements of a text each, and the rows.
pub(super) fn rows<'a>(text: &'a str, names: &[&str]) -> (Element, XmlRows<'a>) {
    let mut rows = XmlRows::new(text, names);
    let head = rows.head();
    (head, rows)
}

/// Rows of a document.
pub(super) struct XmlRows<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the text of the reader starts in the document.
    start: usize,
    names: Vec<String>,
    /// The row that the head ended at, and where it starts.
    next: Option<(usize, Element)>,
    place: RowPosition,
    counted: usize,
    done: bool,
}

impl<'a> XmlRows<'a> {
    fn new(text: &'a str, names: &[&str]) -> Self {
        Self {
            text,
            reader: reader(text),
            start: 0,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            next: None,
            place: RowPosition { row: 0, line: 1 },
            counted: 0,
            done: false,
        }
    }

    /// Bytes of the document read so far.
    fn offset(&self) -> usize {
        self.start + self.reader.buffer_position() as usize
    }

    /// Goes on reading at this byte.
    fn resume(&mut self, at: usize) {
        self.start = at;
        self.reader = reader(&self.text[at..]);
    }

    /// Reads up to the first row. The `xml:base` of the elements around it is an attribute of the head.
    fn head(&mut self) -> Element {
        let mut head = Element::default();
        let mut last: Option<Element> = None;
        let mut base: Option<String> = None;
        loop {
            let before = self.offset();
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let element = started(&start);
                    if self.names.contains(&element.name) {
                        self.next = Some((before, element));
                        break;
                    }
                    base = element.base(base.as_deref());
                    last = Some(element);
                }
                Ok(Event::Empty(start)) => head.children.push(started(&start)),
                Ok(Event::End(_)) => head.children.extend(last.take()),
                Ok(Event::Eof) => {
                    self.done = true;
                    break;
                }
                Ok(event) => {
                    if let Some(element) = &mut last {
                        take_text(&event, &mut element.text);
                    }
                }
                Err(_) => {
                    let Some(row) = self.row_from(before) else {
                        self.done = true;
                        break;
                    };
                    let written = repair::repaired(&self.text[..row], &[]);
                    self.resume(row);
                    return XmlRows::new(&written, &[]).head();
                }
            }
        }
        let base = base.map(|base| ("xml:base".to_owned(), base));
        head.attributes.extend(base);
        head
    }

    /// Where the first row from a byte on starts.
    fn row_from(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let starts = self.names.iter().filter_map(|name| {
            let open = format!("<{name}");
            let mut found = rest.match_indices(&open);
            found.find_map(|(start, _)| {
                let next = rest[start + open.len()..].chars().next()?;
                (next.is_whitespace() || matches!(next, '>' | '/')).then_some(at + start)
            })
        });
        starts.min()
    }

    fn count(&mut self, at: usize) {
        let passed = &self.text.as_bytes()[self.counted..at];
        self.place.line += memchr::memchr_iter(b'\n', passed).count();
        self.counted = at;
        self.place.row += 1;
    }

    /// The next element that is a row, and where it starts.
    fn start(&mut self) -> Option<(usize, Element)> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        loop {
            let before = self.offset();
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let element = started(&start);
                    if self.names.contains(&element.name) {
                        return Some((before, element));
                    }
                }
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                // Damage between rows belongs to none of them.
                Err(_) => {
                    let row = self.row_from(before + 1)?;
                    self.resume(row);
                }
            }
        }
    }

    /// The content of a row, up to its end.
    fn inside(&mut self, row: Element) -> Result<Element, String> {
        let ends = format!("</{}>", row.name);
        let mut open = vec![(self.offset(), row)];
        loop {
            let before = self.offset();
            let event = self.reader.read_event();
            match event.map_err(|error| error.to_string())? {
                Event::Start(start) if open.len() < DEPTH => {
                    let element = started(&start);
                    open.push((self.offset(), element));
                }
                Event::Start(_) => return Err("it is nested too deeply".into()),
                Event::Empty(start) => {
                    if let Some((_, parent)) = open.last_mut() {
                        parent.children.push(started(&start));
                    }
                }
                Event::End(end) => {
                    let Some((from, mut done)) = open.pop() else {
                        break;
                    };
                    let name = end.name();
                    let name: &str = name.as_ref();
                    if name != done.name {
                        return Err(format!("`{}` is never closed", done.name));
                    }
                    done.set_markup(&self.text[from..before]);
                    match open.last_mut() {
                        Some((_, parent)) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Eof => break,
                Event::CData(part) if part.contains(&ends) => {
                    return Err("a CDATA section is never closed".into());
                }
                event => {
                    if let Some((_, element)) = open.last_mut() {
                        take_text(&event, &mut element.text);
                    }
                }
            }
        }
        Err("the input ends in the middle of it".into())
    }

    /// Reads a damaged row once more, repaired; the next rows are read behind its end.
    fn repaired(&mut self, at: usize, name: &str, why: String) -> Result<Element, String> {
        let Some(end) = repair::end(self.text, at, name) else {
            // No row has an end from here on.
            self.done = true;
            return Err(why);
        };
        // A row that starts before this one ends is the end of this one.
        if let Some(next) = self.row_from(at + 1).filter(|next| *next < end) {
            self.resume(next);
            return Err(why);
        }
        self.resume(end);
        let written = repair::repaired(&self.text[at..end], MARKUP);
        let mut only = XmlRows::new(&written, &[name]);
        let row = only.start().and_then(|(_, row)| only.inside(row).ok());
        let mut row = row.ok_or(why)?;
        row.is_repaired = true;
        Ok(row)
    }
}

impl Iterator for XmlRows<'_> {
    type Item = (RowPosition, Result<Element, Refusal>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let (at, row) = self.start()?;
        self.count(at);
        let name = row.name.clone();
        let row = self
            .inside(row)
            .or_else(|why| self.repaired(at, &name, why));
        Some((self.place, row.map_err(Refusal::wrong)))
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    // The ends within a row are checked as it is read.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

fn started(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten();
    let attributes = attributes.map(|one| {
        let key: &str = one.key.as_ref();
        (key.to_owned(), html::unescaped(&one.value))
    });
    Element {
        name: AsRef::<str>::as_ref(&start.name()).to_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

fn take_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(name) => {
            text.push_str(&html::unescaped(&format!("&{};", &**name)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, description, and whether the row was repaired; or why it is refused.
    type Told = Result<(Option<String>, Option<String>, bool), String>;

    fn read(text: &str) -> Vec<Told> {
        let (_, rows) = rows(text, &["item"]);
        rows.map(|(_, row)| {
            let row = row.map_err(|refusal| refusal.at(RowPosition::default()).message)?;
            Ok((row.text("title"), row.text("description"), row.is_repaired))
        })
        .collect()
    }

    fn is(title: &str, description: &str, is_repaired: bool) -> Told {
        let some = |text: &str| Some(text.to_owned());
        Some((some(title), some(description), is_repaired)).ok_or_else(String::new)
    }

    #[test]
    fn one_damaged_row_never_hides_the_next() {
        let good = "<item><title>Cook</title><description>x</description></item>";
        for (damaged, becomes) in [
            (
                "<item><title>R&D</title><description>a & b &lt;c&gt; &copy=1</description></item>",
                is("R&D", "a & b <c> &copy=1", true),
            ),
            (
                "<item><title>Clerk</title><description><p>One<br>two &amp; three</p></description></item>",
                is("Clerk", "<p>One<br>two &amp; three</p>", true),
            ),
            (
                "<item><title>a < b</title><description>x</description></item>",
                is("a < b", "x", true),
            ),
            (
                "<item><title>Guard</title><description><p>Whole <b>text</b></p></description></item>",
                is("Guard", "<p>Whole <b>text</b></p>", false),
            ),
            (
                "<item><title>Lost<description>x</description></item>",
                Err("`title` is never closed".into()),
            ),
            (
                "<item><title>Lost</title><description><![CDATA[x</description></item>",
                Err("a CDATA section is never closed".into()),
            ),
        ] {
            let last = "<item><title>Last</title><description><![CDATA[y]]></description></item>";
            let text =
                format!("<rss><channel><title>A & B</title>{good}{damaged}{last}</channel></rss>");
            let read = read(&text);
            assert_eq!(read.len(), 3, "{damaged}: {read:?}");
            assert_eq!(read[0], is("Cook", "x", false));
            assert_eq!(read[1], becomes, "{damaged}");
            assert_eq!(read[2], is("Last", "y", false), "{damaged}");
        }
    }

    #[test]
    fn the_base_of_the_document_is_known() {
        let text = "<feed xml:base='https://a.example/jobs/'><entry xml:base='it/'><title>x</title></entry></feed>";
        let (head, mut rows) = rows(text, &["entry"]);
        let base = head.base(None);
        assert_eq!(base.as_deref(), Some("https://a.example/jobs/"));
        let (_, row) = rows.next().expect("a row");
        let base = row.expect("read").base(base.as_deref());
        assert_eq!(base.as_deref(), Some("https://a.example/jobs/it/"));
    }
}
