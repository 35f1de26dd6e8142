//! The frame of every page: head, board name, navigation and footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Site, search_page, style};
use crate::board::Date;
use crate::export::json_feed;
use crate::published::{MANIFEST, MEDIA_TYPE};

/// Pages load nothing from elsewhere and run no scripts.
const POLICY: &str = "object-src 'none'; frame-src 'none'; connect-src 'none'; media-src 'none'; base-uri 'none'; form-action 'none'; script-src 'none'";
/// Further rules where the board has styles of its own: they load nothing from elsewhere either.
const STYLES: &str = "; style-src 'self' file:; img-src 'self' file: data:; font-src 'self' file:";
/// Length of a page description in search results.
const ABOUT: usize = 160;
/// Path of the page for addresses that lead nowhere.
pub(super) const NOT_FOUND: &str = "404.html";
/// Path of the page with everything, and of the titles from A to Z.
pub(super) const ALL: &str = "all.html";
pub(super) const TITLES: &str = "titles.html";
/// Paths of the feeds.
pub(super) const ATOM: &str = "feed.xml";
pub(super) const JSON: &str = "feed.json";

/// A page without its frame.
pub(super) struct Page<'a> {
    /// Its path from the root of the site.
    pub(super) path: &'a str,
    /// Its title; the board's name is appended unless it is the same.
    pub(super) title: &'a str,
    /// Its description, as plain text.
    pub(super) about: &'a str,
    /// What the page is for.
    pub(super) kind: PageKind,
    /// Whether search engines may list it.
    pub(super) is_indexed: bool,
    /// Path of a feed of the same postings.
    pub(super) feed: Option<&'a str>,
    /// Its main content.
    pub(super) main: Markup,
}

/// What a page is for, which decides about its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    /// A list of postings that may be filtered.
    List,
    /// A posting. There are many of them, so their frame is short.
    Posting,
    /// Any other page.
    Other,
}

impl<'a> Page<'a> {
    /// A page with a title and a content.
    pub(super) fn new(path: &'a str, title: &'a str, main: Markup) -> Self {
        Self {
            path,
            title,
            about: "",
            kind: PageKind::Other,
            is_indexed: true,
            feed: None,
            main,
        }
    }

    /// The complete page.
    pub(super) fn text(self, site: &Site<'_>) -> String {
        let board = site.board.name.as_str();
        let title = if self.title == board {
            board.to_owned()
        } else {
            format!("{} – {board}", self.title)
        };
        let about = cut(self.about, ABOUT);
        let root = site.root(self.path);
        let labels = site.labels;
        let has_styles = site.profile.css.is_some();
        let markup = html! {
            (DOCTYPE)
            html lang=(labels.code) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content={ (search_page::allow(POLICY, self.path, site.index.is_some())) @if has_styles { (STYLES) } };
                    meta name="viewport" content="width=device-width";
                    meta name="referrer" content="no-referrer";
                    title { (title) }
                    @if !about.is_empty() { meta name="description" content=(about); }
                    @if !self.is_indexed { meta name="robots" content="noindex"; }
                    link rel="stylesheet" href={ (root) "style.css" };
                    @if has_styles { link rel="stylesheet" href={ (root) (style::EXTRA) }; }
                    link rel="icon" href={ (root) "icon.svg" };
                    (self.alternates(site, &title))
                    @if self.is_indexed { (self.social(site, &about)) }
                }
                body {
                    a.skip href="#content" { (labels.skip) }
                    (top(site, &self))
                    main #content tabindex="-1" { (self.main) }
                    (foot(site, &self))
                }
            }
        };
        markup.into_string() + "\n"
    }

    /// Feeds, and the published board.
    fn alternates(&self, site: &Site<'_>, title: &str) -> Markup {
        let root = site.root(self.path);
        let board = site.board.name.as_str();
        html! {
            @if let Some(feed) = self.feed {
                link rel="alternate" type="application/atom+xml" title=(title) href={ (root) (feed) };
            }
            @if self.kind == PageKind::List {
                link rel="alternate" type="application/atom+xml" title=(board) href={ (root) (ATOM) };
                @if site.profile.settings.base.is_some() {
                    link rel="alternate" type=(json_feed::MEDIA_TYPE) title=(board) href={ (root) (JSON) };
                }
            }
            // The address of any list or posting opens the board in jobdeck.
            @if self.kind != PageKind::Other {
                link rel="alternate" type=(MEDIA_TYPE) href={ (root) (MANIFEST) };
            }
        }
    }

    /// The page's own address, and how it is shown where somebody links to it.
    fn social(&self, site: &Site<'_>, about: &str) -> Markup {
        let Some(address) = site.address(self.path) else {
            return html! {};
        };
        let logo = site.profile.logo.as_ref();
        let logo = logo.and_then(|(name, _)| site.address(name));
        html! {
            link rel="canonical" href=(address);
            meta property="og:type" content="website";
            meta property="og:url" content=(address);
            meta property="og:title" content=(self.title);
            meta property="og:site_name" content=(site.board.name);
            meta property="og:locale" content=(site.labels.locale);
            @if !about.is_empty() { meta property="og:description" content=(about); }
            @if let Some(logo) = logo { meta property="og:image" content=(logo); }
        }
    }
}

