//! Messages in; state and effects out.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::annotate::VisitSummary;
use crate::board::{Board, Exchange, Interview, Location, Posting};
use crate::config::Config;
use crate::document::Target;
use crate::search::{Matches, Row, Searcher};

static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);

/// An app whose searches are answered immediately.
struct TestApp {
    app: App,
    effects: Vec<Effect>,
}

fn posting(id: &str, place: &str, url: Option<&str>) -> Posting {
    Posting {
        id: id.into(),
        title: format!("{id} scientist"),
        company: Some("Acme".into()),
        locations: vec![Location::parse(place)],
        url: url.map(str::to_owned),
        description: "First.\n\n## Duties\n\nSecond.\n\n## Team\n\nThird.".into(),
        ..Posting::default()
    }
}

fn board() -> Board {
    let postings = vec![
        posting("applied", "US, WA, Seattle", Some("https://example.org/a")),
        posting("data", "IN, KA, Bengaluru", None),
        posting("field", "US, CA, San Francisco", Some("javascript:x")),
    ];
    let interview = Interview {
        id: "talk".into(),
        title: "A talk".into(),
        exchanges: vec![
            Exchange {
                question: "Why?".into(),
                answer: "Because.".into(),
            };
            3
        ],
        ..Interview::default()
    };
    Board::new("Test".into(), postings, vec![interview])
}

fn desk_of(board: Board, size: (u16, u16)) -> TestApp {
    resumed(board, size, None, "")
}

/// An app with a restored session.
fn resumed(board: Board, size: (u16, u16), session: Option<Session>, query: &str) -> TestApp {
    let index = Arc::new(Index::new(Arc::new(board)));
    desk_over(index, size, session, query)
}

fn desk_over(
    index: Arc<Index>,
    size: (u16, u16),
    session: Option<Session>,
    query: &str,
) -> TestApp {
    let settings = Settings {
        keys: CONFIG.keymap.bindings(),
        facts: CONFIG.facts.clone(),
        derive: true,
        themes: vec!["night".into(), "day".into()],
        systems: Vec::new(),
        commands: Vec::new(),
        purpose: Purpose::Browse,
        config_problems: vec!["c.toml:1:1: wrong".into()],
        person: crate::query::Person::default(),
    };
    let initial = InitialState {
        query: query.into(),
        session,
        views: Vec::new(),
        theme: "night".into(),
        measure: 72,
        mouse: true,
        today: Date::constant(2026, 10, 1),
        size,
    };
    let (app, effects) = App::new(settings, initial, Arc::clone(&index));
    let mut desk = TestApp { app, effects };
    desk.send(Message::Loaded(index, Vec::new()));
    desk
}

fn desk() -> TestApp {
    desk_of(board(), (120, 30))
}

impl TestApp {
    fn send(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.answer(effects);
    }

    fn answer(&mut self, mut effects: Vec<Effect>) {
        let is_asked = |effect: &Effect| matches!(effect, Effect::Search(..) | Effect::Count(..));
        while let Some(at) = effects.iter().position(is_asked) {
            let mut searcher = Searcher::new(self.app.index.clone());
            let answer = match effects.remove(at) {
                Effect::Search(generation, request) => {
                    Message::Matched(generation, searcher.search(&request, &|| false).unwrap())
                }
                Effect::Count(purpose, requests) => {
                    let count = |request| {
                        Some(super::QueryCount {
                            all: crate::search::count(&self.app.index, request),
                            ..Default::default()
                        })
                    };
                    Message::Counted(purpose, requests.iter().map(count).collect())
                }
                _ => continue,
            };
            effects.extend(self.app.update(answer));
        }
        self.effects.extend(effects);
    }

    fn act(&mut self, actions: &[Action]) -> &mut Self {
        for action in actions {
            self.send(Message::Action(*action));
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Message::Action(Action::Insert(c)));
        }
        self
    }

    fn selected(&self) -> String {
        self.app
            .selected_posting()
            .map_or_else(String::new, |posting| posting.id.clone())
    }

    fn copied(&self) -> Option<&str> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

