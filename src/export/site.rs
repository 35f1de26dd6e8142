//! A board as a static site without scripts, in which every filter is a plain link.
//!
//! ```text
//! index.html              the postings, page by page (index~2.html …), and the interviews
//! posting/<id>.html       a posting
//! interview/<id>.html     an interview
//! country.html            every value of a filter
//! country/us.html         the postings of one value, page by page
//! feed.xml                the newest postings as an Atom feed
//! ```
//!
//! Links within the site are relative, so that it works at any address and from disk. All text is escaped, addresses
//! lead to http, https or mailto, and the content security policy forbids scripts as a second line of defence.

mod card;
mod facets;
mod filters;
mod interview;
mod list;
mod name;
mod page;
mod posting;

use std::collections::HashMap;

use super::atom;
use crate::board::{Board, Date, Interview, Posting};
use facets::Facets;
use name::Names;

/// Number of postings in the feed.
const NEWEST: usize = 100;

const STYLE: &str = include_str!("site/style.css");
const ICON: &str = include_str!("site/icon.svg");

/// Builder for a site.
pub struct Site<'a> {
    board: &'a Board,
    /// The postings to show, in order.
    postings: Vec<&'a Posting>,
    facets: Facets<'a>,
    /// Paths of the pages of postings and interviews, by id.
    posting_paths: HashMap<&'a str, String>,
    interview_paths: HashMap<&'a str, String>,
    today: Date,
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
    /// A site of these postings, in this order, and of all interviews of the board.
    pub fn new(board: &'a Board, postings: Vec<&'a Posting>, today: Date) -> Self {
        let mut names = Names::default();
        let ids = postings.iter().map(|posting| posting.id.as_str());
        let posting_paths = ids.map(|id| (id, format!("posting/{}.html", names.name(id))));
        let posting_paths = posting_paths.collect();
        let mut names = Names::default();
        let ids = board
            .interviews()
            .iter()
            .map(|interview| interview.id.as_str());
        let interview_paths = ids.map(|id| (id, format!("interview/{}.html", names.name(id))));
        let interview_paths = interview_paths.collect();
        Self {
            board,
            facets: Facets::count(&postings),
            postings,
            posting_paths,
            interview_paths,
            today,
        }
    }

    /// Produces every file of the site, one at a time: its path, separated by slashes, and its text.
    ///
    /// # Errors
    /// Stops at the first error of `put`.
    pub fn files<E>(&self, mut put: impl FnMut(&str, &str) -> Result<(), E>) -> Result<Tally, E> {
        let mut tally = Tally {
            postings: self.postings.len(),
            interviews: self.board.interviews().len(),
            ..Tally::default()
        };
        let mut put = |path: &str, text: &str| {
            tally.files += 1;
            put(path, text)
        };
        let mut complete = 0;
        put("style.css", STYLE)?;
        put("icon.svg", ICON)?;
        put("feed.xml", &self.feed())?;
        self.lists(&mut put)?;
        for posting in &self.postings {
            let (text, for_search_engines) = posting::page(self, posting);
            complete += usize::from(for_search_engines);
            put(&self.posting_paths[posting.id.as_str()], &text)?;
        }
        for interview in self.board.interviews() {
            let text = interview::page(self, interview);
            put(&self.interview_paths[interview.id.as_str()], &text)?;
        }
        tally.for_search_engines = complete;
        Ok(tally)
    }

    /// Pages that list postings, interviews and filter values.
    fn lists<E>(&self, put: &mut impl FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
        list::index(self, put)?;
        if !self.board.interviews().is_empty() {
            put("interviews.html", &interview::index(self))?;
        }
        for facet in &self.facets.0 {
            filters::overview(self, facet, put)?;
            for group in &facet.groups {
                list::group(self, facet, group, put)?;
            }
        }
        Ok(())
    }

    fn feed(&self) -> String {
        let mut newest = self.postings.clone();
        newest.sort_by_key(|posting| std::cmp::Reverse(posting.posted));
        newest.truncate(NEWEST);
        let mut feed = atom::head(self.board, newest.iter().copied());
        for posting in newest {
            let page = self.posting_path(posting);
            feed += &atom::entry(self.board, posting, page);
        }
        feed + atom::END
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

    fn is_open(&self, posting: &Posting) -> bool {
        posting.is_open(self.today)
    }
}

#[cfg(test)]
mod tests;
