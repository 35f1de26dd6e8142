//! Row 5: randomly damaged files, loaded and shown in every view.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Scale;
use super::desk::Desk;
use super::rng::Rng;
use super::sheet;
use super::strings;
use super::tally::{Tally, in_parts};
use super::views;

/// Files on one board.
const FILES: usize = 32;
/// Timeout for a hang.
const PATIENCE: Duration = Duration::from_mins(3);
const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (50, 14), (24, 6)];

/// Thousands of files, or millions.
pub fn run(scale: Scale) -> Tally {
    let boards = match scale {
        Scale::Sample => 12,
        Scale::Full => 1_000_000 / FILES,
    };
    let seeds = seeds();
    in_parts(boards, |part| {
        let mut rng = Rng::new(part as u64);
        let files: Vec<_> = (0..FILES).map(|at| mutant(&seeds, at, &mut rng)).collect();
        board(&files, SIZES[part % SIZES.len()])
    })
}

/// The files of the fixtures and of the shipped board.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/boards"), root.join("content")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A damaged seed with unique ids.
fn mutant(seeds: &[Vec<u8>], at: usize, rng: &mut Rng) -> Vec<u8> {
    let seed: &Vec<u8> = rng.pick(seeds);
    let own = format!("\nid = \"{at}-");
    let seed = String::from_utf8_lossy(seed).replace("\nid = \"", &own);
    let mut bytes = seed.into_bytes();
    for _ in 0..=rng.below(6) {
        damage(&mut bytes, seeds, rng);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], rng: &mut Rng) {
    const TOKENS: &[&str] = &[
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "#",
        "\n",
        "\r",
        "\\",
        "\\u001b",
        "\\U000e0041",
        "\\u202e",
        "[[posting]]\n",
        "[board]\n",
        "[[interview]]\n",
        "[[interview.exchange]]\n",
        "id = 1\n",
        "title = \"\"\n",
        "true",
        "nan",
        "-inf",
        "1979-05-27",
        "99999999999999999999",
        "## ",
        "\u{feff}",
        "\u{1b}[2J",
        "\u{9b}",
        "\u{202e}",
        "\u{200d}",
    ];
    let here = rng.below(bytes.len() + 1);
    let end = (here + 1 + rng.below(60)).min(bytes.len());
    let put =
        |bytes: &mut Vec<u8>, what: &[u8]| drop(bytes.splice(here..here, what.iter().copied()));
    match rng.below(9) {
        0 if here < bytes.len() => bytes[here] ^= 1 << rng.below(8),
        1 if here < bytes.len() => bytes[here] = rng.next() as u8,
        2 => put(bytes, rng.pick(TOKENS).as_bytes()),
        3 => put(bytes, strings::text(rng).as_bytes()),
        4 => drop(bytes.drain(here..end)),
        5 => {
            let again = bytes[here..end].repeat(1 + rng.below(40));
            put(bytes, &again);
        }
        6 => {
            let other = rng.pick(seeds);
            let from = rng.below(other.len() + 1);
            let to = (from + rng.below(400)).min(other.len());
            put(bytes, &other[from..to]);
        }
        7 if rng.below(4) == 0 => bytes.truncate(here),
        _ => put(bytes, &[rng.next() as u8]),
    }
}

fn board(files: &[Vec<u8>], size: (u16, u16)) -> Tally {
    let dir = tempfile::tempdir().unwrap();
    for (at, bytes) in files.iter().enumerate() {
        fs::write(dir.path().join(format!("{at:02}.toml")), bytes).unwrap();
    }
    let mut tally = Tally::default();
    let started = Instant::now();
    let what = || {
        files
            .iter()
            .map(|file| String::from_utf8_lossy(file).into_owned() + "\n⋯\n")
            .collect()
    };
    tally.try_one(what, || {
        views::every(&mut Desk::open(dir.path(), size), &files[0])
    });
    if started.elapsed() > PATIENCE {
        tally.violation(format!("took {:?}", started.elapsed()));
    }
    tally.count += files.len() as u64;
    tally
}

/// Damaged files, read by a loader without the gate.
pub fn naive() -> Tally {
    let seeds = seeds();
    let mut rng = Rng::new(1);
    let mut tally = Tally::default();
    for at in 0..200 {
        let bytes = mutant(&seeds, at, &mut rng);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let table: toml::Table = toml::from_str(&text).unwrap_or_default();
        let postings = table.get("posting").and_then(toml::Value::as_array);
        let field = |posting: &toml::Value| Some(posting.get("description")?.as_str()?.to_owned());
        let texts: Vec<String> = postings.into_iter().flatten().filter_map(field).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if let [_, ..] = texts[..] {
            let mut desk = Desk::ungated(sheet::ungated(&texts), SIZES[0]);
            tally.run(at, views::every(&mut desk, &[]).err());
        }
    }
    tally.try_one(
        || "a panic".to_owned(),
        || panic!("as a loader that unwraps would"),
    );
    tally.count += 1;
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_damaged_files() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_loader_without_the_gate_is_caught() {
        // Without the bound on nesting, the parser recurses deeper than a test thread's stack allows.
        let naive = std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(naive);
        let tally = naive.expect("a thread").join().expect("no panic");
        assert!(tally.violations > 1);
    }
}
