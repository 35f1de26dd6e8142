//! A board that is spread over several servers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jobdeck::board::Posting;
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request, Row, Searcher};
use rustix::process::Signal;

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

/// A board in memory, and a reader of where it was published.
pub(super) struct Readers {
    here: Arc<Index>,
    searcher: Searcher,
    engine: Engine,
    index: Arc<Index>,
}

impl Readers {
    /// Opens what was published. Servers that are away are asked again with every search.
    pub(super) fn open(here: &Arc<Index>, address: &Address) -> Self {
        let engine = Engine::new(address.clone(), Vec::new());
        let mut engine = engine.asking_again_after(Duration::ZERO);
        Self {
            here: Arc::clone(here),
            searcher: Searcher::new(Arc::clone(here)),
            index: engine.open(&[], &|| false).unwrap(),
            engine,
        }
    }

    /// Finds the same as in memory.
    pub(super) fn find_all(&mut self) {
        for query in QUERIES {
            for limit in [2, 40] {
                let request = request(query, limit);
                let expected = self.searcher.search(&request, &|| false).unwrap();
                let found = self.engine.search(&request, &|| false, &mut |_| {});
                let found = found.unwrap_or_else(|error| panic!("{query}: {error}"));
                assert_eq!(
                    ids(&self.index, &found.rows),
                    ids(&self.here, &expected.rows),
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
        assert_eq!(self.engine.notice(), None);
    }

    /// Finds what is on the servers that are there, and tells once that others are missing.
    pub(super) fn find_some(&mut self, is_there: &dyn Fn(&str) -> bool) {
        let rows = self.here.len();
        for query in QUERIES {
            let request = request(query, rows);
            let expected = self.searcher.search(&request, &|| false).unwrap();
            let mut expected = ids(&self.here, &expected.rows);
            expected.retain(|id| is_there(id));
            let found = self.engine.search(&request, &|| false, &mut |_| {});
            let found = found.unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(ids(&self.index, &found.rows), expected, "{query}");
            assert!(found.is_at_least, "{query}");
        }
        let notice = self.engine.notice().unwrap();
        assert!(
            notice.ends_with("1 of 2 servers answers: postings of the other are missing"),
            "{notice}"
        );
        assert_eq!(self.engine.notice(), None, "it is told once");
    }

    /// Searches until all servers are found again.
    pub(super) fn find_again(&mut self) {
        let notice = (0..1000).find_map(|_| {
            let request = request("nurse", 2);
            self.engine
                .search(&request, &|| false, &mut |_| {})
                .unwrap();
            self.engine.notice()
        });
        let notice = notice.expect("they are found");
        assert!(notice.ends_with("all servers answer again"), "{notice}");
    }
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
    let here = Arc::new(Index::new(Arc::new(many())));
    publish(&address("&servers=one,two"), &here, true).unwrap();
    let numbers = here.remote_rows().zip(0..);
    let numbers: HashMap<String, usize> = numbers
        .map(|(row, number)| (here.posting(row.row).id.clone(), number))
        .collect();
    let is_on_one = |id: &str| numbers[id] < here.len().div_ceil(2);
    let mut readers = Readers::open(&here, &address(""));
    readers.find_all();
    // The second half is gone.
    two.kill();
    readers.find_some(&is_on_one);
    two.resume();
    readers.find_again();
    readers.find_all();
    // Frozen: it takes connections, and answers nothing.
    two.signal(Signal::STOP);
    readers.find_some(&is_on_one);
    // Who opens the board meanwhile learns it too.
    let mut others = Readers::open(&here, &address(""));
    others.find_some(&is_on_one);
    two.signal(Signal::CONT);
    for mut readers in [readers, others] {
        readers.find_again();
        readers.find_all();
    }
    // The next publication leaves nothing of this one there.
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
