use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::board::{Board, Date};

fn key(id: &str) -> PostingKey {
    PostingKey {
        board: "small".into(),
        id: id.into(),
    }
}

fn posting(id: &str, title: &str) -> Posting {
    Posting {
        id: id.into(),
        title: title.into(),
        ..Posting::default()
    }
}

fn day(day: i8) -> Date {
    Date::new(2026, 1, day).unwrap()
}

/// A user on one machine.
struct Person {
    tracking: Tracking,
    clock: Clock,
    now: Timestamp,
    journal: Vec<Event>,
}

impl Person {
    fn new(origin: u64) -> Self {
        Self {
            tracking: Tracking::default(),
            clock: Clock::new(origin),
            now: "2026-01-06T09:00:00Z".parse().unwrap(),
            journal: Vec::new(),
        }
    }

    fn does(&mut self, act: Vec<EventKind>) {
        self.now += 1.minute();
        let events = self.clock.stamp(act, self.now).expect("room");
        self.journal.extend(events.clone());
        self.tracking.extend(events);
    }

    fn marks(&mut self, ids: &[&str], mark: &Mark) {
        let marks = ids
            .iter()
            .map(|id| self.tracking.mark(key(id), mark.clone(), None));
        let act = marks.collect();
        self.does(act);
    }

    fn notes(&mut self, id: &str, text: &str) {
        let note = self.tracking.note(key(id), text.into(), None);
        self.does(vec![note]);
    }

    fn undoes(&mut self) -> bool {
        let undo = self.tracking.undo();
        undo.map(|undo| self.does(vec![undo])).is_some()
    }

    fn redoes(&mut self) -> bool {
        let redo = self.tracking.redo();
        redo.map(|redo| self.does(vec![redo])).is_some()
    }

    fn of(&self, id: &str) -> &Status {
        self.tracking.of_posting(&key(id))
    }
}

#[test]
fn one_undo_takes_back_all_that_was_marked_at_once() {
    let mut ada = Person::new(1);
    ada.marks(&["a", "b", "c"], &Mark::Saved);
    ada.marks(&["b", "c"], &Mark::Hidden(Reason::Pay));
    assert_eq!(ada.of("b").hidden, Some(Reason::Pay));
    let Some(EventKind::Undo(moment)) = ada.tracking.undo() else {
        panic!("there is something to undo")
    };
    let ids: Vec<_> = ada.tracking.act(moment).map(|(key, _)| &*key.id).collect();
    assert_eq!(ids, ["b", "c"]);
    assert!(ada.undoes());
    assert!(ada.of("b").hidden.is_none() && ada.of("c").hidden.is_none());
    assert!(ada.of("b").saved.is_some());
    assert!(ada.undoes());
    assert_eq!(ada.of("a"), &Status::default());
    assert!(!ada.undoes());
    assert!(ada.redoes() && ada.redoes() && !ada.redoes());
    assert_eq!(ada.of("c").hidden, Some(Reason::Pay));
}

#[test]
fn redo_ends_after_a_new_act() {
    let mut ada = Person::new(1);
    ada.marks(&["a"], &Mark::Saved);
    ada.undoes();
    ada.marks(&["b"], &Mark::Saved);
    assert!(!ada.redoes());
    ada.undoes();
    assert!(ada.redoes());
    assert!(ada.of("b").saved.is_some() && ada.of("a").saved.is_none());
}

#[test]
fn undo_skips_views_but_not_explicit_marks() {
    let mut ada = Person::new(1);
    ada.marks(&["a"], &Mark::Saved);
    let look = ada.tracking.seen(key("b"), &posting("b", "B")).unwrap();
    ada.does(vec![look]);
    assert_eq!(ada.tracking.seen(key("b"), &posting("b", "B")), None);
    assert!(ada.undoes());
    assert!(ada.of("a").seen.is_none() && ada.of("b").seen.is_some());
    ada.marks(&["c", "d"], &Mark::Seen);
    assert!(ada.of("d").seen.is_some() && !ada.of("d").is_marked());
    assert!(ada.undoes());
    assert!(ada.of("d").seen.is_none());
}

