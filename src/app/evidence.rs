//! Evidence: the passages of a posting that the facts in its text were read from, shown one after the other.

use std::borrow::Cow;

use super::App;
use super::browser::Browser;
use super::layout::Pane;
use super::page::Page;
use crate::board::Posting;
use crate::board::fold::fold;
use crate::document::{BlockKind, Hit, prose};
use crate::facts::{self, Evidence, Part, Text};

/// The evidence on a page, read from the posting when it is first asked for.
#[derive(Debug, Default)]
pub struct EvidenceView {
    passages: Option<Vec<Passage>>,
    current: Option<usize>,
    /// Where the current passages stand, in the order of the lines.
    hits: Vec<Hit>,
}

/// The passages that one fact was read from.
#[derive(Debug, PartialEq, Eq)]
struct Passage {
    /// The name of the fact.
    fact: &'static str,
    /// Its value, in words.
    value: String,
    places: Vec<PassagePlace>,
}

/// A passage: its text, the part of the posting, and how many equal passages precede it there.
#[derive(Debug, PartialEq, Eq)]
struct PassagePlace {
    text: String,
    part: Part,
    before: usize,
}

impl EvidenceView {
    /// Positions of the shown passages.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Shows the next evidence of a posting, or that of one fact, on its page. Returns a description of the fact, if there is
    /// evidence.
    pub(super) fn show(
        &mut self,
        posting: &Posting,
        fact: Option<&str>,
        page: &mut Page,
        height: usize,
    ) -> Option<String> {
        let passages = self.passages.get_or_insert_with(|| passages(posting));
        let count = passages.len();
        let at = match fact {
            Some(fact) => passages.iter().position(|known| known.fact == fact)?,
            None => self.current.map_or(0, |at| at + 1) % count.max(1),
        };
        let passage = passages.get(at)?;
        let shown = format!(
            "≈ {} {} · {} of {count}",
            passage.fact.replace('_', " "),
            passage.value,
            at + 1
        );
        self.current = Some(at);
        self.locate(page);
        if let Some(first) = self.hits.first() {
            page.show(first.line, height);
        }
        Some(shown)
    }

    /// Finds the passages again, after the page was wrapped anew.
    pub(super) fn locate(&mut self, page: &Page) {
        let passages = self.passages.as_deref().unwrap_or_default();
        let passage = self.current.and_then(|at| passages.get(at));
        let places = passage.iter().flat_map(|passage| &passage.places);
        self.hits = places.flat_map(|place| place.hits(page)).collect();
        self.hits.sort_by_key(|hit| (hit.line, hit.start));
    }
}

impl PassagePlace {
    fn new(evidence: &Evidence, text: &Text<'_>) -> Self {
        let passage = prose(text.passage(evidence));
        let before = match evidence.part {
            Part::Description => {
                let start = text.description.get(..evidence.range.start);
                let start = fold(&prose(start.unwrap_or_default()));
                start.matches(&fold(&passage)).count()
            }
            Part::Title | Part::Location(_) => 0,
        };
        Self {
            text: passage,
            part: evidence.part,
            before,
        }
    }

    /// Positions of the passage on a page: of all of it, else of its longest prefix that is found.
    fn hits(&self, page: &Page) -> Vec<Hit> {
        let words: Vec<&str> = self.text.split(' ').collect();
        let mut length = words.len();
        while length > 0 {
            let found = self.found(&words[..length].join(" "), page);
            if !found.is_empty() {
                return found;
            }
            length /= 2;
        }
        Vec::new()
    }

    fn found(&self, text: &str, page: &Page) -> Vec<Hit> {
        use BlockKind::{Byline, Fact, Pay, Remark, Title};
        let is_in_part = |hit: &Hit| {
            let kind = page.lines()[hit.line].kind;
            match self.part {
                Part::Title => kind == Title,
                Part::Location(_) => kind == Fact,
                Part::Description => !matches!(kind, Title | Byline | Fact | Pay | Remark),
            }
        };
        let hits: Vec<Hit> = page.find(text).into_iter().filter(is_in_part).collect();
        let starts: Vec<usize> = (0..hits.len()).filter(|at| !hits[*at].continues).collect();
        let Some(&start) = starts.get(self.before).or(starts.first()) else {
            return Vec::new();
        };
        let rest = hits[start + 1..].iter().take_while(|hit| hit.continues);
        std::iter::once(&hits[start]).chain(rest).copied().collect()
    }
}

