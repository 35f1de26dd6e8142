//! The text of a document, by the encoding that it declares.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// Bytes at the start of a document in which its encoding is declared.
const HEAD: usize = 1024;

/// The text of a document. Its encoding is that of its byte order mark; else UTF-8 if valid; else the one that its
/// server (`content_type`) or the document itself declares.
///
/// # Errors
/// It is none of these.
pub fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, ReadError> {
    let text = decoded(bytes, content_type)?;
    Ok(match text {
        Cow::Borrowed(text) => numbers(text),
        Cow::Owned(text) => Cow::Owned(numbers(&text).into_owned()),
    })
}

/// The starts of files that hold no text, what they are, and what to do.
const PACKED: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "compressed; unpack it first: gunzip"),
    (
        b"PK\x03\x04",
        "a spreadsheet or an archive; save the table as CSV in UTF-8, or unpack it first",
    ),
    (b"%PDF", "a PDF; save its text"),
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an old office suite; save the table as CSV in UTF-8",
    ),
];

fn decoded<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Cow<'a, str>, ReadError> {
    if let Some((_, what)) = PACKED.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ReadError::Packed(what));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode(&bytes[mark..], encoding);
    }
    if let Some(encoding) = wide(bytes) {
        return decode(bytes, encoding);
    }
    let declared = content_type
        .and_then(charset)
        .or_else(|| in_document(bytes))
        // A document whose declaration can be read byte by byte is not in wide characters.
        .filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding));
    let utf8 = std::str::from_utf8(bytes);
    // Text of another encoding is hardly ever valid UTF-8, but for the encodings of seven bits.
    let is_other = |encoding: &'static Encoding| {
        let is_seven_bits = bytes.is_ascii() && !encoding.is_ascii_compatible();
        encoding != UTF_8 && (utf8.is_err() || is_seven_bits)
    };
    match declared.filter(|encoding| is_other(encoding)) {
        Some(encoding) => decode(bytes, encoding),
        None => decode(bytes, UTF_8),
    }
}

fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, ReadError> {
    if encoding == UTF_8 {
        let text = std::str::from_utf8(bytes);
        let text = text.map_err(|error| ReadError::NotText("UTF-8", error.valid_up_to() + 1));
        return text.map(Cow::Borrowed);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or(ReadError::NotText(encoding.name(), 0))
}

/// The encoding of markup in wide characters without a byte order mark.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{' | b'[', 0, ..] => Some(UTF_16LE),
        [0, b'<' | b'{' | b'[', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The `charset` of a `Content-Type`.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let (_, charset) = lower.split_once("charset=")?;
    let charset = charset.trim_start_matches(['"', '\'']);
    let end = charset.find(['"', '\'', ';', ' ']).unwrap_or(charset.len());
    Encoding::for_label(&charset.as_bytes()[..end])
}

/// The encoding in an XML declaration or in a `<meta>` of a page.
fn in_document(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let head = head.trim_start();
    if !head.starts_with('<') {
        return None;
    }
    let declared = if head.starts_with("<?xml") {
        let (declaration, _) = head.split_once("?>")?;
        declaration.split_once("encoding")?.1
    } else {
        head.split_once("charset")?.1
    };
    let label = declared.trim_start().strip_prefix('=')?.trim_start();
    let label = label.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| matches!(c, '"' | '\'' | '>' | '/' | ';') || c.is_whitespace());
    Encoding::for_label(&label.as_bytes()[..end?])
}

/// JSON in which numbers that are none, as Python writes them, are null.
fn numbers(text: &str) -> Cow<'_, str> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !is_json || !(has("NaN") || has("Infinity")) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'N' | b'I' | b'-' => {
                let rest = &text[at..];
                let word = ["NaN", "-Infinity", "Infinity"];
                if let Some(word) = word.into_iter().find(|word| rest.starts_with(word)) {
                    out.push_str(&text[copied..at]);
                    out.push_str("null");
                    at += word.len();
                    copied = at;
                } else {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Where the string that starts at a byte ends.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], content_type: Option<&str>) -> String {
        text(bytes, content_type).expect("text").into_owned()
    }

    #[test]
    fn a_document_is_in_the_encoding_that_it_declares() {
        let xml = |label: &str, body: &[u8]| {
            let start = format!("<?xml version='1.0' encoding='{label}'?><a>");
            [start.as_bytes(), body].concat()
        };
        for (bytes, content_type, ends) in [
            (
                xml("windows-1251", b"\xcf\xee\xe2\xe0\xf0"),
                None,
                "<a>Повар",
            ),
            (xml("ISO-8859-1", b"K\xf6ln"), None, "<a>Köln"),
            // Declared wrongly, as is common.
            (xml("ISO-8859-1", "Köln".as_bytes()), None, "<a>Köln"),
            (xml("utf-16", "Köln".as_bytes()), None, "<a>Köln"),
            (
                b"title\nK\xf6ln".to_vec(),
                Some("text/csv; charset=\"iso-8859-15\""),
                "Köln",
            ),
            (
                b"<!doctype html><meta charset=shift_jis><p>\x93\x8c\x8b\x9e".to_vec(),
                None,
                "<p>東京",
            ),
            (b"\xff\xfe<\0a\0>\0".to_vec(), None, "<a>"),
            (b"<\0a\0>\0\xf6\0".to_vec(), None, "<a>ö"),
            ("\u{feff}<a>ö".as_bytes().to_vec(), None, "<a>ö"),
        ] {
            let text = read(&bytes, content_type);
            assert!(text.ends_with(ends), "{text}");
        }
        assert_eq!(
            text(b"title\nK\xf6ln", None),
            Err(ReadError::NotText("UTF-8", 8))
        );
    }

    #[test]
    fn numbers_that_are_none_are_null() {
        assert_eq!(
            read(br#"[{"a":NaN,"b":"a NaN \" NaN","c":-Infinity}]"#, None),
            r#"[{"a":null,"b":"a NaN \" NaN","c":null}]"#
        );
        assert_eq!(read(b"NaN,Infinity", None), "NaN,Infinity");
    }
}
