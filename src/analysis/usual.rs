//! The usual swing of every lever and assumption of a plan, as the register states it.
//!
//! Swings with a source are from the surveys and price lists that the bundled plan's notes name: attainment 60 to 95 %,
//! attrition 15 to 30 % a year, agency 20 to 25 % of base, time to fill 30 to 75 days, one engineer for three to four
//! sellers, a rise of 2.8 %, partner pay 12 to 24 %. The others are judgement, and all are the caller's to change.
//!
//! Fields without one: those that have no more or less (seasonality, linearity, phasing, the attrition basis), the
//! calendar, the baseline, what the plan decides (hires, targets by quarter), and the regions' attrition factors, which
//! the lever swings together.

use super::{Driver, Swing};
use crate::plan::{Extent, Field, FieldPath, Group, Hundredths, Key, Plan, UsualSwing, fields};

/// Every lever and assumption of a plan with its usual swing, levers first.
#[must_use]
pub fn drivers(plan: &Plan) -> Vec<Driver> {
    let mut all: Vec<Driver> = Vec::new();
    for field in fields().iter().copied().filter(|field| !field.is_by_entry()) {
        if let Some(swing) = field.swing {
            add(&mut all, name(plan, field, swing, &[]), field.path(), swing);
        }
    }
    // A stable sort: the others stay in the order of the document.
    all.sort_by_key(|driver| driver.field().map(|field| field.group) != Some(Group::Lever));
    plan.visit_numbers(|field, keys, _| {
        if let Some(swing) = field.swing.filter(|_| field.is_by_entry() && is_used(plan, field, keys)) {
            add(&mut all, name(plan, field, swing, keys), FieldPath::with_keys(field, keys), swing);
        }
    });
    all
}

/// Adds a field to the driver of that name, or a new driver.
fn add(all: &mut Vec<Driver>, name: String, path: FieldPath, usual: UsualSwing) {
    match all.iter_mut().find(|driver| driver.name == name) {
        Some(driver) => driver.paths.push(path),
        None => all.push(Driver { name, paths: vec![path], swing: swing(usual.extent) }),
    }
}

fn swing(extent: Extent) -> Swing {
    match extent {
        Extent::By(down, up) => Swing::By(Hundredths::exact(down), Hundredths::exact(up)),
        Extent::Times(low, high) => Swing::Times(Hundredths::exact(low), Hundredths::exact(high)),
    }
}

/// The name of what swings: `Attainment`, `Lever: Fill rate`, `Quota of Account executive`, `Exchange rate GBP`.
fn name(plan: &Plan, field: &Field, swing: UsualSwing, keys: &[Key<'_>]) -> String {
    let title = swing.name.unwrap_or(field.title);
    match keys.first().filter(|_| swing.each) {
        Some(Key::Name(key)) => match plan.roles.iter().find(|role| role.id.as_str() == *key) {
            Some(role) if field.group != Group::Rates => format!("{title} of {}", role.name),
            _ => format!("{title} {key}"),
        },
        _ if field.group == Group::Lever => format!("Lever: {title}"),
        _ => title.to_owned(),
    }
}

/// Whether a figure depends on the field of an entry: a rate counts only where a region has its currency.
fn is_used(plan: &Plan, field: &Field, keys: &[Key<'_>]) -> bool {
    match keys {
        [Key::Name(code)] if field == Plan::RATES => {
            *code != plan.currency.as_str() && plan.regions.iter().any(|region| region.currency.as_str() == *code)
        }
        _ => true,
    }
}
