//! Which cell of the workbook holds a term of a formula: an input by its path, a figure by its key.

use super::blocks::{Lines, Time, timeline_line};
use super::columns::{self, pay, region, role};
use super::grid::Block;
use super::layout::Layout;
use crate::engine::{Inner, Key, Measure, Place, PlanCase, References, Source, Term, What};
use crate::plan::Pay;
use crate::units::Period;

/// The cells of the terms of a place's figures.
pub(super) struct CellReferences<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) place: Place,
    /// The month whose inputs are read.
    pub(super) month: usize,
    /// Places to which the amounts of the figures can be rounded before they are rounded to the cent.
    pub(super) places: u32,
}

/// The cell of a monthly figure.
#[derive(Debug, Clone, Copy)]
struct FigureCell {
    block: Block,
    line: usize,
    month: usize,
}

impl FigureCell {
    /// Whether another cell is the next one below or at the right.
    fn is_before(self, next: Self) -> bool {
        let (row, other) = (self.block.row(self.line), next.block.row(next.line));
        self.block.sheet == next.block.sheet
            && ((self.month == next.month && row + 1 == other) || (row == other && self.month + 1 == next.month))
    }
}

impl References for CellReferences<'_> {
    fn term(&self, term: &Term) -> Option<String> {
        match &term.source {
            Source::Input(path) | Source::Default(path) => self.input(path),
            Source::Figure(key) => self.timeline(*key).or_else(|| {
                let cell = self.figure(*key)?;
                Some(cell.block.at(cell.line, cell.month))
            }),
        }
    }

    fn addends(&self, terms: &[&Term]) -> Option<Vec<String>> {
        let figure = |term: &&Term| if let Source::Figure(key) = &term.source { self.figure(*key) } else { None };
        let Some(mut cells) = terms.iter().map(figure).collect::<Option<Vec<_>>>() else {
            return terms.iter().map(|term| self.term(term)).collect();
        };
        cells.sort_by_key(|cell| (cell.month, cell.block.row(cell.line)));
        let runs: Vec<&[FigureCell]> = cells.chunk_by(|a, b| a.is_before(*b)).collect();
        if runs.len() == cells.len() {
            return terms.iter().map(|term| self.term(term)).collect();
        }
        let ranges: Option<Vec<String>> = runs.into_iter().map(range).collect();
        Some(vec![format!("SUM({})", ranges?.join(","))])
    }

    fn places(&self) -> u32 {
        self.places
    }
}

/// Cells beside or below each other.
fn range(run: &[FigureCell]) -> Option<String> {
    let (first, last) = (run.first()?, run.last()?);
    if run.len() == 1 {
        return Some(first.block.at(first.line, first.month));
    }
    // The last cell may belong to the next block of the sheet, so the lines count from the first one's block.
    let lines = usize::try_from(last.block.row(last.line).checked_sub(first.block.row(first.line))?).ok()?;
    Some(first.block.area(first.line..first.line + lines + 1, first.month..last.month + 1))
}

impl CellReferences<'_> {
    /// What holds in a month for every region and role.
    fn timeline(&self, key: Key) -> Option<String> {
        let Period::Month(t) = key.period else { return None };
        if let What::Inner(Inner::PayLevel { variable }) = key.what
            && let Some(level) = self.pay_level(variable, key.place, t)
        {
            return Some(level);
        }
        let seasons = self.layout.values.linearity;
        if let (What::Inner(Inner::Linearity), Place::Region(r) | Place::Cell(r, _)) = (key.what, key.place)
            && seasons.lines > 0
        {
            return Some(seasons.at(r, t));
        }
        let line = match key.what {
            What::Inner(Inner::PayLevel { .. }) => Time::Pay,
            What::Inner(Inner::Linearity) => Time::Linearity,
            What::Inner(Inner::PartnersSell) => Time::Partners,
            _ => return None,
        };
        Some(self.layout.blocks.timeline.in_row(timeline_line(line), t))
    }

    fn figure(&self, key: Key) -> Option<FigureCell> {
        let Period::Month(month) = key.period else { return None };
        if key.case == PlanCase::Outlook {
            return None;
        }
        if key.what == What::Inner(Inner::LimitShare) {
            return self.limit_share(key, month);
        }
        if let Some(block) = self.departures(key) {
            return Some(FigureCell { block, line: self.layout.line_of(Lines::Cells, key.place)?, month });
        }
        let (block, lines) = self.layout.blocks.of(key.case, key.what)?;
        Some(FigureCell { block, line: self.layout.line_of(lines, key.place)?, month })
    }

    /// The level of pay that changes.
    fn pay_level(&self, variable: bool, place: Place, t: usize) -> Option<String> {
        let field = if variable { Pay::VARIABLE } else { Pay::BASE };
        let blocks = self.layout.values.pay_levels.iter().find(|blocks| blocks.field == field)?;
        Some(blocks.level.at(self.layout.line_of(Lines::Cells, place)?, t))
    }

    /// The block of those who move in or out, or go.
    fn departures(&self, key: Key) -> Option<Block> {
        let [moved_in, moved_out, exits] = self.layout.cohort_blocks.as_ref()?.departures(key.case);
        match key.what {
            What::Measure(Measure::MovedIn) => Some(moved_in),
            What::Measure(Measure::MovedOut) => Some(moved_out),
            What::Measure(Measure::Exits) => Some(exits),
            _ => None,
        }
    }

    /// α of a Seller, or φ of a partner manager.
    fn limit_share(&self, key: Key, month: usize) -> Option<FigureCell> {
        let blocks = self.layout.blocks.monthly(key.case).limits;
        let mut found = blocks.into_iter().zip([Lines::Sellers, Lines::Partners]).filter_map(|(blocks, lines)| {
            let line = self.layout.line_of(lines, key.place).filter(|_| blocks.share.lines > 0)?;
            Some(FigureCell { block: blocks.share, line, month })
        });
        found.next()
    }

    fn input(&self, path: &str) -> Option<String> {
        let (layout, plan, t) = (self.layout, self.layout.plan, self.month);
        // What a change sets is the field itself, in the month.
        let changed = |rest: &str| plan.changes.get(rest.split_once(']')?.0.parse::<usize>().ok()?);
        let path = match path.strip_prefix("changes[") {
            Some(rest) => changed(rest)?.path.as_str(),
            None => path,
        };
        let (list, rest) = path.split_once('[').unwrap_or((path, ""));
        match list {
            "regions" => {
                let (id, _) = rest.split_once("].")?;
                Some(layout.region_input(plan.region_index(id)?, columns::place(region::FIELDS, path)?, t))
            }
            "roles" => {
                let (id, _) = rest.split_once("].")?;
                Some(layout.role_input(plan.role_index(id)?, columns::place(role::FIELDS, path)?, t))
            }
            "pay" => {
                let line = layout.line_of(Lines::Cells, self.place)?;
                Some(layout.pay_input(line, columns::place(pay::FIELDS, path)?, t))
            }
            // The rate of a region stands beside its currency.
            "rates" => {
                let (Place::Region(r) | Place::Cell(r, _)) = self.place else { return None };
                Some(layout.rate_input(r, t))
            }
            _ if rest.is_empty() => Some(layout.plan_input_at(path, t)),
            _ => None,
        }
    }
}