/// The board's name, and links to its parts. A posting has them in its breadcrumb.
fn top(site: &Site<'_>, page: &Page<'_>) -> Markup {
    let root = site.root(page.path);
    let labels = site.labels;
    let here = |path: &str| (page.path == path).then_some("page");
    let has_postings = !site.postings.is_empty();
    let has_interviews = !site.board.interviews().is_empty();
    let has_search = site.index.is_some() && page.path != search_page::PATH;
    let parts = [
        (search_page::BOX, search_page::name(labels), has_search),
        (TITLES, labels.titles, has_postings),
        ("company.html", labels.companies, site.has_companies()),
        (ALL, labels.everything, has_postings),
        ("interviews.html", labels.interviews, has_interviews),
    ];
    html! {
        header.top {
            a.board href={ (root) "index.html" } aria-current=[here("index.html")] {
                @if let Some((logo, _)) = &site.profile.logo { img src={ (root) (logo) } alt="" height="36"; " " }
                (site.board.name)
            }
            @if page.kind != PageKind::Posting {
                nav aria-label=(labels.board) {
                    @for (to, label, _) in parts.iter().filter(|(.., is_there)| *is_there) {
                        a href={ (root) (to) } aria-current=[here(to)] { (label) } " "
                    }
                }
            }
        }
    }
}

/// What stands at the end of every page.
fn foot(site: &Site<'_>, page: &Page<'_>) -> Markup {
    let settings = &site.profile.settings;
    let labels = site.labels;
    html! {
        footer.foot {
            @if let Some(footer) = &settings.footer { (markdown(footer, 1)) }
            p {
                @if let Some(imprint) = &settings.imprint { a href=(imprint) { (labels.imprint) } " · " }
                @if page.kind != PageKind::Posting {
                    a href={ (site.root(page.path)) (ATOM) } { (labels.feed) } " · "
                }
                (labels.made_with)
            }
        }
    }
}

impl Site<'_> {
    /// Path from a page to the root of the site: relative, apart from the page that is shown at any address.
    pub(super) fn root(&self, path: &str) -> String {
        let base = self.profile.settings.base.clone();
        base.filter(|_| path == NOT_FOUND)
            .unwrap_or_else(|| root(path))
    }
}

/// Relative path from a page to the root of the site.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A day in words, with a machine-readable value.
pub(super) fn day(site: &Site<'_>, date: Date) -> Markup {
    html! { time datetime=(date) { (site.labels.day(date)) } }
}

/// Markdown rendered under a heading of this level.
pub(super) fn markdown(text: &str, above: u8) -> PreEscaped<String> {
    PreEscaped(crate::document::to_html(text, above))
}

/// The start of a text, cut between words.
fn cut(text: &str, most: usize) -> String {
    let text = text.replace('\n', " ");
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let start = text[..end]
        .rsplit_once(' ')
        .map_or(&text[..end], |(start, _)| start);
    format!("{start}…")
}
