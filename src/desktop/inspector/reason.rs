//! The reason of a gap in words, with a small waterfall and the hires that would close it. Both are worked out beside the
//! window; the sentences are made where they are shown.

use egui::{Button, Label, RichText, Ui};

use crate::analysis::{
    AnalysisError, GapBreakdown, GapClosure, HireMove, close_gap, closure_sentence, gap_breakdown, gap_sentence,
};
use crate::desktop::action::Action;
use crate::desktop::charts::{Ink, LevelRow, Quantity, level_rows};
use crate::desktop::document::State;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::UnbrokenNumbers;
use crate::desktop::parts::scenario_offer::ScenarioOffer;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Key, Measure, Place, PlanCase, What};
use crate::units::{Money, Period};

/// Most regions and most hires that are listed.
const MOST: usize = 6;

/// The key of a gap: plan state, place and period.
type GapKey = (State, Place, Period);

/// The cached reason and remedies.
pub(super) struct Reason {
    /// The document that they are of, by its number.
    document: u64,
    breakdown: Job<GapKey, Result<Option<GapBreakdown>, AnalysisError>>,
    closure: Job<GapKey, (GapPlace, Result<Option<GapClosure>, AnalysisError>)>,
    /// The place and period of many regions whose closing hires were asked for.
    requested: Option<GapPlace>,
    offer: ScenarioOffer,
}

impl Default for Reason {
    fn default() -> Self {
        Self {
            document: 0,
            breakdown: Job::default(),
            closure: Job::default(),
            requested: None,
            offer: ScenarioOffer::of("the hires that close the gap"),
        }
    }
}

type GapPlace = (Place, Period);

/// The place and period of a figure that has a reason: a gap, or the coverage that shows it.
pub(super) fn gap_of(key: Key) -> Option<GapPlace> {
    let is_gap = matches!(key.what, What::Measure(Measure::Gap | Measure::CapacityCoverage));
    let has_causes =
        !matches!(key.place, Place::Cell(..)) && matches!(key.period, Period::Quarter(_) | Period::Year(_));
    (is_gap && has_causes && key.case == PlanCase::Plan).then_some((key.place, key.period))
}

impl Reason {
    /// Draws the reason of the gap of a figure; `measure` is the figure's own.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, measure: Measure, gap: GapPlace) {
        let document = scene.document.number();
        if self.document != document {
            // The last reason stays while the next one is worked out, but not that of another plan.
            *self = Self { document, ..Self::default() };
        }
        let key = (scene.document.state(), gap.0, gap.1);
        self.breakdown.want(ui.ctx(), "reason of a gap", key.clone(), || {
            let outcome = std::sync::Arc::clone(scene.document.settled());
            move |progress| gap_breakdown(&outcome, gap.0, gap.1, progress)
        });
        let is_of = |breakdown: &&GapBreakdown| (breakdown.place, breakdown.period) == gap;
        let last = self.breakdown.last().and_then(|last| last.as_ref().ok()?.as_ref());
        match (last.filter(is_of), self.breakdown.result(&key), self.breakdown.ended(&key)) {
            (Some(breakdown), ..) => {
                words(ui, scene, breakdown);
                let is_missed = breakdown.gap() > Money::ZERO;
                if is_missed {
                    self.remedies(ui, scene, measure, &key);
                }
            }
            (None, Some(Err(error)), _) => problem(ui, scene, &error.to_string()),
            (None, _, Some(Ended::Failed(why))) => problem(ui, scene, why),
            (None, Some(Ok(_)), _) => {}
            _ => {
                let text = format!("{} Working out the reason…", Icon::Hourglass);
                ui.label(RichText::new(text).color(scene.palette.faint));
            }
        }
    }

    /// The hires that close the gap: at once for a region, on request for several.
    fn remedies(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, measure: Measure, key: &GapKey) {
        let gap = (key.1, key.2);
        ui.add_space(6.0);
        if !matches!(gap.0, Place::Region(_)) {
            ui.scope(|ui| worst_regions(ui, scene, measure, gap));
            ui.add_space(6.0);
            if self.requested != Some(gap) {
                if ui.button(format!("{} Find hires that close it", Icon::MagnifyingGlass)).clicked() {
                    self.requested = Some(gap);
                }
                return;
            }
        }
        self.closure.want(ui.ctx(), "hires that close a gap", key.clone(), || {
            let outcome = std::sync::Arc::clone(scene.document.settled());
            move |progress| (gap, close_gap(&outcome, gap.0, gap.1, progress))
        });
        let is_current = self.closure.result(key).is_some();
        match (self.closure.last().filter(|(place, _)| *place == gap), self.closure.ended(key)) {
            (Some((_, Ok(Some(closure)))), _) => {
                offer(ui, scene, gap, closure, is_current, &mut self.offer);
            }
            (Some((_, Ok(None))), _) => {}
            (Some((_, Err(error))), _) => problem(ui, scene, &error.to_string()),
            (None, Some(Ended::Failed(why))) => problem(ui, scene, why),
            (None, _) => {
                let text = format!("{} Looking for hires that close it…", Icon::Hourglass);
                ui.label(RichText::new(text).color(scene.palette.faint));
            }
        }
    }
}

