//! `muster close` and `muster reopen`: the next month of a plan closed with what happened in it, and opened again.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::SubsecRound;
use clap::ValueEnum;

use super::failure::{self, Failure};
use super::import::{DatesArg, NumbersArg, split_option};
use super::import_report::report_rows;
use super::plan_args::PlanArgs;
use super::table;
use crate::edit::import::{
    Choices, CloseRequest, CloseTable, ImportKind, ImportTable, KeptColumns, MonthClose, close, next_month,
};
use crate::edit::{ChangeLog, apply_all, reopen_month};
use crate::files::{self, Format};
use crate::plan::{Left, Plan, PlanEdit};
use crate::units::{Exact, Month, counted};

/// What `--help` of `close` teaches.
pub(super) const HELP: &str = "Examples:\n  \
    muster close plan.ron --people staff.csv --openings seats.csv --bookings crm.csv --costs ledger.xlsx --rates fx.csv -o plan.ron\n  \
    muster close plan.ron --people staff.csv --bookings crm.csv --map 'bookings:Close date=day' --dates mdy\n  \
    muster close plan.ron --people changes.csv --merge --month 2010-12 --nothing costs -o plan.ron\n  \
    muster close plan.ron --bookings late.csv --month 2010-11 -o plan.ron\n\n\
    Closes the month after the last closed one, or every month up to --month, in one step that the change log has. Without -o it only \
    says what would change. The order of the tables does not matter, and the same tables once more change nothing. --month names the \
    month where no table does; that of a closed month states it anew.\n\n\
    What the columns hold is found as in muster import, whose --help lists the kinds. Names that are not the plan's are mapped with \
    --map-value, or once with muster import --mapping. A table of people is everybody in sales at the end of the month; with --merge, \
    who has come and gone since. Whoever was there and is not listed stays, and is named; --gone says why they left.\n\n\
    Before anything is written, everything that does not foot is said: people of unknown regions and roles, people gone without a \
    last day, a list that shrank by more than a tenth, amounts of unknown regions, owners and accounts, regions without the \
    amounts that earlier months have, and what changes of closed months.\n\n\
    Exit codes:\n  0  done\n  1  something does not fit or foot, or the plan would have errors\n  2  the command, or a file, is wrong";

/// What `--help` of `reopen` teaches.
pub(super) const REOPEN_HELP: &str = "Example:\n  muster reopen plan.ron -o plan.ron\n\n\
    The month's bookings, costs and rates go, and are in the change log. People and the states of positions stay.";

