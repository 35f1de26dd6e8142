//! Keys for browsing and reading.

use jobdeck::app::Purpose;

use crate::session::Session;

fn open() -> Session {
    Session::open("shipped").size(120, 30)
}

fn selected(session: &Session) -> String {
    let posting = session.app().selected_posting();
    posting.map_or_else(String::new, |posting| posting.id.clone())
}

fn notice(session: &Session) -> String {
    let notice = session.app().notice();
    notice.map_or_else(String::new, |notice| notice.text.clone())
}

/// The open document.
fn reading(session: &Session) -> String {
    format!("{:?}", session.app().reader().map(|reader| &reader.subject))
}

#[test]
fn the_next_posting_is_read_with_one_key() {
    let session = open().keys("<enter>");
    let first = reading(&session);
    let session = session.keys("J");
    let second = selected(&session);
    assert_ne!(reading(&session), first);
    assert!(reading(&session).contains(&second), "{second}");
    let session = session.keys("KK");
    assert_eq!(reading(&session), first);
    assert_eq!(notice(&session), "this is the first posting");
    // Back in the list, the last document is selected.
    let session = session.keys("JJq");
    assert_eq!(session.app().list().cursor.at(), 2);
}

#[test]
fn the_posting_beside_the_list_is_scrolled_from_the_list() {
    let session = open().keys("J");
    let top = |session: &Session| session.app().detail().map(|detail| detail.page.top());
    assert!(top(&session) > Some(0), "{}", session.screen());
    assert_eq!(session.app().list().cursor.at(), 0);
    assert_eq!(top(&session.keys("K")), Some(0));
    let narrow = open().size(40, 12).keys("J");
    assert!(
        notice(&narrow).contains("no preview"),
        "{}",
        notice(&narrow)
    );
}

#[test]
fn saving_moves_on_and_unseen_postings_are_jumped_to() {
    let session = open().keys("b");
    assert_eq!(session.app().list().cursor.at(), 1);
    assert!(
        notice(&session).starts_with("saved"),
        "{}",
        notice(&session)
    );
    let session = session.keys("j<enter>qg<enter>qjN");
    assert_eq!(session.app().list().cursor.at(), 3, "row 2 was read");
    let read = session.keys("G<enter>qN");
    assert_eq!(notice(&read), "no unseen posting below");
}

#[test]
fn panes_are_left_and_right_of_each_other() {
    use jobdeck::app::Pane;
    let session = open().keys("l");
    assert_eq!(session.app().focus(), Pane::Detail);
    let session = session.keys("<left><left><left>");
    assert_eq!(session.app().focus(), Pane::Filters);
    assert_eq!(session.keys("<right>").app().focus(), Pane::List);
}

#[test]
fn the_border_between_list_and_posting_moves() {
    let width = |session: &Session| session.app().layout().list.map_or(0, |list| list.width);
    let session = open();
    let before = width(&session);
    let session = session.keys("<lt><lt>");
    assert!(width(&session) < before);
    assert_eq!(width(&session.keys(">>")), before);
}

#[test]
fn a_key_without_a_meaning_names_the_nearest_one() {
    let session = open().keys("B");
    assert_eq!(notice(&session), "B is not bound · b save / unsave");
    let session = session.keys("<f9>");
    assert_eq!(notice(&session), "f9 is not bound · ? help");
    assert_eq!(notice(&session.keys("j")), "");
}

#[test]
fn ctrl_c_twice_quits_with_any_binding() {
    let lines = "[keys.browse]\n\"ctrl-c\" = \"none\"\n";
    let session = Session::configured("small", lines).keys("<c-c>");
    assert_eq!(session.effects(), [""; 0]);
    assert_eq!(notice(&session), "ctrl-c again quits");
    let session = session.keys("j<c-c>");
    assert_eq!(session.effects(), [""; 0], "a key came between");
    assert_eq!(session.keys("<c-c>").effects(), ["quit"]);
}

#[test]
fn escape_restores_the_query_and_enter_applies_it() {
    let session = open().keys("/loc:seattle<enter>");
    let found = session.app().matches().total;
    let session = session.keys("/xyz<esc>");
    assert_eq!(session.app().line().text(), "loc:seattle");
    assert_eq!(session.app().matches().total, found);
}

#[test]
fn applied_queries_are_recalled() {
    let session = open().keys("/scientist<enter>/<c-u>loc:bellevue<enter>/<c-u><up>");
    assert_eq!(session.app().line().text(), "loc:bellevue");
    let session = session.keys("<up>");
    assert_eq!(session.app().line().text(), "scientist");
    let session = session.keys("<down><down>");
    assert_eq!(session.app().line().text(), "");
    let history = session.app().session().history;
    assert_eq!(history, ["scientist", "loc:bellevue"]);
}

