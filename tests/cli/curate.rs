//! Commands for curators: `new` and `fmt`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{board, fixture, jobdeck, root, run};

#[test]
fn a_new_posting_is_a_file_that_loads() {
    let here = tempfile::tempdir().unwrap();
    let new = |args: &[&str]| {
        let args: Vec<&str> = ["new", "posting"]
            .into_iter()
            .chain(args.iter().copied())
            .collect();
        jobdeck(&args).within(here.path()).run().results()
    };
    let args = [
        "Señor  Engineer (m/f/d)",
        "--into",
        "b",
        "--company",
        "Ice \"&\" Snow",
        "--location",
        "Berlin, Germany",
        "--location",
        "Paris",
        "--level",
        "senior",
        "--posted",
        "2026-09-01",
    ];
    assert_eq!(new(&args), "b/postings/senor-engineer-m-f-d.toml\n");
    let first =
        fs::read_to_string(here.path().join("b/postings/senor-engineer-m-f-d.toml")).unwrap();
    assert_eq!(new(&args), "b/postings/senor-engineer-m-f-d-2.toml\n");
    assert_eq!(new(&["--into", "b"]), "b/postings/new-posting.toml\n");
    let again =
        fs::read_to_string(here.path().join("b/postings/senor-engineer-m-f-d.toml")).unwrap();
    assert_eq!(again, first);
    let listed = [
        "--board",
        "b",
        "list",
        "--columns",
        "id,title,company,locations,level,posted",
        "--format",
        "tsv",
    ];
    let listed = jobdeck(&listed).within(here.path()).run();
    assert!(listed.out.contains("senor-engineer-m-f-d-2\tSeñor Engineer (m/f/d)\t\"Ice \"\"&\"\" Snow\"\tBerlin, Germany; Paris\tsenior\t2026-09-01"), "{}", listed.out);
    let laid = jobdeck(&["fmt", "--check", "b"]).within(here.path()).run();
    assert_eq!(laid.code, 1, "the one without a title is to be filled in");
    assert!(
        laid.err.contains("new-posting.toml:5:9: `title` is empty"),
        "{}",
        laid.err
    );
    assert_eq!(laid.out, "");
}

#[test]
fn new_writes_only_where_it_is_told() {
    let here = tempfile::tempdir().unwrap();
    let said = jobdeck(&["new", "posting", "A"])
        .within(here.path())
        .run()
        .said(2);
    assert!(said.contains("--into BOARD"), "{said}");
    let said = jobdeck(&["--board", "nowhere", "new", "posting", "A"])
        .within(here.path())
        .run()
        .said(2);
    assert!(said.contains("not a folder: nowhere"), "{said}");
    assert_eq!(fs::read_dir(here.path()).unwrap().count(), 0);
}

#[test]
fn a_new_interview_is_opened_in_the_editor_and_checked() {
    let here = tempfile::tempdir().unwrap();
    let new = |editor: &str| {
        let args = [
            "new",
            "interview",
            "A talk",
            "--into",
            "b",
            "--person",
            "Ada",
            "--role",
            "Engineer",
            "--edit",
        ];
        jobdeck(&args)
            .within(here.path())
            .env("VISUAL", editor)
            .run()
    };
    let untouched = new("true");
    assert_eq!(
        (untouched.code, untouched.out.as_str()),
        (1, "b/interviews/a-talk.toml\n")
    );
    assert!(
        untouched
            .err
            .contains("a-talk.toml:24:12: `question` is empty"),
        "{}",
        untouched.err
    );
    let script = here.path().join("fill");
    fs::write(&script, "sed -i -e 's/^question = \"\"/question = \"Why?\"/' -e 's/^answer = \"\"\"/answer = \"\"\"So./' \"$1\"\n").unwrap();
    let filled = new(&format!("sh {}", script.display()));
    assert_eq!(filled.results(), "b/interviews/a-talk-2.toml\n");
    let read = jobdeck(&["--board", "b", "read", "a-talk-2"])
        .within(here.path())
        .run();
    assert!(
        read.out.contains("Ada") && read.out.contains("Why?"),
        "{}",
        read.out
    );
}

#[test]
fn fmt_lays_out_a_board_and_names_what_changed() {
    let folder = board("[[posting]]\ntitle = 'A'\nid = 'a' # ours\n");
    let path = folder.path().join("board.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    fs::write(
        folder.path().join("wrong.toml"),
        "[[posting]]\nid = \"b\"\ntilte = \"B\"\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("same.toml"),
        "[[posting]]\nid = \"c\"\ntitle = \"C\"\n",
    )
    .unwrap();
    let shown = folder.path().display().to_string();
    let before = fs::read(&path).unwrap();
    let checked = run(&["fmt", "--check", &shown]);
    assert_eq!(
        (checked.code, checked.out),
        (1, format!("{shown}/board.toml\n"))
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    let done = run(&["fmt", &shown]);
    assert_eq!((done.code, done.out), (1, format!("{shown}/board.toml\n")));
    assert!(
        done.err
            .contains("wrong.toml:3:1: `tilte` is not a key of a posting"),
        "{}",
        done.err
    );
    assert!(
        done.err
            .contains("1 of 3 files changed, 1 skipped because of mistakes"),
        "{}",
        done.err
    );
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "[[posting]]\nid = \"a\" # ours\ntitle = \"A\"\n"
    );
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    let again = run(&["fmt", path.to_str().unwrap()]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        3,
        "nothing is left behind"
    );
}

