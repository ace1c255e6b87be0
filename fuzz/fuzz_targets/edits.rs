//! `cargo +nightly fuzz run edits`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::edits(bytes));
