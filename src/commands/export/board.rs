//! Writes the folder of a published board: chunks first, the manifest last, so that concurrent readers find either the
//! old board or the new one.
//!
//! Chunks of the previous export are kept once more, for readers that are still fetching it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::named;
use crate::board::{Board, Posting};
use crate::published::{self, Chunk, FOLDER, Kept, Kind, MANIFEST, Manifest, Piece, Row};
use crate::storage::{Replace, read_regular};

/// Result of publishing a board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Postings.
    pub(super) postings: usize,
    /// Interviews.
    pub(super) interviews: usize,
    /// Chunks.
    pub(super) chunks: usize,
    /// New chunks.
    pub(super) new: usize,
    /// Size of the new files, including the manifest.
    pub(super) written: u64,
    /// Size of all files.
    pub(super) bytes: u64,
}

/// Publishes postings and all interviews of a board into a folder.
pub(super) fn publish(board: &Board, postings: &[&Posting], to: &Path) -> Result<Done, String> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        format!("cannot write {}: {error}", named(path))
    };
    let folder = to.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let path = to.join(MANIFEST);
    let before = read_before(&path)?;
    let rows: Vec<Row> = postings.par_iter().map(|posting| row(posting)).collect();
    let kept = before.as_ref().map(|before| kept(to, before));
    let plan = published::plan(&rows, kept.unwrap_or_default());

    let put = |piece: &Piece, packed: &[u8]| {
        let path = to.join(&piece.file);
        let is_there = read_regular(&path, piece.bytes).is_ok_and(|there| there == packed);
        if is_there {
            return Ok(());
        }
        let written = Replace::new(&path).bytes(packed);
        written.map_err(|error| failed(&path, &error))
    };
    let mut done = Done {
        postings: postings.len(),
        interviews: board.interviews().len(),
        new: plan.fresh.len(),
        ..Done::default()
    };
    let fresh = plan.fresh.par_iter().map(|rows| {
        let postings: Vec<&Posting> = rows.iter().map(|at| postings[*at]).collect();
        chunk(&postings, &put)
    });
    let mut chunks = fresh.collect::<Result<Vec<Chunk>, String>>()?;
    done.written = chunks.iter().map(size).sum();
    chunks.extend(plan.chunks);
    chunks.sort_by(|a, b| b.newest.cmp(&a.newest));
    let talks = match board.interviews() {
        [] => None,
        interviews => {
            let lines = joined(interviews.iter().map(published::interview_line));
            Some(written(Kind::Interviews, lines.as_bytes(), &put)?)
        }
    };

    let mut manifest = Manifest {
        schema: published::SCHEMA,
        name: board.name.clone(),
        description: board.description.clone(),
        url: board.url.clone(),
        generated: moment(),
        postings: postings.len(),
        interviews: board.interviews().len(),
        chunks,
        talks,
    };
    // An unchanged board is the same file, regardless of the time.
    if let Some(before) = &before {
        let again = Manifest {
            generated: before.generated.clone(),
            ..manifest.clone()
        };
        if again == *before {
            manifest = again;
        }
    }
    let bytes = manifest.write();
    done.chunks = manifest.chunks.len();
    done.bytes = bytes.len() as u64 + manifest.pieces().map(|(_, piece)| piece.bytes).sum::<u64>();
    if before.as_ref() != Some(&manifest) {
        done.written += bytes.len() as u64;
        Replace::new(&path)
            .bytes(&bytes)
            .map_err(|error| failed(&path, &error))?;
        clear(&folder, &[Some(&manifest), before.as_ref()])
            .map_err(|error| failed(&folder, &error))?;
    }
    Ok(done)
}

/// Manifest of the previous export. Other files are left alone.
fn read_before(path: &Path) -> Result<Option<Manifest>, String> {
    let bytes = match read_regular(path, published::LARGEST_MANIFEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot read {}: {error}", named(path))),
    };
    if !Manifest::is_meant(&bytes) {
        return Err(format!(
            "{} already exists and is not a published board; nothing was overwritten",
            named(path)
        ));
    }
    // If it is damaged or of another version, everything is published again.
    Ok(Manifest::read(&bytes).ok())
}

