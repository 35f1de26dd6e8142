//! Full disks, read-only homes, and journals of other versions.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::{Home, Keeper, Row, said};

/// A shell that limits the file size before running the program. With the signal ignored, writes fail as on a full
/// disk.
fn limited(blocks: usize, ignored: bool) -> String {
    let trap = if ignored { "trap '' XFSZ;" } else { "" };
    format!("ulimit -c 0; ulimit -f {blocks}; {trap} exec \"$@\"")
}

pub(super) fn run(keeper: Keeper, marks: usize) -> Row {
    let home = Home::of(keeper, marks);
    let (mut kept, mut refused) = (0, 0);
    let mut lost = Vec::new();
    for number in 0..marks {
        let before = (home.bytes(), home.saved());
        let blocks = if keeper == Keeper::Naive { 0 } else { 2 };
        let limit = if number < 4 { 2 } else { blocks };
        let shell = limited(limit, number % 2 == 0);
        let output = home.save(&["sh", "-c", &shell, "sh"], number);
        let refusal = said(&output).contains("nothing was kept");
        let saved = home.saved();
        let whole = match output.status.code() {
            Some(0) => saved.contains(&number) && saved.is_superset(&before.1),
            Some(2) => refusal && home.bytes() == before.0,
            Some(_) => false,
            // Killed by the signal, possibly in the middle of a line.
            None => saved == before.1,
        };
        kept += usize::from(output.status.success());
        refused += usize::from(refusal);
        if !whole {
            lost.push(format!(
                "full disk: p{number}: {:?} {}",
                output.status,
                said(&output)
            ));
        }
    }
    if keeper == Keeper::Jobdeck {
        assert!(kept > 0 && refused > 0, "{kept} kept, {refused} refused");
    }
    Row {
        done: marks,
        lost,
        beside: format!("{kept} kept, {refused} refused and told"),
    }
}

/// A separate small file system, which not every machine supports.
#[test]
fn a_full_file_system_loses_nothing() {
    let home = Home::new(1);
    fs::create_dir_all(home.data()).unwrap();
    let script = "mount -t tmpfs -o size=16k full \"$XDG_DATA_HOME/jobdeck\" 2>/dev/null || exit 77
        number=0
        while \"$@\" mark p0 saved 2>/dev/null; do number=$((number + 1)); [ $number -lt 500 ] || exit 78; done
        \"$@\" mark p0 saved 2>&1 | grep -q 'nothing was kept' || exit 79
        \"$@\" journal check 2>&1 | grep -q \": $number events\" || exit 80
        echo $number";
    let mut command = home.command(&["unshare", "-rm", "sh", "-c", script, "sh"], &[]);
    let Ok(output) = command.output() else {
        println!("no `unshare`: skipped");
        return;
    };
    let number = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(0) => println!(
            "full file system: {} marks kept, the next told, 0 lost",
            number.trim()
        ),
        // Neither namespaces nor mounts are available.
        Some(1 | 77) => println!("no file system of one's own: skipped"),
        code => panic!("{code:?}: {}", said(&output)),
    }
}

/// Marking fails with a message, and earlier marks can still be read.
pub(super) fn run_read_only(keeper: Keeper, times: usize) -> Row {
    let mut row = Row::default();
    for _ in 0..times {
        let home = Home::of(keeper, 2);
        assert!(home.save(&[], 0).status.success());
        let before = home.bytes();
        let mode =
            |mode| fs::set_permissions(home.data(), fs::Permissions::from_mode(mode)).unwrap();
        mode(0o555);
        fs::set_permissions(home.file(), fs::Permissions::from_mode(0o444)).unwrap();
        let Some(as_user) = as_user(&home) else {
            row.beside.push_str("skipped: nobody to be but root");
            return row;
        };
        let status = home.command(&as_user, &["status"]).output().unwrap();
        let output = home.save(&as_user, 1);
        let told = said(&status).contains("marks are not kept")
            && said(&output).contains("nothing was kept");
        let refused = output.status.code() == Some(2) && status.status.code() == Some(0);
        mode(0o755);
        row.done += 1;
        if !(told && refused && home.bytes() == before) {
            row.lost.push(format!(
                "read-only home: {} {}",
                said(&status),
                said(&output)
            ));
        }
    }
    row
}

/// Runs as a user who is subject to permissions but can access the home and the program.
fn as_user(home: &Home) -> Option<Vec<&'static str>> {
    if !rustix::process::getuid().is_root() {
        return Some(vec!["env"]);
    }
    let nobody = vec![
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
    ];
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(home.folder.path(), open.clone()).unwrap();
    fs::set_permissions(home.folder.path().join("data"), open).unwrap();
    let mut can = Command::new(nobody[0]);
    can.args(&nobody[1..])
        .arg(env!("CARGO_BIN_EXE_jobdeck"))
        .arg("--version");
    let can = can.output().is_ok_and(|output| output.status.success());
    can.then_some(nobody)
}

#[test]
fn a_journal_of_a_newer_version_is_read_only() {
    let home = Home::new(2);
    assert!(home.save(&[], 0).status.success());
    let newer = b"{\"v\":7,\"something\":[\"new\"]}\n";
    fs::write(home.file(), [&home.bytes()[..], newer].concat()).unwrap();
    let before = home.bytes();
    for args in [
        &["mark", "p1", "saved"][..],
        &["undo"],
        &["journal", "compact"],
    ] {
        let output = home.command(&[], args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            said(&output).contains("a newer jobdeck"),
            "{}",
            said(&output)
        );
    }
    assert_eq!(home.bytes(), before);
    assert_eq!(home.saved().len(), 1);
}
