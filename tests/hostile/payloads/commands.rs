//! Output of the commands for a hostile board, home, arguments, files and servers.

use std::fs;
use std::path::PathBuf;

use portable_pty::CommandBuilder;

use super::scene::{Scene, toml};
use super::{SIZE, judge};
use crate::hostile::tally::Tally;
use crate::real::Real;
use crate::server::{Server, Step, answer, json};

/// Commands on the scene's board; `%` is replaced by the payload.
const COMMANDS: [&[&str]; 35] = [
    &["list"],
    &["list", "--format", "json"],
    &["list", "--format", "jsonl"],
    &["list", "--format", "csv"],
    &["list", "--format", "tsv"],
    &["list", "%"],
    &["list", "is:saved", "sort:%"],
    &["list", "%:%", "salary:>%"],
    &["list", "--view", "%"],
    &["list", "--columns", "%"],
    &["facets"],
    &["facets", "--format", "csv"],
    &["show", "a"],
    &["show", "a", "--format", "markdown"],
    &["show", "a", "--format", "json"],
    &["show", "%"],
    &["read", "talk"],
    &["read", "talk", "--format", "markdown"],
    &["read", "%"],
    &["check"],
    &["check", "--strict"],
    &["check", "--format", "json"],
    &["export", "--format", "json"],
    &["export", "--format", "csv"],
    &["export", "--format", "markdown"],
    &["export", "--format", "atom"],
    &["export", "--format", "jsonld"],
    &["export", "%", "--format", "html"],
    &["status"],
    &["status", "--format", "json"],
    &["report", "--from", "2000-01-01"],
    &["note", "gone"],
    &["note", "%", "%"],
    &[
        "mark",
        "b",
        "applied",
        "--contact",
        "%",
        "--cv",
        "%",
        "--on",
        "%",
    ],
    &["%", "--%"],
];

/// Sequences used by progress bars: erase a line, move up.
const PROGRESS: [&str; 4] = ["\u{1b}[2K", "\u{1b}[1A", "\u{1b}[1B", "\u{1b}[0K"];

/// Runs them all.
pub fn run(scene: &Scene) -> Tally {
    let mut tally = Tally::default();
    // Arguments cannot contain NUL.
    let text = scene.text().replace('\0', "");
    let mut print = |what: &str, command: CommandBuilder| {
        let own: &[&str] = match what {
            "list --format tsv" => &["\t"],
            _ if what.starts_with("sync") => &PROGRESS,
            _ => &[],
        };
        let ending = Real::start(command, SIZE).wait_for_end();
        tally.run(
            format!("{what} of {:?}", scene.payload),
            judge(&ending, own),
        );
    };
    for arguments in COMMANDS {
        let mut command = scene.jobdeck_here();
        command.args(
            arguments
                .iter()
                .map(|argument| argument.replace('%', &text)),
        );
        print(&arguments.join(" "), command);
    }
    for arguments in [
        &["--board", "%", "list"][..],
        &["--config", "%", "list"],
        &["journal", "check"],
        &["journal", "merge", "%"],
        &["config"],
        &["%"],
    ] {
        let mut command = scene.jobdeck();
        command.args(
            arguments
                .iter()
                .map(|argument| argument.replace('%', &text)),
        );
        print(&arguments.join(" "), command);
    }
    for (what, command) in imports(scene) {
        print(what, command);
    }
    tally
}

/// Imports from hostile files and servers.
fn imports(scene: &Scene) -> Vec<(&'static str, CommandBuilder)> {
    let import = |source: &str, more: &[&str]| {
        let mut command = scene.jobdeck();
        command.args(["import", source, "--allow-private", "--into"]);
        command.arg(scene.root.path().join("imported"));
        command.args(more);
        command
    };
    let text = scene.text();
    let named = scene.root.path().join(format!("{}.json", scene.name()));
    fs::write(&named, feed(&text)).unwrap();
    let csv = scene.root.path().join("feed.csv");
    fs::write(
        &csv,
        format!("id,title,{text}\n1,{text}\n{text},\"{text}\n"),
    )
    .unwrap();
    let (named, csv) = (named.to_string_lossy(), csv.to_string_lossy());
    let server = server(scene);
    let clean = scene.text().replace('\0', "");
    let url = |path: &str| server.url(path);
    let mut commands = syncs(scene, &server);
    commands.extend([
        ("import a file", import(&named, &[])),
        ("import a damaged file", import(&csv, &["--format", "csv"])),
        (
            "import as another format",
            import(&named, &["--format", "rss"]),
        ),
        ("import a file that is not there", import(&clean, &[])),
        ("import an address", import(&url("/feed"), &[])),
        ("import what is refused", import(&url("/refused"), &[])),
        (
            "import what leads elsewhere",
            import(&url("/elsewhere"), &[]),
        ),
        (
            "import what leads to a scheme",
            import(&url("/scheme"), &[]),
        ),
        ("import what is no HTTP", import(&url("/noise"), &[])),
        ("import what is no feed", import(&url("/words"), &[])),
        (
            "import under a name",
            import(&url("/feed"), &["--source", &clean, "--company", &clean]),
        ),
        (
            "import an address of a kind",
            import(&format!("x{clean}://{clean}/"), &[]),
        ),
        (
            "import from a host",
            import(&format!("https://{clean}.invalid/"), &[]),
        ),
    ]);
    commands
}

