//! A published board on its server.

use url::Url;

use super::{LONGEST_WAIT, MirrorError, Pause, TRIES, WAIT};
use crate::fetch::{Answer, Client, FetchError, Fetched, Validators, is_downgrade};
use crate::import;
use crate::published::{self, LARGEST_MANIFEST, Manifest, Piece};

/// Client of a published board's server.
#[derive(Clone, Copy)]
pub(super) struct Remote<'a> {
    pub(super) client: &'a Client,
    pub(super) pause: Pause<'a>,
}

/// Result of fetching an address.
pub(super) enum Found {
    /// Unchanged, at this address.
    Unmodified(String),
    /// A board.
    Board(Box<Board>),
}

/// A manifest that was fetched.
pub(super) struct Board {
    /// Its point.
    pub(super) url: String,
    pub(super) bytes: Vec<u8>,
    pub(super) manifest: Manifest,
    /// HTTP validators of the manifest.
    pub(super) validators: Validators,
    /// Whether a page links it.
    pub(super) is_linked: bool,
}

impl Remote<'_> {
    /// The board at an address: that of its manifest, or of a page that links it.
    pub(super) fn find(
        &self,
        address: &str,
        known: &Validators,
        tries: u32,
    ) -> Result<Found, MirrorError> {
        let (url, page) = match self.ask(address, known, LARGEST_MANIFEST, tries) {
            Ok((url, Answer::Unmodified)) => return Ok(Found::Unmodified(url)),
            Ok((url, Answer::Fetched(page))) => (url, page),
            Err(error) => return Err(MirrorError::Manifest(error)),
        };
        if Manifest::is_meant(&page.bytes) {
            return board(url, page, false);
        }
        let html = String::from_utf8_lossy(&page.bytes);
        let linked = import::published_board(&html, &url)
            .filter(|linked| !leads_out(&url, linked))
            .ok_or_else(|| MirrorError::NotABoard(address.to_owned()))?;
        match self.ask(&linked, &Validators::default(), LARGEST_MANIFEST, tries) {
            Ok((url, Answer::Fetched(page))) if Manifest::is_meant(&page.bytes) => {
                board(url, page, true)
            }
            Ok(_) => Err(MirrorError::NotABoard(linked)),
            Err(error) => Err(MirrorError::Manifest(error)),
        }
    }

    /// A chunk of the board whose manifest is at `base`: its file, and the lines in it.
    pub(super) fn chunk(
        &self,
        base: &str,
        piece: &Piece,
    ) -> Result<(Vec<u8>, Vec<u8>), MirrorError> {
        let nowhere = || MirrorError::NotABoard(base.to_owned());
        let url = Url::parse(base).map_err(|_| nowhere())?;
        let url = url.join(&piece.file).map_err(|_| nowhere())?;
        // Some servers decompress it in transit.
        let most = piece.bytes.max(piece.unpacked);
        let asked = self.ask(url.as_str(), &Validators::default(), most, TRIES);
        let sent = match asked {
            Ok((_, Answer::Fetched(page))) => page.bytes,
            Ok((_, Answer::Unmodified)) => Vec::new(),
            Err(error) => return Err(MirrorError::Chunk(piece.file.clone(), error)),
        };
        let wrong = |why| MirrorError::Wrong(piece.file.clone(), why);
        let is_packed = sent.len() as u64 == piece.bytes;
        let packed = is_packed.then(|| sent.clone());
        let lines =
            published::unpack_or_plain(sent, piece).map_err(|why| wrong(why.to_string()))?;
        let packed = packed.filter(|packed| published::is_packed(packed));
        let packed = packed.unwrap_or_else(|| published::pack(&lines));
        Ok((packed, lines))
    }

    /// Retries errors that may be temporary.
    fn ask(
        &self,
        address: &str,
        known: &Validators,
        most: u64,
        tries: u32,
    ) -> Result<(String, Answer), FetchError> {
        let mut wait = WAIT;
        let mut left = tries;
        loop {
            let answer = self.client.file(address, known, most, &mut |_| true);
            match answer {
                Err(ref error) if error.is_passing() && left > 1 => {
                    if error.retry_after() > Some(LONGEST_WAIT) {
                        return answer;
                    }
                }
                answer => return answer,
            }
            let after = answer.err().and_then(|error| error.retry_after());
            if !(self.pause)(wait.max(after.unwrap_or_default())) {
                return Err(FetchError::Cancelled);
            }
            wait *= 2;
            left -= 1;
        }
    }
}

/// Whether a page that came encrypted links a board that would not.
fn leads_out(page: &str, linked: &str) -> bool {
    let (page, linked) = (Url::parse(page), Url::parse(linked));
    page.ok()
        .zip(linked.ok())
        .is_some_and(|(page, linked)| is_downgrade(&page, &linked))
}

fn board(url: String, page: Fetched, is_linked: bool) -> Result<Found, MirrorError> {
    let manifest =
        Manifest::read(&page.bytes).map_err(|why| MirrorError::Damaged(why.to_string()))?;
    Ok(Found::Board(Box::new(Board {
        url,
        bytes: page.bytes,
        manifest,
        validators: page.validators,
        is_linked,
    })))
}
