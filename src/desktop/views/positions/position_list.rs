//! Which positions are shown and in which order: filters and sorting. Draws nothing.

use std::cmp::Ordering;

use crate::desktop::sheet::Order;
use crate::engine::{Outcome, Position, Reason};
use crate::plan::{Pay, Plan};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PositionColumn {
    Title,
    Region,
    Country,
    Opens,
    Starts,
    Quarter,
    Reason,
    Base,
    Variable,
    OnTarget,
    Currency,
}

impl PositionColumn {
    pub(super) const ALL: [Self; 11] = [
        Self::Title,
        Self::Opens,
        Self::Starts,
        Self::Quarter,
        Self::Region,
        Self::Reason,
        Self::Base,
        Self::Variable,
        Self::OnTarget,
        Self::Currency,
        Self::Country,
    ];
}

/// What rows are sorted by: their id, or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Id,
    Column(PositionColumn),
}

/// What is shown of the positions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Only those whose id, title, region or country has all of these words.
    pub(super) search: String,
    pub(super) region: Option<usize>,
    pub(super) role: Option<usize>,
    pub(super) reason: Option<Reason>,
    /// Only those of one quarter, counted from 0.
    pub(super) quarter: Option<usize>,
    /// Only those that start in one month, counted from the plan's first.
    pub(super) month: Option<usize>,
    /// In the order of the plan unless another order is chosen.
    pub(super) sort: Option<(By, Order)>,
}

impl Filter {
    /// Whether it leaves anything out.
    pub(super) fn is_open(&self) -> bool {
        *self == Self { sort: self.sort, ..Self::default() }
    }

    fn passes(&self, plan: &Plan, position: &Position, words: &[String]) -> bool {
        let same = |wanted: Option<usize>, here: usize| wanted.is_none_or(|w| w == here);
        same(self.region, position.region)
            && same(self.role, position.role)
            && same(self.quarter, position.quarter)
            && same(self.month, position.month)
            && self.reason.is_none_or(|r| r == position.reason)
            && (words.is_empty() || {
                let [region, title] = [region(plan, position), title(plan, position)];
                let text = format!("{} {title} {region} {}", position.id, country(plan, position)).to_lowercase();
                words.iter().all(|word| text.contains(word))
            })
    }
}

/// Of all positions those that pass, by their place in the list, in order.
pub(super) fn listed(outcome: &Outcome, positions: &[Position], filter: &Filter) -> Vec<usize> {
    let plan = outcome.plan();
    let words: Vec<String> = filter.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<(usize, &Position)> =
        positions.iter().enumerate().filter(|(_, p)| filter.passes(plan, p, &words)).collect();
    if let Some((by, order)) = filter.sort {
        // Equal ones stay in the order of the plan.
        found.sort_by(|(_, one), (_, other)| {
            let by = compare(plan, by, one, other);
            if order == Order::Falling { by.reverse() } else { by }
        });
    }
    found.into_iter().map(|(index, _)| index).collect()
}

fn compare(plan: &Plan, by: By, one: &Position, other: &Position) -> Ordering {
    let By::Column(shows) = by else { return one.id.cmp(&other.id) };
    let amount = |of: fn(&Pay) -> crate::units::Local| {
        // Amounts of unlike currencies do not compare: those of one currency together.
        let key = |p: &Position| (currency(plan, p), p.pay.as_ref().map(of));
        key(one).cmp(&key(other))
    };
    match shows {
        PositionColumn::Title => title(plan, one).cmp(title(plan, other)),
        PositionColumn::Region => region(plan, one).cmp(region(plan, other)),
        PositionColumn::Country => country(plan, one).cmp(country(plan, other)),
        PositionColumn::Opens => one.opens.cmp(&other.opens),
        PositionColumn::Starts => one.starts.cmp(&other.starts),
        PositionColumn::Quarter => one.quarter.cmp(&other.quarter),
        PositionColumn::Reason => one.reason.cmp(&other.reason),
        PositionColumn::Base => amount(|pay| pay.base),
        PositionColumn::Variable => amount(|pay| pay.variable),
        PositionColumn::OnTarget => amount(Pay::on_target),
        PositionColumn::Currency => currency(plan, one).cmp(currency(plan, other)),
    }
}

/// A position's title: its role.
pub(super) fn title<'p>(plan: &'p Plan, position: &Position) -> &'p str {
    plan.roles.get(position.role).map_or("", |role| &role.name)
}

pub(super) fn region<'p>(plan: &'p Plan, position: &Position) -> &'p str {
    plan.regions.get(position.region).map_or("", |region| &region.name)
}

/// The country of a region that has only one.
pub(super) fn country<'p>(plan: &'p Plan, position: &Position) -> &'p str {
    match plan.regions.get(position.region).map(|region| region.countries.as_slice()) {
        Some([only]) => only.as_str(),
        _ => "",
    }
}

/// The currency of the pay: of a move, that of the region to which it leads.
pub(super) fn currency<'p>(plan: &'p Plan, position: &Position) -> &'p str {
    let (region, _) = position.paid_cell;
    plan.regions.get(region).map_or("", |region| region.currency.as_str())
}

/// A reason in words.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Growth => "Growth",
        Reason::Backfill => "Backfill forecast",
        Reason::Move => "Move",
        Reason::Exit => "Exit",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::positions;
    use crate::files::Template;

    fn all() -> (Outcome, Vec<Position>) {
        let plan = Template::by_name("cloud-expansion-fy11").and_then(|t| t.plan().ok());
        let outcome = Outcome::of(Arc::new(plan.unwrap())).unwrap();
        let positions = positions(&outcome).unwrap();
        (outcome, positions)
    }

    #[test]
    fn filters_leave_only_what_they_name() {
        let (outcome, positions) = all();
        let plan = outcome.plan();
        let found = |filter: &Filter| listed(&outcome, &positions, filter);
        assert_eq!(found(&Filter::default()), (0..positions.len()).collect::<Vec<_>>());
        let growth = Filter { reason: Some(Reason::Growth), ..Filter::default() };
        let hires: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum();
        assert_eq!(u64::try_from(found(&growth).len()).unwrap(), hires);
        let narrow = Filter { region: Some(3), quarter: Some(1), search: "MANAGER can".to_owned(), ..growth };
        let narrow = found(&narrow);
        assert!(!narrow.is_empty());
        for position in narrow.iter().map(|i| &positions[*i]) {
            assert_eq!((position.region, position.quarter, position.reason), (3, 1, Reason::Growth));
            assert!(title(plan, position).to_lowercase().contains("manager"));
        }
        assert!(!Filter { month: Some(2), ..Filter::default() }.is_open());
        let sorted = Filter { sort: Some((By::Id, Order::Rising)), ..Filter::default() };
        assert!(sorted.is_open());
    }

    #[test]
    fn every_column_sorts_both_ways() {
        let (outcome, positions) = all();
        for by in PositionColumn::ALL.into_iter().map(By::Column).chain([By::Id]) {
            let rising = listed(&outcome, &positions, &Filter { sort: Some((by, Order::Rising)), ..Filter::default() });
            let falling =
                listed(&outcome, &positions, &Filter { sort: Some((by, Order::Falling)), ..Filter::default() });
            assert_eq!(rising.len(), positions.len());
            let compared = |pair: &[usize]| compare(outcome.plan(), by, &positions[pair[0]], &positions[pair[1]]);
            assert!(rising.windows(2).all(|pair| compared(pair) != Ordering::Greater), "{by:?}");
            assert!(falling.windows(2).all(|pair| compared(pair) != Ordering::Less), "{by:?}");
        }
    }
}
