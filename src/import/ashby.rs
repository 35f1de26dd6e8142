//! Ashby: `api.ashbyhq.com/posting-api/job-board/…?includeCompensation=true`, and dumps of many boards in which each row
//! is `{"board": …, "job": …}`.
//!
//! `isRemote` is null where nobody said: that is not on site. The employer is named only in the addresses.

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
use super::{Drafts, address, amount, day, word};

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

/// A row of a dump.
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
    secondary_locations: Option<Vec<Place>>,
    published_at: Text,
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
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Compensation {
    compensation_tiers: Option<Vec<Tier>>,
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
        let (job, left_out) =
            json::lenient::<Job>(self.job).map_err(|error| Refusal::wrong(json::said(&error)))?;
        let mut draft = job.draft(head)?;
        draft.left_out = left_out;
        // The same job may stand on two boards of a dump.
        draft.id = format!("{}-{}", &*self.board, draft.id);
        draft.board = None;
        draft.company = self.board.some();
        Ok(draft)
    }
}

impl json::Row<'_> for Job {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let board = address::first_part(&self.job_url);
        let mut locations = vec![self.location.0];
        let others = self.secondary_locations.into_iter().flatten();
        locations.extend(others.map(|place| place.location.0));
        let workplace = word::workplace(&self.workplace_type);
        let mut draft = Draft {
            id: self.id.0,
            company: board.clone(),
            board,
            title: self.title.0,
            locations,
            workplace: workplace.or_else(|| word::remote(self.is_remote)),
            employment: word::employment(&self.employment_type),
            posted: day::day(&self.published_at),
            url: self.job_url.some().or_else(|| self.apply_url.some()),
            description: Body::default().html(&self.description_html)?.finish(),
            ..Draft::default()
        };
        draft.group(self.team.some(), self.department.some());
        let tiers = self.compensation.and_then(|pay| pay.compensation_tiers);
        for tier in tiers.into_iter().flatten() {
            for component in tier.components.into_iter().flatten() {
                component.add(&tier.title, &mut draft);
            }
        }
        Ok(draft)
    }
}

impl Component {
    /// Adds what is paid as salary; equity and bonuses are told in the description, where they are.
    fn add(self, tier: &Text, draft: &mut Draft) {
        if &*self.compensation_type != "Salary" {
            return;
        }
        let stated = amount::stated((&self.min_value, &self.max_value), "");
        let amounts = (self.min_value, self.max_value);
        let per = word::period(&self.interval);
        match amount::range(amounts, &self.currency_code, per) {
            Some(mut range) => {
                range.location = tier.clone().some();
                draft.salary.push(range);
            }
            None if stated.is_some() => {
                draft.stated.push(("Pay", self.summary.0));
            }
            None => {}
        }
    }
}
