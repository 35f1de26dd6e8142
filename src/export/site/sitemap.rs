//! What search engines look for at a site's address: its pages, and which of them they may visit; and the page for addresses
//! that lead nowhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use maud::html;
use quick_xml::escape::escape;
use url::Url;

use super::Site;
use super::page::{NOT_FOUND, Page};

/// Addresses of one sitemap.
const ADDRESSES: usize = 50_000;

/// The files, for a site with an address.
pub(super) fn files(site: &Site<'_>, pages: &BTreeSet<String>) -> Vec<(String, String)> {
    let Some(base) = &site.profile.settings.base else {
        return Vec::new();
    };
    let pages: Vec<String> = pages.iter().filter_map(|path| site.address(path)).collect();
    let mut files = sitemaps(base, &pages);
    files.push((NOT_FOUND.to_owned(), not_found(site)));
    // Search engines only read it at the root of a host.
    if Url::parse(base).is_ok_and(|url| url.path() == "/") {
        let text = format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n");
        files.push(("robots.txt".to_owned(), text));
    }
    files
}

/// One sitemap, or several and the list of them.
fn sitemaps(base: &str, pages: &[String]) -> Vec<(String, String)> {
    let name = "sitemap.xml".to_owned();
    if pages.len() <= ADDRESSES {
        return vec![(name, list("urlset", "url", pages))];
    }
    let parts = pages.chunks(ADDRESSES).enumerate();
    let mut files: Vec<_> = parts
        .map(|(at, pages)| {
            (
                format!("sitemap-{}.xml", at + 1),
                list("urlset", "url", pages),
            )
        })
        .collect();
    let parts: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("{base}{name}"))
        .collect();
    files.push((name, list("sitemapindex", "sitemap", &parts)));
    files
}

fn list(root: &str, item: &str, addresses: &[String]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let address = escape(address.as_str());
        let _ = writeln!(out, "<{item}><loc>{address}</loc></{item}>");
    }
    let _ = writeln!(out, "</{root}>");
    out
}

fn not_found(site: &Site<'_>) -> String {
    let labels = site.labels;
    let main = html! {
        header.hero { h1 { (labels.not_found) } }
        p.more { a href={ (site.root(NOT_FOUND)) "index.html" } { (labels.all_postings) } }
    };
    let page = Page {
        is_indexed: false,
        ..Page::new(NOT_FOUND, labels.not_found, main)
    };
    page.text(site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_has_several_sitemaps_and_a_list_of_them() {
        let base = "https://jobs.example/";
        let pages: Vec<String> = (0..50_001).map(|at| format!("{base}{at}?a&b")).collect();
        let files = sitemaps(base, &pages);
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        assert_eq!(files[0].1.matches("<url>").count(), ADDRESSES);
        assert!(
            files[1]
                .1
                .contains("<loc>https://jobs.example/50000?a&amp;b</loc>")
        );
        assert!(
            files[2]
                .1
                .contains("<sitemap><loc>https://jobs.example/sitemap-2.xml</loc>")
        );
    }
}
