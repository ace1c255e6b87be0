//! The guide against the program: the figures of its examples, its limits and defaults, and that every section which the
//! source names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use muster::edit::apply_all;
use muster::engine::{Measure, Outcome, Place};
use muster::files;
use muster::guide::PAGES;
use muster::plan::{Levers, Plan, PlanEdit, Uncertainty, fields, limits};
use muster::units::Exact;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(page: &str) -> String {
    PAGES.iter().find(|p| p.name == page).unwrap().text().into_owned()
}

/// A figure that an example states: `MEASURE REGION ROLE PERIOD = VALUE`, and what is changed first after `if`.
struct Claim<'a> {
    name: [&'a str; 4],
    value: &'a str,
    changes: Vec<(&'a str, &'a str)>,
}

impl<'a> Claim<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let words = line.strip_prefix("<!-- holds: ")?.strip_suffix(" -->")?;
        let (figure, changes) = words.split_once(" if ").unwrap_or((words, ""));
        let (name, value) = figure.split_once(" = ").unwrap();
        let name: Vec<&str> = name.split(' ').collect();
        let changes = changes.split_whitespace().map(|change| change.split_once('=').unwrap()).collect();
        Some(Self { name: name.try_into().unwrap(), value, changes })
    }

    /// The figure as the program has it, with its decimals; `None` where there is none.
    fn figure(&self, plan: &Plan) -> Option<String> {
        let edit = |(path, to): &(&str, &str)| {
            let to = serde_json::from_str(to).unwrap();
            PlanEdit::Set { path: (*path).to_owned(), to }
        };
        let edits: Vec<PlanEdit> = self.changes.iter().map(edit).collect();
        let outcome = Outcome::of(Arc::new(apply_all(plan, &edits).unwrap())).unwrap();
        let [measure, region, role, period] = self.name;
        let place = match (plan.region_index(region), plan.role_index(role)) {
            (Some(r), Some(k)) => Place::Cell(r, k),
            (Some(r), None) => Place::Region(r),
            _ => Place::Plan,
        };
        let period = period.replace('_', " ").replace("all", "");
        let period = plan.calendar.periods().find(|p| plan.calendar.name(*p) == period).unwrap();
        let measure = Measure::by_name(measure).unwrap();
        Some(outcome.figure(measure, place, period)?.fixed(measure.unit().places()))
    }
}

#[test]
fn the_examples_of_the_model_state_the_figures_of_the_example_plan() {
    let plan = files::read(&root().join("tests/guide/example.json")).unwrap();
    let model = text("model");
    let claims: Vec<Claim<'_>> = model.lines().filter_map(Claim::of).collect();
    assert!(claims.len() >= 45, "{} figures", claims.len());
    for claim in &claims {
        assert_eq!(claim.figure(&plan).as_deref(), Some(claim.value), "{:?} if {:?}", claim.name, claim.changes);
    }
}

/// The section numbers that a text names: `3`, `5` and `2a` in "sections 3, 5 and 2a". A list may go on in the next line
/// of a comment.
fn cited(text: &str) -> Vec<String> {
    let mut cited = Vec::new();
    for (at, word) in text.match_indices("ection") {
        let rest = &text[at + word.len()..];
        for word in rest.strip_prefix('s').unwrap_or(rest).split_whitespace() {
            let number: String = word.chars().take_while(char::is_ascii_alphanumeric).collect();
            if number.trim_end_matches('a').parse::<u32>().is_ok() {
                cited.push(number.clone());
                if word != number && word.strip_prefix(number.as_str()) != Some(",") {
                    break;
                }
            } else if !matches!(word, "and" | "to" | "///" | "//!" | "//") {
                break;
            }
        }
    }
    cited
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "md") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_section_that_is_named_anywhere_is_in_the_guide() {
    assert_eq!(cited("(model sections 3, 5 and\n/// 2a to 7); section 12. Section x"), ["3", "5", "2a", "7", "12"]);
    let pages = text("model") + &text("year");
    let headings: BTreeSet<&str> =
        pages.lines().filter_map(|line| line.strip_prefix("## ")?.split_once('.')).map(|(number, _)| number).collect();
    let mut texts = vec![("README.md".to_owned(), fs::read_to_string(root().join("README.md")).unwrap())];
    for folder in ["src", "tests", "benches", "fuzz/fuzz_targets"] {
        sources(&root().join(folder), &mut texts);
    }
    let mut count = 0;
    for (name, text) in texts.iter().filter(|(name, _)| !name.ends_with("tests/model/guide.rs")) {
        for number in cited(text) {
            assert!(headings.contains(number.as_str()), "{name} names section {number}, which is not in the guide");
            count += 1;
        }
    }
    assert!(count > 100, "{count} sections named");
}

