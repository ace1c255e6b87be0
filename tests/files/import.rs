//! Tables that come in: what becomes of every kind of row, which do not fit and why, and the command that does it.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use muster::edit::import::{
    Choices, ColumnUse, DateOrder, Import, ImportError, ImportField, ImportKind, ImportTable, KeptColumns,
    LeftOutCause, columns, import,
};
use muster::edit::{History, apply_all, manage};
use muster::files::{self, CsvStyle, ExportCell, Template};
use muster::plan::{Plan, PlanEdit};
use muster::units::{Exact, Period};
use proptest::prelude::*;

/// The worldwide plan of the conformance tests: twelve regions, six roles, from July 2010 on.
fn world() -> Plan {
    files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/world.json")).unwrap()
}

fn table(text: &str) -> Result<ImportTable, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, text).unwrap();
    ImportTable::of(files::read_table(&path, None).unwrap().rows)
}

/// What comes of a table, read as it says itself, or as `change` has it.
fn made_with(plan: &Plan, kind: ImportKind, text: &str, change: impl Fn(&mut Choices)) -> Result<Import, ImportError> {
    let table = table(text)?;
    let mut choices = Choices::found(plan, &table, kind, &KeptColumns::default());
    change(&mut choices);
    import(plan, &table, &choices)
}

fn made(plan: &Plan, kind: ImportKind, text: &str) -> Result<Import, ImportError> {
    made_with(plan, kind, text, |_| ())
}

fn unfit(made: &Import) -> Vec<(usize, &str)> {
    made.unfit.iter().map(|row| (row.row, row.reason.as_str())).collect()
}

fn after(plan: &Plan, made: &Import) -> Plan {
    apply_all(plan, &made.edits).unwrap()
}

fn set(path: &str, to: impl Into<serde_json::Value>) -> PlanEdit {
    PlanEdit::Set { path: path.to_owned(), to: to.into() }
}

#[test]
fn a_roster_becomes_the_baseline_by_region_role_and_tenure() {
    let plan = world();
    let text = "Worker,Location,Job Profile,Hire Date,Termination Date\n\
        1,United Kingdom,Account executive,2010-07-31,\n\
        2,uk,AE,2010-06-30,\n\
        3,uk,accountExecutive,2009-07-01,\n\
        4,UNITED KINGDOM,Account Executive,2009-07-31,2010-12-31\n\
        5,japan,Sales manager,2001-01-01,2010-06-30\n\
        5,japan,Sales manager,2010-07-01,\n\
        6,nowhere,Juggler,2001-01-01,2009-06-30\n\
        7,france,se,2010-03-15,2010-07-01\n";
    let made = made(&plan, ImportKind::Roster, text).unwrap();
    // Tenure is whole months at July 2010; starting in July is 0. In the plan's order.
    let expected = serde_json::json!([
        {"region": "uk", "role": "ae", "heads": 1, "tenure": 0},
        {"region": "uk", "role": "ae", "heads": 1, "tenure": 1},
        {"region": "uk", "role": "ae", "heads": 2, "tenure": 12},
        {"region": "france", "role": "se", "heads": 1, "tenure": 4},
        {"region": "japan", "role": "mgr", "heads": 1, "tenure": 0},
    ]);
    assert_eq!(made.edits, [set("baseline", expected)]);
    assert_eq!((made.totals.taken, made.unfit.len()), (6, 0));
    let gone: Vec<_> = made.left_out.iter().map(|row| (row.row, row.reason.as_str())).collect();
    let left = |day: &str| format!("left on {day}, before the plan begins in 2010-07");
    assert_eq!(gone, [(6, left("2010-06-30").as_str()), (8, &left("2009-06-30"))]);
    assert_eq!(
        made.notes,
        ["2 people with a leaving date after the plan begins are counted as there: attrition takes leavers out"]
    );
    let (total, uk) = (&made.lines[0], made.lines.iter().find(|l| l.name == "United Kingdom, Account executive"));
    let before: u32 = plan.baseline.iter().map(|b| b.heads).sum();
    assert_eq!(
        (total.name.as_str(), total.before, total.after),
        ("All regions", Some(before.into()), Some(6_u32.into()))
    );
    assert_eq!(uk.unwrap().after, Some(4_u32.into()));
    assert_eq!(made.label(ImportKind::Roster, "staff.csv"), "Roster imported from staff.csv: 6 rows");
}

