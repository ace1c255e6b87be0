//! The Positions view: every position that HR fills, filtered and sorted, with how many start when; or what of them is
//! written for HR's own system.

mod export;
mod position_list;
mod position_table;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::Count;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Ink, Mark, Quantity, Series};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::chart;
use crate::desktop::parts::controls;
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Order, Sheet};
use crate::desktop::view::View;
use crate::engine::{Place, Position, Reason, positions, seat_changes};
use crate::files::Layout;
use crate::plan::Plan;
use crate::units::{Exact, Period};
use export::{ChosenSeats, ExportPanel};
use position_list::Filter;
use position_table::PositionList;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PositionsView {
    export: ExportPanel,
    #[serde(skip)]
    filter: Filter,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    all: Cached<(), All>,
    #[serde(skip)]
    listed: Cached<Filter, Listed>,
}

/// Every position of an outcome, and how wide their ids are.
#[derive(Default)]
struct All {
    positions: Arc<[Position]>,
    /// The seats that have changed since seats were last issued.
    changes: Vec<Position>,
    head_width: f32,
    /// Why they are not listed.
    refused: Option<String>,
}

/// The positions that a filter leaves, and how many there are in each month.
struct Listed {
    indices: Arc<[usize]>,
    changes: Arc<[Position]>,
    early: usize,
    by_month: Columns,
}

impl PositionsView {
    /// Shows the export in place of the list.
    pub(super) const fn export(&mut self) {
        self.export.open();
    }

    /// Exports in this layout.
    pub(super) fn use_layout(&mut self, layout: Layout) {
        self.export.add(layout);
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        self.keep_to(scene.outcome().plan());
        let all = self.all.get(scene, (), || {
            let (positions, refused) = match positions(scene.outcome()) {
                Ok(positions) => (positions, None),
                Err(error) => (Vec::new(), Some(error.to_string())),
            };
            let positions: Arc<[Position]> = positions.into();
            let changes = seat_changes(scene.outcome(), &positions);
            All { head_width: head_width(ui, &positions), positions, changes, refused }
        });
        if let Some(why) = &all.refused {
            ui.add_space(8.0);
            ui.heading("Too many positions to list");
            ui.label(why);
            return;
        }
        let (positions, head_width) = (Arc::clone(&all.positions), all.head_width);
        if positions.is_empty() && all.changes.is_empty() {
            ui.add_space(8.0);
            ui.heading("No positions yet");
            ui.label("Every growth hire of the plan becomes a position: type some in the Plan view");
            if ui.button("Go to the Plan view").clicked() {
                scene.send(Action::Show(View::Plan));
            }
            return;
        }
        let filter = self.filter.clone();
        self.listed.get(scene, filter.clone(), || made(scene, all, &filter));
        let Some(listed) = self.listed.last() else { return };
        let table = PositionList {
            outcome: scene.outcome(),
            positions: &positions,
            listed: &listed.indices,
            sort: filter.sort,
            numbers: scene.numbers,
            columns: position_table::columns(),
            head_width,
        };
        let (filter, export) = (&mut self.filter, &mut self.export);
        Panel::top("positions head").frame(Frame::NONE).show_separator_line(false).show(ui, |ui| {
            filters(ui, scene, filter);
            count(ui, scene, filter, listed, &table, export);
            ui.add_space(4.0);
        });
        if export.is_open() {
            let count = if listed.changes.len() == all.changes.len() { Count::All } else { Count::Chosen };
            let chosen = ChosenSeats { positions: &listed.indices, changes: &listed.changes, count };
            export.show(ui, scene, &positions, &chosen, filter.reason);
            return;
        }
        Panel::bottom("starts").resizable(true).default_size(150.0).min_size(100.0).show(ui, |ui| {
            ui.add_space(4.0);
            if let Some(hit) = chart::show(ui, scene, "positions by month", &listed.by_month) {
                // A second click lets all months back in.
                filter.month = Some(hit.x).filter(|month| filter.month != Some(*month));
            }
        });
        let sheet = &mut self.sheet;
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| rows(ui, scene, sheet, filter, &table));
    }

    /// Filters of what the plan no longer has are dropped.
    fn keep_to(&mut self, plan: &Plan) {
        self.filter.region = self.filter.region.filter(|r| *r < plan.regions.len());
        self.filter.role = self.filter.role.filter(|k| *k < plan.roles.len());
        self.filter.quarter = self.filter.quarter.filter(|q| *q < plan.calendar.quarters);
    }
}

