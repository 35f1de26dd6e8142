//! Boards on disk: reading, problems, and protection of the reader.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use jobdeck::board::{Date, Period, Workplace};
use jobdeck::content::{self, LoadError, Loaded, Problem};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/boards")
        .join(name)
}

fn load(dir: &Path) -> Loaded {
    content::load(dir).unwrap()
}

fn one_file(text: impl AsRef<[u8]>) -> Loaded {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.toml"), text).unwrap();
    load(dir.path())
}

/// Problems in the format of `check`, without source lines.
fn listed(problems: &[Problem]) -> String {
    let mut lines = String::new();
    for Problem {
        file,
        line,
        column,
        message,
        hint,
        ..
    } in problems
    {
        write!(lines, "{}:{line}:{column}: {message}", file.display()).unwrap();
        if let Some(hint) = hint {
            write!(lines, " ({hint})").unwrap();
        }
        lines.push('\n');
    }
    lines
}

fn ids(loaded: &Loaded) -> Vec<String> {
    let postings = loaded.board.postings();
    postings.map(|posting| posting.id.clone()).collect()
}

#[test]
fn reads_a_sound_board() {
    let Loaded {
        board, problems, ..
    } = load(&fixture("small"));
    assert_eq!(listed(&problems), "");
    assert_eq!(board.name, "Small Board");
    assert_eq!(board.postings().len(), 3);
    let posting = board.posting("rust-engineer-berlin").unwrap();
    assert_eq!(posting.title, "Rust Engineer");
    assert_eq!(posting.workplace, Some(Workplace::Hybrid));
    assert_eq!(posting.posted, Some(Date::constant(2026, 9, 1)));
    assert_eq!(posting.locations[0].country.as_deref(), Some("DE"));
    assert_eq!(posting.salary[0].min, Some(70_000.0));
    assert_eq!(posting.salary[0].per, Period::Year);
    assert!(posting.description.starts_with("Ferrous builds"));
    let interview = board.interview("ada-example").unwrap();
    assert_eq!(interview.exchanges.len(), 3);
    assert_eq!(board.related(interview).len(), 2);
}

#[test]
fn tells_every_mistake_and_keeps_the_rest() {
    let loaded = load(&fixture("mistakes"));
    let expected = fixture("mistakes.expected");
    let said = listed(&loaded.problems);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, &said).unwrap();
    }
    assert_eq!(said, fs::read_to_string(expected).unwrap());
    assert!(loaded.problems.len() >= 20);
    assert_eq!(
        ids(&loaded),
        [
            "wrong-words",
            "wrong-pay",
            "good-glaciologist",
            "good-librarian",
            "good-gardener",
            "good-welder",
            "impossible-days",
            "open-text",
            "after-open-text",
            "windows"
        ]
    );
    let board = &loaded.board;
    assert_eq!(board.posting("wrong-words").unwrap().locations.len(), 2);
    assert_eq!(board.posting("wrong-pay").unwrap().salary.len(), 1);
    assert_eq!(board.posting("impossible-days").unwrap().team, None);
    assert_eq!(board.posting("open-text").unwrap().description, "");
    let after = board.posting("after-open-text").unwrap();
    assert_eq!(after.company.as_deref(), Some("Sound & Whole"));
    assert_eq!(after.description, "This one is.");
    let gardener = board.posting("good-gardener").unwrap();
    assert!(gardener.description.ends_with("[[posting]]"));
    assert_eq!(board.interviews().len(), 2);
}

#[test]
fn shows_the_line_and_a_caret() {
    let loaded = one_file("[[posting]]\nid = 'a'\ntitle = 'A'\n\tlevle = \"名\u{1b}[31m\"\n");
    assert_eq!(
        loaded.problems[0].to_string(),
        "a.toml:4:2: `levle` is not a key of a posting\n  |  levle = \"名\u{fffd}[31m\"\n  |  ^\n  = did you mean `level`?"
    );
}

#[test]
fn survives_absurd_nesting() {
    let loaded = load(&fixture("nesting"));
    let deep = |name: &str| {
        let mut problems = loaded.problems.iter();
        problems
            .any(|problem| problem.file == Path::new(name) && problem.message.contains("nested"))
    };
    for entry in fs::read_dir(fixture("nesting")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert_eq!(deep(&name), name != "at-the-limit.toml", "{name}");
    }
    assert_eq!(ids(&loaded), ["behind", "after-the-limit"]);
}

