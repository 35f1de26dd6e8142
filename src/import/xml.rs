//! Rows of an XML document: each element of a name, with what lies in it. Entities that a document declares itself are
//! never expanded.

mod outline;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::draft::Refusal;
use super::{Place, html};
pub(super) use outline::{Kind, outline};

/// Elements within elements.
const DEPTH: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, with the prefix that the document gave it.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// The first element of a name within this one.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every element of a name within this one.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of an element within this one, if it holds any.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.child(name).and_then(Self::own_text)
    }

    /// Its own text, if it holds any.
    pub(super) fn own_text(&self) -> Option<String> {
        let text = self.text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What lies in it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// Its attributes, with their names.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.attributes.iter();
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Whether a text can be XML at all.
pub(super) fn verify(text: &str) -> Result<(), String> {
    let starts = text.trim_start().starts_with('<');
    starts
        .then_some(())
        .ok_or_else(|| "it is not XML".to_owned())
}

/// What stands before the rows, as elements of a text each, and the rows.
pub(super) fn rows<'a>(text: &'a str, names: &[&str]) -> (Element, Rows<'a>) {
    let mut rows = Rows::new(text, names);
    let head = rows.head();
    (head, rows)
}

/// The rows of a document.
pub(super) struct Rows<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    names: Vec<String>,
    /// The start of the row that the head ended at.
    next: Option<Element>,
    place: Place,
    counted: usize,
    done: bool,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, names: &[&str]) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            next: None,
            place: Place { row: 0, line: 1 },
            counted: 0,
            done: false,
        }
    }

    /// Reads up to the first row.
    fn head(&mut self) -> Element {
        let mut head = Element::default();
        let mut last = None;
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let element = started(&start);
                    if self.names.contains(&element.name) {
                        self.next = Some(element);
                        return head;
                    }
                    last = Some(element);
                }
                Ok(Event::Empty(start)) => head.children.push(started(&start)),
                Ok(Event::End(_)) => head.children.extend(last.take()),
                Ok(Event::Eof) | Err(_) => {
                    self.done = true;
                    return head;
                }
                Ok(event) => {
                    if let Some(element) = &mut last {
                        take_text(&event, &mut element.text);
                    }
                }
            }
        }
    }

    fn count(&mut self) {
        let at = self.reader.buffer_position() as usize;
        let passed = &self.text.as_bytes()[self.counted..at];
        self.place.line += memchr::memchr_iter(b'\n', passed).count();
        self.counted = at;
        self.place.row += 1;
    }

    /// The next element that is a row.
    fn start(&mut self) -> Option<Result<Element, String>> {
        if let Some(next) = self.next.take() {
            return Some(Ok(next));
        }
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let element = started(&start);
                    if self.names.contains(&element.name) {
                        return Some(Ok(element));
                    }
                }
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error.to_string())),
            }
        }
    }

    /// What lies in a row, up to its end.
    fn inside(&mut self, row: Element) -> Result<Element, String> {
        let mut open = vec![row];
        loop {
            match self
                .reader
                .read_event()
                .map_err(|error| error.to_string())?
            {
                Event::Start(start) if open.len() < DEPTH => open.push(started(&start)),
                Event::Start(_) => return Err("it nests too deeply to be read".into()),
                Event::Empty(start) => {
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(started(&start));
                    }
                }
                Event::End(_) => {
                    let Some(done) = open.pop() else { break };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Eof => break,
                event => {
                    if let Some(element) = open.last_mut() {
                        take_text(&event, &mut element.text);
                    }
                }
            }
        }
        Err("the input ends in the middle of it".into())
    }
}

impl Iterator for Rows<'_> {
    type Item = (Place, Result<Element, Refusal>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.start()?;
        self.count();
        let row = row.and_then(|row| self.inside(row));
        self.done = row.is_err();
        Some((self.place, row.map_err(Refusal::wrong)))
    }
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
