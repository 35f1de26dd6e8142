mod whereabouts;

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::board::{Board, Location, Period, Posting, Salary, Workplace};
use crate::query::parse;

const TODAY: Date = date(2026, 6, 15);

fn posting(id: &str, title: &str, company: &str, team: &str, places: &[&str]) -> Posting {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Posting {
        id: id.into(),
        title: title.into(),
        company: some(company),
        team: some(team),
        locations: places.iter().map(|place| Location::parse(place)).collect(),
        ..Posting::default()
    }
}

fn pay(max: f64, currency: &str, per: Period) -> Salary {
    Salary {
        min: None,
        max: Some(max),
        currency: iso_currency::Currency::from_code(currency).unwrap(),
        per,
        location: None,
    }
}

/// Eight distinct postings.
fn board() -> Vec<Posting> {
    let mut postings = vec![
        posting(
            "sci-sea",
            "Senior Applied Scientist",
            "Amazon",
            "Prime Video",
            &["US, WA, Seattle"],
        ),
        posting(
            "res",
            "Research Scientist",
            "Amazon",
            "Alexa AI",
            &["US, WA, Bellevue"],
        ),
        posting(
            "zrh",
            "Ingenieurin für Maschinelles Lernen",
            "Große Bank",
            "Prime Video",
            &["Zürich, Switzerland"],
        ),
        posting(
            "ber",
            "Data Engineer",
            "Søgning",
            "Søgning Berlin",
            &["Berlin, DE", "Munich, Germany"],
        ),
        posting(
            "req",
            "Data Scientist - R-102938",
            "Amazon",
            "",
            &["IN, KA, Bengaluru"],
        ),
        posting(
            "rem",
            "Software Engineer, Ads",
            "Twitch",
            "Ads",
            &["Remote - US"],
        ),
        posting("nowhere", "Research Intern", "", "", &[]),
        posting(
            "multi",
            "Economist",
            "Amazon",
            "Prime Video",
            &["US, WA, Seattle", "US, CA, Santa Clara"],
        ),
    ];
    postings[0].posted = Some(date(2026, 6, 14));
    postings[0].tags = vec!["forecasting".into(), "Machine Learning".into()];
    postings[0].salary = vec![pay(180_000.0, "USD", Period::Year)];
    postings[0].description = "Neural networks.".into();
    postings[1].posted = Some(date(2026, 6, 1));
    postings[1].closes = Some(date(2026, 6, 15));
    postings[1].salary = vec![
        pay(90_000.0, "USD", Period::Year),
        pay(150_000.0, "USD", Period::Year),
    ];
    postings[2].posted = Some(date(2026, 5, 1));
    postings[2].salary = vec![pay(130_000.0, "CHF", Period::Year)];
    postings[2].description = "Wir suchen Größe.".into();
    postings[3].closes = Some(date(2026, 6, 14));
    postings[3].workplace = Some(Workplace::Remote);
    postings[5].salary = vec![pay(60.0, "USD", Period::Hour)];
    postings[5].workplace = Some(Workplace::Remote);
    postings[7].tags = vec!["machine learning".into()];
    postings
}

struct Found {
    index: Arc<Index>,
    matches: Matches,
}

impl Found {
    fn ids(&self) -> Vec<String> {
        let rows = self.matches.rows.iter();
        rows.map(|&row| self.index.posting(row).id.clone())
            .collect()
    }

    fn facet(&self, field: Field) -> Vec<(&str, usize, Selection)> {
        let facet = self
            .matches
            .facets
            .iter()
            .find(|facet| facet.field == field);
        let values = facet.into_iter().flat_map(|facet| &facet.values);
        values
            .map(|value| (value.value.as_str(), value.count, value.selection))
            .collect()
    }

    fn unjudged(&self) -> Vec<String> {
        self.matches
            .unjudged
            .iter()
            .map(Unjudged::to_string)
            .collect()
    }
}

fn request(query: &str) -> Request {
    Request {
        query: parse(query),
        today: TODAY,
        limit: 100,
        ..Request::default()
    }
}

fn search(postings: Vec<Posting>, request: &Request) -> Found {
    let index = Arc::new(Index::new(Arc::new(Board::new(
        "b".into(),
        postings,
        Vec::new(),
    ))));
    let mut searcher = Searcher::new(index.clone());
    let matches = searcher.search(request, &|| false).unwrap();
    Found { index, matches }
}

