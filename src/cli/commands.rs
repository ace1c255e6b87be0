//! The commands and their options, and what runs each.

use std::ffi::OsString;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use super::failure::{self, Failure};
use super::figure_args::FigureArgs;
use super::format::{RowFormat, TableFormat, TextFormat};
use super::output::{Output, Terminal};
use super::passphrase::PassphraseArgs;
use super::plan_args::PlanArgs;
use super::{
    begin, brief, check, close, compare, convert, evaluate, explain, import, optimise, papers, positions, report, seek,
    sensitivity, simulate, variance, why, workbook,
};
use crate::files::{self, FileError, Template};

const EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  the plan has errors, or the goal cannot be reached\n  2  the command, or a file, is wrong";

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
        source: PlanArgs,
    },
    /// Every figure of a plan, one a row: region, role, period, measure, value
    #[command(after_help = EXIT_CODES)]
    Evaluate {
        #[command(flatten)]
        source: PlanArgs,
        /// How to write the rows
        #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
        format: RowFormat,
    },
    /// Why what happened differs from the plan of record: steps that add up to the difference
    #[command(after_help = "Examples:\n  \
        muster variance plan.ron\n  \
        muster variance plan.ron --format csv\n\n\
        Over the closed months of the plan's `year`, for capacity and cost of the regions that state bookings or costs, and \
        for closing heads. The plan of record that the year names, else the plan itself, is evaluated again and again, each \
        time with one thing more as it was: the opening team, start dates, cancelled positions, other starts, the people \
        who were there, bookings and costs, exchange rates. The steps add up to the cent.")]
    Variance {
        #[command(flatten)]
        source: PlanArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// What is wrong with a plan, and what to look at
    #[command(after_help = EXIT_CODES)]
    Check {
        #[command(flatten)]
        source: PlanArgs,
        /// How to write the findings
        #[arg(long, value_enum, default_value_t = TextFormat::Text)]
        format: TextFormat,
    },
    /// Where a figure comes from, as a tree down to the fields of the plan
    #[command(after_help = "Examples:\n  \
        muster explain plan.ron --measure capacity_coverage --region us-federal --period 'FY11 Q2'\n  \
        muster explain plan.ron --measure base_pay --region uk --role ae --period 2010-09 --depth 3\n  \
        muster explain plan.ron --measure total_cost --period FY11\n\n\
        --region area:NAME asks for an area, no --region for the whole plan.")]
    Explain {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        figure: explain::ExplainArgs,
    },
    /// Why capacity misses its target: causes that add up to the gap, and the hires that would close it
    #[command(after_help = "Examples:\n  \
        muster why plan.ron --region japan --period FY11\n  \
        muster why plan.ron --region area:EMEA --period 'FY11 Q4'\n  \
        muster why plan.ron --scenario 'Lean 300' --period FY12 --format csv\n\n\
        The plan is evaluated again and again, each time without one cause more: judgements, late starts, ramps, missing \
        specialists, attrition, attainment below 1, accounts and partners that run out. What a step adds to capacity is \
        the part of its cause; what is left is too few people, or below 0 more than enough. The parts add up to the gap \
        to the cent.\n\n\
        Hires that would close it are moved to earlier quarters first and added second, each where one hire adds most, \
        and none that could not be filled in time. The plan itself stays as it is.")]
    Why {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: why::WhyArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// Plans side by side: figures, differences, what caused them, and the edits in words
    #[command(after_help = "Examples:\n  \
        muster compare plan.ron --with 'Lean 300'\n  \
        muster compare plan.ron --scenario 'Lean 300' --with 'Full 500' --format csv\n  \
        muster compare plan.ron --with 'Lean 300' --with 'Plan 400' --with 'Full 500'\n  \
        muster compare plan.ron --scenario 'record:Board, June' --with base\n\n\
        Differences are those of each --with from the plan as --scenario has it, from the base without one. The \
        bridge applies what differs cause by cause: regions and roles, growth hires area by area, targets, pay, \
        rates, fields of roles and regions, assumptions, levers. What a later cause does is what it does on top of \
        the earlier ones; the steps add up to the whole difference.")]
    Compare {
        #[command(flatten)]
        source: PlanArgs,
        /// A scenario, record:NAME for a plan of record, or base; up to three times
        #[arg(long, value_name = "NAME", required = true)]
        with: Vec<String>,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// Each lever and assumption turned down and up: what it does to a figure, largest first
    #[command(after_help = "Examples:\n  \
        muster sensitivity plan.ron --outcome capacity_coverage --period FY11\n  \
        muster sensitivity plan.ron --outcome gap --region area:EMEA --period 'FY11 Q4' --format csv\n  \
        muster sensitivity plan.ron --outcome payback_months\n\n\
        Each is turned alone, by its usual range, and held to what its field can hold (then marked \"limit\"). Exit 1 \
        where the figure is none whatever is turned.")]
    Sensitivity {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        figure: FigureArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// Which value of one input gives a figure the value that you want
    #[command(after_help = "Examples:\n  \
        muster seek plan.ron --input attainment --outcome capacity_coverage --period FY11 --goal 1\n  \
        muster seek plan.ron --input 'hires[japan][account-executive][0]' --outcome gap --region japan \\\n      \
        --period FY11 --goal 0\n  \
        muster seek plan.ron --input levers.fill_rate --outcome total_cost --period FY11 --goal 200000000\n\n\
        --input is a field's path in the plan, as explain shows it; levers and assumptions also go by their name alone. \
        Whole numbers get whole answers. Exit 1 where no value of the range gives the goal; the nearest is then shown.")]
    Seek {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        figure: FigureArgs,
        #[command(flatten)]
        goal: seek::GoalArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TextFormat::Text)]
        format: TextFormat,
    },
    /// How sure the plan is: the chance of each target and budget, how figures spread, and what drives that
    #[command(after_help = "Examples:\n  \
        muster simulate plan.ron\n  \
        muster simulate plan.ron --scenario 'Lean 300' --trials 2000\n  \
        muster simulate plan.ron --format csv > risk.csv\n\n\
        Each trial is a whole history of the plan in whole people: hires that are not made or start late, people who \
        leave and are replaced, ramps that slip, attainment and exchange rates that turn out otherwise. How much of \
        each is in the plan's fields uncertainty.*.\n\n\
        P10 is the figure that one trial in ten stays at or below. A standard error says how far a mean or a chance \
        is likely to be off for want of trials. The squared rank correlation of a driver is the share of the spread \
        that goes with it. CSV and JSON have one row a figure: region (area:NAME for an area, empty for the whole \
        plan), period, measure, statistic, driver, value.\n\n\
        Trial n of a seed is the same for any number of trials, of threads, and on every platform; what two plans \
        share happens alike in both.")]
    Simulate {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: simulate::SimulateArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// The best plan under the limits, with a bound that no plan beats; the next best hires; the frontier
    #[command(after_help = "Examples:\n  \
        muster optimise plan.ron --objective shortfall\n  \
        muster optimise plan.ron --objective cost --coverage 0.9 --quarters FY12 -o cheaper.ron\n  \
        muster optimise plan.ron --objective capacity --open 'area:EMEA/*/FY11' --lock '*/sales-manager/*'\n  \
        muster optimise plan.ron --budget FY11=210000000 --only-add --as-scenario Best -o plan.ron\n  \
        muster optimise plan.ron --next 10\n  \
        muster optimise plan.ron --frontier 8 --format json\n  \
        muster optimise plan.ron --frontier 8 --along budget\n  \
        muster optimise plan.ron --objective capacity --export-model plan.lp\n\n\
        Open are all cells with pay in all quarters, unless --open and --lock say otherwise; what is not open stays as it \
        is. All limits of the plan hold unless one is taken off. The answer is judged like any other plan; what one more \
        unit of a limit is worth comes from the relaxation. The same command gives the same answer on every machine, \
        except with --time. Nothing is changed but the file given by -o. Exit 1 where the limits contradict each other: \
        the smallest set that does is named.")]
    Optimise {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: optimise::OptimiseArgs,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TextFormat::Text)]
        format: TextFormat,
    },
    /// What HR hires: one row a seat or requisition, in the layout of an HR system
    #[command(after_help = "Examples:\n  \
        muster positions plan.ron -o positions.csv\n  \
        muster positions plan.ron -o positions.xlsx --scenario 'Lean 300' --region area:EMEA\n  \
        muster positions plan.ron --group --without-pay --quarter 'FY11 Q1'\n  \
        muster positions plan.ron --layout charthop --reason growth -o charthop.csv\n  \
        muster positions plan.ron -o positions.ics\n  \
        muster positions plan.ron --layout ours.ron --bom -o ours.csv\n  \
        muster positions plan.ron -o positions.csv --issue\n  \
        muster positions plan.ron --changes\n  \
        muster positions plan.ron --changes -o changes.xlsx --issue\n  \
        muster positions --list-layouts\n\n\
        Ids stay the same whenever the plan is exported again. What HR has been given is kept with --issue: growth seats \
        then hold their ids and months while hires come and go, no id is given twice, and --changes says what is new, \
        moved or withdrawn since. With --group, seats whose region, role, reason, quarter \
        and both days agree are one requisition. What the plan does not know is an empty cell. In CSV, a text that a \
        spreadsheet would take for a formula gets an apostrophe in front. What is at FILE is replaced whole, or not at \
        all.\n\n\
        A layout of one's own is a RON file:\n  \
        (name: \"ours\", title: \"Our system\", date: \"%d.%m.%Y\", delimiter: ';', columns: [\n    \
        (header: \"Req No\", from: RequisitionId, required: true),\n    \
        (header: \"Kind\", from: Reason, values: {\"growth\": \"NEW\", \"backfill\": \"REPL\"}),\n    \
        (header: \"Company\", from: Constant(\"01\")),\n  ])")]
    Positions {
        /// Say which layouts are built in, what each is for, and where its names are documented
        #[arg(long, exclusive = true)]
        list_layouts: bool,
        #[command(flatten)]
        source: Option<PlanArgs>,
        #[command(flatten)]
        args: positions::PositionsArgs,
    },
    /// Take in a table: a staff roster, targets, accounts, pay, growth hires, or what has happened, as CSV or XLSX
    #[command(after_help = import::HELP)]
    Import {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: import::ImportArgs,
    },
    /// Close the next month with what happened in it: people, positions, bookings, costs, exchange rates
    #[command(after_help = close::HELP)]
    Close {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: Box<close::CloseArgs>,
    },
    /// Open the last closed month again
    #[command(after_help = close::REOPEN_HELP)]
    Reopen {
        #[command(flatten)]
        source: PlanArgs,
        /// The plan to write, .ron or .json; what is there is replaced
        #[arg(short, long, value_name = "NEW")]
        output: PathBuf,
    },
    /// The two-page summary for the board, as a PDF
    #[command(after_help = "Examples:\n  \
        muster brief plan.ron -o brief.pdf\n  \
        muster brief plan.ron -o lean.pdf --scenario 'Lean 300' --paper letter\n  \
        muster brief plan.ron -o june.pdf --scenario 'record:Board, June'\n  \
        muster brief plan.ron -o two.pdf --scenario 'Lean 300' --with 'Full 500'\n\n\
        Two pages: the limits that the plan breaks, what is asked, headline figures, capacity against target, coverage by \
        region and quarter, cost against budget, what growth hires add, hiring by quarter and area, assumptions, what \
        moves coverage most, and findings. With --with, two plans of the file side by side: both figures, their differences and what causes \
        them. With --without-pay the cost of people is one line, and edits of pay are not told. It is about the \
        envelope's fiscal year first. The same plan on the same day gives the same \
        bytes; fonts are in the file, and its text can be searched and read aloud (PDF/UA-1).")]
    Brief {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: brief::BriefArgs,
    },
    /// The whole model as an Excel workbook with live formulas
    #[command(after_help = "Examples:\n  \
        muster workbook plan.ron -o plan.xlsx\n  \
        muster workbook plan.ron -o lean.xlsx --scenario 'Lean 300'\n  \
        muster workbook plan.ron -o figures.xlsx --without-pay\n\n\
        Inputs lie on sheets of their own, in cells on a pale yellow ground; type over one and every sheet \
        after it follow, with the figures that Muster gives for the same input, to the cent. The other cells are \
        protected, without a password. Every formula is stored with its value, so a viewer that does not calculate \
        shows it too. What is at FILE is replaced whole, or not at all.\n\n\
        With --without-pay the sheets of pay and of the calculation that it goes into are left out. Costs of people are \
        those of the whole plan by fiscal quarter and year, since pay could be worked out from those of a region, role or \
        month, or from those of growth hires, with the heads that are there; in a plan of few regions and roles even the whole costs say what people \
        cost. All cells are values, which do not follow what is typed over.")]
    Workbook {
        #[command(flatten)]
        source: PlanArgs,
        #[command(flatten)]
        args: workbook::WorkbookArgs,
    },
    /// Turn a plan from RON into JSON or back, by the endings of the names
    #[command(
        after_help = "Nothing is lost but comments: converting back gives the same plan. A name that ends in .ron.age or \
        .json.age is a plan that a passphrase protects, in the age format. The plain plan stays beside it unless \
        --remove takes it away: after the protected one has been written and read back, and only if nobody has \
        changed the plain one meanwhile.\n\nExamples:\n  \
        muster convert plan.ron plan.json\n  \
        muster convert plan.ron plan.ron.age\n  \
        muster convert plan.ron plan.ron.age --remove\n  \
        muster convert plan.ron.age plan.json --passphrase-file secret.txt"
    )]
    Convert {
        #[command(flatten)]
        args: convert::ConvertArgs,
    },
    /// Write a new plan to start from
    New {
        /// The file to write, .ron or .json; it must not exist yet
        file: PathBuf,
        /// Which bundled plan to start from
        #[arg(long, value_name = "NAME", default_value = Template::ALL[0].name, value_parser = template_names())]
        template: String,
        #[command(flatten)]
        begin: begin::BeginArgs,
        #[command(flatten)]
        secret: PassphraseArgs,
    },
    /// What a shell reads to complete commands, options and values
    #[command(after_help = "Examples:\n  \
        muster completions bash > ~/.local/share/bash-completion/completions/muster\n  \
        muster completions zsh > ~/.zfunc/_muster\n  \
        muster completions fish > ~/.config/fish/completions/muster.fish")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the manual pages, one a command
    #[command(hide = true)]
    Manual {
        /// The folder that they are written to
        folder: PathBuf,
    },
}

