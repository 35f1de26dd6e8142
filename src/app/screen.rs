//! Screens in front of the panes: postings side by side, and all applications.

pub mod comparison;
pub mod pipeline;
mod routes;

use super::Mode;
use crate::tracking::PostingKey;
use comparison::ComparisonScreen;
use pipeline::PipelineScreen;

/// A screen in front of the panes. Documents and dialogs open in front of it.
#[derive(Debug)]
pub enum Screen {
    /// Postings side by side.
    Comparison(ComparisonScreen),
    /// The applications, by stage.
    Pipeline(PipelineScreen),
}

impl Screen {
    /// Input mode.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Comparison(_) => Mode::Comparison,
            Self::Pipeline(_) => Mode::Pipeline,
        }
    }

    /// The posting that a key acts on.
    pub fn selected(&self) -> Option<&PostingKey> {
        match self {
            Self::Comparison(comparison) => comparison.selected(),
            Self::Pipeline(pipeline) => pipeline.selected(),
        }
    }
}
