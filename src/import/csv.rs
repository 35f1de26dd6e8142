//! CSV: what `JobSpy` writes, and any table whose columns bear our own names.

use std::collections::HashMap;

use super::amount::Amount;
use super::body::Body;
use super::day::{self, Day};
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::{Drafts, Place, table, word};
use crate::board::field::{FIELDS, Kind, Value};
use crate::board::{Level, Sponsorship, Workplace};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "csv",
    signs: &[Sign::Text(is_csv)],
    read: Read::Rows(drafts),
    site: None,
    pages: Pages::One,
};

/// Whether a text starts with the names of columns, one of them `title`.
fn is_csv(text: &str) -> bool {
    let mut from = table::reader(text);
    let Ok(header) = from.headers() else {
        return false;
    };
    header.len() > 1 && header.iter().any(|name| named(name) == "title")
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let mut from = table::reader(text);
    let header = from.headers().map_err(|error| error.to_string())?;
    let columns: HashMap<String, usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| (named(name), at))
        .collect();
    if !columns.contains_key("title") {
        return Err("it has no column `title`".into());
    }
    let rows = from.into_records().enumerate();
    Ok(Box::new(rows.map(move |(at, record)| {
        let row = at + 1;
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |place| place.line() as usize);
                let fields = Fields {
                    columns: &columns,
                    record: &record,
                };
                (Place { row, line }, fields.draft())
            }
            Err(error) => {
                let line = error.position().map_or(0, |place| place.line() as usize);
                (Place { row, line }, Err(Refusal::wrong(said(&error))))
            }
        }
    })))
}

fn named(column: &str) -> String {
    column.trim().to_ascii_lowercase().replace([' ', '-'], "_")
}

fn said(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("it has {len} fields where the header names {expected_len}")
        }
        _ => error.to_string(),
    }
}

/// The columns that are read one by one, each with what other systems call it.
const READ: [&str; 18] = [
    "id",
    "title",
    "company",
    "team",
    "locations",
    "workplace",
    "employment",
    "posted",
    "closes",
    "salary",
    "url",
    "level",
    "sponsorship",
    "publisher",
    "tags",
    "language",
    "description",
    "source",
];

struct Fields<'a> {
    columns: &'a HashMap<String, usize>,
    record: &'a ::csv::StringRecord,
}

impl Fields<'_> {
    /// The first of these columns that holds something.
    fn get(&self, names: &[&str]) -> Option<&str> {
        let fields = names
            .iter()
            .filter_map(|name| self.record.get(*self.columns.get(*name)?));
        fields
            .map(str::trim)
            .find(|field| !field.is_empty() && *field != "nan")
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        self.get(names).map(str::to_owned)
    }

    fn day(&self, names: &[&str]) -> Day {
        day::day(self.get(names).unwrap_or_default())
    }

    fn list(&self, names: &[&str]) -> Vec<String> {
        let listed = self.get(names).unwrap_or_default();
        listed.split([',', ';']).map(str::to_owned).collect()
    }

    fn draft(&self) -> Result<Draft, Refusal> {
        let flag = self
            .get(&["is_remote"])
            .map(|flag| flag.eq_ignore_ascii_case("true"));
        let own = self.get(&["workplace"]);
        let workplace = own.and_then(|of| Workplace::from_word(of).or_else(|| word::workplace(of)));
        let level = self.get(&["level", "job_level"]);
        let mut draft = Draft {
            id: self.text(&["id"]).unwrap_or_default(),
            title: self.text(&["title"]).unwrap_or_default(),
            company: self.text(&["company"]),
            team: self.text(&["team"]),
            locations: self.text(&["locations", "location"]).into_iter().collect(),
            workplace: workplace.or_else(|| word::remote(flag)),
            employment: word::employments(self.get(&["employment", "job_type"])),
            posted: self.day(&["posted", "date_posted"]),
            closes: self.day(&["closes"]),
            url: self.text(&["url", "job_url_direct", "job_url"]),
            level: level.and_then(|of| Level::from_word(of).or_else(|| word::level(of))),
            sponsorship: self.get(&["sponsorship"]).and_then(Sponsorship::from_word),
            publisher: self.text(&["publisher", "site", "source"]),
            tags: self.list(&["tags"]),
            language: self.text(&["language"]),
            description: self.body()?,
            ..Draft::default()
        };
        self.pay(&mut draft);
        self.others(&mut draft);
        Ok(draft)
    }

    /// The columns of our own that other systems do not have. What a field cannot hold stays as text.
    fn others(&self, draft: &mut Draft) {
        for field in FIELDS {
            let Some(cell) = self
                .get(&[field.name])
                .filter(|_| !READ.contains(&field.name))
            else {
                continue;
            };
            let value = match field.kind {
                Kind::Lines(..) | Kind::Words(_) => {
                    Value::List(cell.split([',', ';']).map(Value::from).collect())
                }
                _ => Value::from(cell),
            };
            if !field.read(&mut draft.others, &value).is_empty() {
                draft.stated.push((field.name, cell.to_owned()));
            }
        }
    }

    /// HTML where there are tags in it, else Markdown: `JobSpy` writes either.
    fn body(&self) -> Result<String, Refusal> {
        let raw = self.get(&["description"]).unwrap_or_default();
        let tags = ["</", "<br", "<p>", "<li>", "&nbsp;"];
        let mut body = Body::default();
        if tags.iter().any(|tag| raw.contains(tag)) {
            body.html(raw)?;
        } else {
            body.push(raw);
        }
        Ok(body.finish())
    }

    fn pay(&self, draft: &mut Draft) {
        let amount = |names: &[&str]| Amount::written(self.get(names).unwrap_or_default());
        let amounts = (
            amount(&["salary_min", "min_amount"]),
            amount(&["salary_max", "max_amount"]),
        );
        let currency = self
            .get(&["salary_currency", "currency"])
            .unwrap_or_default();
        let per = self
            .get(&["salary_per", "salary_interval", "interval"])
            .unwrap_or_default();
        if draft
            .paid(amounts, currency, (word::period(per), per))
            .is_none()
        {
            let written = self.get(&["salary"]).unwrap_or_default();
            draft.paid_in_words(written, currency, word::period(per));
        }
    }
}
