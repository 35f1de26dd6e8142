//! The frame of every page: head, board name, navigation and footer.

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::fmt::strtime;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest;

use super::Site;
use crate::board::Date;
use crate::published::{MANIFEST, MEDIA_TYPE};

/// Pages load nothing from elsewhere and run no scripts.
const POLICY: &str = "object-src 'none'; frame-src 'none'; connect-src 'none'; media-src 'none'; base-uri 'none'; form-action 'none'; script-src";
/// Length of a page description in search results.
const ABOUT: usize = 160;

/// A page without its frame.
pub(super) struct Page<'a> {
    /// Its path from the root of the site.
    pub(super) path: &'a str,
    /// Its title; the board's name is appended unless it is the same.
    pub(super) title: &'a str,
    /// Its description, as plain text.
    pub(super) about: &'a str,
    /// JSON-LD for search engines, safe to embed.
    pub(super) data: Option<String>,
    /// Its main content.
    pub(super) main: Markup,
}

impl Page<'_> {
    /// The complete page.
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
                    link rel="alternate" type=(MEDIA_TYPE) title=(board) href={ (root) (MANIFEST) };
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

/// Script sources that the policy allows. JSON-LD does not run, but some policy checkers treat it as a script, so it is
/// allowed by its hash.
fn scripts(data: Option<&str>) -> String {
    let Some(data) = data else {
        return "'none'".to_owned();
    };
    let hash = digest::digest(&digest::SHA256, data.as_bytes());
    format!("'sha256-{}'", BASE64_STANDARD.encode(hash))
}

/// Navigation: the board's name and links to its parts.
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

/// Relative path from a page to the root of the site.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// Path of page `number`, from 1, of the list at `base`.
pub(super) fn numbered(base: &str, number: usize) -> String {
    if number == 1 {
        format!("{base}.html")
    } else {
        format!("{base}~{number}.html")
    }
}

/// Links to the other pages of the list at `base`.
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

/// A day in words, with a machine-readable value.
pub(super) fn day(date: Date) -> Markup {
    let read = strtime::format("%-d %B %Y", date).unwrap_or_else(|_| date.to_string());
    html! { time datetime=(date) { (read) } }
}

/// Markdown rendered under a heading of this level.
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
