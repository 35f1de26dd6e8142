//! A board as a static site without scripts, in which every filter is a plain link.
//!
//! ```text
//! index.html                the newest postings, the filters, and the interviews
//! posting/<id>.html         a posting
//! interview/<id>.html       an interview
//! country.html              every value of a filter
//! country/us.html           the postings of one value; older ones by period: city/berlin~2025-10.html
//! city-skill/<a>~~<b>.html  the postings of two values
//! titles.html               titles from A to Z
//! all.html                  everything
//! feed.xml                  the newest postings as an Atom feed
//! ```
//!
//! A site with an address also has feed.json, feeds by filter, sitemap.xml, robots.txt and 404.html.
//!
//! Links within the site are relative, so that it works at any address and from disk. All text is escaped, addresses
//! lead to http, https or mailto, and the content security policy forbids scripts as a second line of defence.
//!
//! One more posting changes few files: lists are split by period, not by number, and a page holds only the counts of its
//! own values.

mod closed;
mod facets;
mod feeds;
mod filters;
mod interview;
mod labels;
mod list;
mod listed;
mod microdata;
mod name;
mod page;
mod period;
mod posting;
mod row;
mod search_index;
mod search_page;
mod sitemap;
mod style;
mod titles;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::board::fold::fold;
use crate::board::{Board, Company, Date, Interview, Posting, SiteLanguage, SiteProfile};
use crate::query::Field;
use crate::search::Index;
use closed::OpenTitles;
use facets::{Facets, Group};
use labels::Labels;
pub use listed::Listed;
use name::Names;

/// Days for which a closed posting keeps a page.
pub const KEPT_CLOSED: i32 = 90;

const ICON: &str = include_str!("site/icon.svg");

/// Contents of a site.
pub struct Publication<'a> {
    /// The board with the interviews.
    pub board: &'a Board,
    /// The postings to show, in any order.
    pub postings: Vec<Listed<'a>>,
    /// Postings that closed lately, which keep a page that leads to similar ones.
    pub closed: Vec<&'a Posting>,
    /// What the board says about its site.
    pub profile: &'a SiteProfile,
    /// The day of the export.
    pub today: Date,
}

/// Builder for a site.
pub struct Site<'a> {
    board: &'a Board,
    profile: &'a SiteProfile,
    /// The companies that are described, by folded name.
    companies: HashMap<String, &'a Company>,
    /// The postings to show: pinned first, then newest first.
    postings: Vec<Listed<'a>>,
    closed: Vec<&'a Posting>,
    facets: Facets,
    labels: &'static Labels,
    /// Whether any fact was read out of a text.
    has_derived: bool,
    /// Paths of the pages of postings and interviews, by id.
    posting_paths: HashMap<&'a str, String>,
    interview_paths: HashMap<&'a str, String>,
    today: Date,
    /// What its search is made from.
    index: Option<&'a Index>,
}

/// Counts of an exported site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Postings.
    pub postings: usize,
    /// Interviews.
    pub interviews: usize,
    /// Postings with every field that search engines require.
    pub for_search_engines: usize,
    /// Files.
    pub files: usize,
}

