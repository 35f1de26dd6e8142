//! Marking postings with the default keys.

use jobdeck::annotate::{self, Rules, VisitSummary};
use jobdeck::app::Message;
use jobdeck::board::Date;
use jobdeck::tracking::visit_log::{Visitor, Write};

use crate::session::Session;

fn open() -> Session {
    Session::open("shipped").size(120, 30)
}

/// The list's row with a text, without the neighbouring panes.
fn row(session: &Session, text: &str) -> String {
    let screen = session.screen();
    let line = screen.lines().find(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("no {text} in\n{screen}"))
        .to_owned()
}

#[test]
fn a_mark_shows_in_the_list_and_beside_it_and_goes_with_one_key() {
    let session = open().keys("jb");
    assert!(row(&session, "Amazon · New York").contains('★'));
    assert!(
        session.screen().contains("saved · u undo"),
        "{}",
        session.screen()
    );
    // Saving moved on to the next posting.
    let session = session.keys("ka<enter>");
    assert!(row(&session, "Amazon · New York").contains("applied"));
    assert!(
        session.screen().contains("saved · applied 2026-10-01"),
        "{}",
        session.screen()
    );
    let session = session.keys("a");
    assert!(session.screen().contains("applied (now)"));
    // The likely next stage is selected.
    let session = session.keys("<enter>uu");
    assert!(!row(&session, "Amazon · New York").contains("applied"));
    assert!(row(&session, "Amazon · New York").contains('★'));
    let session = session.keys("<c-r>");
    assert!(row(&session, "Amazon · New York").contains("applied"));
    let session = session.keys("/is:saved is:applied<enter>");
    assert!(session.screen().contains("1 of 10"), "{}", session.screen());
}

#[test]
fn a_menu_names_its_posting_and_moves_by_the_keys_of_the_list() {
    let session = open().keys("ja");
    let title = "Application status · ";
    assert!(session.screen().contains(title), "{}", session.screen());
    let session = session.keys("j<enter>");
    assert!(row(&session, "Amazon · New York").contains("interview"));
    // An unknown key is reported; stages that end an application need shift.
    let session = session.keys("ar");
    assert!(
        session.screen().contains("no entry `r` here"),
        "{}",
        session.screen()
    );
    assert!(session.screen().contains(title));
    let session = session.keys("R");
    assert!(row(&session, "Amazon · New York").contains("rejected"));
}

#[test]
fn a_changed_note_is_asked_about_before_it_is_lost() {
    let session = open().keys("mdraft<esc>");
    assert!(
        session.screen().contains("keep editing"),
        "{}",
        session.screen()
    );
    let session = session.keys("<esc> more<esc>n");
    assert!(!session.screen().contains("draft"), "{}", session.screen());
    let session = session.keys("mdraft<esc>y/has:note<enter>");
    assert!(session.screen().contains("1 of 10"), "{}", session.screen());
    // Without changes there is no question.
    let session = session.keys("m<esc>");
    assert!(session.app().dialog().is_none());
}

#[test]
fn rows_marked_together_are_marked_and_taken_back_together() {
    let session = open().keys("<space><space>b");
    assert!(session.screen().contains("2 saved"), "{}", session.screen());
    // One for each row, and one in the top line.
    assert_eq!(session.screen().matches('★').count(), 3);
    let session = session.keys("u");
    assert_eq!(session.screen().matches('★').count(), 0);
    assert!(session.screen().contains("undone: saved · 2 postings"));
}

#[test]
fn hiding_removes_the_row_and_selects_the_next() {
    let session = open().keys("jj");
    let next = session.app().matches().rows[3];
    let session = session.keys("xp");
    assert_eq!(session.app().selected(), Some(next));
    assert!(session.screen().contains("9 of 10"));
    assert!(session.screen().contains("1 hidden · H show"));
    let session = session.keys("H");
    assert!(session.screen().contains("10 of 10"));
    let session = session.keys("H/is:hidden<enter>");
    assert!(session.screen().contains("1 of 10"));
    assert!(
        session.screen().contains("hidden: pay"),
        "{}",
        session.screen()
    );
    let session = session.keys("x<esc>");
    assert!(
        session.screen().contains("10 of 10"),
        "{}",
        session.screen()
    );
}

#[test]
fn a_note_has_lines_and_shows_on_the_posting() {
    let session = open().keys("mthey call<enter>on Monday<c-s>");
    assert!(
        session.screen().contains("note saved"),
        "{}",
        session.screen()
    );
    assert!(session.screen().contains("on Monday"));
    let session = session.keys("/has:note<enter>");
    assert!(session.screen().contains("1 of 10"));
    let session = session.keys("m<c-e>");
    assert_eq!(
        session.effects().last().unwrap(),
        "edit they call\non Monday"
    );
    let session = session.keys("zzz<c-g>");
    assert!(!session.screen().contains("zzz"));
}

