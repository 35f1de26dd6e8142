//! Mute rules, what is new, and interviews: on a server as on a board in memory.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use jobdeck::annotate::{Rules, VisitSummary, summarize, summarize_elsewhere};
use jobdeck::board::{Board, Date, Exchange, Interview, Posting};
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::{Person, State, parse};
use jobdeck::search::{Index, Marks, Matches, RemoteEngine, Request, Row, Searcher};
use jobdeck::tracking::visit_log::{Visitor, Write};

use super::engines::many;
use super::server::Server;

const QUERIES: [&str; 22] = [
    "",
    "engineer",
    "data scientist",
    "!senior loc:berlin",
    "is:new",
    "!is:new",
    "is:changed",
    "!is:changed engineer",
    "is:new | is:changed",
    "is:new engineer sort:title",
    "is:new is:open",
    "is:closed",
    "is:muted",
    "!is:muted",
    "is:muted engineer",
    "is:hidden",
    "is:hidden | is:muted",
    "is:saved is:new",
    "posted:<30d",
    "country:=DE",
    "text:rust",
    "closes:<30d",
];

const MUTE: [&[&str]; 7] = [
    &[],
    &["company:acme"],
    &["title:nurse", "loc:berlin senior", "text:rust"],
    &["closes:<30d", "tag:none staff"],
    &["is:new", "!is:saved title:lead"],
    &["zzzz"],
    &[""],
];

fn day(of_june: i8) -> Date {
    Date::constant(2026, 6, of_june)
}

/// The board before and after it changed.
fn boards() -> [Arc<Index>; 2] {
    let postings: Vec<Posting> = many().postings().map(Cow::into_owned).collect();
    let postings: Vec<Posting> = postings
        .into_iter()
        .enumerate()
        .map(|(at, posting)| Posting {
            description: if at % 6 == 0 { "You write Rust." } else { "" }.into(),
            closes: match at % 8 {
                0 => Some(day(5)),
                1 => Some(day(25)),
                _ => None,
            },
            ..posting
        })
        .collect();
    let before = postings[..90].to_vec();
    let mut after = postings[10..120].to_vec();
    for posting in after.iter_mut().step_by(9) {
        posting.title.push_str(" Apprentice");
    }
    for posting in after.iter_mut().skip(4).step_by(11) {
        posting.description.push_str(" You also write C.");
    }
    [before, after].map(|postings| {
        let board = Board::new("Many".into(), postings, Vec::new());
        Arc::new(Index::new(Arc::new(board)))
    })
}

fn rules(mute: &[&str], folder: &Path) -> Rules {
    Rules {
        mute: mute.iter().map(|rule| (*rule).to_owned()).collect(),
        person: Person::default(),
        aliases: Vec::new(),
        visitor: Some(Visitor {
            folder: folder.to_owned(),
            write: Write::Keep,
        }),
    }
}

/// The marks of a summary and some of the user's own.
fn marked(index: &Index, summary: &VisitSummary, own: &[String]) -> Arc<Marks> {
    let mut marks = summary.marks.clone();
    for (at, id) in own.iter().enumerate() {
        let Some(row) = index.row(id) else { continue };
        let before = marks.get(index, row);
        let now = match at % 4 {
            0 => before.with(State::Hidden, true),
            1 => before.with(State::Saved, true),
            2 => before.with(State::New, false).with(State::Seen, true),
            _ => before.with(State::Changed, false).with(State::Seen, true),
        };
        marks.set(index, row, now);
    }
    Arc::new(marks)
}

/// What is shown of an answer: ids with the marks that follow from rules, and the counts.
fn shown(index: &Index, marks: &Marks, found: Matches) -> (Vec<(String, [bool; 3])>, Matches) {
    let rows = found.rows.iter().map(|row| {
        let of = marks.get(index, *row);
        let states = [State::New, State::Changed, State::Muted].map(|state| of.is(state));
        (index.posting(*row).id.clone(), states)
    });
    (
        rows.collect(),
        Matches {
            rows: Vec::new(),
            ..found
        },
    )
}

#[test]
fn mute_rules_and_news_are_those_of_a_board_in_memory() {
    let Some(server) = Server::start() else {
        return;
    };
    compare(&server);
}

