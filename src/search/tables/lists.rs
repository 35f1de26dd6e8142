//! Tables of columns whose records are lists or tuples: groups, places, tags, kinds.

use std::sync::Arc;

use super::{Evaluator, VerdictTables};
use crate::board::fold::fold;
use crate::facts::language_name;
use crate::query::Field;
use crate::search::Reason;
use crate::search::columns::{ColumnId, Columns, EmployerRecord, EnumRecord, Requirement};
use crate::search::flat::Lists;
use crate::search::place_test::PlaceTest;
use crate::search::places::PlaceParts;
use crate::search::predicates::TextTest;
use crate::search::texts::Values;
use crate::search::verdict::{Verdict, is_doubtful};
use crate::search::word::Scorer;

impl Evaluator<'_> {
    /// Companies, teams, or both.
    pub(super) fn groups(&self, test: &TextTest, fields: &[Field]) -> Option<VerdictTables> {
        let columns = self.columns;
        let mut tables = VerdictTables::default();
        let mut each = |field, values: &Values| {
            if !fields.contains(&field) {
                return Some(None);
            }
            let verdicts = self.each(test, &values.texts, field)?;
            tables.texts.push((field, Arc::clone(&verdicts)));
            Some(Some(verdicts))
        };
        let companies = each(Field::Company, &columns.companies)?;
        let teams = each(Field::Team, &columns.teams)?;
        let groups = columns.group.records.iter();
        let verdicts = groups.map(|group| {
            let company = look_up(companies.as_deref(), group.company);
            company.or(look_up(teams.as_deref(), group.team))
        });
        tables.push(ColumnId::Employer, verdicts);
        Some(tables)
    }

    /// Locations as written; literals also match the unwritten names.
    pub(super) fn places(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let names = self.each(test, &columns.places.names, Field::Location)?;
        let place = |place: &PlaceParts| {
            let written = names[place.written as usize];
            if test.is_anchored() {
                return written;
            }
            let unwritten = place.unwritten.iter();
            let unwritten = unwritten.map(|&name| names[name as usize].implied());
            unwritten.fold(written, Verdict::max)
        };
        let places: Vec<Verdict> = columns.places.all.iter().map(place).collect();
        let lists = &columns.place_list.records.places;
        Some(of_lists(ColumnId::Places, lists, &places).with_texts(Field::Location, names))
    }

    /// Countries, by code and name.
    pub(super) fn countries(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let codes = self.each(test, &columns.places.countries.texts, Field::Country)?;
        let names = columns.places.country_names.iter();
        let mut scorer = Scorer::default();
        let countries = codes.iter().zip(names).map(|(&code, name)| {
            let by_name = test.judge(name, Field::Country, &mut scorer);
            by_name.max(code)
        });
        let countries: Vec<Verdict> = countries.collect();
        let lists = &columns.place_list.records.countries;
        Some(of_lists(ColumnId::Places, lists, &countries).with_texts(Field::Country, codes))
    }

    /// Countries, regions or cities that are known by name; where that leaves it open, also what holds the text.
    pub(super) fn resolved_places(
        &self,
        place: &PlaceTest,
        text: &TextTest,
        field: Field,
    ) -> Option<VerdictTables> {
        let columns = self.columns;
        let verdicts = columns.places.all.iter().map(|one| {
            let (country, region, city) = columns.places.parts(one);
            Verdict::from_bool(place.holds(country, region, city))
        });
        let verdicts: Vec<Verdict> = verdicts.collect();
        let lists = &columns.place_list.records.places;
        let mut tables = of_lists(ColumnId::Places, lists, &verdicts);
        if place.is_open() {
            tables.add(self.text(text, Some(field))?);
        }
        Some(tables)
    }

    /// Regions.
    pub(super) fn regions(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let regions = self.each(test, &columns.places.regions.texts, Field::Region)?;
        let lists = &columns.place_list.records.regions;
        Some(of_lists(ColumnId::Places, lists, &regions).with_texts(Field::Region, regions))
    }

    /// Cities.
    pub(super) fn cities(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let cities = self.each(test, &columns.places.cities.texts, Field::City)?;
        let lists = &columns.place_list.records.cities;
        Some(of_lists(ColumnId::Places, lists, &cities).with_texts(Field::City, cities))
    }

    /// Tags.
    pub(super) fn tags(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let tags = self.each(test, &columns.tags.texts, Field::Tag)?;
        let lists = &columns.tag_list.records;
        Some(of_lists(ColumnId::Tags, lists, &tags).with_texts(Field::Tag, tags))
    }

    /// Technologies.
    pub(super) fn skills(&self, test: &TextTest) -> Option<VerdictTables> {
        let columns = self.columns;
        let skills = self.each(test, &columns.skills.texts, Field::Skill)?;
        let lists = columns.skill_list.records.iter();
        let verdicts = lists.map(|list| {
            let verdicts = list.map(|skill| skills[skill as usize]);
            verdicts.fold(Verdict::FALSE, Verdict::max)
        });
        let mut tables = VerdictTables::default();
        tables.push(ColumnId::Skills, verdicts);
        Some(tables.with_texts(Field::Skill, skills))
    }

    /// Human languages, by tag and by English name.
    pub(super) fn languages(&self, test: &TextTest) -> Option<VerdictTables> {
        let requirements = &self.columns.requirements;
        let tags = self.each(test, &requirements.spoken.texts, Field::Speaks)?;
        let mut scorer = Scorer::default();
        let languages = tags.iter().enumerate().map(|(number, &by_tag)| {
            let name = language_name(requirements.spoken.texts.get(number)).map(fold);
            let by_name = name.map(|name| test.judge(&name, Field::Speaks, &mut scorer));
            by_name.unwrap_or_default().max(by_tag)
        });
        let languages: Vec<Verdict> = languages.collect();
        let records = requirements.column.records.iter();
        let verdicts = records.map(|record| {
            let list = requirements.speaks(record);
            if list.is_empty() {
                Verdict::unjudged(Field::Speaks, Reason::Absent)
            } else {
                best(&languages, list)
            }
        });
        let mut tables = VerdictTables::default();
        tables.push(ColumnId::Requirements, verdicts);
        Some(tables.with_texts(Field::Speaks, tags))
    }

    /// Closed lists, languages and boards.
    pub(super) fn kinds(&self, test: &TextTest, field: Field) -> Option<VerdictTables> {
        let columns = self.columns;
        let values = match field {
            Field::Language => &columns.languages,
            Field::Board => &columns.boards,
            field => columns.closed.values(field).unwrap_or(&columns.boards),
        };
        let words = self.each(test, &values.texts, field)?;
        let unknown = if field == Field::Years || is_doubtful(field) {
            Verdict::unjudged(field, Reason::Absent)
        } else {
            Verdict::FALSE
        };
        let verdict = |number: Option<u32>| match number {
            Some(number) => words[number as usize],
            None => unknown,
        };
        let mut tables = VerdictTables::default();
        if let Some(number) = required(field) {
            let records = columns.requirements.column.records.iter();
            tables.push(
                ColumnId::Requirements,
                records.map(|record| verdict(number(record))),
            );
        } else if field == Field::Employment {
            let kinds = columns.kind.records.iter().map(|kind| {
                if kind.employment.is_empty() {
                    return unknown;
                }
                let words = kind.employment.iter().map(|at| words[at as usize]);
                words.fold(Verdict::FALSE, Verdict::max)
            });
            tables.push(ColumnId::Enums, kinds);
        } else {
            let number: fn(&EnumRecord) -> Option<u32> = match field {
                Field::Workplace => |kind| kind.workplace,
                Field::Level => |kind| kind.level,
                Field::Language => |kind| kind.language,
                _ => |kind| kind.board,
            };
            let kinds = columns.kind.records.iter();
            tables.push(ColumnId::Enums, kinds.map(|kind| verdict(number(kind))));
        }
        Some(tables.with_texts(field, words))
    }

    /// Absence of a field.
    pub(super) fn absent(&self, field: Field) -> (ColumnId, Arc<[Verdict]>) {
        let columns = self.columns;
        let groups = |absent: fn(&EmployerRecord) -> bool| table(&columns.group.records, absent);
        let places = &columns.place_list.records;
        let kinds = |absent: fn(&EnumRecord) -> bool| table(&columns.kind.records, absent);
        let required = |absent: fn(&Requirement) -> bool| {
            let records = &columns.requirements.column.records;
            (ColumnId::Requirements, table(records, absent))
        };
        match field {
            Field::Company => (ColumnId::Employer, groups(|group| group.company.is_none())),
            Field::Team => (ColumnId::Employer, groups(|group| group.team.is_none())),
            Field::Location => (ColumnId::Places, empty(&places.places)),
            Field::Country => (ColumnId::Places, empty(&places.countries)),
            Field::Region => (ColumnId::Places, empty(&places.regions)),
            Field::City => (ColumnId::Places, empty(&places.cities)),
            Field::Tag => (ColumnId::Tags, empty(&columns.tag_list.records)),
            Field::Workplace => (ColumnId::Enums, kinds(|kind| kind.workplace.is_none())),
            Field::Employment => (ColumnId::Enums, kinds(|kind| kind.employment.is_empty())),
            Field::Level => (ColumnId::Enums, kinds(|kind| kind.level.is_none())),
            Field::Language => (ColumnId::Enums, kinds(|kind| kind.language.is_none())),
            Field::Board => (ColumnId::Enums, kinds(|kind| kind.board.is_none())),
            Field::Years => required(|record| record.years.is_none()),
            Field::Education => required(|record| record.education.is_none()),
            Field::Sponsorship => required(|record| record.sponsorship.is_none()),
            Field::Clearance => required(|record| record.clearance.is_none()),
            Field::Speaks => {
                let requirements = &columns.requirements;
                let records = &requirements.column.records;
                let absent = |record: &Requirement| requirements.speaks(record).is_empty();
                (ColumnId::Requirements, table(records, absent))
            }
            Field::Skill => {
                let mut lists = columns.skill_list.records.iter();
                let absent = lists
                    .by_ref()
                    .map(|mut list| Verdict::from_bool(list.next().is_none()));
                (ColumnId::Skills, absent.collect())
            }
            Field::Posted => (
                ColumnId::Posted,
                table(&columns.posted.records, Option::is_none),
            ),
            Field::Closes => (
                ColumnId::Closes,
                table(&columns.closes.records, Option::is_none),
            ),
            Field::Salary => {
                let pays = columns.salary.records.iter();
                let absent = pays.map(|pay| Verdict::from_bool(pay.is_empty()));
                (ColumnId::Salary, absent.collect())
            }
            // Titles are always present; states are never absent; descriptions and marks are not columns.
            Field::Title
            | Field::Text
            | Field::Note
            | Field::Near
            | Field::From
            | Field::Is
            | Field::Has
            | Field::Applied
            | Field::FollowUp => (ColumnId::Title, table(&columns.title.records, |_| false)),
        }
    }
}

