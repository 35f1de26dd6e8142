//! jobdeck: a job board in the terminal.
pub mod app;
pub mod board;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod document;
pub mod import;
pub mod query;
pub mod search;
pub mod terminal;
pub mod ui;
