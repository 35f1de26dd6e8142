//! Merged postings are stored with minimal changes to the files.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::board::{Date, Source};
use crate::content::load;

fn posting(number: usize, description: &str) -> Posting {
    Posting {
        id: format!("a.{number}"),
        title: format!("Glaciologist {number}"),
        description: description.into(),
        source: Some(Source {
            first_seen: Some(Date::constant(2026, 1, 6)),
            retrieved: Some(Date::constant(2026, 1, 6)),
            ..Source::default()
        }),
        ..Posting::default()
    }
}

fn many(count: usize) -> Vec<Posting> {
    (0..count)
        .map(|number| posting(number, "ice ".repeat(500).trim_end()))
        .collect()
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let names = file::names(folder).unwrap().into_iter();
    names
        .map(|name| {
            (
                name.clone(),
                fs::read_to_string(file::path(folder, &name)).unwrap(),
            )
        })
        .collect()
}

fn next_day(mut posting: Posting) -> Posting {
    let day = Some(Date::constant(2026, 1, 7));
    let source = posting.source.as_mut().unwrap();
    (source.first_seen, source.retrieved) = (day, day);
    posting
}

#[test]
fn merging_twice_changes_nothing() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    let done = merge(&folder, many(3), Vec::new()).unwrap();
    assert_eq!((done.new, done.files), (3, 1));
    let before = texts(&folder);
    let again = many(3).into_iter().map(next_day).collect();
    let done = merge(&folder, again, Vec::new()).unwrap();
    assert_eq!(
        (done.new, done.changed, done.same, done.files),
        (0, 0, 3, 0)
    );
    assert_eq!(texts(&folder), before);
}

#[test]
fn one_changed_posting_touches_one_file() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(1000), Vec::new()).unwrap();
    let before = texts(&folder);
    assert!(
        before.len() > 3 && !before.contains_key(WHOLE),
        "{:?}",
        before.keys()
    );
    assert!(before.values().all(|text| text.len() <= LIMIT));
    let mut all: Vec<_> = many(1000).into_iter().map(next_day).collect();
    all[17].title = "Senior Glaciologist".into();
    let done = merge(&folder, all, Vec::new()).unwrap();
    assert_eq!(
        (done.new, done.changed, done.same, done.files),
        (0, 1, 999, 1)
    );
    let after = texts(&folder);
    let differ = before
        .iter()
        .filter(|(name, text)| after[*name] != **text)
        .count();
    assert_eq!(differ, 1);
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty());
    let changed = loaded
        .board
        .posting("a.17")
        .unwrap()
        .source
        .clone()
        .unwrap();
    assert_eq!(changed.first_seen, Some(Date::constant(2026, 1, 6)));
    assert_eq!(changed.retrieved, Some(Date::constant(2026, 1, 7)));
}

fn put(folder: &Path, postings: Vec<Posting>, dry_run: bool) -> MergeStats {
    let options = MergeOptions {
        complete_as_of: Some(Date::constant(2026, 1, 9)),
        dry_run,
        ..MergeOptions::default()
    };
    let source_store = SourceStore::open(folder).unwrap();
    source_store
        .merge(postings, Vec::new(), &options)
        .unwrap()
        .0
}

#[test]
fn missing_postings_are_closed_once_and_can_reopen() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(1000), Vec::new()).unwrap();
    let before = texts(&folder);
    let some: Vec<_> = many(1000)
        .into_iter()
        .filter(|p| p.id != "a.5")
        .map(next_day)
        .collect();
    assert_eq!(
        SourceStore::open(&folder).unwrap().missing(&some),
        (1000, 1)
    );
    let done = put(&folder, some.clone(), true);
    assert_eq!((done.same, done.closed, done.files), (999, 1, 1));
    assert_eq!(texts(&folder), before, "a dry run");
    assert_eq!(put(&folder, some.clone(), false), done);
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let gone = loaded.board.posting("a.5").unwrap();
    assert_eq!(gone.closes, Some(Date::constant(2026, 1, 8)));
    let source = gone.source.as_ref().unwrap();
    assert_eq!(source.last_seen, Some(Date::constant(2026, 1, 6)));
    let others = loaded
        .board
        .postings()
        .filter(|posting| posting.closes.is_some());
    assert_eq!(others.count(), 1);
    let closed = texts(&folder);
    assert_eq!(put(&folder, some, false).closed, 0);
    assert_eq!(texts(&folder), closed);
    let done = put(&folder, many(1000), false);
    assert_eq!((done.same, done.reopened, done.closed), (999, 1, 0));
    assert_eq!(texts(&folder), before, "it is back as it was");
    // With no incoming postings, even files that no posting falls into are processed.
    assert_eq!(put(&folder, Vec::new(), false).closed, 1000);
}

