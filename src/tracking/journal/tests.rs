use std::fs;

use jiff::ToSpan;
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use iso_currency::Currency;

use crate::board::{Date, Location, Period, Posting, Salary, Workplace};
use crate::tracking::{EventId, Mark, MarkEvent, Moment, PostingKey, Reason, Stage};

fn now() -> Timestamp {
    "2026-01-06T09:00:00.25Z".parse().unwrap()
}

fn key(id: &str) -> PostingKey {
    PostingKey {
        board: "small".into(),
        id: id.into(),
    }
}

fn mark(id: &str, mark: Mark) -> EventKind {
    EventKind::Mark(
        key(id),
        Box::new(MarkEvent {
            mark,
            automatic: false,
            hash: None,
            copy: None,
        }),
    )
}

fn saved(id: &str) -> EventKind {
    mark(id, Mark::Saved)
}

fn full_posting() -> Posting {
    Posting {
        id: "a".into(),
        title: "Scientist \"of\" {\"v\":1".into(),
        company: Some("Ada".into()),
        locations: vec![Location::parse("US, WA, Seattle")],
        workplace: Some(Workplace::Remote),
        closes: Date::new(2026, 2, 1).ok(),
        salary: vec![Salary {
            min: Some(1.5),
            max: None,
            currency: Currency::EUR,
            per: Period::Hour,
            location: Some("Berlin".into()),
        }],
        url: Some("https://example.org/a".into()),
        tags: vec!["x".into()],
        retold: true,
        description: "Line\n\n## Heading\n求人 – ≤".into(),
        ..Posting::default()
    }
}

/// A folder with a journal.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("share/jobdeck")
    }

    fn file(&self) -> PathBuf {
        file_in(&self.folder())
    }

    fn open(&self, origin: u64) -> Opened {
        Journal::open(&self.folder(), origin)
    }

    fn keeps(&self, acts: impl IntoIterator<Item = EventKind>) {
        let mut journal = self.open(1).journal;
        for what in acts {
            journal.append(vec![what], now()).unwrap();
        }
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.file()).unwrap()
    }

    fn holds(&self, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.folder()).unwrap();
        fs::write(self.file(), bytes).unwrap();
    }

    /// Ids of the saved postings, and the notices.
    fn saved(&self) -> (Vec<String>, Vec<String>) {
        let opened = self.open(9);
        (saved_in(&opened.tracking), opened.notices)
    }
}

fn saved_in(tracking: &Tracking) -> Vec<String> {
    let rows = tracking.iter().filter(|(_, status)| status.saved.is_some());
    let mut ids: Vec<_> = rows.map(|(key, _)| key.id.clone()).collect();
    ids.sort();
    ids
}

#[test]
fn a_journal_starts_with_the_first_mark_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mut opened = home.open(1);
    assert!(opened.tracking.is_empty() && opened.notices.is_empty());
    assert!(!home.folder().exists());
    let batch = opened
        .journal
        .append(vec![saved("a"), saved("b")], now())
        .unwrap();
    assert_eq!(batch.events.len(), 2);
    assert_eq!(home.saved(), (vec!["a".into(), "b".into()], vec![]));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&home.folder()), mode(&home.file())), (0o700, 0o600));
}

/// Lines in users' files must remain readable forever.
#[test]
fn lines_are_what_they_have_always_been() {
    let home = Home::new();
    let moment = Moment {
        at: now(),
        origin: 0xfeed,
    };
    let id = EventId { moment, number: 3 };
    home.keeps([
        mark(
            "a",
            Mark::Stage(Stage::NoAnswer, Date::new(2026, 1, 5).unwrap()),
        ),
        mark("a", Mark::Hidden(Reason::NotInterested)),
        mark(
            "a",
            Mark::Note {
                text: "Two\nlines".into(),
                replaces: vec![id],
            },
        ),
        mark("a", Mark::FollowUp(None)),
        EventKind::Undo(moment),
    ]);
    insta::assert_snapshot!(String::from_utf8(home.bytes()).unwrap());
}

