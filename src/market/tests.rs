//! The market of a board whose numbers are known.
#![allow(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "the numbers are small and whole"
)]

use std::sync::Arc;

use super::*;
use crate::board::{Board, Level, Location, Period, Posting, Salary};
use crate::search::Index;
use iso_currency::Currency;

const TODAY: Date = Date::constant(2026, 3, 18);

fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

/// Twenty beekeepers in Kiel with rising pay, ten welders in Lyon, and four others.
fn board() -> Arc<Index> {
    let posting = |at: usize| {
        let (title, company, place, level) = match at {
            0..20 => ("Beekeeper", "Apiary", "Kiel, Germany", Some(Level::Senior)),
            20..30 => ("Welder", "Forge", "Lyon, France", Some(Level::Junior)),
            _ => ("Gardener", "Park", "Oslo, Norway", None),
        };
        let salary = (at < 20).then_some(Salary {
            min: Some(40_000.0 + 1_000.0 * at as f64),
            max: Some(50_000.0 + 1_000.0 * at as f64),
            currency: Currency::EUR,
            per: Period::Year,
            location: None,
        });
        Posting {
            id: format!("p{at}"),
            title: title.into(),
            company: Some(company.into()),
            locations: vec![Location::parse(place)],
            level,
            skills: vec![if at < 20 { "Hives" } else { "Tools" }.into()],
            salary: salary.into_iter().collect(),
            posted: Some(if at < 20 { day(3, 10) } else { day(2, 2) }),
            closes: (20..30).contains(&at).then_some(day(3, 4)),
            ..Posting::default()
        }
    };
    let postings = (0..34).map(posting).collect();
    let board = Board::new("Trades".into(), postings, Vec::new());
    Arc::new(Index::stated(Arc::new(board)))
}

fn market(query: &str) -> Market {
    let request = Request {
        query: query::parse(query),
        today: TODAY,
        ..Request::default()
    };
    Market::compute(&mut Searcher::new(board()), &request, &|| false).expect("not cancelled")
}

fn shown(bars: &[Bar]) -> Vec<(&str, u32)> {
    bars.iter()
        .map(|bar| (bar.label.as_str(), bar.count))
        .collect()
}

#[test]
fn groups_of_fewer_than_five_are_left_out() {
    let market = market("");
    assert_eq!((market.total, market.of), (34, 34));
    assert_eq!(shown(&market.levels), [("junior", 10), ("senior", 20)]);
    assert_eq!(shown(&market.companies), [("Apiary", 20), ("Forge", 10)]);
    assert_eq!(shown(&market.cities), [("Kiel", 20), ("Lyon", 10)]);
    let dots: Vec<&str> = market.map.iter().map(|dot| dot.label.as_str()).collect();
    assert_eq!(dots, ["Lyon", "Kiel"], "the largest is drawn last");
}

#[test]
fn pay_has_quartiles_and_steps_that_add_up() {
    let market = market("");
    let [pay] = &market.pay[..] else {
        panic!("one currency and period");
    };
    assert_eq!((pay.count, pay.derived), (20, 0));
    assert_eq!(pay.quartiles, [49_000.0, 54_000.0, 59_000.0]);
    let counted: u32 = pay.bars.iter().map(|bar| bar.count).sum();
    assert!(counted <= 20);
    assert!(
        pay.bars
            .iter()
            .all(|bar| bar.count == 0 || bar.count >= FEWEST)
    );
    let bars: Vec<(&str, u32)> = pay
        .bars
        .iter()
        .map(|bar| (bar.label.as_str(), bar.count))
        .collect();
    assert_eq!(bars, [("€40–50k", 5), ("€50–60k", 10), ("€60–70k", 5)]);
    assert_eq!(
        pay.bars[0].filter,
        Filter::Terms("salary:>=40000EUR".into())
    );
}

#[test]
fn it_follows_the_query() {
    let market = market("welder");
    assert_eq!((market.total, market.of), (10, 34));
    assert!(market.pay.is_empty());
    assert_eq!(shown(&market.cities), [("Lyon", 10)]);
    let [skill] = &market.skills[..] else {
        panic!("one skill");
    };
    assert_eq!((skill.label.as_str(), skill.count), ("Tools", 10));
    // All welders use tools; 14 of 34 postings do.
    assert!((skill.lift.unwrap() - 34.0 / 14.0).abs() < 1e-9);
}

#[test]
fn weeks_count_publications_and_closings() {
    let market = market("");
    let counted: Vec<(String, u32, u32)> = market
        .weeks
        .iter()
        .filter(|week| week.posted + week.closing > 0)
        .map(|week| (week.monday.to_string(), week.posted, week.closing))
        .collect();
    assert_eq!(
        counted,
        [
            ("2026-02-02".into(), 14, 0),
            ("2026-03-02".into(), 0, 10),
            ("2026-03-09".into(), 20, 0),
        ]
    );
    assert_eq!(
        market.weeks.last().unwrap().monday.to_string(),
        "2026-03-16"
    );
    // 20 are open for 8 days, 4 for 44; 10 were closed after 30.
    assert_eq!(market.stay.open, Some((8, 24)));
    assert_eq!(market.stay.closed, Some((30, 10)));
}

#[test]
fn a_filter_narrows_the_query_and_is_taken_out_again() {
    for (filter, narrowed) in [
        (
            Filter::Value(Field::City, "Kiel".into()),
            "bee city:=\"Kiel\"",
        ),
        (
            Filter::Terms("posted:>=2026-03-09 posted:<2026-03-16".into()),
            "bee posted:>=2026-03-09 posted:<2026-03-16",
        ),
    ] {
        let text = filter.toggle("bee");
        assert_eq!(text, narrowed);
        assert_eq!(filter.toggle(&text), "bee");
        let found = market(&text.replacen("bee", "beekeeper", 1));
        assert_eq!(found.total, 20, "{text}");
    }
    let kiel = Filter::Value(Field::City, "Kiel".into()).toggle("city:=\"Lyon\"");
    assert_eq!(
        kiel, "city:=\"Lyon\" city:=\"Kiel\"",
        "both, rather than either"
    );
    let pay = &market("").pay[0].bars[2];
    let text = pay.filter.toggle("");
    let expected = (0..20)
        .filter(|at| 50_000.0 + 1_000.0 * f64::from(*at) >= pay.from)
        .count();
    assert_eq!(market(&text).total, expected, "{text}");
}

#[test]
fn a_posting_is_compared_in_facts() {
    let market = market("");
    let pay = Salary {
        min: Some(50_000.0),
        max: Some(60_000.0),
        currency: Currency::EUR,
        per: Period::Year,
        location: None,
    };
    let standing = market.standing(&[pay], (Some(day(2, 5)), None), TODAY, 3);
    assert_eq!(
        standing.to_string(),
        "pay 53rd percentile of 20\u{a0}· open 41 days, median 8\u{a0}· posted again 3×"
    );
    let closed = market.standing(&[], (Some(day(2, 5)), Some(day(3, 1))), TODAY, 0);
    assert_eq!(closed, Standing::default());
    assert_eq!(closed.to_string(), "");
}

#[test]
fn a_cancelled_market_is_none() {
    let mut searcher = Searcher::new(board());
    let request = Request {
        today: TODAY,
        ..Request::default()
    };
    assert_eq!(Market::compute(&mut searcher, &request, &|| true), None);
}
