//! The commands and their options, and what runs each.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};

use super::evaluate;
use super::failure::Failure;
use crate::edit;
use crate::engine::Outcome;
use crate::files;
use crate::plan::Plan;

#[derive(Debug, Parser)]
#[command(
    name = "muster",
    version,
    about = "Plan a large sales hire: who, where, when, what it covers and what it costs"
)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// The plan to open in the window
    plan: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every figure of a plan, one a row
    Evaluate {
        #[command(flatten)]
        source: Source,
        /// How to write the rows
        #[arg(long, value_enum, default_value_t = Rows::Csv)]
        format: Rows,
    },
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
    fn plan(&self) -> Result<Plan, Failure> {
        let plan = files::read(&self.plan)?;
        Ok(match &self.scenario {
            Some(name) => edit::scenario(&plan, name)?,
            None => plan,
        })
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
    let mut out = BufWriter::new(std::io::stdout().lock());
    let done = perform(args, &mut out).and_then(|code| Ok(out.flush().map(|()| code)?));
    done.unwrap_or_else(|failure| failure.report())
}

fn perform(args: Args, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    match args.command {
        Some(Command::Evaluate { source, format }) => {
            evaluate::write(&source.outcome()?, format == Rows::Json, out)?;
            Ok(ExitCode::SUCCESS)
        }
        None => Ok(crate::desktop::run(args.plan)),
    }
}
