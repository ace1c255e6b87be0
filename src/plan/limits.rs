//! Upper bounds on the size of a plan. A plan of 200 regions, 50 roles and 20 quarters is far inside them; a larger plan
//! would fill the memory or take minutes to evaluate, and is refused with the place and the limit.
//!
//! `files` checks the file's size before reading and the nesting while reading; [`validate`](super::validate()) checks
//! everything else before anything is computed. Limits on imported tables are in `files::import`.

/// Bytes of a plan's file, read or written: a hundred times the largest plan without plans of record.
pub const MAX_PLAN_BYTES: u64 = 256 << 20;

/// Nesting of brackets in a plan's file; a plan with plans of record and scenarios has about twenty levels.
pub const MAX_NESTING: usize = 128;

/// Regions.
pub const MAX_REGIONS: usize = 1_000;

/// Roles.
pub const MAX_ROLES: usize = 200;

/// Cells: regions × roles.
pub const MAX_CELLS: usize = 25_000;

/// Entries of the baseline: as many as an imported table may have rows.
pub const MAX_BASELINE: usize = 200_000;

/// Entries of any list whose length the model leaves open: countries, holidays, ramps, served roles, milestones,
/// currencies, scenarios, plans of record.
pub const MAX_ENTRIES: usize = 1_000;

/// Judgements: one for each region and quarter of the largest plan.
pub const MAX_JUDGEMENTS: usize = MAX_REGIONS * 20;

/// Notes on cells.
pub const MAX_CELL_NOTES: usize = 10_000;

/// Accepted findings: 20 kinds in each region of the largest plan.
pub const MAX_ACCEPTED: usize = MAX_REGIONS * 20;

/// Issued seats, with those that were withdrawn.
pub const MAX_ISSUED: usize = 200_000;

/// Moves.
pub const MAX_MOVES: usize = 1_000;

/// Changes: one a year for every pay of the largest plan, and as many again.
pub const MAX_CHANGES: usize = 10_000;

/// Edits of a scenario or of an entry of the change log: every hire of the largest plan.
pub const MAX_EDITS: usize = MAX_CELLS * 20;

/// Bytes of an id.
pub const MAX_ID: usize = 100;

/// Bytes of a name, or of any other single-line text.
pub const MAX_NAME: usize = 1_000;

/// Bytes of a note or a reason.
pub const MAX_NOTE: usize = 100_000;

/// Positions in a list of positions.
pub const MAX_POSITIONS: u64 = 1_000_000;

/// Months of tenure beyond which a start date is doubtful: fifty years. A plan may state more, and a finding names it.
pub const LONG_TENURE: u32 = 600;

/// Problems of a plan that are reported one by one; of the others only their number.
pub const MAX_PROBLEMS: usize = 1_000;

/// The first characters of a text, with `…` for the rest.
#[must_use]
pub fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
