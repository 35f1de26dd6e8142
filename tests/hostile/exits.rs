//! Whatever way the program ends, the terminal is restored within a second.

use std::fs;
use std::time::Duration;

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use vt100::{MouseProtocolMode, Screen};

use super::{Scale, Tally};
use crate::double::{KEY_PANICS, LOAD_PANICS, double};
use crate::real::{Ending, Real, jobdeck, program};

const SIZE: (u16, u16) = (100, 30);

/// Keys that lead from the first screen to another, with a text that only that one shows.
const SCREENS: [(&str, &str); 5] = [
    ("", "10 of 10"),
    ("/sea", "enter apply"),
    ("i", "Editor's note"),
    ("?", "Help and commands"),
    ("f", "space include"),
];

#[derive(Debug, Clone, Copy)]
enum Way {
    /// Sends `q` until the program ends.
    Leaves,
    CtrlC,
    Panics,
    Gets(Signal),
}

const WAYS: [(Way, u32); 9] = [
    (Way::Leaves, 0),
    (Way::CtrlC, 0),
    (Way::Panics, 101),
    (Way::Gets(Signal::TERM), 143),
    (Way::Gets(Signal::HUP), 129),
    (Way::Gets(Signal::INT), 130),
    (Way::Gets(Signal::QUIT), 131),
    (Way::Gets(Signal::USR1), 138),
    (Way::Gets(Signal::ABORT), 134),
];

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let mut tally = every_way_out_of_every_screen(scale);
    tally.add(every_deadly_signal(scale));
    tally.add(stops_and_goes_on_like_any_job_of_a_shell(scale));
    tally.add(ends_when_the_terminal_goes_away_whoever_is_told(scale));
    tally
}

#[test]
fn the_terminal_is_as_it_was_however_it_ends() {
    run(Scale::Sample).assert_clean();
}

/// Checks that careless programs that change the terminal are detected.
pub fn naive() -> Tally {
    let mut tally = Tally::default();
    for (script, status) in [
        ("printf '\\033[?1049h'", 0),
        ("printf '\\033[?25l'", 0),
        ("printf '\\033[?2004h'", 0),
        ("printf '\\033[?1000h\\033[?1006h'", 0),
        ("stty raw -echo", 0),
        ("stty -echo; exit 3", 3),
        ("exit 1", 0),
        ("trap '' TERM; kill -TERM $$", 143),
        ("kill -TERM $$", 0),
    ] {
        let mut shell = program("sh");
        shell.args(["-c", script]);
        let ending = Real::start(shell, SIZE).wait_for_end();
        tally.run(script, ending.fault(status));
    }
    let late = Ending {
        status: 0,
        left: Vec::new(),
        written: Vec::new(),
        screen: String::new(),
        took: Duration::from_millis(1001),
    };
    tally.run("a program that takes its time", Scale::Full.fault(&late, 0));
    tally
}

#[test]
fn a_careless_program_is_caught() {
    naive().assert_all_caught();
}

fn every_way_out_of_every_screen(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    for (keys, shown) in SCREENS {
        for (way, status) in WAYS {
            let ending = end(keys, shown, way);
            tally.run(format!("{keys:?} {way:?}"), scale.fault(&ending, status));
        }
    }
    tally
}

/// Signals that few programs send, by number: all that end a program that does not handle them and can be handled.
fn every_deadly_signal(scale: Scale) -> Tally {
    let named = [
        Signal::ALARM,
        Signal::BUS,
        Signal::IO,
        Signal::PROF,
        Signal::SYS,
        Signal::TRAP,
        Signal::USR2,
        Signal::VTALARM,
        Signal::XCPU,
    ];
    let mut signals: Vec<i32> = named.iter().map(|signal| signal.as_raw()).collect();
    if cfg!(target_os = "linux") {
        // A stack fault, a power failure, and real-time signals.
        signals.extend([16, 30]);
        signals.extend((35..=64).step_by(scale.of(29, 1)));
    }
    let mut tally = Tally::default();
    for signal in signals {
        let mut terminal = Real::start(jobdeck(), SIZE);
        terminal.wait_for("10 of 10");
        terminal.signal_number(signal);
        let ending = terminal.wait_for_end();
        let status = 128 + u32::try_from(signal).expect("a signal");
        tally.run(format!("signal {signal}"), scale.fault(&ending, status));
    }
    tally
}

fn end(keys: &str, shown: &str, way: Way) -> Ending {
    let folder = tempfile::tempdir().expect("a folder");
    let command = match way {
        Way::Panics => double(folder.path()),
        _ => jobdeck(),
    };
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("10 of 10");
    terminal.send(keys);
    terminal.wait_for(shown);
    match way {
        Way::Leaves => terminal.send("\x1b[0~\x1b\x1b\x1b\x1bqqq"),
        Way::CtrlC => terminal.send("\x03"),
        Way::Panics => {
            fs::write(folder.path().join(KEY_PANICS), "").expect("a file");
            terminal.send("j");
        }
        Way::Gets(signal) => terminal.signal(signal),
    }
    terminal.wait_for_end()
}

