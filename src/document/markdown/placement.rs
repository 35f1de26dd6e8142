//! Placement of blocks: indent, marker and blank lines.

use super::{Block, BlockKind, BlockReader, Container, DEEPEST, Inline};

impl BlockReader {
    /// Ends the open block, if any.
    pub(super) fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let heading = self.heading.take();
        self.cells = 0;
        // An unclosed HTML tag affects only its own block.
        (self.strong, self.emphasis) = (0, 0);
        if self.inlines.is_empty() {
            return;
        }
        let inlines = self.inlines.take();
        let kind = match heading {
            Some(_) => BlockKind::Heading,
            None if self.marker().is_some() => BlockKind::Item,
            None if self.quotes > 0 => BlockKind::Quote,
            None => BlockKind::Paragraph,
        };
        self.push(kind, inlines, !paragraph && heading.is_none());
        if let (Some(level), Some(block)) = (heading, self.blocks.last_mut()) {
            block.level = level;
        }
    }

    /// Emits a pending marker on its own line if the item does not begin with text.
    pub(super) fn leave_marker(&mut self) {
        if self.marker().is_some() {
            self.push(BlockKind::Item, Vec::new(), true);
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, inlines: Vec<Inline>, bare: bool) {
        let bullet = match self.containers.last_mut() {
            Some(Container::Item { marker, .. }) => marker.take(),
            _ => None,
        };
        let tight = self.is_tight(bullet.is_some(), bare);
        let (indent, marker) = self.prefix(bullet);
        self.blocks.push(Block {
            kind,
            inlines,
            indent,
            marker,
            tight,
            ..Block::default()
        });
    }

    fn marker(&self) -> Option<&String> {
        match self.containers.last()? {
            Container::Item { marker, .. } => marker.as_ref(),
            Container::Quote => None,
        }
    }

    /// Records whether the item's text is bare, and returns whether the block follows without a blank line: an item
    /// after its sibling, or any block after the text of its item.
    fn is_tight(&mut self, starts_item: bool, bare_text: bool) -> bool {
        let mut outside = self.containers.len();
        if starts_item && let Some(Container::Item { bare, first, .. }) = self.containers.last_mut()
        {
            *bare = bare_text;
            if !*first {
                return bare_text;
            }
            outside -= 1;
        }
        matches!(
            self.containers[..outside].last(),
            Some(Container::Item { bare: true, .. })
        )
    }

    /// Indent, and the marker from the first quotation bar on.
    fn prefix(&self, bullet: Option<String>) -> (u16, Option<String>) {
        let outside = self.containers.len() - usize::from(bullet.is_some());
        let mut before = String::new();
        for container in self.containers[..outside].iter().take(DEEPEST / 2) {
            before.push_str(match container {
                Container::Quote => "│ ",
                Container::Item { .. } => "  ",
            });
        }
        let marker = before.trim_start_matches(' ');
        let indent = before.len() - marker.len();
        let marker = match bullet {
            Some(bullet) => Some(format!("{marker}{bullet}")),
            // The space after a marker is not part of it.
            None => marker.strip_suffix(' ').map(str::to_owned),
        };
        (indent as u16, marker)
    }
}
