//! What the workbook is of: the plan, its outcome, their sizes, and where each figure lies.

use std::ops::Range;

use super::blocks::{Blocks, Lines, SPARE, Time, timeline_line};
use super::cohort_blocks::CohortBlocks;
use super::cohort_lines::{CohortLines, MOST_LINES};
use super::columns::{defined_name, region};
use super::error::WorkbookError;
use super::grid::Block;
use super::input_numbers::InputNumbers;
use super::pay::WorkbookPay;
use super::value_blocks::{ValueBlocks, has_cohorts};
use crate::engine::{CellMonth, Explainer, Key, Outcome, Place, PlanCase, RegionOutcome, What};
use crate::plan::{Field, FieldPath, Kind, Plan, Region, Role, ValueChange};
use crate::units::{Exact, Period};

/// Fewer heads count as none (model section 7).
pub(super) const FEWEST_HEADS: f64 = 1e-9;

/// Places to which the model rounds an amount before it rounds it to the cent (model section 1).
const INNER_PLACES: usize = 8;
/// Digits that a spreadsheet's number carries for certain.
const DIGITS: usize = 15;

/// The plan, its outcome, and where everything about them lies.
pub(super) struct Layout<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) explainer: Explainer<'a>,
    pub(super) plan: &'a Plan,
    /// The plans in force after the first month, each from its month on, and their numbers.
    in_force: Vec<(usize, Plan, InputNumbers)>,
    pub(super) pay: WorkbookPay,
    pub(super) inputs: InputNumbers,
    pub(super) months: usize,
    pub(super) quarters: usize,
    pub(super) years: usize,
    pub(super) areas: Vec<&'a str>,
    /// Indices of the roles of each kind that has sheets of its own.
    pub(super) sellers: Vec<usize>,
    pub(super) supports: Vec<usize>,
    pub(super) partners: Vec<usize>,
    /// Months that a ramp can have in the workbook.
    pub(super) ramp: usize,
    /// Lines of the baseline, with the spare ones.
    pub(super) entries: usize,
    pub(super) blocks: Blocks,
    pub(super) values: ValueBlocks,
    /// The cohorts that have lines of their own; empty where heads depend on tenure alone.
    pub(super) cohorts: CohortLines,
    /// The places of their figures; `None` without such cohorts.
    pub(super) cohort_blocks: Option<CohortBlocks>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(outcome: &'a Outcome, pay: WorkbookPay) -> Result<Self, WorkbookError> {
        let plan: &Plan = outcome.plan();
        let of = |wanted: fn(&Kind) -> bool| {
            (0..).zip(&plan.roles).filter(|(_, role)| wanted(&role.kind)).map(|(k, _)| k).collect::<Vec<usize>>()
        };
        let sellers = of(|kind| matches!(kind, Kind::Seller { .. }));
        let supports = of(|kind| matches!(kind, Kind::Support { .. }));
        let partners = of(|kind| matches!(kind, Kind::PartnerManager { .. }));
        let cohorts =
            has_cohorts(plan).then(|| CohortLines::new(plan, pay).ok_or_else(too_many_cohorts)).transpose()?;
        let entries = plan.baseline.len() + if cohorts.is_some() { 0 } else { SPARE };
        let ramp = longest_ramp(plan).max(6) + 6;
        let blocks = Blocks::new(plan, [sellers.len(), supports.len(), partners.len()], entries, pay);
        Ok(Self {
            outcome,
            explainer: Explainer::new(outcome),
            plan,
            in_force: plan
                .in_force()
                .into_iter()
                .map(|(t, plan)| (t, plan.clone(), InputNumbers::new(&plan)))
                .collect(),
            pay,
            inputs: InputNumbers::new(plan),
            months: plan.calendar.months(),
            quarters: plan.calendar.quarters,
            years: plan.calendar.years(),
            areas: plan.areas(),
            sellers,
            supports,
            partners,
            ramp,
            entries,
            blocks,
            values: ValueBlocks::new(plan, ramp, pay),
            cohort_blocks: cohorts.as_ref().map(|lines| CohortBlocks::new(plan, lines)),
            cohorts: cohorts.unwrap_or_default(),
        })
    }

    /// Whether the workbook has that sheet.
    pub(super) fn has_sheet(&self, name: &str) -> bool {
        let cohorts = self.cohort_blocks.as_ref();
        let is_there = match name {
            "Outlook" | "Variance" => self.plan.year.is_some(),
            "Values" => self.values.any(),
            "Changes" => self.values.lists.iter().any(|list| list.lines > 0),
            "Attrition" | "Tenure" | "Baseline" => cohorts.is_none(),
            "Cohorts" | "WithoutCohorts" => cohorts.is_some(),
            "Departures" => cohorts.is_some_and(CohortBlocks::has_departures),
            "Exits" => cohorts.is_some_and(|blocks| !blocks.exit_cells.is_empty()),
            "Moves" => cohorts.is_some_and(|blocks| blocks.moves.lines > 0),
            _ => true,
        };
        let only_with_pay = [
            "Pay",
            "Values",
            "Attrition",
            "Tenure",
            "Baseline",
            "Cohorts",
            "Cost",
            "Without",
            "WithoutCohorts",
            "Payback",
        ];
        is_there && (self.pay == WorkbookPay::Told || !only_with_pay.contains(&name))
    }

    /// The number of (region, role) pairs.
    pub(super) fn cells(&self) -> usize {
        self.plan.regions.len() * self.plan.roles.len()
    }

    /// The region and role of a line of cells.
    pub(super) fn cell(&self, line: usize) -> (usize, usize) {
        let roles = self.plan.roles.len().max(1);
        (line / roles, line % roles)
    }

    /// The lines of one region among the cells.
    pub(super) fn cells_of(&self, region: usize) -> Range<usize> {
        let roles = self.plan.roles.len();
        region * roles..region * roles + roles
    }

    pub(super) fn line(&self, region: usize, role: usize) -> usize {
        region * self.plan.roles.len() + role
    }

    /// The roles that a block of these lines has in each region.
    fn roles_of(&self, lines: Lines) -> Option<&[usize]> {
        match lines {
            Lines::Sellers => Some(&self.sellers),
            Lines::Supports => Some(&self.supports),
            Lines::Partners => Some(&self.partners),
            Lines::Cells | Lines::Regions => None,
        }
    }

    /// The place of a line.
    pub(super) fn place(&self, lines: Lines, line: usize) -> Place {
        match self.roles_of(lines) {
            Some(roles) => {
                let many = roles.len().max(1);
                Place::Cell(line / many, roles.get(line % many).copied().unwrap_or(0))
            }
            None if lines == Lines::Regions => Place::Region(line),
            None => {
                let (r, k) = self.cell(line);
                Place::Cell(r, k)
            }
        }
    }

    /// The line of a place; `None` if such a block has none for it.
    pub(super) fn line_of(&self, lines: Lines, place: Place) -> Option<usize> {
        match (place, lines, self.roles_of(lines)) {
            (Place::Cell(r, k), _, Some(roles)) => Some(r * roles.len() + roles.iter().position(|role| *role == k)?),
            (Place::Cell(r, k), Lines::Cells, None) => Some(self.line(r, k)),
            (Place::Region(r), Lines::Regions, _) => Some(r),
            _ => None,
        }
    }

    /// The cell of a line in a block of one kind of role.
    pub(super) fn cell_of(&self, lines: Lines, line: usize) -> usize {
        match self.place(lines, line) {
            Place::Cell(r, k) => self.line(r, k),
            _ => 0,
        }
    }

    pub(super) fn region(&self, index: usize) -> Option<&'a Region> {
        self.plan.regions.get(index)
    }

    pub(super) fn role(&self, index: usize) -> Option<&'a Role> {
        self.plan.roles.get(index)
    }

    fn region_outcome(&self, case: PlanCase, region: usize) -> Option<&RegionOutcome> {
        match case {
            PlanCase::Plan | PlanCase::Outlook => self.outcome.region(region),
            PlanCase::WithoutGrowth => self.outcome.region_without_growth(region),
        }
    }

    /// A month of a cell as the engine has it, with or without growth hires.
    pub(super) fn month(&self, case: PlanCase, line: usize, t: usize) -> CellMonth {
        let (r, k) = self.cell(line);
        self.region_outcome(case, r).map(|region| region.cell_month(k, t)).unwrap_or_default()
    }

    /// The period of a column of sheets by quarters, then fiscal years.
    pub(super) const fn period(&self, column: usize) -> Period {
        if column < self.quarters { Period::Quarter(column) } else { Period::Year(column - self.quarters) }
    }

    /// The quarters of such a column.
    pub(super) fn quarters_of(&self, column: usize) -> Range<usize> {
        match self.period(column) {
            Period::Year(y) => self.plan.calendar.quarters_of(y),
            _ => column..column + 1,
        }
    }

    /// The test of a formula for no heads: fewer than a billionth where people move or go (model section 7).
    pub(super) fn is_none(&self) -> String {
        if self.cohort_blocks.is_some() { format!("<{FEWEST_HEADS}") } else { "=0".to_owned() }
    }

    /// The plan in force in a month.
    pub(super) fn plan_at(&self, t: usize) -> &Plan {
        self.in_force.iter().rev().find(|(from, ..)| *from <= t).map_or(self.plan, |(_, plan, _)| plan)
    }

    /// The number at a path in a month; `None` where the plan leaves it out.
    pub(super) fn number_in(&self, path: &FieldPath, t: usize) -> Option<f64> {
        let numbers = self.in_force.iter().rev().find(|(from, ..)| *from <= t).map(|(.., numbers)| numbers);
        numbers.unwrap_or(&self.inputs).get(path)
    }

    /// A field of a role in a month, by its column.
    pub(super) fn role_input(&self, k: usize, place: usize, t: usize) -> String {
        self.values.of_role(place).map_or_else(|| self.blocks.roles.input(k, place), |block| block.at(k, t))
    }

    /// A field of every role in a month, by its column.
    pub(super) fn role_inputs(&self, place: usize, t: usize) -> String {
        let down = |block: Block| block.down(0..block.lines, t);
        self.values.of_role(place).map_or_else(|| self.blocks.roles.whole(place), down)
    }

    /// A field of a region in a month, by its column.
    pub(super) fn region_input(&self, r: usize, place: usize, t: usize) -> String {
        self.values.of_region(place).map_or_else(|| self.blocks.regions.input(r, place), |block| block.at(r, t))
    }

    /// The partners of a region in a month.
    pub(super) fn partners_input(&self, r: usize, t: usize) -> String {
        let changed = self.values.of(Region::PARTNERS);
        changed.map_or_else(|| self.blocks.region_partners.input(r, 0), |block| block.at(r, t))
    }

    /// Pay of a region and role in a month, by its column.
    pub(super) fn pay_input(&self, line: usize, place: usize, t: usize) -> String {
        self.values.of_pay(place).map_or_else(|| self.blocks.pay.input(line, place), |block| block.at(line, t))
    }

    /// The rate of a region's currency in a month.
    pub(super) fn rate_input(&self, r: usize, t: usize) -> String {
        let changed = self.values.rates;
        if changed.lines > 0 { changed.at(r, t) } else { self.blocks.regions.input(r, region::RATE) }
    }

    /// A field of the whole plan in a month.
    pub(super) fn plan_input(&self, field: &'static Field, t: usize) -> String {
        self.plan_input_at(field.pattern, t)
    }

    /// The field at a path of the whole plan in a month.
    pub(super) fn plan_input_at(&self, path: &str, t: usize) -> String {
        self.values.of_plan(path).map_or_else(|| defined_name(path).to_owned(), |block| block.at(0, t))
    }

    /// The value of a figure of the plan in a month, as the engine has it.
    pub(super) fn value(&self, what: What, place: Place, t: usize) -> Option<Exact> {
        self.explainer.value(Key { case: PlanCase::Plan, what, place, period: Period::Month(t) })
    }

    /// The width, in characters, that the plan's largest amount needs; years are as wide as months, as both may stand in
    /// one column.
    pub(super) fn money_width(&self) -> u16 {
        let years = (0..self.years).filter_map(|y| self.outcome.rollup(Place::Plan, Period::Year(y)));
        let amounts = years.flat_map(|sums| [sums.capacity, sums.target, sums.total_cost, sums.contribution]);
        let longest = amounts.map(|amount| amount.exact().grouped(2).chars().count()).max().unwrap_or(0);
        u16::try_from(longest + 2).unwrap_or(u16::MAX).clamp(12, 40)
    }

    /// A line of the timeline in a month.
    pub(super) fn time(&self, line: Time, t: usize) -> String {
        self.blocks.timeline.in_row(timeline_line(line), t)
    }

    /// Names of the months.
    pub(super) fn month_name(&self, t: usize) -> String {
        self.plan.calendar.name(Period::Month(t))
    }
}

