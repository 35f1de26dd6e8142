//! The journal as its owner meets it: how fast it opens, and what is left after the worst.

mod speed;

/// Whether the long runs are asked for, with `JOBDECK_HARNESS=full`.
fn full() -> bool {
    std::env::var("JOBDECK_HARNESS").is_ok_and(|how| how == "full")
}
