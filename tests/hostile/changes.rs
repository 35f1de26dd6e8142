//! Row 10: a board that changes on disk while it is browsed and read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use jobdeck::app::reader::Subject;
use jobdeck::app::{Action, Message};

use super::Scale;
use super::desk::Desk;
use super::rng::Rng;
use super::tally::{Tally, in_parts};

/// Maximum number of postings.
const POSTINGS: usize = 12;
/// Steps of one run.
const STEPS: usize = 100;

/// Runs of a hundred steps each, and in full one whose files change while being read.
pub fn run(scale: Scale) -> Tally {
    let runs = match scale {
        Scale::Sample => 2,
        Scale::Full => 40,
    };
    let mut tally = in_parts(runs, |part| browse(part as u64, select_by_id));
    if scale == Scale::Full {
        tally.add(changed_while_read());
    }
    tally
}

/// A board's folder, and its broken files.
struct Folder {
    root: PathBuf,
    broken: Vec<usize>,
}

impl Folder {
    fn file(&self, at: usize) -> PathBuf {
        self.root.join(format!("{at:02}.toml"))
    }

    fn clear(&mut self, at: usize) {
        let file = self.file(at);
        if fs::symlink_metadata(&file).is_ok_and(|about| about.is_dir()) {
            fs::remove_dir(&file).unwrap();
        } else {
            _ = fs::remove_file(&file);
        }
        self.broken.retain(|broken| *broken != at);
    }

    /// A revision of a file; they differ in titles, dates and headings.
    fn write(&mut self, at: usize, revision: usize) {
        self.clear(at);
        fs::write(self.file(at), sheet(at, revision)).unwrap();
    }

    fn check_out(&mut self, revision: usize) {
        fs::create_dir_all(&self.root).unwrap();
        for at in 0..POSTINGS {
            // A revision lacks some files of another.
            match (at + revision) % 5 {
                0 => self.clear(at),
                _ => self.write(at, revision),
            }
        }
    }

    /// Makes a change and returns its description.
    fn change(&mut self, rng: &mut Rng) -> String {
        let at = rng.below(POSTINGS);
        let (kind, revision) = (rng.below(9), rng.below(4));
        if !self.root.exists() {
            self.check_out(revision);
            return format!("{revision} checked out anew");
        }
        match kind {
            0 => self.clear(at),
            1 | 2 => self.write(at, revision),
            3 => self.check_out(revision),
            4 => {
                fs::remove_dir_all(&self.root).unwrap();
                self.broken.clear();
            }
            _ => {
                self.clear(at);
                self.broken.push(at);
                self.spoil(at, kind, rng);
            }
        }
        format!("change {kind} of {at} to {revision}")
    }

    fn spoil(&self, at: usize, kind: usize, rng: &mut Rng) {
        let file = self.file(at);
        let whole = sheet(at, 0);
        match kind {
            5 => fs::write(file, &whole[..20 + rng.below(10)]).unwrap(),
            6 => fs::write(file, b"[[posting]]\nid = \"\xff").unwrap(),
            7 => symlink("nowhere", file).unwrap(),
            _ => fs::write(file, "title = [[[ 3").unwrap(),
        }
    }
}

/// Two postings and their interview.
fn sheet(at: usize, revision: usize) -> String {
    let text = format!(
        "Text.\n\n## Part\n\n{}",
        "More words. ".repeat(40 * (revision + 1))
    );
    let posting = |id: &str, day: usize| {
        format!(
            "[[posting]]\nid = \"{id}\"\ntitle = \"Title {revision} of {id}\"\nposted = \"2026-0{}-{:02}\"\ndescription = '''\n{text}\n'''\n",
            day % 9 + 1,
            at + 1
        )
    };
    let (first, second) = (format!("a{at}"), format!("b{at}"));
    let exchange =
        "[[interview.exchange]]\nquestion = \"Why?\"\nanswer = \"Because.\"\n".repeat(revision + 1);
    posting(&first, at * 7 + revision)
        + &posting(&second, at + revision * 5)
        + &format!(
            "[[interview]]\nid = \"i{at}\"\ntitle = \"Talk {at}\"\nrelated = [\"{first}\"]\n{exchange}"
        )
}

/// Determines the selected posting after a reload: the app, or a naive implementation.
type Select = fn(&Desk, usize) -> Option<String>;

fn select_by_id(desk: &Desk, _: usize) -> Option<String> {
    desk.selected()
}

