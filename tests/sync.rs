//! Retries of a sync, and syncing from several servers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jobdeck::board::Date;
use jobdeck::content;
use jobdeck::content::source_store::EditPolicy;
use jobdeck::fetch::{Client, Limits, Reach};
use jobdeck::sync::{self, Pause, RetryPolicy, Source, State, Step as Did, SyncRun, Synced, TRIES};

use serde_json::Value;

use super::server::{Asked, Server, Step, answer, json};

const ROWS: &str = r#"[{"id": "1", "title": "Glaciologist"}]"#;

fn sources(board: &Path, urls: &[String]) -> Vec<Source> {
    let tables = urls.iter().enumerate().map(|(at, url)| {
        format!("[[source]]\nname = \"s{at}\"\nurl = \"{url}\"\nformat = \"json\"\n")
    });
    fs::write(board.join("board.toml"), tables.collect::<String>()).unwrap();
    let (listed, problems) = content::sources(board).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    sync::sources(&listed)
}

/// Syncs a new board from these addresses; returns the results and the waits that would have occurred.
fn synced(urls: &[String], told: sync::ProgressCallback<'_>) -> (Vec<Synced>, Vec<Duration>) {
    let board = tempfile::tempdir().unwrap();
    let sources = sources(board.path(), urls);
    let waited = Arc::new(Mutex::new(Vec::new()));
    let waits = Arc::clone(&waited);
    let pause: Pause = Arc::new(move |time| {
        waits.lock().unwrap().push(time);
        true
    });
    let client = Client::new(Reach::new(true), Limits::default(), None);
    let sync_run = SyncRun {
        board: board.path(),
        client: &client,
        retry_policy: RetryPolicy {
            tries: TRIES,
            pause,
        },
        validator_cache: None,
        today: Date::constant(2026, 1, 6),
        dry_run: false,
        edits: EditPolicy::Keep,
        close_all: false,
    };
    let synced = sync_run.run(&sources, told);
    let waited = waited.lock().unwrap().clone();
    (synced, waited)
}

/// A server that fails a number of times, then responds correctly.
fn at_first(times: usize, bad: impl Fn() -> Vec<Step> + Send + Sync + 'static) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |_: &Asked| {
        if asked.fetch_add(1, Ordering::SeqCst) < times {
            bad()
        } else {
            json(ROWS)
        }
    })
}

fn seconds(of: &[u64]) -> Vec<Duration> {
    of.iter()
        .map(|seconds| Duration::from_secs(*seconds))
        .collect()
}

#[test]
fn a_server_that_has_a_bad_moment_is_asked_again_later() {
    let with_retries = |server: &Server| {
        let (synced, waited) = synced(&[server.url("/")], &|_, _| true);
        (synced[0].state.clone(), waited)
    };
    let server = at_first(2, || answer(503, &[], b""));
    assert_eq!(with_retries(&server), (State::Whole, seconds(&[1, 2])));
    let server = at_first(1, || answer(429, &["retry-after: 7"], b""));
    assert_eq!(with_retries(&server), (State::Whole, seconds(&[7])));
    let server = at_first(1, || vec![Step::Close]);
    assert_eq!(with_retries(&server), (State::Whole, seconds(&[1])));
    // Not forever, not for unreasonably long, and not if retrying is useless.
    let failed = |said: &str| State::Failed(said.to_owned());
    let server = at_first(9, || answer(500, &[], b""));
    let said = failed("the server answered 500 (server error)");
    assert_eq!(with_retries(&server), (said, seconds(&[1, 2, 4])));
    let server = at_first(9, || answer(429, &["retry-after: 3600"], b""));
    let said = failed("the server answered 429 (too many requests); retry after 3600 s");
    assert_eq!(with_retries(&server), (said, Vec::new()));
    let server = at_first(9, || answer(404, &[], b""));
    let said = failed("the server answered 404 (not found)");
    assert_eq!(with_retries(&server), (said, Vec::new()));
    assert_eq!(server.paths().len(), 1);
}

#[test]
fn one_server_is_asked_one_thing_at_a_time_with_a_pause_between() {
    let at_once = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&at_once);
    let server = Server::start(move |_| {
        assert_eq!(counted.fetch_add(1, Ordering::SeqCst), 0);
        counted.fetch_sub(1, Ordering::SeqCst);
        json(ROWS)
    });
    let urls: Vec<_> = (0..5).map(|at| server.url(&format!("/{at}"))).collect();
    let (synced, waited) = synced(&urls, &|_, _| true);
    assert!(synced.iter().all(|synced| synced.merged.new == 1));
    assert_eq!(waited, vec![Duration::from_millis(250); 4]);
    assert_eq!(server.paths(), ["/0", "/1", "/2", "/3", "/4"]);
}

#[test]
fn several_servers_are_asked_at_the_same_time() {
    // Each responds only after all were requested.
    let all = Arc::new(std::sync::Barrier::new(3));
    let servers: Vec<_> = (0..3)
        .map(|_| {
            let all = Arc::clone(&all);
            Server::start(move |_| {
                all.wait();
                json(ROWS)
            })
        })
        .collect();
    let urls: Vec<_> = servers.iter().map(|server| server.url("/")).collect();
    let (synced, _) = synced(&urls, &|_, _| true);
    assert!(synced.iter().all(|synced| synced.state == State::Whole));
}

