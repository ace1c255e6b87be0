//! The limits that bind: the figure of each, and what one more unit of it is worth.

use crate::desktop::parts::plain_table::Plain;
use egui::Ui;

use super::limits;
use crate::analysis::optimisation::{BindingLimit, Limit, Objective, Problem};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Cell, Column, Side, Tone};
use crate::units::Exact;

/// The table of limits that bind.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, problem: &Problem, binding: &[BindingLimit]) -> Plain {
    let plan = scene.plan();
    let row = |b: &BindingLimit| {
        let words = b.status.limit.describe(plan, problem);
        let name = words.rsplit_once(": ").map_or(words.as_str(), |(name, _)| name).to_owned();
        let figure = Cell { text: limits::of(scene, &b.status), ..Cell::default() };
        let unit = Cell { text: one_more(b.status.limit).to_owned(), side: Side::Left, ..Cell::default() };
        let places = if b.shadow_price >= Exact::from(100_u32) { 0 } else { 2 };
        let worth = Cell {
            text: scene.numbers.exact(b.shadow_price, places),
            exact: Some(b.shadow_price),
            tone: Tone::Strong,
            ..Cell::default()
        };
        (name, vec![figure, unit, worth])
    };
    let worth = match problem.objective {
        Objective::Capacity => format!("Adds capacity, {}", plan.currency),
        Objective::Shortfall => format!("Covers, {}", plan.currency),
        Objective::Cost => format!("Saves, {}", plan.currency),
        Objective::Hires => "Saves hires".to_owned(),
    };
    let about =
        "The worth of one more unit by the linear program that gives the bound, which allows fractions of people";
    let columns = vec![
        Column::new("Figure", 100.0).about("The figure in the plan that was found, of the limit"),
        Column::new("One more", 132.0).words().about("The unit of the limit"),
        Column::new(worth, 130.0).about(about),
    ];
    Plain::new(ui, "Binding limits", columns, binding.iter().map(row).collect())
}

/// One more unit of a limit.
const fn one_more(limit: Limit) -> &'static str {
    match limit {
        Limit::EnvelopeMin => "hire fewer needed",
        Limit::EnvelopeMax => "hire",
        Limit::Budget(_) => "unit of money",
        Limit::Recruiting(_) => "start",
        Limit::Seats(..) => "seat",
        Limit::Support(..) => "head less to support",
        Limit::Manager(..) => "head less to lead",
        Limit::Coverage(..) | Limit::Shortfall(..) => "unit less to cover",
    }
}
