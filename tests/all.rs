//! Everything that is tested from outside, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod browsing;
mod cli;
mod content;
mod double;
mod hostile;
mod imports;
mod pty;
mod readme;
mod real;
mod screens;
mod session;
mod svg;