#[test]
fn a_sync_can_be_stopped_and_shows_progress() {
    let server = Server::start(|_| json(ROWS));
    let urls = [server.url("/a"), server.url("/b")];
    let did = Mutex::new(Vec::new());
    let (synced, _) = synced(&urls, &|at, step| {
        let what = match step {
            Did::Asking => "asking",
            Did::Bytes(0) => return true,
            Did::Bytes(_) => "bytes",
            Did::Waiting(_) => "waiting",
            Did::Writing => "writing",
            Did::Done(_) => "done",
        };
        did.lock().unwrap().push((at, what));
        !(at == 1 && what == "bytes")
    });
    assert_eq!(synced[0].state, State::Whole);
    assert_eq!(synced[1].state, State::Failed("was cancelled".into()));
    assert_eq!(
        *did.lock().unwrap(),
        [
            (0, "asking"),
            (0, "bytes"),
            (0, "writing"),
            (0, "done"),
            (1, "asking"),
            (1, "bytes"),
            (1, "done"),
        ]
    );
}

/// Every posting of a source's folder, by its id, as it is written.
fn written(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for posting in text.split("\n[[posting]]\n").skip(1) {
            let (id, _) = posting.split_once('\n').unwrap();
            found.insert(id.to_owned(), posting.trim_end().to_owned());
        }
    }
    found
}

/// Postings of an index: title, location and address.
fn index(packed: &[u8]) -> BTreeMap<u64, [String; 3]> {
    let rows: Value = serde_json::from_reader(flate2::read::GzDecoder::new(packed)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let said = |row: &Value| ["title", "location", "absolute_url"].map(|key| text(&row[key]));
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (row["id"].as_u64().unwrap(), said(row)))
        .collect()
}

/// Two days of a real index of postings. Set `JOBDECK_REAL_DATA` to its folder.
#[test]
fn two_real_days_differ_only_in_real_changes() {
    let Some(data) = std::env::var_os("JOBDECK_REAL_DATA") else {
        eprintln!("skipped: JOBDECK_REAL_DATA is not set");
        return;
    };
    let day = |day: i8| {
        let name = format!("large/ats-index-2026-01-{day:02}.json.gz");
        let packed = fs::read(Path::new(&data).join(name)).unwrap();
        Arc::new(packed)
    };
    let now = Arc::new(Mutex::new(day(6)));
    let document = Arc::clone(&now);
    let server = Server::start(move |_| {
        let packed = Arc::clone(&document.lock().unwrap());
        let headers = ["content-type: application/json", "content-encoding: gzip"];
        answer(200, &headers, &packed)
    });
    let board = tempfile::tempdir().unwrap();
    let url = server.url("/index.json");
    let table = format!("[[source]]\nname = \"index\"\nurl = \"{url}\"\n");
    fs::write(board.path().join("board.toml"), table).unwrap();
    let sources = sync::sources(&content::sources(board.path()).unwrap().0);
    let client = Client::new(Reach::new(true), Limits::default(), None);
    let mut sync_run = SyncRun {
        board: board.path(),
        client: &client,
        retry_policy: RetryPolicy {
            tries: 1,
            pause: Arc::new(|_| true),
        },
        validator_cache: None,
        today: Date::constant(2026, 1, 6),
        dry_run: false,
        edits: EditPolicy::Keep,
        close_all: false,
    };
    let start = Instant::now();
    let first = sync_run.run(&sources, &|_, _| true);
    eprintln!("6 January, {:?}: {:?}", start.elapsed(), first[0].merged);
    assert_eq!(first[0].state, State::Whole);
    let folder = board.path().join("index");
    let before = written(&folder);

    *now.lock().unwrap() = day(7);
    sync_run.today = Date::constant(2026, 1, 7);
    let start = Instant::now();
    let second = sync_run.run(&sources, &|_, _| true);
    let merged = second[0].merged;
    eprintln!("7 January, {:?}: {merged:?}", start.elapsed());
    let after = written(&folder);
    let differ = before.iter().filter(|(id, text)| after[*id] != **text);
    assert_eq!(differ.count(), merged.changed + merged.closed);
    assert_eq!(after.len(), before.len() + merged.new);
    assert_eq!((merged.new, merged.closed), (3524, 2606));
    // More than half of the changes are in white space, which boards do not keep.
    let (days, again) = (index(&day(6)), index(&day(7)));
    let changed = |fold: &dyn Fn(&str) -> String| {
        let same = |id: &u64, row: &[String; 3]| {
            let other = again.get(id)?;
            Some(row.iter().zip(other).all(|(a, b)| fold(a) == fold(b)))
        };
        days.iter()
            .filter(|(id, row)| same(id, row) == Some(false))
            .count()
    };
    assert_eq!(changed(&str::to_owned), 1053);
    assert_eq!(changed(&jobdeck::board::text::line), merged.changed);
    assert_eq!(merged.changed, 475);
    let loaded = content::load(board.path()).unwrap();
    assert_eq!(loaded.board.postings().len(), after.len());
    let start = Instant::now();
    let third = sync_run.run(&sources, &|_, _| true);
    eprintln!("again, {:?}: {:?}", start.elapsed(), third[0].merged);
    assert_eq!(third[0].merged.files, 0);
    assert_eq!(written(&folder), after);
}
