//! A published board as one list of postings, for an import.

use std::path::Path;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::remote::{Found, Remote};
use super::{MirrorError, Pause, TRIES};
use crate::fetch::{Client, Validators};
use crate::published::{self, Chunk, Manifest, Piece};
use crate::storage::read_regular;

/// Maximum overhead of gzip in bytes.
const PACKING: u64 = 64 << 10;

/// Maximum size of all postings.
const MOST: usize = 1 << 30;

/// All of a published board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// One JSON document: the head of the manifest, the interviews, and the postings with their descriptions.
    pub document: Vec<u8>,
    /// How many postings the board has.
    pub postings: usize,
    /// HTTP validators of the manifest.
    pub validators: Validators,
}

/// Fetches the board at an address. `watch` receives the number of bytes fetched; returning false cancels.
///
/// # Errors
/// A part of it could not be fetched.
pub fn gather(
    address: &str,
    client: &Client,
    pause: Pause<'_>,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Gathered, MirrorError> {
    let remote = Remote { client, pause };
    let Found::Board(board) = remote.find(address, &Validators::default(), TRIES)? else {
        return Err(MirrorError::NotABoard(address.to_owned()));
    };
    let mut came = 0;
    let mut fetch = |piece: &Piece| {
        let (_, lines) = remote.chunk(&board.url, piece)?;
        came += piece.bytes;
        if !watch(came) {
            return Err(MirrorError::Cancelled);
        }
        Ok(lines)
    };
    let document = document(&board.manifest, &mut fetch)?;
    // An unchanged page may link a changed board.
    let validators = if board.is_linked {
        Validators::default()
    } else {
        board.validators
    };
    Ok(Gathered {
        document,
        postings: board.manifest.postings,
        validators,
    })
}

/// Reads the board whose manifest is in a folder.
///
/// # Errors
/// It is damaged or incomplete.
pub fn gather_from(manifest: &[u8], folder: &Path) -> Result<Gathered, MirrorError> {
    let manifest = Manifest::read(manifest).map_err(|why| MirrorError::Damaged(why.to_string()))?;
    let mut read = |piece: &Piece| {
        let wrong = |why| MirrorError::Wrong(piece.file.clone(), why);
        let most = piece.bytes.max(piece.unpacked) + PACKING;
        let packed = read_regular(&folder.join(&piece.file), most);
        let packed = packed.map_err(|error| wrong(format!("cannot be read: {error}")))?;
        published::unpack(&packed, piece).map_err(|why| wrong(why.to_string()))
    };
    Ok(Gathered {
        document: document(&manifest, &mut read)?,
        postings: manifest.postings,
        validators: Validators::default(),
    })
}

/// The head, the interviews, and the postings of all chunks, each with its description.
fn document(
    manifest: &Manifest,
    lines: &mut dyn FnMut(&Piece) -> Result<Vec<u8>, MirrorError>,
) -> Result<Vec<u8>, MirrorError> {
    let mut list = List::default();
    if let Some(talks) = &manifest.talks {
        for line in String::from_utf8_lossy(&lines(talks)?).lines() {
            list.push(line);
        }
    }
    let head = [
        ("jobdeck", Value::from(manifest.schema)),
        ("name", Value::from(manifest.head().name)),
        ("generated", Value::from(manifest.generated.as_str())),
    ];
    let head = head.map(|(key, value)| format!("\"{key}\": {value},\n"));
    let head = format!("{{{}\"interviews\": ", head.concat());
    let mut document = [head.as_bytes(), &list.end(), b",\n\"postings\": "].concat();
    let mut list = List::default();
    for chunk in &manifest.chunks {
        let postings = lines(&chunk.postings)?;
        let texts = chunk.descriptions.as_ref().map(&mut *lines).transpose()?;
        add(chunk, &postings, texts.as_deref(), &mut list);
        if list.0.len() > MOST {
            return Err(MirrorError::Damaged(format!(
                "has more than {} MiB of postings, which is too much to import",
                MOST >> 20
            )));
        }
    }
    document.append(&mut list.end());
    document.extend_from_slice(b"}\n");
    Ok(document)
}

fn add(chunk: &Chunk, postings: &[u8], texts: Option<&[u8]>, list: &mut List) {
    let (postings, texts) = (
        String::from_utf8_lossy(postings),
        String::from_utf8_lossy(texts.unwrap_or_default()),
    );
    let mut texts = texts.lines();
    for (line, at) in postings.lines().zip(0_u32..) {
        let text = texts.next().unwrap_or_default();
        if chunk.dropped.binary_search(&at).is_err() {
            let whole = with_description(line, text);
            list.push(whole.as_deref().unwrap_or(line));
        }
    }
}

/// A JSON list of lines, one element per line.
#[derive(Default)]
struct List(Vec<u8>);

impl List {
    /// Adds a line; one that is not a value becomes a text, which the reader of the document reports.
    fn push(&mut self, line: &str) {
        self.0
            .extend_from_slice(if self.0.is_empty() { b"[\n" } else { b",\n" });
        if serde_json::from_str::<IgnoredAny>(line).is_ok() {
            self.0.extend_from_slice(line.as_bytes());
        } else {
            self.0
                .extend_from_slice(Value::from(line).to_string().as_bytes());
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.0
            .extend_from_slice(if self.0.is_empty() { b"[]" } else { b"\n]" });
        self.0
    }
}

fn with_description(line: &str, text: &str) -> Option<String> {
    let mut text: Map<String, Value> = serde_json::from_str(text).ok()?;
    let description = text.remove("description")?;
    let mut posting: Map<String, Value> = serde_json::from_str(line).ok()?;
    if posting.get("id") != text.get("id") {
        return None;
    }
    posting.insert("description".to_owned(), description);
    Some(Value::Object(posting).to_string())
}
