//! A local HTTP server with scripted responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A running server, stopped when dropped.
pub struct Server {
    /// `http://127.0.0.1:PORT`
    pub root: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub path: String,
    /// Its headers, a line each, in small letters.
    pub headers: Vec<String>,
}

/// Step of a response.
pub enum Step {
    /// It sends this.
    Send(Vec<u8>),
    /// Sends this repeatedly, until the client disconnects.
    Endless(Vec<u8>),
    /// Waits until the client disconnects.
    Hang,
    /// It closes the connection.
    Close,
}

impl Asked {
    /// What a header holds.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter().filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

/// A response with these headers.
pub fn answer(status: u16, headers: &[&str], body: &[u8]) -> Vec<Step> {
    let mut sent = format!("HTTP/1.1 {status} It\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        sent.push_str(header);
        sent.push_str("\r\n");
    }
    sent.push_str("\r\n");
    vec![Step::Send([sent.as_bytes(), body].concat())]
}

/// A JSON document.
pub fn json(body: impl AsRef<[u8]>) -> Vec<Step> {
    answer(200, &["content-type: application/json"], body.as_ref())
}

impl Server {
    /// Starts a server with this response function.
    pub fn start(answer: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Self { root, asked }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// Requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Paths requested so far.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&Asked) -> Vec<Step>, log: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(asked) = read(&mut reader) {
        log.lock().unwrap().push(asked.clone());
        for step in answer(&asked) {
            let sent = match step {
                Step::Send(bytes) => stream.write_all(&bytes),
                Step::Endless(bytes) => loop {
                    if let Err(error) = stream.write_all(&bytes) {
                        break Err(error);
                    }
                },
                Step::Hang => reader.read_to_end(&mut Vec::new()).map(|_| ()),
                Step::Close => return,
            };
            if sent.is_err() {
                return;
            }
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let mut lines = reader.lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut parts = first.split(' ').map(str::to_owned);
    let (method, path) = (parts.next()?, parts.next()?);
    let headers = lines.take_while(|line| !line.is_empty());
    let headers = headers.map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        format!("{}: {}", name.to_ascii_lowercase(), value.trim())
    });
    Some(Asked {
        method,
        path,
        headers: headers.collect(),
    })
}
