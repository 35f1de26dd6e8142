//! Rows as JSON.

use std::io::{self, Write};

use serde::Serialize;

/// One object per line.
pub(super) fn lines<R: Serialize>(
    rows: impl Iterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One array, with one object per line.
pub(super) fn array<R: Serialize>(
    rows: impl Iterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut before: &[u8] = b"[\n";
    for row in rows {
        out.write_all(before)?;
        serde_json::to_writer(&mut *out, &row)?;
        before = b",\n";
    }
    out.write_all(if before == b"[\n" { b"[]\n" } else { b"\n]\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_reads_back() {
        for rows in [&[][..], &["a"], &["a", "b\n"]] {
            let mut out = Vec::new();
            array(rows.iter(), &mut out).expect("writing to a Vec cannot fail");
            let back: Vec<String> = serde_json::from_slice(&out).expect("JSON");
            assert_eq!(back, rows);
        }
    }
}
