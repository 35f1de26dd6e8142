//! Assumptions about query words, to be shown to the user.

use std::fmt;

use super::forms::is_same;
use super::pattern::{Reason, Variant};
use super::reading::{Reading, Readings};

/// An assumption about query words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// The typed words, folded.
    pub typed: String,
    /// Assumed words, best first.
    pub found: Vec<String>,
    /// Kind of the first of them.
    pub kind: AssumptionKind,
}

/// Kind of an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssumptionKind {
    /// Alias or spelling variant.
    Alias,
    /// Typo correction.
    Typo,
    /// Scattered letters.
    Scattered,
    /// The word is left out.
    LeftOut,
    /// A possible correction that was not applied, with its frequency on the board.
    Offer(u64),
}

impl Assumption {
    /// Whether the other words are searched for, and not only offered.
    pub fn is_searched(&self) -> bool {
        !matches!(self.kind, AssumptionKind::Offer(_))
    }
}

impl fmt::Display for Assumption {
    /// `sceintist ≈ scientist`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found.join(", ");
        match self.kind {
            AssumptionKind::LeftOut => write!(f, "without `{}`", self.typed),
            AssumptionKind::Offer(uses) => write!(f, "{}: also {found} {uses}", self.typed),
            _ => write!(f, "{} ≈ {found}", self.typed),
        }
    }
}

impl Readings {
    /// Assumptions, word by word.
    pub(in crate::search) fn assumptions(&self) -> Vec<Assumption> {
        let mut all: Vec<Assumption> = Vec::new();
        for reading in self.iter() {
            for variant in &reading.variants {
                if let Some(kind) = kind(variant) {
                    add(&mut all, typed(reading, variant), variant.shown(), kind);
                }
            }
            let offers = reading.refused.iter();
            for offer in offers.filter(|refused| refused.why.is_offered()) {
                let kind = AssumptionKind::Offer(offer.uses);
                add(&mut all, &reading.typed.text, offer.words.clone(), kind);
            }
        }
        all
    }
}

fn typed<'a>(reading: &'a Reading, variant: &'a Variant) -> &'a str {
    if variant.instead_of.is_empty() {
        &reading.typed.text
    } else {
        &variant.instead_of
    }
}

fn kind(variant: &Variant) -> Option<AssumptionKind> {
    match variant.reason {
        Reason::Typed => None,
        Reason::Alias(_) | Reason::Joined => Some(AssumptionKind::Alias),
        Reason::Typo(_) => Some(AssumptionKind::Typo),
        Reason::Scattered => Some(AssumptionKind::Scattered),
    }
}

fn add(all: &mut Vec<Assumption>, typed: &str, found: String, kind: AssumptionKind) {
    let is_offer = matches!(kind, AssumptionKind::Offer(_));
    let same = |known: &&mut Assumption| {
        let is_alike = known.kind == kind || known.is_searched() && !is_offer;
        known.typed == typed && is_alike
    };
    match all.iter_mut().find(same) {
        Some(known) => {
            if known.found.iter().all(|known| !is_same(known, &found)) {
                known.found.push(found);
            }
        }
        None => all.push(Assumption {
            typed: typed.to_owned(),
            found: vec![found],
            kind,
        }),
    }
}
