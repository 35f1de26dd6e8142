//! A reader of a published board over time: what it keeps of one that comes in part, changes on the way, goes back in time,
//! leads elsewhere, or holds rows of a stranger.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jobdeck::content;
use jobdeck::fetch::{Client, Limits, Reach};
use jobdeck::mirror::{Fetching, Mirror, Refreshed};
use jobdeck::published::{Chunk, Kind, pack, piece};

use super::hostile::{ENOUGH, Reader, is_chunk, manifest, refresh, refresh_within};
use super::{Place, file, postings, serve};
use crate::server::{Server, answer};

#[test]
fn a_server_that_leads_to_a_private_network() {
    let place = Place::new(&postings(3, |_| false));
    place.publish("board");
    let (site, inner) = (place.path("site"), place.path("site"));
    let private = Server::start(move |asked| file(&inner, asked));
    for part in ["board.json", "/board/"] {
        let (site, to) = (site.clone(), private.root.clone());
        let open = Server::start(move |asked| {
            if asked.path.contains(part) {
                let to = format!("location: {to}{}", asked.path);
                return answer(302, &[&to], b"");
            }
            file(&site, asked)
        });
        let mirror = Mirror::new(
            &place.path(part.trim_matches('/')),
            &open.url("/board.json"),
        );
        let reach = Reach::new(false).and_typed([mirror.address()].into_iter());
        let line = refresh_within(&mirror, reach, ENOUGH).unwrap_err();
        assert!(line.contains("private network"), "{line}");
        assert_eq!(private.paths(), [""; 0], "{line}");
    }
    // So does a page that links a board there.
    let to = private.url("/board.json");
    let page = format!(
        "<!doctype html><link rel=alternate type=application/vnd.jobdeck+json href='{to}'>"
    );
    let open = Server::start(move |_| answer(200, &["content-type: text/html"], page.as_bytes()));
    let mirror = Mirror::new(&place.path("cache"), &open.url("/"));
    let reach = Reach::new(false).and_typed([mirror.address()].into_iter());
    let line = refresh_within(&mirror, reach, ENOUGH).unwrap_err();
    assert!(line.contains("private network"), "{line}");
    assert_eq!(private.paths(), [""; 0], "{line}");
}

#[test]
fn ids_that_come_twice_are_told_and_the_first_counts() {
    let place = Place::new(&postings(2, |_| false));
    place.publish("board");
    let site = place.path("site");
    let mut manifest = manifest(&site);
    let chunk = |title: &str| {
        let lines = format!("{{\"id\":\"a\",\"title\":\"{title}\"}}\n");
        let packed = pack(lines.as_bytes());
        let listed = piece(Kind::Postings, lines.as_bytes(), &packed);
        fs::write(site.join(&listed.file), packed).unwrap();
        Chunk {
            rows: 1,
            dropped: Vec::new(),
            ids: ("a".into(), "a".into()),
            newest: None,
            postings: listed,
            descriptions: None,
        }
    };
    manifest.chunks = vec![chunk("First"), chunk("Second")];
    fs::write(site.join("board.json"), manifest.write()).unwrap();
    let (server, _) = serve(site.clone());
    let address = server.url("/board.json");
    let ran = place.run(&[
        "list",
        "--board",
        &address,
        "--columns",
        "title",
        "--format",
        "csv",
    ]);
    assert_eq!(ran.out, "title\nFirst\n");
    let mirror = Mirror::new(&place.path("cache/jobdeck"), &address);
    let loaded = content::load(mirror.folder()).unwrap();
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    assert!(
        loaded.problems[0].to_string().contains("`a`"),
        "{}",
        loaded.problems[0]
    );
}

#[test]
fn a_manifest_that_changes_while_its_chunks_are_fetched() {
    // The new state comes as soon as a chunk of the old one was asked for, and the old chunks are gone.
    let reader = Reader::new();
    let (first, second) = (reader.place.path("first"), reader.place.path("site"));
    let is_new = Arc::new(AtomicBool::new(false));
    let new = Arc::clone(&is_new);
    let server = Server::start(move |asked| {
        if is_chunk(asked) && asked.path.contains("postings") {
            new.store(true, Ordering::SeqCst);
        }
        let folder = if new.load(Ordering::SeqCst) {
            &second
        } else {
            &first
        };
        // Only what the manifest of this moment lists.
        let listed = manifest(folder);
        let is_listed = listed
            .pieces()
            .any(|(_, piece)| asked.path.ends_with(&piece.file));
        if is_chunk(asked) && !is_listed {
            return answer(404, &[], b"");
        }
        file(folder, asked)
    });
    let mirror = reader.mirror(&server);
    let line = refresh(&mirror).unwrap_err();
    assert!(line.contains("half updated"), "{line}");
    assert_eq!(refresh(&mirror), Ok(Refreshed::Updated));
    let titles = Reader::titles(&mirror);
    assert_eq!(titles.iter().filter(|title| *title == "Lead").count(), 20);
    assert_eq!(titles.len(), 40);
}

