//! The command line: results to standard output, everything else to standard error.
//!
//! Exit 0: done; 1: the plan has errors, or the goal cannot be reached; 2: the command itself, or a file, is wrong.

mod begin;
mod brief;
mod check;
mod close;
mod commands;
mod compare;
mod convert;
mod evaluate;
mod explain;
mod failure;
mod figure_args;
mod format;
mod import;
mod import_report;
mod optimise;
mod output;
mod papers;
mod passphrase;
mod plan_args;
mod positions;
mod report;
mod seat_changes;
mod seek;
mod sensitivity;
mod simulate;
mod table;
mod variance;
mod why;
mod workbook;

pub use commands::{run, run_with};
