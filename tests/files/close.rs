//! Closing a month from tables: what comes in of each kind, what does not foot, and what is stated anew.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use muster::edit::apply_all;
use muster::edit::import::{
    Choices, CloseRequest, CloseTable, Import, ImportError, ImportKind, ImportTable, KeptColumns, LeftOutCause,
    MonthClose, close, import, next_month,
};
use muster::files;
use muster::plan::{Currency, Left, Plan, PositionStatus, RegionId, Spell};
use muster::units::Month;

/// France with eleven sellers, closed from July to September 2010; Germany beside it.
fn plan() -> Plan {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json")).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut germany = document["regions"][0].clone();
    germany["id"] = "de".into();
    germany["name"] = "Germany".into();
    document["regions"].as_array_mut().unwrap().push(germany);
    for (of, to) in [("pay", "de"), ("hires", "de"), ("targets", "de")] {
        let own = document[of]["fr"].clone();
        document[of][to] = own;
    }
    document["hires"]["de"]["ae"] = serde_json::json!([0, 0, 0, 0]);
    serde_json::from_value(document).unwrap()
}

/// A plan in which nothing has happened yet.
fn fresh() -> Plan {
    let mut plan = plan();
    plan.year = None;
    plan
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn table(text: &str) -> ImportTable {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, text).unwrap();
    ImportTable::of(files::read_table(&path, None).unwrap().rows).unwrap()
}

fn part(plan: &Plan, kind: ImportKind, name: &str, text: &str) -> CloseTable {
    let table = Arc::new(table(text));
    let choices = Choices::found(plan, &table, kind, &KeptColumns::default());
    CloseTable { name: name.to_owned(), table, choices }
}

/// A close of October 2010 with these tables.
fn october(plan: &Plan, tables: &[(ImportKind, &str)]) -> CloseRequest {
    let mut request = CloseRequest::new(month("2010-10"));
    let named = |(kind, text): &(ImportKind, &str)| part(plan, *kind, kind.word(), text);
    request.tables = tables.iter().map(named).collect();
    request
}

fn after(plan: &Plan, made: &MonthClose) -> Plan {
    assert_eq!(made.problems, Vec::<String>::new());
    apply_all(plan, &made.edits).unwrap()
}

fn spells<'p>(plan: &'p Plan, who: &str) -> Vec<&'p Spell> {
    plan.year.as_deref().unwrap().people.iter().filter(|spell| spell.who == who).collect()
}

/// The list of everybody at the end of October: t1 has left, t2 moved to Germany, n4 came.
const PEOPLE: &str = "Employee ID,Region,Role,Hire date,Effective date,Last day,Reason,Position ID\n\
    t1,France,AE,2008-07-01,,2010-10-20,Resignation,\n\
    t2,Germany,AE,2008-07-01,2010-10-01,,,\n\
    t3,France,AE,2008-07-01,,,,\nt4,France,AE,2008-07-01,,,,\nt5,France,AE,2008-07-01,,,,\n\
    t6,France,AE,2008-07-01,,,,\nt7,France,AE,2008-07-01,,,,\nt8,France,AE,2008-07-01,,,,\n\
    t9,France,AE,2008-07-01,,,,\nn1,France,AE,2010-07-01,,,,\nn2,France,AE,2010-09-01,,,,\n\
    n3,France,AE,2010-08-01,,,,\nn4,Germany,AE,2010-10-04,,,,FY11Q1-fr-ae-G003\n";
const BOOKINGS: &str = "Region,Month,Bookings\nFrance,2010-10,700000\nGermany,2010-10,10000.50\n";
const COSTS: &str = "Region,Account,Period,Amount\nFrance,6000 Gross pay,2010-10,100000\nFrance,6010 Bonus,2010-10,5000\n\
    France,Travel,2010-10,-20\n";
const RATES: &str = "Currency,Month,Rate\nEUR,2010-10,1.3\n";
const OPENINGS: &str =
    "Position ID,Requisition ID,Status,Expected start\nFY11Q1-fr-ae-G003,R-3,Closed (filled),2010-10-04\n";

