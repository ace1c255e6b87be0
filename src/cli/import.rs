//! `muster import`: a table of others taken into a plan, or what that would change.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::SubsecRound;
use clap::ValueEnum;

use super::failure::{self, Failure};
use super::passphrase::PassphraseArgs;
use super::plan_args::PlanArgs;
use super::table;
use crate::edit::import::{
    Choices, DateOrder, DecimalSign, Import, ImportError, ImportField, ImportKind, ImportTable, KeptColumns, columns,
    import,
};
use crate::edit::{ChangeLog, apply_all, manage};
use crate::files::{self, Format, TableFileError};
use crate::plan::Plan;
use crate::units::{Exact, counted};

/// What `--help` teaches.
pub(super) const HELP: &str = "Examples:\n  \
    muster import plan.ron staff.csv --kind roster\n  \
    muster import plan.ron staff.xlsx --kind roster --sheet 'July' --dates dmy -o new.ron\n  \
    muster import plan.ron targets.csv --kind targets --map 'Sales org=region' --numbers comma -o new.ron\n  \
    muster import plan.ron hires.csv --kind hires --scenario 'Lean 300' --replace -o new.ron\n\n\
    Kinds, and what their columns hold:\n  \
    roster    region, role, start (or tenure in months); employee, heads, leaving if there are any\n  \
    targets   region, quarter, target; or region and one column a quarter\n  \
    accounts  region, accounts\n  \
    pay       region, role, base, variable (annual, the region's currency); currency if there is one\n  \
    hires     region, role, quarter, hires; or region, role and one column a quarter\n\n\
    A roster becomes the baseline: people by region, role and whole months of tenure in the plan's first month. Who has \
    left before it is left out; who leaves later counts as there; who starts later does not fit.\n\n\
    Headings as Workday, SAP SuccessFactors and people write them are known; --map says otherwise: --map 'Org=region', \
    --map 'Notes=' for none. Regions and roles go by id or name, roles also by job code, whatever the case, the spaces and \
    the accents; quarters are fiscal: \"FY11 Q1\", \"Q1 2011\".\n\n\
    A roster replaces the whole baseline; of the other kinds only what the rows name changes. --replace takes out what \
    they do not name, --merge leaves it: with a roster, the people of regions and roles that it does not name.\n\n\
    Rows that do not fit are listed on standard error. Then nothing is written, and the exit code is 1, unless --skip-unfit \
    says that they may stay out.\n\n\
    Exit codes:\n  0  done\n  1  rows do not fit, or the plan would have errors\n  2  the command, or a file, is wrong";

