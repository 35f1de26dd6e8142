//! Drafts: postings in the words of a feed, and their validation.

use std::fmt::Write as _;

use url::Url;

use super::amount::{self, Amount};
use super::day::Day;
use super::html::{heading, plain};
pub(super) use super::refusal::Refusal;
use super::{About, LeftOut, Row, RowPosition, address, slug, vocabulary};
use crate::board::field::{BLOCK, Check, LINE, LIST, TITLE};
use crate::board::{
    Date, Employment, Level, Location, Period, Posting, Salary, Source, Sponsorship, Workplace,
    encoding, masked, text,
};
use crate::places::{self, Area, PlaceFields, country_code, country_name};

/// Maximum length of a left-out value in messages.
const TOLD: usize = 80;

/// A posting in the words of a feed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Key of the feed; empty if it has none.
    pub(super) id: String,
    /// Company of the board, if the feed is that of one employer.
    pub(super) board: Option<String>,
    pub(super) title: String,
    pub(super) company: Option<String>,
    /// Company as its board's address calls it, such as `acme`; anything else is better.
    pub(super) company_in_address: Option<String>,
    pub(super) team: Option<String>,
    pub(super) locations: Vec<String>,
    pub(super) workplace: Option<Workplace>,
    pub(super) employment: Vec<Employment>,
    /// Kinds of employment in the feed's words.
    pub(super) employment_words: String,
    pub(super) posted: Day,
    pub(super) closes: Day,
    pub(super) salary: Vec<Salary>,
    pub(super) url: Option<String>,
    /// Base of relative addresses, as stated in the document.
    pub(super) base: Option<String>,
    /// Base address otherwise, if the document's own address is unknown.
    pub(super) home: Option<&'static str>,
    /// Makes the address of a posting from the board's address and `url`, if the feed only gives a key.
    pub(super) page_at: Option<fn(&Url, &str) -> Option<String>>,
    pub(super) level: Option<Level>,
    /// The level in the feed's words.
    pub(super) level_words: String,
    pub(super) sponsorship: Option<Sponsorship>,
    pub(super) publisher: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    /// Markdown.
    pub(super) description: String,
    /// Fields without a member above, already validated.
    pub(super) others: Posting,
    /// Information without a posting field, by name.
    pub(super) extras: Vec<(&'static str, String)>,
    /// Information under the feed's own names.
    pub(super) stated: Vec<(String, String)>,
    /// Fields whose values could not be read: name in the feed, and value.
    pub(super) left_out: Vec<(String, String)>,
    /// Whether titles and names are plain text already, and not HTML.
    pub(super) is_plain: bool,
    /// Whether a row of the same key with another place is the same posting: the feed has a row for each place.
    pub(super) is_row_of_place: bool,
    /// Whether the row was damaged, and is read as far as it is clear.
    pub(super) is_repaired: bool,
}

impl Draft {
    /// Copies every value of a posting.
    pub(super) fn with(self, mut posting: Posting) -> Self {
        use std::mem::take;
        Self {
            title: take(&mut posting.title),
            company: take(&mut posting.company),
            team: take(&mut posting.team),
            workplace: take(&mut posting.workplace),
            employment: take(&mut posting.employment),
            posted: take(&mut posting.posted).into(),
            closes: take(&mut posting.closes).into(),
            salary: take(&mut posting.salary),
            level: take(&mut posting.level),
            sponsorship: take(&mut posting.sponsorship),
            publisher: take(&mut posting.publisher),
            tags: take(&mut posting.tags),
            language: take(&mut posting.language),
            description: take(&mut posting.description),
            others: posting,
            ..self
        }
    }

    /// Validates the draft: the posting with all texts cleaned, and the values left out.
    pub(super) fn finish(
        mut self,
        place: RowPosition,
        format: &str,
        about: &About,
    ) -> Result<Row, Refusal> {
        let posting = self.posting(format, about)?;
        let left_out = std::mem::take(&mut self.left_out).into_iter();
        let left_out = left_out.map(|(field, value)| LeftOut {
            row: place.row,
            field: text::line(&field),
            value: short(&text::line(&value), TOLD),
        });
        Ok(Row {
            posting,
            left_out: left_out.collect(),
            number: place.row,
            is_row_of_place: self.is_row_of_place,
            is_repaired: self.is_repaired,
        })
    }