#[test]
fn a_server_that_goes_back_in_time() {
    let reader = Reader::new();
    let folder = |name: &str| reader.place.path(name);
    let dated = |site: PathBuf, moment: &str| {
        let mut manifest = manifest(&site);
        moment.clone_into(&mut manifest.generated);
        fs::write(site.join("board.json"), manifest.write()).unwrap();
    };
    dated(folder("first"), "2026-11-20T08:00:00Z");
    dated(folder("site"), "2026-11-28T08:00:00Z");
    let old = Arc::new(AtomicBool::new(false));
    let (is_old, first, site) = (Arc::clone(&old), folder("first"), folder("site"));
    let server = Server::start(move |asked| {
        file(
            if is_old.load(Ordering::SeqCst) {
                &first
            } else {
                &site
            },
            asked,
        )
    });
    let mirror = reader.mirror(&server);
    refresh(&mirror).unwrap();
    let before = Reader::titles(&mirror);
    old.store(true, Ordering::SeqCst);
    assert_eq!(
        refresh(&mirror).unwrap_err(),
        "the server sent an older board (of 2026-11-20 08:00 UTC) than the one kept here (of 2026-11-28 08:00 UTC)"
    );
    assert_eq!(Reader::titles(&mirror), before);
    // A clock that was wrong once does not keep readers from everything later.
    dated(folder("site"), "2999-01-01T00:00:00Z");
    old.store(false, Ordering::SeqCst);
    assert_eq!(refresh(&mirror), Ok(Refreshed::Updated));
    dated(folder("site"), "2026-11-29T08:00:00Z");
    assert_eq!(refresh(&mirror), Ok(Refreshed::Updated));
}

#[test]
fn a_server_that_asks_for_patience() {
    let place = Place::new(&postings(3, |_| false));
    place.publish("board");
    let site = place.path("site");
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/board.json" => file(&site, asked),
        _ => answer(429, &["retry-after: 3600"], b""),
    });
    let mirror = Mirror::new(&place.path("cache"), &server.url("/board.json"));
    let line = refresh(&mirror).unwrap_err();
    assert!(line.contains("retry after"), "{line}");
    // None of the chunks was asked for again.
    let mut paths = server.paths();
    paths.retain(|path| path.starts_with("/board/"));
    let asked = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), asked);
}

#[test]
fn rows_of_a_stranger_pass_the_gate_or_are_told() {
    let place = Place::new(&postings(1, |_| false));
    place.publish("board");
    let site = place.path("site");
    let mut manifest = manifest(&site);
    let lines = "{\"id\":\"a\\u001b]0;x\\u0007\",\"title\":\"\\u202eevil\"}\n\
        {\"id\":\"../../b\",\"title\":\"Up\",\"url\":\"file:///etc/passwd\"}\n\
        {\"id\":\"c d\",\"title\":\"x\"}\n\
        [1]\n\
        {\"title\":\"no id\"}\n\
        {\"id\":\"e\",\"title\":\"E\",\"description\":7,\"salary\":[{\"min\":-1}]}\n";
    let packed = pack(lines.as_bytes());
    let listed = piece(Kind::Postings, lines.as_bytes(), &packed);
    fs::write(site.join(&listed.file), packed).unwrap();
    manifest.chunks[0].rows = 6;
    manifest.chunks[0].postings = listed;
    manifest.chunks[0].descriptions = None;
    manifest.postings = 6;
    "\u{1b}[2JAcme".clone_into(&mut manifest.name);
    manifest.url = Some("javascript:alert(1)".to_owned());
    fs::write(site.join("board.json"), manifest.write()).unwrap();
    let server = Server::start(move |asked| file(&site, asked));
    let mirror = Mirror::new(&place.path("cache"), &server.url("/board.json"));
    refresh(&mirror).unwrap();
    let loaded = content::load(mirror.folder()).unwrap();
    let board = loaded.board;
    assert!(!board.name.contains('\u{1b}'));
    assert_eq!(board.url, None);
    assert_eq!(board.len(), 3);
    for posting in board.postings() {
        let shown = format!("{} {}", posting.id, posting.title);
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{shown:?}"
        );
        assert_eq!(posting.url, None);
    }
    let told: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(loaded.problems.len(), 7, "{told:#?}");
}

