//! Making the brief: two pages, their outline and their tags for screen readers.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Node, TagTree};

use super::broken_limits::largest_gap;
use super::error::BriefError;
use super::face::{Faces, clean};
use super::millions::Millions;
use super::pen::{Mark, Pen};
use super::sheet::Sheet;
use super::subject::{BriefOptions, BriefSubject, CoverageDrivers, PlanComparison};
use super::{comparison_first_page, comparison_second_page, first_page, second_page};
use crate::analysis::Progress;

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
    let comparison = other.map(|other| PlanComparison::of(subject, other)).transpose()?;
    // A comparison states what causes its differences instead.
    let (drivers, gap) = match comparison {
        Some(_) => (CoverageDrivers::Omitted(String::new()), None),
        None => (CoverageDrivers::of(subject, options, progress)?, largest_gap(subject, progress)?),
    };
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
        let sheet = Sheet {
            subject,
            drivers: &drivers,
            comparison: comparison.as_ref(),
            largest_gap: gap.as_deref(),
            millions: Millions::of(&subject.outcome),
            day: options.day,
            without_pay: options.without_pay,
            size: (width, height),
            page: index,
        };
        sheet.header(&mut pen);
        match (&comparison, index) {
            (None, 0) => first_page::draw(&mut pen, &sheet),
            (None, _) => second_page::draw(&mut pen, &sheet),
            (Some(comparison), 0) => comparison_first_page::draw(&mut pen, &sheet, comparison),
            (Some(comparison), _) => comparison_second_page::draw(&mut pen, &sheet, comparison),
        }
        sheet.footer(&mut pen);
        let (nodes, mut here) = (std::mem::take(&mut pen.nodes), std::mem::take(&mut pen.marks));
        surface.finish();
        page.finish();
        tree.extend(nodes);
        marks.append(&mut here);
        progress.step();
    }
    let title = comparison.as_ref().map_or_else(|| subject.name(), |c| c.title(subject));
    finish(document, &format!("{}: {title}", subject.outcome.plan().name), tree, marks)
}

/// Finishes a document with its title, outline and tags.
pub(super) fn finish(
    mut document: Document,
    title: &str,
    tree: Vec<Node>,
    marks: Vec<Mark>,
) -> Result<Vec<u8>, BriefError> {
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
