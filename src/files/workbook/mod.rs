//! The whole model as a workbook with live formulas: inputs one may type over, every step of the calculation, results,
//! checks and charts. What is calculated is the engine's to say; each formula here is stored with the value that it
//! gives for it.
//!
//! # Figures equal the engine's to the cent
//!
//! Cost, capacity, revenue and what follows from them are written from the trees that explain the figures (see [`trees`]):
//! each term is the cell of an input or of another figure. A spreadsheet calculates in binary with 15 to 16 digits, the
//! engine in decimals with 28. The model rounds an amount first to 8 places and then to the cent (section 1), so that an
//! amount which is half a cent in truth is taken as one in both. Where the amounts of a block have more than seven digits
//! before the point, 8 places are more than a spreadsheet carries; the first rounding is then to fewer, down to 3 (see
//! [`layout`]). The sheet Read me says so.
//!
//! Written by hand are formulas whose shape an input decides, so that the tree of one plan is not theirs once that input is
//! typed over: starts and backfills (phasing, delay, time to fill), tenure and baseline (ramp, slip, guarantee), monthly
//! attrition (its basis), pay level and calendar (first month, month of the rise), and who supports whom.
//!
//! # Values by month
//!
//! A field that changes (section 2a) has a row by month on the sheet Values, which reads the sheet Changes; what uses the field
//! reads its month there. Where nothing changes, formulas read the single input as before.
//!
//! # Cohorts
//!
//! Where people move or go, or where attrition, ramps or payout differ by month, the heads of a cohort no longer
//! depend on tenure alone. Each cohort then has lines of its own (see [`cohort_lines`]) in place of tenure and baseline: those
//! with the longest service go first, and an arrival refers to the cell of the cohort that loses these heads. The plan decides
//! which cohorts there are, so that the places of the team, of exits and of moves are no inputs there.
//!
//! # The year
//!
//! The outlook follows people one by one, which no formula of a sheet can: its figures by region are values, and what follows
//! from them is live (see [`year`]). The other sheets stay those of the plan.
//!
//! # Without pay
//!
//! A workbook that leaves pay out ([`WorkbookPay::LeftOut`]) holds values, since the cost of people would not follow its
//! inputs. What tells pay is left out with it: costs by role, region, area and month, from which pay could be worked out with
//! the heads that are there, and the steps of the calculation.
//!
//! # Layout
//!
//! A line is a region and role, or a region; a column is a month, or a quarter and fiscal year. The formula of a month is
//! that of the month before copied one column to the right: months are relative columns, inputs absolute cells, and the
//! number of a month stands in the head of its sheet. Heads are a convolution: the starts of each month times what is left
//! of one head at the tenure they have reached. Tenures run from right to left, so that this is one SUMPRODUCT over two
//! ranges. There are no names of regions in sheet names or formulas, so that no name can break them. Column E holds a key
//! for machines: region, role and measure as `evaluate` writes them, or the path of an input in the plan.

mod baseline;
mod blocks;
mod capacity;
mod changes;
mod checks;
mod cohort_blocks;
mod cohort_lines;
mod cohort_values;
mod cohorts;
mod columns;
mod cost;
mod departures;
mod error;
mod formula_limits;
mod general;
mod grid;
mod heads;
mod input_numbers;
mod inputs;
mod labels;
mod layout;
mod limits;
mod lists;
mod looks;
mod page;
mod pay;
mod payback;
mod readme;
mod references;
mod results;
mod steps;
mod structure;
mod summary;
mod tenure;
mod timeline;
mod trees;
mod value_blocks;
mod values;
mod without;
mod year;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::analysis::{Progress, YearSummary};
use crate::engine::Outcome;
use cohort_values::CurveValues;
pub use error::WorkbookError;
use layout::Layout;
use looks::{Looks, TAB_INPUT, TAB_RESULT, TAB_WORK};
use page::Page;
pub use pay::WorkbookPay;
use steps::StepValues;

/// Most rows that a sheet takes, with room for headings.
const ROWS: usize = 1_048_576 - 1_000;
/// Most columns that a sheet takes, with room for labels.
const COLUMNS: usize = 16_384 - 100;
/// Most months of regions and roles: of 43,200 the workbook has three million formulas, and making it takes 1.6 GB.
const MONTHS: usize = 80_000;

