//! A board that is spread over several servers.

use std::collections::HashMap;
use std::sync::Arc;

use jobdeck::board::Posting;
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request, Row, Searcher};

use super::engines::{TODAY, many};
use super::server::Server;

const QUERIES: [&str; 8] = [
    "",
    "engineer",
    "software engineer",
    "data scientist berlin",
    "team:data",
    "loc:seattle lead",
    "!senior sort:title",
    "sort:company nurse",
];

fn request(query: &str, limit: usize) -> Request {
    Request {
        query: parse(query),
        today: TODAY,
        limit,
        ..Request::default()
    }
}

fn ids(index: &Index, rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| index.posting(*row).id.clone())
        .collect()
}

#[test]
fn a_board_on_three_servers_does_without_one_of_them() {
    let Some(front) = Server::start() else {
        return;
    };
    let (one, two) = (Server::start().unwrap(), Server::start().unwrap());
    front.sql("CREATE EXTENSION postgres_fdw; CREATE EXTENSION dblink");
    for (name, server) in [("one", &one), ("two", &two)] {
        front.sql(&format!(
            "CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw
             OPTIONS (host '127.0.0.1', port '{}', dbname 'postgres', connect_timeout '2');
             CREATE USER MAPPING FOR jobdeck SERVER {name} OPTIONS (user 'jobdeck')",
            server.port()
        ));
    }
    let address = |options: &str| {
        let written = front.address("jobs") + options;
        Address::new(&written, &|_| None).unwrap()
    };
    let board = many();
    let rows = board.len();
    let here = Arc::new(Index::new(Arc::new(board)));
    publish(&address("&servers=one,two"), &here, true).unwrap();
    let mut engine = Engine::new(address(""), Vec::new());
    let index = engine.open(&[], &|| false).unwrap();
    let mut searcher = Searcher::new(Arc::clone(&here));
    for query in QUERIES {
        for limit in [2, 40] {
            let request = request(query, limit);
            let expected = searcher.search(&request, &|| false).unwrap();
            let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
            assert_eq!(
                ids(&index, &found.rows),
                ids(&here, &expected.rows),
                "{query}"
            );
            assert_eq!(
                (found.total, found.is_at_least),
                (expected.total, false),
                "{query}"
            );
            assert_eq!(found.facets, expected.facets, "{query}");
        }
    }
    assert_eq!(engine.notice(), None);
    // The second half is gone.
    two.kill();
    let numbers = here.remote_rows().zip(0..);
    let numbers: HashMap<String, usize> = numbers
        .map(|(row, number)| (here.posting(row.row).id.clone(), number))
        .collect();
    for query in QUERIES {
        let expected = searcher.search(&request(query, rows), &|| false).unwrap();
        let mut expected = ids(&here, &expected.rows);
        expected.retain(|id| numbers[id] < rows.div_ceil(2));
        let found = engine
            .search(&request(query, rows), &|| false, &mut |_| {})
            .unwrap();
        assert_eq!(ids(&index, &found.rows), expected, "{query}");
        assert!(found.is_at_least, "{query}");
    }
    let notice = engine.notice().unwrap();
    assert!(
        notice.ends_with("1 of 2 servers answers: postings of the other are missing"),
        "{notice}"
    );
    assert_eq!(engine.notice(), None, "it is told once");
    // It comes back; the next publication leaves nothing of this one there.
    two.resume();
    let mut engine = Engine::new(address(""), Vec::new());
    engine.open(&[], &|| false).unwrap();
    let found = engine
        .search(&request("", rows), &|| false, &mut |_| {})
        .unwrap();
    assert_eq!((found.rows.len(), found.is_at_least), (rows, false));
    let posting = Posting {
        id: "a".into(),
        title: "Weaver".into(),
        ..Posting::default()
    };
    let board = jobdeck::board::Board::new("Few".into(), vec![posting], Vec::new());
    let few = Arc::new(Index::new(Arc::new(board)));
    publish(&address("&servers=one,two"), &few, true).unwrap();
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'jobs'";
    assert_eq!((one.sql(tables), two.sql(tables)), ("1".into(), "1".into()));
}
