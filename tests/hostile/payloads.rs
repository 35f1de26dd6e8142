//! Row 2: text that a terminal would interpret, through every input and in every view and command of the real program.

mod commands;
mod scene;
mod screens;

use std::fs;

use super::Scale;
use super::tally::{Tally, in_parts};
use super::wire;
use crate::double::{LOAD_PANICS, double};
use crate::real::{Ending, Real, program};
use scene::Scene;

const SIZE: (u16, u16) = (100, 30);
const CELLS: usize = 100 * 30;
/// Maximum number of frames in a session.
const FRAMES: usize = 400;

/// Hostile texts, used between letters to see whether those survive.
pub(super) const PAYLOADS: [&str; 48] = [
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}[999;999H",
    "\u{1b}[?1049l",
    "\u{1b}[?25l",
    "\u{1b}[?1003h",
    "\u{1b}[?2004h",
    "\u{1b}[6n",
    "\u{1b}[c",
    "\u{1b}[>c",
    "\u{1b}[8;1;1t",
    "\u{1b}[21t",
    "\u{1b}[3J\u{1b}[r",
    "\u{1b}[1;2",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]2;title\u{1b}\\",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}]8;;https://evil.example\u{7}link\u{1b}]8;;\u{7}",
    "\u{1b}]4;1;rgb:ff/00/00\u{7}",
    "\u{1b}]7;file://evil/\u{7}",
    "\u{1b}]1337;File=inline=1:AAAA\u{7}",
    "\u{1b}]never ends",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}Pq#0;2;0;0;0~-\u{1b}\\",
    "\u{1b}_Gf=24;AAAA\u{1b}\\",
    "\u{1b}^privacy\u{1b}\\",
    "\u{1b}Xstring\u{1b}\\",
    "\u{1b}c",
    "\u{1b}7\u{1b}8\u{1b}M",
    "\u{1b}(0\u{1b})B",
    "\u{1b}#8",
    "\u{1b}\u{1b}[2J",
    "\u{9b}2J",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
    "\u{84}\u{85}\u{8d}\u{8e}",
    "\u{5}\u{7}\u{8}\u{7f}",
    "\u{b}\u{c}\u{e}\u{f}\u{18}\u{1a}",
    "\r\u{1b}[Koverwritten",
    "\u{202e}right to left\u{202c}",
    "\u{2066}isolated\u{2069}\u{200f}",
    "\u{200b}\u{2060}\u{feff}\u{ad}",
    "\u{e0041}\u{e0042}\u{e007f}",
    "\u{2028}\u{2029}\u{85}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f469}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "\u{1d173}\u{1bca0}\u{3164}\u{115f}",
];

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let payloads = match scale {
        Scale::Sample => &PAYLOADS[15..17],
        Scale::Full => &PAYLOADS[..],
    };
    in_parts(payloads.len(), |part| {
        let payload = payloads[part];
        let scene = Scene::new(payload);
        let mut tally = screens::run(&scene);
        tally.add(screens::sync(&scene));
        tally.add(commands::run(&scene));
        tally.run(format!("a panic about {payload:?}"), panics(&scene));
        tally
    })
}

/// Checks the report of a panic that quotes the payload, after the terminal was restored.
fn panics(scene: &Scene) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(LOAD_PANICS), scene.text()).unwrap();
    let ending = Real::start(double(folder.path()), SIZE).wait_for_end();
    let said = ending.written.iter().copied();
    let said: Vec<u8> = said.filter(|byte| !b"\r\n".contains(byte)).collect();
    let silent = !ending.screen.contains("please report it");
    let judged = wire::judge(&said, CELLS * FRAMES).err();
    let fault = ending.fault(101).or(judged);
    fault.or_else(|| silent.then(|| "nothing is said".to_owned()))
}

/// Checks that a program that prints its arguments unchanged is detected.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    for payload in PAYLOADS {
        let mut command = program("printf");
        command.args(["%s", &format!("left{payload}right")]);
        let ending = Real::start(command, SIZE).wait_for_end();
        tally.run(format!("{payload:?}"), judge(&ending, &[]));
    }
    tally
}

/// Checks printed output: only text, line ends and what the command itself prints.
fn judge(ending: &Ending, own: &[&str]) -> Option<String> {
    let text = match std::str::from_utf8(&ending.written) {
        Ok(text) => text.replace(['\r', '\n'], ""),
        Err(error) => return Some(error.to_string()),
    };
    let text = own.iter().fold(text, |text, one| text.replace(one, ""));
    // Printed output contains no escape sequences at all.
    if let Some((_, from)) = text.split_once('\u{1b}') {
        let from: String = from.chars().take(20).collect();
        return Some(format!("the sequence ESC {from:?}"));
    }
    wire::judge(text.as_bytes(), CELLS * FRAMES).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_payload_reaches_the_terminal() {
        run(Scale::Sample).assert_clean();
    }

    #[test]
    fn every_payload_is_caught_where_nothing_stops_it() {
        naive().assert_all_caught();
    }
}
