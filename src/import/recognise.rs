//! Which format a text is of, by what only that format holds.

use super::{Format, csv, icims, jobvite, json, page, scripted};

/// Bytes in which the root of an XML document stands.
const ROOT: usize = 4096;

pub(super) fn format(text: &str) -> Option<Format> {
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'<' => markup(text),
        b'{' | b'[' => json::outline(text)
            .iter()
            .find_map(|(list, keys)| of_row(list, keys)),
        _ if text.contains("application/ld+json") => Some(Format::JsonLd),
        _ if csv::is_csv(text) => Some(Format::Csv),
        _ => page::is_page(text).then_some(Format::Page),
    }
}

fn markup(text: &str) -> Option<Format> {
    let mut end = text.len().min(ROOT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let root = &text[..end];
    let holds = |tags: &[&str]| tags.iter().any(|tag| root.contains(tag));
    if holds(&["<workzag-jobs", "<position>"]) {
        Some(Format::Personio)
    } else if holds(&["<rss", "<feed", "<rdf:RDF"]) {
        Some(Format::Rss)
    } else if scripted::is_paylocity(text) {
        Some(Format::Paylocity)
    } else if scripted::is_phenom(text) {
        Some(Format::Phenom)
    } else if icims::is_page(text) {
        Some(Format::Icims)
    } else if jobvite::is_page(text) {
        Some(Format::Jobvite)
    } else {
        text.contains("ld+json").then_some(Format::JsonLd)
    }
}

/// The format whose rows have these keys. What is surest comes first.
fn of_row(list: &str, keys: &[String]) -> Option<Format> {
    let has = |key: &str| keys.iter().any(|known| known == key);
    let all = |wanted: &[&str]| wanted.iter().all(|key| has(key));
    let any = |wanted: &[&str]| wanted.iter().any(|key| has(key));
    let format = match list {
        _ if all(&["absolute_url", "company_slug"]) => Format::AtsIndex,
        _ if has("absolute_url") => Format::Greenhouse,
        _ if all(&["hostedUrl", "categories"]) => Format::Lever,
        _ if has("jobUrl") || all(&["board", "job"]) => Format::Ashby,
        _ if has("shortcode") => Format::Workable,
        _ if has("releasedDate") => Format::SmartRecruiters,
        "offers" => Format::Recruitee,
        _ if has("_jobposting") => Format::Teamtailor,
        _ if has("jobOpeningName") => Format::BambooHr,
        _ if all(&["title", "key_responsibilities"]) || has("compensation_visible") => {
            Format::Pinpoint
        }
        _ if all(&["uuid", "workLocation"]) => Format::Rippling,
        _ if has("canonicalPositionUrl") => Format::Eightfold,
        _ if any(&["requisitionList", "ExternalDescriptionStr"]) => Format::Oracle,
        "jobPostings" if has("externalPath") => Format::Workday,
        _ if has("job_path") => Format::Amazon,
        _ if any(&["candidate_required_location"]) => Format::Remotive,
        _ if any(&["comment_text"]) || all(&["by", "time", "type"]) => Format::HackerNews,
        "children" if all(&["author", "text"]) => Format::HackerNews,
        _ if any(&[
            "SearchResultItems",
            "MatchedObjectDescriptor",
            "control_number",
        ]) =>
        {
            Format::UsaJobs
        }
        _ if all(&["company_name", "date_posted", "locations"]) => Format::Simplify,
        "@graph" => Format::JsonLd,
        "" if any(&["@type", "@graph"]) => Format::JsonLd,
        // A schema of postings is none.
        "" if has("properties") => return None,
        "" if has("title") && any(&["responsibilities", "qualifications"]) => Format::JsonResume,
        "" | "posting" | "postings" if has("title") => Format::Json,
        _ => return None,
    };
    Some(format)
}