fn template_names() -> clap::builder::PossibleValuesParser {
    Template::ALL.map(|t| clap::builder::PossibleValue::new(t.name).help(t.about)).into()
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    files::without_core_dumps();
    files::watch_for_faults(failure::say);
    let terminal = std::io::stdout().is_terminal();
    let mut out = BufWriter::new(std::io::stdout());
    if terminal {
        run_with(std::env::args_os(), &mut Terminal::new(out))
    } else {
        run_with(std::env::args_os(), &mut out)
    }
}

/// Runs the program with these arguments, its own name first; results go to `out`.
#[must_use]
pub fn run_with(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let Some(command) = args.command else { return window(args.plan) };
    let mut out = Output::new(out);
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
        Command::Evaluate { source, format } => {
            let figures = evaluate::PlanFigures::of(source.version()?)?;
            evaluate::write(&figures, format == RowFormat::Json, out)?;
        }
        Command::Variance { source, format } => variance::write(&*source.version()?, format, out)?,
        Command::Check { source, format } => return check::write(&source, format == TextFormat::Json, out),
        Command::Explain { source, figure } => explain::write(&source.outcome()?, &figure, out)?,
        Command::Why { source, args, format } => why::write(&source.outcome()?, &args, format, out)?,
        Command::Compare { source, with, format } => compare::write(&source, &with, format, out)?,
        Command::Sensitivity { source, figure, format } => {
            sensitivity::write(&source.outcome()?, &figure, format, out)?;
        }
        Command::Seek { source, figure, goal, format } => {
            return seek::write(&source.outcome()?, &figure, &goal, format == TextFormat::Json, out);
        }
        Command::Simulate { source, args, format } => simulate::write(source.outcome()?, &args, format, out)?,
        Command::Optimise { source, args, format } => {
            return optimise::write(&source, &args, format == TextFormat::Json, out);
        }
        Command::Positions { list_layouts: true, .. } => positions::list(out)?,
        Command::Positions { source: Some(source), args, .. } => positions::write(&source, &args, out)?,
        Command::Positions { source: None, .. } => {
            return Err(Failure::Usage(
                "name the plan whose positions to write, or list the layouts with --list-layouts".to_owned(),
            ));
        }
        Command::Close { source, args } => return close::write(&source, &args, out),
        Command::Reopen { source, output } => close::reopen(&source, &output, out)?,
        Command::Import { source, args } => return import::write(&source, &args, out),
        Command::Brief { source, args } => brief::write(&source, &args)?,
        Command::Workbook { source, args } => workbook::write(&source, &args)?,
        Command::Convert { args } => convert::write(&args)?,
        Command::New { file, template, begin, secret } if begin.from.is_empty() => create(&file, &template, &secret)?,
        Command::New { file, template: _, begin, secret } => return begin::write(&file, &begin, &secret, out),
        Command::Completions { shell } => papers::completions(&mut Args::command(), shell, out)?,
        Command::Manual { folder } => papers::manual_pages(&Args::command(), &folder)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn create(file: &std::path::Path, template: &str, secret: &PassphraseArgs) -> Result<(), Failure> {
    if files::exists(file) {
        return Err(Failure::Usage(format!("{}: the file exists already; choose another name", file.display())));
    }
    let template = Template::by_name(template);
    let template = template.ok_or_else(|| Failure::Usage("there is no such template".to_owned()))?;
    let plan = template.plan().map_err(|problems| FileError::Broken { path: template.name.into(), problems })?;
    secret.write_new(file, &plan)
}
