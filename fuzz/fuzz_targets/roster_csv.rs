//! `cargo +nightly fuzz run roster_csv`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::roster_csv(bytes));
