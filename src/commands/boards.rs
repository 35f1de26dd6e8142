//! Selects and loads the boards of a command.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::Output;
use crate::board::{masked, text};
use crate::config::{self, Config, session};
use crate::content::{self, LoadError, Loaded, Progress};
use crate::fetch::{Client, Limits, Reach};
use crate::mirror::{self, Fetching, Mirror, MirrorError, Step};
use crate::snapshot::{self, SnapshotPath};

/// Environment variable that names a board.
const VARIABLE: &str = "JOBDECK_BOARD";
/// Default folder of a board.
const HERE: &str = "content";

/// The selected boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Boards {
    /// Their folders, of published boards those in the cache; none is the board that is compiled in.
    pub(super) folders: Vec<PathBuf>,
    /// The published boards among them.
    pub(super) mirrors: Vec<Mirror>,
    /// What they were named by: paths and addresses.
    pub(super) names: Vec<PathBuf>,
    /// The address of the server that one of them is on.
    pub(super) server: Option<String>,
    /// Where they were named, unless on the command line.
    named_by: Option<&'static str>,
    /// Whether facts are read out of the texts.
    pub(super) derive: bool,
}

impl Boards {
    /// Selects the boards given as arguments, else those of the environment, else those of the config, else the default
    /// folder, else the embedded board.
    pub(super) fn choose(given: Vec<PathBuf>, config: &Config) -> Self {
        Self::choose_from(given, std::env::var_os(VARIABLE), config, Path::new(HERE))
    }

