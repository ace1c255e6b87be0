//! Exits and moves: the cells that they name exist, and lists have an entry for each quarter (model section 2).

use super::Check;
use crate::plan::{Move, MoveFrom, MoveTo, Plan};

impl Check<'_> {
    pub(super) fn exits(&mut self) {
        let plan = self.plan;
        for (region, roles) in &plan.exits {
            self.region_exists(region, || Plan::EXITS.at(region));
            for (role, list) in roles {
                self.role_exists(role, || Plan::EXITS.at(region).at(role));
                self.by_quarter(|| Plan::EXITS.at(region).at(role), list.len());
            }
        }
    }

    pub(super) fn moves(&mut self) {
        for (index, entry) in self.plan.moves.iter().enumerate() {
            let (from, to) = (&entry.from, &entry.to);
            self.quarter(Move::QUARTER.at(index), entry.quarter);
            self.region_exists(&from.region, || MoveFrom::REGION.at(index));
            self.role_exists(&from.role, || MoveFrom::ROLE.at(index));
            self.region_exists(&to.region, || MoveTo::REGION.at(index));
            self.role_exists(&to.role, || MoveTo::ROLE.at(index));
            if from.region == to.region && from.role == to.role {
                self.wrong(
                    Move::ENTRY.at(index),
                    "it ends in the cell in which it begins; name another region or role",
                );
            }
        }
    }
}
