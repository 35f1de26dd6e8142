//! What stands around every page: its head, the board's name and ways, the foot.

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::fmt::strtime;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest;

use super::Site;
use crate::board::Date;

/// Nothing is fetched from elsewhere, and no script runs in a page.
const POLICY: &str = "object-src 'none'; frame-src 'none'; connect-src 'none'; media-src 'none'; base-uri 'none'; form-action 'none'; script-src";
/// Characters that a search engine shows of what a page is about.
const ABOUT: usize = 160;

/// A page without what stands around it.
pub(super) struct Page<'a> {
    /// Its path from the root of the site.
    pub(super) path: &'a str,
    /// What it is called; the board's name follows unless it is that.
    pub(super) title: &'a str,
    /// What it is about, as text.
    pub(super) about: &'a str,
    /// What it says to search engines, as JSON-LD that may stand in a page.
    pub(super) data: Option<String>,
    /// What it says.
    pub(super) main: Markup,
}

impl Page<'_> {
    /// The whole of it.
    pub(super) fn text(self, site: &Site<'_>) -> String {
        let board = site.board.name.as_str();
        let title = if self.title == board {
            board.to_owned()
        } else {
            format!("{} – {board}", self.title)
        };
        let about = cut(self.about, ABOUT);
        let root = root(self.path);
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content={ (POLICY) " " (scripts(self.data.as_deref())) };
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (title) }
                    @if !about.is_empty() { meta name="description" content=(about); }
                    link rel="stylesheet" href={ (root) "style.css" };
                    link rel="icon" type="image/svg+xml" href={ (root) "icon.svg" };
                    link rel="alternate" type="application/atom+xml" title=(board) href={ (root) "feed.xml" };
                    @if let Some(data) = &self.data {
                        script type="application/ld+json" { (PreEscaped(data)) }
                    }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header.top { (ways(site, self.path)) }
                    main #content tabindex="-1" { (self.main) }
                    footer.foot {
                        p { (board) " · " a href={ (root) "feed.xml" } { "Atom feed" } " · made with jobdeck" }
                    }
                }
            }
        };
        markup.into_string() + "\n"
    }
}

/// What the policy lets stand as a script. Data is none, but looks like one to whoever holds a page to its policy: it may
/// stand as it is and no other way.
fn scripts(data: Option<&str>) -> String {
    let Some(data) = data else {
        return "'none'".to_owned();
    };
    let hash = digest::digest(&digest::SHA256, data.as_bytes());
    format!("'sha256-{}'", BASE64_STANDARD.encode(hash))
}

/// The board's name, and the ways to its parts.
fn ways(site: &Site<'_>, path: &str) -> Markup {
    let root = root(path);
    let here = |part: &str| (path == part).then_some("page");
    html! {
        a.board href={ (root) "index.html" } { (site.board.name) }
        nav aria-label="Board" {
            ul {
                li { a href={ (root) "index.html" } aria-current=[here("index.html")] { "Postings" } }
                @if !site.board.interviews().is_empty() {
                    li { a href={ (root) "interviews.html" } aria-current=[here("interviews.html")] { "Interviews" } }
                }
            }
        }
    }
}

/// The way from a page to the root of the site.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The path of the page of this number, from 1, of what stands at `base`.
pub(super) fn numbered(base: &str, number: usize) -> String {
    if number == 1 {
        format!("{base}.html")
    } else {
        format!("{base}~{number}.html")
    }
}

/// The ways to the other pages of what stands at `base`.
pub(super) fn pager(base: &str, number: usize, of: usize) -> Markup {
    if of < 2 {
        return html! {};
    }
    let root = root(base);
    let to = |number: usize| format!("{root}{}", numbered(base, number));
    let near = |page: &usize| *page == 1 || *page == of || page.abs_diff(number) <= 2;
    let shown: Vec<usize> = (1..=of).filter(near).collect();
    html! {
        nav.pager aria-label="Pages" {
            ul {
                @if number > 1 { li { a rel="prev" href=(to(number - 1)) { "Previous" } } }
                @for (at, page) in shown.iter().enumerate() {
                    @if at > 0 && shown[at - 1] + 1 < *page { li.gap aria-hidden="true" { "…" } }
                    li { a href=(to(*page)) aria-label={ "Page " (page) } aria-current=[(*page == number).then_some("page")] { (page) } }
                }
                @if number < of { li { a rel="next" href=(to(number + 1)) { "Next" } } }
            }
        }
    }
}

/// A day as a person reads it and as a program does.
pub(super) fn day(date: Date) -> Markup {
    let read = strtime::format("%-d %B %Y", date).unwrap_or_else(|_| date.to_string());
    html! { time datetime=(date) { (read) } }
}

/// Markdown below a heading of this level.
pub(super) fn markdown(text: &str, above: u8) -> PreEscaped<String> {
    PreEscaped(crate::document::to_html(text, above))
}

/// The start of a text, cut between words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let text = text.replace('\n', " ");
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let start = text[..end]
        .rsplit_once(' ')
        .map_or(&text[..end], |(start, _)| start);
    format!("{start}…")
}

/// `1 posting`, `2 postings`
pub(super) fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    let digits = count.to_string();
    let mut number = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    format!("{number} {what}{s}")
}