#[test]
fn a_posting_closes_between_its_last_sighting_and_its_closing_date() {
    let day = |day| Some(Date::constant(2026, 1, day));
    for (posted, stated, seen, closes, last_seen) in [
        (None, None, 6, day(8), day(6)),
        (day(9), None, 6, day(9), day(6)),
        (None, day(7), 6, day(7), day(6)),
        (None, day(31), 6, day(8), day(6)),
        (None, None, 9, day(9), day(9)),
    ] {
        let board = tempfile::tempdir().unwrap();
        let mut one = posting(1, "ice");
        (one.posted, one.closes) = (posted, stated);
        one.source.as_mut().unwrap().retrieved = day(seen);
        merge(&board.path().join("a"), vec![one], Vec::new()).unwrap();
        put(&board.path().join("a"), Vec::new(), false);
        let loaded = load(board.path()).unwrap();
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let gone = loaded.board.at(0);
        assert_eq!(
            (gone.closes, gone.source.as_ref().unwrap().last_seen),
            (closes, last_seen)
        );
    }
}

#[test]
fn a_file_is_left_as_somebody_laid_it_out_until_something_in_it_changes() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(2), Vec::new()).unwrap();
    let path = file::path(&folder, WHOLE);
    let edited = fs::read_to_string(&path).unwrap() + "\n# mine\n";
    fs::write(&path, &edited).unwrap();
    assert_eq!(put(&folder, many(2), false).files, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}

#[test]
fn a_split_that_was_cut_short_is_finished() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(200), Vec::new()).unwrap();
    let whole = fs::read(file::path(&folder, WHOLE)).unwrap();
    merge(&folder, many(1000), Vec::new()).unwrap();
    fs::write(file::path(&folder, WHOLE), whole).unwrap();
    let done = merge(&folder, vec![posting(1, "new")], Vec::new()).unwrap();
    assert_eq!(done.changed, 1);
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty());
    assert_eq!(loaded.board.postings().len(), 1000);
    assert!(!texts(&folder).contains_key(WHOLE));
}

#[test]
fn invalid_hand_edits_are_not_overwritten() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(2), Vec::new()).unwrap();
    let path = file::path(&folder, WHOLE);
    let edited = fs::read_to_string(&path).unwrap() + "tilte = \"x\"\n";
    fs::write(&path, &edited).unwrap();
    let error = merge(&folder, many(3), Vec::new()).unwrap_err();
    assert!(
        error.to_string().contains("`tilte` is not a key"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}

#[test]
fn a_posting_that_cannot_be_kept_leaves_everything_as_it_was() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(300), Vec::new()).unwrap();
    let before = texts(&folder);
    let mut all = many(1000);
    all.push(posting(1000, &"ice ".repeat(POSTING / 4)));
    let error = merge(&folder, all, Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the posting a.1000 is too large for a file"
    );
    assert_eq!(texts(&folder), before);
    let left = fs::read_dir(&folder).unwrap().count();
    assert_eq!(left, before.len(), "nothing half written stays");
}

/// Lines that differ, as a version control system shows them.
fn diff(before: &str, after: &str) -> Vec<String> {
    let diff = similar::TextDiff::from_lines(before, after);
    let lines = diff.iter_all_changes();
    let changed = lines.filter(|line| line.tag() != similar::ChangeTag::Equal);
    changed
        .map(|line| format!("{}{}", line.tag(), line.value().trim_end()))
        .collect()
}

const COMMENTED: &str = "\
# Our own words.
# Two lines of them.

# The first one.
[[posting]]
id = \"a.1\"
title = \"Glaciologist 1\"   # we call it so
posted = 2026-01-05 # a Monday
tags = [
  \"ice\", # cold
  \"snow\",
]
# About what follows.
description = \"\"\"
ice

# no comment\"\"\"
source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }
# Its last words.

