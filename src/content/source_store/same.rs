//! Postings that a source gives another id: the same address or the same content under an id that is new, in the place of
//! one that is gone. Some systems draw new ids every night.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Open, SourceStore};
use crate::board::hash::hash;
use crate::board::{Posting, address};

/// What tells a posting from others besides its id, as hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits {
    /// The page that its address leads to.
    page: Option<u64>,
    /// Its title, employer, places and text, where it has a text: without one, two openings may well look the same.
    content: Option<u64>,
    /// Its employer, places and text: what a corrected title leaves as it was.
    untitled: Option<u64>,
}

impl Traits {
    pub(super) fn from_posting(posting: &Posting) -> Self {
        let page = posting.url.as_deref().and_then(address::page);
        let (mut content, mut untitled) = (None, None);
        if !posting.description.is_empty() {
            let mut hasher = DefaultHasher::new();
            for place in &posting.locations {
                place.written.hash(&mut hasher);
            }
            (&posting.company, &posting.team).hash(&mut hasher);
            posting.description.hash(&mut hasher);
            untitled = Some(hasher.finish());
            posting.title.hash(&mut hasher);
            content = Some(hasher.finish());
        }
        Self {
            page: page.map(|page| hash(&page)),
            content,
            untitled,
        }
    }
}

impl SourceStore {
    /// Restores the known id of postings that come with a new one but have the address or content of a posting that is
    /// gone. Returns their number. An address shared by several postings identifies none of them, and a text that several
    /// postings of an employer share does not either once their titles differ.
    pub fn recognize(&self, incoming: &mut [Posting]) -> usize {
        let ids: HashSet<u64> = incoming.iter().map(|posting| hash(&posting.id)).collect();
        let open = &self.existing.open;
        if open.keys().all(|id| ids.contains(id)) || ids.iter().all(|id| open.contains_key(id)) {
            return 0;
        }
        let traits: Vec<Traits> = incoming.iter().map(Traits::from_posting).collect();
        let among_incoming = shared(traits.iter().filter_map(|traits| traits.page));
        let mut shared_texts = shared(traits.iter().filter_map(|traits| traits.untitled));
        let gone = open.iter().filter(|(id, _)| !ids.contains(id));
        let mut gone: Vec<&Open> = gone.map(|(_, open)| open).collect();
        gone.sort_by(|a, b| a.id.cmp(&b.id));
        let mut new: Vec<&mut Posting> = incoming
            .iter_mut()
            .filter(|posting| !open.contains_key(&hash(&posting.id)))
            .collect();
        let mut shared_pages = shared(open.values().filter_map(|open| open.traits.page));
        shared_pages.extend(among_incoming);
        shared_texts.extend(shared(
            open.values().filter_map(|open| open.traits.untitled),
        ));
        let mut recognized = 0;
        let by_page = |traits: Traits| traits.page.filter(|page| !shared_pages.contains(page));
        let by_content = |traits: Traits| traits.content;
        let by_text = |traits: Traits| traits.untitled.filter(|text| !shared_texts.contains(text));
        let keys: [&dyn Fn(Traits) -> Option<u64>; 3] = [&by_page, &by_content, &by_text];
        for key in keys {
            let mut known: HashMap<u64, Vec<&Open>> = HashMap::new();
            for open in gone.iter().rev() {
                if let Some(key) = key(open.traits) {
                    known.entry(key).or_default().push(open);
                }
            }
            let mut taken = HashSet::new();
            new.retain_mut(|posting| {
                let key = key(Traits::from_posting(posting));
                let Some(open) = key.and_then(|key| known.get_mut(&key)?.pop()) else {
                    return true;
                };
                posting.id.clone_from(&open.id);
                taken.insert(&open.id);
                recognized += 1;
                false
            });
            gone.retain(|open| !taken.contains(&open.id));
        }
        recognized
    }
}

/// The values that occur more than once.
fn shared(values: impl Iterator<Item = u64>) -> HashSet<u64> {
    let mut seen = HashSet::new();
    values.filter(|value| !seen.insert(*value)).collect()
}
