//! Positions as files: the columns, ids that stay, words that stay harmless and whole, and layouts as data.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use calamine::{Data, DataType, Reader, Xlsx};
use muster::analysis::Progress;
use muster::edit::{apply_all, difference, value};
use muster::engine::{Outcome, Position, Reason, positions};
use muster::files::{self, Choice, Layout, PositionTable, PositionsForm, RowUnit, Stamp, Template};
use muster::plan::{Move, MoveFrom, MoveTo, Plan, PlanEdit, Region, RoleId, validate};
use muster::units::{Exact, Ratio};

const NEUTRAL: [&str; 30] = [
    "requisition_id",
    "position_id",
    "job_title",
    "job_family",
    "job_level",
    "department",
    "cost_center",
    "region",
    "country",
    "location",
    "hiring_manager",
    "recruiter",
    "employment_type",
    "fte",
    "openings",
    "open_date",
    "target_start_date",
    "fiscal_quarter",
    "reason",
    "replacement_for",
    "salary_min",
    "salary_max",
    "currency",
    "on_target_earnings",
    "variable_percent",
    "priority",
    "approval_status",
    "justification",
    "scenario",
    "plan_version",
];

fn plan() -> Plan {
    Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap()
}

fn neutral() -> Layout {
    Layout::built_in().unwrap().into_iter().find(|l| l.name == "neutral").unwrap()
}

fn table(outcome: &Outcome, all: &[Position], choice: &Choice) -> PositionTable {
    let seats: Vec<&Position> = all.iter().collect();
    PositionTable::of(outcome, &seats, &neutral(), choice, &Stamp::default(), &Progress::default()).unwrap()
}

/// The heading and the rows of CSV, as another reader has them.
fn read_csv(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (head, reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect())
}

