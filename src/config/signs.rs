//! What our own signs are drawn with.

use crate::board::posting::words;

words! {
    /// The signs that are drawn: borders, marks, stars, bars.
    Signs {
        /// Unicode where the locale says that the terminal reads UTF-8.
        Auto = "auto",
        /// Unicode.
        Unicode = "unicode",
        /// Nothing but ASCII.
        Ascii = "ascii",
    }
}

#[allow(
    clippy::derivable_impls,
    reason = "the macro derives for all lists of words alike"
)]
impl Default for Signs {
    fn default() -> Self {
        Self::Auto
    }
}
