//! Records are fetched once, and kept in the cache.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jobdeck::board::{Board, Posting};
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request};

use super::server::Server;

fn publish_on(address: &Address, titles: &[&str]) {
    let postings = titles.iter().map(|title| Posting {
        id: title.to_lowercase(),
        title: (*title).into(),
        ..Posting::default()
    });
    let board = Board::new("Town".into(), postings.collect(), Vec::new());
    publish(address, &Arc::new(Index::new(Arc::new(board))), true).unwrap();
}

/// Titles that a query finds after opening the board with a cache.
fn found(address: &Address, cache: &Path, query: &str) -> Vec<String> {
    let mut engine = Engine::new(address.clone(), Vec::new()).caching_in(cache);
    let index = engine.open(&[], &|| false).unwrap();
    let request = Request {
        query: parse(query),
        limit: 9,
        ..Request::default()
    };
    let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
    let rows = found.rows.iter();
    rows.map(|row| index.posting(*row).title.clone()).collect()
}

fn files(cache: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(cache.join("servers")) else {
        return Vec::new();
    };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            format!("{name}\n{}", fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn records_are_fetched_once_and_again_if_the_cache_is_damaged_or_old() {
    let Some(server) = Server::start() else {
        return;
    };
    let written = server.address("town");
    let written = written.replace("jobdeck@", "jobdeck:secret@");
    let address = Address::new(&written, &|_| None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path();
    publish_on(&address, &["Weaver", "Baker"]);
    assert_eq!(found(&address, cache, "weaver"), ["Weaver"]);
    let [kept] = files(cache).try_into().unwrap();
    for secret in ["secret", "jobdeck", "127.0.0.1"] {
        assert!(!kept.contains(secret), "{kept}");
    }
    // The server's records are not asked for again: it would refuse.
    server.sql("ALTER TABLE town.record_1 RENAME TO away");
    assert_eq!(found(&address, cache, "weaver"), ["Weaver"]);
    assert_eq!(found(&address, cache, "baker"), ["Baker"]);
    server.sql("ALTER TABLE town.away RENAME TO record_1");
    // A damaged file is fetched again, and mended.
    let name = cache.join("servers").join(kept.lines().next().unwrap());
    fs::write(&name, &kept[20..]).unwrap();
    assert_eq!(found(&address, cache, "weaver"), ["Weaver"]);
    assert_eq!(files(cache), [kept.as_str()]);
    // The next generation takes its place.
    publish_on(&address, &["Weaver", "Cooper"]);
    assert_eq!(found(&address, cache, "cooper"), ["Cooper"]);
    assert_eq!(found(&address, cache, "baker"), Vec::<String>::new());
    let [next] = files(cache).try_into().unwrap();
    assert!(next.contains("Cooper") && !next.contains("Baker"), "{next}");
    // So does another one of the same number, as after the server was restored.
    server.sql("DROP SCHEMA town CASCADE");
    publish_on(&address, &["Weaver"]);
    let lineage = format!(
        "UPDATE town.generation SET lineage = '{}'",
        next.split('"').nth(1).unwrap()
    );
    server.sql(&lineage);
    publish_on(&address, &["Weaver", "Miller"]);
    assert_eq!(found(&address, cache, "miller"), ["Miller"]);
    // A cache that cannot be written is done without.
    assert_eq!(found(&address, &name, "miller"), ["Miller"]);
}
