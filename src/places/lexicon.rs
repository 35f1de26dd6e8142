//! The names of the gazetteer: the meanings of a key, and the keys of a place.

use std::sync::LazyLock;

use super::data::{
    CityId, CountryId, DATA, Data, RegionId, countries, first_city, front, label, long, short, word,
};

/// What a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Country(CountryId),
    Region(RegionId),
    City(CityId),
}

/// Everything that a key names: countries and regions, then cities from the largest down; first those whose own name it
/// is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meanings {
    refs: &'static [u8],
    own: usize,
}

impl Meaning {
    fn from_ref(number: u16) -> Self {
        let number = usize::from(number);
        if number < countries() {
            Self::Country(CountryId(number as u8))
        } else if number < first_city() {
            Self::Region(RegionId((number - countries()) as u16))
        } else {
            Self::City(CityId((number - first_city()) as u16))
        }
    }

    fn number(self) -> u16 {
        match self {
            Self::Country(country) => country.0.into(),
            Self::Region(region) => region.0 + countries() as u16,
            Self::City(city) => city.0 + first_city() as u16,
        }
    }

    pub(super) fn country(self) -> CountryId {
        match self {
            Self::Country(country) => country,
            Self::Region(region) => region.country(),
            Self::City(city) => city.country(),
        }
    }

    pub(super) fn name(self) -> String {
        label(self.number().into())
    }

    /// Every key that names it, unless it is a town.
    pub(super) fn keys(self) -> Vec<String> {
        let number = self.number();
        let start = BLOCKS.partition_point(|(known, _)| *known < number);
        let blocks = BLOCKS[start..]
            .iter()
            .take_while(|(known, _)| *known == number);
        let wanted = number.to_le_bytes();
        let mut found = Vec::new();
        for &(_, block) in blocks {
            let block = usize::from(block);
            each_name(block, |key, meanings| {
                if meanings
                    .refs
                    .chunks_exact(2)
                    .any(|number| *number == wanted)
                {
                    found.extend(std::str::from_utf8(key).map(str::to_owned));
                }
                true
            });
        }
        found
    }
}

/// The blocks of names that hold a name of a country, region or large city: its number and the block, sorted.
static BLOCKS: LazyLock<Vec<(u16, u16)>> = LazyLock::new(|| {
    let mut found = Vec::new();
    for block in 0..DATA.starts.len() / 4 {
        each_name(block, |_, meanings| {
            for number in meanings.refs.chunks_exact(2) {
                let number = short(number, 0);
                match Meaning::from_ref(number) {
                    Meaning::City(city) if !city.is_large() => {}
                    _ => found.push((number, block as u16)),
                }
            }
            true
        });
    }
    found.sort_unstable();
    found.dedup();
    found.shrink_to_fit();
    found
});

impl Meanings {
    pub(super) const NONE: Self = Self { refs: &[], own: 0 };

    pub(super) fn is_empty(self) -> bool {
        self.refs.is_empty()
    }

    /// What it names, and whether that is the thing's own name.
    pub(super) fn iter(self) -> impl Iterator<Item = (Meaning, bool)> {
        let numbers = self.refs.chunks_exact(2).enumerate();
        numbers.map(move |(at, number)| (Meaning::from_ref(short(number, 0)), at < self.own))
    }
}

