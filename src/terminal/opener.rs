//! Opens URLs in a browser.
//!
//! URLs come from external files, and the program that opens them trusts its arguments: only plain web addresses are
//! passed on, as a single argument, and without a shell.

use std::env;
use std::fmt;
use std::process::ExitStatus;
use std::thread;
use std::time::Duration;

use url::Url;

use super::program;
use crate::app::Message;
use crate::board::{SafeUrl, text};

/// Time during which a launcher is watched for failure.
const WATCHED: Duration = Duration::from_secs(2);
/// Maximum length of a URL.
const LONGEST: usize = 2048;
/// Stack of the thread, which only waits.
const STACK: usize = 128 << 10;

/// Browsers that draw on the terminal.
const TEXT_BROWSERS: [&str; 7] = [
    "w3m", "lynx", "links", "links2", "elinks", "chawan", "carbonyl",
];

/// Which URLs may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opener {
    /// Whether mailto addresses are allowed.
    pub mailto: bool,
    /// Whether a browser may be started as root.
    pub as_root: bool,
}

/// Why a URL is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// A browser would run as root.
    AsRoot,
    /// It is no web address.
    NotWeb,
    /// It is neither a web address nor a mail address.
    NotWebOrMail,
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsRoot => "not opened: a browser should not run as root",
            Self::NotWeb => "not opened: only http and https addresses are",
            Self::NotWebOrMail => "not opened: only http, https and mailto addresses are",
        })
    }
}

impl Opener {
    /// The URL to open.
    ///
    /// # Errors
    /// It must not be opened.
    pub fn check(self, raw: &str) -> Result<Url, NotOpened> {
        if rustix::process::geteuid().is_root() && !self.as_root {
            return Err(NotOpened::AsRoot);
        }
        self.allowed(raw).ok_or(if self.mailto {
            NotOpened::NotWebOrMail
        } else {
            NotOpened::NotWeb
        })
    }

    fn allowed(self, raw: &str) -> Option<Url> {
        // The parser drops line breaks and converts backslashes; legitimate URLs contain neither.
        let odd = |c: char| c.is_whitespace() || c == '\\';
        if raw.len() > LONGEST || raw.contains(odd) || text::line(raw) != raw {
            return None;
        }
        let url = Url::parse(SafeUrl::parse(raw).ok()?.as_str()).ok()?;
        let allowed = match url.scheme() {
            "mailto" => self.mailto,
            _ => url.has_host(),
        };
        allowed.then_some(url)
    }
}

/// Opens a URL on a separate thread, which reports the result. Does not block.
pub fn open(url: Url, tell: impl FnOnce(Message) + Send + 'static) {
    // If no thread can be started, neither can a browser.
    let _ = thread::Builder::new()
        .name("open".into())
        .stack_size(STACK)
        .spawn(move || tell(launch(&url)));
}

/// The command line of the user's browser where it draws on the terminal, which has to be free for it.
pub fn text_browser(url: &Url) -> Option<Vec<String>> {
    let first = browsers(&env::var("BROWSER").ok()?, url)
        .into_iter()
        .next()?;
    let name = first[0].rsplit('/').next()?;
    TEXT_BROWSERS.contains(&name).then_some(first)
}

/// The user's own browser if one is named, else the first launcher of the desktop that works, in a session of its own,
/// its output nowhere.
fn launch(url: &Url) -> Message {
    let named = url.host_str().unwrap_or_else(|| url.path());
    let own = env::var("BROWSER").unwrap_or_default();
    let works = |words: &Vec<String>| {
        let ended = program::start(words, WATCHED);
        ended.is_ok_and(|ended| ended.is_none_or(|status| ExitStatus::success(&status)))
    };
    if browsers(&own, url).iter().any(works) {
        return Message::Notice(format!("opened {}", text::line(named)));
    }
    match open::that_detached_with_timeout(url.as_str(), WATCHED) {
        Ok(()) => Message::Notice(format!("opened {}", text::line(named))),
        Err(error) => Message::Failed(text::line(&format!("could not open {named}: {error}"))),
    }
}

/// The command lines that `$BROWSER` names, parted by colons; `%s` is the address, which otherwise comes last.
fn browsers(own: &str, url: &Url) -> Vec<Vec<String>> {
    let lines = own.split(':').filter(|line| !line.trim().is_empty());
    let words = lines.filter_map(|line| program::split(line).ok());
    words
        .map(|mut words| {
            let place = words.iter_mut().skip(1).find(|word| word.contains("%s"));
            match place {
                Some(word) => *word = word.replace("%s", url.as_str()),
                None => words.push(url.as_str().to_owned()),
            }
            words
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYBODY: Opener = Opener {
        mailto: false,
        as_root: true,
    };

    #[test]
    fn web_addresses_are_opened_as_they_are() {
        for raw in [
            "https://jobs.example/42",
            "http://jobs.example:8080/a?b=c&d=%20#e",
            "HTTPS://Jobs.Example/",
            "https://zürich.example/stelle",
            "http://[::1]/",
        ] {
            let url = ANYBODY.check(raw).expect(raw);
            assert!(url.as_str().starts_with("http"), "{raw}");
            assert!(url.as_str().is_ascii(), "{raw}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for raw in [
            "",
            "jobs.example",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "vscode://x/y",
            "mailto:a@b.example",
            "http://",
            "https:///",
            "--help",
            " https://a.example",
            "https://a.example\nfile:///b",
            "https://a.exa\u{202e}mple",
            "https://a.example/\u{1b}[2J",
            "https:\\\\a.example",
            "https://bank.example@evil.example/",
            "https://:pw@evil.example/",
            "https://a b.example/",
        ] {
            let refused = ANYBODY.check(raw).expect_err(raw);
            assert_eq!(refused, NotOpened::NotWeb, "{raw}");
        }
        assert!(
            ANYBODY
                .check(&format!("https://a.example/{}", "x".repeat(4096)))
                .is_err()
        );
    }

    #[test]
    fn the_user_s_browsers_are_tried_in_their_order() {
        let url = Url::parse("https://a.example/?q=%s;x").expect("an address");
        let found = browsers("firefox --new-tab: :my 'br' -u=%s -x", &url);
        let expected = [
            vec!["firefox", "--new-tab", "https://a.example/?q=%s;x"],
            vec!["my", "br", "-u=https://a.example/?q=%s;x", "-x"],
        ];
        assert_eq!(found, expected);
        assert!(browsers("", &url).is_empty());
    }

    #[test]
    fn mail_is_opened_where_it_may_be() {
        let mail = Opener {
            mailto: true,
            ..ANYBODY
        };
        assert!(mail.check("mailto:jobs@lab.example").is_ok());
        assert!(mail.check("mailto:").is_err());
        assert!(mail.check("file:///etc/passwd").is_err());
    }
}