fn read_xlsx(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range("Positions").unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn muster(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(folder).args(args).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_position_is_a_row_under_the_neutral_columns() {
    let outcome = Outcome::of(Arc::new(plan())).unwrap();
    let all = positions(&outcome).unwrap();
    let made = table(&outcome, &all, &Choice::default());
    let (head, rows) = read_csv(&made.bytes(PositionsForm::Csv).unwrap());
    assert_eq!(head, NEUTRAL);
    assert_eq!(rows.len(), all.len());
    let plan = outcome.plan();
    for (row, position) in rows.iter().zip(&all) {
        let region = &plan.regions[position.region];
        let pay = plan.pay(&region.id, &plan.roles[position.role].id).unwrap();
        assert_eq!((&row[0], &row[1]), (&position.id, &position.id));
        assert_eq!(row[2], plan.roles[position.role].name);
        assert_eq!(row[7], region.name);
        assert_eq!((row[13].as_str(), row[14].as_str()), ("1", "1"));
        assert_eq!((&row[15], &row[16]), (&position.opens.to_string(), &position.starts.to_string()));
        assert_eq!(row[18], if position.reason == Reason::Growth { "growth" } else { "backfill" });
        assert_eq!(row[22], region.currency.as_str());
        // As the plan costs it in the month of the start, with the pay rises since its first month.
        let last = position.month.min(plan.calendar.months() - 1);
        let rises = (1..=last).filter(|t| plan.calendar.month(*t).of_year() == plan.assumptions.merit.month).count();
        let rise = Exact::ONE + plan.assumptions.merit.rate.exact();
        let level = (0..rises).fold(plan.levers.pay_factor.exact(), |level, _| level * rise);
        let paid = [pay.base, pay.variable].into_iter().map(|local| (local.exact() * level).round(2)).sum::<Exact>();
        assert_eq!(row[23], paid.fixed(2));
        // What no plan knows.
        assert!([3, 10, 11, 19, 20, 21, 25, 26, 27].iter().all(|i| row[*i].is_empty()), "{row:?}");
    }
    let xlsx = read_xlsx(made.bytes(PositionsForm::Xlsx).unwrap());
    assert_eq!(xlsx.len(), all.len() + 1);
    assert_eq!(xlsx[0].iter().map(ToString::to_string).collect::<Vec<_>>(), NEUTRAL);
    for (cells, row) in xlsx[1..].iter().zip(&rows) {
        assert_eq!(cells[1].to_string(), row[1]);
        assert!(matches!(cells[15], Data::DateTime(_)) && matches!(cells[23], Data::Float(_)), "{cells:?}");
        assert_eq!(format!("{:.2}", cells[23].get_float().unwrap()), row[23]);
    }
}

#[test]
fn positions_of_a_year_say_what_has_become_of_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-a.json");
    let plan = Arc::new(muster::files::read(&path).unwrap());
    let year = plan.year.clone().unwrap();
    let outcome = Outcome::of(Arc::clone(&plan)).unwrap();
    let all = positions(&outcome).unwrap();
    let (head, rows) = read_csv(&table(&outcome, &all, &Choice::default()).bytes(PositionsForm::Csv).unwrap());
    let stated = ["status", "person", "expected_start_date", "system_requisition"];
    assert_eq!(head[NEUTRAL.len()..], stated);
    let (mut filled, mut vacant) = (0, 0);
    for row in &rows {
        let (id, said) = (&row[1], &row[NEUTRAL.len()..]);
        let state = year.positions.get(id).cloned().unwrap_or_default();
        if said[0] == "Filled" {
            let holder = year.people.iter().find(|spell| spell.who == said[1]).unwrap();
            let spells = year.people.iter().filter(|spell| spell.who == holder.who);
            assert!(spells.clone().any(|spell| spell.position.as_deref() == Some(id)), "{row:?}");
            assert!(spells.clone().any(|spell| spell.start.to_string() == said[2]), "{row:?}");
            filled += 1;
        } else if row[18] == "growth" && !said[0].is_empty() {
            assert_eq!((said[0].as_str(), said[1].as_str()), (state.status.name(), ""), "{row:?}");
            assert_eq!(said[2].is_empty(), state.status.is_dropped(), "{row:?}");
            assert_eq!(said[3], state.requisition, "{row:?}");
            // Nobody starts in a closed month any more.
            assert!(said[2].is_empty() || said[2].as_str() > year.through.to_string().as_str(), "{row:?}");
            vacant += 1;
        }
    }
    assert!(filled > 0 && vacant > 0, "{filled} filled, {vacant} vacant");
}

#[test]
fn a_second_export_is_the_same_file() {
    let outcome = Outcome::of(Arc::new(plan())).unwrap();
    let all = positions(&outcome).unwrap();
    for form in [PositionsForm::Csv, PositionsForm::Xlsx] {
        let bytes = || table(&outcome, &all, &Choice::default()).bytes(form).unwrap();
        assert!(bytes() == bytes(), "{form:?}");
    }
}

#[test]
fn requisitions_hold_all_seats_and_keep_their_ids() {
    let grouped = |plan: Plan| {
        let outcome = Outcome::of(Arc::new(plan)).unwrap();
        let all = positions(&outcome).unwrap();
        let made = table(&outcome, &all, &Choice { rows: Some(RowUnit::Requisitions), ..Choice::default() });
        assert_eq!(made.seats, all.len());
        let (_, rows) = read_csv(&made.bytes(PositionsForm::Csv).unwrap());
        let openings: usize = rows.iter().map(|r| r[14].parse::<usize>().unwrap()).sum();
        assert_eq!(openings, all.len());
        for row in &rows {
            let seats: Vec<&str> = row[1].split("; ").collect();
            assert_eq!(seats.len().to_string(), row[14]);
            for seat in seats.iter().map(|id| all.iter().find(|p| p.id == *id).unwrap()) {
                assert_eq!((seat.opens.to_string(), seat.starts.to_string()), (row[15].clone(), row[16].clone()));
            }
        }
        let mut ids: Vec<String> = rows.iter().map(|r| r[0].clone()).collect();
        ids.sort();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "an id stands for one requisition");
        (ids, made.in_words())
    };
    let (before, words) = grouped(plan());
    assert!(words.contains(" requisitions with ") && words.ends_with(" openings"), "{words}");
    let growth = |ids: &[String]| ids.iter().filter(|id| id.contains("-G-M")).cloned().collect::<Vec<_>>();
    // Starts that slip keep the ids of their requisitions.
    let mut late = plan();
    late.levers.hire_delay = 2;
    assert_eq!(growth(&grouped(late).0), growth(&before));
    // So do more seats of the same cell and quarter, which may only add requisitions.
    let mut more = plan();
    let count = more.hires.values_mut().flat_map(|r| r.values_mut()).flatten().find(|n| **n > 0).unwrap();
    *count += 3;
    let after = growth(&grouped(more).0);
    assert!(growth(&before).iter().all(|id| after.contains(id)));
}

#[test]
fn hostile_words_are_harmless_and_whole() {
    let long = "x".repeat(300);
    let hostile = [
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "a \"b\", c\nd",
        "\u{202e}עברית",
        &long,
    ];
    for word in hostile {
        let mut plan = plan();
        word.clone_into(&mut plan.regions[0].name);
        let outcome = Outcome::of(Arc::new(plan)).unwrap();
        let all: Vec<Position> = positions(&outcome).unwrap().into_iter().filter(|p| p.region == 0).collect();
        let made = table(&outcome, &all, &Choice::default());
        let csv = made.bytes(PositionsForm::Csv).unwrap();
        let (_, rows) = read_csv(&csv);
        assert!(!rows.is_empty());
        let formula = word.starts_with(['=', '+', '-', '@', '\t']);
        let told = if formula { format!("'{word}") } else { word.to_owned() };
        assert!(rows.iter().all(|row| row.len() == NEUTRAL.len() && row[7] == told), "{word}");
        for cells in &read_xlsx(made.bytes(PositionsForm::Xlsx).unwrap())[1..] {
            assert_eq!(cells[7], Data::String(word.to_owned()));
        }
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(made.bytes(PositionsForm::Xlsx).unwrap())).unwrap();
        assert!(book.worksheet_formula("Positions").unwrap().is_empty(), "no cell is a formula");
    }
}

