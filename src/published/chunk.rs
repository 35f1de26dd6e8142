//! Chunks: lines compressed with gzip and identified by the hash of the lines.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use ring::digest;

use super::error::PublishedError;
use super::{Kind, Piece};

/// Size of a SHA-256.
const HASH: usize = 32;
/// Magic bytes of gzip.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// Lines as a file.
pub fn pack(lines: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(5));
    // Writing to a vector cannot fail.
    let written = encoder.write_all(lines).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// Manifest entry of some lines and their file.
pub fn piece(kind: Kind, lines: &[u8], packed: &[u8]) -> Piece {
    let sha256 = sha256(lines);
    Piece {
        file: Piece::name(kind, &sha256),
        sha256,
        bytes: packed.len() as u64,
        unpacked: lines.len() as u64,
    }
}

/// The hash of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&digest(bytes))
}

/// The SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> [u8; HASH] {
    let mut hash = [0; HASH];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Unpacks the lines in a file and verifies them against the manifest. Unpacks at most the size listed there.
///
/// # Errors
/// Its content differs.
pub fn unpack(packed: &[u8], piece: &Piece) -> Result<Vec<u8>, PublishedError> {
    let room = piece.unpacked.min(1 << 20) as usize;
    let mut lines = Vec::with_capacity(room);
    MultiGzDecoder::new(packed)
        .take(piece.unpacked + 1)
        .read_to_end(&mut lines)
        .map_err(|_| PublishedError::Packed)?;
    verified(lines, piece)
}

/// Whether bytes are compressed.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(GZIP)
}

/// Like [`unpack`], for a response that may have been decompressed in transit.
///
/// # Errors
/// Its content differs.
pub fn unpack_or_plain(sent: Vec<u8>, piece: &Piece) -> Result<Vec<u8>, PublishedError> {
    if is_packed(&sent) {
        return unpack(&sent, piece);
    }
    verified(sent, piece)
}

fn verified(lines: Vec<u8>, piece: &Piece) -> Result<Vec<u8>, PublishedError> {
    if lines.len() as u64 > piece.unpacked {
        return Err(PublishedError::LargeChunk(piece.unpacked));
    }
    if lines.len() as u64 != piece.unpacked || sha256(&lines) != piece.sha256 {
        return Err(PublishedError::OtherChunk);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_and_nothing_else_does() {
        let lines = b"{\"id\":\"a\"}\n".repeat(1000);
        let packed = pack(&lines);
        let listed = piece(Kind::Postings, &lines, &packed);
        assert!(packed.len() < lines.len() / 10);
        assert_eq!(unpack(&packed, &listed), Ok(lines.clone()));
        assert_eq!(unpack_or_plain(lines.clone(), &listed), Ok(lines.clone()));
        let bomb = pack(&vec![b'x'; 8 << 20]);
        let cut = &packed[..packed.len() - 9];
        for (sent, why) in [
            (bomb.as_slice(), "larger than its 11000 bytes"),
            (cut, "cannot be unpacked"),
            (&pack(b"{}\n"), "its hash is another"),
            (b"<html>not found</html>", "its hash is another"),
        ] {
            let refused = unpack_or_plain(sent.to_vec(), &listed)
                .unwrap_err()
                .to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
