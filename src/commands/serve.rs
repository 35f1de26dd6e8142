//! `jobdeck serve`: shows the site of a board on this machine, and reloads open pages when a file is saved.
//!
//! Requests are answered from memory, so that no path of a request reaches the disk. A request must name this machine as
//! its host: otherwise any page in the browser could read the site through a name of its own that leads here.

mod request;
mod state;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::boards::Boards;
use super::{Failure, Outcome, Output, context};
use crate::cli::{Global, Serve};
use request::Request;
use state::SiteState;

/// Maximum number of connections answered at once.
const CONNECTIONS: usize = 32;
/// Maximum time to receive a request or send an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until it is interrupted.
pub(super) fn run(args: &Serve, global: Global, output: &mut Output) -> Result<Outcome, Failure> {
    let config = context::config(&global, output);
    let given = args.board.iter().cloned().chain(global.boards).collect();
    let boards = Boards::choose(given, &config);
    boards.only_own().map_err(Failure::Because)?;
    boards.verify().map_err(Failure::Because)?;
    let [folder] = boards.folders.as_slice() else {
        let why = "one board is served: name its folder";
        return Err(Failure::Because(why.to_owned()));
    };
    let state = SiteState::open(folder, global.today).map_err(Failure::Because)?;
    let state = Arc::new(state);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port));
    let cannot = |error| Failure::Because(format!("cannot listen on port {}: {error}", args.port));
    let listener = listener.map_err(cannot)?;
    let port = listener.local_addr().map_err(cannot)?.port();
    writeln!(output, "http://127.0.0.1:{port}/")?;
    output.flush()?;
    let busy = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        // A client that gave up before it was accepted.
        let Ok(stream) = stream else { continue };
        if busy.fetch_add(1, Ordering::SeqCst) >= CONNECTIONS {
            busy.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (state, served) = (Arc::clone(&state), Arc::clone(&busy));
        let answering = thread::Builder::new().name("serve".into()).spawn(move || {
            // A client that hangs up early misses its answer.
            let _ = answer(stream, &state, port);
            served.fetch_sub(1, Ordering::SeqCst);
        });
        if answering.is_err() {
            busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
    Ok(Outcome::Found)
}

/// Answers one request and closes the connection.
fn answer(mut stream: TcpStream, state: &SiteState, port: u16) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = match request::read(&mut stream) {
        Ok(request) => request,
        Err(status) => return respond(&mut stream, status, "text/plain", status.as_bytes(), true),
    };
    let Request {
        path,
        host,
        has_body,
    } = request;
    if !request::is_this_machine(&host, port) {
        let why = "421 Misdirected Request";
        return respond(&mut stream, why, "text/plain", why.as_bytes(), has_body);
    }
    if let Some((kind, bytes)) = state.file(&path) {
        return respond(&mut stream, "200 OK", kind, &bytes, has_body);
    }
    let why = "404 Not Found";
    respond(&mut stream, why, "text/plain", why.as_bytes(), has_body)
}

fn respond(
    stream: &mut TcpStream,
    status: &str,
    kind: &str,
    body: &[u8],
    has_body: bool,
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if has_body {
        stream.write_all(body)?;
    }
    stream.flush()
}