    fn posting(&mut self, format: &str, about: &About) -> Result<Posting, Refusal> {
        let id = self.key();
        self.decode();
        let whole_title = line(&self.title);
        if whole_title.is_empty() {
            let unread = self.left_out.first().map(|(field, value)| {
                let value = short(&text::line(value), TOLD);
                format!(", and `{field}` cannot be read: {value}")
            });
            let unread = unread.unwrap_or_default();
            return Err(Refusal::wrong(format!("it has no title{unread}")));
        }
        let title = short(&whole_title, TITLE);
        if title != whole_title {
            self.extras.push(("Title", whole_title));
        }
        let kinds = std::mem::take(&mut self.employment_words);
        self.employ(kinds.split(','));
        self.grade();
        let posted = std::mem::take(&mut self.posted);
        let closes = std::mem::take(&mut self.closes);
        let mut posting = Posting {
            id,
            title,
            company: some(self.company.take())
                .or_else(|| some(about.company.clone()))
                .or_else(|| some(self.company_in_address.take())),
            team: some(self.team.take()),
            workplace: self.workplace,
            employment: std::mem::take(&mut self.employment),
            posted: self.day("Posted", posted, about.today),
            closes: self.day("Closes", closes, about.today),
            level: self.level,
            sponsorship: self.sponsorship,
            publisher: some(self.publisher.take()),
            tags: lines(std::mem::take(&mut self.tags)),
            language: self.language.take().and_then(|tag| language(&tag)),
            source: Some(Source {
                format: Some(format.to_owned()),
                url: about.url.clone().filter(|url| url.len() <= LINE),
                retrieved: Some(about.today),
                first_seen: Some(about.today),
                last_seen: None,
            }),
            ..std::mem::take(&mut self.others)
        };
        self.places(&mut posting);
        self.address(&mut posting, about);
        posting.salary = self.pay();
        let whole = self.whole_links(&self.description, about);
        self.description = whole.unwrap_or_else(|| std::mem::take(&mut self.description));
        posting.description = self.body()?;
        Ok(posting)
    }

    /// Decodes the entities of titles and names, once.
    fn decode(&mut self) {
        if self.is_plain {
            return;
        }
        let decode = |text: &mut String| {
            if text.contains(['&', '<']) {
                *text = plain(text);
            }
        };
        decode(&mut self.title);
        let names = [
            &mut self.company,
            &mut self.company_in_address,
            &mut self.team,
            &mut self.publisher,
        ];
        names.into_iter().flatten().for_each(decode);
        self.locations.iter_mut().for_each(decode);
        self.tags.iter_mut().for_each(decode);
    }

    /// Reads kinds of employment in the feed's words. Unknown ones are kept as text.
    pub(super) fn employ<T: AsRef<str>>(&mut self, kinds: impl IntoIterator<Item = T>) {
        for written in kinds {
            let written = written.as_ref().trim();
            let known = vocabulary::employment(written);
            if known.is_empty() && !vocabulary::says_nothing(written) {
                self.extras.push(("Employment", written.replace('_', " ")));
            }
            for kind in known {
                if !self.employment.contains(&kind) {
                    self.employment.push(kind);
                }
            }
        }
    }

    /// Reads the level in the feed's words. An unknown one is kept as text.
    fn grade(&mut self) {
        let written = std::mem::take(&mut self.level_words);
        let known = vocabulary::level(&written);
        if known.is_none() && !vocabulary::says_nothing(&written) {
            self.extras.push(("Level", written.replace('_', " ")));
        }
        self.level = self.level.or(known);
    }

    /// Sets the team, and adds a differing department as a tag.
    pub(super) fn group(&mut self, team: Option<String>, department: Option<String>) {
        if team.is_some() && department != team {
            self.tags.extend(department);
            self.team = team;
        } else {
            self.team = team.or(department);
        }
    }

    /// Leaves out a value that could not be read; it is kept in the description.
    pub(super) fn leave_out(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        self.left_out.push((name.to_lowercase(), value.clone()));
        self.extras.push((name, value));
    }

    fn day(&mut self, name: &'static str, day: Day, fetched: Date) -> Option<Date> {
        day.resolved(fetched).unwrap_or_else(|written| {
            self.leave_out(name, written);
            None
        })
    }

