//! More input than anybody types: it is taken in without growing, and the program still answers.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{Scale, Tally};
use crate::real::{Real, jobdeck};

const SIZE: (u16, u16) = (100, 30);
/// Memory that it may ever have, in MiB.
const ROOM: u64 = 150;
/// How long it may take to answer, where nothing else runs.
const PROMPT: Duration = Duration::from_secs(3);
/// Ends whatever sequence has begun, and leaves whatever was opened, without quitting.
const TO_THE_START: &str =
    "~~~~\x1b[0~\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b~";

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let mut tally = a_flood_is_drained_and_then_answered(scale);
    tally.add(half_a_sequence_blocks_neither_signals_nor_the_window(scale));
    tally
}

#[test]
fn more_than_anybody_types_is_taken_in() {
    run(Scale::Sample).assert_clean();
}

fn a_flood_is_drained_and_then_answered(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    let kib = |sample, full| scale.of(sample, full) << 10;
    let floods: [(&str, Vec<u8>); 6] = [
        ("motion", repeat("j", kib(20, 2048))),
        (
            "motion up and down",
            repeat("jjjkG\x1b[A\x1b[Bg", kib(20, 2048)),
        ),
        (
            "typing",
            [b"/".to_vec(), repeat("sea ", kib(20, 2048))].concat(),
        ),
        ("a paste", paste(kib(512, 50 << 10))),
        ("random bytes", random(kib(50, 5120))),
        ("the mouse", mouse(kib(20, 5120))),
    ];
    for (name, flood) in floods {
        tally.run(name, answered(scale, name, flood));
    }
    tally
}

/// Sends a flood, then asks for help; what is wrong with the answer.
fn answered(scale: Scale, name: &str, flood: Vec<u8>) -> Option<String> {
    let mut terminal = Real::start(jobdeck(), SIZE);
    terminal.wait_for("10 of 10");
    let start = Instant::now();
    let size = flood.len();
    terminal.send(flood);
    terminal.send(TO_THE_START);
    terminal.send("?");
    terminal.wait_for("Keys · ");
    let took = start.elapsed();
    let memory = terminal.peak_memory().unwrap_or_default();
    println!("{name}: {size} bytes in {took:?}, {memory} MiB");
    terminal.send("\x03");
    let fault = scale.fault(&terminal.wait_for_end(), 0);
    let late = !cfg!(debug_assertions) && scale == Scale::Full && took > PROMPT;
    fault
        .or_else(|| late.then(|| format!("took {took:?}")))
        .or_else(|| (memory > ROOM).then(|| format!("{memory} MiB")))
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
            screen
                .contents()
                .lines()
                .any(|line| line.ends_with('┓') && line.chars().count() == 40)
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

/// The same bytes every time, without those that are meant to end it.
fn random(size: usize) -> Vec<u8> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    });
    let harmless = |byte: &u8| !matches!(byte, b'q' | 0x03);
    bytes.filter(harmless).take(size).collect()
}
