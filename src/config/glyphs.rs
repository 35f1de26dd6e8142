//! Glyph sets for borders and signs.

use crate::board::posting::words;

words! {
    /// The set of glyphs for borders, marks, stars and bars.
    Glyphs {
        /// Unicode if the locale is UTF-8, else ASCII.
        Auto = "auto",
        /// Unicode.
        Unicode = "unicode",
        /// ASCII only.
        Ascii = "ascii",
    }
}

#[allow(
    clippy::derivable_impls,
    reason = "the macro derives for all lists of words alike"
)]
impl Default for Glyphs {
    fn default() -> Self {
        Self::Auto
    }
}