#[test]
fn a_layout_of_ones_own_is_data() {
    let text = r#"(name: "ours", title: "Ours", date: "%d.%m.%Y", delimiter: ';', bom: true, columns: [
        (header: "No", from: RequisitionId, required: true),
        (header: "Kind", from: Reason, values: {"growth": "NEW"}),
        (header: "From", from: StartDate, date: "%m/%d/%Y"),
        (header: "Open", from: OpenDate),
        (header: "Pay", from: BaseSalary, places: 0),
        (header: "Who", from: HiringManager, required: true),
        (header: "Co", from: Constant("01")),
    ])"#;
    let layout = Layout::of(text).unwrap();
    let outcome = Outcome::of(Arc::new(plan())).unwrap();
    let all = positions(&outcome).unwrap();
    let seats: Vec<&Position> = all.iter().take(1).collect();
    let made =
        PositionTable::of(&outcome, &seats, &layout, &Choice::default(), &Stamp::default(), &Progress::default());
    let made = made.unwrap();
    let first = &all[0];
    let plan = outcome.plan();
    let pay = plan.pay(&plan.regions[first.region].id, &plan.roles[first.role].id).unwrap();
    let expected = format!(
        "\u{feff}No;Kind;From;Open;Pay;Who;Co\r\n{};NEW;{};{};{};;01\r\n",
        first.id,
        first.starts.format("%m/%d/%Y"),
        first.opens.format("%d.%m.%Y"),
        pay.base.exact().fixed(0)
    );
    assert_eq!(said(&made.bytes(PositionsForm::Csv).unwrap()), expected);
    assert_eq!(made.missing, [("Who".to_owned(), 1)]);
}

#[test]
fn layout_errors_name_their_place() {
    let says = |text: &str| {
        let broken = Layout::of(text).unwrap_err();
        broken.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let unknown = says("(name: \"a\", title: \"A\",\n  colums: [])");
    assert!(unknown.starts_with("line 2, column ") && unknown.contains("no field \"colums\""), "{unknown}");
    let source = says("(name: \"a\", title: \"A\", columns: [\n  (header: \"x\", from: Salary),\n])");
    assert!(source.starts_with("line 2, column ") && source.contains("\"Salary\" is none of"), "{source}");
    let wrong = says(
        "(name: \"a\", title: \"A\", date: \"%Q\", delimiter: '\u{2192}', columns: [\n  (header: \"x\", from: Nothing), (header: \"x\", from: Nothing),\n])",
    );
    assert_eq!(
        wrong,
        "delimiter: only ',', ';', '|' or '\\t' can stand between cells\n\
         date: \"%Q\" is no way to write a day; write it such as \"%Y-%m-%d\" or \"%m/%d/%Y\"\n\
         columns[1].header: another column is \"x\" already"
    );
}

#[test]
fn the_command_filters_chooses_and_says_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    files::write(&at.join("a.ron"), &plan()).unwrap();
    let run = muster(at, &["positions", "a.ron", "-o", "p.csv", "--region", "japan", "--reason", "growth", "--bom"]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run.stderr));
    let file = fs::read(at.join("p.csv")).unwrap();
    assert!(file.starts_with("\u{feff}requisition_id,".as_bytes()));
    let (_, rows) = read_csv(&file);
    assert!(rows.iter().all(|r| r[1].contains("-japan-") && r[18] == "growth"));
    assert_eq!(said(&run.stderr), format!("wrote {} positions to p.csv\n", rows.len()));
    let out = muster(at, &["positions", "a.ron", "--columns", "reason,position_id", "--quarter", "FY11 Q1"]);
    let (head, rows) = read_csv(&out.stdout);
    // A forecast backfill is written when it is asked for.
    assert!(rows.iter().all(|row| row[0] == "growth"));
    let both = muster(at, &["positions", "a.ron", "--columns", "reason", "--reason", "growth,backfill"]);
    let (_, both) = read_csv(&both.stdout);
    let backfills = both.iter().filter(|row| row[0] == "backfill").count();
    assert!(backfills > 0 && backfills < both.len());
    assert_eq!(head, ["reason", "position_id"]);
    assert!(!rows.is_empty() && rows.iter().all(|r| r[1].starts_with("FY11Q1-")));
    let without =
        muster(at, &["positions", "a.ron", "--without-pay", "--scenario", "Hiring slips a quarter", "-o", "-"]);
    let (head, rows) = read_csv(&without.stdout);
    assert!(!head.iter().any(|h| h.contains("salary") || h == "currency" || h == "on_target_earnings"));
    assert!(rows.iter().all(|r| r[head.len() - 2] == "Hiring slips a quarter"));
    for (args, message) in [
        (["--region", "atlantis"], "the plan has no region \"atlantis\"; it has "),
        (["--columns", "colour"], "the layout \"neutral\" has no column \"colour\"; it has requisition_id, "),
        (["--layout", "payday"], "there is no layout \"payday\"; there are neutral"),
        (["-o", "p.pdf"], "p.pdf: the ending says neither CSV, XLSX nor a calendar"),
    ] {
        let run = muster(at, &["positions", "a.ron", args[0], args[1]]);
        assert_eq!(run.status.code(), Some(2));
        assert!(said(&run.stderr).starts_with(message), "{}", said(&run.stderr));
    }
    let list = muster(at, &["positions", "--list-layouts"]);
    assert!(list.status.success() && said(&list.stdout).contains("neutral"), "{}", said(&list.stderr));
}