#[test]
fn an_application_takes_its_course() {
    let mut ada = Person::new(1);
    let stage = |stage, on| Mark::Stage(stage, day(on));
    ada.marks(&["a"], &stage(Stage::Applied, 5));
    assert_eq!(
        ada.of("a").stage.unwrap().stage.next(),
        Some(Stage::Interview)
    );
    ada.marks(&["a"], &stage(Stage::Interview, 9));
    ada.marks(&["a"], &stage(Stage::Interview, 12));
    // Correcting the date of the application does not change its stage.
    ada.marks(&["a"], &stage(Stage::Applied, 3));
    let status = ada.of("a");
    assert_eq!(status.stage.unwrap().stage, Stage::Interview);
    assert_eq!(status.reached(Stage::Applied), Some(day(3)));
    let course: Vec<_> = status
        .course
        .iter()
        .map(|step| (step.on.day(), step.stage.word()))
        .collect();
    assert_eq!(
        course,
        [(3, "applied"), (9, "interview"), (12, "interview")]
    );
    // Withdraw before an upcoming interview, then revert.
    ada.marks(&["a"], &stage(Stage::Withdrawn, 10));
    assert_eq!(ada.of("a").stage.unwrap().stage, Stage::Withdrawn);
    assert!(ada.of("a").stage.unwrap().stage.is_end());
    ada.undoes();
    assert_eq!(ada.of("a").stage.unwrap().stage, Stage::Interview);
}

#[test]
fn a_copy_outlives_the_board_and_is_made_once() {
    let mut ada = Person::new(1);
    let copies = |what: &EventKind| match what {
        EventKind::Mark(_, marked) => marked.copy.is_some(),
        _ => false,
    };
    let seen = ada
        .tracking
        .mark(key("a"), Mark::Seen, Some(&posting("a", "A")));
    assert!(!copies(&seen));
    let saved = ada
        .tracking
        .mark(key("a"), Mark::Saved, Some(&posting("x/a", "A")));
    assert!(copies(&saved));
    ada.does(vec![seen, saved]);
    assert_eq!(ada.of("a").copy.as_deref(), Some(&posting("a", "A")));
    let again = Mark::Stage(Stage::Applied, day(6));
    assert!(!copies(&ada.tracking.mark(
        key("a"),
        again.clone(),
        Some(&posting("a", "A"))
    )));
    let changed = posting("a", "Another");
    assert!(ada.of("a").is_changed(ContentHash::from_posting(&changed)));
    assert!(copies(&ada.tracking.mark(key("a"), again, Some(&changed))));
    ada.undoes();
    assert!(ada.of("a").saved.is_none() && ada.of("a").copy.is_some());
}

#[test]
fn no_note_is_lost_when_two_machines_write_one_each() {
    let mut ada = Person::new(1);
    ada.notes("a", "Called Grace.");
    let mut other = Person::new(2);
    other.tracking.extend(ada.journal.clone());
    ada.notes("a", "Called Grace. She calls back.");
    other.notes("a", "Called Grace on her mobile.");
    ada.tracking.extend(other.journal);
    let both = "Called Grace on her mobile.\n\nCalled Grace. She calls back.";
    assert_eq!(ada.of("a").note.as_deref(), Some(both));
    ada.notes("a", "Called Grace.");
    assert_eq!(ada.of("a").note.as_deref(), Some("Called Grace."));
    ada.undoes();
    assert_eq!(ada.of("a").note.as_deref(), Some(both));
    ada.notes("a", "");
    assert_eq!(ada.of("a").note, None);
}

#[test]
fn other_entries_can_be_removed() {
    let mut ada = Person::new(1);
    for (mark, unmark) in [
        (Mark::Saved, Mark::Unsaved),
        (Mark::Hidden(Reason::Company), Mark::Unhidden),
        (Mark::FollowUp(Some(day(9))), Mark::FollowUp(None)),
        (Mark::Contact(Some("Grace".into())), Mark::Contact(None)),
        (Mark::Cv(Some("long".into())), Mark::Cv(None)),
    ] {
        ada.marks(&["a"], &mark);
        assert!(ada.of("a").is_marked(), "{mark:?}");
        ada.marks(&["a"], &unmark);
        assert!(!ada.of("a").is_marked(), "{unmark:?}");
    }
}

#[test]
fn a_posting_has_one_key_however_its_board_is_opened() {
    let board = |name: &str| Board::new(name.into(), vec![posting("a", "A")], Vec::new());
    let alone = board("Amazon  Science!");
    let beside = Board::union(vec![
        ("content".into(), board("Amazon Science")),
        ("other".into(), board("Zürich – 求人")),
    ]);
    let keys = |board: &Board| -> Vec<String> {
        let keys = board
            .postings()
            .map(|posting| PostingKey::from_posting(board, &posting));
        keys.map(|key| format!("{} {}", key.board, key.id))
            .collect()
    };
    assert_eq!(keys(&alone), ["amazon-science a"]);
    assert_eq!(keys(&beside), ["amazon-science a", "zurich-求人 a"]);
}