#[test]
fn a_board_that_has_come_in_part_is_shown_and_goes_on_where_it_stopped() {
    let reader = Reader::new();
    let site = reader.place.path("site");
    let is_sound = Arc::new(AtomicBool::new(false));
    let sound = Arc::clone(&is_sound);
    let server = Server::start(move |asked| {
        if asked.path.contains("descriptions") && !sound.load(Ordering::SeqCst) {
            return answer(404, &[], b"");
        }
        file(&site, asked)
    });
    let mirror = reader.mirror(&server);
    assert!(refresh(&mirror).is_err());
    assert!(mirror.is_here() && !mirror.is_whole());
    let loaded = content::load(mirror.folder()).unwrap();
    assert_eq!((loaded.board.len(), loaded.problems.len()), (40, 0));
    is_sound.store(true, Ordering::SeqCst);
    let asked = server.paths().len();
    assert_eq!(refresh(&mirror), Ok(Refreshed::Updated));
    assert!(mirror.is_whole());
    let again = server.paths().split_off(asked);
    assert!(
        again.iter().all(|path| !path.contains("postings")),
        "{again:?}"
    );
    assert_eq!(Reader::titles(&mirror).len(), 40);
    assert_eq!(refresh(&mirror), Ok(Refreshed::Same));
}

#[test]
fn the_description_of_the_posting_being_read_comes_first() {
    let place = Place::new(&postings(1, |_| false));
    place.publish("board");
    let site = place.path("site");
    let mut manifest = manifest(&site);
    let put = |kind, lines: String| {
        let packed = pack(lines.as_bytes());
        let listed = piece(kind, lines.as_bytes(), &packed);
        fs::write(site.join(&listed.file), packed).unwrap();
        listed
    };
    let chunks = (0..12).map(|number| {
        let id = format!("p{number:02}");
        let posting = format!("{{\"id\":\"{id}\",\"title\":\"{id}\"}}\n");
        let description = format!("{{\"description\":\"About {id}\",\"id\":\"{id}\"}}\n");
        Chunk {
            rows: 1,
            dropped: Vec::new(),
            ids: (id.clone(), id),
            newest: None,
            postings: put(Kind::Postings, posting),
            descriptions: Some(put(Kind::Descriptions, description)),
        }
    });
    manifest.chunks = chunks.collect();
    manifest.postings = 12;
    fs::write(site.join("board.json"), manifest.write()).unwrap();
    let is_sound = Arc::new(AtomicBool::new(false));
    let sound = Arc::clone(&is_sound);
    let server = Server::start(move |asked| {
        if asked.path.contains("descriptions") && !sound.load(Ordering::SeqCst) {
            return answer(404, &[], b"");
        }
        file(&site, asked)
    });
    // All postings come, and then the last one is read.
    let mirror = Mirror::new(&place.path("cache"), &server.url("/board.json"));
    assert!(refresh(&mirror).is_err());
    is_sound.store(true, Ordering::SeqCst);
    let asked = server.paths().len();
    let client = Client::new(Reach::new(true), Limits::default(), None);
    let shown = AtomicUsize::new(0);
    let fetching = Fetching {
        client: &client,
        pause: &|_| true,
        watch: &|step| {
            shown.fetch_add(usize::from(step.is_shown), Ordering::SeqCst);
            true
        },
        shown: &|| Some("p11".to_owned()),
    };
    assert_eq!(mirror.refresh(fetching).unwrap(), Refreshed::Updated);
    assert_eq!(shown.into_inner(), 1);
    let mut paths = server.paths().split_off(asked);
    paths.retain(|path| path.contains("descriptions"));
    let wanted = manifest.chunks[11].descriptions.as_ref().unwrap();
    let at = paths
        .iter()
        .position(|path| path.ends_with(&wanted.file))
        .unwrap();
    // Four are requested at once, and a few may overtake it on their way; it would be the last.
    assert!(at < 8, "{at}: {paths:?}");
    assert_eq!(paths.len(), 12);
}
