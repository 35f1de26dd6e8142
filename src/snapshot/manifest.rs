//! Encodes the board's metadata and the list of files that a snapshot was made from.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use crate::board::record::{RecordReader, RecordWriter};
use crate::board::{Board, Interview};
use crate::content::{File, FileMetadata};

/// A board's metadata and the problems of its files.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    pub(super) parts: Vec<(String, String)>,
    pub(super) interviews: Vec<Interview>,
    pub(super) problems: Vec<String>,
    /// When the files were read, in nanoseconds since 1970.
    pub(super) read: i64,
}

/// Encodes a board's metadata.
pub(super) fn head(board: &Board, problems: &[String], read: i64) -> Vec<u8> {
    let mut writer = RecordWriter::default();
    writer.number(read.cast_unsigned());
    writer.text(&board.name);
    writer.optional(board.description.as_deref());
    writer.optional(board.url.as_deref());
    let parts = board.parts().filter_map(|(key, name)| Some((key?, name)));
    let parts: Vec<_> = parts.collect();
    writer.number(parts.len() as u64);
    for (key, name) in parts {
        writer.text(key);
        writer.text(name);
    }
    writer.number(board.interviews().len() as u64);
    let interviews = board.interviews().iter();
    interviews.for_each(|one| writer.interview(one));
    writer.number(problems.len() as u64);
    for problem in problems {
        writer.text(problem);
    }
    writer.bytes
}

/// Decodes a board's metadata.
pub(super) fn read_head(bytes: &[u8]) -> Option<Head> {
    let mut reader = RecordReader::new(bytes);
    Some(Head {
        read: reader.number()?.cast_signed(),
        name: reader.text()?,
        description: reader.optional()?,
        url: reader.optional()?,
        parts: reader.list(|reader| Some((reader.text()?, reader.text()?)))?,
        interviews: reader.list(RecordReader::interview)?,
        problems: reader.list(RecordReader::text)?,
    })
}

/// Encodes the list of files.
pub(super) fn files(files: &[File]) -> Vec<u8> {
    let mut writer = RecordWriter::default();
    writer.number(files.len() as u64);
    for file in files {
        writer.number(file.folder as u64);
        writer.blob(file.path.as_os_str().as_bytes());
        writer.number(file.hash);
        writer.number(file.plain.into());
        writer.number(file.postings as u64);
        writer.optional(file.about.as_ref().err().map(String::as_str));
        if let Ok(about) = &file.about {
            let (device, number) = about.place;
            for number in [device, number, about.size] {
                writer.number(number);
            }
            writer.number(about.modified.cast_unsigned());
            writer.number(about.changed.cast_unsigned());
        }
    }
    writer.bytes
}

/// Decodes the list of files.
pub(super) fn read_files(bytes: &[u8]) -> Option<Vec<File>> {
    RecordReader::new(bytes).list(|reader| {
        Some(File {
            folder: reader.number()?.try_into().ok()?,
            path: OsString::from_vec(reader.blob()?.to_vec()).into(),
            hash: reader.number()?,
            plain: reader.number()? != 0,
            postings: reader.number()?.try_into().ok()?,
            about: match reader.optional()? {
                Some(why) => Err(why),
                None => Ok(FileMetadata {
                    place: (reader.number()?, reader.number()?),
                    size: reader.number()?,
                    modified: reader.number()?.cast_signed(),
                    changed: reader.number()?.cast_signed(),
                }),
            },
        })
    })
}