    fn choose_from(
        given: Vec<PathBuf>,
        variable: Option<OsString>,
        config: &Config,
        here: &Path,
    ) -> Self {
        let boards = |names, named_by| Self::named(names, named_by, config.derive);
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

    /// The boards given, else the config's: where a guest stands, and what a guest's machine says, decides nothing. What is
    /// published is opened as it is in the cache.
    pub(super) fn for_guest(given: Vec<PathBuf>, config: &Config) -> Self {
        if given.is_empty() {
            Self::named(config.boards.clone(), Some("the config"), config.derive)
        } else {
            Self::named(given, None, config.derive)
        }
    }

    /// Boards by their paths or addresses.
    fn named(names: Vec<PathBuf>, named_by: Option<&'static str>, derive: bool) -> Self {
        let cache = config::cache_folder();
        let mirror = |name: &PathBuf| {
            let address = name.to_str().filter(|name| is_address(name))?;
            Some(Mirror::new(cache.as_ref()?, address))
        };
        let server = names
            .iter()
            .find_map(|name| name.to_str().filter(|name| is_server(name)));
        let server = server.map(str::to_owned);
        let mut mirrors = Vec::new();
        let folders = names.iter().map(|name| match mirror(name) {
            Some(mirror) => {
                let folder = mirror.folder().to_owned();
                mirrors.push(mirror);
                folder
            }
            None => name.clone(),
        });
        let folders = folders.collect();
        Self {
            folders,
            mirrors,
            names: names.into_iter().map(without_password).collect(),
            server,
            named_by,
            derive,
        }
    }

    /// If no board was named, selects those of the last session that still exist.
    pub(super) fn or_last(self) -> Self {
        if !self.folders.is_empty() {
            return self;
        }
        let last = session::last_boards().unwrap_or_default();
        let last = Self::named(last, None, self.derive);
        if last.server.is_some() || last.verify().is_ok() {
            last
        } else {
            self
        }
    }

    /// The address of the server, if the board is on one.
    ///
    /// # Errors
    /// It is to be opened together with others.
    pub(super) fn on_server(&self) -> Result<Option<&str>, String> {
        if self.server.is_some() && self.names.len() > 1 {
            return Err("a board on a server is opened by itself".to_owned());
        }
        Ok(self.server.as_deref())
    }

    /// Their folders; none of a board on a server.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        if self.server.is_some() {
            Vec::new()
        } else {
            self.folders.clone()
        }
    }

    /// Refuses a board on a server, which has no files.
    fn only_files(&self) -> Result<(), String> {
        self.server.as_ref().map_or(Ok(()), |server| {
            let server = text::line(&masked(server));
            let why = "this works on the folder that a board is published from, not on the server";
            Err(format!("{server}: {why}"))
        })
    }

    /// Checks that every folder can be listed.
    pub(super) fn verify(&self) -> Result<(), String> {
        self.only_files()?;
        let comes = |folder: &Path| self.mirrors.iter().any(|mirror| mirror.folder() == folder);
        for folder in self.folders.iter().filter(|folder| !comes(folder)) {
            let listed = folder.read_dir().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => LoadError::Missing(folder.clone()),
                io::ErrorKind::NotADirectory => LoadError::NotAFolder(folder.clone()),
                _ => LoadError::Unreadable(folder.clone(), error),
            });
            listed.map_err(|error| self.refusal(&error))?;
        }
        Ok(())
    }

    /// Loads the boards as one.
    pub(super) fn load(&self, progress: Progress<'_>) -> Result<Loaded, String> {
        self.only_files()?;
        if self.folders.is_empty() {
            return Ok(content::shipped());
        }
        content::load_all(&self.folders, progress).map_err(|error| self.refusal(&error))
    }

    /// Opens the boards as one, from a valid snapshot if there is one.
    pub(super) fn open(&self) -> Result<snapshot::OpenedBoard, String> {
        self.only_files()?;
        let load = |progress: Progress<'_>| self.load(progress);
        snapshot::open_board(self.snapshot().as_ref(), &load, self.derive, &|_, _| {})
    }

    /// Location of their snapshot; the embedded board has none.
    pub(super) fn snapshot(&self) -> Option<SnapshotPath> {
        let folder = snapshot::usual_folder().filter(|_| !self.folders.is_empty())?;
        let about = std::env::current_exe().and_then(|program| program.metadata());
        let build = about.map(|about| format!("{} {:?}", about.len(), about.modified().ok()));
        Some(SnapshotPath::new(
            &folder,
            &self.folders,
            &build.unwrap_or_default(),
            self.derive,
        ))
    }

    /// A client that may reach the named published boards anywhere, and their redirects only within
    /// the open internet.
    pub(super) fn client(&self, config: &Config) -> Client {
        let typed = self.mirrors.iter().map(Mirror::address);
        let reach = Reach::new(config.allow_private).and_typed(typed);
        Client::new(reach, Limits::default(), None)
    }

    /// Updates the published boards. One that cannot be fetched is opened as last seen, which is
    /// reported.
    ///
    /// # Errors
    /// Nothing of one of them was ever here.
    pub(super) fn refresh(&self, config: &Config, output: &mut Output) -> Result<(), String> {
        if self.mirrors.is_empty() {
            return Ok(());
        }
        let client = self.client(config);
        for mirror in &self.mirrors {
            let fetched = fetch(mirror, &client, &|_| true);
            if let Err(error) = fetched {
                if !mirror.is_here() {
                    return Err(refused(mirror, &error));
                }
                output.note(&mirror::as_last_seen(mirror, &error));
            }
        }
        Ok(())
    }

    /// Fetches the first part of published boards that are not in the cache, so that there is something to show.
    ///
    /// # Errors
    /// One of them cannot be had.
    pub(super) fn begin(&self, config: &Config) -> Result<(), String> {
        let client = self.client(config);
        for mirror in self.mirrors.iter().filter(|mirror| !mirror.is_here()) {
            match fetch(mirror, &client, &|step| step.bytes.0 == 0) {
                Ok(_) | Err(MirrorError::Cancelled | MirrorError::Busy) => {}
                // The rest may still arrive after a partial failure.
                Err(_) if mirror.is_here() => {}
                Err(error) => return Err(refused(mirror, &error)),
            }
        }
        Ok(())
    }

    /// Refuses published boards, which are for reading alone.
    pub(super) fn only_own(&self) -> Result<(), String> {
        self.only_files()?;
        self.mirrors.first().map_or(Ok(()), |mirror| {
            let address = text::line(mirror.address());
            Err(format!(
                "{address} is a published board, which is for reading; `jobdeck import {address} --into DIR` makes one of your own"
            ))
        })
    }

    fn refusal(&self, error: &LoadError) -> String {
        match self.named_by {
            Some(named_by) => format!("{error} (named by {named_by})"),
            None => error.to_string(),
        }
    }
}

/// Whether a board is named by the address of a server.
pub(super) fn is_server(name: &str) -> bool {
    let scheme = name.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| matches!(scheme, "postgres" | "postgresql"))
}

/// The name of a board without the password in it, as it is kept in sessions.
fn without_password(name: PathBuf) -> PathBuf {
    let address = name.to_str().filter(|name| is_server(name));
    let url = address.and_then(|address| url::Url::parse(address).ok());
    match url {
        Some(mut url) => {
            // Addresses of servers may always hold one.
            let _ = url.set_password(None);
            PathBuf::from(url.as_str())
        }
        None => name,
    }
}

/// Whether a board is named by the address at which it is published.
fn is_address(name: &str) -> bool {
    let scheme = name.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| matches!(scheme, "http" | "https"))
}

fn fetch(
    mirror: &Mirror,
    client: &Client,
    watch: &(dyn Fn(Step) -> bool + Sync),
) -> Result<mirror::Refreshed, MirrorError> {
    mirror.refresh(Fetching {
        client,
        pause: &mirror::sleep,
        watch,
        shown: &|| None,
    })
}

fn refused(mirror: &Mirror, error: &MirrorError) -> String {
    format!("{}: {error}", text::line(mirror.address()))
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
            assert_eq!(boards.mirrors, []);
        }
    }
}
