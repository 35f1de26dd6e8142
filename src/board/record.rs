//! Postings and interviews as bytes, and back: compact, and read without looking anything up.
//!
//! The bytes are for a program's own use between two runs of it; another version may write them in another way.

#![expect(
    clippy::option_option,
    reason = "what is read may be damaged, and what is there may be absent"
)]

use iso_currency::Currency;

use super::{
    Date, Employment, Exchange, Interview, Level, Location, Period, Person, Posting, Salary,
    Source, Sponsorship, Workplace,
};

/// Values put one behind the other.
#[derive(Debug, Default)]
pub struct Writer {
    /// The bytes so far.
    pub bytes: Vec<u8>,
}

/// Values taken in the order in which they were put.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl Writer {
    /// Puts a number; small ones take a byte.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Puts a text.
    pub fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    /// Puts bytes that may be no text.
    pub fn blob(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// Puts a text that may be absent.
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

    /// A word of a closed list, by its place there.
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

    /// Puts a posting, but for its description; its id comes first.
    pub fn posting(&mut self, posting: &Posting) {
        self.text(&posting.id);
        self.text(&posting.board);
        self.text(&posting.title);
        self.optional(posting.company.as_deref());
        self.optional(posting.team.as_deref());
        self.number(posting.locations.len() as u64);
        posting.locations.iter().for_each(|one| self.location(one));
        self.word(posting.workplace.map(|word| word as u8));
        self.word(posting.employment.map(|word| word as u8));
        self.day(posting.posted);
        self.day(posting.closes);
        self.number(posting.salary.len() as u64);
        posting.salary.iter().for_each(|one| self.salary(one));
        self.optional(posting.url.as_deref());
        self.word(posting.level.map(|word| word as u8));
        self.word(posting.sponsorship.map(|word| word as u8));
        self.optional(posting.publisher.as_deref());
        self.flag(posting.retold);
        self.texts(&posting.tags);
        self.optional(posting.language.as_deref());
        self.flag(posting.source.is_some());
        posting.source.iter().for_each(|one| self.source(one));
    }

    /// Puts an interview.
    pub fn interview(&mut self, interview: &Interview) {
        self.text(&interview.id);
        self.text(&interview.title);
        self.optional(interview.subtitle.as_deref());
        self.flag(interview.person.is_some());
        if let Some(person) = &interview.person {
            self.text(&person.name);
            self.optional(person.role.as_deref());
        }
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

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether nothing is left.
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

    /// Takes a number.
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

    /// Takes a text that stays where it is.
    pub fn borrowed(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.blob()?).ok()
    }

    /// Takes bytes that may be no text.
    pub fn blob(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    /// Takes a text.
    pub fn text(&mut self) -> Option<String> {
        self.borrowed().map(str::to_owned)
    }

    /// Takes a text that may be absent.
    pub fn optional(&mut self) -> Option<Option<String>> {
        self.if_there(Self::text)
    }

    fn if_there<T>(&mut self, take: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            _ => take(self).map(Some),
        }
    }

    /// Takes a number, and then so many values.
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

    /// Takes a posting, but for its description.
    pub fn posting(&mut self) -> Option<Posting> {
        Some(Posting {
            id: self.text()?,
            board: self.text()?,
            title: self.text()?,
            company: self.optional()?,
            team: self.optional()?,
            locations: self.list(Self::location)?,
            workplace: self.word(Workplace::ALL)?,
            employment: self.word(Employment::ALL)?,
            posted: self.day()?,
            closes: self.day()?,
            salary: self.list(Self::salary)?,
            url: self.optional()?,
            level: self.word(Level::ALL)?,
            sponsorship: self.word(Sponsorship::ALL)?,
            publisher: self.optional()?,
            retold: self.flag()?,
            tags: self.list(Self::text)?,
            language: self.optional()?,
            source: self.if_there(Self::source)?,
            description: String::new(),
        })
    }

    /// Takes an interview.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_and_no_part_of_it_is_taken_for_all() {
        let day = Some(Date::constant(2026, 2, 28));
        let posting = Posting {
            id: "a".into(),
            board: "b".into(),
            title: "Größe".into(),
            company: Some(String::new()),
            team: None,
            locations: vec![Location::parse("US, WA, Seattle"), Location::parse("Moon")],
            workplace: Some(Workplace::Remote),
            employment: Some(Employment::FullTime),
            posted: day,
            closes: None,
            salary: vec![Salary {
                min: Some(1.5),
                max: None,
                currency: Currency::EUR,
                per: Period::Year,
                location: Some("Seattle".into()),
            }],
            url: Some("https://example.org".into()),
            level: Some(Level::Director),
            sponsorship: Some(Sponsorship::None),
            publisher: None,
            retold: true,
            tags: vec!["x".repeat(300), String::new()],
            language: Some("pt-BR".into()),
            description: String::new(),
            source: Some(Source {
                last_seen: day,
                ..Source::default()
            }),
        };
        let mut writer = Writer::default();
        writer.posting(&posting);
        let bytes = writer.bytes;
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.posting(), Some(posting));
        assert!(reader.is_done());
        for end in 0..bytes.len() {
            assert_eq!(Reader::new(&bytes[..end]).posting(), None, "{end}");
        }
        let interview = Interview {
            id: "i".into(),
            person: Some(Person {
                name: "Ada".into(),
                role: None,
            }),
            related: Some(vec!["a".into()]),
            exchanges: vec![Exchange {
                question: "Why?".into(),
                answer: "…".into(),
            }],
            ..Interview::default()
        };
        let mut writer = Writer::default();
        writer.interview(&interview);
        assert_eq!(Reader::new(&writer.bytes).interview(), Some(interview));
    }
}
