//! The slides: the brief as 16:9 pages, each with one message as its title and one exhibit under it.
//!
//! Slides are a PDF rather than a PPTX file, for want of a library that can be relied on. `pptx` 0.1 was the best one in
//! November 2026: one release and one commit ever (February 2026), no way to put a table on a slide but raw XML, charts without
//! control of colours and target lines, and three libraries in versions beside those that Muster has. What it did write opened in
//! `LibreOffice`. A PDF shows in full screen everywhere, is tagged for screen readers, and comes from the parts of the brief.

use super::assumptions::coverage_drivers;
use super::broken_limits::{self, broken_text, largest_gap};
use super::comparison_first_page;
use super::comparison_second_page;
use super::error::BriefError;
use super::face::Faces;
use super::first_page::{self, TextBox, about};
use super::look::{ACCENT, RULE, SOFT};
use super::millions::Millions;
use super::pages::draw_pages;
use super::pen::{Pen, Style, TextAlign};
use super::request::request_text;
use super::second_page;
use super::sheet::Sheet;
use super::slide_titles as titles;
use super::subject::{BriefOptions, BriefSubject, CoverageDrivers, PlanComparison};
use crate::analysis::Progress;
use krilla::tagging::ArtifactType;

/// Width and height, in points: half of what presentation programs use, so that the sizes of text of the brief are twice as
/// large on the screen.
const SIZE: (f32, f32) = (480.0, 270.0);
/// On the left and the right, in points.
const MARGIN: f32 = 24.0;
/// The size of the title.
const TITLE: f32 = 14.0;
/// The baseline of the first line of the title.
const TOP: f32 = 32.0;

/// What a slide shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slide {
    Request,
    Limits,
    Capacity,
    Coverage,
    Cost,
    Hires,
    Causes,
}

/// Makes the slides of a plan, or of a plan beside another one of the same document. The paper of the options does not matter.
///
/// # Errors
/// When the caller asked to stop, the two plans are in different currencies, or the document cannot be made.
pub fn slides(
    subject: &BriefSubject,
    other: Option<&BriefSubject>,
    options: BriefOptions,
    progress: &Progress,
) -> Result<Vec<u8>, BriefError> {
    let comparison = other.map(|other| PlanComparison::of(subject, other)).transpose()?;
    let (drivers, gap) = match comparison {
        Some(_) => (CoverageDrivers::Omitted(String::new()), None),
        None => (CoverageDrivers::of(subject, options, progress)?, largest_gap(subject, progress)?),
    };
    let all =
        [Slide::Request, Slide::Limits, Slide::Capacity, Slide::Coverage, Slide::Cost, Slide::Hires, Slide::Causes];
    let has_causes = comparison.is_some() || matches!(drivers, CoverageDrivers::Ranked(_));
    let all: Vec<Slide> = all.into_iter().filter(|slide| has_causes || *slide != Slide::Causes).collect();
    progress.expect(all.len());
    let faces = Faces::read()?;
    let title = comparison.as_ref().map_or_else(|| subject.name(), |c| c.title(subject));
    let title = format!("{}: {title}", subject.outcome.plan().name);
    draw_pages(&faces, &title, (SIZE, all.len()), progress, |pen, index| {
        let sheet = Sheet {
            subject,
            drivers: &drivers,
            comparison: comparison.as_ref(),
            largest_gap: gap.as_deref(),
            millions: Millions::of(&subject.outcome),
            day: options.day,
            without_pay: options.without_pay,
            size: SIZE,
            margin: MARGIN,
            page: index,
            pages: all.len(),
        };
        if let Some(slide) = all.get(index) {
            match &comparison {
                None => slide.draw(pen, &sheet),
                Some(comparison) => slide.draw_both(pen, &sheet, comparison),
            }
        }
        footer(pen, &sheet);
    })
}

impl Slide {
    /// Draws the slide of a plan.
    fn draw(self, pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>) {
        let y = message(pen, sheet, &self.title(sheet));
        let (left, width, bottom) = (sheet.left(), sheet.width(), sheet.bottom());
        match self {
            Self::Request => {
                let style = Style::new(9.0);
                let y = pen.paragraph((left, y + 2.0), width, 2, &about(sheet), style.ink(SOFT)) + 20.0;
                first_page::envelope(pen, sheet, y);
                let y = first_page::tiles(pen, sheet, y, &first_page::figures(sheet)) + 16.0;
                let texts = [request_text(sheet.subject)];
                TextBox { title: "What is asked", texts: &texts, lines: 4 }.draw(pen, sheet, y, Style::new(10.0));
            }
            Self::Limits => {
                broken_limits::draw(pen, sheet, y, bottom);
            }
            Self::Capacity => {
                let gap = sheet.largest_gap.unwrap_or_default();
                let text = Style::new(9.0);
                let lines = pen.faces.wrapped(text.weight, gap, width / text.size, 3).len();
                let end = bottom - super::look::count_to_f32(lines) * text.size * 1.4;
                first_page::capacity(pen, sheet, (left, y + 8.0, width, end - y - 16.0));
                pen.paragraph((left, end + 6.0), width, 3, gap, text);
            }
            Self::Coverage => {
                first_page::heat(pen, sheet, y + 8.0, bottom);
            }
            Self::Cost => {
                second_page::cost(pen, sheet, y + 8.0);
            }
            Self::Hires => {
                second_page::hiring(pen, sheet, y + 8.0);
            }
            Self::Causes => {
                coverage_drivers(pen, sheet, (left, y + 8.0), width, bottom);
            }
        }
    }

