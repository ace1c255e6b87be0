//! The brief for the board: its figures are the engine's, it is two tagged pages that hold their fonts, the same plan
//! gives the same bytes, and hostile plans do not break it.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use lopdf::{Document, Object};
use muster::analysis::{self, Progress};
use muster::engine::{Measure, Outcome, Place};
use muster::files::{self, BriefError, BriefOptions, BriefSubject, Paper, Stamp, Template};
use muster::plan::{Plan, PlanEdit, RegionId};
use muster::units::{Exact, Period};

use crate::pdf::pages;

const QUICK: BriefOptions = BriefOptions { paper: Paper::A4, day: None, without_sensitivity: true, without_pay: false };

fn world() -> Plan {
    serde_json::from_str(include_str!("../conformance/world.json")).unwrap()
}

fn subject(plan: Plan) -> BriefSubject {
    BriefSubject { outcome: Arc::new(Outcome::of(Arc::new(plan)).unwrap()), stamp: Stamp::default() }
}

fn made(plan: Plan) -> Vec<u8> {
    files::brief(&subject(plan), None, QUICK, &Progress::default()).unwrap()
}

fn read(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn millions(value: Exact, places: u32) -> String {
    (value / Exact::from(1_000_000_u32)).grouped(places)
}

#[test]
fn brief_text_holds_the_figures_of_the_engine() {
    // The larger the plan, the fewer decimals its millions have.
    let places = |name: &str| if name == "blank" { 3 } else { 1 };
    for template in Template::ALL {
        let subject = subject(template.plan().unwrap());
        let outcome = Arc::clone(&subject.outcome);
        let [front, back] =
            pages(&files::brief(&subject, None, QUICK, &Progress::default()).unwrap()).try_into().unwrap();
        let plan = outcome.plan();
        for year in 0..plan.calendar.years() {
            let sums = *outcome.rollup(Place::Plan, Period::Year(year)).unwrap();
            for figure in [sums.target, sums.capacity, sums.gap(), sums.total_cost] {
                let text = millions(figure.exact(), places(template.name));
                assert!(front.contains(&text), "{}: {text}: {front}", plan.name);
            }
            for line in Measure::cost_lines() {
                let cost = outcome.cost(line, Place::Plan, Period::Year(year)).unwrap().exact();
                let text = millions(cost, places(template.name));
                assert!(back.contains(&text), "{}: {line}: {text}: {back}", plan.name);
            }
        }
        for (r, _) in plan.regions.iter().enumerate().take(14) {
            for q in 0..plan.calendar.quarters {
                let share =
                    outcome.rollup(Place::Region(r), Period::Quarter(q)).unwrap().ratio(Measure::CapacityCoverage);
                let text = share.map_or("–".to_owned(), |s| (s.exact() * Exact::from(100_u32)).grouped(1));
                assert!(front.contains(&text), "{}: {text}: {front}", plan.name);
            }
        }
        assert!(front.contains(&format!("{} growth hires", plan.hires_in_year(0))) || plan.hires_in_year(0) == 0);
    }
}

#[test]
fn brief_asks_for_what_the_plan_states() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let [front, back] = pages(&made(plan)).try_into().unwrap();
    for words in [
        "Approval of 411 growth hires in FY11, within the envelope of 300 to 500.",
        "They start between 1 July 2010 and 1 June 2011; the first requisition opens on 1 April 2010.",
        "FY11 costs 213.6 M USD in total; growth hires account for 61.4 M of it.",
        "Southern Europe",
        "not within the plan",
    ] {
        assert!(front.contains(words), "{words}: {front}");
    }
    for words in [
        "Recruiting capacity",
        "FY11 Q2: 159 growth starts; recruiting can land 150",
        "FY12: total cost 267.1 M USD is 4.1 M over the budget of 263.0 M",
        "FY11 Q1: capacity covers 71.3 % of the target; 0.99 M USD are missing",
        "Attainment of quota",
    ] {
        assert!(back.contains(words), "{words}: {back}");
    }
}

