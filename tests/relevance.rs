//! Relevance over a made-up board: what a search for a role, an abbreviation, a place or a misspelt word must find.

#![allow(clippy::cast_precision_loss, reason = "numbers of queries are small")]

mod judge;

use std::collections::BTreeMap;
use std::sync::Arc;

use jobdeck::board::{Board, Posting};
use jobdeck::query;
use jobdeck::search::{Index, Request, Searcher};
use judge::{Judged, Verdict, queries, verdict};

fn searched(postings: &[Posting]) -> impl FnMut(&str) -> Vec<usize> + use<> {
    let board = Board::new("judged".into(), postings.to_vec(), Vec::new());
    let index = Arc::new(Index::new(Arc::new(board)));
    let mut searcher = Searcher::new(Arc::clone(&index));
    move |text| {
        let request = Request {
            query: query::parse(text),
            limit: index.len(),
            ..Request::default()
        };
        let found = searcher.search(&request, &|| false).expect("an answer");
        found.rows.iter().map(|row| row.0 as usize).collect()
    }
}

fn percent(verdicts: &[Verdict], of: impl Fn(&Verdict) -> f64) -> f64 {
    100.0 * verdicts.iter().map(of).sum::<f64>() / verdicts.len() as f64
}

#[test]
fn searches_find_what_people_mean() {
    let postings = judge::postings();
    let mut search = searched(&postings);
    let mut classes: BTreeMap<String, Vec<Verdict>> = BTreeMap::new();
    let mut missed = Vec::new();
    for judged in queries() {
        let Judged { class, query, .. } = &judged;
        let found = search(query);
        let verdict = verdict(&judged, &postings, &found);
        if class != "absent" && (!verdict.first || verdict.recall < 0.9 || verdict.junk > 0.1) {
            let titles = found.iter().take(3).map(|&at| &postings[at].title);
            missed.push(format!(
                "{query}: {verdict:?} {:?}",
                titles.collect::<Vec<_>>()
            ));
        }
        classes.entry(class.clone()).or_default().push(verdict);
    }
    let absent = classes.remove("absent").expect("words that are nowhere");
    assert!(percent(&absent, |verdict| f64::from(verdict.none)) >= 90.0);
    for (class, verdicts) in &classes {
        let ten = percent(verdicts, |verdict| f64::from(verdict.ten));
        assert!(ten >= 95.0, "{class}: {ten} {missed:#?}");
    }
    let all: Vec<Verdict> = classes.into_values().flatten().collect();
    let first = percent(&all, |verdict| f64::from(verdict.first));
    let precision = percent(&all, |verdict| verdict.precision);
    let recall = percent(&all, |verdict| verdict.recall);
    let junk = percent(&all, |verdict| verdict.junk);
    assert!(first >= 95.0, "first row: {first} {missed:#?}");
    assert!(precision >= 97.0, "first ten: {precision} {missed:#?}");
    assert!(recall >= 95.0, "recall: {recall} {missed:#?}");
    assert!(junk <= 2.0, "junk: {junk} {missed:#?}");
}

#[test]
fn a_rare_word_is_no_slip() {
    let postings = judge::postings();
    let mut search = searched(&postings);
    for judged in queries().iter().filter(|judged| judged.class == "rare") {
        for at in search(&judged.query) {
            assert!(
                judged.is_answered_by(&postings[at]) || judged.is_explained_by(&postings[at]),
                "{}: {}",
                judged.query,
                postings[at].title
            );
        }
    }
}
