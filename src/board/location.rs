//! Locations: the text of the source, and its resolution to country, region, city and coordinates.
//!
//! Resolution is implemented in `places`, which adds `Location::parse` and `Location::from_fields`.

use super::Workplace;

/// A location.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The location as the source wrote it.
    pub written: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// First-level region: its code where codes are common ("WA", "BY"), else its name ("England").
    pub region: Option<String>,
    /// City under its canonical name: "Munich" for "München".
    pub city: Option<String>,
    /// Coordinates of the city.
    pub coordinates: Option<Coordinates>,
    /// Workplace, if the text states it: "Remote", "Berlin (hybrid)".
    pub workplace: Option<Workplace>,
    /// Where one may work from, if the text states it: country codes and area words ("EU", "worldwide").
    pub remote_from: Vec<String>,
}

/// A point on the globe, with a resolution of half a kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Coordinates {
    /// Latitude, from 0 at the South Pole to `u16::MAX` at the North Pole.
    pub latitude: u16,
    /// Longitude, from 0 at the 180th meridian eastwards.
    pub longitude: u16,
}

impl Coordinates {
    /// Packs the point for storage.
    pub fn to_bits(self) -> u32 {
        u32::from(self.latitude) << 16 | u32::from(self.longitude)
    }

    /// Unpacks a stored point.
    pub fn from_bits(bits: u32) -> Self {
        Self {
            latitude: (bits >> 16) as u16,
            longitude: bits as u16,
        }
    }

    /// Latitude and longitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        let part = |value: u16| f64::from(value) / f64::from(u16::MAX);
        (
            part(self.latitude) * 180.0 - 90.0,
            part(self.longitude) * 360.0 - 180.0,
        )
    }

    /// Whether another point is at most `kilometres` away. Comparing latitudes first is cheap.
    pub fn is_within(self, other: Self, kilometres: f64) -> bool {
        const DEGREE: f64 = 110.0;
        let degrees =
            f64::from(self.latitude.abs_diff(other.latitude)) * 180.0 / f64::from(u16::MAX);
        degrees * DEGREE <= kilometres && self.distance(other) <= kilometres
    }

    /// Great-circle distance in kilometres.
    pub fn distance(self, other: Self) -> f64 {
        const RADIUS: f64 = 6371.0;
        let ((north, east), (other_north, other_east)) = (self.degrees(), other.degrees());
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let across = north.to_radians().cos() * other_north.to_radians().cos();
        let chord = half(north, other_north) + across * half(east, other_east);
        2.0 * RADIUS * chord.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A point by hundredths of degrees north and east.
    fn point(north: i32, east: i32) -> Coordinates {
        let part = |hundredths: i32, most: i32| {
            let share =
                (i64::from(hundredths + most) * 65_535 + i64::from(most)) / i64::from(2 * most);
            u16::try_from(share).expect("a degree on the globe")
        };
        Coordinates {
            latitude: part(north, 9_000),
            longitude: part(east, 18_000),
        }
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let berlin = point(5_252, 1_341);
        for (other, kilometres) in [
            (berlin, 0.0),
            (point(5_240, 1_307), 27.2),
            (point(4_814, 1_158), 504.2),
            (point(4_071, -7_401), 6385.0),
            (point(-3_387, 15_121), 16_096.0),
        ] {
            let distance = berlin.distance(other);
            assert!(
                (distance - kilometres).abs() <= 1.0 + kilometres / 500.0,
                "{distance}"
            );
            assert!(berlin.is_within(other, distance + 0.1));
            assert!(!berlin.is_within(other, distance - 0.1));
        }
        // Over the date line.
        assert!(point(0, 17_990).distance(point(0, -17_990)) < 30.0);
    }
}
