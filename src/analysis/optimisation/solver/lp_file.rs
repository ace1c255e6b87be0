//! The relaxation as an LP file, which any solver reads.

#![allow(clippy::indexing_slicing, reason = "terms name columns of the program")]

use std::fmt::Write;

use super::relaxation::Relaxation;

/// The program as an LP file: every constraint except cuts, integer columns marked.
pub(crate) fn write_lp(program: &Relaxation) -> String {
    let mut text = String::from("maximize\n obj:");
    for column in program.columns.iter().filter(|column| column.objective != 0.0) {
        let _ = write!(text, "\n {:+} {}", column.objective, column.name);
    }
    let _ = write!(text, "\n {:+} one\nsubject to\n", program.constant);
    let lazy = program.loss_constraints.iter().chain(&program.phasing_constraints);
    for (index, constraint) in program.constraints.iter().chain(lazy).enumerate() {
        if constraint.terms.is_empty() {
            continue;
        }
        let _ = write!(text, " r{index}:");
        for (column, value) in constraint.terms.iter().filter(|term| term.1 != 0.0) {
            let _ = write!(text, "\n {:+} {}", value, program.columns[*column].name);
        }
        let _ = writeln!(text, "\n <= {}", constraint.upper_bound);
    }
    text.push_str("bounds\n one = 1\n");
    for column in program.columns.iter().filter(|column| column.upper_bound.is_finite()) {
        let _ = writeln!(text, " 0 <= {} <= {}", column.name, column.upper_bound);
    }
    text.push_str("general\n");
    for column in program.columns.iter().filter(|column| column.integer) {
        let _ = writeln!(text, " {}", column.name);
    }
    text.push_str("end\n");
    text
}
