//! The files of a site in memory, made again when the board changes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::{context, export};
use crate::board::{Date, Posting};
use crate::content;
use crate::export::{Publication, Site};
use crate::search::Index;

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
    by_path: HashMap<String, Vec<u8>>,
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
        let content = files.by_path.get(path)?;
        let (_, kind) = path.rsplit_once('.')?;
        let kind = match kind {
            "html" => return Some(("text/html", reloading(content))),
            "css" => "text/css",
            "js" => "text/javascript",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "jpg" => "image/jpeg",
            "webp" => "image/webp",
            "xml" => "application/xml",
            "json" => "application/json",
            _ => "text/plain",
        };
        Some((kind, content.clone()))
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
fn files(folder: &Path, today: Option<Date>) -> Result<HashMap<String, Vec<u8>>, String> {
    let today = context::today(today);
    let board = content::load(folder)
        .map_err(|error| error.to_string())?
        .board;
    let board = Arc::new(board);
    let index = Index::new(Arc::clone(&board));
    let open = board.postings().filter(|posting| posting.is_open(today));
    let open: Vec<_> = open.collect();
    let open: Vec<&Posting> = open.iter().map(AsRef::as_ref).collect();
    let by_path = Mutex::new(HashMap::new());
    let put = |path: &str, content: &[u8]| {
        let mut by_path = by_path.lock().unwrap_or_else(PoisonError::into_inner);
        by_path.insert(path.to_owned(), content.to_owned());
        Ok::<(), Infallible>(())
    };
    let (mut profile, _) = content::site_profile(folder).unwrap_or_default();
    // Links lead to this machine.
    profile.settings.base = None;
    let site = Site::new(Publication {
        board: &board,
        postings: export::listed(&index, &open),
        closed: Vec::new(),
        profile: &profile,
        today,
    })
    .with_search(&index);
    let Ok(_) = site.files(put);
    Ok(by_path.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// A page with the script that reloads it, which its policy forbids otherwise.
fn reloading(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let page = page.replacen("connect-src 'none'", "connect-src 'self'", 1);
    let page = page.replacen("script-src 'none'", "script-src 'self'", 1);
    let page = page.replacen("script-src 'sha256", "script-src 'self' 'sha256", 1);
    page.replacen(
        "</head>",
        &format!("<script src=\"/{SCRIPT}\" defer></script></head>"),
        1,
    )
    .into_bytes()
}