#[test]
fn a_file_that_cannot_be_replaced_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    files::write(&at.join("a.ron"), &plan()).unwrap();
    fs::write(at.join("p.csv"), "precious").unwrap();
    let mut rights = fs::metadata(at.join("p.csv")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(at.join("p.csv"), rights).unwrap();
    let run = muster(at, &["positions", "a.ron", "-o", "p.csv"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run.stderr).contains("p.csv: cannot write: the file is read-only"), "{}", said(&run.stderr));
    assert_eq!(fs::read_to_string(at.join("p.csv")).unwrap(), "precious");
    assert_eq!(fs::read_dir(at).unwrap().count(), 2, "nothing is left beside it");
}

/// What each system documents: its headings, those it requires, and how it writes a day. Where, each layout says.
#[test]
fn built_in_layouts_have_the_documented_names() {
    let expected: [(&str, &str, &str, &str); 6] = [
        (
            "workday",
            "Position ID,Supervisory Organization,Position Request Reason,Job Posting Title,Number of Positions,\
             Availability Date,Earliest Hire Date,Job Family,Job Profile,Location,Time Type",
            "Supervisory Organization,Position Request Reason,Job Posting Title,Number of Positions,\
             Availability Date,Earliest Hire Date",
            "%Y-%m-%d",
        ),
        (
            "successfactors",
            "code,effectiveStartDate,externalName_defaultValue,positionTitle,jobCode,jobTitle,jobLevel,department,\
             location,costCenter,targetFTE,changeReason,comment",
            "code,effectiveStartDate",
            "%Y-%m-%d",
        ),
        (
            "greenhouse",
            "template_job_id,number_of_openings,job_post_name,job_name,department_id,office_ids,requisition_id,\
             opening_ids",
            "template_job_id,number_of_openings",
            "%Y-%m-%d",
        ),
        (
            "lever",
            "requisitionCode,name,headcountTotal,backfill,employmentStatus,department,location,hiringManager,\
             compensationBand.currency,compensationBand.min,compensationBand.max,internalNotes",
            "requisitionCode,name,headcountTotal",
            "%Y-%m-%d",
        ),
        (
            "ashby",
            "identifier,description,teamId,locationIds,jobIds,targetHireDate,targetStartDate,isBackfill,\
             employmentType,openingState",
            "",
            "%Y-%m-%d",
        ),
        (
            "charthop",
            "Job title,req,Start date,Manager,Date,Location,Department,Base comp,Variable comp,Currency",
            "Job title,Start date,Manager,Date",
            "%-m/%-d/%Y",
        ),
    ];
    let layouts = Layout::built_in().unwrap();
    assert_eq!(layouts.len(), expected.len() + 1);
    for (layout, (name, headers, required, date)) in layouts[1..].iter().zip(expected) {
        assert_eq!(layout.name, name);
        let joined = |required: bool| {
            let columns = layout.columns.iter().filter(|c| c.required || !required);
            columns.map(|c| c.header.as_str()).collect::<Vec<_>>().join(",")
        };
        assert_eq!((joined(false), joined(true)), (headers.to_owned(), required.to_owned()), "{name}");
        assert!(layout.columns.iter().all(|c| layout.date_of(c) == date), "{name}");
        assert!(layout.sources.iter().all(|s| s.contains(": https://")) && !layout.sources.is_empty(), "{name}");
        assert!(layout.note.len() > 100, "{name} says what was found and what was not");
    }
}