#[test]
fn every_row_of_a_roster_that_does_not_fit_is_listed_with_its_reason() {
    let mut plan = world();
    plan.pay.get_mut("china").unwrap().remove("mgr");
    plan.baseline.retain(|b| !(b.region.as_str() == "china" && b.role.as_str() == "mgr"));
    plan.hires.get_mut("china").unwrap().remove("mgr");
    plan.regions[1].name = "UNITED-KINGDOM".to_owned();
    let text = "Employee,Count,Region,Role,Start,Leaving\n\
        1,1,uk,ae,2010-08-01,\n\
        2,1,Atlantis,ae,2010-06-01,\n\
        3,1,uk,Wizard,2010-06-01,\n\
        4,1,United Kingdom,ae,2010-06-01,\n\
        5,1,uk,ae,yesterday,\n\
        6,1,uk,ae,,\n\
        7,1,china,mgr,2010-06-01,\n\
        8,1.5,uk,ae,2010-06-01,\n\
        9,-1,uk,ae,2010-06-01,\n\
        10,1,uk,ae,2010-06-01,2010-05-31\n\
        11,1,uk,ae,2010-06-01,,,x\n\
        12,1,uk\n\
        13,1,uk,ae,2010-06-01,\n\
        13,1,uk,ae,2010-06-01,\n\
        ,4294967295,uk,ae,2010-06-01,\n\
        ,many,uk,ae,2010-06-01,\n\
        ,,uk,ae,2010-06-01,\n";
    let made = made(&plan, ImportKind::Roster, text).unwrap();
    let expected = [
        (3, "no region of the plan is called \"Atlantis\""),
        (4, "no role of the plan is called \"Wizard\""),
        (6, "start: \"yesterday\" is no day; write it as 2010-07-31"),
        (7, "the start date is missing"),
        (8, "Sales manager in Greater China has no pay in the plan; give it pay first"),
        (9, "heads: 1.5 is no whole number that a plan can hold"),
        (10, "heads: -1 is below 0"),
        (11, "leaves on 2010-05-31, before the start on 2010-06-01"),
        (12, "it has 8 cells where there are 6 headings"),
        (13, "the start date is missing"),
        (15, "employee \"13\" is in row 14 already"),
        (16, "these are more people than a plan can hold"),
        (17, "heads: \"many\" is no number; write it as 1,234.5"),
        (18, "the number of people is missing"),
    ];
    assert_eq!(unfit(&made), expected);
    let later = made.left_out.iter().map(|row| (row.row, row.cause, row.reason.as_str())).collect::<Vec<_>>();
    let reason = "starts on 2010-08-01, after the plan's first month 2010-07: a growth hire";
    assert_eq!(later, [(2, LeftOutCause::StartsLater, reason)]);
    let only = serde_json::json!([{"region": "uk", "role": "ae", "heads": 2, "tenure": 1}]);
    assert_eq!(made.edits, [set("baseline", only)]);
}

#[test]
fn merging_a_roster_leaves_the_people_that_it_does_not_name() {
    let plan = world();
    let heads = |plan: &Plan, region: &str| -> u32 {
        plan.baseline.iter().filter(|b| b.region.as_str() == region).map(|b| b.heads).sum()
    };
    let text = "region,role,heads,tenure\njapan,ae,3,7\n";
    let merged = made_with(&plan, ImportKind::Roster, text, |choices| choices.replace = false).unwrap();
    let merged = after(&plan, &merged);
    assert_eq!(heads(&merged, "uk"), heads(&plan, "uk"));
    let here: Vec<_> =
        merged.baseline.iter().filter(|b| b.region.as_str() == "japan" && b.role.as_str() == "ae").collect();
    assert_eq!(here.iter().map(|b| (b.heads, b.tenure)).collect::<Vec<_>>(), [(3, 7)]);
    let whole = after(&plan, &made(&plan, ImportKind::Roster, text).unwrap());
    assert_eq!((heads(&whole, "uk"), whole.baseline.len()), (0, 1));
}

