//! The parts of a published board that stand in a folder: the head, and the present chunks.
//!
//! The content of a chunk is identified by its hash, so a cached chunk is not opened. While a board is being fetched,
//! missing chunks are skipped.

use std::path::{Path, PathBuf};

use super::listed;
use super::parsed_file::{self, FilePosition, ParsedFile};
use super::problem::{MAX_PER_FILE, Problem};
use super::regular_file;
use crate::board::hash::hash;
use crate::published::{self, Chunk, Manifest, Piece};
use crate::storage::read_regular;

/// Maximum overhead of gzip in bytes.
const PACKING: u64 = 64 << 10;

/// One part of a published board.
#[derive(Debug)]
pub(super) struct Published {
    /// Name of its file within the folder.
    pub(super) relative: PathBuf,
    root: PathBuf,
    part: Part,
    /// Identity of the content; equal while the content is unchanged.
    pub(super) identity: u64,
    /// Memory needed while it is read, in bytes.
    pub(super) weight: usize,
}

#[derive(Debug)]
enum Part {
    /// The board itself and its interviews.
    Head(Box<Manifest>),
    /// Postings, and whether their descriptions are present.
    Chunk(Box<Chunk>, bool),
}

/// The parts of the board that is published in a folder, or why its manifest cannot be read; `None` if no board is
/// published there. A folder with a `board.toml` is one of TOML.
pub(super) fn parts(root: &Path) -> Option<Result<Vec<Published>, published::PublishedError>> {
    let path = root.join(published::MANIFEST);
    if !path.is_file() || root.join(listed::FILE).exists() {
        return None;
    }
    let bytes = read_regular(&path, published::LARGEST_MANIFEST).ok()?;
    if !Manifest::is_meant(&bytes) {
        return None;
    }
    let mut manifest = match Manifest::read(&bytes) {
        Ok(manifest) => manifest,
        Err(why) => return Some(Err(why)),
    };
    let comes = root.join(published::MIRROR).exists();
    let is_here = |piece: &Piece| root.join(&piece.file).is_file();
    let chunks = std::mem::take(&mut manifest.chunks);
    if comes && !manifest.talks.as_ref().is_some_and(is_here) {
        manifest.talks = None;
    }
    let chunks = chunks
        .into_iter()
        .filter(|chunk| !comes || is_here(&chunk.postings))
        .map(|chunk| {
            let described = chunk.descriptions.as_ref();
            let described = described.is_some_and(|piece| !comes || is_here(piece));
            Part::Chunk(Box::new(chunk), described)
        });
    let parts = chunks.collect::<Vec<_>>().into_iter();
    let head = Part::Head(Box::new(manifest));
    let parts = std::iter::once(head).chain(parts);
    Some(Ok(parts.map(|part| Published::new(root, part)).collect()))
}

impl Published {
    fn new(root: &Path, part: Part) -> Self {
        let (relative, said, weight) = match &part {
            Part::Head(manifest) => {
                let said = format!("{:?} {:?}", manifest.head(), manifest.talks);
                (published::MANIFEST.to_owned(), said, 0)
            }
            Part::Chunk(chunk, described) => {
                let said = format!("{chunk:?} {described}");
                let texts = chunk.descriptions.as_ref().filter(|_| *described);
                let bytes = chunk.postings.unpacked + texts.map_or(0, |piece| piece.unpacked);
                (chunk.postings.file.clone(), said, bytes as usize)
            }
        };
        Self {
            relative: relative.into(),
            root: root.to_owned(),
            identity: hash(&said),
            weight,
            part,
        }
    }

    /// Reads the part; the error concerns the part as a whole.
    pub(super) fn parsed_file(&self) -> Result<ParsedFile, String> {
        match &self.part {
            Part::Head(manifest) => self.head(manifest),
            Part::Chunk(chunk, described) => self.chunk(chunk, *described),
        }
    }

    fn lines(&self, piece: &Piece) -> Result<String, String> {
        let failed = |why: &str| format!("{piece} {why}");
        // In the cache it may have been recompressed.
        let most = piece.bytes.max(piece.unpacked) + PACKING;
        let packed = regular_file::fetch_within(&self.root.join(&piece.file), most)
            .map_err(|why| failed(&why))?;
        let lines = published::unpack(&packed, piece).map_err(|why| failed(&why.to_string()))?;
        String::from_utf8(lines).map_err(|_| failed("is not UTF-8"))
    }

    fn head(&self, manifest: &Manifest) -> Result<ParsedFile, String> {
        let head = manifest.head();
        let place = FilePosition { at: 0, line: 1 };
        let head = parsed_file::Head {
            name: Some(head.name).filter(|name| !name.is_empty()),
            description: head.description,
            url: head.url,
        };
        let mut parsed_file = ParsedFile {
            heads: vec![(head, place)],
            ..ParsedFile::default()
        };
        let Some(talks) = &manifest.talks else {
            return Ok(parsed_file);
        };
        let mut told = Told::new(&talks.file);
        for (number, line) in self.lines(talks)?.lines().enumerate() {
            match published::interview(line) {
                // A reference to a posting that was not published is not a mistake.
                Ok(interview) => parsed_file.interviews.push((interview, place, Vec::new())),
                Err(why) => told.add(number, why.to_string()),
            }
        }
        parsed_file.problems = told.problems;
        Ok(parsed_file)
    }

    fn chunk(&self, chunk: &Chunk, described: bool) -> Result<ParsedFile, String> {
        let lines = self.lines(&chunk.postings)?;
        let texts = match chunk.descriptions.as_ref().filter(|_| described) {
            Some(piece) => Some(self.lines(piece)?),
            None => None,
        };
        let mut texts = texts.as_deref().map(str::lines);
        let mut dropped = chunk.dropped.iter().peekable();
        let mut parsed_file = ParsedFile::default();
        let mut told = Told::new(&chunk.postings.file);
        let mut rows = 0;
        for (number, line) in lines.lines().enumerate() {
            rows += 1;
            let text = texts.as_mut().map(|lines| lines.next().unwrap_or_default());
            if dropped.next_if(|at| **at as usize == number).is_some() {
                continue;
            }
            let mut read = match published::posting(line) {
                Ok(read) => read,
                Err(why) => {
                    told.add(number, why.to_string());
                    continue;
                }
            };
            if let Some(text) = text {
                match published::description(text, &read.posting.id) {
                    Ok((description, problems)) => {
                        read.posting.description = description;
                        read.problems.extend(problems);
                    }
                    Err(why) => read.problems.push(why.to_string()),
                }
            }
            for problem in read.problems {
                told.add(number, problem);
            }
            let place = FilePosition {
                at: 0,
                line: number + 1,
            };
            parsed_file.postings.push((read.posting, place));
        }
        if rows != chunk.rows {
            return Err(format!("has {rows} lines, not the {} listed", chunk.rows));
        }
        parsed_file.urls = vec![0; parsed_file.postings.len()];
        parsed_file.problems = told.problems;
        Ok(parsed_file)
    }
}

/// What is wrong in the lines of a file.
struct Told<'a> {
    file: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Told<'a> {
    fn new(file: &'a str) -> Self {
        Self {
            file,
            problems: Vec::new(),
        }
    }

    fn add(&mut self, number: usize, why: String) {
        let message = match self.problems.len() {
            ..MAX_PER_FILE => why,
            MAX_PER_FILE => "and this file has more mistakes".to_owned(),
            _ => return,
        };
        self.problems.push(Problem {
            line: number + 1,
            ..Problem::whole(Path::new(self.file), message)
        });
    }
}
