//! France Travail: `api.francetravail.io/partenaire/offresdemploi/v2/offres/search`.

use serde::Deserialize;

use super::amount::Amount;
use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, day};
use crate::board::{Employment, Period};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "france-travail",
    signs: &[Sign::List("resultats", &["intitule"])],
    read: Read::Json {
        list: "resultats",
        keys: json::keys::<Offer>,
        drafts,
    },
    site: None,
    pages: Pages::One,
};

/// Page of a posting without an address of its own.
const SITE: &str = "https://candidat.francetravail.fr/offres/recherche/detail/";

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Offer>(text, &["resultats"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Offer {
    id: Text,
    intitule: Text,
    description: Text,
    date_creation: Text,
    lieu_travail: Option<Place>,
    entreprise: Option<Company>,
    type_contrat: Text,
    type_contrat_libelle: Text,
    duree_travail_libelle: Text,
    duree_travail_libelle_converti: Text,
    experience_libelle: Text,
    salaire: Option<Pay>,
    competences: Option<Vec<Labelled>>,
    appellationlibelle: Text,
    secteur_activite_libelle: Text,
    origine_offre: Option<Origin>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    libelle: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Company {
    nom: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Pay {
    libelle: Text,
    commentaire: Text,
    complement1: Text,
    complement2: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Labelled {
    libelle: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Origin {
    url_origine: Text,
}

impl json::Row<'_> for Offer {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut body = Body::default();
        body.html(&self.description)?;
        let skills = self.competences.into_iter().flatten();
        let skills: Vec<_> = skills.map(|skill| skill.libelle.0).collect();
        body.list("Compétences", &skills);
        let page = self.id.clone().some().map(|id| format!("{SITE}{id}"));
        let origin = self
            .origine_offre
            .and_then(|origin| origin.url_origine.some());
        let place = self.lieu_travail.unwrap_or_default().libelle;
        let tags = [self.appellationlibelle, self.secteur_activite_libelle];
        let mut draft = Draft {
            id: self.id.0,
            title: self.intitule.0,
            company: self.entreprise.and_then(|company| company.nom.some()),
            locations: vec![joined(&[town(&place), "France"])],
            employment: employment(&self.duree_travail_libelle_converti, &self.type_contrat),
            posted: day::day(&self.date_creation),
            url: origin.or(page),
            tags: tags.into_iter().filter_map(Text::some).collect(),
            description: body.finish(),
            ..Draft::default()
        };
        let contract = self
            .type_contrat_libelle
            .some()
            .or_else(|| self.type_contrat.some());
        draft.extras.extend(contract.map(|kind| ("Contract", kind)));
        let hours = self.duree_travail_libelle.some();
        draft.extras.extend(hours.map(|hours| ("Hours", hours)));
        let experience = self.experience_libelle.some();
        draft
            .extras
            .extend(experience.map(|experience| ("Experience", experience)));
        if let Some(pay) = self.salaire {
            pay.add(&mut draft);
        }
        Ok(draft)
    }
}

/// Town in `44 - Nantes`, without the number of the department.
fn town(place: &str) -> &str {
    match place.split_once(" - ") {
        Some((number, town)) if number.len() <= 3 => town,
        _ => place,
    }
}

/// Hours, and whether the contract is temporary; a permanent one (CDI) implies neither.
fn employment(hours: &str, contract: &str) -> Vec<Employment> {
    let hours = match hours {
        "Temps plein" => Some(Employment::FullTime),
        "Temps partiel" => Some(Employment::PartTime),
        _ => None,
    };
    let ends = matches!(contract, "CDD" | "MIS" | "SAI").then_some(Employment::Temporary);
    hours.into_iter().chain(ends).collect()
}

impl Pay {
    /// Parses `Mensuel de 1923.00 Euros à 2100.00 Euros sur 13 mois`: monthly amounts, paid a number of times a year.
    fn add(self, draft: &mut Draft) {
        let label = self.libelle.0;
        let mut words = label.split_whitespace().peekable();
        let per = match words.next() {
            Some("Annuel") => Some(Period::Year),
            Some("Mensuel") => Some(Period::Month),
            Some("Horaire") => Some(Period::Hour),
            _ => None,
        };
        let all: Vec<&str> = words.collect();
        let amounts: Vec<&str> = all
            .windows(2)
            .filter(|pair| pair[1].starts_with("Euro"))
            .map(|pair| pair[0])
            .collect();
        let is_plain = label.ends_with("12 mois") || !label.contains("mois");
        let read = match (per, amounts.as_slice()) {
            (Some(_), [only]) => draft.paid(
                (Amount::written(only), Amount::written(only)),
                "EUR",
                (per, ""),
            ),
            (Some(_), [min, max]) => draft.paid(
                (Amount::written(min), Amount::written(max)),
                "EUR",
                (per, ""),
            ),
            _ => None,
        };
        if (read.is_none() || !is_plain) && !label.is_empty() {
            draft.extras.push(("Pay", label));
        }
        for more in [self.commentaire, self.complement1, self.complement2] {
            draft.extras.extend(more.some().map(|more| ("Pay", more)));
        }
    }
}
