//! `cargo +nightly fuzz run plan_json`
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| muster_fuzz::plan_json(bytes));
