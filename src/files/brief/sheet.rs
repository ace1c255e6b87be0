//! A page of the brief: its plan and measures, its header and footer, and what both pages share: the periods that a
//! table shows, and the names of places.

use chrono::NaiveDate;
use krilla::tagging::ArtifactType;

use super::face::Faces;
use super::look::{RULE, TEXT, band_ground, count_to_f32};
use super::millions::Millions;
use super::pen::{Pen, Style, TextAlign};
use super::subject::{BriefSubject, CoverageDrivers, PlanComparison};
use super::table::{BriefCell, BriefRow};
use crate::analysis::CoverageBand;
use crate::engine::{Outcome, Place};
use crate::plan::Plan;
use crate::units::{Exact, Period, Ratio, counted};

/// Most quarters that a table shows one by one.
const QUARTERS: usize = 12;
/// Most height of a row of a slide's table.
const TALLEST: f32 = 15.0;

/// A page, and what it is about.
pub(super) struct Sheet<'a> {
    pub(super) subject: &'a BriefSubject,
    /// What moves the coverage of the main year.
    pub(super) drivers: &'a CoverageDrivers,
    /// The plan that it is compared with.
    pub(super) comparison: Option<&'a PlanComparison<'a>>,
    /// The reason of the largest gap of a region; `None` beside another plan, and if every region covers its target.
    pub(super) largest_gap: Option<&'a str>,
    /// The format of amounts.
    pub(super) millions: Millions,
    /// The day of the brief.
    pub(super) day: Option<NaiveDate>,
    /// Whether pay and what tells it is left out.
    pub(super) without_pay: bool,
    /// Width and height, in points.
    pub(super) size: (f32, f32),
    /// On the left and the right, in points.
    pub(super) margin: f32,
    /// Its number, from 0, and how many there are.
    pub(super) page: usize,
    pub(super) pages: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn outcome(&self) -> &'a Outcome {
        &self.subject.outcome
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.subject.outcome.plan()
    }

    /// The fiscal year that the brief is about.
    pub(super) fn year(&self) -> usize {
        self.subject.year()
    }

    /// The unit of amounts: `million USD`.
    pub(super) fn unit(&self) -> String {
        format!("million {}", self.plan().currency)
    }

    /// Its name, such as `FY11`.
    pub(super) fn year_name(&self) -> String {
        self.plan().calendar.name(Period::Year(self.year()))
    }

    pub(super) fn left(&self) -> f32 {
        (self.size.0 - self.width()) / 2.0
    }

    pub(super) fn right(&self) -> f32 {
        self.size.0 - self.margin
    }

    pub(super) fn width(&self) -> f32 {
        self.size.0 - self.margin * 2.0
    }

    /// The lowest place of content.
    pub(super) fn bottom(&self) -> f32 {
        self.size.1 - self.margin - 2.0
    }

    /// Whether it is a slide: wide, with one exhibit that has the page to itself.
    pub(super) fn is_slide(&self) -> bool {
        self.size.0 > self.size.1
    }

    /// The height of the rows of a table: the usual one, and taller on a slide with room under so many of them.
    pub(super) fn row_height(&self, usual: f32, rows: usize, top: f32) -> f32 {
        let room = (self.bottom() - top) / count_to_f32(rows.max(1));
        if self.is_slide() { room.min(TALLEST).max(usual) } else { usual }
    }

    /// Which state of the plan it shows, or which two.
    pub(super) fn state(&self) -> String {
        self.comparison.map_or_else(|| self.subject.name(), |comparison| comparison.title(self.subject))
    }

    /// Draws the header of the page.
    pub(super) fn header(&self, pen: &mut Pen<'_, '_>) {
        let plan = self.plan();
        let (left, right, style) = (self.left(), self.right(), Style::note());
        pen.artifact(ArtifactType::Header, |pen| {
            let name = format!("{} · {}", plan.name, self.state());
            let words = format!("Brief for the board · amounts in {}", self.unit());
            let line = pen.faces.line(style.weight, &words);
            pen.line(right, 33.0, TextAlign::Right, &line, style);
            let room = right - left - line.width * style.size - 20.0;
            pen.fitted((left, 33.0), room, &name, style.strong());
            pen.rule((left, 39.0), (right, 39.0), 0.5, RULE);
        });
    }

    /// Draws the footer of the page, once it is known whether a box stands for letters on it.
    pub(super) fn footer(&self, pen: &mut Pen<'_, '_>) {
        let (left, right, style) = (self.left(), self.right(), Style::note());
        let boxes =
            if pen.faces.took_boxes() { " · □: letters that the font lacks; they are in the text" } else { "" };
        pen.artifact(ArtifactType::Footer, |pen| {
            let y = self.size.1 - 26.0;
            pen.rule((left, y - 10.0), (right, y - 10.0), 0.5, RULE);
            pen.fitted((left, y), right - left - 60.0, &format!("{}{boxes}", self.made()), style);
            pen.text(right, y, TextAlign::Right, &format!("Page {} of {}", self.page + 1, self.pages), style);
        });
    }

    /// What made the brief, and from which version of the plan's file.
    fn made(&self) -> String {
        let plan = self.plan();
        let made = format!("Made by Muster {} from a plan file of schema {}", env!("CARGO_PKG_VERSION"), plan.schema);
        match plan.log.last() {
            Some(last) => {
                let changes = counted(plan.log.len(), "change", "changes");
                format!("{made} with {changes}, the last on {}", last.when.format("%Y-%m-%d"))
            }
            None => made,
        }
    }

    /// The periods of a table: each quarter and year where they are few, else the quarters of the main year and
    /// every year.
    pub(super) fn periods(&self) -> Vec<Period> {
        let calendar = self.plan().calendar;
        let fits = calendar.quarters <= QUARTERS;
        let main = calendar.quarters_of(self.year());
        let is_shown = |period: &Period| !matches!(period, Period::Quarter(q) if !fits && !main.contains(q));
        calendar.quarters_then_year().filter(is_shown).collect()
    }

    /// The two heading rows over those periods: fiscal years, and under them quarters and the year.
    pub(super) fn period_heads(&self, first: &str) -> Vec<BriefRow> {
        let calendar = self.plan().calendar;
        let periods = self.periods();
        let (mut years, mut names) = (vec![BriefCell::words(" ")], vec![BriefCell::words(first)]);
        for group in periods.chunk_by(|a, b| year_of(*a) == year_of(*b)) {
            let year = group.last().map(|p| calendar.name(*p)).unwrap_or_default();
            if group.len() == 1 {
                years.push(BriefCell::words(" "));
                names.push(BriefCell::words(year));
                continue;
            }
            years.push(BriefCell::over(year, group.len()));
            names.extend(group.iter().map(|period| match period {
                Period::Quarter(q) => BriefCell::words(format!("Q{}", q % 4 + 1)),
                _ => BriefCell::words("Year"),
            }));
        }
        let row = |cells| BriefRow { cells, strong: false, inset: 0.0, ruled: false };
        vec![row(years).strong(), row(names)]
    }
}

