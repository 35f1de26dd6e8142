//! Servers that lie: each is refused in one line, or what it says is cleaned.

use std::sync::Arc;

use jobdeck::board::{Board, Posting};
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::parse;
use jobdeck::search::{Index, RemoteEngine, Request};

use super::server::Server;

/// A server with a board of one weaver and one baker.
fn server() -> Option<(Server, Address)> {
    let server = Server::start()?;
    let address = Address::new(&server.address("jobs"), &|_| None).unwrap();
    publish_on(&address);
    Some((server, address))
}

fn publish_on(address: &Address) {
    let posting = |id: &str, title: &str| Posting {
        id: id.into(),
        title: title.into(),
        company: Some("Mill".into()),
        tags: vec!["wool".into()],
        description: format!("A {title} works."),
        ..Posting::default()
    };
    let postings = vec![posting("a", "Weaver"), posting("b", "Baker")];
    let board = Board::new("Acme".into(), postings, Vec::new());
    publish(address, &Arc::new(Index::new(Arc::new(board))), true).unwrap();
}

/// What is shown of all postings and their facets, as text.
fn shown(address: &Address, query: &str, ids: &[&str]) -> Result<String, String> {
    let mut engine = Engine::new(address.clone(), Vec::new());
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let index = engine.open(&ids, &|| false);
    let index = index.map_err(|error| error.to_string())?;
    let request = Request {
        query: parse(query),
        limit: 9,
        complete: true,
        ..Request::default()
    };
    let found = engine.search(&request, &|| false, &mut |_| {});
    let found = found.map_err(|error| error.to_string())?;
    let rows = found
        .rows
        .iter()
        .map(|row| index.posting(*row).title.clone());
    let rows: Vec<String> = rows.collect();
    let board = index.board();
    let names: Vec<&str> = board.names().collect();
    let facets = &found.facets;
    let completions = &found.completions;
    let postings: Vec<String> = found
        .rows
        .iter()
        .map(|row| format!("{:?} {:?}", index.posting(*row), index.facts(*row)))
        .collect();
    Ok(format!(
        "{} | {} {names:?} {postings:?} {facets:?} {completions:?}",
        rows.join(" "),
        board.name
    ))
}

#[test]
fn no_text_of_a_server_reaches_the_terminal_raw() {
    let Some((server, address)) = server() else {
        return;
    };
    server.sql(
        "UPDATE jobs.body SET
             posting = replace(replace(posting, 'Weaver', 'Wea\\u001b[2Jver'), 'wool', 'wo\\u0007ol\\u202e'),
             description = E'A \\x1b]0;title\\x07 \\x1b[2J Weaver \\u202e works.';
         UPDATE jobs.posting_1 SET board = E'b\\x1b[2J';
         UPDATE jobs.generation SET board = E'Ac\\x1b[2Jme', lineage = E'\\x1b[2J',
             parts = '[[\"k\", \"Par\\u001b[2Jt\"]]';
         UPDATE jobs.record_1 SET stated = replace(stated, 'Weaver', E'Wea\\x1b[2Jver') WHERE kind = 0;
         UPDATE jobs.record_1 SET stated = E'M\\x1b[2Jill', derived = E'\\x1b[2J' WHERE stated = 'Mill';
         UPDATE jobs.record_1 SET stated = replace(stated, 'wool', 'wo\\u001b[2Jol')",
    );
    for query in ["", "weaver", "company:mill", "tag:wool", "text:works", "w"] {
        let shown = shown(&address, query, &["a", "b"]).unwrap();
        // Escaped by the debug format of the test, if it were there.
        for raw in ["\\u{1b}", "\\u{7}", "\\u{202e}", "\u{1b}"] {
            assert!(!shown.contains(raw), "{query}: {shown}");
        }
    }
    // Messages too are cleaned and cut.
    server.sql(
        "CREATE FUNCTION jobs.shout() RETURNS int LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION '%', E'\\x1b[2J' || repeat('x', 3000000); END $$;
         ALTER TABLE jobs.posting_1 RENAME TO was;
         CREATE VIEW jobs.posting_1 AS SELECT * FROM jobs.was WHERE jobs.shout() = 1",
    );
    let why = shown(&address, "weaver", &[]).unwrap_err();
    assert!(!why.contains('\u{1b}') && why.len() < 400, "{}", why.len());
    assert!(why.contains("xxx") && why.lines().count() == 1);
}