fn find(query: &str) -> Found {
    search(board(), &request(query))
}

/// Ids of the matches, in board order.
fn set(query: &str) -> Vec<String> {
    let found = find(query);
    let mut rows = found.matches.rows.clone();
    rows.sort_unstable();
    let ids = rows.iter().map(|&row| found.index.posting(row).id.clone());
    ids.collect()
}

#[test]
fn each_term_finds_its_matches() {
    for (query, ids) in [
        ("zurich", "zrh"),
        ("ZÜRICH", "zrh"),
        ("grosse", "zrh"),
        ("sogning", "ber"),
        ("/sea", "sci-sea multi"),
        ("sea sci", "sci-sea"),
        ("sci sea", "sci-sea"),
        ("~sea ~sci", "sci-sea res zrh nowhere"),
        ("sear sci", "res"),
        ("snr apld", "sci-sea"),
        ("germany", "ber"),
        ("'sea", "sci-sea res nowhere multi"),
        ("\"data s\"", "req"),
        ("^data", "ber req"),
        ("berlin$", "ber"),
        ("^economist$", "multi"),
        ("!scientist !engineer", "zrh nowhere multi"),
        ("title:data", "ber req"),
        ("title:^research", "res nowhere"),
        ("company:amazon", "sci-sea res req multi"),
        ("company:none", "nowhere"),
        ("team:none", "req nowhere"),
        ("loc:none", "nowhere"),
        ("loc:bellevue", "res"),
        ("loc:germany", "ber"),
        ("loc:zurich|berlin", "zrh ber"),
        ("!loc:seattle", "res zrh ber req rem nowhere"),
        ("loc:!seattle", "res zrh ber req rem nowhere"),
        ("country:us", "sci-sea res rem multi"),
        ("country:=\"Germany\"", "ber"),
        ("country:=\"de\"", "ber"),
        ("country:none", "nowhere"),
        ("region:=wa", "sci-sea res multi"),
        ("city:seattle", "sci-sea multi"),
        ("tag:=\"machine learning\"", "sci-sea multi"),
        ("tag:none", "res zrh ber req rem nowhere"),
        ("workplace:remote", "ber rem"),
        ("!workplace:remote", "sci-sea res zrh req nowhere multi"),
        ("text:neural", "sci-sea"),
        ("text:GRÖSSE", "zrh"),
        ("!text:neural !text:none", "zrh"),
        ("posted:<14d", "sci-sea"),
        ("posted:<=14d", "sci-sea res"),
        ("posted:>2026-05-15", "sci-sea res"),
        ("posted:none", "ber req rem nowhere multi"),
        ("closes:<7d", "res"),
        ("is:closed", "ber"),
        ("is:open closes:<7d", "res"),
        ("salary:>120k", "sci-sea res zrh"),
        ("salary:>120kUSD", "sci-sea res"),
        ("salary:>50USD/hour", "rem"),
        ("!salary:>120k", ""),
        ("!salary:>160k", "res zrh"),
        ("salary:none", "ber req nowhere multi"),
        ("salary:>160k | team:prime", "sci-sea zrh multi"),
        ("research | economist", "res nowhere multi"),
        ("research | economist amazon", "res multi"),
        ("nope:x", "sci-sea res zrh ber req rem nowhere multi"),
        ("salary:>", "sci-sea res zrh ber req rem nowhere multi"),
        ("salary:> !", "sci-sea res zrh ber req rem nowhere multi"),
        ("zzzz", ""),
    ] {
        let expected: Vec<&str> = ids.split_whitespace().collect();
        assert_eq!(set(query), expected, "{query}");
    }
}

#[test]
fn a_requisition_number_is_found_and_is_no_part_of_the_words() {
    for (query, ids) in [
        ("102938", vec!["req"]),
        ("r-102", vec!["req"]),
        ("datar102938", vec![]),
        ("'r-102938", vec!["req"]),
        ("\"scientist - r-10\"", vec!["req"]),
        ("scientist$", vec!["sci-sea", "res"]),
        ("title:102938$", vec!["req"]),
        ("title:=\"data scientist - r-102938\"", vec!["req"]),
        ("title:=\"data scientist\"", vec![]),
        ("!102938 data", vec!["ber"]),
        ("company:amazon !r-1", vec!["sci-sea", "res", "multi"]),
    ] {
        assert_eq!(set(query), ids, "{query}");
    }
}

