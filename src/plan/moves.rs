//! Moves: people who change their region or role, in one quarter (model section 3).

use serde::{Deserialize, Serialize};

use super::register::{DocumentPart, fields};
use super::{Holds, RegionId, RoleId};

/// What becomes of the ramp of people who move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveRamp {
    /// They go on where they were.
    Keep,
    /// They begin it anew.
    Restart,
}

impl DocumentPart for MoveRamp {
    const HOLDS: Holds = Holds::Choice(&["Keep", "Restart"]);
}

fields! {
    /// People who leave one cell for another in a quarter.
    pub struct Move in "moves[*]." {
        quarter: usize => QUARTER "Quarter" "The quarter in which these people move"
            { group: Moves, section: 3 };
        /// The cell that they leave.
        from: MoveFrom;
        /// The cell to which they go.
        to: MoveTo;
        heads: u32 => HEADS "Heads" "How many they are, over the months of the quarter"
            { group: Moves, section: 3 };
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ramp: Option<MoveRamp> => RAMP "Ramp" "Whether they keep their place in the ramp or begin it anew"
            { group: Moves, section: 3, absent: "kept within a role" };
        reason: String => REASON "Reason" "Why"
            { group: Moves, section: 3, when_empty: Blank };
    }
}

fields! {
    /// The cell that people leave.
    pub struct MoveFrom in "moves[*].from." {
        region: RegionId => REGION "From region" "The region that these people leave"
            { group: Moves, section: 3 };
        role: RoleId => ROLE "From role" "The role that these people leave"
            { group: Moves, section: 3 };
    }
}

fields! {
    /// The cell to which people go.
    pub struct MoveTo in "moves[*].to." {
        region: RegionId => REGION "To region" "The region to which these people go"
            { group: Moves, section: 3 };
        role: RoleId => ROLE "To role" "The role that these people take up"
            { group: Moves, section: 3 };
    }
}

impl Move {
    /// Whether these people keep their place in the ramp: as stated, else within a role.
    #[must_use]
    pub fn keeps_ramp(&self) -> bool {
        self.ramp.map_or(self.from.role == self.to.role, |ramp| ramp == MoveRamp::Keep)
    }
}