#[test]
fn built_in_layouts_write_their_formats_and_name_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    files::write(&at.join("a.ron"), &plan()).unwrap();
    let run = muster(at, &["positions", "a.ron", "--layout", "charthop", "--region", "us-federal", "-o", "c.csv"]);
    let errors = said(&run.stderr);
    assert!(errors.starts_with("warning: ChartHop requires \"Manager\", which is empty in every row; "), "{errors}");
    let (_, rows) = read_csv(&fs::read(at.join("c.csv")).unwrap());
    assert_eq!((rows[0][2].as_str(), rows[0][4].as_str()), ("7/1/2010", "4/30/2010"));
    let out = muster(at, &["positions", "a.ron", "--layout", "greenhouse", "--region", "us-federal"]).stdout;
    let (_, rows) = read_csv(&out);
    assert_eq!(rows[0][1], "3");
    assert_eq!(rows[0][7].split("; ").count(), 3);
}

#[test]
fn the_calendar_has_both_days_of_each_requisition_and_no_clock() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut hostile = plan();
    "A; b, c\r\nBEGIN:VEVENT \u{202e}".clone_into(&mut hostile.regions[0].name);
    files::write(&at.join("a.ron"), &hostile).unwrap();
    let write = |file: &str| {
        let run = muster(at, &["positions", "a.ron", "-o", file]);
        assert!(run.status.success(), "{}", said(&run.stderr));
        fs::read_to_string(at.join(file)).unwrap()
    };
    let text = write("p.ics");
    assert_eq!(text, write("q.ics"));
    let (_, rows) = read_csv(&muster(at, &["positions", "a.ron", "--group"]).stdout);
    assert_eq!(text.lines().filter(|l| *l == "BEGIN:VEVENT").count(), rows.len() * 2);
    let whole = text.replace("\r\n ", "");
    for (which, day) in [("open", &rows[0][15]), ("start", &rows[0][16])] {
        let uid = format!("UID:{}-{which}@muster", rows[0][0]);
        let event = whole.split("\r\nBEGIN:VEVENT\r\n").find(|e| e.contains(&uid)).unwrap();
        let day = day.replace('-', "");
        assert!(event.contains(&format!("DTSTART;VALUE=DATE:{day}")), "{event}");
        assert!(event.contains(&format!("DTSTAMP:{day}T000000Z")), "{event}");
        assert!(event.contains("A\\; b\\, c\\nBEGIN:VEVENT"), "{event}");
    }
    // The library counts the blank that continues a line beyond the 75 octets.
    assert!(
        text.split("\r\n").all(|line| line.len() <= 76 && !line.contains('\r') && !line.contains('\n')),
        "lines are folded"
    );
}

#[test]
fn hr_fields_of_the_plan_fill_their_columns() {
    let set = |path: &str, to: serde_json::Value| PlanEdit::Set { path: path.to_owned(), to };
    let base = plan();
    let first = positions(&Outcome::of(Arc::new(base.clone())).unwrap()).unwrap().swap_remove(0);
    let cell = (first.region, first.role);
    let role = base.roles[cell.1].id.to_string();
    let region = base.regions[cell.0].id.to_string();
    let mut edits = vec![set(&format!("roles[{role}].pay_range"), "0.125".into())];
    for name in ["job_code", "job_family", "job_level", "department", "employment_type"] {
        edits.push(set(&format!("roles[{role}].{name}"), format!("the {name}").into()));
    }
    for name in ["location", "hiring_manager", "recruiter"] {
        edits.push(set(&format!("regions[{region}].{name}"), format!("the {name}").into()));
    }
    edits.push(set(&format!("regions[{region}].cost_center"), "0100".into()));
    let known = apply_all(&base, &edits).unwrap();
    assert_eq!(validate(&known), []);
    let outcome = Outcome::of(Arc::new(known.clone())).unwrap();
    let mut all = positions(&outcome).unwrap();
    all.retain(|p| (p.region, p.role) == cell);
    let (_, rows) = read_csv(&table(&outcome, &all, &Choice::default()).bytes(PositionsForm::Csv).unwrap());
    let pay = known.pay(&known.regions[cell.0].id, &known.roles[cell.1].id).unwrap().base.exact();
    let low_high = |sign: &str| {
        let share: muster::units::Exact = format!("{sign}0.125").parse().unwrap();
        (pay * (muster::units::Exact::ONE + share)).fixed(2)
    };
    let row = &rows[0];
    for (column, name) in [(3, "job_family"), (4, "job_level"), (5, "department"), (9, "location")] {
        assert_eq!(row[column], format!("the {name}"));
    }
    assert_eq!((row[6].as_str(), row[10].as_str()), ("0100", "the hiring_manager"));
    assert_eq!((row[11].as_str(), row[12].as_str()), ("the recruiter", "the employment_type"));
    assert_eq!((&row[20], &row[21]), (&low_high("-"), &low_high("")));
    // They are saved, differ by their letters, and are gone without a trace when they are taken out.
    let form = files::encode(&known, files::Format::Ron).unwrap();
    assert_eq!(files::decode(&form, files::Format::Ron).unwrap(), known);
    let shorter = apply_all(&known, &[set(&format!("regions[{region}].cost_center"), "100".into())]).unwrap();
    assert_eq!(difference(&known, &shorter).unwrap().len(), 1);
    let out = difference(&known, &base).unwrap();
    assert_eq!(out.len(), edits.len());
    let again = apply_all(&known, &out).unwrap();
    let encoded = |plan: &Plan| files::encode(plan, files::Format::Ron).unwrap();
    assert!(encoded(&again) == encoded(&base) && !encoded(&base).contains("cost_center"));
    assert_eq!(value(&base, &format!("regions[{region}].cost_center")), None);
    let wrong = apply_all(&base, &[set(&format!("roles[{role}].pay_range"), "1.5".into())]).unwrap();
    assert_eq!(validate(&wrong)[0].path, format!("roles[{role}].pay_range"));
}

