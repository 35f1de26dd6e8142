//! Terms about where: within a distance of a city, and where one may work from. `home` and `me` in them are filled in
//! from the configuration.

use std::fmt::{self, Display, Formatter};

use super::parse::operand::unquote;
use super::print::quoted;
use super::value::Unread;
use super::{Mark, MarkKind, Query, SortKey, Test};
use crate::board::location::Coordinates;
use crate::places::{self, Area, CityError};

pub(super) const NEAR_HELP: &str = "a city, and perhaps a distance: berlin<50km, \"new york\"<30mi";
pub(super) const FROM_HELP: &str = "a country or an area that one may work from, or me";
const HOME: &str = "home";
const ME: &str = "me";
/// Default distance around a city in kilometres.
const DISTANCE: u32 = 50;
/// Half the circumference of the earth.
const FARTHEST: u32 = 20_037;

/// Within a distance of a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearTest {
    /// The city as it was typed.
    pub city: String,
    /// Its point; `None` for `home` until the query is settled.
    pub at: Option<Coordinates>,
    /// Maximum distance of a place.
    pub within: Distance,
}

/// A distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distance {
    /// Amount in its unit.
    pub amount: u32,
    /// Whether the unit is miles instead of kilometres.
    pub miles: bool,
}

impl Distance {
    /// In kilometres.
    pub fn kilometres(self) -> f64 {
        f64::from(self.amount) * if self.miles { 1.609_344 } else { 1.0 }
    }
}

/// Countries that one may work from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromTest {
    /// What was typed.
    pub written: String,
    /// Country codes, of which one must match; empty for `me` until the query is settled.
    pub countries: Vec<&'static str>,
}

/// The user, as configured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Where they live.
    pub home: Option<Coordinates>,
    /// Codes of the countries that they are allowed to work in.
    pub work_from: Vec<&'static str>,
}

impl Query {
    /// Fills in configured values: `near:home`, `from:me` and the point of `sort:near`. Terms without a configured
    /// value are marked as problems and left out.
    #[must_use]
    pub fn settled(mut self, person: &Person) -> Self {
        for term in &mut self.terms {
            let mut missing = None;
            term.any.retain_mut(|atom| match &mut atom.test {
                Test::Near(near) if near.at.is_none() => {
                    near.at = person.home;
                    if near.at.is_none() {
                        missing =
                            Some("set `home = \"Berlin\"` in the configuration for near:home");
                    }
                    near.at.is_some()
                }
                Test::From(from) if from.countries.is_empty() => {
                    from.countries.clone_from(&person.work_from);
                    if from.countries.is_empty() {
                        missing =
                            Some("set `work_from = [\"DE\"]` in the configuration for from:me");
                    }
                    !from.countries.is_empty()
                }
                _ => true,
            });
            self.marks.extend(missing.map(|message| Mark {
                span: term.span.clone(),
                kind: MarkKind::Error,
                message: message.to_owned(),
            }));
        }
        self.terms.retain(|term| !term.any.is_empty());
        self.near = self.nearest_to().or(person.home);
        if self.near.is_none() && self.sort.is_some_and(|sort| sort.key == SortKey::Near) {
            self.sort = None;
            self.marks.push(Mark {
                span: self.sort_span.clone().unwrap_or_default(),
                kind: MarkKind::Error,
                message: "sort:near needs a near: term, or `home` in the configuration".to_owned(),
            });
        }
        self
    }

    /// The point of the first near: term.
    pub(super) fn nearest_to(&self) -> Option<Coordinates> {
        let mut atoms = self.terms.iter().flat_map(|term| &term.any);
        atoms.find_map(|atom| match &atom.test {
            Test::Near(near) => near.at,
            _ => None,
        })
    }
}

/// Parses the operand of `near:`.
pub(super) fn near(rest: &str) -> Result<Test, Unread> {
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let (city, distance) = if rest.starts_with('"') {
        unquote(rest)
    } else {
        let end = rest.find(['<', '>']).unwrap_or(rest.len());
        (rest[..end].to_owned(), &rest[end..])
    };
    let within = distance_within(distance)?;
    if city.trim().is_empty() {
        return Err(Unread::Unfinished);
    }
    let at = if city.eq_ignore_ascii_case(HOME) {
        None
    } else {
        Some(coordinates(&city, distance.is_empty())?)
    };
    Ok(Test::Near(NearTest { city, at, within }))
}

fn coordinates(city: &str, may_go_on: bool) -> Result<Coordinates, Unread> {
    let error = match places::find_city(city) {
        Ok(found) => return Ok(found.coordinates),
        Err(error) => error,
    };
    let begins = || HOME.starts_with(city) || !places::cities_starting(city, 1).is_empty();
    Err(match error {
        CityError::Ambiguous(labels) => Unread::Wrong(format!(
            "`{city}` may be {}; say which: near:{}",
            labels.join(" or "),
            quoted(&labels[0].to_lowercase())
        )),
        CityError::Unknown(_) if may_go_on && begins() => Unread::Unfinished,
        CityError::Unknown(Some(meant)) => {
            Unread::Wrong(format!("no city `{city}` is known; did you mean {meant}?"))
        }
        CityError::Unknown(None) => Unread::Wrong(format!("no city `{city}` is known")),
    })
}

