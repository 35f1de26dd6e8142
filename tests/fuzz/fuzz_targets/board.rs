//! Bytes as the only file of a board, shown in every view; every frame is checked.

#![no_main]

#[path = "../../hostile/desk.rs"]
mod desk;
#[path = "../../hostile/views.rs"]
mod views;
#[path = "../../hostile/wire.rs"]
mod wire;

use std::path::PathBuf;
use std::sync::LazyLock;

use desk::Desk;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fuzz_target!(|bytes: &[u8]| {
    let file: PathBuf = FOLDER.path().join("a.toml");
    std::fs::write(file, bytes).unwrap();
    let mut desk = Desk::open(FOLDER.path(), (80, 24));
    if let Err(why) = views::every(&mut desk, bytes) {
        panic!("{why}");
    }
});