#[test]
fn brief_begins_with_every_limit_that_the_plan_breaks() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let [front, _] = pages(&made(plan.clone())).try_into().unwrap();
    let first = front.find("What is asked").unwrap();
    for words in [
        "Limits that this plan breaks",
        "FY11 costs 213.6 M, 4.4 M under its budget; FY12 costs 267.1 M, 4.1 M over its budget.",
        "FY11 Q2 has 159 growth starts, 9 more than recruiting can land.",
        "Greater China has 10.7 starts in FY11 Q3 for 8 onboarding seats, and 11 more findings. Accepted.",
        "Latin America, FY11 Q1: capacity covers 71.3 % of the target; 0.99 M USD are missing, and 3 more findings.",
        "43 growth hires in 4 regions would need requisitions before the plan begins in 2010-07. Accepted.",
        "US State, local and education misses FY11 by 7.7 M (86.0 %).",
    ] {
        assert!(front.find(words).is_some_and(|at| at < first), "{words}: {front}");
    }
    // The reason of the largest gap is the one of `muster why`.
    let subject = subject(plan.clone());
    let region = plan.region_index("us-state-local").unwrap();
    let (place, year) = (Place::Region(region), Period::Year(0));
    let breakdown = analysis::gap_breakdown(&subject.outcome, place, year, &Progress::default()).unwrap().unwrap();
    let reason = analysis::gap_sentence(&subject.outcome, &breakdown, &analysis::PlainNumbers);
    assert!(front.contains(&reason), "{reason}: {front}");
    for (min, max, words) in [
        (5, 10, "FY11 has 411 growth hires, 401 more than the envelope of 5 to 10 allows."),
        (412, 500, "FY11 has 411 growth hires, 1 fewer than the envelope of 412 to 500 asks for."),
    ] {
        let mut plan = plan.clone();
        (plan.envelope.min, plan.envelope.max) = (min, max);
        let [front, _] = pages(&made(plan)).try_into().unwrap();
        assert!(front.contains(words), "{words}: {front}");
    }
}

#[test]
fn brief_states_amounts_in_millions() {
    let plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let text = pages(&made(plan)).join(" ");
    for words in ["FY11 costs 51.9 M, 0.87 M over its budget; FY12", "0.67 M through attrition", "of 51.0 M budgeted"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains(" k ") && !text.to_lowercase().contains("thousand"), "{text}");
}

#[test]
fn brief_of_a_sound_plan_says_that_it_breaks_no_limit() {
    let plan = Template::by_name("blank").unwrap().plan().unwrap();
    let [front, _] = pages(&made(plan)).try_into().unwrap();
    assert!(front.contains("This plan breaks no limit") && !front.contains("Limits that this plan breaks"), "{front}");
}

#[test]
fn brief_says_of_which_day_and_state_of_the_plan_it_is() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let mut frozen = plan.clone();
    for (name, date) in [("Board, June", day(2010, 6, 14)), ("Draft", day(2010, 5, 3))] {
        let edits = muster::edit::freeze(&frozen, &plan, name, date).unwrap();
        frozen = muster::edit::apply_all(&frozen, &edits).unwrap();
    }
    let options = BriefOptions { day: Some(day(2010, 7, 2)), ..QUICK };
    let front =
        |plan: Plan| pages(&files::brief(&subject(plan), None, options, &Progress::default()).unwrap())[0].clone();
    let text = front(frozen);
    let words =
        "2 July 2010 · Base plan · last plan of record: Board, June, 14 June 2010 · 2010-07 to 2012-06 · 14 regions";
    assert!(text.contains(words), "{text}");
    let text = front(plan);
    assert!(
        text.contains("2 July 2010 · Base plan · 2010-07 to 2012-06") && !text.contains("plan of record"),
        "{text}"
    );
}

#[test]
fn brief_is_two_tagged_pages_that_hold_their_fonts() {
    for paper in [Paper::A4, Paper::Letter] {
        let options = BriefOptions { paper, ..QUICK };
        let bytes = files::brief(&subject(world()), None, options, &Progress::default()).unwrap();
        let document = read(&bytes);
        assert_eq!(document.get_pages().len(), 2);
        let catalog = document.catalog().unwrap();
        assert!(catalog.get(b"StructTreeRoot").is_ok());
        assert!(catalog.get(b"Outlines").is_ok());
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
        let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).unwrap();
        assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
        assert!(String::from_utf8_lossy(&bytes).contains("pdfuaid:part"));
        let dictionaries = || document.objects.values().filter_map(|o| o.as_dict().ok());
        let of_type = |name: &'static [u8]| dictionaries().filter(move |d| d.has_type(name));
        let fonts: Vec<_> = of_type(b"FontDescriptor").collect();
        assert_eq!(fonts.len(), 2, "a regular and a semi-bold face");
        assert!(fonts.iter().all(|f| f.get(b"FontFile2").is_ok() || f.get(b"FontFile3").is_ok()));
        let tags = |name: &[u8]| {
            let is = |d: &&lopdf::Dictionary| d.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == name);
            dictionaries().filter(is).count()
        };
        assert_eq!((tags(b"H1"), tags(b"Table"), tags(b"L")), (1, 5, 2));
        assert!(tags(b"H2") >= 8 && tags(b"Figure") == 4 && tags(b"TH") > 40 && tags(b"TD") > 200);
        let figure = |d: &&lopdf::Dictionary| d.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"Figure");
        assert!(dictionaries().filter(figure).all(|d| d.get(b"Alt").is_ok()));
    }
}