#[test]
fn a_panic_says_so_and_nothing_more() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(LOAD_PANICS), "").expect("a file");
    let ending = Real::start(double(folder.path()), SIZE).wait_for_end();
    assert_eq!(ending.fault(101), None, "{}", ending.screen);
    assert!(ending.screen.contains("an evil panic"), "{}", ending.screen);
    let written = String::from_utf8_lossy(&ending.written);
    assert!(!written.contains("\u{1b}]"), "{written:?}");
    assert!(!written.contains('\u{202e}'), "{written:?}");
}

#[test]
fn an_editor_may_be_interrupted_and_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = folder.path().join("editor");
    // As vim does on ctrl-z, it stops the whole job.
    let script =
        "trap '' INT QUIT\nkill -INT 0\nkill -QUIT 0\nkill -TSTP 0\necho 'still here' >>\"$1\"\n";
    fs::write(&editor, script).expect("an editor");
    let mut shell = shell();
    shell.env("EDITOR", format!("sh {}", editor.display()));
    let mut terminal = Real::start(shell, SIZE);
    terminal.wait_for("ready$");
    terminal.send("\"$JOBDECK\"\n");
    terminal.wait_for("10 of 10");
    terminal.send("m");
    terminal.wait_for("Note · ");
    terminal.send("\x05");
    terminal.wait_until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready$")
    });
    terminal.send("fg\n");
    terminal.wait_for("still here");
    assert!(terminal.screen().alternate_screen());
    terminal.send("\x03");
    terminal.wait_until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready$")
    });
    terminal.send("exit 7\n");
    assert_eq!(terminal.wait_for_end().fault(7), None);
}

#[test]
fn an_editor_may_leave_the_terminal_in_any_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let editor = folder.path().join("editor");
    let script = "stty raw -echo\nprintf '\\033[?1049l\\033[?25h'\necho 'raw note' >\"$1\"\n";
    fs::write(&editor, script).expect("an editor");
    let mut command = jobdeck();
    command.env("EDITOR", format!("sh {}", editor.display()));
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("10 of 10");
    terminal.send("m");
    terminal.wait_for("Note · ");
    terminal.send("\x05");
    terminal.wait_for("raw note");
    assert!(terminal.screen().alternate_screen());
    terminal.send("\x03");
    assert_eq!(terminal.wait_for_end().fault(0), None);
}

/// A shell with job control.
fn shell() -> CommandBuilder {
    let mut shell = program("bash");
    shell.args(["--norc", "--noprofile", "--noediting", "-i"]);
    shell.env("PS1", "ready$ ");
    shell.env("JOBDECK", env!("CARGO_BIN_EXE_jobdeck"));
    shell
}

fn stops_and_goes_on_like_any_job_of_a_shell(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    let mut terminal = Real::start(shell(), SIZE);
    terminal.wait_for("ready$");
    terminal.send("\"$JOBDECK\"\n");
    for round in 0..scale.of(3, 20) {
        terminal.wait_until("the board", |screen| {
            screen.alternate_screen() && screen.contents().contains("10 of 10")
        });
        terminal.send("\x1a");
        terminal.wait_until("the shell", |screen| {
            !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready$")
        });
        let screen = terminal.screen();
        let on = screen.mouse_protocol_mode() != MouseProtocolMode::None
            || screen.bracketed_paste()
            || screen.hide_cursor();
        tally.run(round, on.then(|| "a mode is on in the shell".to_owned()));
        terminal.send("fg\n");
    }
    terminal.wait_until("the board", Screen::alternate_screen);
    terminal.send("q");
    // Input before the prompt is discarded.
    terminal.wait_until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready$")
    });
    terminal.send("exit 7\n");
    tally.run("the end", scale.fault(&terminal.wait_for_end(), 7));
    tally
}

fn ends_when_the_terminal_goes_away_whoever_is_told(scale: Scale) -> Tally {
    let mut tally = Tally::default();
    for round in 0..scale.of(4, 50) {
        let mut command = jobdeck();
        // If it is not the controlling terminal, no signal announces the end.
        command.set_controlling_tty(round % 2 == 0);
        let mut terminal = Real::start(command, SIZE);
        terminal.wait_for("10 of 10");
        let (status, took) = terminal.hang_up();
        let late = scale == Scale::Full && took > Duration::from_secs(1);
        let fault = (status != 129 || late).then(|| format!("status {status} after {took:?}"));
        tally.run(round, fault);
    }
    tally
}
