//! The sheet Service: what earlier bookings are worth in a month, added up one by one, the latest first.
//!
//! A twelfth of a booking has no end in decimals, and a twelfth of the months' bookings lie on half a cent. The rounding
//! rule takes such a sum as the half that it is in truth, however its terms end.

use super::WorkbookError;
use super::layout::{Block, Layout, Time, column};
use super::looks::NumberFormat;
use super::page::{Heading, Label, Page};
use super::steps::{digits, float};
use crate::engine::RegionOutcome;

/// A number in full, as a part of a formula.
pub(super) fn cut(exact: &str) -> String {
    format!("({exact})")
}

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title(
        "Service",
        "Subscriptions in service: what earlier bookings are worth in each month, the latest added first",
    )?;
    page.month_heads(layout)?;
    let [capacity, ..] = layout.blocks.months;
    let [bare, ..] = layout.blocks.bare_months;
    let blocks = &layout.blocks;
    let with = (0..layout.plan.regions.len()).map(|r| layout.outcome.region(r)).collect::<Vec<_>>();
    let without = (0..layout.plan.regions.len()).map(|r| layout.outcome.region_without_growth(r)).collect::<Vec<_>>();
    sums(page, layout, [capacity, blocks.twelfths, blocks.service], &with, "the plan")?;
    sums(page, layout, [bare, blocks.bare_twelfths, blocks.bare_service], &without, "without growth hires")
}

/// A twelfth of each month's capacity, and the sums of them in service.
fn sums(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    [capacity, twelfths, service]: [Block; 3],
    regions: &[Option<&RegionOutcome>],
    which: &str,
) -> Result<(), WorkbookError> {
    let months = layout.months;
    let unit = layout.plan.currency.to_string();
    let label = |region: usize, measure: String| Label {
        region: layout.region(region).map(|r| r.name.clone()).unwrap_or_default(),
        measure,
        unit: unit.clone(),
        ..Label::default()
    };
    let twelfth = |region: usize, t: usize| {
        let month = regions.get(region).copied().flatten().map(|r| r.month(t)).unwrap_or_default();
        digits(month.capacity.exact().to_f64() / 12.0)
    };
    let title = format!("A month of the bookings of each month, {which}");
    let heading = Heading { title: &title, how: "Capacity ÷ 12", section: "Model section 6" };
    page.heading(twelfths, heading, months)?;
    let name = |line| label(line, "A month of bookings".to_owned());
    page.fill(twelfths, months, NumberFormat::Money, name, |line, t| {
        (format!("={}", cut(&format!("{}/12", capacity.at(line, t)))), twelfth(line, t))
    })?;
    let title = format!("In service, {which}: columns add the bookings of one more month before, from 1 month ago");
    let how = "The sum so far, and a month of the bookings of so many months ago × the share still renewed";
    page.heading(service, Heading { title: &title, how, section: "Model section 6" }, months)?;
    let looks = page.looks;
    for ago in 1..months {
        let row = service.first - 1;
        page.sheet.write_number_with_format(row, column(ago - 1), float(ago), &looks.band)?;
    }
    let renewal = layout.plan.assumptions.renewal_rate.exact().to_f64();
    for line in 0..service.lines {
        page.go_on()?;
        let (region, t) = (line / months, line % months);
        let row = service.row(line);
        page.label(row, &label(region, layout.month_name(t)))?;
        page.formula(row, 2, &layout.time(Time::Month, t), layout.month_name(t), &looks.label)?;
        let mut sum = 0.0;
        for ago in 1..=t {
            let age = ago - 1;
            let share = layout.blocks.renewed.at(0, months - 1 - age);
            let booked = format!("{}*{share}", twelfths.at(region, t - ago));
            let exact = match age.checked_sub(1) {
                None => booked,
                Some(before) => format!("({}+{booked})", service.at(line, before)),
            };
            let kept = (0..age / 12).fold(1.0, |share, _| share * renewal);
            sum = digits(sum + twelfth(region, t - ago) * kept);
            page.formula(row, column(age), &format!("={}", cut(&exact)), sum, looks.calc(NumberFormat::Money))?;
        }
    }
    Ok(())
}
