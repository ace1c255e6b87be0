//! Closed months as trials read them, and what the open months after them begin from (`year.md`, section 13): the same in
//! every trial, from the plan's outlook.

use super::cell_month::Month;
use super::draws::Draws;
use crate::engine::{CellMonth, KnownPerson, OpenMonths, OpenMove, OpenSeat, Outlook, Place};
use crate::units::{Exact, Money, Period};

/// What a region sold and spent in a closed month.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClosedMonth {
    pub(super) capacity: f64,
    /// The part of it that partners sell, by the model.
    pub(super) partner: f64,
    pub(super) cost: f64,
}

/// What happened in a cell, and what is known to come.
#[derive(Debug)]
pub(super) struct CellHistory {
    /// The closed months.
    pub(super) months: Vec<Month>,
    /// The people in open months, in the order in which moves take those of equal service.
    pub(super) people: Vec<KnownPerson>,
    /// The months of growth hires that have signed: they start for certain.
    pub(super) signed: Vec<usize>,
    /// By month, the expected replacements of people who left in closed months.
    pub(super) due: Vec<ExpectedPeople>,
    /// By month, the share of the replacements then due that is still to come.
    pub(super) needed: Vec<f64>,
}

/// People of whom the last one may be expected in part.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExpectedPeople {
    whole: u32,
    part: f64,
}

impl ExpectedPeople {
    fn new(heads: Exact) -> Self {
        let whole = heads.floor_count().and_then(|whole| u32::try_from(whole).ok()).unwrap_or(0);
        Self { whole, part: (heads - Exact::from(whole)).to_f64() }
    }

    /// So many people as whole ones: a part of one is there by chance.
    pub(super) fn draw(self, draws: &mut Draws) -> u32 {
        let one = self.part > 0.0 && draws.uniform() < self.part;
        self.whole.saturating_add(u32::from(one))
    }
}

/// The people of a cell where months are closed.
pub(super) struct YearCell {
    /// Growth hires that may be made, by their months.
    pub(super) hires: Vec<usize>,
    /// Planned exits by month.
    pub(super) exits: Vec<u32>,
    pub(super) history: CellHistory,
}

/// What open months begin from.
pub(super) struct YearStart<'a> {
    outlook: &'a Outlook,
    open: OpenMonths,
}

impl<'a> YearStart<'a> {
    pub(super) fn new(outlook: &'a Outlook) -> Self {
        Self { outlook, open: outlook.open_months() }
    }

    pub(super) fn first_open(&self) -> usize {
        self.open.first
    }

    /// The planned moves of open months.
    pub(super) fn moves(&self) -> &[OpenMove] {
        &self.open.moves
    }

    /// The closed months of a region.
    pub(super) fn closed(&self, region: usize) -> Vec<ClosedMonth> {
        let months = self.outlook.region(region).map_or(&[][..], |region| region.months.as_slice());
        let amount = |money: Money| money.exact().to_f64();
        let closed = months.iter().take(self.open.first).map(|month| ClosedMonth {
            capacity: amount(month.capacity),
            partner: amount(month.partner_capacity),
            cost: amount(month.total_cost()),
        });
        closed.collect()
    }

    /// What the judgements of a quarter add to the outlook of a region.
    pub(super) fn judgement(&self, region: usize, quarter: usize) -> f64 {
        let sums = self.outlook.rollup(Place::Region(region), Period::Quarter(quarter));
        let Some((sums, months)) = sums.zip(self.outlook.region(region)) else { return 0.0 };
        let sold: Money = (quarter * 3..quarter * 3 + 3).map(|t| months.month(t).capacity).sum();
        (sums.capacity - sold).exact().to_f64()
    }

    /// The people of a cell; `None` if nobody is or comes there.
    pub(super) fn cell(&self, region: usize, role: usize) -> Option<YearCell> {
        let open = self.open.cell(region, role)?;
        let months = self.outlook.region(region)?.cells.get(role).map_or(&[][..], |cell| cell.months.as_slice());
        let (signed, unsigned): (Vec<&OpenSeat>, Vec<&OpenSeat>) = open.seats.iter().partition(|seat| seat.is_signed);
        let history = CellHistory {
            months: months.iter().take(self.open.first).map(month).collect(),
            people: open.people.clone(),
            signed: signed.into_iter().map(|seat| seat.month).collect(),
            due: open.due.iter().map(|heads| ExpectedPeople::new(*heads)).collect(),
            needed: open.needed.iter().map(|share| share.to_f64()).collect(),
        };
        let hires = unsigned.into_iter().map(|seat| seat.month).collect();
        Some(YearCell { hires, exits: open.exits.clone(), history })
    }
}

/// The people of a closed month, whose sales and cost are not worked out from them.
fn month(month: &CellMonth) -> Month {
    let heads = |heads: Exact| heads.to_f64();
    Month {
        starts: heads(month.starts().exact()),
        active: heads(month.active.exact()),
        leavers: heads(month.leavers.exact()),
        exits: heads(month.exits.exact()),
        ..Month::default()
    }
}
