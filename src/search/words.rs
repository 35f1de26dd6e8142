//! Words: the dictionary of a board, and the interpretation of query words.

mod alias;
mod aliases;
mod assumed;
mod built_in;
mod dictionary;
mod distance;
mod english;
mod forms;
mod judge;
mod mined;
mod pattern;
mod phrases;
mod reader;
mod reading;
mod refusal;
mod tokens;
mod typos;

#[cfg(test)]
pub(super) use alias::{Alias, Source as AliasSource};
#[cfg(test)]
pub(super) use english::is_correct;
#[cfg(test)]
pub(super) use forms::plural;
#[cfg(test)]
pub(super) use tokens::is_unspaced;
#[cfg(test)]
pub(super) use typos::least_uses;

pub(super) use alias::Scope;
pub(super) use aliases::Aliases;
pub use assumed::{Assumption, AssumptionKind};
pub(super) use dictionary::{Dictionary, Place, WordId, texts};
pub(super) use forms::forms;
pub(super) use mined::Abbreviations;
pub(super) use pattern::{Variant, weight};
pub(super) use reader::WordReader;
pub use reading::Readings;
pub(super) use reading::{Reading, Typed};
pub use refusal::{Refusal, Refused};
pub(super) use tokens::tokens;
