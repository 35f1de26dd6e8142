//! Connections that break.

use std::fs;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

use super::Machine;
use super::ssh::Sshd;

/// The processes of the sessions on this machine: jobdeck, and the shell that started it.
fn sessions(machine: &Machine) -> Vec<Pid> {
    let home = machine.home.path().to_str().unwrap();
    let all = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let is_session = |pid: &i32| {
        let words = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        words.contains("--guest") && words.contains(home)
    };
    pids.filter(is_session).filter_map(Pid::from_raw).collect()
}

/// The process that holds the connection: the parent of the first process of its session.
fn holder(session: Pid) -> Pid {
    let field = |pid: i32, number: usize| -> i32 {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        let fields = stat.rsplit_once(')').unwrap().1;
        fields
            .split_whitespace()
            .nth(number)
            .unwrap()
            .parse()
            .unwrap()
    };
    let leader = field(session.as_raw_nonzero().get(), 3);
    Pid::from_raw(field(leader, 1)).unwrap()
}

#[test]
fn a_connection_that_breaks_leaves_nothing_behind() {
    let machine = Machine::new();
    let Some(server) = Sshd::start(&machine, &["ada"]) else {
        return;
    };
    // The client is killed, and the server's end is: what a server does with a client that answers no more.
    for at_the_server in [false, true] {
        let mut terminal = server.connect(&machine, "ada");
        terminal.send("b");
        terminal.wait_for("★ 1");
        let sessions_now = sessions(&machine);
        assert!(!sessions_now.is_empty());
        let gone: Vec<_> = sessions_now
            .iter()
            .map(|pid| pidfd_open(*pid, PidfdFlags::empty()).unwrap())
            .collect();
        // Marks are being written when it breaks.
        terminal.send("jbkb".repeat(20));
        if at_the_server {
            kill_process(holder(sessions_now[0]), Signal::KILL).unwrap();
        } else {
            terminal.signal(Signal::KILL);
        }
        let patience = Timespec {
            tv_sec: 60,
            tv_nsec: 0,
        };
        for process in &gone {
            let mut ended = [PollFd::new(process, PollFlags::IN)];
            assert_eq!(poll(&mut ended, Some(&patience)), Ok(1));
        }
        assert_eq!(sessions(&machine), []);
        terminal.wait_for_end();
        let folder = machine.path("data/jobdeck/guests/ada");
        let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
        assert!(journal.ends_with("}\n"), "{journal}");
        for entry in folder.read_dir().unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(!name.starts_with('.') && !name.contains(".new"), "{name}");
        }
        // Nobody holds the lock, and no line is damaged: the next session marks.
        let mut again = server.connect(&machine, "ada");
        again.send("G");
        again.send("b");
        again.wait_for("saved");
        assert!(!again.screen().contents().contains("nothing was kept"));
        again.send("\x03\x03");
        assert_eq!(again.wait_for_end().status, 0);
        fs::remove_dir_all(&folder).unwrap();
    }
}
