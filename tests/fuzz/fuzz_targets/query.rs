//! Any text as a query: reading it never panics, and its marks lie within it.

#![no_main]

use jobdeck::query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let query = query::parse(text);
    for mark in &query.marks {
        assert!(text.get(mark.span.clone()).is_some(), "{mark:?} in {text:?}");
    }
});
