//! Closed months and the outlook (`year.md`, section 13): what has to hold for any year.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use muster::analysis::{PlainNumbers, year_finding_sentence};
use muster::edit::structure::{change_calendar, change_currency, remove_region, remove_role};
use muster::edit::{
    History, MonthActuals, apply_all, close_month, closing_remarks, reopen_month, restate_month, words,
};
use muster::engine::{
    Measure, Outcome, Outlook, Place, Variance, VarianceStep, YearFindingKind, YearMeasure, phased, year_findings,
};
use muster::plan::{Currency, Plan, RegionId, Year, validate};
use muster::units::{Calendar, Exact, Local, Period, Ratio};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) fn reference(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(super) fn plan(document: &Value) -> Arc<Plan> {
    let plan: Plan = serde_json::from_value(document.clone()).unwrap();
    let problems = validate(&plan);
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(plan)
}

pub(super) fn outlook(plan: &Arc<Plan>) -> Outlook {
    Outlook::of(plan).unwrap().expect("a month is closed")
}

/// A list by closed month with so many entries: cut off, or with its last one again and again.
fn fitted(list: &mut Value, months: usize) {
    let list = list.as_array_mut().unwrap();
    let final_amount = list.last().unwrap().clone();
    list.resize(months, final_amount);
}

/// The year of a reference plan, closed through another month.
pub(super) fn closed_through(document: &mut Value, last: usize) {
    let first: muster::units::Month = serde_json::from_value(document["calendar"]["first_month"].clone()).unwrap();
    let year = &mut document["year"];
    year["through"] = json!(first.plus(last).to_string());
    for part in ["bookings", "rates"] {
        year[part].as_object_mut().unwrap().values_mut().for_each(|list| fitted(list, last + 1));
    }
    let spent = year["costs"].as_object_mut().unwrap().values_mut();
    spent.flat_map(|lines| lines.as_object_mut().unwrap().values_mut()).for_each(|list| fitted(list, last + 1));
}

#[test]
fn steps_add_up_to_what_happened_whatever_month_is_closed() {
    for name in ["year-a.json", "year-b.json", "year-edges.json"] {
        let mut document = reference(name);
        let months = usize::try_from(document["calendar"]["quarters"].as_u64().unwrap()).unwrap() * 3;
        for last in [0, 1, 2, 4, months / 2, months - 1] {
            closed_through(&mut document, last);
            let plan = plan(&document);
            let (outlook, variance) = (outlook(&plan), Variance::of(&plan).unwrap());
            let mut sums: BTreeMap<(Option<usize>, Measure), (Exact, Exact)> = BTreeMap::new();
            for row in &variance.rows {
                let (steps, actual) = sums.entry((row.region, row.measure)).or_default();
                if row.step == VarianceStep::Actual {
                    *actual = row.value;
                } else {
                    *steps = *steps + row.value;
                }
            }
            for ((region, measure), (steps, actual)) in &sums {
                assert_eq!(steps, actual, "{name} through month {last}: {region:?} {measure}");
                if *measure == Measure::Closing {
                    let there = |r: usize| -> Exact {
                        let id = &variance.record.regions[r].id;
                        let index = plan.region_index(id.as_str()).unwrap();
                        let paid = |k: &usize| variance.record.pay(id, &plan.roles[*k].id).is_some();
                        let month = Period::Month(last);
                        let heads =
                            |k| outlook.figure(YearMeasure::ActualClosing, Place::Cell(index, k), month).unwrap();
                        (0..plan.roles.len()).filter(paid).map(heads).sum()
                    };
                    let all = || (0..variance.record.regions.len()).map(there).sum();
                    assert_eq!(*actual, region.map_or_else(all, there), "{name} through month {last}: {region:?}");
                }
                if *measure == Measure::TotalCost && plan.year.as_ref().unwrap().record.is_none() {
                    let spent = |r: usize| -> Exact {
                        let month = |t| outlook.figure(YearMeasure::ActualCost, Place::Region(r), Period::Month(t));
                        (0..=last).filter_map(month).sum()
                    };
                    let all = || (0..plan.regions.len()).map(spent).sum();
                    assert_eq!(*actual, region.map_or_else(all, spent), "{name} through month {last}: {region:?}");
                }
                if *measure == Measure::Capacity {
                    let booked = |r: usize| -> Exact {
                        let id = &variance.record.regions[r].id;
                        let index = plan.region_index(id.as_str()).unwrap();
                        let month = |t| outlook.figure(YearMeasure::Bookings, Place::Region(index), Period::Month(t));
                        (0..=last).filter_map(month).sum()
                    };
                    let all = || (0..variance.record.regions.len()).map(booked).sum();
                    assert_eq!(*actual, region.map_or_else(all, booked), "{name} through month {last}: {region:?}");
                }
            }
            assert!(sums.len() > 5);
        }
    }
}

#[test]
fn a_year_that_is_closed_is_what_happened() {
    let mut document = reference("year-edges.json");
    closed_through(&mut document, 23);
    let plan = plan(&document);
    let outlook = outlook(&plan);
    let year: &Year = plan.year.as_ref().unwrap();
    for (r, region) in plan.regions.iter().enumerate().filter(|(_, region)| year.bookings.contains_key(&region.id)) {
        let place = Place::Region(r);
        for q in 0..plan.calendar.quarters {
            let months = || (q * 3..q * 3 + 3).map(Period::Month);
            let sum = |measure| months().map(|t| outlook.figure(measure, place, t).unwrap()).sum::<Exact>();
            let quarter = |measure| outlook.figure(measure, place, Period::Quarter(q)).unwrap();
            assert_eq!(quarter(YearMeasure::OutlookCapacity), sum(YearMeasure::Bookings), "{} {q}", region.id);
            assert_eq!(quarter(YearMeasure::OutlookCost), sum(YearMeasure::ActualCost), "{} {q}", region.id);
            let last = Period::Month(q * 3 + 2);
            let cells = (0..plan.roles.len()).map(|k| Place::Cell(r, k));
            let heads = cells.map(|cell| outlook.figure(YearMeasure::ActualClosing, cell, last).unwrap()).sum();
            assert_eq!(quarter(YearMeasure::OutlookClosing), heads, "{} {q}", region.id);
        }
    }
}

#[test]
fn what_has_happened_changes_no_figure_of_the_plan() {
    let mut document = reference("year-edges.json");
    let with = Outcome::of(plan(&document)).unwrap();
    document.as_object_mut().unwrap().remove("year");
    let alone = plan(&document);
    assert!(with.figures().eq(Outcome::of(Arc::clone(&alone)).unwrap().figures()));
    assert!(Outlook::of(&alone).unwrap().is_none());
    assert!(Variance::of(&alone).is_err());
}

#[test]
fn findings_of_a_year_say_what_does_not_go_as_planned() {
    let mut document = reference("year-1.json");
    document["year"]["positions"] = json!({
        "FY11Q1-fr-ae-G003": {"status": "Open"}, "FY11Q3-fr-ae-G001": {"status": "Offered"},
        "FY11Q3-fr-ae-G002": {"status": "Planned"}, "FY11Q1-fr-ae-B001": {"status": "Open"},
    });
    document["budgets"] = json!({"2011": "1000"});
    let set = |path: &str| json!({"Set": {"path": path, "to": "1"}});
    let edits =
        [set("year.bookings[fr][1]"), set("year.costs[fr][base_pay][1]"), set("year.through"), set("baseline[1]")];
    document["log"] = json!([{"when": "2010-11-02T09:00:00+00:00", "words": "Restated", "edits": edits}]);
    let plan = plan(&document);
    let (outcome, outlook) = (Outcome::of(Arc::clone(&plan)).unwrap(), outlook(&plan));
    let sentences = |kinds: &[YearFindingKind]| -> Vec<String> {
        let all = year_findings(&outlook);
        let those = all.iter().filter(|finding| kinds.contains(&finding.kind));
        those.map(|finding| year_finding_sentence(&outcome, finding, &PlainNumbers)).collect()
    };
    let cost = outlook.rollup(Place::Plan, Period::Year(0)).unwrap().total_cost.exact().grouped(2);
    let expected = [
        "2010-09: FY11Q3-fr-ae-G001 is open or offered, and the plan does not have it".to_owned(),
        format!("FY11: outlook cost {cost} USD is over the budget of 1,000.00"),
        "2010-08: 2 amounts of this closed month restated".to_owned(),
        "France, AE, FY11 Q1: 1 position overdue; nobody has started".to_owned(),
        "France, AE, FY11 Q1: 1 person started without a position".to_owned(),
    ];
    let kinds = [
        YearFindingKind::BeyondPlan,
        YearFindingKind::OutlookOverBudget,
        YearFindingKind::MonthRestated,
        YearFindingKind::PositionOverdue,
        YearFindingKind::StarterWithoutPosition,
    ];
    assert_eq!(sentences(&kinds), expected);
    // Twelve sell 100,000 a month each; the position that is overdue comes in October. The quarters are targeted with 3,000,000.
    assert_eq!(sentences(&[YearFindingKind::OutlookCoverage]), Vec::<String>::new());
    document["targets"] = json!({"fr": ["9000000", "4000000", "0", "0"]});
    let cover = year_findings(&self::outlook(&self::plan(&document)));
    let cover: Vec<_> = cover.iter().filter(|f| f.kind == YearFindingKind::OutlookCoverage).map(|f| f.period).collect();
    assert_eq!(cover, [Period::Quarter(1)], "the first quarter is closed");
}

#[test]
fn an_id_of_another_system_is_no_backfill() {
    let mut document = reference("year-1.json");
    document["year"]["positions"] = json!({"REQ-Berlin": {"status": "Open"}, "FY11Q1-fr-ae-B001": {"status": "Open"}});
    let findings = year_findings(&outlook(&plan(&document)));
    let beyond: Vec<_> = findings.into_iter().filter_map(|finding| finding.position).collect();
    assert_eq!(beyond, ["REQ-Berlin"]);
}

/// The first reference plan with a plan of record that a change was made to.
fn with_record(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = reference("year-1.json");
    let mut record = document.clone();
    record.as_object_mut().unwrap().remove("year");
    change(&mut record);
    document["frozen"] = json!([{"name": "A", "date": "2010-06-01", "plan": record}]);
    document["year"]["record"] = json!("A");
    document
}

#[test]
fn a_plan_that_is_compared_with_a_record_can_stand_alone() {
    let plan = plan(&with_record(|_| {}));
    assert_eq!(validate(&plan.alone()), []);
    assert!(plan.alone().year.is_none() && plan.year.is_some());
}

#[test]
fn a_record_that_cannot_be_compared_is_refused_with_its_reason() {
    let problem = |document: Value| -> String {
        let plan: Plan = serde_json::from_value(document).unwrap();
        let problems = validate(&plan);
        assert_eq!(problems.len(), 1, "{problems:?}");
        format!("{}: {}", problems[0].path, problems[0].message)
    };
    let year = reference("year-1.json")["year"].clone();
    assert_eq!(
        problem(with_record(|record| record["year"] = year)),
        "frozen[0].plan: a plan of record holds no scenarios, no log, no other plan of record and no year; remove them"
    );
    let other = |record: &mut Value| record["currency"] = json!("CHF");
    let message = problem(with_record(other));
    assert!(message.starts_with("year.record: the plan of record is in CHF, the plan in "), "{message}");
    let other = |record: &mut Value| {
        record["regions"][0]["currency"] = json!("CHF");
        record["rates"]["CHF"] = json!("2");
    };
    let message = problem(with_record(other));
    assert!(message.starts_with("year.record: fr is in CHF in the plan of record, and in "), "{message}");
}

#[test]
fn positions_of_a_year_have_the_ids_that_seats_were_issued_with() {
    let beyond = |issued: Value| {
        let mut document = reference("year-1.json");
        document["year"]["positions"] =
            json!({"FY11Q1-fr-ae-G003": {"status": "Open"}, "FY11Q1-fr-ae-G004": {"status": "Open"}});
        document["issued"] = issued;
        let outlook = outlook(&plan(&document));
        let findings = year_findings(&outlook).into_iter().filter_map(|finding| finding.position);
        findings.collect::<Vec<_>>()
    };
    assert_eq!(beyond(json!([])), ["FY11Q1-fr-ae-G004"]);
    let withdrawn = json!([{
        "id": "FY11Q1-fr-ae-G003", "region": "fr", "role": "ae", "quarter": 0,
        "start": "2010-09-01", "date": "2010-05-01", "withdrawn": "2010-06-01",
    }]);
    assert_eq!(beyond(withdrawn), ["FY11Q1-fr-ae-G003"], "the number is not given out twice");
}

/// What the year of a reference plan says of one month; everybody's spells with the last.
fn month_of(year: &Year, t: usize) -> MonthActuals {
    let lines =
        |lines: &BTreeMap<String, Vec<Local>>| lines.iter().map(|(line, list)| (line.clone(), list[t])).collect();
    MonthActuals {
        people: (t == 2).then(|| year.people.clone()),
        bookings: year.bookings.iter().map(|(region, list)| (region.clone(), list[t])).collect(),
        costs: year.costs.iter().map(|(region, costs)| (region.clone(), lines(costs))).collect(),
        rates: year.rates.iter().map(|(code, list)| (code.clone(), list[t])).collect(),
    }
}

#[test]
fn months_are_closed_restated_and_opened_again_by_edits_that_can_be_undone() {
    let mut document = reference("year-1.json");
    document["year"]["positions"] = json!({});
    let closed = plan(&document);
    let year: &Year = closed.year.as_ref().unwrap();
    let mut history = History::new(Plan { year: None, ..(*closed).clone() });
    for t in 0..3 {
        let edits = close_month(history.plan(), &month_of(year, t)).unwrap();
        history.commit("Month closed", edits).unwrap();
        assert!(validate(history.plan()).is_empty(), "{:?}", validate(history.plan()));
    }
    assert_eq!(**history.plan(), *closed);
    // A month that says less than the ones before is not closed.
    let nothing = close_month(&closed, &MonthActuals::default()).unwrap_err();
    assert!(nothing.to_string().contains("state 0 if there was nothing"), "{nothing}");
    // A rate that the plan does not have for the earlier months is not made up.
    let yen = BTreeMap::from([(Currency::new("JPY"), "0.01".parse().map(Ratio::new).unwrap())]);
    let no_rate = close_month(&closed, &MonthActuals { rates: yen, ..month_of(year, 2) }).unwrap_err();
    assert_eq!(no_rate.to_string(), "year.rates: there is no rate for JPY in 2010-07; add one to the plan");
    // The same again changes nothing; another amount is one edit.
    let august = closed.calendar.month(1);
    assert_eq!(restate_month(&closed, august, &month_of(year, 1)).unwrap(), []);
    let other = MonthActuals { bookings: month_of(year, 2).bookings, ..MonthActuals::default() };
    let restated = restate_month(&closed, august, &other).unwrap();
    assert_eq!(words(&closed, &restated), ["What has happened: bookings[fr][1] is 841666.67"]);
    assert!(restate_month(&closed, closed.calendar.month(3), &other).is_err());
    // Opened again month by month, everybody stays until none is closed.
    for left in [2, 1] {
        history.commit("Month opened again", reopen_month(history.plan()).unwrap()).unwrap();
        let year = history.plan().year.as_ref().unwrap();
        assert!(validate(history.plan()).is_empty());
        assert_eq!((year.people.len(), year.rates.values().next().unwrap().len()), (13, left));
    }
    history.commit("Month opened again", reopen_month(history.plan()).unwrap()).unwrap();
    assert!(history.plan().year.is_none() && reopen_month(history.plan()).is_err());
    for _ in 0..3 {
        history.undo();
    }
    assert_eq!(**history.plan(), *closed);
    // What does not foot is said before.
    let mut shorter = MonthActuals { people: Some(year.people[1..].to_vec()), ..MonthActuals::default() };
    shorter.people.as_mut().unwrap().truncate(9);
    shorter.bookings.insert(RegionId::new("mars"), Local::ZERO);
    let lines = BTreeMap::from([("travel".to_owned(), Local::ZERO), ("base_pay".to_owned(), Local::ZERO)]);
    shorter.costs.insert(RegionId::new("fr"), lines);
    let remarks = closing_remarks(&closed, &shorter);
    let expected = [
        "n1 is gone without a last day",
        "n2 is gone without a last day",
        "n3 is gone without a last day",
        "the list of people shrank from 13 spells to 9",
        "mars has amounts, and the plan does not have it",
        "fr had no travel so far; that of earlier closed months becomes 0",
    ];
    assert_eq!(remarks, expected);
}

#[test]
fn what_has_happened_is_not_taken_out_with_a_region_or_role() {
    let plan = plan(&reference("year-edges.json"));
    let region = plan.region_index("uk").unwrap();
    for refused in [remove_region(&plan, region), remove_role(&plan, 0)] {
        assert!(refused.unwrap_err().contains("what has happened is not taken out"));
    }
    let calendar =
        |months: usize, quarters| Calendar { first_month: plan.calendar.month(months), quarters, ..plan.calendar };
    assert!(change_calendar(&plan, calendar(1, 8)).unwrap_err().contains("first month"));
    let mut closed = (*plan).clone();
    closed.year.as_mut().unwrap().through = plan.calendar.month(12);
    assert!(change_calendar(&closed, calendar(0, 4)).unwrap_err().contains("cannot end before"));
    assert!(change_calendar(&plan, calendar(0, 9)).is_ok());
    // Amounts of the plan of record stay in its currency. Without one, another plan currency restates the real rates: one
    // dollar was 1 ÷ 1.21 euros in the first month.
    let refused = change_currency(&plan, "EUR").unwrap_err();
    assert_eq!(refused, "what has happened is compared with the plan of record \"Board\", which is in USD");
    let mut plan = (*plan).clone();
    plan.year.as_mut().unwrap().record = None;
    let euros = apply_all(&plan, &change_currency(&plan, "EUR").unwrap().edits).unwrap();
    let rates = &euros.year.as_ref().unwrap().rates;
    assert_eq!(rates[&plan.currency][0].exact().to_string(), "0.826446280992");
    assert!(!rates.contains_key(&euros.currency) && validate(&euros).is_empty(), "{:?}", validate(&euros));
}

/// A person of a year in which all goes as planned.
struct Person {
    who: String,
    /// The month from which service counts.
    service_from: i32,
    spells: Vec<Value>,
}

/// A cell by the places of its region and role.
type Cell = (usize, usize);

/// A year in which all goes as planned, in whole people, through a month.
struct AsPlanned<'a> {
    plan: &'a Plan,
    cells: BTreeMap<Cell, Vec<Person>>,
    gone: Vec<Person>,
}

