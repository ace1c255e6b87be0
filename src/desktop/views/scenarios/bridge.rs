//! A bridge as a waterfall: from one version to another, split by what caused it, in the order in which the causes were
//! applied.

use egui::{Label, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::{Bridge, FigureRef, WaterfallStep, main_year};
use crate::desktop::charts::{Quantity, Step, Waterfall};
use crate::desktop::parts::chart;
use crate::desktop::parts::controls::list;
use crate::desktop::parts::figures::periods;
use crate::desktop::scene::Scene;
use crate::engine::{Measure, Place};
use crate::units::Period;

/// The way from the first version to another one, with what differs in words.
pub(super) struct Bridged {
    pub(super) name: String,
    pub(super) bridge: Bridge,
    pub(super) words: Vec<String>,
}

/// Which figure is bridged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BridgeChoice {
    /// The name of its measure.
    measure: String,
    #[serde(skip)]
    place: Option<Place>,
    #[serde(skip)]
    period: Option<Period>,
}

impl Default for BridgeChoice {
    fn default() -> Self {
        Self { measure: Measure::Capacity.name().to_owned(), place: None, period: None }
    }
}

impl BridgeChoice {
    /// The measure: one that has figures by quarter and year.
    fn measure(&self) -> Measure {
        Measure::rollups().find(|measure| measure.name() == self.measure).unwrap_or(Measure::Capacity)
    }

    fn place_and_period(&self, bridge: &Bridge) -> (Place, Period) {
        let plan = bridge.from.plan();
        let known = |period: &Period| plan.calendar.periods().any(|p| p == *period);
        let period = self.period.filter(known).unwrap_or(Period::Year(main_year(plan)));
        let place = self.place.filter(|p| bridge.from.rollup(*p, period).is_some()).unwrap_or(Place::Plan);
        (place, period)
    }
}

/// The choice of the figure.
pub(super) fn controls(ui: &mut Ui, _scene: &Scene<'_>, shown: &mut BridgeChoice, bridge: &Bridge) {
    let (mut place, mut period) = shown.place_and_period(bridge);
    let plan = bridge.from.plan();
    let measures: Vec<(Measure, String)> = Measure::rollups().map(|m| (m, m.title().to_owned())).collect();
    let mut measure = shown.measure();
    if list(ui, "Figure of the bridge", &mut measure, &measures) {
        measure.name().clone_into(&mut shown.measure);
    }
    if list(ui, "Place of the bridge", &mut place, &super::figure_choice::places(plan)) {
        shown.place = Some(place);
    }
    let all = periods(&plan.calendar, true, true);
    let choices: Vec<(Period, String)> = all.into_iter().map(|p| (p, plan.calendar.name(p))).collect();
    if list(ui, "Period of the bridge", &mut period, &choices) {
        shown.period = Some(period);
    }
}

/// Draws the waterfall, or the reason why there is none.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, shown: &BridgeChoice, from: &str, bridged: &Bridged) {
    let bridge = &bridged.bridge;
    let (place, period) = shown.place_and_period(bridge);
    let measure = shown.measure();
    let fall = bridge.waterfall(&FigureRef::at(&bridge.from, measure, place, period));
    let plan = bridge.from.plan();
    let (Some(start), Some(end)) = (fall.from, fall.to) else {
        ui.colored_label(scene.palette.faint, "This figure does not exist in both of them");
        return;
    };
    if fall.steps.is_empty() {
        ui.colored_label(scene.palette.faint, "Both state the same: there is nothing to bridge");
        return;
    }
    let moved = |step: &&WaterfallStep| step.change.is_some_and(|c| !c.is_zero());
    let still = fall.steps.iter().filter(|s| !moved(s)).count();
    let mut steps = vec![Step { label: from.to_owned(), value: start, is_total: true }];
    let changes = fall.steps.iter().filter(moved);
    steps.extend(changes.filter_map(|s| Some(Step { label: s.cause.clone(), value: s.change?, is_total: false })));
    steps.push(Step { label: bridged.name.clone(), value: end, is_total: true });
    let note = match still {
        0 => String::new(),
        1 => "; 1 more cause changes nothing here".to_owned(),
        n => format!("; {n} more causes change nothing here"),
    };
    let text = format!("Each cause on top of those before it, in this order{note}");
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint).size(12.5)).truncate());
    let chart = Waterfall {
        title: format!("{} by cause", measure.title()),
        detail: format!("{}, {}", scene_place(bridge, place), plan.calendar.name(period)),
        measures: measure.title().to_owned(),
        quantity: Quantity::of(measure.unit(), &plan.currency),
        steps,
    };
    chart::show(ui, scene, "bridge", &chart);
}

fn scene_place(bridge: &Bridge, place: Place) -> String {
    match place {
        Place::Plan => "All regions".to_owned(),
        other => bridge.from.place_name(other),
    }
}
