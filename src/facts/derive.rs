//! Derives facts from a posting: its title, its locations, and the sentences of its description.

use std::cell::OnceCell;
use std::ops::Range;

use iso_currency::Currency;

use crate::board::{Level, Workplace};

use super::plain::Plain;
use super::sentence::{self, Sentence};
use super::trigger::{
    CLEARANCE, EDUCATION, EMPLOYMENT, LANGUAGES, LEVEL, PAY, PEOPLE, REMOTE_FROM, SPONSORSHIP,
    Topics, WORKPLACE, YEARS,
};
use super::{
    Facts, Found, Part, Text, clearance, education, employment, languages, level, pay, remote_from,
    skills, sponsorship, workplace, years,
};

/// Derives all facts from a posting.
pub fn derive(text: &Text<'_>) -> Facts {
    let mut reading = Reading::default();
    reading.title.read(text.title, 0..text.title.len());
    reading.read_title(text);
    reading.read_locations(text);
    let wanted = reading.wanted();
    let dollar = OnceCell::new();
    let dollar = || *dollar.get_or_init(|| pay::dollar(text.locations));
    sentence::visit(text.description, wanted, |sentence| {
        reading.read_sentence(sentence, text.company, &dollar);
    });
    reading.finish(text)
}

/// Facts so far, and candidates to choose from.
#[derive(Default)]
struct Reading {
    facts: Facts,
    title: Plain,
    level: level::Title,
    level_in_text: Option<Found<Level>>,
    has_people: bool,
    places: Vec<workplace::Candidate>,
    years: Vec<years::Candidate>,
    degrees: Vec<education::Candidate>,
    regions: Option<Found<Vec<&'static str>>>,
}

impl Reading {
    fn read_title(&mut self, text: &Text<'_>) {
        let title = self.title.text();
        let at = |range: Range<usize>| self.title.source_range(text.title, range);
        self.level = level::in_title(title);
        if let Some((place, range)) = workplace::in_short(title, true) {
            self.places.push(workplace::Candidate {
                weight: workplace::Weight::Title,
                found: Found::new(place, Part::Title, at(range)),
            });
        }
        if let Some((kind, range)) = employment::in_title(title) {
            self.facts.employment = Some(Found::new(kind, Part::Title, at(range)));
        }
        for (tag, range) in languages::in_title(title) {
            let found = Found::new(tag, Part::Title, at(range));
            self.facts.languages.push(found);
        }
    }

    /// Reads the first location that states a workplace; remote takes precedence.
    fn read_locations(&mut self, text: &Text<'_>) {
        let mut plain = Plain::default();
        let mut best: Option<Found<Workplace>> = None;
        for (at, location) in text.locations.iter().enumerate() {
            plain.read(location, 0..location.len());
            let Some((place, range)) = workplace::in_short(plain.text(), false) else {
                continue;
            };
            let is_better = best
                .as_ref()
                .is_none_or(|best| place == Workplace::Remote && best.value != Workplace::Remote);
            if is_better {
                let range = plain.source_range(location, range);
                best = Some(Found::new(place, Part::Location(at), range));
            }
        }
        self.places.extend(best.map(|found| workplace::Candidate {
            weight: workplace::Weight::Location,
            found,
        }));
    }

    /// Topics that are not settled yet.
    fn wanted(&self) -> Topics {
        let mut settled = match self.level {
            level::Title::Level(..) => LEVEL | PEOPLE,
            level::Title::Unsaid => PEOPLE,
            level::Title::Manager(..) => 0,
        };
        if self.facts.employment.is_some() {
            settled |= EMPLOYMENT;
        }
        !settled
    }

    fn read_sentence(
        &mut self,
        sentence: &Sentence<'_>,
        company: &str,
        dollar: &dyn Fn() -> Currency,
    ) {
        let is_about = |topic| sentence.topics & topic != 0;
        let facts = &mut self.facts;
        if is_about(YEARS) {
            years::read(sentence, &mut self.years);
        }
        if is_about(WORKPLACE) {
            workplace::read(sentence, &mut self.places);
        }
        if is_about(REMOTE_FROM) && self.regions.is_none() {
            self.regions = remote_from::read(sentence);
        }
        if is_about(SPONSORSHIP) && facts.sponsorship.is_none() {
            facts.sponsorship = sponsorship::read(sentence);
        }
        if is_about(CLEARANCE) && facts.clearance.is_none() {
            facts.clearance = clearance::read(sentence);
        }
        if is_about(EMPLOYMENT) && facts.employment.is_none() {
            facts.employment = employment::read(sentence);
        }
        if is_about(PAY) {
            pay::read(sentence, dollar, &mut facts.pay);
        }
        if is_about(EDUCATION) {
            education::read(sentence, &mut self.degrees);
        }
        if is_about(LANGUAGES) {
            languages::read(sentence, &mut facts.languages);
        }
        if is_about(LEVEL) && self.level_in_text.is_none() {
            self.level_in_text = level::read(sentence);
        }
        if is_about(PEOPLE) && !self.has_people {
            self.has_people = level::manages_people(sentence);
        }
        skills::read(sentence, company, &mut facts.skills);
    }

    fn finish(self, text: &Text<'_>) -> Facts {
        let in_title = |level, range| {
            let range = self.title.source_range(text.title, range);
            Some(Found::new(level, Part::Title, range))
        };
        let level = match self.level {
            level::Title::Manager(range, _) if self.has_people => in_title(Level::Manager, range),
            level::Title::Level(level, range) | level::Title::Manager(_, Some((level, range))) => {
                in_title(level, range)
            }
            level::Title::Manager(_, None) | level::Title::Unsaid => self.level_in_text,
        };
        let workplace = workplace::choose(self.places);
        let is_remote = workplace
            .as_ref()
            .is_some_and(|found| found.value == Workplace::Remote);
        let remote_from = is_remote
            .then(|| remote_from::choose(text, &self.title, self.regions))
            .flatten();
        Facts {
            level,
            workplace,
            remote_from,
            years: years::choose(self.years),
            education: education::choose(self.degrees),
            ..self.facts
        }
    }
}
