//! The manifest of a published board.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::PublishedError;
use super::{FOLDER, LARGEST_MANIFEST, SCHEMA};
use crate::board::safe_url::SafeUrl;
use crate::board::text;

/// Chunks of one board.
const CHUNKS: usize = 20_000;
/// Rows of one chunk.
const ROWS: u32 = 1 << 16;
/// Postings of one board.
const POSTINGS: usize = 20_000_000;
/// Bytes of one chunk, packed and unpacked.
const PACKED: u64 = 64 << 20;
const UNPACKED: u64 = 128 << 20;
/// Bytes of all of them, packed.
const TOTAL: u64 = 8 << 30;
/// Number of hash digits, and of those in a file name.
const DIGITS: usize = 64;
const NAMED: usize = 16;

/// Content of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Postings without their descriptions.
    Postings,
    /// Descriptions.
    Descriptions,
    /// Interviews.
    Interviews,
}

impl Kind {
    /// The word in file names.
    fn word(self) -> &'static str {
        match self {
            Self::Postings => "postings",
            Self::Descriptions => "descriptions",
            Self::Interviews => "interviews",
        }
    }
}

/// A published board without its postings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    #[serde(rename = "jobdeck")]
    pub schema: u32,
    /// Name of the board.
    pub name: String,
    /// Description in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Publication time: `2026-11-28T17:20:00Z`.
    pub generated: String,
    /// Number of postings.
    pub postings: usize,
    /// Number of interviews.
    pub interviews: usize,
    /// Its postings, the newest chunk first.
    pub chunks: Vec<Chunk>,
    /// Its interviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talks: Option<Piece>,
}

/// Postings, with their descriptions in a separate file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// Number of lines.
    pub rows: u32,
    /// Numbers of dropped lines, from 0, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<u32>,
    /// The first and the last id in it.
    pub ids: (String, String),
    /// Latest date of its postings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// The postings.
    pub postings: Piece,
    /// Their descriptions, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descriptions: Option<Piece>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its path relative to the manifest's folder.
    pub file: String,
    /// The hash of its unpacked lines.
    pub sha256: String,
    /// Its compressed size.
    pub bytes: u64,
    /// Its unpacked size.
    pub unpacked: u64,
}

/// Head of a board, after the text gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Its name; empty if it has no printable characters.
    pub name: String,
    /// Description in one sentence.
    pub description: Option<String>,
    /// Its website.
    pub url: Option<String>,
}

impl Manifest {
    /// Parses a manifest and checks everything that does not need the chunks.
    ///
    /// # Errors
    /// It is not a manifest, or is inconsistent.
    pub fn read(bytes: &[u8]) -> Result<Self, PublishedError> {
        if bytes.len() as u64 > LARGEST_MANIFEST {
            return Err(PublishedError::LargeManifest);
        }
        let schema: Schema = serde_json::from_slice(bytes).map_err(|_| PublishedError::NoBoard)?;
        if schema.jobdeck != SCHEMA {
            return Err(PublishedError::Version(schema.jobdeck));
        }
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| PublishedError::Damaged(error.to_string()))?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Whether bytes look like a manifest, valid or not.
    pub fn is_meant(bytes: &[u8]) -> bool {
        bytes.len() as u64 <= LARGEST_MANIFEST && serde_json::from_slice::<Schema>(bytes).is_ok()
    }

    /// The manifest as a file, with one chunk per line: indented lists of dropped lines would be larger than the changes.
    pub fn write(&self) -> Vec<u8> {
        const NONE: &str = "\"chunks\": []";
        let chunks = self
            .chunks
            .iter()
            .filter_map(|chunk| serde_json::to_string(chunk).ok());
        let chunks = chunks.collect::<Vec<_>>().join(",\n    ");
        let head = Self {
            chunks: Vec::new(),
            ..self.clone()
        };
        let mut text = serde_json::to_string_pretty(&head).unwrap_or_default();
        if !chunks.is_empty() {
            // Quotes within values are escaped, so this is the key.
            text = text.replacen(NONE, &format!("\"chunks\": [\n    {chunks}\n  ]"), 1);
        }
        text.push('\n');
        text.into_bytes()
    }

    /// Head of the board.
    pub fn head(&self) -> Head {
        let description = self.description.as_deref().map(text::block);
        let url = self.url.as_deref().map(text::line);
        Head {
            name: text::line(&self.name),
            description: description.filter(|text| !text.trim().is_empty()),
            url: url.and_then(|url| Some(SafeUrl::parse(&url).ok()?.into())),
        }
    }

    /// All files in fetch order, postings first.
    pub fn pieces(&self) -> impl Iterator<Item = (Kind, &Piece)> {
        let postings = self.chunks.iter();
        let postings = postings.map(|chunk| (Kind::Postings, &chunk.postings));
        let talks = self.talks.iter().map(|piece| (Kind::Interviews, piece));
        let descriptions = self.chunks.iter().filter_map(|chunk| {
            let piece = chunk.descriptions.as_ref()?;
            Some((Kind::Descriptions, piece))
        });
        postings.chain(talks).chain(descriptions)
    }

