//! Fetching from a faulty local server.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jobdeck::fetch::{Answer, Client, FetchError, Fetched, Limits, Lookup, Reach, Validators};

use super::server::{Asked, Server, Step, answer, json};

fn client(limits: Limits) -> Client {
    Client::new(Reach::new(true), limits, None)
}

fn get(client: &Client, url: &str) -> Result<Fetched, FetchError> {
    match client.get(url, &Validators::default(), &mut |_| true)? {
        Answer::Fetched(page) => Ok(page),
        Answer::Unmodified => panic!("nothing was known"),
    }
}

/// Message for a document that cannot be fetched.
fn said(limits: Limits, answer: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> String {
    let server = Server::start(answer);
    let error = get(&client(limits), &server.url("/jobs")).unwrap_err();
    error.to_string().replace(&server.root, "ROOT")
}

fn zeros(packed: bool) -> Vec<u8> {
    let zeros = vec![0; 64 << 20];
    if !packed {
        return zeros;
    }
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(&zeros).unwrap();
    bomb.finish().unwrap()
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

#[test]
fn a_document_comes_whole_and_unpacked() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/moved" => answer(302, &["location: /jobs?page=1#top"], b""),
        "/packed" => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(b"{\"jobs\": []}").unwrap();
            answer(200, &["content-encoding: gzip"], &packed.finish().unwrap())
        }
        _ => json("[1]"),
    });
    let client = client(Limits::default());
    let page = get(&client, &server.url("/moved#here")).unwrap();
    assert_eq!(page.bytes, b"[1]");
    assert_eq!(page.content_type.as_deref(), Some("application/json"));
    assert_eq!(
        get(&client, &server.url("/packed")).unwrap().bytes,
        b"{\"jobs\": []}"
    );
    assert_eq!(server.paths(), ["/moved", "/jobs?page=1", "/packed"]);
    let asked = &server.asked()[0];
    assert!(asked.header("user-agent").unwrap().starts_with("jobdeck/"));
    assert!(
        asked
            .header("accept")
            .unwrap()
            .starts_with("application/json")
    );
}

#[test]
fn everything_that_a_server_can_do_wrong_is_one_line() {
    let limits = Limits::default();
    let status = |status| said(limits, move |_| answer(status, &[], b"oops"));
    assert_eq!(status(500), "the server answered 500 (server error)");
    assert_eq!(status(404), "the server answered 404 (not found)");
    assert_eq!(status(304), "the server answered 304");
    assert_eq!(
        said(limits, |_| answer(429, &["retry-after: 7"], b"")),
        "the server answered 429 (too many requests); retry after 7 s"
    );
    let sent =
        |bytes: &'static str| said(limits, move |_| vec![Step::Send(bytes.into()), Step::Close]);
    assert_eq!(sent(""), "the connection was cut before an answer came");
    assert_eq!(
        sent("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1,"),
        "the connection was cut after 3 bytes"
    );
    assert_eq!(
        sent("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1,\r\n"),
        "the connection was cut after 3 bytes"
    );
    assert!(sent("SSH-2.0-OpenSSH\r\n\r\n").starts_with("the response is malformed: "));
    for kind in [
        "image/png",
        "video/mp4",
        "application/pdf",
        "text/css",
        "\u{1b}[2J/x",
    ] {
        let said = said(limits, move |_| {
            answer(200, &[&format!("content-type: {kind}")], b"x")
        });
        let kind = kind.replace('\u{1b}', "");
        let clean = said.contains("not a feed") || said.starts_with("the response is malformed");
        assert!(clean && !said.contains('\u{1b}'), "{kind}: {said}");
    }
}

#[test]
fn redirects_lead_in_no_circle_and_to_no_other_place() {
    let limits = Limits::default();
    let to = |to: &'static str| {
        said(limits, move |_| {
            answer(302, &[&format!("location: {to}")], b"")
        })
    };
    assert_eq!(to("/jobs"), "is redirected in a loop, to ROOT/jobs");
    assert_eq!(to("file:///etc/passwd"), "is redirected to a file address");
    assert_eq!(
        to("javascript:alert(1)"),
        "is redirected to a javascript address"
    );
    let nowhere = said(limits, |_| answer(301, &[], b""));
    assert_eq!(nowhere, "is redirected without a target address");
    let on_and_on = said(limits, |asked| {
        answer(307, &[&format!("location: {}x", asked.path)], b"")
    });
    assert_eq!(on_and_on, "is redirected more than 8 times");

    // The server was typed; the target of its redirect was not.
    let inner = Server::start(|_| json("[\"secret\"]"));
    let location = format!("location: {}", inner.url("/"));
    let server = Server::start(move |_| answer(302, &[&location], b""));
    let reach = Reach::default().and_typed([server.root.as_str()].into_iter());
    let error = get(&Client::new(reach, limits, None), &server.url("/")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "is redirected to 127.0.0.1, which is on this machine or in a private network; --allow-private, or allow_private in the config, allows it"
    );
    assert_eq!(inner.paths(), [""; 0]);
}

