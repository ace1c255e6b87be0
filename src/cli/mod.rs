//! The command line: results to standard output, everything else to standard error.
//!
//! Exit 0: done; 1: the plan has errors; 2: the command itself, or a file, is wrong.

mod args;
mod check;
mod evaluate;
mod explain;
mod failure;
mod report;

pub use args::run;
