//! Countries, regions and cities by any of their names, distances, and where one may work from.

use super::*;

#[test]
fn a_place_is_asked_for_by_any_of_its_names() {
    let place = |id: &str, place: &str| posting(id, "Cook", "Pine", "", &[place]);
    let board = Board::new(
        "b".into(),
        vec![
            place("muc", "München"),
            place("kiel", "Kiel, DE"),
            place("sea", "Seattle, WA"),
            place("per", "Perth, WA"),
            place("lon", "London, UK"),
            place("blr", "Bangalore, India"),
            place("tor", "Toronto, ON"),
            place("sfo", "San Francisco, CA"),
            place("rus", "Moscow, Russia"),
        ],
        Vec::new(),
    );
    let index = Arc::new(Index::new(Arc::new(board)));
    for (query, found) in [
        ("country:germany", "kiel muc"),
        ("country:de", "kiel muc"),
        ("country:Deutschland", "kiel muc"),
        ("country:us", "sea sfo"),
        ("country:in", "blr"),
        ("country:=CA", "tor"),
        ("!country:us", "blr kiel lon muc per rus tor"),
        ("region:eu", "kiel muc"),
        ("region:europe", "kiel lon muc rus"),
        ("region:emea", "kiel lon muc rus"),
        ("region:bavaria", "muc"),
        ("region:bayern", "muc"),
        ("region:wa", "per sea"),
        ("region:=Washington", "sea"),
        ("region:\"western australia\"", "per"),
        ("region:california", "sfo"),
        ("city:munich", "muc"),
        ("city:münchen", "muc"),
        ("city:bengaluru", "blr"),
        ("city:=Bangalore", "blr"),
        ("city:\"san francisco\"", "sfo"),
        ("city:sf", "sfo"),
    ] {
        let request = Request {
            query: parse(query),
            today: TODAY,
            limit: 100,
            ..Request::default()
        };
        let matches = Searcher::new(Arc::clone(&index)).search(&request, &|| false);
        let rows = matches.unwrap_or_default().rows;
        let mut ids: Vec<_> = rows
            .iter()
            .map(|&row| index.posting(row).id.clone())
            .collect();
        ids.sort();
        assert_eq!(ids.join(" "), found, "{query}");
    }
}

/// Ids that a query finds on a board, and the number of undecided postings.
fn found_ids(board: &Board, query: &str) -> (String, usize) {
    let index = Arc::new(Index::new(Arc::new(board.clone())));
    let request = Request {
        query: parse(query),
        today: TODAY,
        limit: 100,
        ..Request::default()
    };
    let matches = Searcher::new(Arc::clone(&index)).search(&request, &|| false);
    let matches = matches.unwrap_or_default();
    let ids = matches.rows.iter();
    let ids: Vec<_> = ids.map(|&row| index.posting(row).id.clone()).collect();
    let unjudged = matches.unjudged.iter().map(|unjudged| unjudged.count);
    (ids.join(" "), unjudged.sum())
}

fn in_places(rows: &[(&str, &[&str])]) -> Board {
    let postings = rows.iter();
    let postings = postings.map(|(id, places)| posting(id, "Cook", "Pine", "", places));
    Board::new("b".into(), postings.collect(), Vec::new())
}

#[test]
fn places_say_how_people_work_where_the_posting_does_not() {
    let mut board = in_places(&[
        ("a", &["Remote (EU)"]),
        ("b", &["Berlin", "Remote"]),
        ("c", &["Berlin (Hybrid)"]),
        ("d", &["Berlin (Hybrid)", "Remote"]),
        ("e", &["Remote, OR"]),
        ("f", &["Paris"]),
    ]);
    // If remote is one of several workplaces, it can be chosen.
    assert_eq!(found_ids(&board, "workplace:remote").0, "a b d e");
    assert_eq!(found_ids(&board, "workplace:hybrid").0, "c");
    assert_eq!(found_ids(&board, "workplace:none").0, "f");
    assert_eq!(found_ids(&board, "city:remote").0, "");
    // Stated areas take precedence over places.
    let mut stated = posting("g", "Cook", "Pine", "", &["Remote"]);
    stated.workplace = Some(Workplace::OnSite);
    board = Board::new("b".into(), vec![stated], Vec::new());
    assert_eq!(found_ids(&board, "workplace:on-site").0, "g");
}

#[test]
fn near_finds_the_nearest_place_and_counts_what_is_unknown() {
    let board = in_places(&[
        ("berlin", &["Berlin"]),
        ("both", &["Munich", "Potsdam, Germany"]),
        ("germany", &["Germany"]),
        ("hamburg", &["Hamburg"]),
        ("remote", &["Remote"]),
        ("seattle", &["Seattle, WA"]),
        ("us", &["United States"]),
    ]);
    assert_eq!(found_ids(&board, "near:berlin"), ("berlin both".into(), 2));
    assert_eq!(found_ids(&board, "near:berlin<10km").0, "berlin");
    assert_eq!(
        found_ids(&board, "near:berlin<200mi").0,
        "berlin both hamburg"
    );
    assert_eq!(found_ids(&board, "!near:berlin").0, "hamburg seattle us");
    assert_eq!(
        found_ids(&board, "near:hamburg<20000km sort:near").0,
        "hamburg both berlin seattle"
    );
    assert_eq!(
        found_ids(&board, "near:hamburg<20000km sort:-near").0,
        "seattle berlin both hamburg"
    );
}

#[test]
fn from_finds_where_one_may_work() {
    let mut board = in_places(&[
        ("berlin", &["Berlin"]),
        ("eu", &["Remote (EU)"]),
        ("paris", &["Paris"]),
        ("remote", &["Remote"]),
        ("somewhere", &["Moon base"]),
        ("us", &["Remote - US", "San Francisco"]),
        ("uk", &["London", "Remote - Germany"]),
    ]);
    assert_eq!(found_ids(&board, "from:de"), ("berlin eu uk".into(), 2));
    assert_eq!(found_ids(&board, "from:germany").0, "berlin eu uk");
    assert_eq!(found_ids(&board, "from:us").0, "us");
    assert_eq!(found_ids(&board, "!from:de").0, "paris us");
    let mut stated = posting("g", "Cook", "Pine", "", &["Remote"]);
    stated.remote_from = vec!["EMEA".into(), "CA".into()];
    board = Board::new("b".into(), vec![stated], Vec::new());
    for (query, found) in [("from:de", "g"), ("from:ca", "g"), ("from:us", "")] {
        assert_eq!(found_ids(&board, query), (found.into(), 0), "{query}");
    }
}
