//! The brief: two pages for the board, as a PDF that is tagged for screen readers (PDF/UA-1) and holds its fonts. What
//! is said of one plan is in `front` and `back`, of two in `against` and `beside`; how it is drawn in `pen`, `table`,
//! `chart` and `movers`. No figure is computed here: all are the engine's and the analysis's. The same plan gives the
//! same bytes, so no clock is read.

mod against;
mod ask;
mod axis;
mod back;
mod beside;
mod chart;
mod face;
mod found;
mod front;
mod look;
mod movers;
mod pen;
mod risks;
mod sheet;
mod table;

use std::sync::Arc;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Node, TagTree};

pub use look::Paper;

use super::Stamp;
use crate::analysis::{
    AnalysisError, Bridge, Comparison, FigureRef, Progress, Sensitivity, Version, drivers, main_year, sensitivity,
};
use crate::engine::{Measure, Outcome, Place};
use crate::units::Period;
use face::{Faces, clean};
use pen::{Mark, Pen};
use sheet::Sheet;

/// A plan as the brief shows it.
#[derive(Debug, Clone)]
pub struct BriefSubject {
    /// What follows from it.
    pub outcome: Arc<Outcome>,
    /// Which state of the plan it is.
    pub stamp: Stamp,
}

/// The options of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BriefOptions {
    /// The paper.
    pub paper: Paper,
    /// Whether to leave out what moves coverage most, which takes some two hundred evaluations.
    pub without_sensitivity: bool,
}

/// Why there is no brief.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BriefError {
    /// The caller asked to stop.
    #[error("stopped before the end; nothing was written")]
    Stopped,
    /// The two plans cannot be put side by side.
    #[error("the two plans are in different currencies, {0} and {1}; compare plans in one currency")]
    Currencies(String, String),
    /// The document cannot be made.
    #[error("cannot make the brief: {0}")]
    Form(String),
}

impl BriefSubject {
    /// Its name among the states of the plan: `Base plan`, `Scenario Lean 300`, `Plan of record Board, June`.
    pub(super) fn name(&self) -> String {
        match (self.stamp.scenario.as_str(), self.stamp.record.as_str()) {
            ("", "") => "Base plan".to_owned(),
            ("", record) => format!("Plan of record {record}"),
            (scenario, _) => format!("Scenario {scenario}"),
        }
    }

    /// As [`Self::name`], for the head of a column.
    fn short_name(&self) -> &str {
        match (self.stamp.scenario.as_str(), self.stamp.record.as_str()) {
            ("", "") => "Base plan",
            ("", record) => record,
            (scenario, _) => scenario,
        }
    }

    /// The fiscal year that the brief is about.
    fn year(&self) -> usize {
        main_year(self.outcome.plan())
    }
}

/// What moves the coverage of the year that the plan is about, or why that is not told.
enum Moved {
    Found(Sensitivity),
    Not(String),
}

fn moved(subject: &BriefSubject, options: BriefOptions, progress: &Progress) -> Result<Moved, BriefError> {
    if options.without_sensitivity {
        return Ok(Moved::Not("Left out, as chosen.".to_owned()));
    }
    let outcome = &subject.outcome;
    let wanted = FigureRef::at(outcome, Measure::CapacityCoverage, Place::Plan, Period::Year(subject.year()));
    match sensitivity(outcome, &wanted, &drivers(outcome.plan()), progress) {
        Ok(found) => Ok(Moved::Found(found)),
        Err(AnalysisError::Cancelled) => Err(BriefError::Stopped),
        Err(error) => Ok(Moved::Not(format!("Not told: {error}."))),
    }
}

/// A second plan beside the first: both figures, their differences, and what causes those.
struct Against<'a> {
    other: &'a BriefSubject,
    comparison: Comparison,
    bridge: Bridge,
}

impl<'a> Against<'a> {
    fn of(subject: &BriefSubject, other: &'a BriefSubject) -> Result<Self, BriefError> {
        let (one, two) = (&subject.outcome.plan().currency, &other.outcome.plan().currency);
        if one != two {
            return Err(BriefError::Currencies(one.to_string(), two.to_string()));
        }
        let version = |s: &BriefSubject| Version { name: s.name(), outcome: Arc::clone(&s.outcome) };
        let comparison = Comparison::of(vec![version(subject), version(other)]);
        let bridge = Bridge::of(&subject.outcome, &other.outcome);
        let bridge = bridge.map_err(|error| BriefError::Form(error.to_string()))?;
        Ok(Self { other, comparison, bridge })
    }
}

/// Makes the brief of a plan, or of a plan beside another one of the same document.
///
/// # Errors
/// When the caller asked to stop, the two plans are in different currencies, or the document cannot be made.
pub fn brief(
    subject: &BriefSubject,
    other: Option<&BriefSubject>,
    options: BriefOptions,
    progress: &Progress,
) -> Result<Vec<u8>, BriefError> {
    progress.expect(2);
    let against = other.map(|other| Against::of(subject, other)).transpose()?;
    // A comparison tells what causes its differences instead.
    let moved = if against.is_some() { Moved::Not(String::new()) } else { moved(subject, options, progress)? };
    let faces = Faces::read()?;
    let form = |error: &dyn std::fmt::Debug| BriefError::Form(format!("{error:?}"));
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|e| form(&e))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let (mut tree, mut marks) = (Vec::new(), Vec::new());
    for index in 0..2 {
        if progress.is_cancelled() {
            return Err(BriefError::Stopped);
        }
        let (width, height) = options.paper.size();
        let settings = PageSettings::from_wh(width, height);
        let settings = settings.ok_or_else(|| BriefError::Form("its paper has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut pen = Pen::new(&faces, &mut surface, index);
        let sheet = Sheet { subject, moved: &moved, against: against.as_ref(), size: (width, height), page: index };
        sheet.header(&mut pen);
        match (&against, index) {
            (None, 0) => front::draw(&mut pen, &sheet),
            (None, _) => back::draw(&mut pen, &sheet),
            (Some(against), 0) => against::draw(&mut pen, &sheet, against),
            (Some(against), _) => beside::draw(&mut pen, &sheet, against),
        }
        sheet.footer(&mut pen);
        let (nodes, mut here) = (std::mem::take(&mut pen.nodes), std::mem::take(&mut pen.marks));
        surface.finish();
        page.finish();
        tree.extend(nodes);
        marks.append(&mut here);
        progress.step();
    }
    let title = against.as_ref().map_or_else(|| subject.name(), |a| versus(subject, a.other));
    finish(document, &format!("{}: {title}", subject.outcome.plan().name), tree, marks)
}

fn finish(mut document: Document, title: &str, tree: Vec<Node>, marks: Vec<Mark>) -> Result<Vec<u8>, BriefError> {
    let title = clean(title);
    let made = format!("Muster {}", env!("CARGO_PKG_VERSION"));
    let metadata = Metadata::new().title(title).language("en".to_owned()).creator(made.clone()).producer(made);
    document.set_metadata(metadata);
    let mut outline = Outline::new();
    for (words, page, y) in marks {
        let to = XyzDestination::new(page, Point::from_xy(0.0, y));
        outline.push_child(OutlineNode::new(clean(&words), to));
    }
    document.set_outline(outline);
    let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
    tags.children = tree;
    document.set_tag_tree(tags);
    document.finish().map_err(|error| BriefError::Form(format!("{error}: {error:?}")))
}

/// Both plans of a comparison by their names.
fn versus(subject: &BriefSubject, other: &BriefSubject) -> String {
    format!("{} beside {}", subject.name(), other.name())
}

/// A number of things, for placing them.
fn many(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}
