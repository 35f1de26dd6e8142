//! Encodes columns as flat arrays, and decodes them.

use super::origin::Origins;
use super::packed::PackedLists;
use super::requirements::Requirements;
use super::{ClosedLists, Columns, EmployerRecord, EnumRecord, Salaries, SmallSet, Title};
use crate::board::Date;
use crate::search::column::Column;
use crate::search::flat::{Array, Arrays, Lists, absent, day, number, to_day};
use crate::search::places::{PlaceLists, Places};
use crate::search::requisition::{NumberSuffixes, NumberedTitles};
use crate::search::texts::{Texts, Values};

impl Columns {
    pub(in crate::search) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        self.titles.encode(out);
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
            values.encode(out);
        }
        self.places.encode(out);
        self.title.ids.encode(out);
        encode(&self.title.records, out, |title| {
            title.text << 1 | u32::from(title.numbered)
        });
        self.numbered.ids.encode(out);
        self.numbered.records.encode(out);
        out.push(Array::Longs(vec![self.tails.letter_set].into()));
        self.group.ids.encode(out);
        encode(&self.group.records, out, |group| number(group.company));
        encode(&self.group.records, out, |group| number(group.team));
        self.place_list.ids.encode(out);
        self.place_list.records.encode(out);
        self.tag_list.ids.encode(out);
        self.tag_list.records.encode(out);
        self.kind.ids.encode(out);
        encode(&self.kind.records, out, |kind| kind.employment.0);
        for part in PARTS {
            encode(&self.kind.records, out, |kind| number(part(kind)));
        }
        encode(&self.kind.records, out, |kind| kind.derived.0.into());
        self.requirements.encode(out);
        self.skill_list.ids.encode(out);
        self.skill_list.records.encode(out);
        for column in [&self.posted, &self.closes] {
            column.ids.encode(out);
            encode(&column.records, out, |&date| day(date));
        }
        self.salary.ids.encode(out);
        self.salary.records.encode(out);
    }

    /// Decodes the columns of `rows` rows.
    pub(in crate::search) fn decode(arrays: &mut Arrays, rows: usize) -> Option<Self> {
        let titles = Texts::decode(arrays)?;
        let mut values = || Values::decode(arrays);
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
            places: Places::decode(arrays)?,
            closed,
            title: Column::decode(arrays, rows, |arrays| Some(titles_of(&arrays.words()?)))?,
            numbered: Column::decode(arrays, rows, NumberedTitles::decode)?,
            tails: NumberSuffixes {
                letter_set: *arrays.longs()?.first()?,
            },
            group: Column::decode(arrays, rows, groups)?,
            place_list: Column::decode(arrays, rows, PlaceLists::decode)?,
            tag_list: Column::decode(arrays, rows, Lists::decode)?,
            kind: Column::decode(arrays, rows, kinds)?,
            requirements: Requirements::decode(arrays, rows)?,
            skill_list: Column::decode(arrays, rows, PackedLists::decode)?,
            posted: Column::decode(arrays, rows, days)?,
            closes: Column::decode(arrays, rows, days)?,
            salary: Column::decode(arrays, rows, Salaries::decode)?,
        })
    }
}

/// Members of a record that are optional numbers.
const PARTS: [fn(&EnumRecord) -> Option<u32>; 5] = [
    |kind| kind.workplace,
    |kind| kind.level,
    |kind| kind.language,
    |kind| kind.board,
    |kind| kind.areas,
];

fn encode<T>(records: &[T], out: &mut Vec<Array<'_>>, number: impl Fn(&T) -> u32) {
    let numbers: Vec<u32> = records.iter().map(number).collect();
    out.push(Array::Words(numbers.into()));
}

fn titles_of(numbers: &[u32]) -> Vec<Title> {
    let titles = numbers.iter().map(|number| Title {
        text: number >> 1,
        numbered: number & 1 == 1,
    });
    titles.collect()
}

fn groups(arrays: &mut Arrays) -> Option<Vec<EmployerRecord>> {
    let (companies, teams) = (arrays.words()?, arrays.words()?);
    let groups = companies.into_iter().zip(teams);
    let groups = groups.map(|(company, team)| EmployerRecord {
        company: absent(company),
        team: absent(team),
    });
    Some(groups.collect())
}

fn kinds(arrays: &mut Arrays) -> Option<Vec<EnumRecord>> {
    let mut parts = || arrays.words();
    let (employments, workplaces, levels) = (parts()?, parts()?, parts()?);
    let (languages, boards, areas) = (parts()?, parts()?, parts()?);
    let derived = parts()?;
    let kinds = (0..workplaces.len()).map(|at| {
        Some(EnumRecord {
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
