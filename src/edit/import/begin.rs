//! A plan that begins from tables: its regions and roles are those that the tables name, its people, pay, targets, accounts
//! and hires are theirs. What no table states is taken from a model plan, and listed as to be stated.

use std::collections::{BTreeMap, BTreeSet};

use super::amount::DecimalSign;
use super::choices::Choices;
use super::currency::is_code;
use super::day::DateOrder;
use super::error::ImportError;
use super::field::ImportField;
use super::kept::KeptColumns;
use super::kind::ImportKind;
use super::names::{folded, line, region_index};
use super::period::QuarterNames;
use super::result::{Import, StatedPlace};
use super::rows::{RowKind, rows};
use super::run::import;
use super::stated::place_name;
use super::table::ImportTable;
use super::value_map::{NamedValue, ValueMap};
use crate::edit::apply::apply_all;
use crate::edit::structure::slug;
use crate::plan::{
    Currency, Envelope, Kind, Levers, Market, Pay, Plan, Region, RegionId, Role, RoleId, Shared, TableNames,
};
use crate::units::{Calendar, Exact, Local, Money, Month, Naming, Period, Ratio, counted};

/// The name, horizon and currency of a new plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// Its name.
    pub name: String,
    /// First month of the first fiscal quarter.
    pub first_month: Month,
    /// Quarters in the horizon.
    pub quarters: usize,
    /// Code of the plan currency.
    pub currency: String,
    /// The order of day and month in the tables; found from each column where absent.
    pub dates: Option<DateOrder>,
    /// The sign before decimals in the tables; found from each column where absent.
    pub numbers: Option<DecimalSign>,
    /// The year of quarters that do not say so; found from the tables where absent.
    pub quarter_names: Option<QuarterNames>,
}

/// A table that a plan begins from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTable {
    /// The file, and the sheet of a workbook: `staff.xlsx, July`.
    pub name: String,
    /// Its rows.
    pub table: ImportTable,
    /// Sentences on how the file was read, without full stop.
    pub notes: Vec<String>,
}

/// One table, and the result of taking it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenTable {
    /// The file and sheet.
    pub name: String,
    /// Its kind, and the result; an error in a planner's words where its kind is not known.
    pub result: Result<(ImportKind, Import), String>,
}

/// A plan that was made from tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunPlan {
    /// The plan.
    pub plan: Plan,
    /// The tables, each with its result.
    pub tables: Vec<TakenTable>,
    /// Inputs that come from the model and are to be stated, in a planner's words.
    pub to_state: Vec<String>,
}

impl BegunPlan {
    /// Whether everything in the tables is taken, or rightly stays out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.tables.iter().all(|table| table.result.as_ref().is_ok_and(|(_, import)| import.is_whole()))
    }
}

/// The order in which tables come in: pay before the people who need it.
const ORDER: [ImportKind; 5] =
    [ImportKind::Pay, ImportKind::Roster, ImportKind::Accounts, ImportKind::Targets, ImportKind::Hires];

/// Makes a plan from tables.
///
/// # Errors
/// If no table names a region, or the horizon is not valid.
pub fn begin(model: &Plan, new: &NewPlan, tables: &[SourceTable]) -> Result<BegunPlan, ImportError> {
    let calendar = Calendar { first_month: new.first_month, quarters: new.quarters, named_by: Naming::EndYear };
    let framed = Plan { calendar, ..model.clone() };
    let kinds: Vec<Option<ImportKind>> = tables.iter().map(|t| ImportKind::complete(&framed, &t.table)).collect();
    let mut named = Names::of(&framed, tables, &kinds);
    if named.regions.is_empty() {
        let why = "no table names a region: it needs a column for the region, or for the place where people work";
        return Err(ImportError::Columns(why.to_owned()));
    }
    let with_all = with_names(model, new, calendar, tables, &kinds, &named)?;
    // Those who have left, and whoever works for another company, may be the only ones of a title or a place.
    let begun = if named.keep_used(&with_all.plan, &with_all.tables) {
        with_names(model, new, calendar, tables, &kinds, &named)?
    } else {
        with_all
    };
    if let Some(problem) = crate::plan::validate(&begun.plan).first() {
        return Err(ImportError::Plan(problem.to_string()));
    }
    Ok(begun)
}

