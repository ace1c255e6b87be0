//! The commands and their options, and what runs each.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};

use super::failure::{self, Failure};
use super::{check, evaluate, explain, report};
use crate::edit;
use crate::engine::Outcome;
use crate::files::{self, FileError, Template};
use crate::plan::Plan;

const EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  the plan has errors\n  2  the command, or a file, is wrong";

#[derive(Debug, Parser)]
#[command(
    name = "muster",
    version,
    about = "Plan a large sales hire: who, where, when, what it covers and what it costs",
    long_about = "Plan a large sales hire: who, where, when, what it covers and what it costs.\n\n\
        Without a command, Muster opens its window with PLAN, or with the plan it showed last. Every other command \
        reads a plan (.ron or .json) and writes its result to standard output.",
    after_help = "First steps:\n  muster new plan.ron        a plan to start from\n  muster plan.ron            \
        open it in the window\n  muster report plan.ron     see it without a window",
    args_conflicts_with_subcommands = true
)]
struct Args {
    /// The plan to open in the window, .ron or .json
    plan: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Headline figures, and coverage and cost by region and quarter, as tables
    #[command(after_help = EXIT_CODES)]
    Report {
        #[command(flatten)]
        source: Source,
    },
    /// Every figure of a plan, one a row: region, role, period, measure, value
    #[command(after_help = EXIT_CODES)]
    Evaluate {
        #[command(flatten)]
        source: Source,
        /// How to write the rows
        #[arg(long, value_enum, default_value_t = Rows::Csv)]
        format: Rows,
    },
    /// What is wrong with a plan, and what to look at
    #[command(after_help = EXIT_CODES)]
    Check {
        #[command(flatten)]
        source: Source,
        /// How to write the findings
        #[arg(long, value_enum, default_value_t = Lines::Text)]
        format: Lines,
    },
    /// Where a figure comes from, as a tree down to the fields of the plan
    #[command(after_help = "Examples:\n  \
        muster explain plan.ron --measure capacity_coverage --region us-federal --period 'FY11 Q2'\n  \
        muster explain plan.ron --measure base_pay --region uk --role ae --period 2010-09 --depth 3\n  \
        muster explain plan.ron --measure total_cost --period FY11\n\n\
        --region area:NAME asks for an area, no --region for the whole plan.")]
    Explain {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        figure: explain::Wanted,
    },
    /// Turn a plan from RON into JSON or back, by the endings of the names
    #[command(after_help = "Nothing is lost: converting back gives the same plan.\n\nExample:\n  \
        muster convert plan.ron plan.json")]
    Convert {
        /// The plan to read
        #[arg(value_name = "IN")]
        input: PathBuf,
        /// The plan to write; what is there is replaced
        #[arg(value_name = "OUT")]
        output: PathBuf,
    },
    /// Write a new plan to start from
    New {
        /// The file to write, .ron or .json; it must not exist yet
        file: PathBuf,
        /// Which bundled plan to start from
        #[arg(long, value_name = "NAME", default_value = Template::ALL[0].name, value_parser = template_names())]
        template: String,
    },
}

fn template_names() -> clap::builder::PossibleValuesParser {
    Template::ALL.map(|t| clap::builder::PossibleValue::new(t.name).help(t.about)).into()
}

#[derive(Debug, clap::Args)]
struct Source {
    /// The plan, .ron or .json
    plan: PathBuf,
    /// Apply this scenario of the plan first
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
}

impl Source {
    /// The plan as it is asked for, and every edit of its scenario that does not fit, in a sentence each.
    fn read(&self) -> Result<(Plan, Vec<String>), Failure> {
        let plan = files::read(&self.plan)?;
        match &self.scenario {
            Some(name) => {
                let made = edit::scenario(&plan, name)?;
                let lost = made.lost.iter().map(|lost| failure::lost(name, lost)).collect();
                Ok((made.plan, lost))
            }
            None => Ok((plan, Vec::new())),
        }
    }

    fn plan(&self) -> Result<Plan, Failure> {
        let (plan, lost) = self.read()?;
        failure::warn(&lost);
        Ok(plan)
    }

    fn outcome(&self) -> Result<Outcome, Failure> {
        Ok(Outcome::of(Arc::new(self.plan()?))?)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rows {
    Csv,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lines {
    Text,
    Json,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let Some(command) = args.command else { return window(args.plan) };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let done = perform(command, &mut out).and_then(|code| Ok(out.flush().map(|()| code)?));
    done.unwrap_or_else(|failure| failure.report())
}

#[cfg(feature = "desktop")]
fn window(plan: Option<PathBuf>) -> ExitCode {
    crate::desktop::run(plan)
}

#[cfg(not(feature = "desktop"))]
fn window(plan: Option<PathBuf>) -> ExitCode {
    let plan = plan.map_or_else(|| "PLAN".to_owned(), |p| p.display().to_string());
    Failure::Usage(format!("this build of Muster has no window; run: muster report {plan}")).report()
}

fn perform(command: Command, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    match command {
        Command::Report { source } => report::write(&source.outcome()?, out)?,
        Command::Evaluate { source, format } => evaluate::write(&source.outcome()?, format == Rows::Json, out)?,
        Command::Check { source, format } => return check(&source, format == Lines::Json, out),
        Command::Explain { source, figure } => explain::write(&source.outcome()?, &figure, out)?,
        Command::Convert { input, output } => files::write(&output, &files::read(&input)?)?,
        Command::New { file, template } => create(&file, &template)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks the plan; without a scenario also whether every scenario still fits it.
fn check(source: &Source, json: bool, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let (plan, mut lost) = source.read()?;
    if source.scenario.is_none() {
        for scenario in &plan.scenarios {
            let made = edit::apply_known(&plan, &scenario.edits);
            lost.extend(made.lost.iter().map(|l| failure::lost(&scenario.name, l)));
        }
    }
    check::write(plan, lost, json, out)
}

fn create(file: &std::path::Path, template: &str) -> Result<(), Failure> {
    if files::exists(file) {
        return Err(Failure::Usage(format!("{}: the file exists already; choose another name", file.display())));
    }
    let template = Template::by_name(template);
    let template = template.ok_or_else(|| Failure::Usage("there is no such template".to_owned()))?;
    let plan = template.plan().map_err(|problems| FileError::Broken { path: template.name.into(), problems })?;
    Ok(files::write(file, &plan)?)
}
