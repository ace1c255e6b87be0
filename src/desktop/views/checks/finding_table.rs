//! The table of findings: its rows and columns, and the place that each leads to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::departure;
use super::finding_filter::{By, FindingColumn, Grouping};
use super::finding_lines::{FindingHeading, FindingLine, line_key, open_findings};
use crate::analysis::{Acceptance, FindingGroup, finding_sentence, has_fix, region_of};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::{Numbers, in_percent};
use crate::desktop::scene::figure;
use crate::desktop::sheet::{At, Band, Cell, Column, Heading, Model, Order, RowHead, Side, Tone};
use crate::engine::{Amount, Finding, FindingKind, Inner, Key, Measure, Outcome, Place, PlanCase, What};
use crate::plan::{Envelope, Field, Levers, Plan, Region, Role};
use crate::units::{Exact, Heads, Money, Period};

/// The table of one frame.
pub(super) struct FindingTable<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) findings: &'a [Finding],
    pub(super) groups: &'a [FindingGroup],
    /// The groups that the plan of record does not have, by their places in the list of all.
    pub(super) new: &'a BTreeSet<usize>,
    pub(super) lines: &'a [FindingLine],
    pub(super) folded: &'a BTreeSet<String>,
    pub(super) opened: &'a BTreeSet<String>,
    pub(super) grouping: Grouping,
    pub(super) sort: Option<(By, Order)>,
    pub(super) numbers: Numbers,
    pub(super) head_width: f32,
}

impl<'a> FindingTable<'a> {
    /// Width of the columns after the row heads.
    pub(super) fn width(grouping: Grouping) -> f32 {
        FindingColumn::of(grouping).iter().map(|shows| column(*shows).width).sum::<f32>() + 14.0
    }

    pub(super) fn finding(&self, row: usize) -> Option<&'a Finding> {
        self.findings.get(self.lines.get(row)?.finding()?)
    }

    /// Whether a group is new, has got worse, or is accepted.
    fn state(&self, index: usize) -> &'static str {
        match self.groups.get(index).map(|group| group.acceptance) {
            Some(Acceptance::Worse(_)) => ", worse than accepted",
            Some(Acceptance::Accepted(_)) => ", accepted",
            _ if self.new.contains(&index) => ", new",
            _ => "",
        }
    }

    fn heading(&self, group: FindingHeading) -> String {
        match group {
            FindingHeading::Level(level) => level.title().to_owned(),
            FindingHeading::Accepted => "Accepted".to_owned(),
            FindingHeading::Kind(kind) => format!("{} {}", icon(kind), kind.title()),
            FindingHeading::Region(None) => "All regions".to_owned(),
            FindingHeading::Region(Some(r)) => self.outcome.place_name(Place::Region(r)),
        }
    }

    fn finding_cell(&self, finding: &Finding, shows: FindingColumn) -> Cell {
        let (kind, numbers) = (finding.kind, self.numbers);
        let currency = self.outcome.plan().currency.as_str();
        let text = |text: String, tone: Tone| Cell { text, tone, ..Cell::default() };
        match shows {
            FindingColumn::Kind => {
                Cell { side: Side::Left, link: true, ..text(format!("{} {}", icon(kind), kind.title()), Tone::Warning) }
            }
            FindingColumn::When => Cell {
                side: Side::Left,
                link: true,
                ..text(self.outcome.plan().calendar.name(finding.period), Tone::Normal)
            },
            FindingColumn::Figure => Cell {
                explains: explained(finding),
                ..text(amount(numbers, currency, kind, finding.figure), Tone::Strong)
            },
            FindingColumn::Limit => text(amount(numbers, currency, kind, finding.limit), Tone::Normal),
            FindingColumn::Off => text(off(numbers, currency, finding), Tone::Normal),
            FindingColumn::ToDo => Cell { side: Side::Left, link: true, ..text(to_do(kind), Tone::Link) },
        }
    }
}