#[test]
fn scenarios_lose_what_they_say_of_entries_that_go() {
    let plan = world();
    let edits = vec![set("baseline[3].heads", 5), set("levers.ramp_slip", 1)];
    let plan = apply_all(&plan, &manage::create(&plan, "More", "", edits).unwrap()).unwrap();
    let made = made(&plan, ImportKind::Roster, "region,role,start\njapan,ae,2010-01-01\n").unwrap();
    assert_eq!(made.notes, ["1 edit in scenarios of single entries of the baseline dropped"]);
    assert_eq!(after(&plan, &made).scenarios[0].edits, [set("levers.ramp_slip", 1)]);
}

#[test]
fn targets_come_in_long_or_wide_and_only_where_they_differ() {
    let plan = world();
    let (uk, japan) = (&plan.regions[5].id, &plan.regions[9].id);
    let long = "Sales Region;Fiscal Quarter;Bookings target\nUnited Kingdom;FY11 Q1;1.234.567,50\nJapan;Q2 2012;0\n\
        Japan;FY13 Q1;5\nJapan;fy12q2;7\nuk;FY11 Q2;-1\nuk;FY11 Q3;\n";
    let long = made(&plan, ImportKind::Targets, long).unwrap();
    assert_eq!(
        unfit(&long),
        [
            (4, "\"FY13 Q1\" is no quarter of the plan, which has FY11 Q1 to FY12 Q4"),
            (5, "Japan, FY12 Q2 is in row 3 already"),
            (6, "target: -1 is below 0"),
            (7, "the figure is missing"),
        ]
    );
    let changed = after(&plan, &long);
    assert_eq!(changed.target(uk, 0).fixed(), "1234567.50");
    assert_eq!(changed.target(japan, 5).fixed(), "0.00");
    assert_eq!(changed.target(uk, 1), plan.target(uk, 1));
    let wide = "Region,Note,FY11 Q1,FY2012 Q2\nuk,x,1234567.5,\njapan,,,0\ncanada,,,\n";
    let wide = made(&plan, ImportKind::Targets, wide).unwrap();
    assert_eq!(wide.edits, long.edits);
    assert_eq!(unfit(&wide), [(4, "every quarter is empty")]);
    // As if the table were all targets.
    let all = made_with(&plan, ImportKind::Targets, "Region,FY11 Q1\nuk,5\n", |c| c.replace = true).unwrap();
    let all = after(&plan, &all);
    assert_eq!(all.targets_in_year(0).fixed(), "5.00");
    assert_eq!(all.targets_in_year(1).fixed(), "0.00");
}

#[test]
fn accounts_are_whole_and_stated_once() {
    let plan = world();
    let text = "Region,Target accounts\nuk,\"1,200\"\nUnited Kingdom,3\nfrance,1.5\njapan,340\n";
    let made =
        made_with(&plan, ImportKind::Accounts, text, |c| c.numbers = Some(muster::edit::import::DecimalSign::Point));
    let made = made.unwrap();
    assert_eq!(made.edits, [set("regions[uk].accounts", 1200)]);
    assert_eq!(
        unfit(&made),
        [(3, "United Kingdom is in row 2 already"), (4, "accounts: 1.5 is no whole number that a plan can hold"),]
    );
    assert_eq!(made.totals.taken, 2);
    let replaced = made_with(&plan, ImportKind::Accounts, "region,accounts\nuk,9\n", |c| c.replace = true).unwrap();
    let replaced = after(&plan, &replaced);
    assert_eq!(replaced.regions.iter().map(|r| r.accounts).sum::<u32>(), 9);
}