#[test]
fn days_and_names_are_asked_for() {
    let session = open().keys("afsoon<enter>");
    assert!(
        session.screen().contains("not a date: try 3d"),
        "{}",
        session.screen()
    );
    let session = session.keys("<c-u>2w<enter>");
    assert!(session.screen().contains("follow up on 2026-10-15"));
    let session = session.keys("/followup:<lt>=14d<enter>");
    assert!(session.screen().contains("1 of 10"), "{}", session.screen());
    let session = session.keys("p<enter>");
    assert!(session.app().reader().is_some());
}

#[test]
fn an_opened_url_is_asked_about_once() {
    let session = open().keys("/twitch<enter>o<enter>");
    assert!(
        session.screen().contains("Did you apply?"),
        "{}",
        session.screen()
    );
    let session = session.keys("n");
    assert!(!session.screen().contains("Did you apply?"));
    let session = session.keys("o<enter>");
    assert!(!session.screen().contains("Did you apply?"));
}

#[test]
fn a_query_is_kept_as_a_view_and_gone_back_to() {
    let session = open().keys("/loc:seattle<enter>vssea<enter>");
    assert!(
        session
            .effects()
            .contains(&"view sea: loc:seattle".to_owned())
    );
    let session = session.keys("<esc>");
    assert!(session.screen().contains("10 of 10"));
    let session = session.keys("1");
    assert_eq!(session.app().line().text(), "loc:seattle");
    assert!(session.keys("2").screen().contains("no saved view 2"));
}

#[test]
fn a_chosen_order_appears_in_the_query() {
    let session = open().keys("/sci<enter>st");
    assert_eq!(session.app().line().text(), "sci sort:title");
    let session = session.keys("s/best<enter>");
    assert_eq!(session.app().line().text(), "sci");
}

/// Visits the shipped board without two postings and with another company name; then as it is.
fn looked_again() -> (Session, VisitSummary) {
    let home = tempfile::tempdir().expect("a folder");
    let visitor = Visitor {
        folder: home.path().to_owned(),
        write: Write::Keep,
    };
    let session = open();
    let board = std::sync::Arc::new(session.app().index().board().clone());
    let index = std::sync::Arc::new(jobdeck::search::Index::new(board));
    let mut before: Vec<_> = index
        .board()
        .postings()
        .map(std::borrow::Cow::into_owned)
        .collect();
    before.truncate(before.len() - 2);
    before[0].company = Some("Under another name".into());
    let mut gone = before[1].clone();
    gone.id = "gone".into();
    before.push(gone);
    let name = index.board().name.clone();
    let before = jobdeck::board::Board::new(name, before, Vec::new());
    visitor.look(&before, Date::constant(2026, 9, 28));
    let rules = Rules {
        visitor: Some(visitor),
        ..Rules::default()
    };
    let (visit, troubles) = annotate::summarize(&index, &rules, Date::constant(2026, 10, 1));
    assert_eq!(troubles, [""; 0]);
    (session, visit)
}

#[test]
fn changes_since_the_last_visit_show_first_and_open_as_lists() {
    let (session, visit) = looked_again();
    let session = session.message(Message::VisitSummary(visit.clone()));
    let screen = session.screen();
    for told in [
        "Since your last visit, 2026-09-28",
        "2  new",
        "1  changed",
        "1  closed or gone",
    ] {
        assert!(screen.contains(told), "{told} in\n{screen}");
    }
    let session = session.keys("<enter>");
    assert!(session.screen().contains("is:new"), "{}", session.screen());
    assert_eq!(session.app().matches().total, 2);
    assert!(session.screen().contains("2 new"), "{}", session.screen());
    // Shown once: a reload in between does not repeat it.
    let again = VisitSummary {
        fresh: false,
        ..visit
    };
    let session = session.keys("<esc>").message(Message::VisitSummary(again));
    assert!(!session.screen().contains("Since your last visit"));
    let session = session.keys("n<down><enter>");
    assert_eq!(session.app().matches().total, 1);
    let screen = session.screen();
    assert!(screen.contains("since 28 Sep: company"), "{screen}");
}

#[test]
fn somebody_who_types_already_is_not_interrupted_by_news() {
    let (session, visit) = looked_again();
    let session = session.keys("/a").message(Message::VisitSummary(visit));
    assert!(!session.screen().contains("Since your last visit"));
}
