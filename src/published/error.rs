//! What can be wrong with a published board.

use std::fmt;

use super::{LARGEST_MANIFEST, SCHEMA};
use crate::board::field::ID;
use crate::board::text;

/// Why a manifest, a chunk or a line is rejected. Displayed as the predicate of a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishedError {
    /// The manifest is larger than any.
    LargeManifest,
    /// There is no manifest.
    NoBoard,
    /// The manifest is of another version of the format.
    Version(u32),
    /// The manifest contradicts itself, or cannot be read.
    Damaged(String),
    /// A chunk cannot be unpacked.
    Packed,
    /// A chunk is larger than its number of bytes in the manifest.
    LargeChunk(u64),
    /// A chunk is not the one in the manifest.
    OtherChunk,
    /// A line is no JSON.
    NoJson,
    /// A line is no object.
    NoObject,
    /// A line has no id.
    NoId,
    /// An id holds spaces.
    SpacedId,
    /// An id is longer than any.
    LongId,
    /// A posting has no title.
    UntitledPosting,
    /// An interview has no title.
    UntitledInterview,
    /// A description is in the place of another.
    OtherDescription,
}

impl fmt::Display for PublishedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LargeManifest => {
                return write!(f, "is larger than {} MiB", LARGEST_MANIFEST >> 20);
            }
            Self::NoBoard => "is no published board",
            Self::Version(version) => {
                return write!(
                    f,
                    "was published in version {version} of the format; this jobdeck reads version {SCHEMA}"
                );
            }
            Self::Damaged(why) => {
                return write!(f, "is a damaged manifest: {}", text::line(why));
            }
            Self::Packed => "is damaged: it cannot be unpacked",
            Self::LargeChunk(bytes) => return write!(f, "is larger than its {bytes} bytes"),
            Self::OtherChunk => "is not the file that the manifest lists: its hash is another",
            Self::NoJson => "this line is no JSON",
            Self::NoObject => "this line is no object",
            Self::NoId => "this one has no `id`, so it is left out",
            Self::SpacedId => "an `id` holds no spaces; this one is left out",
            Self::LongId => {
                return write!(f, "an `id` has at most {ID} characters; this one is left out");
            }
            Self::UntitledPosting => "this posting has no `title`, so it is left out",
            Self::UntitledInterview => "this interview has no `title`",
            Self::OtherDescription => "this description is of another posting",
        })
    }
}