fn any_moment() -> impl Strategy<Value = Moment> {
    (0..12_i64, 0..3_u64).prop_map(|(second, origin)| Moment {
        at: Timestamp::from_second(1_767_690_000 + second).unwrap(),
        origin,
    })
}

fn any_id() -> impl Strategy<Value = EventId> {
    (any_moment(), 0..2_u32).prop_map(|(moment, number)| EventId { moment, number })
}

fn any_mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Seen),
        Just(Mark::Saved),
        Just(Mark::Unsaved),
        (0..Stage::WORDS.len(), 1..9_i8).prop_map(|(stage, on)| {
            Mark::Stage(Stage::from_word(Stage::WORDS[stage]).unwrap(), day(on))
        }),
        Just(Mark::Hidden(Reason::Pay)),
        Just(Mark::Unhidden),
        ("[a-c]?", vec(any_id(), 0..3)).prop_map(|(text, replaces)| Mark::Note { text, replaces }),
        proptest::option::of(1..9_i8).prop_map(|on| Mark::FollowUp(on.map(day))),
        proptest::option::of("[a-b]").prop_map(Mark::Contact),
        proptest::option::of("[a-b]").prop_map(Mark::Cv),
    ]
}

fn any_what() -> impl Strategy<Value = EventKind> {
    let marked = (
        "[a-c]",
        any_mark(),
        any::<bool>(),
        proptest::option::of(0..3_u64),
    );
    prop_oneof![
        6 => marked.prop_map(|(id, mark, automatic, hash)| EventKind::Mark(key(&id), Box::new(MarkEvent {
            copy: matches!(mark, Mark::Saved).then(|| posting(&id, "Kept").into()),
            mark,
            automatic,
            hash: hash.map(ContentHash),
        }))),
        1 => any_moment().prop_map(EventKind::Undo),
        1 => any_moment().prop_map(EventKind::Redo),
    ]
}

/// Events of three machines, dense enough that ids, undos and notes collide; some ids are even duplicated.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    vec(
        (any_id(), any_what()).prop_map(|(id, what)| Event { id, what }),
        0..40,
    )
}

/// The visible state.
fn seen(tracking: &Tracking) -> String {
    let mut rows: Vec<_> = tracking.iter().collect();
    rows.sort_by_key(|(key, _)| *key);
    let (undo, redo) = (tracking.undo(), tracking.redo());
    format!("{rows:#?} {} {undo:?} {redo:?}", tracking.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if full() { 20_000 } else { 300 }))]

    #[test]
    fn journals_come_to_the_same_in_any_order_and_interleaving(
        (events, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        repeated in vec(any::<prop::sample::Index>(), 0..10),
        cuts in vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let mut all_at_once = Tracking::default();
        all_at_once.extend(events.clone());

        let mut piecemeal = Tracking::default();
        let mut rest = shuffled;
        if !events.is_empty() {
            rest.extend(repeated.iter().map(|at| at.get(&events).clone()));
        }
        for cut in cuts {
            let later = rest.split_off(cut.index(rest.len() + 1));
            piecemeal.extend(rest);
            rest = later;
        }
        piecemeal.extend(rest);
        prop_assert_eq!(seen(&all_at_once), seen(&piecemeal));
    }
}

/// Whether long runs were requested.
fn full() -> bool {
    std::env::var("JOBDECK_HARNESS").is_ok_and(|how| how == "full")
}

#[test]
fn a_posting_is_posted_again_if_it_is_younger_than_the_application() {
    let posted = |day: i8| Posting {
        posted: Some(Date::constant(2026, 1, day)),
        ..Posting::default()
    };
    let applied = Step {
        on: Date::constant(2026, 1, 5),
        stage: Stage::Applied,
    };
    let status = Status {
        course: vec![applied],
        ..Status::default()
    };
    assert!(status.is_posted_again(&posted(6)));
    assert!(!status.is_posted_again(&posted(5)));
    assert!(!status.is_posted_again(&Posting::default()));
    assert!(!Status::default().is_posted_again(&posted(6)));
}
