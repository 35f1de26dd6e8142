//! Flat arrays, of which an index consists, so that it can be written and read in a few large pieces.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem::Finder;

use crate::board::Date;

/// An array of numbers or bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Array<'a> {
    /// 8-bit numbers, or text.
    Bytes(Cow<'a, [u8]>),
    /// 16-bit numbers.
    Shorts(Cow<'a, [u16]>),
    /// 32-bit numbers.
    Words(Cow<'a, [u32]>),
    /// 64-bit numbers.
    Longs(Cow<'a, [u64]>),
}

/// Arrays to be decoded in the order they were encoded.
#[derive(Debug)]
pub struct Arrays(std::vec::IntoIter<Array<'static>>);

/// Marker for an absent number.
pub(super) const NONE: u32 = u32::MAX;

impl Arrays {
    /// Decoder of these arrays.
    pub fn new(arrays: Vec<Array<'static>>) -> Self {
        Self(arrays.into_iter())
    }

    /// Number of remaining arrays.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no array remains.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn array(&mut self) -> Option<Array<'static>> {
        self.0.next()
    }

    /// The next array, of 8-bit numbers.
    pub fn bytes(&mut self) -> Option<Vec<u8>> {
        match self.0.next()? {
            Array::Bytes(bytes) => Some(bytes.into_owned()),
            _ => None,
        }
    }

    /// The next array, of 32-bit numbers.
    pub fn words(&mut self) -> Option<Vec<u32>> {
        match self.0.next()? {
            Array::Words(words) => Some(words.into_owned()),
            _ => None,
        }
    }

    /// The next array, of 64-bit numbers.
    pub fn longs(&mut self) -> Option<Vec<u64>> {
        match self.0.next()? {
            Array::Longs(longs) => Some(longs.into_owned()),
            _ => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }
}

/// Texts, stored consecutively.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Total length in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        &self.text[self.range(at)]
    }

    /// Occurrences of a substring: index of the text and byte offset, ascending.
    pub(super) fn find_all(&self, part: &str) -> impl Iterator<Item = (usize, usize)> {
        let finder = Finder::new(part.as_bytes()).into_owned();
        let length = part.len();
        let (mut from, mut text) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let rest = self.text.as_bytes().get(from..).filter(|_| length > 0)?;
                let at = from + finder.find(rest)?;
                text += self.ends[text..].partition_point(|&end| end as usize <= at);
                let range = self.range(text);
                // An occurrence across the boundary of two texts is skipped; the next may start one byte later.
                from = at + 1;
                if at + length <= range.end {
                    return Some((text, at - range.start));
                }
            }
        })
    }

    fn range(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[at] as usize
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        out.push(Array::Bytes(self.text.as_bytes().into()));
        out.push(Array::Words((&self.ends).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let (text, ends) = (arrays.text()?, arrays.words()?);
        let whole = ends.last().copied().unwrap_or_default() as usize == text.len();
        whole.then_some(Self { text, ends })
    }
}

/// Lists of numbers, stored consecutively.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[at] as usize]
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Total number of entries in all lists.
    pub(super) fn numbers(&self) -> usize {
        self.numbers.len()
    }

    pub(super) fn push(&mut self, list: &[u32]) {
        self.numbers.extend_from_slice(list);
        self.ends.push(self.numbers.len() as u32);
    }

    pub(super) fn encode<'a>(&'a self, out: &mut Vec<Array<'a>>) {
        out.push(Array::Words((&self.numbers).into()));
        out.push(Array::Words((&self.ends).into()));
    }

    pub(super) fn decode(arrays: &mut Arrays) -> Option<Self> {
        let (numbers, ends) = (arrays.words()?, arrays.words()?);
        let whole = ends.last().copied().unwrap_or_default() as usize == numbers.len();
        whole.then_some(Self { numbers, ends })
    }
}

impl<L: AsRef<[u32]>> FromIterator<L> for Lists {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut all = Self::default();
        lists.into_iter().for_each(|list| all.push(list.as_ref()));
        all
    }
}

/// Encodes an optional number.
pub(super) fn number(number: Option<u32>) -> u32 {
    number.unwrap_or(NONE)
}

/// Decodes an optional number.
pub(super) fn absent(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// Encodes an optional date.
pub fn day(day: Option<Date>) -> u32 {
    day.map_or(NONE, |day| {
        let (year, month, day) = (day.year(), day.month(), day.day());
        u32::from(year.cast_unsigned()) << 16
            | u32::from(month.cast_unsigned()) << 8
            | u32::from(day.cast_unsigned())
    })
}

/// Decodes a date.
pub fn to_day(number: u32) -> Option<Date> {
    let [day, month, low, high] = number.to_le_bytes();
    let year = u16::from_le_bytes([low, high]).cast_signed();
    Date::new(year, month.cast_signed(), day.cast_signed()).ok()
}