#[test]
fn typing_selects_the_best_match_and_clearing_brings_the_selection_back() {
    let mut desk = desk();
    desk.act(&[Action::Down, Action::Down, Action::Search]);
    assert_eq!(desk.selected(), "field");
    desk.types("'scient");
    assert_eq!(desk.selected(), "data", "the best match");
    desk.types(" 'applied");
    assert_eq!(
        (desk.app.matches().total, &*desk.selected()),
        (1, "applied")
    );
    desk.act(&[Action::Escape]);
    assert_eq!((desk.app.line().text(), desk.app.matches().total), ("", 3));
    assert_eq!(desk.selected(), "field", "as before typing");
    desk.act(&[Action::First, Action::Down, Action::Search]);
    desk.types("'field").act(&[Action::Enter]);
    assert_eq!(desk.selected(), "field");
    desk.act(&[Action::Escape]);
    assert_eq!(desk.selected(), "data", "as before typing");
}

#[test]
fn a_selection_made_in_a_query_comes_back_with_it() {
    let mut desk = desk();
    desk.act(&[Action::Down, Action::Search]);
    desk.types("'scient").act(&[Action::Down, Action::Down]);
    assert_eq!(desk.selected(), "applied");
    desk.types(" !data");
    assert_eq!(desk.selected(), "field", "the best match");
    desk.act(&[Action::Backspace; 6]);
    assert_eq!(
        (desk.app.line().text(), &*desk.selected()),
        ("'scient", "applied")
    );
    desk.act(&[Action::DeleteToStart]);
    assert_eq!((desk.app.line().text(), &*desk.selected()), ("", "data"));
}

#[test]
fn the_best_match_is_selected_although_the_board_is_read_again_meanwhile() {
    for meanwhile in [true, false] {
        let mut desk = desk();
        // Its answer is on the way.
        let _ = desk.app.update(Message::Paste("'scient !applied".into()));
        if meanwhile {
            let index = Arc::clone(&desk.app.index);
            desk.send(Message::Loaded(index, Vec::new()));
        } else {
            desk.send(Message::DuplicatesFound);
        }
        assert_eq!(desk.app.matches().total, 2);
        assert_eq!(
            (desk.app.list().cursor.at(), &*desk.selected()),
            (0, "data")
        );
        desk.act(&[Action::Down]);
        let index = Arc::clone(&desk.app.index);
        desk.send(Message::Loaded(index, Vec::new()));
        desk.send(Message::DuplicatesFound);
        assert_eq!(desk.selected(), "field", "what was moved to stays");
    }
}

#[test]
fn an_answer_to_an_older_search_is_dropped() {
    let mut desk = desk();
    let effects = desk.app.update(Message::Paste("sea".into()));
    let Some(Effect::Search(old, _)) = effects.first() else {
        panic!("{effects:?}");
    };
    let newer = desk.app.update(Message::Paste("ttle".into()));
    assert!(matches!(newer[..], [Effect::Search(new, _)] if new > *old));
    let wrong = Matches {
        total: 1,
        of: 3,
        rows: vec![Row(1)],
        ..Matches::default()
    };
    desk.app.update(Message::Matched(*old, wrong));
    assert_eq!(desk.app.matches().total, 3);
    assert!(desk.app.is_searching());
}

#[test]
fn rows_come_before_their_counts() {
    let mut desk = desk();
    let facets = desk.app.filters().rows().to_vec();
    assert!(!facets.is_empty());
    desk.act(&[Action::Search]);
    let asked = desk.app.update(Message::Typed("'field".into()));
    let [Effect::Search(generation, _)] = asked[..] else {
        panic!("{asked:?}");
    };
    let first = Matches {
        total: 1,
        of: 3,
        shown: 1,
        is_at_least: true,
        is_counting: true,
        rows: vec![Row(1)],
        ..Matches::default()
    };
    desk.app.update(Message::Matched(generation, first));
    assert!(desk.app.is_counting() && !desk.app.is_searching());
    // The counts of the query before are not those of at least as many.
    assert_eq!(desk.app.filters().rows(), facets);
    assert!(!desk.app.filters().is_at_least());
    let why = "it takes too long".to_owned();
    desk.app.update(Message::SearchFailed(generation, why));
    assert!(!desk.app.is_counting(), "nothing is awaited any more");
    desk.answer(asked);
    assert_ne!(desk.app.filters().rows(), facets);
    assert_eq!(desk.app.matches().total, 1);
}

