//! `cargo +nightly fuzz run number`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::number(bytes));
