//! Zoho Recruit: `….zohorecruit.com/recruit/v2/public/Job_Openings`, and its career pages, which contain the same in a
//! hidden field.

use serde::Deserialize;

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::json::{self, Head, Row as _};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::tags::{Piece, pieces};
use super::value::Text;
use super::workable::joined;
use super::{Drafts, RowPosition, currency, day, vocabulary};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "zoho-recruit",
    signs: &[Sign::Keys(&["Posting_Title"]), Sign::Html(is_page)],
    read: Read::Json {
        list: "data",
        keys: json::keys::<Opening>,
        drafts,
    },
    site: Some(Site {
        domains: &["zohorecruit.com", "zohorecruit.eu", "zohorecruit.in"],
        find,
    }),
    pages: Pages::One,
};

fn is_page(text: &str) -> bool {
    text.contains("Posting_Title") && text.contains("zohorecruit")
}

/// Feed of `acme.zohorecruit.com/jobs/Careers`; the last part is the name of the page.
fn find(address: &Address<'_>) -> Option<Board> {
    let (company, domain) = address.host.split_once('.')?;
    let is_system = domain.starts_with("zohorecruit.") && !matches!(company, "recruit" | "www");
    let feed = |page: &str| {
        let host = address.host;
        format!("https://{host}/recruit/v2/public/Job_Openings?pagename={page}&source=CareerSite")
    };
    let feed = match address.path.as_slice() {
        [] => feed("Careers"),
        ["jobs", page] => feed(page),
        ["recruit", "v2", "public", "Job_Openings"] => address.whole(),
        _ => return None,
    };
    is_system.then(|| Board::new(company, feed))
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    if text.trim_start().starts_with('<') {
        return page(text);
    }
    json::drafts::<Opening>(text, &["data"])
}

/// Postings in the hidden field of a page.
fn page(text: &str) -> Result<Drafts<'_>, String> {
    let mut found = pieces(text)
        .into_iter()
        .filter_map(|(line, piece)| match piece {
            Piece::Open(tag) if tag.attribute("id") == Some("jobs") => {
                Some((line, tag.attribute("value")?.to_owned()))
            }
            _ => None,
        });
    let (line, value) = found.next().ok_or("its page contains no posting data")?;
    let openings: Vec<Opening> =
        serde_json::from_str(&value).map_err(|error| format!("its data is damaged: {error}"))?;
    let rows = openings.into_iter().enumerate();
    Ok(Box::new(rows.map(move |(at, opening)| {
        let row = at + 1;
        (RowPosition { row, line }, opening.draft(&Head::default()))
    })))
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Opening {
    #[serde(rename = "id")]
    id: Text,
    #[serde(rename = "Posting_Title")]
    title: Text,
    #[serde(rename = "Job_Opening_Name")]
    name: Text,
    city: Text,
    state: Text,
    country: Text,
    #[serde(rename = "Job_Type")]
    kind: Text,
    #[serde(rename = "Date_Opened")]
    opened: Text,
    #[serde(rename = "Target_Date")]
    target: Text,
    #[serde(rename = "Remote_Job")]
    remote: Option<bool>,
    #[serde(rename = "Job_Description")]
    description: Text,
    #[serde(rename = "Work_Experience")]
    experience: Text,
    salary: Text,
    industry: Text,
    #[serde(rename = "Department_Name")]
    department: Text,
    #[serde(rename = "$url")]
    url: Text,
}

impl json::Row<'_> for Opening {
    fn draft(self, _: &Head) -> Result<Draft, Refusal> {
        let mut draft = Draft {
            id: self.id.0,
            title: self.title.some().unwrap_or(self.name.0),
            team: self.department.some(),
            locations: vec![joined(&[&self.city, &self.state, &self.country])],
            workplace: vocabulary::remote(self.remote),
            employment_words: self.kind.to_string(),
            posted: day::day(&self.opened),
            url: self.url.some(),
            tags: self.industry.some().into_iter().collect(),
            description: Body::default().html(&self.description)?.finish(),
            ..Draft::default()
        };
        draft
            .extras
            .extend(self.experience.some().map(|years| ("Experience", years)));
        draft
            .extras
            .extend(self.target.some().map(|day| ("Target date", day)));
        let dollars = currency::of_dollars(&self.salary, &self.country);
        draft.paid_in_words(&self.salary, dollars, None);
        Ok(draft)
    }
}
