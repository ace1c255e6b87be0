//! `cargo +nightly fuzz run plan_ron`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::plan_ron(bytes));
