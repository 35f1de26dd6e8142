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
}

impl Traits {
    pub(super) fn of(posting: &Posting) -> Self {
        let page = posting.url.as_deref().and_then(address::page);
        let content = (!posting.description.is_empty()).then(|| {
            let mut hasher = DefaultHasher::new();
            for place in &posting.locations {
                place.written.hash(&mut hasher);
            }
            (&posting.title, &posting.company, &posting.team).hash(&mut hasher);
            posting.description.hash(&mut hasher);
            hasher.finish()
        });
        Self {
            page: page.map(|page| hash(&page)),
            content,
        }
    }
}

impl SourceStore {
    /// Restores the known id of postings that come with a new one but have the address or content of a posting that is
    /// gone. Returns their number. An address shared by several postings identifies none of them.
    pub fn recognize(&self, incoming: &mut [Posting]) -> usize {
        let ids: HashSet<u64> = incoming.iter().map(|posting| hash(&posting.id)).collect();
        let open = &self.existing.open;
        if open.keys().all(|id| ids.contains(id)) || ids.iter().all(|id| open.contains_key(id)) {
            return 0;
        }
        let among_incoming = shared_pages(incoming.iter().map(Traits::of));
        let gone = open.iter().filter(|(id, _)| !ids.contains(id));
        let mut gone: Vec<&Open> = gone.map(|(_, open)| open).collect();
        gone.sort_by(|a, b| a.id.cmp(&b.id));
        let mut new: Vec<&mut Posting> = incoming
            .iter_mut()
            .filter(|posting| !open.contains_key(&hash(&posting.id)))
            .collect();
        let mut shared = shared_pages(open.values().map(|open| open.traits));
        shared.extend(among_incoming);
        let mut recognized = 0;
        for by_page in [true, false] {
            let key = |traits: Traits| {
                if by_page {
                    traits.page.filter(|page| !shared.contains(page))
                } else {
                    traits.content
                }
            };
            let mut known: HashMap<u64, Vec<&Open>> = HashMap::new();
            for open in gone.iter().rev() {
                if let Some(key) = key(open.traits) {
                    known.entry(key).or_default().push(open);
                }
            }
            let mut taken = HashSet::new();
            new.retain_mut(|posting| {
                let key = key(Traits::of(posting));
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

/// The pages that more than one posting leads to.
fn shared_pages(traits: impl Iterator<Item = Traits>) -> HashSet<u64> {
    let mut seen = HashSet::new();
    traits
        .filter_map(|traits| traits.page)
        .filter(|page| !seen.insert(*page))
        .collect()
}