# The second one.
# It is colder.
[[posting]]
id = \"a.2\"
title = \"Glaciologist 2\"
locations = [\"Nowhere, Atlantis\"]
description = \"\"\"
ice
\"\"\"
source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }

# Below everything.
";

fn commented() -> Vec<Posting> {
    let mut all = vec![posting(1, "ice\n\n# no comment"), posting(2, "ice")];
    all[0].posted = Some(Date::constant(2026, 1, 5));
    all[0].tags = vec!["ice".into(), "snow".into()];
    all[1].locations = vec![crate::board::Location::parse("Nowhere, Atlantis")];
    all
}

#[test]
fn changes_are_made_in_place_and_keep_comments() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    fs::create_dir(&folder).unwrap();
    let path = file::path(&folder, WHOLE);
    fs::write(&path, COMMENTED).unwrap();
    let again = commented().into_iter().map(next_day).collect();
    assert_eq!(put(&folder, again, false).same, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), COMMENTED);

    let mut all: Vec<_> = commented().into_iter().map(next_day).collect();
    all[0].title = "Cryologist".into();
    all[0].posted = None;
    all[0].company = Some("Icefield".into());
    all[0].team = Some("Snow".into());
    all[0].tags.clear();
    all.push(posting(3, "new"));
    all.push(posting(0, "newer"));
    let done = put(&folder, all, false);
    assert_eq!((done.new, done.changed, done.same), (2, 1, 1));
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(
        diff(COMMENTED, &after),
        [
            "+[[posting]]",
            "+id = \"a.0\"",
            "+title = \"Glaciologist 0\"",
            "+description = \"\"\"",
            "+newer",
            "+\"\"\"",
            "+source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }",
            "+",
            "-title = \"Glaciologist 1\"   # we call it so",
            "-posted = 2026-01-05 # a Monday",
            "-tags = [",
            "-  \"ice\", # cold",
            "-  \"snow\",",
            "-]",
            "+title = \"Cryologist\"   # we call it so",
            "+company = \"Icefield\"",
            "+team = \"Snow\"",
            "+# a Monday",
            "-source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }",
            "+source = { retrieved = 2026-01-07, first_seen = 2026-01-06 }",
            "+",
            "+[[posting]]",
            "+id = \"a.3\"",
            "+title = \"Glaciologist 3\"",
            "+description = \"\"\"",
            "+new",
            "+\"\"\"",
            "+source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }",
        ]
    );
}

#[test]
fn closing_is_two_lines_and_opening_takes_them_back() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    fs::create_dir(&folder).unwrap();
    let path = file::path(&folder, WHOLE);
    fs::write(&path, COMMENTED).unwrap();
    let one = vec![commented().remove(0)];
    assert_eq!(put(&folder, one, false).closed, 1);
    assert_eq!(
        diff(COMMENTED, &fs::read_to_string(&path).unwrap()),
        [
            "+closes = 2026-01-08",
            "-source = { retrieved = 2026-01-06, first_seen = 2026-01-06 }",
            "+source = { retrieved = 2026-01-06, first_seen = 2026-01-06, last_seen = 2026-01-06 }",
        ]
    );
    assert_eq!(put(&folder, commented(), false).reopened, 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), COMMENTED);
}

#[test]
fn a_layout_that_cannot_be_changed_in_place_is_written_anew_below_its_comments() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    fs::create_dir(&folder).unwrap();
    let path = file::path(&folder, WHOLE);
    let odd = "\
# Above.
[[posting]]
id = \"a.1\"
# Within.
title = \"Glaciologist 1\"
description = '''
ice'''
[posting.source]
retrieved = 2026-01-06
first_seen = 2026-01-06

[[interview]]
id = \"talk\"
title = \"A talk\"
[[interview.exchange]]
question = \"Why?\"
answer = \"Because.\"
";
    fs::write(&path, odd).unwrap();
    let mut one = next_day(posting(1, "ice"));
    one.title = "Cryologist".into();
    assert_eq!(put(&folder, vec![one.clone()], false).changed, 1);
    let after = fs::read_to_string(&path).unwrap();
    let loaded = load(board.path()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert!(
        after.starts_with("# Above.\n# Within.\n[[posting]]\n"),
        "{after}"
    );
    assert_eq!(loaded.board.posting("a.1").unwrap().title, "Cryologist");
    assert_eq!(loaded.board.interviews().len(), 1, "{after}");
}