#[test]
fn pay_is_the_regions_own_and_what_is_not_said_stays() {
    let mut plan = world();
    plan.pay.get_mut("china").unwrap().remove("mgr");
    plan.baseline.retain(|b| !(b.region.as_str() == "china" && b.role.as_str() == "mgr"));
    plan.hires.get_mut("china").unwrap().remove("mgr");
    let text = "Region,Job Title,Base Pay (annual),Target Bonus,Currency\n\
        uk,ae,\"81,500.50\",40000,gbp\n\
        france,ae,50000,,\n\
        japan,ae,50000,1,USD\n\
        china,mgr,50000,,\n\
        china,mgr,50000,0,CNY\n\
        india,ae,,,\n\
        india,ae,abc,,\n";
    let made = made(&plan, ImportKind::Pay, text).unwrap();
    assert_eq!(
        unfit(&made),
        [
            (4, "the pay is in USD, but Japan pays in JPY"),
            (5, "variable pay is missing, and the plan has none; write 0 for none"),
            (7, "base and variable pay are missing"),
            (8, "base: \"abc\" is no number; write it as 1,234.5"),
        ]
    );
    let changed = after(&plan, &made);
    let pay = |plan: &Plan, region: usize, role: usize| plan.pay(&plan.regions[region].id, &plan.roles[role].id);
    assert_eq!(
        pay(&changed, 5, 0).map(|p| (p.base.fixed(), p.variable.fixed())),
        Some(("81500.50".into(), "40000.00".into()))
    );
    assert_eq!(pay(&changed, 6, 0).map(|p| p.variable), pay(&plan, 6, 0).map(|p| p.variable));
    assert_eq!(pay(&changed, 10, 5).map(|p| p.base.fixed()), Some("50000.00".into()));
    // Of a table that stands for all pay, what somebody is paid stays.
    let all = made_with(&changed, ImportKind::Pay, "region,role,base\nuk,ae,1\n", |c| c.replace = true).unwrap();
    assert!(all.edits.contains(&PlanEdit::Remove { path: "pay[china][mgr]".to_owned() }));
    assert!(pay(&after(&changed, &all), 6, 0).is_some());
}

#[test]
fn growth_hires_come_in_long_or_wide() {
    let plan = world();
    let (uk, ae) = (&plan.regions[5].id, &plan.roles[0].id);
    let wide = "Region,Role,FY11 Q1,Q2 FY11\nuk,ae,7,1.000\nuk,inside,few,\n";
    let wide = made(&plan, ImportKind::Hires, wide).unwrap();
    let changed = after(&plan, &wide);
    // Nobody hires a thousand into one cell, so this point stands before decimals.
    assert_eq!((changed.hires(uk, ae, 0), changed.hires(uk, ae, 1)), (7, 1));
    assert_eq!(unfit(&wide), [(3, "FY11 Q1: \"few\" is no number; write it as 1,234.5")]);
    let long = "Region,Role,Quarter,Openings\nuk,ae,FY11 Q1,7\nuk,ae,FY11 Q1,2\n";
    let long = made(&plan, ImportKind::Hires, long).unwrap();
    assert_eq!(after(&plan, &long).hires(uk, ae, 0), 7);
    assert_eq!(unfit(&long), [(3, "United Kingdom, Account executive, FY11 Q1 is in row 2 already")]);
    let all = made_with(&plan, ImportKind::Hires, "region,role,quarter,hires\nuk,ae,FY11 Q1,7\n", |c| c.replace = true);
    let all = after(&plan, &all.unwrap());
    assert_eq!((all.hires_in_year(0), all.hires_in_year(1)), (7, 0));
}

