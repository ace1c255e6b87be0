//! Growth hires that change, as a sheet: regions and roles down, quarters across, before and after in each cell.

use std::collections::BTreeMap;

use egui::Ui;

use crate::analysis::HireChange;
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, RowHead, Tone};
use crate::desktop::tokens::Palette;
use crate::engine::Place;
use crate::plan::Plan;

/// Width of a column.
const WIDTH: f32 = 72.0;

/// The hires of two plans where they differ.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, from: &Plan, to: &Plan, changes: &[HireChange]) -> Figures {
    let making = HireRowBuilder { numbers: scene.numbers, palette: scene.palette, quarters: from.calendar.quarters };
    let whole = |q: usize| (from.hires_in_quarter(q), to.hires_in_quarter(q));
    let mut lines = vec![making.line("All regions", "All regions", Place::Plan, Band::Strong, &whole)];
    let mut by_region = BTreeMap::<usize, Vec<&HireChange>>::new();
    for change in changes {
        by_region.entry(change.region).or_default().push(change);
    }
    for (r, changes) in by_region {
        let Some(region) = from.regions.get(r) else { continue };
        let whole = |q: usize| (from.hires_in_region(&region.id, q), to.hires_in_region(&region.id, q));
        lines.push(making.line(&region.name, &region.name, Place::Region(r), Band::Light, &whole));
        for (k, role) in from.roles.iter().enumerate().filter(|(k, _)| changes.iter().any(|c| c.role == *k)) {
            let of = |plan: &Plan, q: usize| u64::from(plan.hires(&region.id, &role.id, q));
            let name = format!("{}, {}", region.name, role.name);
            let pair = |q: usize| (of(from, q), of(to, q));
            lines.push(making.line(&role.name, &name, Place::Cell(r, k), Band::None, &pair));
        }
    }
    let calendar = from.calendar;
    Figures::new(ui, "Region, role; hires".to_owned(), calendar, periods(&calendar, true, false), WIDTH, lines)
}

struct HireRowBuilder {
    numbers: Numbers,
    palette: Palette,
    quarters: usize,
}

impl HireRowBuilder {
    /// A row: unchanged cells are faint, changed ones show both numbers on a colour for fewer or for more.
    fn line(
        &self,
        title: &str,
        name: &str,
        place: Place,
        band: Band,
        hires: &dyn Fn(usize) -> (u64, u64),
    ) -> FigureRow {
        let [_, fewer, _, more, _] = self.palette.heat();
        let cell = |q: usize| {
            let (from, to) = hires(q);
            let count = |n: u64| self.numbers.count(n);
            if from == to {
                let text = if from == 0 { "·".to_owned() } else { count(from) };
                return Cell { text, tone: Tone::Faint, ..Cell::default() };
            }
            let fill = (band == Band::None).then_some(if to > from { more } else { fewer });
            let tone = if band == Band::None { Tone::Normal } else { Tone::Strong };
            Cell { text: format!("{} → {}", count(from), count(to)), tone, fill, ..Cell::default() }
        };
        let head = RowHead { title: title.to_owned(), depth: u8::from(band == Band::None), band, folded: None };
        let cells = (0..self.quarters).map(cell).collect();
        FigureRow { head, name: format!("Growth hires, {name}"), place: Some(place), cells, ..FigureRow::default() }
    }
}
