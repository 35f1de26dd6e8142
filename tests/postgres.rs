//! Boards on a PostgreSQL server that the tests start themselves.
//!
//! Without PostgreSQL on the machine they are skipped, and say so; with `JOBDECK_REQUIRE_POSTGRES` that is a failure.

mod citus;
mod commands;
mod engines;
mod hostile;
mod outage;
mod panes;
mod parts;
mod record_cache;
mod rules;
mod server;
mod texts;
