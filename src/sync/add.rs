//! A source added to a board by any address of a company: found, fetched, listed in `board.toml`, and put into the board.
//!
//! Nothing is listed before its postings were read.

use std::fmt::{self, Write as _};

use super::error::SyncError;
use super::source::{Source, sources};
use super::task::{Fetched, StepCallback, SyncRun, Synced};
use super::{State, Step};
use crate::board::field::LINE;
use crate::board::{SafeUrl, text};
use crate::content::{self, ListedSource};
use crate::fetch::Validators;
use crate::import::{self, Format, Leads, Origin, board_of, leads};

/// A source to be added to a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSource {
    /// A company's site, its careers page, its board on a hiring system, a posting on it, or a feed.
    pub address: String,
    /// What to call it; else made from the address.
    pub name: Option<String>,
    /// Who hires, where the feed does not say.
    pub company: Option<String>,
    /// The format of the feed; the address is fetched as it is then.
    pub format: Option<Format>,
}

/// A source that was added.
#[derive(Debug, Clone)]
pub struct Added {
    /// The source as the board lists it.
    pub source: Source,
    /// Whether the board listed it before.
    pub was_listed: bool,
    /// Other boards that the page leads to.
    pub others: Vec<String>,
    /// What came of its first sync.
    pub synced: Synced,
}

/// Why no source was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddError {
    /// The address cannot be fetched, or cannot be listed.
    Address(String),
    /// The address was fetched but has no postings; describes what it is.
    NoPostings(String),
    /// The board could not be read or written.
    Board(String),
}

impl fmt::Display for AddError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(why) | Self::Board(why) => f.write_str(why),
            Self::NoPostings(found) => {
                write!(f, "leads to no postings: {found}\n{}", known_systems())
            }
        }
    }
}

impl std::error::Error for AddError {}

/// The domains of the hiring systems whose boards are known by their address.
pub fn systems() -> Vec<&'static str> {
    let mut systems: Vec<_> = Format::all().flat_map(Format::domains).copied().collect();
    systems.sort_unstable();
    systems.dedup();
    systems
}

fn known_systems() -> String {
    format!(
        "Boards on {} are known by their address; any other page must link to one, hold schema.org JobPosting data, or \
         be a feed itself.",
        systems().join(", ")
    )
}

/// A candidate that was fetched and read.
struct Found {
    origin: Origin,
    fetched: Fetched,
}

impl SyncRun<'_> {
    /// Adds the source behind an address to the board and fills it. A source that is listed already is synced.
    ///
    /// # Errors
    /// Nothing that can be fetched from there holds postings, or the board cannot be written. Nothing is listed then.
    pub fn add(&self, new: &NewSource, watch: StepCallback<'_>) -> Result<Added, AddError> {
        let address = checked(&new.address)?;
        let listed = if self.dry_run && !self.board.exists() {
            Vec::new()
        } else {
            let listed = content::sources(self.board);
            listed
                .map_err(|error| AddError::Board(error.to_string()))?
                .0
        };
        let known = sources(&listed);
        let mut search = Search {
            sync_run: self,
            new,
            known: &known,
            others: Vec::new(),
            failed: Vec::new(),
        };
        match search.find(&address, watch)? {
            Outcome::Listed(source) => {
                let synced = self.sync(&source, watch);
                Ok(Added {
                    source: *source,
                    was_listed: true,
                    others: search.others,
                    synced,
                })
            }
            Outcome::Found(found) => {
                let others = std::mem::take(&mut search.others);
                let (source, synced) = self.list(*found, new, &address, &known, watch)?;
                Ok(Added {
                    source,
                    was_listed: false,
                    others,
                    synced,
                })
            }
        }
    }

    /// Lists the source and adds its postings to the board.
    fn list(
        &self,
        found: Found,
        new: &NewSource,
        address: &str,
        known: &[Source],
        watch: StepCallback<'_>,
    ) -> Result<(Source, Synced), AddError> {
        let Found { origin, fetched } = found;
        let name = name(new, &origin, known);
        let is_typed = Origin::from_address(address).url == origin.url;
        let named_anyway =
            import::source_name(&Origin::from_address(address).name) == name && is_typed;
        let listed = ListedSource {
            url: if is_typed {
                address.to_owned()
            } else {
                origin.url
            },
            name: (!named_anyway).then_some(name),
            format: new.format.map(|format| format.word().to_owned()),
            company: new.company.as_deref().map(text::line),
            ..ListedSource::default()
        };
        let line = if self.dry_run {
            0
        } else {
            content::list_source(self.board, &listed)
                .map_err(|error| AddError::Board(format!("board.toml {error}")))?
        };
        let source = Source {
            line,
            ..Source::from_listed(&listed)
        };
        let synced = self.put(&source, fetched, watch);
        let synced = synced.unwrap_or_else(|why| Synced {
            state: State::Failed(why.to_string()),
            ..Synced::default()
        });
        Ok((source, synced))
    }
}

