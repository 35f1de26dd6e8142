//! Decodes values; `None` if the bytes are damaged.

#![expect(
    clippy::option_option,
    reason = "what is read may be damaged, and what is there may be absent"
)]

use iso_currency::Currency;

use crate::board::field::{FIELDS, Kind};
use crate::board::{
    Coordinates, Date, Exchange, Interview, Location, Period, Person, Posting, Salary, Source,
    Workplace, Years,
};

/// Decoder that reads values in the order they were written.
#[derive(Debug)]
pub struct RecordReader<'a> {
    bytes: &'a [u8],
}

impl<'a> RecordReader<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all bytes were read.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    /// Reads a number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Reads a text without copying it.
    pub fn borrowed(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.blob()?).ok()
    }

    /// Reads arbitrary bytes.
    pub fn blob(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<String> {
        self.borrowed().map(str::to_owned)
    }

    /// Reads an optional text.
    pub fn optional(&mut self) -> Option<Option<String>> {
        self.if_there(Self::text)
    }

    fn if_there<T>(&mut self, take: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            _ => take(self).map(Some),
        }
    }

    /// Reads a count, then that number of values.
    pub fn list<T>(&mut self, take: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| take(self)).collect()
    }

    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|byte| byte != 0)
    }

    fn day(&mut self) -> Option<Option<Date>> {
        self.if_there(|reader| {
            let year = i16::from_le_bytes(reader.array()?);
            let [month, day] = reader.array()?;
            Date::new(year, month.cast_signed(), day.cast_signed()).ok()
        })
    }

    fn word<T: Copy>(&mut self, words: &[T]) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            place => words.get(usize::from(place) - 1).copied().map(Some),
        }
    }

    fn amount(&mut self) -> Option<Option<f64>> {
        self.if_there(|reader| Some(f64::from_bits(u64::from_le_bytes(reader.array()?))))
    }

    fn location(&mut self) -> Option<Location> {
        Some(Location {
            written: self.text()?,
            country: self.optional()?,
            region: self.optional()?,
            city: self.optional()?,
            coordinates: match self.number()? {
                0 => None,
                point => Some(Coordinates::from_bits(u32::try_from(point - 1).ok()?)),
            },
            workplace: self.word(Workplace::ALL)?,
            remote_from: self.list(Self::text)?,
        })
    }

    fn salary(&mut self) -> Option<Salary> {
        Some(Salary {
            min: self.amount()?,
            max: self.amount()?,
            currency: Currency::from_code(self.borrowed()?)?,
            per: self.word(Period::ALL)??,
            location: self.optional()?,
        })
    }

    fn source(&mut self) -> Option<Source> {
        Some(Source {
            format: self.optional()?,
            url: self.optional()?,
            retrieved: self.day()?,
            first_seen: self.day()?,
            last_seen: self.day()?,
        })
    }

    fn years(&mut self) -> Option<Years> {
        let mut end = || self.if_there(Self::byte);
        Some(Years {
            min: end()?,
            max: end()?,
        })
    }

    /// Reads a posting without its description.
    pub fn posting(&mut self) -> Option<Posting> {
        let mut posting = Posting::default();
        for field in FIELDS {
            let posting = &mut posting;
            match &field.kind {
                Kind::Required(field) => *(field.get_mut)(posting) = self.text()?,
                Kind::Line(field, _) => *(field.get_mut)(posting) = self.optional()?,
                Kind::Block(_) => {}
                Kind::Lines(field, _) => *(field.get_mut)(posting) = self.list(Self::text)?,
                Kind::Locations(field) => *(field.get_mut)(posting) = self.list(Self::location)?,
                Kind::Word(field) => match self.byte()? {
                    0 => {}
                    at if usize::from(at) <= field.words.len() => {
                        (field.set)(posting, Some(at - 1));
                    }
                    _ => return None,
                },
                Kind::Words(field) => {
                    for &at in self.blob()? {
                        (usize::from(at) < field.words.len()).then_some(())?;
                        (field.add)(posting, at);
                    }
                }
                Kind::Day(field) => *(field.get_mut)(posting) = self.day()?,
                Kind::Flag(field) => *(field.get_mut)(posting) = self.flag()?,
                Kind::Salaries(field) => *(field.get_mut)(posting) = self.list(Self::salary)?,
                Kind::Years(field) => *(field.get_mut)(posting) = self.if_there(Self::years)?,
                Kind::Source(field) => *(field.get_mut)(posting) = self.if_there(Self::source)?,
            }
        }
        posting.board = self.text()?;
        Some(posting)
    }

    /// Reads an interview.
    pub fn interview(&mut self) -> Option<Interview> {
        Some(Interview {
            id: self.text()?,
            title: self.text()?,
            subtitle: self.optional()?,
            person: self.if_there(|reader| {
                Some(Person {
                    name: reader.text()?,
                    role: reader.optional()?,
                })
            })?,
            photo: self.optional()?,
            credit: self.optional()?,
            caption: self.optional()?,
            editors_note: self.optional()?,
            introduction: self.optional()?,
            topics: self.list(Self::text)?,
            publisher: self.optional()?,
            retold: self.flag()?,
            related: self.if_there(|reader| reader.list(Self::text))?,
            url: self.optional()?,
            exchanges: self.list(|reader| {
                Some(Exchange {
                    question: reader.text()?,
                    answer: reader.text()?,
                })
            })?,
        })
    }
}
