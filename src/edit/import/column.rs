//! The uses of a table's columns, matched by the names that HR systems and people give them.

use super::cell::{ImportCell, column_letters};
use super::choices::{Choices, ColumnUse};
use super::day::DayEvidence;
use super::field::ImportField::{
    self, Accounts, Amount, Base, CostLine, Currency, Day, Effective, Employee, Expected, Hires, In, InMonth, Leaving,
    Month, OpeningStatus, Owner, Position, Quarter, Rate, Region, Requisition, Role, RowTotal, Start, Target, Tenure,
    Variable, VariableShare, YearTotal,
};
use super::headings::{is_share, is_total, known, looks_like_leaving};
use super::kept::{KeptColumns, KeptField};
use super::kind::ImportKind;
use super::names::{folded, region_index, role_index};
use super::period::{PeriodName, PlanPeriod, QuarterNames, quarter_names};
use super::presets::{Preset, preset};
use super::table::ImportTable;
use crate::plan::Plan;
use crate::units::{counted, listed};

/// Rows that are looked at to find out what a column holds.
const SAMPLE: usize = 500;

/// The use of each column, by what was kept for its heading, then by the names it is known under; a field has one
/// column, the one with the plainest name. A table with a column a quarter has no other column for its figures.
#[must_use]
pub fn columns(
    plan: &Plan,
    table: &ImportTable,
    kind: ImportKind,
    kept: &KeptColumns,
    quarters: Option<QuarterNames>,
) -> Vec<ColumnUse> {
    let mut uses = by_heading(plan, table, kind, kept, quarters);
    if matches!(kind, ImportKind::Roster | ImportKind::People) {
        by_leaving_words(table, &mut uses);
    }
    by_values(plan, table, kind, &mut uses);
    uses
}

/// A match of a column with what it may hold, with how plain its name is for that.
type Match = (usize, usize, ColumnUse);

fn by_heading(
    plan: &Plan,
    table: &ImportTable,
    kind: ImportKind,
    kept: &KeptColumns,
    quarters: Option<QuarterNames>,
) -> Vec<ColumnUse> {
    let calendar = plan.calendar;
    let fields = ImportField::of(kind, calendar);
    let periods = periods(table);
    let named = periods.iter().flatten().map(|(heading, period)| (*heading, *period));
    let whose = quarter_names(calendar, named, quarters).names;
    let mut matched: Vec<Match> = Vec::new();
    let preset = preset_of(table, kind);
    for (column, heading) in table.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        match kept.holds(kind, heading, calendar) {
            Some(KeptField::Nothing) => matched.push((0, column, ColumnUse::LeftOut)),
            Some(KeptField::Field(field)) => matched.push((0, column, ColumnUse::Holds(field))),
            None => {
                if let Some((held, rank)) = preset.and_then(|preset| preset.holds(heading, &fields)) {
                    matched.extend(held.map(|field| (rank, column, ColumnUse::Holds(field))));
                    continue;
                }
                let period = periods.get(column).copied().flatten().map(|(_, period)| period);
                let own = period.and_then(|p| p.place(calendar, whose)).map(|place| match place {
                    PlanPeriod::Quarter(q) => In(q),
                    PlanPeriod::Month(t) => InMonth(t),
                    PlanPeriod::Year(y) => YearTotal(y),
                });
                let total = own.is_none().then(|| total(plan, heading)).flatten();
                let here = known(heading).into_iter().chain(own.or(total).map(|field| (field, 0)));
                let here = here.filter(|(field, _)| fields.contains(field));
                matched.extend(here.map(|(field, rank)| (rank + 1, column, ColumnUse::Holds(field))));
            }
        }
    }
    matched.sort_by_key(|(rank, column, _)| (*rank, *column));
    decide(table.headings.len(), matched)
}

/// The preset of the system that a table of a kind comes from.
pub(super) fn preset_of(table: &ImportTable, kind: ImportKind) -> Option<&'static Preset> {
    let has_presets = kind == ImportKind::Roster || kind.is_of_a_month();
    preset(&table.headings).filter(|_| has_presets)
}

