//! A site is well-formed for any board: every tag closed, every link valid, no scripts.

use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;

use super::*;
use crate::board::{Exchange, Level, Location, Person, Workplace};
use crate::content;

type Files = BTreeMap<String, String>;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn files(board: &Board) -> Files {
    let mut files = Files::new();
    let postings: Vec<_> = board.postings().collect();
    let postings = postings.iter().map(AsRef::as_ref);
    let site = Site::new(board, postings.collect(), day("2026-11-25"));
    let tally = site.files(|path, text| {
        let before = files.insert(path.to_owned(), text.to_owned());
        assert_eq!(before, None, "{path} is written twice");
        Ok::<_, Infallible>(())
    });
    assert_eq!(tally.map(|tally| tally.files), Ok(files.len()));
    files
}

/// Tags in order, each with its attributes. All text is escaped, so each `<` begins a tag.
fn tags(page: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let tags = page.split('<').skip(1).map(|rest| {
        let (tag, _) = rest.split_once('>').expect("an end");
        let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let attributes = rest.split("\" ").filter_map(|one| one.split_once("=\""));
        (
            name,
            attributes
                .map(|(name, value)| (name, value.trim_end_matches(['"', ' ', '/'])))
                .collect(),
        )
    });
    tags.collect()
}

/// Asserts the invariants of every page.
fn assert_sound(path: &str, page: &str, files: &Files) {
    const VOID: [&str; 8] = [
        "!DOCTYPE", "meta", "link", "br", "hr", "img", "input", "source",
    ];
    let mut open = Vec::new();
    let mut level = 0;
    let mut ids = HashSet::new();
    for (name, attributes) in tags(page) {
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{path}");
        } else if !VOID.contains(&name) {
            open.push(name);
        }
        if let Some(next) = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u8>().ok())
        {
            assert!(
                next <= level + 1 && (next == 1) == (level == 0),
                "{path}: h{next} below h{level}"
            );
            level = next;
        }
        if name == "meta" && attributes[0].1 == "Content-Security-Policy" {
            let data = page.split_once("ld+json\">").map(|(_, data)| data);
            let scripts = attributes[1].1.split_once("script-src ").unwrap().1;
            assert_eq!(scripts == "'none'", data.is_none(), "{path}: {scripts}");
        }
        if name == "script" {
            assert_eq!(attributes, [("type", "application/ld+json")], "{path}");
        }
        for (attribute, value) in attributes {
            assert!(
                !attribute.starts_with("on") && attribute != "src" && attribute != "style",
                "{path}: {attribute}"
            );
            assert!(
                attribute != "id" || ids.insert(value),
                "{path}: {value} twice"
            );
            if attribute == "href" {
                assert_leads(path, value, files);
            }
        }
    }
    assert_eq!(open, [""; 0], "{path}");
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
    for said in [
        "<html lang=\"en\">",
        "name=\"viewport\"",
        "href=\"#content\"",
        "<main id=\"content\"",
    ] {
        assert!(page.contains(said), "{path}: {said}");
    }
}

/// Asserts that a link has an allowed scheme or leads to a file of the site.
fn assert_leads(path: &str, to: &str, files: &Files) {
    if ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|start| to.starts_with(start))
    {
        return;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{path}: {to} leads out of the site");
        } else {
            parts.push(part);
        }
    }
    let target = parts.join("/");
    // The published board is written beside the site.
    assert!(
        target == "board.json" || files.contains_key(&target),
        "{path}: {to} leads nowhere"
    );
}

fn assert_all_sound(files: &Files) {
    let is_page = |path: &str| path.rsplit('.').next() == Some("html");
    for (path, text) in files.iter().filter(|(path, _)| is_page(path)) {
        assert_sound(path, text, files);
    }
}

const HOSTILE: &str =
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onclick='x</style>{{}}<!--";

fn hostile(id: &str) -> Posting {
    Posting {
        id: id.into(),
        title: HOSTILE.into(),
        company: Some(HOSTILE.into()),
        team: Some("../../etc".into()),
        locations: vec![Location::parse(HOSTILE), Location::parse("Berlin, Germany")],
        posted: Some(day("2026-11-01")),
        closes: Some(day("2026-11-02")),
        url: Some("https://example.org/\"onclick=\"x".into()),
        tags: vec![
            HOSTILE.into(),
            "..".into(),
            "C".into(),
            "c++".into(),
            "c".into(),
            "東京".into(),
        ],
        language: Some("de".into()),
        description: format!(
            "# One\n\n{HOSTILE}\n\n#### Deep\n\n[x](javascript:alert(1)) <b>a *b</b> c*\n\n```\n{HOSTILE}\n```\n\n##\n\n| a | b |\n|---|---|\n| {HOSTILE} | |"
        ),
        ..Posting::default()
    }
}

