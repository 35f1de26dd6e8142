//! Everything that is tested from outside, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod browsing;
mod cli;
mod content;
mod imports;
mod journal;
mod readme;
mod real;
mod screens;
mod session;
mod svg;