#[test]
fn a_market_that_cannot_be_counted_is_told_where_it_is_shown() {
    let mut desk = desk();
    let found = Matches {
        total: 2,
        of: 3,
        ..Matches::default()
    };
    desk.act(&[Action::Search]);
    let asked = desk.app.update(Message::Typed("'d".into()));
    let [Effect::Search(generation, _)] = asked[..] else {
        panic!("{asked:?}");
    };
    desk.app.update(Message::Matched(generation, found));
    desk.act(&[Action::Enter, Action::Market]);
    assert!(desk.app.is_market_pending());
    let why = "it takes too long".to_owned();
    desk.app.update(Message::NoMarket(generation, why.clone()));
    assert!(!desk.app.is_market_pending());
    assert_eq!(desk.app.missing_market(), Some(why.as_str()));
    assert!(desk.app.notice().is_none(), "nobody asked for it");
    let screen = desk.app.market().expect("the screen is open");
    assert!(screen.panels().is_empty(), "those of the query before");
}

#[test]
fn enter_opens_the_result_of_the_typed_query() {
    use Action::{Down, Enter, Search};
    let reading = |keys: &[Action], typed: &str| {
        let mut desk = desk();
        desk.act(&[Search]);
        let asked = desk.app.update(Message::Typed(typed.into()));
        for key in keys {
            desk.app.update(Message::Action(*key));
            assert!(desk.app.reader().is_none(), "nothing is found yet");
        }
        desk.answer(asked);
        desk.app.reader().map(|reader| reader.subject.clone())
    };
    let field = Some(Subject::Posting("field".into()));
    assert_eq!(reading(&[Enter, Enter], "'field"), field);
    assert_eq!(reading(&[Enter, Enter], "'nothing"), None);
    assert_eq!(reading(&[Enter], "'field"), None, "it is only kept");
    let moved = [Enter, Enter, Down];
    assert_eq!(reading(&moved, "'field"), None, "something else was done");
}

#[test]
fn stale_answers_open_nothing() {
    let mut desk = desk();
    desk.act(&[Action::Search]);
    let old = desk.app.update(Message::Typed("'d".into()));
    let new = desk.app.update(Message::Typed("ata".into()));
    desk.app.update(Message::Action(Action::Enter));
    desk.app.update(Message::Action(Action::Enter));
    desk.answer(old);
    assert!(desk.app.reader().is_none());
    desk.answer(new);
    let read = desk.app.reader().map(|reader| &reader.subject);
    assert_eq!(read, Some(&Subject::Posting("data".into())));
}

#[test]
fn a_query_is_typed_on_with_a_term_of_its_own() {
    let mut desk = desk();
    desk.act(&[Action::Search]).types("'scient");
    desk.act(&[Action::Enter, Action::Search]);
    assert_eq!(desk.app.line().text(), "'scient ");
    assert!(!desk.app.is_searching(), "it asks what it asked before");
    desk.act(&[Action::Escape]);
    assert_eq!(desk.app.line().text(), "'scient", "nothing was typed");
    desk.act(&[Action::Search]).types("!data");
    assert_eq!(desk.app.session().query, "'scient !data");
    assert_eq!(desk.app.matches().total, 2);
    desk.act(&[Action::Enter]);
    desk.send(Message::Paste("'field".into()));
    assert_eq!(desk.app.line().text(), "'scient !data 'field");
}

#[test]
fn a_value_that_is_awaited_is_typed_where_it_belongs() {
    let mut desk = desk();
    desk.act(&[Action::Search]).types("city:");
    desk.act(&[Action::Enter, Action::Search]).types("seattle");
    assert_eq!(desk.app.line().text(), "city:seattle");
}

#[test]
fn escape_goes_one_step_at_a_time_and_never_quits() {
    let mut desk = desk();
    desk.act(&[Action::Toggle, Action::Search]).types("sci");
    desk.act(&[Action::Enter, Action::Search]).types("x");
    let mut steps = Vec::new();
    for _ in 0..6 {
        let marked = desk.app.list().marked.len();
        steps.push((desk.app.mode(), marked, desk.app.line().text().len()));
        desk.act(&[Action::Escape]);
    }
    let expected = [
        (Mode::Query, 1, 5),
        (Mode::Browse, 1, 3),
        (Mode::Browse, 0, 3),
        (Mode::Browse, 0, 0),
    ];
    assert_eq!(steps[..4], expected);
    assert_eq!(steps[5], (Mode::Browse, 0, 0));
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Quit)));
}

