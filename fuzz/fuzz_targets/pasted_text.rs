//! `cargo +nightly fuzz run pasted_text`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::pasted_text(bytes));
