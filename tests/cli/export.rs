//! `jobdeck export --format html`: a site with the board's own settings, and what `check` says about them.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{jobdeck, run};

const HEAD: &str = "[board]\nname = \"Ice\"\n";
const POSTINGS: &str = r#"
[[posting]]
id = "cook"
title = "Ice Cook"
company = "Frost"
locations = ["Bergen, Norway"]
posted = 2026-11-20
url = "https://frost.example/jobs/1"
description = "Cook ice."

[[posting]]
id = "pilot"
title = "Ice Pilot"
company = "Frost"
locations = ["Bergen, Norway"]
posted = 2026-01-02
pinned = true

[[posting]]
id = "clerk"
title = "Ice Clerk"
company = "Frost"
posted = 2026-10-01
closes = 2026-11-10
description = "Count ice."

[[posting]]
id = "guard"
title = "Ice Guard"
company = "Frost"
posted = 2026-03-01
closes = 2026-08-20

[[posting]]
id = "secret"
title = "Secret Cook"

[[override]]
id = "secret"
hidden = true
"#;

/// A board with further tables in its `board.toml`.
fn ice(more: &str) -> TempDir {
    let away = tempfile::tempdir().unwrap();
    let board = away.path().join("board");
    fs::create_dir(&board).unwrap();
    fs::write(board.join("board.toml"), format!("{HEAD}{more}")).unwrap();
    fs::write(board.join("postings.toml"), POSTINGS).unwrap();
    away
}

