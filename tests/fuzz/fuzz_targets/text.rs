//! Any text through the gate: the result is harmless, and passes again unchanged.

#![no_main]

#[path = "../../hostile/wire.rs"]
mod wire;

use jobdeck::board::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let block = text::block(raw);
    assert_eq!(text::block(&block), block);
    let line = text::line(raw);
    assert_eq!(text::line(&line), line);
    for text in block.lines().chain([line.as_str()]) {
        if let Err(why) = wire::judge(text.as_bytes(), text.len()) {
            panic!("{why} in {text:?}");
        }
    }
});
