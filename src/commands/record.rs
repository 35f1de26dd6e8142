//! Postings and interviews as other programs read them. The keys are the words of the vocabulary.

mod interview;
mod posting;
mod status;

pub(super) use interview::InterviewRecord;
pub(super) use posting::PostingRecord;
pub(super) use status::{StatusRecord, StepRecord};
