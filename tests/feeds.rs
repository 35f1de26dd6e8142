//! Feeds of every format in the shape of real ones, with the expected postings.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jobdeck::board::Date;
use jobdeck::content::{self, source_store, write};
use jobdeck::import::{self, About, Collected, Format, ReadError, Shape};

fn about() -> About {
    About {
        url: None,
        company: None,
        today: Date::constant(2026, 11, 25),
        shape: Shape::default(),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/feeds")
}

fn collected(bytes: &[u8]) -> Result<(Format, Collected), ReadError> {
    let about = about();
    let text = import::text(bytes, None)?;
    let feed = import::read(&text, None, &about)?;
    Ok((feed.format, import::collect(feed, None)))
}

/// Summary of an imported feed.
fn told(format: Format, collected: &Collected) -> String {
    let (rows, repeated) = (collected.rows, collected.repeated);
    let mut told = format!(
        "# {} as {}: {rows} rows, {repeated} joined to another\n",
        format.word(),
        collected.source
    );
    for error in &collected.errors {
        let kind = if error.skipped {
            "passed over"
        } else {
            "refused"
        };
        writeln!(told, "# {kind}: {error}").unwrap();
    }
    for one in &collected.left_out {
        writeln!(
            told,
            "# left out of row {}: {} {}",
            one.row, one.field, one.value
        )
        .unwrap();
    }
    for row in &collected.repaired {
        writeln!(told, "# repaired: row {row}").unwrap();
    }
    for column in &collected.unread {
        writeln!(told, "# not read: {column}").unwrap();
    }
    for posting in &collected.postings {
        told.push('\n');
        told.push_str(&write::posting(posting));
    }
    for interview in &collected.interviews {
        told.push('\n');
        told.push_str(&write::interview(interview));
    }
    told
}

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut feeds: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    feeds.retain(|path| path.extension().is_some_and(|found| found != "expected"));
    feeds.sort();
    feeds
}

#[test]
fn every_feed_becomes_what_is_expected() {
    let mut seen = Vec::new();
    for path in fixtures() {
        let (format, collected) = collected(&fs::read(&path).unwrap()).unwrap();
        seen.push(format);
        let told = told(format, &collected);
        let mut expected = path.clone().into_os_string();
        expected.push(".expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &told).unwrap();
        }
        assert_eq!(
            told,
            fs::read_to_string(&expected).unwrap(),
            "{}",
            path.display()
        );
        let board = tempfile::tempdir().unwrap();
        fs::write(board.path().join("a.toml"), &told).unwrap();
        let loaded = content::load(board.path()).unwrap();
        assert!(
            loaded.problems.is_empty(),
            "{}: {:?}",
            path.display(),
            loaded.problems
        );
        assert_eq!(
            loaded
                .board
                .postings()
                .map(std::borrow::Cow::into_owned)
                .collect::<Vec<_>>(),
            collected.postings
        );
    }
    let missing: Vec<_> = Format::all()
        .filter(|format| !seen.contains(format))
        .collect();
    assert!(missing.is_empty(), "no feed of {missing:?}");
}

#[test]
fn a_feed_cut_anywhere_gives_what_stands_before_the_cut() {
    for path in fixtures() {
        let bytes = fs::read(&path).unwrap();
        let whole = collected(&bytes).unwrap().1.postings.len();
        let step = (bytes.len() / 40).max(1);
        for end in (0..bytes.len()).step_by(step) {
            if let Ok((_, cut)) = collected(&bytes[..end]) {
                assert!(cut.postings.len() <= whole, "{} at {end}", path.display());
            }
        }
    }
}

#[test]
fn what_is_no_feed_is_refused_in_a_sentence() {
    for (bytes, said) in [
        (&b""[..], "is empty"),
        (b"  \n", "is empty"),
        (
            b"{\"title\": \"\xff\"}",
            "is not UTF-8, from byte 12; if it is in the encoding of Windows: iconv -f WINDOWS-1252 -t UTF-8",
        ),
        (b"\x1f\x8b\x08", "is compressed; unpack it first: gunzip"),
        (
            b"{\"$schema\": \"x\", \"title\": \"y\", \"properties\": {}}",
            "is in no known format: it is a JSON Schema",
        ),
        (
            b"Dear reader,\nhello.",
            "is in no known format: it is text that begins “Dear reader,”",
        ),
    ] {
        assert_eq!(collected(bytes).unwrap_err().to_string(), said);
    }
    let about = about();
    let wrong = import::read("<p>no</p>", Format::named("greenhouse"), &about);
    let said = wrong.err().map(|error| error.to_string());
    assert_eq!(
        said.as_deref(),
        Some("cannot be read as greenhouse: it is an HTML page")
    );
}

#[test]
fn the_company_and_the_address_may_be_told_from_outside() {
    let about = About {
        url: Some("https://example.org/page".into()),
        company: Some("Icefield".into()),
        ..about()
    };
    let page = fs::read_to_string(folder().join("page.txt")).unwrap();
    let collected = import::collect(import::read(&page, None, &about).unwrap(), Some("My Page"));
    let posting = &collected.postings[0];
    assert_eq!(posting.company.as_deref(), Some("Icefield"));
    assert_eq!(
        posting.id,
        "my-page.glacier-research-scientist-us-ak-juneau"
    );
    let source = posting.source.as_ref().unwrap();
    assert_eq!(source.url.as_deref(), Some("https://example.org/page"));
    let page = fs::read_to_string(folder().join("icims.html")).unwrap();
    let collected = import::collect(import::read(&page, None, &about).unwrap(), None);
    let url = collected.postings[1].url.as_deref();
    assert_eq!(
        url,
        Some("https://example.org/jobs/7002/snow-clerk/job?mode=view")
    );
}

