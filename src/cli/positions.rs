//! `muster positions`: what HR hires, in the layout of a system, as a file or on standard output.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use chrono::SubsecRound;

use super::failure::{self, Failure};
use super::format::TableFormat;
use super::plan_args::PlanArgs;
use super::{seat_changes, table};
use crate::analysis::{Count, Progress, changes_in_words, issue, issue_label};
use crate::edit::{ChangeLog, apply_all};
use crate::engine::{self, Outcome, Position, Reason, SeatChange, positions};
use crate::files::{self, Choice, Layout, PositionTable, PositionsError, PositionsForm, RowUnit, Stamp};
use crate::plan::Plan;
use crate::units::{Period, counted};

/// Which positions, and how they are written.
#[derive(Debug, clap::Args)]
pub(super) struct PositionsArgs {
    /// A built-in layout (see --list-layouts), or a company's own as a .ron file [default: neutral]
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<String>,
    #[command(flatten)]
    issue: IssueArgs,
    /// The file to write, .csv, .xlsx or .ics (a calendar of opening and start dates); - or none is CSV on standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One requisition a row with its openings, whatever the layout says
    #[arg(long, conflicts_with = "seats")]
    group: bool,
    /// One seat a row, whatever the layout says
    #[arg(long)]
    seats: bool,
    /// Leave out the columns that tell pay, and the currency
    #[arg(long)]
    without_pay: bool,
    /// Only these columns, by their headings, in this order
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// Only this region's id, or area:NAME; may be given several times
    #[arg(long, value_name = "R")]
    region: Vec<String>,
    /// Only this role's id; may be given several times
    #[arg(long, value_name = "R")]
    role: Vec<String>,
    /// Only positions of these reasons; without it all but forecast backfills
    #[arg(long, value_parser = reason(), value_delimiter = ',', value_name = "R,…")]
    reason: Vec<Reason>,
    /// Only this quarter ("FY11 Q1"); may be given several times
    #[arg(long, value_name = "Q")]
    quarter: Vec<String>,
    /// Begin CSV with a byte order mark, by which Excel knows UTF-8; =false for none
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    bom: Option<bool>,
}

/// What has changed since seats were last issued, and whether they are issued now.
#[derive(Debug, clap::Args)]
struct IssueArgs {
    /// Only seats that are new, moved or withdrawn since seats were last issued; with --layout or --output in a layout that can say so
    #[arg(long, conflicts_with_all = ["group", "reason"])]
    changes: bool,
    /// How to list the changes [default: text]
    #[arg(long, value_enum, requires = "changes", conflicts_with_all = ["layout", "output"])]
    format: Option<TableFormat>,
    /// Keep in the plan that these growth seats are issued, so that they hold their ids from now on
    #[arg(long)]
    issue: bool,
}

impl PositionsArgs {
    /// An option that says how a table is written, if there is one.
    fn option_of_tables(&self) -> Option<&'static str> {
        let options = [
            (self.columns.is_some(), "--columns"),
            (self.without_pay, "--without-pay"),
            (self.bom.is_some(), "--bom"),
            (self.seats, "--seats"),
        ];
        options.into_iter().find(|(is_given, _)| *is_given).map(|(_, option)| option)
    }

    /// Whether only some of the plan's growth seats are chosen.
    fn chooses_seats(&self) -> bool {
        let no_growth = !self.reason.is_empty() && !self.reason.contains(&Reason::Growth);
        no_growth || !(self.region.is_empty() && self.role.is_empty() && self.quarter.is_empty())
    }
}

fn reason() -> impl TypedValueParser<Value = Reason> {
    PossibleValuesParser::new(Reason::ALL.map(Reason::name))
        .try_map(|name| Reason::by_name(&name).ok_or("no such reason"))
}

