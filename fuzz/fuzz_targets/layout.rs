//! `cargo +nightly fuzz run layout`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::layout(bytes));
