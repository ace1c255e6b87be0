//! What the fuzz targets call, one function a target: bytes that nobody meant well go where such bytes would come in.
//! Nothing may panic, and what is read has to hold what is asserted here. `tests/files/hostile.rs` calls the same functions
//! with the kept corpus, so that they are tried where there is no fuzzer.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use muster::analysis::Progress;
use muster::edit::History;
use muster::edit::import::{Choices, ImportKind, ImportTable, KeptColumns, import, mapping_rows};
use muster::engine::{Outcome, Position, findings, positions};
use muster::files::{
    Choice, Format, Layout, PositionTable, PositionsForm, Safe, Stamp, Template, decode, encode, table_of,
};
use muster::plan::{Plan, PlanEdit, validate};

/// A plan for tables to come into.
static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let template = Template::by_name("us-public-sector-fy11").and_then(|template| template.plan().ok());
    template.unwrap_or_else(|| unreachable!("the bundled plan is sound"))
});

/// Its figures and its seats.
static OUTCOME: LazyLock<Outcome> = LazyLock::new(|| {
    let outcome = Outcome::of(Arc::new(PLAN.clone()));
    outcome.unwrap_or_else(|_| unreachable!("the bundled plan is sound"))
});
static SEATS: LazyLock<Vec<Position>> =
    LazyLock::new(|| positions(&OUTCOME).unwrap_or_else(|_| unreachable!("the bundled plan has seats")));

/// A plan's file in RON.
pub fn plan_ron(bytes: &[u8]) {
    plan(bytes, Format::Ron);
}

/// A plan's file in JSON.
pub fn plan_json(bytes: &[u8]) {
    plan(bytes, Format::Json);
}

fn plan(bytes: &[u8], format: Format) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let plan = match decode(text, format) {
        Ok(plan) => plan,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            let told: String = problems.iter().map(ToString::to_string).collect();
            return assert!(!told.is_empty(), "refused without a word");
        }
    };
    for form in [Format::Ron, Format::Json] {
        let Ok(written) = encode(&plan, form) else { continue };
        // What is written is read again, whatever it says, with nothing lost.
        assert_eq!(decode(&written, form).as_ref(), Ok(&plan), "{written}");
    }
    if !validate(&plan).is_empty() || plan.regions.len() * plan.roles.len() > 40 {
        return;
    }
    let scenarios: Vec<String> = plan.scenarios.iter().map(|s| s.name.clone()).collect();
    for name in &scenarios {
        let _ = muster::edit::scenario(&plan, name);
    }
    if let Ok(outcome) = Outcome::of(Arc::new(plan)) {
        let _ = findings(&outcome);
        if let Ok(all) = positions(&outcome) {
            assert!(all.len() as u64 <= muster::plan::limits::MAX_POSITIONS);
        }
    }
}

/// A CSV file as a table of every kind.
pub fn roster_csv(bytes: &[u8]) {
    table("table.csv", bytes);
}

/// A workbook as a table of every kind.
pub fn xlsx_import(bytes: &[u8]) {
    table("table.xlsx", bytes);
}

fn table(name: &str, bytes: &[u8]) {
    let Ok(file) = table_of(Path::new(name), bytes, None) else { return };
    let Ok(table) = ImportTable::of(file.rows) else { return };
    for kind in ImportKind::ALL {
        let mut choices = Choices::found(&PLAN, &table, kind, &KeptColumns::default());
        let Ok(made) = import(&PLAN, &table, &choices) else { continue };
        for row in mapping_rows(&PLAN, &table, &choices, &made).iter().skip(1) {
            // Whatever the preview writes into a mapping file comes back.
            let [what, text, _, means, reason, proposals] = row;
            let means = if means.is_empty() { proposals.split(", ").next().unwrap_or_default() } else { means };
            if what != "column" && means != "left out" {
                let name = format!("{what}:{text}");
                let taken = choices.map_value(&PLAN, &table, &name, means, reason);
                assert_eq!(taken, Ok(()), "{name} cannot be mapped to {means}");
            }
        }
        let Ok(made) = import(&PLAN, &table, &choices) else { continue };
        let stays_out = made.unfit.len() + made.left_out.len();
        assert_eq!(made.totals.taken + stays_out, table.rows.len(), "a row is neither taken nor named");
        let all: Vec<_> = made.edits.iter().cloned().chain(made.names.clone()).collect();
        let after = muster::edit::apply_all(&PLAN, &all);
        let after = after.unwrap_or_else(|error| panic!("an import gives edits that do not apply: {error}"));
        assert_eq!(validate(&after), [], "an import gives a plan that cannot be evaluated");
    }
}

