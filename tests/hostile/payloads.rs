//! Text that a terminal would obey, in every place that text can come from, through every view of the real program.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use portable_pty::CommandBuilder;

use super::{Scale, Tally, wire};
use crate::real::{Real, jobdeck};

const SIZE: (u16, u16) = (100, 30);
const CELLS: usize = 100 * 30;
/// Frames of one session, generously.
const FRAMES: usize = 200;

/// What hostile text is made of. Each stands between letters, so that it is seen whether they survive.
const PAYLOADS: [&str; 48] = [
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

/// The views, each with the keys that lead to it from the one before, and what it shows once it is there.
const VIEWS: [(&str, &[&str], &str); 11] = [
    ("list", &[], "2 of 2"),
    ("detail", &["\t"], "Posting"),
    ("filters", &["f"], "[ ]"),
    ("facet in the query", &[" "], ":="),
    ("mistakes", &["P"], "Mistakes"),
    ("reader", &[ESC, ESC, "\r"], "q back"),
    ("outline", &["t"], "Outline"),
    ("search in the text", &[ESC, "/letters\r"], "1 of "),
    ("interview", &["q", "i"], "q back"),
    (
        "question before opening",
        &["q", "g", "o"],
        "Open in the browser?",
    ),
    ("keys", &[ESC, "?"], "Keys"),
];
/// The Escape key, so that it cannot be read as the beginning of something else.
const ESC: &str = "\x1b[27u";

/// Runs the row.
pub fn run(scale: Scale) -> Tally {
    let payloads = match scale {
        Scale::Sample => &PAYLOADS[14..17],
        Scale::Full => &PAYLOADS[..],
    };
    let mut tally = Tally::default();
    for payload in payloads {
        let board = tempfile::tempdir().unwrap();
        write_board(board.path(), payload);
        browse(board.path(), payload, &mut tally);
        print(board.path(), payload, &mut tally);
    }
    tally
}

#[test]
fn no_payload_reaches_the_terminal() {
    run(Scale::Sample).assert_clean();
}

/// A board that says it everywhere, and one file that is wrong about it.
fn write_board(folder: &Path, payload: &str) {
    let text = toml(&format!("left{payload}right"));
    let posting = |id: &str, url: &str| {
        format!(
            "[[posting]]\nid = \"{id}\"\ntitle = {text}\ncompany = {text}\nteam = {text}\n\
             locations = [{text}]\ntags = [{text}]\nurl = \"{url}\"\npublisher = {text}\n\
             description = \"letters \" # {}\n",
            payload.replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ")
        )
    };
    let about = format!("[board]\nname = {text}\ndescription = {text}\n");
    let interview = format!(
        "[[interview]]\nid = \"talk\"\ntitle = {text}\nsubtitle = {text}\ncredit = {text}\ncaption = {text}\n\
         editors_note = {text}\nintroduction = {text}\ntopics = [{text}]\n[[interview.exchange]]\n\
         question = {text}\nanswer = {text}\n"
    );
    let described = posting("a", "https://example.org/").replace(
        "\"letters \"",
        &toml(&format!("## Heading {payload}\n\nletters {payload}")),
    );
    let whole = [
        about,
        described,
        posting("b", "https://example.org/b"),
        interview,
    ]
    .concat();
    fs::write(folder.join("board.toml"), whole).unwrap();
    let name = format!("wrong{}.toml", payload.replace(['/', '\0'], " "));
    let wrong = format!("[[posting]]\nid = {text}\nlevel = {text}\n{text} = 1\nx = {payload}\n");
    fs::write(folder.join(name), wrong).unwrap();
}

/// A TOML string with every character but letters written as its number.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            write!(out, "\\U{:08X}", u32::from(c)).unwrap();
        }
    }
    out.push('"');
    out
}

/// Goes through the views; all that was written is judged.
fn browse(folder: &Path, payload: &str, tally: &mut Tally) {
    let mut command = jobdeck();
    command.arg(folder);
    let mut terminal = Real::start(command, SIZE);
    terminal.wait_for("2 of 2");
    // What a person pastes comes from outside too; it finds nothing, and is cleared again.
    let pasted = payload.replace('\u{1b}', "");
    terminal.send(format!("\x1b[200~zz{pasted}\x1b[201~"));
    terminal.wait_for("zz");
    terminal.send("\x15");
    terminal.wait_for("2 of 2");
    terminal.send("\r");
    for (view, keys, shows) in VIEWS {
        for key in keys {
            terminal.send(*key);
        }
        terminal.wait_for(shows);
        tally.run(view, None);
    }
    terminal.send("\x03");
    let ending = terminal.wait_for_end();
    tally.run(format!("the end after {payload:?}"), ending.fault(0));
    judge(&ending.written, &format!("the views of {payload:?}"), tally);
}

/// What the commands print to a terminal.
fn print(folder: &Path, payload: &str, tally: &mut Tally) {
    let board = folder.to_string_lossy().into_owned();
    let hostile = payload.replace('\0', "");
    let commands: [&[&str]; 6] = [
        &["check", &board],
        &["--board", &board, "list"],
        &["--board", &board, "show", "a"],
        &["--board", &board, "read", "talk"],
        &["--board", &board, "show", &hostile],
        &["--board", &hostile, "list", &hostile],
    ];
    for arguments in commands {
        let mut command: CommandBuilder = jobdeck();
        command.args(arguments);
        let ending = Real::start(command, SIZE).wait_for_end();
        let lines: Vec<u8> = ending
            .written
            .into_iter()
            .filter(|byte| !b"\r\n".contains(byte))
            .collect();
        judge(&lines, &format!("{:?} of {payload:?}", arguments[0]), tally);
    }
}

fn judge(written: &[u8], what: &str, tally: &mut Tally) {
    tally.run(what, wire::judge(written, CELLS * FRAMES).err());
}
