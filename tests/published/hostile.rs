//! A published board on servers that are wrong in every way a server can be: one clear line each, what was here before
//! stays as it was, and never a board of two states.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jobdeck::content;
use jobdeck::fetch::{Client, Limits, Reach};
use jobdeck::mirror::{Fetching, Mirror, Refreshed};
use jobdeck::published::{Manifest, pack};

use super::{Place, file, postings};
use crate::server::{Asked, Server, Step, answer};

/// A board in two states, the first of them already in a reader's cache where that is wanted.
pub struct Reader {
    pub place: Place,
}

/// What a bad server does with a request, if anything.
type Bad = fn(&Asked, &Path) -> Option<Vec<Step>>;

impl Reader {
    pub fn new() -> Self {
        let place = Place::new(&postings(40, |_| false));
        place.publish("board");
        copy(&place.path("site"), &place.path("first"));
        place.write(&postings(40, |number| number % 2 == 0));
        place.publish("board");
        Self { place }
    }

    pub fn mirror(&self, server: &Server) -> Mirror {
        Mirror::new(&self.place.path("cache"), &server.url("/board.json"))
    }

    /// The titles of the board that is in the cache.
    pub fn titles(mirror: &Mirror) -> Vec<String> {
        let loaded = content::load(mirror.folder()).unwrap();
        assert_eq!(loaded.problems, []);
        let mut titles: Vec<_> = loaded
            .board
            .postings()
            .map(|posting| {
                assert!(posting.description.contains("## About"));
                posting.title.split(' ').next().unwrap().to_owned()
            })
            .collect();
        titles.sort();
        titles
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("board")).unwrap();
    fs::copy(from.join("board.json"), to.join("board.json")).unwrap();
    for entry in from.join("board").read_dir().unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join("board").join(entry.file_name())).unwrap();
    }
}

/// A small response that unpacks to a large one.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| pack(&vec![b'['; 17 << 20]));
/// Time for a server that answers.
pub const ENOUGH: Duration = Duration::from_mins(1);

pub fn refresh(mirror: &Mirror) -> Result<Refreshed, String> {
    refresh_within(mirror, Reach::new(true), ENOUGH)
}

pub fn refresh_within(mirror: &Mirror, reach: Reach, whole: Duration) -> Result<Refreshed, String> {
    let limits = Limits {
        whole,
        ..Limits::default()
    };
    let client = Client::new(reach, limits, None);
    let fetching = Fetching {
        client: &client,
        // No test waits for a server to recover.
        pause: &|_| true,
        watch: &|_| true,
        shown: &|| None,
    };
    mirror.refresh(fetching).map_err(|error| error.to_string())
}

/// What a reader is told of a server that serves the second state badly, before and after having had the first one.
fn told(bad: Bad) -> [String; 2] {
    told_within(bad, ENOUGH)
}

/// The same of a reader who waits this long for a document.
fn told_within(bad: Bad, whole: Duration) -> [String; 2] {
    let try_to = |mirror: &Mirror| refresh_within(mirror, Reach::new(true), whole).unwrap_err();
    let reader = Reader::new();
    let (first, second) = (reader.place.path("first"), reader.place.path("site"));
    let new = Arc::new(AtomicBool::new(true));
    let is_new = Arc::clone(&new);
    let server = Server::start(move |asked| {
        if !is_new.load(Ordering::SeqCst) {
            return file(&first, asked);
        }
        bad(asked, &second).unwrap_or_else(|| file(&second, asked))
    });
    let mirror = reader.mirror(&server);
    let at_first = try_to(&mirror);
    let some = mirror.is_here().then(|| Reader::titles_here(&mirror));
    assert!(some.is_none_or(|titles| titles.len() <= 40));
    // Whoever has a board keeps all of it.
    fs::remove_dir_all(reader.place.path("cache")).unwrap();
    new.store(false, Ordering::SeqCst);
    assert_eq!(refresh(&mirror), Ok(Refreshed::Updated));
    let before = Reader::titles(&mirror);
    assert_eq!(before, vec!["Engineer"; 40]);
    new.store(true, Ordering::SeqCst);
    let later = try_to(&mirror);
    assert_eq!(Reader::titles(&mirror), before, "{later}");
    // And has the new one as soon as the server is sound.
    let sound = reader.place.path("site");
    let server = Server::start(move |asked| file(&sound, asked));
    let moved = Mirror::new(&reader.place.path("cache"), &server.url("/board.json"));
    assert_eq!(refresh(&moved), Ok(Refreshed::Updated));
    assert_eq!(
        Reader::titles(&moved)
            .iter()
            .filter(|title| *title == "Lead")
            .count(),
        20
    );
    [at_first, later].map(|line| {
        assert_eq!(line.lines().count(), 1, "{line}");
        line.replace(&server.root, "ROOT")
    })
}

impl Reader {
    /// As many titles as have come.
    fn titles_here(mirror: &Mirror) -> Vec<String> {
        let board = content::load(mirror.folder()).unwrap().board;
        board
            .postings()
            .map(|posting| posting.title.clone())
            .collect()
    }
}

pub fn is_chunk(asked: &Asked) -> bool {
    asked.path.starts_with("/board/")
}

pub fn manifest(site: &Path) -> Manifest {
    Manifest::read(&fs::read(site.join("board.json")).unwrap()).unwrap()
}

#[track_caller]
fn both_say(bad: Bad, what: &str) {
    for line in told(bad) {
        assert!(line.contains(what), "{line}");
    }
}