#[test]
fn the_shipped_board_makes_a_sound_site() {
    let files = files(&content::shipped().board);
    assert_all_sound(&files);
    let index = &files["index.html"];
    for said in [
        "10 postings",
        "United States",
        "href=\"interview/matthias-bethge.html\"",
        "href=\"country/us.html\"",
    ] {
        assert!(index.contains(said), "{said}");
    }
    let interview = &files["interview/matthias-bethge.html"];
    assert_eq!(interview.matches("class=\"question\"").count(), 8);
    assert!(interview.contains("href=\"../posting/"));
}

#[test]
fn a_hostile_board_makes_a_sound_site() {
    let ids = [
        "../../../etc/passwd",
        "CON",
        "a",
        "A",
        "%2e%2e%2f",
        "a.html",
        "index",
    ];
    let interview = Interview {
        id: "/".into(),
        title: HOSTILE.into(),
        subtitle: Some(HOSTILE.into()),
        person: Some(Person {
            name: HOSTILE.into(),
            role: Some(HOSTILE.into()),
        }),
        editors_note: Some(HOSTILE.into()),
        topics: vec![HOSTILE.into()],
        related: Some(vec!["CON".into(), "none".into()]),
        exchanges: vec![
            Exchange {
                question: HOSTILE.into(),
                answer: format!("# {HOSTILE}\n{HOSTILE}")
            };
            3
        ],
        ..Interview::default()
    };
    let board = Board::new(HOSTILE.into(), ids.map(hostile).into(), vec![interview]);
    let files = files(&board);
    assert_all_sound(&files);
    for path in files.keys() {
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_.~/".contains(c);
        assert!(
            path.chars().all(safe) && !path.contains("..") && !path.starts_with('/'),
            "{path}"
        );
    }
    let folded: HashSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(
        folded.len(),
        files.len(),
        "file systems without case have room for all"
    );
}

#[test]
fn the_same_board_gives_the_same_bytes() {
    let board = content::shipped().board;
    assert_eq!(files(&board), files(&board));
}

#[test]
fn a_long_list_is_many_pages_and_each_posting_is_on_one() {
    let posting = |number: usize| Posting {
        id: format!("p{number}"),
        title: format!("Role {number}"),
        locations: vec![Location::parse("Berlin, Germany")],
        level: Some(Level::Senior),
        workplace: Some(Workplace::Remote),
        tags: vec![format!("tag {number}")],
        ..Posting::default()
    };
    let board = Board::new("Many".into(), (0..1234).map(posting).collect(), Vec::new());
    let files = files(&board);
    assert_all_sound(&files);
    for list in ["index", "country/de", "level/senior"] {
        let pages = (1..=25).map(|number| &files[&page::numbered(list, number)]);
        let pages: String = pages.map(String::as_str).collect();
        for number in 0..1234 {
            assert_eq!(
                pages.matches(&format!("posting/p{number}.html")).count(),
                1,
                "{list}: {number}"
            );
        }
        assert!(!files.contains_key(&page::numbered(list, 26)), "{list}");
    }
    assert!(files["index~2.html"].contains("Role 50<"));
    assert!(
        files["tag~3.html"].contains("tag 999"),
        "values have pages too"
    );
    assert!(files["tag/tag-999.html"].contains("1 posting<"));
}

#[test]
fn closed_postings_say_so_and_complete_ones_have_structured_data() {
    let mut open = hostile("open");
    open.closes = None;
    let board = Board::new("B".into(), vec![hostile("closed"), open], Vec::new());
    let files = files(&board);
    let page = |name: &str| &files[&format!("posting/{name}.html")];
    assert!(
        page("closed")
            .contains("Closed since <time datetime=\"2026-11-02\">2 November 2026</time>")
    );
    assert!(page("open").contains(">Apply at example.org</a>"));
    assert!(!page("closed").contains("Apply"));
    let (_, data) = page("open")
        .split_once("<script type=\"application/ld+json\">")
        .expect("data");
    let (data, _) = data.split_once("</script>").expect("an end");
    let job: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(
        (&job["title"], &job["datePosted"]),
        (&HOSTILE.into(), &"2026-11-01".into())
    );
    let place = &job["jobLocation"]["address"];
    assert_eq!(place["addressCountry"], "DE");
}
