//! Records as text, and back through the gate.

use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type;

use super::Address;
use crate::board::field::TITLE;
use crate::board::text;
use crate::published::{self, PublishedError};
use crate::search::{ColumnId, Record, RemoteError, Vocabulary};

/// Longest time until all records are here.
pub(super) const OPENING: Duration = Duration::from_mins(5);
/// Most records of a board.
const MOST: usize = 1 << 25;
/// Longest name of a company or team, in characters.
const NAME: usize = 1000;

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) stated: String,
    pub(super) derived: String,
    pub(super) board: String,
}

impl Stored {
    pub(super) fn new(record: &Record) -> Self {
        let of = |stated: &str, derived: &str| Self {
            stated: stated.to_owned(),
            derived: derived.to_owned(),
            board: String::new(),
        };
        match record {
            Record::Title(title) => of(title, ""),
            Record::Employer(company, team) => of(
                company.as_deref().unwrap_or_default(),
                team.as_deref().unwrap_or_default(),
            ),
            Record::Fields(both) => Self {
                stated: published::posting_line(&both.0),
                derived: published::posting_line(&both.1),
                board: both.0.board.clone(),
            },
        }
    }

    /// The record, read through the gate.
    fn record(self, column: ColumnId) -> Result<Record, PublishedError> {
        match column {
            ColumnId::Title | ColumnId::Numbered => Ok(Record::Title(cut(&self.stated, TITLE))),
            ColumnId::Employer => {
                let name = |text: &str| Some(cut(text, NAME)).filter(|name| !name.is_empty());
                Ok(Record::Employer(name(&self.stated), name(&self.derived)))
            }
            _ => {
                let mut stated = published::fields(&self.stated)?.posting;
                let mut derived = published::fields(&self.derived)?.posting;
                stated.board = text::line(&self.board);
                // Rows of other columns must not add words to the titles.
                stated.title.clear();
                derived.title.clear();
                Ok(Record::Fields(Box::new((stated, derived))))
            }
        }
    }
}

fn cut(raw: &str, most: usize) -> String {
    let mut line = text::line(raw);
    if let Some((end, _)) = line.char_indices().nth(most) {
        line.truncate(end);
    }
    line
}

/// A record with its place, as the server and the cache have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) kind: i16,
    pub(super) number: i32,
    pub(super) stored: Stored,
    pub(super) postings: i32,
}

/// The records that have been read so far. Those of a server and those of the cache pass the same gate.
pub(super) struct Gate {
    vocabulary: Vocabulary,
    count: usize,
    /// Number of postings of the board.
    postings: usize,
}

impl Gate {
    pub(super) fn new(postings: usize) -> Self {
        Self {
            vocabulary: Vocabulary::default(),
            count: 0,
            postings,
        }
    }

    /// Adds the next record; why it is refused.
    pub(super) fn push(&mut self, record: Numbered) -> Result<(), &'static str> {
        self.count += 1;
        if self.count > MOST {
            return Err("the board has too many records");
        }
        let column = usize::try_from(record.kind).ok();
        let column = column.and_then(|kind| ColumnId::ALL.get(kind).copied());
        let column = column.ok_or("a record belongs to no column")?;
        // Every record is that of a posting; a board without postings has one of each column.
        if self.vocabulary.len(column) >= self.postings.max(1) {
            return Err("the board has more records than postings");
        }
        if usize::try_from(record.number) != Ok(self.vocabulary.len(column)) {
            return Err("the records are not numbered one by one");
        }
        let read = record.stored.record(column);
        let read = read.map_err(|_| "a record cannot be read")?;
        let postings = u32::try_from(record.postings).unwrap_or(0);
        self.vocabulary.push(column, read, postings);
        Ok(())
    }

    pub(super) fn finish(self) -> Vocabulary {
        self.vocabulary
    }
}

/// Reads the records of a generation with this number of postings, and passes each to `keep` before it is checked.
pub(super) fn read(
    client: &mut postgres::Client,
    address: &Address,
    (generation, postings): (i32, usize),
    keep: &mut dyn FnMut(&Numbered),
) -> Result<Result<Vocabulary, RemoteError>, postgres::Error> {
    let table = address.table(&format!("record_{generation}"));
    let text = format!(
        "SELECT kind, number, stated, derived, board, postings FROM {table} ORDER BY kind, number"
    );
    let mut transaction = client.transaction()?;
    // Reading all of them may take longer than a search may.
    let limit = OPENING.as_millis();
    transaction.batch_execute(&format!("SET LOCAL statement_timeout = {limit}"))?;
    let none: [(&i32, Type); 0] = [];
    let mut rows = transaction.query_typed_raw(&text, none)?;
    let mut gate = Gate::new(postings);
    while let Some(row) = rows.next()? {
        let record = Numbered {
            kind: row.try_get(0)?,
            number: row.try_get(1)?,
            stored: Stored {
                stated: row.try_get(2)?,
                derived: row.try_get(3)?,
                board: row.try_get(4)?,
            },
            postings: row.try_get(5)?,
        };
        keep(&record);
        if let Err(why) = gate.push(record) {
            return Ok(Err(RemoteError::Refused(why.to_owned())));
        }
    }
    Ok(Ok(gate.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Location, Posting, Salary};
    use crate::facts;

    #[test]
    fn records_read_back_as_they_were_written() {
        let posting = Posting {
            title: "Senior Engineer (R12345)".into(),
            company: Some("Acme".into()),
            locations: vec![Location::parse("Kiel, DE"), Location::parse("Remote (EU)")],
            tags: vec!["search".into()],
            board: "acme".into(),
            salary: vec![Salary {
                min: Some(90_000.0),
                max: None,
                currency: iso_currency::Currency::EUR,
                per: crate::board::Period::Year,
                location: None,
            }],
            description: "5+ years of Rust. We sponsor visas. Fluent German required.".into(),
            ..Posting::default()
        };
        let facts = facts::of_posting(&posting).values();
        for column in ColumnId::ALL {
            let record = Record::new(column, &posting, &facts);
            let back = Stored::new(&record).record(column);
            assert_eq!(back, Ok(record), "{}", column.name());
        }
    }

    #[test]
    fn records_pass_the_gate() {
        let stored = Stored {
            stated: "Engineer\u{1b}[2J\u{202e}".into(),
            derived: String::new(),
            board: String::new(),
        };
        let record = stored.record(ColumnId::Title);
        assert_eq!(record, Ok(Record::Title("Engineer".into())));
        let stored = Stored {
            stated: "not an object".into(),
            derived: "{}".into(),
            board: String::new(),
        };
        assert!(stored.record(ColumnId::Tags).is_err());
    }
}