#[test]
fn a_copy_comes_back_whole() {
    let home = Home::new();
    let tracking = Tracking::default();
    home.keeps([tracking.mark(key("a"), Mark::Saved, Some(&full_posting()))]);
    let opened = home.open(2);
    assert_eq!(
        opened.tracking.of_posting(&key("a")).copy.as_deref(),
        Some(&full_posting())
    );
}

#[test]
fn hostile_text_does_not_come_through() {
    let home = Home::new();
    home.holds(
        r#"{"v":1,"at":"2026-01-06T09:00:00Z","by":"00000000000000ff","n":0,"board":"s\u001b[2J","id":"a\u202e","what":"note","text":"x\u0007\ny\u009b2J"}
{"v":1,"at":"2026-01-06T09:00:01Z","by":"00000000000000ff","n":0,"board":"s","id":"a","what":"saved","copy":{"title":"T\u001b]0;x\u0007","url":"javascript:alert(1)","salary":[{"min":-1,"currency":"XYZ","per":"year"}]}}
"#,
    );
    let opened = home.open(1);
    assert_eq!(opened.notices, [""; 0]);
    let status = opened.tracking.status("s", "a");
    assert_eq!(status.note.as_deref(), Some("x\ny"));
    let copy = status.copy.as_deref().unwrap();
    assert_eq!(
        (copy.title.as_str(), &copy.url, copy.salary.len()),
        ("T", &None, 0)
    );
}

#[test]
fn two_running_copies_see_each_other() {
    let home = Home::new();
    let (mut one, mut other) = (home.open(1), home.open(2));
    one.journal.append(vec![saved("a")], now()).unwrap();
    assert_eq!(other.journal.poll().unwrap().events.len(), 1);
    assert_eq!(other.journal.poll().unwrap().events.len(), 0);
    one.journal.append(vec![saved("b")], now()).unwrap();
    // The answer includes what others wrote; the new event is later, whatever the clock says.
    let batch = other
        .journal
        .append(vec![mark("b", Mark::Unsaved)], now() - 1.hour())
        .unwrap();
    assert_eq!(batch.events.len(), 2);
    one.tracking.extend(one.journal.poll().unwrap().events);
    assert!(one.tracking.of_posting(&key("b")).saved.is_none());
    assert_eq!(home.saved(), (vec!["a".into()], vec![]));
}

#[test]
fn a_file_put_in_the_place_of_the_journal_is_read_anew() {
    let home = Home::new();
    home.keeps([saved("a"), saved("b")]);
    let two = home.bytes();
    home.keeps([saved("c")]);
    let mut opened = home.open(2);
    // As git and Syncthing do.
    let fresh = home.folder().join("fresh");
    fs::write(&fresh, &two).unwrap();
    fs::rename(&fresh, home.file()).unwrap();
    assert_eq!(opened.journal.poll().unwrap().events.len(), 2);
    // As an editor does: the same file, with a line removed from its middle.
    let first = two.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    home.holds([&two[first..], &two, b"\n\n"].concat());
    let batch = opened.journal.poll().unwrap();
    assert_eq!((batch.events.len(), batch.damaged.len()), (3, 0));
    fs::remove_file(home.file()).unwrap();
    assert!(opened.journal.poll().unwrap().events.is_empty());
    opened.journal.append(vec![saved("d")], now()).unwrap();
    assert_eq!(home.saved(), (vec!["d".into()], vec![]));
}