#[test]
fn fmt_reads_standard_input_and_gives_back_what_it_cannot_read() {
    let fed = |args: &[&str], text: &str| jobdeck(args).fed(text.as_bytes().to_vec()).run();
    let done = fed(&["fmt", "-"], "[[posting]]\ntitle = 'A'\nid = 'a'\n");
    assert_eq!(done.results(), "[[posting]]\nid = \"a\"\ntitle = \"A\"\n");
    let broken = "[[posting]]\nid = \n";
    let left = fed(&["fmt", "-"], broken);
    assert_eq!((left.code, left.out.as_str()), (1, broken));
    assert!(left.err.contains("-:2:"), "{}", left.err);
    assert_eq!(fed(&["fmt", "--check", "-"], "[board]\nname='x'\n").code, 1);
}

#[test]
fn the_shipped_board_and_the_fixtures_are_laid_out() {
    for folder in [root().join("content"), fixture("small")] {
        let done = run(&["fmt", "--check", folder.to_str().unwrap()]);
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    }
}

#[test]
fn what_check_would_refuse_is_not_begun() {
    let here = tempfile::tempdir().unwrap();
    let long = format!("https://frost.example/{}", "x".repeat(2000));
    for (args, why) in [
        (&["posting", ""][..], "the title is empty"),
        (&["interview", " \u{200b} "], "the title is empty"),
        (
            &["posting", "Cook", "--url", "javascript:alert(1)"],
            "--url must be http",
        ),
        (
            &["posting", "Cook", "--url", &long],
            "--url is longer than 2000 characters",
        ),
    ] {
        let args = [&["new"], args, &["--into", "b"]].concat();
        let said = jobdeck(&args).within(here.path()).run().said(2);
        assert!(said.contains(why), "{said}");
        assert!(!here.path().join("b").exists());
    }
}

#[test]
fn a_new_posting_was_posted_today() {
    let here = tempfile::tempdir().unwrap();
    let args = [
        "--today",
        "2026-03-04",
        "new",
        "posting",
        "A",
        "--into",
        "b",
    ];
    let new = jobdeck(&args).within(here.path()).run();
    let file = fs::read_to_string(here.path().join(new.results().trim())).unwrap();
    assert!(
        file.contains("\nposted = 2026-03-04 # the first day\n"),
        "{file}"
    );
}

#[test]
fn a_file_that_lists_sources_is_formatted_wherever_it_is() {
    let board = "[board]\nname   = 'Ice'\n\n[[source]]\nname = 'a'\nurl = 'https://a.example/'\ntags = ['x']\n";
    let expected = "[board]\nname = \"Ice\"\n\n[[source]]\nurl = \"https://a.example/\"\nname = \"a\"\ntags = [\"x\"]\n";
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("b")).unwrap();
    fs::write(here.path().join("b/board.toml"), board).unwrap();
    let piped = jobdeck(&["fmt", "-"]).fed(board.as_bytes().to_vec()).run();
    assert_eq!(piped.results(), expected);
    let file = here.path().join("b/board.toml");
    let ran = jobdeck(&["fmt", "b"]).within(here.path()).run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    fs::write(&file, board).unwrap();
    let ran = jobdeck(&["fmt", file.to_str().unwrap()]).run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
}

#[test]
fn a_new_board_is_complete_and_can_be_published() {
    let here = tempfile::tempdir().unwrap();
    let new = |args: &[&str]| {
        let args = [&["--today", "2026-03-04", "new", "board"], args].concat();
        jobdeck(&args).within(here.path()).run()
    };
    let made = new(&["Ice \"&\" Snow Institute"]);
    assert_eq!(made.err, "jobdeck: `jobdeck ice-snow-institute` opens it\n");
    assert_eq!(
        made.out,
        "ice-snow-institute/board.toml\nice-snow-institute/postings/example.toml\n\
         ice-snow-institute/.gitignore\nice-snow-institute/.github/workflows/board.yml\n"
    );
    let run = |args: &[&str]| jobdeck(args).within(here.path()).run();
    let checked = run(&["check", "ice-snow-institute", "--strict"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert_eq!(run(&["fmt", "--check", "ice-snow-institute"]).code, 0);
    let listed = run(&[
        "--board",
        "ice-snow-institute",
        "list",
        "--columns",
        "id,company,posted",
        "--format",
        "tsv",
        "--no-header",
    ]);
    assert_eq!(
        listed.out,
        "example\t\"Ice \"\"&\"\" Snow Institute\"\t2026-03-04\n"
    );
    let site = [
        "--board",
        "ice-snow-institute",
        "export",
        "--format",
        "html",
        "--output",
        "site",
    ];
    assert_eq!(run(&site).code, 0);
    // A path is the folder, and its last part the name.
    let nested = new(&["boards/frost"]).out;
    assert!(nested.starts_with("boards/frost/board.toml\n"), "{nested}");
    let board = fs::read_to_string(here.path().join("boards/frost/board.toml")).unwrap();
    assert!(board.contains("name = \"frost\""), "{board}");
    let said = new(&["Other", "ice-snow-institute"]).said(2);
    assert!(said.contains("is not empty"), "{said}");
    // The lines that the example comments out hold once their mark is taken away.
    let file = here.path().join("ice-snow-institute/board.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("# [[", "[[")
            .replace("# url", "url")
            .replace("# company", "company")
            .replace("# id", "id")
            .replace("# pinned", "pinned"),
    )
    .unwrap();
    let checked = run(&["check", "ice-snow-institute"]);
    assert!(
        checked.out.contains("no posting of this board has this id"),
        "{}",
        checked.out
    );
    assert_eq!(checked.code, 0, "{}", checked.out);
}
