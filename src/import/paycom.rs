//! Paycom: responses of its portal's search, `api/ats/job-posting-previews/search`.

use serde::Deserialize;
use url::Url;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head};
use super::paging::Pages;
use super::recognise::Sign;
use super::spec::{FormatSpec, Read};
use super::value::Text;
use super::{Drafts, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "paycom",
    signs: &[
        Sign::List("jobPostingPreviews", &["jobId", "jobTitle"]),
        Sign::Keys(&["jobPostingPreviews", "jobPostingPreviewsCount"]),
    ],
    read: Read::Json {
        list: "jobPostingPreviews",
        keys: json::keys::<Preview>,
        drafts,
    },
    site: None,
    pages: Pages::Total {
        total: "/jobPostingPreviewsCount",
    },
};

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    json::drafts::<Preview>(text, &["jobPostingPreviews"])
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Preview {
    job_id: Text,
    job_title: Text,
    locations: Text,
    position_type: Text,
    remote_type: Text,
    posted_on: Text,
    description: Text,
}

impl json::Row<'_> for Preview {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        Ok(Draft {
            title: self.job_title.0,
            locations: self.locations.split(';').map(place).collect(),
            workplace: vocabulary::workplace(&self.remote_type),
            employment_words: self.position_type.to_string(),
            posted: day::day(&self.posted_on),
            url: self.job_id.clone().some(),
            page_at: Some(page),
            id: self.job_id.0,
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        })
    }
}

/// Town in `WI Darien - Darien, WI 53114`, without the branch and the postal code.
fn place(written: &str) -> String {
    let written = written.trim();
    let town = written.rsplit_once(" - ").map_or(written, |(_, town)| town);
    match town.rsplit_once(' ') {
        Some((place, code))
            if code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            place.to_owned()
        }
        _ => town.to_owned(),
    }
}

/// Page of a posting on the portal whose key is in an address.
fn page(portal: &Url, id: &str) -> Option<String> {
    let is_portal = portal.host_str()?.ends_with("paycomonline.net");
    let mut parts = portal.path_segments()?.skip_while(|part| *part != "portal");
    let mut pairs = portal.query_pairs();
    let key = pairs
        .find(|(key, _)| key == "clientkey")
        .map(|(_, value)| value.into_owned());
    let key = key.or_else(|| parts.nth(1).map(str::to_owned))?;
    let page = "https://www.paycomonline.net/v4/ats/web.php/jobs/ViewJobDetails";
    is_portal.then(|| format!("{page}?job={id}&clientkey={key}"))
}
