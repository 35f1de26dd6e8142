//! Completions of a query on a board: field names, words of closed lists, values of facets and words of postings.

use super::Matches;
use crate::board::fold::fold;
use crate::query::complete::{self, Typed};

/// A completion of the typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The completed word or value.
    pub text: String,
    /// Number of postings with this value or word.
    pub count: Option<usize>,
}

impl Matches {
    /// Completions of the term at the end of the query, best first.
    pub fn completed(&self, typed: &Typed) -> impl Iterator<Item = Completion> {
        let words = complete::words(typed).into_iter();
        let words = words.map(|text| Completion { text, count: None });
        let part = fold(&typed.part);
        let facets = self.facets.iter();
        let mut values: Vec<Completion> = facets
            .filter(|facet| Some(facet.field) == typed.field)
            .flat_map(|facet| &facet.values)
            .filter(|value| fold(&value.value).starts_with(&part))
            .map(|value| Completion {
                text: written(&value.value),
                count: Some(value.count),
            })
            .collect();
        let of_board = self.completions.iter();
        let of_board =
            of_board.filter(|(word, _)| typed.field.is_none() && word.starts_with(&part));
        values.extend(of_board.map(|(word, count)| Completion {
            text: word.clone(),
            count: usize::try_from(*count).ok(),
        }));
        let typed = typed.part.clone();
        words
            .chain(values)
            .filter(move |completion| completion.text != typed)
    }
}

/// A value in query syntax: quoted and exact if it is more than one word.
fn written(value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || c == '-');
    if plain {
        value.to_owned()
    } else {
        format!("=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
