//! jobdeck: a job board in the terminal.
//!
//! ```text
//!  jobdeck  Amazon Science  3 of 10    / scientist loc:seattle▏                     ui::bar
//!  Filters                 Postings              1/3    Posting               12%
//!  Country                ▌  Applied Scientist   3d ┃   Applied Scientist
//!  ▸ United States     3  ▌  Amazon · Seattle    ★  ┃   Amazon · Prime Video
//!                           Data Scientist       2w │   US, WA, Seattle
//!  Team                     Amazon · Bengaluru      │
//!    Prime Video       2                            │   Key job responsibilities
//!   ui::filters             ui::list                    ui::detail
//!  / search   ? keys   f filters                  2 without pay hidden · + show        ui::status
//! ```
//!
//! | module | is |
//! |---|---|
//! | [`board`] | postings, interviews, places, pay: plain values; [`board::text`] is the gate for every outside string |
//! | [`places`] | the gazetteer: written places → country, region, city, coordinates |
//! | [`published`] | the format of a published board: a manifest, and chunks named by their hashes |
//! | [`content`] | a folder of TOML files → a board, and a list of everything that is wrong with it |
//! | [`fetch`] | asks a server for one document, within limits; no surprise on the way in |
//! | [`import`] | what hiring systems publish → postings; one feed format per file |
//! | [`mirror`] | a published board, fetched from its address into the cache |
//! | `postgres` | a board on a PostgreSQL server (feature `postgres`) |
//! | [`sync`] | a board kept as its sources are |
//! | [`json`] | the fields of a posting as JSON, and back |
//! | [`facts`] | what a posting states in its own title, locations and text, each with the passage that states it |
//! | [`query`] | the one query language: text → terms → text |
//! | [`search`] | a query over an index of a board → matches, counts, facets, highlighted letters |
//! | [`market`] | what the postings of a query pay and ask for, where they are, how long they stay up |
//! | [`storage`] | files on disk: atomic writes, locks, bounded reads; the only place that knows how to write safely |
//! | [`snapshot`] | a board's index and postings in the cache, so that the next start reads no TOML |
//! | [`document`] | a posting or an interview as blocks, wrapped to a width, searched, printed |
//! | [`compare`] | postings side by side: what they share and where they differ |
//! | [`tracking`] | what a person did with postings: events, their sum, undo; the journal file that keeps them |
//! | [`export`] | postings and interviews → feeds, structured data, a site |
//! | [`annotate`] | journal, visit log and mute rules → the columns that a search tests |
//! | [`app`] | the state machine: a message in, state and effects out |
//! | [`config`] | defaults, the user's file, keys, themes |
//! | [`ui`] | draws the app; one file for each region of the screen |
//! | [`runtime`] | runs the app: event loop, loader, searcher, syncer, journal writer, watcher, effects |
//! | [`terminal`] | reads keys and owns the tty |
//! | [`cli`], [`commands`] | the arguments, and one file for each subcommand |
//!
//! One keypress: `terminal` reads an event, the keymap turns it into an [`app::Action`], [`app::App::update`] changes
//! the state and returns [`app::Effect`]s, a worker answers with a [`app::Message`], and the loop draws once when its
//! queue is empty.
//!
//! What holds everywhere:
//! - Imports point down only: `main` → `cli`, `commands` → `runtime` → `terminal`, `ui` → `app` → `search` → `query` → `board`.
//! - `board` and `query` do no IO; no domain type derives `Serialize` or `Deserialize`.
//! - `app` never touches the terminal, files, threads or the clock, and never walks the board.
//! - `ui` changes nothing; only the rows in view are ever built.
//! - Only `runtime`, `terminal` and `commands` start IO.
//! - `fuzzy_matcher` is named in one file.
//! - Every string from outside passes [`board::text`] once; later code does not check again.

pub mod annotate;
pub mod app;
pub mod board;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod config;
pub mod content;
pub mod document;
pub mod export;
pub mod facts;
pub mod fetch;
pub mod import;
pub mod json;
pub mod market;
pub mod mirror;
pub mod places;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod published;
pub mod query;
pub mod runtime;
pub mod search;
pub mod snapshot;
pub mod storage;
pub mod sync;
pub mod terminal;
pub mod tracking;
pub mod ui;
