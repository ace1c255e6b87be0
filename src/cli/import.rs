//! `muster import`: a table of others taken into a plan, or what that would change.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::SubsecRound;
use clap::ValueEnum;

use super::failure::{self, Failure};
use super::import_report::{report, report_rows};
use super::passphrase::PassphraseArgs;
use super::plan_args::PlanArgs;
use crate::edit::import::{
    Choices, DateOrder, DecimalSign, Import, ImportCell, ImportError, ImportKind, ImportTable, KeptColumns,
    QuarterNames, RowFilter, Scale, import, mapping_rows,
};
use crate::edit::{ChangeLog, apply_all, manage};
use crate::files::{self, CsvField, Format, TableFileError};
use crate::plan::{Plan, PlanEdit};
use crate::units::counted;

/// What `--help` teaches.
pub(super) const HELP: &str = "Examples:\n  \
    muster import plan.ron staff.csv --kind roster\n  \
    muster import plan.ron staff.xlsx --kind roster --sheet 'July' --dates dmy -o new.ron\n  \
    muster import plan.ron staff.csv --kind roster --write-mapping names.csv\n  \
    muster import plan.ron staff.csv --kind roster --mapping names.csv -o new.ron\n  \
    muster import plan.ron staff.csv --kind roster --map-value 'Sr. Account Executive=account-executive' -o new.ron\n  \
    muster import plan.ron targets.csv --kind targets --map 'Sales org=region' --numbers comma -o new.ron\n  \
    muster import plan.ron hires.csv --kind hires --scenario 'Lean 300' --replace -o new.ron\n\n\
    Kinds, and what their columns hold:\n  \
    roster    region, role, start (or tenure in months); employee, heads, first start, rehire, leaving, status, worker \
    type, FTE if there are any\n  \
    targets   region, quarter (or month), target; or region and one column a quarter or month\n  \
    accounts  region, accounts\n  \
    pay       region, role, base, variable (annual, the region's currency) or variable share; currency if there is one\n  \
    hires     region, role, quarter (or month), hires; or region, role and one column a quarter or month\n  \
    people    employee, region, role, start; first start, rehire, effective (the day from which region and role hold), leaving, gone \
    from (the day after the last), reason, status, worker type, position, away from and until, paid absence if there are any\n  \
    openings  position or requisition; opening status, expected start, version, note if there are any\n  \
    bookings  region or owner, month or day, amount; deal, split and stage if there are any; or region and one column a month\n  \
    costs     region, cost line or account, month or day, amount; or one column a month\n  \
    rates     currency, month, rate (plan currency for one unit); or currency and one column a month\n\n\
    The last five say what has happened: they change what closed months state, and rows of open months stay out. muster close \
    takes them in for a month that is closed. A list of people is everybody, who has come and gone since with --merge; who is \
    absent from it stays in the plan, and is named.\n\n\
    A roster becomes the baseline: people by region, role and whole months of tenure in the plan's first month. People employed \
    in that month count. People who left earlier, start later or work for another company are listed with the reason.\n\n\
    Headings as HR systems and people write them, in many languages, are known; --map says otherwise: --map 'Org=region', \
    --map 'Notes=' for none, --map '#D=FY11 Q2' by the letter of a column. Regions and roles go by id or name, roles also by \
    job code, whatever the case, the spaces and the accents.\n\n\
    Names that are not the plan's are listed, each once, with what they may mean. --map-value 'TEXT=ID' says what one means, \
    'TEXT=' leaves it out, 'TEXT=+ID' makes a new region or role like that one (in a mapping file \
    \"new like ID\"); 'role:TEXT=ID' where a text stands in several \
    columns. --write-mapping writes them into a file, to be filled in and read with --mapping. What they mean is kept with the plan \
    that is written.\n\n\
    What is inferred (which of day and month stands first, what stands before decimals, thousands, the year of two digits, whose \
    quarters) is said with a sample, and an option turns it.\n\n\
    A roster replaces the whole baseline; of the other kinds only what the rows name changes. --replace takes out what \
    they do not name, --merge leaves it: with a roster, the people of regions and roles that it does not name.\n\n\
    Rows that do not fit, and columns that belong to the table and are not understood, are listed on standard error. Then nothing \
    is written, and the exit code is 1, unless --skip-unfit says that they may stay out.\n\n\
    Exit codes:\n  0  done\n  1  rows or columns do not fit, or the plan would have errors\n  2  the command, or a file, is wrong";