/// What a month is closed with.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
pub(super) struct CloseArgs {
    /// People, .csv or .xlsx; may be given several times, as each of the tables
    #[arg(long, value_name = "TABLE")]
    people: Vec<PathBuf>,
    /// Positions and offers
    #[arg(long, value_name = "TABLE")]
    openings: Vec<PathBuf>,
    /// Bookings
    #[arg(long, value_name = "TABLE")]
    bookings: Vec<PathBuf>,
    /// Costs
    #[arg(long, value_name = "TABLE")]
    costs: Vec<PathBuf>,
    /// Exchange rates
    #[arg(long, value_name = "TABLE")]
    rates: Vec<PathBuf>,
    /// The month; by default the one after the last closed one
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<Month>,
    /// A kind of which nothing happened in the month; may be given several times
    #[arg(long, value_enum, value_name = "KIND")]
    nothing: Vec<NothingArg>,
    /// Take 0 for amounts that earlier months have and no table states
    #[arg(long)]
    rest_zero: bool,
    /// Why people left in the month who are not listed any more
    #[arg(long, value_enum, value_name = "REASON")]
    gone: Option<GoneArg>,
    /// The tables of people have who has come and gone since, and not everybody
    #[arg(long)]
    merge: bool,
    /// Take a list of people that has more than a tenth fewer than were there
    #[arg(long)]
    accept_shrunk: bool,
    /// Take later starts of people who were there in closed months as corrections, not as returns
    #[arg(long)]
    correct_starts: bool,
    /// Count people who work for another company
    #[arg(long)]
    contingent: bool,
    /// What a column of a kind of table holds, as in muster import; may be given several times
    #[arg(long, value_name = "KIND:COLUMN=FIELD")]
    map: Vec<String>,
    /// What a name in the tables means, as in muster import; may be given several times
    #[arg(long, value_name = "TEXT=ID")]
    map_value: Vec<String>,
    /// Which stands first in days such as 03/04/2010; auto finds it from all days, and asks where it cannot
    #[arg(long, value_enum, default_value_t = DatesArg::Auto)]
    dates: DatesArg,
    /// What stands before decimals: 1,234.5 (point) or 1.234,5 (comma); auto finds it, and asks where it cannot
    #[arg(long, value_enum, default_value_t = NumbersArg::Auto)]
    numbers: NumbersArg,
    /// Take the rest where some rows or columns do not fit
    #[arg(long)]
    skip_unfit: bool,
    /// The plan to write, .ron or .json; what is there is replaced; without it, only what would change is said
    #[arg(short, long, value_name = "NEW")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NothingArg {
    Bookings,
    Costs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GoneArg {
    Voluntary,
    Involuntary,
    Exit,
}

/// Reports what closing the month would change, and writes the changed plan to `--output` if one is given.
pub(super) fn write(source: &PlanArgs, args: &CloseArgs, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let plan = base(source, args.output.as_ref())?;
    let request = args.request(&plan)?;
    let made = close(&plan, &request);
    report(&made, out)?;
    if !made.problems.is_empty() {
        for problem in &made.problems {
            failure::say(problem);
        }
        return Err(Failure::Plan("nothing was written".to_owned()));
    }
    let Some(output) = &args.output else { return Ok(ExitCode::SUCCESS) };
    write_plan(source, &plan, made.label(), &made.edits, output)?;
    failure::say(&format!("wrote the plan to {}", output.display()));
    Ok(ExitCode::SUCCESS)
}

/// Opens the last closed month again.
pub(super) fn reopen(source: &PlanArgs, output: &PathBuf, out: &mut dyn Write) -> Result<(), Failure> {
    let plan = base(source, Some(output))?;
    let edits = reopen_month(&plan)?;
    let through = plan.year.as_deref().map(|year| year.through.to_string()).unwrap_or_default();
    write_plan(source, &plan, format!("Reopened {through}"), &edits, output)?;
    writeln!(out, "{through} is open again; its bookings, costs and rates are in the change log")?;
    failure::say(&format!("wrote the plan to {}", output.display()));
    Ok(())
}

/// The plan itself: what has happened is the same in every scenario.
fn base(source: &PlanArgs, output: Option<&PathBuf>) -> Result<Plan, Failure> {
    if source.scenario.is_some() {
        let why = "what has happened is the same in every scenario; leave --scenario out";
        return Err(Failure::Usage(why.to_owned()));
    }
    if let Some(path) = output.filter(|path| Format::of(path).is_none()) {
        return Err(files::FileError::Ending(path.clone()).into());
    }
    source.base()
}

fn write_plan(source: &PlanArgs, plan: &Plan, label: String, edits: &[PlanEdit], output: &Path) -> Result<(), Failure> {
    let mut base = plan.clone();
    let mut log = ChangeLog::open(&mut base);
    let after = apply_all(&base, edits)?;
    if after != base {
        log.add(chrono::Local::now().trunc_subsecs(0).fixed_offset(), label, edits.to_vec());
    }
    source.secret().write(output, &log.keep(&after))
}

impl CloseArgs {
    fn request(&self, plan: &Plan) -> Result<CloseRequest, Failure> {
        let files = [
            (ImportKind::People, &self.people),
            (ImportKind::Openings, &self.openings),
            (ImportKind::Bookings, &self.bookings),
            (ImportKind::Costs, &self.costs),
            (ImportKind::Rates, &self.rates),
        ];
        let mut tables = Vec::new();
        for (kind, paths) in files {
            for path in paths {
                tables.push(self.table(plan, kind, path)?);
            }
        }
        self.map(plan, &mut tables)?;
        let every =
            || Failure::Plan("every month of the plan is closed; name one with --month to state it anew".to_owned());
        let month = match self.month {
            Some(month) => month,
            None if tables.iter().any(names_months) => next_month(plan).ok_or_else(every)?,
            None => {
                let next = next_month(plan).ok_or_else(every)?;
                let why = format!("no table names the month; say which it is, as in --month {next}");
                return Err(Failure::Usage(why));
            }
        };
        let mut request = CloseRequest::new(month);
        request.tables = tables;
        request.nothing = self.nothing.iter().map(|kind| kind.of()).collect::<BTreeSet<_>>();
        request.gone = self.gone.map(GoneArg::of);
        request.rest_is_zero = self.rest_zero;
        request.skip_unfit = self.skip_unfit;
        Ok(request)
    }

    fn table(&self, plan: &Plan, kind: ImportKind, path: &Path) -> Result<CloseTable, Failure> {
        let file = files::read_table(path, None)?;
        failure::warn(&file.notes);
        let wrong = |error| Failure::Usage(format!("{}: {error}", path.display()));
        let table = Arc::new(ImportTable::of(file.rows).map_err(wrong)?);
        let mut choices = Choices::found(plan, &table, kind, &KeptColumns::default());
        choices.dates = self.dates.of();
        choices.numbers = self.numbers.of();
        choices.contingent = self.contingent;
        choices.shrunk = self.accept_shrunk;
        choices.later_starts = self.correct_starts;
        choices.replace = choices.kind.replaces() && !self.merge;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(CloseTable { name, table, choices })
    }

