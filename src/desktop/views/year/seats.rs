//! The page of the register: its positions, filtered and sorted, typed into in place, and the slider of the selected one.

use std::sync::Arc;

use egui::{CentralPanel, FontId, Frame, Panel, RichText, Ui};

use super::region_choices::region_choices;
use super::seat_filter::{self, SeatChoice, SeatFilter};
use super::seat_month::SeatMonth;
use super::seat_table::{self, SeatTable};
use crate::desktop::action::Action;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::{controls, grid};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Order, Sheet};
use crate::engine::{Outlook, YearSeat};
use crate::plan::{Plan, PositionStatus};
use crate::units::{Period, counted};

/// The choices beside the lists of regions, roles and statuses.
const CHOICES: [(SeatChoice, &str); 5] = [
    (SeatChoice::All, "All positions"),
    (SeatChoice::Vacant, "Nobody holds it"),
    (SeatChoice::Held, "Somebody holds it"),
    (SeatChoice::Late, "Late"),
    (SeatChoice::Overdue, "Overdue"),
];

/// What the page keeps between frames.
#[derive(Default)]
pub(super) struct SeatsPage {
    filter: SeatFilter,
    sheet: Sheet,
    all: Cached<(), Arc<[YearSeat]>>,
    listed: Cached<SeatFilter, Arc<[usize]>>,
    month: SeatMonth,
    /// The id of the selected position.
    selected: Option<String>,
}

impl SeatsPage {
    /// The controls in the head of the view.
    pub(super) fn controls(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let (plan, filter) = (scene.plan(), &mut self.filter);
        filter.region = filter.region.filter(|r| *r < plan.regions.len());
        filter.role = filter.role.filter(|k| *k < plan.roles.len());
        let hint = format!("{} Search positions", Icon::MagnifyingGlass);
        editor::live(ui, EditorLook::line("Search the register", 150.0).hint(&hint), &mut filter.search);
        controls::list(ui, "Region", &mut filter.region, &region_choices(plan));
        controls::list(ui, "Role", &mut filter.role, &role_choices(plan));
        let statuses = PositionStatus::ALL.map(|status| (Some(status), status.title().to_owned()));
        let statuses: Vec<_> = std::iter::once((None, "All statuses".to_owned())).chain(statuses).collect();
        controls::list(ui, "Status", &mut filter.status, &statuses);
        let choices = CHOICES.map(|(choice, title)| (choice, title.to_owned()));
        controls::list(ui, "Shown", &mut filter.choice, &choices);
        if !filter.is_open() && ui.button("Show all").clicked() {
            *filter = SeatFilter { sort: filter.sort, ..SeatFilter::default() };
        }
    }

    /// Draws the page.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook) {
        let seats = Arc::clone(self.all.get(scene, (), || outlook.seats().into()));
        let plan = Arc::clone(outlook.plan());
        let filter = self.filter.clone();
        let make = || seat_filter::listed(&plan, &seats, &filter).into();
        let listed = Arc::clone(self.listed.get(scene, filter.clone(), make));
        count(ui, &seats, listed.len());
        let selected = self.selected.as_ref().and_then(|id| seats.iter().find(|seat| seat.id == *id));
        if let Some(seat) = selected {
            let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
            Panel::bottom("expected month").frame(frame).show(ui, |ui| self.month.show(ui, scene, outlook, seat));
        }
        let table = SeatTable {
            plan: &plan,
            settled: scene.plan(),
            seats: &seats,
            listed: &listed,
            filter: &filter,
            numbers: scene.numbers,
            columns: seat_table::columns(),
            head_width: head_width(ui, &seats),
        };
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.rows(ui, scene, &table));
    }

    fn rows(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, table: &SeatTable<'_>) {
        if table.listed.is_empty() {
            ui.add_space(12.0);
            ui.label("No position passes these filters");
            if ui.button("Show all positions").clicked() {
                self.filter = SeatFilter { sort: self.filter.sort, ..SeatFilter::default() };
            }
            return;
        }
        let shown = grid::show(&mut self.sheet, ui, scene, "register", table);
        if let Some(seat) = shown.selected.and_then(|at| table.seat(at.row)) {
            self.selected = Some(seat.id.clone());
            let month = seat.planned.map(|month| table.plan.calendar.first_month.until(month));
            let quarter = month.and_then(|month| usize::try_from(month / 3).ok());
            let period = quarter.filter(|q| *q < table.plan.calendar.quarters).map(Period::Quarter);
            scene.send(Action::Focus { place: seat.place(), period });
        }
        if let Some(by) = shown.heading.and_then(SeatTable::by) {
            let present = self.filter.sort.filter(|(present, _)| *present == by);
            let next = present.map_or(Order::Unsorted, |(_, order)| order).next();
            self.filter.sort = (next != Order::Unsorted).then_some((by, next));
        }
    }
}

fn role_choices(plan: &Plan) -> Vec<(Option<usize>, String)> {
    let roles = plan.roles.iter().enumerate().map(|(k, role)| (Some(k), role.name.clone()));
    std::iter::once((None, "All roles".to_owned())).chain(roles).collect()
}

/// How many there are, and how many of them are held, late and overdue.
fn count(ui: &mut Ui, seats: &[YearSeat], listed: usize) {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let many = |is: &dyn Fn(&YearSeat) -> bool| number(seats.iter().filter(|seat| is(seat)).count());
    let all = counted(number(seats.len()), "position", "positions");
    let all = if listed == seats.len() { all } else { format!("{listed} of {all}") };
    let (held, late, overdue) =
        (many(&|seat| seat.holder.is_some()), many(&YearSeat::is_late), many(&|seat| seat.is_overdue));
    let text = format!("{all} · {held} filled · {late} late · {overdue} overdue");
    ui.label(RichText::new(text).font(semibold(14.0)));
    ui.add_space(2.0);
}

/// Room for the longest id, within reason.
fn head_width(ui: &Ui, seats: &[YearSeat]) -> f32 {
    let longest = seats.iter().map(|seat| seat.id.as_str()).max_by_key(|id| id.len()).unwrap_or_default();
    let font = FontId::proportional(13.0);
    let width = ui.fonts_mut(|f| f.layout_no_wrap(longest.to_owned(), font, egui::Color32::PLACEHOLDER)).size().x;
    (width + 24.0).clamp(140.0, 360.0)
}
