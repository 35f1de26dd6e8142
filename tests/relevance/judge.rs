//! Judged queries over a made-up board: which postings answer each, by rules that use nothing of the search.

#![allow(clippy::cast_precision_loss, reason = "numbers of postings are small")]

use jobdeck::board::{Location, Posting};
use serde::Deserialize;

const BOARD: &str = include_str!("board.toml");
const QUERIES: &str = include_str!("queries.toml");

#[derive(Deserialize)]
struct Lists {
    companies: Vec<String>,
    teams: Vec<String>,
    places: Vec<String>,
    roles: toml::Table,
}

#[derive(Deserialize)]
struct Queries {
    query: Vec<Judged>,
}

/// A query, and what a posting must have to answer it.
#[derive(Deserialize)]
pub struct Judged {
    /// What kind of query it is.
    pub class: String,
    /// The query.
    pub query: String,
    need: Vec<Clause>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Clause {
    Place { place: Vec<String> },
    Words { r#in: String, any: Vec<String> },
}

/// The postings of the board, in the order of their rows.
pub fn postings() -> Vec<Posting> {
    let lists: Lists = toml::from_str(BOARD).expect("the board is TOML");
    let mut postings = Vec::new();
    for (title, count) in &lists.roles {
        for _ in 0..count.as_integer().expect("a number of postings") {
            let at = postings.len();
            let place = &lists.places[at * 7 % lists.places.len()];
            postings.push(Posting {
                id: format!("p{at}"),
                title: title.clone(),
                company: Some(lists.companies[at * 3 % lists.companies.len()].clone()),
                team: Some(lists.teams[at * 5 % lists.teams.len()].clone()),
                locations: vec![Location::parse(place)],
                ..Posting::default()
            });
        }
    }
    postings
}

/// The judged queries.
pub fn queries() -> Vec<Judged> {
    read(QUERIES).expect("the queries are TOML")
}

/// Judged queries in TOML.
pub fn read(text: &str) -> Result<Vec<Judged>, toml::de::Error> {
    let queries: Queries = toml::from_str(text)?;
    Ok(queries.query)
}

impl Judged {
    /// Whether a posting answers the query.
    pub fn is_answered_by(&self, posting: &Posting) -> bool {
        !self.need.is_empty() && self.need.iter().all(|clause| clause.holds(posting))
    }

    /// Whether a posting holds every word of the query as it was typed, at the start of a word, or inside one from four
    /// letters on: no answer, but no surprise.
    pub fn is_explained_by(&self, posting: &Posting) -> bool {
        let texts = [
            posting.title.as_str(),
            text(posting.company.as_ref()),
            text(posting.team.as_ref()),
        ];
        let places = posting.locations.iter().map(|place| place.written.as_str());
        let texts: Vec<Vec<String>> = texts.into_iter().chain(places).map(words).collect();
        words(&self.query).iter().all(|asked| {
            let inside = asked.chars().count() >= 4;
            texts
                .iter()
                .flatten()
                .any(|word| word.starts_with(asked) || inside && word.contains(asked))
        })
    }
}

impl Clause {
    fn holds(&self, posting: &Posting) -> bool {
        let (texts, any) = match self {
            Self::Place { place } => {
                let places = posting.locations.iter().map(|place| place.written.as_str());
                (places.collect::<Vec<&str>>(), place)
            }
            Self::Words { r#in, any } => match r#in.as_str() {
                "title" => (vec![posting.title.as_str()], any),
                "company" => (vec![text(posting.company.as_ref())], any),
                "location" => {
                    let places = posting.locations.iter().map(|place| place.written.as_str());
                    (places.collect(), any)
                }
                other => panic!("no field {other}"),
            },
        };
        let texts: Vec<Vec<String>> = texts.into_iter().map(words).collect();
        any.iter().any(|phrase| {
            let folded = jobdeck::board::fold::fold(phrase);
            let phrase: Vec<&str> = folded.split(' ').collect();
            let is_here = |window: &[String]| {
                let mut pairs = window.iter().zip(&phrase);
                pairs.all(|(word, wanted)| is_word(word, wanted))
            };
            let mut windows = texts.iter().flat_map(|text| text.windows(phrase.len()));
            windows.any(is_here)
        })
    }
}

fn text(value: Option<&String>) -> &str {
    value.map_or("", String::as_str)
}

fn is_word(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == wanted || word.strip_suffix('s') == Some(wanted),
    }
}

/// The folded words of a text; signs that belong to the names of languages stay.
fn words(text: &str) -> Vec<String> {
    let folded = jobdeck::board::fold::fold(text);
    // Folding takes voicing marks off kana as characters of their own.
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '.' | '\u{3099}' | '\u{309a}');
    let words = folded.split(|c| !is_part(c));
    let words = words.map(|word| word.trim_end_matches('.'));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What an engine found for one query, judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Verdict {
    /// Whether the first row answers.
    pub first: bool,
    /// Whether one of the first ten does.
    pub ten: bool,
    /// Share of the first ten that answers.
    pub precision: f64,
    /// Share of what can be among the first hundred that is.
    pub recall: f64,
    /// Share of all rows that neither answer nor explain the query.
    pub junk: f64,
    /// Whether nothing was found.
    pub none: bool,
}

/// Judges rows, given as positions on the board in order.
pub fn verdict(judged: &Judged, postings: &[Posting], found: &[usize]) -> Verdict {
    let answers = |at: &&usize| judged.is_answered_by(&postings[**at]);
    let relevant = postings
        .iter()
        .filter(|posting| judged.is_answered_by(posting));
    let relevant = relevant.count();
    let ten = &found[..found.len().min(10)];
    let among = |rows: &[usize]| rows.iter().filter(answers).count() as f64;
    let junk = found.iter().filter(|at| {
        let posting = &postings[**at];
        !judged.is_answered_by(posting) && !judged.is_explained_by(posting)
    });
    Verdict {
        first: found.first().as_ref().is_some_and(answers),
        ten: among(ten) > 0.0,
        precision: among(ten) / ten.len().max(1) as f64,
        recall: among(&found[..found.len().min(100)]) / relevant.clamp(1, 100) as f64,
        junk: junk.count() as f64 / found.len().max(1) as f64,
        none: found.is_empty(),
    }
}
