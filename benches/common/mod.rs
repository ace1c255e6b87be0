//! The plans that the benches measure: the bundled one, and larger ones grown from it by a seed.
#![allow(dead_code, reason = "no bench uses all of it")]

use std::sync::Arc;

use muster::edit::apply;
use muster::engine::Outcome;
use muster::files::Template;
use muster::plan::{Plan, PlanEdit};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use serde_json::Value;

/// The seed of every grown plan.
const SEED: u64 = 2011;

/// How large a plan is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    pub(crate) regions: usize,
    pub(crate) roles: usize,
    pub(crate) quarters: usize,
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// As shipped.
pub(crate) const BUNDLED: Size = Size { name: "bundled 14x7x8", regions: 14, roles: 7, quarters: 8 };
/// A whole company.
pub(crate) const LARGE: Size = Size { name: "large 60x12x20", regions: 60, roles: 12, quarters: 20 };
/// More than anyone plans.
pub(crate) const HUGE: Size = Size { name: "huge 200x50x20", regions: 200, roles: 50, quarters: 20 };
/// All of them, by rising size.
pub(crate) const SIZES: [Size; 3] = [BUNDLED, LARGE, HUGE];

impl Size {
    /// The plan of that size.
    pub(crate) fn plan(self) -> Arc<Plan> {
        let plan = Template::ALL[0].plan().expect("the bundled plan is sound");
        let shipped =
            self.regions == BUNDLED.regions && self.roles == BUNDLED.roles && self.quarters == BUNDLED.quarters;
        Arc::new(if shipped { plan } else { grown(&plan, self) })
    }

    /// What follows from it.
    pub(crate) fn outcome(self) -> Outcome {
        Outcome::of(self.plan()).expect("the plan can be evaluated")
    }

    /// Months of all cells.
    pub(crate) fn cell_months(self) -> usize {
        self.regions * self.roles * self.quarters * 3
    }
}

/// The plan with seven hires in the second quarter in the first role of the third region.
pub(crate) fn one_changed_hire(plan: &Plan) -> Plan {
    let (region, role) = (plan.regions[2].id.clone(), plan.roles[0].id.clone());
    apply(plan, &PlanEdit::SetHires { region, role, quarter: 1, to: 7 }).expect("the cell is there")
}

/// The list repeated, or cut, to a length.
fn to_length(list: &Value, length: usize) -> Value {
    list.as_array().into_iter().flatten().cycle().take(length).cloned().collect()
}

/// The bundled plan with so many regions, roles and quarters: each is a copy of one of its own under another id, and each
/// number of hires is drawn anew, from nothing to twice as many. What limits the whole plan grows as its cells do, and the
/// seats of a region as its roles do.
fn grown(plan: &Plan, size: Size) -> Plan {
    let mut draw = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let mut json = serde_json::to_value(plan).expect("a plan is JSON");
    json["calendar"]["quarters"] = size.quarters.into();
    json["recruiting_capacity"] = to_length(&json["recruiting_capacity"], size.quarters);
    let times = |count: &mut Value, (more, than): (usize, usize)| {
        let many = count.as_u64().map(|n| n * u64::try_from(more).unwrap_or(1) / u64::try_from(than).unwrap_or(1));
        *count = many.map_or(Value::Null, Value::from);
    };
    let cells = (size.regions * size.roles, BUNDLED.regions * BUNDLED.roles);
    json["recruiting_capacity"].as_array_mut().into_iter().flatten().for_each(|count| times(count, cells));
    for end in ["min", "max"] {
        times(&mut json["envelope"][end], cells);
    }
    for budget in json["budgets"].as_object_mut().into_iter().flat_map(|budgets| budgets.values_mut()) {
        let mut whole: Value = budget.as_str().and_then(|text| text.parse::<u64>().ok()).into();
        times(&mut whole, cells);
        *budget = whole.to_string().into();
    }
    for list in ["scenarios", "judgements"] {
        json[list] = Value::Array(Vec::new());
    }
    let names = |list: &Value, length: usize| -> Vec<(String, String)> {
        let ids: Vec<&str> = list.as_array().into_iter().flatten().filter_map(|entry| entry["id"].as_str()).collect();
        let name = |(n, id): (usize, &&str)| {
            ((*id).to_owned(), if n < ids.len() { (*id).to_owned() } else { format!("{id}-{n}") })
        };
        ids.iter().cycle().take(length).enumerate().map(name).collect()
    };
    let (regions, roles) = (names(&json["regions"], size.regions), names(&json["roles"], size.roles));
    for (list, names) in [("regions", &regions), ("roles", &roles)] {
        json[list] = to_length(&json[list], names.len());
        for (entry, (_, id)) in json[list].as_array_mut().into_iter().flatten().zip(names) {
            entry["id"] = id.clone().into();
            if list == "regions" {
                times(&mut entry["onboarding_seats"], (size.roles, BUNDLED.roles));
                entry["market"] = to_length(&entry["market"], size.quarters.div_ceil(4));
            }
        }
    }
    let old = json.clone();
    for map in ["pay", "hires", "targets"] {
        json[map] = Value::Object(serde_json::Map::new());
    }
    let mut baseline = Vec::new();
    for (region, id) in &regions {
        json["targets"][id] = to_length(&old["targets"][region], size.quarters);
        for (role, role_id) in roles.iter().filter(|(role, _)| !old["pay"][region][role].is_null()) {
            json["pay"][id][role_id] = old["pay"][region][role].clone();
            let mut hires = to_length(&old["hires"][region][role], size.quarters);
            for count in hires.as_array_mut().into_iter().flatten() {
                *count = (draw.next_u64() % (2 * count.as_u64().unwrap_or(0) + 1)).into();
            }
            json["hires"][id][role_id] = hires;
            for entry in old["baseline"].as_array().into_iter().flatten() {
                if entry["region"].as_str() == Some(region) && entry["role"].as_str() == Some(role) {
                    let mut entry = entry.clone();
                    (entry["region"], entry["role"]) = (id.clone().into(), role_id.clone().into());
                    baseline.push(entry);
                }
            }
        }
        if json["hires"][id].is_null() {
            json["hires"][id] = Value::Object(serde_json::Map::new());
        }
    }
    json["baseline"] = baseline.into();
    for entry in json["hires"].as_object_mut().into_iter().flat_map(|map| map.values_mut()) {
        if let Some(roles) = entry.as_object_mut() {
            roles.retain(|_, list| list.as_array().is_some_and(|list| !list.is_empty()));
        }
    }
    serde_json::from_value(json).expect("the grown plan has a plan's shape")
}
