use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

use super::*;
use crate::board::{Date, Fingerprint};
use crate::facts;
use crate::query;
use crate::search::{Matches, Request, Searcher};

/// A board's folder and a cache folder.
struct TestBoard {
    board: TempDir,
    cache: TempDir,
}

const TABLES: &[&str] = &[
    "[board]\nname = \"Café\"\ndescription = \"One.\"\n",
    "[[posting]]\nid = \"a\"\ntitle = \"Data Scientist - R-102938\"\ncompany = \"Ada\"\nlocations = [\"US, WA, Seattle\", \"Berlin, DE\"]\ntags = [\"ML\", \"ml\"]\nposted = 2026-01-05\ndescription = \"\"\"\nNeural nets. You have 5 years of experience with Python.\n\"\"\"\n",
    "[[posting]]\nid = \"b\"\ntitle = \"Applied Scientist\"\ncompany = \"ADA\"\nteam = \"Search\"\nworkplace = \"remote\"\nsalary = [{ min = 100, max = 120.5, currency = \"EUR\", per = \"hour\", location = \"Berlin\" }]\ncloses = 2026-02-01\nsource = { format = \"lever\", last_seen = 2026-01-02 }\n",
    "[[posting]]\nid = \"c\"\ntitle = \"Größe\"\nurl = \"https://example.org\"\nlevel = \"senior\"\nsponsorship = \"none\"\nlanguage = \"de\"\nretold = true\n",
    "[[posting]]\nid = \"a\"\ntitle = \"The second one\"\n",
    "[[posting]]\nid = \"d\"\ntitel = \"Misspelt\"\ntitle = \"Nurse\"\n",
    "[[posting]]\nid = \"e\"\n",
    "[[override]]\nid = \"a\"\ntitle = \"Data Engineer\"\ntags = []\npinned = true\n",
    "[[override]]\nid = \"b\"\nhidden = true\n",
    "[[interview]]\nid = \"i\"\ntitle = \"Ten years\"\nrelated = [\"a\", \"z\"]\n[[interview.exchange]]\nquestion = \"Why?\"\nanswer = \"So.\"\n",
];

impl TestBoard {
    fn new() -> Self {
        let folder = || tempfile::tempdir().expect("a folder");
        Self {
            board: folder(),
            cache: folder(),
        }
    }

    fn write(&self, file: &str, tables: &[&str]) {
        let path = self.board.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, tables.concat()).expect("written");
    }

    fn folders(&self) -> Vec<PathBuf> {
        vec![self.board.path().to_owned()]
    }

    fn place(&self) -> SnapshotPath {
        SnapshotPath::new(self.cache.path(), &self.folders(), "", true)
    }

    fn fresh(&self) -> Loaded {
        content::load_all(&self.folders(), &|_, _| {}).expect("a board")
    }

    fn refresh(&self, opened: Option<&OpenedBoard>) -> Option<OpenedBoard> {
        self.place().refresh(opened, &|_, _| {}).expect("a board")
    }
}

fn answer(index: &Arc<Index>, line: &str) -> Matches {
    let request = Request {
        query: query::parse(line),
        today: Date::constant(2026, 1, 7),
        limit: 9,
        ..Request::default()
    };
    let searched = Searcher::new(Arc::clone(index)).search(&request, &|| false);
    searched.expect("an answer")
}

/// Asserts that an opened snapshot equals a fresh load.
fn same(opened: &OpenedBoard, loaded: &Loaded) -> Result<(), TestCaseError> {
    let (board, fresh) = (&*opened.board, &loaded.board);
    prop_assert_eq!(&board.name, &fresh.name);
    prop_assert_eq!(&board.description, &fresh.description);
    prop_assert_eq!(board.interviews(), fresh.interviews());
    let parts = |board: &Board| {
        let parts = board.parts();
        let parts = parts.map(|(key, name)| (key.map(str::to_owned), name.to_owned()));
        parts.collect::<std::collections::BTreeSet<_>>()
    };
    prop_assert_eq!(parts(board), parts(fresh));
    let postings: Vec<_> = board.postings().collect();
    prop_assert_eq!(&postings, &fresh.postings().collect::<Vec<_>>());
    let problems: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
    prop_assert_eq!(&opened.problems, &problems);
    for posting in &postings {
        let found = board.posting(&posting.id);
        prop_assert_eq!(found.as_ref(), Some(posting));
    }
    prop_assert_eq!(board.position("nobody"), None);
    if let Some(store) = board.store() {
        let fingerprints = store.fingerprints(0..postings.len());
        let expected = postings.iter().map(|posting| {
            let check = crc32fast::hash(posting.description.as_bytes());
            Fingerprint::new(board.own_id(posting).1, posting, check)
        });
        prop_assert_eq!(fingerprints, Some(expected.collect::<Vec<_>>()));
        for (at, posting) in postings.iter().enumerate() {
            let kept = store.facts(at).and_then(|bytes| facts::of_bytes(&bytes));
            prop_assert_eq!(kept, Some(facts::of_posting(posting)));
        }
    }
    let index = Arc::new(Index::new(Arc::new(fresh.clone())));
    for line in [
        "",
        "sci",
        "ada",
        "102938",
        "text:neural",
        "text:none",
        "tag:ml",
        "loc:berlin",
        "sort:title",
        "sort:salary sci",
        "sort:company",
        "sort:closes",
        "company:=ada",
        "salary:>110",
        "level:senior",
        "years:<=5",
        "skill:python",
        "speaks:none",
    ] {
        prop_assert_eq!(
            answer(&opened.index(), line),
            answer(&index, line),
            "{}",
            line
        );
    }
    Ok(())
}

