//! A board published into a folder, served from there, and opened by its address.

mod hostile;
mod reader;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use jobdeck::published::{Kind, Manifest, pack, piece};
use tempfile::TempDir;

use super::server::{Asked, Server, Step, answer};

/// A board, the folder that it is published into, and a home to read it from.
pub struct Place {
    away: TempDir,
}

/// What came of a command.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new(board: &str) -> Self {
        let away = tempfile::tempdir().unwrap();
        let place = Self { away };
        fs::create_dir(place.path("board")).unwrap();
        place.write(board);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.away.path().join(name)
    }

    pub fn write(&self, board: &str) {
        fs::write(self.path("board/board.toml"), board).unwrap();
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_jobdeck"))
            .env_remove("JOBDECK_BOARD")
            .env("HOME", self.away.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .current_dir(self.away.path())
            .args(args)
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Publishes the board; what was said of it.
    pub fn publish(&self, format: &str) -> String {
        let args = ["export", "--board", "board", "--format", format];
        let ran = self.run(&[&args[..], &["--output", "site"]].concat());
        let of_the_site = |line: &str| line.contains("search engines");
        assert!(ran.err.lines().all(of_the_site), "{}", ran.err);
        assert_eq!(ran.code, 0);
        ran.out
    }

    /// The names of the chunks that are published.
    fn chunks(&self) -> Vec<String> {
        let entries = self.path("site/board").read_dir().unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Serves the files of a folder.
pub fn file(folder: &Path, asked: &Asked) -> Vec<Step> {
    let path = match asked.path.as_str() {
        "/" => "/index.html",
        path => path,
    };
    let Ok(bytes) = fs::read(folder.join(path.trim_start_matches('/'))) else {
        return answer(404, &[], b"");
    };
    let kind = match path.rsplit('.').next() {
        Some("html") => "content-type: text/html",
        Some("json") => "content-type: application/json",
        _ => "content-type: application/gzip",
    };
    let tag = format!("etag: \"{}\"", jobdeck::published::sha256(&bytes));
    if asked.header("if-none-match") == tag.strip_prefix("etag: ") {
        return answer(304, &[], b"");
    }
    answer(200, &[kind, &tag], &bytes)
}

/// A server of a folder that answers as it is told.
pub fn serve(folder: PathBuf) -> (Server, Arc<Mutex<bool>>) {
    let is_up = Arc::new(Mutex::new(true));
    let up = Arc::clone(&is_up);
    let server = Server::start(move |asked| {
        if *up.lock().unwrap() {
            file(&folder, asked)
        } else {
            vec![Step::Close]
        }
    });
    (server, is_up)
}

/// A board of so many postings; those of which `differs` holds say something else.
pub fn postings(count: usize, differs: impl Fn(usize) -> bool) -> String {
    let mut board = String::from("[board]\nname = \"Acme\"\n");
    for number in 0..count {
        let version = if differs(number) { "Lead" } else { "Engineer" };
        // Text as varied as a real one, so that it packs as a real one does.
        let mut seed = number as u64 + 1;
        let words = (0..40).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("{:x}", seed >> 40)
        });
        let words: Vec<_> = words.collect();
        let _ = write!(
            board,
            "[[posting]]\nid = \"a.{number}\"\ntitle = \"{version} {number}\"\nlocations = [\"Berlin, Germany\"]\n\
             posted = {}-{:02}-{:02}\ndescription = \"## About\\n\\n{}\"\n",
            2020 + number % 6,
            number % 12 + 1,
            number % 28 + 1,
            words.join(" "),
        );
    }
    board
}

const SMALL: &str = "
[board]
name = \"Acme\"
description = \"Looms.\"

[[posting]]
id = \"a.1\"
title = \"Engineer\"
company = \"Acme\"
locations = [\"Kiel, DE\"]
salary = [{ min = 90000, currency = \"EUR\", per = \"year\" }]
url = \"https://acme.example/1\"
description = \"\"\"
## About

We build *looms*.
\"\"\"

[[posting]]
id = \"a.2\"
title = \"Weaver\"

[[interview]]
id = \"ada\"
title = \"Looms and numbers\"
[[interview.exchange]]
question = \"Why?\"
answer = \"Because.\"
";

#[test]
fn a_published_board_is_the_board() {
    let place = Place::new(SMALL);
    place.publish("board");
    let json = |board: &str| {
        let ran = place.run(&["list", "--board", board, "--format", "json"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.err);
        ran.out
    };
    let read = |board: &str| place.run(&["read", "--board", board]).out;
    let own = json("board");
    assert_eq!(json("site"), own);
    assert!(read("board").contains("Because."));
    let (server, is_up) = serve(place.path("site"));
    let address = server.url("/board.json");
    assert_eq!(json(&address), own);
    assert_eq!(read(&address), read("board"));
    // What is here is not fetched again, and offline it opens as it was last seen.
    let asked = server.paths().len();
    assert_eq!(json(&address), own);
    assert_eq!(server.paths()[asked..], ["/board.json"]);
    *is_up.lock().unwrap() = false;
    let ran = place.run(&["list", "--board", &address, "--format", "json"]);
    assert_eq!((ran.code, ran.out), (0, own));
    let address = format!("{address}: ");
    assert!(ran.err.contains(&address), "{}", ran.err);
    assert!(ran.err.contains("; shown as published 20"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn the_address_of_a_site_opens_its_board() {
    let place = Place::new(SMALL);
    place.publish("html");
    let (server, _) = serve(place.path("site"));
    let list = |board: &str| {
        place
            .run(&["list", "--board", board, "--format", "json"])
            .out
    };
    assert_eq!(list(&server.url("/")), list("board"));
    // Published again, nothing is written.
    let again = place.publish("html");
    assert!(again.contains("0 new, 0 of "), "{again}");
    let page = fs::read_to_string(place.path("site/posting/a.1.html")).unwrap();
    assert!(page.contains("href=\"../board.json\""), "{page}");
}

#[test]
fn a_published_board_is_imported_and_is_a_source() {
    let place = Place::new(SMALL);
    place.publish("html");
    let (server, _) = serve(place.path("site"));
    let titles = |board: &str| {
        let args = ["list", "--board", board, "--columns", "title,description"];
        place.run(&[&args[..], &["--format", "csv"]].concat()).out
    };
    for (source, into) in [
        (server.url("/"), "page"),
        (server.url("/board.json"), "manifest"),
        ("site/board.json".to_owned(), "file"),
    ] {
        let ran = place.run(&["import", &source, "--into", into]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert!(ran.out.contains("3 new"), "{}", ran.out);
        assert!(ran.out.contains(": board, 2 rows"), "{}", ran.out);
        assert_eq!(titles(into), titles("board"), "{source}");
        assert!(
            place
                .run(&["read", "--board", into])
                .out
                .contains("Because.")
        );
    }
    // A manifest without its chunks says what is missing.
    fs::copy(place.path("site/board.json"), place.path("alone.json")).unwrap();
    let ran = place.run(&["import", "alone.json", "--into", "alone"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("board/interviews-"), "{}", ran.err);
    // The format can be named, and is not taken for another.
    for (format, code) in [("board", 0), ("json-ld", 2)] {
        let args = [
            "import",
            "site/board.json",
            "--from",
            format,
            "--into",
            "page",
        ];
        assert_eq!(place.run(&args).code, code, "{format}");
    }
    fs::create_dir(place.path("kept")).unwrap();
    let list = format!("[[source]]\nurl = \"{}\"\n", server.url("/board.json"));
    fs::write(place.path("kept/board.toml"), list).unwrap();
    let sync = || place.run(&["sync", "kept", "--allow-private"]);
    let ran = sync();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(titles("kept"), titles("board"));
    let source = fs::read_to_string(place.path("kept/board.toml")).unwrap();
    let named = source.replace("]]\n", "]]\nformat = \"board\"\n");
    fs::write(place.path("kept/board.toml"), named).unwrap();
    assert_eq!(sync().code, 0);
    // The manifest tells that nothing has changed.
    let asked = server.paths().len();
    assert_eq!(sync().code, 0);
    assert_eq!(server.paths()[asked..], ["/board.json"]);
}

#[test]
fn what_is_published_in_markdown_is_imported_as_markdown_and_unknown_keys_are_told() {
    let place = Place::new(
        "[[posting]]\nid = \"a\"\ntitle = \"A &amp; B\"\ndescription = \"<b>Bold</b> is `<b>`.\\n\\n<p>as written\"\n",
    );
    place.publish("board");
    let ran = place.run(&["import", "site/board.json", "--into", "own"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let shown = |board: &str| {
        let args = ["list", "--board", board, "--columns", "title,description"];
        place.run(&[&args[..], &["--format", "csv"]].concat()).out
    };
    assert_eq!(shown("own"), shown("board"));
    let site = place.path("site");
    let mut manifest = Manifest::read(&fs::read(site.join("board.json")).unwrap()).unwrap();
    let lines = b"{\"id\":\"a\",\"shoe\":\"left\",\"title\":\"A\"}\n{\"id\":\"b\"\n";
    let packed = pack(lines);
    manifest.chunks[0].rows = 2;
    manifest.postings = 2;
    manifest.chunks[0].postings = piece(Kind::Postings, lines, &packed);
    manifest.chunks[0].descriptions = None;
    fs::write(site.join(&manifest.chunks[0].postings.file), packed).unwrap();
    fs::write(site.join("board.json"), manifest.write()).unwrap();
    let ran = place.run(&["import", "site/board.json", "--into", "other"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("`shoe` cannot be read in 1 row"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("row 2"), "{}", ran.err);
    assert!(ran.out.contains("1 new"), "{}", ran.out);
}

#[test]
fn a_site_with_a_published_board_is_added_as_it_is() {
    // Its postings link to a hiring system, which is not what was named.
    let place = Place::new(&SMALL.replace("acme.example/1", "jobs.lever.co/acme/1"));
    place.publish("html");
    let (server, _) = serve(place.path("site"));
    for (address, into) in [
        (server.url("/"), "page"),
        (server.url("/board.json"), "manifest"),
    ] {
        let ran = place.run(&["add", &address, "--into", into]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let listed = fs::read_to_string(place.path(into).join("board.toml")).unwrap();
        assert!(listed.contains(&format!("url = \"{address}\"")), "{listed}");
        let ran = place.run(&[
            "list",
            "--board",
            into,
            "--columns",
            "title",
            "--format",
            "csv",
        ]);
        assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
    }
}

#[test]
fn three_postings_of_a_hundred_cost_less_than_six_bytes_of_a_hundred() {
    let place = Place::new(&postings(0, |_| false));
    let many = |differs: &dyn Fn(usize) -> bool| {
        // A file of a board holds less than a megabyte.
        let text = postings(3000, differs);
        let mut parts = text.split_inclusive("[[posting]]\n");
        let head = parts.next().unwrap().trim_end_matches("[[posting]]\n");
        place.write(head);
        let tables: Vec<_> = parts
            .map(|part| part.trim_end_matches("[[posting]]\n"))
            .collect();
        for (at, tables) in tables.chunks(500).enumerate() {
            let text = tables.iter().fold(String::new(), |text, table| {
                text + "[[posting]]
" + table
            });
            fs::write(place.path(&format!("board/{at}.toml")), text).unwrap();
        }
    };
    many(&|_| false);
    let told = place.publish("board");
    let before = place.chunks();
    let (server, _) = serve(place.path("site"));
    let address = server.url("/board.json");
    let count = || {
        let ran = place.run(&["list", "--board", &address, "--format", "jsonl", "lead"]);
        assert!(
            ran.err.is_empty() || ran.err.contains("0 of 3000"),
            "{}",
            ran.err
        );
        ran.out.lines().count()
    };
    assert_eq!(count(), 0, "{told}");
    many(&|number| number % 33 == 7);
    let told = place.publish("board");
    let (written, bytes) = told
        .trim_end()
        .split_once(" new, ")
        .unwrap()
        .1
        .split_once(" of ")
        .unwrap();
    let (written, bytes): (u64, u64) = (
        written.parse().unwrap(),
        bytes.trim_end_matches(" bytes").parse().unwrap(),
    );
    assert!(written * 100 <= bytes * 6, "{told}");
    assert!(before.iter().all(|name| place.chunks().contains(name)));
    let asked = server.paths().len();
    assert_eq!(count(), 91);
    assert_eq!(server.paths().len() - asked, 3, "{:?}", server.paths());
}

#[test]
fn nothing_is_written_into_a_published_board() {
    let place = Place::new(SMALL);
    for args in [
        &["sync", "https://acme.example/"][..],
        &["fmt", "--board", "https://acme.example/"],
        &[
            "new",
            "posting",
            "Weaver",
            "--board",
            "https://acme.example/",
        ],
        &["preview", "https://acme.example/"],
    ] {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("is a published board"), "{}", ran.err);
    }
    fs::create_dir(place.path("site")).unwrap();
    fs::write(place.path("site/board.json"), "{\"mine\": 1}").unwrap();
    let args = ["export", "--board", "board", "--format", "board"];
    let ran = place.run(&[&args[..], &["--output", "site"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nothing was overwritten"), "{}", ran.err);
}