#[test]
fn one_file_s_flood_of_mistakes_is_bounded() {
    let flood = "]\n= 3\n\"\n".repeat(60_000);
    let loaded = one_file(flood);
    assert!(loaded.problems.len() <= 1001, "{}", loaded.problems.len());
    let one_line = one_file("x".to_owned() + &" = [1 1".repeat(100_000));
    assert!(!one_line.problems.is_empty());
}

#[test]
fn limits_the_size_of_fields() {
    let long = "é".repeat(400);
    let huge = "x".repeat(300 << 10);
    let loaded = one_file(format!(
        "[[posting]]\nid = 'a'\ntitle = '{long}'\ndescription = '{huge}'\ntags = [{}]\n",
        "'t',".repeat(1500)
    ));
    let posting = loaded.board.at(0);
    assert_eq!(posting.title.chars().count(), 300);
    assert_eq!(posting.description, "");
    assert_eq!(posting.tags.len(), 1000);
    assert_eq!(loaded.problems.len(), 3, "{}", listed(&loaded.problems));
}

#[test]
fn lets_no_escape_sequence_through() {
    let loaded = one_file(
        "[[posting]]\nid = 'a'\ntitle = \" T\\u001b[31m  x\\u202e\"\ndescription = \"a\\u0007b\\tc\"\n",
    );
    let posting = loaded.board.at(0);
    assert_eq!(
        (posting.title.as_str(), posting.description.as_str()),
        ("T x", "ab    c")
    );
}

#[test]
fn reads_only_regular_files_within_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let (root, out) = (dir.path(), outside.path());
    fs::write(
        out.join("secret.toml"),
        "[[posting]]\nid = 'out'\ntitle = 'Out'\n",
    )
    .unwrap();
    fs::create_dir_all(root.join("real/.git")).unwrap();
    let good = "[[posting]]\nid = 'in'\ntitle = 'In'\n";
    fs::write(root.join("real/in.toml"), good).unwrap();
    fs::write(root.join("real/.git/hidden.toml"), "nonsense").unwrap();
    fs::write(root.join("real/large.toml"), " ".repeat((1 << 20) + 1)).unwrap();
    symlink(root.join("real/in.toml"), root.join("again.toml")).unwrap();
    symlink(root.join("real"), root.join("a-linked-folder")).unwrap();
    symlink(root, root.join("real/up")).unwrap();
    symlink("self.toml", root.join("self.toml")).unwrap();
    symlink("nowhere", root.join("dangling.toml")).unwrap();
    symlink(out.join("secret.toml"), root.join("out.toml")).unwrap();
    symlink(out, root.join("out")).unwrap();
    symlink("/dev/zero", root.join("zero.toml")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, root.join("fifo.toml"), 0o600.into()).unwrap();
    let _socket = UnixListener::bind(root.join("socket.toml")).unwrap();
    // A blocking read would never return.
    let loaded = load(root);
    assert_eq!(ids(&loaded), ["in"]);
    let whats: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| (problem.file.to_str().unwrap(), problem.message.as_str()))
        .collect();
    assert_eq!(
        whats,
        [
            (
                "dangling.toml",
                "is a broken link: No such file or directory (os error 2)"
            ),
            ("fifo.toml", "is a FIFO, not a regular file"),
            ("out", "is a link out of the board's folder"),
            ("out.toml", "is a link out of the board's folder"),
            (
                "real/large.toml",
                "is larger than 1 MiB; split it into several files"
            ),
            ("real/up", "is a link to a folder that contains it"),
            ("self.toml", "is a link that leads back to itself"),
            ("socket.toml", "is a socket, not a regular file"),
            ("zero.toml", "is a link out of the board's folder"),
        ]
    );
}

