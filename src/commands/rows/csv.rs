//! Rows as CSV, and with tabs as TSV.
//!
//! These files end up in spreadsheets, which run a cell that begins like a formula (`=HYPERLINK(…)`, `+cmd|…`), and a
//! board's text is anybody's. Such a cell gets an apostrophe in front, which makes it text; `jobdeck import` takes it off.
//! JSON keeps every text exactly.

use std::borrow::Cow;
use std::io::Write;

use csv::{ErrorKind, WriterBuilder};

use super::Failure;

/// Characters that start a formula; the full-width forms count in some locales.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Writes rows, below their titles if given, separated by `delimiter`.
pub(super) fn write(
    delimiter: u8,
    titles: Option<&[&str]>,
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(out);
    if let Some(titles) = titles {
        writer.write_record(titles).map_err(failure)?;
    }
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell).into_owned());
        writer.write_record(cells).map_err(failure)?;
    }
    writer.flush()?;
    Ok(())
}

fn failure(error: csv::Error) -> Failure {
    match error.into_kind() {
        ErrorKind::Io(error) => Failure::Output(error),
        other => Failure::Because(format!("{other:?}")),
    }
}

/// The text with an apostrophe in front, if it begins like a formula or like a guarded one.
fn guarded(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start_matches('\'').trim_start();
    if begins.starts_with(FORMULA) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (text, cell) in [
            ("Rust Engineer", "Rust Engineer"),
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("＝1", "'＝1"),
            ("a-b=c", "a-b=c"),
            ("Berlin; =cmd", "Berlin; =cmd"),
            ("'=1", "''=1"),
            (" =1", "' =1"),
            ("'tis", "'tis"),
            ("duties:\n- one\n\n  =two", "duties:\n- one\n\n  =two"),
        ] {
            assert_eq!(guarded(text), cell);
        }
    }

    #[test]
    fn reads_back() {
        let rows = [vec!["a, \"b\"".to_owned(), "c\nd".to_owned()]];
        let mut out = Vec::new();
        write(b',', Some(&["x", "y"]), rows.iter().cloned(), &mut out)
            .expect("writing to a Vec cannot fail");
        let mut reader = csv::Reader::from_reader(&*out);
        let back: Vec<_> = reader.records().map(|row| row.expect("CSV")).collect();
        assert_eq!(back, rows);
    }
}