fn problem(ui: &mut Ui, scene: &Scene<'_>, why: &str) {
    ui.add(Label::new(RichText::new(format!("{} {why}", Icon::Warning)).color(scene.palette.warning)).wrap());
}

/// The sentences, and the waterfall from full productivity to capacity.
fn words(ui: &mut Ui, scene: &Scene<'_>, breakdown: &GapBreakdown) {
    ui.add(Label::new(gap_sentence(scene.document.settled(), breakdown, &UnbrokenNumbers(scene.numbers))).wrap());
    ui.add_space(6.0);
    let quantity = Quantity::Money(scene.plan().currency.to_string());
    let row = |label: &str, amount: Money, is_total: bool, ink: Ink, about: &str| LevelRow {
        label: label.to_owned(),
        value: amount.exact(),
        is_total,
        ink,
        about: about.to_owned(),
    };
    let full = "Capacity of the people planned, without any of the causes below";
    let mut rows = vec![row("Without losses", breakdown.capacity_without_losses(), true, Ink::Faint, full)];
    rows.extend(breakdown.losses().map(|(cause, change)| {
        let ink = if change < Money::ZERO { Ink::Bad } else { Ink::Good };
        row(cause.title(), change, false, ink, cause.meaning())
    }));
    rows.push(row("Capacity", breakdown.capacity, true, Ink::Main, "Capacity of the plan as it is"));
    rows.push(row("Target", breakdown.target, true, Ink::Target, "What is to be covered: the line across the rows"));
    ui.scope(|ui| level_rows(ui, scene.style(), &quantity, &rows, breakdown.target.exact()));
}

/// The regions that miss most of the target, each leading to its own reason.
fn worst_regions(ui: &mut Ui, scene: &mut Scene<'_>, measure: Measure, (place, period): GapPlace) {
    let outcome = scene.document.settled();
    let gap = |region: usize| Some((region, outcome.rollup(Place::Region(region), period)?.gap()));
    let regions = outcome.regions_of(place).unwrap_or_default().into_iter().filter_map(gap);
    let mut missed: Vec<(usize, Money)> = regions.filter(|(_, gap)| *gap > Money::ZERO).collect();
    missed.sort_by_key(|(_, gap)| std::cmp::Reverse(*gap));
    ui.label(RichText::new("Regions that miss most").color(scene.palette.faint).size(12.5));
    (ui.spacing_mut().item_spacing.y, ui.spacing_mut().button_padding) = (0.0, egui::vec2(4.0, 2.0));
    for (region, gap) in missed.into_iter().take(MOST) {
        let (name, amount) = (outcome.place_name(Place::Region(region)), scene.numbers.short(gap));
        let button = Button::new(format!("{} {name}", Icon::CaretRight))
            .right_text(RichText::new(&amount))
            .frame_when_inactive(false)
            .wrap()
            .min_size(egui::vec2(ui.available_width(), 22.0));
        let response = ui.add(button);
        let said = format!("Why {name} misses by {amount}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &said));
        if response.clicked() {
            scene.send(Action::Explain(figure(measure, Place::Region(region), period)));
        }
    }
}

/// The hires in words and one by one, and the buttons that take them.
fn offer(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    (place, period): GapPlace,
    closure: &GapClosure,
    is_current: bool,
    offer: &mut ScenarioOffer,
) {
    let outcome = scene.document.settled();
    ui.add(Label::new(closure_sentence(outcome, period, closure, &UnbrokenNumbers(scene.numbers))).wrap());
    if closure.moves.is_empty() {
        return;
    }
    for hires in closure.moves.iter().take(MOST) {
        ui.add(Label::new(RichText::new(hires_text(scene, place, hires)).size(12.5)).wrap());
    }
    if let Some(more) = closure.moves.len().checked_sub(MOST).filter(|more| *more > 0) {
        let text = format!("and {} more lines of hires", scene.numbers.count(u64::try_from(more).unwrap_or(0)));
        ui.label(RichText::new(text).size(12.5).color(scene.palette.faint));
    }
    ui.add_space(4.0);
    let label = format!("Hires for {}, {}", scene.place_title(place), scene.plan().calendar.name(period));
    let unavailable = (!is_current).then_some("The plan has changed: the hires are being worked out again");
    offer.show(ui, scene, (&label, "Hires that close a gap"), &closure.edits, unavailable);
}

/// `France, Account executive: 3 from FY11 Q3 to FY11 Q1`; the region only where there are several.
fn hires_text(scene: &Scene<'_>, place: Place, hires: &HireMove) -> String {
    let plan = scene.plan();
    let cell = match place {
        Place::Region(_) => plan.roles.get(hires.role).map(|role| role.name.clone()).unwrap_or_default(),
        _ => scene.outcome().place_name(Place::Cell(hires.region, hires.role)),
    };
    let (count, quarter) = (scene.numbers.count(u64::from(hires.count)), |q| plan.calendar.name(Period::Quarter(q)));
    match hires.from {
        Some(from) => format!("{cell}: {count} from {} to {}", quarter(from), quarter(hires.to)),
        None => format!("{cell}: {count} more in {}", quarter(hires.to)),
    }
}