/// The sum that a heading names: of a fiscal year, or of the whole row.
fn total(plan: &Plan, heading: &str) -> Option<ImportField> {
    if !is_total(heading) {
        return None;
    }
    let rest: Vec<&str> = heading.split_whitespace().filter(|word| !is_total(word)).collect();
    let year = PeriodName::read(&rest.join(" ")).filter(|period| period.is_year());
    match year.and_then(|year| year.place(plan.calendar, QuarterNames::Fiscal)) {
        Some(PlanPeriod::Year(y)) => Some(YearTotal(y)),
        _ => rest.is_empty().then_some(RowTotal),
    }
}

fn periods(table: &ImportTable) -> Vec<Option<(&str, PeriodName)>> {
    table.headings.iter().map(|heading| Some((heading.as_str(), PeriodName::read(heading)?))).collect()
}

fn decide(width: usize, matches: Vec<Match>) -> Vec<ColumnUse> {
    let wide = matches.iter().any(|(_, _, used)| used.field().is_some_and(ImportField::is_of_period));
    let mut decided: Vec<Option<ColumnUse>> = vec![None; width];
    for (rank, column, used) in matches {
        let taken = used.field().is_some() && decided.iter().flatten().any(|d| d.field() == used.field());
        let beside =
            wide && rank > 0 && matches!(used.field(), Some(Quarter | Target | Hires | Month | Day | Amount | Rate));
        // A sum is none without something that it could be the sum of.
        let alone = !wide && rank > 0 && used.field().is_some_and(ImportField::is_total);
        if let Some(place @ None) = decided.get_mut(column)
            && !taken
            && !beside
            && !alone
        {
            *place = Some(used);
        }
    }
    decided.into_iter().map(Option::unwrap_or_default).collect()
}

/// Takes a column of days as the leaving date whose heading says so in words that nobody has listed.
fn by_leaving_words(table: &ImportTable, uses: &mut [ColumnUse]) {
    if uses.iter().any(|used| used.field() == Some(Leaving)) {
        return;
    }
    let wanted = |column: usize, heading: &str| looks_like_leaving(heading) && holds_days(table, column);
    let found: Vec<usize> = table.headings.iter().enumerate().filter(|(c, h)| wanted(*c, h)).map(|(c, _)| c).collect();
    if let ([only], true) = (found.as_slice(), found.len() == 1)
        && let Some(place @ ColumnUse::Unknown) = uses.get_mut(*only)
    {
        *place = ColumnUse::Holds(Leaving);
    }
}

/// Whether there are days in a column, and nothing else.
fn holds_days(table: &ImportTable, column: usize) -> bool {
    let mut evidence = DayEvidence::default();
    let mut others = false;
    for row in table.rows.iter().take(SAMPLE) {
        let cell = row.cell(column);
        evidence.add(row.number, cell);
        others |= match cell.value() {
            ImportCell::Text(text) => !super::day::is_no_day(text) && super::day::written(text).is_none(),
            ImportCell::Number(_) => true,
            _ => false,
        };
    }
    evidence.has_days() && !others
}