/// The way to resolve a finding of a kind, with its icon: a link in the table, a button below it.
pub(super) fn to_do(kind: FindingKind) -> String {
    match kind {
        FindingKind::CapacityCoverage => format!("{} Why", Icon::Info),
        kind if has_fix(kind) => format!("{} Fix…", Icon::Wrench),
        _ => format!("{} Remedies…", Icon::Info),
    }
}

/// The figure whose reason and hires the inspector shows, for a finding that has them.
pub(super) fn reason(finding: &Finding) -> Option<Key> {
    explained(finding).filter(|_| finding.kind == FindingKind::CapacityCoverage)
}

/// A kind's icon.
pub(super) const fn icon(kind: FindingKind) -> Icon {
    match kind {
        FindingKind::BelowEnvelope | FindingKind::AboveEnvelope => Icon::Scales,
        FindingKind::OverBudget => Icon::Coins,
        FindingKind::RecruitingCapacity => Icon::UserPlus,
        FindingKind::OnboardingSeats | FindingKind::TooFewToMove | FindingKind::TooFewToGo => Icon::Users,
        FindingKind::CapacityCoverage | FindingKind::BeyondAccounts | FindingKind::BeyondPartners => Icon::Target,
        FindingKind::SupportCoverage => Icon::TreeStructure,
        FindingKind::ManagerCoverage => Icon::UsersThree,
        FindingKind::OpensTooEarly | FindingKind::LongTenure => Icon::Calendar,
        FindingKind::PastHorizon => Icon::Hourglass,
    }
}

/// A figure or a limit with its unit; what is counted is starts, hires or others by the kind of finding.
fn amount(numbers: Numbers, currency: &str, kind: FindingKind, value: Amount) -> String {
    let people = match kind {
        FindingKind::OnboardingSeats | FindingKind::RecruitingCapacity => ["start", "starts"],
        FindingKind::TooFewToMove | FindingKind::TooFewToGo => ["head", "heads"],
        FindingKind::BeyondAccounts => ["account", "accounts"],
        FindingKind::BeyondPartners => ["partner", "partners"],
        FindingKind::LongTenure => ["month", "months"],
        _ => ["hire", "hires"],
    };
    let [one, many] = people;
    let noun = if value.exact() == Exact::ONE { one } else { many };
    match value {
        Amount::Money(money) => format!("{} {currency}", numbers.short(money)),
        Amount::Ratio(share) => numbers.percent(Some(share), 1),
        Amount::Heads(heads) => {
            let number = heads.exact();
            format!("{} {noun}", numbers.exact(number, u32::from(number.round(0) != number)))
        }
        Amount::Count(count) => format!("{} {noun}", numbers.count(count)),
    }
}

/// The difference between figure and limit, with its unit.
fn off(numbers: Numbers, currency: &str, finding: &Finding) -> String {
    let by = finding.off();
    match finding.figure {
        Amount::Ratio(_) => format!("{} points", numbers.exact(in_percent(by), 1)),
        Amount::Money(_) => amount(numbers, currency, finding.kind, Amount::Money(Money::new(by))),
        Amount::Heads(_) | Amount::Count(_) => amount(numbers, currency, finding.kind, Amount::Heads(Heads::new(by))),
    }
}

/// The figure behind a finding, which explains itself; positions are counted, not computed.
fn explained(finding: &Finding) -> Option<Key> {
    let measure = match finding.kind {
        FindingKind::BelowEnvelope | FindingKind::AboveEnvelope => Measure::GrowthHires,
        FindingKind::OverBudget => Measure::TotalCost,
        FindingKind::RecruitingCapacity => Measure::Growth,
        FindingKind::CapacityCoverage => Measure::CapacityCoverage,
        FindingKind::SupportCoverage => Measure::SupportCoverage,
        FindingKind::ManagerCoverage => Measure::ManagerCoverage,
        FindingKind::OnboardingSeats => {
            let what = What::Inner(Inner::Starts);
            return Some(Key { case: PlanCase::Plan, what, place: finding.place, period: finding.period });
        }
        FindingKind::TooFewToMove => Measure::MovedOut,
        FindingKind::TooFewToGo => Measure::Exits,
        FindingKind::OpensTooEarly
        | FindingKind::PastHorizon
        | FindingKind::BeyondAccounts
        | FindingKind::BeyondPartners
        | FindingKind::LongTenure => return None,
    };
    Some(figure(measure, finding.place, finding.period))
}