fn check(opened: &OpenedBoard, desk: &TestBoard) {
    same(opened, &desk.fresh()).expect("the same board");
}

/// Some tables, in this order.
fn file() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(TABLES), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_snapshot_equals_a_fresh_load_after_any_change(
        first in vec(file(), 1..4),
        changes in vec((0..4_usize, prop::option::of(file())), 1..4),
    ) {
        let desk = TestBoard::new();
        for (at, tables) in first.iter().enumerate() {
            desk.write(&format!("{at}.toml"), tables);
        }
        let mut opened = desk.refresh(None).expect("a board");
        prop_assert!(opened.open_snapshot.is_some());
        same(&opened, &desk.fresh())?;
        for (at, tables) in changes {
            let name = format!("{at}.toml");
            match tables {
                Some(tables) => desk.write(&name, &tables),
                None => _ = fs::remove_file(desk.board.path().join(&name)),
            }
            // As the next start opens it.
            let last = desk.place().open().expect("a snapshot");
            if let Some(new) = desk.refresh(Some(&last)) {
                opened = new;
            }
            same(&opened, &desk.fresh())?;
            prop_assert!(desk.refresh(Some(&opened)).is_none(), "nothing changed");
        }
    }
}

#[test]
fn damage_only_costs_time() {
    let desk = TestBoard::new();
    desk.write("a.toml", &TABLES[..4]);
    desk.write("b.toml", &TABLES[TABLES.len() - 1..]);
    desk.refresh(None);
    let (place, fresh) = (desk.place(), desk.fresh());
    let whole = fs::read(&place.path).expect("a snapshot");
    let board = |place: &SnapshotPath, refresh: bool| {
        let opened = place.open();
        let postings = opened.iter().flat_map(|opened| opened.board.postings());
        let postings: Vec<_> = postings.map(std::borrow::Cow::into_owned).collect();
        assert!(
            opened.is_none()
                || fresh
                    .board
                    .postings()
                    .eq(postings.iter().map(std::borrow::Cow::Borrowed))
        );
        if !refresh {
            return;
        }
        let refreshed = place.refresh(opened.as_ref(), &|_, _| {}).expect("a board");
        let now = refreshed.or(opened).expect("a board");
        let (found, of) = (answer(&now.index(), "text:neural").total, now.board.len());
        assert_eq!((found, of, now.problems.len()), (1, 3, 1));
    };
    // Every byte of the header, and a sample of the rest.
    for at in (0..64).chain((64..whole.len()).step_by(5)) {
        let mut damaged = whole.clone();
        damaged[at] ^= if at % 2 == 0 { 0x01 } else { 0x80 };
        fs::write(&place.path, &damaged).expect("written");
        board(&place, at % 64 == 4);
    }
    for end in (0..whole.len()).step_by(67) {
        fs::write(&place.path, &whole[..end]).expect("written");
        board(&place, end % 10 == 0);
    }
    fs::write(&place.path, [&whole[..], b"more"].concat()).expect("written");
    assert!(place.open().is_none());
    board(&place, true);
}

#[test]
fn quick_changes_of_equal_size_are_detected() {
    let desk = TestBoard::new();
    desk.write("a.toml", &TABLES[1..2]);
    let opened = desk.refresh(None).expect("a board");
    let path = desk.board.path().join("a.toml");
    let about = fs::metadata(&path).expect("a file");
    let text = TABLES[1].replace("Data", "Dada");
    fs::write(&path, text).expect("written");
    let file = fs::File::options().write(true).open(&path).expect("open");
    file.set_modified(about.modified().expect("a time"))
        .expect("set");
    let opened = desk.refresh(Some(&opened)).expect("it changed");
    assert_eq!(&*opened.board.at(0).title, "Dada Scientist - R-102938");
    check(&opened, &desk);
}

#[test]
fn a_posting_shown_from_a_damaged_record_is_read_from_its_file() {
    let desk = TestBoard::new();
    desk.write("a.toml", &TABLES[1..4]);
    desk.refresh(None);
    let place = desk.place();
    let whole = fs::read(&place.path).expect("a snapshot");
    let at = whole
        .windows(6)
        .position(|bytes| bytes == b"Neural")
        .expect("a text");
    let opened = place.open().expect("a snapshot");
    let mut damaged = whole.clone();
    damaged[at] = b'X';
    // In place, as a faulty disk would.
    fs::write(&place.path, &damaged).expect("written");
    assert_eq!(answer(&opened.index(), "text:neural").total, 1);
    assert_eq!(
        &*opened.board.at(0).description,
        "Neural nets. You have 5 years of experience with Python."
    );
    assert!(place.open().is_none(), "the next start makes another");
    check(&opened, &desk);
}

