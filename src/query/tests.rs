use proptest::prelude::*;

use super::*;

fn marks(text: &str) -> Vec<(MarkKind, &str)> {
    let query = parse(text);
    let marks = query.marks.iter();
    marks
        .map(|mark| (mark.kind, &text[mark.span.clone()]))
        .collect()
}

fn printed(text: &str) -> String {
    parse(text).to_string()
}

#[test]
fn words_and_literals() {
    assert_eq!(printed("sea  sci"), "sea sci");
    assert_eq!(printed("'o'neil"), "\"o'neil\"");
    assert_eq!(printed("o'neil"), "o'neil");
    assert_eq!(printed("\"two words\""), "\"two words\"");
    assert_eq!(printed("^pre suf$ ^both$"), "^\"pre\" \"suf\"$ ^\"both\"$");
    assert_eq!(printed("^\"two words\"$"), "^\"two words\"$");
    assert_eq!(printed("\"open ended"), "\"open ended\"");
    assert_eq!(printed(r#""a \" b""#), r#""a \" b""#);
    assert_eq!(printed("!intern"), "!\"intern\"");
    assert_eq!(
        printed("https://example.org/a"),
        "\"https://example.org/a\""
    );
}

#[test]
fn bars_bind_tighter_than_blanks() {
    let query = parse("a | b c");
    assert_eq!(query.terms.len(), 2);
    assert_eq!(query.terms[0].any.len(), 2);
    assert_eq!(printed("loc:zurich|berlin"), "loc:zurich | loc:berlin");
    assert_eq!(printed("loc:zurich | berlin"), "loc:zurich | berlin");
    assert_eq!(printed("\"a|b\""), "\"a|b\"");
    assert_eq!(marks("a |"), [(MarkKind::Incomplete, "|")]);
    assert_eq!(printed("a | "), "a");
}

#[test]
fn a_bang_means_the_same_before_and_behind_the_field() {
    let (before, behind) = (parse("!loc:x"), parse("loc:!x"));
    assert_eq!(before.terms[0].any, behind.terms[0].any);
    assert!(before.terms[0].any[0].negated);
    for text in ["!loc:a|b", "loc:!a|b"] {
        assert_eq!(printed(text), "!loc:\"a\" !loc:\"b\"");
    }
    assert_eq!(printed("x | !loc:a|b"), "x | !loc:\"a\" x | !loc:\"b\"");
    assert_eq!(printed("!loc:\"a\" | b"), "!loc:\"a\" | b");
    let many = ["!loc:a|b"; 9].join(" | ");
    assert_eq!(marks(&many).len(), 1);
}

#[test]
fn invalid_terms_are_marked_and_the_rest_filters() {
    assert_eq!(marks("tilte:x sea"), [(MarkKind::Error, "tilte:x")]);
    assert!(parse("tilte:x").marks[0].message.contains("`title:`"));
    assert_eq!(printed("tilte:x sea"), "sea");
    assert_eq!(marks("salary:>"), [(MarkKind::Incomplete, "salary:>")]);
    assert_eq!(marks("salary:>12!"), [(MarkKind::Error, "salary:>12!")]);
    assert_eq!(marks("posted:<1"), [(MarkKind::Incomplete, "posted:<1")]);
    assert_eq!(marks("posted:soon"), [(MarkKind::Error, "posted:soon")]);
    assert_eq!(marks("is:op"), [(MarkKind::Incomplete, "is:op")]);
    assert_eq!(marks("is:savd"), [(MarkKind::Error, "is:savd")]);
    assert_eq!(marks("has:no"), [(MarkKind::Incomplete, "has:no")]);
    assert_eq!(marks("has:cat"), [(MarkKind::Error, "has:cat")]);
    assert_eq!(printed("has:salary"), "!salary:none");
    assert_eq!(printed("!has:pay has:note"), "salary:none has:note");
    assert_eq!(marks("has:sal"), [(MarkKind::Incomplete, "has:sal")]);
    assert_eq!(
        marks("loc: !"),
        [(MarkKind::Incomplete, "loc:"), (MarkKind::Incomplete, "!"),]
    );
    assert_eq!(marks("sort:pos"), [(MarkKind::Incomplete, "sort:pos")]);
    assert_eq!(marks("c++ 10:30 a:1"), [(MarkKind::Error, "a:1")]);
}

#[test]
fn dates_and_pay() {
    let test = |text: &str| parse(text).terms[0].any[0].test.clone();
    assert_eq!(
        test("posted:<2w"),
        Test::Date(DateTest::Days(Comparison::Less, 14))
    );
    let day = jiff::civil::date(2026, 1, 1);
    assert_eq!(
        test("posted:>2026-01-01"),
        Test::Date(DateTest::Day(Comparison::More, day))
    );
    assert_eq!(test("posted:none"), Test::Absent);
    let friday = jiff::civil::date(2026, 1, 30);
    for (text, ahead, today, resolved) in [
        ("posted:friday", false, friday, friday),
        ("posted:fri", false, friday.tomorrow().unwrap(), friday),
        ("closes:friday", true, friday, friday),
        ("closes:friday", true, friday.yesterday().unwrap(), friday),
    ] {
        let Test::Date(date) = test(text) else {
            panic!("{text}");
        };
        let expected = DateTest::Day(Comparison::Equal, resolved);
        assert_eq!(date.resolved(ahead, today), expected, "{text}");
    }
    assert_eq!(printed("salary:>120k"), "salary:>120000/year");
    assert_eq!(printed("salary:>120kEUR/hour"), "salary:>120000EUR/hour");
    assert_eq!(printed("salary:1.5m"), "salary:>=1500000/year");
    assert_eq!(printed("salary:>90MXN"), "salary:>90MXN/year");
}

#[test]
fn pay_may_be_grouped_as_people_write_it() {
    for written in [
        "130.000", "130,000", "130'000", "130_000", "130k", "130000+",
    ] {
        let query = format!("salary:>{written}");
        assert_eq!(printed(&query), "salary:>130000/year", "{written}");
    }
    assert_eq!(printed("salary:>€130k"), "salary:>130000EUR/year");
    assert_eq!(printed("salary:>25,50EUR/hour"), "salary:>25.5EUR/hour");
    assert_eq!(
        marks("salary:>130."),
        [(MarkKind::Incomplete, "salary:>130.")]
    );
    // Both 25 and 25,000 an hour are possible, and `$` is shared by several currencies.
    let unclear = parse("salary:>25.000/hour").marks[0].message.clone();
    assert!(unclear.contains("may mean 25000 or 25"), "{unclear}");
    assert_eq!(marks("salary:>$60k"), [(MarkKind::Error, "salary:>$60k")]);
    assert_eq!(printed("salary:>$60kUSD"), "salary:>60000USD/year");
    let thirds = printed("salary:>0.0251255kEUR/hour");
    assert_eq!(printed(&thirds), thirds);
}

#[test]
fn ranges_and_spans_of_the_calendar_are_read() {
    for (typed, printed) in [
        ("years:3-5", "years:3-5"),
        ("salary:50k-80k", "salary:50000-80000/year"),
        ("salary:50-80kEUR", "salary:50000-80000EUR/year"),
        ("salary:25EUR-40EUR/hour", "salary:25-40EUR/hour"),
        ("posted:2026", "posted:2026"),
        ("posted:2026-05", "posted:2026-05"),
        ("posted:>2026-02", "posted:>2026-02-28"),
        ("posted:<2026", "posted:<2026-01-01"),
    ] {
        let query = parse(typed);
        assert_eq!(query.marks, [], "{typed}");
        assert_eq!(query.to_string(), printed);
        assert_eq!(parse(printed).terms[0].any, query.terms[0].any, "{typed}");
    }
    for text in ["years:3-", "salary:50k-", "posted:202"] {
        assert_eq!(marks(text), [(MarkKind::Incomplete, text)]);
    }
    for text in ["years:5-3", "salary:80k-50k", "posted:>2026-02-30"] {
        assert_eq!(marks(text), [(MarkKind::Error, text)]);
    }
    let unknown = parse("foo:x").marks[0].message.clone();
    assert!(unknown.contains("fields are title, company"), "{unknown}");
}

#[test]
fn signs_of_other_search_boxes_name_the_right_one() {
    for (text, told, printed) in [
        ("rust -senior", "write `!senior`", "rust"),
        ("rust NOT senior", "write `!senior`", "rust senior"),
        ("rust OR go", "write `rust | go`", "rust go"),
        ("rust AND go", "a space", "rust go"),
        (
            "near:berlin < 50km",
            "near:berlin<50km",
            "near:berlin<50km 50km",
        ),
    ] {
        let query = parse(text);
        assert_eq!(query.marks[0].kind, MarkKind::Error, "{text}");
        assert!(query.marks[0].message.contains(told), "{:?}", query.marks);
        assert_eq!(query.to_string(), printed);
    }
    assert_eq!(marks("(rust | go) sea"), [(MarkKind::Hint, "(rust")]);
    for text in [
        "portland OR",
        "portland OR nurse",
        "data - berlin",
        "engineer (m/w/d)",
        "a-b",
    ] {
        assert_eq!(marks(text), [], "{text}");
    }
}

#[test]
fn places_in_the_wrong_field_are_searched_in_the_right_one() {
    for (text, told, printed) in [
        (
            "country:england",
            "no country but a region",
            "region:england",
        ),
        ("country:europe", "no country but a region", "region:europe"),
        (
            "region:germany",
            "no region but a country",
            "country:germany",
        ),
        (
            "!country:england",
            "no country but a region",
            "!region:\"england\"",
        ),
        ("country:germny", "did you mean Germany?", "country:germny"),
        ("city:berlni", "did you mean Berlin?", "city:berlni"),
        ("region:xyzzy", "no region `xyzzy` is known", "region:xyzzy"),
    ] {
        let query = parse(text);
        assert_eq!(query.marks[0].kind, MarkKind::Hint, "{text}");
        assert!(query.marks[0].message.contains(told), "{:?}", query.marks);
        assert_eq!(query.to_string(), printed);
    }
    for text in [
        "country:germany",
        "region:bavaria",
        "region:eu",
        "city:münchen",
        "city:^sea",
    ] {
        assert_eq!(marks(text), [], "{text}");
    }
}

#[test]
fn phrases_also_mean_filters() {
    let query = parse("entry level nurse");
    assert_eq!(
        query.to_string(),
        "\"entry level\" | level:=\"junior\" nurse"
    );
    assert_eq!(query.marks[0].message, "entry level ≈ level:junior");
    assert_eq!(
        printed("visa sponsorship"),
        "\"visa sponsorship\" | sponsorship:=\"offered\""
    );
    assert_eq!(printed("'entry' level"), "'entry' level");
}

#[test]
fn the_last_sort_wins() {
    assert_eq!(parse("sort:-pay").sort, parse("sort:-salary").sort);
    assert_eq!(parse("sort:age").sort, parse("sort:posted").sort);
    let sort = parse("sort:title x sort:-salary").sort;
    let (key, reverse) = (SortKey::Salary, true);
    assert_eq!(sort, Some(Sort { key, reverse }));
}

#[test]
fn a_facet_and_the_text_are_one_query() {
    let on = toggle("sea", Field::City, "Seattle", false);
    assert_eq!(on, "sea city:=\"Seattle\"");
    let two = toggle(&on, Field::City, "New York", false);
    assert_eq!(two, "sea city:=\"Seattle\" | city:=\"New York\"");
    let one = toggle(&two, Field::City, "seattle", false);
    assert_eq!(one, "sea city:=\"New York\"");
    let excluded = toggle(&one, Field::City, "New York", true);
    assert_eq!(excluded, "sea !city:=\"New York\"");
    let query = parse(&excluded);
    let state = facet_state(&query, Field::City, "New York");
    assert_eq!(state, Selection::Excluded);
    assert_eq!(toggle(&excluded, Field::City, "New York", true), "sea");
    assert_eq!(
        toggle("\"open end", Field::Tag, "a\"b", false),
        r#""open end" tag:="a\"b""#
    );
    assert_eq!(toggle("\"\\", Field::Tag, "a", false), r#""" tag:="a""#);
}

fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        r#"[a-z0-9 |!^$'"\\:=<>.-]{0,6}"#,
        "(loc|title|salary|posted|is|sort|nope):",
        "[ßéÅ日🦀 ]{0,3}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_reads_and_marks_stand_inside(text in typed()) {
        for mark in parse(&text).marks {
            prop_assert!(text.get(mark.span).is_some());
        }
    }

    #[test]
    fn print_reads_back(text in typed()) {
        let query = parse(&text);
        let back = parse(&query.to_string());
        let tests = |query: &Query| {
            let terms = query.terms.iter();
            terms.map(|term| term.any.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(tests(&back), tests(&query));
        prop_assert_eq!(back.sort, query.sort);
    }

    #[test]
    fn toggling_twice_restores_the_query(text in typed(), exclude: bool) {
        let value = "A \"b\" | c";
        let on = toggle(&text, Field::Team, value, exclude);
        let wanted = if exclude { Selection::Excluded } else { Selection::Included };
        prop_assert_eq!(facet_state(&parse(&on), Field::Team, value), wanted);
        let off = toggle(&on, Field::Team, value, exclude);
        prop_assert_eq!(facet_state(&parse(&off), Field::Team, value), Selection::Off);
    }
}
