//! How much a plan may hold, in one place. A plan of 200 regions, 50 roles and 20 quarters is far inside; what is beyond
//! would fill the memory or take minutes to evaluate, and is refused with the place and the limit.
//!
//! The file's size is looked at before it is read (`files`), nesting while it is, and everything else by
//! [`validate`](super::validate()) before anything is worked out of it. What a table that comes in may hold stands in
//! `files::import`.

/// Most bytes of a plan's file, read or written: a hundred times the largest plan without plans of record.
pub const MOST_PLAN_BYTES: u64 = 256 << 20;

/// Deepest nesting of brackets in a plan's file; a plan with plans of record and scenarios has about twenty.
pub const MOST_NESTING: usize = 128;

/// Most regions.
pub const MOST_REGIONS: usize = 1_000;

/// Most roles.
pub const MOST_ROLES: usize = 200;

/// Most cells, regions × roles.
pub const MOST_CELLS: usize = 25_000;

/// Most entries of the baseline: as many rows as a table that comes in may have.
pub const MOST_BASELINE: usize = 200_000;

/// Most entries of any list whose length the model does not give: countries, holidays, ramps, served roles, milestones,
/// currencies, scenarios, plans of record.
pub const MOST_ENTRIES: usize = 1_000;

/// Most judgements: one for each region and quarter of the largest plan.
pub const MOST_JUDGEMENTS: usize = MOST_REGIONS * 20;

/// Most edits of a scenario or of an entry of the change log: every hire of the largest plan.
pub const MOST_EDITS: usize = MOST_CELLS * 20;

/// Most entries of the change log: a hundred a day for ten years.
pub const MOST_LOG: usize = 365_000;

/// Most bytes of an id.
pub const MOST_ID: usize = 100;

/// Most bytes of a name, or of any other text of one line.
pub const MOST_NAME: usize = 1_000;

/// Most bytes of a note or a reason.
pub const MOST_NOTE: usize = 100_000;

/// Most positions that are listed one by one.
pub const MOST_POSITIONS: u64 = 1_000_000;

/// Most problems of a plan that are told; of the others, how many there are.
pub const MOST_PROBLEMS: usize = 1_000;

/// A text with at most so many characters, the rest as `…`.
#[must_use]
pub fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
