//! `muster explain`: where a figure comes from.
use std::io::Write;

use super::failure::Failure;
use crate::engine::Outcome;

/// The figure that is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct Wanted {
    /// The measure, such as `capacity_coverage`
    #[arg(long)]
    measure: String,
}

pub(super) fn write(_outcome: &Outcome, wanted: &Wanted, _out: &mut dyn Write) -> Result<(), Failure> {
    Err(Failure::Usage(wanted.measure.clone()))
}
