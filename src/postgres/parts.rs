//! Rows that are spread over several servers, each with a part of the table of a generation (`postgres_fdw`, `dblink`).

use postgres::{Client, Transaction};

use super::{Address, citus, schema};

/// Rows sent to a server at once, and fetched at once.
const BATCH: &str = "batch_size '1000', fetch_size '10000'";

/// Rows that are on one server, or on several as copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Which rows these are.
    rows: Rows,
    /// The server, as it is called there.
    pub(super) server: String,
}

/// How the rows of a part are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// By their numbers, from one up to another.
    Numbers(i32, i32),
    /// By their value in the column by which Citus distributes them.
    Value(i32),
}

impl Part {
    /// Whether it is a part of rows that Citus distributes.
    pub(super) fn is_distributed(&self) -> bool {
        matches!(self.rows, Rows::Value(_))
    }
}

/// Condition that a row `p` is in one of these parts.
pub(super) fn condition<'a>(parts: impl IntoIterator<Item = &'a Part>) -> String {
    let (mut any, mut values) = (Vec::new(), Vec::new());
    for part in parts {
        match part.rows {
            Rows::Numbers(first, past) => {
                any.push(format!("p.number >= {first} AND p.number < {past}"));
            }
            Rows::Value(value) => values.push(value.to_string()),
        }
    }
    if !values.is_empty() {
        any.push(format!("p.part = ANY ('{{{}}}')", values.join(",")));
    }
    if any.is_empty() {
        return "false".to_owned();
    }
    format!("({})", any.join(" OR "))
}

/// Name of the table of a part.
pub(super) fn table(generation: i32, at: usize) -> String {
    format!("posting_{generation}_part_{at}")
}

/// The parts of a generation; none if its rows are on one server.
pub(super) fn read(
    client: &mut Client,
    address: &Address,
    generation: i32,
) -> Result<Vec<Part>, postgres::Error> {
    let text = format!(
        "SELECT first, past, server FROM {} WHERE generation = {generation} ORDER BY first",
        address.table("part")
    );
    let rows = client.query_typed(&text, &[])?;
    let mut parts = Vec::new();
    for row in &rows {
        let server: String = row.try_get(2)?;
        if server == citus::SERVER {
            let workers = citus::workers(client, address, generation)?.into_iter();
            let part = |(value, server)| Part {
                rows: Rows::Value(value),
                server,
            };
            return Ok(workers.map(part).collect());
        }
        parts.push(Part {
            rows: Rows::Numbers(row.try_get(0)?, row.try_get(1)?),
            server,
        });
    }
    Ok(parts)
}

/// Makes the parts of a generation and their tables on the servers.
pub(super) fn create(
    transaction: &mut Transaction<'_>,
    address: &Address,
    (generation, rows): (i32, usize),
) -> Result<Result<(), String>, postgres::Error> {
    let found = transaction.query(DBLINK, &[])?;
    let Some(found) = found.first() else {
        let why = "the extensions postgres_fdw and dblink spread a board over servers, and one is missing";
        return Ok(Err(why.to_owned()));
    };
    let dblink: String = found.try_get(0)?;
    let most = rows.div_ceil(address.servers.len()).max(1);
    let number = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
    for (at, server) in address.servers.iter().enumerate() {
        let (first, past) = (number(at * most), number((at + 1) * most));
        let (name, schema) = (table(generation, at), &address.schema);
        let here = address.table(&name);
        let there = format!(
            "CREATE SCHEMA IF NOT EXISTS {schema}; DROP TABLE IF EXISTS {here}; CREATE TABLE {here} ({}); {}",
            schema::posting_columns(),
            schema::indexes(address, &name, false)
        );
        transaction.query_one(
            &format!("SELECT {dblink}.dblink_exec($1, $2)"),
            &[server, &there],
        )?;
        let whole = address.table(&format!("posting_{generation}"));
        let record = address.table("part");
        transaction.batch_execute(&format!(
            "CREATE FOREIGN TABLE {here} PARTITION OF {whole} FOR VALUES FROM ({first}) TO ({past})
SERVER {server} OPTIONS (schema_name '{schema}', table_name '{name}', {BATCH});
INSERT INTO {record} (generation, first, past, server) VALUES ({generation}, {first}, {past}, '{server}')"
        ))?;
    }
    Ok(Ok(()))
}

/// Sends the collected rows to the servers.
pub(super) fn send(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
) -> Result<(), postgres::Error> {
    transaction.batch_execute(&format!(
        "INSERT INTO {} SELECT * FROM {COLLECTED}; DROP TABLE {COLLECTED}",
        address.table(&format!("posting_{generation}"))
    ))
}

/// Table in which rows are collected before they are sent to the servers.
pub(super) const COLLECTED: &str = "pg_temp.collected";

/// Makes that table.
pub(super) fn collect(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
) -> Result<(), postgres::Error> {
    let whole = address.table(&format!("posting_{generation}"));
    transaction.batch_execute(&format!("CREATE TABLE {COLLECTED} (LIKE {whole})"))
}

/// Removes the tables of a generation from the servers. One that is away keeps its own.
pub(super) fn remove(client: &mut Client, address: &Address, generation: i32) {
    let text = format!(
        "SELECT server FROM {} WHERE generation = {generation} AND server <> '{}' ORDER BY first",
        address.table("part"),
        citus::SERVER
    );
    let Ok(servers) = client.query(&text, &[]) else {
        return;
    };
    let found = client.query(DBLINK, &[]).unwrap_or_default();
    let Some(dblink) = found
        .first()
        .and_then(|row| row.try_get::<_, String>(0).ok())
    else {
        return;
    };
    for (at, server) in servers.iter().enumerate() {
        let Ok(server) = server.try_get::<_, String>(0) else {
            continue;
        };
        let drop = format!(
            "DROP TABLE IF EXISTS {}",
            address.table(&table(generation, at))
        );
        let text = format!("SELECT {dblink}.dblink_exec($1, $2)");
        // What stays behind only takes room.
        let _ = client.query(&text, &[&server, &drop]);
    }
}

/// Schema of the functions that run statements on other servers.
const DBLINK: &str = "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'dblink' AND EXISTS (SELECT FROM pg_extension WHERE extname = 'postgres_fdw')";
