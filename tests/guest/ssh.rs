//! Guests over OpenSSH, where its server is installed.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::Machine;
use crate::real::{Real, program};

const SERVER: &str = "/usr/sbin/sshd";
const SIZE: (u16, u16) = (100, 30);

/// A server on this machine. It ends with the test.
pub(super) struct Sshd {
    server: Child,
    port: u16,
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Sshd {
    /// Starts one that knows these guests; `None` where there is none, or it may not run here.
    pub(super) fn start(machine: &Machine, guests: &[&str]) -> Option<Self> {
        if !Path::new(SERVER).exists() {
            println!("skipped: {SERVER} is not installed");
            return None;
        }
        // It needs the folder as root, and cannot make it otherwise.
        let _ = fs::create_dir_all("/run/sshd");
        let folder = machine.path("sshd");
        fs::create_dir(&folder).unwrap();
        let key = |name: &str| {
            let path = folder.join(name);
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-f"])
                .arg(&path)
                .status()
                .unwrap();
            assert!(made.success());
            path
        };
        let host = key("host");
        let mut keys = String::new();
        for guest in guests {
            let public = fs::read_to_string(key(guest).with_extension("pub")).unwrap();
            let home = machine.home.path().display();
            let _ = write!(
                keys,
                "restrict,pty,command=\"env HOME={home} XDG_DATA_HOME={home}/data XDG_CACHE_HOME={home}/cache XDG_CONFIG_HOME={home}/config XDG_STATE_HOME={home}/state {} --guest {guest} {home}/board\" {public}",
                env!("CARGO_BIN_EXE_jobdeck"),
            );
        }
        fs::write(folder.join("keys"), keys).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = port.local_addr().unwrap().port();
        let folder = folder.display();
        let config = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {}\nPidFile {folder}/pid\nAuthorizedKeysFile {folder}/keys\n\
             AuthenticationMethods publickey\nPermitRootLogin yes\nStrictModes no\nUsePAM no\nPermitTTY yes\n\
             DisableForwarding yes\nPermitUserRC no\n",
            host.display(),
        );
        let file = machine.path("sshd/config");
        fs::write(&file, config).unwrap();
        let mut server = Command::new(SERVER)
            .args(["-D", "-e", "-f"])
            .arg(&file)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(server.stderr.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let listens = lines.any(|line| line.contains("listening on"));
        // Whoever writes to a closed pipe ends.
        std::thread::spawn(move || lines.count());
        let started = Self { server, port };
        if !listens {
            println!("skipped: {SERVER} does not start here");
            return None;
        }
        Some(started)
    }

    pub(super) fn connect(&self, machine: &Machine, guest: &str) -> Real {
        let mut client = program("ssh");
        client.env("HOME", machine.home.path());
        client.args(["-tt", "-F", "none", "-p", &self.port.to_string(), "-i"]);
        client.arg(machine.path(&format!("sshd/{guest}")));
        for option in [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
        ] {
            client.args(["-o", option]);
        }
        client.arg("127.0.0.1");
        // What a guest asks for instead of the board is not done.
        client.arg("touch /tmp/never");
        let mut terminal = Real::start(client, SIZE);
        terminal.wait_for("of 3");
        terminal
    }
}

#[test]
fn three_people_mark_different_things_on_one_board() {
    let machine = Machine::new();
    let guests = ["ada", "bob", "cyn"];
    let Some(server) = Sshd::start(&machine, &guests) else {
        return;
    };
    let mut terminals: Vec<Real> = guests
        .iter()
        .map(|guest| server.connect(&machine, guest))
        .collect();
    for (down, terminal) in terminals.iter_mut().enumerate() {
        terminal.send("j".repeat(down));
        terminal.send("b");
        terminal.wait_for("★ 1");
    }
    // One goes properly, one is cut off, one still reads.
    let last = terminals.pop().unwrap();
    let cut = terminals.pop().unwrap();
    cut.hang_up();
    let mut first = terminals.pop().unwrap();
    first.send("\x03\x03");
    let ending = first.wait_for_end();
    assert_eq!(ending.status, 0, "{}", ending.screen);
    let journals = guests.map(|guest| {
        let folder = machine.path("data/jobdeck/guests").join(guest);
        fs::read_to_string(folder.join("journal.jsonl")).unwrap()
    });
    for journal in &journals {
        assert_eq!(journal.matches("saved").count(), 1, "{journal}");
    }
    assert!(journals[0] != journals[1] && journals[1] != journals[2]);
    // Whoever was cut off comes back to what was marked.
    let mut again = server.connect(&machine, "bob");
    again.wait_for("★ 1");
    again.send("\x03\x03");
    again.wait_for_end();
    drop(last);
}
