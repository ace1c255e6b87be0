//! Tables as people really have them, in `tests/import`: each went wrong once, and comes out right or is refused by name.

use std::path::{Path, PathBuf};

use muster::edit::apply_all;
use muster::edit::import::{
    Choices, DateOrder, DecimalSign, Import, ImportError, ImportKind, ImportTable, KeptColumns, LeftOutCause,
    NamedValue, NewPlan, QuarterNames, Scale, SourceTable, begin, import, mapping_rows,
};
use muster::files::{self, Template};
use muster::plan::{NameMeaning, Plan};
use muster::units::Exact;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// The plan that comes with the program.
fn bundled() -> Plan {
    files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/cloud-expansion-fy11.ron")).unwrap()
}

fn table(name: &str) -> ImportTable {
    ImportTable::of(files::read_table(&case(name), None).unwrap().rows).unwrap()
}

fn made_with(plan: &Plan, kind: ImportKind, name: &str, change: impl Fn(&mut Choices)) -> Result<Import, ImportError> {
    let table = table(name);
    let mut choices = Choices::found(plan, &table, kind, &KeptColumns::default());
    change(&mut choices);
    let quarters = choices.quarters.take();
    choices.read_quarters(plan, &table, &KeptColumns::default(), quarters);
    import(plan, &table, &choices)
}