#[test]
fn a_better_place_outranks_a_better_field_outranks_a_better_score() {
    assert_eq!(find("sea").ids()[..2], ["sci-sea", "multi"]);
    assert_eq!(find("sea sci").ids()[0], "sci-sea");
    let titles = |query: &str, titles: &[&str]| {
        let postings = titles.iter().rev().enumerate().map(|(at, title)| {
            let (title, company) = title.split_once('@').unwrap_or((title, ""));
            posting(&at.to_string(), title, company, "", &[])
        });
        let found = search(postings.collect(), &request(query));
        let ids = found
            .matches
            .rows
            .iter()
            .map(|&row| found.index.posting(row));
        let shown = ids.map(|posting| match &posting.company {
            Some(company) => format!("{}@{company}", posting.title),
            None => posting.title.clone(),
        });
        assert_eq!(shown.collect::<Vec<_>>(), titles, "{query}");
    };
    titles(
        "star",
        &[
            "Star Gazer",
            "Stars",
            "x@Star",
            "Startup Lawyer",
            "x@Starling",
            "Upstart",
            "x@Upstart",
        ],
    );
    titles("sea", &["Seattle", "A Seattle"]);
    titles("~sea", &["Sea", "Seattle", "Research"]);
    titles("'sea", &["Search", "Research"]);
    titles("swe", &["SWE", "Software Engineer", "Swedish Teacher"]);
    titles("data engineer", &["Data Engineer", "Engineer, Data"]);
    titles("sea$", &["sea", "North Sea", "Undersea"]);
}

#[test]
fn ties_go_to_the_newest_then_title_then_id() {
    let day = |id: &str, title: &str, day: i8| {
        let mut posting = posting(id, title, "", "", &[]);
        posting.posted = (day > 0).then(|| date(2026, 1, day));
        posting
    };
    let postings = vec![
        day("d", "Ärztin", 0),
        day("c", "Baker", 0),
        day("b", "baker", 0),
        day("a", "Zookeeper", 2),
        day("e", "Zookeeper", 3),
    ];
    assert_eq!(
        search(postings, &request("")).ids(),
        ["e", "a", "d", "b", "c"]
    );
}

#[test]
fn an_order_that_was_asked_for_puts_the_absent_last_both_ways() {
    let ids = |query: &str| {
        let found = find(query);
        found.ids().join(" ")
    };
    assert_eq!(ids("company:amazon sort:posted"), "sci-sea res req multi");
    assert_eq!(ids("company:amazon sort:-posted"), "res sci-sea req multi");
    assert_eq!(ids("!salary:none sort:salary"), "zrh rem res sci-sea");
    assert_eq!(ids("!salary:none sort:-salary"), "sci-sea res rem zrh");
    assert_eq!(ids("sort:closes limit is:open")[..0], *"");
    assert!(ids("sort:company").starts_with("sci-sea res req multi zrh"));
    assert!(ids("sort:-company").starts_with("rem ber zrh"));
    assert!(ids("sort:-company").ends_with("nowhere"));
    assert_eq!(ids("data sort:title"), "ber req");
}

#[test]
fn undecided_postings_are_counted_and_can_be_included() {
    let found = find("salary:>120k");
    assert_eq!(
        found.unjudged(),
        ["4 without pay", "1 uses another currency or period"]
    );
    let found = find("salary:>120k company:amazon");
    assert_eq!(found.unjudged(), ["2 without pay"]);
    assert_eq!(
        find("!salary:>120k company:amazon").unjudged(),
        ["2 without pay"]
    );
    let mut wide = request("salary:>120k company:amazon");
    wide.unjudged = true;
    let found = search(board(), &wide);
    assert_eq!(found.matches.total, 4);
    assert_eq!(found.unjudged(), ["2 without pay"]);
    assert_eq!(
        found.facet(Field::Team)[0],
        ("Prime Video", 2, Selection::Off)
    );
    assert_eq!(
        find("posted:<14d closes:<7d").unjudged(),
        ["5 have no closing date", "4 have no date"]
    );
    assert_eq!(find("salary:>1 | company:amazon").unjudged().len(), 2);
}