impl<'a> AsPlanned<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self { plan, cells: BTreeMap::new(), gone: Vec::new() }
    }

    fn cell(&self, region: &str, role: &str) -> Cell {
        (self.plan.region_index(region).unwrap(), self.plan.role_index(role).unwrap())
    }

    fn spell(&self, who: &str, (r, k): Cell, month: i32) -> Value {
        let first = self.plan.calendar.first_month;
        let months = usize::try_from(month.unsigned_abs()).unwrap();
        let month = if month < 0 { first.minus(months) } else { first.plus(months) };
        json!({
            "who": who, "region": self.plan.regions[r].id, "role": self.plan.roles[k].id, "start": format!("{month}-05"),
        })
    }

    fn add(&mut self, cell: Cell, person: Person) {
        let people = self.cells.entry(cell).or_default();
        let place = people.partition_point(|other| other.service_from <= person.service_from);
        people.insert(place, person);
    }

    fn end(&self, person: &mut Person, month: usize, left: &str) {
        let end = self.plan.calendar.month(month).day_or_last(20).unwrap();
        let spell = person.spells.last_mut().unwrap();
        (spell["end"], spell["left"]) = (json!(end), json!(left));
    }

    /// The people of the baseline, then those of each month through the last.
    fn through(mut self, last: usize) -> Vec<Value> {
        let plan = self.plan;
        for (index, entry) in plan.baseline.iter().enumerate() {
            let cell = self.cell(entry.region.as_str(), entry.role.as_str());
            for n in 0..entry.heads {
                let who = format!("b{index:02}-{n:03}");
                let service_from = -i32::try_from(entry.tenure).unwrap();
                let spells = vec![self.spell(&who, cell, service_from)];
                self.add(cell, Person { who, service_from, spells });
            }
        }
        for t in 0..=last {
            self.moves(t);
            self.starts(t);
            self.exits(t);
        }
        // The engine keeps people of equal service in the order of the list.
        let people = self.gone.into_iter().chain(self.cells.into_values().flatten());
        people.flat_map(|person| person.spells).collect()
    }

    fn moves(&mut self, t: usize) {
        let mut arriving = Vec::new();
        for entry in self.plan.moves.iter().filter(|entry| entry.quarter == t / 3) {
            let heads = phased(self.plan, entry.heads)[t % 3];
            let (from, to) = (&entry.from, &entry.to);
            let (from, to) =
                (self.cell(from.region.as_str(), from.role.as_str()), self.cell(to.region.as_str(), to.role.as_str()));
            let there = self.cells.entry(from).or_default();
            let leaving: Vec<Person> = there.drain(..usize::try_from(heads).unwrap().min(there.len())).collect();
            arriving.extend(leaving.into_iter().map(|person| (to, person)));
        }
        for (to, mut person) in arriving {
            self.end(&mut person, t - 1, "Moved");
            person.spells.push(self.spell(&person.who, to, i32::try_from(t).unwrap()));
            self.add(to, person);
        }
    }

    fn starts(&mut self, t: usize) {
        for (r, k) in (0..self.plan.regions.len()).flat_map(|r| (0..self.plan.roles.len()).map(move |k| (r, k))) {
            let (region, role) = (&self.plan.regions[r].id, &self.plan.roles[k].id);
            let by_month = phased(self.plan, self.plan.hires(region, role, t / 3));
            let before: u32 = by_month[..t % 3].iter().sum();
            for n in 0..by_month[t % 3] {
                let name = self.plan.calendar.name(Period::Quarter(t / 3)).replace(' ', "");
                let position = format!("{name}-{region}-{role}-G{:03}", before + n + 1);
                let month = i32::try_from(t).unwrap();
                let mut spell = self.spell(&position, (r, k), month);
                spell["position"] = json!(position);
                self.add((r, k), Person { who: position, service_from: month, spells: vec![spell] });
            }
        }
    }

    fn exits(&mut self, t: usize) {
        for (r, k) in (0..self.plan.regions.len()).flat_map(|r| (0..self.plan.roles.len()).map(move |k| (r, k))) {
            let exits = self.plan.exits(&self.plan.regions[r].id, &self.plan.roles[k].id, t / 3);
            let exits = usize::try_from(phased(self.plan, exits)[t % 3]).unwrap();
            let Some(there) = self.cells.get_mut(&(r, k)) else { continue };
            let leaving: Vec<Person> = there.drain(..exits.min(there.len())).collect();
            for mut person in leaving {
                self.end(&mut person, t, "Exit");
                self.gone.push(person);
            }
        }
    }
}

