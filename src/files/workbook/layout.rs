//! The workbook's plan of itself: how many lines each sheet has, where each block of figures lies, and how a formula
//! names a cell. Everything is laid out before anything is written, so that a sheet can refer to a later one.

use std::ops::Range;

use rust_xlsxwriter::utility::column_number_to_name;

use crate::engine::{CellMonth, Outcome, Place};
use crate::plan::{Kind, Plan, Region, Role};
use crate::units::Period;

/// The column of the first figure, F; A to E say what a line is.
pub(super) const FIRST: u16 = 5;
/// The row of the column heads.
pub(super) const HEAD: u32 = 3;
/// The first row under the heads.
pub(super) const BODY: u32 = 4;
/// Empty lines after a list of inputs, for more of the same.
pub(super) const SPARE: usize = 8;

/// A row number; plans whose sheets would not fit are refused before one is made.
pub(super) fn row(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The column of figure number `number`.
pub(super) fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX).saturating_add(FIRST)
}

/// Lines of figures under one heading: line and column count from 0, column 0 is F.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) sheet: &'static str,
    /// The row of the first line; the heading is one above.
    pub(super) first: u32,
    pub(super) lines: usize,
}

impl Block {
    pub(super) fn row(self, line: usize) -> u32 {
        self.first.saturating_add(row(line))
    }

    /// One figure.
    pub(super) fn at(self, line: usize, place: usize) -> String {
        format!("{}!{}{}", self.sheet, column_number_to_name(column(place)), self.row(line) + 1)
    }

    /// Figures beside each other in one line.
    pub(super) fn across(self, line: usize, places: Range<usize>) -> String {
        self.area(line..line + 1, places)
    }

    /// Figures below each other in one column.
    pub(super) fn down(self, lines: Range<usize>, place: usize) -> String {
        self.area(lines, place..place + 1)
    }

    /// All lines of one column, absolute.
    pub(super) fn whole(self, place: usize) -> String {
        let name = column_number_to_name(column(place));
        format!("{}!${name}${}:${name}${}", self.sheet, self.first + 1, self.row(self.lines.saturating_sub(1)) + 1)
    }

    /// A rectangle of figures.
    pub(super) fn area(self, lines: Range<usize>, places: Range<usize>) -> String {
        let (top, bottom) = (self.row(lines.start) + 1, self.row(lines.end.saturating_sub(1)) + 1);
        let left = column_number_to_name(column(places.start));
        let right = column_number_to_name(column(places.end.saturating_sub(1)));
        format!("{}!{left}{top}:{right}{bottom}", self.sheet)
    }

    /// The same rectangle, absolute.
    pub(super) fn fixed(self, lines: Range<usize>, places: Range<usize>) -> String {
        let (top, bottom) = (self.row(lines.start) + 1, self.row(lines.end.saturating_sub(1)) + 1);
        let left = column_number_to_name(column(places.start));
        let right = column_number_to_name(column(places.end.saturating_sub(1)));
        format!("{}!${left}${top}:${right}${bottom}", self.sheet)
    }

    /// The column of ids (E) of all lines, absolute.
    pub(super) fn ids(self) -> String {
        format!("{}!$E${}:$E${}", self.sheet, self.first + 1, self.row(self.lines.saturating_sub(1)) + 1)
    }
}

/// Hands out the rows of a sheet from top to bottom.
pub(super) struct Stack {
    sheet: &'static str,
    next: u32,
}

impl Stack {
    pub(super) const fn new(sheet: &'static str) -> Self {
        Self { sheet, next: BODY }
    }

    /// A heading, so many lines, and an empty row.
    pub(super) fn take(&mut self, lines: usize) -> Block {
        let first = self.next.saturating_add(1);
        self.next = first.saturating_add(row(lines)).saturating_add(1);
        Block { sheet: self.sheet, first, lines }
    }

    pub(super) fn many<const N: usize>(&mut self, lines: usize) -> [Block; N] {
        std::array::from_fn(|_| self.take(lines))
    }
}

