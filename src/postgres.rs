//! A board on a PostgreSQL server.
//!
//! The server holds one row of record numbers for each posting, the postings themselves, and the distinct records of
//! each column. The records are read once; a query is evaluated on them here, by the code that searches boards in memory
//! ([`crate::search::Plan`]), and the server finds, counts and orders the rows with these records. So both engines give
//! the same answers in the same order.
//!
//! A board is published as a generation: new tables in one transaction, after which readers switch to them. Postings are
//! stored by their hash, so that unchanged ones are sent once.
//!
//! Everything that a server sends is untrusted: postings and records pass the gate of published boards, numbers are
//! checked before they are used, sizes are limited.

mod address;
mod citus;
mod connection;
mod copy;
mod counting;
mod engine;
mod facets;
mod fetch;
mod first_rows;
mod grouping;
mod history;
mod inquiry;
mod interviews;
mod members;
mod message;
mod opening;
mod parts;
mod password;
mod publish;
mod reach;
mod record_cache;
mod rules;
mod schema;
mod sql;
mod statements;
mod statistics;
mod store;
mod text_index;
mod tls;
mod vocabulary;

pub use address::Address;
pub use engine::Engine;
pub use publish::{Published, publish};