/// A plan in whole people: nobody leaves by chance, every hire arrives.
fn whole_plan(
    teams: &[(usize, u32, u32)],
    hires: &[(usize, usize, u32)],
    exits: &[(usize, usize, u32)],
    moves: &[(usize, usize, u32)],
) -> Value {
    let mut document = reference("year-1.json");
    document.as_object_mut().unwrap().remove("year");
    let mut second = document["regions"][0].clone();
    (second["id"], second["name"], second["currency"]) = (json!("us"), json!("US"), json!("USD"));
    document["regions"].as_array_mut().unwrap().push(second);
    let mut other = document["roles"][0].clone();
    (other["id"], other["name"], other["ramp"]) = (json!("kam"), json!("KAM"), json!(["0.3", "0.6"]));
    other["kind"] = json!({"Seller": {"annual_quota": "2400000", "accounts_per_head": "0"}});
    document["roles"].as_array_mut().unwrap().push(other);
    let pay = json!({"base": "120000", "variable": "60000"});
    document["pay"] = json!({"fr": {"ae": pay, "kam": pay}, "us": {"ae": pay, "kam": pay}});
    document["assumptions"]["start_phasing"] = json!(["1", "1", "1"]);
    document["assumptions"]["severance"] = json!("2");
    document["assumptions"]["recruiting_cost"] = json!("1000");
    document["judgements"] = json!([{"region": "fr", "quarter": 1, "amount": "1000", "reason": ""}]);
    let cell = |index: usize| ([("fr", "ae"), ("fr", "kam"), ("us", "ae"), ("us", "kam")])[index];
    let cohort = |(index, heads, tenure): &(usize, u32, u32)| json!({"region": cell(*index).0, "role": cell(*index).1, "heads": heads, "tenure": tenure});
    document["baseline"] = teams.iter().map(cohort).collect();
    let by_quarter = |people: &[(usize, usize, u32)]| {
        let mut lists: BTreeMap<&str, BTreeMap<&str, [u32; 4]>> = BTreeMap::new();
        for (index, quarter, heads) in people {
            let (region, role) = cell(*index);
            lists.entry(region).or_default().entry(role).or_default()[*quarter] = *heads;
        }
        json!(lists)
    };
    (document["hires"], document["exits"]) = (by_quarter(hires), by_quarter(exits));
    let transfer = |(from, to, heads): &(usize, usize, u32)| {
        let place = |index| json!({"region": cell(index).0, "role": cell(index).1});
        json!({"quarter": 1 + heads % 3, "from": place(*from), "to": place(*to), "heads": heads, "reason": ""})
    };
    document["moves"] = moves.iter().filter(|(from, to, _)| from != to).map(transfer).collect();
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_year_in_which_all_goes_as_planned_is_the_plan_whichever_month_is_closed(
        teams in proptest::collection::vec((0_usize..4, 1_u32..6, 1_u32..30), 1..6),
        hires in proptest::collection::vec((0_usize..4, 0_usize..4, 1_u32..7), 0..6),
        exits in proptest::collection::vec((0_usize..4, 0_usize..4, 1_u32..4), 0..4),
        moves in proptest::collection::vec((0_usize..4, 0_usize..4, 1_u32..4), 0..4),
        last in 0_usize..12,
        booked in any::<bool>(),
    ) {
        let mut document = whole_plan(&teams, &hires, &exits, &moves);
        let alone = Outcome::of(plan(&document)).unwrap();
        let through = alone.plan().calendar.month(last);
        let people = AsPlanned::new(alone.plan()).through(last);
        document["year"] = json!({"through": through.to_string(), "people": people});
        if booked {
            // The US books what the plan expects, and spends it.
            let amounts = |measure| -> Vec<String> {
                (0..=last).map(|t| alone.figure(measure, Place::Region(1), Period::Month(t)).unwrap().to_string()).collect()
            };
            document["year"]["bookings"] = json!({"us": amounts(Measure::Capacity)});
            let pay = |t| -> Exact {
                let cell = |k| alone.figure(Measure::BasePay, Place::Cell(1, k), Period::Month(t));
                (0..alone.plan().roles.len()).filter_map(cell).sum()
            };
            let pay: Vec<String> = (0..=last).map(|t| pay(t).to_string()).collect();
            document["year"]["costs"] = json!({"us": {"base_pay": pay}});
        }
        let year = outlook(&plan(&document));
        for place in [Place::Plan, Place::Area(0), Place::Region(0), Place::Region(1)] {
            for period in (0..4).map(Period::Quarter).chain([Period::Year(0)]) {
                for (of_year, of_plan) in [
                    (YearMeasure::OutlookCapacity, Measure::Capacity),
                    (YearMeasure::OutlookCost, Measure::TotalCost),
                    (YearMeasure::OutlookClosing, Measure::Closing),
                    (YearMeasure::OutlookGap, Measure::Gap),
                ] {
                    let (found, planned) = (year.figure(of_year, place, period), alone.figure(of_plan, place, period));
                    prop_assert_eq!(found, planned, "{} {:?} {:?} through {}", of_plan, place, period, through);
                }
            }
        }
    }
}
