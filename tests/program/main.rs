//! The program: its commands as they are run, in odd surroundings and with real faults.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

#[path = "../common/mod.rs"]
mod common;

mod close;
mod commands;
mod convert;
#[cfg(unix)]
mod environment;
#[cfg(unix)]
mod faults;
mod optimise_command;
