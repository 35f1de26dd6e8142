//! Tokenises an HTML page into tags and texts with line numbers. Without a tree, deep nesting and unclosed tags do no
//! harm.

use std::cell::RefCell;

use super::address;
use super::html::limits::has_endless_tag;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A token of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Open(Tag),
    Text(String),
    /// End of an element with this name.
    Close(String),
}

/// Start of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|one| one == class)
    }

    /// Target of its link, relative to the page at `base`.
    pub(super) fn leads_to(&self, base: &str) -> Option<String> {
        address::joined(base, self.attribute("href")?)
    }
}

/// Elements without markup, and the kind of their text.
const RAW: &[(&str, RawKind)] = &[
    ("script", RawKind::ScriptData),
    ("style", RawKind::Rawtext),
    ("noscript", RawKind::Rawtext),
    ("iframe", RawKind::Rawtext),
    ("title", RawKind::Rcdata),
    ("textarea", RawKind::Rcdata),
];

/// Tokens of a page with line numbers; empty if a tag exceeds the limits.
pub(super) fn pieces(html: &str) -> Vec<(usize, Piece)> {
    let raw: Vec<_> = RAW.iter().map(|(name, _)| *name).collect();
    if has_endless_tag(html, &raw) {
        return Vec::new();
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Pieces::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Pieces(RefCell<Vec<(usize, Piece)>>);

impl TokenSink for Pieces {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut goes_on = TokenSinkResult::Continue;
        let piece = match token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => Piece::Close((*tag.name).into()),
            Token::TagToken(tag) => {
                if let Some((_, kind)) = RAW.iter().find(|(name, _)| *name == &*tag.name) {
                    goes_on = TokenSinkResult::RawData(*kind);
                }
                let attributes = tag.attrs.iter();
                Piece::Open(Tag {
                    name: (*tag.name).into(),
                    attributes: attributes
                        .map(|one| ((*one.name.local).into(), one.value.to_string()))
                        .collect(),
                })
            }
            // Text arrives in parts, with a part for each `&`.
            Token::CharacterTokens(part) => {
                let mut pieces = self.0.borrow_mut();
                match pieces.last_mut() {
                    Some((_, Piece::Text(text))) => text.push_str(&part),
                    _ => pieces.push((line as usize, Piece::Text(part.into()))),
                }
                return goes_on;
            }
            _ => return goes_on,
        };
        self.0.borrow_mut().push((line as usize, piece));
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_tags_and_texts_in_order() {
        let page = "<ul>\n<li class='a b'><a href=/x?a&amp;b>Ice &amp; <b>snow</a>\n<script>if (a<b) {}</script>";
        let pieces = pieces(page);
        let told: Vec<String> = pieces
            .iter()
            .map(|(line, piece)| match piece {
                Piece::Open(tag) => format!("{line}<{}", tag.name),
                Piece::Text(text) => format!("{line}{}", text.trim()),
                Piece::Close(name) => format!("{line}/{name}"),
            })
            .filter(|piece| piece.len() > 1)
            .collect();
        let told = told.join(" ");
        assert_eq!(
            told,
            "1<ul 2<li 2<a 2Ice & 2<b 2snow 2/a 3<script 3if (a<b) {} 3/script"
        );
        let open = pieces.iter().filter_map(|(_, piece)| match piece {
            Piece::Open(tag) => Some(tag),
            _ => None,
        });
        let open: Vec<&Tag> = open.collect();
        assert!(open[1].has_class("b") && !open[1].has_class("a b"));
        let from = |base| open[2].leads_to(base);
        let to = "https://example.org/x?a&b";
        assert_eq!(from("https://example.org/y/z?p=1").as_deref(), Some(to));
        assert_eq!(from("-"), None);
    }
}
