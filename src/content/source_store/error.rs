//! Why a source's folder could not be read or written.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::super::problem::Problem;
use crate::board::text;

/// Why a merge failed.
#[derive(Debug)]
pub enum StoreError {
    /// A file or folder cannot be read or written.
    Io(PathBuf, io::Error),
    /// A file was edited by hand and has a mistake; rewriting it would lose what could not be read.
    Mistaken(PathBuf, Box<Problem>),
    /// The posting with this id exceeds the maximum size of a file.
    TooLarge(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => {
                let path = text::line(&path.to_string_lossy());
                write!(f, "cannot write {path}: {error}")
            }
            Self::Mistaken(folder, problem) => {
                let file = folder.join(&problem.file);
                let file = text::line(&file.to_string_lossy());
                let (line, message) = (problem.line, &problem.message);
                write!(
                    f,
                    "{file}:{line}: {message}; fix it first (the file was not changed)"
                )
            }
            Self::TooLarge(id) => write!(f, "the posting {id} is too large for a file"),
        }
    }
}

impl std::error::Error for StoreError {}
