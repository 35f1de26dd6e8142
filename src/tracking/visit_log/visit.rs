//! Compares a board, which may be several opened together, with the logs of the last visit.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;

use super::fields::Facts;
use super::file::VisitLogFile;
use super::{Look, PostingHistories, PostingHistory, VisitLog};
use crate::board::{Board, Date, Fingerprint, text};

/// Whether a look is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// The user visited: current postings are no longer new at the next visit.
    Keep,
    /// A query only, not a visit.
    Peek,
}

/// Access to the visit logs of the user.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Folder of the journal.
    pub folder: PathBuf,
    /// Whether looks are recorded.
    pub write: Write,
}

/// Result of comparing a board with its log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Day of the previous visit; `None` on the first one.
    pub since: Option<Date>,
    /// History of each posting, in board order; empty if unknown.
    pub known: PostingHistories,
    /// Number of postings gone since.
    pub gone: usize,
    /// Whether this look found changes that the previous one had not.
    pub fresh: bool,
    /// Messages for the user.
    pub troubles: Vec<String>,
}

impl Visitor {
    /// Compares a board with its log as of `today`.
    pub fn look(&self, board: &Board, today: Date) -> Visit {
        let mut visit = Visit::default();
        let mut known: Vec<Option<PostingHistory>> = vec![None; board.len()];
        for (name, members) in members(board) {
            match self.look_at(&name, board, &members, today) {
                Ok((look, trouble)) => {
                    visit.since = [visit.since, look.since].into_iter().flatten().min();
                    visit.gone += look.gone;
                    visit.fresh |= look.fresh;
                    visit.troubles.extend(trouble);
                    for (&at, of) in members.iter().zip(look.known) {
                        known[at] = Some(of);
                    }
                }
                Err(why) => visit.troubles.push(why),
            }
        }
        // Without a log nothing is reported as new, rather than everything.
        let unknown = PostingHistory {
            first_seen: today,
            reposts: 0,
            is_new: false,
            changed: super::Fields::default(),
        };
        visit.known = known.into_iter().map(|of| of.unwrap_or(unknown)).collect();
        visit
    }

    fn look_at(
        &self,
        name: &str,
        board: &Board,
        members: &[usize],
        today: Date,
    ) -> Result<(Look, Option<String>), String> {
        let facts = facts(board, members, today);
        let file = VisitLogFile::for_board(&self.folder, name);
        let held = (self.write == Write::Keep).then(|| file.lock());
        let (kept, damage) = file.read()?;
        let before = kept.as_ref().map(VisitLog::digest);
        let mut visit_log = kept.unwrap_or_else(|| VisitLog::new(today));
        let look = visit_log.look(today, &facts);
        let write = || -> io::Result<()> {
            if damage.is_some() {
                file.set_aside()?;
            }
            if before != Some(visit_log.digest()) {
                file.write(&visit_log)?;
            }
            Ok(())
        };
        let written = held.map(|held| held.and_then(|_lock| write()));
        let unkept = written.and_then(Result::err).map(|error| {
            let folder = text::line(&self.folder.to_string_lossy());
            format!("that you looked is not remembered: {folder} cannot be written: {error}")
        });
        Ok((look, unkept.or(damage)))
    }
}

/// Positions of the postings of each open board.
fn members(board: &Board) -> HashMap<String, Vec<usize>> {
    let mut names = board.names();
    if let (Some(alone), None) = (names.next(), names.next()) {
        return HashMap::from([(alone.to_owned(), (0..board.len()).collect())]);
    }
    let mut members: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, posting) in board.postings().enumerate() {
        let (name, _) = board.own_id(&posting);
        members.entry(name.to_owned()).or_default().push(at);
    }
    members
}

/// Postings whose fingerprints are read at once.
const RUN: usize = 1 << 12;

/// What is known of postings, by ascending position.
fn facts(board: &Board, members: &[usize], today: Date) -> Vec<Facts> {
    let mut facts = Vec::with_capacity(members.len());
    for run in members.chunks(RUN) {
        let kept = || {
            let (first, last) = (*run.first()?, *run.last()?);
            let is_gapless = last - first + 1 == run.len();
            board
                .store()
                .filter(|_| is_gapless)?
                .fingerprints(first..last + 1)
        };
        let computed = || run.par_iter().map(|&at| fingerprint(board, at)).collect();
        let fingerprints: Vec<Fingerprint> = kept().unwrap_or_else(computed);
        facts.extend(fingerprints.iter().map(|of| Facts::new(of, today)));
    }
    facts
}

fn fingerprint(board: &Board, at: usize) -> Fingerprint {
    let posting = board.at(at);
    let description = crc32fast::hash(posting.description.as_bytes());
    Fingerprint::new(board.own_id(&posting).1, &posting, description)
}