/// The most months of a ramp, as stated at first or later.
fn longest_ramp(plan: &Plan) -> usize {
    let is_ramp = |change: &&ValueChange| change.field().is_some_and(|(field, _)| field == Role::RAMP);
    let changed = plan.changes.iter().filter(is_ramp).filter_map(|change| change.value.as_array()).map(Vec::len);
    plan.roles.iter().map(|role| role.ramp.len()).chain(changed).max().unwrap_or(0)
}

fn too_many_cohorts() -> WorkbookError {
    let what = format!(
        "people who move or go, and values that change, take a line for each month's starts of each region and role and each \
         move, and a sheet has room for {MOST_LINES}. Take fewer quarters or moves; `muster evaluate` writes every figure of \
         a plan of any size as CSV"
    );
    WorkbookError::TooLarge { what }
}

/// Places to which a spreadsheet can round amounts up to this size before it rounds them to the cent, at most those of the
/// model and more than 2.
pub(super) fn inner_places(largest: Exact) -> u32 {
    let whole = largest.floor_count().map_or(DIGITS, |whole| whole.to_string().len());
    let places = DIGITS.saturating_sub(whole).clamp(3, INNER_PLACES);
    u32::try_from(places).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::inner_places;
    use crate::units::Exact;

    #[test]
    fn amounts_are_rounded_to_as_many_places_as_a_spreadsheet_carries() {
        let cases = [("0", 8), ("9999999.99", 8), ("10000000", 7), ("1000000000", 5), ("999999999999999", 3)];
        for (largest, places) in cases {
            let largest: Exact = largest.parse().unwrap_or(Exact::ZERO);
            assert_eq!(inner_places(largest), places, "{largest}");
        }
    }
}
