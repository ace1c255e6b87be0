//! Every figure of the bundled plans explains itself: its formula on its terms gives it, its inputs are in the plan.

use std::collections::HashSet;
use std::sync::Arc;

use muster::engine::{
    Explainer, Inner, Key, Measure, Outcome, Outlook, Place, PlanCase, Source, Walk, What, YearMeasure,
};
use muster::files::{Template, read};
use muster::plan::Plan;
use muster::units::{Exact, Period};
use serde_json::Value;

/// The value that stands at a path of the document.
fn at<'v>(document: &'v Value, path: &str) -> Option<&'v Value> {
    let mut here = document;
    for step in path.split(['.', '[']).map(|step| step.trim_end_matches(']')) {
        here = match here {
            Value::Object(fields) => fields.get(step)?,
            Value::Array(entries) => {
                let by_id = entries.iter().find(|e| e.get("id").and_then(Value::as_str) == Some(step));
                by_id.or_else(|| entries.get(step.parse::<usize>().ok()?))?
            }
            _ => return None,
        };
    }
    Some(here)
}

fn number(value: &Value) -> Option<Exact> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// Every figure of the cost view that is no measure: lines and roles by place, cost per head, budgets, what is added.
fn costs(outcome: &Outcome) -> Vec<Key> {
    let plan = outcome.plan();
    let areas = (0..plan.areas().len()).map(Place::Area);
    let places: Vec<Place> = areas.chain((0..plan.regions.len()).map(Place::Region)).chain([Place::Plan]).collect();
    let lines = Measure::cost_lines().chain([Measure::ProgrammeCost]).map(Inner::Cost);
    let everywhere: Vec<Inner> =
        lines.chain((0..plan.roles.len()).map(Inner::RoleCost)).chain([Inner::CostPerHead]).collect();
    let added = [Measure::AddedCapacity, Measure::AddedCost, Measure::AddedContribution];
    let whole = added.into_iter().flat_map(|m| [Inner::Added(m), Inner::AddedSoFar(m)]);
    let whole: Vec<Inner> = whole.chain([Inner::Budget, Inner::BudgetLeft]).collect();
    let explainer = Explainer::new(outcome);
    let mut keys = Vec::new();
    for period in plan.calendar.periods().filter(|p| matches!(p, Period::Quarter(_) | Period::Year(_))) {
        let of = |inner: &Inner, place: Place| Key { case: PlanCase::Plan, what: What::Inner(*inner), place, period };
        let at_places = places.iter().flat_map(|place| everywhere.iter().map(|inner| of(inner, *place)));
        keys.extend(at_places.chain(whole.iter().map(|inner| of(inner, Place::Plan))));
    }
    let some = keys.len();
    keys.retain(|key| explainer.value(*key).is_some());
    assert!(keys.len() > some / 2, "{} of {some} have a value", keys.len());
    keys
}

/// The headcount walk of every place over every month, quarter and year.
fn walks(outcome: &Outcome) -> Vec<Key> {
    let plan = outcome.plan();
    let (regions, roles) = (plan.regions.len(), plan.roles.len());
    let wide = (0..plan.areas().len()).map(Place::Area).chain((0..regions).map(Place::Region)).chain([Place::Plan]);
    let places = wide.chain((0..regions).flat_map(|r| (0..roles).map(move |k| Place::Cell(r, k))));
    let key = |place, period, what| Key { case: PlanCase::Plan, what, place, period };
    let whats = || Walk::MEASURES.into_iter().map(What::Measure).chain([What::Inner(Inner::Starts)]);
    let periods = || plan.calendar.periods().filter(|p| *p != Period::All);
    places.flat_map(|p| periods().flat_map(move |t| whats().map(move |what| key(p, t, what)))).collect()
}

fn every_figure_explains_itself(plan: Plan) {
    let document = serde_json::to_value(&plan).unwrap();
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let explainer = Explainer::new(&outcome);
    let figures = outcome.figures();
    let mut open: Vec<Key> = figures
        .map(|f| Key { case: PlanCase::Plan, what: What::Measure(f.measure), place: f.place, period: f.period })
        .collect();
    open.extend(costs(&outcome));
    open.extend(walks(&outcome));
    assert!(open.len() > 1000, "{} figures", open.len());
    all_explain_themselves(&explainer, &document, open);
}

/// Whether a path leads to a person or a position: each counts one head.
fn is_head(path: &str) -> bool {
    path.starts_with("year.people[") || path.starts_with("year.positions[")
}