#[test]
fn opens_several_boards_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let other = dir.path().join("small");
    fs::create_dir(&other).unwrap();
    fs::write(
        other.join("a.toml"),
        "[[posting]]\nid = 'a'\ntitle = 'A'\nx = 1\n",
    )
    .unwrap();
    let loaded = content::load_all(&[fixture("small"), other.clone()], &|_, _| {}).unwrap();
    assert!(loaded.board.posting("small/rust-engineer-berlin").is_some());
    assert!(loaded.board.posting("small-2/a").is_some());
    assert_eq!(loaded.problems[0].file, Path::new("small-2/a.toml"));
    let interview = loaded.board.interview("small/ada-example").unwrap();
    assert_eq!(loaded.board.related(interview).len(), 2);
    let read = std::sync::Mutex::new(Vec::new());
    let note = |done, of| read.lock().unwrap().push((done, of));
    let alone = content::load_all(&[other, fixture("small")], &note).unwrap();
    let files = alone.board.postings().len() + alone.board.interviews().len() + 1;
    assert_eq!(read.into_inner().unwrap().last(), Some(&(files, files)));
    let other = dir.path().join("small");
    let alone = load(&other);
    assert_eq!(ids(&alone), ["a"]);
}

#[test]
fn overrides_lie_over_postings_of_any_file() {
    let dir = tempfile::tempdir().unwrap();
    let feed = |id: &str| {
        format!(
            "[[posting]]\nid = \"{id}\"\ntitle = \"Senoir Cook\"\ncompany = \"Pine\"\ntags = [\"x\"]\nposted = 2026-01-0{}\n",
            id.len()
        )
    };
    fs::write(
        dir.path().join("feed.toml"),
        feed("a") + &feed("bb") + &feed("ccc"),
    )
    .unwrap();
    fs::write(
        dir.path().join("a-curator.toml"),
        "[[override]]\nid = \"a\"\ntitle = \"Senior Cook\"\ntags = []\npinned = true\nposted = \"someday\"\n\n\
         [[override]]\nid = \"bb\"\nhidden = true\n\n\
         [[override]]\nid = \"gone\"\nlevle = \"mid\"\n\n\
         [[override]]\nid = \"a\"\nlevel = \"senior\"\nsource = {}\n",
    )
    .unwrap();
    let loaded = load(dir.path());
    assert_eq!(
        listed(&loaded.problems),
        "a-curator.toml:6:10: `someday` is not a day (write `2026-09-30`)\n\
         a-curator.toml:14:1: `levle` is not a key of an override (did you mean `level`?)\n\
         a-curator.toml:19:1: `source` is not a key of an override\n"
    );
    assert_eq!(ids(&loaded), ["a", "ccc"]);
    let posting = loaded.board.posting("a").unwrap();
    assert_eq!(posting.title, "Senior Cook");
    assert_eq!(posting.company.as_deref(), Some("Pine"), "not overridden");
    assert_eq!(
        posting.posted,
        Some(Date::constant(2026, 1, 1)),
        "kept: the override's day cannot be read"
    );
    assert!(posting.tags.is_empty() && posting.pinned);
    assert_eq!(
        posting.level.map(jobdeck::board::Level::word),
        Some("senior")
    );
    let inspected =
        content::check::lint(&[dir.path().to_owned()], Date::constant(2026, 1, 9)).unwrap();
    let warnings: Vec<_> = inspected[0]
        .1
        .problems
        .iter()
        .filter(|problem| problem.is_warning())
        .cloned()
        .collect();
    assert!(
        listed(&warnings).contains("a-curator.toml:13:6: no posting of this board has this id, so the override changes nothing\n"),
        "{}",
        listed(&warnings)
    );
}

#[test]
fn says_when_there_is_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("f");
    fs::write(&file, "").unwrap();
    assert!(matches!(
        content::load(&dir.path().join("no")),
        Err(LoadError::Missing(_))
    ));
    assert!(matches!(
        content::load(&file),
        Err(LoadError::NotAFolder(_))
    ));
    assert!(!content::is_board(dir.path()));
    assert!(!content::is_board(&file));
    assert!(content::is_board(&fixture("small")));
}

#[test]
fn the_shipped_board_is_whole() {
    let Loaded {
        board, problems, ..
    } = content::shipped();
    assert_eq!(listed(&problems), "");
    assert_eq!(board.name, "Amazon Science");
    assert_eq!(board.postings().len(), 10);
    assert_eq!(board.interviews().len(), 1);
    let interview = &board.interviews()[0];
    assert_eq!(interview.exchanges.len(), 8);
    assert_eq!(board.related(interview).len(), 10);
    for posting in board.postings() {
        for place in &posting.locations {
            assert!(place.country.is_some() && place.city.is_some(), "{place:?}");
        }
    }
}

