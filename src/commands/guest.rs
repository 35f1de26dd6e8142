//! `jobdeck --guest NAME`: browse as a guest on somebody else's machine, as over SSH.
//!
//! Only the guest's own journal, views and session are written, in the guest's own folder; other effects are refused
//! where they would run. Error messages contain no paths.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::Arc;

use rayon::ThreadPoolBuilder;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::boards::Boards;
use super::looks::looks;
use super::{Failure, context};
use crate::annotate::Rules;
use crate::board::text;
use crate::cli::{Browse, Global};
use crate::config::{self, Sessions, views};
use crate::runtime::{self, Access, BoardSource, Start};
use crate::snapshot::SnapshotPath;
use crate::terminal::Opener;
use crate::tracking::journal;
use crate::tracking::visit_log::{Visitor, Write};

/// Maximum length of a guest's name.
const NAME: usize = 64;
/// Maximum size of a file that a guest may write; enough for years of marks.
const FILE: u64 = 16 << 20;
/// Maximum memory of a session.
const MEMORY: u64 = 2 << 30;
/// Maximum number of open files of a session.
const FILES: u64 = 256;

/// Allocator settings for many sessions on one machine: return free memory at once. The allocator reads them from the
/// environment when the program starts.
const ALLOCATOR: [(&str, &str); 1] = [("MIMALLOC_PURGE_DELAY", "0")];

/// Browses as a guest; the exit code.
pub(super) fn run(name: &str, args: Browse, global: Global) -> Result<u8, Failure> {
    let because = |why: &str| Failure::Because(why.to_owned());
    check(name).map_err(Failure::Because)?;
    save_memory();
    let folder = journal::usual_folder().map(|folder| folder.join("guests").join(name));
    let folder = folder.ok_or_else(|| because("there is no home folder for guests"))?;
    // Config problems concern the owner, not guests.
    let (config, _) = config::load(global.config.as_deref());
    let given = args.board.into_iter().chain(global.boards).collect();
    let boards = Boards::for_guest(given, &config);
    let is_there = !boards.folders.is_empty() && boards.verify().is_ok();
    if !is_there {
        return Err(because("the board cannot be read at the moment"));
    }
    limit();
    let sessions = Sessions::in_file(folder.join("sessions.toml"), &boards.names);
    let (theme, ascii, display) = looks(&config);
    let given_day = global.today;
    let views_file = folder.join("views.toml");
    let (views, _) = views::load(&views_file);
    let start = Start {
        access: Access::Guest,
        remote: None,
        purpose: crate::app::Purpose::Browse,
        theme,
        display,
        config_file: None,
        ascii,
        query: text::line(&args.query.unwrap_or_default()),
        session: Some(&sessions)
            .filter(|_| !args.fresh)
            .and_then(Sessions::last),
        sessions: Some(sessions),
        notices: Vec::new(),
        folders: boards.folders.clone(),
        mirrors: Vec::new(),
        client: boards.client(&config),
        source: BoardSource {
            snapshot: boards.snapshot().map(SnapshotPath::read_only),
            load: Box::new(move |progress| boards.load(progress)),
            look: None,
            is_whole: None,
            derive: config.derive,
        },
        today: Arc::new(move || context::today(given_day)),
        opener: Opener::default(),
        views,
        views_file: Some(views_file),
        rules: Rules {
            mute: config.mute.clone(),
            visitor: Some(Visitor {
                folder: folder.clone(),
                write: Write::Keep,
            }),
            // The owner's home does not apply to guests.
            ..Rules::default()
        },
        journal: Some(folder),
        config,
    };
    let ended = runtime::run(start);
    let status = ended.map(|end| end.status);
    status.map_err(|why| Failure::Because(runtime::without_paths(&why.to_string())))
}

/// Whether a name may be that of a folder.
fn check(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    let is_name = (1..=NAME).contains(&name.len())
        && name.chars().all(plain)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if is_name {
        return Ok(());
    }
    let why = "a guest's name is letters, digits and - _ . @, and begins with a letter or a digit";
    Err(why.to_owned())
}

/// Keeps a session small: it becomes the same program with the settings of the allocator, and computes on one thread.
fn save_memory() {
    let unset = ALLOCATOR
        .iter()
        .filter(|(name, _)| env::var_os(name).is_none());
    let unset: Vec<_> = unset.copied().collect();
    if !unset.is_empty()
        && let Ok(program) = env::current_exe()
    {
        let mut same = Command::new(program);
        same.args(env::args_os().skip(1)).envs(unset);
        // If the restart fails, the session goes on and uses more memory.
        let _ = same.exec();
    }
    // Another pool is there only in tests.
    let _ = ThreadPoolBuilder::new().num_threads(1).build_global();
}

/// Limits the resources of the session, unless the system has lower limits. If it refuses, its own limits apply.
fn limit() {
    for (resource, most) in [
        (Resource::Fsize, FILE),
        (Resource::Data, MEMORY),
        (Resource::Nofile, FILES),
        (Resource::Core, 0),
    ] {
        let set = getrlimit(resource);
        let lower = |set: Option<u64>| Some(set.map_or(most, |set| set.min(most)));
        let limits = Rlimit {
            current: lower(set.current),
            maximum: lower(set.maximum),
        };
        let _ = setrlimit(resource, limits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_no_other_folder() {
        for name in ["ada", "ada@example.org", "a.b-c_1", "0"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        for name in [
            "", ".", "..", "../x", "a/b", "-a", ".a", "a b", "a\u{0}", "ä", &long,
        ] {
            assert!(check(name).is_err(), "{name}");
        }
    }
}
