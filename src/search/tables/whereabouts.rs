//! Tables for `near:` and `from:`.

use super::{Evaluator, VerdictTables};
use crate::places::Surroundings;
use crate::query::{Field, FromTest, NearTest};
use crate::search::Reason;
use crate::search::columns::ColumnId;
use crate::search::reach;
use crate::search::verdict::Verdict;

impl Evaluator<'_> {
    /// Verdict of each list of places, decided by the nearest. A place known only as a distant country or region is
    /// distant.
    pub(super) fn near(&self, test: &NearTest) -> VerdictTables {
        let unjudged = Verdict::unjudged(Field::Near, Reason::Absent);
        let kilometres = test.within.kilometres();
        let (places, lists) = (&self.columns.places, &self.columns.place_list.records);
        let verdicts: Vec<Verdict> = match test.at {
            None => vec![unjudged; places.all.len()],
            Some(point) => {
                let around = Surroundings::new(point, kilometres);
                let places = places.all.iter();
                let verdicts = places.map(|place| {
                    if let Some(at) = place.coordinates {
                        return Verdict::from_bool(at.is_within(point, kilometres));
                    }
                    let (country, region, _) = self.columns.places.parts(place);
                    if around.may_hold(country, region) {
                        unjudged
                    } else {
                        Verdict::FALSE
                    }
                });
                verdicts.collect()
            }
        };
        let lists = lists.places.iter();
        let mut tables = VerdictTables::default();
        tables.push(
            ColumnId::Places,
            lists.map(|list| {
                let verdicts = list.iter().map(|&place| verdicts[place as usize]);
                verdicts.max().unwrap_or(unjudged)
            }),
        );
        tables
    }

    /// On site, hybrid or remote within one of the countries, or remote from an area that includes one.
    pub(super) fn from(&self, test: &FromTest) -> VerdictTables {
        let unjudged = Verdict::unjudged(Field::From, Reason::Absent);
        let columns = self.columns;
        let places = columns.places.all.iter().map(|place| {
            let (country, ..) = columns.places.parts(place);
            match country {
                Some(country) => Verdict::from_bool(test.countries.contains(&country)),
                // Remote places are part of the areas.
                None if place.is_remote => Verdict::FALSE,
                None => unjudged,
            }
        });
        let places: Vec<Verdict> = places.collect();
        let areas = columns.areas.shown.iter().map(|areas| {
            let included = reach::includes(areas, &test.countries);
            included.map_or(unjudged, Verdict::from_bool)
        });
        let areas: Vec<Verdict> = areas.collect();
        let mut tables = VerdictTables::default();
        let lists = columns.place_list.records.places.iter();
        tables.push(
            ColumnId::Places,
            lists.map(|list| {
                let verdicts = list.iter().map(|&place| places[place as usize]);
                verdicts.max().unwrap_or_default()
            }),
        );
        tables.push(
            ColumnId::Enums,
            columns.kind.records.iter().map(|kind| {
                let verdict = kind.areas.map(|number| areas[number as usize]);
                verdict.unwrap_or_default()
            }),
        );
        tables
    }
}
