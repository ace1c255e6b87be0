//! The command line: results to standard output, everything else to standard error.
//!
//! Exit 0: done; 1: the plan has errors; 2: the command itself, or a file, is wrong.

mod args;
mod evaluate;
mod failure;

pub use args::run;
