//! Everything that is tested from outside, in one binary.

mod content;
mod double;
mod harness;
mod pty;
mod real;
mod session;
