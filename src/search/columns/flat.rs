//! Encodes columns as flat arrays, and decodes them.

use super::origin::Origins;
use super::packed::PackedLists;
use super::requirements::Requirements;
use super::{ClosedLists, Columns, Group, Kind, Pays, SmallSet, Title};
use crate::board::Date;
use crate::search::column::{Column, Ids};
use crate::search::flat::{Array, Arrays, Lists, absent, day, number, to_day};
use crate::search::places::{PlaceLists, Places};
use crate::search::requisition::{NumberedTitles, Tails};
use crate::search::texts::{Texts, Values};

impl Columns {
    pub(in crate::search) fn put<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.titles.put(out);
        let values = [
            &self.companies,
            &self.teams,
            &self.tags,
            &self.languages,
            &self.boards,
            &self.skills,
            &self.areas,
        ];
        for values in values {
            values.put(out);
        }
        self.places.put(out);
        self.title.ids.put(out);
        put(&self.title.records, out, |title| {
            title.text << 1 | u32::from(title.numbered)
        });
        self.numbered.ids.put(out);
        self.numbered.records.put(out);
        out.push(Array::Longs(vec![self.tails.letter_set].into()));
        self.group.ids.put(out);
        put(&self.group.records, out, |group| number(group.company));
        put(&self.group.records, out, |group| number(group.team));
        self.place_list.ids.put(out);
        self.place_list.records.put(out);
        self.tag_list.ids.put(out);
        self.tag_list.records.put(out);
        self.kind.ids.put(out);
        put(&self.kind.records, out, |kind| kind.employment.0);
        for part in PARTS {
            put(&self.kind.records, out, |kind| number(part(kind)));
        }
        put(&self.kind.records, out, |kind| kind.derived.0.into());
        self.requirements.put(out);
        self.skill_list.ids.put(out);
        self.skill_list.records.put(out);
        for column in [&self.posted, &self.closes] {
            column.ids.put(out);
            put(&column.records, out, |&date| day(date));
        }
        self.salary.ids.put(out);
        self.salary.records.put(out);
    }

    /// Decodes the columns of `rows` rows.
    pub(in crate::search) fn take(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let titles = Texts::take(arrays)?;
        let mut values = || Values::take(arrays);
        let (companies, teams, tags) = (values()?, values()?, values()?);
        let (languages, boards) = (values()?, values()?);
        let (skills, areas) = (values()?, values()?);
        let closed = ClosedLists::new();
        Some(Self {
            titles,
            companies,
            teams,
            tags,
            languages,
            boards,
            skills,
            areas,
            places: Places::take(arrays)?,
            closed,
            title: take(arrays, rows, |arrays| Some(titles_of(&arrays.words()?)))?,
            numbered: take(arrays, rows, NumberedTitles::take)?,
            tails: Tails {
                letter_set: *arrays.longs()?.first()?,
            },
            group: take(arrays, rows, groups)?,
            place_list: take(arrays, rows, PlaceLists::take)?,
            tag_list: take(arrays, rows, Lists::take)?,
            kind: take(arrays, rows, kinds)?,
            requirements: Requirements::take(arrays, rows)?,
            skill_list: take(arrays, rows, PackedLists::take)?,
            posted: take(arrays, rows, days)?,
            closes: take(arrays, rows, days)?,
            salary: take(arrays, rows, Pays::take)?,
        })
    }
}

/// Members of a record that are optional numbers.
const PARTS: [fn(&Kind) -> Option<u32>; 5] = [
    |kind| kind.workplace,
    |kind| kind.level,
    |kind| kind.language,
    |kind| kind.board,
    |kind| kind.areas,
];

fn put<T>(records: &[T], out: &mut Vec<Array<'_>>, number: impl Fn(&T) -> u32) {
    let numbers: Vec<u32> = records.iter().map(number).collect();
    out.push(Array::Words(numbers.into()));
}

/// The column of so many rows.
pub(super) fn take<R>(
    arrays: &mut Arrays,
    rows: usize,
    records: impl FnOnce(&mut Arrays) -> Option<R>,
) -> Option<Column<R>> {
    Some(Column {
        ids: Ids::take(arrays, rows)?,
        records: records(arrays)?,
    })
}

fn titles_of(numbers: &[u32]) -> Vec<Title> {
    let titles = numbers.iter().map(|number| Title {
        text: number >> 1,
        numbered: number & 1 == 1,
    });
    titles.collect()
}

fn groups(arrays: &mut Arrays) -> Option<Vec<Group>> {
    let (companies, teams) = (arrays.words()?, arrays.words()?);
    let groups = companies.into_iter().zip(teams);
    let groups = groups.map(|(company, team)| Group {
        company: absent(company),
        team: absent(team),
    });
    Some(groups.collect())
}

fn kinds(arrays: &mut Arrays) -> Option<Vec<Kind>> {
    let mut parts = || arrays.words();
    let (employments, workplaces, levels) = (parts()?, parts()?, parts()?);
    let (languages, boards, areas) = (parts()?, parts()?, parts()?);
    let derived = parts()?;
    let kinds = (0..workplaces.len()).map(|at| {
        Some(Kind {
            workplace: absent(workplaces[at]),
            employment: SmallSet(*employments.get(at)?),
            level: absent(*levels.get(at)?),
            language: absent(*languages.get(at)?),
            board: absent(*boards.get(at)?),
            derived: Origins(*derived.get(at)? as u16),
            areas: absent(*areas.get(at)?),
        })
    });
    kinds.collect()
}

fn days(arrays: &mut Arrays) -> Option<Vec<Option<Date>>> {
    Some(arrays.words()?.into_iter().map(to_day).collect())
}
