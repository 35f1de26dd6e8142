//! Written values load back unchanged, whatever they contain.

use std::path::Path;

use iso_currency::Currency;
use proptest::prelude::*;

use super::super::builder::BoardBuilder;
use super::super::format;
use super::super::parsed_file::ParsedFile;
use super::super::{Loaded, Problem};
use crate::board::{
    Board, Date, Employment, Exchange, Interview, Level, Location, Period, Person, Posting, Salary,
    Source, Sponsorship, Workplace, text,
};

fn load(text: &str) -> Loaded {
    let mut builder = BoardBuilder::default();
    let path = Path::new("a.toml");
    builder.add(path, text, ParsedFile::read(path, text));
    builder.finish("a")
}

/// Problems that mean that something was not read; an unknown place was read.
fn lost(problems: &[Problem]) -> Vec<&Problem> {
    let about_places = |problem: &&Problem| !problem.message.starts_with("no country is known");
    problems.iter().filter(about_places).collect()
}

fn line() -> impl Strategy<Value = String> {
    let raw = prop_oneof!["\\PC{1,40}", r#"[a-z"'\\ \[\]#=.]{1,30}"#, any::<String>()];
    let gated = raw.prop_map(|raw| text::line(&raw).chars().take(200).collect::<String>());
    gated
        .prop_map(|line| text::line(&line))
        .prop_filter("a line holds something", |line| !line.is_empty())
}

fn id() -> impl Strategy<Value = String> {
    line().prop_map(|line| line.replace(' ', "-"))
}

fn block() -> impl Strategy<Value = String> {
    let lines = prop_oneof![
        line(),
        Just(String::new()),
        Just("\"\"\"".into()),
        Just("'''".into()),
        Just("\"\"\"\"\"".into()),
        Just("a \\".into()),
        Just("[[posting]]".into()),
        Just("    - indented".into()),
        Just("id = \"x\"".into()),
    ];
    prop::collection::vec(lines, 0..8).prop_map(|lines| {
        let block = text::block(&lines.join("\n"));
        block.trim_end().trim_start_matches('\n').to_owned()
    })
}

fn date() -> impl Strategy<Value = Date> {
    (0_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn salary() -> impl Strategy<Value = Salary> {
    let amounts = (
        0.0..1e7,
        prop_oneof![Just(0.0), 0.0..1e7, Just(1e300)],
        0..3,
    );
    (amounts, prop::option::of(line())).prop_map(|((min, more, given), location)| Salary {
        min: (given != 1).then_some(min),
        max: (given != 2).then_some(min + more),
        currency: Currency::EUR,
        per: Period::Week,
        location,
    })
}

prop_compose! {
    fn posting()(
        names in (id(), line(), prop::option::of(line()), prop::option::of(line())),
        lists in (prop::collection::vec(line(), 0..4), prop::collection::vec(line(), 0..4)),
        dates in (prop::option::of(date()), prop::option::of(date()), prop::option::of(date())),
        pay in prop::collection::vec(salary(), 0..3),
        description in block(),
        flags in (any::<bool>(), any::<bool>(), prop::option::of(line())),
    ) -> Posting {
        let (id, title, company, team) = names;
        let source = Source { format: flags.2.clone(), retrieved: dates.2, ..Source::default() };
        Posting {
            id, title, company, team,
            locations: lists.0.iter().map(|written| Location::parse(written)).collect(),
            tags: lists.1,
            posted: dates.0,
            closes: dates.1.filter(|closes| dates.0.is_none_or(|posted| posted <= *closes)),
            salary: pay,
            description,
            retold: flags.0,
            workplace: flags.1.then_some(Workplace::Hybrid),
            employment: flags.0.then_some(Employment::Volunteer).into_iter().collect(),
            level: flags.1.then_some(Level::Staff),
            sponsorship: flags.0.then_some(Sponsorship::None),
            url: flags.1.then(|| "https://example.org/a?b=c'd\"".to_owned()),
            language: flags.0.then(|| "pt-BR".to_owned()),
            publisher: flags.2,
            source: flags.1.then_some(source),
            ..Posting::default()
        }
    }
}

proptest! {
    #[test]
    fn a_posting_comes_back(posting in posting()) {
        let text = super::posting(&posting);
        let loaded = load(&text);
        prop_assert!(lost(&loaded.problems).is_empty(), "{text}\n{:?}", loaded.problems);
        prop_assert_eq!(loaded.board.postings().collect::<Vec<_>>(), [std::borrow::Cow::Borrowed(&posting)]);
        prop_assert_eq!(super::posting(&loaded.board.at(0)), text.as_str());
        // Written postings are already formatted.
        prop_assert_eq!(format::laid_out(Path::new("a.toml"), &text), Ok(text));
    }

    #[test]
    fn an_interview_comes_back(
        id in id(), title in line(), role in prop::option::of(line()), introduction in block(),
        exchanges in prop::collection::vec((line(), block()), 1..4),
    ) {
        let exchanges: Vec<_> = exchanges.into_iter()
            .filter(|(_, answer)| !answer.is_empty())
            .map(|(question, answer)| Exchange { question, answer })
            .collect();
        prop_assume!(!exchanges.is_empty());
        let interview = Interview {
            id, subtitle: role.clone(), exchanges,
            person: Some(Person { name: title.clone(), role }),
            title,
            introduction: Some(introduction).filter(|text| !text.is_empty()),
            related: Some(Vec::new()),
            ..Interview::default()
        };
        let text = super::interview(&interview);
        let loaded = load(&text);
        prop_assert!(loaded.problems.is_empty(), "{text}\n{:?}", loaded.problems);
        prop_assert_eq!(loaded.board.interviews(), std::slice::from_ref(&interview));
        prop_assert_eq!(format::laid_out(Path::new("a.toml"), &text), Ok(text));
    }
}

#[test]
fn a_board_s_head_comes_back() {
    let mut board = Board::new("Ice \"&\" Snow".into(), Vec::new(), Vec::new());
    board.description = Some("Two lines\nof \\ text".into());
    board.url = Some("https://example.org".into());
    let loaded = load(&super::board(&board));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert_eq!(loaded.board.name, board.name);
    assert_eq!(loaded.board.description, board.description);
    assert_eq!(loaded.board.url, board.url);
}

#[test]
fn text_stays_readable() {
    let posting = Posting {
        id: "a".into(),
        title: r#"He said "ice""#.into(),
        tags: vec!["ice".into(), "snow".into()],
        description: "Not 1\\. but\n\n- two".into(),
        ..Posting::default()
    };
    assert_eq!(
        super::posting(&posting),
        "[[posting]]\nid = \"a\"\ntitle = 'He said \"ice\"'\ntags = [\"ice\", \"snow\"]\ndescription = '''\nNot 1\\. but\n\n- two\n'''\n"
    );
}