#[test]
fn going_back_restores_query_and_selection() {
    let session = open().keys("/sci<enter>vsmine<enter><esc>jj");
    let before = selected(&session);
    let session = session.keys("1");
    assert_eq!(session.app().line().text(), "sci");
    let session = session.keys("<c-o>");
    assert_eq!(session.app().line().text(), "");
    assert_eq!(selected(&session), before);
    // Queries that were typed and cleared come next.
    let session = session.keys("<c-o>");
    assert_eq!(session.app().line().text(), "sci");
    let session = session.keys("<c-o>");
    assert_eq!(session.app().line().text(), "");
    assert_eq!(notice(&session.keys("<c-o>")), "nothing to go back to");
}

#[test]
fn views_have_no_undo_and_say_so() {
    let session = open().keys("b/sci<enter>vsmine<enter>u");
    assert_eq!(notice(&session), "views have no undo · v changes them");
    // The mark before is undone by the next one.
    let undone = notice(&session.keys("u"));
    assert!(undone.starts_with("undone: save"), "{undone}");
    assert!(undone.ends_with("ctrl-r redo"), "{undone}");
}

#[test]
fn a_value_is_found_in_the_filters() {
    let session = open().keys("f/belle");
    let screen = session.screen();
    assert!(
        screen.lines().any(|line| line.contains("  Bellevue ")),
        "{screen}"
    );
    assert!(
        !screen.lines().any(|line| line.contains("   Seattle ")),
        "{screen}"
    );
    assert!(screen.contains("10 of 10"), "it filters nothing: {screen}");
    // The end of a find changes nothing; the value under the cursor is included by its own key.
    let session = session.keys("<enter>");
    assert_eq!(session.app().line().text(), "");
    let session = session.keys("<space>");
    assert!(session.app().line().text().contains("Bellevue"));
    let session = session.keys("<esc>");
    assert!(session.app().filters().needle().is_none());
    // Countries are found by name.
    let session = open().keys("f/indi");
    assert!(
        session.screen().contains("  India "),
        "{}",
        session.screen()
    );
    let session = session.keys("<esc>");
    assert!(
        session.screen().contains("  Seattle "),
        "{}",
        session.screen()
    );
}

#[test]
fn filters_are_jumped_over_collapsed_and_ordered() {
    let session = open().keys("f]");
    let at = session.app().filters().cursor().at();
    let rows = session.app().filters().rows().len();
    let session = session.keys("<enter>");
    assert_eq!(session.app().filters().cursor().at(), at);
    assert!(session.app().filters().rows().len() < rows);
    let session = session.keys("<enter>[");
    assert!(session.app().filters().cursor().at() < at);
    assert!(session.keys("s").app().filters().is_alphabetical());
}

#[test]
fn views_are_renamed_and_deleted_in_their_list() {
    let session = open().keys("/sci<enter>vssea<enter>v<f2><c-u>mine<enter>");
    assert!(
        session
            .effects()
            .contains(&"view sea is now mine".to_owned()),
        "{:?}",
        session.effects()
    );
    let session = session.keys("v<delete>");
    assert!(
        session.screen().contains("Delete this view?"),
        "{}",
        session.screen()
    );
    let session = session.keys("n");
    assert!(!session.effects().contains(&"delete view mine".to_owned()));
    let session = session.keys("v<delete><enter>");
    assert!(session.effects().contains(&"delete view mine".to_owned()));
    assert_eq!(notice(&session.keys("1")), "no saved view 1");
}

#[test]
fn help_finds_actions_by_the_words_people_use() {
    for (word, line) in [
        ("undo", "undo"),
        ("order", "sort by…"),
        ("star", "save / unsave"),
        ("exit", "quit"),
        ("mute", "hide or show; mute the company"),
        ("pipeline", "your applications"),
        ("refresh", "reload the board"),
        ("unread", "next unseen posting"),
    ] {
        let session = open().keys("?").keys(word);
        let Some(jobdeck::app::Dialog::Picker(picker)) = session.app().dialog() else {
            panic!("no help");
        };
        let first: Vec<&str> = picker.shown().map(|entry| entry.text.as_str()).collect();
        assert!(
            first[..2.min(first.len())].contains(&line),
            "{word}: {first:?}"
        );
    }
    // Views share one line, and recent actions come first.
    let session = open().keys("?");
    assert!(session.screen().contains("Search"), "{}", session.screen());
    let session = session.keys("saved view");
    assert!(session.screen().contains("1–9"), "{}", session.screen());
    let session = session.keys("<esc>?mouse<enter>?");
    let screen = session.screen();
    let place = |text: &str| screen.lines().position(|line| line.contains(text));
    assert!(place("Recent") < place("mouse on or off"), "{screen}");
    assert!(place("mouse on or off") < place("Search"), "{screen}");
}

