//! A grouped list equals the ungrouped one without all but the first of each group.

use std::sync::Arc;

use proptest::prelude::*;

use crate::board::{Board, Date, Location, Posting};
use crate::query::parse;
use crate::search::{Grouping, Index, Matches, Request, Row, Searcher};

const TEXT: &str = "Drive a lorry in PLACE and beyond.";

fn posting(at: usize, title: &str, company: &str, place: &str, text: &str) -> Posting {
    Posting {
        id: format!("p{at}"),
        title: title.into(),
        company: (!company.is_empty()).then(|| company.to_owned()),
        locations: vec![Location::parse(place)],
        description: text.replace("PLACE", place),
        posted: (!at.is_multiple_of(3)).then(|| Date::constant(2026, 1, 1 + (at * 7 % 20) as i8)),
        ..Posting::default()
    }
}

fn index(postings: Vec<Posting>) -> Arc<Index> {
    let index = Index::new(Arc::new(Board::new("b".into(), postings, Vec::new())));
    index.find_duplicates();
    Arc::new(index)
}

fn find(index: &Arc<Index>, request: &Request) -> Matches {
    let found = Searcher::new(Arc::clone(index)).search(request, &|| false);
    found.expect("an answer")
}

fn request(query: &str) -> Request {
    Request {
        query: parse(query),
        limit: usize::MAX,
        group: true,
        ..Request::default()
    }
}

/// Expected list: rows, and the number of rows each represents.
fn slowly(index: &Index, whole: &[Row], opened: &[Row]) -> Vec<(Row, Option<usize>, bool)> {
    let mut list = Vec::new();
    let mut done: Vec<Row> = Vec::new();
    for &row in whole {
        if done.iter().any(|known| index.is_alike(*known, row)) {
            continue;
        }
        done.push(row);
        let alike = whole.iter().filter(|other| index.is_alike(**other, row));
        let alike: Vec<Row> = alike.copied().collect();
        let open = opened.iter().any(|open| index.is_alike(*open, row));
        list.push((row, Some(alike.len() - 1), open));
        if open {
            list.extend(alike[1..].iter().map(|row| (*row, None, false)));
        }
    }
    list
}

fn postings() -> impl Strategy<Value = Vec<Posting>> {
    let one = (0..2_usize, 0..3_usize, 0..4_usize, 0..2_usize);
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(at, (title, company, place, text))| {
            posting(
                at,
                ["Driver", "Lorry Driver - R-12345"][title],
                ["Ice", "Snow", ""][company],
                [
                    "Berlin, Germany",
                    "Paris, France",
                    "Oslo, Norway",
                    "Gary, IN",
                ][place],
                [TEXT, "Another thing."][text],
            )
        })
        .collect()
    })
}

proptest! {
    #[test]
    fn a_folded_list_is_the_whole_one_without_repetitions(
        postings in postings(),
        query in prop_oneof![Just(""), Just("driver"), Just("loc:berlin | loc:oslo"), Just("sort:posted"), Just("lorry sort:-title"), Just("posted:>2026-01-05")],
        limit in 0_usize..16,
        keep in prop::option::of(0_u32..14),
        opened in prop::collection::vec(0_u32..14, 0..3),
    ) {
        let index = index(postings);
        let mut whole = request(query);
        whole.group = false;
        whole.keep = keep.map(Row);
        let ungrouped = find(&index, &whole);
        let opened: Vec<Row> = opened.into_iter().map(Row).collect();
        let expected = slowly(&index, &ungrouped.rows, &opened);
        let grouped = Request { group: true, opened, limit, ..whole.clone() };
        let found = find(&index, &grouped);
        prop_assert_eq!(found.total, ungrouped.total);
        prop_assert_eq!(&found.facets, &ungrouped.facets);
        prop_assert_eq!(found.shown, expected.len());
        prop_assert!(found.rows.len() >= limit.min(found.shown));
        for (at, row) in found.rows.iter().enumerate() {
            prop_assert_eq!(*row, expected[at].0);
            let as_expected = match (found.grouping(at), expected[at]) {
                (Grouping::Alone, (_, behind, _)) => behind == Some(0),
                (Grouping::Closed(alike), (_, behind, open)) => behind == alike.more && !open,
                (Grouping::Open(alike), (_, behind, open)) => behind == alike.more && open,
                (Grouping::Member, (_, behind, _)) => behind.is_none(),
            };
            prop_assert!(as_expected, "{at}: {:?}", found.groupings);
        }
        let kept = ungrouped.kept.map(|_| {
            let keep = Row(keep.unwrap_or_default());
            let own = expected.iter().position(|(row, ..)| *row == keep);
            own.or_else(|| expected.iter().position(|(row, ..)| index.is_alike(*row, keep)))
        });
        prop_assert_eq!(found.kept, kept.flatten());
    }
}