    /// Adds a pay range. An incomplete one is kept in the description, with the feed's words for its period.
    pub(super) fn paid(
        &mut self,
        (min, max): (impl Into<Amount>, impl Into<Amount>),
        currency: &str,
        (per, words): (Option<Period>, &str),
    ) -> Option<&mut Salary> {
        let (min, max) = (min.into(), max.into());
        let stated = amount::stated((&min, &max), &format!("{currency} {words}"));
        if let Some(range) = amount::range((min, max), currency, per) {
            self.salary.push(range);
            return self.salary.last_mut();
        }
        self.extras.extend(stated.map(|pay| ("Pay", pay)));
        None
    }

    /// Adds pay given as text. Missing parts come from other fields; unless all of it is understood, the text is kept
    /// in the description.
    pub(super) fn paid_in_words(&mut self, written: &str, currency: &str, per: Option<Period>) {
        let written = written.trim();
        match amount::in_words(written, currency, per) {
            Some(range) => self.salary.push(range),
            None if written.is_empty() => {}
            None if currency.is_empty() || written.contains(char::is_alphabetic) => {
                self.extras.push(("Pay", written.to_owned()));
            }
            None => self.extras.push(("Pay", format!("{written} {currency}"))),
        }
    }

    /// Key of the feed as a slug, or one derived from the content.
    fn key(&self) -> String {
        let key = slug::gated(&self.id);
        if !key.is_empty() && key.len() <= 120 {
            return key;
        }
        let mut known_by = vec![self.id.as_str()];
        if let Some(url) = &self.url {
            known_by.push(url);
        } else {
            known_by.push(&self.title);
            known_by.extend(self.company.as_deref());
            known_by.extend(self.company_in_address.as_deref());
            known_by.extend(self.locations.iter().map(String::as_str));
        }
        slug::hashed(&line(&self.title), &known_by.join("\n"))
    }

    fn places(&mut self, posting: &mut Posting) {
        let written = lines(std::mem::take(&mut self.locations));
        let mut places: Vec<Location> = Vec::new();
        let pieces = written.iter().flat_map(|written| separate(written));
        let pieces = pieces.flat_map(|piece| {
            if places::is_list_of_countries(piece) {
                let codes = places::listed_countries(piece).into_iter();
                return codes.filter_map(places::country_name).collect();
            }
            places::split(piece)
        });
        for place in pieces {
            if places.iter().all(|known| known.written != place) {
                places.push(Location::parse(place));
            }
        }
        places.truncate(LIST);
        posting.locations = places;
    }

    /// An address that must not be opened is kept as text.
    fn address(&mut self, posting: &mut Posting, about: &About) {
        let written = self.url.take().map(|url| line(&url));
        let Some(written) = written.filter(|written| !written.is_empty()) else {
            return;
        };
        // One that was cut would lead elsewhere.
        let fits = |url: &String| url.chars().count() <= LINE;
        if let Some(page_at) = self.page_at {
            let board = about.url.as_deref().and_then(|url| Url::parse(url).ok());
            let page = board.and_then(|board| page_at(&board, &written));
            posting.url = page.and_then(|page| address::safe(&page)).filter(fits);
            if posting.url.is_none() && written.contains('/') {
                self.extras.push(("Page", written));
            }
            return;
        }
        let whole = self.whole_address(about, &written);
        posting.url = address::safe(whole.as_ref().unwrap_or(&written)).filter(fits);
        if posting.url.is_none() {
            self.extras
                .push(("Address", short(&masked(&written), LINE)));
        }
    }

    /// Where an address leads to from the document.
    fn whole_address(&self, about: &About, written: &str) -> Option<String> {
        let outer = about.url.as_deref().or(self.home);
        let base = match (&self.base, outer) {
            (Some(own), Some(outer)) => address::joined(outer, own),
            (own, outer) => own.clone().or_else(|| outer.map(str::to_owned)),
        };
        address::joined(&base?, written)
    }

    /// Makes relative addresses in the description whole.
    fn whole_links(&self, markdown: &str, about: &About) -> Option<String> {
        // The language of interface texts is unknown.
        if self.base.is_none() && self.home.is_none() {
            return None;
        }
        let mut out = String::new();
        let mut copied = 0;
        for (at, _) in markdown.match_indices("](") {
            let start = at + 2;
            let rest = &markdown[start..];
            let length = rest.find([')', ' ', '\n']).unwrap_or(rest.len());
            let written = &rest[..length];
            let is_whole = written
                .split_once(':')
                .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            if start < copied || is_whole || written.is_empty() || written.starts_with('#') {
                continue;
            }
            let Some(whole) = self.whole_address(about, &written.replace('\\', "")) else {
                continue;
            };
            out.push_str(&markdown[copied..start]);
            out.push_str(
                &whole
                    .replace('&', "\\&")
                    .replace('(', "%28")
                    .replace(')', "%29"),
            );
            copied = start + length;
        }
        (copied > 0).then(|| out + &markdown[copied..])
    }