/// A run: act, change files, reload, and check that the view is preserved.
fn browse(seed: u64, select: Select) -> Tally {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder {
        root: dir.path().join("board"),
        broken: Vec::new(),
    };
    folder.check_out(0);
    let mut rng = Rng::new(seed);
    let mut desk = Desk::open(&folder.root, (100, 24));
    let mut tally = Tally::default();
    for step in 0..STEPS {
        let mut said = Vec::new();
        let done = tally.try_one(
            || format!("run {seed}, step {step}"),
            || {
                act(&mut desk, &mut rng)?;
                said.push(folder.change(&mut rng));
                reload(&mut desk, &folder, select, &mut rng)
            },
        );
        if !done {
            tally.told.extend(said);
        }
        tally.count += 1;
    }
    tally
}

/// Random keys.
fn act(desk: &mut Desk, rng: &mut Rng) -> Result<(), String> {
    const KEYS: &[Action] = &[
        Action::Down,
        Action::Down,
        Action::Down,
        Action::Up,
        Action::Last,
        Action::PageDown,
        Action::Enter,
        Action::Interview,
        Action::Back,
        Action::Escape,
        Action::NextHeading,
        Action::Outline,
        Action::Search,
        Action::Insert('1'),
        Action::Backspace,
        Action::Toggle,
        Action::Filters,
        Action::Problems,
        Action::Help,
        Action::NextPane,
        Action::Zoom,
    ];
    for _ in 0..rng.below(8) {
        desk.act(&[*rng.pick(KEYS)]).draw()?;
    }
    Ok(())
}

fn reload(desk: &mut Desk, folder: &Folder, select: Select, rng: &mut Rng) -> Result<(), String> {
    let selected = desk.selected();
    let at = desk.app.list().cursor.at();
    let reading = desk.app.reader().map(|reader| reader.subject.clone());
    let total = desk.app.matches().total;
    // An answer may arrive during the reload.
    let late = (rng.below(3) == 0).then(|| desk.ask(Message::Paste(" ".into())));
    desk.load_step_by_step(&folder.root)?;
    if let Some(late) = late {
        desk.app.update(late);
        desk.draw()?;
    }
    let board = desk.app.index().board();
    if !folder.root.exists() {
        return holds(
            desk.app.matches().total == total,
            "a board that cannot be read takes what was there with it",
        );
    }
    holds(
        folder.broken.is_empty() || desk.app.problem_count() > 0,
        "a broken file, and no problem",
    )?;
    let still = |subject: &Subject| match subject {
        Subject::Posting(id) => board.posting(id).is_some(),
        Subject::Kept(_) => false,
        Subject::Interview(id) => board.interview(id).is_some(),
    };
    if let Some(subject) = reading.filter(still) {
        let now = desk.app.reader().map(|reader| &reader.subject);
        holds(
            now == Some(&subject),
            &format!("{subject:?} was being read, and {now:?} is now"),
        )?;
    }
    let mut rows = desk.app.matches().rows.iter();
    if let Some(id) = selected
        && rows.any(|row| desk.app.index().posting(*row).id == id)
    {
        let now = select(desk, at);
        holds(
            now.as_ref() == Some(&id),
            &format!("{id} was selected at {at}, and {now:?} is now"),
        )?;
    }
    Ok(())
}

fn holds(condition: bool, otherwise: &str) -> Result<(), String> {
    if condition {
        Ok(())
    } else {
        Err(otherwise.to_owned())
    }
}

/// Reads a board repeatedly while another thread changes it.
fn changed_while_read() -> Tally {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder {
        root: dir.path().join("board"),
        broken: Vec::new(),
    };
    folder.check_out(0);
    let root: &Path = &folder.root.clone();
    let ended = &AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut rng = Rng::new(10);
            while !ended.load(Ordering::Relaxed) {
                folder.change(&mut rng);
            }
        });
        let mut tally = Tally::default();
        let mut rng = Rng::new(11);
        let mut desk = Desk::open(root, (100, 24));
        for step in 0..STEPS * 5 {
            tally.try_one(
                || format!("step {step} of a board that changes while it is read"),
                || {
                    act(&mut desk, &mut rng)?;
                    desk.load_step_by_step(root)
                },
            );
            tally.count += 1;
        }
        ended.store(true, Ordering::Relaxed);
        tally
    })
}

/// An implementation that keeps the selected row rather than the posting.
pub fn naive() -> Tally {
    browse(0, |desk, at| {
        let rows = &desk.app.matches().rows;
        let row = rows.get(at.min(rows.len().saturating_sub(1)))?;
        Some(desk.app.index().posting(*row).id.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_changes_of_every_kind() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_selection_kept_by_its_row_is_caught() {
        assert!(naive().violations > 0);
    }
}
