//! A board that Citus distributes over two workers.
//!
//! Without the extension on the machine the tests are skipped, and say so.

use std::collections::HashSet;
use std::sync::Arc;

use jobdeck::postgres::{Address, publish};
use jobdeck::search::Index;
use rustix::process::Signal;

use super::engines::{boards, many};
use super::parts::Readers;
use super::server::Server;
use super::{commands, engines, rules};

const SETTINGS: &str = "-c shared_preload_libraries=citus -c wal_level=logical -c max_connections=100 -c citus.shard_count=4
 -c citus.enable_statistics_collection=off";

struct Citus {
    coordinator: Server,
    workers: [Server; 2],
}

impl Citus {
    /// Starts a coordinator with two workers; `None` where the extension is not installed.
    fn start() -> Option<Self> {
        let plain = Server::start()?;
        let found = "SELECT count(*) FROM pg_available_extensions WHERE name = 'citus'";
        if plain.sql(found) == "0" {
            println!("skipped: Citus is not installed");
            return None;
        }
        drop(plain);
        let start = || {
            let server = Server::start_with(SETTINGS).unwrap();
            server.sql("CREATE EXTENSION citus");
            server
        };
        let (coordinator, workers) = (start(), [start(), start()]);
        let port = coordinator.port();
        coordinator.sql(&format!(
            "SELECT citus_set_coordinator_host('127.0.0.1', {port})"
        ));
        for worker in &workers {
            let port = worker.port();
            coordinator.sql(&format!("SELECT citus_add_node('127.0.0.1', {port})"));
        }
        Some(Self {
            coordinator,
            workers,
        })
    }
}

#[test]
fn a_distributed_board_gives_the_same_answers() {
    let Some(citus) = Citus::start() else {
        return;
    };
    engines::compare(&citus.coordinator, "oracle_", boards());
    rules::compare(&citus.coordinator);
    commands::compare(&citus.coordinator);
    let spread = "SELECT count(DISTINCT nodeport) FROM citus_shards WHERE table_name = 'oracle_many.posting_1'::regclass";
    assert_eq!(citus.coordinator.sql(spread), "2");
}

#[test]
fn a_worker_that_is_away_is_left_out() {
    let Some(citus) = Citus::start() else {
        return;
    };
    let Citus {
        coordinator,
        workers: [_, two],
    } = &citus;
    let address = Address::new(&coordinator.address("jobs"), &|_| None).unwrap();
    let here = Arc::new(Index::new(Arc::new(many())));
    publish(&address, &here, true).unwrap();
    let of_two = format!(
        "SELECT string_agg(id, ' ') FROM jobs.posting_1 WHERE part = ANY (ARRAY(SELECT first FROM jobs.part
         JOIN citus_shards ON shardid = get_shard_id_for_distribution_column('jobs.posting_1', first) WHERE nodeport = {}))",
        two.port()
    );
    let of_two = coordinator.sql(&of_two);
    let of_two: HashSet<&str> = of_two.split(' ').collect();
    assert!((100..500).contains(&of_two.len()), "{}", of_two.len());
    let is_there = |id: &str| !of_two.contains(id);
    let mut readers = Readers::open(&here, &address);
    readers.find_all();
    two.kill();
    readers.find_some(&is_there);
    two.resume();
    readers.find_again();
    readers.find_all();
    two.signal(Signal::STOP);
    readers.find_some(&is_there);
    let mut others = Readers::open(&here, &address);
    others.find_some(&is_there);
    two.signal(Signal::CONT);
    for mut readers in [readers, others] {
        readers.find_again();
        readers.find_all();
    }
}
