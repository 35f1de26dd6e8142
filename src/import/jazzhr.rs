//! `JazzHR`: the XML at `app.jazz.co/feeds/export/jobs/…`. A posting's key begins with the time of publication.

use super::body::Body;
use super::draft::{Draft, Refusal};
use super::paging::Pages;
use super::recognise::Sign;
use super::site::{Address, Board, Site};
use super::spec::{FormatSpec, Read};
use super::workable::joined;
use super::xml::{self, Element, Kind};
use super::{Drafts, address, day};

pub(super) const FORMAT: FormatSpec = FormatSpec {
    name: "jazzhr",
    signs: &[Sign::Elements(is_feed)],
    read: Read::Rows(drafts),
    site: Some(Site {
        domains: &["applytojob.com"],
        find,
    }),
    pages: Pages::One,
};

/// Whether these are the elements of its feed: a list of jobs, each with share buttons or with department and type.
fn is_feed(kinds: &[Kind]) -> bool {
    let job = kinds.iter().find(|kind| kind.path == "jobs/job");
    let all = |names: &[&str]| {
        let children = job.map_or(&[][..], |job| &job.children);
        names
            .iter()
            .all(|name| children.iter().any(|child| child == name))
    };
    all(&["id", "title", "buttons"]) || all(&["id", "title", "postalcode", "experience", "status"])
}

fn find(address: &Address<'_>) -> Option<Board> {
    let feed = |company: &str| format!("https://app.jazz.co/feeds/export/jobs/{company}");
    match (address.host, address.path.as_slice()) {
        ("app.jazz.co" | "app.theresumator.com", ["feeds", "export", "jobs", company]) => {
            Some(Board::new(*company, address.whole()))
        }
        (_, [] | ["apply"] | ["apply", "jobs"]) => {
            let company = address.below("applytojob.com")?;
            let is_own = matches!(company, "app" | "info" | "help" | "support");
            (!is_own).then(|| Board::new(company, feed(company)))
        }
        _ => None,
    }
}

fn drafts(text: &str) -> Result<Drafts<'_>, String> {
    xml::verify(text)?;
    let (_, rows) = xml::rows(text, &["job"]);
    Ok(Box::new(rows.map(|(place, row)| {
        (place, row.and_then(|row| draft(&row)))
    })))
}

fn draft(job: &Element) -> Result<Draft, Refusal> {
    let text = |name: &str| job.text(name).unwrap_or_default();
    let status = text("status");
    if !status.is_empty() && !status.eq_ignore_ascii_case("open") {
        return Err(Refusal::skipped("it is not open"));
    }
    let id = text("id");
    // `job_20260605135030_ABCD`
    let moment = id.split('_').nth(1).filter(|moment| moment.len() == 14);
    let posted = moment
        .and_then(|moment| moment.get(..8))
        .unwrap_or_default();
    let url = job.text("url");
    let company = url.as_deref().and_then(address::host);
    let company = company.and_then(|host| host.strip_suffix(".applytojob.com").map(str::to_owned));
    Ok(Draft {
        board: company,
        title: text("title"),
        team: job.text("department"),
        locations: vec![joined(&[&text("city"), &text("state"), &text("country")])],
        employment_words: text("type"),
        posted: day::day(posted),
        url,
        level_words: text("experience"),
        description: Body::default().html(&text("description"))?.finish(),
        id,
        ..Draft::default()
    })
}
