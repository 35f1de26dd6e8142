//! A PostgreSQL server of a test's own.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, getuid, kill_process};
use tempfile::TempDir;

/// Where distributions install it.
const FOLDERS: [&str; 3] = [
    "/usr/lib/postgresql",
    "/usr/local/pgsql",
    "/opt/homebrew/opt",
];
/// Makes a missing server a failure.
const REQUIRED: &str = "JOBDECK_REQUIRE_POSTGRES";

/// A running server. It ends with the test.
pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    /// An unprivileged user, if the test runs as root: the server refuses to.
    user: Option<(u32, u32)>,
    port: u16,
    /// Settings beside those of all tests.
    settings: &'static str,
}

impl Server {
    /// Starts a server; `None` where it is not installed.
    pub fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// Starts a server with these settings.
    pub fn start_with(settings: &'static str) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os(REQUIRED).is_none(),
                "PostgreSQL is not installed, and {REQUIRED} asks for it"
            );
            println!("skipped: PostgreSQL is not installed");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            programs,
            folder: tempfile::tempdir().unwrap(),
            user: getuid().is_root().then(unprivileged),
            port: port.local_addr().unwrap().port(),
            settings,
        };
        drop(port);
        if let Some((user, group)) = server.user {
            chown(server.folder.path(), Some(user), Some(group)).unwrap();
        }
        let data = server.data();
        let data = data.to_str().unwrap();
        server.run(
            "initdb",
            &[
                "-D",
                data,
                "-U",
                "jobdeck",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        server.resume();
        Some(server)
    }

    /// Starts the server again.
    pub fn resume(&self) {
        let options = format!(
            "-p {} -h 127.0.0.1 -F -c unix_socket_directories='' -c max_connections=30 {}",
            self.port, self.settings
        );
        let data = self.data();
        let log = self.folder.path().join("log");
        self.run(
            "pg_ctl",
            &[
                "-D",
                data.to_str().unwrap(),
                "-w",
                "-l",
                log.to_str().unwrap(),
                "-o",
                &options,
                "start",
            ],
        );
    }

    /// Ends the server at once, as a crash does.
    pub fn kill(&self) {
        let data = self.data();
        self.run(
            "pg_ctl",
            &[
                "-D",
                data.to_str().unwrap(),
                "-w",
                "-m",
                "immediate",
                "stop",
            ],
        );
    }

    /// Sends a signal to the server and all its processes.
    pub fn signal(&self, signal: Signal) {
        for process in self.processes() {
            // One may have ended meanwhile.
            let _ = kill_process(process, signal);
        }
    }

    /// The server's process and those of its connections.
    fn processes(&self) -> Vec<Pid> {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let first: i32 = file.lines().next().unwrap().parse().unwrap();
        let parent = |process: &fs::DirEntry| {
            let status = fs::read_to_string(process.path().join("status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
            line.trim().parse::<i32>().ok()
        };
        let all = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let children = all.filter(|process| parent(process) == Some(first));
        let children = children.filter_map(|process| process.file_name().to_str()?.parse().ok());
        children.chain([first]).filter_map(Pid::from_raw).collect()
    }

    /// Address of a schema of its database.
    pub fn address(&self, schema: &str) -> String {
        let port = self.port;
        format!("postgres://jobdeck@127.0.0.1:{port}/postgres?schema={schema}")
    }

    /// Port that it listens at.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Runs statements and returns the first value of the last row.
    pub fn sql(&self, text: &str) -> String {
        let config = format!(
            "host=127.0.0.1 port={} user=jobdeck dbname=postgres",
            self.port
        );
        let mut client = postgres::Client::connect(&config, postgres::NoTls).unwrap();
        let said = client.simple_query(text).unwrap();
        let rows = said.iter().filter_map(|message| match message {
            postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        rows.last().unwrap_or_default().to_owned()
    }

    /// What it has written to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(self.programs.join(program));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            // Where it looks for certificates when it connects to other servers.
            .env("HOME", self.folder.path())
            .stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        // The server would keep a pipe open.
        let out = self.folder.path().join("out");
        let file = fs::File::create(&out).unwrap();
        command.stdout(file.try_clone().unwrap()).stderr(file);
        let status = command.status().unwrap();
        let said = fs::read_to_string(&out).unwrap();
        assert!(status.success(), "{program}: {said}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal(Signal::CONT);
        let data = self.data();
        let stop = [
            "-D",
            data.to_str().unwrap_or_default(),
            "-m",
            "immediate",
            "stop",
        ];
        let mut command = Command::new(self.programs.join("pg_ctl"));
        command
            .args(stop)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        let _ = command.status();
    }
}

/// Folder of the newest installed version.
fn programs() -> Option<PathBuf> {
    let has_server = |folder: &Path| folder.join("initdb").is_file();
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(|folder| has_server(folder)) {
        return Some(folder);
    }
    let versions = FOLDERS
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok());
    let versions = versions.flatten().filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.into_iter().rev().find(|folder| has_server(folder))
}

/// User and group of `postgres`, or else of nobody.
fn unprivileged() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut parts = line.unwrap_or_default().split(':').skip(2);
    let mut number = || parts.next().and_then(|part| part.parse().ok());
    number().zip(number()).unwrap_or((65534, 65534))
}
