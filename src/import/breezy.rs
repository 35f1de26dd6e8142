//! Breezy: `….breezy.hr/json`.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, currency, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "breezy",
    signs: &[Sign::Keys(&["friendly_id", "published_date"])],
    read: Read::Json {
        list: "",
        keys: json::keys::<Position>,
        drafts,
    },
    site: Some(Site {
        domains: &["breezy.hr"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    let company = address.below("breezy.hr")?;
    let is_own = matches!(company, "app" | "api" | "help" | "developer");
    let board = address.hosted("breezy.hr", "/json", |path| path.is_empty());
    board.filter(|_| !is_own)
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Position>(text, &[])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Position {
    id: Text,
    name: Text,
    url: Text,
    published_date: Text,
    #[serde(rename = "type")]
    kind: Option<Named>,
    location: Option<Place>,
    locations: Option<Vec<Place>>,
    department: Text,
    salary: Text,
    company: Option<Company>,
    description: Text,
    experience: Option<Named>,
    education: Option<Named>,
    category: Option<Named>,
    tags: Option<Vec<Text>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Company {
    name: Text,
    friendly_id: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    name: Text,
    city: Text,
    state: Option<Coded>,
    country: Option<Coded>,
    is_remote: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Coded {
    id: Text,
    name: Text,
}

impl Place {
    fn country(&self) -> &str {
        self.country.as_ref().map_or("", |country| &country.id)
    }

    fn written(&self) -> String {
        let name =
            |coded: &Option<Coded>| coded.as_ref().map_or("", |coded| &*coded.name).to_owned();
        match joined(&[&self.city, &name(&self.state), &name(&self.country)]) {
            parts if parts.is_empty() => self.name.0.clone(),
            parts => parts,
        }
    }
}

impl json::Row<'_> for Position {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let name = |named: Option<Named>| named.and_then(|named| named.name.some());
        let places: Vec<Place> = self
            .location
            .into_iter()
            .chain(self.locations.into_iter().flatten())
            .collect();
        let country = places
            .first()
            .map(|place| place.country().to_owned())
            .unwrap_or_default();
        let remote = places.iter().any(|place| place.is_remote == Some(true));
        let company = self.company.unwrap_or_default();
        let tags = self.tags.into_iter().flatten().filter_map(Text::some);
        let mut draft = Draft {
            id: self.id.0,
            board: company.friendly_id.some(),
            title: self.name.0,
            company: company.name.some(),
            team: self.department.some(),
            locations: places.iter().map(Place::written).collect(),
            workplace: vocabulary::remote(Some(remote)),
            employment: vocabulary::employments(name(self.kind)),
            posted: day::day(&self.published_date),
            url: self.url.some(),
            level_words: name(self.experience).unwrap_or_default(),
            tags: name(self.category).into_iter().chain(tags).collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        draft
            .extras
            .extend(name(self.education).map(|education| ("Education", education)));
        draft.paid_in_words(
            &self.salary,
            currency::of_dollars(&self.salary, &country),
            None,
        );
        Ok(draft)
    }
}
