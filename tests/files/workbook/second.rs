//! Plans of schema 2 as workbooks: what limits sales, seasons of regions, values that change, exits and moves.

use muster::analysis::Progress;
use muster::files::{self, WorkbookPay, workbook};
use muster::plan::Plan;
use serde_json::{Value, json};

use super::book::{Book, conformance, typed_over};
use super::engines::Engine;
use super::plans::{self, Dice, Kit};
use super::{Typed, agree, outcome, typed};

/// A plan made from a seed, with parts of schema 2, each by its JSON pointer.
fn plan(seed: u64, parts: &[(&str, Value)]) -> Plan {
    let kit = Kit { seed, quarters: 6, basis: "Compound", currency: "USD", hire_delay: 1, ramp_slip: 1, bare: false };
    let mut document = serde_json::to_value(plans::plan(kit)).unwrap();
    document["schema"] = json!(2);
    for (pointer, value) in parts {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
        match key.parse::<usize>() {
            Ok(index) if parent.is_array() => parent[index] = value.clone(),
            _ => parent[key] = value.clone(),
        }
    }
    serde_json::from_value(document).unwrap_or_else(|error| panic!("{error}"))
}

fn nothing() -> Typed {
    typed(&[])
}

/// Inputs with other cells of the workbook, as a month or a list takes several.
fn and(Typed(edits, mut cells): Typed, other_cells: &[(&str, &str, &str)]) -> Typed {
    cells.extend(
        other_cells.iter().map(|(key, head, value)| ((*key).to_owned(), (*head).to_owned(), (*value).to_owned())),
    );
    Typed(edits, cells)
}

#[test]
fn accounts_partners_and_seasons_of_regions_are_followed() {
    with_limits(Engine::IronCalc);
}

#[test]
#[ignore = "needs LibreOffice"]
fn accounts_partners_and_seasons_of_regions_are_followed_by_libreoffice() {
    with_limits(Engine::LibreOffice);
}

/// Accounts and partners that are short, and seasons of some regions.
fn limits() -> Plan {
    plan(
        3,
        &[
            ("/assumptions/accounts_limit", json!(true)),
            ("/regions/0/accounts", json!(240)),
            ("/regions/0/partners", json!(55)),
            ("/regions/1/accounts", json!(9)),
            ("/regions/1/seasonality", json!(["1", "2.5", "0", "4"])),
            ("/regions/2/accounts", json!(0)),
            ("/regions/2/partners", json!(0)),
            ("/regions/2/seasonality", json!(["3", "1", "1", "1"])),
            ("/regions/3/partners", json!(3000)),
        ],
    )
}

fn with_limits(engine: Engine) {
    let over = typed(&[
        ("regions[one].accounts", json!(71), "one", "Accounts", "71"),
        ("regions[three].accounts", json!(33), "three", "Accounts", "33"),
        ("regions[two].partners", json!(4), "regions[two].partners", "Partners", "4"),
        ("regions[two].seasonality[2]", json!("7"), "regions[two].seasonality", "Q3", "7"),
        ("regions[four].seasonality", json!(["1", "2", "3", "4"]), "regions[four].seasonality", "Q1", "1"),
        ("roles[inside].kind.Seller.accounts_per_head", json!("0"), "inside", "Accounts per head", "0"),
    ]);
    let season = "regions[four].seasonality";
    let over = and(over, &[(season, "Q2", "2"), (season, "Q3", "3"), (season, "Q4", "4")]);
    let off = typed(&[("assumptions.accounts_limit", json!(false), "assumptions.accounts_limit", "", "no")]);
    let season = plan(4, &[("/regions/0/seasonality", json!(["1", "2", "0", "1.5"]))]);
    agree(
        engine,
        vec![
            ("limits", limits(), nothing()),
            ("limits typed over", limits(), over),
            ("no limit", limits(), off),
            ("season", season, nothing()),
            ("partners", plan(5, &[("/regions/0/partners", json!(7))]), nothing()),
        ],
    );
}

fn change(from: &str, path: &str, value: &Value) -> Value {
    json!({"from": from, "path": path, "value": value, "reason": "=1+1"})
}

