//! Any text as a query: parsing never panics, and marks are within the text.

#![no_main]

use jobdeck::query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let query = query::parse(text);
    for mark in &query.marks {
        assert!(text.get(mark.span.clone()).is_some(), "{mark:?} in {text:?}");
    }
});
