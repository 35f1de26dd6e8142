//! The format of a published board: a manifest, and chunks named by the hash of what they hold. Bytes in, values out; no
//! IO.
//!
//! ```text
//! board.json                                    the manifest: the board's name, counts, and the list of chunks
//! board/postings-<sha256>.jsonl.gz              postings without their descriptions, a JSON object a line
//! board/descriptions-<sha256>.jsonl.gz          the descriptions of the same postings, in the same order
//! board/interviews-<sha256>.jsonl.gz            the interviews
//! ```
//!
//! The keys are those of the vocabulary, so that `zcat | jq`, `DuckDB` and a browser can read them. A chunk is never
//! changed: a posting that changes or goes is listed as dropped, by its line, and what is new goes into a new chunk. So
//! a day's changes cost their own size, and whoever has the other chunks keeps them.
//!
//! A published board comes from a stranger. The hash covers the unpacked lines, because some servers unpack a file on
//! the way; a chunk is unpacked no further than the manifest says that it goes, and every text passes the gate.

mod chunk;
mod interview;
mod layout;
mod manifest;
mod posting;

pub use chunk::{is_packed, pack, piece, sha256, unpack, unpack_or_plain};
pub use interview::{interview, interview_line};
pub use layout::{Kept, Plan, Row, fingerprint, plan};
pub use manifest::{Chunk, Head, Kind, Manifest, Piece};
pub use posting::{ReadPosting, description, description_line, posting, posting_line};

/// The name of the manifest.
pub const MANIFEST: &str = "board.json";
/// The folder of the chunks, beside the manifest.
pub const FOLDER: &str = "board";
/// The media type of a manifest, by which a page links it.
pub const MEDIA_TYPE: &str = "application/vnd.jobdeck+json";
/// Goes up when an older jobdeck could no longer read what is published.
pub const SCHEMA: u32 = 1;
/// The file beside the manifest of a board that is kept in the cache, and perhaps still on its way there.
pub const MIRROR: &str = "mirror.json";
/// Bytes of a manifest.
pub const LARGEST_MANIFEST: u64 = 32 << 20;
