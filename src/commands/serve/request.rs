//! Reads the head of an HTTP request.

use std::io::Read;

/// Maximum size of a request's head.
const HEAD: usize = 8 << 10;

/// A request for a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Path without the leading slash and the query.
    pub(super) path: String,
    /// Value of the `Host` header.
    pub(super) host: String,
    /// Whether the answer has a body: not that of a HEAD request.
    pub(super) has_body: bool,
}

/// Reads a request; else the status to answer with.
pub(super) fn read(from: &mut impl Read) -> Result<Request, &'static str> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() >= HEAD {
            return Err("431 Request Header Fields Too Large");
        }
        match from.read(&mut part) {
            Ok(0) => return Err("400 Bad Request"),
            Ok(length) => head.extend_from_slice(&part[..length]),
            Err(_) => return Err("408 Request Timeout"),
        }
    }
    parse(&head).unwrap_or(Err("400 Bad Request"))
}

fn parse(head: &[u8]) -> Option<Result<Request, &'static str>> {
    let head = std::str::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target, version) = (first.next()?, first.next()?, first.next()?);
    if !version.starts_with("HTTP/1.") || first.next().is_some() {
        return None;
    }
    let has_body = match method {
        "GET" => true,
        "HEAD" => false,
        _ => return Some(Err("405 Method Not Allowed")),
    };
    let mut hosts = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return None;
    };
    let path = target.strip_prefix('/')?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(Ok(Request {
        path: path.to_owned(),
        host: host.to_owned(),
        has_body,
    }))
}

/// Whether a `Host` header names this machine, and not a name of a stranger that leads here.
pub(super) fn is_this_machine(host: &str, port: u16) -> bool {
    let names = ["127.0.0.1", "localhost"];
    names
        .iter()
        .any(|name| host == format!("{name}:{port}") || port == 80 && host == *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_or_refused() {
        let read = |head: &str| read(&mut head.as_bytes());
        let good = read("GET /posting/a.html?x=1 HTTP/1.1\r\nHost: localhost:8000\r\n\r\n");
        let expected = Request {
            path: "posting/a.html".into(),
            host: "localhost:8000".into(),
            has_body: true,
        };
        assert_eq!(good, Ok(expected));
        assert!(!read("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n").unwrap().has_body);
        for (head, status) in [
            ("POST / HTTP/1.1\r\nhost: a\r\n\r\n", "405"),
            ("GET / HTTP/1.1\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", "400"),
            (
                "GET http://evil.example/ HTTP/1.1\r\nhost: a\r\n\r\n",
                "400",
            ),
            ("GET / HTTP/1.1\r\nhost: a", "400"),
            ("nonsense\r\n\r\n", "400"),
        ] {
            assert!(read(head).unwrap_err().starts_with(status), "{head}");
        }
        let long = format!("GET / HTTP/1.1\r\nhost: {}", "a".repeat(9000));
        assert!(read(&long).unwrap_err().starts_with("431"));
    }

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        assert!(is_this_machine("127.0.0.1:8000", 8000));
        assert!(is_this_machine("localhost:8000", 8000));
        for host in [
            "evil.example:8000",
            "localhost",
            "localhost:80",
            "127.0.0.1.evil.example:8000",
            "",
        ] {
            assert!(!is_this_machine(host, 8000), "{host}");
        }
    }
}
