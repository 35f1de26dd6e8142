//! Checks the links of a board: each once, and at most one request per server at a time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use url::Url;

use super::super::{Output, counted};
use crate::board::{masked, text};
use crate::content::Link;
use crate::content::{Problem, Rule};
use crate::fetch::{Client, FetchError, Limits, Reach};

/// Maximum number of servers contacted in parallel.
const AT_ONCE: usize = 8;
/// Delay between two requests to one server.
const BETWEEN: Duration = Duration::from_millis(250);
/// Maximum number of links to check.
const MOST: usize = 10_000;
/// Consecutive timeouts after which a server is skipped.
const PATIENCE: usize = 3;

/// A URL and all its locations.
type Asked = (String, Vec<Problem>);

/// Checks every link, and returns a problem for each location of a broken one.
pub(super) fn test(links: Vec<Link>, private: bool, output: &mut Output) -> Vec<Problem> {
    let servers = by_server(links, output);
    let asked: usize = servers.values().map(Vec::len).sum();
    let on = counted(servers.len(), "server");
    output.note(&format!(
        "checking {} on {on}",
        counted(asked, "address").replace("addresss", "addresses")
    ));
    let limits = Limits {
        whole: Duration::from_secs(20),
        ..Limits::default()
    };
    let client = Client::new(Reach::new(private), limits, None);
    let queue = Mutex::new(servers.into_values().collect::<VecDeque<_>>());
    let problems = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(addresses) = lock(&queue).pop_front() {
                    let found = server(&client, addresses);
                    lock(&problems).extend(found);
                }
            });
        }
    });
    problems
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The web addresses without duplicates, grouped by server.
fn by_server(links: Vec<Link>, output: &mut Output) -> BTreeMap<String, Vec<Asked>> {
    let mut addresses: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    for link in links {
        if let Some(address) = asked(&link.url) {
            addresses.entry(address).or_default().push(link.place);
        }
    }
    if let Some(more) = addresses.len().checked_sub(MOST).filter(|more| *more > 0) {
        output.note(&format!("{more} more addresses were not checked"));
    }
    let mut servers: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    for (address, places) in addresses.into_iter().take(MOST) {
        let url = Url::parse(&address).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        servers
            .entry(host.to_owned())
            .or_default()
            .push((address, places));
    }
    servers
}

/// The URL to request, without its fragment; `None` if it is not a web address.
fn asked(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// Checks the links of one server in sequence.
fn server(client: &Client, addresses: Vec<Asked>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut silent = 0;
    for (at, (address, places)) in addresses.into_iter().enumerate() {
        if silent >= PATIENCE {
            let message = "was not checked: its server does not answer";
            problems.extend(problems_at(places, Rule::UncheckedLink, message));
            continue;
        }
        if at > 0 {
            thread::sleep(BETWEEN);
        }
        let answer = client.probe(&address);
        silent = if is_silence(&answer) { silent + 1 } else { 0 };
        if let Some((rule, message)) = judged(&address, answer) {
            problems.extend(problems_at(places, rule, &message));
        }
    }
    problems
}

fn is_silence(answer: &Result<String, FetchError>) -> bool {
    matches!(
        answer,
        Err(FetchError::NoConnection(_) | FetchError::TooSlow(_) | FetchError::NoSuchHost(_))
    )
}

fn problems_at(places: Vec<Problem>, rule: Rule, message: &str) -> impl Iterator<Item = Problem> {
    places.into_iter().map(move |place| Problem {
        severity: rule.severity(),
        rule,
        message: message.to_owned(),
        ..place
    })
}

/// Rule and message for the response to a link; `None` if the link works.
fn judged(address: &str, answer: Result<String, FetchError>) -> Option<(Rule, String)> {
    match answer {
        Ok(at) => leads_up(address, &at).then(|| {
            let at = masked(&text::line(&at));
            (
                Rule::MovedLink,
                format!("now redirects to {at}; the original page may be gone"),
            )
        }),
        Err(error @ (FetchError::Status(404 | 410, _) | FetchError::NoSuchHost(_))) => {
            Some((Rule::BrokenLink, format!("is broken: {error}")))
        }
        Err(error @ FetchError::Private(..)) => {
            Some((Rule::UncheckedLink, format!("was not checked: {error}")))
        }
        Err(error) => Some((Rule::UncheckedLink, format!("could not be tested: {error}"))),
    }
}

/// Whether a request was redirected to a parent page, as is common for expired postings.
fn leads_up(address: &str, at: &str) -> bool {
    let (Ok(from), Ok(to)) = (Url::parse(address), Url::parse(at)) else {
        return false;
    };
    let parts = |url: &Url| {
        let path = url.path().trim_matches('/').to_ascii_lowercase();
        path.split('/').filter(|part| !part.is_empty()).count()
    };
    let (long, short) = (from.path().trim_matches('/'), to.path().trim_matches('/'));
    parts(&to) < parts(&from) && long.starts_with(short) && to.query().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_became_its_list_is_doubted() {
        for (from, to, up) in [
            ("https://a.org/jobs/1", "https://a.org/jobs", true),
            ("https://a.org/jobs/1", "https://www.a.org/", true),
            ("http://a.org/jobs/1", "https://a.org/jobs/1/", false),
            (
                "https://a.org/jobs/1",
                "https://a.org/careers/1-engineer",
                false,
            ),
            ("https://a.org/j/1", "https://a.org/?job=1", false),
            ("https://a.org", "https://a.org/en", false),
        ] {
            assert_eq!(leads_up(from, to), up, "{from} → {to}");
        }
    }
}
