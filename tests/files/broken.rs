//! Broken plans: each in `tests/broken` with the exit code and the words that `muster check` has for it.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn check_says_of_every_broken_plan_what_where_and_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let names = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name());
    let (expected, mut plans): (Vec<_>, Vec<_>) = names.partition(|name| name.to_string_lossy().ends_with(".expected"));
    assert_eq!(expected.len(), plans.len(), "each plan has its expected words, and no words are left over");
    plans.sort();
    assert!(plans.len() > 20, "{} plans", plans.len());
    let mut wrong = Vec::new();
    for name in plans {
        let name = name.to_string_lossy();
        // Started beside the plans, so that messages name files as a planner would.
        let run =
            Command::new(env!("CARGO_BIN_EXE_muster")).current_dir(&folder).args(["check", &*name]).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        let found = format!("exit {}\n{said}", run.status.code().unwrap());
        let path = folder.join(format!("{name}.expected"));
        if fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

#[test]
fn a_number_of_per_cent_where_a_fraction_is_meant_is_refused_with_a_question() {
    let plan = muster::files::Template::ALL[0].plan().unwrap();
    for (path, text, fraction) in [
        ("roles[account-executive].attrition.first_year", "15", "0.15"),
        ("regions[canada].burden_rate", "22", "0.22"),
        ("assumptions.attainment", "85", "0.85"),
        ("roles[account-executive].ramp[2]", "15", "0.15"),
        ("assumptions.merit.rate", "3", "0.03"),
        ("assumptions.agency_fee", "20", "0.2"),
    ] {
        let edit = muster::plan::PlanEdit::Set { path: path.to_owned(), to: text.into() };
        let problems = muster::plan::validate(&muster::edit::apply(&plan, &edit).unwrap());
        let words = format!("did you mean {text} %? write {fraction}");
        assert!(problems.iter().any(|p| p.path == path && p.message.ends_with(&words)), "{path}: {problems:?}");
    }
}
