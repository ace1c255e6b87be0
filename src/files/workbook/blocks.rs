//! Where each block of figures lies: everything is laid out before anything is written, so that a sheet can refer to a
//! later one.

use super::grid::{Block, Stack};
use super::pay::WorkbookPay;
use crate::analysis::HeadlineFigure;
use crate::engine::{CostLine, FindingKind, Inner, Measure, PlanCase, RollupFigure, Sum, What};
use crate::plan::Plan;

/// Empty lines after a list of inputs, for more of the same.
pub(super) const SPARE: usize = 8;
/// Rows that the charts cover.
const CHART_ROWS: usize = 20;
/// Conditions that hold in any workbook: see the sheet Checks.
pub(super) const FOOTS: usize = 6;

/// Heads of a cell from which capacity and cost follow.
pub(super) const HEADS: [What; 5] = [
    What::Inner(Inner::Starts),
    What::Measure(Measure::Active),
    What::Measure(Measure::Leavers),
    What::Measure(Measure::Ramped),
    What::Inner(Inner::PaidHeads),
];

/// Cost of a cell: cash pay before rounding, the nine lines, their sum.
pub(super) const COST: [What; 12] = [
    What::Inner(Inner::BaseCash),
    What::Inner(Inner::VariableCash),
    What::Measure(Measure::BasePay),
    What::Measure(Measure::VariablePay),
    What::Measure(Measure::Burden),
    What::Measure(Measure::Travel),
    What::Measure(Measure::Tools),
    What::Measure(Measure::Workplace),
    What::Measure(Measure::Recruiting),
    What::Measure(Measure::Onboarding),
    What::Measure(Measure::Severance),
    What::Inner(Inner::CellCost),
];

/// A region's months, in the order in which they follow from each other.
pub(super) const MONTHS: [What; 11] = [
    What::Measure(Measure::Capacity),
    What::Inner(Inner::PartnerCapacityOfRegion),
    What::Inner(Inner::InService),
    What::Measure(Measure::Revenue),
    What::Measure(Measure::PeopleCost),
    What::Inner(Inner::RenewedPartnerBookings),
    What::Measure(Measure::PartnerIncentives),
    What::Measure(Measure::SlaCredits),
    What::Measure(Measure::ProgrammeCost),
    What::Measure(Measure::TotalCost),
    What::Measure(Measure::Contribution),
];

/// What is made of the cost of people: by month, and by quarter and year.
const MADE_OF_PAY: [(Measure, Sum); 3] = [
    (Measure::PeopleCost, Sum::PeopleCost),
    (Measure::TotalCost, Sum::TotalCost),
    (Measure::Contribution, Sum::Contribution),
];

/// Whether a figure by quarter and year is made of the cost of people.
fn is_made_of_pay(figure: RollupFigure) -> bool {
    let is_of_pay = |sum| MADE_OF_PAY.iter().any(|(_, of_pay)| *of_pay == sum);
    figure.formula().is_some_and(|formula| formula.sums().any(is_of_pay))
}

/// Whether a figure of [`MONTHS`] is in the workbook.
pub(super) fn has_month(what: What, pay: WorkbookPay) -> bool {
    pay == WorkbookPay::Told || MADE_OF_PAY.iter().all(|(measure, _)| what != What::Measure(*measure))
}

/// What the lines of a block are, region by region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// One line a region and role.
    Cells,
    /// One line a region and Seller.
    Sellers,
    /// One line a region and Support role.
    Supports,
    /// One line a region and `PartnerManager`.
    Partners,
    /// One line a region.
    Regions,
}

/// The numbers of lines of a plan's blocks.
#[derive(Debug, Clone, Copy)]
struct Counts {
    regions: usize,
    cells: usize,
    sellers: usize,
    supports: usize,
    partners: usize,
    /// Sellers that accounts limit, and partner managers that partners do.
    limited: [usize; 2],
    /// Whether people move, and whether they are to go.
    departs: [bool; 2],
    pay: WorkbookPay,
}