/// A change of every field that may change.
fn every_change() -> Vec<Value> {
    vec![
        change("2023-06", "roles[ae].kind.Seller.annual_quota", &json!("1400000")),
        change("2024-04", "roles[ae].kind.Seller.annual_quota", &json!("1500000.55")),
        change("2023-09", "roles[inside].kind.Seller.accounts_per_head", &json!("40")),
        change("2023-08", "roles[se].kind.Support.sellers_per_head", &json!("3")),
        change("2024-01", "roles[desk].kind.Support.unsupported_productivity", &json!("0.5")),
        change("2023-12", "roles[pm].kind.PartnerManager.partners_per_head", &json!("25")),
        change("2023-11", "roles[pm].kind.PartnerManager.annual_bookings_per_partner", &json!("80000")),
        change("2023-10", "roles[mgr].kind.Manager.span", &json!("9")),
        change("2023-07", "roles[ae].ramp", &json!(["0", "0.1", "0.2", "0.9", "0.95", "0.99", "1", "1"])),
        change("2024-03", "roles[ae].ramp", &json!([])),
        change("2023-10", "roles[se].ramp_guarantee", &json!("0.9")),
        change("2023-12", "roles[inside].attrition.first_year", &json!("0.6")),
        change("2023-12", "roles[inside].attrition.later", &json!("0.02")),
        change("2024-02", "roles[inside].attrition.involuntary_share", &json!("0.9")),
        change("2024-02", "roles[ae].backfill_share", &json!("0.1")),
        change("2024-05", "roles[mgr].travel", &json!("99.5")),
        change("2023-05", "regions[one].burden_rate", &json!("0.41")),
        change("2023-05", "regions[one].workplace", &json!("777")),
        change("2023-10", "regions[two].attrition_factor", &json!("1.5")),
        change("2023-10", "regions[two].productivity", &json!("1.1")),
        change("2024-06", "regions[four].accounts", &json!(3)),
        change("2024-06", "regions[four].partners", &json!(12)),
        change("2023-07", "pay[one][ae].base", &json!("100123.45")),
        change("2024-01", "pay[one][ae].base", &json!("104567.89")),
        change("2023-07", "pay[four][inside].variable", &json!("30321.77")),
        change("2023-08", "rates[EUR]", &json!("1.2")),
        change("2023-09", "rates[JPY]", &json!("0.0081")),
        change("2023-10", "assumptions.attainment", &json!("0.9")),
        change("2024-05", "assumptions.accelerator", &json!("3")),
        change("2023-10", "assumptions.agency_share", &json!("0.5")),
        change("2023-10", "assumptions.agency_fee", &json!("0.3")),
        change("2023-10", "assumptions.recruiting_cost", &json!("5000")),
        change("2023-10", "assumptions.onboarding_cost", &json!("1234.56")),
        change("2023-10", "assumptions.tools", &json!("400")),
        change("2023-10", "assumptions.severance", &json!("6")),
        change("2023-10", "assumptions.gross_margin", &json!("0.8")),
        change("2023-10", "partner_programme.first_year_incentive", &json!("0.2")),
        change("2024-04", "partner_programme.renewal_incentive", &json!("0.1")),
        change("2023-10", "sla.expected_credits", &json!("0.03")),
    ]
}

fn changes() -> Plan {
    plan(
        3,
        &[
            ("/changes", Value::Array(every_change())),
            ("/assumptions/accounts_limit", json!(true)),
            ("/regions/3/partners", json!(300)),
        ],
    )
}

/// Changes of what follows from heads alone, so that cohorts need not be followed.
fn few_changes() -> Plan {
    let changes = [
        change("2023-06", "roles[ae].kind.Seller.annual_quota", &json!("1400000")),
        change("2023-07", "pay[one][ae].base", &json!("100123.45")),
        change("2023-08", "roles[desk].backfill_share", &json!("1")),
    ];
    plan(8, &[("/changes", Value::Array(changes.to_vec()))])
}

#[test]
fn values_that_change_are_followed() {
    with_changes(Engine::IronCalc);
}

#[test]
#[ignore = "needs LibreOffice"]
fn values_that_change_are_followed_by_libreoffice() {
    with_changes(Engine::LibreOffice);
}

