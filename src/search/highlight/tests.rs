use proptest::prelude::*;

use super::*;
use crate::board::Location;
use crate::query::parse;

/// A caret under each highlighted character.
fn carets(text: &str, ranges: &[Range<usize>]) -> String {
    let marked = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let carets = text
        .char_indices()
        .map(|(at, _)| if marked(at) { '^' } else { ' ' });
    carets.collect::<String>().trim_end().to_owned()
}

#[test]
fn a_query_marks_these_letters() {
    for (query, field, text, expected) in [
        ("~aplsci", Field::Title, "Applied Scientist", "^ ^^    ^^^"),
        ("~aplsci", Field::Team, "Applied Scientist", "^ ^^    ^^^"),
        ("aplsci", Field::Title, "Applied Scientist", ""),
        ("sea", Field::Title, "Research, Seattle", "          ^^^"),
        ("sea", Field::Title, "Research", ""),
        ("sear", Field::Title, "Research", "  ^^^^"),
        ("'sea'", Field::Title, "Sea, Seattle", "^^^"),
        ("'a", Field::Title, "A banana", "^  ^ ^ ^"),
        ("zurich", Field::Location, "ZÜRICH", "^^^^^^"),
        ("zur", Field::Location, "Zu\u{308}rich", "^^^^"),
        ("strasse", Field::Tag, "Große Straße", "      ^^^^^^"),
        ("'sse", Field::Tag, "Straße", "    ^^"),
        ("fin", Field::Tag, "ﬁnance", "^^"),
        ("'i", Field::Tag, "ﬁnance", "^"),
        ("日本", Field::Location, "東日本", " ^^"),
        ("^app", Field::Title, "App for apps", "^^^"),
        ("apps$", Field::Title, "apps for apps", "         ^^^^"),
        ("title:sci", Field::Title, "Scientist", "^^^"),
        ("title:sci", Field::Team, "Scientist", ""),
        ("!sci", Field::Title, "Scientist", ""),
        ("sci entist", Field::Title, "Scientist", "^^^^^^^^^"),
        ("sci | x", Field::Title, "Scientist", "^^^"),
        ("loc:sea", Field::City, "Seattle", "^^^"),
        ("sea", Field::City, "Seattle", "^^^"),
        (
            "city:=seattle",
            Field::Location,
            "US, WA, Seattle",
            "        ^^^^^^^",
        ),
        ("country:us", Field::Location, "US, WA, Austin", "^^"),
        ("team:=ads", Field::Team, "Ads", "^^^"),
        ("team:=ads", Field::Team, "Ads Team", ""),
        ("workplace:remote", Field::Workplace, "remote", "^^^^^^"),
        ("workplace:^rem", Field::Workplace, "remote", "^^^"),
        (
            "1029",
            Field::Title,
            "Data Scientist - R-102938",
            "                   ^^^^",
        ),
        ("dr9", Field::Title, "Data Scientist - R-102938", ""),
        (
            "posted:<3d salary:>1 is:open text:x",
            Field::Title,
            "xd",
            "",
        ),
        ("", Field::Title, "x", ""),
    ] {
        let ranges = Highlighter::new(&parse(query), &Readings::default()).value(field, text);
        assert_eq!(carets(text, &ranges), expected, "{query} in {text}");
    }
}

#[test]
fn only_the_best_hits_of_a_word_are_highlighted() {
    let posting = Posting {
        title: "Research Engineer, Ads".into(),
        team: Some("Search".into()),
        company: Some("Stella".into()),
        locations: vec![
            Location::parse("US, WA, Seattle"),
            Location::parse("Munich, DE"),
        ],
        ..Posting::default()
    };
    let marked = |query: &str, field, text: &str| {
        let highlights = Highlighter::new(&parse(query), &Readings::default()).posting(&posting);
        carets(text, &highlights.ranges(field, text))
    };
    assert_eq!(
        marked("sea", Field::Location, "US, WA, Seattle"),
        "        ^^^"
    );
    assert_eq!(marked("sea", Field::Team, "Search"), "^^^");
    assert_eq!(marked("sea", Field::Title, "Research Engineer, Ads"), "");
    assert_eq!(marked("sea", Field::Company, "Stella"), "");
    assert_eq!(marked("~sla", Field::Company, "Stella"), "^   ^^");
    assert_eq!(marked("germany", Field::Location, "Munich, DE"), "");
    assert_eq!(marked("zzz", Field::Title, "Research Engineer, Ads"), "");
}

#[test]
fn descriptions_are_marked_with_the_literals_of_the_query() {
    let highlighter = Highlighter::new(
        &parse("text:\"neural net\" !text:gone text:none sea"),
        &Readings::default(),
    );
    assert_eq!(highlighter.literals(), ["neural net"]);
}

#[test]
fn a_popup_ranks_as_the_query_line_does() {
    let rank_word = |word: &str, text: &str| Ranker::new(word).rank(text);
    let mut keys = ["Tease", "Reset the zoom", "Sea", "toggle filter, reader"];
    keys.sort_by_key(|key| std::cmp::Reverse(rank_word("se", key)));
    assert_eq!(
        keys,
        ["Sea", "Tease", "Reset the zoom", "toggle filter, reader"]
    );
    assert_eq!(rank_word("zz", "Sea"), None);
    assert!(rank_word("zoom reset", "Reset the zoom").is_some());
    assert_eq!(
        carets("Reset the zoom", &word_ranges("zoom res", "Reset the zoom")),
        "^^^       ^^^^"
    );
    assert!(rank_word("", "x").is_some() && word_ranges("", "x").is_empty());
}

proptest! {
    #[test]
    fn ranges_are_whole_letters_in_order(query in "[a-zß日'^$!| é]{0,12}", text in "[a-zA-Zßéﬁ日本👩‍🔬\u{301} ,0-9(-]{0,24}") {
        let ranges = Highlighter::new(&parse(&query), &Readings::default()).value(Field::Title, &text);
        prop_assert!(ranges.is_sorted_by(|a, b| a.end < b.start));
        for range in &ranges {
            prop_assert!(range.start < range.end && text.get(range.clone()).is_some());
        }
    }
}