fn made(plan: &Plan, kind: ImportKind, name: &str) -> Import {
    made_with(plan, kind, name, |_| ()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn after(plan: &Plan, made: &Import) -> Plan {
    apply_all(plan, &made.edits).unwrap()
}

/// The account executives of Canada, of each start.
fn canadians(plan: &Plan, name: &str) -> Vec<(u32, u32)> {
    let made = made(plan, ImportKind::Roster, name);
    assert!(made.is_whole(), "{name}: {:?} {:?}", made.unfit, made.unused);
    let after = after(plan, &made);
    assert!(after.baseline.iter().all(|b| b.region.as_str() == "canada" && b.role.as_str() == "account-executive"));
    after.baseline.iter().map(|b| (b.heads, b.tenure)).collect()
}

fn pay(plan: &Plan, region: &str, role: &str) -> (String, String) {
    let pay = plan.pay[region][role];
    (pay.base.fixed(), pay.variable.fixed())
}

fn hires(plan: &Plan, region: &str, role: &str) -> Vec<u32> {
    plan.hires[region][role].clone()
}

fn target(plan: &Plan, region: &str, quarter: usize) -> String {
    plan.targets[region][quarter].fixed()
}

fn is_noted(made: &Import, words: &str) -> bool {
    made.notes.iter().any(|note| note.contains(words))
}

#[test]
fn amounts_with_words_signs_and_units_are_read_and_said() {
    let plan = bundled();
    let short = made(&plan, ImportKind::Pay, "01-pay.csv");
    assert_eq!(pay(&after(&plan, &short), "canada", "account-executive"), ("90000.00".into(), "85000.00".into()));
    assert!(is_noted(&short, "\"$90K\" in row 2 is read as 90,000"));
    let targets = made(&plan, ImportKind::Targets, "01-targets.csv");
    let changed = after(&plan, &targets);
    for (region, amount) in
        [("canada", "1200000.00"), ("france", "3500000.00"), ("india", "24000000.00"), ("japan", "1200000000.00")]
    {
        assert_eq!(target(&changed, region, 0), amount);
    }
    for name in ["01-unit.csv", "01-unit4.csv"] {
        let scaled = made(&plan, ImportKind::Targets, name);
        assert!(is_noted(&scaled, "Amounts are in thousands"), "{name}: {:?}", scaled.notes);
        let expected = if name == "01-unit.csv" { "5200000.00" } else { "5200500.00" };
        assert_eq!(target(&after(&plan, &scaled), "canada", 0), expected);
        let turned = made_with(&plan, ImportKind::Targets, name, |c| c.scale = Some(Scale::ONE)).unwrap();
        assert!(target(&after(&plan, &turned), "canada", 0).starts_with("5200."), "{name}");
    }
    let rupees = after(&plan, &made(&plan, ImportKind::Pay, "02-pay.csv"));
    assert_eq!(pay(&rupees, "india", "account-executive"), ("900000.00".into(), "300000.00".into()));
    let mixed = after(&plan, &made(&plan, ImportKind::Pay, "02-mixed.csv"));
    assert_eq!(pay(&mixed, "canada", "account-executive"), ("85000.00".into(), "80000.00".into()));
    assert_eq!(pay(&mixed, "india", "account-executive"), ("900000.00".into(), "300000.00".into()));
    let dash = after(&plan, &made(&plan, ImportKind::Targets, "16-targets.csv"));
    assert_eq!((target(&dash, "canada", 0), target(&dash, "canada", 1)), ("1200000.00".into(), "0.00".into()));
}

#[test]
fn pay_of_an_hour_or_a_month_is_refused_by_its_cell() {
    let made = made(&bundled(), ImportKind::Pay, "01-hourly.csv");
    let cells: Vec<_> = made.unfit.iter().map(|row| (row.cell.as_deref(), row.cause)).collect();
    assert_eq!(cells, ["C2", "C3", "C4"].map(|cell| (Some(cell), LeftOutCause::Unreadable)));
    assert_eq!((made.edits, made.totals.taken), (vec![], 0));
}

#[test]
fn days_of_systems_and_languages_are_read() {
    let plan = bundled();
    for (name, expected) in [
        ("03-iso.csv", vec![(1, 17), (1, 18)]),
        ("03-zero.csv", vec![(1, 17), (1, 18)]),
        ("04-offset.csv", vec![(1, 12)]),
        ("04-z.csv", vec![(1, 12)]),
        ("05-oct.csv", vec![(1, 9)]),
        ("05-us.csv", vec![(1, 12)]),
        ("06-us.csv", vec![(1, 12)]),
        ("08-de.csv", vec![(1, 9)]),
        ("08-fr.csv", vec![(1, 11)]),
    ] {
        assert_eq!(canadians(&plan, name), expected, "{name}");
    }
    let short = made(&plan, ImportKind::Roster, "06-us.csv");
    assert!(is_noted(&short, "Years of two digits are read as 1931 to 2030: \"7/13/09\" in row 2 is in 2009"));
    let turned = made_with(&plan, ImportKind::Roster, "06-us.csv", |c| c.last_year = Some(2008)).unwrap();
    assert_eq!(after(&plan, &turned).baseline[0].tenure, 1212);
}

#[test]
fn what_a_workbook_does_not_store_is_refused_and_what_it_merges_or_hides_is_said() {
    let plan = bundled();
    let roster = made(&plan, ImportKind::Roster, "09-roster.xlsx");
    assert_eq!(roster.unfit.iter().map(|row| row.cell.as_deref()).collect::<Vec<_>>(), [Some("E2")]);
    let formulas = made(&plan, ImportKind::Hires, "09-hires1.xlsx");
    assert_eq!((formulas.totals.taken, formulas.unfit[0].cell.as_deref()), (0, Some("D2")));
    let merged = made(&plan, ImportKind::Hires, "10-hires.xlsx");
    let changed = after(&plan, &merged);
    assert_eq!(hires(&changed, "canada", "inside-seller")[..2], [1, 1]);
    assert_eq!(hires(&changed, "france", "inside-seller")[..2], [1, 0]);
    let all = made(&plan, ImportKind::Hires, "hires-merged-regions.xlsx");
    assert_eq!((all.totals.taken, all.is_whole(), all.edits.len()), (91, true, 0));
    let hidden = made(&plan, ImportKind::Roster, "11-roster.xlsx");
    assert!(is_noted(&hidden, "3 rows are hidden in the sheet"));
    assert_eq!(hidden.totals.people, 5);
    let seen = made_with(&plan, ImportKind::Roster, "11-roster.xlsx", |c| c.hidden_rows = false).unwrap();
    assert_eq!((seen.totals.people, seen.left_out.len()), (2, 3));
    let swapped = made(&plan, ImportKind::Roster, "46-roster.xlsx");
    assert!(is_noted(&swapped, "No true date has a day above 12"));
}

#[test]
fn only_employees_of_the_first_month_count_and_the_others_are_listed() {
    let plan = bundled();
    let made = made(&plan, ImportKind::Roster, "14-roster.csv");
    assert_eq!((made.totals.people, made.is_whole()), (2, true));
    let causes: Vec<_> = made.left_out.iter().map(|row| (row.row, row.cause)).collect();
    assert_eq!(causes, [(3, LeftOutCause::HasLeft), (4, LeftOutCause::HasLeft), (5, LeftOutCause::Contingent)]);
    let all = made_with(&plan, ImportKind::Roster, "14-roster.csv", |c| c.contingent = true).unwrap();
    assert_eq!(all.totals.people, 3);
}

#[test]
fn people_come_whole_and_fte_is_said() {
    let plan = bundled();
    assert_eq!(canadians(&plan, "15-fte3.csv"), [(2, 18)]);
    let changed = after(&plan, &made(&plan, ImportKind::Hires, "15-hires3.csv"));
    assert_eq!(hires(&changed, "canada", "account-executive")[..2], [2, 3]);
    let fte = made(&plan, ImportKind::Roster, "15-fte-ignored.csv");
    assert_eq!((fte.totals.people, fte.totals.fte.map(Exact::plain)), (3, Some("2".to_owned())));
    assert!(is_noted(&fte, "3 people are 2 FTE"));
}

#[test]
fn months_and_quarters_are_read_as_people_name_them() {
    let plan = bundled();
    let quarters =
        |name: &str| hires(&after(&plan, &made(&plan, ImportKind::Hires, name)), "canada", "account-executive");
    let now = hires(&plan, "canada", "account-executive");
    assert_eq!(quarters("18-hires.csv")[..2], [3, 1]);
    assert_eq!(quarters("18-long.csv")[..2], [3, now[1]]);
    for name in ["19-uk.csv", "19-bank.csv", "19-fq.csv"] {
        assert_eq!(quarters(name)[0], 7, "{name}");
    }
    assert_eq!(quarters("20-hires-wide.csv")[..4], [10, 11, 12, 13]);
    assert!(is_noted(&made(&plan, ImportKind::Hires, "20-hires-wide.csv"), "calendar year: \"Q3 2010\" is FY11 Q1"));
    let fiscal =
        made_with(&plan, ImportKind::Hires, "20-hires-wide.csv", |c| c.quarters = Some(QuarterNames::Fiscal)).unwrap();
    assert_eq!(fiscal.open_columns().count(), 2);
    assert_eq!(hires(&after(&plan, &fiscal), "canada", "account-executive")[..2], [12, 13]);
    assert_eq!(quarters("48-twoheader.csv")[..2], [1, 2]);
    assert_eq!(quarters("48-twoheader.csv")[4..6], [3, 4]);
    let months = after(&plan, &made(&plan, ImportKind::Targets, "targets-by-month.xlsx"));
    assert_eq!(target(&months, "canada", 1), "300000000.00");
}

#[test]
fn a_column_that_belongs_to_the_table_is_named_before_anything_is_taken() {
    let plan = bundled();
    for (name, expected) in [
        ("20-beyond.csv", ["E \"FY13 Q1\"", "F \"FY13 Q2\""]),
        ("20-remark.csv", ["D \"FY11 Q2 (revised)\"", "E \"FY11 Q3 plan\""]),
        ("21-hires.csv", ["E \"FY11 Q1\"", "F \"FY11 Q2\""]),
    ] {
        let made = made(&plan, ImportKind::Hires, name);
        assert_eq!(made.open_columns().map(|column| column.name.as_str()).collect::<Vec<_>>(), expected, "{name}");
        assert!(!made.is_whole());
    }
    let leave = made(&plan, ImportKind::Roster, "45-leave.csv");
    assert_eq!((leave.totals.people, leave.is_whole(), leave.unused.len()), (2, true, 2));
    let either = table("21-hires.csv");
    let mut choices = Choices::found(&plan, &either, ImportKind::Hires, &KeptColumns::default());
    choices.map_column(&plan, &either, "#E", "FY11 Q1").unwrap();
    choices.map_column(&plan, &either, "#F", "FY11 Q2").unwrap();
    choices.map_column(&plan, &either, "#C", "").unwrap();
    choices.map_column(&plan, &either, "#D", "").unwrap();
    let second = import(&plan, &either, &choices).unwrap();
    assert!(second.is_whole());
    assert_eq!(hires(&after(&plan, &second), "canada", "account-executive")[..2], [30, 40]);
    let twice = choices.map_column(&plan, &either, "FY11 Q1", "").unwrap_err();
    assert_eq!(twice, "several columns have the heading \"FY11 Q1\"; name one of them by its letter: #C, #E");
}

#[test]
fn a_quote_that_is_never_closed_is_refused_with_its_row() {
    let said = files::read_table(&case("22-openquote4.csv"), None).unwrap_err().to_string();
    assert!(said.ends_with("row 2: a quote opens a cell and other text follows where it closes; close it, or double a quote that belongs to the text"), "{said}");
}

#[test]
fn exact_names_go_before_near_ones() {
    let plan = files::read(&case("25-p.json")).unwrap();
    let made = made(&plan, ImportKind::Accounts, "25-b.csv");
    assert!(made.is_whole());
    let after = after(&plan, &made);
    let accounts = |name: &str| after.regions.iter().find(|r| r.name == name).map(|r| r.accounts);
    for (name, expected) in [("EMEA+", 11), ("EMEA-", 12), ("日本", 13), ("🌍", 17), ("A/B & C", 18)] {
        assert_eq!(accounts(name), Some(expected), "{name}");
    }
}

#[test]
fn totals_are_recognised_and_not_taken() {
    let plan = bundled();
    let made = made(&plan, ImportKind::Targets, "targets-merged-years.xlsx");
    assert!(made.is_whole());
    assert_eq!(made.left_out.iter().map(|row| row.row).collect::<Vec<_>>(), [11, 17, 22, 23]);
    assert!(made.left_out.iter().all(|row| row.cause == LeftOutCause::Total));
    let changed = after(&plan, &made);
    assert_eq!(
        (target(&changed, "canada", 0), target(&changed, "canada", 7)),
        ("5050000.00".into(), "7928500.00".into())
    );
}

#[test]
fn leaving_dates_are_known_under_their_usual_headings() {
    let plan = bundled();
    for name in [
        "52-head-a.csv",
        "52-head-b.csv",
        "52-head-c.csv",
        "52-head-d.csv",
        "52-head-e.csv",
        "52-head-f.csv",
        "52-head-g.csv",
        "52-four-digit.csv",
    ] {
        let made = made(&plan, ImportKind::Roster, name);
        let out: Vec<_> = made.left_out.iter().map(|row| row.cause).collect();
        assert_eq!((made.totals.people, out), (1, vec![LeftOutCause::LeftBefore]), "{name}");
    }
}

#[test]
fn somebody_who_moved_or_came_back_counts_once() {
    let plan = bundled();
    assert_eq!(canadians(&plan, "50-roster2.csv"), [(1, 18)]);
    assert_eq!(canadians(&plan, "55-a.csv"), [(2, 18)]);
}

#[test]
fn a_bonus_in_per_cent_is_a_share_of_base() {
    let plan = bundled();
    for name in ["54-bonus.csv", "54-bonus.xlsx"] {
        let changed = after(&plan, &made(&plan, ImportKind::Pay, name));
        assert_eq!(pay(&changed, "canada", "account-executive"), ("141604.00".into(), "21240.60".into()), "{name}");
    }
}

#[test]
fn unknown_titles_and_places_are_mapped_once_and_remembered() {
    let plan = bundled();
    let name = "roster-titles-and-locations.csv";
    let first = made(&plan, ImportKind::Roster, name);
    assert_eq!(first.totals.rows, 322);
    let proposed = |what: NamedValue, text: &str| {
        let found = first.unknown.iter().find(|name| name.what == what && name.text == text).unwrap();
        (found.people, found.proposals.first().cloned())
    };
    assert_eq!(proposed(NamedValue::Region, "ANZ"), (15, Some("australia-nz".to_owned())));
    assert_eq!(proposed(NamedValue::Role, "Regional Sales Manager"), (23, Some("sales-manager".to_owned())));
    assert_eq!(first.unknown.len(), 13);
    let table = table(name);
    let mut choices = Choices::found(&plan, &table, ImportKind::Roster, &KeptColumns::default());
    for unknown in &first.unknown {
        let means = unknown.proposals.first().map_or("", String::as_str);
        choices
            .map_value(&plan, &table, &format!("{}:{}", unknown.what.word(), unknown.text), means, "no seller")
            .unwrap();
    }
    let mapped = import(&plan, &table, &choices).unwrap();
    assert_eq!(mapped.unknown, []);
    assert!(mapped.left_out.iter().any(|row| row.reason == "\"VP Sales\" is left out: no seller"));
    // Kept with the plan, so that the same table comes in without a question.
    let mut kept = mapped.edits.clone();
    kept.extend(mapped.names.clone());
    let plan = apply_all(&plan, &kept).unwrap();
    assert_eq!(plan.table_names.roles["Sr. Account Executive"], NameMeaning::Is("account-executive".to_owned()));
    let again = made(&plan, ImportKind::Roster, name);
    assert_eq!((again.unknown.len(), again.edits.len(), again.names), (0, 0, None));
    assert_eq!(again.totals.people, mapped.totals.people);
}

#[test]
fn a_day_order_can_be_turned() {
    let plan = bundled();
    let refused = made_with(&plan, ImportKind::Roster, "06-us.csv", |c| c.dates = Some(DateOrder::DayFirst)).unwrap();
    assert_eq!(refused.unfit.len(), 1);
}

#[test]
fn the_programs_own_workbook_comes_in_again_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    for template in Template::ALL {
        let plan = template.plan().unwrap();
        let path = folder.path().join(format!("{}.xlsx", template.name));
        let outcome = muster::engine::Outcome::of(std::sync::Arc::new(plan.clone())).unwrap();
        let bytes =
            files::workbook(&outcome, files::WorkbookPay::Told, &muster::analysis::Progress::default()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        for (kind, sheet) in [
            (ImportKind::Roster, "Team"),
            (ImportKind::Targets, "Targets"),
            (ImportKind::Accounts, "Regions"),
            (ImportKind::Pay, "Pay"),
            (ImportKind::Hires, "Hires"),
        ] {
            let table = ImportTable::of(files::read_table(&path, Some(sheet)).unwrap().rows).unwrap();
            if table.rows.is_empty() {
                assert!(plan.baseline.is_empty() && kind == ImportKind::Roster, "{} {sheet}", template.name);
                continue;
            }
            let choices = Choices::found(&plan, &table, kind, &KeptColumns::default());
            let made = import(&plan, &table, &choices).unwrap_or_else(|error| panic!("{sheet}: {error}"));
            assert!(made.is_whole(), "{sheet}: {:?} {:?}", made.unfit, made.unused);
            assert_eq!(made.edits, [], "{} {sheet}", template.name);
        }
    }
}

fn new_plan(quarters: usize, currency: &str) -> NewPlan {
    NewPlan {
        name: "Mine".to_owned(),
        first_month: "2026-07".parse().unwrap(),
        quarters,
        currency: currency.to_owned(),
        dates: None,
        numbers: None,
        quarter_names: None,
    }
}

/// A table as somebody types it.
fn source(name: &str, text: &str) -> SourceTable {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut all = files::source_tables(&path).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_plan_begins_from_a_roster_and_targets() {
    let titles = ["Account Executive", "Inside Sales Rep", "Solutions Engineer", "Sales Manager"];
    let places = ["Canada", "France", "Atlantis"];
    let row = |person: usize| {
        let (place, title) = (places[person % 3], titles[person % 4]);
        format!("{person},{place},{title},2025-0{}-15\n", person % 9 + 1)
    };
    let rows: String = (0..60).map(row).collect();
    let roster = format!("Employee,Location,Job Title,Hire Date\n{rows}");
    let targets = "Region,FY27 Q1,FY27 Q2\nCanada,$1.5M,2000000\nFrance,3000000,3000000\nTotal,4500000,5000000\n";
    let model = Template::ALL[0].plan().unwrap();
    let new = new_plan(8, "USD");
    let begun = begin(&model, &new, &[source("staff.csv", &roster), source("targets.csv", targets)]).unwrap();
    assert!(begun.is_whole(), "{:?}", begun.tables);
    let plan = &begun.plan;
    assert_eq!(plan.regions.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), places);
    assert_eq!(plan.roles.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), titles);
    assert_eq!(plan.baseline.iter().map(|b| b.heads).sum::<u32>(), 60);
    assert_eq!(target(plan, "canada", 0), "1500000.00");
    // Canada is paid as the bundled plan's Canada, what nobody knows as the first region in plan currency.
    let currencies: Vec<&str> = plan.regions.iter().map(|r| r.currency.as_str()).collect();
    assert_eq!(currencies, ["CAD", "EUR", "USD"]);
    let canada = &model.pay["canada"]["account-executive"];
    assert_eq!(plan.pay["canada"]["account-executive"], *canada);
    assert!(matches!(plan.roles[2].kind, muster::plan::Kind::Support { ref serves, .. } if serves.len() == 2));
    assert!(begun.to_state.iter().any(|line| line == "targets of Atlantis"), "{:?}", begun.to_state);
    assert!(begun.to_state.iter().any(|line| line.starts_with("pay of 12 roles and regions")));
    assert!(plan.notes.contains("To be stated"));
    assert!(muster::engine::Outcome::of(std::sync::Arc::new(plan.clone())).is_ok());
}

#[test]
fn a_plan_begins_from_nothing_but_tables_that_name_regions() {
    let model = Template::ALL[0].plan().unwrap();
    let new = new_plan(4, "EUR");
    let error = begin(&model, &new, &[source("notes.csv", "a,b\n1,2\n")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no table names a region: it needs a column for the region, or for the place where people work"
    );
    let pay = "Region,Role,Base,Variable,Currency\nNord,Verkäufer,60000,30000,EUR\n";
    let begun = begin(&model, &new, &[source("pay.csv", pay)]).unwrap();
    assert_eq!(begun.plan.pay["nord"]["verkaufer"].base.fixed(), "60000.00");
    assert_eq!((begun.plan.rates.len(), begun.plan.regions[0].currency.as_str()), (0, "EUR"));
}

#[test]
fn two_tables_of_a_kind_join_where_they_state_different_places_and_else_are_refused() {
    let model = Template::ALL[0].plan().unwrap();
    let roster = |place: &str, person: u32| {
        format!("Employee,Region,Role,Start\n{person},{place},Account executive,2025-01-15\n")
    };
    let tables = |second: &str| {
        [
            source("a.csv", &roster("Canada", 1)),
            source("b.csv", &roster(second, 2)),
            source("pay.csv", "Region,Role,Base,Variable,Currency\nZurich,Account executive,90000,90000,CHF\n"),
        ]
    };
    let joined = begin(&model, &new_plan(4, "USD"), &tables("France")).unwrap();
    assert!(joined.is_whole());
    let people: Vec<_> = joined.plan.baseline.iter().map(|b| (b.region.as_str(), b.heads)).collect();
    assert_eq!(people, [("canada", 1), ("france", 1)]);
    // A currency that no bundled plan has a rate for counts one to one until its rate is stated.
    let zurich = &joined.plan.regions[2];
    assert_eq!((zurich.currency.as_str(), joined.plan.rates["CHF"].exact()), ("CHF", Exact::from(1_u32)));
    assert!(joined.to_state.iter().any(|line| line.contains("CHF (1 until then)")), "{:?}", joined.to_state);
    let twice = begin(&model, &new_plan(4, "USD"), &tables("Canada")).unwrap();
    let why =
        "it states Canada, Account executive, as a.csv does already; join the two tables, or leave one of them out";
    assert!(!twice.is_whole() && twice.tables.iter().any(|t| t.result == Err(why.to_owned())), "{:?}", twice.tables);
    assert_eq!(twice.plan.baseline.iter().map(|b| b.heads).sum::<u32>(), 1);
}

#[test]
fn whoever_does_not_count_makes_no_region_and_no_role() {
    let model = Template::ALL[0].plan().unwrap();
    let roster = "Employee,Region,Role,Start,Leaving\n1,Canada,Account executive,2025-01-15,\n2,Atlantis,Juggler,2020-01-15,2024-01-31\n";
    let begun = begin(&model, &new_plan(4, "USD"), &[source("a.csv", roster)]).unwrap();
    assert!(begun.is_whole());
    assert_eq!((begun.plan.regions.len(), begun.plan.roles.len()), (1, 1));
}

#[test]
fn the_choices_of_a_new_plan_answer_what_its_tables_leave_open() {
    let model = Template::ALL[0].plan().unwrap();
    let pay = source("pay.csv", "Region,Role,Base,Variable\nCanada,Account executive,\"85,000\",\"90,000\"\n");
    let open = begin(&model, &new_plan(4, "CAD"), std::slice::from_ref(&pay)).unwrap();
    assert!(open.tables[0].result.as_ref().is_err_and(|why| why.contains("can be two numbers")), "{:?}", open.tables);
    let new = NewPlan { numbers: Some(DecimalSign::Point), ..new_plan(4, "CAD") };
    let begun = begin(&model, &new, &[pay]).unwrap();
    assert!(begun.is_whole(), "{:?}", begun.tables);
    assert_eq!(begun.plan.pay["canada"]["account-executive"].base.fixed(), "85000.00");
}

fn typed(plan: &Plan, kind: ImportKind, text: &str) -> (ImportTable, Choices) {
    let table = source("typed.csv", text).table;
    let choices = Choices::found(plan, &table, kind, &KeptColumns::default());
    (table, choices)
}

#[test]
fn names_mapped_to_one_place_add_up_once_each() {
    let plan = bundled();
    let text = "Region,Role,FY11 Q1\nCanada,Junior AE,1\nCanada,Senior AE,2\nCanada,Junior AE,4\n";
    let (table, mut choices) = typed(&plan, ImportKind::Hires, text);
    for name in ["Junior AE", "Senior AE"] {
        choices.map_value(&plan, &table, name, "account-executive", "").unwrap();
    }
    let made = import(&plan, &table, &choices).unwrap();
    assert_eq!(hires(&after(&plan, &made), "canada", "account-executive")[0], 3);
    assert_eq!(made.unfit.iter().map(|row| (row.row, row.cause)).collect::<Vec<_>>(), [(4, LeftOutCause::Twice)]);
}

#[test]
fn titles_and_lone_names_are_no_totals_and_no_notes() {
    let plan = bundled();
    let text = "Employee,Region,Role,Start\n1,Canada,Total Rewards Partner,2009-01-05\nTotal,,,\n\nSource: HR\n";
    let (table, choices) = typed(&plan, ImportKind::Roster, text);
    let made = import(&plan, &table, &choices).unwrap();
    assert_eq!(made.unfit.iter().map(|row| row.cause).collect::<Vec<_>>(), [LeftOutCause::UnknownRole]);
    let out: Vec<_> = made.left_out.iter().map(|row| row.cause).collect();
    assert_eq!(out, [LeftOutCause::Total, LeftOutCause::Note]);
    let (table, choices) = typed(&plan, ImportKind::Targets, "Region,FY11 Q1\nCanada,5\nLatin America,\n");
    let made = import(&plan, &table, &choices).unwrap();
    assert_eq!(made.unfit.iter().map(|row| (row.row, row.cause)).collect::<Vec<_>>(), [(3, LeftOutCause::Missing)]);
}

#[test]
fn fte_of_a_hundred_is_in_per_cent() {
    let plan = bundled();
    let text = "Employee,Region,Role,Start,FTE\n1,Canada,Account executive,2009-01-05,100\n2,Canada,Account executive,2009-01-05,50\n";
    let (table, choices) = typed(&plan, ImportKind::Roster, text);
    let made = import(&plan, &table, &choices).unwrap();
    assert_eq!(made.totals.fte.map(Exact::plain).as_deref(), Some("1.5"));
    assert!(is_noted(&made, "FTE is read in per cent"));
}

#[test]
fn new_names_stay_in_a_mapping_file_and_are_made_once() {
    let plan = bundled();
    let text = "Employee,Region,Role,Start\n1,Canada,Juggler,2009-01-05\n";
    let (table, mut choices) = typed(&plan, ImportKind::Roster, text);
    choices.map_value(&plan, &table, "Juggler", "+account-executive", "").unwrap();
    choices.map_value(&plan, &table, "Juggler", "new like inside-seller", "").unwrap();
    let made = import(&plan, &table, &choices).unwrap();
    assert!(made.is_whole());
    let rows = mapping_rows(&plan, &table, &choices, &made);
    assert!(rows.iter().any(|row| row[1] == "Juggler" && row[3] == "new like inside-seller"), "{rows:?}");
    let changed = after(&plan, &made);
    assert_eq!(changed.roles.len(), plan.roles.len() + 1);
    assert_eq!(changed.pay["canada"]["juggler"], changed.pay["canada"]["inside-seller"]);
}