/// What is taken in, and how it is read.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
pub(super) struct ImportArgs {
    /// The table, .csv or .xlsx
    file: PathBuf,
    /// What it states
    #[arg(long, value_enum)]
    kind: KindArg,
    /// What a column holds, by its heading; nothing behind the = leaves it out; may be given several times
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// Which stands first in days such as 03/04/2010; auto finds it from all days, and asks where it cannot
    #[arg(long, value_enum, default_value_t = DatesArg::Auto)]
    dates: DatesArg,
    /// What stands before decimals: 1,234.5 (point) or 1.234,5 (comma); auto finds it, and asks where it cannot
    #[arg(long, value_enum, default_value_t = NumbersArg::Auto)]
    numbers: NumbersArg,
    /// The sheet of a workbook; the first one shown if none is named
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take out what the rows do not name, as if the table were everything of its kind
    #[arg(long, conflicts_with = "merge")]
    replace: bool,
    /// Leave as it is what the rows do not name
    #[arg(long)]
    merge: bool,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
    /// Take the other rows where some do not fit
    #[arg(long)]
    skip_unfit: bool,
    /// The plan to write, .ron or .json; what is there is replaced; without it, only what would change is said
    #[arg(short, long, value_name = "NEW")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindArg {
    Roster,
    Targets,
    Accounts,
    Pay,
    Hires,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DatesArg {
    Auto,
    Dmy,
    Mdy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NumbersArg {
    Auto,
    Point,
    Comma,
}

impl From<TableFileError> for Failure {
    fn from(error: TableFileError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Plan(_) => Self::Plan(error.to_string()),
            ImportError::Dates(_) => Self::Usage(format!("{error}: --dates dmy or --dates mdy")),
            ImportError::Numbers(_) => Self::Usage(format!("{error}: --numbers point or --numbers comma")),
            ImportError::Columns(_) => Self::Usage(format!("{error}; --map COLUMN=FIELD says what a column holds")),
            ImportError::Empty | ImportError::NoRows => Self::Usage(error.to_string()),
        }
    }
}

/// Reports what the table would change, and writes the changed plan to `--output` if one is given.
pub(super) fn write(source: &PlanArgs, args: &ImportArgs, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    if let Some(path) = args.output.as_ref().filter(|path| Format::of(path).is_none()) {
        return Err(files::FileError::Ending(path.clone()).into());
    }
    let (mut base, (plan, lost)) = (source.base()?, source.read()?);
    let scenario = source.scenario_index(&base)?;
    // What comes into a scenario leaves the other scenarios as they are.
    let plan = if scenario.is_some() { plan.alone() } else { plan };
    failure::warn(&lost);
    let file = files::read_table(&args.file, args.sheet.as_deref())?;
    failure::warn(file.note.as_slice());
    let wrong = |error: ImportError| match Failure::from(error) {
        Failure::Usage(why) => Failure::Usage(format!("{}: {why}", args.file.display())),
        in_the_plan @ Failure::Plan(_) => in_the_plan,
    };
    let table = ImportTable::of(plan.calendar, file.rows).map_err(wrong)?;
    let choices = choices(&plan, &table, args)?;
    let made = import(&plan, &table, &choices).map_err(wrong)?;
    report(&plan, &table, &choices, &made, out)?;
    let rows = |kept: &[crate::edit::import::LeftOut], what: &str| -> Vec<String> {
        kept.iter().map(|row| format!("row {} {what}: {}", row.row, row.reason)).collect()
    };
    for line in rows(&made.left_out, "is left out").iter().chain(&rows(&made.unfit, "does not fit")) {
        failure::say(line);
    }
    let unfit = !made.unfit.is_empty() && !args.skip_unfit;
    let Some(output) = args.output.as_ref().filter(|_| !args.dry_run) else {
        return Ok(ExitCode::from(u8::from(unfit)));
    };
    if unfit {
        let rows = counted(made.unfit.len(), "row does", "rows do");
        let message = format!("{rows} not fit; nothing was written (--skip-unfit takes the others)");
        return Err(Failure::Plan(message));
    }
    take_in(&mut base, scenario, &made, args, (output, source.secret()))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the plan, or its scenario, with what came in; the change log has it.
fn take_in(
    base: &mut Plan,
    scenario: Option<usize>,
    made: &Import,
    args: &ImportArgs,
    (output, secret): (&Path, &PassphraseArgs),
) -> Result<(), Failure> {
    let mut log = ChangeLog::open(base);
    let name = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut label = made.label(args.kind.of(), &name);
    let edits = match scenario {
        None => made.edits.clone(),
        Some(index) => {
            if let Some(scenario) = base.scenarios.get(index) {
                label = format!("{}: {label}", scenario.name);
            }
            manage::append(base, index, &made.edits)?
        }
    };
    let after = apply_all(base, &edits)?;
    if after != *base {
        log.add(chrono::Local::now().trunc_subsecs(0).fixed_offset(), label, edits);
    }
    secret.write(output, &log.keep(&after))?;
    failure::say(&format!("wrote the plan with {} to {}", counted(made.rows, "row", "rows"), output.display()));
    Ok(())
}

impl KindArg {
    const fn of(self) -> ImportKind {
        match self {
            Self::Roster => ImportKind::Roster,
            Self::Targets => ImportKind::Targets,
            Self::Accounts => ImportKind::Accounts,
            Self::Pay => ImportKind::Pay,
            Self::Hires => ImportKind::Hires,
        }
    }
}

/// How the table is read: what the options say, and else what its headings do.
fn choices(plan: &Plan, table: &ImportTable, args: &ImportArgs) -> Result<Choices, Failure> {
    let kind = args.kind.of();
    let mut matched = columns(kind, &table.headings, plan.calendar, &KeptColumns::default());
    for one in &args.map {
        let wrong = |why: String| Failure::Usage(format!("--map {one}: {why}"));
        let (heading, field) = one.rsplit_once('=').ok_or_else(|| wrong("write it as COLUMN=FIELD".to_owned()))?;
        let field = match field.trim() {
            "" => None,
            name => Some(ImportField::named(kind, plan.calendar, name).ok_or_else(|| {
                let known = ImportField::of(kind, plan.calendar).into_iter().map(|f| shown(f, plan));
                wrong(format!("there is no field \"{name}\"; the fields are {}", known.collect::<Vec<_>>().join(", ")))
            })?),
        };
        let at = table.headings.iter().position(|h| h.trim().eq_ignore_ascii_case(heading.trim()));
        let at = at.ok_or_else(|| {
            wrong(format!("there is no column \"{}\"; the columns are {}", heading.trim(), table.headings.join(", ")))
        })?;
        // What is said takes the field from what was only found.
        let places = matched.iter_mut().enumerate();
        places.filter(|(i, m)| *i == at || (field.is_some() && **m == field)).for_each(|(_, m)| *m = None);
        if let Some(place) = matched.get_mut(at) {
            *place = field;
        }
    }
    let dates = match args.dates {
        DatesArg::Auto => None,
        DatesArg::Dmy => Some(DateOrder::DayFirst),
        DatesArg::Mdy => Some(DateOrder::MonthFirst),
    };
    let numbers = match args.numbers {
        NumbersArg::Auto => None,
        NumbersArg::Point => Some(DecimalSign::Point),
        NumbersArg::Comma => Some(DecimalSign::Comma),
    };
    let replace = args.replace || (kind.replaces() && !args.merge);
    Ok(Choices { kind, columns: matched, dates, numbers, replace })
}

/// A field's name as one writes it behind `--map`.
fn shown(field: ImportField, plan: &Plan) -> String {
    match field {
        ImportField::In(_) => field.name(plan.calendar),
        other => other.name(plan.calendar).to_lowercase(),
    }
}

fn report(
    plan: &Plan,
    table: &ImportTable,
    choices: &Choices,
    made: &Import,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let matched = table.headings.iter().zip(&choices.columns).map(|(heading, field)| {
        let field = field.map_or_else(|| table::NONE.to_owned(), |field| shown(field, plan));
        vec![heading.clone(), field]
    });
    writeln!(out, "{}", table::table(["Column", "Holds"].map(str::to_owned).to_vec(), matched.collect()))?;
    writeln!(out)?;
    for note in &made.notes {
        writeln!(out, "{note}")?;
    }
    let whole = if choices.replace { "what they do not name is taken out" } else { "what they do not name stays" };
    writeln!(
        out,
        "{} taken, {} left out, {} not fitting; {whole}",
        counted(made.rows, "row", "rows"),
        made.left_out.len(),
        made.unfit.len()
    )?;
    if made.edits.is_empty() {
        writeln!(out, "nothing changes")?;
        return Ok(());
    }
    let figure = |value: Option<Exact>| match value {
        None => table::NONE.to_owned(),
        // Whole amounts and people need no cents.
        Some(value) => value.grouped(if value.places() == 0 { 0 } else { 2 }),
    };
    let changed = made
        .lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !line.stays() || (*index == 0 && choices.kind != ImportKind::Pay));
    let lines = changed.map(|(_, line)| vec![line.name.clone(), figure(line.before), figure(line.after)]);
    writeln!(out, "\n{}", table::table(["", "Now", "Then"].map(str::to_owned).to_vec(), lines.collect()))?;
    Ok(())
}
