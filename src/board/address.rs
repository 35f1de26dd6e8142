//! Compares web addresses by the page they lead to rather than by spelling.

use url::Url;

/// Query parameters that only track visitors.
const TRACKING: &[&str] = &[
    "_ga",
    "fbclid",
    "gclid",
    "gh_src",
    "lever-origin",
    "lever-source",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "ref",
    "refid",
    "referrer",
    "source",
    "src",
    "trackingid",
    "trk",
];

/// Normal form of a page's address: without scheme, `www.`, tracking parameters and trailing slash. `None` for
/// addresses that identify no specific page, such as a site's front page or an e-mail address.
pub fn page(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    let mut pairs: Vec<_> = url
        .query_pairs()
        .filter(|(key, _)| {
            let key = key.to_ascii_lowercase();
            !key.starts_with("utm_") && !TRACKING.contains(&key.as_str())
        })
        .collect();
    pairs.sort();
    // Single-page sites route by fragment.
    let route = url.fragment().filter(|part| part.starts_with(['/', '!']));
    if path.is_empty() && pairs.is_empty() && route.is_none() {
        return None;
    }
    let mut page = format!("{host}{}{path}", port(&url));
    for (at, (key, value)) in pairs.iter().enumerate() {
        page.push(if at == 0 { '?' } else { '&' });
        page.push_str(key);
        page.push('=');
        page.push_str(value);
    }
    if let Some(route) = route {
        page.push('#');
        page.push_str(route.trim_end_matches('/'));
    }
    Some(page)
}

fn port(url: &Url) -> String {
    url.port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_compared_by_destination() {
        for (address, same) in [
            ("https://example.org/jobs/1", Some("example.org/jobs/1")),
            (
                "http://www.EXAMPLE.org:80/jobs/1/?utm_source=x&gh_src=y#apply",
                Some("example.org/jobs/1"),
            ),
            (
                "https://example.org/jobs?gh_jid=1&b=2",
                Some("example.org/jobs?b=2&gh_jid=1"),
            ),
            ("https://example.org/#/jobs/1/", Some("example.org#/jobs/1")),
            (
                "https://example.org:8443/Jobs",
                Some("example.org:8443/Jobs"),
            ),
            ("https://example.org/?ref=x", None),
            ("mailto:jobs@example.org", None),
            ("not an address", None),
        ] {
            assert_eq!(page(address).as_deref(), same, "{address}");
        }
    }
}
