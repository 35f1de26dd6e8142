//! `text:` on a server that has an index of trigrams.

use std::sync::Arc;

use jobdeck::board::{Board, Posting};
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request, Searcher};

use super::server::Server;

/// Common words, and some that few descriptions have.
const WORDS: &[&str] = &[
    "we", "build", "looms", "and", "mills", "for", "towns", "by", "the", "river", "with", "care",
];
const RARE: &[&str] = &[
    "heddles",
    "100% wool",
    "warp_knit",
    "c:\\loom",
    "Größe",
    "GRÖSSE",
    "ox",
    "İstanbul",
];

/// Postings with descriptions of a hundred words.
fn board() -> Board {
    let postings = (0..4000usize).map(|at| {
        let mut seed = at as u64 + 1;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % most
        };
        let mut words: Vec<&str> = (0..100).map(|_| WORDS[next(WORDS.len())]).collect();
        if at % 40 == 0 {
            words[next(100)] = RARE[at / 40 % RARE.len()];
        }
        Posting {
            id: format!("p{at}"),
            title: format!("Weaver {}", at % 50),
            description: if at % 10 == 9 {
                String::new()
            } else {
                words.join(" ")
            },
            ..Posting::default()
        }
    });
    Board::new("Mill".into(), postings.collect(), Vec::new())
}

#[test]
fn texts_are_found_by_an_index_and_are_those_found_in_memory() {
    let Some(server) = Server::start() else {
        return;
    };
    let has = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'";
    if server.sql(has) == "0" {
        println!("skipped: the extension pg_trgm is not installed");
        return;
    }
    let index = Arc::new(Index::new(Arc::new(board())));
    // Two boards of one server share the extension.
    for schema in ["mill", "mine"] {
        let address = Address::new(&server.address(schema), &|_| None).unwrap();
        publish(&address, &index, true).unwrap();
    }
    server.sql("DROP SCHEMA mine CASCADE");
    // The server writes its plans of statements to its log.
    for setting in [
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
    ] {
        server.sql(&format!("ALTER DATABASE postgres SET {setting}"));
    }
    let address = Address::new(&server.address("mill"), &|_| None).unwrap();
    let mut there = Engine::new(address, Vec::new());
    let remote = there.open(&[], &|| false).unwrap();
    let mut here = Searcher::new(Arc::clone(&index));
    for (query, is_indexed) in [
        ("text:heddles", true),
        ("text:eddle", true),
        ("text:\"100% wool\"", true),
        ("text:warp_knit", true),
        ("text:c:\\loom", true),
        ("text:grösse", true),
        ("text:istanbul", true),
        ("text:'heddles'", true),
        ("text:^we", false),
        ("text:heddles weaver", true),
        ("!text:eddles", true),
        // Too short for trigrams.
        ("text:ox", false),
        ("text:%", false),
        ("text:none", false),
    ] {
        let request = Request {
            query: parse(query),
            limit: 5000,
            ..Request::default()
        };
        let before = server.log().len();
        let found = there.search(&request, &|| false, &mut |_| {}).unwrap();
        let ids = |index: &Index, rows: &[jobdeck::search::Row]| -> Vec<String> {
            let rows = rows.iter();
            rows.map(|row| index.posting(*row).id.clone()).collect()
        };
        let expected = here.search(&request, &|| false).unwrap();
        assert_eq!(
            (found.total, ids(&remote, &found.rows)),
            (expected.total, ids(&index, &expected.rows)),
            "{query}"
        );
        let plans = &server.log()[before..];
        let uses = plans.contains("Index Scan on body_text");
        assert_eq!(uses, is_indexed, "{query}: {plans}");
    }
}
