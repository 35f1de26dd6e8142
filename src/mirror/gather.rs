//! A published board as one list of postings, for an import.

use std::path::Path;

use serde_json::{Map, Value};

use super::remote::{Found, Remote};
use super::{MirrorError, Pause, TRIES};
use crate::fetch::{Client, Validators};
use crate::published::{self, Chunk, Manifest, Piece};
use crate::storage::read_regular;

/// Maximum overhead of gzip in bytes.
const PACKING: u64 = 64 << 10;

/// Bytes of all postings.
const MOST: usize = 1 << 30;

/// All postings of a published board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// JSON Lines with jobdeck's own keys, including descriptions.
    pub lines: Vec<u8>,
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
    let lines = joined(&board.manifest, &mut fetch)?;
    // An unchanged page may link a changed board.
    let validators = if board.is_linked {
        Validators::default()
    } else {
        board.validators
    };
    Ok(Gathered {
        lines,
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
        lines: joined(&manifest, &mut read)?,
        postings: manifest.postings,
        validators: Validators::default(),
    })
}

/// The lines of all chunks, each posting with its description.
fn joined(
    manifest: &Manifest,
    lines: &mut dyn FnMut(&Piece) -> Result<Vec<u8>, MirrorError>,
) -> Result<Vec<u8>, MirrorError> {
    let mut all = Vec::new();
    for chunk in &manifest.chunks {
        let postings = lines(&chunk.postings)?;
        let texts = chunk.descriptions.as_ref().map(&mut *lines).transpose()?;
        add(chunk, &postings, texts.as_deref(), &mut all);
        if all.len() > MOST {
            return Err(MirrorError::Damaged(format!(
                "has more than {} MiB of postings, which is too much to import",
                MOST >> 20
            )));
        }
    }
    Ok(all)
}

fn add(chunk: &Chunk, postings: &[u8], texts: Option<&[u8]>, all: &mut Vec<u8>) {
    let (postings, texts) = (
        String::from_utf8_lossy(postings),
        String::from_utf8_lossy(texts.unwrap_or_default()),
    );
    let mut texts = texts.lines();
    for (line, at) in postings.lines().zip(0_u32..) {
        let text = texts.next().unwrap_or_default();
        if chunk.dropped.binary_search(&at).is_ok() {
            continue;
        }
        // The reader of the lines reports their problems.
        let whole = with_description(line, text);
        all.extend_from_slice(whole.as_deref().unwrap_or(line).as_bytes());
        all.push(b'\n');
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