#[test]
fn a_facet_and_the_query_are_one() {
    let mut desk = desk();
    desk.act(&[Action::Filters]);
    assert_eq!(desk.app.mode(), Mode::Filters);
    desk.act(&[Action::Toggle]);
    assert_eq!(desk.app.line().text(), "country:=\"US\"");
    assert_eq!(desk.app.matches().total, 2);
    desk.act(&[Action::Exclude]);
    assert_eq!(desk.app.line().text(), "!country:=\"US\"");
    assert_eq!(desk.app.matches().total, 1);
    desk.act(&[Action::Exclude]);
    assert_eq!(desk.app.line().text(), "");
}

#[test]
fn a_related_posting_comes_back_to_the_same_place() {
    let mut desk = desk();
    desk.act(&[
        Action::Interview,
        Action::Last,
        Action::NextPane,
        Action::NextPane,
    ]);
    let top = desk.app.reader().map(|reader| reader.page.top());
    desk.act(&[Action::Enter]);
    let subject = desk.app.reader().map(|reader| reader.subject.clone());
    assert_eq!(subject, Some(Subject::Posting("data".into())));
    desk.act(&[Action::Back]);
    let reader = desk.app.reader().unwrap();
    assert_eq!(reader.subject, Subject::Interview("talk".into()));
    assert_eq!(Some(reader.page.top()), top);
    assert_eq!(reader.target(), Some(Target::Posting("data".into())));
    desk.act(&[Action::Back]);
    assert_eq!(desk.app.mode(), Mode::Browse);
}

#[test]
fn help_runs_the_chosen_action() {
    let mut desk = desk();
    desk.act(&[Action::Help]).types("interview");
    desk.act(&[Action::Enter]);
    assert_eq!(desk.app.mode(), Mode::Reader);
    desk.act(&[Action::Outline]);
    assert_eq!(desk.app.mode(), Mode::Picker);
    desk.act(&[Action::Down, Action::Enter]);
    let reader = desk.app.reader().unwrap();
    assert_eq!(reader.page.heading(), Some(1));
}

#[test]
fn only_a_url_with_a_host_is_asked_about() {
    let mut desk = desk();
    desk.act(&[Action::Open]);
    assert_eq!(desk.app.mode(), Mode::Confirm);
    assert!(!desk.effects.iter().any(|e| matches!(e, Effect::Open(_))));
    desk.act(&[Action::Enter]);
    let opened = desk
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Open(url) if url == "https://example.org/a"));
    assert!(opened);
    for _ in 0..2 {
        desk.act(&[Action::Down, Action::Open]);
        assert_eq!(desk.app.mode(), Mode::Browse, "{}", desk.selected());
        assert!(desk.app.notice().is_some());
    }
}

#[test]
fn copies_one_line_or_one_for_each_marked_posting() {
    let mut desk = desk();
    desk.act(&[Action::CopyText]);
    let line = "applied scientist — Acme — US, WA, Seattle — https://example.org/a";
    assert_eq!(desk.copied(), Some(line));
    desk.act(&[Action::Toggle, Action::Toggle, Action::CopyText]);
    assert_eq!(desk.copied().map(|text| text.lines().count()), Some(2));
    desk.act(&[Action::First, Action::CopyUrl]);
    assert_eq!(desk.copied(), Some("https://example.org/a"));
}

#[test]
fn a_board_read_again_keeps_the_selection_by_id() {
    let mut desk = desk();
    desk.act(&[Action::Down]);
    let mut postings = vec![posting("newer", "Berlin, Germany", None)];
    postings.extend(board().postings().map(std::borrow::Cow::into_owned));
    let index = |postings| {
        Arc::new(Index::new(Arc::new(Board::new(
            "Test".into(),
            postings,
            vec![],
        ))))
    };
    desk.send(Message::Loaded(index(postings.clone()), Vec::new()));
    assert_eq!((&*desk.selected(), desk.app.matches().total), ("data", 4));
    desk.act(&[Action::Enter]);
    postings.retain(|posting| posting.id != "data");
    desk.send(Message::Loaded(
        index(postings),
        vec!["a.toml:1:1: no".into()],
    ));
    assert!(desk.app.reader().is_none(), "what was read is gone");
    assert_eq!(desk.app.matches().total, 3);
    assert!(desk.app.notice().is_some_and(|notice| notice.failed));
}