#[test]
fn slides_have_one_message_each_with_its_figure() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let options = BriefOptions { day: chrono::NaiveDate::from_ymd_opt(2010, 7, 2), ..QUICK };
    let bytes = files::slides(&subject(plan.clone()), None, options, &Progress::default()).unwrap();
    assert_eq!(bytes, files::slides(&subject(plan.clone()), None, options, &Progress::default()).unwrap());
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let sums = *outcome.rollup(Place::Plan, Period::Year(0)).unwrap();
    let coverage = (sums.ratio(Measure::CapacityCoverage).unwrap().exact() * Exact::from(100_u32)).grouped(1);
    let all = pages(&bytes);
    let messages = [
        &*format!("With 411 growth hires, FY11 covers {coverage} % of its target at a cost of 213.6 M USD"),
        "This plan breaks 5 limits: over budget, recruiting capacity, ",
        "Capacity misses the FY11 target by 16.5 M USD (",
        "US State, local and education has the largest gap, 7.7 M",
        "FY11 costs 213.6 M, 4.4 M under its budget; FY12 costs 267.1 M, 4.1 M over its budget",
        "growth hires are planned; 43 would need requisitions before the plan begins",
    ];
    // Without what moves coverage most there is one slide less.
    assert_eq!(all.len(), messages.len());
    for (page, words) in all.iter().zip(messages) {
        assert!(page.contains(words), "{words}: {page}");
        assert!(page.contains("Base plan · 2 July 2010 · amounts in million USD"), "{page}");
    }
    let document = read(&bytes);
    for page in document.get_pages().into_values() {
        let size = document.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).and_then(Object::as_array);
        let size: Vec<f32> = size.unwrap().iter().map(|side| side.as_float().unwrap()).collect();
        assert_eq!(size, [0.0, 0.0, 480.0, 270.0]);
    }
    let heads = document.objects.values().filter_map(|o| o.as_dict().ok());
    let heads = heads.filter(|d| d.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"H1"));
    assert_eq!(heads.count(), messages.len());
}

#[test]
fn slides_of_two_plans_say_both_figures() {
    let (base, lean) = pair("Lean 300");
    let all = pages(&files::slides(&base, Some(&lean), QUICK, &Progress::default()).unwrap());
    let messages = [
        "Lean 300 (Base plan), FY11: growth hires 300 (411), coverage ",
        "Base plan breaks 5 limits, Lean 300 breaks 3 limits",
        "Capacity, FY11: ",
        "Capacity coverage, FY11: ",
        "Total cost, FY11: 213.6 M in Base plan, ",
        "Growth hires, FY11: 411 in Base plan, 300 in Lean 300",
        "changes the coverage of FY11 most: -",
    ];
    assert_eq!(all.len(), messages.len());
    for (page, words) in all.iter().zip(messages) {
        assert!(page.contains(words) && page.contains("Base plan beside Scenario Lean 300"), "{words}: {page}");
    }
}

#[test]
fn brief_of_the_same_plan_has_the_same_bytes() {
    assert_eq!(made(world()), made(world()));
}

/// A bundled plan as it is and as a scenario has it.
fn pair(scenario: &str) -> (BriefSubject, BriefSubject) {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let made = muster::edit::scenario(&plan, scenario).unwrap().plan;
    let stamp = Stamp { scenario: scenario.to_owned(), record: String::new() };
    (subject(plan), BriefSubject { stamp, ..subject(made) })
}

