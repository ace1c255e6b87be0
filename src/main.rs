//! The program `muster`: all of it is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    muster::cli::run()
}