    /// The message of the slide of a plan.
    fn title(self, sheet: &Sheet<'_>) -> String {
        match self {
            Self::Request => titles::request(sheet),
            Self::Limits => titles::limits(sheet.outcome()),
            Self::Capacity => titles::capacity(sheet),
            Self::Coverage => titles::coverage(sheet),
            Self::Cost => titles::cost(sheet),
            Self::Hires => titles::hires(sheet),
            Self::Causes => titles::drivers(sheet),
        }
    }

    /// Draws the slide of two plans.
    fn draw_both(self, pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) {
        let y = message(pen, sheet, &self.title_of_both(sheet, comparison));
        let (left, width, bottom) = (sheet.left(), sheet.width(), sheet.bottom());
        match self {
            Self::Request => {
                let y = pen.paragraph((left, y + 2.0), width, 2, &about(sheet), Style::new(9.0).ink(SOFT)) + 18.0;
                comparison_first_page::headline(pen, sheet, comparison, y);
            }
            Self::Limits => {
                let say = |s: &BriefSubject| format!("{}: {}", s.name(), broken_text(s));
                let texts = [sheet.subject, comparison.other].map(say);
                let style = Style::new(8.8);
                TextBox { title: "Which limits they break", texts: &texts, lines: 7 }.draw(pen, sheet, y, style);
            }
            Self::Capacity => {
                comparison_first_page::chart(pen, sheet, comparison, y + 8.0, bottom - y - 8.0);
            }
            Self::Coverage => {
                comparison_first_page::coverage(pen, sheet, comparison, y + 8.0, bottom);
            }
            Self::Cost => {
                comparison_second_page::cost(pen, sheet, comparison, y + 8.0);
            }
            Self::Hires => {
                comparison_second_page::hiring(pen, sheet, comparison, y + 8.0);
            }
            Self::Causes => {
                comparison_second_page::causes(pen, sheet, comparison, (left, y + 8.0), width);
            }
        }
    }

    /// The message of the slide of two plans.
    fn title_of_both(self, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) -> String {
        match self {
            Self::Request => titles::both_requests(sheet, comparison),
            Self::Limits => titles::both_limits(sheet, comparison),
            Self::Capacity => titles::change(sheet, comparison, "capacity"),
            Self::Coverage => titles::change(sheet, comparison, "capacity_coverage"),
            Self::Cost => titles::change(sheet, comparison, "total_cost"),
            Self::Hires => titles::change(sheet, comparison, "growth_hires"),
            Self::Causes => titles::largest_cause(sheet, comparison),
        }
    }
}

/// Draws the message of a slide over at most two lines; gives where its exhibit begins.
fn message(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, text: &str) -> f32 {
    let style = Style::new(TITLE).strong().ink(ACCENT);
    let lines = pen.faces.wrapped(style.weight, text, sheet.width() / style.size, 2);
    let (mut y, mut ids) = (TOP, Vec::new());
    for (index, line) in lines.iter().enumerate() {
        y = if index == 0 { TOP } else { y + style.size * 1.25 };
        ids.extend(pen.line(sheet.left(), y, TextAlign::Left, line, style));
    }
    pen.head(1, text, TOP - TITLE, ids);
    y + 14.0
}

/// Draws the plan, its state, the day and the unit of amounts, and the number of the slide.
fn footer(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>) {
    let plan = sheet.plan();
    let record = plan.latest_record().map(|r| format!("plan of record {}", r.name));
    let day = sheet.day.map(super::request::day_text);
    let unit = format!("amounts in {}", sheet.unit());
    let made = format!("Muster {}, schema {}", env!("CARGO_PKG_VERSION"), plan.schema);
    let parts = [Some(plan.name.clone()), Some(sheet.state()), day, record, Some(unit), Some(made)];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let boxes = if pen.faces.took_boxes() { " · □: letters that the font lacks; they are in the text" } else { "" };
    let (left, right, y, style) = (sheet.left(), sheet.right(), sheet.size.1 - 12.0, Style::new(6.0).ink(SOFT));
    pen.artifact(ArtifactType::Footer, |pen| {
        pen.rule((left, y - 9.0), (right, y - 9.0), 0.5, RULE);
        pen.fitted((left, y), right - left - 40.0, &format!("{words}{boxes}"), style);
        pen.text(right, y, TextAlign::Right, &format!("{} of {}", sheet.page + 1, sheet.pages), style);
    });
}
