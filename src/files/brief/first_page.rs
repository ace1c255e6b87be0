//! The first page: the limits that the plan breaks, the request, the headline beside capacity against target, and coverage
//! by region and quarter.

use krilla::tagging::{ArtifactType, Node, Tag, TagGroup};

use super::broken_limits;
use super::chart::{Area, ChartSlot, Columns, gauge};
use super::look::count_to_f32;
use super::look::{ACCENT, BODY, GUTTER, NOTE, RULE, SOFT, TINT, TITLE, band_ground, band_words};
use super::millions::amount_text;
use super::pen::{Pen, Style, TextAlign};
use super::request::{count, day_text, request_text};
use super::sheet::{Sheet, covered};
use super::table::{BriefCell, BriefRow, BriefTable, ROW};
use crate::analysis::{CoverageBand, HeadlineFigure};
use crate::engine::{Measure, Place};
use crate::files::figures::{NONE, percent};
use crate::units::{Exact, Money, Period, counted};

/// The width of the names of headline figures.
const NAMES: f32 = 92.0;
/// The least and the greatest height of a row of the heat table.
const LOW: f32 = 9.4;
const TALL: f32 = ROW + 1.6;

/// Draws the page.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>) {
    let y = title(pen, sheet, 64.0);
    let y = broken_limits::draw(pen, sheet, y + 11.0, sheet.bottom());
    let asked = TextBox { title: "What is asked", texts: &[request_text(sheet.subject)], lines: 5 };
    let y = asked.draw(pen, sheet, y + 10.0, Style::new(9.0));
    envelope(pen, sheet, y + 12.0);
    let y = tiles(pen, sheet, y + 12.0, &figures(sheet));
    let (from, y) = (y + 20.0, headline(pen, sheet, y + 20.0));
    let left = sheet.left() + headline_width(sheet) + GUTTER;
    capacity(pen, sheet, (left, from, sheet.right() - left, y - from));
    heat(pen, sheet, y + 20.0, sheet.bottom());
}

/// Draws the plan's name and what of it is shown; gives the last baseline.
pub(super) fn title(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32) -> f32 {
    let plan = sheet.plan();
    let style = Style::new(TITLE).strong().ink(ACCENT);
    let id = pen.fitted((sheet.left(), y), sheet.width(), &plan.name, style);
    pen.head(1, &plan.name, y - TITLE, id);
    pen.paragraph((sheet.left(), y + 14.0), sheet.width(), 1, &about(sheet), Style::new(BODY).ink(SOFT))
}

/// The day, the state of the plan and its last plan of record, its months and its regions.
pub(super) fn about(sheet: &Sheet<'_>) -> String {
    let plan = sheet.plan();
    let calendar = plan.calendar;
    let last = calendar.month(calendar.months().saturating_sub(1));
    let months = format!("{} to {last}", calendar.first_month);
    let record = plan.latest_record().map(|r| format!("last plan of record: {}, {}", r.name, day_text(r.date)));
    let regions = counted(plan.regions.len(), "region", "regions");
    let parts = [sheet.day.map(day_text), Some(sheet.state()), record, Some(months), Some(regions)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Paragraphs in a box under a title.
pub(super) struct TextBox<'t> {
    pub(super) title: &'t str,
    pub(super) texts: &'t [String],
    /// Most lines of a paragraph.
    pub(super) lines: usize,
}

impl TextBox<'_> {
    /// Draws the box; gives its bottom.
    pub(super) fn draw(&self, pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, top: f32, style: Style) -> f32 {
        let (left, width) = (sheet.left(), sheet.width());
        let (inner, step) = (width - 26.0, style.size * 1.4);
        let wrapped = |text: &String| pen.faces.wrapped(style.weight, text, inner / style.size, self.lines).len();
        let lines: usize = self.texts.iter().map(wrapped).sum();
        let height = 22.0 + count_to_f32(lines) * step + count_to_f32(self.texts.len()) * 4.0;
        pen.ground(left, top, width, height, TINT);
        pen.ground(left, top, 3.0, height, ACCENT);
        pen.heading((left + 14.0, top + 16.0), inner, self.title, "");
        let mut y = top + 20.0 + step * 0.8;
        for text in self.texts {
            y = pen.paragraph((left + 14.0, y), inner, self.lines, text, style) + step + 4.0;
        }
        top + height
    }
}