#[test]
fn a_session_is_restored() {
    let mut desk = desk();
    desk.act(&[Action::Down, Action::Down, Action::Enter]);
    let left = desk.app.session();
    assert_eq!(left.reading, [Subject::Posting("field".into())]);
    let back =
        |session: &Session, query: &str| resumed(board(), (120, 30), Some(session.clone()), query);
    let mut again = back(&left, "");
    assert_eq!(again.app.session(), left);
    again.act(&[Action::Back]);
    assert_eq!(again.selected(), "field");
    again
        .act(&[Action::Search])
        .types("!bengaluru")
        .act(&[Action::Enter, Action::NextPane]);
    let left = again.app.session();
    let again = back(&left, "");
    assert_eq!(again.app.line().text(), "!bengaluru");
    assert_eq!(
        (again.app.matches().total, again.app.session()),
        (2, left.clone())
    );
    // A requested query takes precedence over the session, and gone items are skipped.
    let asked = back(&left, "data");
    assert_eq!(asked.app.line().text(), "data");
    let gone = Session {
        selected: Some("gone".into()),
        reading: vec![Subject::Posting("gone".into())],
        ..left
    };
    assert_eq!(back(&gone, "").app.session().reading, []);
}

#[test]
fn a_session_of_any_length_is_bounded() {
    let session = Session {
        reading: vec![Subject::Posting("field".into()); 10_000],
        places: (0..10_000)
            .map(|at| (Subject::Posting(format!("p{at}")), at))
            .collect(),
        ..Session::default()
    };
    let left = resumed(board(), (120, 30), Some(session), "").app.session();
    assert_eq!(left.reading.len(), reader::MOST);
    assert!(left.places.len() <= 500, "{}", left.places.len());
}

#[test]
fn narrow_windows_reach_every_pane() {
    let mut desk = desk_of(board(), (40, 12));
    for pane in [Pane::Detail, Pane::Filters, Pane::List] {
        desk.act(&[Action::NextPane]);
        assert_eq!(desk.app.focus(), pane);
        assert!(desk.app.layout().pane(pane).is_some());
    }
}

/// All actions except those that leave the app.
fn steps() -> Vec<Action> {
    let mut steps = Action::ALL.to_vec();
    steps.retain(|action| !matches!(action, Action::Quit | Action::Suspend));
    steps.push(Action::Insert('a'));
    steps
}

#[test]
fn any_three_actions_leave_everything_in_bounds() {
    for (board, size) in [(board(), (120, 30)), (Board::default(), (40, 12))] {
        let index = Arc::new(Index::new(Arc::new(board)));
        for first in steps() {
            for second in steps() {
                let mut desk = desk_over(Arc::clone(&index), size, None, "");
                desk.act(&[first, second]);
                for third in [Action::Down, Action::Last, Action::Enter, Action::Escape] {
                    desk.act(&[third]);
                    check_bounds(&desk.app, &[first, second, third]);
                }
            }
        }
    }
}

fn check_bounds(app: &App, path: &[Action]) {
    let known = app.matches().rows.len();
    if let Some(at) = app.list().selected(known) {
        assert!(at < known, "{path:?}");
    }
    let filters = app.filters();
    assert!(
        filters.cursor().at() < filters.rows().len().max(1),
        "{path:?}"
    );
    if let Some(reader) = app.reader() {
        assert!(
            reader.page.top() < reader.page.lines().len().max(1),
            "{path:?}"
        );
    }
    if let Some(Dialog::Picker(picker)) = app.dialog() {
        assert!(
            picker.cursor().at() < picker.shown().len().max(1),
            "{path:?}"
        );
    }
}

fn saved(postings: &[&str], interviews: &[&str], problems: &[&str]) -> Message {
    let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    Message::Saved(Saved {
        file: "a.toml".into(),
        postings: owned(postings),
        interviews: owned(interviews),
        problems: owned(problems),
    })
}

#[test]
fn a_saved_file_comes_into_view_unless_visible() {
    let mut desk = desk();
    desk.send(saved(&["field"], &[], &[]));
    assert_eq!(desk.selected(), "field");
    desk.send(saved(&["applied", "field"], &[], &["3:1: no", "4:1: no"]));
    assert_eq!(desk.selected(), "field", "it is one of those saved");
    let told = |desk: &TestApp| desk.app.notice().cloned().unwrap();
    assert!(told(&desk).failed && told(&desk).text.starts_with("a.toml:3:1: no · "));
    desk.act(&[Action::Enter]);
    desk.send(saved(&["data"], &[], &["3:1: no"]));
    let read = |desk: &TestApp| desk.app.reader().map(|reader| reader.subject.clone());
    assert_eq!(read(&desk), Some(Subject::Posting("data".into())));
    desk.send(saved(&[], &["talk"], &[]));
    assert_eq!(read(&desk), Some(Subject::Interview("talk".into())));
    assert_eq!(told(&desk).text, "a.toml is sound");
    // A file without any items moves nothing.
    desk.send(saved(&[], &[], &["1:1: no"]));
    assert_eq!(read(&desk), Some(Subject::Interview("talk".into())));
    desk.act(&[Action::Back]);
    assert_eq!(desk.selected(), "data");
}