/// Accounts or partners where they limit who sells, by seller or `PartnerManager`; without lines where nothing limits.
#[derive(Debug, Clone, Copy)]
pub(super) struct LimitBlocks {
    /// Sales with one account or partner, by which roles come first.
    pub(super) sales: Block,
    pub(super) wanted: Block,
    /// α or φ.
    pub(super) share: Block,
    /// The sales that are lost, by region.
    pub(super) missing: Block,
}

impl LimitBlocks {
    fn new(sheet: &mut Stack, lines: usize, regions: usize) -> Self {
        let [sales, wanted, share] = std::array::from_fn(|_| sheet.take_if(lines > 0, lines));
        Self { sales, wanted, share, missing: sheet.take_if(lines > 0, regions) }
    }
}

/// Month by month, the figures of the plan or of the same plan without growth hires.
#[derive(Debug)]
pub(super) struct MonthlyBlocks {
    pub(super) heads: [Block; 5],
    /// Demand, cover, factor.
    pub(super) support: [Block; 3],
    pub(super) support_factor: Block,
    pub(super) direct: Block,
    pub(super) partners: Block,
    pub(super) cost: [Block; 12],
    pub(super) months: [Block; 11],
    /// Accounts, partners.
    pub(super) limits: [LimitBlocks; 2],
}

impl MonthlyBlocks {
    fn of_plan(counts: Counts, starts: Block, sheets: [&mut Stack; 5]) -> Self {
        let [heads, support, capacity, cost, months] = sheets;
        let [active, leavers, ramped, paid] = heads.many(counts.cells);
        Self {
            heads: [starts, active, leavers, ramped, paid],
            support: support.many(counts.supports),
            support_factor: capacity.take(counts.sellers),
            direct: capacity.take(counts.sellers),
            partners: capacity.take(counts.partners),
            limits: counts.limited.map(|lines| LimitBlocks::new(capacity, lines, counts.regions)),
            cost: cost.many(counts.cells),
            months: MONTHS.map(|what| months.take_if(has_month(what, counts.pay), counts.regions)),
        }
    }

    fn without_growth(counts: Counts) -> Self {
        let mut sheet = Stack::new("Without");
        Self {
            heads: sheet.many(counts.cells),
            support: sheet.many(counts.supports),
            support_factor: sheet.take(counts.sellers),
            direct: sheet.take(counts.sellers),
            partners: sheet.take(counts.partners),
            cost: sheet.many(counts.cells),
            months: sheet.many(counts.regions),
            limits: counts.limited.map(|lines| LimitBlocks::new(&mut sheet, lines, counts.regions)),
        }
    }

    /// The block of a figure, and what its lines are.
    pub(super) fn of(&self, what: What) -> Option<(Block, Lines)> {
        let among = |list: &[What], blocks: &[Block], lines| {
            let place = list.iter().position(|other| *other == what)?;
            Some((blocks.get(place).copied()?, lines))
        };
        match what {
            What::Inner(Inner::SupportFactor) => Some((self.support_factor, Lines::Sellers)),
            What::Measure(Measure::DirectCapacity) => Some((self.direct, Lines::Sellers)),
            What::Measure(Measure::PartnerCapacity) => Some((self.partners, Lines::Partners)),
            _ => among(&HEADS, &self.heads, Lines::Cells)
                .or_else(|| among(&COST, &self.cost, Lines::Cells))
                .or_else(|| among(&MONTHS, &self.months, Lines::Regions)),
        }
    }
}

