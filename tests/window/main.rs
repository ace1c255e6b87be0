//! The window without a screen: read and used through its accessibility tree, and drawn on the processor.
#![cfg(feature = "desktop")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where its ground is missing")]

mod accessibility;
mod assumptions;
mod canvas;
mod editing;
mod figures;
mod full_screen;
mod grid;
mod harness;
mod help;
mod import;
mod legibility;
mod movement;
mod moves;
mod notes;
mod optimise;
mod outlook;
mod over_time;
#[path = "../common/pdf.rs"]
mod pdf;
mod people;
mod pictures;
mod printing;
mod protected;
mod risk;
mod safety;
mod scenarios;
mod sheet;
mod table_commands;
mod typing;
mod why;
mod words;
mod year;
