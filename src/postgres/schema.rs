//! The tables. Those of a generation are never changed once it is current.

use super::{Address, citus};
use crate::search::{ColumnId, RemoteRow};

/// Columns of the record numbers, in the order of [`ColumnId::ALL`].
pub(super) fn record_columns() -> impl Iterator<Item = &'static str> {
    ColumnId::ALL.iter().map(|column| column.name())
}

/// Columns that conditions are about.
pub(super) fn covered_columns() -> impl Iterator<Item = &'static str> {
    record_columns().chain(["arrived", "changed", "group_number"])
}

/// Columns of the sort keys, in the order of [`RemoteRow::SORTED`].
pub(super) fn sort_columns() -> impl Iterator<Item = String> {
    RemoteRow::SORTED
        .iter()
        .map(|key| format!("by_{}", key.name()))
}

/// Tables of all generations; `is_distributed` tells whether Citus distributes rows.
pub(super) fn lasting(address: &Address, is_distributed: bool) -> String {
    let schema = &address.schema;
    let part = distribution_column(is_distributed);
    let key = key("hash", is_distributed);
    format!(
        "CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE IF NOT EXISTS {schema}.generation (
    number int PRIMARY KEY,
    is_current bool NOT NULL,
    board text NOT NULL,
    parts text NOT NULL,
    postings int NOT NULL,
    fingerprint text NOT NULL,
    published timestamptz NOT NULL DEFAULT now(),
    lineage text NOT NULL DEFAULT '',
    grouped int NOT NULL DEFAULT 0
);
ALTER TABLE {schema}.generation ADD COLUMN IF NOT EXISTS lineage text NOT NULL DEFAULT '';
ALTER TABLE {schema}.generation ADD COLUMN IF NOT EXISTS grouped int NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX IF NOT EXISTS one_is_current ON {schema}.generation (is_current) WHERE is_current;
CREATE TABLE IF NOT EXISTS {schema}.body (
    hash bytea NOT NULL,
    posting text NOT NULL,
    description text NOT NULL,
    folded text{part},
    PRIMARY KEY ({key})
);
CREATE TABLE IF NOT EXISTS {schema}.part (
    generation int NOT NULL,
    first int NOT NULL,
    past int NOT NULL,
    server text NOT NULL
);"
    )
}

/// The column by which Citus distributes rows, after others.
fn distribution_column(is_distributed: bool) -> String {
    if is_distributed {
        format!(",\n    {}", citus::COLUMN)
    } else {
        String::new()
    }
}

/// A key, to which Citus wants that column.
fn key(column: &str, is_distributed: bool) -> String {
    let part = if is_distributed { ", part" } else { "" };
    format!("{column}{part}")
}

/// Columns of a table of rows.
pub(super) fn posting_columns() -> String {
    let records: String = record_columns().fold(String::new(), |all, name| {
        all + "    " + name + " int NOT NULL,\n"
    });
    let keys: String =
        sort_columns().fold(String::new(), |all, name| all + "    " + &name + " int,\n");
    format!(
        "    number int NOT NULL,
{records}{keys}    arrived int NOT NULL,
    changed int NOT NULL,
    group_number int NOT NULL,
    duplicates int NOT NULL,
    is_apart bool NOT NULL,
    is_described bool NOT NULL,
    board text NOT NULL,
    hash bytea NOT NULL,
    id text COLLATE \"C\" NOT NULL"
    )
}

/// Tables of a generation, without indexes. Its rows may be spread over several servers.
pub(super) fn generation(address: &Address, number: i32, is_distributed: bool) -> String {
    let schema = &address.schema;
    let columns = posting_columns() + &distribution_column(is_distributed);
    let spread = if address.servers.is_empty() {
        ""
    } else {
        " PARTITION BY RANGE (number)"
    };
    format!(
        "CREATE TABLE {schema}.record_{number} (
    kind int2 NOT NULL,
    number int NOT NULL,
    stated text NOT NULL,
    derived text NOT NULL,
    board text NOT NULL,
    postings int NOT NULL,
    PRIMARY KEY (kind, number)
);
CREATE TABLE {schema}.arrival_{number} (
    arrived int NOT NULL,
    changed int NOT NULL,
    closes int NOT NULL,
    postings int NOT NULL
);
CREATE TABLE {schema}.interview_{number} (
    number int PRIMARY KEY,
    interview text NOT NULL
);
CREATE TABLE {schema}.posting_{number} (
{columns}
){spread};"
    )
}

/// Indexes of a table of rows, made after its rows.
pub(super) fn indexes(address: &Address, name: &str, is_distributed: bool) -> String {
    let table = address.table(name);
    let (primary, id) = (key("number", is_distributed), key("id", is_distributed));
    let one = |(at, column): (usize, &str)| {
        let others: Vec<&str> = covered_columns().filter(|other| *other != column).collect();
        // Rows found by what is searched for most are read out of the index alone.
        let included = match ColumnId::ALL[at] {
            ColumnId::Title | ColumnId::Employer | ColumnId::Places => {
                format!(" INCLUDE ({})", others.join(", "))
            }
            _ => String::new(),
        };
        format!("CREATE INDEX {name}_{at} ON {table} ({column}, number){included};\n")
    };
    let keys: String = sort_columns().fold(String::new(), |all, key| {
        all + "CREATE INDEX " + name + "_" + &key + " ON " + &table + " (" + &key + ", number);\n"
    });
    let records: String = record_columns().enumerate().map(one).collect();
    format!(
        "ALTER TABLE {table} ADD PRIMARY KEY ({primary}) INCLUDE (group_number);
CREATE UNIQUE INDEX {name}_id ON {table} ({id});
CREATE INDEX {name}_arrived ON {table} (arrived);
CREATE INDEX {name}_changed ON {table} (changed) WHERE changed > 0;
CREATE INDEX {name}_group ON {table} (group_number) WHERE duplicates > 0;
{records}{keys}"
    )
}

/// Removes a generation.
pub(super) fn drop(address: &Address, number: i32) -> String {
    format!(
        "DROP TABLE IF EXISTS {}, {}, {}, {}; DELETE FROM {} WHERE generation = {number}; DELETE FROM {} WHERE number = {number};",
        address.table(&format!("posting_{number}")),
        address.table(&format!("record_{number}")),
        address.table(&format!("arrival_{number}")),
        address.table(&format!("interview_{number}")),
        address.table("part"),
        address.table("generation"),
    )
}