#[test]
fn a_company_is_muted_where_a_posting_is_hidden() {
    let session = open().keys("x");
    assert!(
        session.screen().contains("mute Amazon"),
        "{}",
        session.screen()
    );
    let session = session.keys("M");
    let rule = "mute company:=\"Amazon\"".to_owned();
    assert!(session.effects().contains(&rule), "{:?}", session.effects());
    // Undo takes the last act, whichever it was.
    let session = session.keys("u");
    assert_eq!(notice(&session), "undone: mute · Amazon");
    let undone = "unmute company:=\"Amazon\"".to_owned();
    assert!(session.effects().contains(&undone));
    let session = session.keys("bxM").keys("bu");
    assert!(notice(&session).starts_with("undone: saved"));
}

#[test]
fn a_chosen_order_shows_its_first_postings() {
    let session = open().keys("Gst");
    assert_eq!(session.app().list().cursor.at(), 0);
}

#[test]
fn help_finds_no_scattered_letters_beside_whole_words() {
    let screen = open().keys("?undo").screen();
    assert!(screen.contains("undo"), "{screen}");
    assert!(!screen.contains("suspend"), "{screen}");
}

#[test]
fn the_bottom_line_names_what_the_keys_of_a_dialog_do() {
    for (keys, shown) in [
        ("O", "enter open   esc cancel"),
        ("A", "enter add   esc cancel"),
        ("m", "ctrl-s save   esc cancel   ctrl-e editor"),
        ("o", "enter open   Y copy   esc cancel"),
    ] {
        let session = Session::open("harbour").size(120, 30);
        let screen = session.keys(keys).screen();
        let last = screen.lines().last().unwrap_or_default();
        assert!(last.contains(shown), "{keys}: {last}");
    }
    let reader = open().keys("i").screen();
    let last = reader.lines().last().unwrap_or_default();
    assert!(
        !last.contains("next posting") && last.contains("outline"),
        "{last}"
    );
}

#[test]
fn a_theme_shows_while_it_is_looked_at_and_goes_with_escape() {
    let session = open().keys("Tj");
    let effects = |session: &Session| session.effects().last().cloned().unwrap_or_default();
    assert_eq!(effects(&session), "theme night");
    let session = session.keys("<esc>");
    assert_eq!(effects(&session), "theme auto");
    assert!(session.app().dialog().is_none());
    let session = session.keys("Tjj<enter>");
    assert_eq!(effects(&session), "keep theme day");
    let screen = session.keys("T").screen();
    let is_used = |line: &str| line.contains('•') && line.contains(" day");
    assert!(screen.lines().any(is_used), "{screen}");
}

#[test]
fn fields_have_the_names_that_people_type() {
    for (query, canonical) in [
        ("location:seattle", "loc:seattle"),
        ("pay:>1", "salary:>1"),
        ("age:<14d", "posted:<14d"),
        ("remote:yes", "workplace:remote"),
        ("posted:week", "posted:<=7d"),
        ("posted:fri", "posted:=friday"),
        ("closes:<=Monday", "closes:<=monday"),
        ("closes:\"2 weeks\"", "closes:<=14d"),
    ] {
        let found = |query: &str| {
            let session = open().keys("/").paste(query).keys("<enter>");
            session.app().matches().clone()
        };
        assert_eq!(found(query), found(canonical), "{query}");
    }
}

#[test]
fn the_query_is_completed_with_counts_and_explained() {
    let session = open().keys("/lo<tab>");
    assert_eq!(session.app().line().text(), "loc:");
    let session = open().keys("/city:bel");
    assert!(
        session.screen().contains("Bellevue 2"),
        "{}",
        session.screen()
    );
    let session = session.keys("<tab>");
    assert_eq!(session.app().line().text(), "city:Bellevue");
    assert_eq!(session.app().matches().total, 2);
    let session = open().keys("/sci<f1>");
    assert!(
        session.screen().contains("The query language"),
        "{}",
        session.screen()
    );
    let session = session.keys("must not<enter>");
    assert_eq!(session.app().line().text(), "sci !intern");
}

#[test]
fn hints_links_and_the_border_are_clickable() {
    let wide = || Session::open("harbour").size(120, 30);
    let column = |session: &Session, row: usize, text: &str| {
        let screen = session.screen();
        let line = screen.lines().nth(row).unwrap_or_default();
        let at = line.find(text).unwrap_or_else(|| panic!("{text}: {line}"));
        line[..at].chars().count() as u16
    };
    let session = wide();
    let sort = column(&session, 29, "sort");
    let session = session.click(sort, 29);
    assert!(session.screen().contains("Sort by"), "{}", session.screen());

    let session = wide();
    let link = session.screen();
    let row = link.lines().position(|line| line.contains("[1]")).unwrap();
    let link = column(&session, row, "jobs.");
    let session = session.click(link, row as u16);
    assert!(
        session.screen().contains("Open in the browser?"),
        "{}",
        session.screen()
    );

    let session = wide();
    let detail = |session: &Session| session.app().layout().detail.unwrap();
    let before = detail(&session);
    let session = session.drag(10, before.x - 1, before.x - 11);
    assert!(detail(&session).x.abs_diff(before.x - 10) <= 1);
}

