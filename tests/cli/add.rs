//! A company's openings added to a board by an address of theirs.

use std::fs;
use std::path::Path;

use super::{Ran, run};
use crate::server::{Server, answer, json};

fn html(body: &str) -> Vec<crate::server::Step> {
    answer(200, &["content-type: text/html"], body.as_bytes())
}

/// A company whose front page leads to its careers page, which holds one posting.
fn company() -> Server {
    Server::start(|asked| {
        match asked.path.as_str() {
        "/" => html("<!doctype html><title>Frost</title><a href=/about>About</a> <a href='/careers#open'>Careers</a>"),
        "/careers" => html(
            "<!doctype html><title>Careers</title><script type='application/ld+json'>
             {\"@type\": \"JobPosting\", \"title\": \"Ice Cook\", \"identifier\": \"7\",
              \"hiringOrganization\": \"Frost\", \"url\": \"/jobs/7\"}</script>",
        ),
        "/news" => html(
            "<!doctype html><title>News</title>
             <link rel=alternate type='application/rss+xml' title='Job openings' href='/jobs.xml'>",
        ),
        "/jobs.xml" => answer(
            200,
            &["content-type: application/rss+xml"],
            b"<rss version='2.0'><channel><title>Jobs</title><item><title>Snow Clerk</title><guid>9</guid></item></channel></rss>",
        ),
        "/empty" => html("<!doctype html><title>Welcome</title><p>Nothing here."),
        "/api" => json("[{\"text\": 1}]"),
        _ => answer(404, &[], b""),
    }
    })
}

fn add(board: &Path, args: &[&str]) -> Ran {
    let into = board.to_str().unwrap();
    let all = ["add", "--today", "2026-11-25", "--into", into];
    run(&[&all, args].concat())
}

#[test]
fn a_front_page_leads_to_the_postings_of_its_careers_page() {
    let (server, here) = (company(), tempfile::tempdir().unwrap());
    let board = here.path().join("board");
    let dry = add(&board, &[&server.url("/"), "--dry-run"]).results();
    assert!(dry.contains("would be added as"), "{dry}");
    assert!(!board.exists());

    let out = add(&board, &[&server.url("/"), "--company", "Frost AS"]).results();
    assert!(
        out.contains("(json-ld)\n") && out.contains(": 1 new; 1 file written"),
        "{out}"
    );
    let listed = fs::read_to_string(board.join("board.toml")).unwrap();
    let careers = format!("url = \"{}\"", server.url("/careers"));
    assert!(
        listed.starts_with("[[source]]\n") && listed.contains(&careers),
        "{listed}"
    );
    assert!(listed.contains("company = \"Frost AS\""), "{listed}");
    let checked = run(&["check", board.to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}", checked.err);

    let again = add(&board, &[&server.url("/careers")]).results();
    assert!(
        again.contains("is listed already") && again.contains("1 unchanged"),
        "{again}"
    );
    assert_eq!(
        fs::read_to_string(board.join("board.toml")).unwrap(),
        listed
    );
    let synced = run(&[
        "sync",
        board.to_str().unwrap(),
        "--allow-private",
        "--today",
        "2026-11-25",
    ]);
    assert!(synced.results().contains("1 unchanged"));
}

#[test]
fn a_page_leads_to_the_feed_that_it_announces() {
    let (server, board) = (company(), tempfile::tempdir().unwrap());
    fs::write(
        board.path().join("board.toml"),
        "[board]\nname = \"Ice\"   # ours\n",
    )
    .unwrap();
    let out = add(board.path(), &[&server.url("/news"), "--name", "Snow Jobs"]).results();
    assert!(
        out.contains("added as snow-jobs to") && out.contains("board.toml:5 (rss)"),
        "{out}"
    );
    let listed = fs::read_to_string(board.path().join("board.toml")).unwrap();
    let feed = server.url("/jobs.xml");
    assert_eq!(
        listed,
        format!(
            "[board]\nname = \"Ice\"   # ours\n\n[[source]]\nurl = \"{feed}\"\nname = \"snow-jobs\"\n"
        )
    );
    let text = fs::read_to_string(board.path().join("snow-jobs/postings.toml")).unwrap();
    assert!(text.contains("id = \"snow-jobs.9\""), "{text}");
}

#[test]
fn what_gives_no_postings_is_not_listed() {
    let (server, board) = (company(), tempfile::tempdir().unwrap());
    for (address, why) in [
        (
            server.url("/empty"),
            "leads to no postings: no hiring system, feed or JobPosting",
        ),
        (server.url("/empty"), "greenhouse.io, "),
        (server.url("/gone"), "the server answered 404"),
        (
            "javascript:alert(1)".into(),
            "must be http, https or mailto",
        ),
        (
            "https://me:secret@frost.example/".into(),
            "must not hold a user name",
        ),
        (
            format!("https://frost.example/{}", "x".repeat(2000)),
            "is longer than 2000 characters",
        ),
    ] {
        let said = add(board.path(), &[&address]).said(2);
        assert!(said.contains(why), "{said}");
        assert!(!board.path().join("board.toml").exists());
    }
    let said = run(&["add", &server.url("/")]).said(2);
    assert!(said.contains("name a folder with --into BOARD"), "{said}");
}