impl VerdictTables {
    /// The same, where a posting that names no technology cannot be judged.
    pub(super) fn doubting_skills(mut self, columns: &Columns) -> Self {
        let mut skills: Vec<Verdict> = match self.parts.pop() {
            Some((_, table)) => table.to_vec(),
            None => vec![Verdict::FALSE; columns.skill_list.records.len()],
        };
        let lists = columns.skill_list.records.iter();
        for (verdict, mut list) in skills.iter_mut().zip(lists) {
            if list.next().is_none() {
                *verdict = Verdict::unjudged(Field::Skill, Reason::Absent);
            }
        }
        self.push(ColumnId::Skills, skills.into_iter());
        self
    }
}

/// The number of a record's value in a field that is one of the requirements.
pub(in crate::search) fn required(field: Field) -> Option<fn(&Requirement) -> Option<u32>> {
    match field {
        Field::Years => Some(|record| record.least_years().map(u32::from)),
        Field::Education => Some(|record| record.education),
        Field::Sponsorship => Some(|record| record.sponsorship),
        Field::Clearance => Some(|record| record.clearance),
        _ => None,
    }
}

fn table<T>(records: &[T], absent: impl Fn(&T) -> bool) -> Arc<[Verdict]> {
    let records = records.iter();
    records
        .map(|record| Verdict::from_bool(absent(record)))
        .collect()
}

/// Verdict on whether each list is empty.
fn empty(lists: &Lists) -> Arc<[Verdict]> {
    let lists = lists.iter();
    lists
        .map(|list| Verdict::from_bool(list.is_empty()))
        .collect()
}

fn look_up(verdicts: Option<&[Verdict]>, number: Option<u32>) -> Verdict {
    match (verdicts, number) {
        (Some(verdicts), Some(number)) => verdicts[number as usize],
        _ => Verdict::FALSE,
    }
}

/// Table of lists, given the verdicts on their values.
fn of_lists(part: ColumnId, lists: &Lists, verdicts: &[Verdict]) -> VerdictTables {
    let mut tables = VerdictTables::default();
    tables.push(part, lists.iter().map(|list| best(verdicts, list)));
    tables
}

fn best(verdicts: &[Verdict], numbers: &[u32]) -> Verdict {
    let numbers = numbers.iter();
    numbers.fold(Verdict::FALSE, |best, &number| {
        best.max(verdicts[number as usize])
    })
}
