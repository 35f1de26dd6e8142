//! Serialised forms of postings and interviews, with the vocabulary as keys.

mod interview;
mod posting;
mod status;

pub(super) use interview::InterviewRecord;
pub(super) use posting::PostingRecord;
pub(super) use status::{StatusRecord, StepRecord};