/// The world with two people who move from a region and role to others, and three who go there.
fn with_movements() -> Plan {
    let mut plan = plan();
    plan.schema = 2;
    let (from, to) = (&plan.regions[0], plan.regions.iter().find(|r| r.currency != plan.regions[0].currency).unwrap());
    let is_paid = |region: &Region, k: usize| plan.pay(&region.id, &plan.roles[k].id).is_some();
    let one = (0..plan.roles.len()).find(|k| is_paid(from, *k)).unwrap();
    let other = (0..plan.roles.len()).find(|k| *k != one && is_paid(to, *k)).unwrap();
    let (from_role, to_role) = (plan.roles[one].id.clone(), plan.roles[other].id.clone());
    let quarters = plan.calendar.quarters;
    let exits: Vec<u32> = (0..quarters).map(|q| if q == 0 { 3 } else { 0 }).collect();
    let moved = Move {
        quarter: 0,
        from: MoveFrom { region: from.id.clone(), role: from_role.clone() },
        to: MoveTo { region: to.id.clone(), role: to_role.clone() },
        heads: 2,
        ramp: None,
        reason: "promotion".to_owned(),
    };
    let exits =
        [(from.id.clone(), [(from_role, exits)].into_iter().collect::<std::collections::BTreeMap<_, _>>().into())];
    plan.exits = exits.into_iter().collect();
    plan.moves.push(moved);
    let share = |text: &str| Ratio::new(text.parse().unwrap());
    plan.assumptions.start_phasing = ["1", "0", "0"].map(share).to_vec();
    plan.roles[one].pay_range = Some(share("0.1"));
    plan.roles[other].pay_range = Some(share("0.25"));
    assert_eq!(validate(&plan), []);
    plan
}

#[test]
fn the_pay_and_currency_of_a_move_are_those_of_where_it_leads() {
    let outcome = Outcome::of(Arc::new(with_movements())).unwrap();
    let plan = outcome.plan();
    let all: Vec<Position> = positions(&outcome).unwrap().into_iter().filter(|p| p.reason.is_movement()).collect();
    let reasons: Vec<Reason> = all.iter().map(|p| p.reason).collect();
    assert_eq!(reasons, [Reason::Move, Reason::Move, Reason::Exit, Reason::Exit, Reason::Exit]);
    let (_, rows) = read_csv(&table(&outcome, &all, &Choice::default()).bytes(PositionsForm::Csv).unwrap());
    let pay_of = |region: &Region, role: usize, range: &str| {
        let base = plan.pay(&region.id, &plan.roles[role].id).unwrap().base.exact();
        let range: Exact = range.parse().unwrap();
        let of = |factor: Exact| (base * factor).fixed(2);
        [of(Exact::ONE - range), of(Exact::ONE + range), region.currency.to_string()]
    };
    let to = plan.regions.iter().find(|r| r.id == plan.moves[0].to.region).unwrap();
    let index = |role: &RoleId| plan.role_index(role.as_str()).unwrap();
    let (one, other) = (index(&plan.moves[0].from.role), index(&plan.moves[0].to.role));
    let (moved, gone) = (pay_of(to, other, "0.25"), pay_of(&plan.regions[0], one, "0.1"));
    assert_ne!(moved[2], gone[2], "two currencies");
    for (row, expected) in rows.iter().zip([&moved, &moved, &gone, &gone, &gone]) {
        // The seat itself is where they are now.
        assert_eq!((&row[2], &row[7]), (&plan.roles[one].name, &plan.regions[0].name));
        assert_eq!([&row[20], &row[21], &row[22]], [&expected[0], &expected[1], &expected[2]]);
    }
    assert_eq!(rows[0][27], format!("To {}, {}: promotion", to.name, plan.roles[other].name));
}

