//! Both engines find the same postings in the same order, with the same counts.

use std::path::Path;
use std::sync::Arc;

use jobdeck::board::{Board, Date, Location, Posting};
use jobdeck::content;
use jobdeck::market::Market;
use jobdeck::postgres::{Address, Engine, publish};
use jobdeck::query::{Kept, Person, State, parse};
use jobdeck::search::{
    Grouping, Index, Marks, Matches, RemoteEngine, Request, Row, Searcher, advise, advise_counting,
};

use super::server::Server;
use crate::session::fixture;

pub(super) const TODAY: Date = Date::constant(2026, 6, 15);

/// What both are asked, beside the judged queries.
const QUERIES: &[&str] = &[
    "",
    "a",
    "s",
    "sci",
    "scientist",
    "scientists",
    "data scientist",
    "applied scientist seattle",
    "engineer",
    "enginer",
    "sofware enginere",
    "swe",
    "sre",
    "datascientist",
    "front end",
    "frontend",
    "zzzz",
    "R13689",
    "102938",
    "engineer 1029",
    "'engineer'",
    "'ngin",
    "^senior",
    "engineer$",
    "\"data scientist\"",
    "~sftwr",
    "~dtsc",
    "!senior",
    "!engineer loc:berlin",
    "scientist | nurse",
    "!senior | data",
    "title:engineer",
    "company:a",
    "team:data",
    "loc:berlin",
    "loc:none",
    "tag:ml",
    "tag:none",
    "country:germany",
    "country:=DE",
    "country:=DE country:=US",
    "!country:=DE",
    "region:europe",
    "city:berlin",
    "city:=Berlin engineer",
    "near:berlin",
    "near:berlin<50km sort:near",
    "sort:-near near:berlin",
    "from:de",
    "!from:de",
    "workplace:remote",
    "workplace:=hybrid engineer",
    "!workplace:remote",
    "workplace:none",
    "employment:full-time",
    "level:senior",
    "!level:senior",
    "level:=senior level:=junior",
    "years:<=3",
    "!years:<=3",
    "years:>=5 engineer",
    "education:master",
    "sponsorship:offered",
    "clearance:required",
    "skill:rust",
    "skill:=Python",
    "!skill:rust",
    "skill:none",
    "python rust",
    "speaks:de",
    "speaks:german",
    "speaks:none",
    "lang:de",
    "board:b",
    "posted:<30d",
    "!posted:<30d",
    "posted:none",
    "closes:<70d",
    "!closes:<7d",
    "salary:>100k",
    "!salary:>100k",
    "salary:>100kEUR",
    "salary:none",
    "salary:>80k | posted:<14d",
    "is:open",
    "is:closed",
    "is:saved",
    "!is:saved engineer",
    "is:hidden",
    "has:note",
    "applied:<30d",
    "applied:none",
    "text:data",
    "text:'data'",
    "!text:data",
    "text:none",
    "text:größe",
    "engineer text:team",
    "nope:x",
    "salary:>",
    "engineer |",
    "sort:posted",
    "sort:-posted",
    "sort:salary",
    "sort:-salary engineer",
    "sort:title",
    "sort:-company",
    "sort:closes",
    "senior software engineer data platform berlin remote team lead manager",
    "e n g i n e e r a b c d e f g h i j k l",
];

pub(super) fn boards() -> Vec<(&'static str, Board)> {
    let judged = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relevance");
    let mut boards: Vec<(&str, Board)> = ["small", "harbour", "nesting"]
        .map(|name| (name, content::load(&fixture(name)).unwrap().board))
        .into();
    boards.push(("judged", content::load(&judged).unwrap().board));
    boards.push(("shipped", content::shipped().board));
    boards.push(("strange", strange()));
    boards.push(("many", many()));
    boards.push(("repeated", repeated()));
    boards.push(("empty", Board::new("Nobody".into(), Vec::new(), Vec::new())));
    boards
}

