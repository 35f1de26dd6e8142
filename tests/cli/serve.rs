//! `jobdeck serve`: the site of a board on this machine.

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A running server and its address.
struct Serving {
    child: Child,
    host: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(folder: &std::path::Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jobdeck"));
        let command = command.args(["serve", "b", "--port", "0", "--today", "2026-01-06"]);
        let command = command.current_dir(folder).env("HOME", folder);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let host = line.trim().strip_prefix("http://").unwrap();
        let host = host.strip_suffix('/').unwrap().to_owned();
        Self { child, host }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n",
            self.host
        ))
    }
}

#[test]
fn the_site_is_served_to_this_machine_and_follows_the_board() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("b")).unwrap();
    let write = |title: &str| {
        let posting = format!("[[posting]]\nid = \"a\"\ntitle = \"{title}\"\n");
        fs::write(here.path().join("b/a.toml"), posting).unwrap();
    };
    write("Ice Cook");
    fs::write(here.path().join("secret.html"), "secret").unwrap();
    let serving = Serving::start(here.path());
    let page = serving.get("/posting/a.html");
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html"),
        "{page}"
    );
    assert!(
        page.contains("Ice Cook") && page.contains("/.jobdeck/reload.js"),
        "{page}"
    );
    assert!(page.contains("script-src 'self'"), "{page}");
    assert!(serving.get("/").contains("Ice Cook"));
    assert!(serving.get("/style.css").contains("text/css"));
    assert!(
        serving
            .get("/.jobdeck/reload.js")
            .contains("location.reload")
    );
    for path in [
        "/../secret.html",
        "/%2e%2e/secret.html",
        "//secret.html",
        "/a.toml",
    ] {
        assert!(serving.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
    let evil = serving.ask("GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n");
    assert!(
        evil.starts_with("HTTP/1.1 421") && !evil.contains("Ice Cook"),
        "{evil}"
    );
    let post = serving.ask(&format!(
        "POST / HTTP/1.1\r\nhost: {}\r\n\r\n",
        serving.host
    ));
    assert!(post.starts_with("HTTP/1.1 405"), "{post}");
    let version = serving.get("/.jobdeck/version");
    write("Ice Chef");
    while serving.get("/.jobdeck/version") == version {
        std::thread::yield_now();
    }
    assert!(serving.get("/posting/a.html").contains("Ice Chef"));
    // A mistake in a file leaves the rest of the site as it is.
    fs::write(here.path().join("b/bad.toml"), "[[posting").unwrap();
    assert!(serving.get("/").contains("Ice Chef"));
}
