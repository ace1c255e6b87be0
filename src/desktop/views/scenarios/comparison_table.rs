//! The table of a comparison: a row for each figure, a column for each version, and the differences from the first.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{ComparedFigure, Comparison, main_year};
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Band, Cell, Column, Model, RowHead, Tone};
use crate::desktop::tokens::Palette;
use crate::engine::Unit;
use crate::plan::Currency;
use crate::units::{Exact, Period};

/// Which figures are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub(super) enum Section {
    #[default]
    Headline,
    Coverage,
    Lines,
    Cost,
}

impl Section {
    pub(super) const CHOICES: [(Self, Option<Icon>, &'static str); 4] = [
        (Self::Headline, None, "Headline"),
        (Self::Coverage, None, "Coverage by place"),
        (Self::Lines, None, "Cost lines"),
        (Self::Cost, None, "Cost by place"),
    ];
}

/// A row of the table, by the place of its figure in the comparison's list.
struct ComparisonLine {
    title: String,
    depth: u8,
    band: Band,
    /// The place, where its periods can be folded away.
    place: Option<String>,
    folded: Option<bool>,
    figure: usize,
}

/// What a column shows of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ComparisonColumn {
    Value,
    Change,
    Relative,
}

/// The comparison as a table.
pub(super) struct ComparisonTable<'a> {
    rows: &'a [ComparedFigure],
    lines: Vec<ComparisonLine>,
    shows: Vec<(usize, ComparisonColumn)>,
    columns: Arc<[Column]>,
    currency: Currency,
    by_place: bool,
    numbers: Numbers,
    palette: Palette,
}

impl<'a> ComparisonTable<'a> {
    pub(super) fn new(
        comparison: &'a Comparison,
        scene: &Scene<'_>,
        section: Section,
        open: &BTreeSet<String>,
    ) -> Self {
        let rows = match section {
            Section::Headline => &comparison.headline,
            Section::Coverage => &comparison.coverage,
            Section::Lines => &comparison.cost_lines,
            Section::Cost => &comparison.cost,
        };
        let by_place = matches!(section, Section::Coverage | Section::Cost);
        let plan = comparison.versions.first().map(|v| v.outcome.plan());
        let main = plan.map(|p| p.calendar.name(Period::Year(main_year(p)))).unwrap_or_default();
        let currency = plan.map_or_else(|| scene.plan().currency.clone(), |p| p.currency.clone());
        let lines = if by_place { places(rows, &main, open) } else { years(rows, &currency) };
        let (mut shows, mut columns) = (Vec::new(), Vec::new());
        for (index, version) in comparison.versions.iter().enumerate() {
            let column = |title: &str, width: f32| Column::new(title, width).group(&version.name).about(&version.name);
            shows.push((index, ComparisonColumn::Value));
            columns.push(column("Figure", 118.0));
            if index > 0 {
                shows.extend([(index, ComparisonColumn::Change), (index, ComparisonColumn::Relative)]);
                columns.push(column("Difference", 112.0).about("Less the first version's figure"));
                columns.push(column("Relative", 78.0).about("The difference as a share of the first version's figure"));
            }
            if let Some(last) = columns.pop() {
                columns.push(last.closing());
            }
        }
        let columns = columns.into();
        Self { rows, lines, shows, columns, currency, by_place, numbers: scene.numbers, palette: scene.palette }
    }

    /// The place whose periods a row folds away.
    pub(super) fn place(&self, row: usize) -> Option<String> {
        self.lines.get(row).and_then(|l| l.place.clone())
    }

    /// Every such place.
    pub(super) fn places(&self) -> BTreeSet<String> {
        self.lines.iter().filter_map(|l| l.place.clone()).collect()
    }

    fn at(&self, at: At) -> Option<(&ComparisonLine, &ComparedFigure, usize, ComparisonColumn)> {
        let line = self.lines.get(at.row)?;
        let (version, shows) = *self.shows.get(at.column)?;
        Some((line, self.rows.get(line.figure)?, version, shows))
    }
}

