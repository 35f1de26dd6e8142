//! Benchmarks jobdeck against fuzzy finders and matcher crates, and prints the results as Markdown.
//!
//! `cargo run --release --manifest-path tests/peers/Cargo.toml` builds boards of 10⁴, 10⁵ and 10⁶ postings; sizes that
//! are named after `--` are built instead. Where `JOBDECK_REAL_DATA` names a folder of captured postings, boards are
//! drawn from them. Programs that are not installed are left out; `fzf`, `sk` and `tv` are looked for on the path.
//!
//! `-- --relevance` prints instead what the finders, and a web search engine, make of judged queries: our own, or those
//! in a file like tests/relevance/queries.toml about the board in a folder, `-- --relevance QUERIES BOARD`.
//!
//! Peers get each posting as one line "title · team · location" and match the whole of it; jobdeck looks within fields.
//! So they find different numbers of postings, which are printed beside the times.

mod board;
mod finder;
#[path = "../../relevance/judge.rs"]
mod judge;
mod frame;
mod matchers;
mod ours;
#[path = "../../bench/postings.rs"]
#[allow(dead_code, reason = "what the other bench uses")]
mod postings;
mod program;
mod relevance;
mod report;

use std::error::Error;
use std::sync::Arc;

use clap::Parser;
use jobdeck::board::Board;
use jobdeck::cli::Cli;

use finder::{Finder, Measured};
use mimalloc::MiMalloc;
use program::{Program, SELF};

/// The one that jobdeck uses.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// The largest size at which lines are also typed into other programs letter by letter: it takes them minutes.
const TYPED: usize = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args();
    if arguments.nth(1).as_deref() == Some(SELF) {
        // Runs this program as a child, so that it is the same build.
        let cli = Cli::try_parse_from(std::iter::once("jobdeck".into()).chain(arguments))?;
        std::process::exit(jobdeck::commands::run(cli).into());
    }
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--relevance") {
        return relevance::print(&arguments[at + 1..]);
    }
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let source = postings::Source::open();
    report::head(source.name());
    for size in sizes {
        measure(&source, size)?;
    }
    Ok(())
}

/// Measures everything on a board of one size, and prints it.
fn measure(source: &postings::Source, size: usize) -> Result<(), Box<dyn Error>> {
    let postings = source.draw(size);
    let lines: Vec<String> = postings.iter().map(board::line).collect();
    let files = board::write(&postings, &lines)?;
    let board = Arc::new(Board::new("bench".into(), postings, Vec::new()));
    let (index, built) = ours::index(&board);
    report::size(&board, built);

    let ours = finder::measure(&mut ours::Searching::new(Arc::clone(&index)), true);
    let drawn = frame::measure(index)?;
    let mut peers: Vec<Measured> = Vec::new();
    peers.push(finder::measure(&mut matchers::Nucleo::new(&lines), true));
    peers.push(finder::measure(&mut matchers::Frizbee::new(&lines), true));
    drop((board, lines));
    let mut programs = Vec::new();
    for mut program in Program::all(&files, size) {
        match program.start() {
            Ok(()) => {
                if program.only_starts() {
                    let nothing = Measured::nothing(program.name());
                    programs.push((program.finish(), nothing));
                    continue;
                }
                let typed = program.is_ours() || size <= TYPED;
                let measured = finder::measure(&mut program, typed);
                if !program.is_ours() {
                    peers.push(measured.clone());
                }
                programs.push((program.finish(), measured));
            }
            Err(why) => eprintln!("{} is left out: {why}", program.name()),
        }
    }
    report::scratch(&ours, &peers);
    report::typed(&ours, &peers);
    report::programs(&programs, drawn);
    distinct(source, size);
    Ok(())
}

/// Types into a board on which no two titles are alike.
fn distinct(source: &postings::Source, size: usize) {
    let mut postings = source.draw(size);
    postings::make_distinct(&mut postings);
    let board = Arc::new(Board::new("distinct".into(), postings, Vec::new()));
    let (index, _) = ours::index(&board);
    let measured = finder::measure(&mut ours::Searching::new(index), true);
    report::distinct(&measured);
}