#[test]
fn a_truncated_line_is_reported_and_the_next_starts_on_a_new_line() {
    let home = Home::new();
    home.keeps([saved("a"), saved("b")]);
    let whole = home.bytes();
    home.holds(&whole[..whole.len() - 20]);
    let (ids, notices) = home.saved();
    assert_eq!(ids, ["a"]);
    assert_eq!(
        notices,
        ["line 2 of the journal is set aside, because it is cut short; the rest is there"]
    );
    let mut opened = home.open(3);
    opened.journal.append(vec![saved("c")], now()).unwrap();
    assert!(opened.journal.poll().unwrap().damaged.is_empty());
    assert_eq!(home.saved().0, ["a", "c"]);
    assert!(home.bytes().starts_with(&whole[..whole.len() - 20]));
    // Only the line break is missing.
    home.holds(&whole[..whole.len() - 1]);
    home.keeps([saved("c")]);
    assert_eq!(
        home.saved(),
        (vec!["a".into(), "b".into(), "c".into()], vec![])
    );
}

#[test]
fn half_a_line_that_is_being_written_is_waited_for() {
    let home = Home::new();
    home.keeps([saved("a")]);
    let mut opened = home.open(2);
    let one = home.bytes();
    home.keeps([saved("b")]);
    let both = home.bytes();
    home.holds(&both[..one.len() + 40]);
    let batch = opened.journal.poll().unwrap();
    assert_eq!((batch.events.len(), batch.damaged.len()), (0, 0));
    home.holds(&both);
    assert_eq!(opened.journal.poll().unwrap().events.len(), 1);
}

#[test]
fn lines_that_ran_together_come_apart() {
    let home = Home::new();
    home.keeps([saved("a"), saved("b"), saved("c")]);
    let mut bytes = home.bytes();
    for byte in &mut bytes {
        if *byte == b'\n' {
            *byte = b'*';
        }
    }
    home.holds(&bytes);
    assert_eq!(home.saved().0, ["a", "b", "c"]);
    // As `cat` does with a journal that ends in an incomplete line.
    let half = &bytes[..50];
    home.holds([half, &bytes].concat());
    let (ids, notices) = home.saved();
    assert_eq!((ids.len(), notices.len()), (3, 1));
}

#[test]
fn merge_marks_of_git_are_only_lines_that_are_set_aside() {
    let (home, other) = (Home::new(), Home::new());
    home.keeps([saved("a")]);
    other.keeps([saved("b")]);
    let parts: [&[u8]; 5] = [
        b"<<<<<<< HEAD\n",
        &home.bytes(),
        b"=======\n",
        &other.bytes(),
        b">>>>>>> x\n",
    ];
    home.holds(parts.concat());
    let (ids, notices) = home.saved();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(
        notices,
        [
            "3 lines of the journal are set aside, the first of them line 1, because it is not a line of JSON; the rest is there"
        ]
    );
}

#[test]
fn a_newer_journal_is_only_read() {
    let home = Home::new();
    home.keeps([saved("a")]);
    let newer = br#"{"v":2,"when":"then","who":["is"],"sum":1}"#;
    home.holds([&home.bytes()[..], newer, b"\n"].concat());
    let before = home.bytes();
    let mut opened = home.open(2);
    assert_eq!(saved_in(&opened.tracking), ["a"]);
    assert_eq!(opened.notices.len(), 1);
    let refused = opened.journal.append(vec![saved("b")], now());
    assert!(matches!(refused, Err(JournalError::Newer)));
    assert!(matches!(
        compact(&home.folder(), now()),
        Err(JournalError::Newer)
    ));
    assert!(matches!(
        merge(&home.folder(), &[home.file()]),
        Err(JournalError::Newer)
    ));
    assert_eq!(home.bytes(), before);
}

#[test]
fn invalid_journals_do_not_prevent_opening() {
    let home = Home::new();
    fs::create_dir_all(home.file()).unwrap();
    let mut opened = home.open(1);
    assert_eq!(opened.notices.len(), 1);
    let refused = opened.journal.append(vec![saved("a")], now());
    assert!(matches!(refused, Err(JournalError::Unreadable(..))));
    // A file in place of the folder.
    let file = Home::new();
    fs::write(file.0.path().join("share"), "").unwrap();
    let mut opened = file.open(1);
    assert!(opened.tracking.is_empty());
    let refused = opened.journal.append(vec![saved("a")], now());
    assert!(
        matches!(refused, Err(JournalError::Unwritable(..))),
        "{refused:?}"
    );
}