/// Makes a plan with these regions and roles, and takes the tables in.
fn with_names(
    model: &Plan,
    new: &NewPlan,
    calendar: Calendar,
    tables: &[SourceTable],
    kinds: &[Option<ImportKind>],
    named: &Names,
) -> Result<BegunPlan, ImportError> {
    let (mut plan, mut to_state) = frame(model, new, calendar, named);
    let mut taken: Vec<TakenTable> = Vec::new();
    for kind in ORDER {
        let mut stated: Vec<(String, BTreeSet<StatedPlace>)> = Vec::new();
        for (source, _) in tables.iter().zip(kinds).filter(|(_, k)| **k == Some(kind)) {
            let result = take(&plan, new, source, kind, &stated);
            if let Ok(import) = &result {
                plan = apply_all(&plan, &import.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
                stated.push((source.name.clone(), import.places.clone()));
            }
            taken.push(TakenTable { name: source.name.clone(), result: result.map(|import| (kind, import)) });
        }
    }
    for (source, _) in tables.iter().zip(kinds).filter(|(_, kind)| kind.is_none()) {
        let why = "no kind of table fits its headings; a roster needs region, role and start date, pay region, role and \
            base, targets region, quarter and target, accounts region and accounts, hires region, role, quarter and hires";
        taken.push(TakenTable { name: source.name.clone(), result: Err(why.to_owned()) });
    }
    to_state.extend(missing(&plan, &taken));
    plan.envelope.max = plan.envelope.max.max(u32::try_from(plan.hires_in_year(0)).unwrap_or(u32::MAX));
    plan.notes = format!("To be stated, and taken from \"{}\" until then:\n- {}", model.name, to_state.join("\n- "));
    Ok(BegunPlan { plan, tables: taken, to_state })
}

/// Takes one table in; a place that an earlier table of its kind states cannot be stated again.
fn take(
    plan: &Plan,
    new: &NewPlan,
    source: &SourceTable,
    kind: ImportKind,
    stated: &[(String, BTreeSet<StatedPlace>)],
) -> Result<Import, String> {
    let kept = KeptColumns::default();
    let mut choices = Choices::found(plan, &source.table, kind, &kept);
    choices.read_quarters(plan, &source.table, &kept, new.quarter_names);
    (choices.dates, choices.numbers) = (new.dates, new.numbers);
    choices.replace = kind.replaces() && stated.is_empty();
    let mut import = import(plan, &source.table, &choices).map_err(|error| error.to_string())?;
    for (earlier, places) in stated {
        if let Some(place) = places.intersection(&import.places).next() {
            let quarter = place.2.map(|q| plan.calendar.name(Period::Quarter(q)));
            let place = place_name(plan, (place.0, place.1), quarter);
            return Err(format!(
                "it states {place}, as {earlier} does already; join the two tables, or leave one of them out"
            ));
        }
    }
    import.notes.splice(0..0, source.notes.iter().cloned());
    Ok(import)
}

/// The regions and roles that tables name, in their order, with the currency that pay is stated in.
#[derive(Default)]
struct Names {
    regions: Vec<String>,
    roles: Vec<String>,
    /// By the folded name of the region.
    currencies: BTreeMap<String, String>,
}

/// A list of names, each once whatever its spelling.
#[derive(Default)]
struct NameList {
    names: Vec<String>,
    seen: BTreeSet<String>,
}

impl NameList {
    fn add(&mut self, name: &str) {
        if self.seen.insert(key(name)) {
            self.names.push(name.to_owned());
        }
    }
}

/// A name whatever its spelling; a name of signs alone as it is.
fn key(name: &str) -> String {
    Some(folded(name)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| name.to_owned())
}

impl Names {
    fn of(plan: &Plan, tables: &[SourceTable], kinds: &[Option<ImportKind>]) -> Self {
        let (mut regions, mut roles, mut currencies) = (NameList::default(), NameList::default(), BTreeMap::new());
        let none = TableNames::default();
        for (source, kind) in tables.iter().zip(kinds) {
            let Some(kind) = kind else { continue };
            let table = &source.table;
            let choices = Choices::found(plan, table, *kind, &KeptColumns::default());
            let column = |field| choices.columns.iter().position(|used| used.field() == Some(field));
            let kinds = rows(table, &choices, &ValueMap::new(plan, &none));
            for (row, _) in table.rows.iter().zip(&kinds).filter(|(_, kind)| **kind == RowKind::Statement) {
                let text = |field| {
                    let text = line(&row.cell(column(field)?).shown());
                    Some(text).filter(|text| !folded(text).is_empty() || !text.is_ascii())
                };
                let region = text(ImportField::Region);
                if let Some(name) = &region {
                    regions.add(name);
                }
                if let Some(name) = text(ImportField::Role) {
                    roles.add(&name);
                }
                if let (Some(region), Some(currency)) = (region, text(ImportField::Currency)) {
                    currencies.entry(key(&region)).or_insert(currency.to_uppercase());
                }
            }
        }
        Self { regions: regions.names, roles: roles.names, currencies }
    }

    /// Drops regions and roles of which the plan has nobody and nothing; says whether there were any.
    fn keep_used(&mut self, plan: &Plan, tables: &[TakenTable]) -> bool {
        let mut regions: BTreeSet<usize> = BTreeSet::new();
        let mut roles: BTreeSet<usize> = BTreeSet::new();
        for (kind, import) in tables.iter().filter_map(|table| table.result.as_ref().ok()) {
            // A roster names places of people who do not count, too.
            if *kind != ImportKind::Roster {
                regions.extend(import.places.iter().map(|(region, ..)| *region));
                roles.extend(import.places.iter().filter_map(|(_, role, _)| *role));
            }
        }
        regions.extend(plan.baseline.iter().filter_map(|b| plan.region_index(b.region.as_str())));
        roles.extend(plan.baseline.iter().filter_map(|b| plan.role_index(b.role.as_str())));
        // A plan has one of each, at least.
        let keep = |names: &mut Vec<String>, used: &BTreeSet<usize>| {
            let before = names.len();
            let mut at = 0..before;
            if !used.is_empty() {
                names.retain(|_| at.next().is_some_and(|at| used.contains(&at)));
            }
            names.len() < before
        };
        let dropped = keep(&mut self.regions, &regions);
        keep(&mut self.roles, &roles) || dropped
    }
}

/// The plan without anything that tables state, and what it takes from the model.
fn frame(model: &Plan, new: &NewPlan, calendar: Calendar, named: &Names) -> (Plan, Vec<String>) {
    let mut to_state = Vec::new();
    let currency = Currency::new(&new.currency);
    let index = region_index(model);
    let none = TableNames::default();
    let map = ValueMap::new(model, &none);
    let mut like: BTreeMap<RegionId, usize> = BTreeMap::new();
    let mut regions: Vec<Region> = Vec::new();
    for name in &named.regions {
        let exact = index.find(name).ok();
        let near = || map.proposals(NamedValue::Region, name).first().and_then(|id| model.region_index(id));
        let at = exact.or_else(near);
        let Some(region) = region(model, at, name, calendar, &currency, named, &regions) else { continue };
        like.insert(region.id.clone(), at.unwrap_or(0));
        regions.push(region);
    }
    let mut roles: Vec<Role> = Vec::new();
    let mut role_like: Vec<usize> = Vec::new();
    for name in &named.roles {
        let near = map.proposals(NamedValue::Role, name).first().and_then(|id| model.role_index(id));
        let seller = || model.roles.iter().position(|r| matches!(r.kind, Kind::Seller { .. }));
        let at = near.or_else(seller).unwrap_or(0);
        let Some(as_in) = model.roles.get(at) else { continue };
        let id = RoleId::new(slug(name, "role", roles.iter().map(|r| r.id.as_str())));
        let check = if near.is_some() { "" } else { "; no role of it is like that: check whether it sells" };
        to_state.push(format!("{name}: quota, ramp, attrition and the rest of the role, as of {}{check}", as_in.name));
        roles.push(Role { id, name: name.clone(), job_code: None, ..as_in.clone() });
        role_like.push(at);
    }
    serve_sellers(&mut roles);
    let rates = rates(model, &currency, &regions);
    if !rates.is_empty() {
        let known = |code: &Currency| *code == model.currency || model.rates.contains_key(code);
        let codes = rates.keys().map(|code| format!("{code}{}", if known(code) { "" } else { " (1 until then)" }));
        to_state.push(format!("exchange rates of {}", codes.collect::<Vec<_>>().join(", ")));
    }
    let mut plan = Plan {
        name: new.name.clone(),
        notes: String::new(),
        calendar,
        currency,
        rates,
        envelope: Envelope { fiscal_year: calendar.fiscal_year(0), min: 0, max: 100 },
        budgets: BTreeMap::new(),
        recruiting_capacity: Vec::new(),
        regions: Shared::from(regions),
        roles: Shared::from(roles),
        pay: BTreeMap::new(),
        baseline: Shared::default(),
        hires: BTreeMap::new(),
        exits: BTreeMap::new(),
        moves: Shared::default(),
        changes: Shared::default(),
        targets: Shared::default(),
        judgements: Shared::default(),
        levers: Levers::default(),
        milestones: Shared::default(),
        cell_notes: Shared::default(),
        accepted: Shared::default(),
        issued: Shared::default(),
        coverage_threshold: None,
        scenarios: Shared::default(),
        table_names: TableNames::default(),
        log: Shared::default(),
        frozen: Shared::default(),
        year: None,
        ..model.clone()
    };
    plan.partner_programme.launch = calendar.first_month;
    plan.pay = pay(model, &plan, &like, &role_like);
    (plan, to_state)
}

fn region(
    model: &Plan,
    at: Option<usize>,
    name: &str,
    calendar: Calendar,
    currency: &Currency,
    named: &Names,
    others: &[Region],
) -> Option<Region> {
    let id = RegionId::new(slug(name, "region", others.iter().map(|r| r.id.as_str())));
    let market = vec![Market { size: Money::ZERO, rival_share: Ratio::ZERO }; calendar.years()];
    let known =
        |code: &str| code == currency.as_str() || model.currency.as_str() == code || model.rates.contains_key(code);
    let stated = named.currencies.get(&key(name)).filter(|code| known(code) || is_code(code)).map(Currency::new);
    let as_in = at.and_then(|at| model.regions.get(at)).or_else(|| model.regions.first())?.clone();
    let own = at.map(|_| as_in.currency.clone()).filter(|own| known(own.as_str()));
    Some(Region {
        id,
        name: name.to_owned(),
        area: if at.is_some() { as_in.area.clone() } else { name.to_owned() },
        currency: stated.or(own).unwrap_or_else(|| currency.clone()),
        countries: if at.is_some() { as_in.countries.clone() } else { Vec::new() },
        holidays: Vec::new(),
        accounts: 0,
        onboarding_seats: None,
        partners: None,
        seasonality: None,
        market,
        ..as_in
    })
}

/// Lets specialists serve every seller.
fn serve_sellers(roles: &mut [Role]) {
    let sellers: Vec<RoleId> =
        roles.iter().filter(|r| matches!(r.kind, Kind::Seller { .. })).map(|r| r.id.clone()).collect();
    for role in roles {
        if let Kind::Support { serves, .. } = &mut role.kind {
            serves.clone_from(&sellers);
        }
    }
}

/// The rates of the currencies that regions pay in, in the plan's own.
fn rates(model: &Plan, currency: &Currency, regions: &[Region]) -> BTreeMap<Currency, Ratio> {
    let one = Exact::from(1_u32);
    let in_model = |code: &Currency| {
        if *code == model.currency { Some(one) } else { model.rates.get(code).map(|rate| rate.exact()) }
    };
    let own = in_model(currency).unwrap_or(one);
    let others: BTreeSet<&Currency> = regions.iter().map(|r| &r.currency).filter(|code| *code != currency).collect();
    others.into_iter().map(|code| (code.clone(), Ratio::new((in_model(code).unwrap_or(one) / own).round(6)))).collect()
}

/// Pay of every role in every region, as the model pays it: there, or in another region at the exchange rate.
fn pay(
    model: &Plan,
    plan: &Plan,
    like: &BTreeMap<RegionId, usize>,
    role_like: &[usize],
) -> BTreeMap<RegionId, Shared<BTreeMap<RoleId, Pay>>> {
    let rate = |code: &Currency| {
        if *code == model.currency { Some(Exact::from(1_u32)) } else { model.rates.get(code).map(|r| r.exact()) }
    };
    let of = |region: &Region, role: usize| {
        let as_in = like.get(&region.id).and_then(|at| model.regions.get(*at));
        let role = model.roles.get(role)?;
        let mut everywhere = as_in.into_iter().chain(&*model.regions);
        let (there, pay) = everywhere.find_map(|r| Some((r, model.pay(&r.id, &role.id)?)))?;
        let factor = rate(&there.currency).zip(rate(&region.currency)).map_or(Exact::from(1_u32), |(a, b)| a / b);
        let amount = |amount: Local| {
            let exact = amount.exact();
            // What was changed into another currency is no more exact than to the hundred.
            let hundred = Exact::from(100_u32);
            Local::new(if there.currency == region.currency {
                exact
            } else {
                (exact * factor / hundred).round(0) * hundred
            })
        };
        Some(Pay { base: amount(pay.base), variable: amount(pay.variable) })
    };
    let cells = |region: &Region| -> BTreeMap<RoleId, Pay> {
        let roles = plan.roles.iter().zip(role_like);
        roles.filter_map(|(role, at)| Some((role.id.clone(), of(region, *at)?))).collect()
    };
    plan.regions.iter().map(|region| (region.id.clone(), Shared::from(cells(region)))).collect()
}

/// Inputs that no table states, in a planner's words.
fn missing(plan: &Plan, taken: &[TakenTable]) -> Vec<String> {
    let states = |kind: ImportKind| {
        taken.iter().any(|t| t.result.as_ref().is_ok_and(|(k, made)| *k == kind && made.totals.taken > 0))
    };
    let mut missing = Vec::new();
    let names = |of: &dyn Fn(&Region) -> bool| -> Vec<&str> {
        plan.regions.iter().filter(|r| of(r)).map(|r| r.name.as_str()).collect()
    };
    let mut list = |what: &str, regions: Vec<&str>| {
        if !regions.is_empty() {
            missing.push(format!("{what} of {}", regions.join(", ")));
        }
    };
    list("targets", names(&|r| (0..plan.calendar.quarters).all(|q| plan.target(&r.id, q).exact().is_zero())));
    list("target accounts", names(&|r| r.accounts == 0));
    if !states(ImportKind::Pay) {
        missing.push(format!(
            "pay of {}",
            counted(plan.regions.len() * plan.roles.len(), "role and region", "roles and regions")
        ));
    }
    if !states(ImportKind::Roster) {
        missing.push("the people who are there".to_owned());
    }
    if !states(ImportKind::Hires) {
        missing.push("growth hires".to_owned());
    }
    missing.push("burden, workplace, market and countries of each region".to_owned());
    missing.push("attainment, seasonality, merit, costs of hiring, partner programme and service level".to_owned());
    missing.push("budget and envelope".to_owned());
    missing
}