#[test]
fn a_board_lists_its_sources() {
    let dir = tempfile::tempdir().unwrap();
    let board = "[board]\nname = \"x\"\n\n[[source]]\nurl = \"https://jobs.lever.co/acme\"\ncompany = \"Acme\"\n\n\
        [[source]]\nurl = \"https://jobs.lever.co/acme\"\n\n[[source]]\nnmae = \"b\"\nurl = \"https://b.example/x.json\"\n\n\
        [[source]]\nname = \"c\"\n\n[[source]]\nurl = \"mailto:a@b.example\"\n";
    std::fs::write(dir.path().join("board.toml"), board).unwrap();
    let more = "[[source]]\nurl = \"https://d.example/\"\n";
    std::fs::write(dir.path().join("more.toml"), more).unwrap();
    let problems: Vec<_> = content::load(dir.path()).unwrap().problems;
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| {
            format!(
                "{}:{}: {}",
                problem.file.display(),
                problem.line,
                problem.message
            )
        })
        .collect();
    let expected = [
        "board.toml:9: this source is already listed on line 5",
        "board.toml:12: `nmae` is not a key of a source",
        "board.toml:15: this source has no `url`, so it is left out",
        "board.toml:19: `url` must be http or https",
        "more.toml:1: sources are listed in the `board.toml` of the board's own folder",
    ];
    assert_eq!(problems, expected);
    let (sources, found) = content::sources(dir.path()).unwrap();
    assert_eq!(found.len(), 4);
    let listed: Vec<_> = sources
        .iter()
        .map(|source| (source.line, source.url.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            (5, "https://jobs.lever.co/acme"),
            (13, "https://b.example/x.json")
        ]
    );
    assert_eq!(sources[0].company.as_deref(), Some("Acme"));
}

#[test]
fn a_file_of_mistakes_tells_the_first_and_how_many_more() {
    let mistakes = "[[posting]]\nid = \"a b\"\ntitle = \"A\"\n".repeat(150);
    let Loaded {
        board, problems, ..
    } = one_file(
        "[[posting]]\nid = \"x\"\ntitle = \"X\"\n".to_owned()
            + &mistakes
            + "[[posting]]\nid = \"y\"\ntitle = \"Y\"\n",
    );
    assert_eq!(board.postings().len(), 2, "what is good is there");
    assert_eq!(problems.len(), 101);
    let last = &problems[100];
    assert_eq!(last.message, "and 50 more mistakes in this file");
    assert_eq!((last.line, last.column), (3 + 3 * 100 + 2, 6));
    assert_eq!(last.source_line, "id = \"a b\"");
}

#[test]
fn a_file_of_dangling_ids_tells_the_first_and_how_many_more() {
    let interview = |at: usize| {
        format!(
            "[[interview]]\nid = \"{at}\"\ntitle = \"T\"\nrelated = [\"x\", \"y\"]\nexchange = [{{ question = \"Q\", answer = \"A\" }}]\n"
        )
    };
    let problems = one_file((0..75).map(interview).collect::<String>()).problems;
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[1].message, "no posting has the id `y`");
    assert_eq!((problems[1].line, problems[1].column), (4, 17));
    assert_eq!(problems[100].message, "and 50 more mistakes in this file");
    assert_eq!(problems[100].line, 4 + 50 * 5);
}

#[test]
fn a_board_of_mistakes_ends_with_how_many_files_have_more() {
    let dir = tempfile::tempdir().unwrap();
    for at in 0..60 {
        let file = dir.path().join(format!("{at:03}.toml"));
        fs::write(file, "[[posting]]\n".repeat(100)).unwrap();
    }
    let problems = load(dir.path()).problems;
    let of = |file: &str| {
        let path = Path::new(file);
        problems
            .iter()
            .filter(|problem| problem.file == path)
            .count()
    };
    assert_eq!(
        (of("000.toml"), of("048.toml"), of("059.toml")),
        (101, 101, 1)
    );
    let last = problems.last().unwrap();
    assert_eq!(last.file, Path::new("049.toml"));
    assert_eq!(
        last.message,
        "and 11 files from this one on have more mistakes"
    );
}