/// What an address leads to.
enum Outcome {
    /// A source that the board lists.
    Listed(Box<Source>),
    /// A new one.
    Found(Box<Found>),
}

/// A search for postings behind an address.
struct Search<'a> {
    sync_run: &'a SyncRun<'a>,
    new: &'a NewSource,
    known: &'a [Source],
    others: Vec<String>,
    /// Candidates that gave no postings, and why.
    failed: Vec<String>,
}

impl Search<'_> {
    fn find(&mut self, address: &str, watch: StepCallback<'_>) -> Result<Outcome, AddError> {
        if let Some(format) = self.new.format {
            let origin = Origin {
                format: Some(format),
                ..Origin::from_address(address)
            };
            return self.only(origin, watch);
        }
        if let Some(board) = board_of(address) {
            return self.only(board, watch);
        }
        let mut pages = vec![address.to_owned()];
        let mut at = 0;
        while let Some(page) = pages.get(at).cloned() {
            match self.page(&page, watch) {
                Ok((Some(outcome), _)) => return Ok(outcome),
                Ok((None, further)) if at == 0 => pages.extend(further),
                Ok(_) => {}
                Err(why) if at == 0 => return Err(AddError::Address(why.to_string())),
                Err(why) => self.failed.push(format!("{page}: {why}")),
            }
            at += 1;
        }
        let mut found = match pages.len() {
            1 => "no hiring system, feed or JobPosting was found on that page".to_owned(),
            pages => format!("no hiring system, feed or JobPosting was found on {pages} pages"),
        };
        for failed in &self.failed {
            let _ = write!(found, "; {failed}");
        }
        Err(AddError::NoPostings(text::line(&found)))
    }

    /// The only candidate.
    fn only(&mut self, origin: Origin, watch: StepCallback<'_>) -> Result<Outcome, AddError> {
        if let Some(listed) = self.listed(&origin) {
            return Ok(Outcome::Listed(Box::new(listed)));
        }
        let fetched = self.fetched(&origin, watch);
        let fetched = fetched.map_err(|error| AddError::Address(error.to_string()))?;
        Ok(Outcome::Found(Box::new(Found { origin, fetched })))
    }

    /// Looks for postings on a page and where it leads to; else the pages that may hold them.
    fn page(
        &mut self,
        address: &str,
        watch: StepCallback<'_>,
    ) -> Result<(Option<Outcome>, Vec<String>), SyncError> {
        let own = Origin::from_address(address);
        if let Some(listed) = self.listed(&own) {
            return Ok((Some(Outcome::Listed(Box::new(listed))), Vec::new()));
        }
        if !watch(Step::Asking) {
            return Err(SyncError::Cancelled);
        }
        let download = self
            .sync_run
            .download(&own, &Validators::default(), watch)?;
        let Some(first) = download.pages.first() else {
            return Err(SyncError::Nothing);
        };
        let redirected = board_of(&first.url);
        let format = import::format(&first.bytes, first.content_type.as_deref());
        // The postings of a published board link to hiring systems, too.
        let leads = match format {
            Some(format) if format.is_in_chunks() => Leads::default(),
            _ => leads(&first.bytes, &first.url),
        };
        let boards = redirected.into_iter().chain(leads.boards);
        if let Some(outcome) = self.first_of(boards.collect(), watch) {
            return Ok((Some(outcome), Vec::new()));
        }
        if format.is_some() {
            match self.sync_run.read(&self.source(&own), &own, download) {
                Ok(fetched) => {
                    let found = Found {
                        origin: own,
                        fetched,
                    };
                    return Ok((Some(Outcome::Found(Box::new(found))), Vec::new()));
                }
                Err(why) => self.failed.push(format!("{address}: {why}")),
            }
        }
        let outcome = self.first_of(leads.feeds, watch);
        Ok((outcome, leads.pages))
    }

    /// The first candidate that has postings; else the first that can be read.
    fn first_of(&mut self, candidates: Vec<Origin>, watch: StepCallback<'_>) -> Option<Outcome> {
        let mut empty = None;
        let mut candidates = candidates.into_iter();
        let mut found = None;
        for origin in candidates.by_ref() {
            if let Some(listed) = self.listed(&origin) {
                found = Some(Outcome::Listed(Box::new(listed)));
                break;
            }
            match self.fetched(&origin, watch) {
                Ok(fetched) if fetched.collected.postings.is_empty() => {
                    empty.get_or_insert(Found { origin, fetched });
                }
                Ok(fetched) => {
                    found = Some(Outcome::Found(Box::new(Found { origin, fetched })));
                    break;
                }
                Err(why) => self.failed.push(format!("{}: {why}", origin.url)),
            }
        }
        let found = found.or_else(|| empty.map(|found| Outcome::Found(Box::new(found))))?;
        self.others.extend(candidates.map(|other| other.url));
        Some(found)
    }

    fn fetched(&self, origin: &Origin, watch: StepCallback<'_>) -> Result<Fetched, SyncError> {
        if !watch(Step::Asking) {
            return Err(SyncError::Cancelled);
        }
        let download = self
            .sync_run
            .download(origin, &Validators::default(), watch)?;
        self.sync_run.read(&self.source(origin), origin, download)
    }

    /// The source that a candidate would be.
    fn source(&self, origin: &Origin) -> Source {
        let name = name(self.new, origin, self.known);
        Source {
            ids: name.clone(),
            name,
            url: origin.url.clone(),
            origin: Ok(origin.clone()),
            company: self.new.company.clone(),
            only: None,
            tags: Vec::new(),
            expires_after: None,
            shape: import::Shape::default(),
            line: 0,
        }
    }

    fn listed(&self, origin: &Origin) -> Option<Source> {
        let is_same = |source: &&Source| {
            let known = source.origin.as_ref();
            source.url == origin.url || known.is_ok_and(|known| known.url == origin.url)
        };
        self.known.iter().find(is_same).cloned()
    }
}