    /// What columns and names mean, by the options.
    fn map(&self, plan: &Plan, tables: &mut [CloseTable]) -> Result<(), Failure> {
        for one in &self.map {
            let (kind, rest) = one.split_once(':').unwrap_or_default();
            let (heading, field) = split_option("--map", rest, "KIND:COLUMN=FIELD")?;
            let mut any = false;
            for CloseTable { table, choices, .. } in tables.iter_mut().filter(|table| table.choices.kind.word() == kind)
            {
                let taken = choices.map_column(plan, table, heading, field);
                taken.map_err(|why| Failure::Usage(format!("--map {one}: {why}")))?;
                any = true;
            }
            if !any {
                let kinds: Vec<&str> = ImportKind::OF_A_MONTH.iter().map(|kind| kind.word()).collect();
                let why = format!(
                    "--map {one}: no such table; write it as KIND:COLUMN=FIELD, KIND one of {}",
                    kinds.join(", ")
                );
                return Err(Failure::Usage(why));
            }
        }
        for one in &self.map_value {
            let (text, means) = split_option("--map-value", one, "TEXT=ID")?;
            let taken = tables
                .iter_mut()
                .map(|CloseTable { table, choices, .. }| choices.map_value(plan, table, text, means, ""));
            let taken: Vec<Result<(), String>> = taken.collect();
            if let Some(Err(why)) = taken.first().filter(|_| taken.iter().all(Result::is_err)) {
                return Err(Failure::Usage(format!("--map-value {one}: {why}")));
            }
        }
        Ok(())
    }
}

/// Whether a table says of which months it is.
fn names_months(table: &CloseTable) -> bool {
    use crate::edit::import::ImportField::{Day, InMonth, Month};
    let is_month = |used: &crate::edit::import::ColumnUse| matches!(used.field(), Some(Day | Month | InMonth(_)));
    table.choices.columns.iter().any(is_month)
}

impl NothingArg {
    const fn of(self) -> ImportKind {
        match self {
            Self::Bookings => ImportKind::Bookings,
            Self::Costs => ImportKind::Costs,
        }
    }
}

impl GoneArg {
    const fn of(self) -> Left {
        match self {
            Self::Voluntary => Left::Voluntary,
            Self::Involuntary => Left::Involuntary,
            Self::Exit => Left::Exit,
        }
    }
}

/// Says what came of each table, what does not foot, and what is stated anew.
fn report(made: &MonthClose, out: &mut dyn Write) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for closed in &made.tables {
        let none = || table::NONE.to_owned();
        let counts = match &closed.result {
            Err(_) => [none(), none(), none()],
            Ok(import) => [import.totals.taken, import.left_out.len(), import.unfit.len()].map(|n| n.to_string()),
        };
        rows.push([closed.name.clone(), closed.kind.title().to_owned()].into_iter().chain(counts).collect());
    }
    if !rows.is_empty() {
        let heads = ["Table", "Kind", "Rows taken", "Left out", "Not fitting"].map(str::to_owned).to_vec();
        writeln!(out, "{}", table::table(heads, rows))?;
    }
    for (name, import) in made.tables.iter().filter_map(|closed| Some((&closed.name, closed.result.as_ref().ok()?))) {
        for sentence in import.notes.iter().cloned().chain(import.unused_sentences()) {
            writeln!(out, "{name}: {sentence}")?;
        }
        for unknown in &import.unknown {
            let may =
                if unknown.proposals.is_empty() { "no proposal".to_owned() } else { unknown.proposals.join(", ") };
            writeln!(out, "{name}: unknown {} \"{}\" (may mean: {may})", unknown.what.word(), unknown.text)?;
        }
        report_rows(import, &format!("{name}: "));
    }
    for remark in &made.remarks {
        writeln!(out, "Note: {remark}")?;
    }
    restated(made, out)?;
    if made.problems.is_empty() {
        summary(made, out)?;
    }
    Ok(())
}

fn restated(made: &MonthClose, out: &mut dyn Write) -> Result<(), Failure> {
    if made.restated.is_empty() {
        return Ok(());
    }
    let figure =
        |value: Option<Exact>| value.map_or_else(|| table::NONE.to_owned(), |value| value.grouped(value.places()));
    let rows = made.restated.iter().map(|change| {
        let (kind, month) = (change.kind.title().to_owned(), change.month.to_string());
        vec![month, kind, change.name.clone(), figure(change.was), figure(change.is)]
    });
    let heads = ["Restated", "", "", "Was", "Is"].map(str::to_owned).to_vec();
    writeln!(out, "\n{}", table::table(heads, rows.collect()))?;
    Ok(())
}

fn summary(made: &MonthClose, out: &mut dyn Write) -> Result<(), Failure> {
    let what = match made.closes.as_slice() {
        [] if made.edits.is_empty() => "nothing changes: the plan states the same already".to_owned(),
        [] => "no month is closed by this; closed ones are stated anew".to_owned(),
        closes => {
            let months: Vec<String> = closes.iter().map(ToString::to_string).collect();
            format!("closes {}", months.join(", "))
        }
    };
    let counts = made.people;
    let people = |n: usize| counted(n, "person", "people");
    let saw = format!(
        "{}: {} joined, {} moved, {} left, {} there at its end",
        made.month,
        people(counts.joined),
        counts.moved,
        counts.left,
        counts.there
    );
    writeln!(out, "{what}\n{saw}")?;
    Ok(())
}
