//! The fields of the calendar in the register; the calendar itself is a type of `units`.

use super::register::fields;
use crate::units::{Calendar, Month, Naming};

fields! {
    for Calendar in "calendar." {
        first_month: Month => FIRST_MONTH "First month" "First month of the first fiscal quarter"
            { group: Calendar, section: 1 };
        quarters: usize => QUARTERS "Quarters" "Quarters in the horizon, 4 to 20"
            { holds: Count, range: Between(4, 20), group: Calendar, section: 1 };
        named_by: Naming => NAMED_BY "Fiscal year named by" "The calendar year that gives a fiscal year its number"
            { group: Calendar, section: 1 };
    }
}
