//! Matching people to positions (`year.md`, section 13): the three rules, what is likely across cells, and what stays.

use std::path::Path;
use std::sync::Arc;

use muster::analysis::{LeftoverKind, MatchRule, Matching, OtherCell, match_edits};
use muster::edit::apply_all;
use muster::engine::{Outcome, Outlook, YearSeat};
use muster::plan::{Plan, Spell, validate};
use serde_json::{Value, json};

const THIRD: &str = "FY11Q1-fr-ae-G003";

/// The first reference plan: France has ten people and three positions from July on. Two are held; n3 came in August without one.
fn document(change: impl FnOnce(&mut Value)) -> Arc<Plan> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
    let mut document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    document["year"]["positions"] = json!({THIRD: {"status": "Open", "requisition": "R-7"}});
    change(&mut document);
    let plan: Plan = serde_json::from_value(document).unwrap();
    assert_eq!(validate(&plan), []);
    Arc::new(plan)
}

fn matching(plan: &Arc<Plan>, before: &[Spell]) -> Matching {
    let outlook = Outlook::of(plan).unwrap().unwrap();
    Matching::of(&Outcome::of(Arc::clone(plan)).unwrap(), &outlook, before)
}

fn seats(plan: &Arc<Plan>) -> Vec<YearSeat> {
    Outlook::of(plan).unwrap().unwrap().seats()
}

/// Adds somebody to France.
fn add(document: &mut Value, who: &str, role: &str, start: &str) {
    let spell = json!({"who": who, "region": "fr", "role": role, "start": start});
    document["year"]["people"].as_array_mut().unwrap().push(spell);
}

/// The people with their positions and rules.
fn matched(plan: &Plan, matching: &Matching) -> Vec<(String, String, MatchRule)> {
    let people = &plan.year.as_ref().unwrap().people;
    matching.matches.iter().map(|one| (people[one.spell].who.clone(), one.position.clone(), one.rule)).collect()
}

#[test]
fn the_register_says_who_holds_a_position_and_when_the_others_start() {
    let seats = seats(&document(|_| {}));
    let rows: Vec<_> = seats
        .iter()
        .map(|seat| {
            let month = |month: Option<muster::units::Month>| month.map(|month| month.to_string()).unwrap_or_default();
            (seat.id.as_str(), month(seat.planned), month(seat.starts), seat.holder, seat.is_late(), seat.is_overdue)
        })
        .collect();
    let july = || "2010-07".to_owned();
    let expected = [
        ("FY11Q1-fr-ae-G001", july(), july(), Some(10), false, false),
        ("FY11Q1-fr-ae-G002", july(), "2010-09".to_owned(), Some(11), true, false),
        (THIRD, july(), "2010-10".to_owned(), None, true, true),
    ];
    assert_eq!(rows, expected);
    let on_hold = self::seats(&document(|d| d["year"]["positions"][THIRD]["status"] = json!("OnHold")));
    assert_eq!((on_hold[2].starts, on_hold[2].is_overdue), (None, false));
    let planned = self::seats(&document(|d| d["year"]["positions"] = json!({})));
    assert_eq!(planned[2].starts.map(|month| month.to_string()).as_deref(), Some("2010-11"), "one month to fill");
}

#[test]
fn starters_fill_the_positions_of_their_cell_in_the_order_of_their_days() {
    let plan = document(|document| add(document, "n4", "ae", "2010-07-15"));
    let matching = matching(&plan, &[]);
    assert_eq!(matched(&plan, &matching), [("n4".to_owned(), THIRD.to_owned(), MatchRule::Earliest)]);
    assert_eq!(matching.of_kind(LeftoverKind::Starter).map(|one| one.name.as_str()).collect::<Vec<_>>(), ["n3"]);
    // Once taken, nothing is proposed any more, and the position has its holder.
    let taken = apply_all(&plan, &match_edits(&matching.matches)).unwrap();
    assert_eq!(validate(&taken), []);
    let taken = Arc::new(taken);
    assert_eq!(seats(&taken)[2].holder, Some(13));
    assert_eq!(self::matching(&taken, &[]).matches, []);
}