#[test]
fn a_facet_ignores_its_own_selection_and_no_other() {
    use Selection::{Excluded, Included, Off};
    let found = find("");
    assert_eq!(
        found.facet(Field::Country),
        [
            ("US", 4, Off),
            ("CH", 1, Off),
            ("DE", 1, Off),
            ("IN", 1, Off)
        ]
    );
    assert_eq!(
        found.facet(Field::Tag),
        [("Machine Learning", 2, Off), ("forecasting", 1, Off)]
    );
    let found = find("city:=\"Seattle\"");
    assert_eq!(found.matches.total, 2);
    assert_eq!(found.facet(Field::City)[0], ("Seattle", 2, Included));
    assert!(found.facet(Field::City).contains(&("Bellevue", 1, Off)));
    assert_eq!(found.facet(Field::Country), [("US", 2, Off)]);
    assert_eq!(found.facet(Field::Team), [("Prime Video", 2, Off)]);
    let found = find("!team:=\"prime video\" amazon");
    assert_eq!(found.matches.total, 2);
    assert!(
        found
            .facet(Field::Team)
            .contains(&("Prime Video", 2, Excluded))
    );
    assert_eq!(
        found.facet(Field::Region),
        [("Karnataka", 1, Off), ("Washington", 1, Off)]
    );
    let found = find("city:=seattle | city:=berlin workplace:=remote");
    assert_eq!(found.facet(Field::City)[0], ("Berlin", 1, Included));
    assert!(found.facet(Field::City).contains(&("Seattle", 0, Included)));
    assert_eq!(found.facet(Field::Workplace), [("remote", 1, Included)]);
    let found = find("country:=\"United States\"");
    assert!(
        found
            .facet(Field::Country)
            .contains(&("United States", 4, Included))
    );
    let found = find("company:=Atlantis");
    assert!(
        found
            .facet(Field::Company)
            .contains(&("Atlantis", 0, Included))
    );
    assert!(
        find("team:prime")
            .facet(Field::Team)
            .contains(&("Ads", 1, Off))
    );
    assert!(
        find("")
            .matches
            .facets
            .iter()
            .all(|facet| facet.field != Field::Board)
    );
}

#[test]
fn a_facet_lists_the_most_frequent_and_all_that_are_selected() {
    let postings = (0..300).map(|at| posting(&at.to_string(), "x", &format!("c{at:03}"), "", &[]));
    let found = search(postings.collect(), &request("company:=c299"));
    let facet = &found.matches.facets[0];
    assert_eq!((facet.distinct, facet.values.len()), (300, 201));
    assert_eq!(facet.values[200].value, "c299");
}

#[test]
fn the_first_rows_and_the_place_of_the_one_to_be_kept() {
    let all = find("a");
    let ids: Vec<String> = all.ids().iter().map(ToString::to_string).collect();
    for (place, id) in ids.iter().enumerate() {
        let mut request = request("a");
        request.limit = 2;
        request.keep = all.index.row(id);
        let found = search(board(), &request);
        assert_eq!(found.matches.total, ids.len());
        assert_eq!(found.ids(), ids[..2]);
        assert_eq!(found.matches.kept, Some(place));
    }
    let mut none = request("zzzz");
    none.keep = Some(Row(0));
    assert_eq!(search(board(), &none).matches.kept, None);
    none.query = parse("");
    none.keep = Some(Row(99));
    assert_eq!(search(board(), &none).matches.kept, None);
    none.limit = 0;
    assert_eq!(search(board(), &none).matches.total, 8);
}

#[test]
fn empty_boards_and_cancelled_searches_give_no_matches() {
    let found = search(Vec::new(), &request("a !b salary:>1 text:x"));
    let readings = found.matches.readings.clone();
    assert_eq!(
        found.matches,
        Matches {
            readings,
            ..Matches::default()
        }
    );
    let mut searcher = Searcher::new(find("").index);
    assert_eq!(searcher.search(&request("sea"), &|| true), None);
    assert_eq!(searcher.search(&request("text:sea"), &|| true), None);
    assert!(searcher.search(&request("sea"), &|| false).is_some());
}

