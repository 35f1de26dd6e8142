//! A board kept as its sources are: each fetched, compared with what the board has of it, and written where it differs.
//!
//! Sources are fetched a few at a time, those of one server one after the other. What could not be fetched changes
//! nothing, and what did not come whole closes nothing: a posting is gone only where everything else came. Each file is
//! replaced as a whole, so that a sync that ends at any moment leaves a whole board.

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
