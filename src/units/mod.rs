//! Numbers and time with their units: exact decimals, money, heads, ratios, months, the fiscal calendar.
//!
//! Every number of a plan or a result is one of these. They hold no float, and this folder holds the one
//! rounding policy (model section 1). The meaning of the numbers and their look on a screen live elsewhere.

mod calendar;
mod exact;
mod quantity;
mod split;
mod wide;
mod words;

pub use calendar::{Calendar, FiscalYear, Month, MonthError, Naming, Period, PeriodError};
pub use exact::Exact;
pub use exact::text::ExactError;
pub use exact::total::Total;
pub use quantity::{Heads, Local, Money, Ratio};
pub use split::{add_remainders, split_whole};
pub use words::{capitalised, counted, listed};
