//! The command line: results to standard output, everything else to standard error.
//!
//! Exit 0: done; 1: the plan has errors, or what was asked cannot be reached; 2: the command itself, or a file, is wrong.

mod args;
mod brief;
mod check;
mod compare;
mod evaluate;
mod explain;
mod failure;
mod figure;
mod import;
mod optimise;
mod passphrase;
mod positions;
mod report;
mod seek;
mod sensitivity;
mod simulate;
mod source;
mod table;
mod workbook;

pub use args::{run, run_with};