fn rows(ui: &mut Ui, scene: &mut Scene<'_>, sheet: &mut Sheet, filter: &mut Filter, table: &PositionList<'_>) {
    if table.listed.is_empty() {
        ui.add_space(12.0);
        ui.label("No position passes these filters");
        if ui.button("Show all positions").clicked() {
            *filter = Filter { sort: filter.sort, ..Filter::default() };
        }
        return;
    }
    let shown = grid::show_with_menu(sheet, ui, scene, "positions", table, &|at| table.menu(at));
    if let Some(position) = shown.selected.and_then(|at| table.position(at.row)) {
        let (place, period) = (Place::Cell(position.region, position.role), Period::Quarter(position.quarter));
        scene.send(Action::Focus { place, period: Some(period) });
    }
    let activated = shown.activated.and_then(|at| table.position(at.row));
    if let Some(action) = activated.and_then(position_table::hires) {
        scene.send(action);
    }
    if let Some(by) = shown.heading.and_then(PositionList::by) {
        let present = filter.sort.filter(|(present, _)| *present == by).map_or(Order::Unsorted, |(_, order)| order);
        let next = present.next();
        filter.sort = (next != Order::Unsorted).then_some((by, next));
    }
}

/// The search field and the lists that narrow what is shown.
fn filters(ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter) {
    let plan = scene.outcome().plan();
    ui.horizontal_wrapped(|ui| {
        let hint = format!("{} Search positions", Icon::MagnifyingGlass);
        let look = EditorLook::line("Search positions", 170.0).hint(&hint);
        editor::live(ui, look, &mut filter.search);
        let every = |what: &str| (None, format!("All {what}"));
        let names = |what: &str, names: Vec<String>| -> Vec<(Option<usize>, String)> {
            std::iter::once(every(what)).chain(names.into_iter().enumerate().map(|(i, name)| (Some(i), name))).collect()
        };
        let regions = plan.regions.iter().map(|r| r.name.clone()).collect();
        controls::list(ui, "Region", &mut filter.region, &names("regions", regions));
        let roles = plan.roles.iter().map(|r| r.name.clone()).collect();
        controls::list(ui, "Role", &mut filter.role, &names("roles", roles));
        let quarters = (0..plan.calendar.quarters).map(|q| plan.calendar.name(Period::Quarter(q))).collect();
        controls::list(ui, "Quarter", &mut filter.quarter, &names("quarters", quarters));
        let reasons = Reason::ALL.map(|r| (Some(r), position_list::reason(r).to_owned()));
        let reasons: Vec<_> = std::iter::once((None, "All reasons".to_owned())).chain(reasons).collect();
        controls::list(ui, "Reason", &mut filter.reason, &reasons);
    });
}

