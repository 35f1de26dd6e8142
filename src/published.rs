//! The format of a published board: a manifest, and chunks named by the hash of their content. Pure encoding and
//! decoding; no IO.
//!
//! ```text
//! board.json                                    the manifest: the board's name, counts, and the list of chunks
//! board/postings-<sha256>.jsonl.gz              postings without their descriptions, a JSON object a line
//! board/descriptions-<sha256>.jsonl.gz          the descriptions of the same postings, in the same order
//! board/interviews-<sha256>.jsonl.gz            the interviews
//! ```
//!
//! The keys are those of the vocabulary, so that `zcat | jq`, `DuckDB` and a browser can read them. Chunks are
//! immutable: a posting that changes or goes is listed as dropped, by line number, and new content goes into a new
//! chunk. So an update transfers only its own size, and readers keep the other chunks.
//!
//! Published boards are untrusted. The hash covers the unpacked lines, because some servers decompress files in
//! transit; a chunk is unpacked only up to the size in the manifest, and every text passes the text gate.

mod chunk;
mod error;
mod interview;
mod layout;
mod manifest;
mod posting;

pub use chunk::{digest, hexadecimal, is_packed, pack, piece, sha256, unpack, unpack_or_plain};
pub use error::PublishedError;
pub use interview::{interview, interview_line};
pub use layout::{Kept, Plan, Row, fingerprint, plan};
pub use manifest::{Chunk, Head, Kind, Manifest, Piece};
pub use posting::{
    ReadPosting, described, description, description_line, fields, posting, posting_line,
};

/// The name of the manifest.
pub const MANIFEST: &str = "board.json";
/// The folder of the chunks, beside the manifest.
pub const FOLDER: &str = "board";
/// Media type of a manifest, used by links in pages.
pub const MEDIA_TYPE: &str = "application/vnd.jobdeck+json";
/// Format version; incremented when older versions could no longer read it.
pub const SCHEMA: u32 = 1;
/// File beside the manifest that marks a board in the cache, which may be incomplete.
pub const MIRROR: &str = "mirror.json";
/// Maximum size of a manifest.
pub const LARGEST_MANIFEST: u64 = 32 << 20;