#[test]
fn records_and_rows_that_cannot_be_are_refused() {
    let Some((server, address)) = server() else {
        return;
    };
    assert!(
        shown(&address, "", &[])
            .unwrap()
            .starts_with("Baker Weaver")
    );
    for (damage, query, message) in [
        (
            "UPDATE jobs.body SET posting = '[]'",
            "",
            "a posting cannot be read",
        ),
        (
            "UPDATE jobs.posting_1 SET number = number + 7",
            "",
            "rows that are not there",
        ),
        ("UPDATE jobs.posting_1 SET number = -1 - number", "", ""),
        (
            "UPDATE jobs.record_1 SET number = 5 WHERE kind = 4",
            "",
            "not numbered one by one",
        ),
        (
            "UPDATE jobs.record_1 SET stated = '{' WHERE kind = 4",
            "",
            "a record cannot be read",
        ),
        (
            "UPDATE jobs.record_1 SET kind = 99 WHERE kind = 4",
            "",
            "belongs to no column",
        ),
        ("ALTER TABLE jobs.record_1 ALTER number TYPE text", "", ""),
        (
            "INSERT INTO jobs.record_1 SELECT 0, n, 'x', '', '', 1 FROM generate_series(2, 100000) n",
            "",
            "more records than postings",
        ),
        // A row's record numbers lead nowhere: its facts are unknown.
        (
            "UPDATE jobs.posting_1 SET title = 2000000000, tags = -5, places = 77",
            "",
            "",
        ),
        // The same rows again, and more postings than were asked for.
        (
            "ALTER TABLE jobs.posting_1 RENAME TO was;
             CREATE VIEW jobs.posting_1 AS SELECT w.* FROM jobs.was w, generate_series(1, 3)",
            "company:mill",
            "rows that are not there",
        ),
        (
            "ALTER TABLE jobs.body RENAME TO was;
             ALTER TABLE jobs.was DROP CONSTRAINT body_pkey;
             CREATE VIEW jobs.body AS SELECT w.* FROM jobs.was w, generate_series(1, 1000)",
            "",
            "more than was asked for",
        ),
        // Other postings than those asked for.
        (
            "ALTER TABLE jobs.posting_1 DROP CONSTRAINT posting_1_pkey, ALTER number DROP NOT NULL;
             UPDATE jobs.posting_1 SET number = NULL",
            "",
            "",
        ),
        ("UPDATE jobs.generation SET postings = -5", "", ""),
        ("UPDATE jobs.generation SET parts = '{{{'", "", ""),
    ] {
        server.sql("DROP SCHEMA jobs CASCADE");
        publish_on(&address);
        server.sql(damage);
        match shown(&address, query, &[]) {
            Ok(shown) => assert!(message.is_empty(), "{damage}: {shown}"),
            Err(why) => {
                assert!(why.contains(message), "{damage}: {why}");
                assert_eq!(why.lines().count(), 1, "{why}");
            }
        }
    }
}

#[test]
fn what_a_server_sends_is_bounded() {
    let Some((server, address)) = server() else {
        return;
    };
    let refused = |damage: &str, message: &str| {
        server.sql(damage);
        let why = shown(&address, "", &[]).unwrap_err();
        assert_eq!(why.lines().count(), 1, "{why}");
        assert!(why.contains(message), "{why}");
    };
    // In one message, then in several.
    refused(
        "UPDATE jobs.body SET description = repeat('x', 70000000) WHERE posting LIKE '%Baker%'",
        "sends too much at once",
    );
    refused(
        "UPDATE jobs.body SET description = repeat('x', 30000000);
         INSERT INTO jobs.body SELECT substr(sha256(n::text::bytea), 1, 32), posting, description
             FROM jobs.body, generate_series(1, 4) n WHERE posting LIKE '%Baker%';
         UPDATE jobs.generation SET postings = 6;
         INSERT INTO jobs.posting_1 SELECT (p).* FROM (
             SELECT jsonb_populate_record(p, jsonb_build_object('number', 1 + n, 'id', n,
                 'hash', substr(sha256(n::text::bytea), 1, 32))) p
             FROM jobs.posting_1 p, generate_series(1, 4) n WHERE number = 0) made",
        "sends more than was asked for",
    );
}