/// Where a finding is mended by hand: at a limit that the plan states, or in the hiring grid.
pub(super) fn destination(outcome: &Outcome, finding: &Finding) -> Action {
    let quarter = match finding.period {
        Period::Quarter(q) => Some(q),
        Period::Year(y) => Some(y * 4),
        Period::Month(t) => Some(t / 3),
        Period::All => None,
    };
    let of_the_plan =
        matches!(finding.kind, FindingKind::BelowEnvelope | FindingKind::AboveEnvelope | FindingKind::OverBudget);
    match limit(outcome, finding).filter(|_| of_the_plan).or_else(|| departure::field(outcome.plan(), finding)) {
        Some(path) => Action::GoToInput(path),
        _ => Action::GoTo { place: finding.place, quarter },
    }
}

/// The field that states a finding's limit, or what moves its figure most plainly.
pub(super) fn limit(outcome: &Outcome, finding: &Finding) -> Option<String> {
    let plan = outcome.plan();
    let region = region_of(finding.place).and_then(|r| plan.regions.get(r)).map(|r| r.id.as_str());
    let path = match (finding.kind, finding.place, finding.period) {
        (FindingKind::BelowEnvelope, ..) => Envelope::MIN.path(),
        (FindingKind::AboveEnvelope, ..) => Envelope::MAX.path(),
        (FindingKind::OverBudget, _, Period::Year(y)) => Plan::BUDGETS.at(plan.calendar.fiscal_year(y)),
        (FindingKind::RecruitingCapacity, _, Period::Quarter(q)) => Plan::RECRUITING_CAPACITY.at(q),
        (FindingKind::OnboardingSeats, ..) => Region::ONBOARDING_SEATS.at(region?),
        (FindingKind::CapacityCoverage, _, Period::Quarter(q)) => Plan::TARGETS.at(region?).at(q),
        (FindingKind::OpensTooEarly, Place::Cell(_, k), _) => Role::TIME_TO_FILL.at(&plan.roles.get(k)?.id),
        (FindingKind::PastHorizon, ..) => Levers::HIRE_DELAY.path(),
        (FindingKind::BeyondAccounts, ..) => Region::ACCOUNTS.at(region?),
        (FindingKind::BeyondPartners, ..) => Region::PARTNERS.at(region?),
        _ => return None,
    };
    Some(path.to_string())
}

fn column(shows: FindingColumn) -> Column {
    match shows {
        FindingColumn::Kind => Column::new("Kind", 148.0).words(),
        FindingColumn::When => Column::new("When", 64.0).words(),
        FindingColumn::Figure => Column::new("Figure", 98.0).about("The plan's figure"),
        FindingColumn::Limit => Column::new("Limit", 94.0).about("The upper or lower limit"),
        FindingColumn::Off => {
            Column::new("Off by", 90.0).about("The difference between the two; the largest come first")
        }
        FindingColumn::ToDo => Column::new("What to do", 108.0).words(),
    }
}

