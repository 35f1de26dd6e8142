//! Tables of the columns whose records are lists or tuples: groups, places, tags, kinds.

use std::sync::Arc;

use super::{Judge, Tables, weight};
use crate::query::Field;
use crate::search::columns::{Group, Kind, Part};
use crate::search::flat::Lists;
use crate::search::places::Place;
use crate::search::test::TextTest;
use crate::search::verdict::Verdict;

impl Judge<'_> {
    /// Companies, teams, or either.
    pub(super) fn groups(
        &mut self,
        test: &TextTest,
        fields: &[Field],
        tables: &mut Tables,
    ) -> Option<()> {
        let columns = self.columns;
        let (mut companies, mut teams) = (None, None);
        if fields.contains(&Field::Company) {
            companies = Some(self.each(test, &columns.companies.texts, Field::Company)?);
        }
        if fields.contains(&Field::Team) {
            teams = Some(self.each(test, &columns.teams.texts, Field::Team)?);
        }
        let groups = columns.group.records.iter();
        let verdicts = groups.map(|group| {
            let company = look_up(companies.as_deref(), group.company);
            company.max(look_up(teams.as_deref(), group.team))
        });
        tables.push(Part::Group, verdicts);
        Some(())
    }

    /// Places as written; what a literal may stand in is also what their sources left unwritten.
    pub(super) fn places(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let names = self.each(test, &columns.places.names, Field::Location)?;
        let place = |place: &Place| {
            let written = names[place.written as usize];
            if test.is_anchored() {
                return written;
            }
            let unwritten = place.unwritten.iter().map(|&name| names[name as usize]);
            unwritten.fold(written, Verdict::max)
        };
        let places: Vec<Verdict> = columns.places.all.iter().map(place).collect();
        let lists = columns.place_list.records.places.iter();
        tables.push(Part::Places, lists.map(|list| best(&places, list)));
        Some(())
    }

    /// Countries, by code and by name.
    pub(super) fn countries(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let codes = self.each(test, &columns.places.countries.texts, Field::Country)?;
        let names = columns.places.country_names.iter();
        let countries = codes.iter().zip(names).map(|(&code, name)| {
            let by_name = test.judge(name, weight(Field::Country), &mut self.scorer);
            by_name.max(code)
        });
        let countries: Vec<Verdict> = countries.collect();
        let lists = columns.place_list.records.countries.iter();
        tables.push(Part::Places, lists.map(|list| best(&countries, list)));
        Some(())
    }

    /// Regions.
    pub(super) fn regions(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let regions = self.each(test, &columns.places.regions.texts, Field::Region)?;
        let lists = columns.place_list.records.regions.iter();
        tables.push(Part::Places, lists.map(|list| best(&regions, list)));
        Some(())
    }

    /// Cities.
    pub(super) fn cities(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let cities = self.each(test, &columns.places.cities.texts, Field::City)?;
        let lists = columns.place_list.records.cities.iter();
        tables.push(Part::Places, lists.map(|list| best(&cities, list)));
        Some(())
    }

    /// Tags.
    pub(super) fn tags(&mut self, test: &TextTest, tables: &mut Tables) -> Option<()> {
        let columns = self.columns;
        let tags = self.each(test, &columns.tags.texts, Field::Tag)?;
        let lists = columns.tag_list.records.iter();
        tables.push(Part::Tags, lists.map(|list| best(&tags, list)));
        Some(())
    }

    /// The closed lists of words, languages and boards.
    pub(super) fn kinds(
        &mut self,
        test: &TextTest,
        field: Field,
        tables: &mut Tables,
    ) -> Option<()> {
        let columns = self.columns;
        let (values, number): (_, fn(&Kind) -> Option<u32>) = match field {
            Field::Workplace => (&columns.workplaces, |kind| kind.workplace),
            Field::Employment => (&columns.employments, |kind| kind.employment),
            Field::Level => (&columns.levels, |kind| kind.level),
            Field::Language => (&columns.languages, |kind| kind.language),
            _ => (&columns.boards, |kind| kind.board),
        };
        let verdicts = self.each(test, &values.texts, field)?;
        let kinds = columns.kind.records.iter();
        let kinds = kinds.map(|kind| look_up(Some(&verdicts), number(kind)));
        tables.push(Part::Kind, kinds);
        Some(())
    }

    /// Whether a field is absent.
    pub(super) fn absent(&self, field: Field) -> (Part, Arc<[Verdict]>) {
        let columns = self.columns;
        let groups = |absent: fn(&Group) -> bool| table(&columns.group.records, absent);
        let places = &columns.place_list.records;
        let kinds = |absent: fn(&Kind) -> bool| table(&columns.kind.records, absent);
        match field {
            Field::Company => (Part::Group, groups(|group| group.company.is_none())),
            Field::Team => (Part::Group, groups(|group| group.team.is_none())),
            Field::Location => (Part::Places, empty(&places.places)),
            Field::Country => (Part::Places, empty(&places.countries)),
            Field::Region => (Part::Places, empty(&places.regions)),
            Field::City => (Part::Places, empty(&places.cities)),
            Field::Tag => (Part::Tags, empty(&columns.tag_list.records)),
            Field::Workplace => (Part::Kind, kinds(|kind| kind.workplace.is_none())),
            Field::Employment => (Part::Kind, kinds(|kind| kind.employment.is_none())),
            Field::Level => (Part::Kind, kinds(|kind| kind.level.is_none())),
            Field::Language => (Part::Kind, kinds(|kind| kind.language.is_none())),
            Field::Board => (Part::Kind, kinds(|kind| kind.board.is_none())),
            Field::Posted => (
                Part::Posted,
                table(&columns.posted.records, Option::is_none),
            ),
            Field::Closes => (
                Part::Closes,
                table(&columns.closes.records, Option::is_none),
            ),
            Field::Salary => {
                let pays = columns.salary.records.iter();
                let absent = pays.map(|pay| Verdict::of(pay.is_empty()));
                (Part::Salary, absent.collect())
            }
            // Every posting has a title; a state is never absent; descriptions and what a person marked are no columns.
            Field::Title
            | Field::Text
            | Field::Is
            | Field::Has
            | Field::Applied
            | Field::FollowUp => (Part::Title, table(&columns.title.records, |_| false)),
        }
    }
}

fn table<T>(records: &[T], absent: impl Fn(&T) -> bool) -> Arc<[Verdict]> {
    let records = records.iter();
    records.map(|record| Verdict::of(absent(record))).collect()
}

/// Which of these lists are empty.
fn empty(lists: &Lists) -> Arc<[Verdict]> {
    let lists = lists.iter();
    lists.map(|list| Verdict::of(list.is_empty())).collect()
}

fn look_up(verdicts: Option<&[Verdict]>, number: Option<u32>) -> Verdict {
    match (verdicts, number) {
        (Some(verdicts), Some(number)) => verdicts[number as usize],
        _ => Verdict::FALSE,
    }
}

fn best(verdicts: &[Verdict], numbers: &[u32]) -> Verdict {
    let numbers = numbers.iter();
    numbers.fold(Verdict::FALSE, |best, &number| {
        best.max(verdicts[number as usize])
    })
}