#[test]
fn moves_and_exits_are_one_event_each_in_a_calendar() {
    let plan = with_movements();
    let folder = tempfile::tempdir().unwrap();
    files::write(&folder.path().join("a.ron"), &plan).unwrap();
    let run = muster(folder.path(), &["positions", "a.ron", "--reason", "move,exit", "-o", "p.ics"]);
    assert_eq!(said(&run.stderr), "wrote 2 requisitions with 5 openings to p.ics\n");
    let text = fs::read_to_string(folder.path().join("p.ics")).unwrap().replace("\r\n ", "");
    let of = |name: &str| text.lines().filter(|l| l.starts_with(name)).collect::<Vec<_>>();
    let role = plan.roles.iter().find(|role| role.id == plan.moves[0].from.role).unwrap();
    let seat = format!("{}, {}", role.name, plan.regions[0].name).replace(',', "\\,");
    assert_eq!(
        of("SUMMARY:"),
        [format!("SUMMARY:Move: {seat} (2 people)"), format!("SUMMARY:Exit: {seat} (3 people)")]
    );
    let about = of("DESCRIPTION:");
    assert!(
        about[0].contains(": promotion\\n") && about[0].starts_with("DESCRIPTION:move\\, FY11 Q1\\nTo "),
        "{about:?}"
    );
    assert!(about[1].starts_with("DESCRIPTION:exit\\, FY11 Q1\\n"), "{about:?}");
    assert!(!text.contains("Opens") && !text.contains("opening"), "nothing is opened for them");
}

#[test]
fn the_quarter_of_an_event_is_that_of_the_start() {
    let mut plan = plan();
    plan.levers.hire_delay = 3;
    let folder = tempfile::tempdir().unwrap();
    files::write(&folder.path().join("a.ron"), &plan).unwrap();
    let args = ["positions", "a.ron", "--reason", "growth", "--quarter", "FY11 Q1"];
    let (head, rows) = read_csv(&muster(folder.path(), &args).stdout);
    let column = head.iter().position(|name| name == "fiscal_quarter").unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row[column] == "FY11 Q2"));
    let calendar = muster(folder.path(), &[&args[..], &["-o", "p.ics"]].concat());
    assert!(calendar.status.success());
    let text = fs::read_to_string(folder.path().join("p.ics")).unwrap().replace("\r\n ", "");
    let about: Vec<&str> = text.lines().filter(|l| l.starts_with("DESCRIPTION:")).collect();
    assert!(!about.is_empty() && about.iter().all(|l| l.starts_with("DESCRIPTION:growth\\, FY11 Q2\\n")), "{about:?}");
}

#[test]
fn moves_and_exits_without_a_place_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    files::write(&folder.path().join("a.ron"), &with_movements()).unwrap();
    for form in ["p.csv", "p.xlsx", "p.ics"] {
        let run = muster(folder.path(), &["positions", "a.ron", "--layout", "greenhouse", "-o", form]);
        let errors = said(&run.stderr);
        let line = "warning: 5 moves and exits are not written: Greenhouse has no place for them\n";
        assert!(run.status.success() && errors.starts_with(line), "{errors}");
    }
    let neutral = muster(folder.path(), &["positions", "a.ron", "-o", "p.csv"]);
    assert!(!said(&neutral.stderr).contains("not written"), "{}", said(&neutral.stderr));
}

/// A plan of one region and role with so many hires in its second quarter, three months of equal weight.
fn with_hires(plan: &Plan, many: u32) -> Plan {
    let mut plan = plan.clone();
    let region = plan.regions[0].id.clone();
    let is_paid = |role: &RoleId| plan.pay(&region, role).is_some();
    let role = plan.roles.iter().map(|role| role.id.clone()).find(is_paid).unwrap();
    let list: Vec<u32> = (0..plan.calendar.quarters).map(|q| if q == 1 { many } else { 0 }).collect();
    plan.hires = [(region, std::collections::BTreeMap::from([(role, list)]).into())].into_iter().collect();
    plan.assumptions.start_phasing = vec![Ratio::new(Exact::ONE); 3];
    assert_eq!(validate(&plan), []);
    plan
}

