//! Converts the columns of a row to a draft.

use super::{Key, RowFields};
use crate::board::field::{self, Kind, Value};
use crate::board::{Level, Sponsorship, Workplace, Years};
use crate::places;

use super::super::body::Body;
use super::super::day::{self, Day};
use super::super::draft::{self, Draft, Refusal};
use super::super::{currency, html, quoted_list, vocabulary, workable::located};

impl RowFields<'_> {
    /// The draft.
    pub(in super::super) fn draft(self) -> Result<Draft, Refusal> {
        let mut draft = Draft {
            id: self.text(Key::Id).unwrap_or_default(),
            title: self.text(Key::Title).unwrap_or_default(),
            company: self.text(Key::Company),
            team: self.text(Key::Team),
            locations: self.places(),
            posted: self.day(Key::Posted),
            closes: self.day(Key::Closes),
            url: self.text(Key::Url),
            publisher: self.text(Key::Publisher),
            tags: self.list(Key::Tags),
            language: self.text(Key::Language),
            description: self.body()?,
            is_plain: self.is_own,
            ..Draft::default()
        };
        self.words(&mut draft);
        self.pay(&mut draft);
        self.others(&mut draft);
        Ok(draft)
    }

    fn day(&self, key: Key) -> Day {
        day::day(&self.text(key).unwrap_or_default())
    }

    fn list(&self, key: Key) -> Vec<String> {
        let texts = self.texts(key).into_iter();
        let split = texts.flat_map(|text| {
            // Commas are within the values where something else separates them.
            if self.is_own {
                return quoted_list::split(&text);
            }
            let separators: &[char] = if text.contains([';', '|']) {
                &[';', '|']
            } else {
                &[',']
            };
            let parts = text.split(separators);
            let parts = parts.map(|part| part.trim().to_owned());
            parts.collect::<Vec<_>>()
        });
        split.collect()
    }

    /// Fields of closed lists. An unknown word is kept in the description.
    fn words(&self, draft: &mut Draft) {
        let workplace = self.text(Key::Workplace).unwrap_or_default();
        let workplace = if workplace.eq_ignore_ascii_case("none") {
            String::new()
        } else {
            workplace
        };
        let of = |word: &str| Workplace::from_word(word).or_else(|| vocabulary::workplace(word));
        draft.workplace = meant(draft, "Workplace", &workplace, of);
        if draft.workplace.is_none() {
            let remote = self.text(Key::Remote).unwrap_or_default();
            let flag = matches!(
                remote.to_ascii_lowercase().as_str(),
                "true" | "yes" | "y" | "1"
            );
            draft.workplace = vocabulary::remote(Some(flag)).or_else(|| of(&remote));
        }
        for kind in self.list(Key::Employment) {
            match vocabulary::employment(&kind).as_slice() {
                [] if !vocabulary::says_nothing(&kind) => draft.leave_out("Employment", kind),
                [] => {}
                read => draft.employment.extend(read),
            }
        }
        let level = self.text(Key::Level).unwrap_or_default();
        let of = |word: &str| Level::from_word(word).or_else(|| vocabulary::level(word));
        draft.level = meant(draft, "Level", &level, of);
        let sponsorship = self.text(Key::Sponsorship).unwrap_or_default();
        draft.sponsorship = meant(draft, "Sponsorship", &sponsorship, Sponsorship::from_word);
    }

    /// Fields that only have our own names. Invalid values are kept as text.
    fn others(&self, draft: &mut Draft) {
        for (key, name) in [
            (Key::RemoteFrom, "remote_from"),
            (Key::Years, "years"),
            (Key::Education, "education"),
            (Key::Skills, "skills"),
            (Key::Languages, "languages"),
            (Key::Clearance, "clearance"),
            (Key::Retold, "retold"),
            (Key::Pinned, "pinned"),
        ] {
            let (Some(field), Some(text)) = (field::named(name), self.text(key)) else {
                continue;
            };
            if key == Key::Years {
                draft.others.years = Years::parse(&text);
                if draft.others.years.is_none() {
                    draft.extras.push((field.label, text));
                }
                continue;
            }
            let value = match field.kind {
                Kind::Lines(..) => {
                    let list = self.list(key).into_iter();
                    Value::List(list.map(|one| Value::Text(one.into())).collect())
                }
                Kind::Flag(_) => Value::Flag(text.eq_ignore_ascii_case("true")),

                _ => Value::from(text.as_str()),
            };
            if !field.read(&mut draft.others, &value).is_empty() {
                draft.extras.push((field.label, text));
            }
        }
    }

    /// The places as written where their parts agree with the text; otherwise joined from the parts.
    fn places(&self) -> Vec<String> {
        let parts = [Key::City, Key::Region, Key::Country];
        let in_parts = self.groups(&parts);
        let written = self.all(Key::Location);
        // One place that is written in several ways has no list of its own.
        if in_parts.is_empty() || (in_parts.len() == 1 && written.len() > 1) {
            return self.texts(Key::Location);
        }
        let mut groups: Vec<usize> = written.iter().map(|field| field.group).collect();
        groups.extend(in_parts);
        groups.sort_unstable();
        groups.dedup();
        let places = groups.into_iter().map(|group| {
            let [city, region, country] =
                parts.map(|key| self.text_in(key, group).unwrap_or_default());
            let postcode = self.text_in(Key::Postcode, group).unwrap_or_default();
            let written = self.text_in(Key::Location, group).unwrap_or_default();
            if written.is_empty() {
                return located(&[&city, &region, &country], &postcode);
            }
            let fields = places::PlaceFields {
                country: &country,
                region: &region,
                city: &city,
                postcode: &postcode,
            };
            draft::place(&written, &fields)
        });
        places.collect()
    }

    /// Feeds write HTML or Markdown; text with tags is HTML.
    fn body(&self) -> Result<String, Refusal> {
        let text = self.text(Key::Description).unwrap_or_default();
        let mut body = Body::default();
        if !self.is_own && html::is_written(&text) {
            body.html(&text)?;
        } else {
            body.push(&text);
        }
        for (title, key) in [
            ("Responsibilities", Key::Responsibilities),
            ("Requirements", Key::Requirements),
            ("Qualifications", Key::Qualifications),
            ("Benefits", Key::Benefits),
        ] {
            match self.texts(key).as_slice() {
                [] => {}
                [text] => {
                    body.section(title, text)?;
                }
                items => {
                    body.list(title, items);
                }
            }
        }
        Ok(body.finish())
    }

    /// Amounts in separate columns, one range per list element; else pay as text.
    fn pay(&self, draft: &mut Draft) {
        let written = self.texts(Key::Salary);
        for group in self.groups(&[Key::SalaryMin, Key::SalaryMax]) {
            let amounts = (
                self.amount_in(Key::SalaryMin, group),
                self.amount_in(Key::SalaryMax, group),
            );
            let of = |key| self.text_in(key, group).or_else(|| self.text(key));
            let currency = of(Key::Currency).unwrap_or_default();
            let per = of(Key::Per).unwrap_or_default();
            let range = draft.paid(amounts, &currency, (vocabulary::period(&per), &per));
            if let Some(range) = range {
                range.location = self.text_in(Key::SalaryLocation, group);
            }
        }
        if draft.salary.is_empty() {
            let currency = self.text(Key::Currency);
            let country = self.text(Key::Country).unwrap_or_default();
            let per = self.text(Key::Per).unwrap_or_default();
            for text in written {
                let dollars = currency::of_dollars(&text, &country);
                let currency = currency.as_deref().unwrap_or(dollars);
                draft.paid_in_words(&text, currency, vocabulary::period(&per));
            }
        }
    }
}

/// Value of a word; an unknown word is kept in the description.
fn meant<T>(
    draft: &mut Draft,
    name: &'static str,
    word: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let meant = read(word);
    if meant.is_none() && !word.is_empty() {
        draft.leave_out(name, word);
    }
    meant
}
