//! A place as its source wrote it, and beside it what was resolved: country, region, city, coordinates.
//!
//! Reading one is for `places`, which adds `Location::parse` and `Location::from_fields`.

use super::Workplace;

/// One place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The source's own words.
    pub written: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// First-level region: its code where people write one ("WA", "BY"), else its name ("England").
    pub region: Option<String>,
    /// City, by one name however it was written: "Munich" for "München".
    pub city: Option<String>,
    /// Where the city is.
    pub coordinates: Option<Coordinates>,
    /// How people work there, where the words say so: "Remote", "Berlin (hybrid)".
    pub workplace: Option<Workplace>,
    /// Where one may work from, where the words say so: codes of countries and words for areas ("EU", "worldwide").
    pub remote_from: Vec<String>,
}

/// A point on the globe, to within half a kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Coordinates {
    /// From 0 at the South Pole to the greatest number at the North Pole.
    pub latitude: u16,
    /// From 0 at the date line eastwards around the globe.
    pub longitude: u16,
}

impl Coordinates {
    /// The point as one number, for files.
    pub fn to_bits(self) -> u32 {
        u32::from(self.latitude) << 16 | u32::from(self.longitude)
    }

    /// The point behind such a number.
    pub fn from_bits(bits: u32) -> Self {
        Self {
            latitude: (bits >> 16) as u16,
            longitude: bits as u16,
        }
    }

    /// Degrees north and degrees east.
    pub fn degrees(self) -> (f64, f64) {
        let part = |value: u16| f64::from(value) / f64::from(u16::MAX);
        (
            part(self.latitude) * 180.0 - 90.0,
            part(self.longitude) * 360.0 - 180.0,
        )
    }

    /// The way to another point along the surface, in kilometres.
    pub fn distance(self, other: Self) -> f64 {
        const RADIUS: f64 = 6371.0;
        let ((north, east), (other_north, other_east)) = (self.degrees(), other.degrees());
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let across = north.to_radians().cos() * other_north.to_radians().cos();
        let chord = half(north, other_north) + across * half(east, other_east);
        2.0 * RADIUS * chord.sqrt().min(1.0).asin()
    }
}
