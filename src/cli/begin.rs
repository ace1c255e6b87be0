//! `muster new --from`: a plan that begins from tables.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::failure::{self, Failure};
use super::import::{DatesArg, NumbersArg, QuartersArg};
use super::import_report::report_rows;
use super::passphrase::PassphraseArgs;
use super::table;
use crate::edit::import::{BegunPlan, NewPlan, begin};
use crate::files::{self, FileError, Template};
use crate::units::{Month, counted};

/// The tables that a plan begins from, and its frame.
#[derive(Debug, clap::Args)]
pub(super) struct BeginArgs {
    /// A table that the plan begins from, .csv or .xlsx, every sheet of a workbook; may be given several times
    #[arg(long, value_name = "TABLE", conflicts_with = "template")]
    pub(super) from: Vec<PathBuf>,
    /// The plan's name; the file's name by default
    #[arg(long, requires = "from")]
    name: Option<String>,
    /// First month of its first fiscal quarter
    #[arg(long, value_name = "YYYY-MM", requires = "from")]
    first_month: Option<Month>,
    /// Quarters that it covers
    #[arg(long, value_name = "N", requires = "from", default_value_t = 8, value_parser = quarters)]
    quarters: usize,
    /// Its currency, an ISO 4217 code
    #[arg(long, value_name = "CODE", requires = "from", default_value = "USD")]
    currency: String,
    /// The order of day and month in days such as 03/04/2010; auto finds it from all days, and asks where it cannot
    #[arg(long, value_enum, requires = "from", default_value_t = DatesArg::Auto)]
    dates: DatesArg,
    /// The sign before decimals: 1,234.5 (point) or 1.234,5 (comma); auto finds it, and asks where it cannot
    #[arg(long, value_enum, requires = "from", default_value_t = NumbersArg::Auto)]
    numbers: NumbersArg,
    /// The year of quarters such as "Q1 2011"; auto finds it from all of them
    #[arg(long, value_enum, requires = "from", default_value_t = QuartersArg::Auto)]
    quarter_names: QuartersArg,
    /// Write the plan where some rows or columns do not fit
    #[arg(long, requires = "from")]
    skip_unfit: bool,
}

fn quarters(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (4..=20).contains(n)).ok_or_else(|| "a plan has 4 to 20 quarters".to_owned())
}

/// Makes the plan, says what came of each table and what is to be stated, and writes it.
pub(super) fn write(
    file: &Path,
    args: &BeginArgs,
    secret: &PassphraseArgs,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    if files::exists(file) {
        return Err(Failure::Usage(format!("{}: the file exists already; choose another name", file.display())));
    }
    let missing = "--first-month YYYY-MM says when the plan's first fiscal quarter begins";
    let first_month = args.first_month.ok_or_else(|| Failure::Usage(missing.to_owned()))?;
    let name = args.name.clone().or_else(|| Some(file.file_stem()?.to_string_lossy().into_owned()));
    let (name, currency) = (name.unwrap_or_default(), args.currency.to_uppercase());
    let new = NewPlan {
        name,
        first_month,
        quarters: args.quarters,
        currency,
        dates: args.dates.of(),
        numbers: args.numbers.of(),
        quarter_names: args.quarter_names.of(),
    };
    let mut tables = Vec::new();
    for path in &args.from {
        tables.extend(files::source_tables(path)?);
    }
    let [model, ..] = Template::ALL;
    let model = model.plan().map_err(|problems| FileError::Broken { path: model.name.into(), problems })?;
    let begun = begin(&model, &new, &tables)?;
    report(&begun, out)?;
    if !begun.is_whole() && !args.skip_unfit {
        let message = "rows, columns or tables do not fit; nothing was written (--skip-unfit takes the others)";
        return Err(Failure::Plan(message.to_owned()));
    }
    secret.write_new(file, &begun.plan)?;
    failure::say(&format!("wrote the plan to {}", file.display()));
    Ok(ExitCode::SUCCESS)
}

fn report(begun: &BegunPlan, out: &mut dyn Write) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for taken in &begun.tables {
        rows.push(match &taken.result {
            Err(why) => vec![taken.name.clone(), why.clone(), table::NONE.to_owned(), table::NONE.to_owned()],
            Ok((kind, made)) => {
                let out = made.unfit.len() + made.left_out.len();
                vec![taken.name.clone(), kind.title().to_owned(), made.totals.taken.to_string(), out.to_string()]
            }
        });
    }
    let heads = ["Table", "States", "Rows taken", "Rows left out"].map(str::to_owned).to_vec();
    writeln!(out, "{}\n", table::table(heads, rows))?;
    for taken in &begun.tables {
        let Ok((_, made)) = &taken.result else { continue };
        for note in &made.notes {
            writeln!(out, "{}: {note}", taken.name)?;
        }
        for sentence in made.unused_sentences() {
            writeln!(out, "{}: {sentence}", taken.name)?;
        }
        report_rows(made, &format!("{}: ", taken.name));
    }
    let plan = &begun.plan;
    let people: u32 = plan.baseline.iter().map(|b| b.heads).sum();
    let (regions, roles) =
        (counted(plan.regions.len(), "region", "regions"), counted(plan.roles.len(), "role", "roles"));
    writeln!(
        out,
        "\n{regions}, {roles}, {people} people\n\nTo be stated, and taken from the bundled plan until then:"
    )?;
    for line in &begun.to_state {
        writeln!(out, "- {line}")?;
    }
    Ok(())
}
