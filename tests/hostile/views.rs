//! Shows a board in every view.

use jobdeck::app::{Action, Message};

use super::desk::Desk;

/// Draws every view and checks the output. `typed` becomes the query.
pub fn every(desk: &mut Desk, typed: &[u8]) -> Result<(), String> {
    desk.draw()?;
    for _ in 0..desk.app.matches().total {
        for actions in [
            &[][..],
            &[Action::Enter],
            &[Action::NextHeading, Action::PageDown],
            &[Action::Last, Action::NextPane],
            &[Action::Back, Action::Down],
        ] {
            desk.act(actions).draw()?;
        }
    }
    desk.act(&[Action::First]);
    for actions in [
        &[Action::Interview, Action::PageDown][..],
        &[Action::Outline],
        &[Action::Down, Action::Enter, Action::Last],
        &[Action::Search, Action::Insert('e'), Action::Enter],
        &[Action::Escape, Action::Escape, Action::Open],
        &[Action::Escape, Action::Note, Action::Insert('e')],
        &[Action::Escape, Action::Apply, Action::PageDown],
        &[Action::Enter, Action::Insert('e')],
        &[Action::Enter, Action::Hide],
        &[Action::Escape, Action::Save, Action::Pipeline],
        &[Action::Escape, Action::Sort],
        &[Action::Escape, Action::Help],
        &[Action::Escape, Action::Problems],
        &[Action::PageDown, Action::PageDown],
        &[Action::Escape, Action::Filters],
        &[Action::Toggle, Action::Down, Action::Exclude],
        &[Action::Filters, Action::IncludeUnjudged, Action::Search],
    ] {
        desk.act(actions).draw()?;
    }
    desk.send(Message::Paste(String::from_utf8_lossy(typed).into_owned()));
    desk.draw().map(drop)
}