#[test]
fn only_duplicates_are_grouped() {
    let of = |postings: Vec<Posting>| find(&index(postings), &request(""));
    let here = |place: &str| posting(0, "Driver", "Ice", place, TEXT);
    let other = |place: &str, change: &dyn Fn(&mut Posting)| {
        let mut other = Posting {
            id: "q".into(),
            ..here(place)
        };
        change(&mut other);
        other
    };
    let grouped = of(vec![
        here("Berlin, Germany"),
        other("Paris, France", &|_| {}),
    ]);
    assert_eq!(
        (grouped.total, grouped.shown, grouped.collapsed()),
        (2, 1, 1)
    );
    assert!(
        matches!(grouped.grouping(0), Grouping::Closed(alike) if alike.more == Some(1) && alike.places)
    );
    let twice = of(vec![
        here("Berlin, Germany"),
        other("Berlin, Germany", &|_| {}),
    ]);
    assert!(matches!(twice.grouping(0), Grouping::Closed(alike) if !alike.places));
    for change in [
        &(|p: &mut Posting| p.description = "Another thing.".into()) as &dyn Fn(&mut Posting),
        &|p| p.title = "Sailor".into(),
        &|p| p.company = None,
        &|p| p.company = Some("Snow".into()),
        &|p| p.team = Some("Sea".into()),
        &|p| p.level = Some(crate::board::Level::Senior),
    ] {
        let apart = of(vec![
            here("Berlin, Germany"),
            other("Paris, France", change),
        ]);
        assert_eq!((apart.shown, apart.groupings.len()), (2, 0));
    }
}

#[test]
fn one_page_on_two_boards_is_folded_and_one_of_many_roles_is_not() {
    let board = |name: &str, roles: &[(&str, &str)]| {
        let roles = roles.iter().enumerate().map(|(at, (title, url))| Posting {
            url: Some((*url).to_owned()),
            ..posting(at, title, "Ice", "Paris", &format!("{title} of {name}"))
        });
        (
            name.to_owned(),
            Board::new(name.into(), roles.collect(), Vec::new()),
        )
    };
    let shown = |boards| {
        let index = Index::new(Arc::new(Board::union(boards)));
        index.find_duplicates();
        find(&Arc::new(index), &request("")).shown
    };
    let page = "https://ice.example.org/jobs/1";
    let same = "http://www.ice.example.org/jobs/1/?utm_source=b#apply";
    assert_eq!(
        shown(vec![
            board("a", &[("Driver", page)]),
            board("b", &[("Drives", same)])
        ]),
        1
    );
    let general = board("a", &[("Driver", page), ("Cook", page)]);
    assert_eq!(
        shown(vec![general.clone(), board("b", &[("Driver", same)])]),
        3
    );
    assert_eq!(shown(vec![general]), 2);
}

#[test]
fn nothing_is_grouped_before_duplicates_are_known() {
    let postings = ["Berlin", "Paris"].map(|place| posting(0, "Driver", "Ice", place, TEXT));
    let postings = postings
        .into_iter()
        .enumerate()
        .map(|(at, posting)| Posting {
            id: at.to_string(),
            ..posting
        });
    let index = Arc::new(Index::new(Arc::new(Board::new(
        "b".into(),
        postings.collect(),
        Vec::new(),
    ))));
    assert!(!index.knows_duplicates());
    assert_eq!(find(&index, &request("")).shown, 2);
    index.find_duplicates();
    assert_eq!(find(&index, &request("")).shown, 1);
}
