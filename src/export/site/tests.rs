//! A site is well-formed for any board: every tag closed, every link valid, no scripts.

use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;
use std::sync::Mutex;

use super::*;
use crate::board::{
    Exchange, Level, Location, Person, PostalAddress, SiteLanguage, SiteSettings, Workplace,
};
use crate::content;
use jiff::ToSpan as _;

type Files = BTreeMap<String, String>;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn files(board: &Board) -> Files {
    files_with(board, SiteSettings::default())
}

fn files_with(board: &Board, settings: SiteSettings) -> Files {
    let profile = SiteProfile {
        settings,
        ..SiteProfile::default()
    };
    files_of(board, &profile)
}

/// Files of a site with this profile. Postings whose ids begin with `closed-` closed lately.
fn files_of(board: &Board, profile: &SiteProfile) -> Files {
    let files = Mutex::new(Files::new());
    let postings: Vec<_> = board.postings().collect();
    let all = postings.iter().map(AsRef::as_ref);
    let (closed, open): (Vec<&Posting>, Vec<&Posting>) =
        all.partition(|posting| posting.id.starts_with("closed-"));
    let site = Site::new(Publication {
        board,
        postings: open.into_iter().map(Listed::stated).collect(),
        closed,
        profile,
        today: day("2026-11-25"),
    });
    let tally = site.files(|path, content| {
        let text = String::from_utf8_lossy(content).into_owned();
        let before = files.lock().unwrap().insert(path.to_owned(), text);
        assert_eq!(before, None, "{path} is written twice");
        Ok::<_, Infallible>(())
    });
    let files = files.into_inner().unwrap();
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
            assert!(attributes[1].1.contains("script-src 'none'"), "{path}");
        }
        assert_ne!(name, "script", "{path}");
        for (attribute, value) in attributes {
            assert!(
                !attribute.starts_with("on") && attribute != "style",
                "{path}: {attribute}"
            );
            assert!(
                attribute != "id" || ids.insert(value),
                "{path}: {value} twice"
            );
            if attribute == "src" || attribute == "href" {
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

fn many(count: u32) -> Board {
    let posting = |number: u32| Posting {
        id: format!("p{number}"),
        title: format!("Role {number}"),
        company: Some(format!("Company {}", number % 300)),
        locations: vec![Location::parse("Berlin, Germany")],
        level: Some([Level::Senior, Level::Junior][number as usize % 2]),
        workplace: Some(
            [Workplace::Remote, Workplace::Hybrid, Workplace::OnSite][number as usize % 3],
        ),
        posted: Some(day("2026-11-20").saturating_sub(i64::from(number / 3).days())),
        tags: vec![format!("tag {number}")],
        ..Posting::default()
    };
    Board::new("Many".into(), (0..count).map(posting).collect(), Vec::new())
}

#[test]
fn a_long_list_is_split_by_period_and_each_posting_is_on_one_page() {
    let files = files(&many(270));
    assert_all_sound(&files);
    for list in ["city/berlin", "all", "titles"] {
        let of = |path: &str| {
            let rest = path
                .strip_prefix(list)
                .and_then(|rest| rest.strip_suffix(".html"));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
        };
        let pages = files.iter().filter(|(path, _)| of(path));
        let pages: String = pages.map(|(_, text)| text.as_str()).collect();
        for number in 0..270 {
            let link = format!("posting/p{number}.html\"");
            assert_eq!(pages.matches(&link).count(), 1, "{list}: {number}");
        }
    }
    let start = &files["index.html"];
    assert!(start.contains("270 postings") && start.contains("The newest 60 of 270 postings."));
    assert!(start.contains("href=\"all.html\""));
    let berlin = &files["city/berlin.html"];
    assert!(
        berlin.contains("11–20 September 2026") && berlin.contains("~2026-09-11.html"),
        "{berlin}"
    );
    assert!(files["city/berlin~2026-09-11.html"].contains("Role 200<"));
    // A value with one posting leads to it, and its posting has no page to lead to.
    assert!(files["tag.html"].contains("href=\"posting/p7.html\">tag 7 "));
    assert!(!files.contains_key("tag/tag-7.html"));
}

#[test]
fn frequent_pairs_have_pages_with_their_own_counts() {
    let board = many(270);
    let mut postings: Vec<Posting> = board.postings().map(std::borrow::Cow::into_owned).collect();
    let elsewhere = (0..20).map(|number| Posting {
        id: format!("h{number}"),
        locations: vec![Location::parse("Hamburg, Germany")],
        ..postings[1].clone()
    });
    let elsewhere: Vec<Posting> = elsewhere.collect();
    postings.extend(elsewhere);
    let files = files(&Board::new("Many".into(), postings, Vec::new()));
    assert_all_sound(&files);
    let hybrid = &files["city-workplace/berlin~~hybrid.html"];
    assert!(hybrid.contains("<h1>Berlin · hybrid</h1>") && hybrid.contains(">90 postings</h2>"));
    assert!(hybrid.contains("href=\"../workplace/hybrid.html\">Without Berlin</a>"));
    let berlin = &files["city/berlin.html"];
    let link = "href=\"../city-workplace/berlin~~hybrid.html\">hybrid <small>90</small>";
    assert!(berlin.contains(link), "{berlin}");
    let level = &files["workplace-level/hybrid~~senior.html"];
    let of_both = (0..270)
        .filter(|number| number % 3 == 1 && number % 2 == 0)
        .count();
    assert!(
        level.contains(&format!(">{of_both} postings</h2>")),
        "{level}"
    );
    // The other values of both are one step away.
    assert!(level.contains("../workplace-level/hybrid~~junior.html"));
    assert!(level.contains("../workplace-level/remote~~senior.html"));
}

#[test]
fn one_more_posting_changes_few_files() {
    let board = many(1200);
    let mut postings: Vec<Posting> = board.postings().map(std::borrow::Cow::into_owned).collect();
    let new = Posting {
        id: "new".into(),
        title: "Another role".into(),
        posted: Some(day("2026-11-20")),
        ..postings[0].clone()
    };
    postings.push(new);
    let more = Board::new("Many".into(), postings, Vec::new());
    let (old, new) = (files(&board), files(&more));
    let changed = new
        .iter()
        .filter(|(path, text)| old.get(*path) != Some(text))
        .count();
    assert!((10..40).contains(&changed), "{changed} of {}", new.len());
    assert!(new.len() > 1500);
    assert_eq!(
        old.keys().filter(|path| !new.contains_key(*path)).count(),
        0
    );
}

#[test]
fn pinned_postings_stand_first_on_every_list() {
    let board = many(150);
    let mut postings: Vec<Posting> = board.postings().map(std::borrow::Cow::into_owned).collect();
    postings[149].pinned = true;
    let board = Board::new("Many".into(), postings, Vec::new());
    let files = files(&board);
    for path in [
        "index.html",
        "city/berlin.html",
        "country/de.html",
        "all.html",
    ] {
        let first = files[path].split_once("posting/").expect("a posting").1;
        assert!(first.starts_with("p149.html"), "{path}");
    }
    assert!(files["index.html"].contains("<li class=\"pinned\"><a href=\"posting/p149.html\">"));
}

#[test]
fn labels_are_in_the_language_of_the_site() {
    let settings = |language| SiteSettings {
        language: Some(language),
        ..SiteSettings::default()
    };
    let board = many(20);
    let german = files_with(&board, settings(SiteLanguage::German));
    let posting = &german["posting/p3.html"];
    for said in ["<html lang=\"de\">", "Alle Stellen", "20. November 2026"] {
        assert!(german["posting/p0.html"].contains(said), "{said}");
    }
    assert!(posting.contains("19. November 2026"), "{posting}");
    assert!(german["index.html"].contains("20 Stellen"));
    let french = files_with(&board, settings(SiteLanguage::French));
    assert!(french["workplace/remote.html"].contains("<h1>à distance</h1>"));
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
    // Structured data is in the elements of the page, so that the text is there once.
    let open = page("open");
    for said in [
        "<article class=\"posting\" itemscope itemtype=\"https://schema.org/JobPosting\">",
        "<h1 itemprop=\"title\">",
        "<div class=\"text\" lang=\"de\" itemprop=\"description\">",
        "<time itemprop=\"datePosted\" datetime=\"2026-11-01\">",
        "<div itemprop=\"address\" itemscope itemtype=\"https://schema.org/PostalAddress\">",
        "<meta itemprop=\"addressCountry\" content=\"DE\">",
    ] {
        assert!(open.contains(said), "{said}\n{open}");
    }
}

fn with_base(base: &str) -> SiteSettings {
    SiteSettings {
        base: Some(base.into()),
        ..SiteSettings::default()
    }
}

#[test]
fn a_closed_posting_keeps_a_page_that_leads_to_similar_ones() {
    let board = many(60);
    let mut postings: Vec<Posting> = board.postings().map(std::borrow::Cow::into_owned).collect();
    postings.push(Posting {
        id: "closed-1".into(),
        title: "Senior Rust Engineer".into(),
        company: Some("Company 7".into()),
        closes: Some(day("2026-11-20")),
        description: "The text is gone.".into(),
        ..Posting::default()
    });
    postings[3].title = "Rust Engineer".into();
    let board = Board::new("Many".into(), postings, Vec::new());
    let files = files_with(&board, with_base("https://jobs.example/"));
    assert_all_sound(&files);
    let page = &files["posting/closed-1.html"];
    for said in [
        "<meta name=\"robots\" content=\"noindex\">",
        "Closed since <time datetime=\"2026-11-20\">",
        "Similar postings",
        "href=\"../posting/p3.html\">Rust Engineer</a>",
        "href=\"../posting/p7.html\">Role 7</a>",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(!page.contains("The text is gone") && !page.contains("JobPosting"));
    let others = files
        .iter()
        .filter(|(path, _)| *path != "posting/closed-1.html");
    for (path, text) in others {
        assert!(!text.contains("closed-1"), "{path}");
    }
}

#[test]
fn a_site_with_an_address_tells_search_engines_and_readers_of_feeds() {
    let files = files_with(&many(60), with_base("https://jobs.example/"));
    assert_all_sound(&files);
    let map = &files["sitemap.xml"];
    for path in ["", "all.html", "posting/p7.html", "city/berlin.html"] {
        let address = format!("https://jobs.example/{path}");
        assert!(map.contains(&format!("<loc>{address}</loc>")), "{path}");
        let page = &files[if path.is_empty() { "index.html" } else { path }];
        let canonical = format!("<link rel=\"canonical\" href=\"{address}\">");
        assert!(page.contains(&canonical), "{path}");
    }
    assert!(!map.contains("404.html"));
    assert!(files["robots.txt"].ends_with("Sitemap: https://jobs.example/sitemap.xml\n"));
    let lost = &files["404.html"];
    assert!(lost.contains("href=\"https://jobs.example/style.css\"") && lost.contains("noindex"));
    let feed = &files["feed.xml"];
    assert!(feed.contains("<link rel=\"self\" href=\"https://jobs.example/feed.xml\"/>"));
    assert!(feed.contains("href=\"https://jobs.example/posting/p0.html\""));
    let berlin = &files["city/berlin.xml"];
    assert!(
        berlin.contains("<title>City: Berlin – Many</title>"),
        "{berlin}"
    );
    assert!(berlin.contains("rel=\"self\" href=\"https://jobs.example/city/berlin.xml\""));
    assert!(files["city/berlin.html"].contains("href=\"../city/berlin.xml\""));
    let json: serde_json::Value = serde_json::from_str(&files["feed.json"]).expect("JSON");
    assert_eq!(
        json["items"][0]["url"],
        "https://jobs.example/posting/p0.html"
    );
    // Nobody looks for a robots.txt below the root of a host.
    let below = files_with(&many(3), with_base("https://example.org/jobs/"));
    assert!(!below.contains_key("robots.txt"));
    assert!(below["index.html"].contains("content=\"https://example.org/jobs/\""));
    // Without an address there is none of it.
    let plain = super::tests::files(&many(60));
    for path in [
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "feed.json",
        "city/berlin.xml",
    ] {
        assert!(!plain.contains_key(path), "{path}");
    }
    assert!(!plain["index.html"].contains("og:"));
}

#[test]
fn logo_footer_imprint_and_company_are_on_the_pages() {
    let profile = SiteProfile {
        settings: SiteSettings {
            footer: Some("By *us* <script>alert(1)</script>".into()),
            imprint: Some("https://example.org/imprint".into()),
            ..with_base("https://jobs.example/")
        },
        companies: vec![Company {
            name: "Company 1".into(),
            logo: Some("https://example.org/l.png".into()),
            address: Some(PostalAddress::default()),
            ..Company::default()
        }],
        logo: Some(("logo.png".into(), b"PNG".to_vec())),
        css: Some("h1 { color: teal }".into()),
    };
    let board = many(3);
    let postings = board.postings().map(|posting| Posting {
        url: Some("https://example.org/apply".into()),
        description: "Text.".into(),
        ..posting.into_owned()
    });
    let board = Board::new("Many".into(), postings.collect(), Vec::new());
    let files = files_of(&board, &profile);
    assert_all_sound(&files);
    let page = &files["posting/p1.html"];
    for said in [
        "<img src=\"../logo.png\" alt=\"\"",
        "<meta property=\"og:image\" content=\"https://jobs.example/logo.png\">",
        "By <em>us</em> alert(1)",
        "<a href=\"https://example.org/imprint\">Imprint</a>",
        "<link rel=\"stylesheet\" href=\"../extra.css\">",
        "style-src 'self'",
        "<link itemprop=\"logo\" href=\"https://example.org/l.png\">",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(!files["posting/p2.html"].contains("itemprop=\"logo\""));
}
