//! Formatting keeps every value and comment, and is idempotent.

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn laid(source: &str) -> String {
    laid_out(Path::new("a.toml"), source)
        .unwrap_or_else(|problems| panic!("{source}\n{problems:?}"))
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(laid(source), expected, "{source}");
    assert_eq!(laid(expected), expected, "not at rest: {expected}");
}

#[test]
fn keys_come_in_order_with_the_comments_above_and_behind_them() {
    check(
        "\u{20} # The first.\n\n\n# Ours.\n[[ posting ]]   # one\ncompany='Ice'\t# who\n\n\n  # What it is.\n  title   =   \"A\"\n\n# team = \"\"\nid = 'a'   # unique  \n# the end\n[[posting]]\ntitle = \"B\"\nid = \"b\"\n\n\n# at the very end\n\n",
        "# The first.\n\n# Ours.\n[[posting]]   # one\n# team = \"\"\nid = \"a\"   # unique\n\n# What it is.\ntitle = \"A\"\ncompany = \"Ice\"\t# who\n\n# the end\n[[posting]]\nid = \"b\"\ntitle = \"B\"\n\n# at the very end\n",
    );
}

#[test]
fn values_get_one_style() {
    check(
        "[[posting]]\nid = 'a'\n\"title\" = 'He said \"ice\"'\nlocations = [ 'Berlin, Germany',\n  'Paris, France' , ]\nposted = '2026-09-01'\nsalary = [{per='year',currency = \"EUR\", min=70_000}]\nretold = true\ndescription = \"One.\\n\\n- two\\n\\n\"\nsource.url = 'https://example.org'\nsource.format = 'rss'\n",
        "[[posting]]\nid = \"a\"\ntitle = 'He said \"ice\"'\nlocations = [\"Berlin, Germany\", \"Paris, France\"]\nposted = 2026-09-01\nsalary = [{ min = 70_000, currency = \"EUR\", per = \"year\" }]\nretold = true\ndescription = \"\"\"\nOne.\n\n- two\n\"\"\"\nsource.format = \"rss\"\nsource.url = \"https://example.org\"\n",
    );
    let long = format!("\"{}\"", "x".repeat(60));
    check(
        &format!("[[posting]]\nid = \"a\"\ntitle = \"A\"\ntags = [{long}, {long}]\n"),
        &format!("[[posting]]\nid = \"a\"\ntitle = \"A\"\ntags = [\n  {long},\n  {long},\n]\n"),
    );
}

#[test]
fn hand_formatted_text_is_kept() {
    for value in [
        "tags = [\n  \"ice\", # cold\n      \"snow\",\n]",
        "salary = [\n  { min = 1, currency = \"EUR\", per = \"year\" }, # in Berlin\n]",
        "description = \"\"\"\nA long line \\\n  that goes on\\u00a0here.\n\"\"\"",
        "description = \"\"\"\na\ttab\n\"\"\"",
        "posted = 2026-09-01",
    ] {
        let source = format!("[[posting]]\nid = \"a\"\ntitle = \"A\"\n{value}\n");
        check(&source, &source);
    }
}

#[test]
fn tables_stay_where_they_stand() {
    check(
        "[[interview]]\nperson.role = \"x\"\nid = \"i\"\ntitle = \"I\"\nperson.name = \"P\"\n[[interview.exchange]]\nanswer = \"A\"\nquestion = \"Q\"\n[[posting]]\nid = \"a\"\ntitle = \"A\"\n[posting.source]\nurl = \"https://example.org\"\nformat = \"rss\"\n[[posting.salary]]\nper = \"year\"\ncurrency = \"EUR\"\nmin = 1\n[board]\nurl = \"https://example.org\"\nname = \"B\"\n",
        "[[interview]]\nid = \"i\"\ntitle = \"I\"\nperson.name = \"P\"\nperson.role = \"x\"\n\n[[interview.exchange]]\nquestion = \"Q\"\nanswer = \"\"\"\nA\n\"\"\"\n\n[[posting]]\nid = \"a\"\ntitle = \"A\"\n\n[posting.source]\nformat = \"rss\"\nurl = \"https://example.org\"\n\n[[posting.salary]]\nmin = 1\ncurrency = \"EUR\"\nper = \"year\"\n\n[board]\nname = \"B\"\nurl = \"https://example.org\"\n",
    );
    for quiet in ["", "# only a comment\n"] {
        check(quiet, quiet);
    }
    check(
        "board.url = 'https://example.org'\r\nboard.name = \"B\"\r\n",
        "board.name = \"B\"\nboard.url = \"https://example.org\"\n",
    );
}