#[test]
fn a_name_is_judged_by_where_it_leads() {
    let server = Server::start(|_| json("[]"));
    let at: SocketAddr = server.root.trim_start_matches("http://").parse().unwrap();
    let lookup: Lookup = Arc::new(move |name, _| match name {
        "inside.example" => Ok(vec![at]),
        _ => Err(std::io::Error::other("unheard of")),
    });
    let url = format!("http://inside.example:{}/", at.port());
    let closed = Client::new(
        Reach::default(),
        Limits::default(),
        Some(Arc::clone(&lookup)),
    );
    let said = get(&closed, &url).unwrap_err().to_string();
    assert!(
        said.starts_with("leads to inside.example, which is on this machine"),
        "{said}"
    );
    assert_eq!(server.paths(), [""; 0]);
    let said = get(&closed, "https://nobody.example/")
        .unwrap_err()
        .to_string();
    assert_eq!(said, "unknown host: nobody.example");
    let open = Client::new(Reach::new(true), Limits::default(), Some(lookup));
    assert_eq!(get(&open, &url).unwrap().bytes, b"[]");
}

#[test]
fn no_answer_is_too_large_or_too_slow_to_end() {
    let small = Limits {
        bytes: 1 << 20,
        ..Limits::default()
    };
    let announced = said(small, |_| {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n";
        vec![Step::Send(head.into()), Step::Hang]
    });
    assert_eq!(announced, "is larger than 1 MiB");
    let endless = said(small, |_| {
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        vec![Step::Send(CHUNKED.into()), Step::Endless(chunk.into())]
    });
    assert_eq!(endless, "is larger than 1 MiB");
    let bomb = said(small, |_| {
        answer(200, &["content-encoding: gzip"], &zeros(true))
    });
    assert_eq!(bomb, "is larger than 1 MiB");

    let bomb = said(Limits::default(), |_| {
        answer(200, &["content-encoding: gzip"], &zeros(true))
    });
    assert_eq!(bomb, "unpacks to more than 100 times its size");
    let other = said(small, |_| answer(200, &["content-encoding: br"], b"x"));
    assert_eq!(
        other,
        "the response is malformed: the encoding br is not supported"
    );

    let short = Limits {
        whole: Duration::from_millis(100),
        ..Limits::default()
    };
    let slow = "took longer than 100ms";
    assert_eq!(said(short, |_| vec![Step::Hang]), slow);
    let stalled = |_: &Asked| {
        vec![
            Step::Send(format!("{CHUNKED}1\r\n[\r\n").into()),
            Step::Hang,
        ]
    };
    assert_eq!(said(short, stalled), slow);
    // One byte at a time, forever.
    let drip = |_: &Asked| {
        vec![
            Step::Send(CHUNKED.into()),
            Step::Endless(b"1\r\n \r\n".to_vec()),
        ]
    };
    let never_full = Limits {
        bytes: u64::MAX,
        ..short
    };
    assert_eq!(said(never_full, drip), slow);
}

#[test]
fn a_connection_that_is_not_safe_is_none() {
    // It responds, but not in TLS.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let plain = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let said = get(&client(Limits::default()), &url)
        .unwrap_err()
        .to_string();
    assert!(said.starts_with("the connection is not safe: "), "{said}");
    plain.join().unwrap();
    // Nothing listens at this port.
    let gone = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let said = get(&client(Limits::default()), &format!("http://{gone}/")).unwrap_err();
    assert!(said.to_string().starts_with("cannot connect: "), "{said}");
    assert!(said.is_passing());
}

#[test]
fn an_unchanged_document_is_not_sent_again() {
    let server = Server::start(|asked| match asked.header("if-none-match") {
        Some("\"v1\"") => answer(304, &[], b""),
        _ => answer(
            200,
            &[
                "etag: \"v1\"",
                "last-modified: Tue, 06 Jan 2026 00:00:00 GMT",
            ],
            b"[]",
        ),
    });
    let client = client(Limits::default());
    let page = get(&client, &server.url("/")).unwrap();
    assert_eq!(page.validators.etag.as_deref(), Some("\"v1\""));
    let again = client.get(&server.url("/"), &page.validators, &mut |_| true);
    assert_eq!(again, Ok(Answer::Unmodified));
    let since = server.asked()[1]
        .header("if-modified-since")
        .map(str::to_owned);
    assert_eq!(since.as_deref(), Some("Tue, 06 Jan 2026 00:00:00 GMT"));
}

#[test]
fn a_fetch_can_be_called_off_on_the_way() {
    let server = Server::start(|_| {
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        vec![Step::Send(CHUNKED.into()), Step::Endless(chunk.into())]
    });
    let client = client(Limits::default());
    let called_off = client.get(&server.url("/"), &Validators::default(), &mut |got| {
        got < 10_000
    });
    assert_eq!(called_off, Err(FetchError::Cancelled));
}

#[test]
fn only_a_web_address_is_asked() {
    let client = client(Limits::default());
    for (url, said) in [
        ("file:///etc/passwd", "is not an http or https address"),
        ("ftp://example.org/", "is not an http or https address"),
        (
            "https://me:pw@example.org/",
            "holds a user name or a password",
        ),
        (
            "jobs.json",
            "is not an address: relative URL without a base",
        ),
    ] {
        assert_eq!(get(&client, url).unwrap_err().to_string(), said);
    }
}
