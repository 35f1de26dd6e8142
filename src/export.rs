//! From postings and interviews to what browsers, feed readers and search engines read. It writes nothing itself: texts are
//! handed over one at a time, so that a large board is never held as a whole, and the same board gives the same bytes.

pub mod atom;
pub mod job_posting;
mod site;

pub use site::{Site, Tally};