fn with_changes(engine: Engine) {
    let over = typed(&[
        ("changes[0].value", json!("1300000"), "changes[0]", "Value", "1300000"),
        ("changes[1].from", json!("2023-12"), "changes[1]", "From: calendar year", "2023"),
        ("changes[8].value", json!(["0.5", "0.6"]), "changes[8]", "Month 1", "0.5"),
        ("changes[9].from", json!("2024-01"), "changes[9]", "From: month of the year", "1"),
        ("changes[10].value", json!("0.3"), "changes[10]", "Value", "0.3"),
        ("changes[11].value", json!("0.9"), "changes[11]", "Value", "0.9"),
        ("changes[20].value", json!(800), "changes[20]", "Value", "800"),
        ("changes[22].from", json!("2023-11"), "changes[22]", "From: month of the year", "11"),
        ("changes[25].value", json!("1.3"), "changes[25]", "Value", "1.3"),
        ("changes[27].value", json!("1.2"), "changes[27]", "Value", "1.2"),
        ("roles[ae].kind.Seller.annual_quota", json!("900000"), "ae", "Annual quota", "900000"),
        ("pay[one][ae].base", json!("51234.5"), "pay[one][ae]", "Base pay", "51234.5"),
        ("roles[ae].backfill_share", json!("1"), "ae", "Backfill share", "1"),
        ("baseline[0].heads", json!(11), "baseline[0]", "Heads", "11"),
        ("baseline[1].tenure", json!(3), "baseline[1]", "Tenure", "3"),
        ("hires[two][inside][1]", json!(9), "hires[two][inside]", "FY23 Q2", "9"),
        ("levers.ramp_slip", json!(0), "levers.ramp_slip", "", "0"),
        ("assumptions.attainment", json!("1.3"), "assumptions.attainment", "", "1.3"),
    ]);
    let mut other_cells = vec![("changes[1]", "From: month of the year", "12"), ("changes[8]", "Month 2", "0.6")];
    other_cells.extend(
        ["Month 3", "Month 4", "Month 5", "Month 6", "Month 7", "Month 8"].map(|head| ("changes[8]", head, "")),
    );
    agree(
        engine,
        vec![
            ("changes", changes(), nothing()),
            ("changes typed over", changes(), and(over, &other_cells)),
            ("few changes", few_changes(), nothing()),
            ("second-b", files::read(&conformance("second-b.json")).unwrap(), nothing()),
        ],
    );
}

fn departures(exits: bool, moves: bool) -> Plan {
    let cell = |region: &str, role: &str| json!({"region": region, "role": role});
    let entry = |quarter: usize, from: Value, to: Value, heads: u32| json!({"quarter": quarter, "from": from, "to": to, "heads": heads, "reason": "Promoted"});
    let all_moves = json!([
        entry(1, cell("one", "inside"), cell("one", "ae"), 4),
        entry(1, cell("one", "inside"), cell("two", "inside"), 2),
        entry(2, cell("one", "ae"), cell("one", "mgr"), 9),
        entry(3, cell("two", "inside"), cell("three", "inside"), 60),
        entry(0, cell("four", "se"), cell("four", "ae"), 1),
    ]);
    let all_exits = json!({
        "one": {"ae": [0, 3, 0, 3, 0, 40], "inside": [1, 0, 2, 0, 0, 0]},
        "three": {"inside": [0, 0, 0, 2, 5, 0], "pm": [0, 0, 0, 0, 0, 0]},
    });
    let mut parts = Vec::new();
    if exits {
        parts.push(("/exits", all_exits));
    }
    if moves {
        parts.push(("/moves", all_moves));
    }
    plan(6, &parts)
}

#[test]
fn exits_and_moves_are_followed() {
    with_departures(Engine::IronCalc);
}

#[test]
#[ignore = "needs LibreOffice"]
fn exits_and_moves_are_followed_by_libreoffice() {
    with_departures(Engine::LibreOffice);
}

fn with_departures(engine: Engine) {
    let over = typed(&[
        ("exits[one][ae][1]", json!(5), "exits[one][ae]", "FY23 Q2", "5"),
        ("exits[three][pm][2]", json!(2), "exits[three][pm]", "FY23 Q3", "2"),
        ("moves[0].heads", json!(7), "moves[0]", "Heads", "7"),
        ("moves[2].heads", json!(0), "moves[2]", "Heads", "0"),
        ("baseline[0].tenure", json!(0), "baseline[0]", "Tenure", "0"),
        ("baseline[1].heads", json!(1), "baseline[1]", "Heads", "1"),
        ("assumptions.start_phasing[2]", json!("0.6"), "assumptions.start_phasing", "3", "0.6"),
        ("levers.attrition_factor", json!("1.4"), "levers.attrition_factor", "", "1.4"),
    ]);
    agree(
        engine,
        vec![
            ("exits", departures(true, false), nothing()),
            ("moves", departures(false, true), nothing()),
            ("both", departures(true, true), nothing()),
            ("both typed over", departures(true, true), over),
            ("second-a", files::read(&conformance("second-a.json")).unwrap(), nothing()),
        ],
    );
}

