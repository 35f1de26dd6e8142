//! CSV: the output of `JobSpy`, and any table with a title column.

use std::borrow::Cow;

use super::draft::Refusal;
use super::fields::{Columns, Key, Reading, RowFields, Value, reading};
use super::found;
use super::paging::Pages;
use super::recognise::Sign;
use super::shape::Shape;
use super::spec::{FormatSpec, Read};
use super::{Drafts, RowPosition, quoted_list, table};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "csv",
    signs: &[Sign::Text(is_csv)],
    read: Read::List(drafts),
    site: None,
    pages: Pages::One,
};

/// Fields that have a value for each range of pay, in one cell.
const PAY: &[Key] = &[
    Key::SalaryMin,
    Key::SalaryMax,
    Key::Currency,
    Key::Per,
    Key::SalaryLocation,
];
/// Columns that `jobdeck` prints beside those of a posting; an import makes its own.
const BESIDE: &[&str] = &["board", "facts", "source", "alike"];
/// Columns that every table of postings has that `jobdeck export` wrote.
const OWN: &[&str] = &["id", "title", "locations", "salary_min", "retold", "pinned"];
/// What a spreadsheet takes for the start of a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
fn without_guard(cell: &str) -> &str {
    let guarded = cell.strip_prefix('\'');
    let text = guarded.filter(|text| {
        text.trim_start_matches('\'')
            .trim_start()
            .starts_with(FORMULA)
    });
    text.unwrap_or(cell)
}

/// Whether a text starts with column names that include a title.
fn is_csv(text: &str) -> bool {
    let mut from = table::reader(text);
    let Ok(header) = from.headers() else {
        return false;
    };
    let shape = Shape::default();
    let mut keys = header.iter().filter_map(|name| reading(name, &shape));
    header.len() > 1 && keys.any(|(key, _)| key == Key::Title)
}

fn drafts<'a>(text: &'a str, shape: &'a Shape, columns: Columns) -> Result<Drafts<'a>, String> {
    if let Some(path) = &shape.rows {
        return Err(format!("a table has no list `{path}`"));
    }
    let mut from = table::reader(text);
    let header = from.headers().map_err(|error| error.to_string())?;
    let header = header.iter().map(|name| {
        let name = name.trim().to_owned();
        (reading(&name, shape), name)
    });
    let header: Vec<(Reading, String)> = header.collect();
    let is_title = |reading: &Reading| matches!(reading, Some((Key::Title, _)));
    if !header.iter().any(|(reading, _)| is_title(reading)) {
        let columns = found::names(header.iter().map(|(_, name)| name));
        return Err(format!(
            "no column is the title: {columns}{}",
            found::WAY_OUT
        ));
    }
    let is_own = shape.is_empty()
        && OWN
            .iter()
            .all(|own| header.iter().any(|(_, name)| name == own));
    let rows = from.into_records().enumerate();
    Ok(Box::new(rows.map(move |(at, record)| {
        let row = at + 1;
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |place| place.line() as usize);
                let mut fields = RowFields::new(shape, &columns).own(is_own);
                for ((reading, name), cell) in header.iter().zip(&record) {
                    if reading.is_none() && BESIDE.contains(&name.as_str()) {
                        continue;
                    }
                    let cell = without_guard(cell);
                    match reading {
                        Some((key, _)) if PAY.contains(key) => {
                            for (range, part) in quoted_list::split(cell).into_iter().enumerate() {
                                let text = Value::Text(Cow::Owned(part));
                                fields.add_as(*reading, name.as_str(), range, text);
                            }
                        }
                        _ => {
                            let text = Value::Text(Cow::Borrowed(cell));
                            fields.add_as(*reading, name.as_str(), 0, text);
                        }
                    }
                }
                (RowPosition { row, line }, fields.draft())
            }
            Err(error) => {
                let line = error.position().map_or(0, |place| place.line() as usize);
                (
                    RowPosition { row, line },
                    Err(Refusal::wrong(message(&error))),
                )
            }
        }
    })))
}

fn message(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("it has {len} fields where the header names {expected_len}")
        }
        _ => error.to_string(),
    }
}