#[test]
fn a_sync_is_asked_for_shown_and_may_be_stopped() {
    let mut desk = desk();
    let has = |desk: &TestApp, wanted: fn(&Effect) -> bool| desk.effects.iter().any(wanted);
    desk.send(Message::Action(Action::Sync));
    assert!(has(&desk, |effect| matches!(effect, Effect::CountSources)));
    desk.send(Message::Sources(Ok(0)));
    let notice = desk.app.notice().map(|notice| notice.text.as_str());
    assert_eq!(notice, Some("no sources yet · A adds one by its address"));
    desk.send(Message::Action(Action::Sync));
    desk.send(Message::Sources(Ok(3)));
    assert_eq!(desk.app.mode(), Mode::Confirm);
    desk.send(Message::Action(Action::Escape));
    assert_eq!(desk.app.syncing(), None);
    desk.send(Message::Sources(Ok(3)));
    desk.send(Message::Action(Action::Enter));
    assert!(has(&desk, |effect| matches!(effect, Effect::Sync)));
    let progress = |desk: &TestApp| {
        let syncing = desk.app.syncing().expect("a sync");
        syncing.progress.clone()
    };
    assert_eq!(progress(&desk), "syncing 0 of 3");
    desk.send(Message::Syncing("syncing 1 of 3".into()));
    assert_eq!(progress(&desk), "syncing 1 of 3");
    desk.send(Message::Action(Action::Sync));
    desk.send(Message::Action(Action::Enter));
    assert!(has(&desk, |effect| matches!(effect, Effect::StopSync)));
    desk.send(Message::Syncing("syncing 2 of 3".into()));
    assert_eq!(progress(&desk), "stopping the sync");
    let synced = |told: &str, failures: &[&str]| {
        Message::Synced(Synced {
            told: told.into(),
            failures: failures.iter().map(|why| (*why).to_owned()).collect(),
        })
    };
    desk.send(synced("synced: 1 new", &[]));
    assert_eq!(desk.app.syncing(), None);
    assert!(
        desk.app
            .notice()
            .is_some_and(|notice| notice.text == "synced: 1 new")
    );
    assert!(has(&desk, |effect| matches!(effect, Effect::Load)));
    let notice = |desk: &TestApp| desk.app.notice().map(|notice| notice.text.clone());
    desk.send(synced("", &["another sync of this board is running"]));
    assert_eq!(
        notice(&desk).as_deref(),
        Some("another sync of this board is running")
    );
    desk.send(synced(
        "synced: 1 new",
        &["acme: took longer than 2s", "b: 404"],
    ));
    assert_eq!(
        notice(&desk).as_deref(),
        Some("2 sources incomplete · P shows why · synced: 1 new")
    );
    // The reloaded board's problems do not displace an unread failure.
    let index = desk.app.index.clone();
    desk.send(Message::Loaded(index, vec!["a.toml:1:1: a mistake".into()]));
    assert_eq!(
        notice(&desk).as_deref(),
        Some("2 sources incomplete · P shows why · synced: 1 new")
    );
    desk.act(&[Action::Problems]);
    let Some(Dialog::Picker(picker)) = desk.app.dialog() else {
        panic!("a list");
    };
    assert_eq!(
        picker.entries()[0].text,
        "not synced: acme: took longer than 2s"
    );
}

#[test]
fn news_take_the_next_key_before_everything_is_counted() {
    let mut desk = desk_of(board(), (100, 20));
    let visit = VisitSummary {
        since: Some(Date::constant(2026, 9, 28)),
        gone: 2,
        ..VisitSummary::default()
    };
    desk.send(Message::VisitSummary(visit));
    // The counts are still to come.
    let _ = desk.app.update(Message::Action(Action::News));
    assert_eq!(desk.app.mode(), Mode::Menu);
    let _ = desk.app.update(Message::Action(Action::Enter));
    assert_eq!(
        desk.app.line().text(),
        "is:closed closes:>=2026-09-28",
        "what was closed is listed"
    );
}