/// The formulas of these figures give them, and so do those of all figures under them, down to what the plan states.
fn all_explain_themselves(explainer: &Explainer<'_>, document: &Value, mut open: Vec<Key>) {
    let (mut seen, mut inputs) = (HashSet::new(), HashSet::new());
    while let Some(key) = open.pop() {
        if !seen.insert(key) {
            continue;
        }
        let explanation = explainer.explain(key).unwrap_or_else(|| panic!("{key:?} has no explanation"));
        assert_eq!(explanation.evaluated(), explanation.value, "{key:?}: {}", explanation.formula_text());
        for term in explanation.terms {
            match term.source {
                Source::Figure(key) => {
                    assert_eq!(explainer.value(key), Some(term.value), "{key:?}");
                    open.push(key);
                }
                Source::Input(path) => {
                    if inputs.insert(path.clone()) {
                        let stated = at(document, &path);
                        let stated = if is_head(&path) { stated.map(|_| Exact::ONE) } else { stated.and_then(number) };
                        assert_eq!(stated, Some(term.value), "{path}");
                    }
                }
                Source::Default(path) => assert!(at(document, &path).is_none(), "{path} is stated"),
            }
        }
    }
}

#[test]
fn explainer_gives_every_figure_of_the_worldwide_plan() {
    every_figure_explains_itself(Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap());
}

#[test]
fn explainer_gives_every_figure_of_the_public_sector_plan() {
    every_figure_explains_itself(Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap());
}

#[test]
fn explainer_gives_every_figure_of_a_plan_with_every_lever_set() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/one-cell.json");
    every_figure_explains_itself(read(&path).unwrap());
}

#[test]
fn explainer_gives_every_figure_of_plans_of_the_second_schema() {
    for name in ["second-a.json", "second-b.json"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name);
        every_figure_explains_itself(read(&path).unwrap());
    }
}

/// Every measure of a year explains itself, from closed months and from what is expected of open ones.
fn every_figure_of_the_year_explains_itself(name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name);
    let plan: Arc<Plan> = Arc::new(read(&path).unwrap());
    let document = serde_json::to_value(&*plan).unwrap();
    let outcome = Outcome::of(Arc::clone(&plan)).unwrap();
    let outlook = Outlook::of(&plan).unwrap().unwrap();
    let explainer = Explainer::with_outlook(&outcome, &outlook);
    let wide = (0..plan.areas().len()).map(Place::Area).chain((0..plan.regions.len()).map(Place::Region));
    let figures: Vec<_> = wide.chain([Place::Plan]).flat_map(|place| outlook.figures(place)).collect();
    assert!(figures.len() > 50, "{} figures", figures.len());
    for figure in &figures {
        let found = explainer.year_measure(figure.measure, figure.place, figure.period).unwrap();
        assert_eq!((found.value, found.name.as_str()), (figure.value, figure.measure.title()), "{figure:?}");
    }
    let keys = figures.iter().map(|figure| Key::of_year(figure.measure, figure.place, figure.period));
    all_explain_themselves(&explainer, &document, keys.collect());
}

#[test]
fn explainer_gives_every_figure_of_the_small_year() {
    every_figure_of_the_year_explains_itself("year-1.json");
}

#[test]
fn explainer_gives_every_figure_of_years_with_every_kind_of_spell() {
    ["year-a.json", "year-b.json", "year-edges.json"].into_iter().for_each(every_figure_of_the_year_explains_itself);
}

#[test]
fn actual_heads_are_the_people_by_name_and_bookings_are_stated_at_the_rate_of_the_month() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
    let plan: Arc<Plan> = Arc::new(read(&path).unwrap());
    let outcome = Outcome::of(Arc::clone(&plan)).unwrap();
    let outlook = Outlook::of(&plan).unwrap().unwrap();
    let explainer = Explainer::with_outlook(&outcome, &outlook);
    let place = Place::Cell(0, 0);
    let heads = explainer.year_measure(YearMeasure::ActualActive, place, Period::Month(0)).unwrap();
    let year = plan.year.as_deref().unwrap();
    let spell = &year.people[0];
    assert!(heads.terms[0].label.contains(&spell.who), "{:?}", heads.terms[0]);
    assert!(heads.terms[0].label.contains(&spell.start.to_string()), "{:?}", heads.terms[0]);
    let booked = explainer.year_measure(YearMeasure::Bookings, Place::Region(0), Period::Month(0)).unwrap();
    assert!(booked.formula_text().starts_with("round(Booked, "), "{}", booked.formula_text());
    let [amount, _] = &booked.terms[..] else { panic!("{:?}", booked.terms) };
    assert_eq!(amount.source, Source::Input(format!("year.bookings[{}][0]", plan.regions[0].id)));
}
