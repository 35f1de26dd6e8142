//! Hostile files: links out of the board, FIFOs and devices in place of files.

use std::fs::{self, Permissions};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::run;

const FEED: &str = r#"[{"id": "1", "title": "Cook"}, {"id": "2", "title": "Baker"}]"#;

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_source_folder_that_is_a_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("pine.json"), FEED).unwrap();
    fs::create_dir_all(at("outside")).unwrap();
    fs::write(at("outside/postings.toml"), "precious").unwrap();
    fs::create_dir_all(at("board")).unwrap();
    symlink(at("outside"), at("board/pine")).unwrap();
    let args = [
        "import",
        text(&at("pine.json")),
        "--source",
        "pine",
        "--into",
        text(&at("board")),
    ]
    .map(str::to_owned);
    let ran = run(&args.each_ref().map(String::as_str));
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("it is a link"), "{}", ran.err);
    assert_eq!(
        fs::read_to_string(at("outside/postings.toml")).unwrap(),
        "precious"
    );
}

#[test]
fn a_fifo_in_the_place_of_a_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("pine.json"), FEED).unwrap();
    fs::create_dir_all(at("board/pine")).unwrap();
    fifo(&at("board/pine/postings.toml"));
    let ran = run(&[
        "import",
        text(&at("pine.json")),
        "--source",
        "pine",
        "--into",
        text(&at("board")),
    ]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("a FIFO"), "{}", ran.err);
}

#[test]
fn a_folder_with_the_name_of_an_unfinished_file_stops_no_import() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("pine.json"), FEED).unwrap();
    fs::create_dir_all(at("board/pine/.jobdeck-kept")).unwrap();
    let ran = run(&[
        "import",
        text(&at("pine.json")),
        "--source",
        "pine",
        "--into",
        text(&at("board")),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(at("board/pine/.jobdeck-kept").is_dir());
}

#[test]
fn an_export_leaves_devices_links_and_modes_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert_eq!(
        run(&["export", "--format", "atom", "--output", "/dev/null"]).code,
        0
    );
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );
    fs::write(at("private"), "").unwrap();
    fs::set_permissions(at("private"), Permissions::from_mode(0o600)).unwrap();
    symlink("private", at("link")).unwrap();
    assert_eq!(
        run(&["export", "--format", "atom", "--output", text(&at("link"))]).code,
        0
    );
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
    let about = fs::metadata(at("private")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    assert!(about.len() > 0);
}

#[test]
fn a_site_neither_writes_nor_removes_what_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("site/.git")).unwrap();
    fs::write(at("site/.git/HEAD"), "ref").unwrap();
    fs::write(at("precious.html"), "kept").unwrap();
    fs::write(at("site/photo.jpg"), "mine").unwrap();
    fs::write(
        at("site/.jobdeck-site"),
        ".git/HEAD\n../precious.html\n/etc/hostname\nphoto.jpg\n0123456789abcdef photo.jpg\n",
    )
    .unwrap();
    let site = at("site");
    let export = || run(&["export", "--format", "html", "--output", text(&site)]);
    let ran = export();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(at("site/.git/HEAD")).unwrap(), "ref");
    assert_eq!(fs::read_to_string(at("precious.html")).unwrap(), "kept");
    assert_eq!(fs::read_to_string(at("site/photo.jpg")).unwrap(), "mine");
    assert!(ran.err.contains("1 file of earlier exports"), "{}", ran.err);

    // A folder of the site is replaced by a link to another one.
    fs::rename(at("site/posting"), at("elsewhere")).unwrap();
    symlink(at("elsewhere"), at("site/posting")).unwrap();
    let before = fs::read_dir(at("elsewhere")).unwrap().count();
    let ran = export();
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("is a link"), "{}", ran.err);
    assert_eq!(fs::read_dir(at("elsewhere")).unwrap().count(), before);
}

#[test]
fn laying_out_keeps_mode_owner_and_attributes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    fs::write(&file, "[[posting]]\nid='a'\ntitle='A'\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let attribute =
        rustix::fs::setxattr(&file, "user.note", b"mine", rustix::fs::XattrFlags::empty());
    let is_root = rustix::process::geteuid().is_root();
    if is_root {
        std::os::unix::fs::chown(&file, Some(65_534), Some(65_534)).unwrap();
    }
    let ran = run(&["fmt", text(folder.path())]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(fs::read_to_string(&file).unwrap().contains("id = \"a\""));
    let about = fs::metadata(&file).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o640);
    if is_root {
        assert_eq!((about.uid(), about.gid()), (65_534, 65_534));
    }
    // Not every file system knows attributes.
    if attribute.is_ok() {
        let mut value = [0; 16];
        let length = rustix::fs::getxattr(&file, "user.note", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"mine");
    }
}

#[test]
fn no_password_of_an_address_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("board");
    let address = "http://me:hunter2@127.0.0.1:9/jobs.json";
    fs::create_dir(&into).unwrap();
    fs::write(
        into.join("board.toml"),
        format!("[[source]]\nurl = \"{address}\"\n[[posting]]\nid = \"a\"\ntitle = \"A\"\nurl = \"{address}\"\n"),
    )
    .unwrap();
    fs::write(
        folder.path().join("feed.json"),
        format!("[{{\"id\": \"1\", \"title\": \"Cook\", \"url\": \"{address}\"}}]"),
    )
    .unwrap();
    let feed = folder.path().join("feed.json");
    for args in [
        &["import", address, "--into", text(&into)][..],
        &[
            "import",
            text(&feed),
            "--url",
            address,
            "--into",
            text(&into),
        ],
        &[
            "import",
            text(&feed),
            "--source",
            "s",
            "--into",
            text(&into),
        ],
        &["sync", text(&into)],
        &["sync", text(&into), "--format", "json"],
        &["check", text(&into)],
        &["list", "--board", text(&into), "--format", "json"],
        &["show", "s.1", "--board", text(&into)],
        &[
            "new",
            "posting",
            "A cook",
            "--url",
            address,
            "--into",
            text(&into),
        ],
    ] {
        let ran = run(args);
        assert!(!ran.out.contains("hunter2"), "{args:?}: {}", ran.out);
        assert!(!ran.err.contains("hunter2"), "{args:?}: {}", ran.err);
    }
}