/// Where each block lies. Names of measures are the model's; `cells` is one line a region and role, region by region.
#[derive(Debug)]
pub(super) struct Blocks {
    pub(super) regions: Block,
    pub(super) market_size: Block,
    pub(super) rival_share: Block,
    pub(super) roles: Block,
    pub(super) ramp: Block,
    pub(super) serves: Block,
    pub(super) pay: Block,
    pub(super) hires: Block,
    pub(super) team: Block,
    pub(super) targets: Block,
    pub(super) judgements: Block,
    pub(super) timeline: Block,
    pub(super) renewed: Block,
    pub(super) years: Block,
    pub(super) attrition: Block,
    /// p(k), then payout(k), by role.
    pub(super) by_tenure: [Block; 2],
    /// Of one head that starts: at work, leaving, ramped, paid, by tenure.
    pub(super) kernels: [Block; 4],
    /// Entries of the baseline: at work, leaving, productivity, ramped, paid, share that stays.
    pub(super) entries: [Block; 6],
    /// Baseline by cell: at work, leaving, ramped, paid.
    pub(super) baseline: [Block; 4],
    /// Whole part, fraction, planned, growth, backfills, starts.
    pub(super) starts: [Block; 6],
    /// Opening, active, leavers, closing, ramped, paid.
    pub(super) heads: [Block; 6],
    /// Demand, cover, factor; one line a region and Support role.
    pub(super) support: [Block; 3],
    /// Support factor, direct capacity, quota; one line a region and Seller.
    pub(super) sellers: [Block; 3],
    /// Partner capacity; one line a region and `PartnerManager`.
    pub(super) partners: Block,
    /// Steps of the cost lines before rounding: see [`super::cost::STEPS`].
    pub(super) steps: [Block; 7],
    pub(super) cost: [Block; 9],
    /// Capacity, partner capacity, revenue, people cost, incentives, credits, programme, total, contribution.
    pub(super) months: [Block; 9],
    /// A twelfth of the capacity, by region.
    pub(super) twelfths: Block,
    /// What is in service of earlier bookings; one line a region and month, one column a month since the booking.
    pub(super) service: Block,
    pub(super) bare_twelfths: Block,
    pub(super) bare_service: Block,
    /// Backfills, active, leavers, ramped, paid, people cost, by cell.
    pub(super) bare_cells: [Block; 6],
    pub(super) bare_steps: [Block; 7],
    pub(super) bare_factor: Block,
    pub(super) bare_direct: Block,
    pub(super) bare_partners: Block,
    /// Capacity, partner capacity, revenue, total cost, contribution, by region.
    pub(super) bare_months: [Block; 5],
    pub(super) payback: Block,
    /// One block a [`super::results::Sum`], in their order; lines: the plan, areas, regions.
    pub(super) results: [Block; 16],
    pub(super) support_coverage: Block,
    /// Share and lead, by region.
    pub(super) market: [Block; 2],
    pub(super) growth_hires: Block,
    /// Capacity, cost, contribution.
    pub(super) added: Block,
    pub(super) payback_months: Block,
    pub(super) checks: super::checks::ChecksLayout,
    pub(super) summary: super::summary::SummaryLayout,
}

/// Lines of [`Blocks::timeline`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Time {
    Number,
    Month,
    Quarter,
    Year,
    Season,
    Share,
    Linearity,
    Rises,
    Pay,
    Partners,
}

/// Lines of [`Blocks::payback`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Back {
    Growth,
    Begun,
    Capacity,
    Cost,
    Contribution,
    Sum,
    Negative,
    Repaid,
}

/// The plan, its outcome, and where everything about them lies.
pub(super) struct Layout<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) plan: &'a Plan,
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
}

impl<'a> Layout<'a> {
    pub(super) fn new(outcome: &'a Outcome) -> Self {
        let plan: &Plan = outcome.plan();
        let of = |wanted: fn(&Kind) -> bool| {
            (0..).zip(&plan.roles).filter(|(_, role)| wanted(&role.kind)).map(|(k, _)| k).collect::<Vec<usize>>()
        };
        let sellers = of(|kind| matches!(kind, Kind::Seller { .. }));
        let supports = of(|kind| matches!(kind, Kind::Support { .. }));
        let partners = of(|kind| matches!(kind, Kind::PartnerManager { .. }));
        let entries = plan.baseline.len() + SPARE;
        let blocks = blocks(plan, [sellers.len(), supports.len(), partners.len()], entries);
        Self {
            outcome,
            plan,
            months: plan.calendar.months(),
            quarters: plan.calendar.quarters,
            years: plan.calendar.years(),
            areas: plan.areas(),
            sellers,
            supports,
            partners,
            ramp: plan.roles.iter().map(|r| r.ramp.len()).max().unwrap_or(0).max(6) + 6,
            entries,
            blocks,
        }
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

    pub(super) fn region(&self, index: usize) -> Option<&'a Region> {
        self.plan.regions.get(index)
    }

