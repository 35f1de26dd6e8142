//! Pictures as plain data.

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// A picture as half blocks: the colours of the upper and the lower half of each cell, in rows of equal length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The rows.
    pub rows: Vec<Vec<[Rgb; 2]>>,
}