impl<'a> Site<'a> {
    /// A site of these postings and of all interviews of the board.
    pub fn new(publication: Publication<'a>) -> Self {
        let Publication {
            board,
            mut postings,
            closed,
            profile,
            today,
        } = publication;
        let mut names = Names::default();
        let all = postings.iter().map(|listed| listed.posting);
        let ids = all
            .chain(closed.iter().copied())
            .map(|posting| posting.id.as_str());
        let posting_paths = ids.map(|id| (id, format!("posting/{}.html", names.name(id))));
        let posting_paths = posting_paths.collect();
        let mut names = Names::default();
        let ids = board
            .interviews()
            .iter()
            .map(|interview| interview.id.as_str());
        let interview_paths = ids.map(|id| (id, format!("interview/{}.html", names.name(id))));
        let interview_paths = interview_paths.collect();
        postings.sort_by(|a, b| {
            let key = |listed: &Listed<'_>| (!listed.posting.pinned, Reverse(listed.day()));
            let texts = |listed: &Listed<'a>| (&listed.posting.title, &listed.posting.id);
            key(a).cmp(&key(b)).then_with(|| texts(a).cmp(&texts(b)))
        });
        let language = profile.settings.language;
        let labels = Labels::of(language.unwrap_or(SiteLanguage::English));
        let is_derived = |listed: &Listed<'_>| {
            listed.workplace.is_some() && listed.has_derived_workplace()
                || listed.level.is_some() && listed.has_derived_level()
                || !listed.skills.is_empty() && listed.skills_are_derived
        };
        let companies = profile.companies.iter();
        Self {
            board,
            profile,
            companies: companies
                .map(|company| (fold(&company.name), company))
                .collect(),
            facets: Facets::count(&postings, labels),
            labels,
            has_derived: postings.iter().any(is_derived),
            postings,
            closed,
            posting_paths,
            interview_paths,
            today,
            index: None,
        }
    }

    /// The site with a search, made from an index that has its postings.
    #[must_use]
    pub fn with_search(mut self, index: &'a Index) -> Self {
        self.index = Some(index).filter(|_| !self.postings.is_empty());
        self
    }

    /// Produces every file of the site, on all cores: its path, separated by slashes, and its content.
    ///
    /// # Errors
    /// Stops at the first error of `put`.
    pub fn files<E: Send>(
        &self,
        put: impl Fn(&str, &[u8]) -> Result<(), E> + Sync,
    ) -> Result<Tally, E> {
        let (files, complete) = (AtomicUsize::new(0), AtomicUsize::new(0));
        // Pages that search engines may list.
        let indexed = Mutex::new(BTreeSet::new());
        let put_bytes = |path: &str, content: &[u8]| {
            files.fetch_add(1, Ordering::Relaxed);
            put(path, content)
        };
        let put = |path: &str, text: &str| {
            if path.strip_suffix(".html").is_some() && self.profile.settings.base.is_some() {
                let mut indexed = indexed.lock().unwrap_or_else(PoisonError::into_inner);
                indexed.insert(path.to_owned());
            }
            put_bytes(path, text.as_bytes())
        };
        put("style.css", &style::sheet(&self.profile.settings))?;
        put("icon.svg", ICON)?;
        if let Some(css) = &self.profile.css {
            put(style::EXTRA, css)?;
        }
        if let Some((name, content)) = &self.profile.logo {
            put_bytes(name, content)?;
        }
        feeds::all(self, &put)?;
        self.lists(&put)?;
        self.search_files(&put)?;
        self.postings.par_iter().try_for_each(|listed| {
            let (text, for_search_engines) = posting::page(self, listed);
            complete.fetch_add(usize::from(for_search_engines), Ordering::Relaxed);
            put(&self.posting_paths[listed.posting.id.as_str()], &text)
        })?;
        for interview in self.board.interviews() {
            let text = interview::page(self, interview);
            put(&self.interview_paths[interview.id.as_str()], &text)?;
        }
        let open = OpenTitles::new(self);
        self.closed.par_iter().try_for_each(|posting| {
            let path = &self.posting_paths[posting.id.as_str()];
            put_bytes(path, closed::page(self, &open, posting).as_bytes())
        })?;
        let indexed = indexed.lock().unwrap_or_else(PoisonError::into_inner);
        for (path, text) in sitemap::files(self, &indexed) {
            put_bytes(&path, text.as_bytes())?;
        }
        Ok(Tally {
            postings: self.postings.len(),
            interviews: self.board.interviews().len(),
            for_search_engines: complete.load(Ordering::Relaxed),
            files: files.load(Ordering::Relaxed),
        })
    }

    /// Pages that list postings, interviews and filter values.
    fn lists<E: Send>(&self, put: &(impl Fn(&str, &str) -> Result<(), E> + Sync)) -> Result<(), E> {
        let put_all = |pages: Vec<(String, String)>| {
            let mut pages = pages.iter();
            pages.try_for_each(|(path, text)| put(path, text))
        };
        put_all(list::index(self))?;
        if !self.postings.is_empty() {
            put_all(list::all(self))?;
            put_all(titles::pages(self))?;
        }
        if !self.board.interviews().is_empty() {
            put("interviews.html", &interview::index(self))?;
        }
        for facet in &self.facets.all {
            put_all(filters::overview(self, facet))?;
        }
        let values = self
            .facets
            .all
            .iter()
            .enumerate()
            .flat_map(|(facet, values)| {
                let groups = values.groups.iter().enumerate();
                let groups = groups.filter(|(_, group)| group.has_page());
                groups.map(move |(group, _)| (facet, group))
            });
        let values: Vec<_> = values.collect();
        let values = values.into_par_iter();
        values.try_for_each(|value| put_all(list::group(self, value)))?;
        let pairs = (0..self.facets.pairs.len()).into_par_iter();
        pairs.try_for_each(|at| put_all(list::pair(self, at)))
    }

    /// The files of its search.
    fn search_files<E>(&self, put: &impl Fn(&str, &str) -> Result<(), E>) -> Result<(), E> {
        let Some(index) = self.index else {
            return Ok(());
        };
        let postings = self.postings.iter().filter_map(|listed| {
            Some(search_index::Listed {
                posting: listed.posting,
                path: self.posting_path(listed.posting)?,
                row: index.row(&listed.posting.id)?,
            })
        });
        let postings: Vec<_> = postings.collect();
        put(search_page::STYLE_PATH, search_page::STYLE)?;
        for (path, text) in search_index::files(index, &postings) {
            put(&path, &text)?;
        }
        Ok(())
    }

    /// Path of a posting's page, if it has one.
    fn posting_path(&self, posting: &Posting) -> Option<&str> {
        self.posting_paths
            .get(posting.id.as_str())
            .map(String::as_str)
    }

    fn interview_path(&self, interview: &Interview) -> &str {
        &self.interview_paths[interview.id.as_str()]
    }

    /// The group of a value that has a page.
    fn page_of(&self, field: Field, value: &str) -> Option<&Group> {
        self.facets
            .group(field, value)
            .filter(|group| group.has_page())
    }

    /// Path of the page of a value: that of its postings, or of its only one.
    fn target(&self, group: &Group) -> String {
        let only = || self.posting_path(self.postings[*group.rows.first()?].posting);
        match only().filter(|_| !group.has_page()) {
            Some(path) => path.to_owned(),
            None => format!("{}.html", group.path),
        }
    }

    /// What the board says about a posting's company.
    fn company(&self, posting: &Posting) -> Option<&Company> {
        if self.companies.is_empty() {
            return None;
        }
        let name = fold(posting.company.as_deref()?);
        self.companies.get(&name).copied()
    }

    /// Address of a page or file, if the site has one.
    fn address(&self, path: &str) -> Option<String> {
        let base = self.profile.settings.base.as_ref()?;
        let path = if path == "index.html" { "" } else { path };
        Some(format!("{base}{path}"))
    }

    fn has_companies(&self) -> bool {
        self.facets
            .all
            .iter()
            .any(|facet| facet.field == Field::Company)
    }

    fn is_open(&self, posting: &Posting) -> bool {
        posting.is_open(self.today)
    }
}

#[cfg(test)]
mod tests;
