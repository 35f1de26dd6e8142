//! What the finders make of judged queries over a made-up board, as a table.

use std::borrow::Cow;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use frizbee::Matcher;
use jobdeck::board::{Board, Posting};
use jobdeck::search::{Index, Request, Searcher};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TEXT, Value};
use tantivy::{IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::board::line;
use crate::judge::{self, Judged, Verdict, verdict};
use crate::ours::today;

/// Positions on the board, best first.
type Engine<'a> = Box<dyn FnMut(&str) -> Vec<usize> + 'a>;

/// Prints the table, for our own board and queries or for a folder of a board and a file of queries.
pub fn print(files: &[String]) -> Result<(), Box<dyn Error>> {
    let (postings, queries) = match files {
        [] => (judge::postings(), judge::queries()),
        [queries, board] => {
            let board = jobdeck::content::load(Path::new(board))?.board;
            let postings = board.postings().map(Cow::into_owned).collect();
            (postings, judge::read(&fs::read_to_string(queries)?)?)
        }
        _ => return Err("--relevance takes a file of queries and the folder of a board".into()),
    };
    let lines: Vec<String> = postings.iter().map(line).collect();
    println!("### Relevance\n");
    println!(
        "{} judged queries over {} postings.\n",
        queries.len(),
        postings.len()
    );
    println!("| engine | S@1 | S@10 | P@10 | R@100 | junk | nothing found |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let mut engines: Vec<(&str, Engine<'_>)> = vec![
        ("jobdeck", ours(&postings)),
        ("fzf", fzf(&lines)),
        ("frizbee, with typos", frizbee(&lines)),
    ];
    if let Ok(engine) = web(&postings) {
        engines.push(("tantivy, with prefixes and typos", engine));
    }
    for (name, engine) in &mut engines {
        let asked = queries.iter().filter(|judged| judged.class != "absent");
        let verdicts = asked.map(|judged: &Judged| {
            let found = engine(&judged.query);
            verdict(judged, &postings, &found)
        });
        let verdicts: Vec<Verdict> = verdicts.collect();
        let percent = |of: fn(&Verdict) -> f64| {
            let sum: f64 = verdicts.iter().map(of).sum();
            (100.0 * sum / verdicts.len() as f64).round()
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            percent(|verdict| f64::from(u8::from(verdict.first))),
            percent(|verdict| f64::from(u8::from(verdict.ten))),
            percent(|verdict| verdict.precision),
            percent(|verdict| verdict.recall),
            percent(|verdict| verdict.junk),
            percent(|verdict| f64::from(u8::from(verdict.none))),
        );
    }
    println!();
    Ok(())
}

fn ours(postings: &[Posting]) -> Engine<'static> {
    let board = Board::new("judged".into(), postings.to_vec(), Vec::new());
    let index = Arc::new(Index::new(Arc::new(board)));
    let mut searcher = Searcher::new(Arc::clone(&index));
    Box::new(move |query| {
        let request = Request {
            query: jobdeck::query::parse(query),
            today: today(),
            limit: index.len(),
            ..Request::default()
        };
        let found = searcher.search(&request, &|| false).unwrap_or_default();
        found.rows.iter().map(|row| row.0 as usize).collect()
    })
}

/// `fzf --filter`, where it is installed.
fn fzf(lines: &[String]) -> Engine<'_> {
    let numbered: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{at}\t{line}\n"))
        .collect();
    Box::new(move |query| {
        let child = Command::new("fzf")
            .args(["--delimiter", "\t", "--nth", "2..", "--filter", query])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            return Vec::new();
        };
        let mut input = child.stdin.take();
        let lines = numbered.clone();
        let writing = std::thread::spawn(move || {
            if let Some(input) = &mut input {
                let _ = input.write_all(lines.as_bytes());
            }
        });
        let found = child.wait_with_output();
        let _ = writing.join();
        let found = found.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let found = found.unwrap_or_default();
        let numbers = found.lines().filter_map(|line| line.split('\t').next());
        numbers.filter_map(|number| number.parse().ok()).collect()
    })
}

fn frizbee(lines: &[String]) -> Engine<'_> {
    Box::new(|query| {
        let config = frizbee::Config {
            max_typos: Some(if query.len() < 8 { 1 } else { 2 }),
            ..frizbee::Config::default()
        };
        let mut matcher = Matcher::from_query(query, &config);
        let found = matcher.match_list_parallel(lines, 1);
        found.iter().map(|found| found.index as usize).collect()
    })
}

/// A web search engine: words ranked by BM25, titles weighing double, with prefixes and typos.
fn web(postings: &[Posting]) -> tantivy::Result<Engine<'static>> {
    let mut schema = Schema::builder();
    let fields = ["title", "company", "team", "locations"].map(|name| schema.add_text_field(name, TEXT));
    let number = schema.add_u64_field("number", STORED | FAST);
    let index = tantivy::Index::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer(50_000_000)?;
    for (at, posting) in postings.iter().enumerate() {
        let mut document = TantivyDocument::default();
        let places = posting.locations.iter();
        let places: Vec<&str> = places.map(|place| place.written.as_str()).collect();
        let texts = [
            posting.title.clone(),
            posting.company.clone().unwrap_or_default(),
            posting.team.clone().unwrap_or_default(),
            places.join("; "),
        ];
        for (field, text) in fields.iter().zip(texts) {
            document.add_text(*field, text);
        }
        document.add_u64(number, at as u64);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    let count = postings.len();
    Ok(Box::new(move |query| {
        let searcher = reader.searcher();
        let query = words(query, &fields);
        let found = searcher.search(&query, &TopDocs::with_limit(count));
        let found = found.unwrap_or_default().into_iter();
        let numbers = found.filter_map(|(_, address)| {
            let document: TantivyDocument = searcher.doc(address).ok()?;
            document.get_first(number)?.as_u64()
        });
        numbers.map(|number| number as usize).collect()
    }))
}

/// Every word, in any field: whole, else as a beginning, else with a typo or two.
fn words(query: &str, fields: &[Field; 4]) -> BooleanQuery {
    let folded = query.to_lowercase();
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words = words.map(|word| {
        let slips = match word.chars().count() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let ways = fields.iter().enumerate().flat_map(|(at, field)| {
            let term = || Term::from_field_text(*field, word);
            let weight = if at == 0 { 2.0 } else { 1.0 };
            let whole: Box<dyn Query> =
                Box::new(TermQuery::new(term(), IndexRecordOption::WithFreqs));
            let start: Box<dyn Query> = Box::new(FuzzyTermQuery::new_prefix(term(), 0, true));
            let near: Box<dyn Query> = Box::new(FuzzyTermQuery::new(term(), slips, true));
            let boosted = |query: Box<dyn Query>, boost: f32| {
                let query: Box<dyn Query> = Box::new(BoostQuery::new(query, boost * weight));
                (Occur::Should, query)
            };
            [
                boosted(whole, 1.0),
                boosted(start, 0.5),
                boosted(near, 0.25),
            ]
        });
        let any: Box<dyn Query> = Box::new(BooleanQuery::new(ways.collect()));
        (Occur::Must, any)
    });
    BooleanQuery::new(words.collect())
}
