//! Other programs: started without a shell, with the terminal or in the background.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a program in the background is looked after.
const STEP: Duration = Duration::from_millis(20);

/// A command line, split as a shell would (`code --wait`, `'my ed' -w`); a path to a program may hold blanks unquoted.
pub fn split(line: &str) -> io::Result<Vec<String>> {
    if Path::new(line).is_file() {
        return Ok(vec![line.to_owned()]);
    }
    shlex::split(line)
        .filter(|words| !words.is_empty())
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a quote is not closed"))
}

/// Runs a program with the terminal, which has to be free, until it ends.
pub fn run(words: &[String]) -> io::Result<ExitStatus> {
    command(words)?.status()
}

/// Starts a program in the background and watches it for a while: how it ended, or `None` if it goes on.
pub fn start(words: &[String], watched: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = command(words)?
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Keys that interrupt us are not meant for it.
        .process_group(0)
        .spawn()?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= watched {
            break;
        }
        thread::sleep(STEP);
    }
    // Nobody asks how it ends, but it has to be waited for.
    let waiting = thread::Builder::new().name("program".into());
    let _ = waiting.spawn(move || child.wait());
    Ok(None)
}

/// A program with its arguments, yet to be run.
pub fn command(words: &[String]) -> io::Result<Command> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no program is named"))?;
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_line_is_split_as_a_shell_would() {
        for (line, expected) in [
            ("code --wait", Some(&["code", "--wait"][..])),
            ("'my ed' -w", Some(&["my ed", "-w"])),
            ("it's", None),
            ("", None),
        ] {
            let found = split(line).ok();
            assert_eq!(found, expected.map(words), "{line}");
        }
    }

    #[test]
    fn the_end_of_a_program_is_noticed() {
        let ended = |program: &str| start(&words(&[program]), SOON).ok().flatten();
        assert_eq!(ended("true").map(|status| status.success()), Some(true));
        assert_eq!(ended("false").map(|status| status.success()), Some(false));
        assert!(start(&words(&["no-such-program-here"]), SOON).is_err());
        assert!(start(&[], SOON).is_err());
    }
}