/// Takes columns for the region and the role by what stands in them, where no heading says which they are.
fn by_values(plan: &Plan, table: &ImportTable, kind: ImportKind, uses: &mut [ColumnUse]) {
    let regions = region_index(plan);
    let roles = role_index(plan);
    let fields = ImportField::of(kind, plan.calendar);
    // The region of bookings by owner is that of the owner.
    let is_wanted = |field| fields.contains(&field) && !uses.iter().any(|used| used.field() == Some(Owner));
    let wanted = [(Region, &regions), (Role, &roles)].into_iter().filter(|(field, _)| is_wanted(*field));
    for (field, index) in wanted.collect::<Vec<_>>() {
        if uses.iter().any(|used| used.field() == Some(field)) {
            continue;
        }
        let share = |column: usize| {
            let texts = table.rows.iter().take(SAMPLE).filter_map(|row| match row.cell(column).value() {
                ImportCell::Text(text) => Some(index.find(text).is_ok()),
                _ => None,
            });
            let (mut all, mut fit) = (0_usize, 0_usize);
            texts.for_each(|fits| (all, fit) = (all + 1, fit + usize::from(fits)));
            (fit * 2 > all).then_some(fit)
        };
        let free = uses.iter().enumerate().filter(|(_, used)| **used == ColumnUse::Unknown).map(|(column, _)| column);
        let best = free
            .filter_map(|column| Some((share(column)?, column)))
            .max_by_key(|(fit, column)| (*fit, usize::MAX - column));
        if let Some(place) = best.and_then(|(_, column)| uses.get_mut(column)) {
            *place = ColumnUse::Holds(field);
        }
    }
}

impl Choices {
    /// Everything as it is found in the table, with what was corrected in earlier ones.
    #[must_use]
    pub fn found(plan: &Plan, table: &ImportTable, kind: ImportKind, kept: &KeptColumns) -> Self {
        Self {
            kind,
            columns: columns(plan, table, kind, kept, None),
            dates: None,
            last_year: None,
            numbers: None,
            quarters: None,
            scale: None,
            hidden_rows: true,
            contingent: false,
            filters: Vec::new(),
            names: plan.table_names.clone(),
            new_names: Vec::new(),
            month: None,
            later_starts: false,
            shrunk: false,
            replace: kind.replaces(),
        }
    }

    /// Reads quarters that do not say so as those of another year; columns that were corrected stay.
    pub fn read_quarters(
        &mut self,
        plan: &Plan,
        table: &ImportTable,
        kept: &KeptColumns,
        quarters: Option<QuarterNames>,
    ) {
        let before = std::mem::replace(&mut self.quarters, quarters);
        self.reread_quarters(plan, table, kept, before);
    }

    /// As [`Self::read_quarters`], where the choice has been made already and was another one before.
    pub fn reread_quarters(
        &mut self,
        plan: &Plan,
        table: &ImportTable,
        kept: &KeptColumns,
        before: Option<QuarterNames>,
    ) {
        if before == self.quarters {
            return;
        }
        let before = columns(plan, table, self.kind, kept, before);
        let found = columns(plan, table, self.kind, kept, self.quarters);
        for ((used, before), found) in self.columns.iter_mut().zip(before).zip(found) {
            if *used == before {
                *used = found;
            }
        }
    }
}

impl ImportKind {
    /// The kind for which the headings say enough; `None` if they do for none.
    #[must_use]
    pub fn complete(plan: &Plan, table: &ImportTable) -> Option<Self> {
        let none = KeptColumns::default();
        // What asks for most comes first: a table of growth hires has what one of targets has, and more.
        let order = [Self::Roster, Self::Pay, Self::Hires, Self::Targets, Self::Accounts];
        let of_a_month = [Self::Openings, Self::Costs, Self::Bookings, Self::Rates];
        order
            .into_iter()
            .chain(of_a_month)
            .find(|kind| problem(plan, table, &Choices::found(plan, table, *kind, &none)).is_none())
    }

    /// The kind for which the headings say enough, and else the one that they say most of; a roster where they say
    /// nothing.
    #[must_use]
    pub fn of(plan: &Plan, table: &ImportTable) -> Self {
        let none = KeptColumns::default();
        let most = |kind: &Self| Choices::found(plan, table, *kind, &none).fields().count();
        // Of equals the last: without a role, quarters are those of targets.
        let or_most =
            || [Self::Accounts, Self::Pay, Self::Hires, Self::Targets, Self::Roster].into_iter().max_by_key(most);
        Self::complete(plan, table).or_else(or_most).unwrap_or(Self::Roster)
    }
}

