//! Watches the folders of a board, so that changes by other programs show.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::board::text;

/// Debounce interval: editors save in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// Maximum delay under continuous changes.
const PATIENCE: Duration = Duration::from_secs(2);

/// Interval of checks whether a board's folder was replaced: a deploy swaps a link above it, which causes no event.
const LOOK: Duration = Duration::from_secs(2);
/// Maximum number of changed files reported at once.
const KEPT: usize = 1000;
/// Maximum number of watched folders per board.
const FOLDERS: usize = 8_000;
/// Maximum depth of folders, as for loading.
const DEPTH: usize = 32;

/// Watches while held.
pub struct FolderWatcher(Sender<News>);

impl Drop for FolderWatcher {
    fn drop(&mut self) {
        // The thread may have ended with a panic, which ends the program.
        let _ = self.0.send(News::End);
    }
}

/// Message to the watching thread.
enum News {
    /// Changed files, and whether folders were created, removed or moved.
    Changed(Vec<PathBuf>, bool),
    /// The watcher was dropped.
    End,
}

/// Calls `changed` with the changed files that have this extension. The error is one line. Hidden folders and links are
/// not watched, as when loading.
pub fn start(
    folders: &[PathBuf],
    ending: &'static str,
    changed: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> Result<FolderWatcher, String> {
    let said = |why: String| text::line(&format!("changes are not noticed: {why}"));
    let (tell, news) = channel();
    let notice = {
        let tell = tell.clone();
        let roots = folders.to_owned();
        move |event: notify::Result<Event>| {
            if let Ok(event) = event
                && matters(&event, ending)
            {
                let moved = moves_folders(&event, &roots);
                // Sending fails only while the program ends.
                let _ = tell.send(News::Changed(event.paths, moved));
            }
        }
    };
    let watcher = RecommendedWatcher::new(notice, Config::default());
    let mut watching = Watching {
        watcher: watcher.map_err(|error| said(error.to_string()))?,
        roots: folders.iter().map(|root| (root.clone(), None)).collect(),
        watched: BTreeSet::new(),
    };
    for folder in folders {
        fs::metadata(folder).map_err(|error| said(error.to_string()))?;
    }
    watching.watch_folders().map_err(said)?;
    thread::Builder::new()
        .name("watch".into())
        .spawn(move || {
            while let Some(mut paths) = watching.wait(&news) {
                paths.retain(|path| path.extension().is_some_and(|known| known == ending));
                changed(paths);
            }
        })
        .map_err(|error| text::line(&error.to_string()))?;
    Ok(FolderWatcher(tell))
}

/// Device and inode of a folder.
type Identity = Option<(u64, u64)>;

/// State of the thread.
struct Watching {
    watcher: RecommendedWatcher,
    /// Folders of the boards, and their identity at the last check.
    roots: Vec<(PathBuf, Identity)>,
    watched: BTreeSet<PathBuf>,
}

impl Watching {
    /// Watches every folder of the boards that is not watched yet.
    fn watch_folders(&mut self) -> Result<(), String> {
        let mut folders = BTreeSet::new();
        for (root, known) in &mut self.roots {
            let now = identity(root);
            if now != *known {
                // The watches are still on the previous folders.
                let gone: Vec<PathBuf> = self
                    .watched
                    .iter()
                    .filter(|path| path.starts_with(&*root))
                    .cloned()
                    .collect();
                for folder in gone {
                    self.watched.remove(&folder);
                    let _ = self.watcher.unwatch(&folder);
                }
                *known = now;
            }
            if now.is_none() {
                continue;
            }
            if !collect_folders(root, &mut folders) {
                return Err(format!("there are more than {FOLDERS} folders"));
            }
        }
        for gone in self.watched.difference(&folders) {
            let _ = self.watcher.unwatch(gone);
        }
        for folder in folders.difference(&self.watched) {
            let watched = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            watched.map_err(|error| error.to_string())?;
        }
        self.watched = folders;
        Ok(())
    }

    /// Whether a path now leads to a different folder.
    fn is_replaced(&self) -> bool {
        let mut roots = self.roots.iter();
        roots.any(|(root, known)| identity(root) != *known)
    }

    /// Collects changes until they pause; `None` once the watcher is stopped.
    fn wait(&mut self, news: &Receiver<News>) -> Option<Vec<PathBuf>> {
        let (mut paths, mut moved) = loop {
            match news.recv_timeout(LOOK) {
                Ok(News::Changed(paths, moved)) => break (paths, moved),
                Ok(News::End) | Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.is_replaced() => break (Vec::new(), true),
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        let first = Instant::now();
        while first.elapsed() < PATIENCE
            && let Ok(more) = news.recv_timeout(QUIET)
        {
            let News::Changed(more, again) = more else {
                return None;
            };
            moved |= again;
            paths.extend(more);
            // Keep the latest.
            paths.drain(..paths.len().saturating_sub(KEPT));
        }
        if moved || self.is_replaced() {
            // Missing folders are watched once they exist; reading the board reports that they are missing.
            let _ = self.watch_folders();
        }
        Some(paths)
    }
}

fn identity(folder: &Path) -> Identity {
    let about = fs::metadata(folder).ok()?;
    Some((about.dev(), about.ino()))
}

/// Collects a folder and its subfolders; false if there are too many.
fn collect_folders(root: &Path, folders: &mut BTreeSet<PathBuf>) -> bool {
    let mut waiting = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        if folders.len() == FOLDERS {
            return false;
        }
        let listing = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.insert(folder);
        for entry in listing {
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !is_hidden && depth < DEPTH {
                waiting.push((entry.path(), depth + 1));
            }
        }
    }
    true
}

/// Whether folders may have been created, removed or moved.
fn moves_folders(event: &Event, roots: &[PathBuf]) -> bool {
    let moves = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    let is_folder = |path: &PathBuf| path.extension().is_none() || path.is_dir();
    moves
        && event
            .paths
            .iter()
            .any(|path| is_folder(path) || roots.contains(path))
}

/// Whether an event may be a change of the board: of a folder, or of a file with the extension. Reading is not.
fn matters(event: &Event, ending: &str) -> bool {
    let changes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
    );
    let counts = |path: &Path| path.extension().is_none_or(|known| known == ending);
    changes && event.paths.iter().any(|path| counts(path))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_saved_file_is_noticed_and_other_files_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (tell, told) = channel();
        let watched = [folder.path().to_owned()];
        let watch = start(&watched, "toml", move |files| {
            let _ = tell.send(files);
        });
        fs::write(folder.path().join("notes.txt"), "x").expect("written");
        fs::write(folder.path().join("a.toml"), "").expect("written");
        let files = told.recv().expect("a change");
        let named = |path: &PathBuf| path.ends_with("a.toml");
        assert!(!files.is_empty() && files.iter().all(named), "{files:?}");
        drop(watch);
    }

    #[test]
    fn a_folder_that_is_swapped_for_another_is_noticed_and_watched() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for release in ["one", "two"] {
            fs::create_dir_all(at(release).join("board/more")).expect("a folder");
        }
        symlink("one", at("current")).expect("a link");
        let (tell, told) = channel();
        let watch = start(&[at("current/board")], "toml", move |files| {
            let _ = tell.send(files);
        });
        // As a deploy does it: the link above the board leads elsewhere in one step.
        symlink("two", at("next")).expect("a link");
        fs::rename(at("next"), at("current")).expect("swapped");
        assert!(told.recv().expect("a change").is_empty());
        fs::write(at("two/board/more/a.toml"), "").expect("written");
        let files = told.recv().expect("a change");
        assert!(
            files.iter().any(|file| file.ends_with("a.toml")),
            "{files:?}"
        );
        // As a clone does it: the folder goes and comes back as another one.
        fs::rename(at("two"), at("old")).expect("moved");
        told.recv().expect("a change");
        fs::create_dir_all(at("two/board")).expect("a folder");
        told.recv().expect("a change");
        fs::write(at("two/board/b.toml"), "").expect("written");
        let files = told.iter().find(|files| !files.is_empty());
        assert_eq!(files, Some(vec![at("current/board/b.toml")]));
        drop(watch);
    }

    #[test]
    fn links_and_hidden_folders_are_not_watched_and_new_ones_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("board/.git/objects")).expect("a folder");
        fs::create_dir_all(at("outside/large")).expect("a folder");
        symlink(at("outside"), at("board/out")).expect("a link");
        symlink(at("board"), at("board/round")).expect("a link");
        fs::create_dir_all(at("board/a/b")).expect("a folder");
        let mut found = BTreeSet::new();
        assert!(collect_folders(&at("board"), &mut found));
        let expected = [at("board"), at("board/a"), at("board/a/b")];
        assert_eq!(found, BTreeSet::from(expected));
        let (tell, told) = channel();
        let watch = start(&[at("board")], "toml", move |files| {
            let _ = tell.send(files);
        });
        fs::create_dir(at("board/new")).expect("a folder");
        told.recv().expect("a change");
        fs::write(at("board/new/a.toml"), "").expect("written");
        let files = told.iter().find(|files| !files.is_empty());
        assert!(files.is_some_and(|files| files[0].ends_with("new/a.toml")));
        drop(watch);
    }

    #[test]
    fn reading_is_no_change() {
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let create = EventKind::Create(notify::event::CreateKind::File);
        let access = EventKind::Access(notify::event::AccessKind::Any);
        for (event, expected) in [
            (event(create, "/b/a.toml"), true),
            (event(create, "/b/folder"), true),
            (event(create, "/b/a.toml.swp"), false),
            (event(access, "/b/a.toml"), false),
        ] {
            assert_eq!(matters(&event, "toml"), expected, "{event:?}");
        }
    }

    #[test]
    fn a_missing_folder_is_reported() {
        let gone = [PathBuf::from("/there/is/no/such/folder")];
        assert!(start(&gone, "toml", |_| {}).is_err_and(|why| why.contains("not noticed")));
    }
}