#[test]
fn import_asks_what_can_be_read_in_two_ways() {
    let plan = world();
    let roster = "region,role,start\nuk,ae,03/04/2009\n";
    let asked = made(&plan, ImportKind::Roster, roster).unwrap_err();
    let question = "\"03/04/2009\" in row 2 can be two days; say whether the day or the month stands first";
    assert_eq!(asked.to_string(), question);
    for (order, tenure) in [(DateOrder::DayFirst, 15), (DateOrder::MonthFirst, 16)] {
        let made = made_with(&plan, ImportKind::Roster, roster, |c| c.dates = Some(order)).unwrap();
        assert_eq!(after(&plan, &made).baseline[0].tenure, tenure);
    }
    let pay = "region,role,base,variable\nuk,ae,\"85,000\",\"42,500\"\n";
    let asked = made(&plan, ImportKind::Pay, pay).unwrap_err();
    assert!(
        matches!(asked, ImportError::Numbers(ref why) if why == "\"85,000\" in row 2 can be two numbers"),
        "{asked}"
    );
}

#[test]
fn a_table_that_says_too_little_says_what_it_lacks() {
    let plan = world();
    let said = |kind, text: &str| made(&plan, kind, text).unwrap_err().to_string();
    let empty = "there is nothing in it; it needs a row of headings and rows under it";
    assert_eq!(said(ImportKind::Roster, ""), empty);
    assert_eq!(said(ImportKind::Roster, ",,\n ,\n"), empty);
    assert_eq!(said(ImportKind::Roster, "region,role,start\n"), "there are headings but no rows under them");
    assert_eq!(
        said(ImportKind::Roster, "place,what\nhere,that\n"),
        "no column is taken for the region, the role or the start date (or the tenure in months); the headings are \
         \"place\", \"what\""
    );
    let twice = made_with(&plan, ImportKind::Accounts, "a,b,c\nuk,1,2\n", |c| {
        c.columns = [ImportField::Region, ImportField::Accounts, ImportField::Accounts].map(ColumnUse::Holds).to_vec();
    });
    assert_eq!(twice.unwrap_err().to_string(), "B \"b\", C \"c\" are all taken for accounts; choose one of them");
    // What stands under no heading is left out, where the row of headings goes as far.
    let unnamed = table("region,accounts,,,\nuk,7,note,,\n").unwrap();
    assert_eq!(unnamed.headings, ["region", "accounts", ""]);
    // A title stands above the headings: they are found under it.
    let titled = "Accounts by region,as of July\n\nRegion,Accounts\nuk,7\n";
    assert_eq!(made(&plan, ImportKind::Accounts, titled).unwrap().edits, [set("regions[uk].accounts", 7)]);
}

#[test]
fn the_headings_say_what_a_table_states() {
    let plan = world();
    for (headings, kind) in [
        ("Region,Role,Start", ImportKind::Roster),
        ("Region,Role,Base,Variable", ImportKind::Pay),
        ("Region,Role,FY11 Q1", ImportKind::Hires),
        ("Region,FY11 Q1", ImportKind::Targets),
        ("Region,Accounts", ImportKind::Accounts),
        ("Org,FY11 Q1,FY11 Q2", ImportKind::Targets),
        ("Org,Role,FY11 Q1,FY11 Q2", ImportKind::Hires),
        ("a,b", ImportKind::Roster),
    ] {
        let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
        let table = ImportTable { headings, rows: Vec::new(), above: Vec::new() };
        assert_eq!(ImportKind::of(&plan, &table), kind, "{:?}", table.headings);
    }
}

