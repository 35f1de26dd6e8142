//! Questions with a few answers.

use super::{Answer, Outcome};
use crate::app::{Action, Message};
use crate::board::Date;
use crate::tracking::{Mark, PostingKey, Stage};

/// A question and its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether to open this address in the browser.
    Open(Address),
    /// Whether the user applied, after opening the posting's address; the title, and today.
    Applied(PostingKey, String, Date),
    /// Whether to sync the board with this many sources.
    Sync(usize),
    /// Whether to delete the saved view with this name.
    DeleteView(String),
    /// Whether to stop the running sync.
    StopSync,
}

/// A URL, and the part of it that identifies its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The whole URL.
    pub url: String,
    /// Its host, or the recipient of a mail.
    pub host: String,
}

impl Address {
    /// Parses a URL; `None` if it has no host.
    pub fn parse(written: &str) -> Option<Self> {
        let url = url::Url::parse(written).ok()?;
        let host = match url.scheme() {
            "http" | "https" => url.host_str()?.to_owned(),
            "mailto" => url.path().to_owned(),
            _ => return None,
        };
        Some(Self {
            url: url.into(),
            host,
        })
    }
}

impl Question {
    /// The answers by key.
    pub fn keys(&self) -> &'static [(Action, &'static str)] {
        match self {
            Self::Open(_) => &[
                (Action::Enter, "open"),
                (Action::CopyUrl, "copy"),
                (Action::Escape, "cancel"),
            ],
            Self::Applied(..) => &[
                (Action::Enter, "applied today"),
                (Action::Escape, "not yet"),
            ],
            Self::Sync(_) => &[(Action::Enter, "sync"), (Action::Escape, "cancel")],
            Self::DeleteView(_) => &[(Action::Enter, "delete"), (Action::Escape, "keep")],
            Self::StopSync => &[(Action::Enter, "stop"), (Action::Escape, "continue")],
        }
    }

    pub(super) fn update(&self, message: &Message) -> Outcome {
        let Message::Action(action) = message else {
            return match message {
                Message::Click(..) => Outcome::Close,
                _ => Outcome::Stay,
            };
        };
        match (action, self) {
            (Action::Escape | Action::Back | Action::Decline, _) => Outcome::Close,
            (Action::CopyUrl, Self::Open(address)) => {
                Outcome::Answer(Answer::Copy(address.url.clone()))
            }
            (Action::Open, Self::Open(_)) | (Action::Enter | Action::Accept, _) => {
                Outcome::Answer(self.yes())
            }
            _ => Outcome::Stay,
        }
    }

    fn yes(&self) -> Answer {
        match self {
            Self::Open(address) => Answer::OpenUrl(address.url.clone()),
            Self::Applied(key, _, today) => {
                Answer::Mark(vec![key.clone()], Mark::Stage(Stage::Applied, *today))
            }
            Self::Sync(sources) => Answer::Sync(*sources),
            Self::DeleteView(name) => Answer::DeleteView(name.clone()),
            Self::StopSync => Answer::StopSync,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_by_its_host() {
        for (url, host) in [
            ("https://example.org/jobs?x=1", Some("example.org")),
            ("https://good.example@evil.example/", Some("evil.example")),
            ("mailto:jobs@example.org", Some("jobs@example.org")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("not a url", None),
        ] {
            let read = Address::parse(url).map(|address| address.host);
            assert_eq!(read.as_deref(), host, "{url}");
        }
    }
}
