//! How long a workbook and a brief take to be made. Of the huge plan there is no workbook: it would have too many formulas.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

mod common;

use std::sync::Arc;

use common::{BUNDLED, LARGE, SIZES, Size};
use divan::Bencher;
use muster::analysis::Progress;
use muster::files::{BriefOptions, BriefSubject, Paper, Stamp, WorkbookPay, brief, workbook};

fn main() {
    divan::main();
}

#[divan::bench(args = [BUNDLED, LARGE], sample_count = 3)]
fn a_workbook(bencher: Bencher<'_, '_>, size: Size) {
    let outcome = size.outcome();
    bencher.bench(|| workbook(&outcome, WorkbookPay::Told, &Progress::default()));
}

/// Without what moves coverage most: that is the bench `sensitivity`.
#[divan::bench(args = SIZES, sample_count = 3)]
fn a_brief(bencher: Bencher<'_, '_>, size: Size) {
    let stamp = Stamp::default();
    let subject = BriefSubject { outcome: Arc::new(size.outcome()), stamp };
    let options = BriefOptions { paper: Paper::A4, day: None, without_sensitivity: true, without_pay: false };
    bencher.bench(|| brief(&subject, None, options, &Progress::default()));
}