#[test]
fn times_at_the_end_of_time_are_damage() {
    let home = Home::new();
    home.keeps([saved("a")]);
    home.holds(
        r#"{"v":1,"at":"9999-06-01T00:00:00Z","by":"00000000000000ff","n":0,"board":"s","id":"a","what":"saved"}"#,
    );
    assert_eq!(home.saved().1.len(), 1);
}

#[test]
fn compacting_keeps_the_state_and_the_old_file() {
    let home = Home::new();
    let look = |id: &str, title: &str| {
        let posting = Posting {
            title: title.into(),
            ..full_posting()
        };
        Tracking::default().seen(key(id), &posting).unwrap()
    };
    home.keeps([
        look("a", "A"),
        saved("a"),
        look("a", "B"),
        look("b", "A"),
        saved("b"),
    ]);
    let undo = home.open(2).tracking.undo().unwrap();
    home.keeps([undo]);
    let before = home.bytes();
    home.holds([&before[..], b"rubbish\n", &before].concat());
    let old = home.open(3).tracking;
    let compacted = compact(&home.folder(), now()).unwrap().unwrap();
    assert_eq!(
        fs::read(&compacted.kept).unwrap(),
        [&before[..], b"rubbish\n", &before].concat()
    );
    assert_eq!(home.bytes().split(|byte| *byte == b'\n').count(), 6);
    let new = home.open(4);
    assert!(new.notices.is_empty());
    for (key, status) in old.iter() {
        assert_eq!(new.tracking.of_posting(key), status);
    }
    assert_eq!(new.tracking.undo(), old.undo());
    assert_eq!(new.tracking.redo(), old.redo());
    // A second compaction keeps the first backup.
    let again = compact(&home.folder(), now()).unwrap().unwrap();
    assert_ne!(again.kept, compacted.kept);
    assert_eq!(again.before, again.after);
    assert!(
        compact(&home.0.path().join("none"), now())
            .unwrap()
            .is_none()
    );
}

#[test]
fn merging_reports_each_file() {
    let (home, other) = (Home::new(), Home::new());
    home.keeps([saved("a")]);
    other.holds([&home.bytes()[..], b"rubbish\n"].concat());
    other
        .open(2)
        .journal
        .append(vec![saved("b")], now())
        .unwrap();
    let missing = other.folder().join("none");
    let merged = merge(&home.folder(), &[other.file(), missing]);
    assert!(matches!(merged, Err(JournalError::Unreadable(..))));
    assert_eq!(home.saved().0, ["a"]);
    let merged = merge(&home.folder(), &[other.file(), home.file()]).unwrap();
    let counts: Vec<_> = merged
        .iter()
        .map(|file| (file.added, file.known, file.damaged.len()))
        .collect();
    assert_eq!(counts, [(1, 1, 1), (0, 1, 0)]);
    assert_eq!(home.saved(), (vec!["a".into(), "b".into()], vec![]));
    let report = check(&home.folder()).unwrap();
    assert_eq!((report.events, report.postings, report.repeated), (2, 2, 0));
}

fn acts() -> impl Strategy<Value = Vec<(usize, u8)>> {
    vec((0..2_usize, 0..8_u8), 1..24)
}