/// Where each block lies.
#[derive(Debug)]
pub(super) struct Blocks {
    pub(super) regions: Block,
    pub(super) market_size: Block,
    pub(super) rival_share: Block,
    /// Partners by region, and weights of its own seasons; without lines where no region states any.
    pub(super) region_partners: Block,
    pub(super) region_seasonality: Block,
    pub(super) roles: Block,
    pub(super) ramp: Block,
    pub(super) serves: Block,
    pub(super) pay: Block,
    pub(super) hires: Block,
    pub(super) team: Block,
    pub(super) targets: Block,
    pub(super) judgements: Block,
    pub(super) timeline: Block,
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
    /// Whole part, fraction, planned, growth, backfills.
    pub(super) starts: [Block; 5],
    /// Opening and closing heads of the plan.
    pub(super) ends: [Block; 2],
    pub(super) quota: Block,
    pub(super) with: MonthlyBlocks,
    pub(super) without: MonthlyBlocks,
    pub(super) payback: Block,
    /// The block of each figure by quarter and year, in their order; lines: the plan, areas, regions.
    pub(super) results: Vec<(RollupFigure, Block)>,
    pub(super) support_coverage: Block,
    /// Share and lead, by region.
    pub(super) market: [Block; 2],
    pub(super) growth_hires: Block,
    /// Capacity, cost, contribution.
    pub(super) added: Block,
    pub(super) payback_months: Block,
    pub(super) checks: CheckBlocks,
    pub(super) summary: SummaryBlocks,
}

/// Where the blocks of the sheet Checks lie.
#[derive(Debug)]
pub(super) struct CheckBlocks {
    pub(super) foots: Block,
    pub(super) kinds: Block,
    pub(super) budget: Block,
    pub(super) recruiting: Block,
    pub(super) seats: Block,
    pub(super) capacity: Block,
    pub(super) managers: Block,
    pub(super) support: Block,
    pub(super) early: Block,
    pub(super) late: Block,
    /// Accounts, partners.
    pub(super) limits: [Block; 2],
    /// Too few to move, too few to go.
    pub(super) too_few: [Block; 2],
}

impl CheckBlocks {
    fn new(counts: Counts) -> Self {
        let mut sheet = Stack::new("Checks");
        Self {
            foots: sheet.take_if(counts.pay == WorkbookPay::Told, FOOTS),
            kinds: sheet.take(FindingKind::ALL.len()),
            budget: sheet.take(2),
            recruiting: sheet.take(1),
            seats: sheet.take(counts.regions),
            capacity: sheet.take(counts.regions),
            managers: sheet.take(counts.regions),
            support: sheet.take(counts.supports),
            early: sheet.take(counts.cells),
            late: sheet.take(counts.cells),
            limits: counts.limited.map(|lines| sheet.take_if(lines > 0, counts.regions)),
            too_few: counts.departs.map(|departs| sheet.take_if(departs, counts.cells)),
        }
    }
}

/// Where the blocks of the sheet Summary lie.
#[derive(Debug)]
pub(super) struct SummaryBlocks {
    pub(super) headline: Block,
    pub(super) charts: Block,
    pub(super) heads: Block,
    pub(super) cost: Block,
}

