//! Making the brief: two pages of a plan, or of a plan beside another one.

use super::broken_limits::largest_gap;
use super::error::BriefError;
use super::face::Faces;
use super::look::MARGIN;
use super::millions::Millions;
use super::pages::draw_pages;
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
    let size = options.paper.size();
    let title = comparison.as_ref().map_or_else(|| subject.name(), |c| c.title(subject));
    let title = format!("{}: {title}", subject.outcome.plan().name);
    draw_pages(&faces, &title, (size, 2), progress, |pen, index| {
        let sheet = Sheet {
            subject,
            drivers: &drivers,
            comparison: comparison.as_ref(),
            largest_gap: gap.as_deref(),
            millions: Millions::of(&subject.outcome),
            day: options.day,
            without_pay: options.without_pay,
            size,
            margin: MARGIN,
            page: index,
            pages: 2,
        };
        sheet.header(pen);
        match (&comparison, index) {
            (None, 0) => first_page::draw(pen, &sheet),
            (None, _) => second_page::draw(pen, &sheet),
            (Some(comparison), 0) => comparison_first_page::draw(pen, &sheet, comparison),
            (Some(comparison), _) => comparison_second_page::draw(pen, &sheet, comparison),
        }
        sheet.footer(pen);
    })
}