#[test]
fn the_same_id_goes_before_what_was_filled_and_that_before_the_day() {
    let requisition = |document: &mut Value| {
        add(document, "n4", "ae", "2010-07-15");
        document["year"]["people"][12]["position"] = json!(" r-7 ");
    };
    let plan = document(requisition);
    let named = [("n3".to_owned(), THIRD.to_owned(), MatchRule::SameId)];
    assert_eq!(matched(&plan, &matching(&plan, &[])), named);

    let plan = document(|document| add(document, "n4", "ae", "2010-07-15"));
    let mut before = plan.year.as_ref().unwrap().people.clone();
    before[12].position = Some(THIRD.to_owned());
    let filled = [("n3".to_owned(), THIRD.to_owned(), MatchRule::AsBefore)];
    assert_eq!(matched(&plan, &matching(&plan, &before)), filled);
}

#[test]
fn positions_of_other_cells_are_likely_and_never_taken() {
    // A second role with pay and no hires, in which somebody starts.
    let plan = document(|document| {
        let mut role = document["roles"][0].clone();
        (role["id"], role["name"]) = (json!("se"), json!("SE"));
        document["roles"].as_array_mut().unwrap().push(role);
        document["pay"]["fr"]["se"] = json!({"base": "120000", "variable": "0"});
        document["year"]["people"].as_array_mut().unwrap().remove(12);
        add(document, "n4", "se", "2010-08-01");
    });
    let matching = matching(&plan, &[]);
    assert_eq!(matching.matches, []);
    let likely: Vec<_> = matching.likely.iter().map(|one| (one.position.as_str(), one.differs)).collect();
    assert_eq!(likely, [(THIRD, OtherCell::Role)]);
    assert_eq!(matching.tally(LeftoverKind::Starter).number, 1, "who is only likely to fill one has none");
}

#[test]
fn what_stays_is_listed_with_its_number_cost_and_capacity() {
    // A head costs 12,000 a month and sells 100,000 once it is ramped: 0, 25, 50 and 75 % in its first four months.
    let money = |tally: muster::analysis::LeftoverTally| {
        (tally.number, tally.cost.exact().to_string(), tally.capacity.exact().to_string())
    };
    let plan = document(|document| {
        add(document, "n4", "ae", "2010-09-01");
        document["year"]["positions"]["FY11Q1-fr-ae-G009"] = json!({"status": "Open"});
        document["year"]["positions"]["REQ-Berlin"] = json!({"status": "Open"});
        document["year"]["positions"]["REQ-Rome"] = json!({"status": "Cancelled"});
    });
    let matching = self::matching(&plan, &[]);
    // n3 takes the third position; n4 is there for ten months.
    assert_eq!(money(matching.tally(LeftoverKind::Starter)), (1, "120000.00".to_owned(), "750000.00".to_owned()));
    assert_eq!(matching.tally(LeftoverKind::Overdue).number, 0);
    let unknown: Vec<_> = matching.of_kind(LeftoverKind::UnknownOpening).map(|one| one.name.as_str()).collect();
    assert_eq!(unknown, ["FY11Q1-fr-ae-G009", "REQ-Berlin"]);
    assert_eq!(
        money(matching.tally(LeftoverKind::UnknownOpening)),
        (2, "144000.00".to_owned(), "950000.00".to_owned())
    );

    let plan = document(|document| {
        document["year"]["people"].as_array_mut().unwrap().remove(12);
        document["hires"]["fr"]["ae"] = json!([3, 2, 0, 0]);
    });
    let matching = self::matching(&plan, &[]);
    assert_eq!(money(matching.tally(LeftoverKind::Overdue)), (1, "144000.00".to_owned(), "950000.00".to_owned()));
    // The applicant system has R-7 alone: the two of the second quarter are not in it.
    let without: Vec<_> = matching.of_kind(LeftoverKind::WithoutOpening).map(|one| one.name.as_str()).collect();
    assert_eq!(without, ["FY11Q2-fr-ae-G001", "FY11Q2-fr-ae-G002"]);
    assert_eq!(
        money(matching.tally(LeftoverKind::WithoutOpening)),
        (2, "216000.00".to_owned(), "1300000.00".to_owned())
    );
}