impl KeptColumns {
    /// Keeps what each column holds, where its name alone would say otherwise.
    pub fn keep(&mut self, plan: &Plan, table: &ImportTable, choices: &Choices) {
        let by_name = columns(plan, table, choices.kind, &Self::default(), choices.quarters);
        for ((heading, chosen), found) in table.headings.iter().zip(&choices.columns).zip(&by_name) {
            let corrected = chosen.field().map_or(KeptField::Nothing, KeptField::Field);
            let differs = chosen != found && *chosen != ColumnUse::Unknown;
            self.put(choices.kind, heading, differs.then_some(&corrected), plan.calendar);
        }
    }
}

/// A column that nothing is taken from although it may be meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedColumn {
    /// The column, from 0.
    pub column: usize,
    /// Its letters and heading: `D "Return Date"`.
    pub name: String,
    /// Why, in a planner's words.
    pub reason: String,
    /// Whether it belongs to the table by its heading, so that nothing is taken before somebody says what it holds, or that it
    /// is left out.
    pub belongs: bool,
}

/// The columns that nothing is taken from, and of which the planner has not said so.
pub(super) fn unused(plan: &Plan, table: &ImportTable, choices: &Choices) -> Vec<UnusedColumn> {
    let calendar = plan.calendar;
    let by_month = matches!(choices.kind, ImportKind::Bookings | ImportKind::Costs | ImportKind::Rates);
    let by_period = by_month || matches!(choices.kind, ImportKind::Targets | ImportKind::Hires);
    let is_taken = |heading: &str| {
        table
            .headings
            .iter()
            .zip(&choices.columns)
            .any(|(h, used)| used.field().is_some() && folded(h) == folded(heading))
    };
    let first = calendar.name(crate::units::Period::Quarter(0));
    let last = calendar.name(crate::units::Period::Quarter(calendar.quarters.saturating_sub(1)));
    let mut left = Vec::new();
    for (column, heading) in table.headings.iter().enumerate() {
        if choices.columns.get(column).copied().unwrap_or_default() != ColumnUse::Unknown {
            continue;
        }
        let filled = table.rows.iter().any(|row| !row.cell(column).is_empty());
        let period = PeriodName::read(heading);
        let (reason, belongs) = if !filled {
            continue;
        } else if heading.is_empty() {
            ("has no heading".to_owned(), false)
        } else if is_taken(heading) {
            ("has the heading of another column, which is taken".to_owned(), true)
        } else if by_period && period.is_some_and(PeriodName::lacks_year) {
            ("does not say of which year it is".to_owned(), true)
        } else if by_month && period.is_some_and(|p| p.place(calendar, QuarterNames::Fiscal).is_some()) {
            ("is no month, and what has happened is stated by month".to_owned(), true)
        } else if by_period && period.is_some_and(|p| !p.is_year()) {
            (format!("is outside the plan, which has {first} to {last}"), true)
        } else if by_period && begins_like_a_period(heading) {
            ("may be a period of the plan; say which".to_owned(), true)
        } else if matches!(choices.kind, ImportKind::Roster | ImportKind::People) && holds_days(table, column) {
            ("holds days of something that is not asked for".to_owned(), false)
        } else if is_share(heading) && choices.kind == ImportKind::Pay {
            ("holds shares, and it does not say of what".to_owned(), true)
        } else {
            ("is not asked for".to_owned(), false)
        };
        let letters = column_letters(column);
        let name = if heading.is_empty() { letters } else { format!("{letters} \"{heading}\"") };
        left.push(UnusedColumn { column, name, reason, belongs });
    }
    left
}

/// Whether a heading begins or ends with a period and goes on with something else: `FY11 Q2 (revised)`, `Actual FY11 Q2`.
fn begins_like_a_period(heading: &str) -> bool {
    let words: Vec<&str> = heading.split([' ', '(', ')', '[', ']', ':']).filter(|word| !word.is_empty()).collect();
    let is_period = |part: &[&str]| {
        PeriodName::read(&part.join(" ")).is_some_and(|period| !period.is_year() && !period.lacks_year())
    };
    (1..words.len()).any(|at| {
        let (before, after) = words.split_at(at);
        is_period(before) || is_period(after)
    })
}

