//! `cargo +nightly fuzz run xlsx_import`
#![no_main]

libfuzzer_sys::fuzz_target!(
    init: muster_fuzz::let_the_workbook_reader_break_off(),
    |bytes: &[u8]| muster_fuzz::xlsx_import(bytes)
);
