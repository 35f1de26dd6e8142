//! Keeps a board in step with its sources: fetches each, compares it with the board, and writes the differences.
//!
//! Several sources are fetched in parallel, but those of one server in sequence. A source that cannot be fetched
//! changes nothing, and one that is incomplete closes no postings. Files are replaced atomically, so that an
//! interrupted sync leaves a consistent board.

mod add;
mod download;
mod memory;
mod queue;
mod source;
mod task;

pub use add::{AddError, Added, NewSource, systems};
pub use download::{Download, DownloadError, Event, Patience, Pause, TRIES, download, read};
pub use memory::{Memory, MemoryError};
pub use queue::Told;
pub use source::{Source, sources};
pub use task::{Round, State, Step, Synced};