/// A figure that is seen first: its name, its value, and what it is measured against.
pub(super) struct Tile {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) note: String,
}

/// Draws figures side by side; gives the bottom.
pub(super) fn tiles(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, top: f32, all: &[Tile]) -> f32 {
    let gap = 14.0;
    let each = (sheet.width() - gap * count_to_f32(all.len() - 1)) / count_to_f32(all.len());
    for (index, tile) in all.iter().enumerate() {
        let x = sheet.left() + (each + gap) * count_to_f32(index);
        pen.rule((x, top), (x + each, top), 1.0, ACCENT);
        let mut ids = Vec::new();
        ids.extend(pen.fitted((x, top + 11.0), each, &tile.name, Style::note()));
        let style = Style::new(15.0).strong();
        ids.extend(pen.figure(x, top + 28.0, TextAlign::Left, each, &tile.value, style));
        ids.extend(pen.figure(x, top + 39.0, TextAlign::Left, each, &tile.note, Style::note()));
        let lines = ids.into_iter().map(|id| TagGroup::with_children(Tag::P, vec![id.into()]).into());
        pen.push(Tag::Div, lines.collect());
    }
    top + 41.0
}

/// Draws where the growth hires stand in the envelope, beside their number.
pub(super) fn envelope(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, top: f32) {
    let plan = sheet.plan();
    let each = (sheet.width() - 14.0 * 4.0) / 5.0;
    let hires = Exact::from(plan.hires_in_year(sheet.year()));
    let range = (Exact::from(plan.envelope.min), Exact::from(plan.envelope.max));
    let place = (sheet.left() + each * 0.52, top + 20.0, each * 0.46, 5.0);
    pen.artifact(ArtifactType::Layout, |pen| gauge(pen, place, hires, range));
}

/// The figures of the plan that are seen first.
pub(super) fn figures(sheet: &Sheet<'_>) -> Vec<Tile> {
    let (plan, outcome, year) = (sheet.plan(), sheet.outcome(), sheet.year());
    let name = sheet.year_name();
    let sums = outcome.rollup(Place::Plan, Period::Year(year)).copied().unwrap_or_default();
    let gap = sums.gap();
    let tile = |name: String, value: String, note: String| Tile { name, value, note };
    let note = match (sums.target.exact().is_zero(), gap < Money::ZERO) {
        (true, _) => "no target".to_owned(),
        (_, true) => format!("surplus {} {}", amount_text(Money::ZERO - gap), plan.currency),
        _ => format!("gap {} {}", amount_text(gap), plan.currency),
    };
    let budget = outcome.budget(year);
    let budget = budget.map_or_else(|| "no budget".to_owned(), |b| format!("of {} budgeted", amount_text(b)));
    let (payback, even) = match (outcome.payback_months(), outcome.break_even_month()) {
        (Some(1), even) => ("1 month".to_owned(), even),
        (Some(months), even) => (format!("{} months", count(months)), even),
        (None, _) => (NONE.to_owned(), None),
    };
    let even = match (even, outcome.first_growth_month()) {
        (Some(month), _) => format!("even in {}", plan.calendar.month(month)),
        (None, Some(_)) => "not within the plan".to_owned(),
        (None, None) => "no growth hires".to_owned(),
    };
    let envelope = format!("envelope {} to {}", count(plan.envelope.min.into()), count(plan.envelope.max.into()));
    vec![
        tile(format!("Growth hires, {name}"), count(plan.hires_in_year(year)), envelope),
        tile(format!("Heads, end of {name}"), sums.closing.exact().grouped(1), "expected heads".to_owned()),
        tile(format!("Capacity coverage, {name}"), percent(sums.ratio(Measure::CapacityCoverage)), note),
        tile(format!("Total cost, {name}, {}", plan.currency), amount_text(sums.total_cost), budget),
        tile("Payback".to_owned(), payback, even),
    ]
}