const REGIONS: [&str; 4] = ["one", "two", "three", "four"];
const ROLES: [&str; 6] = ["ae", "inside", "se", "desk", "pm", "mgr"];

/// An entry of a list, by chance.
fn one_of<'a>(dice: &mut Dice, list: &[&'a str]) -> &'a str {
    list[usize::try_from(dice.roll(list.len() as u64 - 1)).unwrap()]
}

/// A plan with some of everything in schema 2, by chance, and what is typed over in its workbook.
fn by_chance(seed: u64) -> (Plan, Typed) {
    let mut dice = Dice(seed * 77 + 5);
    let mut changes = every_change();
    changes.retain(|_| dice.roll(2) == 0);
    for change in &mut changes {
        let month = 5 + dice.roll(15);
        change["from"] = json!(format!("{}-{:02}", 2023 + (month - 1) / 12, (month - 1) % 12 + 1));
    }
    // One field is stated once a month, and partners only where a region states some.
    let mut known = std::collections::HashSet::new();
    changes.retain(|change| known.insert((change["from"].to_string(), change["path"].to_string())));
    changes.sort_by_key(|change| change["from"].to_string());
    let (mut leaving, mut edits, mut cells) = (json!({}), Vec::new(), Vec::new());
    for _ in 0..dice.roll(5) {
        let (region, role) = (one_of(&mut dice, &REGIONS), one_of(&mut dice, &ROLES));
        let list: Vec<u64> = (0..6).map(|_| [0, 0, 1, 3, 40][usize::try_from(dice.roll(4)).unwrap()]).collect();
        if leaving.get(region).is_none() {
            leaving[region] = json!({});
        }
        leaving[region][role] = json!(list);
        let heads = dice.roll(6);
        edits.push((format!("exits[{region}][{role}][2]"), json!(heads)));
        cells.push((format!("exits[{region}][{role}]"), "FY23 Q3".to_owned(), heads.to_string()));
    }
    let mut move_list = Vec::new();
    for turn in 0..dice.roll(5) {
        let mut cell = || json!({"region": one_of(&mut dice, &REGIONS[..2]), "role": one_of(&mut dice, &ROLES[..3])});
        let (from, to) = (cell(), cell());
        if from == to {
            continue;
        }
        let ramp = one_of(&mut dice, &["Keep", "Restart"]);
        let quarter = dice.roll(5);
        move_list.push(
            json!({"quarter": quarter, "from": from, "to": to, "heads": dice.roll(9), "ramp": ramp, "reason": ""}),
        );
        if turn % 2 == 0 {
            let (place, heads) = (move_list.len() - 1, dice.roll(30));
            edits.push((format!("moves[{place}].heads"), json!(heads)));
            cells.push((format!("moves[{place}]"), "Heads".to_owned(), heads.to_string()));
        }
    }
    let attainment = format!("{}.{:02}", dice.roll(1), dice.roll(99));
    edits.push(("assumptions.attainment".to_owned(), json!(attainment)));
    cells.push(("assumptions.attainment".to_owned(), String::new(), attainment));
    let mut parts = vec![
        ("/changes", Value::Array(changes)),
        ("/exits", leaving),
        ("/moves", Value::Array(move_list)),
        ("/assumptions/accounts_limit", json!(dice.roll(1) == 1)),
        ("/regions/3/partners", json!(dice.roll(400))),
    ];
    if dice.roll(1) == 1 {
        parts.push(("/regions/2/seasonality", json!(["1", "0", "2", dice.part(900)])));
    }
    let edits = edits.iter().map(|(path, value)| muster::edit::set(path, value)).collect();
    (plan(seed, &parts), Typed(edits, cells))
}

#[test]
fn plans_of_schema_2_by_chance_are_followed() {
    let plans = (1..=4).map(by_chance);
    let names = ["first", "second", "third", "fourth"];
    let cases = names
        .into_iter()
        .zip(plans)
        .flat_map(|(name, (plan, over))| [(name, plan.clone(), nothing()), (name, plan, over)]);
    agree(Engine::IronCalc, cases.collect());
}

#[test]
fn formulas_of_schema_2_are_copies_and_short() {
    for plan in [changes(), departures(true, false), limits()] {
        super::copies::are_copies(&plan, 400);
    }
    for plan in [changes(), departures(true, true), limits()] {
        super::copies::are_short(&plan);
    }
}

#[test]
fn nothing_in_a_workbook_without_pay_tells_pay_that_changes() {
    for plan in [changes(), departures(true, true)] {
        super::without_pay::tells_nothing(plan);
    }
}