/// Rows of one place: by fiscal year, each with its name.
fn years(rows: &[ComparedFigure], currency: &Currency) -> Vec<ComparisonLine> {
    let line = |(figure, row): (usize, &ComparedFigure)| {
        let band = if row.name == "total_cost" { Band::Light } else { Band::None };
        ComparisonLine { title: figure_text::title(row, currency), depth: 0, band, place: None, folded: None, figure }
    };
    rows.iter().enumerate().map(line).collect()
}

/// A row for each place with its main year, which unfolds to all its periods.
fn places(rows: &[ComparedFigure], main: &str, open: &BTreeSet<String>) -> Vec<ComparisonLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    for run in rows.chunk_by(|a, b| a.region == b.region) {
        let Some(first) = run.first() else { continue };
        let (plan, area) = (first.region.is_empty(), first.region.starts_with("area:"));
        let depth = u8::from(!plan && !area);
        let name = if plan { "All regions" } else { first.place.as_str() };
        let head = run.iter().position(|r| r.period == main).unwrap_or(0);
        let opened = open.contains(&first.region);
        lines.push(ComparisonLine {
            title: format!("{name} {main}"),
            depth,
            band: if depth == 0 { Band::Strong } else { Band::Light },
            place: Some(first.region.clone()),
            folded: Some(!opened),
            figure: start + head,
        });
        if opened {
            let periods = run.iter().enumerate();
            lines.extend(periods.map(|(index, row)| ComparisonLine {
                title: row.period.clone(),
                depth: depth + 1,
                band: Band::None,
                place: None,
                folded: None,
                figure: start + index,
            }));
        }
        start += run.len();
    }
    lines
}

impl Model for ComparisonTable<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.columns)
    }

    fn corner(&self) -> String {
        match self.rows.first() {
            Some(row) if self.by_place => {
                let unit = figure_text::unit(row, &self.currency).map(|u| format!(", {u}")).unwrap_or_default();
                format!("{}{unit}", row.title)
            }
            _ => "Figure".to_owned(),
        }
    }

    fn head_width(&self) -> f32 {
        230.0
    }

    fn rows(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, row: usize) -> RowHead {
        let Some(line) = self.lines.get(row) else { return RowHead::default() };
        RowHead { title: line.title.clone(), depth: line.depth, band: line.band, folded: line.folded }
    }

    fn cell(&self, at: At) -> Cell {
        let Some((_, row, version, shows)) = self.at(at) else { return Cell::default() };
        let value = match shows {
            ComparisonColumn::Value => row.values.get(version).copied().flatten(),
            ComparisonColumn::Change => row.change(version),
            ComparisonColumn::Relative => row.relative(version),
        };
        let still = shows != ComparisonColumn::Value && value.is_none_or(Exact::is_zero);
        let heat = row.unit == Unit::Ratio && row.name == "capacity_coverage" && shows == ComparisonColumn::Value;
        Cell {
            text: match shows {
                ComparisonColumn::Value => figure_text::figure(self.numbers, value, row.unit),
                ComparisonColumn::Change => figure_text::change(self.numbers, value, row.unit),
                ComparisonColumn::Relative => figure_text::relative(self.numbers, value),
            },
            exact: value,
            tone: if still { Tone::Faint } else { Tone::Normal },
            fill: value.filter(|_| heat).map(|v| self.palette.coverage(v)),
            ..Cell::default()
        }
    }

    fn name(&self, at: At) -> String {
        let Some((line, row, ..)) = self.at(at) else { return String::new() };
        let column = self.columns.get(at.column);
        let (group, title) = column.map_or(("", ""), |c| (c.group.as_str(), c.title.as_str()));
        let what = if self.by_place && line.place.is_none() {
            let place = if row.place.is_empty() { "All regions" } else { row.place.as_str() };
            format!("{place} {}", line.title)
        } else {
            line.title.clone()
        };
        format!("{what}, {group}, {title}")
    }

    fn folds(&self) -> bool {
        self.by_place
    }
}
