//! The files of a site in memory, made again when the board changes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::context;
use crate::board::{Date, Posting};
use crate::content;
use crate::export::Site;

/// Minimum time between two looks at the files.
const BETWEEN: Duration = Duration::from_millis(500);
/// Path of the number that changes with the board.
const VERSION: &str = ".jobdeck/version";
/// Path of the script that reloads a page.
const SCRIPT: &str = ".jobdeck/reload.js";
const RELOAD: &str = include_str!("reload.js");

/// A site that follows its board.
pub(super) struct SiteState {
    folder: PathBuf,
    today: Option<Date>,
    files: Mutex<Files>,
}

struct Files {
    by_path: HashMap<String, String>,
    /// Fingerprint of the board that the files were made from.
    version: u64,
    looked: Instant,
}

impl SiteState {
    /// Makes the site of the board in a folder.
    ///
    /// # Errors
    /// The board cannot be loaded: why.
    pub(super) fn open(folder: &Path, today: Option<Date>) -> Result<Self, String> {
        let version = content::state(folder).map_err(|error| error.to_string())?;
        let files = Files {
            by_path: files(folder, today)?,
            version,
            looked: Instant::now(),
        };
        Ok(Self {
            folder: folder.to_owned(),
            today,
            files: Mutex::new(files),
        })
    }

    /// Media type and content of a file, as of now.
    pub(super) fn file(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let files = self.current();
        match path {
            VERSION => return Some(("text/plain", files.version.to_string().into_bytes())),
            SCRIPT => return Some(("text/javascript", RELOAD.as_bytes().to_vec())),
            _ => {}
        }
        let path = if path.is_empty() { "index.html" } else { path };
        let text = files.by_path.get(path)?;
        let (_, kind) = path.rsplit_once('.')?;
        Some(match kind {
            "html" => ("text/html", reloading(text).into_bytes()),
            "css" => ("text/css", text.clone().into_bytes()),
            "svg" => ("image/svg+xml", text.clone().into_bytes()),
            "xml" => ("application/xml", text.clone().into_bytes()),
            "json" => ("application/json", text.clone().into_bytes()),
            _ => ("text/plain", text.clone().into_bytes()),
        })
    }

    /// The files, made again if the board has changed. A board that cannot be loaded at the moment leaves them as they are.
    fn current(&self) -> MutexGuard<'_, Files> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.looked.elapsed() < BETWEEN {
            return files;
        }
        if let Ok(version) = content::state(&self.folder)
            && version != files.version
            && let Ok(by_path) = self::files(&self.folder, self.today)
        {
            files.by_path = by_path;
            files.version = version;
        }
        files.looked = Instant::now();
        files
    }
}

/// Files of the site by their paths.
fn files(folder: &Path, today: Option<Date>) -> Result<HashMap<String, String>, String> {
    let today = context::today(today);
    let board = content::load(folder)
        .map_err(|error| error.to_string())?
        .board;
    let open = board.postings().filter(|posting| posting.is_open(today));
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|posting| (!posting.pinned, std::cmp::Reverse(posting.posted)));
    let postings: Vec<&Posting> = open.iter().map(AsRef::as_ref).collect();
    let mut by_path = HashMap::new();
    let put = |path: &str, text: &str| {
        by_path.insert(path.to_owned(), text.to_owned());
        Ok::<(), Infallible>(())
    };
    let Ok(_) = Site::new(&board, postings, today).files(put);
    Ok(by_path)
}

/// A page with the script that reloads it, which its policy forbids otherwise.
fn reloading(page: &str) -> String {
    let page = page.replacen("connect-src 'none'", "connect-src 'self'", 1);
    let page = page.replacen("script-src 'none'", "script-src 'self'", 1);
    let page = page.replacen("script-src 'sha256", "script-src 'self' 'sha256", 1);
    page.replacen(
        "</head>",
        &format!("<script src=\"/{SCRIPT}\" defer></script></head>"),
        1,
    )
}
