//! Sessions: where the user left off on each board, stored in the state directory. Losing them is harmless, so errors
//! are ignored.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::read;
use crate::app::{Pane, Session, Subject};
use crate::board::text;
use crate::storage::Replace;

/// Maximum number of boards remembered.
const BOARDS: usize = 50;

const HEAD: &str =
    "# Where you left each board, the latest first. jobdeck writes it when it ends.\n\n";

/// Session storage for a set of boards.
#[derive(Debug, Clone)]
pub struct Sessions {
    file: PathBuf,
    boards: Vec<PathBuf>,
}

impl Sessions {
    /// Of the boards in these folders, kept in this file.
    pub fn in_file(file: PathBuf, folders: &[PathBuf]) -> Self {
        let boards = folders.iter().map(whole).collect();
        Self { file, boards }
    }

    /// Storage for the boards in these folders; `None` without a home directory.
    pub fn for_boards(folders: &[PathBuf]) -> Option<Self> {
        Some(Self {
            file: usual_place()?,
            boards: folders.iter().map(whole).collect(),
        })
    }

    /// The last session of these boards.
    pub fn last(&self) -> Option<Session> {
        let kept = load(&self.file).session;
        let same = kept.into_iter().find(|kept| kept.boards == self.boards)?;
        Some(same.into())
    }

    /// Stores the current session.
    pub fn keep(&self, session: &Session) -> io::Result<()> {
        let mut kept = load(&self.file);
        kept.session.retain(|kept| kept.boards != self.boards);
        kept.session
            .insert(0, Kept::from_session(&self.boards, session));
        kept.session.truncate(BOARDS);
        let lines = toml::to_string(&kept).map_err(io::Error::other)?;
        let source = [HEAD, &lines].concat();
        Replace::new(&self.file)
            .behind_links()
            .private()
            .bytes(source.as_bytes())
    }
}

/// A folder by its whole path. The address of a published board is whole.
fn whole(folder: &PathBuf) -> PathBuf {
    if folder.to_string_lossy().contains("://") {
        return folder.clone();
    }
    std::path::absolute(folder).unwrap_or_else(|_| folder.clone())
}

/// Folders of the boards opened last.
pub fn last_boards() -> Option<Vec<PathBuf>> {
    let kept = load(&usual_place()?).session;
    Some(kept.into_iter().next()?.boards)
}

fn usual_place() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("jobdeck").join("sessions.toml"))
}

fn load(file: &Path) -> File {
    let bytes = read(file).unwrap_or_default();
    let lines = String::from_utf8(bytes).unwrap_or_default();
    toml::from_str(&lines).unwrap_or_default()
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    #[serde(default)]
    session: Vec<Kept>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    boards: Vec<PathBuf>,
    query: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unjudged: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<bool>,
    focus: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    zoomed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reading: Vec<Read>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Read>,
}

/// An open text, and the paragraph at the top of the screen.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Read {
    #[serde(skip_serializing_if = "Option::is_none")]
    posting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interview: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
}

impl Read {
    /// Postings that are gone from their board are not restored.
    fn from_subject(subject: &Subject, paragraph: Option<usize>) -> Option<Self> {
        let (posting, interview) = match subject {
            Subject::Posting(id) => (Some(id.clone()), None),
            Subject::Interview(id) => (None, Some(id.clone())),
            Subject::Kept(_) => return None,
        };
        Some(Self {
            posting,
            interview,
            paragraph,
        })
    }

    fn subject(self) -> Option<Subject> {
        let posting = self.posting.map(Subject::Posting);
        posting.or(self.interview.map(Subject::Interview))
    }
}

impl Kept {
    fn from_session(boards: &[PathBuf], session: &Session) -> Self {
        let reading = session.reading.iter();
        let places = session.places.iter();
        Self {
            boards: boards.to_vec(),
            query: session.query.clone(),
            history: session.history.clone(),
            unjudged: session.unjudged,
            selected: session.selected.clone(),
            filters: session.filters,
            focus: pane_name(session.focus).to_owned(),
            zoomed: session.zoomed,
            split: session.split,
            reading: reading
                .filter_map(|subject| Read::from_subject(subject, None))
                .collect(),
            places: places
                .filter_map(|(subject, place)| Read::from_subject(subject, Some(*place)))
                .collect(),
        }
    }
}

impl From<Kept> for Session {
    fn from(kept: Kept) -> Self {
        let panes = [Pane::List, Pane::Filters, Pane::Detail];
        let focus = panes
            .into_iter()
            .find(|pane| pane_name(*pane) == kept.focus);
        let places = kept.places.into_iter().filter_map(|read| {
            let paragraph = read.paragraph?;
            Some((read.subject()?, paragraph))
        });
        Self {
            query: text::line(&kept.query),
            history: kept.history.iter().map(|query| text::line(query)).collect(),
            unjudged: kept.unjudged,
            selected: kept.selected,
            filters: kept.filters,
            focus: focus.unwrap_or_default(),
            zoomed: kept.zoomed,
            split: kept.split,
            reading: kept.reading.into_iter().filter_map(Read::subject).collect(),
            places: places.collect(),
        }
    }
}

fn pane_name(pane: Pane) -> &'static str {
    match pane {
        Pane::List => "list",
        Pane::Filters => "filters",
        Pane::Detail => "detail",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn sessions(folder: &Path, board: &str) -> Sessions {
        Sessions {
            file: folder.join("state/sessions.toml"),
            boards: vec![board.into()],
        }
    }

    #[test]
    fn each_board_is_found_as_it_was_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let ada = sessions(folder.path(), "/ada");
        assert_eq!(ada.last(), None);
        let left = Session {
            query: "\"rust\" 'berlin".into(),
            history: vec!["rust".into(), "\"two words\"".into()],
            unjudged: true,
            selected: Some("a".into()),
            filters: Some(false),
            focus: Pane::Detail,
            zoomed: true,
            split: Some(40),
            reading: vec![Subject::Interview("i".into()), Subject::Posting("a".into())],
            places: vec![(Subject::Posting("a".into()), 7)],
        };
        ada.keep(&left).expect("kept");
        let bob = sessions(folder.path(), "/bob");
        bob.keep(&Session::default()).expect("kept");
        assert_eq!(ada.last(), Some(left));
        assert_eq!(bob.last(), Some(Session::default()));
        ada.keep(&Session::default()).expect("kept");
        assert_eq!(load(&ada.file).session.len(), 2);
    }

    #[test]
    fn a_file_that_is_no_such_file_is_passed_over_and_written_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let ada = sessions(folder.path(), "/ada");
        fs::create_dir_all(folder.path().join("state")).expect("a folder");
        for wrong in [
            "session = 3",
            "[[session]]\nquery = 3",
            "\u{0}",
            "[[session]]\nboards = [\"/ada\"]\nfocus = \"?\"",
        ] {
            fs::write(&ada.file, wrong).expect("written");
            assert!(
                ada.last().unwrap_or_default() == Session::default(),
                "{wrong}"
            );
            ada.keep(&Session::default()).expect("kept");
            assert!(ada.last().is_some());
        }
    }
}
