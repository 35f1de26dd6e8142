//! Markdown rendering of a document.

use super::{Block, BlockKind, escape};

/// Markdown that parses back to these blocks, with titles and questions as headings.
pub(super) fn print(blocks: &[Block]) -> String {
    let mut printer = Printer::default();
    let mut above = None;
    for block in blocks {
        printer.block(above, block);
        above = Some(block);
    }
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    /// Text column of each open list item.
    items: Vec<usize>,
    /// Line prefix of the last block.
    below: String,
}

impl Printer {
    fn block(&mut self, above: Option<&Block>, block: &Block) {
        let (first, below) = self.prefixes(block);
        if let Some(above) = above {
            self.part(above, block, &below);
        }
        let text = || escape::inlines(&block.inlines, &below);
        let line = match block.kind {
            BlockKind::Title => format!("# {}", text()),
            BlockKind::Byline | BlockKind::Fact | BlockKind::Pay => fact(block, &text()),
            BlockKind::Question => format!("## {}", text()),
            BlockKind::Heading => {
                let level = usize::from(block.level.clamp(1, 6));
                format!("{} {}", "#".repeat(level), text())
            }
            BlockKind::Rule => "***".to_owned(),
            BlockKind::Code => code(&block.text(), &below),
            _ => text(),
        };
        self.out.push_str((first + &line).trim_end());
        self.out.push('\n');
        self.below = below;
    }

    /// Separator between two blocks: a blank line inside the quotations they share. Facts stay on consecutive lines.
    fn part(&mut self, above: &Block, block: &Block, below: &str) {
        use BlockKind::{Byline, Fact, Meta, Pay, Related};
        match (above.kind, block.kind) {
            (Meta, Meta) | (Byline | Fact | Pay, Fact | Pay) => {
                self.out.pop();
                self.out.push_str("\\\n");
            }
            (Related, Related) => {}
            _ if block.tight => {}
            _ => {
                let same = |(a, b): &(char, char)| a == b;
                let common = self.below.chars().zip(below.chars()).take_while(same);
                let common: String = common.map(|(c, _)| c).collect();
                let quotes = common.rfind('>').map_or(0, |last| last + 1);
                self.out.push_str(&common[..quotes]);
                self.out.push('\n');
            }
        }
    }

    /// Prefix of the block's first line, and of its other lines. Content of an item is indented to the item's text.
    fn prefixes(&mut self, block: &Block) -> (String, String) {
        if matches!(block.kind, BlockKind::Fact | BlockKind::Pay) {
            self.items.clear();
            return (String::new(), String::new());
        }
        let mut set_in = " ".repeat(usize::from(block.indent));
        set_in.push_str(block.marker.as_deref().unwrap_or_default());
        let bullet = set_in.trim_start_matches([' ', '│']).to_owned();
        let columns = set_in.chars().count() - bullet.chars().count();
        let mut before = String::new();
        let containers: Vec<char> = set_in.chars().take(columns).step_by(2).collect();
        for (level, container) in containers.iter().enumerate() {
            if *container == '│' {
                before.push_str("> ");
            } else {
                let columns = self.items.get(level).copied().unwrap_or(0);
                before.push_str(&" ".repeat(columns));
            }
        }
        self.items.truncate(containers.len());
        if bullet.is_empty() {
            return (before.clone(), before);
        }
        let bullet = if bullet == "•" {
            "-".to_owned()
        } else {
            bullet
        };
        let below = before.clone() + &" ".repeat(bullet.len() + 1);
        self.items.resize(containers.len(), 0);
        self.items.push(bullet.len() + 1);
        (format!("{before}{bullet} "), below)
    }
}

/// A fact after its label.
fn fact(block: &Block, text: &str) -> String {
    match block.marker.as_deref().map(str::trim) {
        Some(label) if !label.is_empty() => format!("{label}: {text}"),
        _ => text.to_owned(),
    }
}

/// A code block, fenced with more backticks than it contains.
fn code(text: &str, below: &str) -> String {
    let fence = "`".repeat(escape::longest_run(text).max(2) + 1);
    let text = text.replace('\n', &format!("\n{below}"));
    format!("{fence}\n{below}{text}\n{below}{fence}")
}

#[cfg(test)]
mod tests;
