//! Integration tests, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::print_stdout, reason = "the harness prints its counts")]

mod browsing;
mod cli;
mod comparing;
mod content;
mod double;
mod feeds;
mod fetch;
mod folding;
mod guest;
mod hostile;
mod imports;
mod journal;
mod keys;
mod market;
mod marking;
#[cfg(feature = "postgres")]
mod postgres;
mod preview;
mod pty;
mod published;
mod readme;
mod real;
mod relevance;
mod screens;
mod server;
mod session;
mod sheet;
mod site_search;
mod svg;
mod switching;
mod sync;
mod tour;