/// The evidence of each fact of a posting, in the order of the grid.
fn passages(posting: &Posting) -> Vec<Passage> {
    let locations = facts::locations(posting);
    let text = &Text::new(posting, &locations);
    facts::derive(text)
        .summaries()
        .into_iter()
        .map(|fact| Passage {
            fact: fact.name,
            value: fact.words,
            places: fact
                .evidence
                .iter()
                .map(|evidence| PassagePlace::new(evidence, text))
                .collect(),
        })
        .collect()
}

impl App {
    /// Shows the evidence of the next fact, or of the given one, in the open or selected posting.
    pub(super) fn show_evidence(&mut self, fact: Option<&str>) {
        if !self.settings.derive {
            return self.notify("facts are not read from texts: derive = false".to_owned());
        }
        if self.readers.is_empty() && self.layout().detail.is_none() {
            self.browse(Browser::open_selected);
        }
        self.prepare();
        let layout = self.layout();
        let posting = self.meant_posting().map(Cow::into_owned);
        let told = posting.and_then(|posting| {
            if !self.readers.is_empty() {
                return self.readers.show_evidence(&posting, fact, &layout);
            }
            let height = layout.pane_height(Pane::Detail);
            let detail = self.browser.detail.as_mut()?;
            let page = &mut detail.page;
            detail.evidence.show(&posting, fact, page, height)
        });
        self.notify(told.unwrap_or_else(|| "the text states no facts".to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Line};

    fn page(posting: &Posting, width: u16) -> Page {
        let facts = facts::of_posting(posting);
        let day = crate::board::Date::constant(2026, 10, 1);
        let document = Document::posting_with(posting, Some(&facts), &[], day);
        Page::new(document, width)
    }

    fn marked(view: &EvidenceView, page: &Page) -> Vec<String> {
        let text = |hit: &Hit| page.lines()[hit.line].text()[hit.start..hit.end].to_owned();
        view.hits().iter().map(text).collect()
    }

    #[test]
    fn each_fact_shows_the_passage_that_states_it() {
        let posting = Posting {
            title: "Senior Beekeeper".into(),
            description: "We keep bees for 5 years.\n\n## Requirements\n\n- **3–5 years** of [experience](https://example.org) with Python \
                          and PostgreSQL\n- Work from our office 3 days a week"
                .into(),
            ..Posting::default()
        };
        for width in [100, 20] {
            let mut page = page(&posting, width);
            let mut view = EvidenceView::default();
            let mut shown = Vec::new();
            for _ in 0..5 {
                let told = view.show(&posting, None, &mut page, 5).expect("a fact");
                let lines = marked(&view, &page).join(" ");
                assert!(view.hits().iter().all(|hit| hit.line >= page.top()));
                shown.push((told, lines));
            }
            let shown: Vec<(&str, &str)> = shown
                .iter()
                .map(|(told, lines)| (told.as_str(), lines.as_str()))
                .collect();
            assert_eq!(shown[0].0, "≈ workplace hybrid · 1 of 4", "{width}");
            assert!(shown[0].1.contains("3 days"), "{shown:?}");
            assert_eq!(shown[1], ("≈ level senior · 2 of 4", "Senior"), "{width}");
            assert_eq!(shown[2].0, "≈ years 3–5 years · 3 of 4", "{width}");
            assert!(shown[2].1.starts_with("3–5 years of"), "{shown:?}");
            assert_eq!(
                shown[3],
                ("≈ skills Python, PostgreSQL · 4 of 4", "Python PostgreSQL"),
                "{width}"
            );
            assert_eq!(shown[4], shown[0], "after the last comes the first");
            assert!(view.show(&posting, Some("years"), &mut page, 5).is_some());
            assert!(
                view.show(&posting, Some("education"), &mut page, 5)
                    .is_none()
            );
        }
    }

    #[test]
    fn a_text_that_denies_what_is_stated_is_shown_beside_it() {
        let posting = Posting {
            title: "Beekeeper".into(),
            workplace: Some(crate::board::Workplace::Remote),
            source: Some(crate::board::Source::default()),
            description: "You work in the office 3 days a week.".into(),
            ..Posting::default()
        };
        let page = page(&posting, 200);
        let lines: Vec<String> = page.lines().iter().map(Line::text).collect();
        let line = lines.iter().position(|line| line.contains("Workplace"));
        let line = line.expect("a line");
        assert!(
            lines[line].contains("feed: remote · text: ") && lines[line].contains("3 days"),
            "{lines:?}"
        );
        assert_eq!(page.derived_at(line), Some("workplace"));
    }
}