fn everything<'a>() -> Vec<(ImportKind, &'a str)> {
    vec![
        (ImportKind::People, PEOPLE),
        (ImportKind::Openings, OPENINGS),
        (ImportKind::Bookings, BOOKINGS),
        (ImportKind::Costs, COSTS),
        (ImportKind::Rates, RATES),
    ]
}

/// The same with accounts mapped to lines, as a planner does once.
fn mapped(plan: &Plan, mut tables: Vec<(ImportKind, &str)>) -> CloseRequest {
    tables.retain(|(kind, _)| *kind != ImportKind::Costs);
    let mut request = october(plan, &tables);
    let mut costs = part(plan, ImportKind::Costs, "costs", COSTS);
    for (account, line) in [("6000 Gross pay", "base_pay"), ("6010 Bonus", "base_pay")] {
        costs.choices.map_value(plan, &costs.table, account, line, "").unwrap();
    }
    request.tables.push(costs);
    request
}

#[test]
fn a_month_is_closed_with_every_kind_at_once() {
    let plan = plan();
    let made = close(&plan, &mapped(&plan, everything()));
    let closed = after(&plan, &made);
    let year = closed.year.as_deref().unwrap();
    assert_eq!(year.through, month("2010-10"));
    let amounts = |list: &[muster::units::Local]| list.iter().map(|a| a.exact().to_string()).collect::<Vec<_>>();
    assert_eq!(amounts(&year.bookings[&RegionId::new("fr")]).last().unwrap(), "700000");
    assert_eq!(amounts(&year.bookings[&RegionId::new("de")]), ["0", "0", "0", "10000.50"]);
    assert_eq!(amounts(&year.costs[&RegionId::new("fr")]["base_pay"]).last().unwrap(), "105000");
    assert_eq!(amounts(&year.costs[&RegionId::new("fr")]["travel"]), ["0", "0", "0", "-20"]);
    assert_eq!(year.rates[&Currency::new("EUR")].len(), 4);
    assert_eq!(year.positions["FY11Q1-fr-ae-G003"].status, PositionStatus::Accepted);
    assert_eq!(year.positions["FY11Q1-fr-ae-G003"].requisition, "R-3");
    let t2 = spells(&closed, "t2");
    assert_eq!((t2.len(), t2[0].left, t2[0].end.unwrap().to_string()), (2, Some(Left::Moved), "2010-09-30".to_owned()));
    assert_eq!(spells(&closed, "t1")[0].left, Some(Left::Voluntary));
    let counts = made.people;
    assert_eq!((counts.joined, counts.moved, counts.left, counts.there), (1, 1, 1, 12));
    assert!(made.restated.is_empty(), "{:?}", made.restated);
    assert_eq!(made.label(), "Closed 2010-10 from people, openings, bookings, costs, rates");
}