/// What is taken in, and how it is read.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
pub(super) struct ImportArgs {
    /// The table, .csv or .xlsx
    file: PathBuf,
    /// The kind of the table
    #[arg(long, value_enum)]
    kind: KindArg,
    /// What a column holds, by its heading or as #LETTER; leave the part after = empty to leave it out; may be given several times
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// What a name in the table means; leave the part after = empty to leave it out; may be given several times
    #[arg(long, value_name = "TEXT=ID")]
    map_value: Vec<String>,
    /// A mapping file: what columns and names mean, as --write-mapping writes it
    #[arg(long, value_name = "FILE.csv")]
    mapping: Option<PathBuf>,
    /// Write what columns and names mean, and which names are unknown, into a file to be filled in
    #[arg(long, value_name = "FILE.csv")]
    write_mapping: Option<PathBuf>,
    /// Which stands first in days such as 03/04/2010; auto finds it from all days, and asks where it cannot
    #[arg(long, value_enum, default_value_t = DatesArg::Auto)]
    dates: DatesArg,
    /// Last year for years of two digits; by default twenty years after the plan begins
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1950..=2199))]
    years_to: Option<i32>,
    /// What stands before decimals: 1,234.5 (point) or 1.234,5 (comma); auto finds it, and asks where it cannot
    #[arg(long, value_enum, default_value_t = NumbersArg::Auto)]
    numbers: NumbersArg,
    /// What amounts of money are counted in; auto takes what the headings say
    #[arg(long, value_enum, default_value_t = AmountsArg::Auto)]
    amounts: AmountsArg,
    /// Whose quarters such as "Q1 2011" are; auto finds it from all of them
    #[arg(long, value_enum, default_value_t = QuartersArg::Auto)]
    quarters: QuartersArg,
    /// The sheet of a workbook; the one whose headings say most if none is named
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Leave out rows that the sheet hides
    #[arg(long)]
    skip_hidden: bool,
    /// Count people who work for another company
    #[arg(long)]
    contingent: bool,
    /// Take only rows with one of these texts in a column; may be given several times
    #[arg(long, value_name = "COLUMN=TEXT|TEXT")]
    only: Vec<String>,
    /// Leave out rows with one of these texts in a column; may be given several times
    #[arg(long, value_name = "COLUMN=TEXT|TEXT")]
    except: Vec<String>,
    /// Take out what the rows do not name, as if the table were everything of its kind
    #[arg(long, conflicts_with = "merge")]
    replace: bool,
    /// Leave as it is what the rows do not name
    #[arg(long)]
    merge: bool,
    /// Take a list of people that has more than a tenth fewer than were there
    #[arg(long)]
    accept_shrunk: bool,
    /// Take later starts of people who were there in closed months as corrections, not as returns
    #[arg(long)]
    correct_starts: bool,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
    /// Take the rest where some rows or columns do not fit
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
    People,
    Openings,
    Bookings,
    Costs,
    Rates,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DatesArg {
    Auto,
    Dmy,
    Mdy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NumbersArg {
    Auto,
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AmountsArg {
    Auto,
    Units,
    Thousands,
    Millions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum QuartersArg {
    Auto,
    Fiscal,
    Calendar,
}

impl DatesArg {
    /// The chosen order; `None` to find it.
    pub(super) const fn of(self) -> Option<DateOrder> {
        match self {
            Self::Auto => None,
            Self::Dmy => Some(DateOrder::DayFirst),
            Self::Mdy => Some(DateOrder::MonthFirst),
        }
    }
}

impl NumbersArg {
    /// The chosen sign; `None` to find it.
    pub(super) const fn of(self) -> Option<DecimalSign> {
        match self {
            Self::Auto => None,
            Self::Point => Some(DecimalSign::Point),
            Self::Comma => Some(DecimalSign::Comma),
        }
    }
}

impl QuartersArg {
    /// The chosen year; `None` to find it.
    pub(super) const fn of(self) -> Option<QuarterNames> {
        match self {
            Self::Auto => None,
            Self::Fiscal => Some(QuarterNames::Fiscal),
            Self::Calendar => Some(QuarterNames::Calendar),
        }
    }
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
            ImportError::NoClosedMonth => Self::Plan(format!("{error}: muster close")),
            ImportError::Shrunk(_) => {
                Self::Plan(format!("{error}: --accept-shrunk, or --merge for who has come and gone"))
            }
            ImportError::Shares(_) | ImportError::Empty | ImportError::NoRows => Self::Usage(error.to_string()),
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
    failure::warn(&file.notes);
    let wrong = |error: ImportError| match Failure::from(error) {
        Failure::Usage(why) => Failure::Usage(format!("{}: {why}", args.file.display())),
        in_the_plan @ Failure::Plan(_) => in_the_plan,
    };
    let table = ImportTable::of(file.rows).map_err(wrong)?;
    let choices = args.choices(&plan, &table)?;
    let made = import(&plan, &table, &choices).map_err(wrong)?;
    report(&plan, &table, &choices, &made, out)?;
    report_rows(&made, "");
    if let Some(path) = &args.write_mapping {
        write_mapping(path, &plan, &table, &choices, &made)?;
    }
    let unfit = !made.is_whole() && !args.skip_unfit;
    let Some(output) = args.output.as_ref().filter(|_| !args.dry_run) else {
        return Ok(ExitCode::from(u8::from(unfit)));
    };
    if unfit {
        let rows = (!made.unfit.is_empty()).then(|| counted(made.unfit.len(), "row does", "rows do"));
        let columns = made.open_columns().count();
        let columns = (columns > 0).then(|| counted(columns, "column does", "columns do"));
        let both: Vec<String> = rows.into_iter().chain(columns).collect();
        let message = format!("{} not fit; nothing was written (--skip-unfit takes the others)", both.join(" and "));
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
    let mut edits: Vec<PlanEdit> = match scenario {
        None => made.edits.clone(),
        Some(index) => {
            if let Some(scenario) = base.scenarios.get(index) {
                label = format!("{}: {label}", scenario.name);
            }
            manage::append(base, index, &made.edits)?
        }
    };
    // What names mean holds for the plan and all its scenarios.
    edits.extend(made.names.clone());
    let after = apply_all(base, &edits)?;
    if after != *base {
        log.add(chrono::Local::now().trunc_subsecs(0).fixed_offset(), label, edits);
    }
    secret.write(output, &log.keep(&after))?;
    let rows = counted(made.totals.taken, "row", "rows");
    failure::say(&format!("wrote the plan with {rows} to {}", output.display()));
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
            Self::People => ImportKind::People,
            Self::Openings => ImportKind::Openings,
            Self::Bookings => ImportKind::Bookings,
            Self::Costs => ImportKind::Costs,
            Self::Rates => ImportKind::Rates,
        }
    }
}

impl ImportArgs {
    /// How the table is read: what the options say, and else what its headings do.
    fn choices(&self, plan: &Plan, table: &ImportTable) -> Result<Choices, Failure> {
        let mut choices = Choices::found(plan, table, self.kind.of(), &KeptColumns::default());
        choices.read_quarters(plan, table, &KeptColumns::default(), self.quarters.of());
        choices.dates = self.dates.of();
        choices.numbers = self.numbers.of();
        choices.scale = match self.amounts {
            AmountsArg::Auto => None,
            AmountsArg::Units => Some(Scale::ONE),
            AmountsArg::Thousands => Some(Scale::THOUSANDS),
            AmountsArg::Millions => Some(Scale::MILLIONS),
        };
        choices.last_year = self.years_to;
        choices.hidden_rows = !self.skip_hidden;
        choices.contingent = self.contingent;
        choices.shrunk = self.accept_shrunk;
        choices.later_starts = self.correct_starts;
        choices.replace = self.replace || (choices.kind.replaces() && !self.merge);
        if let Some(path) = &self.mapping {
            let rows = files::read_table(path, None)?.rows;
            let taken = choices.take_mapping(plan, table, &rows);
            taken.map_err(|why| Failure::Usage(format!("{}: {why}", path.display())))?;
        }
        for one in &self.map {
            let (heading, field) = split_option("--map", one, "COLUMN=FIELD")?;
            let taken = choices.map_column(plan, table, heading, field);
            taken.map_err(|why| Failure::Usage(format!("--map {one}: {why}")))?;
        }
        for one in &self.map_value {
            let (text, means) = split_option("--map-value", one, "TEXT=ID")?;
            let taken = choices.map_value(plan, table, text, means, "");
            taken.map_err(|why| Failure::Usage(format!("--map-value {one}: {why}")))?;
        }
        for (option, filters, keeps) in [("--only", &self.only, true), ("--except", &self.except, false)] {
            for one in filters {
                let (heading, texts) = split_option(option, one, "COLUMN=TEXT|TEXT")?;
                let column = table.column(heading).map_err(|why| Failure::Usage(format!("{option} {one}: {why}")))?;
                let texts: BTreeSet<String> = texts.split('|').map(|text| text.trim().to_owned()).collect();
                check_texts(table, column, &texts).map_err(|why| Failure::Usage(format!("{option} {one}: {why}")))?;
                choices.filters.push(RowFilter { column, texts, keeps });
            }
        }
        Ok(choices)
    }
}

/// Refuses a filter with a text that the column does not have.
fn check_texts(table: &ImportTable, column: usize, texts: &BTreeSet<String>) -> Result<(), String> {
    let there: BTreeSet<String> =
        table.rows.iter().filter_map(|row| row.cells.get(column)).map(ImportCell::shown).collect();
    let missing = texts.iter().find(|text| !there.iter().any(|other| other.eq_ignore_ascii_case(text)));
    missing.map_or(Ok(()), |text| {
        let some: Vec<&str> = there.iter().filter(|t| !t.is_empty()).take(10).map(String::as_str).collect();
        Err(format!("no row has \"{text}\" there; the column has {}", some.join(", ")))
    })
}

/// The text before and after the last `=`.
pub(super) fn split_option<'a>(option: &str, text: &'a str, form: &str) -> Result<(&'a str, &'a str), Failure> {
    text.rsplit_once('=').ok_or_else(|| Failure::Usage(format!("{option} {text}: write it as {form}")))
}

fn write_mapping(
    path: &Path,
    plan: &Plan,
    table: &ImportTable,
    choices: &Choices,
    made: &Import,
) -> Result<(), Failure> {
    let rows = mapping_rows(plan, table, choices, made);
    let fields = rows.iter().map(|row| row.iter().map(|cell| CsvField::Text(cell.as_str().into())));
    let text = files::csv_text(fields);
    failure::noted(path, &files::write_bytes(path, text.as_bytes())?);
    let unknown = counted(made.unknown.len(), "unknown name", "unknown names");
    failure::say(&format!("wrote the mapping with {unknown} to {}; fill in \"means\"", path.display()));
    Ok(())
}