#[test]
fn a_mistake_leaves_the_file_unchanged_and_is_located() {
    for (source, place) in [
        ("[[posting]]\nid = \"a\"\ntilte = \"A\"\n", (1, 1)),
        (
            "[[posting]]\nid = \"a\"\ntitle = \"A\"\nposted = 2026-13-01\n",
            (4, 10),
        ),
        ("[[posting]]\nid = \"a\"\ntitle = \n", (1, 1)),
    ] {
        let problems = laid_out(Path::new("a.toml"), source).expect_err("a mistake");
        assert_eq!(
            (problems[0].line, problems[0].column),
            place,
            "{problems:?}"
        );
    }
    let guess = "[[posting]]\nid = \"a\"\ntitle = \"A\"\nlocations = [\"Berlin, Germny\"]\n";
    check(guess, guess);
}

/// A value of each kind of key, in many notations.
fn written(key: &'static str) -> BoxedStrategy<String> {
    let line = prop_oneof![
        "[a-zA-Z0-9 é名]{1,20}".prop_map(|text| format!("\"x{text}\"")),
        "[a-z\"\\\\ ]{1,20}".prop_map(|text| format!("'x{text}'")),
        "[a-z]{1,9}".prop_map(|text| format!("\"\"\"x{text}\"\"\"")),
        "[a-z]{1,9}".prop_map(|text| format!("\"\\u0061{text}\"")),
    ];
    let block = prop_oneof![
        "[a-z #\\[\\]=\n]{0,40}".prop_map(|text| format!("\"\"\"{text}x\"\"\"")),
        "[a-z \\\\\"\n]{0,40}".prop_map(|text| format!("'''\n\n{text}x\n\n'''")),
        "[a-z\t]{1,20}".prop_map(|text| format!("\"x{text}\\n\\n- y\"")),
        "[a-z]{1,20}".prop_map(|text| format!("\"\"\"\n{text} \\\n   y\n\"\"\"")),
    ];
    match key {
        "description" => block.boxed(),
        "locations" | "tags" => {
            let gap = prop_oneof![Just(" "), Just(""), Just("\n  "), Just(" # mark\n")];
            let entry = (line, gap).prop_map(|(entry, gap)| format!("{entry},{gap}"));
            prop::collection::vec(entry, 0..9)
                .prop_map(|all| format!("[{}]", all.concat()))
                .boxed()
        }
        "posted" => prop_oneof![
            Just("2026-01-31".to_owned()),
            Just("'2026-01-31'".to_owned())
        ]
        .boxed(),
        "salary" => Just("[ {max=2,currency='EUR',per=\"year\",min=1} ]".to_owned()).boxed(),
        "retold" => Just("false".to_owned()).boxed(),
        "source" => Just("{ retrieved='2026-01-31' , format = 'x' }".to_owned()).boxed(),
        _ => line.boxed(),
    }
}

fn field(key: &'static str) -> BoxedStrategy<String> {
    let above = prop_oneof![
        Just(""),
        Just("\n\n"),
        Just("  # mark\n"),
        Just("\n#mark\n\n"),
        Just("\t")
    ];
    let behind = prop_oneof![Just(""), Just("  "), Just("# mark"), Just("   # mark ")];
    let equals = prop_oneof![Just("="), Just(" = "), Just("  =")];
    (above, equals, written(key), behind)
        .prop_map(move |(above, equals, value, behind)| {
            format!("{above}{key}{equals}{value}{behind}\n")
        })
        .boxed()
}

prop_compose! {
    fn posting(number: usize)(
        fields in (
            prop::option::of(field("company")), prop::option::of(field("locations")),
            prop::option::of(field("posted")), prop::option::of(field("salary")),
            prop::option::of(field("retold")), prop::option::of(field("tags")),
            prop::option::of(field("description")), prop::option::of(field("source")),
        ),
        title in field("title"), header in prop_oneof![Just("[[posting]]"), Just("# mark\n[[ posting ]] # mark")],
        order in any::<u64>(),
    ) -> String {
        let (a, b, c, d, e, f, g, h) = fields;
        let mut fields: Vec<String> = [a, b, c, d, e, f, g, h].into_iter().flatten().collect();
        fields.extend([title, format!("id = \"p{number}\"\n")]);
        let turn = (order % fields.len() as u64) as usize;
        fields.rotate_left(turn);
        format!("{header}\n{}", fields.concat())
    }
}

proptest! {
    #[test]
    fn formatting_loses_nothing_and_is_idempotent(a in posting(1), b in posting(2), end in prop_oneof![Just(""), Just("\n# mark\n")]) {
        let source = format!("{a}{b}{end}");
        let text = laid(&source);
        let marks = |text: &str| text.matches("mark").count();
        prop_assert_eq!(marks(&text), marks(&source), "{}", text);
        prop_assert_eq!(laid(&text), text.as_str());
        // The reader, which knows nothing of formatting, sees the same values.
        let read = |text: &str| ParsedFile::read(Path::new("a.toml"), text);
        prop_assert!(read(&text).has_same_content(&read(&source)));
    }
}