/// A layout of one's own, and the positions of a plan in it.
pub fn layout(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let layout = match Layout::of(text) {
        Ok(layout) => layout,
        Err(problems) => return assert!(!problems.is_empty(), "refused without a reason"),
    };
    let seats: Vec<&Position> = SEATS.iter().collect();
    let (choice, stamp) = (Choice::default(), Stamp { scenario: String::new(), record: String::new() });
    let Ok(table) = PositionTable::of(&OUTCOME, &seats, &layout, &choice, &stamp, &Progress::default()) else { return };
    assert_eq!(table.seats, seats.len(), "a seat is lost");
    for form in [PositionsForm::Csv, PositionsForm::Xlsx] {
        let written = table.bytes(form);
        assert!(written.is_ok_and(|bytes| !bytes.is_empty()), "a layout that is read cannot be written");
    }
}

/// Edits, as a change log keeps them: what they make of a plan is found again as a difference, forth and back.
pub fn edits(bytes: &[u8]) {
    let Ok(edits) = serde_json::from_slice::<Vec<PlanEdit>>(bytes) else { return };
    let mut history = History::new(PLAN.clone());
    for edit in edits.into_iter().take(20) {
        let _ = muster::edit::words(&PLAN, std::slice::from_ref(&edit));
        let before = Arc::clone(history.plan());
        if history.commit("An edit", vec![edit]).is_err() {
            assert_eq!(*history.plan(), before, "an edit that cannot be applied changes the plan");
        }
    }
    let after = Arc::clone(history.plan());
    for (from, to) in [(&*PLAN, &*after), (&*after, &*PLAN)] {
        let Ok(difference) = muster::edit::difference(from, to) else { continue };
        let made = muster::edit::apply_all(from, &difference);
        assert_eq!(made.as_ref(), Ok(to), "the difference does not make the one plan into the other: {difference:?}");
    }
    while history.undo().is_some() {}
    assert_eq!(**history.plan(), *PLAN, "undone is not as before");
    while history.redo().is_some() {}
    assert_eq!(*history.plan(), after, "done again is not as it was");
}

/// An entry of the journal, as a program that broke may have left it.
pub fn journal(bytes: &[u8]) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let (safe, entries) = (Safe::at(folder.path().to_owned()), folder.path().join("journal"));
    let laid = std::fs::create_dir(&entries).and_then(|()| std::fs::write(entries.join("one.ron"), bytes));
    assert!(laid.is_ok(), "the entry cannot be laid down");
    let Ok(found) = safe.abandoned() else { unreachable!("a safe of one's own can be used") };
    assert_eq!(found.entries.len() + found.unreadable.len(), 1, "an entry is dropped without a word");
    for entry in found.entries {
        if let Err(error) = &entry.plan {
            assert!(!error.to_string().is_empty(), "refused without a word");
        }
        assert!(entries.join("one.ron").exists(), "an entry is gone before anybody took it");
    }
}

/// A text pasted into a sheet.
#[cfg(feature = "desktop")]
pub fn pasted_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let rows = muster::desktop::pasted(text);
    let cells = rows.iter().flatten();
    let letters = |text: &str| text.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r' | '"')).count();
    assert_eq!(cells.map(|cell| letters(cell)).sum::<usize>(), letters(text), "a letter is lost or made up");
    for cell in rows.iter().flatten().take(50) {
        let _ = muster::desktop::typed_number("en-US", cell);
    }
}

/// A number as it is typed, under locales that write numbers each in another way.
#[cfg(feature = "desktop")]
pub fn number(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for locale in ["en-US", "de-DE", "de-CH", "fr-FR", "en-IN", "sv-SE", "ja-JP"] {
        let Ok((number, written)) = muster::desktop::typed_number(locale, text) else { continue };
        let again = muster::desktop::typed_number(locale, &written).map(|(number, _)| number);
        assert_eq!(again, Ok(number), "{text:?} is written as {written:?} under {locale}");
    }
    if let Ok(number) = text.parse::<muster::units::Exact>() {
        assert_eq!(number.to_string().parse(), Ok(number), "{text}");
    }
}

/// The library that reads workbooks counts rows without a limit; where that breaks it off, the program says that the
/// file is damaged. Every other panic ends the fuzzer, as it would without this.
pub fn let_the_workbook_reader_break_off() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let reader = info.location().is_some_and(|place| place.file().contains("/calamine-"));
        if !reader {
            before(info);
        }
    }));
}
