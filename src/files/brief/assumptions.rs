//! The plan's assumptions that matter, its changed levers, and the drivers of its coverage.

use krilla::tagging::{Node, Tag};

use super::driver_bars::{DriverBar, draw_bars};
use super::look::BODY;
use super::pen::{Pen, Style};
use super::sheet::Sheet;
use super::subject::CoverageDrivers;
use super::table::{BriefCell, BriefRow, BriefTable, ROW};
use crate::analysis::{Bar, Dial, dials};
use crate::edit;
use crate::engine::Unit;
use crate::files::figures::{difference, percent, swing_text};
use crate::plan::{FieldPath, Holds, Kind, Levers, Plan, Role};
use crate::units::{Exact, Ratio, counted};

/// How many bars are drawn.
const BARS: usize = 7;
/// Levers that are listed at most.
const LEVERS: usize = 4;

/// Draws the assumptions; gives the bottom.
pub(super) fn assumptions(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, at: (f32, f32), width: f32) -> f32 {
    pen.heading(at, width, "Assumptions that matter", "");
    let mut table = BriefTable {
        summary: "Assumptions that matter".to_owned(),
        widths: vec![width * 0.40, width * 0.60],
        height: ROW - 0.4,
        ..BriefTable::default()
    };
    let head = ["Assumption", "Planned value"].map(BriefCell::words).to_vec();
    table.head = vec![BriefRow { cells: head, strong: true, inset: 0.0, ruled: false }];
    let row = |(name, value): (String, String)| BriefRow {
        cells: vec![BriefCell::words(name), BriefCell::words(value)],
        strong: false,
        inset: 0.0,
        ruled: false,
    };
    table.rows = stated(sheet.plan(), sheet.plan()).into_iter().map(row).collect();
    table.draw(pen, at.0, at.1 + 5.0)
}

/// The smallest and largest value over all roles, or the one that all have.
fn range<T: Ord + Copy>(values: impl Iterator<Item = T>, say: impl Fn(T) -> String) -> String {
    let all: Vec<T> = values.collect();
    match (all.iter().min(), all.iter().max()) {
        (Some(min), Some(max)) if min == max => say(*min),
        (Some(min), Some(max)) => format!("{} to {}", say(*min), say(*max)),
        _ => "no roles".to_owned(),
    }
}

/// As [`range`], in months.
fn months(values: impl Iterator<Item = usize>) -> String {
    match range(values, |n| n.to_string()) {
        one if one == "1" => "1 month".to_owned(),
        none if none == "no roles" => none,
        more => format!("{more} months"),
    }
}

/// Each assumption by its name, with its value in words; the levers are those that this plan or the other one changes.
pub(super) fn stated(plan: &Plan, other: &Plan) -> Vec<(String, String)> {
    let a = &plan.assumptions;
    let share = |ratio: Ratio| percent(Some(ratio));
    let roles = || plan.roles.iter();
    let sellers = || roles().filter(|r| matches!(r.kind, Kind::Seller { .. }));
    let of = |what: &dyn Fn(&Role) -> Ratio| range(roles().map(what), share);
    let whole = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let mut all = vec![
        ("Attainment of quota", share(a.attainment)),
        ("Attrition a year, first year", of(&|r| r.attrition.first_year)),
        ("Attrition a year, later", of(&|r| r.attrition.later)),
        ("Leavers replaced", of(&|r| r.backfill_share)),
        ("Time to fill", months(roles().map(|r| whole(r.time_to_fill)))),
        ("Ramp of sellers", months(sellers().map(|r| r.ramp.len()))),
        ("Pay rise a year", share(a.merit.rate)),
        ("Renewal of subscriptions", share(a.renewal_rate)),
        ("Gross margin", share(a.gross_margin)),
    ];
    if roles().any(|r| matches!(r.kind, Kind::PartnerManager { .. })) {
        all.push(("Partners sell from", plan.partner_programme.launch.to_string()));
    }
    let mut all: Vec<(String, String)> = all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if !plan.judgements.is_empty() {
        let value = counted(plan.judgements.len(), "amount", "amounts");
        all.push(("Judgement on capacity".to_owned(), value));
    }
    all.extend(levers(plan, other));
    all
}

