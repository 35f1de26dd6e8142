//! Rows that Citus distributes.
//!
//! The postings, and the rows of each publication, are distributed by a column `part` that follows from the hash of the
//! posting. So a posting is on the same worker as its rows, whatever the publication, and joined with them there. Each
//! shard has one value of the column, by which the shards of a worker that is away can be left out.

use postgres::{Client, GenericClient, Transaction};

use super::Address;
use super::history::Hash;

/// The column by which rows are distributed.
pub(super) const COLUMN: &str = "part int NOT NULL";
/// Stored in place of the name of a server for rows that Citus distributes.
pub(super) const SERVER: &str = "";
/// Values of the column that are tried for each shard. One that none of them falls into stays empty.
const TRIED: i64 = 100;

/// The values of the column, one for each shard.
#[derive(Debug, Clone)]
pub(super) struct Shards(Vec<i32>);

impl Shards {
    /// The value for a posting.
    pub(super) fn part(&self, hash: &Hash) -> i32 {
        let number = hash
            .first_chunk()
            .map_or(0, |first| u32::from_be_bytes(*first));
        self.0[number as usize % self.0.len()]
    }
}

/// Whether the tables of a schema are distributed, or will be if they do not exist yet.
pub(super) fn is_used(client: &mut Client, address: &Address) -> Result<bool, postgres::Error> {
    let body = address.table("body");
    let text = format!(
        "SELECT CASE WHEN to_regclass('{body}') IS NULL THEN EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')
ELSE EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('{body}') AND attname = 'part' AND NOT attisdropped) END"
    );
    client.query_one(&text, &[])?.try_get(0)
}

/// Distributes the table of postings, unless it is.
pub(super) fn distribute_bodies(
    transaction: &mut Transaction<'_>,
    address: &Address,
) -> Result<(), postgres::Error> {
    let body = address.table("body");
    transaction.batch_execute(&format!(
        "SELECT create_distributed_table('{body}', 'part', colocate_with => 'none')
WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = '{body}'::regclass)"
    ))
}

/// The shards of the table of postings.
fn shards(transaction: &mut Transaction<'_>, address: &Address) -> Result<Shards, postgres::Error> {
    let body = address.table("body");
    let text = format!(
        "SELECT min(part) FROM (
SELECT part, get_shard_id_for_distribution_column('{body}', part) AS shard
FROM generate_series(0, (SELECT {TRIED} * count(*) FROM pg_dist_shard WHERE logicalrelid = '{body}'::regclass)::int) part
) all_parts GROUP BY shard ORDER BY 1"
    );
    let rows = transaction.query(&text, &[])?;
    let parts = rows.iter().map(|row| row.try_get(0));
    Ok(Shards(parts.collect::<Result<_, _>>()?))
}

/// Distributes the rows of a generation, which are none yet.
pub(super) fn distribute(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
) -> Result<Shards, postgres::Error> {
    let (rows, body) = (
        address.table(&format!("posting_{generation}")),
        address.table("body"),
    );
    transaction.batch_execute(&format!(
        "SELECT create_distributed_table('{rows}', 'part', colocate_with => '{body}')"
    ))?;
    let shards = shards(transaction, address)?;
    let text = format!(
        "INSERT INTO {} (generation, first, past, server) SELECT $1, part, part + 1, $2 FROM unnest($3::int[]) part",
        address.table("part")
    );
    transaction.execute(&text, &[&generation, &SERVER, &shards.0])?;
    Ok(shards)
}

/// The workers that have the rows with each value, in the order of the values.
pub(super) fn workers(
    client: &mut impl GenericClient,
    address: &Address,
    generation: i32,
) -> Result<Vec<(i32, String)>, postgres::Error> {
    let (rows, part) = (
        address.table(&format!("posting_{generation}")),
        address.table("part"),
    );
    let text = format!(
        "SELECT first, coalesce((SELECT string_agg(groupid::text, ' ' ORDER BY groupid) FROM pg_dist_placement
WHERE shardid = get_shard_id_for_distribution_column('{rows}', first)), '')
FROM {part} WHERE generation = {generation} ORDER BY first"
    );
    let rows = client.query_typed(&text, &[])?;
    let workers = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    workers.collect()
}