#[test]
fn issued_seats_hold_and_changes_say_what_has_become_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    let rewrite = |many: u32| files::write(&file, &with_hires(&files::read(&file).unwrap(), many)).unwrap();
    files::write(&file, &with_hires(&plan(), 8)).unwrap();
    let run = |args: &[&str]| muster(folder.path(), &[&["positions", "a.ron"], args].concat());
    let growth = |args: &[&str]| said(&run(&[&["--reason", "growth"], args].concat()).stdout);
    let before = growth(&[]);
    // Nothing was issued yet: every seat is new.
    assert!(said(&run(&["--changes"]).stdout).starts_with("8 new since seats were last issued\n"));
    let issued = run(&["--reason", "growth", "--issue"]);
    assert_eq!(
        (said(&issued.stdout), said(&issued.stderr)),
        (before.clone(), "8 seats issued: wrote the plan\n".to_owned())
    );
    let kept = files::read(&file).unwrap();
    assert_eq!((kept.issued.len(), kept.log.last().map(|entry| entry.words.as_str())), (8, Some("8 seats issued")));
    assert_eq!(growth(&[]), before, "issuing changes no position");
    assert_eq!(said(&run(&["--changes"]).stdout), "nothing has changed since seats were last issued\n");
    assert!(said(&run(&["--changes", "--issue"]).stderr).starts_with("no seat to issue"));
    // One of eight is taken: the highest number goes, and one seat takes its month.
    rewrite(7);
    let csv = said(&run(&["--changes", "--format", "csv"]).stdout);
    let (region, role) = (&kept.issued[0].region, &kept.issued[0].role);
    let line = |change: &str, number: &str, from: &str, to: &str| {
        format!("{change},FY11Q2-{region}-{role}-{number},{region},{role},FY11 Q2,{from},{to}\n")
    };
    let moved = line("moved", "G006", "2010-11-01", "2010-12-01");
    let expected = [
        "change,id,region,role,quarter,issued_start,start\n".to_owned(),
        moved,
        line("withdrawn", "G008", "2010-12-01", ""),
    ];
    assert_eq!(csv, expected.concat());
    let json: serde_json::Value = serde_json::from_slice(&run(&["--changes", "--format", "json"]).stdout).unwrap();
    assert_eq!(json[1]["change"], "withdrawn");
    assert!(json[1]["start"].is_null() && json[0]["issued_start"] == "2010-11-01");
    assert!(said(&run(&["--changes"]).stdout).starts_with("1 moved and 1 withdrawn since seats were last issued\n"));
    // A layout says so in columns of its own, or not at all.
    let (head, rows) = read_csv(&run(&["--changes", "--layout", "neutral"]).stdout);
    assert_eq!(head[..30], NEUTRAL);
    assert_eq!(head[30..], ["change", "issued_start_date"]);
    let last = |row: &Vec<String>| (row[1].rsplit('-').next().unwrap().to_owned(), row[30].clone(), row[31].clone());
    let cells = |id: &str, change: &str, start: &str| (id.to_owned(), change.to_owned(), start.to_owned());
    let expected = [cells("G006", "moved", "2010-11-01"), cells("G008", "withdrawn", "2010-12-01")];
    assert_eq!(rows.iter().map(last).collect::<Vec<_>>(), expected);
    let refused = run(&["--changes", "--layout", "greenhouse", "-o", "c.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused.stderr).contains("Greenhouse cannot say what has changed"), "{}", said(&refused.stderr));
    let refused = run(&["--changes", "-o", "c.ics"]);
    assert!(refused.status.code() == Some(2) && said(&refused.stderr).contains("a calendar cannot say"));
    assert!(!folder.path().join("c.csv").exists() && !folder.path().join("c.ics").exists());
    // As a table on standard output, if that is named; the list takes no options of tables.
    assert!(said(&run(&["--changes", "-o", "-"]).stdout).starts_with("requisition_id,"));
    let refused = run(&["--changes", "--columns", "job_title"]);
    assert!(refused.status.code() == Some(2) && said(&refused.stderr).contains("--columns is for tables"));
    let others = said(&run(&["--changes", "--quarter", "FY11 Q1"]).stdout);
    assert_eq!(others, "none of the chosen seats has changed since seats were last issued\n");
    // A table of the seats does not say which are withdrawn: that one waits.
    let issued = run(&["--issue"]);
    assert!(
        said(&issued.stderr).contains("1 withdrawn seat stays issued until the changes are written with --changes"),
        "{}",
        said(&issued.stderr)
    );
    assert_eq!(said(&run(&["--changes"]).stdout).lines().next(), Some("1 withdrawn since seats were last issued"));
    // Reissued; then two come back: they are new numbers.
    let reissued = run(&["--changes", "-o", "c.xlsx", "--issue"]);
    assert!(said(&reissued.stderr).ends_with("1 seat withdrawn: wrote the plan\n"), "{}", said(&reissued.stderr));
    rewrite(9);
    let csv = said(&run(&["--changes", "--format", "csv"]).stdout);
    let numbers: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    let id = |number: &str| format!("FY11Q2-{region}-{role}-{number}");
    assert_eq!(numbers, [id("G009"), id("G010")], "{csv}");
}

#[test]
fn seats_are_issued_from_the_base_plan_alone() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan();
    files::write(&folder.path().join("a.ron"), &plan).unwrap();
    let name = plan.scenarios[0].name.as_str();
    let refused = muster(folder.path(), &["positions", "a.ron", "--scenario", name, "--issue"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused.stderr).contains("seats are issued from the base plan"), "{}", said(&refused.stderr));
    assert!(files::read(&folder.path().join("a.ron")).unwrap().issued.is_empty());
}
