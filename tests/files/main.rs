//! Files: what is read, what is refused and why, and what is written.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where its ground is missing")]

mod brief;
mod broken;
mod close;
mod hostile;
mod import;
mod import_cases;
#[path = "../common/pdf.rs"]
mod pdf;
mod positions;
#[cfg(unix)]
mod saving;
mod versions;
mod workbook;