/// Makes the workbook of an outcome, an XLSX file as bytes; the same outcome gives the same bytes.
///
/// # Errors
/// When `progress` is cancelled, or the plan does not fit into a sheet.
pub fn workbook(outcome: &Outcome, pay: WorkbookPay, progress: &Progress) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::new(outcome, pay)?;
    let year = YearSummary::of(outcome)?;
    fits(&layout)?;
    let steps = StepValues::new(&layout);
    let looks = Looks::new();
    let mut book = Workbook::new();
    // No clock: what is exported again is the same file.
    let properties = DocProperties::new().set_title("Sales plan").set_comment("Made by Muster");
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    sheets(&mut book, (&layout, year.as_ref()), &steps, &looks, progress)?;
    Ok(book.save_to_buffer()?)
}

/// Refuses what no sheet can hold, and no spreadsheet will open.
fn fits(layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let size = "a sheet has 1,048,576 rows and 16,384 columns";
    let cohorts = layout.cohorts.lines.len();
    // Three curves, and as many blocks of heads with their headings.
    let of_cohorts = cohorts.saturating_mul(6).saturating_add(layout.cohorts.taken.len()).max(layout.cells() * 48);
    let lines = (layout.cells() + 2).saturating_mul(16).max(layout.entries.saturating_mul(6));
    let lines = if cohorts > 0 { lines.max(of_cohorts) } else { lines };
    if lines > ROWS {
        return Err(WorkbookError::TooLarge { what: format!("{lines} lines; {size}") });
    }
    if layout.ramp > COLUMNS || layout.supports.len() > COLUMNS {
        return Err(WorkbookError::TooLarge { what: format!("{} months of ramp; {size}", layout.ramp) });
    }
    few_formulas(layout.cells(), layout.months)?;
    few_cohorts((layout.cells(), cohorts), layout.months)
}

/// Refuses so many cohorts: each has some five formulas in half of the months, a month of a region and role seventy.
fn few_cohorts((cells, cohorts): (usize, usize), months: usize) -> Result<(), WorkbookError> {
    let of_cohorts = cohorts.saturating_mul(months) / 28;
    if cells.saturating_mul(months).saturating_add(of_cohorts) <= MONTHS {
        return Ok(());
    }
    let what = format!(
        "{cells} pairs of region and role over {months} months have {cohorts} cohorts, which are followed one by one where \
         people move or go, or where attrition, ramps or attainment change. Take fewer quarters, or a plan of some of the \
         regions; `muster evaluate` writes every figure of a plan of any size as CSV"
    );
    Err(WorkbookError::TooLarge { what })
}

/// Refuses so many months of so many regions and roles.
fn few_formulas(cells: usize, months: usize) -> Result<(), WorkbookError> {
    if cells.saturating_mul(months) <= MONTHS {
        return Ok(());
    }
    let what = format!(
        "{cells} pairs of region and role over {months} months; {} are the most over as many, as a spreadsheet takes minutes \
         for more formulas than that. Take fewer quarters, or a plan of some of the regions; `muster evaluate` writes every \
         figure of a plan of any size as CSV",
        MONTHS / months.max(1)
    );
    Err(WorkbookError::TooLarge { what })
}