/// The width of the headline figures; the chart stands beside them.
fn headline_width(sheet: &Sheet<'_>) -> f32 {
    let years = count_to_f32(sheet.plan().calendar.years());
    (NAMES + 62.0 * years).min(sheet.width() * 0.6)
}

fn headline(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32) -> f32 {
    let (outcome, plan) = (sheet.outcome(), sheet.plan());
    let width = headline_width(sheet);
    let note = format!("by fiscal year, amounts in {}", sheet.unit());
    pen.heading((sheet.left(), y), width, "Headline figures", &note);
    let years = || (0..plan.calendar.years()).map(|y| plan.calendar.fiscal_year(y));
    let mut table = BriefTable::spread("Headline figures by fiscal year", NAMES, width, plan.calendar.years());
    let names = years().map(|year| year.to_string());
    let head = std::iter::once("Figure".to_owned()).chain(names).map(BriefCell::words).collect();
    table.head = vec![BriefRow { cells: head, strong: true, inset: 0.0, ruled: false }];
    let row = |figure: HeadlineFigure| {
        let values = years().map(|year| sheet.millions.shown(figure.value(outcome, year), figure.unit()));
        BriefRow::of(figure.title(), values).ruled()
    };
    table.rows = HeadlineFigure::ALL.into_iter().map(row).collect();
    table.draw(pen, sheet.left(), y + 5.0)
}

/// The places of the heat table, as many as there is room for: with each how far it is moved in. All where they fit;
/// else areas and the regions with the largest gaps, or those alone where there are many areas. And how many regions
/// are left out.
fn places(sheet: &Sheet<'_>, room: usize) -> (Vec<(Place, bool)>, usize) {
    let plan = sheet.plan();
    let (areas, regions) = (plan.areas(), plan.regions.len());
    let keep_areas = areas.len() + regions <= room || areas.len() * 2 <= room;
    let left = room.saturating_sub(if keep_areas { areas.len() } else { 0 });
    let year = Period::Year(sheet.year());
    let gap = |r: usize| sheet.outcome().rollup(Place::Region(r), year).map(|s| s.gap().exact()).unwrap_or_default();
    let mut chosen: Vec<usize> = (0..regions).collect();
    chosen.sort_by_key(|r| std::cmp::Reverse(gap(*r)));
    chosen.truncate(left);
    let hidden = regions - chosen.len();
    let mut places = Vec::new();
    if keep_areas {
        for (a, area) in areas.iter().enumerate() {
            places.push((Place::Area(a), false));
            let here = plan.regions.iter().enumerate().filter(|(r, region)| region.area == *area && chosen.contains(r));
            places.extend(here.map(|(r, _)| (Place::Region(r), true)));
        }
    } else {
        places.extend(chosen.into_iter().map(|r| (Place::Region(r), false)));
    }
    (places, hidden)
}

/// Draws coverage by region and period; gives the bottom.
pub(super) fn heat(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32, bottom: f32) -> f32 {
    pen.heading((sheet.left(), y), sheet.width(), "Capacity coverage", "% of target, by fiscal quarter and year");
    let top = y + 5.0;
    let space = bottom - top - 16.0;
    let (mut room, mut height) = (0, TALL);
    let all = sheet.plan().areas().len() + sheet.plan().regions.len();
    // Two heading rows, and the row of the whole plan.
    while room < all && LOW * count_to_f32(room + 4) <= space {
        room += 1;
    }
    let (places, hidden) = places(sheet, room);
    if !places.is_empty() {
        height = height.min(space / count_to_f32(places.len() + 3));
    }
    let periods = sheet.periods();
    let mut table = BriefTable::spread("Capacity coverage in per cent of target", 132.0, sheet.width(), periods.len());
    table.height = height;
    table.head = sheet.period_heads("Area and region");
    let rows = std::iter::once((Place::Plan, false)).chain(places);
    table.rows = rows.map(|(place, inset)| shaded(pen, sheet, place, inset, &periods)).collect();
    let end = table.draw(pen, sheet.left(), top);
    let regions = counted(hidden, "more region", "more regions");
    let words = format!("and {regions} with smaller gaps in {}", sheet.year_name());
    legend(pen, sheet, end + 11.0, if hidden > 0 { &words } else { "" });
    end + 13.0
}

