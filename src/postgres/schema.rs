//! The tables. Those of a generation are never changed once it is current.

use super::Address;
use crate::search::{ColumnId, RemoteRow};

/// Columns of the record numbers, in the order of [`ColumnId::ALL`].
pub(super) fn record_columns() -> impl Iterator<Item = &'static str> {
    ColumnId::ALL.iter().map(|column| column.name())
}

/// Columns of the sort keys, in the order of [`RemoteRow::SORTED`].
pub(super) fn sort_columns() -> impl Iterator<Item = String> {
    RemoteRow::SORTED
        .iter()
        .map(|key| format!("by_{}", key.name()))
}

/// Tables of all generations.
pub(super) fn lasting(address: &Address) -> String {
    let schema = &address.schema;
    format!(
        "CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE IF NOT EXISTS {schema}.generation (
    number int PRIMARY KEY,
    is_current bool NOT NULL,
    board text NOT NULL,
    parts text NOT NULL,
    postings int NOT NULL,
    fingerprint text NOT NULL,
    published timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS one_is_current ON {schema}.generation (is_current) WHERE is_current;
CREATE TABLE IF NOT EXISTS {schema}.body (
    hash bytea PRIMARY KEY,
    posting text NOT NULL,
    description text NOT NULL,
    folded text
);"
    )
}

/// Tables of a generation, without indexes.
pub(super) fn generation(address: &Address, number: i32) -> String {
    let schema = &address.schema;
    let records: String = record_columns().fold(String::new(), |all, name| {
        all + "    " + name + " int NOT NULL,\n"
    });
    let keys: String =
        sort_columns().fold(String::new(), |all, name| all + "    " + &name + " int,\n");
    format!(
        "CREATE TABLE {schema}.record_{number} (
    kind int2 NOT NULL,
    number int NOT NULL,
    stated text NOT NULL,
    derived text NOT NULL,
    board text NOT NULL,
    postings int NOT NULL
);
CREATE TABLE {schema}.posting_{number} (
    number int NOT NULL,
{records}{keys}    is_described bool NOT NULL,
    board text NOT NULL,
    hash bytea NOT NULL,
    id text COLLATE \"C\" NOT NULL
);"
    )
}

/// Indexes of a generation, made after its rows.
pub(super) fn indexes(address: &Address, number: i32) -> String {
    let table = address.table(&format!("posting_{number}"));
    let one = |(at, name): (usize, &str)| {
        let others: Vec<&str> = record_columns().filter(|other| *other != name).collect();
        // Rows found by their titles are read out of the index alone.
        let included = match ColumnId::ALL[at] {
            ColumnId::Title => format!(" INCLUDE ({})", others.join(", ")),
            _ => String::new(),
        };
        format!("CREATE INDEX posting_{number}_{at} ON {table} ({name}, number){included};\n")
    };
    let records: String = record_columns().enumerate().map(one).collect();
    format!(
        "ALTER TABLE {table} ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX posting_{number}_id ON {table} (id);
{records}ALTER TABLE {} ADD PRIMARY KEY (kind, number);
",
        address.table(&format!("record_{number}"))
    )
}

/// Removes a generation.
pub(super) fn drop(address: &Address, number: i32) -> String {
    format!(
        "DROP TABLE IF EXISTS {}, {}; DELETE FROM {} WHERE number = {number};",
        address.table(&format!("posting_{number}")),
        address.table(&format!("record_{number}")),
        address.table("generation"),
    )
}