#[test]
fn two_plans_stand_side_by_side_with_their_differences() {
    let (base, lean) = pair("Lean 300");
    let bytes = files::brief(&base, Some(&lean), QUICK, &Progress::default()).unwrap();
    assert_eq!(bytes, files::brief(&base, Some(&lean), QUICK, &Progress::default()).unwrap());
    let [front, back] = pages(&bytes).try_into().unwrap();
    let (one, two) = (&base.outcome, &lean.outcome);
    for year in 0..2 {
        let sums = |o: &Outcome| *o.rollup(Place::Plan, Period::Year(year)).unwrap();
        let (a, b) = (sums(one), sums(two));
        let rows = [(a.capacity, b.capacity), (a.total_cost, b.total_cost), (a.gap(), b.gap())];
        for (a, b) in rows.map(|(a, b)| (a.exact(), b.exact())) {
            let sign = if b > a { "+" } else { "" };
            let row = format!("{} {} {sign}{}", millions(a, 1), millions(b, 1), millions(b - a, 1));
            assert!(front.contains(&row), "{row}: {front}");
        }
    }
    for words in ["Base plan beside Scenario Lean 300", "Scenario Lean 300: Approval of 300 growth hires", "411 → 300"]
    {
        assert!(front.contains(words), "{words}: {front}");
    }
    let million = |n: Exact| millions(n, 1);
    let cost = |o: &Outcome| o.cost(Measure::TotalCost, Place::Plan, Period::Year(0)).unwrap().exact();
    let row = format!("Total cost {} {} {}", million(cost(one)), million(cost(two)), million(cost(two) - cost(one)));
    for words in [&row, "Growth hires, Americas", "96 edits to growth hires: 411 → 300 in FY11", "Findings of Lean 300"]
    {
        assert!(back.contains(words), "{words}: {back}");
    }
}

#[test]
fn a_brief_without_pay_has_neither_an_amount_of_it_nor_a_line_of_its_cost() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let path = "pay[japan][account-executive].base";
    let raised = |to: &str| {
        let edits = [PlanEdit::Set { path: path.to_owned(), to: to.into() }];
        subject(muster::edit::apply_all(&plan, &edits).unwrap())
    };
    let (one, two) = (raised("8765432"), raised("9876543"));
    let without = BriefOptions { without_pay: true, ..QUICK };
    let text = |other: Option<&BriefSubject>, options| {
        pages(&files::brief(&one, other, options, &Progress::default()).unwrap()).join(" ")
    };
    let numbers = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
        words.map(|word| word.trim_matches(['.', ',']).replace(',', "")).collect()
    };
    for other in [None, Some(&two)] {
        let (whole, left) = (text(other, QUICK), text(other, without));
        let found = numbers(&left);
        for pay in [&one, &two].iter().flat_map(|s| s.outcome.plan().pay.values()).flat_map(|roles| roles.values()) {
            for amount in [pay.base, pay.variable, pay.on_target()].map(|pay| pay.exact().fixed(0)) {
                assert!(!found.contains(&amount), "{amount}: {left}");
            }
        }
        let row = |measure: Measure| {
            let cost = one.outcome.cost(measure, Place::Plan, Period::Year(0)).unwrap().exact();
            format!("{} {}", measure.title(), millions(cost, 1))
        };
        for row in Measure::cost_lines().map(row) {
            assert!(whole.contains(&row) && !left.contains(&row), "{row}: {left}");
        }
        for row in [Measure::PeopleCost, Measure::ProgrammeCost, Measure::TotalCost].map(row) {
            assert!(left.contains(&row), "{row}: {left}");
        }
    }
    assert!(text(Some(&two), QUICK).contains("9,876,543"));
    assert!(text(Some(&two), without).contains("Pay, which is left out here"));
}

#[test]
fn a_turned_lever_stands_beside_its_rest() {
    let (base, slip) = pair("Hiring slips a quarter");
    for (one, two, row) in
        [(&base, &slip, "Lever: Hire delay 0 months 3 months"), (&slip, &base, "Lever: Hire delay 3 months 0 months")]
    {
        let [_, back] = pages(&files::brief(one, Some(two), QUICK, &Progress::default()).unwrap()).try_into().unwrap();
        assert!(back.contains(row), "{back}");
    }
}

#[test]
fn plans_in_two_currencies_are_not_put_side_by_side() {
    let (base, other) = (world(), world());
    let other = Plan { currency: serde_json::from_str("\"EUR\"").unwrap(), ..other };
    let other = Plan {
        rates: base
            .rates
            .keys()
            .chain([&base.currency])
            .map(|c| (c.clone(), muster::units::Ratio::new(Exact::ONE)))
            .collect(),
        ..other
    };
    let refused = files::brief(&subject(base), Some(&subject(other)), QUICK, &Progress::default());
    let words = "the two plans are in different currencies, USD and EUR; compare plans in one currency";
    assert_eq!(refused.unwrap_err().to_string(), words);
}

