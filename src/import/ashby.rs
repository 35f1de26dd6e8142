//! Ashby: `api.ashbyhq.com/posting-api/job-board/…?includeCompensation=true`, and dumps of many boards with rows of the
//! form `{"board": …, "job": …}`.
//!
//! `isRemote` is null if unknown, which does not mean on site. The employer is only named in addresses.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::value::{Amount, Text};
use super::{Drafts, address, amount, day, vocabulary};
use crate::board::Location;
use crate::places::{Area, PlaceFields, country_code};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "ashby",
    signs: &[
        Sign::Keys(&["jobUrl", "descriptionHtml"]),
        Sign::Keys(&["jobUrl", "isListed"]),
        Sign::Keys(&["jobUrl", "applyUrl"]),
        Sign::Keys(&["apiVersion", "jobs"]),
        Sign::Keys(&["board", "job"]),
    ],
    read: Read::Json {
        list: "jobs",
        keys: json::keys::<Job>,
        drafts,
    },
    site: Some(Site {
        domains: &["ashbyhq.com"],
        find,
    }),
    pages: Pages::One,
};

fn find(address: &Address<'_>) -> Option<Board> {
    match (address.host, address.path.as_slice()) {
        ("jobs.ashbyhq.com", [company]) => {
            let api = "https://api.ashbyhq.com/posting-api/job-board";
            let feed = format!("{api}/{company}?includeCompensation=true");
            Some(Board::new(*company, feed))
        }
        ("api.ashbyhq.com", ["posting-api", "job-board", company]) => {
            Some(Board::new(*company, address.whole()))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    let dumped = json::outline(text.lines().next().unwrap_or_default());
    if dumped.iter().any(|list| list.has(&["job"])) {
        return json::drafts::<Dumped>(text, &[]);
    }
    json::drafts::<Job>(text, &["jobs"])
}

/// Row of a dump.
#[derive(Deserialize)]
struct Dumped<'a> {
    board: Text,
    #[serde(borrow)]
    job: &'a RawValue,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct Job {
    id: Text,
    title: Text,
    department: Text,
    team: Text,
    employment_type: Text,
    location: Text,
    address: Option<Postal>,
    secondary_locations: Option<Vec<Place>>,
    published_at: Text,
    is_listed: Option<bool>,
    is_remote: Option<bool>,
    workplace_type: Text,
    job_url: Text,
    apply_url: Text,
    description_html: Text,
    compensation: Option<Compensation>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Place {
    location: Text,
    address: Option<Postal>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Postal {
    postal_address: Option<PostalAddress>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are the feed's")]
struct PostalAddress {
    address_country: Text,
    address_region: Text,
    address_locality: Text,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Compensation {
    compensation_tiers: Option<Vec<Tier>>,
    compensation_tier_summary: Text,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tier {
    title: Text,
    components: Option<Vec<Component>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Component {
    summary: Text,
    compensation_type: Text,
    interval: Text,
    currency_code: Text,
    min_value: Amount,
    max_value: Amount,
}

impl<'a> json::Row<'a> for Dumped<'a> {
    fn draft(self, head: &Head<'a>) -> Result<Draft, Refusal> {
        let (job, left_out) = json::lenient::<Job>(self.job)
            .map_err(|error| Refusal::wrong(json::message(&error)))?;
        let mut draft = job.draft(head)?;
        draft.left_out = left_out;
        // A job may be on two boards of a dump.
        draft.id = format!("{}-{}", &*self.board, draft.id);
        draft.board = None;
        draft.company = self.board.some();
        Ok(draft)
    }
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        if self.is_listed == Some(false) {
            return Err(Refusal::skipped("its employer keeps it unlisted"));
        }
        let board = address::first_part(&self.job_url);
        let first = Place {
            location: self.location,
            address: self.address,
        };
        let others = self.secondary_locations.into_iter().flatten();
        let places = std::iter::once(first).chain(others);
        let locations = places.map(Place::written).collect();
        let workplace = vocabulary::workplace(&self.workplace_type);
        let mut draft = Draft {
            id: self.id.0,
            company_in_address: board.clone(),
            board,
            title: self.title.0,
            locations,
            workplace: workplace.or_else(|| vocabulary::remote(self.is_remote)),
            employment_words: self.employment_type.to_string(),
            posted: day::day(&self.published_at),
            url: self.job_url.some().or_else(|| self.apply_url.some()),
            description: Body::default().html(&self.description_html)?.finish(),
            ..Draft::default()
        };
        draft.group(self.team.some(), self.department.some());
        let compensation = self.compensation.unwrap_or_default();
        let tiers = compensation.compensation_tiers.unwrap_or_default();
        if tiers.is_empty() {
            let summary = compensation.compensation_tier_summary.some();
            draft.extras.extend(summary.map(|summary| ("Pay", summary)));
        }
        for tier in tiers {
            for component in tier.components.into_iter().flatten() {
                component.add(&tier.title, &mut draft);
            }
        }
        Ok(draft)
    }
}

impl Place {
    /// The place's name, with what its address says beside it where the name lacks it or means another place:
    /// "Headquarters, Kiel, Germany", "London, Ontario, Canada".
    fn written(self) -> String {
        let name = self.location.0;
        let read = Location::parse(&name);
        let address = self.address.and_then(|address| address.postal_address);
        let Some(address) = address else {
            return name;
        };
        let fields = PlaceFields {
            country: &address.address_country,
            region: &address.address_region,
            city: &address.address_locality,
            postcode: "",
        };
        let Some(country) = country_code(fields.country) else {
            return name;
        };
        if let Some(named) = &read.country {
            // "London" may be the one in Ontario.
            let first = name.split(',').next().unwrap_or_default().trim();
            let city = fields.city.trim();
            let is_its_city =
                city.eq_ignore_ascii_case(first) || city.is_empty() && read.city.is_some();
            if is_its_city && (named != country || read.region.is_none()) {
                let whole = PlaceFields {
                    city: first,
                    ..fields
                };
                let whole = whole.written();
                if Location::parse(&whole).country.as_deref() == Some(country) {
                    return whole;
                }
            }
            return name;
        }
        if name.trim().is_empty() {
            return fields.written();
        }
        if !read.remote_from.is_empty() || Area::named(&name).is_some() {
            return name;
        }
        // The address behind "Remote" is often that of the employer; it does not say from where one may work.
        if read.workplace.is_some() {
            return name;
        }
        let whole = format!("{name}, {}", fields.written());
        let is_read = Location::parse(&whole).country.as_deref() == Some(country);
        if is_read { whole } else { name }
    }
}

impl Component {
    /// Adds salaries; equity and bonuses are part of the description.
    fn add(self, tier: &Text, draft: &mut Draft) {
        if &*self.compensation_type != "Salary" {
            return;
        }
        let stated = amount::stated((&self.min_value, &self.max_value), "");
        let amounts = (self.min_value, self.max_value);
        let per = vocabulary::period(&self.interval);
        match amount::range(amounts, &self.currency_code, per) {
            Some(mut range) => {
                range.location = tier.clone().some();
                draft.salary.push(range);
            }
            None if stated.is_some() => {
                draft.extras.push(("Pay", self.summary.0));
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_a_country_has_the_one_of_its_address() {
        let postal = |country: &str, region: &str, city: &str| {
            format!(
                r#"{{"postalAddress": {{"addressCountry": "{country}", "addressRegion": "{region}", "addressLocality": "{city}"}}}}"#
            )
        };
        for (name, address, written) in [
            ("Kiel", postal("Germany", "", "Kiel"), "Kiel"),
            (
                "London",
                postal("Canada", "Ontario", "London"),
                "London, Ontario, Canada",
            ),
            (
                "Springfield",
                postal("United States", "Massachusetts", ""),
                "Springfield, Massachusetts, United States",
            ),
            ("London", postal("United Kingdom", "", ""), "London"),
            ("UK", postal("United Kingdom", "England", "London"), "UK"),
            ("Remote", postal("Germany", "", ""), "Remote"),
            ("Remote", postal("Germany", "", "Kiel"), "Remote"),
            ("Remote (EU)", postal("Germany", "", ""), "Remote (EU)"),
            (
                "Headquarters",
                postal("Germany", "SH", "Kiel"),
                "Headquarters, Kiel, SH, Germany",
            ),
            ("", postal("Germany", "", "Kiel"), "Kiel, Germany"),
            ("Remote", "null".to_owned(), "Remote"),
        ] {
            let json = format!(r#"{{"location": "{name}", "address": {address}}}"#);
            let place: Place = serde_json::from_str(&json).unwrap();
            assert_eq!(place.written(), written);
        }
    }
}
