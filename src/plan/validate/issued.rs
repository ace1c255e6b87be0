//! Problems of issued seats. A seat of a region, role or quarter that the plan no longer has is no problem: the next issue
//! withdraws it.

use std::collections::BTreeSet;

use super::Check;
use crate::plan::IssuedSeat;

impl Check<'_> {
    pub(super) fn issued(&mut self) {
        let mut seen = BTreeSet::new();
        for (index, seat) in self.plan.issued.iter().enumerate() {
            if seat.number().is_none() {
                let form = "an issued id ends in -G and its number, such as FY11Q1-france-seller-G003";
                self.wrong(IssuedSeat::ID.at(index), form);
            }
            if !seen.insert(&seat.id) {
                self.wrong(
                    IssuedSeat::ID.at(index),
                    format!("\"{}\" was issued already; each id is one seat", seat.id),
                );
            }
        }
    }
}
