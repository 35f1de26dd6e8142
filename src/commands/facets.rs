//! `jobdeck facets`: counts postings for each value of a field.

use serde::Serialize;

use super::rows::{self, Row};
use super::run_query::QueryOptions;
use super::{Context, Failure, Outcome, Output};
use crate::cli::{Facets, Format};
use crate::search::Assumption;

/// A value of a field in the output.
#[derive(Serialize)]
struct FacetRecord<'a> {
    field: &'static str,
    value: &'a str,
    count: usize,
    /// What words of the query were taken for.
    assumed: &'a [String],
}

impl Row for FacetRecord<'_> {
    fn cells(&self) -> Vec<String> {
        vec![
            self.field.to_owned(),
            self.value.to_owned(),
            self.count.to_string(),
        ]
    }
}

/// Prints the values of every facet.
pub(super) fn run(
    args: &Facets,
    context: &Context,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let options = QueryOptions {
        group: false,
        words: &args.query,
        unjudged: args.unjudged,
        lenient: args.lenient,
        loose: false,
        limit: Some(0),
        hidden: args.hidden,
    };
    let answer = options.run(context, output)?;
    let facets = answer.matches.facets.iter();
    let assumptions = answer.matches.assumptions().into_iter();
    let assumptions = assumptions.filter(Assumption::is_searched);
    let assumed: Vec<String> = assumptions
        .map(|assumption| assumption.to_string())
        .collect();
    let records = facets.clone().flat_map(|facet| {
        facet.values.iter().map(|value| FacetRecord {
            field: facet.field.name(),
            value: &value.value,
            count: value.count,
            assumed: &assumed,
        })
    });
    let found = answer.matches.total > 0;
    if found || args.format != Format::Table {
        rows::write(args.format, &["field", "value", "count"], records, output)?;
    }
    for facet in facets.filter(|facet| facet.distinct > facet.values.len()) {
        let (field, shown) = (facet.field.name(), facet.values.len());
        let of = facet.distinct;
        output.note(&format!("{field}: the first {shown} of {of} values"));
    }
    if !found {
        answer.tell_count(output);
    }
    answer.tell_left_out(output);
    answer.tell_ways_on(context, output);
    Ok(Outcome::from_found(found))
}