/// Everything that a key names.
pub(super) fn meanings(key: &str) -> Meanings {
    let wanted = key.as_bytes();
    let mut head = [0; 8];
    let length = wanted.len().min(8);
    head[..length].copy_from_slice(&wanted[..length]);
    let head = u64::from_be_bytes(head);
    let data = &*DATA;
    let at = |block: usize| long(&data.heads[8 * block..][..8]);
    // The last block that does not begin after the key: by its first letters, and where those are the same by all.
    let (mut low, mut high) = (0, data.starts.len() / 4);
    while low < high {
        let middle = usize::midpoint(low, high);
        let first = at(middle);
        if first < head || first == head && first_key(middle) <= wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    match low.checked_sub(1) {
        Some(block) => in_block(data, block, wanted),
        None => Meanings::NONE,
    }
}

/// Looks a key up in the only block that can hold it. Keys are front-coded: each is compared from where it differs from
/// the one before it.
fn in_block(data: &Data, block: usize, wanted: &[u8]) -> Meanings {
    let names = data.names;
    let (mut at, end) = block_range(data, block);
    // How many bytes the key before and the wanted one share.
    let mut same = 0;
    while at < end {
        let (shared, length, start) = front(names, at);
        let rest = &names[start..start + length];
        let counts = names[start + length];
        let (own, others) = (usize::from(counts >> 4), usize::from(counts & 15));
        let refs = start + length + 1;
        at = refs + 2 * (own + others);
        if shared > same {
            // It differs from the wanted one where the key before it does, which comes earlier.
            continue;
        }
        if shared < same {
            return Meanings::NONE;
        }
        let missing = &wanted[same..];
        let more = rest.iter().zip(missing).take_while(|(a, b)| a == b).count();
        same += more;
        match (more == rest.len(), more == missing.len()) {
            (true, true) => {
                return Meanings {
                    refs: &names[refs..at],
                    own,
                };
            }
            (false, true) => return Meanings::NONE,
            (false, false) if rest[more] > missing[more] => return Meanings::NONE,
            // The wanted key is longer, or comes later.
            (_, false) => {}
        }
    }
    Meanings::NONE
}

/// Where a block of names begins and ends.
fn block_range(data: &Data, block: usize) -> (usize, usize) {
    let end = if 4 * (block + 1) < data.starts.len() {
        word(data.starts, block + 1)
    } else {
        data.names.len()
    };
    (word(data.starts, block), end)
}

/// Calls with each key with this prefix and its meanings.
pub(super) fn keys_from(start: &str, mut each: impl FnMut(&str, Meanings)) {
    let wanted = start.as_bytes();
    let blocks = DATA.starts.len() / 4;
    let mut first = 0;
    let (mut low, mut high) = (0, blocks);
    while low < high {
        let middle = usize::midpoint(low, high);
        if first_key(middle) < wanted {
            first = middle;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for block in first..blocks {
        let mut passed = false;
        each_name(block, |key, meanings| {
            if key.starts_with(wanted) {
                each(std::str::from_utf8(key).unwrap_or_default(), meanings);
            } else {
                passed = key > wanted;
            }
            !passed
        });
        if passed {
            return;
        }
    }
}

/// The first key of a block.
fn first_key(block: usize) -> &'static [u8] {
    let (_, length, start) = front(DATA.names, word(DATA.starts, block));
    &DATA.names[start..start + length]
}

/// Calls with each key of a block and its meanings while the callback returns true.
fn each_name(block: usize, mut each: impl FnMut(&[u8], Meanings) -> bool) {
    let names = DATA.names;
    let (mut at, end) = block_range(&DATA, block);
    let mut key = Vec::with_capacity(64);
    while at < end {
        let (shared, length, start) = front(names, at);
        key.truncate(shared);
        key.extend_from_slice(&names[start..start + length]);
        let counts = names[start + length];
        let (own, others) = (usize::from(counts >> 4), usize::from(counts & 15));
        let refs = start + length + 1;
        at = refs + 2 * (own + others);
        let refs = &names[refs..at];
        if !each(&key, Meanings { refs, own }) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::key;
    use super::*;

    #[test]
    fn every_name_is_found_under_its_key() {
        let mut before = Vec::new();
        let mut count = 0;
        for block in 0..DATA.starts.len() / 4 {
            each_name(block, |name, listed| {
                let text = std::str::from_utf8(name).unwrap();
                assert!(before.as_slice() < name, "{text} is out of order");
                assert_eq!(key(text), text);
                assert_eq!(meanings(text).refs, listed.refs, "{text}");
                before = name.to_vec();
                count += 1;
                true
            });
        }
        assert!(count > 80_000);
        assert!(meanings("").refs.is_empty());
        assert!(meanings("zzzzzzzz").refs.is_empty());
        assert!(meanings("berlinx").refs.is_empty());
    }

    #[test]
    fn every_city_is_found_by_its_own_name() {
        for city in CityId::all() {
            let listed = meanings(&key(&city.name()));
            let crowded = listed.own >= 15;
            assert!(
                crowded
                    || listed
                        .iter()
                        .any(|found| found == (Meaning::City(city), true)),
                "{}",
                city.name()
            );
        }
    }
}
