//! Everything that is tested from outside, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod cli;
mod content;
mod feeds;
mod readme;