#[test]
fn a_key_is_a_page_on_the_site_that_the_feed_came_from() {
    for (feed, site, pages) in [
        (
            "workday.json",
            "https://frost.wd5.myworkdayjobs.com/wday/cxs/frost/External/jobs",
            &[
                "https://frost.wd5.myworkdayjobs.com/External/job/Alaska---Nome/Ice-Architect_JR35",
                "https://frost.wd5.myworkdayjobs.com/External/job/Juneau/Snow-Manager_JR36",
            ][..],
        ),
        (
            "workday.json",
            "https://frost.example/careers/?q=ice",
            &[
                "https://frost.example/careers/job/Alaska---Nome/Ice-Architect_JR35",
                "https://frost.example/careers/job/Juneau/Snow-Manager_JR36",
            ],
        ),
        (
            "dayforce.json",
            "https://jobs.dayforcehcm.com/en-US/frost/CANDIDATEPORTAL",
            &["https://jobs.dayforcehcm.com/en-US/frost/CANDIDATEPORTAL/jobs/902"],
        ),
        (
            "paycom.json",
            "https://www.paycomonline.net/v4/ats/web.php/portal/0A1B/career-page",
            &[
                "https://www.paycomonline.net/v4/ats/web.php/jobs/ViewJobDetails?job=5101&clientkey=0A1B",
            ],
        ),
        (
            "ukg.json",
            "https://recruiting.ultipro.com/FRO1/JobBoard/77-aa/?q=",
            &[
                "https://recruiting.ultipro.com/FRO1/JobBoard/77-aa/OpportunityDetail?opportunityId=1b2c-01",
            ],
        ),
        (
            "rss-damaged.xml",
            "https://other.example/feed",
            &[
                "https://snow.example/a?b=1&c=2",
                "https://snow.example/b",
                "https://snow.example/c",
            ],
        ),
    ] {
        let about = About {
            url: Some(site.into()),
            ..about()
        };
        let text = fs::read_to_string(folder().join(feed)).unwrap();
        let collected = import::collect(import::read(&text, None, &about).unwrap(), None);
        let urls: Vec<_> = collected
            .postings
            .iter()
            .filter_map(|posting| posting.url.as_deref())
            .collect();
        assert_eq!(urls[..pages.len()], *pages, "{feed} from {site}");
    }
}

#[test]
fn relative_links_of_a_page_start_from_the_page() {
    let about = About {
        url: Some("https://frost.example/careers/".into()),
        ..about()
    };
    let page = "<script type='application/ld+json'>{\"@type\": \"JobPosting\", \"title\": \"Cook\", \"url\": \"/jobs/1\",
        \"description\": \"<p>See <a href='rules'>the rules</a> and <a href='mailto:a@frost.example'>us</a>.</p>\"}</script>";
    let collected = import::collect(import::read(page, None, &about).unwrap(), None);
    let posting = &collected.postings[0];
    assert_eq!(posting.url.as_deref(), Some("https://frost.example/jobs/1"));
    assert_eq!(
        posting.description,
        "See [the rules](https://frost.example/careers/rules) and [us](mailto:a@frost.example)."
    );
}

/// Every file below a folder.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
    files.sort();
}

/// Content of a file, decompressed if necessary.
fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_none_or(|kind| kind != "gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    let mut packed = flate2::read::GzDecoder::new(bytes.as_slice());
    packed.read_to_end(&mut unpacked).unwrap();
    unpacked
}

/// Set `JOBDECK_REAL_DATA` to a folder of captured feeds to import each.
#[test]
fn real_feeds_lose_no_row() {
    let Some(data) = std::env::var_os("JOBDECK_REAL_DATA") else {
        eprintln!("skipped: JOBDECK_REAL_DATA is not set");
        return;
    };
    let mut files = Vec::new();
    for part in ["formats", "large", "bodies"] {
        walk(&Path::new(&data).join(part), &mut files);
    }
    for path in files {
        let named = path.display();
        let Ok((format, collected)) = collected(&unpacked(&path)) else {
            eprintln!("{named}: not a feed");
            continue;
        };
        let (rows, out) = (collected.rows, collected.postings.len());
        let (repeated, none) = (collected.repeated, collected.errors.len());
        let wrong = collected.errors.iter().filter(|error| !error.skipped);
        let refused = wrong.count();
        let (word, passed) = (format.word(), none - refused);
        eprintln!(
            "{named}: {word}, {rows} in, {out} out, {repeated} joined, {passed} passed over, {refused} refused"
        );
        for error in collected.errors.iter().take(3) {
            eprintln!("  {error}");
        }
        assert_eq!(rows, out + repeated + none);
        let board = tempfile::tempdir().unwrap();
        let merge = || {
            let postings = collected.postings.clone();
            source_store::merge(&board.path().join("a"), postings, Vec::new()).unwrap()
        };
        merge();
        let again = merge();
        assert_eq!((again.same, again.files), (out, 0), "{named}: {again}");
        let loaded = content::load(board.path()).unwrap();
        assert_eq!(loaded.board.postings().len(), out, "{named}");
    }
}