/// A row of coverages, each on the ground of its step.
fn shaded(pen: &Pen<'_, '_>, sheet: &Sheet<'_>, place: Place, inset: bool, periods: &[Period]) -> BriefRow {
    let outcome = sheet.outcome();
    let name = super::sheet::place(outcome, pen.faces, place);
    let coverage =
        |period: &Period| outcome.rollup(place, *period).and_then(|sums| sums.ratio(Measure::CapacityCoverage));
    let first = BriefCell { strong: !inset, ..BriefCell::words(name) };
    let cells = std::iter::once(first).chain(periods.iter().map(|p| covered(coverage(p)))).collect();
    let row = BriefRow { cells, strong: false, inset: 0.0, ruled: false };
    if inset { row.inset() } else { row }
}

/// Draws what the shades of the heat table mean, and a note on the right.
pub(super) fn legend(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32, note: &str) {
    let from = sheet.right() - pen.faces.line(Style::note().weight, note).width * NOTE;
    let words = CoverageBand::ALL.map(band_words).join(", ");
    let words = format!("Colours of the table, in per cent of target: {words}; below 100 in bold");
    pen.drawing(&words, (sheet.left(), y - 7.0, sheet.width() * 0.6, 9.0), |pen| {
        let mut x = sheet.left();
        for band in CoverageBand::ALL {
            pen.ground(x, y - 6.0, 10.0, 7.0, RULE);
            pen.ground(x + 0.5, y - 5.5, 9.0, 6.0, band_ground(band));
            let line = pen.faces.line(Style::note().weight, &band_words(band));
            pen.line(x + 14.0, y, TextAlign::Left, &line, Style::note());
            x += line.width * NOTE + 26.0;
        }
        let bold = pen.faces.line(Style::note().strong().weight, "below 100 in bold");
        if x + bold.width * NOTE < from {
            pen.line(x, y, TextAlign::Left, &bold, Style::note().strong());
        }
    });
    let id = pen.text(sheet.right(), y, TextAlign::Right, note, Style::note());
    pen.push(Tag::P, id.map(Node::from).into_iter().collect());
}

/// Draws capacity against target by quarter.
pub(super) fn capacity(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, (left, y, width, height): Area) {
    let (plan, outcome) = (sheet.plan(), sheet.outcome());
    pen.heading((left, y), width, "Capacity against target", "by fiscal quarter");
    let sums = |q: usize| outcome.rollup(Place::Plan, Period::Quarter(q)).copied().unwrap_or_default();
    let says = |q: usize| {
        let [capacity, target] = [sums(q).capacity, sums(q).target].map(|amount| sheet.millions.text(amount.exact()));
        format!("{}: capacity {capacity}, target {target}", plan.calendar.name(Period::Quarter(q)))
    };
    let quarters = 0..plan.calendar.quarters;
    let descriptions: Vec<String> = quarters.clone().map(says).collect();
    let words =
        format!("Columns of capacity with a line for the target, in {}. {}", sheet.unit(), descriptions.join("; "));
    let slots = quarters.map(|q| ChartSlot {
        name: format!("Q{}", q % 4 + 1),
        group: q.is_multiple_of(4).then(|| plan.calendar.name(Period::Year(q / 4))),
        values: vec![sums(q).capacity.exact()],
        goals: vec![sums(q).target.exact()],
    });
    let columns = Columns {
        words,
        slots: slots.collect(),
        legend: vec!["Capacity".to_owned()],
        goal: "Target".to_owned(),
        across: "Fiscal quarter".to_owned(),
        currency: plan.currency.to_string(),
    };
    columns.draw(pen, (left, y + 2.0, width, height - 2.0));
}
