//! The places of the values by month: fields that change, and figures that depend on them for a region, a region and role, or a role
//! (model section 2a). A field that changes anywhere has a line for each of its entries.

use super::columns::{pay, region, role};
use super::grid::{Block, Stack};
use super::pay::WorkbookPay;
use crate::plan::{Assumptions, Attrition, Field, FieldPath, Pay, Plan, Region, Role, ValueChange};

/// The keys of the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entries {
    /// The plan.
    Plan,
    /// Each region.
    Regions,
    /// Each role.
    Roles,
    /// Each region and role.
    Cells,
    /// Each currency whose rate changes.
    Rates,
}

impl Entries {
    fn of(field: &Field) -> Self {
        match field.pattern.split_once('[').map_or("", |(list, _)| list) {
            "regions" => Self::Regions,
            "roles" => Self::Roles,
            "pay" => Self::Cells,
            "rates" => Self::Rates,
            _ => Self::Plan,
        }
    }
}

/// A field that changes, by month.
#[derive(Debug)]
pub(super) struct FieldBlock {
    pub(super) field: &'static Field,
    pub(super) entries: Entries,
    pub(super) block: Block,
}

/// Rises since pay was stated, and the level of pay, by region and role.
#[derive(Debug, Clone, Copy)]
pub(super) struct PayLevelBlocks {
    pub(super) field: &'static Field,
    pub(super) rises: Block,
    pub(super) level: Block,
}

/// The places of the values by month.
#[derive(Debug)]
pub(super) struct ValueBlocks {
    /// The changes of single values and those of ramps, by their places in the plan's list.
    pub(super) changes: [Vec<usize>; 2],
    /// The place of their list.
    pub(super) lists: [Block; 2],
    pub(super) fields: Vec<FieldBlock>,
    /// Currencies whose rate changes.
    pub(super) currencies: Vec<String>,
    /// The rate of each region; without lines where no rate changes.
    pub(super) rates: Block,
    pub(super) pay_levels: Vec<PayLevelBlocks>,
    /// A ramp that changes, by role: how many months it has, then its months.
    pub(super) ramps: Vec<(usize, Block)>,
    /// The payout at the expected attainment, if that changes.
    pub(super) payout: Block,
    /// w(t) by region; without lines where no region has seasons of its own.
    pub(super) linearity: Block,
    /// Monthly attrition in the first year and later, by region and role, where cohorts are followed.
    pub(super) attrition: [Block; 2],
}

/// Fields from which the productivity, the pay or the attrition of cohorts follow.
const OF_COHORTS: [&Field; 7] = [
    Role::RAMP,
    Role::RAMP_GUARANTEE,
    Attrition::FIRST_YEAR,
    Attrition::LATER,
    Region::ATTRITION_FACTOR,
    Assumptions::ATTAINMENT,
    Assumptions::ACCELERATOR,
];

/// Whether the heads of a plan are followed cohort by cohort, since they are not the same at the same tenure.
pub(super) fn has_cohorts(plan: &Plan) -> bool {
    let changes = |field: &'static Field| plan.changes.iter().filter_map(ValueChange::field).any(|(f, _)| f == field);
    !plan.exits.is_empty() || !plan.moves.is_empty() || OF_COHORTS.into_iter().any(changes)
}