/// How many are shown, of how many; what stands out; the way out.
fn count(
    ui: &mut Ui,
    scene: &Scene<'_>,
    filter: &mut Filter,
    listed: &Listed,
    table: &PositionList<'_>,
    export: &mut ExportPanel,
) {
    let (numbers, palette) = (scene.numbers, scene.palette);
    let number = |n: usize| numbers.count(u64::try_from(n).unwrap_or(u64::MAX));
    ui.horizontal(|ui| {
        let (some, all) = (listed.indices.len(), table.positions.len());
        let noun = if all == 1 { "position" } else { "positions" };
        let text = if some == all {
            format!("{} {noun}", number(all))
        } else {
            format!("{} of {} {noun}", number(some), number(all))
        };
        ui.label(RichText::new(text).font(crate::desktop::fonts::semibold(14.0)));
        if listed.early > 0 {
            let verb = if listed.early == 1 { "opens" } else { "open" };
            let text = format!("{} {} {verb} before the plan begins", Icon::Warning, number(listed.early));
            ui.add(Label::new(RichText::new(text).color(palette.warning)));
        }
        if let Some(month) = filter.month {
            let month = numbers.month(scene.plan().calendar.month(month));
            if ui.button(format!("Only {month} {}", Icon::X)).on_hover_text("Show all months").clicked() {
                filter.month = None;
            }
        }
        if !filter.is_open() && ui.button("Show all").clicked() {
            *filter = Filter { sort: filter.sort, ..Filter::default() };
        }
        if !export.is_open() {
            let about = "Write the positions shown for HR's own system, as CSV, XLSX or calendar";
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(format!("{} Export…", Icon::Export)).on_hover_text(about).clicked() {
                    export.open();
                }
            });
        }
    });
}

fn made(scene: &Scene<'_>, all: &All, filter: &Filter) -> Listed {
    let positions = &*all.positions;
    let outcome = scene.outcome();
    let plan = outcome.plan();
    let indices = position_list::listed(outcome, positions, filter);
    let shown = || indices.iter().filter_map(|i| positions.get(*i));
    let early = shown().filter(|p| p.is_early(plan)).count();
    // A late start may lie beyond the horizon; the strip shows it where it is.
    let last = positions.iter().map(|p| p.month + 1).max().unwrap_or(0).max(plan.calendar.months());
    let months = last.min(plan.calendar.months() + 36);
    let of = |reason: Reason| {
        let mut counts = vec![0_u32; months];
        for position in shown().filter(|p| p.reason == reason) {
            if let Some(count) = counts.get_mut(position.month) {
                *count += 1;
            }
        }
        let counts = counts.into_iter().map(|n| Some(Exact::from(n))).collect();
        Series::new(position_list::reason(reason), Mark::Bar, ink(reason), counts)
    };
    // What the plan has none of is no series, whatever is filtered.
    let has = |reason: &Reason| positions.iter().any(|p| p.reason == *reason);
    let reasons: Vec<Reason> = Reason::ALL.into_iter().filter(has).collect();
    let has_movements = reasons.iter().any(|reason| reason.is_movement());
    let by_month = Columns {
        title: "Positions by month".to_owned(),
        detail: if filter.is_open() { String::new() } else { "of those shown".to_owned() },
        measures: if has_movements { "Starts, moves and exits" } else { "Starts" }.to_owned(),
        quantity: Quantity::Count("positions"),
        along: "Month".to_owned(),
        labels: (0..months).map(|t| scene.numbers.month(plan.calendar.month(t))).collect(),
        series: reasons.into_iter().map(of).collect(),
        selected: filter.month,
        signs_in_next_chart: false,
        seam: None,
    };
    let places = position_list::listed(outcome, &all.changes, filter);
    let changes = places.into_iter().filter_map(|index| all.changes.get(index).cloned()).collect();
    Listed { indices: indices.into(), changes, early, by_month }
}

const fn ink(reason: Reason) -> Ink {
    match reason {
        Reason::Growth => Ink::Main,
        Reason::Backfill => Ink::Nth(7),
        Reason::Move => Ink::Nth(2),
        Reason::Exit => Ink::Nth(4),
    }
}

/// Room for the longest id, within reason.
fn head_width(ui: &Ui, positions: &[Position]) -> f32 {
    let longest = positions.iter().map(|p| p.id.as_str()).max_by_key(|id| id.len()).unwrap_or_default();
    let font = egui::FontId::proportional(13.0);
    let width = ui.fonts_mut(|f| f.layout_no_wrap(longest.to_owned(), font, egui::Color32::WHITE)).size().x;
    (width + 24.0).clamp(140.0, 360.0)
}