#[test]
fn corrected_columns_are_reused_for_the_next_table() {
    let plan = world();
    let headings: Vec<String> = ["Org", "Region", "Accounts"].map(str::to_owned).to_vec();
    let table = ImportTable { headings, rows: Vec::new(), above: Vec::new() };
    let found = |kind, kept: &KeptColumns| columns(&plan, &table, kind, kept, None);
    let (kind, mut kept) = (ImportKind::Accounts, KeptColumns::default());
    let [region, accounts] = [ImportField::Region, ImportField::Accounts].map(ColumnUse::Holds);
    let by_name = found(kind, &kept);
    assert_eq!(by_name, [ColumnUse::Unknown, region, accounts]);
    let corrected = vec![region, ColumnUse::LeftOut, accounts];
    let mut choices = Choices::found(&plan, &table, kind, &kept);
    choices.columns.clone_from(&corrected);
    kept.keep(&plan, &table, &choices);
    let text = serde_json::to_string(&kept).unwrap();
    let mut kept: KeptColumns = serde_json::from_str(&text).unwrap();
    assert_eq!(found(kind, &kept), corrected);
    assert_eq!(found(ImportKind::Targets, &kept)[0], ColumnUse::Unknown);
    choices.columns.clone_from(&by_name);
    kept.keep(&plan, &table, &choices);
    assert_eq!(found(kind, &kept), by_name);
}

#[test]
fn hostile_cells_harm_nothing_and_are_named_in_short() {
    let plan = world();
    let long = "x".repeat(300);
    let text = format!(
        "region,accounts\n'=HYPERLINK(\"\"a\"\"),1\n\"two\nlines\",1\n\u{202e}uk\u{202c},5\n{long},1\n\"uk\",=1+1\n\u{0},1\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.csv");
    fs::write(&path, &text).unwrap();
    let refused = files::read_table(&path, None).unwrap_err().to_string();
    assert!(refused.ends_with("hostile.csv: this is no text; save the table as CSV in UTF-8 first"), "{refused}");
    let made = made(&plan, ImportKind::Accounts, &text.replace('\u{0}', "")).unwrap();
    let reasons = unfit(&made);
    assert_eq!(reasons[0].1, "no region of the plan is called \"=HYPERLINK(\"\"a\"\")\"");
    assert_eq!(reasons[1], (3, "no region of the plan is called \"two lines\""));
    assert_eq!(reasons[2], (5, format!("no region of the plan is called \"{}…\"", "x".repeat(60)).as_str()));
    assert_eq!(reasons[3], (6, "accounts: \"=1+1\" is no number; write it as 1,234.5"));
    assert_eq!(reasons[4], (7, "the region is missing"));
    // Marks of the writing direction are no letters.
    assert_eq!(made.edits, [set("regions[uk].accounts", 5)]);
}