#[test]
fn incremental_search_equals_fresh_search() {
    let mut searcher = Searcher::new(find("").index);
    let queries = [
        "s", "se", "sea", "sea ", "sea s", "sea sc", "sea s", "!s", "s", "loc:s", "s | c",
    ];
    for query in queries {
        let again = searcher.search(&request(query), &|| false).unwrap();
        assert_eq!(again, find(query).matches, "{query}");
    }
    let mut tomorrow = request("posted:<2d");
    assert_eq!(searcher.search(&tomorrow, &|| false).unwrap().total, 1);
    tomorrow.today = date(2026, 6, 16);
    assert_eq!(searcher.search(&tomorrow, &|| false).unwrap().total, 0);
}

#[test]
fn a_correct_word_is_no_slip_of_another() {
    let postings = || -> Vec<Posting> {
        let postings = (0..30).map(|at| {
            posting(
                &at.to_string(),
                "Rust Engineer",
                "Night Shift",
                "",
                &["Bonn"],
            )
        });
        postings.collect()
    };
    for (text, total) in [
        ("rsut", 30),
        ("trust", 0),
        ("might", 0),
        ("Bern", 0),
        ("enginere", 30),
    ] {
        assert_eq!(
            search(postings(), &request(text)).matches.total,
            total,
            "{text}"
        );
    }
    let found = search(postings(), &request("trust")).matches;
    let offered = found.assumptions();
    assert_eq!(offered[0].to_string(), "trust: also rust 30");
    assert!(!offered[0].is_searched());
    let loose = Request {
        loose: true,
        ..request("trust")
    };
    assert_eq!(search(postings(), &loose).matches.total, 30);
}

#[test]
fn a_location_is_found_by_what_it_implies_but_not_by_codes_and_namesakes() {
    let postings = || {
        vec![
            posting("ny", "Cook", "", "", &["Patterson, NY"]),
            posting("nyc", "Cook", "", "", &["New York, NY"]),
            posting("hr", "Cook", "", "", &["Gurugram, India"]),
            posting("co", "Cook", "", "", &["Denver, CO"]),
            posting("mx", "Cook", "", "", &["Mexico"]),
        ]
    };
    for (text, ids) in [
        ("nyc", &["nyc"][..]),
        ("new york", &["nyc"]),
        ("region:\"new york\"", &["nyc", "ny"]),
        ("hr", &[]),
        ("haryana", &["hr"]),
        ("colorado", &["co"]),
        ("cdmx", &[]),
    ] {
        let found = search(postings(), &request(text));
        let mut found: Vec<String> = found.ids().iter().map(ToString::to_string).collect();
        let mut ids = ids.to_vec();
        found.sort();
        ids.sort_unstable();
        assert_eq!(found, ids, "{text}");
    }
}

#[test]
fn skills_and_languages_are_compared_by_their_whole_names() {
    let posting = |id: &str, skills: &[&str], speaks: &str, language: &str| Posting {
        id: id.into(),
        title: "Developer".into(),
        skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
        languages: vec![speaks.to_owned()],
        language: Some(language.to_owned()),
        ..Posting::default()
    };
    let postings = vec![
        posting("a", &["Java", "Go"], "de", "en"),
        posting("b", &["JavaScript", "Google Sheets"], "zh", "pt-BR"),
        posting("c", &["Objective-C", "C"], "en", "de"),
    ];
    let board = Board::new("test".into(), postings, Vec::new());
    let index = Arc::new(Index::new(Arc::new(board)));
    for (query, ids) in [
        ("skill:java", "a"),
        ("!skill:java", "b c"),
        ("skill:^java", "a b"),
        ("skill:js", "b"),
        ("skill:golang", "a"),
        ("skill:go", "a"),
        ("skill:c", "c"),
        ("speaks:deutsch", "a"),
        ("speaks:mandarin", "b"),
        ("lang:german", "c"),
        ("lang:pt", "b"),
    ] {
        let request = Request {
            query: parse(query),
            limit: 9,
            ..Request::default()
        };
        let found = Searcher::new(Arc::clone(&index)).search(&request, &|| false);
        let rows = found.expect("an answer").rows.into_iter();
        let mut found: Vec<String> = rows.map(|row| index.posting(row).id.clone()).collect();
        found.sort();
        assert_eq!(found.join(" "), ids, "{query}");
    }
}