/// The levers that either plan changes, or a line that there are none.
fn levers(plan: &Plan, other: &Plan) -> Vec<(String, String)> {
    let still = Plan { levers: Levers::default(), ..plan.alone() };
    let (rest, others) = (dials(&still), dials(other));
    let changed = |path: &FieldPath| {
        let at = |of: &[Dial]| of.iter().find(|d| d.path == *path).map(|d| d.now);
        [dials(plan), others.clone()].iter().any(|of| at(of).is_some_and(|now| Some(now) != at(&rest)))
    };
    let changed: Vec<(String, String)> = dials(plan)
        .into_iter()
        .filter(|dial| dial.path.field().dial.is_some() && changed(&dial.path))
        .map(|dial| (format!("Lever: {}", dial.name), lever(&dial)))
        .collect();
    if changed.is_empty() {
        return vec![("Levers".to_owned(), "none is changed".to_owned())];
    }
    let hidden = changed.len().saturating_sub(LEVERS);
    let mut shown: Vec<_> = changed.into_iter().take(LEVERS).collect();
    if hidden > 0 {
        shown.push(("Levers".to_owned(), format!("and {hidden} more are changed")));
    }
    shown
}

/// The value of a lever in words.
fn lever(dial: &Dial) -> String {
    let value = edit::plain(&dial.now.to_string().into(), dial.path.field().holds);
    match dial.path.field().holds {
        Holds::Months if value == "1" => "1 month".to_owned(),
        Holds::Months => format!("{value} months"),
        _ => value,
    }
}

/// Draws the drivers of coverage, down to the bottom of the table beside them; gives its own bottom.
pub(super) fn coverage_drivers(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    at: (f32, f32),
    width: f32,
    bottom: f32,
) -> f32 {
    let title = format!("What moves coverage of {} most", sheet.year_name());
    pen.heading(at, width, &title, "points");
    let all: Vec<DriverBar> = match sheet.drivers {
        CoverageDrivers::Ranked(ranking) => ranking.bars.iter().filter_map(driver_bar).take(BARS).collect(),
        CoverageDrivers::Omitted(_) => Vec::new(),
    };
    if all.is_empty() {
        let words = match sheet.drivers {
            CoverageDrivers::Ranked(_) => "No assumption moves it within its usual range.",
            CoverageDrivers::Omitted(why) => why,
        };
        return pen.paragraph((at.0, at.1 + 15.0), width, 4, words, Style::new(BODY));
    }
    let descriptions: Vec<String> =
        all.iter().map(|m| format!("{}, {}: {} or {}", m.name, m.range, m.low.1, m.high.1)).collect();
    let words = format!("Bars of the change of capacity coverage when each swings alone. {}", descriptions.join("; "));
    let note = "Each alone over its usual range: down light, up dark";
    let end = bottom - 12.0;
    draw_bars(pen, &words, &all, (at.0, at.1 + 7.0, width, (end - at.1 - 7.0).max(40.0)));
    let id = pen.fitted((at.0, end + 10.0), width, note, Style::note());
    pen.push(Tag::P, id.map(Node::from).into_iter().collect());
    end + 12.0
}

/// A bar as it is drawn; `None` if a side has no figure, or nothing changes.
fn driver_bar(bar: &Bar) -> Option<DriverBar> {
    if bar.swing.is_none_or(Exact::is_zero) {
        return None;
    }
    let name = bar.driver.name.strip_prefix("Lever: ").unwrap_or(&bar.driver.name);
    let range = format!("{} or {}", swing_text(bar, &bar.low), swing_text(bar, &bar.high));
    let side = |change: Option<Exact>| change.map(|change| (change, points(change)));
    Some(DriverBar { name: name.to_owned(), range, low: side(bar.low.change)?, high: side(bar.high.change)? })
}

fn points(change: Exact) -> String {
    let text = difference(Some(change), Unit::Ratio);
    text.strip_suffix(" pt").map_or(text.clone(), str::to_owned)
}
