//! Lists of small numbers, one behind the other, each number in as few bytes as the largest needs.

use crate::search::column::Ids;
use crate::search::flat::{Array, Arrays};

/// Lists of numbers, each list with whether it was derived.
#[derive(Debug)]
pub(in crate::search) struct PackedLists {
    numbers: Ids,
    /// For each list where it ends; the lowest bit tells whether it was derived.
    ends: Vec<u32>,
}

impl PackedLists {
    /// Packs lists of numbers below `values`.
    pub(super) fn new(lists: &[(Box<[u32]>, bool)], values: usize) -> Self {
        let mut numbers = Vec::new();
        let mut ends = Vec::with_capacity(lists.len());
        for (list, is_derived) in lists {
            numbers.extend_from_slice(list);
            ends.push((numbers.len() as u32) << 1 | u32::from(*is_derived));
        }
        Self {
            numbers: Ids::new(numbers, values),
            ends,
        }
    }

    pub(in crate::search) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of a list.
    pub(in crate::search) fn get(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] >> 1);
        let range = start as usize..(self.ends[at] >> 1) as usize;
        range.map(|at| self.numbers.get(at) as u32)
    }

    /// Whether a list was derived.
    pub(in crate::search) fn is_derived(&self, at: usize) -> bool {
        self.ends[at] & 1 == 1
    }

    pub(in crate::search) fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = impl Iterator<Item = u32> + '_> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        out.push(Array::Words((&self.ends).into()));
        self.numbers.encode(out);
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let ends = arrays.words()?;
        let numbers = ends.last().map_or(0, |end| end >> 1);
        Some(Self {
            numbers: Ids::decode(arrays, numbers as usize)?,
            ends,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were_packed() {
        let lists: Vec<(Box<[u32]>, bool)> = vec![
            (Box::from([]), false),
            (Box::from([3, 700]), true),
            (Box::from([1]), false),
        ];
        let packed = PackedLists::new(&lists, 701);
        let mut arrays = Vec::new();
        packed.encode(&mut arrays);
        let owned = arrays.into_iter().map(|array| match array {
            Array::Words(numbers) => Array::Words(numbers.into_owned().into()),
            Array::Shorts(numbers) => Array::Shorts(numbers.into_owned().into()),
            Array::Bytes(numbers) => Array::Bytes(numbers.into_owned().into()),
            Array::Longs(numbers) => Array::Longs(numbers.into_owned().into()),
        });
        let again = PackedLists::decode(&mut Arrays::new(owned.collect())).expect("whole");
        for packed in [&packed, &again] {
            for (at, (list, is_derived)) in lists.iter().enumerate() {
                assert_eq!(packed.get(at).collect::<Vec<_>>(), list.to_vec());
                assert_eq!(packed.is_derived(at), *is_derived);
            }
        }
    }
}