#[test]
fn a_server_that_cuts_a_chunk_short() {
    both_say(
        |asked, site| {
            let bytes = fs::read(site.join(asked.path.trim_start_matches('/'))).ok()?;
            is_chunk(asked).then(|| answer(200, &[], &bytes[..bytes.len() / 2]))
        },
        "is damaged: it cannot be unpacked",
    );
    both_say(
        |asked, _| {
            let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n\x1f\x8b";
            is_chunk(asked).then(|| vec![Step::Send(cut.to_vec()), Step::Close])
        },
        "the connection was cut after 2 bytes",
    );
}

#[test]
fn a_server_that_swaps_chunks() {
    both_say(
        |asked, site| {
            let manifest = manifest(site);
            let other = manifest.chunks.first()?.descriptions.as_ref()?;
            let bytes = fs::read(site.join(&other.file)).ok()?;
            asked
                .path
                .contains("postings")
                .then(|| answer(200, &[], &bytes))
        },
        "is larger than",
    );
    both_say(
        |asked, _| {
            is_chunk(asked).then(|| answer(200, &[], &pack(b"{\"id\":\"x\",\"title\":\"X\"}\n")))
        },
        "is not the file that the manifest lists",
    );
}

#[test]
fn a_server_that_is_half_updated() {
    both_say(
        |asked, _| is_chunk(asked).then(|| answer(404, &[], b"<html>")),
        "it may be half updated; try again later",
    );
}

#[test]
fn a_server_that_never_ends() {
    both_say(
        |asked, _| {
            let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            is_chunk(asked).then(|| {
                vec![
                    Step::Send(head.to_vec()),
                    Step::Endless(b"4\r\n\x1f\x8bxx\r\n".to_vec()),
                ]
            })
        },
        "is larger than",
    );
    let hangs: Bad = |asked, _| is_chunk(asked).then(|| vec![Step::Hang]);
    for line in told_within(hangs, Duration::from_millis(500)) {
        assert!(line.contains("took longer than"), "{line}");
    }
}

#[test]
fn a_server_that_sends_a_bomb() {
    both_say(
        |asked, _| is_chunk(asked).then(|| answer(200, &[], &pack(&vec![b' '; 1 << 20]))),
        "is larger than",
    );
}

#[test]
fn a_server_that_lies_in_its_manifest() {
    both_say(
        |asked, site| {
            let mut manifest = manifest(site);
            manifest.postings += 1;
            (asked.path == "/board.json").then(|| answer(200, &[], &manifest.write()))
        },
        "it says 41 postings, and its chunks have 40",
    );
    both_say(
        |asked, site| {
            let mut manifest = manifest(site);
            manifest.chunks[0].postings.file = "../../../etc/passwd".to_owned();
            (asked.path == "/board.json").then(|| answer(200, &[], &manifest.write()))
        },
        "is not the name of a chunk",
    );
    both_say(
        |asked, _| {
            (asked.path == "/board.json").then(|| answer(200, &[], b"<html>Not here</html>"))
        },
        "is no published board, and links none",
    );
}

#[test]
fn a_server_that_answers_with_something_else() {
    // A page of its own instead of an error.
    both_say(
        |asked, _| {
            is_chunk(asked).then(|| answer(200, &["content-type: text/html"], b"<html>Gone</html>"))
        },
        "is not the file that the manifest lists",
    );
    // Less than announced, and nothing at all.
    both_say(
        |asked, site| {
            let bytes = fs::read(site.join(asked.path.trim_start_matches('/'))).ok()?;
            is_chunk(asked).then(|| answer(200, &[], &bytes[..1]))
        },
        "is not the file that the manifest lists",
    );
    for status in [204, 206, 304] {
        let line = match status {
            204 => told(|asked, _| is_chunk(asked).then(|| answer(204, &[], b""))),
            206 => told(|asked, _| is_chunk(asked).then(|| answer(206, &[], b"x"))),
            _ => told(|asked, _| is_chunk(asked).then(|| answer(304, &[], b""))),
        };
        assert!(
            line.iter().all(|line| line.contains(&status.to_string())),
            "{line:?}"
        );
    }
    // Packed twice, the second time as in transit.
    both_say(
        |asked, _| {
            let bomb = pack(&pack(&vec![b' '; 1 << 20]));
            is_chunk(asked).then(|| answer(200, &["content-encoding: gzip"], &bomb))
        },
        "is ",
    );
}

#[test]
fn a_server_whose_manifest_is_huge_or_a_bomb() {
    both_say(
        |asked, _| {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n{\"jobdeck\":1,";
            (asked.path == "/board.json").then(|| vec![Step::Send(head.to_vec()), Step::Hang])
        },
        "is larger than 32 MiB",
    );
    both_say(
        |asked, _| {
            (asked.path == "/board.json").then(|| answer(200, &["content-encoding: gzip"], &BOMB))
        },
        "unpacks to more than 100 times its size",
    );
    both_say(
        |asked, _| {
            let deep = format!("{{\"jobdeck\":1,\"chunks\":{}", "[".repeat(1 << 20));
            (asked.path == "/board.json").then(|| answer(200, &[], deep.as_bytes()))
        },
        "is no",
    );
    let place = Place::new("");
    let server = Server::start(|_| answer(304, &[], b""));
    let mirror = Mirror::new(&place.path("cache"), &server.url("/board.json"));
    let line = refresh(&mirror).unwrap_err();
    assert!(line.contains("304"), "{line}");
    assert!(!mirror.is_here());
}
