//! Watching a board's folders, so that what is saved beside jobdeck shows in it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::board::text;

/// An editor saves in several steps; this long after the last of them it is done.
const QUIET: Duration = Duration::from_millis(150);
/// Where changes never end, the board is read this often all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// Changed files that are told of at once.
const KEPT: usize = 1000;

/// Watches for as long as it is held.
pub struct Watch(#[expect(dead_code, reason = "dropping it is its use")] RecommendedWatcher);

/// Calls `changed` with the files of this ending in the folders that have changed; why not, as one line.
pub fn start(
    folders: &[PathBuf],
    ending: &'static str,
    changed: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> Result<Watch, String> {
    let said = |error: notify::Error| text::line(&format!("changes are not noticed: {error}"));
    let (tell, told) = channel();
    let notice = move |event: notify::Result<Event>| {
        if let Ok(event) = event
            && matters(&event, ending)
        {
            // Where nobody listens any more, the program is ending.
            let _ = tell.send(event.paths);
        }
    };
    // A link may lead to a tree of any size.
    let own_files = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(notice, own_files).map_err(said)?;
    for folder in folders {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .map_err(said)?;
    }
    thread::Builder::new()
        .name("watch".into())
        .spawn(move || {
            while let Some(mut paths) = wait(&told) {
                paths.retain(|path| path.extension().is_some_and(|known| known == ending));
                changed(paths);
            }
        })
        .map_err(|error| text::line(&error.to_string()))?;
    Ok(Watch(watcher))
}

/// Waits for changes and for their end; `None` once there can be no more.
fn wait(told: &Receiver<Vec<PathBuf>>) -> Option<Vec<PathBuf>> {
    let mut paths = told.recv().ok()?;
    let first = Instant::now();
    while first.elapsed() < PATIENCE
        && let Ok(more) = told.recv_timeout(QUIET)
    {
        paths.extend(more);
        // The last ones are those that count.
        paths.drain(..paths.len().saturating_sub(KEPT));
    }
    Some(paths)
}

/// Whether a change may be one of the board: of a folder, or of a file that counts. Reading is no change.
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
    use std::fs;
    use std::sync::mpsc::channel;

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
    fn a_folder_that_is_gone_is_told() {
        let gone = [PathBuf::from("/there/is/no/such/folder")];
        assert!(start(&gone, "toml", |_| {}).is_err_and(|why| why.contains("not noticed")));
    }
}
