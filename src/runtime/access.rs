//! Permissions of the user at the terminal: the owner may do everything; a guest on another user's machine may only
//! affect the guest's own journal, views and session.
//!
//! Checked where effects are run. Unknown effects are refused: a new effect is not available to guests until it is
//! listed here.

use crate::app::{Effect, Message};
use crate::board::text;

/// The user at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// The owner of the machine.
    #[default]
    Owner,
    /// A guest, as over SSH.
    Guest,
}

/// Decision about an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// It is run.
    Run,
    /// Show and copy this address instead, since the browser is on the guest's machine.
    Show(String),
    /// It is refused for this reason.
    Refuse(&'static str),
}

impl Access {
    /// Decision about an effect.
    pub fn admit(self, effect: &Effect) -> Admission {
        if self == Self::Owner {
            return Admission::Run;
        }
        match effect {
            // They compute, draw, or write to the guest's own terminal.
            Effect::Search(..)
            | Effect::Advise(..)
            | Effect::Market(..)
            | Effect::Count(..)
            | Effect::Load
            | Effect::Copy(_)
            | Effect::Theme(_)
            | Effect::Mouse(_)
            | Effect::Redraw
            | Effect::Quit
            // It reads a file of the board.
            | Effect::ReadPhoto(..)
            // They write to the guest's own journal and views.
            | Effect::Track(_)
            | Effect::KeepView(_)
            | Effect::RenameView(..)
            | Effect::DeleteView(_) => Admission::Run,
            Effect::Open(address) => Admission::Show(address.clone()),
            Effect::Edit(_) => Admission::Refuse("guests have no editor here; write it below"),
            Effect::Suspend => Admission::Refuse("guests have no shell here"),
            Effect::Mute(_) | Effect::Unmute(_) => Admission::Refuse("guests cannot mute; x hides one posting"),
            Effect::Run(..) => Admission::Refuse("guests run no programs here"),
            Effect::OpenBoard(_) => Admission::Refuse("guests stay on this board"),
            Effect::CountSources | Effect::Sync | Effect::AddSource(_) => {
                Admission::Refuse("the board is synced by whoever keeps it")
            }
            Effect::KeepTheme(_) => Admission::Refuse("the theme is not kept for guests"),
            // An effect that is added later is refused.
            _ => Admission::Refuse("not for guests"),
        }
    }

    /// A message as the user may see it.
    pub fn message(self, said: &str) -> String {
        match self {
            Self::Owner => said.to_owned(),
            Self::Guest => without_paths(said),
        }
    }

    /// A message as the user may see it: guests see no paths.
    pub fn censor(self, message: Message) -> Message {
        if self == Self::Owner {
            return message;
        }
        match message {
            Message::Loaded(index, _) => Message::Loaded(index, Vec::new()),
            Message::LoadFailed(_) => {
                let why = "the board cannot be read at the moment";
                Message::LoadFailed(why.to_owned())
            }
            Message::Journal(tracking, why) => {
                Message::Journal(tracking, why.map(|why| without_paths(&why)))
            }
            Message::Failed(why) => Message::Failed(without_paths(&why)),
            Message::SearchFailed(generation, why) => {
                Message::SearchFailed(generation, without_paths(&why))
            }
            other => other,
        }
    }
}

/// A sentence without the paths in it.
pub fn without_paths(said: &str) -> String {
    let words = text::line(said);
    let words = words.split(' ').map(|word| {
        let is_address = word.contains("://");
        if word.contains('/') && !is_address {
            "…"
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{CountsFor, View};
    use crate::board::Board;
    use crate::search::{Index, Request};
    use crate::tracking::Tracking;

    #[test]
    fn a_guest_may_do_what_stays_with_the_guest_and_nothing_else() {
        let view = View {
            name: "v".into(),
            query: "q".into(),
        };
        let table = [
            (Effect::Search(1, Request::default()), true),
            (Effect::Count(CountsFor::Views, Vec::new()), true),
            (Effect::Market(1, Request::default()), true),
            (Effect::ReadPhoto("i".into(), "p.png".into()), true),
            (Effect::Redraw, true),
            (Effect::Load, true),
            (Effect::Copy("x".into()), true),
            (Effect::Theme("night".into()), true),
            (Effect::Mouse(true), true),
            (Effect::Quit, true),
            (Effect::Track(Vec::new()), true),
            (Effect::KeepView(view), true),
            (Effect::RenameView("v".into(), "w".into()), true),
            (Effect::DeleteView("v".into()), true),
            (Effect::Open("https://a.example/".into()), false),
            (Effect::Edit("x".into()), false),
            (Effect::Suspend, false),
            (Effect::Mute("x".into()), false),
            (Effect::Unmute("x".into()), false),
            (Effect::CountSources, false),
            (Effect::Sync, false),
            (Effect::StopSync, false),
            (Effect::Run(vec!["x".into()], true), false),
            (Effect::Choose(vec!["x".into()]), false),
            (Effect::AddSource("https://a.example/".into()), false),
            (Effect::OpenBoard("/".into()), false),
            (Effect::KeepTheme("night".into()), false),
        ];
        for (effect, allowed) in table {
            let admission = Access::Guest.admit(&effect);
            assert_eq!(admission == Admission::Run, allowed, "{effect:?}");
            assert_eq!(Access::Owner.admit(&effect), Admission::Run);
        }
    }

    #[test]
    fn a_guest_hears_of_no_file() {
        let said = |message| match Access::Guest.censor(message) {
            Message::Failed(said) | Message::LoadFailed(said) | Message::Notice(said) => said,
            Message::Journal(_, why) => why.unwrap_or_default(),
            Message::Loaded(_, problems) => problems.concat(),
            _ => String::new(),
        };
        let index = Arc::new(Index::new(Arc::new(Board::default())));
        for message in [
            Message::Failed("cannot write /srv/jobs/x.toml: no room".into()),
            Message::LoadFailed("not a folder: /srv/jobs".into()),
            Message::Journal(Tracking::default(), Some("/srv/j is locked".into())),
            Message::Loaded(index, vec!["a/b.toml:1:1: wrong".into()]),
        ] {
            let said = said(message);
            assert!(!said.contains('/'), "{said}");
        }
        let kept = "https://a.example/x was copied";
        assert_eq!(without_paths(kept), kept);
    }
}