#[test]
fn a_snapshot_of_another_user_is_not_believed() {
    if !rustix::process::geteuid().is_root() {
        // Only root may give a file away.
        return;
    }
    let desk = TestBoard::new();
    desk.write("a.toml", TABLES);
    let place = desk.place();
    place.refresh(None, &|_, _| {}).expect("a board");
    assert!(place.open().is_some());
    std::os::unix::fs::chown(&place.path, Some(65_534), None).expect("given away");
    assert!(place.open().is_none());
}

#[test]
fn several_boards_are_one_snapshot_and_another_build_makes_its_own() {
    let (desk, other) = (TestBoard::new(), TestBoard::new());
    desk.write("a.toml", &TABLES[..3]);
    other.write("in/b.toml", &TABLES[1..4]);
    let folders = vec![desk.board.path().to_owned(), other.board.path().to_owned()];
    let place = SnapshotPath::new(desk.cache.path(), &folders, "1", true);
    let fresh = || content::load_all(&folders, &|_, _| {}).expect("boards");
    place.refresh(None, &|_, _| {}).expect("boards");
    let opened = place.open().expect("a snapshot");
    same(&opened, &fresh()).expect("the same");
    other.write("in/c.toml", &["[[posting]]\nid = \"z\"\ntitle = \"New\"\n"]);
    let opened = place
        .refresh(Some(&opened), &|_, _| {})
        .expect("boards")
        .expect("it changed");
    same(&opened, &fresh()).expect("the same");
    assert!(
        SnapshotPath::new(desk.cache.path(), &folders, "2", true)
            .open()
            .is_none()
    );
    assert!(
        desk.place().open().is_none(),
        "one of them alone is another board"
    );
}

#[test]
fn a_read_only_cache_does_not_prevent_loading() {
    let desk = TestBoard::new();
    desk.write("a.toml", &TABLES[..4]);
    let file = desk.cache.path().join("a file");
    fs::write(&file, "").expect("written");
    let place = SnapshotPath::new(&file.join("below"), &desk.folders(), "", true);
    let opened = place
        .refresh(None, &|_, _| {})
        .expect("a board")
        .expect("a board");
    assert!(opened.open_snapshot.is_none() && place.open().is_none());
    check(&opened, &desk);
    assert!(
        place
            .refresh(Some(&opened), &|_, _| {})
            .expect("a board")
            .is_some()
    );
}

#[test]
fn concurrent_writers_leave_one_whole_snapshot() {
    let desk = TestBoard::new();
    desk.write("a.toml", &TABLES[..4]);
    desk.refresh(None);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| (0..10).for_each(|_| assert!(desk.refresh(None).is_some())));
        }
        for _ in 0..50 {
            let opened = desk.place().open().expect("a whole one");
            assert_eq!(opened.board.len(), 3);
        }
    });
    check(&desk.place().open().expect("a snapshot"), &desk);
    let files = fs::read_dir(desk.cache.path()).expect("a folder").count();
    assert_eq!(files, 1, "nothing is left over");
}

#[test]
fn facts_in_the_texts_come_from_the_snapshot_and_follow_the_files() {
    let desk = TestBoard::new();
    let rust = "[[posting]]\nid = \"r\"\ntitle = \"Senior Engineer\"\n\
                description = \"## Requirements\\n\\n- 5 years of experience with Rust\"\n";
    let python = "[[posting]]\nid = \"p\"\ntitle = \"Engineer\"\n\
                  description = \"## Requirements\\n\\n- Python\"\n";
    desk.write("rust.toml", &[rust]);
    desk.write("python.toml", &[python]);
    let opened = desk.refresh(None).expect("a board");
    let count = |opened: &OpenedBoard, query: &str| answer(&opened.index(), query).total;
    assert_eq!(count(&opened, "level:senior skill:rust years:5"), 1);
    assert_eq!(count(&opened, "skill:python"), 1);
    desk.write("python.toml", &[&python.replace("Python", "Erlang")]);
    let opened = desk.refresh(Some(&opened)).expect("it changed");
    assert_eq!(count(&opened, "level:senior skill:rust years:5"), 1);
    assert_eq!(count(&opened, "skill:python"), 0);
    assert_eq!(count(&opened, "skill:erlang"), 1);
    check(&opened, &desk);
    // Whoever wants no derived facts has a snapshot without them.
    let stated = SnapshotPath::new(desk.cache.path(), &desk.folders(), "", false);
    assert!(stated.open().is_none());
    let opened = stated.refresh(None, &|_, _| {}).expect("a board");
    let opened = opened.expect("a board");
    assert_eq!(count(&opened, "level:senior"), 0);
    assert_eq!(count(&opened, "level:none"), 2);
}
