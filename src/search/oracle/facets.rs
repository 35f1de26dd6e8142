//! Counts of values among the matches.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Judged, own, ties};
use crate::board::Posting;
use crate::board::fold::fold;
use crate::places::country_name;
use crate::query::{Field, Query, Selection, facet_state, facet_value};
use crate::search::values::values;
use crate::search::{Facet, FacetValue, Request};

pub(super) fn facets(judged: &[Judged<'_>], request: &Request) -> Vec<Facet> {
    let fields = [
        Field::Country,
        Field::Region,
        Field::City,
        Field::Company,
        Field::Team,
        Field::Workplace,
        Field::Employment,
        Field::Level,
        Field::Years,
        Field::Sponsorship,
        Field::Education,
        Field::Skill,
        Field::Speaks,
        Field::Tag,
        Field::Board,
    ];
    let facets = fields
        .into_iter()
        .map(|field| facet(field, judged, request));
    facets.filter(|facet| !facet.values.is_empty()).collect()
}

fn facet(field: Field, judged: &[Judged<'_>], request: &Request) -> Facet {
    // Values that fold to the same text are one, shown as in the first posting by tie order.
    let mut values: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let counted = judged
        .iter()
        .filter(|judged| judged.passes(request, Some(field)));
    let derived = counted
        .filter(|judged| judged.derived.contains(&field))
        .count();
    let mut judged: Vec<&Judged<'_>> = judged.iter().collect();
    judged.sort_by_key(|judged| ties(judged.posting));
    for judged in judged {
        let mut own = values_of(judged.posting, field);
        own.sort_by_key(|value| fold(value));
        own.dedup_by_key(|value| fold(value));
        for value in own {
            let entry = values.entry(fold(&value)).or_insert_with(|| {
                let first = judged.posting;
                let first = values_of(first, field)
                    .into_iter()
                    .find(|v| fold(v) == fold(&value));
                (first.unwrap_or(value.clone()).into_owned(), 0)
            });
            entry.1 += usize::from(judged.passes(request, Some(field)));
        }
    }
    for value in selected(field, &request.query) {
        let by_name = values.iter().find(|(code, _)| {
            let name = country_name(&code.to_uppercase()).map(fold);
            field == Field::Country && name.is_some_and(|name| name == fold(value))
        });
        let count = by_name.map_or(0, |(_, (_, count))| *count);
        values
            .entry(fold(value))
            .or_insert_with(|| (value.to_owned(), count));
    }
    let mut values: Vec<FacetValue> = values
        .into_values()
        .map(|(value, count)| FacetValue {
            selection: facet_state(&request.query, field, &value),
            value,
            count,
        })
        .filter(|value| value.count > 0 || value.selection != Selection::Off)
        .collect();
    values.sort_by_key(|value| (std::cmp::Reverse(value.count), fold(&value.value)));
    let distinct = values.len();
    Facet {
        field,
        values,
        distinct,
        derived,
    }
}

fn values_of(posting: &Posting, field: Field) -> Vec<Cow<'_, str>> {
    if field == Field::Country {
        let places = posting.locations.iter();
        return places
            .filter_map(|place| Some(place.country.as_deref()?.into()))
            .collect();
    }
    values(posting, field)
}

fn selected(field: Field, query: &Query) -> impl Iterator<Item = &str> {
    let terms = query.terms.iter().filter(move |term| own(term, field));
    terms.flat_map(|term| &term.any).filter_map(facet_value)
}