/// An address that can be fetched and listed.
fn checked(written: &str) -> Result<String, AddError> {
    let written = written.trim();
    // Text before a colon is a scheme, unless a port follows.
    let has_scheme = written.split_once(':').is_some_and(|(before, after)| {
        !before.contains('/') && !after.starts_with(|c: char| c.is_ascii_digit())
    });
    let address = if has_scheme {
        written.to_owned()
    } else {
        format!("https://{written}")
    };
    if address.len() > LINE {
        let why = format!("is longer than {LINE} characters");
        return Err(AddError::Address(why));
    }
    let safe = SafeUrl::parse(&address).map_err(|refused| AddError::Address(refused.reason))?;
    if safe.starts_with("mailto:") {
        return Err(AddError::Address("must be http or https".into()));
    }
    Ok(safe.into())
}

/// The name of a new source: one that no other source of the board has.
fn name(new: &NewSource, origin: &Origin, known: &[Source]) -> String {
    let wanted = new.name.as_deref().map(import::source_name);
    let wanted = wanted.filter(|name| !name.is_empty());
    let wanted = wanted.unwrap_or_else(|| import::source_name(&origin.name));
    let is_free = |name: &String| known.iter().all(|source| source.name != *name);
    let mut names = (2..).map(|number| format!("{wanted}-{number}"));
    let name = Some(wanted.clone()).filter(is_free);
    name.or_else(|| names.find(is_free)).unwrap_or(wanted)
}
