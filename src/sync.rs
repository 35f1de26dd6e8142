//! Keeps a board in step with its sources: fetches each, compares it with the board, and writes the differences.
//!
//! Several sources are fetched in parallel, but those of one server in sequence. A source that cannot be fetched
//! changes nothing, and one that is incomplete closes no postings. Files are replaced atomically, so that an
//! interrupted sync leaves a consistent board.

mod add;
mod adjust;
mod download;
mod error;
mod orphan;
mod parse;
mod queue;
mod source;
mod task;
mod validator_cache;

pub use add::{AddError, Added, NewSource, systems};
pub use download::{Download, DownloadError, DownloadEvent, Pause, RetryPolicy, TRIES, download};
pub use error::{SourceError, SyncError};
pub use orphan::{Orphan, orphans, prune, rename};
pub use parse::read;
pub use queue::ProgressCallback;
pub use source::{Source, sources};
pub use task::{State, Step, SyncRun, Synced};
pub use validator_cache::{CacheError, ValidatorCache};