#[test]
fn two_changes_of_one_field_in_one_month_are_an_error_and_not_their_sum() {
    let bytes = workbook(&outcome(&changes()), WorkbookPay::Told, &Progress::default()).unwrap();
    let typed = |key: &str, head: &str, value: &str| (key.to_owned(), head.to_owned(), value.to_owned());
    let same_month =
        [typed("changes[1]", "From: calendar year", "2023"), typed("changes[1]", "From: month of the year", "6")];
    let both = typed_over(&bytes, &same_month);
    let books = Engine::IronCalc.recalculate(&[("one".to_owned(), bytes), ("both".to_owned(), both)]);
    let quota = |book: &Book, month: &str| {
        book.figures()[&("roles[ae].kind.Seller.annual_quota".to_owned(), month.to_owned())].to_string()
    };
    let [one, both] = [&books[0], &books[1]];
    assert_eq!([quota(one, "2023-05"), quota(one, "2023-06")].map(|n| n.parse::<f64>().is_ok()), [true, true]);
    assert!(quota(both, "2023-05").parse::<f64>().is_ok() && quota(both, "2023-06").contains("N/A"));
}

#[test]
fn rates_that_change_are_followed_whatever_their_number() {
    let mut plan = plan(3, &[("/changes", Value::Array(vec![change("2023-08", "rates[EUR]", &json!("1.2"))]))]);
    for first in b'A'..=b'Z' {
        for second in [b'X', b'Y', b'Z'] {
            let code: String = ['Q', char::from(first), char::from(second)].into_iter().collect();
            plan.rates.insert(muster::plan::Currency::new(&code), muster::units::Ratio::new("2".parse().unwrap()));
            let stated = serde_json::from_value(change("2023-09", &format!("rates[{code}]"), &json!("3"))).unwrap();
            plan.changes.push(stated);
        }
    }
    assert_eq!(plan.changes.len(), 79);
    super::copies::are_short(&plan);
    agree(Engine::IronCalc, vec![("rates", plan, nothing())]);
}

#[test]
fn every_line_of_a_sheet_has_a_key_of_its_own() {
    // Blocks of regions and of roles name their entries by the same id.
    let of_entries = ["Regions", "Roles", "Read me", "Summary"];
    for plan in [changes(), departures(true, true), limits()] {
        let book = Book::read(&workbook(&outcome(&plan), WorkbookPay::Told, &Progress::default()).unwrap());
        let lines =
            book.sheets.iter().filter(|(name, _)| !of_entries.contains(&name.as_str())).flat_map(|(name, rows)| {
                rows.iter()
                    .filter_map(move |row| Some((row.get(4)?.to_string(), name)))
                    .filter(|(key, _)| !key.is_empty() && key != "Key")
            });
        let mut seen = std::collections::HashSet::new();
        let twice: Vec<_> = lines.filter(|line| !seen.insert(line.clone())).collect();
        assert!(twice.is_empty(), "{} are there twice: {:?}", twice.len(), &twice[..twice.len().min(20)]);
        assert!(seen.len() > 500, "{}", seen.len());
    }
}

#[test]
fn more_moves_than_a_formula_takes_are_refused_where_formulas_are_written() {
    let mut plan = departures(false, true);
    let entry = plan.moves[0].clone();
    plan.moves.extend(std::iter::repeat_n(muster::plan::Move { heads: 0, ..entry }, 300));
    let made = |pay| workbook(&outcome(&plan), pay, &Progress::default());
    let error = made(WorkbookPay::Told).unwrap_err().to_string();
    assert!(error.contains("255 arguments") && error.contains("Plan fewer moves"), "{error}");
    assert!(made(WorkbookPay::LeftOut).is_ok(), "a workbook without pay has no formulas");
}

#[test]
fn the_balance_of_heads_names_moves_and_exits_where_there_are_any() {
    let balance = |plan: &Plan| {
        let book = Book::read(&workbook(&outcome(plan), WorkbookPay::Told, &Progress::default()).unwrap());
        let (_, rows) = book.sheets.iter().find(|(name, _)| name == "Checks").unwrap();
        rows.iter().find(|row| row.get(4).is_some_and(|key| *key == "foots:1")).unwrap()[0].to_string()
    };
    assert_eq!(balance(&limits()), "Opening heads + starts − leavers = closing heads");
    let with_departures = "Opening heads + starts + moved in − moved out − leavers − exits = closing heads";
    assert_eq!(balance(&departures(true, false)), with_departures);
}
