//! The published board that a page links.

use super::tags::{self, Piece};
use crate::published::MEDIA_TYPE;

/// The address of the published board that a page at `base` links as its alternate.
pub fn published_board(html: &str, base: &str) -> Option<String> {
    let pieces = tags::pieces(html).into_iter();
    let mut tags = pieces.filter_map(|(_, piece)| match piece {
        Piece::Open(tag) if tag.name == "link" => Some(tag),
        _ => None,
    });
    let found = tags.find(|tag| {
        let rel = tag.attribute("rel").unwrap_or_default();
        let is_alternate = rel
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("alternate"));
        let kind = tag.attribute("type").unwrap_or_default();
        is_alternate && kind.trim().eq_ignore_ascii_case(MEDIA_TYPE)
    });
    found?.leads_to(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_the_board_is_found_among_others() {
        let page = "<!doctype html><head><link rel=alternate type=application/atom+xml href=feed.xml>\
            <LINK href='board.json?x=1&amp;y=2' TYPE='application/vnd.jobdeck+json' rel='x Alternate'></head>";
        assert_eq!(
            published_board(page, "https://a.example/jobs/").as_deref(),
            Some("https://a.example/jobs/board.json?x=1&y=2")
        );
        assert_eq!(published_board("<p>jobs</p>", "https://a.example/"), None);
    }
}