/// The year of a plan as tables: the kind, and the table with the columns that this program knows.
fn exported(plan: &Plan) -> Vec<(ImportKind, String)> {
    let year = plan.year.as_deref().unwrap();
    let months = || (0..plan.calendar.months()).map(|t| plan.calendar.month(t));
    let bookings = year.bookings.iter().flat_map(|(region, list)| {
        let rows = list.iter().zip(months());
        rows.map(move |(amount, month)| format!("{},{month},{}", quoted(region.as_str()), amount.exact()))
    });
    let lines =
        year.costs.iter().flat_map(|(region, lines)| lines.iter().map(move |(line, list)| (region, line, list)));
    let costs = lines.flat_map(|(region, line, list)| {
        let rows = list.iter().zip(months());
        rows.map(move |(amount, month)| format!("{},{line},{month},{}", quoted(region.as_str()), amount.exact()))
    });
    let rates = year.rates.iter().flat_map(|(code, list)| {
        list.iter().zip(months()).map(move |(rate, month)| format!("{code},{month},{}", rate.exact()))
    });
    let openings = year.positions.iter().map(|(id, state)| {
        let expected = state.expected.map_or_else(String::new, |month| month.to_string());
        let [id, requisition, note] = [id, &state.requisition, &state.note].map(|text| quoted(text));
        format!("{id},{:?},{expected},{requisition},{note}", state.status)
    });
    let table = |head: &str, rows: Vec<String>| format!("{head}\n{}\n", rows.join("\n"));
    vec![
        (
            ImportKind::People,
            table(
                "Who,Region,Role,Effective,Leaving,Reason,First start,Position ID,Away from,Away until,Paid absence",
                year.people.iter().flat_map(exported_spell).collect(),
            ),
        ),
        (ImportKind::Openings, table("Position ID,Status,Expected start,Requisition,Note", openings.collect())),
        (ImportKind::Bookings, table("Region,Month,Bookings", bookings.collect())),
        (ImportKind::Costs, table("Region,Cost line,Month,Amount", costs.collect())),
        (ImportKind::Rates, table("Currency,Month,Rate", rates.collect())),
    ]
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The rows of a spell: one, or one an absence.
fn exported_spell(spell: &Spell) -> Vec<String> {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let [who, region, role] = [&spell.who, spell.region.as_str(), spell.role.as_str()].map(quoted);
    let left = spell.left.map_or_else(String::new, |left| format!("{left:?}"));
    let place = quoted(spell.position.as_deref().unwrap_or_default());
    let row = format!("{who},{region},{role},{},{},{left},{},{place}", spell.start, day(spell.end), day(spell.since));
    if spell.away.is_empty() {
        return vec![format!("{row},,,")];
    }
    let paid = |paid: bool| if paid { "yes" } else { "no" };
    spell.away.iter().map(|away| format!("{row},{},{},{}", away.from, away.to, paid(away.paid))).collect()
}

#[test]
fn import_of_an_exported_year_changes_nothing() {
    for name in ["year-1", "year-a", "year-b", "year-edges"] {
        let path = format!("{}/tests/conformance/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let plan: Plan = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for (kind, text) in exported(&plan) {
            if text.lines().count() < 2 {
                continue;
            }
            let table = table(&text);
            let mut choices = Choices::found(&plan, &table, kind, &KeptColumns::default());
            choices.numbers = Some(muster::edit::import::DecimalSign::Point);
            let made = import(&plan, &table, &choices).unwrap();
            assert_eq!(made.unfit, [], "{name}, {kind:?}");
            assert_eq!(made.edits, [], "{name}, {kind:?}");
        }
    }
}

#[test]
fn the_first_month_is_closed_from_a_list_of_people() {
    let plan = fresh();
    let people = "Employee ID,Region,Role,Hire date\na,France,AE,2009-01-05\nb,Germany,AE,2010-07-12\n";
    let mut request = CloseRequest::new(month("2010-07"));
    request.tables = vec![part(&plan, ImportKind::People, "people.csv", people)];
    let made = close(&plan, &request);
    let closed = after(&plan, &made);
    assert_eq!(closed.year.as_deref().unwrap().through, month("2010-07"));
    assert_eq!((made.people.joined, made.people.there), (1, 2));
    assert_eq!(made.closes, [month("2010-07")]);
}

#[test]
fn order_of_tables_does_not_matter_and_the_same_once_more_changes_nothing() {
    let plan = plan();
    let request = mapped(&plan, everything());
    let closed = after(&plan, &close(&plan, &request));
    for turn in 0..request.tables.len() {
        let mut turned = request.clone();
        turned.tables.rotate_left(turn);
        turned.tables.swap(0, 1);
        assert_eq!(after(&plan, &close(&plan, &turned)), closed);
    }
    let again = close(&closed, &request);
    assert_eq!((again.problems, again.edits, again.restated), (vec![], vec![], vec![]));
    // The tables of October close no other month.
    let mut next = request.clone();
    next.month = month("2010-11");
    let refused = close(&closed, &next);
    assert!(refused.edits.is_empty());
    let why = "no row of the bookings is of 2010-11; the last month in the tables is 2010-10";
    assert!(refused.problems.iter().any(|problem| problem == why), "{:?}", refused.problems);
}

/// What comes of a table beside the others of October.
fn with(kind: ImportKind, text: &str) -> Vec<(ImportKind, &str)> {
    let others = everything().into_iter().filter(|(other, _)| *other != kind);
    others.chain([(kind, text)]).collect()
}

fn result(made: &MonthClose, kind: ImportKind) -> &Import {
    let of_kind = |table: &&muster::edit::import::ClosedTable| table.kind == kind;
    made.tables.iter().find(of_kind).unwrap().result.as_ref().unwrap()
}

fn reasons(made: &MonthClose, kind: ImportKind) -> Vec<(usize, LeftOutCause, String)> {
    let rows = &result(made, kind).unfit;
    rows.iter().map(|row| (row.row, row.cause, row.reason.clone())).collect()
}

#[test]
fn a_leaver_whose_record_begins_the_day_after_left_the_day_before() {
    let plan = plan();
    let people = PEOPLE.replace("Last day", "Termination event date").replace("2010-10-20", "2010-11-01");
    let made = close(&plan, &mapped(&plan, with(ImportKind::People, &people)));
    let closed = after(&plan, &made);
    // 1 November is the first day on which t1 is gone: a leaver of October.
    assert_eq!(spells(&closed, "t1")[0].end.unwrap().to_string(), "2010-10-31");
    assert_eq!(made.people.left, 1);
}

#[test]
fn the_record_of_a_departure_ends_the_spell_before_it() {
    let plan = plan();
    let people = "User ID,Location,Job Title,Hire Date,Event Date,Employee Status,Event Reason\n\
        t1,France,AE,2008-07-01,2008-07-01,Active,Hire\nt1,France,AE,2008-07-01,2010-11-01,Terminated,Layoff\n";
    let mut request = mapped(&plan, with(ImportKind::People, people));
    request.tables.iter_mut().for_each(|table| table.choices.replace = false);
    let made = close(&plan, &request);
    let closed = after(&plan, &made);
    let t1 = spells(&closed, "t1");
    assert_eq!((t1.len(), t1[0].end.unwrap().to_string()), (1, "2010-10-31".to_owned()));
    assert_eq!((t1[0].left, made.people.left), (Some(Left::Exit), 1));
}

#[test]
fn only_deals_that_are_won_are_bookings_and_split_amounts_are_shares_already() {
    let plan = plan();
    let deals = "Opportunity Owner,Opportunity Name,Account Name,Close Date,Stage,Amount,Split Amount,Split (%)\n\
        t3,A,Acme,2010-10-05,Closed Won,100,50,50\nt2,A,Acme,2010-10-05,Closed Won,100,50,50\n\
        t3,B,Acme,2010-10-06,Negotiation/Review,70,70,100\nt3,C,Acme,2010-10-07,Closed Lost,30,30,100\n";
    let made = close(&plan, &mapped(&plan, with(ImportKind::Bookings, deals)));
    let closed = after(&plan, &made);
    let year = closed.year.as_deref().unwrap();
    let last = |region: &str| year.bookings[&RegionId::new(region)].last().unwrap().exact().to_string();
    assert_eq!((last("fr"), last("de")), ("50".to_owned(), "50".to_owned()));
    let table = result(&made, ImportKind::Bookings);
    let out: Vec<_> = table.left_out.iter().map(|row| (row.row, row.cause)).collect();
    assert_eq!(out, [(4, LeftOutCause::NotWon), (5, LeftOutCause::NotWon)]);
    assert!(table.notes[0].contains("taken for those of Salesforce"), "{:?}", table.notes);
}

#[test]
fn of_the_versions_of_an_offer_the_latest_counts_once() {
    let plan = plan();
    let openings = "Position ID,Offer status,Version,Start date\n\
        FY11Q1-fr-ae-G003,Sent,2,2010-12-06\nFY11Q1-fr-ae-G003,Accepted,10,2011-01-10\nFY11Q1-fr-ae-G003,Created,1,2010-11-01\n";
    let made = close(&plan, &mapped(&plan, with(ImportKind::Openings, openings)));
    let closed = after(&plan, &made);
    let state = &closed.year.as_deref().unwrap().positions["FY11Q1-fr-ae-G003"];
    assert_eq!((state.status, state.expected), (PositionStatus::Accepted, Some(month("2011-01"))));
    let opened = result(&made, ImportKind::Openings);
    assert_eq!((opened.totals.taken, opened.left_out.len()), (1, 2));
    let unversioned = openings.replace("Version", "Ref");
    let refused = close(&plan, &mapped(&plan, with(ImportKind::Openings, &unversioned)));
    assert_eq!(reasons(&refused, ImportKind::Openings)[0].1, LeftOutCause::Twice);
    let unknown = openings.replace("FY11Q1-fr-ae-G003", "REQ-1");
    let refused = close(&plan, &mapped(&plan, with(ImportKind::Openings, &unknown)));
    assert_eq!(reasons(&refused, ImportKind::Openings)[0].1, LeftOutCause::UnknownPosition);
}

#[test]
fn a_later_start_is_a_return_after_an_end_and_else_named_and_not_taken() {
    let plan = plan();
    // t0 left in July and comes back: the system overwrites the first start with the second.
    let people =
        format!("{PEOPLE}t0,France,AE,2010-10-11,,,,\n").replace("t3,France,AE,2008-07-01", "t3,France,AE,2010-08-15");
    let mut request = mapped(&plan, with(ImportKind::People, &people));
    let made = close(&plan, &request);
    let closed = after(&plan, &made);
    let starts = |plan: &Plan, who: &str| spells(plan, who).iter().map(|s| s.start.to_string()).collect::<Vec<_>>();
    assert_eq!(starts(&closed, "t0"), ["2008-07-01", "2010-10-11"]);
    assert_eq!(starts(&closed, "t3"), ["2008-07-01"]);
    assert!(made.remarks.iter().any(|remark| remark.starts_with("t3 starts on 2010-08-15 in the list")));
    assert!(made.restated.is_empty());
    for table in &mut request.tables {
        table.choices.later_starts = true;
    }
    let corrected = close(&plan, &request);
    assert_eq!(starts(&after(&plan, &corrected), "t3"), ["2010-08-15"]);
    // Without t3 there is one person fewer in July.
    let restated = &corrected.restated[0];
    let figures = (restated.was.unwrap().to_string(), restated.is.unwrap().to_string());
    assert_eq!((restated.month, figures), (month("2010-07"), ("11".to_owned(), "10".to_owned())));
}

#[test]
fn who_is_absent_from_a_full_list_is_named_and_stays_until_somebody_says_why() {
    let plan = plan();
    let people = PEOPLE.replace("t9,France,AE,2008-07-01,,,,\n", "");
    let mut request = mapped(&plan, with(ImportKind::People, &people));
    let made = close(&plan, &request);
    assert_eq!(made.gone, ["t9"]);
    assert_eq!(spells(&after(&plan, &made), "t9")[0].end, None);
    request.gone = Some(Left::Involuntary);
    let left = close(&plan, &request);
    let t9 = after(&plan, &left);
    let t9 = spells(&t9, "t9")[0];
    assert_eq!((t9.end.unwrap().to_string(), t9.left), ("2010-10-31".to_owned(), Some(Left::Involuntary)));
    // A list of who has come and gone since says nothing of the others.
    let joiners = "Employee ID,Region,Role,Hire date\nn4,Germany,AE,2010-10-04\n";
    let mut request = mapped(&plan, with(ImportKind::People, joiners));
    let full = close(&plan, &request);
    assert!(full.problems.iter().any(|p| p.contains("shrank by more than a tenth: 1 person is listed where 12 were")));
    request.tables.iter_mut().for_each(|table| table.choices.replace = false);
    let since = close(&plan, &request);
    assert_eq!((since.gone.len(), since.people.joined, since.people.there), (0, 1, 13));
    after(&plan, &since);
}

#[test]
fn a_change_dated_in_the_future_is_a_known_move_and_not_one_of_this_month() {
    let plan = plan();
    let people = format!("{PEOPLE}t3,Germany,AE,2008-07-01,2011-01-01,,,\n");
    let made = close(&plan, &mapped(&plan, with(ImportKind::People, &people)));
    let closed = after(&plan, &made);
    let t3 = spells(&closed, "t3");
    assert_eq!((t3.len(), t3[0].end.unwrap().to_string()), (2, "2010-12-31".to_owned()));
    assert_eq!((t3[1].region.as_str(), t3[1].start.to_string()), ("de", "2011-01-01".to_owned()));
    assert_eq!((made.people.moved, made.people.there), (1, 12));
    // Without a day the move happens in the month, and that is said.
    let undated = PEOPLE.replace("t3,France", "t3,Germany");
    let made = close(&plan, &mapped(&plan, with(ImportKind::People, &undated)));
    assert_eq!(made.people.moved, 2);
    assert!(
        made.remarks.iter().any(|r| r.starts_with("t3 moves from fr, ae to de, ae on 2010-10-01")),
        "{:?}",
        made.remarks
    );
}

#[test]
fn grouped_exports_have_totals_and_customers_that_only_sound_like_one() {
    let plan = plan();
    let bookings = "Opportunity Owner,Account Name,Close Date,Amount\n\
        t3,Total Energies SE,2010-10-05,100\n,Acme,2010-10-06,50\nSubtotal,,,150\n\
        t2,TotalEnergies,2010-10-07,30\n,Total Wine,2010-10-08,20\nSubtotal,,,50\nGrand Total,,,200\n";
    let made = close(&plan, &mapped(&plan, with(ImportKind::Bookings, bookings)));
    let closed = after(&plan, &made);
    let year = closed.year.as_deref().unwrap();
    let last = |region: &str| year.bookings[&RegionId::new(region)].last().unwrap().exact().to_string();
    // t2 is in Germany since 1 October.
    assert_eq!((last("fr"), last("de")), ("150".to_owned(), "50".to_owned()));
    let table = result(&made, ImportKind::Bookings);
    assert_eq!((table.totals.taken, table.left_out.len(), table.unfit.len()), (4, 3, 0));
}

#[test]
fn a_deal_of_several_owners_counts_once() {
    let plan = plan();
    let twice = "Owner,Opportunity ID,Close date,Amount\nt3,006-1,2010-10-05,100\nt4,006-1,2010-10-05,100\n\
        t3,006-2,2010-10-05,70\nt4,006-2,2010-10-05,30\n";
    let made = close(&plan, &mapped(&plan, with(ImportKind::Bookings, twice)));
    assert!(made.edits.is_empty());
    let found = reasons(&made, ImportKind::Bookings);
    assert_eq!((found.len(), found[0].0, found[0].1), (1, 3, LeftOutCause::Twice));
    let shares =
        "Owner,Opportunity ID,Close date,Amount,Split %\nt3,006-1,2010-10-05,100,60\nt2,006-1,2010-10-05,100,40\n";
    let made = close(&plan, &mapped(&plan, with(ImportKind::Bookings, shares)));
    let closed = after(&plan, &made);
    let year = closed.year.as_deref().unwrap();
    let last = |region: &str| year.bookings[&RegionId::new(region)].last().unwrap().exact().to_string();
    assert_eq!((last("fr"), last("de")), ("60.0".to_owned(), "40.0".to_owned()));
    let above = shares.replace(",40", ",60");
    let made = close(&plan, &mapped(&plan, with(ImportKind::Bookings, &above)));
    assert_eq!(reasons(&made, ImportKind::Bookings)[0].1, LeftOutCause::Twice);
}

#[test]
fn what_does_not_foot_is_said_before() {
    let plan = plan();
    let bookings = "Region,Month,Bookings\nGermany,2010-10,1\nAtlantis,2010-10,5\nFrance,2010-11,7\nFrance,2010-04,7\n";
    let costs = "Region,Account,Period,Amount\nFrance,9999 Riddles,2010-10,5\n";
    let people = format!("{PEOPLE}x1,France,Wizard,2010-10-01,,,,\n");
    let tables = [(ImportKind::People, people.as_str()), (ImportKind::Bookings, bookings), (ImportKind::Costs, costs)];
    let made = close(&plan, &october(&plan, &tables));
    assert!(made.edits.is_empty());
    let causes = |kind| reasons(&made, kind).into_iter().map(|(row, cause, _)| (row, cause)).collect::<Vec<_>>();
    assert_eq!(causes(ImportKind::People), [(15, LeftOutCause::UnknownRole)]);
    assert_eq!(causes(ImportKind::Bookings), [(3, LeftOutCause::UnknownRegion)]);
    assert_eq!(causes(ImportKind::Costs), [(2, LeftOutCause::UnknownCostLine)]);
    let out: Vec<_> = result(&made, ImportKind::Bookings).left_out.iter().map(|row| (row.row, row.cause)).collect();
    assert_eq!(out, [(4, LeftOutCause::OpenMonth), (5, LeftOutCause::OtherMonth)]);
    let absent = "fr has no bookings in 2010-10, where closed months do; add them, or take 0 for what no table states";
    assert!(made.problems.iter().any(|problem| problem == absent), "{:?}", made.problems);
    // Nothing at all of a kind has to be said.
    let mut request = october(&plan, &[(ImportKind::People, PEOPLE)]);
    assert_eq!(close(&plan, &request).problems.len(), 2);
    request.nothing = [ImportKind::Bookings, ImportKind::Costs].into();
    let closed = after(&plan, &close(&plan, &request));
    let year = closed.year.as_deref().unwrap();
    assert_eq!(year.bookings[&RegionId::new("fr")].last().unwrap().exact().to_string(), "0");
    assert_eq!(year.rates[&Currency::new("EUR")].last().unwrap().exact().to_string(), "1.20");
}

#[test]
fn a_closed_month_is_stated_anew_and_shown() {
    let plan = plan();
    let bookings = "Region,2010-08,2010-09,2010-10\nFrance,775000,900000,5\nGermany,,12,\n";
    let made = made(&plan, ImportKind::Bookings, bookings).unwrap();
    let lines: Vec<String> = made.lines.iter().map(|line| line.name.clone()).collect();
    assert_eq!(lines, ["France, 2010-09", "Germany, 2010-09"]);
    let restated = apply_all(&plan, &made.edits).unwrap();
    let year = restated.year.as_deref().unwrap();
    let list = |region: &str| {
        year.bookings[&RegionId::new(region)].iter().map(|amount| amount.exact().to_string()).collect::<Vec<_>>()
    };
    assert_eq!((list("fr").len(), list("fr")[2].clone()), (3, "900000".to_owned()));
    assert_eq!(list("de"), ["0", "0", "12"]);
    let costs = made_of(&restated, ImportKind::Costs, "Region,Cost line,Month,Amount\nGermany,travel,2010-07,9\n");
    let restated = apply_all(&restated, &costs.edits).unwrap();
    assert_eq!(restated.year.as_deref().unwrap().costs[&RegionId::new("de")]["travel"].len(), 3);
    let refused = self::made(&fresh(), ImportKind::Bookings, bookings).unwrap_err();
    assert_eq!(refused, ImportError::NoClosedMonth);
    assert_eq!(next_month(&plan), Some(month("2010-10")));
}

fn made(plan: &Plan, kind: ImportKind, text: &str) -> Result<Import, ImportError> {
    let table = table(text);
    import(plan, &table, &Choices::found(plan, &table, kind, &KeptColumns::default()))
}

fn made_of(plan: &Plan, kind: ImportKind, text: &str) -> Import {
    made(plan, kind, text).unwrap()
}