/// Two machines with a journal each, performing these acts.
fn two_machines(acts: &[(usize, u8)]) -> [Home; 2] {
    let homes = [Home::new(), Home::new()];
    let mut open = [homes[0].open(1), homes[1].open(2)];
    for (minute, (who, what)) in (0_i64..).zip(acts) {
        let Opened {
            journal, tracking, ..
        } = &mut open[*who];
        let id = if what % 2 == 0 { "a" } else { "b" };
        let what = match what / 2 {
            0 => saved(id),
            1 => tracking.note(key(id), format!("note {minute}"), None),
            2 => mark(
                id,
                Mark::Stage(
                    Stage::Applied,
                    Date::new(2026, 1, 1 + (minute % 28) as i8).unwrap(),
                ),
            ),
            _ => match tracking.undo() {
                Some(undo) => undo,
                None => continue,
            },
        };
        let batch = journal
            .append(vec![what], now() + minute.minutes())
            .unwrap();
        tracking.extend(batch.events);
    }
    homes
}

fn seen(home: &Home) -> String {
    let opened = home.open(9);
    let mut rows: Vec<_> = opened.tracking.iter().collect();
    rows.sort_by_key(|(key, _)| *key);
    format!("{rows:?} {:?}", opened.tracking.undo())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if full() { 2_000 } else { 30 }))]

    /// The same state after `journal merge` in either order, `cat` in either order, any interleaving of lines, and
    /// compaction.
    #[test]
    fn two_journals_come_to_the_same_however_they_are_put_together(acts in acts(), order in vec(any::<bool>(), 48)) {
        let [one, other] = two_machines(&acts);
        for home in [&one, &other] {
            if !home.file().exists() {
                home.holds("");
            }
        }
        let (a, b) = (one.bytes(), other.bytes());
        let lines_of = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>().into_iter();
        let mut lines = [lines_of(&a), lines_of(&b)];
        let mut mixed = Vec::new();
        for second in order {
            mixed.extend(lines[usize::from(second)].next().into_iter().flatten());
        }
        mixed.extend(lines.into_iter().flatten().flatten());
        merge(&one.folder(), &[other.file()]).unwrap();
        let expected = seen(&one);
        compact(&one.folder(), now()).unwrap();
        prop_assert_eq!(&seen(&one), &expected);
        let whole = one.bytes();
        for bytes in [[&a[..], &b].concat(), [&b[..], &a].concat(), mixed, [&b[..], &whole, &a].concat()] {
            one.holds(bytes);
            prop_assert_eq!(&seen(&one), &expected);
        }
        fs::write(other.file(), &b).unwrap();
        one.holds(&a);
        merge(&other.folder(), &[one.file()]).unwrap();
        prop_assert_eq!(&seen(&other), &expected);
    }

    /// Local damage costs only the lines it touches, and is reported.
    #[test]
    fn damage_costs_no_more_than_the_lines_it_touches(
        at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<bool>(),
    ) {
        let home = Home::new();
        let ids: Vec<String> = (0..8).map(|number| number.to_string()).collect();
        home.keeps(ids.iter().map(|id| saved(id)));
        let mut bytes = home.bytes();
        let at = at.index(bytes.len());
        let line = bytes[..at].split(|byte| *byte == b'\n').count() - 1;
        let kept: Vec<_> = if cut {
            bytes.truncate(at);
            ids[..line].to_vec()
        } else {
            bytes[at] ^= 1 << bit;
            let others = ids.iter().enumerate().filter(|(number, _)| *number != line);
            others.map(|(_, id)| id.clone()).collect()
        };
        home.holds(&bytes);
        let (saved, notices) = home.saved();
        // The line may be intact if only its line break was hit.
        let whole: Vec<_> = saved.iter().filter(|id| **id != ids[line]).cloned().collect();
        prop_assert_eq!(whole, kept);
        let clean = cut && bytes.last().is_none_or(|last| *last == b'\n');
        prop_assert!(saved.contains(&ids[line]) || clean || notices.len() == 1);
        home.keeps([mark("new", Mark::Saved)]);
        prop_assert_eq!(home.saved().0.len(), saved.len() + 1);
    }
}

/// Whether long runs were requested.
fn full() -> bool {
    std::env::var("JOBDECK_HARNESS").is_ok_and(|how| how == "full")
}