impl Model for FindingTable<'_> {
    fn columns(&self) -> Arc<[Column]> {
        FindingColumn::of(self.grouping).iter().map(|shows| column(*shows)).collect()
    }

    fn corner(&self) -> String {
        match self.grouping {
            Grouping::None => "Place".to_owned(),
            Grouping::Level => "Level, place".to_owned(),
            Grouping::Kind => "Kind, place".to_owned(),
            Grouping::Region => "Region, place".to_owned(),
        }
    }

    fn head_width(&self) -> f32 {
        self.head_width
    }

    fn rows(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, row: usize) -> RowHead {
        match self.lines.get(row) {
            Some(FindingLine::Heading(group, count)) => RowHead {
                title: format!("{} ({})", self.heading(*group), count),
                depth: 0,
                band: Band::Light,
                folded: Some(self.folded.contains(&group.key())),
            },
            Some(line) => {
                let Some(finding) = self.finding(row) else { return RowHead::default() };
                // Of several findings the region, of one its place.
                let place = match (finding.place, line) {
                    (Place::Plan, _) => "All regions".to_owned(),
                    (Place::Cell(r, _), FindingLine::Worst { others: 1.., .. }) => {
                        self.outcome.place_name(Place::Region(r))
                    }
                    (other, _) => self.outcome.place_name(other),
                };
                let title = match line {
                    FindingLine::Worst { group_index, others: 0, .. } => format!("{place}{}", self.state(*group_index)),
                    FindingLine::Worst { group_index, others, .. } => {
                        format!("{place}, {others} more{}", self.state(*group_index))
                    }
                    _ => place,
                };
                let has_others = matches!(line, FindingLine::Worst { others, .. } if *others > 0);
                let folded = has_others.then(|| !self.opened.contains(&line_key(finding)));
                let inside = u8::from(matches!(line, FindingLine::Other { .. }));
                let depth = u8::from(self.grouping != Grouping::None) + inside;
                RowHead { title, depth, folded, ..RowHead::default() }
            }
            None => RowHead::default(),
        }
    }

    fn cell(&self, at: At) -> Cell {
        let Some(shows) = self.shows(at.column) else { return Cell::default() };
        match (self.lines.get(at.row), shows) {
            (Some(FindingLine::Heading(FindingHeading::Kind(kind), _)), FindingColumn::ToDo)
                if has_fix(*kind) && open_findings(self.groups, *kind) > 1 =>
            {
                let text = format!("{} Fix all…", Icon::Wrench);
                Cell { text, tone: Tone::Link, side: Side::Left, link: true, ..Cell::default() }
            }
            (_, shows) => self.finding(at.row).map(|f| self.finding_cell(f, shows)).unwrap_or_default(),
        }
    }

    fn name(&self, at: At) -> String {
        match (self.lines.get(at.row), self.finding(at.row)) {
            // The first cell has the whole finding.
            (_, Some(finding)) if at.column == 0 => self.sentence(finding),
            (_, Some(finding)) => {
                let title = self.columns().get(at.column).map(|c| c.title.clone()).unwrap_or_default();
                format!("{title}: {}", self.sentence(finding))
            }
            (Some(FindingLine::Heading(group, _)), None) => self.heading(*group),
            _ => String::new(),
        }
    }

    fn order(&self, heading: Heading) -> Option<Order> {
        let by = self.by(heading)?;
        Some(self.sort.filter(|(present, _)| *present == by).map_or(Order::Unsorted, |(_, order)| order))
    }

    fn hover(&self, at: At) -> Vec<String> {
        let Some(finding) = self.finding(at.row) else { return Vec::new() };
        vec![self.sentence(finding)]
    }
}

impl FindingTable<'_> {
    /// The menu of a cell's row: titles and actions.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let Some(finding) = self.finding(at.row) else { return Vec::new() };
        let mut menu = vec![("Go to its place".to_owned(), destination(self.outcome, finding))];
        if let Some(path) = limit(self.outcome, finding)
            && let Some(field) = Field::of(&path)
        {
            menu.push((format!("Go to {}", field.title.to_lowercase()), Action::GoToInput(path)));
        }
        menu.extend(explained(finding).map(|key| ("Explain the figure".to_owned(), Action::Explain(key))));
        menu
    }
}

impl FindingTable<'_> {
    fn sentence(&self, finding: &Finding) -> String {
        finding_sentence(self.outcome, finding, &self.numbers)
    }

    /// The content of a column.
    pub(super) fn shows(&self, column: usize) -> Option<FindingColumn> {
        FindingColumn::of(self.grouping).get(column).copied()
    }

    /// The sort key of a heading; the way to resolve a finding follows from its kind and has none.
    pub(super) fn by(&self, heading: Heading) -> Option<By> {
        match heading {
            Heading::Rows => Some(By::Place),
            Heading::Column(c) => self.shows(c).filter(|shows| *shows != FindingColumn::ToDo).map(By::Column),
        }
    }
}
