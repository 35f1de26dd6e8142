//! The folder of a published board in the cache.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::MirrorError;
use crate::published::{self, FOLDER, LARGEST_MANIFEST, MANIFEST, MIRROR, Manifest, Piece};
use crate::storage::{FileLock, LockError, Replace, read_regular};

/// Maximum size of the server state file.
const LARGEST_STATE: u64 = 64 << 10;
/// Maximum overhead of gzip in bytes, where a chunk had to be packed again.
const PACKING: u64 = 64 << 10;

/// The folder.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

/// File of the server state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// Address of the manifest.
    pub(super) manifest: Option<String>,
    /// HTTP validators of the manifest.
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Creates the folder and locks it against other processes.
    pub(super) fn lock(&self) -> Result<FileLock, MirrorError> {
        let made = fs::create_dir_all(self.0.join(FOLDER));
        made.map_err(MirrorError::Cache)?;
        let lock = self.0.parent().unwrap_or(&self.0).join("lock");
        FileLock::try_take(&lock).map_err(|error| match error {
            LockError::Busy => MirrorError::Busy,
            LockError::Io(error) => MirrorError::Cache(error),
        })
    }

    /// The local manifest.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        let bytes = read_regular(&self.0.join(MANIFEST), LARGEST_MANIFEST).ok()?;
        Manifest::read(&bytes).ok()
    }

    pub(super) fn put_manifest(&self, bytes: &[u8]) -> Result<(), MirrorError> {
        // Marks the folder as possibly incomplete for readers.
        if !self.0.join(MIRROR).exists() {
            self.keep_state(&State::default())?;
        }
        self.write(MANIFEST, bytes)
    }

    pub(super) fn state(&self) -> State {
        let bytes = read_regular(&self.0.join(MIRROR), LARGEST_STATE).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    pub(super) fn keep_state(&self, state: &State) -> Result<(), MirrorError> {
        let bytes = serde_json::to_vec(state).unwrap_or_default();
        self.write(MIRROR, &bytes)
    }

    /// Whether a chunk is present. It was verified before it was written.
    pub(super) fn has(&self, piece: &Piece) -> bool {
        self.0.join(&piece.file).is_file()
    }

    /// The lines of a chunk, if it is here and intact.
    pub(super) fn lines(&self, piece: &Piece) -> Option<Vec<u8>> {
        let most = piece.bytes.max(piece.unpacked) + PACKING;
        let packed = read_regular(&self.0.join(&piece.file), most).ok()?;
        published::unpack(&packed, piece).ok()
    }

    pub(super) fn write_chunk(&self, piece: &Piece, packed: &[u8]) -> Result<(), MirrorError> {
        self.write(&piece.file, packed)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), MirrorError> {
        let path = self.0.join(name);
        let written = Replace::new(&path).private().bytes(bytes);
        written.map_err(MirrorError::Cache)
    }

    /// Removes the chunks that are in none of these manifests. Failures only cost disk space.
    pub(super) fn clear(&self, manifests: &[Option<&Manifest>]) {
        let listed: HashSet<&str> = manifests
            .iter()
            .flatten()
            .flat_map(|manifest| manifest.pieces())
            .map(|(_, piece)| piece.file.as_str())
            .collect();
        let remove = || -> io::Result<()> {
            for entry in self.0.join(FOLDER).read_dir()? {
                let entry = entry?;
                let name = format!("{FOLDER}/{}", entry.file_name().to_string_lossy());
                if !listed.contains(name.as_str()) {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        let _ = remove();
    }
}