/// A plan of that many regions and quarters, made out of the regions of another.
fn grown(regions: usize, quarters: usize, name: impl Fn(usize) -> String) -> Plan {
    let from = world();
    let mut plan = from.clone();
    let again = |list: &[u32]| list.iter().copied().cycle().take(quarters).collect::<Vec<_>>();
    plan.calendar.quarters = quarters;
    (plan.regions, plan.recruiting_capacity, plan.judgements) = Default::default();
    (plan.pay, plan.hires, plan.targets, plan.baseline) = Default::default();
    for (index, old) in from.regions.iter().cycle().take(regions).enumerate() {
        let id: RegionId = serde_json::from_value(format!("region-{index}").into()).unwrap();
        let mut region = old.clone();
        (region.id, region.name, region.area) = (id.clone(), name(index), name(index % 7));
        region.market = old.market.iter().cloned().cycle().take(quarters.div_ceil(4)).collect();
        plan.regions.push(region);
        plan.pay.extend(from.pay.get(&old.id).map(|pay| (id.clone(), pay.clone())));
        let hires = from.hires.get(&old.id).into_iter().flatten();
        plan.hires.insert(id.clone(), hires.map(|(role, list)| (role.clone(), again(list))).collect());
        let targets = from.targets.get(&old.id).into_iter().flatten();
        plan.targets.insert(id.clone(), targets.copied().cycle().take(quarters).collect());
        let here = from.baseline.iter().filter(|b| b.region == old.id).cloned();
        plan.baseline.extend(here.map(|b| muster::plan::Baseline { region: id.clone(), ..b }));
    }
    plan
}

#[test]
fn brief_of_a_hostile_plan_is_written() {
    let long = |n: usize| format!("{n} {}", "a very long name ".repeat(18));
    let strange = [
        "東京",
        "القاهرة",
        "תל אביב",
        "=HYPERLINK(\"x\")",
        "a\u{202e}b\n\u{7}c",
        "e\u{301}\u{fffe}\u{feff}",
        "\u{10ffff}",
    ];
    let scripts = |n: usize| strange[n % strange.len()].to_owned();
    let mut plans = vec![grown(60, 20, long), grown(9, 4, scripts), grown(1, 12, |_| String::new())];
    plans[0].name = "x".repeat(300);
    plans[1].name = "計画 \u{202e}\0 مرحبا".to_owned();
    plans[2].name = String::new();
    plans.push(serde_json::from_str(include_str!("../conformance/one-cell.json")).unwrap());
    let mut empty = grown(1, 4, scripts);
    (empty.hires, empty.targets, empty.baseline) = Default::default();
    plans.push(empty);
    for plan in plans {
        let (name, quarters) = (plan.name.clone(), plan.calendar.quarters);
        let subject = subject(plan);
        for paper in [Paper::A4, Paper::Letter] {
            let options = BriefOptions { paper, ..QUICK };
            let bytes = files::brief(&subject, None, options, &Progress::default());
            let bytes = bytes.unwrap_or_else(|e| panic!("{name}, {quarters} quarters: {e}"));
            assert_eq!(read(&bytes).get_pages().len(), 2, "{name}");
        }
        let stamp = Stamp { scenario: name.clone(), record: String::new() };
        let other = BriefSubject { stamp, ..subject.clone() };
        let bytes = files::brief(&subject, Some(&other), QUICK, &Progress::default());
        let bytes = bytes.unwrap_or_else(|e| panic!("{name}, {quarters} quarters, compared: {e}"));
        assert_eq!(read(&bytes).get_pages().len(), 2, "{name}");
    }
}

#[test]
fn brief_says_what_does_not_fit() {
    let [front, back] = pages(&made(grown(60, 20, |n| format!("Region {n}")))).try_into().unwrap();
    assert!(front.contains("more regions with smaller gaps in FY11"), "{front}");
    assert!(back.contains("2 more areas") && back.contains("more findings"), "{back}");
    let [front, _] = pages(&made(grown(3, 4, |_| "東京".to_owned()))).try_into().unwrap();
    assert!(front.contains("region-2") && front.contains("letters that the font lacks"), "{front}");
}