fn distance_within(text: &str) -> Result<Distance, Unread> {
    let default = Distance {
        amount: DISTANCE,
        miles: false,
    };
    if text.is_empty() {
        return Ok(default);
    }
    let wrong = || Unread::Wrong(format!("`{text}` is no distance such as <50km or <30mi"));
    let rest = text.strip_prefix('<').ok_or_else(wrong)?;
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    if digits.is_empty() && unit.is_empty() {
        return Err(Unread::Unfinished);
    }
    let amount: u32 = digits.parse().map_err(|_| wrong())?;
    let miles = match unit.to_ascii_lowercase().as_str() {
        "" | "km" => false,
        "mi" | "miles" => true,
        "k" | "m" | "mil" | "mile" => return Err(Unread::Unfinished),
        _ => return Err(wrong()),
    };
    if amount > FARTHEST {
        return Err(wrong());
    }
    Ok(Distance { amount, miles })
}

/// Parses the operand of `from:`.
pub(super) fn from(rest: &str) -> Result<Test, Unread> {
    let written = unquote(rest.strip_prefix('=').unwrap_or(rest)).0;
    if written.trim().is_empty() {
        return Err(Unread::Unfinished);
    }
    let countries = if written.eq_ignore_ascii_case(ME) {
        Vec::new()
    } else {
        let known = countries(&written);
        known.ok_or_else(|| {
            let begins = |name: &str| name.to_lowercase().starts_with(&written.to_lowercase());
            if places::countries().any(|(_, name)| begins(name)) {
                Unread::Unfinished
            } else {
                Unread::Wrong(format!("`{written}` is not {FROM_HELP}"))
            }
        })?
    };
    Ok(Test::From(FromTest { written, countries }))
}

/// Country codes of a country or an area.
pub fn countries(written: &str) -> Option<Vec<&'static str>> {
    if let Some(code) = places::country_code(written) {
        return Some(vec![code]);
    }
    let area = Area::named(written)?;
    let codes = places::countries().map(|(code, _)| code);
    Some(codes.filter(|code| area.contains(code)).collect())
}

impl Display for NearTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_name(&self.city, f)?;
        let unit = if self.within.miles { "mi" } else { "km" };
        write!(f, "<{}{unit}", self.within.amount)
    }
}

impl Display for FromTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_name(&self.written, f)
    }
}

fn write_name(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if is_plain {
        f.write_str(name)
    } else {
        f.write_str(&quoted(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn marks(text: &str) -> Vec<(MarkKind, String)> {
        let marks = parse(text).marks.into_iter();
        marks.map(|mark| (mark.kind, mark.message)).collect()
    }

    #[test]
    fn distances_are_read_and_printed() {
        for (typed, printed) in [
            ("near:berlin", "near:berlin<50km"),
            ("near:berlin<30mi", "near:berlin<30mi"),
            ("near:\"new york\"<=10km", "near:\"new york\"<10km"),
            ("!near:köln<200", "!near:köln<200km"),
            ("near:home<20km", "near:home<20km"),
            ("from:germany", "from:germany"),
            (
                "from:\"latin america\" from:me",
                "from:\"latin america\" from:me",
            ),
            ("near:berlin sort:near", "near:berlin<50km sort:near"),
        ] {
            let query = parse(typed);
            assert_eq!(query.marks, [], "{typed}");
            assert_eq!(query.to_string(), printed);
            assert_eq!(parse(printed).to_string(), printed);
        }
    }

    #[test]
    fn half_typed_terms_are_unfinished_and_unknown_ones_wrong() {
        for text in [
            "near:",
            "near:berl",
            "near:berlin<",
            "near:berlin<50k",
            "near:hamb",
            "from:germ",
        ] {
            assert_eq!(marks(text)[0].0, MarkKind::Incomplete, "{text}");
        }
        for (text, said) in [
            ("near:berlni", "did you mean Berlin?"),
            ("near:springfield", "Springfield, Missouri or "),
            (
                "near:springfield",
                "say which: near:\"springfield, missouri\"",
            ),
            ("near:berlin>50km", "is no distance"),
            ("near:berlin<50ly", "is no distance"),
            ("near:xyzzy", "no city `xyzzy` is known"),
            ("from:atlantis", "is not a country"),
        ] {
            let marks = marks(text);
            assert_eq!(marks[0].0, MarkKind::Error, "{text}");
            assert!(marks[0].1.contains(said), "{marks:?}");
        }
    }

    #[test]
    fn home_and_me_are_those_of_the_configuration() {
        let text = "near:home from:me sort:near rust";
        let nobody = parse(text).settled(&Person::default());
        assert_eq!(nobody.to_string(), "rust");
        assert_eq!(nobody.marks.len(), 3);
        assert_eq!(&text[nobody.marks[2].span.clone()], "sort:near");
        let person = Person {
            home: places::find_city("Berlin")
                .ok()
                .map(|city| city.coordinates),
            work_from: vec!["DE", "AT"],
        };
        let query = parse(text).settled(&person);
        assert_eq!(query.marks, []);
        assert_eq!(query.to_string(), "near:home<50km from:me rust sort:near");
        assert_eq!(query.near, person.home);
        let elsewhere = parse("near:hamburg sort:near").settled(&person);
        assert_ne!(elsewhere.near, person.home);
    }
}