/// Postings with what other boards lack: requisition numbers, several boards, odd characters.
fn strange() -> Board {
    let titles = [
        "Data Scientist - R-102938",
        "Data Scientist - R-102939",
        "Data Scientist",
        "Principal Engineer (R13689)",
        "Site Reliability Engineer (SRE)",
        "SRE (Site Reliability Engineer)",
        "Größe Engineer\\ 'quoted' \"double\"",
        "日本語 Engineer",
        "Engineer",
        "engineers",
    ];
    let postings = titles.iter().enumerate().map(|(at, title)| Posting {
        id: format!("b{}/{at}", at % 2),
        board: format!("b{}", at % 2),
        title: (*title).into(),
        company: Some(if at % 3 == 0 { "ACME" } else { "Acme" }.into()),
        pinned: at == 4,
        posted: (at % 4 != 0).then_some(Date::constant(2026, 6, 1)),
        description: match at {
            0 => "5+ years of Rust and Python.\tTabs\nlines \\ and ≈. GRÖSSE".into(),
            1 => "We sponsor visas. Fluent German required. $120,000 - $150,000 a year".into(),
            _ => String::new(),
        },
        ..Posting::default()
    });
    Board::new("Strange \u{e9}".into(), postings.collect(), Vec::new())
}

/// Many postings of few words, so that their ranks differ by where the words are.
pub(super) fn many() -> Board {
    let pick = |at: usize, words: &[&'static str]| words[at % words.len()];
    let postings = (0..600usize).map(|at| {
        let role = pick(
            at / 7,
            &["Engineer", "Data Scientist", "Nurse", "Software Engineer"],
        );
        let level = pick(at / 3, &["Senior", "", "Lead", "Staff Data", ""]);
        Posting {
            id: format!("m{at}"),
            title: format!(
                "{level} {role} {}",
                pick(at, &["", "Platform", "II", "Team"])
            )
            .trim()
            .to_owned(),
            company: Some(pick(at / 5, &["Engineer Works", "Acme", "Data Scientist Guild"]).into()),
            team: (at % 3 == 0).then(|| pick(at / 2, &["Data", "Software", "Nursing"]).into()),
            locations: vec![Location::parse(pick(
                at / 11,
                &["Berlin, Germany", "Seattle, WA"],
            ))],
            tags: (at % 4 == 0)
                .then(|| pick(at / 4, &["engineer", "rust", "data"]).to_owned())
                .into_iter()
                .collect(),
            posted: Some(Date::constant(2026, 5, 1 + (at % 28) as i8)),
            ..Posting::default()
        }
    });
    Board::new("Many".into(), postings.collect(), Vec::new())
}

/// Roles in many towns, some in more than fit a window, of two boards that share pages. Members of a group differ by
/// place, date, pay and tags, so that each order puts another one first.
pub(super) fn repeated() -> Board {
    const TOWNS: [&str; 9] = [
        "Berlin, Germany",
        "Engineer Bay, Canada",
        "Seattle, WA",
        "Data Springs, TX",
        "Zürich, Switzerland",
        "Oslo, Norway",
        "Senior Falls, Canada",
        "Remote (Germany)",
        "Rust, Austria",
    ];
    // How many postings each role has.
    let sizes = [1, 90, 2, 30, 1, 5, 47, 3, 1, 30, 12, 2];
    let roles = [
        "Engineer",
        "Data Scientist",
        "Senior Engineer",
        "Nurse",
        "Software Engineer",
    ];
    let mut postings = Vec::new();
    for (role, size) in sizes.into_iter().enumerate() {
        for at in 0..size {
            let number = postings.len();
            postings.push(Posting {
                id: format!("b{}/r{role}-{at}", role % 2),
                board: format!("b{}", role % 2),
                title: roles[role % roles.len()].into(),
                company: Some(["Acme", "Engineer Works"][role % 2].into()),
                team: (role % 3 == 0).then(|| format!("Team {role}")),
                locations: vec![Location::parse(TOWNS[(at * (role + 1)) % TOWNS.len()])],
                tags: (at % 5 == 2)
                    .then(|| ["rust", "data"][at % 2].to_owned())
                    .into_iter()
                    .collect(),
                posted: (at % 6 != 5).then(|| Date::constant(2026, 6, 1 + (number % 14) as i8)),
                closes: (at % 4 == 1).then(|| Date::constant(2026, 6, 10 + (at % 20) as i8)),
                url: (at == 0).then(|| format!("https://jobs.example.org/{}", role / 2)),
                description: format!("Work of kind {}.", ["a", "b", "c"][role % 3]),
                ..Posting::default()
            });
        }
    }
    Board::new("Repeated".into(), postings, Vec::new())
}

/// The same marks on two indexes.
fn marks(index: &Index, ids: &[String]) -> Arc<Marks> {
    let mut marks = Marks::default();
    for (at, id) in ids.iter().enumerate() {
        let Some(row) = index.row(id) else { continue };
        let before = marks.get(index, row);
        let mut of = match at % 5 {
            0 => before.with(State::Hidden, true),
            1 => before.with(State::Muted, true),
            2 => before.with(State::Saved, true),
            3 => before.keeping(Kept::Note, true),
            _ => before.with(State::Applied, true),
        };
        if at % 5 == 4 {
            of.applied = Some(Date::constant(2026, 6, 1));
        }
        marks.set(index, row, of);
    }
    Arc::new(marks)
}

struct Pair {
    here: Searcher,
    there: Engine,
    index: Arc<Index>,
    marked: Vec<String>,
}

impl Pair {
    fn ids(index: &Index, rows: &[Row]) -> Vec<String> {
        let postings = rows.iter().map(|row| index.posting(*row));
        postings.map(|posting| posting.id.clone()).collect()
    }

    /// Asks both, and compares. The row to keep and the rows of open groups are those of marked postings, by number.
    fn ask(&mut self, board: &str, query: &str, change: fn(&mut Request)) {
        let mut request = Request {
            query: parse(query),
            today: TODAY,
            limit: 40,
            ..Request::default()
        };
        change(&mut request);
        let with = |index: &Index, marked: &[String]| {
            let mut request = request.clone();
            if !request.hidden {
                request.marks = marks(index, marked);
            }
            let marked_row = |Row(at)| marked.get(at as usize).and_then(|id| index.row(id));
            request.keep = marked_row(request.keep.unwrap_or(Row(2)));
            let opened = request.opened.iter();
            request.opened = opened.filter_map(|at| marked_row(*at)).collect();
            request
        };
        let here = with(self.here.index(), &self.marked);
        let expected = self.here.search(&here, &|| false).unwrap();
        let here_request = here;
        let expected_total = expected.total;
        let there = with(&self.index, &self.marked);
        let mut early = None;
        let found = self
            .there
            .search(&there, &|| false, &mut |first| early = Some(first));
        let found = found.unwrap_or_else(|error| panic!("{board}: {query:?}: {error}"));
        let rows = Self::ids(&self.index, &found.rows);
        assert_eq!(
            rows,
            Self::ids(self.here.index(), &expected.rows),
            "order: {board}: {query:?}"
        );
        if let Some(early) = early.filter(|_| found.rephrased.is_none()) {
            assert_eq!(early.rows, found.rows, "early: {board}: {query:?}");
            is_known_so_far(&early, &found, &format!("early: {board}: {query:?}"));
        }
        assert_eq!(
            found.groupings, expected.groupings,
            "groups: {board}: {query:?}"
        );
        let plain = |matches: Matches| Matches {
            rows: Vec::new(),
            ..matches
        };
        let here = self.here.index();
        let facts = |index: &Index, rows: &[Row]| {
            rows.iter().map(|row| index.facts(*row)).collect::<Vec<_>>()
        };
        assert_eq!(
            facts(&self.index, &found.rows),
            facts(here, &expected.rows),
            "facts: {board}: {query:?}"
        );
        let skills = |index: &Index, rows: &[Row]| -> Vec<String> {
            let skills = rows.iter().map(|row| format!("{:?}", index.skills(*row)));
            skills.collect()
        };
        assert_eq!(
            skills(&self.index, &found.rows),
            skills(here, &expected.rows),
            "skills: {board}: {query:?}"
        );
        assert_eq!(plain(found), plain(expected), "{board}: {query:?}");
        let ours = self.here.tally(&here_request, &|| false).unwrap();
        let theirs = self.there.tally(&there, &|| false).unwrap();
        let [ours, theirs] = [ours, theirs].map(|tally| Market::new(&tally, TODAY));
        assert_eq!(ours, theirs, "market: {board}: {query:?}");
        // Counted alone, for views and suggestions.
        let counted = self.there.count(&there, &|| false).unwrap();
        assert_eq!(counted.total, expected_total, "count: {board}: {query:?}");
    }
}

/// Checks that the first answer says nothing of the groups that the last one does not say.
fn is_known_so_far(early: &Matches, found: &Matches, which: &str) {
    assert_eq!(early.groupings.len(), found.groupings.len(), "{which}");
    for (early, found) in early.groupings.iter().zip(&found.groupings) {
        let is_uncounted =
            matches!(early, Grouping::Closed(info) | Grouping::Open(info) if info.more.is_none());
        let is_row = |grouping: &Grouping| *grouping != Grouping::Member;
        assert!(
            early == found || is_uncounted && is_row(found),
            "{which}: {early:?} {found:?}"
        );
    }
    assert!(early.shown <= found.shown, "{which}");
    assert!(
        early.is_at_least || early.shown == found.shown,
        "{which}: {} {}",
        early.shown,
        found.shown
    );
}

impl Pair {
    /// Asks both for suggestions, and compares.
    fn advise(&mut self, board: &str, query: &str) {
        let request = Request {
            query: parse(query),
            today: TODAY,
            limit: 40,
            ..Request::default()
        };
        let text = (query, &Person::default());
        let found = self.here.search(&request, &|| false).unwrap().total;
        let here = advise(&mut self.here, &request, text, found, &|| false);
        let mut count = |request: &Request| Some(self.there.count(request, &|| false).ok()?.total);
        let there = advise_counting(&request, text, found, &mut count);
        assert_eq!(here, there, "{board}: {query:?}");
    }
}

#[test]
fn both_engines_give_the_same_answers() {
    let Some(server) = Server::start() else {
        return;
    };
    compare(&server, "", boards());
}

/// Publishes boards, each in a schema of its own after a prefix, and compares what both engines say about them.
pub(super) fn compare(server: &Server, prefix: &str, boards: Vec<(&str, Board)>) {
    for (name, board) in boards {
        let here = Arc::new(Index::new(Arc::new(board)));
        let address = server.address(&format!("{prefix}{name}"));
        let address = Address::new(&address, &|_| None).unwrap();
        let published = publish(&address, &here, true).unwrap();
        assert_eq!((published.postings, published.is_same), (here.len(), false));
        let mut there = Engine::new(address, Vec::new());
        let rows = (0..here.len() as u32).map(Row);
        let marked: Vec<String> = rows
            .filter(|row| row.0 % 7 < 2)
            .map(|row| here.posting(row).id.clone())
            .collect();
        let index = there.open(&marked, &|| false).unwrap();
        let mut pair = Pair {
            here: Searcher::new(here),
            there,
            index,
            marked,
        };
        let judged = include_str!("../relevance/queries.toml");
        let judged = judged.lines().filter_map(|line| {
            let query = line.strip_prefix("query = \"")?.strip_suffix('"')?;
            Some(query.replace("\\\"", "\""))
        });
        let judged: Vec<String> = judged.collect();
        let queries = QUERIES
            .iter()
            .copied()
            .chain(judged.iter().map(String::as_str));
        for query in queries {
            pair.ask(name, query, |_| {});
            pair.ask(name, query, |request| {
                request.hidden = true;
                request.unjudged = true;
                request.limit = 3;
            });
            // The server puts only the rows of the records that come first in order.
            pair.ask(name, query, |request| request.limit = 1);
            pair.ask(name, query, |request| request.group = true);
            pair.ask(name, query, |request| {
                request.group = true;
                request.limit = 3;
                request.keep = Some(Row(5));
            });
            pair.ask(name, query, |request| {
                request.group = true;
                request.hidden = true;
                request.unjudged = true;
                request.limit = 5;
                request.keep = Some(Row(31));
                request.opened = vec![Row(0), Row(7), Row(8), Row(30)];
            });
        }
        for query in ["sceintist", "engineer", "rust developer"] {
            pair.ask(name, query, |request| {
                request.loose = true;
                request.complete = true;
                request.facet_needle = "a".into();
            });
        }
        for query in [
            "jobs for a scientist",
            "the engineer position",
            "product manger",
            "sofware manger",
            "scientist senior nurse",
            "engineer zzzz",
            "scientist text:zzzz",
        ] {
            pair.ask(name, query, |request| request.rephrase = true);
            pair.advise(name, query);
        }
    }
}

#[test]
fn duplicates_on_a_server_are_known_by_id_and_a_large_group_opens_in_part() {
    let Some(server) = Server::start() else {
        return;
    };
    let posting = |at: usize| Posting {
        id: format!("p{at}"),
        title: if at < 1200 { "Driver" } else { "Cook" }.into(),
        company: Some("Ice".into()),
        locations: vec![Location::parse(&format!("Town {at}, Germany"))],
        posted: Some(Date::constant(2026, 6, 1 + (at % 3) as i8)),
        description: "Work.".into(),
        ..Posting::default()
    };
    let board = Board::new("Ice".into(), (0..1210).map(posting).collect(), Vec::new());
    let address = Address::new(&server.address("ice"), &|_| None).unwrap();
    publish(&address, &Arc::new(Index::new(Arc::new(board))), true).unwrap();
    let mut engine = Engine::new(address, Vec::new());
    let index = engine.open(&[], &|| false).unwrap();
    let mut request = Request {
        query: parse("town"),
        today: TODAY,
        limit: 60,
        group: true,
        ..Request::default()
    };
    let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
    let more: Vec<_> = found.groupings.iter().map(|one| one.more()).collect();
    assert_eq!((found.total, found.shown), (1210, 2));
    assert_eq!(
        {
            let mut more = more;
            more.sort_unstable();
            more
        },
        [9, 1199]
    );
    let row = |title: &str| {
        let mut rows = found.rows.iter().copied();
        rows.find(|row| index.posting(*row).title == title).unwrap()
    };
    // All of a small group can be hidden; a large one is not read for that.
    let cooks = index.duplicates(row("Cook"));
    let mut ids = Pair::ids(&index, &cooks);
    ids.sort_unstable();
    let all: Vec<String> = (1200..1210).map(|at| format!("p{at}")).collect();
    assert_eq!(ids, all);
    assert_eq!(
        index.row("p1205"),
        cooks
            .iter()
            .copied()
            .find(|row| index.posting(*row).id == "p1205")
    );
    assert_eq!(cooks.iter().filter(|row| index.holds(**row)).count(), 1);
    assert_eq!(index.reposts(cooks[0]), 2);
    assert!(index.is_alike(cooks[0], cooks[0]) && !index.is_alike(row("Cook"), row("Driver")));
    assert_eq!(index.duplicates(row("Driver")), [row("Driver")]);
    let hidden: Vec<String> = all.iter().skip(1).cloned().collect();
    let mut marks = Marks::default();
    for id in &hidden {
        let row = index.row(id).unwrap();
        marks.set(
            &index,
            row,
            marks.get(&index, row).with(State::Hidden, true),
        );
    }
    request.marks = Arc::new(marks);
    request.opened = vec![row("Driver")];
    let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
    assert_eq!((found.total, found.hidden), (1201, 9));
    assert_eq!((found.rows.len(), found.shown), (1001, 1001));
    let opened = found
        .groupings
        .iter()
        .find(|one| matches!(one, Grouping::Open(_)));
    assert_eq!(opened.unwrap().more(), 1199);
}

#[test]
fn a_board_is_published_by_what_changed_and_readers_switch() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = Address::new(&server.address("jobs"), &|_| None).unwrap();
    let board = |last: &str| {
        let postings = ["Weaver", "Baker", last].map(|title| Posting {
            id: title.to_lowercase(),
            title: title.into(),
            ..Posting::default()
        });
        Arc::new(Index::new(Arc::new(Board::new(
            "Acme".into(),
            postings.into(),
            Vec::new(),
        ))))
    };
    let mut engine = Engine::new(address.clone(), Vec::new());
    let missing = engine.open(&[], &|| false).unwrap_err().to_string();
    assert!(missing.contains("no board is published"), "{missing}");
    assert_eq!(publish(&address, &board("Smith"), true).unwrap().sent, 3);
    engine.open(&[], &|| false).unwrap();
    assert!(publish(&address, &board("Smith"), true).unwrap().is_same);
    assert_eq!(publish(&address, &board("Cooper"), true).unwrap().sent, 1);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'jobs'";
    assert_eq!(
        server.sql(tables).trim(),
        "7",
        "earlier generations are removed"
    );
    assert_eq!(server.sql("SELECT count(*) FROM jobs.body").trim(), "3");
    let request = Request {
        query: parse("cooper"),
        limit: 9,
        ..Request::default()
    };
    // The tables that it reads are gone.
    engine.search(&request, &|| false, &mut |_| {}).unwrap_err();
    let index = engine.open(&[], &|| false).unwrap();
    let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
    assert_eq!(Pair::ids(&index, &found.rows), ["cooper"]);
    assert!(!found.is_at_least);
    let mut engine = Engine::new(address, Vec::new()).counting_at_most(1);
    engine.open(&[], &|| false).unwrap();
    let request = Request {
        query: parse("weaver | baker"),
        limit: 9,
        ..Request::default()
    };
    let found = engine.search(&request, &|| false, &mut |_| {}).unwrap();
    assert_eq!((found.rows.len(), found.is_at_least), (2, true));
    assert_eq!(found.total, 2, "as many as are listed");
}
