//! Bundesagentur für Arbeit: the search of the German employment agency, in versions 4 and 6.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::workable::joined;
use super::{Drafts, day, vocabulary};
use crate::board::{Employment, Period};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "arbeitsagentur",
    signs: &[
        Sign::List("stellenangebote", &["refnr"]),
        Sign::List("ergebnisliste", &["referenznummer"]),
        Sign::List("", &["maxErgebnisse"]),
    ],
    read: Read::Json {
        list: "stellenangebote",
        keys: json::keys::<Offer>,
        drafts,
    },
    site: None,
    pages: Pages::Total {
        total: "/maxErgebnisse",
    },
};

/// Page of a posting without an address of its own.
const SITE: &str = "https://www.arbeitsagentur.de/jobsuche/jobdetail/";

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let lists = json::outline(text);
    let path = ["ergebnisliste", "stellenangebote"];
    let path = path
        .into_iter()
        .find(|path| lists.iter().any(|list| list.path == *path));
    match path {
        Some(path) => json::drafts::<Offer>(text, &[path]),
        // A search without results has no list.
        None => Ok(Box::new(std::iter::empty())),
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Offer {
    #[serde(alias = "referenznummer")]
    refnr: Text,
    #[serde(alias = "stellenangebotsTitel")]
    titel: Text,
    #[serde(alias = "hauptberuf")]
    beruf: Text,
    #[serde(alias = "firma")]
    arbeitgeber: Text,
    #[serde(alias = "datumErsteVeroeffentlichung")]
    aktuelle_veroeffentlichungsdatum: Text,
    veroeffentlichungszeitraum: Option<Span>,
    arbeitsort: Option<Place>,
    stellenlokationen: Option<Vec<Located>>,
    #[serde(alias = "externeURL")]
    externe_url: Text,
    stellenangebots_beschreibung: Text,
    arbeitszeit_vollzeit: Option<bool>,
    arbeitszeit_teilzeit_vormittag: Option<bool>,
    arbeitszeit_teilzeit_nachmittag: Option<bool>,
    arbeitszeit_teilzeit_abend: Option<bool>,
    arbeitszeit_teilzeit_flexibel: Option<bool>,
    verguetungsangabe: Text,
    art_der_verguetung: Text,
    gehaltsspanne_von: Amount,
    gehaltsspanne_bis: Amount,
    festgehalt: Amount,
    befristet_bis: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Span {
    bis: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Located {
    adresse: Option<Place>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    plz: Text,
    ort: Text,
    region: Text,
    land: Text,
}

impl Place {
    fn written(&self) -> String {
        joined(&[&self.ort, &plain(&self.region), &plain(&self.land)])
    }
}

impl json::Row<'_> for Offer {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let located = self.stellenlokationen.into_iter().flatten();
        let places = located
            .filter_map(|located| located.adresse)
            .chain(self.arbeitsort);
        let part_time = [
            self.arbeitszeit_teilzeit_vormittag,
            self.arbeitszeit_teilzeit_nachmittag,
            self.arbeitszeit_teilzeit_abend,
            self.arbeitszeit_teilzeit_flexibel,
        ];
        let mut employment = Vec::new();
        if self.arbeitszeit_vollzeit == Some(true) {
            employment.push(Employment::FullTime);
        }
        if part_time.contains(&Some(true)) {
            employment.push(Employment::PartTime);
        }
        let page = self
            .refnr
            .clone()
            .some()
            .map(|number| format!("{SITE}{number}"));
        let title = self.titel.some();
        let occupation = self.beruf.some();
        let tag = occupation
            .clone()
            .filter(|_| title.is_some() && title != occupation);
        let mut draft = Draft {
            title: title.or(occupation).unwrap_or_default(),
            company: self.arbeitgeber.some(),
            locations: places.map(|place| place.written()).collect(),
            employment,
            posted: day::day(&self.aktuelle_veroeffentlichungsdatum),
            closes: day::day(&self.veroeffentlichungszeitraum.unwrap_or_default().bis),
            url: self.externe_url.some().or(page),
            id: self.refnr.0,
            tags: tag.into_iter().collect(),
            description: Body::default()
                .html(&self.stellenangebots_beschreibung)?
                .finish(),
            ..Draft::default()
        };
        let kind = self.art_der_verguetung.0;
        let per = period(&kind);
        let (min, max) = (self.gehaltsspanne_von, self.gehaltsspanne_bis);
        let fixed = min == Amount::Unknown && max == Amount::Unknown;
        let amounts = if fixed {
            (self.festgehalt.clone(), self.festgehalt)
        } else {
            (min, max)
        };
        if draft.paid(amounts, "EUR", (per, &kind)).is_none() {
            draft
                .extras
                .extend(self.verguetungsangabe.some().map(|pay| ("Pay", pay)));
        }
        draft
            .extras
            .extend(self.befristet_bis.some().map(|day| ("Ends", day)));
        Ok(draft)
    }
}

/// A name as it is written, where the feed has it in capitals: `BADEN_WUERTTEMBERG`.
fn plain(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words = name.split('_').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(String::from).unwrap_or_default();
        first + &chars.as_str().to_lowercase()
    });
    words.collect::<Vec<_>>().join("-")
}

/// Pay period, such as `STUNDENLOHN` or `JAHRESGEHALT`.
fn period(kind: &str) -> Option<Period> {
    let kind = kind.to_lowercase();
    let starts = |start| kind.starts_with(start);
    Some(match () {
        () if starts("stunde") => Period::Hour,
        () if starts("monat") => Period::Month,
        () if starts("jahr") => Period::Year,
        () => return vocabulary::period(&kind),
    })
}
