//! Row 7: floods of input must not increase memory, and the program must still respond.

use std::fs;
use std::time::Duration;

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use super::stopwatch::Stopwatch;
use super::{Scale, Tally};
use crate::double::hoarder;
use crate::real::{Real, jobdeck};

const SIZE: (u16, u16) = (100, 30);
/// Maximum memory, in MiB.
const ROOM: u64 = 150;
/// Maximum response time on an idle machine.
const PROMPT: Duration = Duration::from_secs(3);
/// Ends any sequence and leaves any dialog.
const TO_THE_START: &str =
    "~~~~\x1b[0~\x1b[201~\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b~";
/// Enters a query, pasted, since keys could be part of an earlier sequence.
const QUESTION: &str = "/\x15\x1b[200~zqxjk\x1b[201~";
/// Text on the screen after the query; no flood contains it.
const ANSWER: &str = "zqxjk";
/// A flood may contain any key; these would end or suspend the program.
const NO_WAY_OUT: &str = "
[keys.browse]
'q' = 'none'
'ctrl-c' = 'none'
[keys.filters]
'q' = 'none'
'ctrl-c' = 'none'
[keys.reader]
'ctrl-c' = 'none'
[keys.query]
'ctrl-c' = 'none'
[keys.find]
'ctrl-c' = 'none'
[keys.menu]
'ctrl-c' = 'none'
[keys.picker]
'ctrl-c' = 'none'
[keys.help]
'ctrl-c' = 'none'
[keys.confirm]
'ctrl-c' = 'none'
[keys.prompt]
'ctrl-c' = 'none'
[keys.note]
'ctrl-c' = 'none'
'ctrl-e' = 'none'
";

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    let config = tempfile::NamedTempFile::new().unwrap();
    fs::write(config.path(), NO_WAY_OUT).unwrap();
    for (name, flood) in floods(scale) {
        let mut command = jobdeck();
        command.arg("--config");
        command.arg(config.path());
        tally.run(name, answered(scale, command, name, flood));
    }
    tally.add(half_a_sequence_blocks_neither_signals_nor_the_window(scale));
    tally
}

/// Checks that a program that keeps its input and draws after each event is detected.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    let name = "a paste, naively";
    tally.run(
        name,
        answered(Scale::Sample, hoarder(), name, paste(50 << 20)),
    );
    tally.run(
        "a late answer",
        too_much(Scale::Full, PROMPT + Duration::from_millis(1), 0),
    );
    tally
}

fn floods(scale: Scale) -> [(&'static str, Vec<u8>); 8] {
    let kib = |sample, full| scale.of(sample, full) << 10;
    let typed = |before: &str, unit: &str| {
        let size = kib(20, 2048);
        [before.as_bytes(), &repeat(unit, size)].concat()
    };
    [
        ("motion", typed("", "j")),
        ("motion up and down", typed("", "jjjkG\x1b[A\x1b[Bg")),
        ("typing", typed("/", "sea ")),
        ("typing into a list", typed("?", "sea ")),
        ("typing and taking back", typed("/", "sea\x7f\x7f\x7f")),
        ("a paste", paste(kib(512, 50 << 10))),
        ("random bytes", random(kib(50, 5120))),
        ("the mouse", mouse(kib(20, 5120))),
    ]
}

/// Sends a flood, then a query; returns what is wrong with the response.
fn answered(scale: Scale, command: CommandBuilder, name: &str, flood: Vec<u8>) -> Option<String> {
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("10 of 10");
    // The machine may be busy; time is judged at the end.
    terminal.be_patient(Duration::from_mins(10));
    let watch = Stopwatch::start(terminal.pid());
    let size = flood.len();
    terminal.send(flood);
    terminal.send(TO_THE_START);
    terminal.send(QUESTION);
    terminal.wait_for(ANSWER);
    let (took, waited) = watch.stop();
    let memory = terminal.peak_memory().unwrap_or_default();
    println!(
        "{name}: {size} bytes in {took:.1?}, {waited:.1?} of it for want of a processor; {memory} MiB"
    );
    terminal.signal(Signal::TERM);
    let fault = scale.fault(&terminal.wait_for_end(), 143);
    fault.or_else(|| too_much(scale, took.saturating_sub(waited), memory))
}

fn too_much(scale: Scale, took: Duration, memory: u64) -> Option<String> {
    // Debug builds are slower, and samples run beside other tests.
    let late = !cfg!(debug_assertions) && scale == Scale::Full && took > PROMPT;
    let hoarded = memory > ROOM;
    late.then(|| format!("took {took:.1?}"))
        .or_else(|| hoarded.then(|| format!("{memory} MiB")))
}

fn half_a_sequence_blocks_neither_signals_nor_the_window(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    let halves: [&[u8]; 10] = [
        b"\x1b[",
        b"\x1b[<",
        b"\x1b[<0;10",
        b"\x1b[M",
        b"\x1b[1;",
        b"\x1b[?",
        b"\x1bO",
        b"\x1b]",
        b"\x1b[200~never ends",
        b"\xf0\x9f",
    ];
    for half in halves {
        let mut terminal = Real::start(jobdeck(), SIZE);
        terminal.wait_for("10 of 10");
        terminal.send(half);
        terminal.resize(40, 12);
        terminal.wait_until("a narrow frame", |screen| {
            let contents = screen.contents();
            let position = |line: &str| line.ends_with("/10") && line.chars().count() == 38;
            contents.lines().any(position)
        });
        terminal.signal(Signal::TERM);
        tally.run(
            half.escape_ascii(),
            scale.fault(&terminal.wait_for_end(), 143),
        );
    }
    tally
}

fn repeat(unit: &str, size: usize) -> Vec<u8> {
    unit.repeat(size / unit.len()).into_bytes()
}

fn paste(size: usize) -> Vec<u8> {
    [b"\x1b[200~", &*repeat("research ", size), b"\x1b[201~"].concat()
}

fn mouse(size: usize) -> Vec<u8> {
    repeat(
        "\x1b[<65;10;10M\x1b[<64;80;10M\x1b[<0;3;5M\x1b[<0;3;5m\x1b[<35;200;200M\x1b[<35;0;0M",
        size,
    )
}

/// Deterministic random bytes.
fn random(size: usize) -> Vec<u8> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    });
    // A second ctrl-c in a row quits, whatever its binding.
    bytes.filter(|byte| *byte != 3).take(size).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_anybody_types_is_taken_in() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn a_program_that_keeps_everything_is_caught() {
        let tally = naive();
        // Lateness only counts in release builds.
        assert!(tally.violations >= 1, "{tally}");
    }
}
