//! Job boards that a company's own page leads to: links, frames and scripts of hiring systems, feeds that the page
//! announces, and the page on which its openings are.

use std::collections::HashMap;

use url::Url;

use super::tags::{Piece, Tag, pieces};
use super::{Origin, address, html};

/// Boards that a page may lead to; a directory of employers leads to many more.
const BOARDS: usize = 5;
/// Links to pages of openings that are followed.
const LINKS: usize = 3;
/// Bytes of a page that are searched, and addresses in it.
const PAGE: usize = 4 << 20;
const ADDRESSES: usize = 5000;
/// Bytes of an address.
const ADDRESS: usize = 2000;

/// Words in the address or the text of a link to a company's openings, the surest first.
const OPENINGS: &[&str] = &[
    "job openings",
    "open positions",
    "open roles",
    "vacancies",
    "careers",
    "career",
    "jobs",
    "join us",
    "join-us",
    "work with us",
    "hiring",
    "karriere",
    "stellenangebote",
    "offene stellen",
    "recrutement",
    "carrieres",
    "empleo",
    "trabalhe",
    "vagas",
    "vacatures",
    "lavora con noi",
];

/// What a page leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leads {
    /// Boards on hiring systems, the most often named first.
    pub boards: Vec<Origin>,
    /// Feeds of openings that it announces.
    pub feeds: Vec<Origin>,
    /// Pages of the same company that may hold its openings.
    pub pages: Vec<String>,
}

/// Looks for job boards in a page fetched from `base`.
pub fn leads(page: &[u8], base: &str) -> Leads {
    let text = String::from_utf8_lossy(&page[..page.len().min(PAGE)]);
    let mut leads = Leads {
        boards: boards(&text, base),
        ..Leads::default()
    };
    let mut pages: Vec<(usize, String)> = Vec::new();
    let mut link: Option<(String, String)> = None;
    for (_, piece) in pieces(&text) {
        match piece {
            Piece::Open(tag) if tag.name == "link" => leads.feeds.extend(announced(&tag, base)),
            Piece::Open(tag) if tag.name == "a" => {
                pages.extend(link.take().and_then(|link| openings(link, base)));
                link = tag.leads_to(base).map(|to| (to, String::new()));
            }
            Piece::Text(part) => {
                if let Some((_, text)) = &mut link {
                    text.push_str(&part);
                }
            }
            Piece::Close(name) if name == "a" => {
                pages.extend(link.take().and_then(|link| openings(link, base)));
            }
            _ => {}
        }
    }
    pages.sort_by_key(|(rank, _)| *rank);
    for (_, page) in pages {
        if leads.pages.len() < LINKS && page != base && !leads.pages.contains(&page) {
            leads.pages.push(page);
        }
    }
    leads
}

/// The board of a hiring system that an address is on, also where it is that of a single posting.
pub fn board_of(written: &str) -> Option<Origin> {
    let mut url = Url::parse(written.trim()).ok()?;
    url.set_fragment(None);
    let exact = Origin::from_address(url.as_str());
    if exact.format.is_some() {
        return Some(exact);
    }
    loop {
        url.set_query(None);
        let origin = Origin::from_address(url.as_str());
        if origin.format.is_some() {
            return Some(origin);
        }
        let mut parts = url.path_segments_mut().ok()?;
        parts.pop_if_empty().pop();
        drop(parts);
        if url.path() == "/" {
            let origin = Origin::from_address(url.as_str());
            return origin.format.is_some().then_some(origin);
        }
    }
}

/// Boards of hiring systems whose addresses occur anywhere in a page, including scripts.
fn boards(text: &str, base: &str) -> Vec<Origin> {
    let text = text
        .replace("\\/", "/")
        .replace("\\u002F", "/")
        .replace("\\u002f", "/");
    let scheme = base.split("//").next().unwrap_or("https:");
    let mut counts: HashMap<String, (usize, usize, Origin)> = HashMap::new();
    let mut looked = 0;
    for (at, _) in text.match_indices("//") {
        let before = &text[..at];
        let has_scheme = before.ends_with("https:") || before.ends_with("http:");
        let opens = before.ends_with(['"', '\'', '=', '(']);
        if !has_scheme && !opens {
            continue;
        }
        let rest = &text[at..];
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\' | ')');
        let written = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if written.len() > ADDRESS {
            continue;
        }
        let scheme = if has_scheme { "https:" } else { scheme };
        looked += 1;
        if looked > ADDRESSES {
            break;
        }
        let Some(origin) = board_of(&html::unescaped(&format!("{scheme}{written}"))) else {
            continue;
        };
        let order = counts.len();
        counts
            .entry(origin.url.clone())
            .and_modify(|(count, ..)| *count += 1)
            .or_insert((1, order, origin));
    }
    let mut boards: Vec<_> = counts.into_values().collect();
    boards.sort_by_key(|(count, order, _)| (std::cmp::Reverse(*count), *order));
    let boards = boards.into_iter().map(|(.., origin)| origin);
    boards.take(BOARDS).collect()
}

