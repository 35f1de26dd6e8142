//! Encodes values.

use crate::board::field::{FIELDS, Kind};
use crate::board::{Date, Interview, Location, Posting, Salary, Source, Years};

/// Encoder that appends values to a buffer.
#[derive(Debug, Default)]
pub struct RecordWriter {
    /// The encoded bytes.
    pub bytes: Vec<u8>,
}

impl RecordWriter {
    /// Writes a number as a varint; small ones take one byte.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    /// Writes arbitrary bytes.
    pub fn blob(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes an optional text.
    pub fn optional(&mut self, text: Option<&str>) {
        self.flag(text.is_some());
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn texts(&mut self, texts: &[String]) {
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }

    fn flag(&mut self, flag: bool) {
        self.bytes.push(flag.into());
    }

    fn day(&mut self, day: Option<Date>) {
        self.flag(day.is_some());
        if let Some(day) = day {
            self.bytes.extend(day.year().to_le_bytes());
            self.bytes.push(day.month().cast_unsigned());
            self.bytes.push(day.day().cast_unsigned());
        }
    }

    /// Writes a word of a closed list by its index.
    fn word(&mut self, word: Option<u8>) {
        self.bytes.push(word.map_or(0, |word| word + 1));
    }

    fn amount(&mut self, amount: Option<f64>) {
        self.flag(amount.is_some());
        if let Some(amount) = amount {
            self.bytes.extend(amount.to_bits().to_le_bytes());
        }
    }

    fn location(&mut self, location: &Location) {
        self.text(&location.written);
        self.optional(location.country.as_deref());
        self.optional(location.region.as_deref());
        self.optional(location.city.as_deref());
        // Incremented, so that 0 means no coordinates.
        let point = location
            .coordinates
            .map(|point| u64::from(point.to_bits()) + 1);
        self.number(point.unwrap_or(0));
        self.word(location.workplace.map(|one| one as u8));
        self.number(location.remote_from.len() as u64);
        location.remote_from.iter().for_each(|area| self.text(area));
    }

    fn salary(&mut self, salary: &Salary) {
        self.amount(salary.min);
        self.amount(salary.max);
        self.text(salary.currency.code());
        self.word(Some(salary.per as u8));
        self.optional(salary.location.as_deref());
    }

    fn source(&mut self, source: &Source) {
        self.optional(source.format.as_deref());
        self.optional(source.url.as_deref());
        self.day(source.retrieved);
        self.day(source.first_seen);
        self.day(source.last_seen);
    }

    fn years(&mut self, years: Years) {
        for end in [years.min, years.max] {
            self.flag(end.is_some());
            self.bytes.extend(end);
        }
    }

    /// Writes a posting without its description; the id comes first.
    pub fn posting(&mut self, posting: &Posting) {
        for field in FIELDS {
            match &field.kind {
                Kind::Required(field) => self.text((field.get)(posting)),
                Kind::Line(field, _) => self.optional((field.get)(posting).as_deref()),
                Kind::Block(_) => {}
                Kind::Lines(field, _) => self.texts((field.get)(posting)),
                Kind::Locations(field) => {
                    let locations = (field.get)(posting);
                    self.number(locations.len() as u64);
                    for location in locations {
                        self.location(location);
                    }
                }
                Kind::Word(field) => self.word((field.get)(posting)),
                Kind::Words(field) => {
                    let mut words = Vec::new();
                    (field.each)(posting, &mut |at| words.push(at));
                    self.blob(&words);
                }
                Kind::Day(field) => self.day(*(field.get)(posting)),
                Kind::Flag(field) => self.flag(*(field.get)(posting)),
                Kind::Salaries(field) => {
                    let ranges = (field.get)(posting);
                    self.number(ranges.len() as u64);
                    for range in ranges {
                        self.salary(range);
                    }
                }
                Kind::Years(field) => {
                    let years = *(field.get)(posting);
                    self.flag(years.is_some());
                    if let Some(years) = years {
                        self.years(years);
                    }
                }
                Kind::Source(field) => {
                    let source = (field.get)(posting);
                    self.flag(source.is_some());
                    if let Some(source) = source {
                        self.source(source);
                    }
                }
            }
        }
        self.text(&posting.board);
    }

    /// Writes an interview.
    pub fn interview(&mut self, interview: &Interview) {
        self.text(&interview.id);
        self.text(&interview.title);
        self.optional(interview.subtitle.as_deref());
        self.flag(interview.person.is_some());
        if let Some(person) = &interview.person {
            self.text(&person.name);
            self.optional(person.role.as_deref());
        }
        self.optional(interview.photo.as_deref());
        self.optional(interview.credit.as_deref());
        self.optional(interview.caption.as_deref());
        self.optional(interview.editors_note.as_deref());
        self.optional(interview.introduction.as_deref());
        self.texts(&interview.topics);
        self.optional(interview.publisher.as_deref());
        self.flag(interview.retold);
        self.flag(interview.related.is_some());
        interview.related.iter().for_each(|ids| self.texts(ids));
        self.optional(interview.url.as_deref());
        self.number(interview.exchanges.len() as u64);
        for exchange in &interview.exchanges {
            self.text(&exchange.question);
            self.text(&exchange.answer);
        }
    }
}