/// Writes every sheet, in the order in which one reads them.
fn sheets(
    book: &mut Workbook,
    (layout, year): (&Layout<'_>, Option<&YearSummary>),
    steps: &StepValues,
    looks: &Looks,
    progress: &Progress,
) -> Result<(), WorkbookError> {
    type Write<'w> = &'w dyn Fn(&mut Page<'_>) -> Result<(), WorkbookError>;
    let results: [(&'static str, Write<'_>); 3] = [
        ("Read me", &|page| readme::write(page, layout)),
        ("Summary", &|page| summary::write(page, layout)),
        ("Results", &|page| results::write(page, layout)),
    ];
    let inputs: [(&'static str, Write<'_>); 8] = [
        ("Roles", &|page| structure::roles(page, layout)),
        ("Pay", &|page| lists::pay(page, layout)),
        ("Hires", &|page| lists::hires(page, layout)),
        ("Team", &|page| lists::team(page, layout)),
        ("Targets", &|page| lists::targets(page, layout)),
        ("Exits", &|page| departures::exits(page, layout)),
        ("Moves", &|page| departures::moves(page, layout)),
        ("Changes", &|page| changes::write(page, layout)),
    ];
    let curves = CurveValues::new(layout);
    let work: [(&'static str, Write<'_>); 14] = [
        ("Attrition", &|page| tenure::attrition(page, layout, steps)),
        ("Tenure", &|page| tenure::tenure(page, layout, steps)),
        ("Baseline", &|page| baseline::write(page, layout, steps)),
        ("Departures", &|page| departures::split(page, layout)),
        ("Cohorts", &|page| cohorts::write(page, layout, &curves)),
        ("Starts", &|page| heads::starts(page, layout)),
        ("Heads", &|page| heads::heads(page, layout)),
        ("Support", &|page| capacity::support(page, layout)),
        ("Capacity", &|page| capacity::capacity(page, layout)),
        ("Cost", &|page| cost::cost(page, layout)),
        ("Months", &|page| cost::months(page, layout)),
        ("Without", &|page| without::write(page, layout)),
        ("WithoutCohorts", &|page| cohorts::without(page, layout, &curves)),
        ("Payback", &|page| payback::write(page, layout)),
    ];
    progress.expect(results.len() + inputs.len() + work.len() + 5 + year.map_or(0, |_| 2));
    let push = |book: &mut Workbook, name, tab, write: Write<'_>| {
        progress.step();
        if !layout.has_sheet(name) {
            return Ok(());
        }
        let mut page = Page::new(name, tab, looks, progress, layout.pay)?;
        write(&mut page)?;
        page.go_on()?;
        book.push_worksheet(page.sheet);
        Ok::<(), WorkbookError>(())
    };
    for (name, write) in results {
        push(book, name, TAB_RESULT, write)?;
    }
    if let Some(year) = year {
        push(book, "Outlook", TAB_RESULT, &|page| year::outlook(page, layout, year))?;
        push(book, "Variance", TAB_RESULT, &|page| year::variance(page, layout, year))?;
    }
    let mut page = Page::new("General", TAB_INPUT, looks, progress, layout.pay)?;
    let tables = general::write(book, &mut page, layout)?;
    book.push_worksheet(page.sheet);
    progress.step();
    push(book, "Checks", TAB_RESULT, &|page| checks::write(page, layout, &tables))?;
    push(book, "Regions", TAB_INPUT, &|page| structure::regions(page, layout, &tables))?;
    for (name, write) in inputs {
        push(book, name, TAB_INPUT, write)?;
    }
    let mut page = Page::new("Timeline", TAB_WORK, looks, progress, layout.pay)?;
    timeline::write(book, &mut page, layout, steps)?;
    book.push_worksheet(page.sheet);
    progress.step();
    push(book, "Values", TAB_WORK, &|page| values::write(page, layout, &tables))?;
    for (name, write) in work {
        push(book, name, TAB_WORK, write)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{few_cohorts, few_formulas};

    #[test]
    fn more_formulas_than_a_spreadsheet_opens_are_refused_with_what_fits() {
        assert!(few_formulas(60 * 12, 60).is_ok());
        assert!(few_formulas(1333, 60).is_ok());
        let error = few_formulas(1334, 60).map_err(|error| error.to_string());
        let start =
            "the plan is too large for a workbook: 1334 pairs of region and role over 60 months; 1333 are the most";
        assert!(error.is_err_and(|text| text.starts_with(start)));
    }

    #[test]
    fn more_cohorts_than_a_spreadsheet_opens_are_refused() {
        assert!(few_cohorts((100, 0), 60).is_ok());
        assert!(few_cohorts((100, 30_000), 60).is_ok());
        let error = few_cohorts((100, 40_000), 60).map_err(|error| error.to_string());
        let start =
            "the plan is too large for a workbook: 100 pairs of region and role over 60 months have 40000 cohorts";
        assert!(error.is_err_and(|text| text.starts_with(start)));
    }
}
