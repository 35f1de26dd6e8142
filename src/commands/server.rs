//! Boards on a PostgreSQL server.

use crate::config::Config;
use crate::search::RemoteEngine;
#[cfg(feature = "postgres")]
use crate::snapshot;
use crate::tracking::journal::{self, Journal};

/// Number of rows that the panes read for counting while one types.
#[cfg(feature = "postgres")]
const COUNTED: usize = 100_000;

/// The board at an address; `exact` tells whether all matches are counted, however many there are.
#[cfg(feature = "postgres")]
pub(super) fn engine(
    written: &str,
    config: &Config,
    exact: bool,
) -> Result<Box<dyn RemoteEngine>, String> {
    let aliases = config.aliases.clone();
    let mut engine = crate::postgres::Engine::new(address(written)?, aliases);
    if let Some(cache) = snapshot::usual_folder() {
        engine = engine.caching_in(&cache);
    }
    Ok(Box::new(if exact {
        engine
    } else {
        engine.counting_at_most(COUNTED)
    }))
}

/// The board at an address.
#[cfg(not(feature = "postgres"))]
pub(super) fn engine(_: &str, _: &Config, _: bool) -> Result<Box<dyn RemoteEngine>, String> {
    let why = "this jobdeck was built without PostgreSQL: `cargo install jobdeck --features postgres` has it";
    Err(why.to_owned())
}

/// An address with what it leaves out.
#[cfg(feature = "postgres")]
pub(super) fn address(written: &str) -> Result<crate::postgres::Address, String> {
    crate::postgres::Address::new(written, &|name| std::env::var(name).ok())
}

/// Ids of the postings that the user has marked. They are fetched first, so that the marks find their postings.
pub(super) fn marked_ids() -> Vec<String> {
    let Some(folder) = journal::usual_folder() else {
        return Vec::new();
    };
    let opened = Journal::open(&folder, journal::draw_origin());
    let marked = opened.tracking.iter();
    marked.map(|(key, _)| key.id.clone()).collect()
}
