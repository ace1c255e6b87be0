//! Blocks of figures that follow as the inspector shows it: each formula is printed from the explanation of its figure
//! (model section 11), and so is the note that says how the figures follow.

use super::blocks::Lines;
use super::error::WorkbookError;
use super::grid::column;
use super::labels::{line_label, unit_name};
use super::layout::{Layout, inner_places};
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::references::CellReferences;
use crate::engine::{Explanation, Formula, Inner, Key, Measure, PlanCase, Source, Term, Unit, What};
use crate::units::{Exact, Period};

/// Writes the block of a figure, month by month.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, case: PlanCase, what: What) -> Result<(), WorkbookError> {
    let Some((block, lines)) = layout.blocks.of(case, what) else { return Ok(()) };
    let Some(example) = explain(layout, (case, what), lines, 0, layout.months.saturating_sub(1)) else {
        // A plan without such roles has no lines.
        let title = if let What::Measure(measure) = what { measure.title() } else { "" };
        let heading = Heading { title, how: "The plan has no such role", section: section(what) };
        return page.heading(block, heading, layout.months);
    };
    let how = how(layout, &example);
    page.heading(block, Heading { title: &example.name, how: &how, section: section(what) }, layout.months)?;
    let unit = unit_name(layout, example.unit);
    let format = if example.unit == Unit::Heads { NumberFormat::Heads } else { NumberFormat::Money };
    let key = key(case, what, &example.name);
    let places = places(layout, (case, what), (lines, block.lines));
    for line in 0..block.lines {
        page.go_on()?;
        page.label(block.row(line), &line_label(layout, (lines, line), &example.name, &unit, &key))?;
        for t in 0..layout.months {
            let Some(figure) = explain(layout, (case, what), lines, line, t) else { continue };
            let figure = with_limit(layout, figure);
            let references = CellReferences { layout, place: figure.key.place, month: t, places };
            let Some(formula) = figure.spreadsheet(&references) else {
                return Err(WorkbookError::NoCell { figure: figure.name });
            };
            let value = figure.value.to_f64();
            let format = page.looks.calc(format);
            page.formula(block.row(line), column(t), &format!("={formula}"), value, format)?;
        }
    }
    Ok(())
}

fn explain(
    layout: &Layout<'_>,
    (case, what): (PlanCase, What),
    lines: Lines,
    line: usize,
    t: usize,
) -> Option<Explanation> {
    let place = layout.place(lines, line);
    layout.explainer.explain(Key { case, what, place, period: Period::Month(t) })
}

/// The figure with the share that has accounts or partners, which is 1 where these do not limit until they are typed over.
fn with_limit(layout: &Layout<'_>, mut figure: Explanation) -> Explanation {
    let [accounts, partners] = layout.blocks.with.limits;
    let limits = match figure.key.what {
        What::Measure(Measure::DirectCapacity) => accounts,
        What::Measure(Measure::PartnerCapacity) => partners,
        _ => return figure,
    };
    let key = Key { what: What::Inner(Inner::LimitShare), ..figure.key };
    let is_stated = figure.terms.iter().any(|term| term.source == Source::Figure(key));
    if let Formula::Round(product, _) = &mut figure.formula
        && let Formula::Product(factors) = &mut **product
        && limits.share.lines > 0
        && !is_stated
    {
        factors.push(Formula::Term(figure.terms.len()));
        figure.terms.push(Term { label: String::new(), value: Exact::ONE, source: Source::Figure(key) });
    }
    figure
}

/// Places to which the largest amount of a block can be rounded before it is rounded to the cent.
fn places(layout: &Layout<'_>, (case, what): (PlanCase, What), (lines, count): (Lines, usize)) -> u32 {
    // Only measures are rounded.
    let What::Measure(_) = what else { return inner_places(Exact::ZERO) };
    let cells = (0..count).flat_map(|line| (0..layout.months).map(move |t| (line, Period::Month(t))));
    let amounts = cells.filter_map(|(line, period)| {
        layout.explainer.value(Key { case, what, place: layout.place(lines, line), period })
    });
    inner_places(amounts.fold(Exact::ZERO, |largest, amount| largest.max(amount).max(-amount)))
}

/// The formula in words, of the first line's last month.
fn how(layout: &Layout<'_>, example: &Explanation) -> String {
    let (place, period) = (layout.outcome.place_name(example.key.place), layout.plan.calendar.name(example.key.period));
    format!("{place}, {period}: {}", example.formula_text())
}

/// Where the model says how a figure follows.
const fn section(what: What) -> &'static str {
    match what {
        What::Measure(Measure::Capacity | Measure::DirectCapacity | Measure::PartnerCapacity | Measure::Quota)
        | What::Inner(Inner::PartnerCapacityOfRegion) => "Model section 4",
        What::Measure(Measure::Revenue | Measure::Contribution) | What::Inner(Inner::InService) => "Model section 6",
        What::Measure(Measure::Opening | Measure::Closing) | What::Inner(Inner::Starts) => "Model section 3",
        _ => "Model section 5",
    }
}

/// The key of a line for machines: that of `evaluate` for a measure of the plan, another one for what it does not report.
fn key(case: PlanCase, what: What, name: &str) -> String {
    let key = match what {
        What::Measure(measure) => format!("{{region}},{{role}},{measure}"),
        What::Inner(_) => format!("step:{{region}},{{role}},{}", name.to_lowercase().replace(' ', "_")),
    };
    match case {
        PlanCase::Plan | PlanCase::Outlook => key,
        PlanCase::WithoutGrowth => format!("without:{key}"),
    }
}
