//! The words of a board and what the words of a query are taken for.

mod aliases;
mod assumed;
mod dictionary;
mod distance;
mod forms;
mod judge;
mod mined;
mod pattern;
mod phrases;
mod reading;
mod tokens;
mod typos;

#[cfg(test)]
pub(super) use aliases::Scope;
#[cfg(test)]
pub(super) use forms::{forms, plural};
#[cfg(test)]
pub(super) use tokens::{is_unspaced, tokens};

pub(super) use aliases::Aliases;
pub use assumed::{Assumption, AssumptionKind};
pub(super) use dictionary::{Dictionary, texts};
pub(super) use mined::mine;
pub(super) use pattern::weight;
pub use reading::Readings;
pub(super) use reading::{Reader, Reading, Typed};