impl ValueBlocks {
    pub(super) fn new(plan: &Plan, ramp: usize, told: WorkbookPay) -> Self {
        let (regions, roles) = (plan.regions.len(), plan.roles.len());
        let cells = regions * roles;
        let named: Vec<(usize, &'static Field, Vec<String>)> = plan
            .changes
            .iter()
            .enumerate()
            .filter_map(|(index, change)| change.field().map(|(field, keys)| (index, field, keys)))
            .filter(|(_, field, _)| told == WorkbookPay::Told || Entries::of(field) != Entries::Cells)
            .collect();
        let indices = |of_ramps: bool| {
            let here = named.iter().filter(|(_, field, _)| (*field == Role::RAMP) == of_ramps);
            here.map(|(index, ..)| *index).collect::<Vec<usize>>()
        };
        let changes = [indices(false), indices(true)];
        let mut list = Stack::new("Changes");
        let lists = [&changes[0], &changes[1]].map(|here| list.take_if(!here.is_empty(), here.len()));
        let mut currencies: Vec<String> = Vec::new();
        let mut in_turn: Vec<&'static Field> = Vec::new();
        let mut changed_ramps: Vec<usize> = Vec::new();
        for (_, field, keys) in &named {
            let key = keys.first().map_or("", String::as_str);
            if *field == Role::RAMP {
                changed_ramps.extend(plan.role_index(key).filter(|k| !changed_ramps.contains(k)));
                continue;
            }
            if Entries::of(field) == Entries::Rates && !currencies.iter().any(|code| code == key) {
                currencies.push(key.to_owned());
            }
            if !in_turn.contains(field) {
                in_turn.push(field);
            }
        }
        let mut sheet = Stack::new("Values");
        let fields: Vec<FieldBlock> = in_turn
            .iter()
            .map(|field| {
                let entries = Entries::of(field);
                let lines = match entries {
                    Entries::Plan => 1,
                    Entries::Regions => regions,
                    Entries::Roles => roles,
                    Entries::Cells => cells,
                    Entries::Rates => currencies.len(),
                };
                FieldBlock { field, entries, block: sheet.take(lines) }
            })
            .collect();
        let pay_levels = [Pay::BASE, Pay::VARIABLE]
            .into_iter()
            .filter(|field| in_turn.contains(field))
            .map(|field| PayLevelBlocks { field, rises: sheet.take(cells), level: sheet.take(cells) });
        let pay_levels = pay_levels.collect();
        let has_payout =
            [Assumptions::ATTAINMENT, Assumptions::ACCELERATOR].iter().any(|field| in_turn.contains(field));
        let has_seasons = plan.regions.iter().any(|region| region.seasonality.is_some());
        let has_cohorts = has_cohorts(plan);
        Self {
            changes,
            lists,
            rates: sheet.take_if(!currencies.is_empty(), regions),
            fields,
            currencies,
            pay_levels,
            ramps: changed_ramps.into_iter().map(|k| (k, sheet.take(ramp + 1))).collect(),
            payout: sheet.take_if(has_payout, 1),
            linearity: sheet.take_if(has_seasons, regions),
            attrition: std::array::from_fn(|_| sheet.take_if(has_cohorts, cells)),
        }
    }

    /// Whether the sheet Values has anything.
    pub(super) fn any(&self) -> bool {
        let [early, _] = self.attrition;
        !self.fields.is_empty() || !self.ramps.is_empty() || self.linearity.lines + early.lines > 0
    }

    /// The block of a field; `None` if it does not change.
    pub(super) fn of(&self, field: &'static Field) -> Option<Block> {
        self.fields.iter().find(|here| here.field == field).map(|here| here.block)
    }

    /// The field of a column of the block of roles, if it changes.
    pub(super) fn of_role(&self, place: usize) -> Option<Block> {
        self.of(role::FIELDS.get(place)?)
    }

    /// The field of a column of the block of regions, if it changes.
    pub(super) fn of_region(&self, place: usize) -> Option<Block> {
        self.of(region::FIELDS.get(place)?)
    }

    /// The field of a column of the block of pay, if it changes.
    pub(super) fn of_pay(&self, place: usize) -> Option<Block> {
        self.of(pay::FIELDS.get(place)?)
    }

    /// The field at a path of the whole plan, if it changes.
    pub(super) fn of_plan(&self, path: &str) -> Option<Block> {
        let here = self.fields.iter().find(|here| here.entries == Entries::Plan && here.field.pattern == path);
        here.map(|here| here.block)
    }

    /// The ramp of a role, if it changes.
    pub(super) fn ramp(&self, k: usize) -> Option<Block> {
        self.ramps.iter().find(|(role, _)| *role == k).map(|(_, block)| *block)
    }
}

impl FieldBlock {
    /// The path of a line.
    pub(super) fn path(&self, plan: &Plan, currencies: &[String], line: usize) -> FieldPath {
        let roles = plan.roles.len().max(1);
        let region = |r: usize| plan.regions.get(r).map(|region| &region.id);
        let role = |k: usize| plan.roles.get(k).map(|role| &role.id);
        let path = FieldPath::with_keys(self.field, &[]);
        match self.entries {
            Entries::Plan => path,
            Entries::Regions => region(line).map_or(path.clone(), |id| path.at(id)),
            Entries::Roles => role(line).map_or(path.clone(), |id| path.at(id)),
            Entries::Cells => match (region(line / roles), role(line % roles)) {
                (Some(region), Some(role)) => path.at(region).at(role),
                _ => path,
            },
            Entries::Rates => currencies.get(line).map_or(path.clone(), |code| path.at(code.as_str())),
        }
    }
}
