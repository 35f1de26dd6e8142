//! The results as a page of Markdown.

use std::fs;
use std::time::Duration;

use crate::finder::{Found, Measured, QUERIES};
use crate::program::Started;

/// What was measured, on what.
pub fn head(source: &str) {
    let day = jiff::Zoned::now().date();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "Measured on {day}, {}, {cores} cores in use, boards drawn from {source}.\n",
        machine()
    );
    println!(
        "Times are the shortest of three for jobdeck and the crates. Programs (fzf, sk, tv) run on a terminal: from the keys \
         to the last change of the screen, once, since they remember what they were asked. *n*× is how many times as \
         long as jobdeck it took; the number of hits stands behind it. Peers match the whole line \"title · team · \
         location\", jobdeck within fields, so these differ.\n"
    );
}

fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("unknown");
    let cpu = cpu.map_or("unknown processor", |(_, name)| name);
    format!("{cpu}, load {load} at the start")
}

/// The heading of a size.
pub fn size(board: &jobdeck::board::Board, built: Duration) {
    let titles = board.postings().map(|posting| posting.title.clone());
    let titles = titles.collect::<std::collections::HashSet<_>>().len();
    let count = board.postings().len();
    println!("### {} postings\n", grouped(count));
    println!(
        "{} distinct titles; index built in {}.\n",
        grouped(titles),
        shown(built)
    );
}

/// Each query asked at once.
pub fn scratch(ours: &Measured, peers: &[Measured]) {
    println!("A query asked at once:\n");
    row(
        "query",
        "jobdeck",
        peers.iter().map(|peer| peer.name.to_owned()),
    );
    rule(peers.len());
    for (at, query) in QUERIES.iter().enumerate() {
        let own = ours.scratch[at];
        let cells = peers.iter().map(|peer| against(peer.scratch[at], own));
        row(&format!("`{query}`"), &hits(own), cells);
    }
    let means = peers.iter().map(|peer| {
        let pairs = peer.scratch.iter().zip(&ours.scratch);
        mean(pairs.map(|(peer, own)| ratio(*peer, *own)))
    });
    row("geometric mean", "", means);
    println!();
}

/// Each query typed letter by letter.
pub fn typed(ours: &Measured, peers: &[Measured]) {
    let peers: Vec<&Measured> = peers.iter().filter(|peer| !peer.typed.is_empty()).collect();
    println!(
        "Typed letter by letter: for each letter jobdeck's time in ms, and the peers' geometric mean:\n"
    );
    row(
        "query",
        "jobdeck",
        peers.iter().map(|peer| peer.name.to_owned()),
    );
    rule(peers.len());
    let pairs = |peer: &Measured, at: usize| -> Vec<f64> {
        let pairs = peer.typed[at].iter().zip(&ours.typed[at]);
        pairs.map(|(peer, own)| ratio(*peer, *own)).collect()
    };
    for (at, query) in QUERIES.iter().enumerate() {
        let letters = ours.typed[at].iter();
        let letters: Vec<String> = letters
            .map(|found| format!("{:.1}", ms(found.time)))
            .collect();
        let cells = peers.iter().map(|peer| mean(pairs(peer, at).into_iter()));
        row(&format!("`{query}`"), &letters.join(" "), cells);
    }
    let means = peers.iter().map(|peer| {
        let all = (0..QUERIES.len()).flat_map(|at| pairs(peer, at));
        mean(all)
    });
    row("geometric mean", "", means);
    let spreads = peers.iter().map(|peer| spread(peer));
    row("p50 / p90 / p99 / max", &spread(ours), spreads);
    println!();
}

/// The programs on a terminal, and how long a frame takes.
pub fn programs(programs: &[(Started, Measured)], frame: Duration) {
    println!("On a terminal of 100×30, everything included:\n");
    println!(
        "| program | first frame | all lines counted | memory, at its peak | letters, p50 / p90 / p99 / max |"
    );
    println!("|---|--:|--:|--:|--:|");
    for (started, measured) in programs {
        let shown_bytes = |bytes: Option<u64>| {
            bytes.map_or("?".to_owned(), |bytes| format!("{} MB", bytes / 1_000_000))
        };
        let (resident, peak) = (shown_bytes(started.resident), shown_bytes(started.peak));
        let memory = format!("{resident}, {peak}");
        let letters = if measured.typed.is_empty() {
            "–".into()
        } else {
            spread(measured)
        };
        let (first, all) = (shown(started.first), shown(started.all));
        println!(
            "| {} | {first} | {all} | {memory} | {letters} |",
            started.name
        );
    }
    println!("\nA frame of 200×60, drawn anew: {}.\n", shown(frame));
}

/// A board on which no two titles are alike.
pub fn distinct(measured: &Measured) {
    println!(
        "All titles distinct, letter by letter, p50 / p90 / p99 / max: {}.\n",
        spread(measured)
    );
}

fn row(query: &str, ours: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    println!("| {query} | {ours} | {} |", cells.join(" | "));
}

fn rule(peers: usize) {
    println!("|---|--:|{}", "--:|".repeat(peers));
}

fn hits(found: Found) -> String {
    format!("{} · {}", shown(found.time), grouped(found.hits))
}

fn against(peer: Found, own: Found) -> String {
    format!("{}× · {}", rounded(ratio(peer, own)), grouped(peer.hits))
}

fn ratio(peer: Found, own: Found) -> f64 {
    peer.time.as_secs_f64().max(1e-6) / own.time.as_secs_f64().max(1e-6)
}

fn mean(ratios: impl Iterator<Item = f64>) -> String {
    let logs: Vec<f64> = ratios.map(f64::ln).collect();
    format!(
        "{}×",
        rounded((logs.iter().sum::<f64>() / logs.len() as f64).exp())
    )
}

fn rounded(number: f64) -> String {
    if number < 10.0 {
        format!("{number:.1}")
    } else {
        format!("{number:.0}")
    }
}

fn spread(measured: &Measured) -> String {
    let letters = measured.letters();
    let at = |percent: usize| rounded(ms(letters[(letters.len() - 1) * percent / 100]));
    format!("{} / {} / {} / {} ms", at(50), at(90), at(99), at(100))
}

fn shown(time: Duration) -> String {
    match ms(time) {
        time if time < 1000.0 => format!("{} ms", rounded(time)),
        time => format!("{:.1} s", time / 1e3),
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// `1,000,000`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