fn row(posting: &Posting) -> Row {
    let line = published::posting_line(posting);
    let text = published::description_line(posting);
    Row {
        id: posting.id.clone(),
        posted: posting.posted,
        company: posting.company.clone(),
        title: posting.title.clone(),
        fingerprint: published::fingerprint(&line, &text),
        bytes: line.len() + text.len(),
    }
}

/// Intact chunks of the previous export.
fn kept(to: &Path, before: &Manifest) -> Vec<Kept> {
    let lines = |piece: &Piece| {
        let packed = read_regular(&to.join(&piece.file), piece.bytes).ok()?;
        String::from_utf8(published::unpack(&packed, piece).ok()?).ok()
    };
    let kept = before.chunks.par_iter().filter_map(|chunk| {
        let postings = lines(&chunk.postings)?;
        let texts = match &chunk.descriptions {
            Some(piece) => lines(piece)?,
            None => String::new(),
        };
        let mut texts = texts.lines();
        let prints = postings.lines().zip(0..).map(|(line, at)| {
            let text = texts.next().unwrap_or_default();
            let counts = chunk.dropped.binary_search(&at).is_err();
            counts.then(|| published::fingerprint(line, text))
        });
        let lines: Vec<_> = prints.collect();
        let chunk = chunk.clone();
        (lines.len() == chunk.rows as usize).then_some(Kept { chunk, lines })
    });
    kept.collect()
}

/// Writes a chunk of these postings.
fn chunk(
    postings: &[&Posting],
    put: &impl Fn(&Piece, &[u8]) -> Result<(), String>,
) -> Result<Chunk, String> {
    let lines = joined(
        postings
            .iter()
            .map(|posting| published::posting_line(posting)),
    );
    let has_texts = postings
        .iter()
        .any(|posting| !posting.description.is_empty());
    let texts = has_texts.then(|| {
        let texts = postings.iter();
        joined(texts.map(|posting| published::description_line(posting)))
    });
    let ids = postings.iter().map(|posting| posting.id.as_str());
    let (first, last) = (ids.clone().min(), ids.max());
    let newest = postings.iter().filter_map(|posting| posting.posted).max();
    let texts = texts.map(|texts| written(Kind::Descriptions, texts.as_bytes(), put));
    Ok(Chunk {
        rows: postings.len() as u32,
        dropped: Vec::new(),
        ids: (
            first.unwrap_or_default().to_owned(),
            last.unwrap_or_default().to_owned(),
        ),
        newest: newest.map(|day| day.to_string()),
        postings: written(Kind::Postings, lines.as_bytes(), put)?,
        descriptions: texts.transpose()?,
    })
}

fn written(
    kind: Kind,
    lines: &[u8],
    put: &impl Fn(&Piece, &[u8]) -> Result<(), String>,
) -> Result<Piece, String> {
    let packed = published::pack(lines);
    let piece = published::piece(kind, lines, &packed);
    put(&piece, &packed)?;
    Ok(piece)
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.fold(String::new(), |mut joined, line| {
        joined.push_str(&line);
        joined.push('\n');
        joined
    })
}

fn size(chunk: &Chunk) -> u64 {
    let texts = chunk.descriptions.as_ref();
    chunk.postings.bytes + texts.map_or(0, |piece| piece.bytes)
}

/// The moment, to the second.
fn moment() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Removes the chunks that are in none of these manifests.
fn clear(folder: &Path, manifests: &[Option<&Manifest>]) -> io::Result<()> {
    let listed: HashSet<&str> = manifests
        .iter()
        .flatten()
        .flat_map(|manifest| manifest.pieces())
        .map(|(_, piece)| piece.file.as_str())
        .collect();
    for entry in folder.read_dir()? {
        let name = entry?.file_name();
        let Some(name) = name.to_str().filter(|name| is_chunk(name)) else {
            continue;
        };
        if !listed.contains(format!("{FOLDER}/{name}").as_str()) {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

/// Whether a file is named like a chunk; other files in the folder are left alone.
fn is_chunk(name: &str) -> bool {
    let hash = name
        .strip_suffix(".jsonl.gz")
        .and_then(|name| name.split_once('-'));
    hash.is_some_and(|(kind, hash)| {
        matches!(kind, "postings" | "descriptions" | "interviews")
            && hash.len() == 16
            && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}
