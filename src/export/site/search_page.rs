//! The search of the start page: where its script stands, what the script may do, and what it says.
//!
//! The script is allowed by its hash and no other runs, wherever the site is opened from; what it fetches is data. A page
//! without scripts has no search box, and nothing else changes.

use base64::prelude::{BASE64_STANDARD, Engine};
use maud::{Markup, PreEscaped, html};
use ring::digest;
use serde_json::Value;

use super::Site;
use super::labels::Labels;
use super::search_index::FOLDER;
use crate::board::{Employment, Level, Period, Workplace};
use crate::query::Field;

/// The page with the search.
pub(super) const PATH: &str = "index.html";
/// Where its box is.
pub(super) const BOX: &str = "index.html#search";
/// Path of the style of the search.
pub(super) const STYLE_PATH: &str = "search/search.css";
pub(super) const STYLE: &str = include_str!("search.css");
const SCRIPT: &str = include_str!("search.js");

/// The script as it stands in the page: without comments and indentation.
fn script() -> String {
    let lines = SCRIPT.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("// "));
    lines.collect::<Vec<_>>().join("\n")
}

/// A page's policy, with what its search needs.
pub(super) fn allow(policy: &str, path: &str, is_searchable: bool) -> String {
    if path != PATH || !is_searchable {
        return policy.to_owned();
    }
    let hash = digest::digest(&digest::SHA256, script().as_bytes());
    let hash = format!("script-src 'sha256-{}'", BASE64_STANDARD.encode(hash));
    let policy = policy.replacen("connect-src 'none'", "connect-src 'self'", 1);
    policy.replacen("script-src 'none'", &hash, 1)
}

/// The search of the start page, which is empty until its script runs.
pub(super) fn search(site: &Site<'_>) -> Markup {
    html! {
        link rel="stylesheet" href=(STYLE_PATH);
        search #search hidden data-labels=(labels(site.labels)) data-folder=(FOLDER) {}
        script { (PreEscaped(script())) }
    }
}

/// What links to the search are called.
pub(super) fn name(labels: &Labels) -> &'static str {
    match labels.code {
        "de" => "Suche",
        "fr" => "Recherche",
        _ => "Search",
    }
}

/// Closed lists, whose words are shown in the language of the site.
const LISTS: [&[&str]; 4] = [
    Workplace::WORDS,
    Employment::WORDS,
    Level::WORDS,
    Period::WORDS,
];

/// What the script says.
fn labels(labels: &Labels) -> Value {
    let texts = match labels.code {
        "de" => GERMAN,
        "fr" => FRENCH,
        _ => ENGLISH,
    };
    let mut texts: Value = serde_json::from_str(texts).expect("the texts are JSON");
    let words = LISTS.into_iter().flatten();
    let words = words.map(|word| ((*word).to_owned(), labels.word(word).into()));
    texts["words"] = Value::Object(words.filter(|(word, label)| label != word).collect());
    let facets = FACETS.map(|field| (field.name().to_owned(), labels.facet(field).0.into()));
    texts["facets"] = Value::Object(facets.into_iter().collect());
    texts
}

const FACETS: [Field; 9] = [
    Field::Country,
    Field::City,
    Field::Workplace,
    Field::Level,
    Field::Employment,
    Field::Company,
    Field::Team,
    Field::Skill,
    Field::Tag,
];

const ENGLISH: &str = include_str!("search_page/en.json");
const GERMAN: &str = include_str!("search_page/de.json");
const FRENCH: &str = include_str!("search_page/fr.json");
