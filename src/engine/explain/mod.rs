//! Where a figure comes from (model section 11): its formula in the model's words, its terms, and what each term is,
//! an input of the plan or a figure that explains itself in turn.

mod cell;
mod cohorts;
mod cost;
mod departures;
mod explainer;
mod explanation;
mod formula;
mod heads;
mod key;
mod known_people;
mod outlook;
mod region;
mod rollup;
mod selling;
mod spreadsheet;
mod term;

pub use explainer::Explainer;
pub use explanation::Explanation;
pub use formula::Formula;
pub use key::{Inner, Key, PlanCase, What};
pub use spreadsheet::References;
pub use term::{Source, Term};

use term::Terms;