#[test]
fn comments_move_with_their_postings_when_a_file_is_split() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    merge(&folder, many(200), Vec::new()).unwrap();
    let path = file::path(&folder, WHOLE);
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replacen("# Written by", "# Ours. Written by", 1);
    fs::write(
        &path,
        text.replace("id = \"a.77\"", "# cold\nid = \"a.77\""),
    )
    .unwrap();
    merge(&folder, many(1000), Vec::new()).unwrap();
    let texts = texts(&folder);
    assert!(!texts.contains_key(WHOLE));
    let holding = |what: &str| texts.values().filter(|text| text.contains(what)).count();
    assert_eq!(holding("# cold\nid = \"a.77\""), 1);
    assert_eq!(holding("# Ours. Written by"), 1);
}

const TALKS: &str = "\
# Our own words.

# The first talk.
[[interview]]
title = \"Ada on ice\"   # we call it so
id = \"ada\"
# Who it is.
person = { name = \"Ada\" } # of Juneau
credit = \"A friend\" # of hers
topics = [
  \"ice\", # cold
]

# She laughed.
[[interview.exchange]]
question = \"Why ice?\"
# At length.
answer = \"It keeps.\"

[[interview.exchange]]
question = 'And snow?'
answer = \"\"\"It
goes.\"\"\" # so she said

# The second talk.
[[interview]]
id = \"bo\"
title = \"Bo\"
[interview.person]
name = \"Bo\" # short
[[interview.exchange]]
question = \"Why?\"
answer = \"Because.\"

# Below everything.
";

/// Interviews of a board, by id.
fn talks(folder: &Path) -> BTreeMap<String, Interview> {
    let loaded = load(folder).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let talks = loaded.board.interviews().iter();
    talks.map(|talk| (talk.id.clone(), talk.clone())).collect()
}

fn add_problems(folder: &Path, talks: &BTreeMap<String, Interview>) -> MergeStats {
    let talks = talks.values().cloned().collect();
    merge(folder, Vec::new(), talks).unwrap()
}

#[test]
fn an_interview_is_changed_in_its_place_and_comments_stay() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    fs::create_dir(&folder).unwrap();
    let path = file::path(&folder, INTERVIEWS);
    fs::write(&path, TALKS).unwrap();
    let mut all = talks(board.path());
    assert_eq!(add_problems(&folder, &all).same, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), TALKS);

    let ada = all.get_mut("ada").unwrap();
    ada.title = "Ada on snow".into();
    ada.subtitle = Some("A talk".into());
    ada.credit = None;
    ada.exchanges[1].answer = "It comes back.".into();
    let asked = |question: &str| crate::board::Exchange {
        question: question.into(),
        answer: "Yes.".into(),
    };
    ada.exchanges.insert(1, asked("Still?"));
    let bo = all.get_mut("bo").unwrap();
    bo.person.as_mut().unwrap().role = Some("Clerk".into());
    bo.exchanges[0] = asked("Why not?");
    all.insert(
        "cy".into(),
        Interview {
            id: "cy".into(),
            title: "Cy".into(),
            exchanges: vec![asked("Ready?")],
            ..Interview::default()
        },
    );
    let done = add_problems(&folder, &all);
    assert_eq!((done.new, done.changed, done.same), (1, 2, 0));
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(talks(board.path()), all);
    assert_eq!(
        diff(TALKS, &after),
        [
            "+# of hers",
            "-title = \"Ada on ice\"   # we call it so",
            "+title = \"Ada on snow\"   # we call it so",
            "+subtitle = \"A talk\"",
            "-credit = \"A friend\" # of hers",
            "+question = \"Still?\"",
            "+answer = \"\"\"",
            "+Yes.",
            "+\"\"\"",
            "+",
            "+[[interview.exchange]]",
            "-answer = \"\"\"It",
            "-goes.\"\"\" # so she said",
            "+answer = \"\"\"",
            "+It comes back.",
            "+\"\"\" # so she said",
            "+role = \"Clerk\"",
            "-question = \"Why?\"",
            "-answer = \"Because.\"",
            "+question = \"Why not?\"",
            "+answer = \"\"\"",
            "+Yes.",
            "+\"\"\"",
            "+",
            "+[[interview]]",
            "+id = \"cy\"",
            "+title = \"Cy\"",
            "+",
            "+[[interview.exchange]]",
            "+question = \"Ready?\"",
            "+answer = \"\"\"",
            "+Yes.",
            "+\"\"\"",
        ]
    );
}

