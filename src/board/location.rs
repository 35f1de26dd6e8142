//! A place as its source wrote it, with country, region and city read out of it where they can be.

/// One place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The source's own words.
    pub written: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// State, province or region, as written ("WA", "Bavaria").
    pub region: Option<String>,
    /// City.
    pub city: Option<String>,
}

impl Location {
    /// Reads a place; what cannot be read stays as written.
    pub fn parse(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            ..Self::default()
        }
    }
}