    fn pay(&mut self) -> Vec<Salary> {
        let mut pay: Vec<Salary> = Vec::new();
        for mut range in self.salary.drain(..).take(LIST) {
            range.location = some(range.location);
            if !pay.contains(&range) {
                pay.push(range);
            }
        }
        pay
    }

    fn body(&mut self) -> Result<String, Refusal> {
        let mut body = std::mem::take(&mut self.description);
        let stated = std::mem::take(&mut self.extras).into_iter();
        let named = std::mem::take(&mut self.stated).into_iter().take(LIST);
        let named = named.map(|(name, what)| (short(&line(&name), TOLD), what));
        let stated: Vec<_> = stated
            .map(|(name, what)| (name.to_owned(), what))
            .chain(named)
            .map(|(name, what)| (name, line(&what)))
            .filter(|(name, what)| !name.is_empty() && !what.is_empty())
            .collect();
        if !stated.is_empty() {
            heading(&mut body, "As the source states it");
            for (name, what) in stated {
                let mut letters = name.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                let name: String = first.chain(letters.clone()).collect();
                let line = super::html::escaped(&format!("{name}: {what}"));
                let _ = writeln!(body, "- {line}");
            }
        }
        let clean = text::block(&encoding::fix_encoding(&body));
        let clean = clean.trim_end().trim_start_matches('\n');
        if clean.len() > BLOCK {
            return Err(Refusal::wrong("its description is larger than 256 KiB"));
        }
        Ok(clean.to_owned())
    }
}

/// A place in its source's words and in fields, as one line that reads as the fields say: the words, where they do; else
/// the words with the country, or the fields.
pub(super) fn place(written: &str, fields: &PlaceFields<'_>) -> String {
    let written = written.trim();
    if written.is_empty() {
        return fields.written();
    }
    let Some(country) = country_code(fields.country) else {
        return written.to_owned();
    };
    let reads = |line: &str| Location::parse(line);
    let own = reads(written);
    let is_area = own.country.is_none() && Area::named(written).is_some();
    // A country alone is not made narrower: the address behind it may be that of an office.
    if own.country.as_deref() == Some(country) || is_area {
        return written.to_owned();
    }
    if own.country.is_none() {
        let name = country_name(country);
        let named = format!("{written}, {}", name.unwrap_or(fields.country));
        let read = reads(&named);
        let knows_city =
            read.city.is_some() || fields.city.trim().is_empty() || read.workplace.is_some();
        if read.country.as_deref() == Some(country) && knows_city {
            return named;
        }
    }
    fields.written()
}

/// Cleans a single-line text.
pub(super) fn line(raw: &str) -> String {
    text::line(&encoding::fix_encoding(raw))
}

fn some(raw: Option<String>) -> Option<String> {
    let line = short(&line(&raw?), LINE);
    (!line.is_empty()).then_some(line)
}

/// Cleans a list: without empty lines and duplicates.
fn lines(raw: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for one in raw.into_iter().take(LIST) {
        if let Some(line) = some(Some(one))
            && !lines.contains(&line)
        {
            lines.push(line);
        }
    }
    lines
}

/// Truncates to a number of characters, between words if possible.
fn short(line: &str, most: usize) -> String {
    let Some((cut, _)) = line.char_indices().nth(most) else {
        return line.to_owned();
    };
    let end = line[..cut].char_indices().next_back();
    let kept = &line[..end.map_or(0, |(end, _)| end)];
    let kept = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{}…", kept.trim_end())
}

/// Splits a text with several locations at semicolons and bars outside brackets.
fn separate(written: &str) -> Vec<&str> {
    let mut open = 0_usize;
    let places = written.split(move |c| {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0 && matches!(c, ';' | '|')
    });
    let places = places.map(str::trim).filter(|place| !place.is_empty());
    places.collect()
}

/// Normal form of a language tag.
fn language(raw: &str) -> Option<String> {
    let tag = raw.trim().replace('_', "-");
    Check::Language.accept("language", &tag).ok()
}