/// The reason why columns do not say enough, in a planner's words.
pub(super) fn problem(plan: &Plan, table: &ImportTable, choices: &Choices) -> Option<String> {
    let (calendar, headings) = (plan.calendar, &table.headings);
    let has = |field: ImportField| choices.has(field);
    for field in choices.fields() {
        let same =
            headings.iter().zip(&choices.columns).enumerate().filter(|(_, (_, used))| used.field() == Some(field));
        let named: Vec<String> =
            same.map(|(at, (heading, _))| format!("{} \"{heading}\"", column_letters(at))).collect();
        if named.len() > 1 {
            let field = field.word(calendar);
            return Some(format!("{} are all taken for {field}; choose one of them", named.join(", ")));
        }
    }
    let wide = choices.fields().any(ImportField::is_of_period);
    let of_a_row = match choices.kind {
        ImportKind::Hires => Hires,
        ImportKind::Bookings | ImportKind::Costs => Amount,
        ImportKind::Rates => Rate,
        _ => Target,
    };
    if let Some(other) = [Quarter, Month, Day, of_a_row].into_iter().find(|other| wide && has(*other)) {
        let other = if other == of_a_row { "figure".to_owned() } else { other.word(calendar) };
        return Some(format!("there is a column a period and also one for the {other}; leave out one or the other"));
    }
    let mut missing: Vec<&str> = Vec::new();
    let mut need = |there: bool, what: &'static str| {
        if !there {
            missing.push(what);
        }
    };
    match choices.kind {
        ImportKind::Openings => need(has(Position) || has(Requisition), "the position or the requisition"),
        ImportKind::Bookings => need(has(Region) || has(Owner), "the region or the owner"),
        ImportKind::Rates => need(has(Currency), "the currency"),
        _ => need(has(Region), "the region"),
    }
    if matches!(choices.kind, ImportKind::Roster | ImportKind::Pay | ImportKind::Hires | ImportKind::People) {
        need(has(Role), "the role");
    }
    match choices.kind {
        ImportKind::Roster => {
            let start = has(Start) || has(Tenure) || has(ImportField::FirstStart);
            need(start, "the start date (or the tenure in months)");
        }
        ImportKind::Accounts => need(has(Accounts), "the number of accounts"),
        ImportKind::Pay => need(has(Base) || has(Variable) || has(VariableShare), "base or variable pay"),
        ImportKind::Targets if !wide => {
            need(has(Quarter), "the quarter (or one column a quarter or month)");
            need(has(Target), "the target");
        }
        ImportKind::Hires if !wide => {
            need(has(Quarter), "the quarter (or one column a quarter or month)");
            need(has(Hires), "the number of hires");
        }
        ImportKind::People => {
            need(has(Employee), "the id of the person");
            need(has(Start) || has(Effective) || has(ImportField::FirstStart), "the start date");
        }
        ImportKind::Openings => need(has(OpeningStatus) || has(Expected), "the status or the expected start"),
        ImportKind::Costs => {
            need(has(CostLine), "the cost line or account");
            need(wide || has(Amount), "the amount (or one column a month)");
        }
        ImportKind::Bookings => need(wide || has(Amount), "the amount (or one column a month)"),
        ImportKind::Rates => need(wide || has(Rate), "the rate (or one column a month)"),
        ImportKind::Targets | ImportKind::Hires => {}
    }
    if missing.is_empty() {
        return None;
    }
    let all: Vec<String> = headings.iter().filter(|h| !h.is_empty()).map(|h| format!("\"{h}\"")).collect();
    let unnamed = if all.is_empty() { counted(headings.len(), "column", "columns") } else { all.join(", ") };
    let missing = listed(&missing, "or");
    Some(format!("no column is taken for {missing}; the headings are {unnamed}"))
}
