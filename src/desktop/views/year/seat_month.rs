//! The expected month of the selected position, on a slider: dragged or moved by the arrow keys, while the figures of the
//! outlook follow.

use egui::{Label, RichText, Slider, Ui, WidgetInfo};

use super::seat_table::state_edit;
use super::year_measure::FIGURES;
use crate::analysis::{FigureChange, main_year};
use crate::desktop::action::Action;
use crate::desktop::fonts::semibold;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::engine::{Outlook, Place, YearSeat};
use crate::plan::{PlanEdit, PositionState};
use crate::units::{Month, Period};

/// Width of the slider.
const SLIDER: f32 = 260.0;

/// The slider between frames.
#[derive(Debug, Default)]
pub(super) struct SeatMonth {
    /// The position that is dragged, and the month that it is dragged to.
    dragged: Option<(String, Month)>,
}

impl SeatMonth {
    /// Draws the slider for a position that nobody holds, with what the outlook says of its region.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook, seat: &YearSeat) {
        let calendar = outlook.plan().calendar;
        let (first, months) = (outlook.last_closed() + 1, calendar.months());
        let Some(starts) = seat.starts.filter(|_| seat.holder.is_none() && first < months) else {
            self.dragged = None;
            let why = if seat.holder.is_some() { "is filled" } else { "cannot start: nobody is hired" };
            ui.colored_label(scene.palette.faint, format!("{} {why}", seat.id));
            return;
        };
        let held = self.dragged.take().filter(|(id, _)| *id == seat.id).map(|(_, month)| month);
        let present = held.unwrap_or(starts);
        let place =
            |month: Month| usize::try_from(calendar.first_month.until(month)).unwrap_or(0).clamp(first, months - 1);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("Expected start of {}", seat.id)).font(semibold(14.0)));
            ui.spacing_mut().slider_width = SLIDER;
            let mut at = place(present);
            let response = ui.add(Slider::new(&mut at, first..=months - 1).show_value(false));
            let month = if response.changed() { calendar.month(at) } else { present };
            let said = scene.numbers.month(month);
            response.widget_info(|| {
                #[expect(clippy::cast_precision_loss, reason = "the number of a month")]
                let position = at as f64;
                let mut info = WidgetInfo::slider(true, position, format!("Expected start of {}: {said}", seat.id));
                info.value = Some(position);
                info
            });
            ui.label(RichText::new(&said).color(scene.palette.accent));
            self.follow(scene, &response, seat, month, held.is_some());
            figures(ui, scene, outlook, seat);
        });
    }

    /// Previews what is dragged, and takes it in once it is let go; a key takes it in at once.
    fn follow(
        &mut self,
        scene: &mut Scene<'_>,
        response: &egui::Response,
        seat: &YearSeat,
        month: Month,
        was_dragged: bool,
    ) {
        if response.dragged() {
            if response.changed() {
                scene.send(Action::Preview(vec![edit(seat, month)]));
            }
            if response.changed() || was_dragged {
                self.dragged = Some((seat.id.clone(), month));
            }
        } else if was_dragged || response.changed() {
            scene.send(Action::EndPreview);
            let label = format!("Expected start of {}: {}", seat.id, scene.numbers.month(month));
            scene.commit(label, vec![edit(seat, month)]);
        }
    }
}

fn edit(seat: &YearSeat, month: Month) -> PlanEdit {
    state_edit(&seat.id, &PositionState { expected: Some(month), ..seat.state.clone() })
}

/// Capacity, cost and heads of the region in the outlook of the main year: as the plan is, and as it is dragged.
fn figures(ui: &mut Ui, scene: &Scene<'_>, outlook: &Outlook, seat: &YearSeat) {
    let plan = outlook.plan();
    let (place, period) = (Place::Region(seat.region), Period::Year(main_year(plan)));
    let settled = scene.document.settled_outlook().ok().flatten();
    let texts = FIGURES.iter().map(|(figure, _, title)| {
        let of = |outlook: &Outlook| outlook.figure(figure.outlook(), place, period);
        let (before, after) = (settled.and_then(|settled| of(settled)), of(outlook));
        let unit = figure.measure().unit();
        let value = if before == after {
            figure_text::short(scene.numbers, after, unit)
        } else {
            figure_text::old_to_new(scene.numbers, FigureChange { before, after }, unit)
        };
        format!("{title} {value}")
    });
    let texts: Vec<String> = texts.collect();
    let text = format!("Outlook {}, {}: {}", plan.calendar.name(period), scene.place_title(place), texts.join(" · "));
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
}