#[test]
fn a_click_selects_and_a_double_click_reads() {
    let session = Session::open("harbour").size(120, 30).click(40, 5);
    assert!(session.app().reader().is_none());
    assert!(session.app().list().cursor.at() > 0);
    let session = session.click(40, 5);
    assert!(session.app().reader().is_none(), "two slow clicks");
    let session = session.double_click(40, 5);
    assert!(session.app().reader().is_some());
}

#[test]
fn a_text_that_was_found_is_shown_in_the_row_and_the_reader_opens_there() {
    let session = Session::open("harbour").size(120, 30);
    let session = session.keys("/").paste("text:replicates").keys("<enter>");
    let screen = session.screen();
    assert!(screen.contains("…database that re"), "{screen}");
    let session = session.keys("<enter>");
    let find = session.app().reader().unwrap().find.as_ref().unwrap();
    assert_eq!((find.typing, find.count()), (false, (1, 1)));
}

#[test]
fn the_first_start_shows_the_ways_on() {
    let session = Session::started_for(Purpose::FirstStart);
    let screen = session.screen();
    assert!(screen.contains("Welcome to jobdeck"), "{screen}");
    let browsing = Session::started_for(Purpose::FirstStart).keys("b");
    assert!(browsing.app().dialog().is_none());
    assert!(browsing.screen().contains("10 of 10"));
    let opening = session.keys("o").paste("~/jobs").keys("<enter>");
    let effects = opening.effects();
    assert_eq!(
        effects.last().map(String::as_str),
        Some("open board ~/jobs")
    );
}

#[test]
fn a_source_is_added_by_its_address_in_the_background() {
    let session = open().keys("A");
    let screen = session.screen();
    assert!(
        screen.contains("Add a source") && screen.contains("greenhouse"),
        "{screen}"
    );
    let session = session.paste("acme.example/careers").keys("<enter>");
    assert_eq!(
        session.effects().last().unwrap(),
        "add acme.example/careers"
    );
    assert!(session.screen().contains("⟳ adding a source"));
    let added = jobdeck::app::AddedSource {
        told: "added acme: 3 new".into(),
        ..Default::default()
    };
    let added = session.message(jobdeck::app::Message::Added(Ok(added)));
    assert!(
        added.screen().contains("added acme: 3 new"),
        "{}",
        added.screen()
    );
    let why = vec!["leads to no postings".to_owned(), "Boards on …".to_owned()];
    let refused = open().message(jobdeck::app::Message::Added(Err(why)));
    let screen = refused.screen();
    assert!(
        screen.contains("leads to no postings · P shows more"),
        "{screen}"
    );
}

#[test]
fn postings_are_chosen_for_another_program() {
    let choosing = || Session::started_for(Purpose::Choose).size(100, 24);
    let chosen = |session: Session| session.effects().last().cloned().unwrap_or_default();
    let first = selected(&choosing());
    assert_eq!(
        chosen(choosing().keys("<enter>")),
        format!("choose {first}")
    );
    let second = selected(&choosing().keys("j"));
    let mut both = [first, second];
    both.sort();
    let marked = choosing().keys("<tab><tab><enter>");
    assert_eq!(chosen(marked), format!("choose {}", both.join(" ")));
    let screen = choosing().screen();
    assert!(screen.contains("enter choose   tab mark"), "{screen}");
}

#[test]
fn commands_of_the_user_s_own_run_on_keys() {
    let config = "[commands]\n\"ctrl-x\" = [\"my-apply\", \"{id}\", \"{url}\"]\n\
                  \"ctrl-v\" = { run = [\"less\", \"{title}\"], terminal = true }\n";
    let session = Session::configured("harbour", config).size(100, 30);
    let last = |session: &Session| session.effects().last().cloned().unwrap_or_default();
    let id = selected(&session);
    let session = session.keys("<c-x>");
    let expected = format!("run my-apply|{id}|https://jobs.");
    assert!(last(&session).starts_with(&expected), "{}", last(&session));
    let session = session.keys("<c-v>");
    assert!(
        last(&session).starts_with("run here less|"),
        "{}",
        last(&session)
    );
    let screen = session.keys("?my-apply").screen();
    assert!(screen.contains("run my-apply {id} {url}"), "{screen}");
}
