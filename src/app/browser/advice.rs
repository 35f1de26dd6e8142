//! Suggestions for a query with few or no matches: looser matches, dropping a word, searching descriptions.

use super::Browser;
use crate::app::context::Context;
use crate::app::{Action, Consultation, Effect};
use crate::search::{Advice, Request};

impl Browser {
    /// Requests suggestions for an answered search.
    pub(super) fn consult(&mut self, found: usize, context: &Context<'_>) {
        self.advice = Advice::default();
        if self.query.terms.is_empty() || self.similar_to().is_some() {
            return;
        }
        let request = Request {
            keep: None,
            ..self.request(0, None, context)
        };
        let consultation = Consultation {
            request,
            text: self.query_line.text().to_owned(),
            person: context.settings.person.clone(),
            found,
        };
        let generation = self.asked.generation;
        self.perform(Effect::Advise(generation, consultation));
    }

    /// Takes advice, unless something newer was asked meanwhile.
    pub(in crate::app) fn advised(&mut self, generation: u64, advice: Advice) {
        if generation == self.asked.generation {
            self.advice = advice;
        }
    }

    /// Follows advice. Returns whether the action was one that does.
    pub(super) fn act_on_advice(&mut self, action: Action, context: &Context<'_>) -> bool {
        let query = match action {
            Action::Looser => {
                self.turn_loose(context);
                return true;
            }
            Action::DropWord => {
                let best = self.advice.without.first();
                best.map(|suggestion| suggestion.query.clone())
            }
            Action::InDescriptions => {
                let described = self.advice.described.as_ref();
                described.map(|suggestion| suggestion.query.clone())
            }
            _ => return false,
        };
        match query {
            Some(query) => {
                self.list.chosen = None;
                self.set_query(&query, context);
            }
            None if action == Action::DropWord => {
                self.notify(if self.matches.total > 0 {
                    "no need to drop a word: the query has matches"
                } else {
                    "dropping one word still finds nothing"
                });
            }
            None => self.notify("type text:word to search descriptions"),
        }
        true
    }

    fn turn_loose(&mut self, context: &Context<'_>) {
        self.loose = !self.loose;
        if self.loose && self.advice.looser == 0 {
            self.notify("no looser matches");
        }
        self.search(context);
    }
}
