//! Fixes take their finding away, keep what they promise, and are one step that can be undone.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster::analysis::{FindingGroup, Fix, finding_groups, fix, fix_all, has_fix};
use muster::edit::{History, apply_all};
use muster::engine::{Finding, FindingKind, Measure, Outcome, Place, findings};
use muster::files::Template;
use muster::plan::{Plan, PlanEdit};
use muster::units::{Exact, Period};
use proptest::prelude::*;

fn plan(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

fn outcome(plan: &Plan) -> Outcome {
    Outcome::of(Arc::new(plan.clone())).unwrap()
}

fn hires(plan: &Plan) -> u64 {
    (0..plan.calendar.quarters).map(|q| plan.hires_in_quarter(q)).sum()
}

fn is(one: &Finding, other: &Finding) -> bool {
    one.kind == other.kind && one.place == other.place && one.period == other.period
}

/// Applies a fix as one step: what it promised holds, and undo takes all of it back.
fn holds(plan: &Plan, fix: &Fix) -> Outcome {
    let mut history = History::new(plan.clone());
    history.commit(fix.label.clone(), fix.edits.clone()).unwrap();
    let after = outcome(history.plan());
    let mut counted = BTreeMap::new();
    for finding in findings(&after) {
        *counted.entry(finding.kind).or_insert(0) += 1;
    }
    assert_eq!(fix.after.findings, counted, "{}", fix.label);
    assert_eq!(fix.after.hires, hires(after.plan()), "{}", fix.label);
    assert!(fix.after.of_kind(fix.kind) < fix.before.of_kind(fix.kind), "{}", fix.label);
    let moves = matches!(
        fix.kind,
        FindingKind::OnboardingSeats
            | FindingKind::RecruitingCapacity
            | FindingKind::OpensTooEarly
            | FindingKind::PastHorizon
    );
    assert!(!moves || fix.before.hires == fix.after.hires, "{}", fix.label);
    for change in &fix.changes {
        let (region, role) = (&plan.regions[change.region].id, &plan.roles[change.role].id);
        assert_eq!(plan.hires(region, role, change.quarter), change.from);
        assert_eq!(after.plan().hires(region, role, change.quarter), change.to);
    }
    let before = outcome(plan);
    let year = plan.calendar.name(Period::Year(0));
    for measure in [Measure::GrowthHires, Measure::CapacityCoverage, Measure::Gap, Measure::TotalCost] {
        let shown = fix.figures.iter().find(|figure| figure.name == measure.name() && figure.period == year).unwrap();
        let figure = |outcome: &Outcome| outcome.figure(measure, Place::Plan, Period::Year(0));
        assert_eq!(shown.values, [figure(&before), figure(&after)], "{}: {}", fix.label, measure.name());
    }
    history.undo().unwrap();
    assert_eq!(**history.plan(), *plan);
    assert!(history.can_undo().is_none(), "one step");
    after
}

#[test]
fn every_finding_of_the_bundled_plans_is_mended_or_says_why_not() {
    let mut mended: BTreeMap<FindingKind, (usize, usize)> = BTreeMap::new();
    for name in ["us-public-sector-fy11", "cloud-expansion-fy11"] {
        let plan = plan(name);
        let before = outcome(&plan);
        for finding in findings(&before) {
            let tally = mended.entry(finding.kind).or_default();
            match fix(&before, &finding) {
                Ok(fix) => {
                    tally.0 += 1;
                    let after = holds(&plan, &fix);
                    assert!(!findings(&after).iter().any(|f| is(f, &finding)), "{}", fix.label);
                }
                Err(why) => {
                    tally.1 += 1;
                    assert!(why.to_string().len() > 40 && !why.to_string().ends_with('.'), "{why}");
                }
            }
        }
    }
    // Coverage and budgets have no plain fix; nearly all others have one.
    for (kind, (done, not)) in &mended {
        assert!(if has_fix(*kind) { done > not } else { *done == 0 }, "{kind:?}: {done} mended, {not} not");
    }
    assert!(mended.len() >= 7, "{mended:?}");
}

#[test]
fn the_envelope_is_met_exactly_in_todays_proportions() {
    for (min, max, kind) in [(300, 333, FindingKind::AboveEnvelope), (777, 900, FindingKind::BelowEnvelope)] {
        let mut plan = plan("cloud-expansion-fy11");
        (plan.envelope.min, plan.envelope.max) = (min, max);
        let before = outcome(&plan);
        let found = findings(&before).into_iter().find(|f| f.kind == kind).unwrap();
        let fix = fix(&before, &found).unwrap();
        let after = holds(&plan, &fix);
        let goal = if kind == FindingKind::AboveEnvelope { max } else { min };
        assert_eq!(after.plan().hires_in_year(0), u64::from(goal));
        assert_eq!(after.plan().hires_in_year(1), plan.hires_in_year(1));
        let total = plan.hires_in_year(0);
        for change in &fix.changes {
            // Nobody is more than one person away from the exact share.
            let exact = u64::from(change.from) * u64::from(goal);
            let share = u64::from(change.to) * total;
            assert!(exact.abs_diff(share) < total, "{change:?}");
        }
    }
}

#[test]
fn an_envelope_without_any_hires_cannot_be_scaled() {
    let mut plan = plan("us-public-sector-fy11");
    plan.hires.clear();
    let before = outcome(&plan);
    let found = findings(&before).into_iter().find(|f| f.kind == FindingKind::BelowEnvelope).unwrap();
    assert!(fix(&before, &found).unwrap_err().to_string().contains("no growth hires"));
}

#[test]
fn hires_past_the_horizon_come_back_into_the_plan() {
    let mut plan = plan("us-public-sector-fy11");
    plan.levers.hire_delay = 2;
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    plan = apply_all(&plan, &[PlanEdit::SetHires { region, role, quarter: 7, to: 5 }]).unwrap();
    let before = outcome(&plan);
    let found = findings(&before).into_iter().find(|f| f.kind == FindingKind::PastHorizon).unwrap();
    let fix = fix(&before, &found).unwrap();
    let after = holds(&plan, &fix);
    assert!(!findings(&after).iter().any(|f| f.kind == FindingKind::PastHorizon));
    assert!(fix.changes.iter().all(|c| c.quarter >= 6), "to the nearest quarter: {:?}", fix.changes);
}

#[test]
fn fix_adds_the_fewest_hires() {
    let plan = plan("cloud-expansion-fy11");
    let before = outcome(&plan);
    for kind in [FindingKind::ManagerCoverage, FindingKind::SupportCoverage] {
        let found = findings(&before).into_iter().filter(|f| f.kind == kind);
        let (found, fix) = found.filter_map(|f| fix(&before, &f).ok().map(|fix| (f, fix))).next_back().unwrap();
        let [change] = fix.changes[..] else { unreachable!("{:?}", fix.changes) };
        assert!(change.to > change.from);
        let mut edits = fix.edits.clone();
        let Some(PlanEdit::SetHires { to, .. }) = edits.first_mut() else { panic!("{:?}", fix.edits) };
        *to -= 1;
        let less = outcome(&apply_all(&plan, &edits).unwrap());
        assert!(findings(&less).iter().any(|f| is(f, &found)), "{}: one less would do", fix.label);
    }
}

#[test]
fn fix_all_mends_every_finding_of_a_kind_in_one_step() {
    let mut plan = plan("us-public-sector-fy11");
    plan.accepted.clear();
    let before = outcome(&plan);
    for kind in [FindingKind::OnboardingSeats, FindingKind::OpensTooEarly, FindingKind::ManagerCoverage] {
        let fix = fix_all(&before, kind).unwrap();
        holds(&plan, &fix);
        assert_eq!(fix.after.of_kind(kind), fix.unresolved.len(), "{:?}", fix.unresolved);
    }
    assert!(fix_all(&before, FindingKind::CapacityCoverage).is_err());
    assert!(fix_all(&before, FindingKind::PastHorizon).is_err());
}

#[test]
fn fix_all_leaves_accepted_findings_as_they_are() {
    let mut plan = plan("us-public-sector-fy11");
    plan.accepted.clear();
    let kind = FindingKind::OpensTooEarly;
    let groups = |outcome: &Outcome| -> Vec<FindingGroup> {
        let groups = finding_groups(outcome, &findings(outcome));
        groups.into_iter().filter(|group| group.kind == kind).collect()
    };
    let open = groups(&outcome(&plan));
    assert!(open.len() > 1);
    let day = chrono::NaiveDate::from_ymd_opt(2010, 6, 30).unwrap();
    let accepting = open[0].accept(&plan, "agreed", "Ada", day);
    let accepted = outcome(&apply_all(&plan, &accepting).unwrap());
    let fix = fix_all(&accepted, kind).unwrap();
    assert!(fix.changes.iter().all(|change| Some(change.region) != open[0].region), "{:?}", fix.changes);
    let left = groups(&outcome(&apply_all(accepted.plan(), &fix.edits).unwrap()));
    assert_eq!(
        left.iter().map(|group| (group.region, group.findings.len())).collect::<Vec<_>>(),
        [(open[0].region, open[0].findings.len())]
    );
    let accepting_all = |plan: &Plan| -> Vec<PlanEdit> {
        open.iter().flat_map(|group| group.accept(plan, "agreed", "Ada", day)).collect()
    };
    assert!(fix_all(&outcome(&apply_all(&plan, &accepting_all(&plan)).unwrap()), kind).is_err());
}

/// Changes of the bundled public-sector plan that break every limit.
fn broken() -> impl Strategy<Value = Plan> {
    let cells = proptest::collection::vec((0_usize..5, 0_usize..5, 0_usize..8, 0_u32..30), 0..8);
    let limits = (0_u32..20, 0_u32..60, 0_u32..12, 0_u32..300, 0_u32..5);
    (cells, limits).prop_map(|(cells, (seats, recruiting, delay, envelope, wait))| {
        let mut plan = plan("us-public-sector-fy11");
        for (r, k, quarter, to) in cells {
            let (region, role) = (plan.regions[r].id.clone(), plan.roles[k].id.clone());
            if plan.pay(&region, &role).is_some() {
                plan = apply_all(&plan, &[PlanEdit::SetHires { region, role, quarter, to }]).unwrap();
            }
        }
        plan.regions[0].onboarding_seats = Some(seats);
        plan.recruiting_capacity = vec![recruiting; plan.calendar.quarters];
        plan.levers.hire_delay = delay / 2;
        (plan.envelope.min, plan.envelope.max) = (envelope, envelope);
        plan.roles[0].time_to_fill = wait;
        plan
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_fix_never_makes_more_findings_of_its_own_kind(plan in broken()) {
        let before = outcome(&plan);
        let all = findings(&before);
        let mut kinds: Vec<FindingKind> = all.iter().map(|f| f.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let worst = all.iter().filter(|f| f.kind == kind).max_by_key(|f| (f.figure.exact() - f.limit.exact()).max(Exact::ZERO));
            match fix(&before, worst.unwrap()) {
                Ok(fix) => {
                    let after = holds(&plan, &fix);
                    prop_assert!(!findings(&after).iter().any(|f| is(f, worst.unwrap())));
                }
                Err(why) => prop_assert!(!why.to_string().is_empty(), "{kind:?} has neither a fix nor a reason"),
            }
        }
    }
}
