//! The field table of postings: name, kind, getter and setter of each field.
//!
//! TOML keys and templates, the writer, the record codec, JSON, columns, change detection, imports and exports iterate
//! over this table, so that a new field is one row here plus whatever is special about it.

mod kind;
mod read;
mod value;

pub use kind::{Check, Kind, Lens, Refused, Word, Words, index};
pub use read::parse_day;
pub use value::Value;

use super::{Clearance, Education, Employment, Level, Posting, Sponsorship, Workplace};

/// Maximum length of a title, in characters.
pub const TITLE: usize = 300;
/// Maximum length of an id, in characters.
pub const ID: usize = 200;
/// Maximum length of a single-line text, in characters.
pub const LINE: usize = 2000;
/// Maximum number of entries in a list.
pub const LIST: usize = 1000;
/// Maximum size of a Markdown text, in bytes.
pub const BLOCK: usize = 256 << 10;

/// A field of postings.
#[derive(Debug)]
pub struct Field {
    /// Its name in the vocabulary: TOML key, JSON key and column.
    pub name: &'static str,
    /// Its name in prose and on the screen.
    pub label: &'static str,
    /// A one-line explanation; empty if the name suffices.
    pub about: &'static str,
    /// Type of its value, and how to access it.
    pub kind: Kind,
    /// Whether a change of the field is reported.
    pub change: Change,
}

/// How change detection treats a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Ignored: feeds renew it while nothing else changes, or it tells the posting from others.
    Ignored,
    /// Part of the persisted hashes; their order and algorithm are frozen.
    Hashed,
    /// Part of the hashes only if present, so that postings without it keep theirs.
    HashedIfPresent,
}

use Change::{Hashed, HashedIfPresent, Ignored};
use kind::{lens, word, words};

/// Every field, in documented order.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    row("id", "id", "unique on the board; keep it, people's marks refer to it", Kind::Required(lens!(id)), Ignored),
    row("title", "title", "", Kind::Required(lens!(title)), Hashed),
    row("company", "company", "who hires", Kind::Line(lens!(company), Check::Text), Hashed),
    row("team", "team", "the group within it", Kind::Line(lens!(team), Check::Text), Hashed),
    row("locations", "place", "as people write them", Kind::Locations(lens!(locations)), Hashed),
    row("workplace", "workplace", "", Kind::Word(word!(workplace: Workplace)), Hashed),
    row("remote_from", "remote from", "country codes, EU, Europe, EMEA, LATAM, APAC or worldwide", Kind::Lines(lens!(remote_from), Check::Area), HashedIfPresent),
    row("employment", "employment", "", Kind::Words(words!(employment: Employment)), Hashed),
    row("posted", "posted", "the first day", Kind::Day(lens!(posted)), Ignored),
    row("closes", "closes", "open through the whole of it", Kind::Day(lens!(closes)), Hashed),
    row("salary", "pay", "ISO 4217; per hour, day, week, month or year; `location` where pay differs by place", Kind::Salaries(lens!(salary)), Hashed),
    row("url", "url", "where to apply; http, https or mailto", Kind::Line(lens!(url), Check::Url), Hashed),
    row("level", "level", "", Kind::Word(word!(level: Level)), Hashed),
    row("years", "experience", "years of experience required", Kind::Years(lens!(years)), HashedIfPresent),
    row("education", "education", "", Kind::Word(word!(education: Education)), HashedIfPresent),
    row("skills", "skills", "named technologies required", Kind::Lines(lens!(skills), Check::Text), HashedIfPresent),
    row("languages", "languages", "human languages required", Kind::Lines(lens!(languages), Check::Language), HashedIfPresent),
    row("sponsorship", "visa sponsorship", "", Kind::Word(word!(sponsorship: Sponsorship)), Hashed),
    row("clearance", "clearance", "", Kind::Word(word!(clearance: Clearance)), HashedIfPresent),
    row("publisher", "publisher", "who published the original, where this is not it", Kind::Line(lens!(publisher), Check::Text), Ignored),
    row("retold", "retold", "the words are ours, the facts theirs", Kind::Flag(lens!(retold)), Ignored),
    row("pinned", "pinned", "listed first", Kind::Flag(lens!(pinned)), Ignored),
    row("tags", "tags", "", Kind::Lines(lens!(tags), Check::Text), Hashed),
    row("language", "language", "of the text", Kind::Line(lens!(language), Check::Language), Ignored),
    row("description", "text", "Markdown. Its `##` headings are its sections: Key job responsibilities, About the team, …", Kind::Block(lens!(description)), Hashed),
    row("source", "source", "Where an imported posting came from; an import writes it.", Kind::Source(lens!(source)), Ignored),
];

