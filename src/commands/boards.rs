//! Which boards are meant, and how they are loaded.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, session};
use crate::content::{self, LoadError, Loaded, Progress};
use crate::snapshot::{self, Place};

/// The variable that names a board.
const VARIABLE: &str = "JOBDECK_BOARD";
/// The folder that needs no naming.
const HERE: &str = "content";

/// The boards to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Boards {
    /// Their folders; none is the board that is compiled in.
    pub(super) folders: Vec<PathBuf>,
    /// Who named them, where they do not stand on the command line.
    named_by: Option<&'static str>,
    /// Whether facts are read out of the texts.
    pub(super) derive: bool,
}

impl Boards {
    /// The boards given, else the environment's, else the config's, else the one beside us, else the one inside.
    pub(super) fn choose(given: Vec<PathBuf>, config: &Config) -> Self {
        Self::choose_from(given, std::env::var_os(VARIABLE), config, Path::new(HERE))
    }

    fn choose_from(
        given: Vec<PathBuf>,
        variable: Option<OsString>,
        config: &Config,
        here: &Path,
    ) -> Self {
        let boards = |folders, named_by| Self {
            folders,
            named_by,
            derive: config.derive,
        };
        if !given.is_empty() {
            return boards(given, None);
        }
        if let Some(folder) = variable.filter(|folder| !folder.is_empty()) {
            return boards(vec![folder.into()], Some("$JOBDECK_BOARD"));
        }
        if !config.boards.is_empty() {
            return boards(config.boards.clone(), Some("the config"));
        }
        if content::is_board(here) {
            return boards(vec![here.to_owned()], None);
        }
        boards(Vec::new(), None)
    }

    /// Where nobody named a board, those of the last time, if they are still there.
    pub(super) fn or_last(self) -> Self {
        if !self.folders.is_empty() {
            return self;
        }
        let last = session::last_boards().unwrap_or_default();
        let last = Self {
            folders: last,
            named_by: None,
            derive: self.derive,
        };
        if last.verify().is_ok() { last } else { self }
    }

    /// Whether every folder is there; else why not.
    pub(super) fn verify(&self) -> Result<(), String> {
        for folder in &self.folders {
            let listed = folder.read_dir().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => LoadError::Missing(folder.clone()),
                io::ErrorKind::NotADirectory => LoadError::NotAFolder(folder.clone()),
                _ => LoadError::Unreadable(folder.clone(), error),
            });
            listed.map_err(|error| self.refusal(&error))?;
        }
        Ok(())
    }

    /// Loads them as one.
    pub(super) fn load(&self, progress: Progress<'_>) -> Result<Loaded, String> {
        if self.folders.is_empty() {
            return Ok(content::shipped());
        }
        content::load_all(&self.folders, progress).map_err(|error| self.refusal(&error))
    }

    /// Opens them as one, from their snapshot where that is still true.
    pub(super) fn open(&self) -> Result<snapshot::Opened, String> {
        let load = |progress: Progress<'_>| self.load(progress);
        snapshot::open_board(self.snapshot().as_ref(), &load, self.derive, &|_, _| {})
    }

    /// Where their snapshot is; the board that is compiled in needs none.
    pub(super) fn snapshot(&self) -> Option<Place> {
        let folder = snapshot::usual_folder().filter(|_| !self.folders.is_empty())?;
        let about = std::env::current_exe().and_then(|program| program.metadata());
        let build = about.map(|about| format!("{} {:?}", about.len(), about.modified().ok()));
        Some(Place::new(
            &folder,
            &self.folders,
            &build.unwrap_or_default(),
            self.derive,
        ))
    }

    fn refusal(&self, error: &LoadError) -> String {
        match self.named_by {
            Some(named_by) => format!("{error} (named by {named_by})"),
            None => error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_word_counts() {
        let board = tempfile::tempdir().expect("a folder");
        std::fs::write(board.path().join("board.toml"), "").expect("written");
        let here = board.path();
        let nowhere = Path::new("/there/is/no/such/folder");
        let given = vec![PathBuf::from("a"), PathBuf::from("b")];
        let variable = Some(OsString::from("v"));
        let plain = Config::default();
        let named = Config {
            boards: vec![PathBuf::from("c")],
            ..Config::default()
        };
        let table: [(&[PathBuf], _, _, _, &[&Path]); 6] = [
            (
                &given,
                &variable,
                &named,
                here,
                &["a".as_ref(), "b".as_ref()],
            ),
            (&[], &variable, &named, here, &["v".as_ref()]),
            (&[], &Some(OsString::new()), &named, here, &["c".as_ref()]),
            (&[], &None, &named, here, &["c".as_ref()]),
            (&[], &None, &plain, here, &[here]),
            (&[], &None, &plain, nowhere, &[]),
        ];
        for (given, variable, config, here, folders) in table {
            let boards = Boards::choose_from(given.to_vec(), variable.clone(), config, here);
            assert_eq!(boards.folders, folders);
        }
    }
}