/// What stands in the text for what is shown shortened, or as boxes.
fn meant(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes);
    let of_page = |page| {
        let content = document.get_and_decode_page_content(page).unwrap();
        let dictionaries = content.operations.iter().filter(|o| o.operator == "BDC").map(|o| o.operands[1].clone());
        let texts =
            dictionaries.filter_map(|d| Some(d.as_dict().ok()?.get(b"ActualText").ok()?.as_str().unwrap().to_vec()));
        let decode = |text: Vec<u8>| match text.strip_prefix(&[0xfe, 0xff]) {
            Some(wide) => {
                let units: Vec<u16> = wide.chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
                String::from_utf16(&units).unwrap()
            }
            None => String::from_utf8_lossy(&text).into_owned(),
        };
        texts.map(decode).collect::<Vec<_>>()
    };
    document.get_pages().into_values().flat_map(of_page).collect()
}

#[test]
fn brief_keeps_shortened_and_unprintable_text_searchable() {
    let mut plan = grown(2, 4, |n| if n == 0 { "東京".to_owned() } else { "Sales ".repeat(50) });
    plan.name = "Plan of ".repeat(40);
    let found = meant(&made(plan.clone()));
    for words in ["region-0 (東京)", "Sales ".repeat(50).trim(), plan.name.trim()] {
        assert!(found.iter().any(|text| text.contains(words)), "{words}: {found:?}");
    }
}

#[test]
fn brief_says_what_moves_coverage_and_stops() {
    let plan: Plan = serde_json::from_str(include_str!("../conformance/one-cell.json")).unwrap();
    let options = BriefOptions::default();
    let progress = Progress::default();
    let [_, back] = pages(&files::brief(&subject(plan.clone()), None, options, &progress).unwrap()).try_into().unwrap();
    assert!(back.contains("Each alone over its usual range"), "{back}");
    assert_eq!(progress.done(), progress.total());
    let stopped = Progress::default();
    stopped.cancel();
    let none = files::brief(&subject(plan.clone()), None, options, &stopped);
    assert_eq!(none, Err(BriefError::Stopped));
    assert_eq!(files::brief(&subject(plan), None, QUICK, &stopped), Err(BriefError::Stopped));
}

fn muster(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder).args(args).output().unwrap()
}

fn said(run: &Output) -> String {
    String::from_utf8(run.stderr.clone()).unwrap()
}

#[test]
fn the_command_writes_a_file_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    muster(folder.path(), &["new", "a.ron"]);
    let quick = ["brief", "a.ron", "--without-sensitivity", "-o"];
    let run = muster(folder.path(), &[&quick[..], &["b.pdf", "--scenario", "Lean 300"]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    assert!(run.stdout.is_empty());
    assert_eq!(said(&run), "wrote a brief of 2 pages to b.pdf\n");
    let [front, _] = pages(&std::fs::read(folder.path().join("b.pdf")).unwrap()).try_into().unwrap();
    assert!(front.contains("Scenario Lean 300") && front.contains("Approval of 300 growth hires"), "{front}");
    let both = muster(folder.path(), &[&quick[..], &["b.pdf", "--scenario", "Lean 300", "--with", "base"]].concat());
    assert_eq!(both.status.code(), Some(0), "{}", said(&both));
    let [front, _] = pages(&std::fs::read(folder.path().join("b.pdf")).unwrap()).try_into().unwrap();
    assert!(front.contains("Scenario Lean 300 beside Base plan") && front.contains("300 → 411"), "{front}");
    for (args, code, words) in [
        (vec!["b.xlsx"], 2, "b.xlsx: a brief is a PDF; name the file .pdf\n"),
        (vec!["no/where.pdf"], 2, "no/where.pdf: cannot write: "),
        (vec!["c.pdf", "--scenario", "Nobody"], 2, "the plan has no scenario \"Nobody\""),
        (vec!["c.pdf", "--with", "Nobody"], 2, "the plan has no scenario \"Nobody\""),
        (vec!["c.pdf", "--paper", "a3"], 2, "possible values: a4, letter"),
    ] {
        let run = muster(folder.path(), &[&quick[..], &args].concat());
        assert_eq!(run.status.code(), Some(code), "{args:?}");
        assert!(said(&run).contains(words), "{args:?}: {}", said(&run));
    }
    assert!(!folder.path().join("c.pdf").exists());
}