/// Publishes a board before and after it changed, and compares what both engines say about it.
pub(super) fn compare(server: &Server) {
    let address = Address::new(&server.address("news"), &|_| None).unwrap();
    let [before, after] = boards();
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A first visit, then the board changes, then another visit.
    publish(&address, &before, true).unwrap();
    let mut engine = Engine::new(address.clone(), Vec::new());
    engine.open(&[], &|| false).unwrap();
    summarize(&before, &rules(&[], here.path()), day(10));
    let (first, _) = summarize_elsewhere(&mut engine, &rules(&[], there.path()), "Many", day(10));
    assert_eq!((first.since, first.marks.count(State::New)), (None, 0));
    publish(&address, &after, true).unwrap();
    let own: Vec<String> = (0..after.len())
        .step_by(5)
        .map(|row| after.posting(Row(row as u32)).id.clone())
        .collect();
    let mut engine = Engine::new(address, Vec::new());
    let index = engine.open(&own, &|| false).unwrap();
    let mut searcher = Searcher::new(Arc::clone(&after));
    for mute in MUTE {
        let today = day(15);
        let (ours, _) = summarize(&after, &rules(mute, here.path()), today);
        let (theirs, troubles) =
            summarize_elsewhere(&mut engine, &rules(mute, there.path()), "Many", today);
        assert_eq!(troubles, [""; 0]);
        assert_eq!((ours.since, ours.fresh), (theirs.since, theirs.fresh));
        for own in [&own[..0], &own] {
            let (ours, theirs) = (marked(&after, &ours, own), marked(&index, &theirs, own));
            for state in [State::New, State::Changed, State::Saved, State::Hidden] {
                assert_eq!(ours.count(state), theirs.count(state), "{mute:?} {state:?}");
            }
            assert!(ours.count(State::New) > 10 && ours.count(State::Changed) > 5);
            for query in QUERIES {
                for hidden in [false, true] {
                    let request = |marks: &Arc<Marks>| Request {
                        query: parse(query),
                        today,
                        limit: 30,
                        hidden,
                        marks: Arc::clone(marks),
                        ..Request::default()
                    };
                    let found = searcher.search(&request(&ours), &|| false).unwrap();
                    let ours = shown(&after, &ours, found);
                    let counted = engine.count(&request(&theirs), &|| false).unwrap();
                    assert_eq!(counted.total, ours.1.total, "{mute:?} {query:?}");
                    let found = engine.search(&request(&theirs), &|| false, &mut |_| {});
                    let found = found.unwrap_or_else(|error| panic!("{query:?}: {error}"));
                    let theirs = shown(&index, &theirs, found);
                    assert_eq!(ours, theirs, "{mute:?} {query:?} hidden: {hidden}");
                }
            }
        }
    }
}

#[test]
fn a_board_made_anew_has_no_news() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = Address::new(&server.address("news"), &|_| None).unwrap();
    let [before, after] = boards();
    let folder = tempfile::tempdir().unwrap();
    let look = |today| {
        let mut engine = Engine::new(address.clone(), Vec::new());
        engine.open(&[], &|| false).unwrap();
        let rules = rules(&[], folder.path());
        let (summary, _) = summarize_elsewhere(&mut engine, &rules, "Many", today);
        summary.marks.count(State::New)
    };
    publish(&address, &before, true).unwrap();
    assert_eq!(look(day(1)), 0);
    publish(&address, &after, true).unwrap();
    publish(&address, &before, true).unwrap();
    assert!(look(day(2)) > 0, "what was gone and came back");
    server.sql("DROP SCHEMA news CASCADE");
    publish(&address, &before, true).unwrap();
    publish(&address, &after, true).unwrap();
    assert_eq!(
        look(day(3)),
        0,
        "numbers of other publications mean nothing"
    );
    // What the earlier publication says cannot be read: nothing is said to be new.
    server.sql("ALTER TABLE news.posting_2 DROP COLUMN arrived");
    publish(&address, &before, true).unwrap();
    assert_eq!(look(day(4)), 0);
}

#[test]
fn interviews_are_published_and_pass_the_gate() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = Address::new(&server.address("talks"), &|_| None).unwrap();
    let posting = Posting {
        id: "weaver".into(),
        title: "Weaver".into(),
        ..Posting::default()
    };
    let interview = |title: &str| Interview {
        id: "ada".into(),
        title: title.into(),
        topics: vec!["looms".into()],
        related: Some(vec!["weaver".into()]),
        exchanges: vec![Exchange {
            question: "Why?".into(),
            answer: "Because.\n\nThus.".into(),
        }],
        ..Interview::default()
    };
    let board = |title: &str| {
        let board = Board::new("Acme".into(), vec![posting.clone()], vec![interview(title)]);
        Arc::new(Index::new(Arc::new(board)))
    };
    let read = || {
        let mut engine = Engine::new(address.clone(), Vec::new());
        let index = engine.open(&[], &|| false);
        let index = index.map_err(|error| error.to_string())?;
        Ok::<_, String>(index.board().interviews().to_vec())
    };
    publish(&address, &board("Looms"), true).unwrap();
    assert_eq!(read(), Ok(vec![interview("Looms")]));
    let changed = publish(&address, &board("Looms, again"), true).unwrap();
    assert!(
        !changed.is_same,
        "an interview is part of what is published"
    );
    assert_eq!(read(), Ok(vec![interview("Looms, again")]));
    server.sql(
        "UPDATE talks.interview_2 SET interview = replace(interview, 'Why?', 'W\\u001b[2Jhy\\u202e?')",
    );
    assert_eq!(read().unwrap()[0].exchanges[0].question, "Why?");
    for (damage, message) in [
        (
            "interview = '{\"title\":\"x\"}'",
            "an interview cannot be read",
        ),
        ("interview = '['", "an interview cannot be read"),
    ] {
        server.sql(&format!("UPDATE talks.interview_2 SET {damage}"));
        let why = read().unwrap_err();
        assert!(why.contains(message), "{why}");
    }
    server.sql("INSERT INTO talks.interview_2 SELECT n, '{\"id\":\"a' || n || '\",\"title\":\"x\"}' FROM generate_series(2, 10003) n;
        DELETE FROM talks.interview_2 WHERE number < 2");
    assert!(read().unwrap_err().contains("too many interviews"));
}
