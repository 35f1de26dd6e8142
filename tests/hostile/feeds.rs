//! Row 11: feeds with hostile values in every field, synced several nights: written files can be read back, and an
//! unchanged feed changes no file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jobdeck::board::Date;
use jobdeck::content::source_store::{MergeOptions, SourceStore};
use jobdeck::content::{self, Severity};
use jobdeck::import::{self, About, Format, Shape};
use naughty_strings::BLNS;
use serde_json::{Value, json};

use super::Scale;
use super::payloads::PAYLOADS;
use super::rng::Rng;
use super::sheet::quoted;
use super::strings;
use super::tally::{Tally, in_parts};

/// Texts in one feed.
const TEXTS: usize = 50;
/// Texts of a sample: those that are listed below, and some payloads.
const SAMPLE: usize = 30;
/// Nights with the same feed.
const NIGHTS: usize = 5;
/// Invisible letters, joiners and marks, which the text gate removes from ids.
const LETTERS: [&str; 12] = [
    "a\u{3164}b",
    "\u{115f}\u{1160}",
    "\u{ffa0}x\u{ffa0}",
    "ᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀᄀ",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{1d173}\u{e0041}id",
    "क\u{94d}क\u{94d}क\u{94d}क\u{94d}क\u{94d}क\u{94d}क\u{94d}",
    "\u{200d}\u{200d}x\u{200c}",
    "ﬁ ǅ ẞ İ ſ",
    "𝔘𝔫𝔦",
    "\u{fe0f}1\u{fe0f}\u{20e3}",
    "\u{180b}ᠠ\u{180b}",
];
/// Texts at and above the length limits: number of characters, and the repeated part.
const LONG: [(usize, &str); 8] = [
    (300, "t"),
    (301, "ü"),
    (1_999, "x"),
    (2_001, "x"),
    (2_500, "é"),
    (9_000, "a "),
    (5_000, "%20"),
    (90_000, "日"),
];

/// Feeds of texts that are listed, and of texts made here.
pub fn run(scale: Scale) -> Tally {
    let mut texts: Vec<String> = LETTERS.map(str::to_owned).into();
    texts.extend(LONG.map(|(count, unit)| unit.repeat(count)));
    texts.extend(PAYLOADS.map(str::to_owned));
    texts.extend(BLNS.iter().map(ToString::to_string));
    let mut rng = Rng::new(11);
    let made = scale.of(0, 20_000);
    texts.extend((0..made).map(|_| strings::text(&mut rng)));
    if scale == Scale::Sample {
        texts.truncate(SAMPLE);
    }
    let feeds: Vec<&[String]> = texts.chunks(scale.of(SAMPLE / 2, TEXTS)).collect();
    in_parts(feeds.len(), |part| {
        let mut tally = Tally::default();
        tally.try_one(
            || format!("feed {part}: {:?}", short(feeds[part])),
            || synced(&feed(feeds[part])),
        );
        tally.count += feeds[part].len() as u64;
        tally
    })
}

/// The same nights for a writer that takes the feed's own ids as they are.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    for text in LETTERS {
        let board = tempfile::tempdir().unwrap();
        let mut known = BTreeSet::new();
        let mut new = 0;
        for night in 0..2 {
            if known.insert(text.to_owned()) {
                new += 1;
                let table = format!("[[posting]]\nid = {}\ntitle = 'T'\n", quoted(text));
                let file = board.path().join(format!("{night}.toml"));
                fs::write(file, table).unwrap();
            }
            known = ids(board.path()).unwrap_or_default();
        }
        let doubled = new > 1;
        tally.run(
            format!("{text:?}"),
            doubled.then(|| "is new every night".to_owned()),
        );
    }
    tally
}

fn short(texts: &[String]) -> Vec<String> {
    let short = |text: &String| text.chars().take(40).collect();
    texts.iter().map(short).collect()
}

/// Two rows per text: one with the text in every field, one with it in one field.
fn feed(texts: &[String]) -> Vec<u8> {
    const LINES: [&str; 9] = [
        "id",
        "company",
        "team",
        "url",
        "publisher",
        "language",
        "workplace",
        "level",
        "posted",
    ];
    let mut rows = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        rows.push(json!({
            "id": text,
            "title": format!("{text} {at}"),
            "company": text,
            "team": text,
            "locations": [text, "Bern, CH", text],
            "workplace": text,
            "remote_from": [text],
            "employment": [text, "full-time"],
            "posted": text,
            "closes": text,
            "salary": [{ "min": text, "max": 1e300, "currency": "EUR", "per": "year", "location": text }],
            "url": format!("https://example.org/{text}"),
            "level": text,
            "years": { "min": text },
            "education": text,
            "skills": [text, text],
            "languages": [text],
            "sponsorship": text,
            "clearance": text,
            "publisher": text,
            "tags": [text, text],
            "language": text,
            "description": format!("## {text}\n\n{text}"),
        }));
        let line = LINES[at % LINES.len()];
        let mut row = json!({ "id": format!("one-{at}"), "title": "One" });
        row[line] = Value::from(text.as_str());
        rows.push(row);
    }
    serde_json::to_vec(&rows).unwrap()
}

/// Syncs a feed night after night.
fn synced(feed: &[u8]) -> Result<(), String> {
    let board = tempfile::tempdir().unwrap();
    let folder = board.path().join("feed");
    for night in 0..NIGHTS {
        let today = Date::constant(2026, 1, 6 + night as i8);
        let about = About {
            url: Some("https://example.org/jobs.json".to_owned()),
            company: None,
            today,
            shape: Shape::default(),
        };
        let text = import::text(feed, None).map_err(|error| error.to_string())?;
        let read = import::read(&text, Format::named("json"), &about);
        let collected = import::collect(read.map_err(|error| error.to_string())?, Some("feed"));
        let count = collected.postings.len();
        if count + collected.repeated + collected.errors.len() != collected.rows {
            return Err("a row is lost".to_owned());
        }
        let named = |error: content::source_store::StoreError| format!("night {night}: {error}");
        let store = SourceStore::open(&folder).map_err(named)?;
        let options = MergeOptions {
            complete_as_of: Some(today),
            dry_run: false,
            ..MergeOptions::default()
        };
        let (done, _) = store
            .merge(collected.postings, Vec::new(), &options)
            .map_err(named)?;
        let expected = if night == 0 {
            done.new == count
        } else {
            (done.same, done.files) == (count, 0)
        };
        if !expected || done.closed > 0 {
            return Err(format!("night {night}: {done} of {count}"));
        }
        if ids(board.path())?.len() != count {
            return Err(format!(
                "night {night}: {count} were written, and others are read"
            ));
        }
    }
    Ok(())
}

/// The ids of a board, unless a value in its files is wrong.
fn ids(board: &Path) -> Result<BTreeSet<String>, String> {
    let loaded = content::load(board).map_err(|error| error.to_string())?;
    let mut problems = loaded.problems.iter();
    if let Some(problem) = problems.find(|problem| problem.severity == Severity::Error) {
        return Err(problem.to_string());
    }
    let postings = loaded.board.postings();
    Ok(postings.map(|posting| posting.id.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_feed_changes_nothing() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_writer_that_takes_ids_as_they_are_is_caught() {
        assert!(naive().violations >= 5, "{}", naive());
    }
}