impl SummaryBlocks {
    fn new(pay: WorkbookPay) -> Self {
        let mut sheet = Stack::new("Summary");
        Self {
            // Payback and findings follow.
            headline: sheet.take(HeadlineFigure::ALL.len() + 2),
            charts: sheet.take(CHART_ROWS),
            heads: sheet.take(4),
            cost: sheet.take(2 + if pay == WorkbookPay::Told { CostLine::ALL.len() } else { 1 }),
        }
    }
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

/// The line of the timeline.
pub(super) const fn timeline_line(line: Time) -> usize {
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
pub(super) const fn payback_line(line: Back) -> usize {
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

impl Blocks {
    /// The blocks of a plan with so many Sellers, Support roles and `PartnerManager`s, and so many lines of the baseline.
    pub(super) fn new(
        plan: &Plan,
        [sellers, supports, partners]: [usize; 3],
        entries: usize,
        pay: WorkbookPay,
    ) -> Self {
        let (regions, roles) = (plan.regions.len(), plan.roles.len());
        let cells = regions * roles;
        let has_partners = plan.regions.iter().any(|region| region.partners.is_some());
        let has_seasons = plan.regions.iter().any(|region| region.seasonality.is_some());
        let of_regions = |wanted: bool, roles: usize| if wanted { regions * roles } else { 0 };
        let counts = Counts {
            regions,
            cells,
            sellers: regions * sellers,
            supports: regions * supports,
            partners: regions * partners,
            departs: [!plan.moves.is_empty(), !plan.exits.is_empty()],
            limited: [of_regions(plan.assumptions.accounts_limit, sellers), of_regions(has_partners, partners)],
            pay,
        };
        let places_of = |figure: RollupFigure| {
            let only_plan = pay == WorkbookPay::LeftOut && is_made_of_pay(figure);
            1 + if only_plan { 0 } else { plan.areas().len() + regions }
        };
        let mut places = Stack::new("Regions");
        let mut people = Stack::new("Roles");
        let mut goals = Stack::new("Targets");
        let mut time = Stack::new("Timeline");
        let mut tenure = Stack::new("Tenure");
        let mut team = Stack::new("Baseline");
        let mut results = Stack::new("Results");
        let mut starts = Stack::new("Starts");
        let mut heads = Stack::new("Heads");
        let mut capacity = Stack::new("Capacity");
        let (mut support, mut cost, mut months) = (Stack::new("Support"), Stack::new("Cost"), Stack::new("Months"));
        Self {
            regions: places.take(regions),
            market_size: places.take(regions),
            rival_share: places.take(regions),
            region_partners: places.take_if(has_partners, regions),
            region_seasonality: places.take_if(has_seasons, regions),
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
            attrition: Stack::new("Attrition").take(cells),
            by_tenure: tenure.many(roles),
            kernels: tenure.many(cells),
            entries: team.many(entries),
            baseline: team.many(cells),
            starts: starts.many(cells),
            with: MonthlyBlocks::of_plan(
                counts,
                starts.take(cells),
                [&mut heads, &mut support, &mut capacity, &mut cost, &mut months],
            ),
            quota: capacity.take(counts.sellers),
            ends: heads.many(cells),
            without: MonthlyBlocks::without_growth(counts),
            payback: Stack::new("Payback").take(8),
            results: RollupFigure::all().into_iter().map(|figure| (figure, results.take(places_of(figure)))).collect(),
            support_coverage: results.take(counts.supports),
            market: results.many(regions),
            growth_hires: results.take(1),
            // With the hires of a quarter, what they cost tells pay.
            added: results.take(if pay == WorkbookPay::Told { 3 } else { 1 }),
            payback_months: results.take(1),
            checks: CheckBlocks::new(counts),
            summary: SummaryBlocks::new(pay),
        }
    }

    /// The blocks of the plan, or of the plan without growth; the workbook has none of the outlook.
    pub(super) const fn monthly(&self, case: PlanCase) -> &MonthlyBlocks {
        match case {
            PlanCase::Plan | PlanCase::Outlook => &self.with,
            PlanCase::WithoutGrowth => &self.without,
        }
    }

    /// The block of a figure by quarter and year; `None` if the workbook has none.
    pub(super) fn result(&self, figure: impl Into<RollupFigure>) -> Option<Block> {
        let figure = figure.into();
        self.results.iter().find(|(other, _)| *other == figure).map(|(_, block)| *block)
    }

    /// The block of a figure by months, and what its lines are; `None` if the workbook has no such block.
    pub(super) fn of(&self, case: PlanCase, what: What) -> Option<(Block, Lines)> {
        let [opening, closing] = self.ends;
        let [_, _, _, growth, backfills] = self.starts;
        let of_plan = match what {
            _ if case != PlanCase::Plan => None,
            What::Measure(Measure::Opening) => Some((opening, Lines::Cells)),
            What::Measure(Measure::Closing) => Some((closing, Lines::Cells)),
            What::Measure(Measure::Growth) => Some((growth, Lines::Cells)),
            What::Measure(Measure::Backfills) => Some((backfills, Lines::Cells)),
            What::Measure(Measure::Quota) => Some((self.quota, Lines::Sellers)),
            _ => None,
        };
        of_plan.or_else(|| self.monthly(case).of(what))
    }
}
