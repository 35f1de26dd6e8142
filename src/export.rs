//! Converts postings and interviews into formats for browsers, feed readers and search engines.
//!
//! This module writes no files: texts are handed over one at a time, so that a large board is never held in memory as a
//! whole. The same board always gives the same bytes.

pub mod atom;
pub mod calendar;
pub mod job_posting;
pub mod json_feed;
mod site;

pub use site::{KEPT_CLOSED, Listed, Publication, Site, Tally};