/// Exports the site on a day, and returns what was said.
fn export(away: &Path, today: &str) -> String {
    let args = [
        "export", "--board", "board", "--today", today, "--format", "html", "--output", "site",
    ];
    let ran = jobdeck(&args).within(away).run();
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

fn page(away: &Path, path: &str) -> String {
    fs::read_to_string(away.join("site").join(path)).unwrap_or_default()
}

#[test]
fn closed_postings_leave_the_lists_and_keep_a_page_for_90_days() {
    let away = ice("");
    let away = away.path();
    export(away, "2026-11-25");
    let start = page(away, "index.html");
    assert!(start.contains(">2 postings</h2>"), "{start}");
    let pilot = start.find("posting/pilot.html").unwrap();
    assert!(
        pilot < start.find("posting/cook.html").unwrap(),
        "pinned first"
    );
    for path in [
        "index.html",
        "all.html",
        "titles.html",
        "company/frost.html",
        "feed.xml",
    ] {
        let list = page(away, path);
        for gone in ["Ice Clerk", "Ice Guard", "Secret Cook"] {
            assert!(!list.contains(gone), "{path}: {gone}");
        }
    }
    let clerk = page(away, "posting/clerk.html");
    assert!(
        clerk.contains("noindex") && clerk.contains("Closed since"),
        "{clerk}"
    );
    assert!(
        clerk.contains("cook.html") && !clerk.contains("Count ice"),
        "{clerk}"
    );
    assert!(!away.join("site/posting/guard.html").exists());
    assert!(!away.join("site/posting/secret.html").exists());
    // The page goes in the end.
    let out = export(away, "2027-02-09");
    assert!(out.contains("1 removed"), "{out}");
    assert!(!away.join("site/posting/clerk.html").exists());
}

#[test]
fn the_site_has_the_settings_of_its_board() {
    let more = r##"
[site]
base = "https://jobs.example"
language = "de"
logo = "pictures/logo.png"
footer = "Ein Angebot der *Eisstadt*."
imprint = "https://ice.example/impressum"
accent = "#0A5"
css = "own.css"

[[company]]
name = "Frost"
url = "https://frost.example/"
logo = "https://frost.example/logo.png"
same_as = ["https://wiki.example/Frost"]
address = { city = "Bergen", country = "no" }
"##;
    let away = ice(more);
    let away = away.path();
    fs::create_dir(away.join("board/pictures")).unwrap();
    let logo = b"\x89PNG\r\n\x1a\n a picture";
    fs::write(away.join("board/pictures/logo.png"), logo).unwrap();
    fs::write(away.join("board/own.css"), "h1 { letter-spacing: 0 }").unwrap();
    let checked = jobdeck(&["check", "board", "--today", "2026-11-01"]);
    let checked = checked.within(away).run();
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    export(away, "2026-11-25");
    assert_eq!(fs::read(away.join("site/logo.png")).unwrap(), logo);
    let cook = page(away, "posting/cook.html");
    for said in [
        "<html lang=\"de\">",
        "Bewerben bei frost.example",
        "<link rel=\"canonical\" href=\"https://jobs.example/posting/cook.html\">",
        "<img src=\"../logo.png\"",
        "<link rel=\"stylesheet\" href=\"../extra.css\">",
        "Ein Angebot der <em>Eisstadt</em>.",
        ">Impressum</a>",
        "<link itemprop=\"sameAs\" href=\"https://wiki.example/Frost\">",
        "<meta itemprop=\"addressCountry\" content=\"NO\">",
    ] {
        assert!(cook.contains(said), "{said}\n{cook}");
    }
    for path in ["sitemap.xml", "robots.txt", "404.html", "feed.json"] {
        assert!(!page(away, path).is_empty(), "{path}");
    }
    // Structured data of other formats knows the company too.
    let args = [
        "export",
        "--board",
        "board",
        "--format",
        "jsonld",
        "--today",
        "2026-11-25",
    ];
    let graph: Value = serde_json::from_str(&jobdeck(&args).within(away).run().out).unwrap();
    let jobs = graph["@graph"].as_array().unwrap();
    assert_eq!(
        jobs[0]["hiringOrganization"]["address"]["addressCountry"],
        "NO"
    );
    // Written again, nothing changes.
    assert!(export(away, "2026-11-25").contains("0 written, 0 removed"));
}

#[test]
fn settings_that_are_not_safe_are_refused_where_they_stand() {
    let table = [
        (
            "base = \"ftp://x.example/\"",
            "must be http, https or mailto",
        ),
        (
            "base = \"https://x.example/?a\"",
            "`base` must be an http or https address",
        ),
        ("language = \"es\"", "\"es\""),
        ("accent = \"red; } body { display: none\"", "not a colour"),
        ("accent = \"#12345\"", "not a colour"),
        ("logo = \"../logo.png\"", "within the board's folder"),
        ("logo = \"/etc/passwd\"", "within the board's folder"),
        ("logo = \"logo.svg\"", "of the kind png, jpg, jpeg, webp"),
        ("logo = \"none.png\"", "cannot be read"),
        ("logo = \"fake.png\"", "is no PNG picture"),
        ("logo = \"link.png\"", "leads out of the board's folder"),
        ("logo = \"folder.png\"", "cannot be read"),
        ("css = \"close.css\"", "holds `</`"),
        ("css = \"far.css\"", "holds `@import`"),
        (
            "imprint = \"javascript:alert(1)\"",
            "must be http, https or mailto",
        ),
        ("colour = \"#fff\"", "`colour` is not a key of a site"),
    ];
    for (line, why) in table {
        let away = ice(&format!("\n[site]\n{line}\n"));
        let board = away.path().join("board");
        fs::write(board.join("fake.png"), "<svg onload=alert(1)>").unwrap();
        fs::write(away.path().join("outside.png"), b"\x89PNG\r\n\x1a\n").unwrap();
        std::os::unix::fs::symlink("../outside.png", board.join("link.png")).unwrap();
        fs::create_dir(board.join("folder.png")).unwrap();
        fs::write(board.join("close.css"), "</style><script>alert(1)</script>").unwrap();
        fs::write(board.join("far.css"), "@IMPORT 'https://x.example/a.css';").unwrap();
        let args = ["check", "board", "--today", "2026-10-01"];
        let checked = jobdeck(&args).within(away.path()).run();
        assert_eq!(checked.code, 1, "{line}: {}", checked.out);
        assert!(
            checked.out.contains("board/board.toml:5:"),
            "{line}: {}",
            checked.out
        );
        assert!(checked.out.contains(why), "{line}: {}", checked.out);
        // The site is written without it.
        export(away.path(), "2026-11-25");
        let start = page(away.path(), "index.html") + &page(away.path(), "style.css");
        for never in ["alert(1)", "x.example", "logo.", "display: none\n"] {
            assert!(!start.contains(never), "{line}: {never}");
        }
    }
}

#[test]
fn settings_belong_in_the_board_file() {
    let away = ice("");
    let board = away.path().join("board");
    fs::write(
        board.join("other.toml"),
        "[site]\nlanguage = \"de\"\n\n[[company]]\nname = \"A\"\n",
    )
    .unwrap();
    let checked = jobdeck(&["check", "board"]).within(away.path()).run();
    assert!(
        checked.out.contains("`[site]` belongs in the `board.toml`"),
        "{}",
        checked.out
    );
    assert!(
        checked.out.contains("companies belong in the `board.toml`"),
        "{}",
        checked.out
    );
}

#[test]
fn what_search_engines_need_is_listed_for_each_posting() {
    let away = ice("");
    let args = ["check", "board", "--publish", "--today", "2026-11-01"];
    let checked = jobdeck(&args).within(away.path()).run();
    assert_eq!(checked.code, 0, "{}", checked.err);
    let lines: Vec<&str> = checked
        .out
        .lines()
        .filter(|line| line.contains("search engines"))
        .collect();
    let expected = [
        "board/postings.toml:3:6: warning: search engines recommend more for a job: closes, employment, one salary for all locations [publish/recommended]",
        "board/postings.toml:12:6: warning: search engines do not list this as a job: it lacks url, description [publish/required]",
        "board/postings.toml:20:6: warning: search engines do not list this as a job: it lacks url, a location with a country [publish/required]",
    ];
    assert_eq!(lines, expected, "{}", checked.out);
    let quiet = run(&["check", away.path().join("board").to_str().unwrap()]);
    assert!(!quiet.out.contains("search engines"));
}

#[test]
fn the_nightly_commit_touches_no_other_repository() {
    let recipe = include_str!("../../docs/boards.md");
    let line = recipe
        .lines()
        .find(|line| line.starts_with("17 4 * * *"))
        .unwrap();
    let line = line.trim_start_matches("17 4 * * *").trim();
    let home = tempfile::tempdir().unwrap();
    let sh = |script: &str| {
        let done = Command::new("sh")
            .args(["-c", script])
            .env("HOME", home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .current_dir(home.path())
            .output()
            .unwrap();
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    sh(
        "git init -q . && git config user.name T && git config user.email t@example.org && echo private > diary",
    );
    let night = format!("jobdeck() {{ return 0; }}; {line}");
    // No board there: nothing of the folder in which cron runs is added.
    sh(&night);
    assert_eq!(sh("git status --porcelain"), "?? diary\n");
    // A board within another repository: only the board is committed.
    sh("mkdir my-board && echo a > my-board/board.toml");
    sh(&night);
    assert_eq!(
        sh("git show --format= --name-only"),
        "my-board/board.toml\n"
    );
    assert_eq!(sh("git status --porcelain"), "?? diary\n");
    // What somebody staged elsewhere stays staged.
    sh("git add diary && echo b > my-board/board.toml");
    sh(&night);
    assert_eq!(
        sh("git show --format= --name-only"),
        "my-board/board.toml\n"
    );
    assert_eq!(sh("git status --porcelain"), "A  diary\n");
}