    pub(super) fn role(&self, index: usize) -> Option<&'a Role> {
        self.plan.roles.get(index)
    }

    /// A month of a cell as the engine has it.
    pub(super) fn month(&self, line: usize, t: usize) -> CellMonth {
        let (r, k) = self.cell(line);
        self.outcome.region(r).map(|region| region.cell_month(k, t)).unwrap_or_default()
    }

    /// The same month without growth hires.
    pub(super) fn bare_month(&self, line: usize, t: usize) -> CellMonth {
        let (r, k) = self.cell(line);
        self.outcome.region_without_growth(r).map(|region| region.cell_month(k, t)).unwrap_or_default()
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
        self.blocks.timeline.at(place(line), t)
    }

    /// Names of the months.
    pub(super) fn month_name(&self, t: usize) -> String {
        self.plan.calendar.name(Period::Month(t))
    }
}

/// The line of the timeline.
pub(super) const fn place(line: Time) -> usize {
    match line {
        Time::Number => 0,
        Time::Month => 1,
        Time::Quarter => 2,
        Time::Year => 3,
        Time::Season => 4,
        Time::Share => 5,
        Time::Linearity => 6,
        Time::Rises => 7,
        Time::Pay => 8,
        Time::Partners => 9,
    }
}

/// The line of the payback sheet.
pub(super) const fn back(line: Back) -> usize {
    match line {
        Back::Growth => 0,
        Back::Begun => 1,
        Back::Capacity => 2,
        Back::Cost => 3,
        Back::Contribution => 4,
        Back::Sum => 5,
        Back::Negative => 6,
        Back::Repaid => 7,
    }
}

fn blocks(plan: &Plan, [sellers, supports, partners]: [usize; 3], entries: usize) -> Blocks {
    let (regions, roles) = (plan.regions.len(), plan.roles.len());
    let cells = regions * roles;
    let mut places = Stack::new("Regions");
    let mut people = Stack::new("Roles");
    let mut goals = Stack::new("Targets");
    let mut time = Stack::new("Timeline");
    let mut tenure = Stack::new("Tenure");
    let mut team = Stack::new("Baseline");
    let mut capacity = Stack::new("Capacity");
    let mut bare = Stack::new("Without");
    let mut cost = Stack::new("Cost");
    let mut ends = Stack::new("Results");
    let mut service = Stack::new("Service");
    let months = plan.calendar.months();
    Blocks {
        regions: places.take(regions),
        market_size: places.take(regions),
        rival_share: places.take(regions),
        roles: people.take(roles),
        ramp: people.take(roles),
        serves: people.take(roles),
        pay: Stack::new("Pay").take(cells),
        hires: Stack::new("Hires").take(cells),
        team: Stack::new("Team").take(entries),
        targets: goals.take(regions),
        judgements: goals.take(plan.judgements.len() + SPARE),
        timeline: time.take(10),
        years: time.take(2),
        renewed: tenure.take(1),
        attrition: Stack::new("Attrition").take(cells),
        by_tenure: tenure.many(roles),
        kernels: tenure.many(cells),
        entries: team.many(entries),
        baseline: team.many(cells),
        starts: Stack::new("Starts").many(cells),
        heads: Stack::new("Heads").many(cells),
        support: Stack::new("Support").many(regions * supports),
        sellers: capacity.many(regions * sellers),
        partners: capacity.take(regions * partners),
        steps: cost.many(cells),
        cost: cost.many(cells),
        months: Stack::new("Months").many(regions),
        twelfths: service.take(regions),
        service: service.take(regions * months),
        bare_twelfths: service.take(regions),
        bare_service: service.take(regions * months),
        bare_cells: bare.many(cells),
        bare_steps: bare.many(cells),
        bare_factor: bare.take(regions * sellers),
        bare_direct: bare.take(regions * sellers),
        bare_partners: bare.take(regions * partners),
        bare_months: bare.many(regions),
        payback: Stack::new("Payback").take(8),
        results: ends.many(1 + plan.areas().len() + regions),
        support_coverage: ends.take(regions * supports),
        market: ends.many(regions),
        growth_hires: ends.take(1),
        added: ends.take(3),
        payback_months: ends.take(1),
        checks: super::checks::ChecksLayout::new(regions, supports, cells),
        summary: super::summary::SummaryLayout::new(),
    }
}