/// Paths of a hostile server.
const PATHS: [&str; 6] = [
    "/feed",
    "/refused",
    "/elsewhere",
    "/scheme",
    "/noise",
    "/words",
];

/// A server whose responses contain the payload.
pub fn server(scene: &Scene) -> Server {
    let text = scene.text();
    Server::start(move |asked| reply(&asked.path, &text))
}

/// A board with hostile sources and URLs that lead to such a server.
pub fn board_of(scene: &Scene, server: &Server, name: &str) -> PathBuf {
    let board = scene.root.path().join(name);
    fs::create_dir(&board).unwrap();
    let text = toml(&scene.text());
    let source = |(at, path): (usize, &&str)| {
        let url = server.url(path);
        // A single word may be the name of a folder.
        let name = toml(&format!("{}{at}", scene.name()));
        format!("[[source]]\nurl = \"{url}\"\nname = {name}\ncompany = {text}\n")
    };
    let mut listed: String = PATHS.iter().enumerate().map(source).collect();
    let posting = |(at, path): (usize, &&str)| {
        let url = server.url(path);
        format!("[[posting]]\nid = \"{at}\"\ntitle = {text}\nurl = \"{url}\"\n")
    };
    listed.extend(PATHS.iter().enumerate().map(posting));
    let nonsense = format!("url = {text}\nname = {text}\nformat = {text}\n{text} = 1\n");
    listed.extend(["[[source]]\n", &nonsense]);
    fs::write(board.join("board.toml"), listed).unwrap();
    board
}

/// Syncing from a hostile server, and checking its links.
fn syncs(scene: &Scene, server: &Server) -> Vec<(&'static str, CommandBuilder)> {
    let board = board_of(scene, server, "synced");
    let mut check = scene.jobdeck();
    check.args(["check", "--links", "--allow-private"]);
    check.arg(&board);
    let sync = |more: &[&str]| {
        let mut command = scene.jobdeck();
        command.args(["sync", "--allow-private", "--retries", "0"]);
        command.arg(&board);
        command.args(more);
        command
    };
    let clean = scene.text().replace('\0', "");
    vec![
        ("check of links", check),
        ("sync without writing", sync(&["--dry-run"])),
        ("sync", sync(&[])),
        ("sync again as json", sync(&["--format", "json"])),
        ("sync a source", sync(&["--source", &clean])),
    ]
}

/// A feed of good and bad postings.
fn feed(text: &str) -> String {
    let text = serde_json::Value::from(text);
    format!(
        "[{{\"id\":\"1\",\"title\":{text},\"company\":{text},\"locations\":[{text}],\"url\":\"https://example.org/1\"}},\
         {{\"id\":{text},\"title\":{text},\"url\":{text},\"posted\":{text},{text}:{text}}},{{\"title\":3}},{text}]"
    )
}

fn reply(path: &str, text: &str) -> Vec<Step> {
    let header = text.replace(['\r', '\n'], " ");
    match path {
        "/refused" => {
            let status = format!("HTTP/1.1 403 {header}\r\ncontent-length: 4\r\n\r\nbody");
            vec![Step::Send(status.into_bytes())]
        }
        "/elsewhere" => answer(302, &[&format!("location: /{header}?{header}")], b""),
        "/scheme" => answer(302, &[&format!("location: {header}:{header}")], b""),
        "/noise" => vec![Step::Send(text.as_bytes().to_vec()), Step::Close],
        "/words" => answer(200, &[&format!("content-type: {header}")], text.as_bytes()),
        "/feed" => json(feed(text)),
        _ => answer(404, &[], text.as_bytes()),
    }
}
