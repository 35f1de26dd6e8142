//! Parses the arguments and runs; no logic.

fn main() {}
