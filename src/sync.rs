//! A board kept as its sources are: each fetched, compared with what the board has of it, and written where it differs.

mod download;

pub use download::{Download, DownloadError, Event, Pause, download, read};