/// What a plan states of a kind, as a table with the columns that this program knows.
fn exported(plan: &Plan, kind: ImportKind) -> String {
    let text = |t: &str| ExportCell::Text(t.to_owned());
    let number = |n: Exact| ExportCell::Number(n, n.places());
    let quarters = 0..plan.calendar.quarters;
    let names = quarters.clone().map(|q| ExportCell::Text(plan.calendar.name(Period::Quarter(q))));
    let cells = || plan.regions.iter().flat_map(|r| plan.roles.iter().map(move |k| (r, k)));
    let head = |fixed: &[&str]| fixed.iter().map(|h| text(h)).collect::<Vec<_>>();
    let mut rows = Vec::new();
    match kind {
        ImportKind::Roster => {
            rows.push(head(&["Region", "Role", "Heads", "Tenure"]));
            rows.extend(plan.baseline.iter().map(|b| {
                vec![text(b.region.as_str()), text(b.role.as_str()), number(b.heads.into()), number(b.tenure.into())]
            }));
        }
        ImportKind::Targets => {
            rows.push(head(&["Region"]).into_iter().chain(names).collect());
            rows.extend(plan.regions.iter().map(|r| {
                let targets = quarters.clone().map(|q| number(plan.target(&r.id, q).exact()));
                std::iter::once(text(&r.name)).chain(targets).collect()
            }));
        }
        ImportKind::Accounts => {
            rows.push(head(&["Region", "Accounts"]));
            rows.extend(plan.regions.iter().map(|r| vec![text(&r.name), number(r.accounts.into())]));
        }
        ImportKind::Pay => {
            rows.push(head(&["Region", "Role", "Base", "Variable"]));
            rows.extend(cells().filter_map(|(r, k)| {
                let pay = plan.pay(&r.id, &k.id)?;
                Some(vec![text(&r.name), text(&k.name), number(pay.base.exact()), number(pay.variable.exact())])
            }));
        }
        ImportKind::Hires => {
            rows.push(head(&["Region", "Role"]).into_iter().chain(names).collect());
            rows.extend(cells().filter(|(r, k)| plan.pay(&r.id, &k.id).is_some()).map(|(r, k)| {
                let hires = quarters.clone().map(|q| number(plan.hires(&r.id, &k.id, q).into()));
                [text(&r.name), text(&k.name)].into_iter().chain(hires).collect()
            }));
        }
        _ => panic!("{kind:?} says what has happened; tests of closing months try it"),
    }
    let style = CsvStyle { bom: true, delimiter: ';', crlf: true };
    let fields = rows.iter().map(|row| row.iter().map(|cell| cell.csv_field(None)));
    let mut bytes = Vec::new();
    files::write_csv(fields, style, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn import_of_an_export_changes_nothing() {
    let templates = Template::ALL.into_iter().map(|t| t.plan().unwrap());
    for plan in templates.chain([world()]) {
        for kind in ImportKind::ALL.into_iter().filter(|kind| !kind.is_of_a_month()) {
            let text = exported(&plan, kind);
            let point = Some(muster::edit::import::DecimalSign::Point);
            for replace in [false, true] {
                let back = made_with(&plan, kind, &text, |c| (c.numbers, c.replace) = (point, replace));
                match back {
                    Ok(back) => assert_eq!((unfit(&back), &back.edits), (vec![], &vec![]), "{}, {kind:?}", plan.name),
                    // The blank plan has nobody in it.
                    Err(error) => assert_eq!((error, kind), (ImportError::NoRows, ImportKind::Roster)),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_team_comes_back_as_it_was_and_undo_restores(
        entries in prop::collection::vec((0_usize..12, 0_usize..6, 0_u32..50, 0_u32..90), 1..40),
    ) {
        let (plan, mut team) = (world(), world());
        team.baseline = entries.iter().map(|(region, role, heads, tenure)| muster::plan::Baseline {
            region: plan.regions[*region].id.clone(),
            role: plan.roles[*role].id.clone(),
            heads: *heads,
            tenure: *tenure,
        }).collect();
        let text = exported(&team, ImportKind::Roster);
        prop_assert!(made(&team, ImportKind::Roster, &text).unwrap().edits.is_empty());
        // Into another plan: the same people, grouped; then nothing more changes; and undo takes it back.
        let made_here = made(&plan, ImportKind::Roster, &text).unwrap();
        prop_assert!(made_here.unfit.is_empty());
        let heads = |plan: &Plan| plan.baseline.iter().map(|b| u64::from(b.heads)).sum::<u64>();
        prop_assert_eq!(heads(&after(&plan, &made_here)), heads(&team));
        let mut history = History::new(plan.clone());
        history.commit("Roster", made_here.edits).unwrap();
        prop_assert!(made(history.plan(), ImportKind::Roster, &text).unwrap().edits.is_empty());
        history.undo();
        prop_assert_eq!(&**history.plan(), &plan);
    }
}

#[test]
fn a_workbook_comes_in_by_sheet_with_its_days_and_numbers() {
    let plan = world();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staff.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "read the next one").unwrap();
    let sheet = book.add_worksheet().set_name("Staff").unwrap();
    for (column, heading) in (0_u16..).zip(["Region", "Role", "Start date", "Heads"]) {
        sheet.write_string(2, column, heading).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let start = chrono::NaiveDate::from_ymd_opt(2010, 4, 3).unwrap();
    sheet.write_string(4, 0, "Japan").unwrap().write_string(4, 1, "ae").unwrap();
    sheet.write_datetime_with_format(4, 2, start, &day).unwrap().write_number(4, 3, 12.0).unwrap();
    sheet.write_string(5, 0, "Japan").unwrap().write_string(5, 1, "ae").unwrap().write_number(5, 2, 40000.0).unwrap();
    sheet.write_number(5, 3, 1.0).unwrap();
    sheet.write_string(1_048_575, 16_383, "far away").unwrap();
    book.save(&path).unwrap();
    let best = files::read_table(&path, None).unwrap();
    assert_eq!((best.sheets, best.sheet.as_deref()), (vec!["Notes".to_owned(), "Staff".to_owned()], Some("Staff")));
    let rows = files::read_table(&path, Some("staff")).unwrap().rows;
    let table = ImportTable::of(rows).unwrap();
    let choices = Choices::found(&plan, &table, ImportKind::Roster, &KeptColumns::default());
    let made = import(&plan, &table, &choices).unwrap();
    assert_eq!(
        made.edits,
        [set("baseline", serde_json::json!([{"region": "japan", "role": "ae", "heads": 12, "tenure": 3}]))]
    );
    assert_eq!(
        unfit(&made),
        [
            (6, "start: 40000 is a number, not a day; format the cell as a date"),
            (1_048_576, "it has 16384 cells where there are 4 headings"),
        ]
    );
    let unknown = files::read_table(&path, Some("July")).unwrap_err().to_string();
    assert!(unknown.ends_with("there is no sheet \"July\"; the sheets are Notes, Staff"), "{unknown}");
}

#[test]
fn files_that_hold_no_table_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        files::read_table(&path, None).unwrap_err().to_string()
    };
    assert!(
        said("a.ods", b"")
            .ends_with("a.ods: the ending says neither CSV nor XLSX; save the table as .csv or .xlsx first")
    );
    assert!(said("a.xlsx", b"region,accounts\n").contains("a.xlsx: this is no workbook that can be read"));
    assert!(said("a.csv", b"PK\x03\x04").ends_with("this is a workbook, not CSV; name it .xlsx"));
    let path = folder.path().join("huge.csv");
    fs::File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let huge = files::read_table(&path, None).unwrap_err().to_string();
    assert!(
        huge.ends_with("huge.csv: the file has more than 64 MB; leave out what is not needed and try again"),
        "{huge}"
    );
    let missing = files::read_table(&folder.path().join("none.csv"), None).unwrap_err().to_string();
    assert!(missing.contains("none.csv: cannot read: "), "{missing}");
}

/// A small workbook by its parts.
fn parts() -> Vec<(String, Vec<u8>)> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Region").unwrap().write_string(0, 1, "Start").unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let start = chrono::NaiveDate::from_ymd_opt(2010, 4, 3).unwrap();
    sheet.write_string(1, 0, "uk").unwrap().write_datetime_with_format(1, 1, start, &day).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
    let many = archive.len();
    let read = |index: usize| {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    };
    (0..many).map(read).collect()
}

/// Text that means something in a workbook, where it does not belong.
const ODD: [&str; 12] = [
    "<",
    "\"",
    "r=\"XFD9999999\"",
    "r=\"A0\"",
    "t=\"s\"",
    "99999999999999999999",
    "-1",
    "&#x0;",
    "</row>",
    "s=\"999\"",
    "1e308",
    "<v>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_damaged_workbook_is_refused_or_read_but_never_breaks_the_program(
        part in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..14, 0_usize..6), 1..4),
    ) {
        let mut parts = parts();
        let hit = part.index(parts.len());
        let content = &mut parts[hit].1;
        for (at, what, length) in damage {
            let at = at.index(content.len().max(1)).min(content.len());
            let end = (at + length).min(content.len());
            content.splice(at..end, ODD.get(what).copied().unwrap_or_default().bytes());
        }
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&content).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("odd.xlsx");
        fs::write(&path, archive.finish().unwrap().into_inner()).unwrap();
        match files::read_table(&path, None) {
            Ok(file) => drop(ImportTable::of(file.rows)),
            Err(error) => prop_assert!(error.to_string().contains("odd.xlsx"), "{}", error),
        }
    }
}