    fn check(&self) -> Result<(), PublishedError> {
        let wrong = |why: &str| Err(PublishedError::Damaged(why.to_owned()));
        if !is_moment(&self.generated) {
            return wrong("`generated` is no moment such as 2026-11-28T17:20:00Z");
        }
        if self.chunks.len() > CHUNKS || self.postings > POSTINGS {
            return wrong("it lists more than any board has");
        }
        let mut postings = 0;
        for chunk in &self.chunks {
            let ascend = chunk.dropped.windows(2).all(|pair| pair[0] < pair[1]);
            let within = chunk.dropped.last().is_none_or(|last| *last < chunk.rows);
            if chunk.rows == 0 || chunk.rows > ROWS || !ascend || !within {
                return wrong("the lines of a chunk make no sense");
            }
            postings += chunk.rows as usize - chunk.dropped.len();
        }
        if postings != self.postings {
            return Err(PublishedError::Damaged(format!(
                "it says {} postings, and its chunks have {postings}",
                self.postings
            )));
        }
        if (self.interviews > 0) != self.talks.is_some() {
            return wrong("its interviews have no chunk");
        }
        let total: u64 = self.pieces().map(|(_, piece)| piece.bytes.min(TOTAL)).sum();
        if total > TOTAL {
            return wrong("its chunks are larger than any board");
        }
        let mut names = HashSet::new();
        for (kind, piece) in self.pieces() {
            if piece.file != Piece::name(kind, &piece.sha256) {
                return Err(PublishedError::Damaged(format!(
                    "{} is not the name of a chunk",
                    text::quoted(&piece.file)
                )));
            }
            if piece.bytes > PACKED || piece.unpacked > UNPACKED {
                return wrong("a chunk is larger than any can be");
            }
            if !names.insert(piece.file.as_str()) {
                return wrong("a chunk is listed twice");
            }
        }
        Ok(())
    }
}

impl Chunk {
    /// Unpacked size of its postings and their descriptions.
    pub(super) fn unpacked(&self) -> u64 {
        let descriptions = self.descriptions.as_ref().map_or(0, |piece| piece.unpacked);
        self.postings.unpacked.saturating_add(descriptions)
    }
}

impl Piece {
    /// Name of the file with this hash; empty if the hash is invalid.
    pub fn name(kind: Kind, sha256: &str) -> String {
        let is_hash = sha256.len() == DIGITS
            && sha256
                .bytes()
                .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return String::new();
        }
        format!("{FOLDER}/{}-{}.jsonl.gz", kind.word(), &sha256[..NAMED])
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)
    }
}

/// The key that identifies a manifest.
#[derive(Deserialize)]
struct Schema {
    jobdeck: u32,
}

/// Whether a text is a UTC time with seconds. Such texts sort by time.
fn is_moment(written: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00Z";
    written.len() == SHAPE.len()
        && written.bytes().zip(SHAPE).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            _ => byte == *shape,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::published::{pack, piece};

    fn manifest() -> Manifest {
        let lines = b"{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n";
        Manifest {
            schema: SCHEMA,
            name: "Acme".into(),
            description: None,
            url: None,
            generated: "2026-11-28T17:20:00Z".into(),
            postings: 1,
            interviews: 0,
            chunks: vec![Chunk {
                rows: 2,
                dropped: vec![1],
                ids: ("a".into(), "b".into()),
                newest: None,
                postings: piece(Kind::Postings, lines, &pack(lines)),
                descriptions: None,
            }],
            talks: None,
        }
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let mut manifest = manifest();
        "\"chunks\": [] Acme".clone_into(&mut manifest.name);
        let written = String::from_utf8(manifest.write()).unwrap();
        let chunks = written.lines().filter(|line| line.contains("\"rows\""));
        assert_eq!(chunks.count(), 1, "{written}");
        assert_eq!(Manifest::read(written.as_bytes()), Ok(manifest.clone()));
        let none = Manifest {
            postings: 0,
            chunks: Vec::new(),
            ..manifest
        };
        assert_eq!(Manifest::read(&none.write()), Ok(none));
    }

    #[test]
    fn a_manifest_that_contradicts_itself_is_refused() {
        let sound: Value = serde_json::from_slice(&manifest().write()).unwrap();
        let cases: &[(&str, Value, &str)] = &[
            ("/jobdeck", json!(2), "version 2"),
            ("/postings", json!(2), "says 2 postings"),
            ("/generated", json!("yesterday"), "no moment"),
            ("/chunks/0/rows", json!(0), "make no sense"),
            ("/chunks/0/dropped", json!([2]), "make no sense"),
            ("/chunks/0/dropped", json!([1, 1]), "make no sense"),
            (
                "/chunks/0/postings/file",
                json!("../x"),
                "not the name of a chunk",
            ),
            (
                "/chunks/0/postings/sha256",
                json!("../x"),
                "not the name of a chunk",
            ),
            (
                "/chunks/0/postings/unpacked",
                json!(1_u64 << 40),
                "larger than any",
            ),
            ("/interviews", json!(3), "no chunk"),
            ("/chunks", json!("none"), "damaged manifest"),
        ];
        for (pointer, value, why) in cases {
            let mut broken = sound.clone();
            *broken.pointer_mut(pointer).unwrap() = value.clone();
            let refused = Manifest::read(broken.to_string().as_bytes())
                .unwrap_err()
                .to_string();
            assert!(refused.contains(why), "{pointer}: {refused}");
        }
        for other in ["", "[]", "{}", "{\"jobs\":[]}", "<html>"] {
            let refused = Manifest::read(other.as_bytes()).unwrap_err();
            assert_eq!(refused, PublishedError::NoBoard, "{other}");
        }
    }
}