/// The numbered section of the model.
fn section(number: &str) -> String {
    let model = text("model");
    let from = model.find(&format!("\n## {number}. ")).unwrap();
    let rest = &model[from + 4..];
    rest[..rest.find("\n## ").unwrap_or(rest.len())].to_owned()
}

#[test]
fn the_model_states_every_field_of_the_document() {
    let document = section("2");
    for field in fields() {
        let path = field.pattern.replace("[*]", "");
        let name = path.rsplit('.').next().unwrap();
        let is_there = [format!("`{name}`"), format!(".{name}`")].iter().any(|text| document.contains(text.as_str()));
        assert!(is_there, "{} is not in section 2", field.pattern);
    }
}

#[test]
fn the_model_states_the_defaults_and_limits_of_the_program() {
    let document = section("2");
    let defaults = [serde_json::to_value(Levers::default()), serde_json::to_value(Uncertainty::default())];
    for (name, value) in defaults.iter().flat_map(|all| all.as_ref().unwrap().as_object().unwrap()) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = value.trim_end_matches('0').trim_end_matches('.');
        let value = if value.is_empty() { "0" } else { value };
        assert!(document.contains(&format!("| `{name}` | {value} |")), "{name}: {value}");
    }
    let grouped = |number: usize| Exact::from(i64::try_from(number).unwrap()).grouped(0);
    let row = |numbers: &[usize]| format!("| {} |", numbers.iter().map(|n| grouped(*n)).collect::<Vec<_>>().join("; "));
    for limits in [
        row(&[limits::MAX_REGIONS, limits::MAX_ROLES, limits::MAX_CELLS]),
        row(&[limits::MAX_BASELINE]),
        row(&[limits::MAX_JUDGEMENTS]),
        row(&[limits::MAX_EDITS]),
        row(&[limits::MAX_ENTRIES]),
        format!("| {} bytes |", row(&[limits::MAX_ID, limits::MAX_NAME, limits::MAX_NOTE]).trim_matches(['|', ' '])),
        format!("| {} MiB, brackets nested {} deep |", limits::MAX_PLAN_BYTES >> 20, limits::MAX_NESTING),
        row(&[usize::try_from(limits::MAX_POSITIONS).unwrap()]),
    ] {
        assert!(document.contains(&limits), "{limits}");
    }
}

/// The texts between back ticks of a page.
fn code_spans(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("src/guide").join(page)).unwrap();
    let outside: Vec<&str> = text.split("```").step_by(2).collect();
    outside.iter().flat_map(|part| part.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn the_tests_that_hold_the_invariants_are_there() {
    let mut tests = Vec::new();
    sources(&root().join("tests"), &mut tests);
    let text: String = tests.into_iter().map(|(_, text)| text).collect();
    let is_test_name = |span: &String| span.matches('_').count() >= 2 && !span.contains(['/', ':']);
    let names: Vec<String> = code_spans("architecture.md").into_iter().filter(is_test_name).collect();
    assert!(names.len() >= 20, "{names:?}");
    for name in names {
        assert!(text.contains(&format!("fn {name}(")), "the page on the architecture names the test {name}");
    }
}

#[test]
fn the_files_that_the_pages_for_developers_name_are_there() {
    let mut count = 0;
    for page in ["architecture.md", "recipes.md", "measured.md"] {
        let is_path =
            |span: &String| span.contains('/') && !span.contains([' ', '<', '*', '~']) && !span.starts_with('-');
        for path in code_spans(page).into_iter().filter(is_path) {
            let is_there = root().join(&path).exists() || root().join("src").join(&path).exists();
            assert!(is_there, "{page} names {path}");
            count += 1;
        }
    }
    assert!(count >= 20, "{count} paths");
}