#[test]
fn comments_on_removed_values_move_above_the_interview() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    fs::create_dir(&folder).unwrap();
    let path = file::path(&folder, INTERVIEWS);
    fs::write(&path, TALKS).unwrap();
    let mut all = talks(board.path());
    let ada = all.get_mut("ada").unwrap();
    (ada.person, ada.topics) = (None, Vec::new());
    ada.exchanges.remove(0);
    assert_eq!(add_problems(&folder, &all).changed, 1);
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(talks(board.path()), all);
    for comment in [
        "# Who it is.",
        "# of Juneau",
        "# She laughed.",
        "# At length.",
        "# so she said",
    ] {
        assert_eq!(after.matches(comment).count(), 1, "{comment}\n{after}");
    }
    assert!(after.contains("question = 'And snow?'\n"), "{after}");
}

/// The same postings under new ids.
fn renamed(postings: Vec<Posting>, night: usize) -> Vec<Posting> {
    let rename = |mut posting: Posting| {
        posting.id = format!("a.night-{night}-{}", posting.title.to_lowercase());
        next_day(posting)
    };
    postings.into_iter().map(rename).collect()
}

#[test]
fn new_ids_every_night_are_the_same_postings() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    // By their texts and by their addresses.
    let mut all = many(3);
    for (number, title) in [(3, "Cook"), (4, "Baker")] {
        let mut posting = posting(number, "");
        posting.title = title.to_owned();
        posting.url = Some(format!("https://example.org/jobs/{number}"));
        all.push(posting);
    }
    merge(&folder, all.clone(), Vec::new()).unwrap();
    let before = texts(&folder);
    for night in 0..4 {
        let source_store = SourceStore::open(&folder).unwrap();
        let mut incoming = renamed(all.clone(), night);
        assert_eq!(source_store.recognize(&mut incoming), all.len());
        assert_eq!(source_store.missing(&incoming), (all.len(), 0));
        let done = source_store
            .merge(incoming, Vec::new(), &MergeOptions::default())
            .unwrap()
            .0;
        assert_eq!((done.same, done.new, done.files), (all.len(), 0, 0));
    }
    assert_eq!(texts(&folder), before);
}

#[test]
fn what_only_looks_the_same_stays_apart() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    let at = |id: &str, title: &str, url: &str, text: &str| {
        let mut posting = posting(0, text);
        (posting.id, posting.title) = (id.to_owned(), title.to_owned());
        posting.url = Some(url.to_owned());
        posting
    };
    let list = "https://example.org/careers";
    let first = vec![
        // Without a text the same title is not enough, and a shared address identifies no posting.
        at("a.1", "Cook", "https://example.org/jobs/1", ""),
        at("a.2", "Baker", list, ""),
        at("a.3", "Smith", list, ""),
    ];
    merge(&folder, first, Vec::new()).unwrap();
    let mut incoming = vec![
        at("a.4", "Cook", "https://example.org/jobs/4", ""),
        at("a.5", "Farmer", list, ""),
    ];
    assert_eq!(
        SourceStore::open(&folder).unwrap().recognize(&mut incoming),
        0
    );
    assert_eq!(incoming[0].id, "a.4");
}

#[test]
fn a_day_to_come_keeps_no_gone_posting_open() {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("a");
    let far = Some(Date::constant(9999, 1, 1));
    let mut all = many(2);
    all[1].closes = far;
    all[1].posted = far;
    all[1].source.as_mut().unwrap().retrieved = far;
    merge(&folder, all.clone(), Vec::new()).unwrap();
    all.pop();
    let today = Date::constant(2026, 1, 8);
    let options = MergeOptions {
        complete_as_of: Some(today),
        dry_run: false,
        ..MergeOptions::default()
    };
    let done = SourceStore::open(&folder)
        .unwrap()
        .merge(all, Vec::new(), &options);
    assert_eq!(done.unwrap().0.closed, 1);
    let gone = load(board.path()).unwrap().board;
    let gone = gone.posting("a.1").expect("kept");
    assert!(
        !gone.is_open(today.tomorrow().unwrap()),
        "{:?}",
        gone.closes
    );
}