/// Name of every field, in documented order.
pub const NAMES: &[&str] = &{
    let mut names = [""; FIELDS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = FIELDS[at].name;
        at += 1;
    }
    names
};

/// The field with this name.
pub fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

const fn row(
    name: &'static str,
    label: &'static str,
    about: &'static str,
    kind: Kind,
    change: Change,
) -> Field {
    Field {
        name,
        label,
        about,
        kind,
        change,
    }
}

impl Field {
    /// The label, capitalised.
    pub fn title(&self) -> String {
        let (first, rest) = self.label.split_at(1);
        first.to_uppercase() + rest
    }

    /// Passes each value to `each` as shown to users; none if the field is absent.
    pub fn each_text(&self, posting: &Posting, mut each: impl FnMut(&str)) {
        match &self.kind {
            Kind::Required(field) | Kind::Block(field) => {
                let text = (field.get)(posting);
                if !text.is_empty() {
                    each(text);
                }
            }
            Kind::Line(field, _) => {
                if let Some(text) = (field.get)(posting) {
                    each(text);
                }
            }
            Kind::Lines(field, _) => (field.get)(posting).iter().for_each(|text| each(text)),
            Kind::Locations(field) => {
                for location in (field.get)(posting) {
                    each(&location.written);
                }
            }
            Kind::Word(field) => {
                if let Some(at) = (field.get)(posting) {
                    each(field.words[usize::from(at)]);
                }
            }
            Kind::Words(field) => {
                (field.each)(posting, &mut |at| each(field.words[usize::from(at)]));
            }
            Kind::Day(field) => {
                if let Some(day) = (field.get)(posting) {
                    each(&day.to_string());
                }
            }
            Kind::Flag(field) => {
                if *(field.get)(posting) {
                    each("true");
                }
            }
            Kind::Salaries(field) => {
                for range in (field.get)(posting) {
                    each(&range.to_string());
                }
            }
            Kind::Years(field) => {
                if let Some(years) = (field.get)(posting) {
                    each(&years.to_string());
                }
            }
            Kind::Source(field) => {
                if let Some(source) = (field.get)(posting) {
                    let texts = source.format.iter().chain(&source.url);
                    texts.for_each(|text| each(text));
                    let days = [source.retrieved, source.first_seen, source.last_seen];
                    for day in days.into_iter().flatten() {
                        each(&day.to_string());
                    }
                }
            }
        }
    }

    /// Copies the field from one posting to another.
    pub fn copy(&self, from: &Posting, to: &mut Posting) {
        match &self.kind {
            Kind::Required(field) | Kind::Block(field) => {
                (field.get_mut)(to).clone_from((field.get)(from));
            }
            Kind::Line(field, _) => (field.get_mut)(to).clone_from((field.get)(from)),
            Kind::Lines(field, _) => (field.get_mut)(to).clone_from((field.get)(from)),
            Kind::Locations(field) => (field.get_mut)(to).clone_from((field.get)(from)),
            Kind::Word(field) => (field.set)(to, (field.get)(from)),
            Kind::Words(field) => {
                (field.clear)(to);
                (field.each)(from, &mut |at| (field.add)(to, at));
            }
            Kind::Day(field) => *(field.get_mut)(to) = *(field.get)(from),
            Kind::Flag(field) => *(field.get_mut)(to) = *(field.get)(from),
            Kind::Salaries(field) => (field.get_mut)(to).clone_from((field.get)(from)),
            Kind::Years(field) => *(field.get_mut)(to) = *(field.get)(from),
            Kind::Source(field) => (field.get_mut)(to).clone_from((field.get)(from)),
        }
    }

    /// Passes each value to `each` as it is hashed. Hashes are kept on disk: never change it.
    pub fn each_hashed(&self, posting: &Posting, mut each: impl FnMut(&str)) {
        let is_pay = matches!(self.kind, Kind::Salaries(_));
        self.each_text(posting, |text| {
            if is_pay {
                each(&text.replacen(" an hour", " a hour", 1));
            } else {
                each(text);
            }
        });
    }

    /// The values as shown to users, joined by `separator`; empty if the field is absent.
    pub fn text(&self, posting: &Posting, separator: &str) -> String {
        let mut joined = String::new();
        let mut is_first = true;
        self.each_text(posting, |text| {
            if !std::mem::take(&mut is_first) {
                joined.push_str(separator);
            }
            joined.push_str(text);
        });
        joined
    }
}

#[cfg(test)]
mod tests;