impl From<PositionsError> for Failure {
    fn from(error: PositionsError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Writes the layouts that are built in, with what each is for.
pub(super) fn list(out: &mut dyn Write) -> Result<(), Failure> {
    let layouts = Layout::built_in()?;
    let rows = layouts.iter().map(|l| vec![l.name.clone(), l.title.clone(), l.columns.len().to_string()]);
    let header = ["Layout", "For", "Columns"].map(str::to_owned).to_vec();
    writeln!(out, "{}", table::table(header, rows.collect()))?;
    for layout in &layouts {
        writeln!(out, "\n{}: {}", layout.name, layout.note)?;
        for source in &layout.sources {
            writeln!(out, "  source: {source}")?;
        }
    }
    Ok(())
}

/// Writes the chosen positions.
pub(super) fn write(source: &PlanArgs, args: &PositionsArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.output.as_deref().filter(|file| *file != Path::new("-"));
    let form = file.map_or(Ok(PositionsForm::Csv), PositionsForm::of)?;
    // Without a file and a layout, changes are a list of their own.
    let is_list = args.issue.changes && args.output.is_none() && args.layout.is_none();
    if let Some(option) = args.option_of_tables().filter(|_| is_list) {
        return Err(Failure::Usage(format!("{option} is for tables; with --changes it needs --layout or --output")));
    }
    let layout = layout(args.layout.as_deref().unwrap_or("neutral"))?;
    let (scenario, record) = source.version_names();
    let base = if args.issue.issue { Some(base_to_issue(source, &record)?) } else { None };
    let outcome = match &base {
        Some(base) => Outcome::of(Arc::new(base.clone()))?,
        None => source.outcome()?,
    };
    let all = positions(&outcome).map_err(|error| Failure::Plan(error.to_string()))?;
    let all_changes =
        if args.issue.changes || args.issue.issue { engine::seat_changes(&outcome, &all) } else { Vec::new() };
    let changes = wanted(&outcome, &all_changes, args)?;
    let count = if args.chooses_seats() { Count::Chosen } else { Count::All };
    if is_list {
        seat_changes::write(outcome.plan(), (&changes, count), args.issue.format.unwrap_or(TableFormat::Text), out)?;
        return base.map_or(Ok(()), |base| issue_seats(source, base, &changes, count));
    }
    let seats = if args.issue.changes { changes.clone() } else { wanted(&outcome, &all, args)? };
    let rows = match (args.group, args.seats) {
        (true, _) => Some(RowUnit::Requisitions),
        (_, true) => Some(RowUnit::Seats),
        // A calendar with an event a seat hides the days behind the crowd.
        _ if form == PositionsForm::Ics => Some(RowUnit::Requisitions),
        _ => None,
    };
    let choice = Choice {
        rows,
        without_pay: args.without_pay,
        columns: args.columns.clone(),
        bom: args.bom,
        changes: args.issue.changes,
    };
    let made =
        PositionTable::of(&outcome, &seats, &layout, &choice, &Stamp { scenario, record }, &Progress::default())?;
    // A calendar has no columns that could be empty.
    let missing = match form {
        PositionsForm::Ics => made.movements_in_words(&layout).into_iter().collect(),
        _ => made.missing_in_words(&layout),
    };
    failure::warn(&missing);
    let bytes = made.bytes(form)?;
    match file {
        None => out.write_all(&bytes)?,
        Some(file) => {
            failure::noted(file, &files::write_bytes(file, &bytes)?);
            failure::say(&format!("wrote {} to {}", made.in_words(), file.display()));
        }
    }
    // A table of the plan's seats does not say which are withdrawn: they wait for a table of changes.
    let is_told = |seat: &&&Position| args.issue.changes || seat.change() != Some(SeatChange::Withdrawn);
    let told: Vec<&Position> = changes.iter().filter(is_told).copied().collect();
    let Some(base) = base else { return Ok(()) };
    let untold = changes.len() - told.len();
    if untold > 0 {
        let seats = counted(untold, "withdrawn seat stays", "withdrawn seats stay");
        failure::say(&format!("{seats} issued until the changes are written with --changes"));
    }
    issue_seats(source, base, &told, count)
}

/// The base plan, whose seats can be issued.
fn base_to_issue(source: &PlanArgs, record: &str) -> Result<Plan, Failure> {
    let base = source.base()?;
    if !record.is_empty() || source.scenario_index(&base)?.is_some() {
        return Err(Failure::Usage("seats are issued from the base plan; leave --scenario out".to_owned()));
    }
    Ok(base)
}

/// Issues the changed seats of growth hires today and writes the plan.
fn issue_seats(source: &PlanArgs, mut base: Plan, changes: &[&Position], count: Count) -> Result<(), Failure> {
    if changes.is_empty() {
        failure::say(&format!("no seat to issue: {}", changes_in_words(changes, count)));
        return Ok(());
    }
    let mut log = ChangeLog::open(&mut base);
    let now = chrono::Local::now();
    let edits = issue(&base, changes, now.date_naive());
    let plan = apply_all(&base, &edits)?;
    // What cannot be read again is not written.
    Outcome::of(Arc::new(plan.clone()))?;
    let label = issue_label(changes);
    log.add(now.trunc_subsecs(0).fixed_offset(), label.clone(), edits);
    if let Err(error) = source.write(&log.keep(&plan)) {
        failure::say("the seats are not issued; run the command again once the plan can be written");
        return Err(error);
    }
    failure::say(&format!("{label}: wrote the plan"));
    Ok(())
}

/// A layout by its name, or out of a file.
fn layout(name: &str) -> Result<Layout, Failure> {
    let mut known = Layout::built_in()?;
    if let Some(at) = known.iter().position(|l| l.name == name) {
        return Ok(known.swap_remove(at));
    }
    let path = Path::new(name);
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ron")) {
        // A layout is no plan: whatever is wrong with it, the command is what has to change.
        return Layout::read(path).map_err(|error| Failure::Usage(error.to_string()));
    }
    let names: Vec<&str> = known.iter().map(|l| l.name.as_str()).collect();
    Err(Failure::Usage(format!("there is no layout \"{name}\"; there are {}, or name a .ron file", names.join(", "))))
}

/// The positions that the options choose, in the order of the plan.
fn wanted<'p>(outcome: &Outcome, all: &'p [Position], args: &PositionsArgs) -> Result<Vec<&'p Position>, Failure> {
    let plan = outcome.plan();
    let mut regions = Vec::new();
    for name in &args.region {
        let found: Vec<usize> = match name.strip_prefix("area:") {
            Some(area) => (0..).zip(&plan.regions).filter(|(_, r)| r.area == area).map(|(index, _)| index).collect(),
            None => plan.region_index(name).into_iter().collect(),
        };
        if found.is_empty() {
            let ids = plan.regions.iter().map(|r| r.id.as_str());
            return Err(unknown(
                "region",
                name,
                ids.map(str::to_owned).chain(plan.areas().iter().map(|a| format!("area:{a}"))),
            ));
        }
        regions.extend(found);
    }
    let mut roles = Vec::new();
    for name in &args.role {
        let found = plan.role_index(name);
        roles.push(found.ok_or_else(|| unknown("role", name, plan.roles.iter().map(|r| r.id.to_string())))?);
    }
    let mut quarters = Vec::new();
    for name in &args.quarter {
        let Ok(Period::Quarter(quarter)) = plan.calendar.period(name) else {
            let names = (0..plan.calendar.quarters).map(|q| plan.calendar.name(Period::Quarter(q)));
            return Err(unknown("quarter", name, names));
        };
        quarters.push(quarter);
    }
    let passes = |list: &[usize], index: usize| list.is_empty() || list.contains(&index);
    let all = all.iter().filter(|p| {
        passes(&regions, p.region)
            && passes(&roles, p.role)
            && passes(&quarters, p.quarter)
            && if args.reason.is_empty() { p.reason.is_written_by_default() } else { args.reason.contains(&p.reason) }
    });
    Ok(all.collect())
}

fn unknown(what: &str, name: &str, known: impl Iterator<Item = String>) -> Failure {
    let known: Vec<String> = known.collect();
    Failure::Usage(format!("the plan has no {what} \"{name}\"; it has {}", known.join(", ")))
}
