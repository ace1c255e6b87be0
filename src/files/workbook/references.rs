//! Which cell of the workbook holds a term of a formula: an input by its path, a figure by its key.

use super::blocks::{Lines, Time, timeline_line};
use super::columns::{self, defined_name, pay, region, role};
use super::grid::Block;
use super::layout::Layout;
use crate::engine::{Inner, Key, Place, References, Source, Term, What};
use crate::units::Period;

/// The cells of the terms of a place's figures.
pub(super) struct CellReferences<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) place: Place,
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
        let (block, lines) = self.layout.blocks.of(key.growth_case, key.what)?;
        Some(FigureCell { block, line: self.layout.line_of(lines, key.place)?, month })
    }

    fn input(&self, path: &str) -> Option<String> {
        let (blocks, plan) = (&self.layout.blocks, self.layout.plan);
        let (list, rest) = path.split_once('[').unwrap_or((path, ""));
        match list {
            "regions" => {
                let (id, _) = rest.split_once("].")?;
                Some(blocks.regions.input(plan.region_index(id)?, columns::place(region::FIELDS, path)?))
            }
            "roles" => {
                let (id, _) = rest.split_once("].")?;
                Some(blocks.roles.input(plan.role_index(id)?, columns::place(role::FIELDS, path)?))
            }
            "pay" => {
                let line = self.layout.line_of(Lines::Cells, self.place)?;
                Some(blocks.pay.input(line, columns::place(pay::FIELDS, path)?))
            }
            // The rate of a region stands beside its currency.
            "rates" => {
                let (Place::Region(r) | Place::Cell(r, _)) = self.place else { return None };
                Some(blocks.regions.input(r, region::RATE))
            }
            _ if rest.is_empty() => Some(defined_name(path).to_owned()),
            _ => None,
        }
    }
}