/// A place by its name; before a region's name stands its id where the face cannot show the name.
pub(super) fn place(outcome: &Outcome, faces: &Faces, place: Place) -> String {
    let plan = outcome.plan();
    let region = |r: usize| match plan.regions.get(r) {
        Some(region) if faces.can_show(&region.name) => region.name.clone(),
        region => region.map(|r| format!("{} ({})", r.id, r.name)).unwrap_or_default(),
    };
    match place {
        Place::Plan => "All regions".to_owned(),
        Place::Area(_) => outcome.place_name(place),
        Place::Region(r) => region(r),
        Place::Cell(r, k) => format!("{}, {}", region(r), plan.roles.get(k).map_or("", |role| role.name.as_str())),
    }
}

/// The fiscal year that a quarter or year is in.
fn year_of(period: Period) -> usize {
    match period {
        Period::Quarter(q) => q / 4,
        Period::Year(y) => y,
        Period::Month(t) => t / 12,
        Period::All => 0,
    }
}

/// A coverage on the ground of its band; in bold where it is below 1.
pub(super) fn covered(share: Option<Ratio>) -> BriefCell {
    let cell = BriefCell::figure(bare_percent(share));
    share.map(Ratio::exact).map_or(cell.clone(), |coverage| {
        let ground = band_ground(CoverageBand::of(coverage));
        BriefCell { shade: Some((ground, TEXT)), strong: coverage < Exact::ONE, ..cell }
    })
}

/// A share in per cent without the sign, for a table whose heading has it; from ten times on in whole per cent.
fn bare_percent(share: Option<Ratio>) -> String {
    let hundred = Exact::from(100_u32);
    if let Some(large) = share.map(|s| s.exact() * hundred).filter(|s| *s >= hundred * Exact::from(10_u32)) {
        return large.grouped(0);
    }
    let text = super::super::figures::percent(share);
    text.strip_suffix(" %").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coverage_stands_on_its_band_and_is_bold_below_the_target() {
        for (share, text, band, strong) in [
            ("0.7999", "80.0", CoverageBand::FarBelow, true),
            ("0.9", "90.0", CoverageBand::Below, true),
            ("0.99", "99.0", CoverageBand::JustBelow, true),
            ("1", "100.0", CoverageBand::Met, false),
            ("1.16", "116.0", CoverageBand::Above, false),
        ] {
            let cell = covered(share.parse().ok().map(Ratio::new));
            let shown = (cell.text.as_str(), cell.shade.map(|(ground, _)| ground), cell.strong);
            assert_eq!(shown, (text, Some(band_ground(band)), strong), "{share}");
        }
        assert_eq!(covered(None).shade, None);
    }
}