/// A feed that a page announces, if it is one of openings.
fn announced(tag: &Tag, base: &str) -> Option<Origin> {
    let is = |name: &str, words: &[&str]| {
        let value = tag.attribute(name).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| value.contains(word))
    };
    let is_feed = is("rel", &["alternate"]) && is("type", &["rss", "atom", "json", "xml"]);
    let words = ["job", "career", "vacanc", "opening", "position", "stelle"];
    let names_jobs = is("href", &words) || is("title", &words);
    (is_feed && names_jobs).then_some(())?;
    Some(Origin::from_address(&tag.leads_to(base)?))
}

/// A link to openings on the same site, and how sure that is.
fn openings((to, text): (String, String), base: &str) -> Option<(usize, String)> {
    let site = |written: &str| {
        let host = address::host(written)?;
        let parts: Vec<_> = host.rsplitn(3, '.').collect();
        Some(format!("{}.{}", parts.get(1)?, parts[0]))
    };
    let own = site(&to)? == site(base)? || address::host(&to) == address::host(base);
    let (mut to, text) = (Url::parse(&to).ok().filter(|_| own)?, text.to_lowercase());
    to.set_fragment(None);
    let path = to.as_str().split("//").nth(1)?.to_lowercase();
    let names = |word: &&&str| text.contains(**word) || path.contains(&word.replace(' ', "-"));
    let rank = OPENINGS.iter().position(|word| names(&word))?;
    Some((rank, to.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_boards_feeds_and_pages() {
        let page = br#"<!doctype html><title>Frost</title>
            <link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
            <link rel="alternate" type="application/rss+xml" title="All jobs" href="/feed.xml">
            <a href="/about">About</a> <a href="/company/careers#top">Careers</a>
            <a href="https://other.example/jobs">A partner's jobs</a>
            <a href="https://jobs.lever.co/frost/5c5c-77?lever-source=site">Ice Cook</a>
            <a href="https://jobs.lever.co/frost/5c5c-78">Ice Clerk</a>
            <script src="//boards.greenhouse.io/embed/job_board/js?for=snow&amp;b=x"></script>
            <script>var at = "https:\/\/api.lever.co\/v0\/postings\/frost?mode=json";</script>"#;
        let leads = leads(page, "https://www.frost.example/");
        let boards: Vec<_> = leads
            .boards
            .iter()
            .map(|board| board.name.as_str())
            .collect();
        assert_eq!(boards, ["lever-frost", "greenhouse-snow"]);
        let feeds: Vec<_> = leads.feeds.iter().map(|feed| feed.url.as_str()).collect();
        assert_eq!(feeds, ["https://www.frost.example/feed.xml"]);
        assert_eq!(leads.pages, ["https://www.frost.example/company/careers"]);
    }

    #[test]
    fn the_address_of_a_posting_leads_to_its_board() {
        for (written, name) in [
            ("https://jobs.lever.co/acme/5c5c-77/apply", "lever-acme"),
            (
                "https://boards.greenhouse.io/acme/jobs/123?gh_jid=123",
                "greenhouse-acme",
            ),
            ("https://jobs.ashbyhq.com/acme/0000-1111", "ashby-acme"),
            ("https://apply.workable.com/acme/j/ABC123/", "workable-acme"),
            ("https://acme.recruitee.com/o/ice-cook", "recruitee-acme"),
        ] {
            let found = board_of(written).map(|board| board.name);
            assert_eq!(found.as_deref(), Some(name), "{written}");
        }
        assert_eq!(board_of("https://example.org/jobs/7"), None);
    }
}
