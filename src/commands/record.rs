//! Postings and interviews as other programs read them. The keys are the words of the vocabulary.

mod interview;
mod posting;

pub(super) use interview::InterviewRecord;
pub(super) use posting::PostingRecord;
