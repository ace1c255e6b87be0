//! `muster brief`: two pages for the board, or slides, as a PDF.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::failure::{self, Failure};
use super::plan_args::PlanArgs;
use crate::analysis::Progress;
use crate::files::{self, BriefError, BriefOptions, BriefSubject, Paper, Stamp};

/// What the brief shows, and where it goes.
#[derive(Debug, clap::Args)]
pub(super) struct BriefArgs {
    /// The file to write, .pdf; what is there is replaced
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Put this scenario, record:NAME or base beside it: both figures and their differences
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// Make 16:9 slides, one message each, rather than two pages
    #[arg(long, conflicts_with = "paper")]
    slides: bool,
    /// The paper
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    paper: PaperArg,
    /// Leave out what moves coverage most, which takes most of the time
    #[arg(long)]
    without_sensitivity: bool,
    /// Leave out pay and what tells it: the cost of people is one line, and edits of pay are not told
    #[arg(long)]
    without_pay: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperArg {
    A4,
    Letter,
}

impl From<BriefError> for Failure {
    fn from(error: BriefError) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Writes the brief.
pub(super) fn write(source: &PlanArgs, args: &BriefArgs) -> Result<(), Failure> {
    let file = &args.output;
    if !file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
        let text = if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pptx")) {
            "slides are a PDF in 16:9; name the file .pdf and add --slides"
        } else {
            "a brief is a PDF; name the file .pdf"
        };
        return Err(Failure::Usage(format!("{}: {text}", file.display())));
    }
    let subject = wanted(source)?;
    let with = args.with.clone().map(|name| wanted(&source.with(name))).transpose()?;
    let paper = if args.paper == PaperArg::A4 { Paper::A4 } else { Paper::Letter };
    let options = BriefOptions {
        paper,
        day: Some(chrono::Local::now().date_naive()),
        without_sensitivity: args.without_sensitivity,
        without_pay: args.without_pay,
    };
    let progress = Progress::default();
    let (bytes, what) = if args.slides {
        (files::slides(&subject, with.as_ref(), options, &progress)?, "slides")
    } else {
        (files::brief(&subject, with.as_ref(), options, &progress)?, "a brief of 2 pages")
    };
    failure::noted(file, &files::write_bytes(file, &bytes)?);
    failure::say(&format!("wrote {what} to {}", file.display()));
    Ok(())
}

/// The chosen version of the plan, with its name.
fn wanted(source: &PlanArgs) -> Result<BriefSubject, Failure> {
    let (scenario, record) = source.version_names();
    Ok(BriefSubject { outcome: Arc::new(source.outcome()?), stamp: Stamp { scenario, record } })
}
