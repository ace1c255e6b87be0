//! The table of what stays without its counterpart: a heading for each kind with its number, cost and capacity, and what it holds.

use egui::Ui;

use crate::analysis::{Leftover, LeftoverKind, Matching, OtherCell};
use crate::desktop::numbers::NONE;
use crate::desktop::parts::plain_table::Plain;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, Column, RowHead, Side, Tone};
use crate::engine::Outlook;
use crate::units::{Exact, Money};

/// A row: its head and its cells.
type Row = (RowHead, Vec<Cell>);

/// The title of a kind.
const fn title(kind: LeftoverKind) -> &'static str {
    match kind {
        LeftoverKind::Starter => "Started without a position",
        LeftoverKind::Overdue => "Positions overdue",
        LeftoverKind::UnknownCell => "People in a region and role that the plan does not have",
        LeftoverKind::UnknownOpening => "Openings that the plan does not have",
        LeftoverKind::WithoutOpening => "Positions that the applicant system does not have",
    }
}

/// Makes the table.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, outlook: &Outlook, matching: &Matching) -> Plain {
    let currency = &outlook.plan().currency;
    let columns = vec![
        Column::new("Number", 72.0),
        Column::new(format!("Cost, {currency}"), 120.0),
        Column::new(format!("Capacity, {currency}"), 120.0),
        Column::new("Starts", 80.0).words().about("The month of the start: real of people, planned of positions"),
        Column::new("Region", 150.0).words(),
        Column::new("Role", 150.0).words(),
        Column::new("Likely", 260.0)
            .words()
            .about("A position of another region or role; correct the person's, or move the hire"),
    ];
    let rows = LeftoverKind::ALL.into_iter().flat_map(|kind| of_kind(scene, matching, kind));
    Plain::with_heads(ui, "Person or position", columns, rows.collect())
}

fn words(text: String) -> Cell {
    Cell { text, side: Side::Left, ..Cell::default() }
}

fn money(scene: &Scene<'_>, amount: Option<Money>) -> Cell {
    match amount {
        Some(amount) => Cell { text: scene.numbers.whole(amount), number: Some(amount.exact()), ..Cell::default() },
        None => Cell { text: NONE.to_owned(), tone: Tone::Faint, ..Cell::default() },
    }
}

fn of_kind(scene: &Scene<'_>, matching: &Matching, kind: LeftoverKind) -> Vec<Row> {
    let tally = matching.tally(kind);
    let head = RowHead { title: title(kind).to_owned(), band: Band::Strong, ..RowHead::default() };
    let number = Cell { text: scene.numbers.count(tally.number), tone: Tone::Strong, ..Cell::default() };
    let total = |amount: Money| Cell { number: None, tone: Tone::Strong, ..money(scene, Some(amount)) };
    let mut rows = vec![(head, vec![number, total(tally.cost), total(tally.capacity)])];
    rows.extend(matching.of_kind(kind).map(|leftover| row(scene, matching, leftover)));
    rows
}

fn row(scene: &Scene<'_>, matching: &Matching, leftover: &Leftover) -> Row {
    let starts = leftover.starts.map_or(NONE.to_owned(), |month| scene.numbers.month(month));
    let likely = matching.likely.iter().find(|one| Some(one.spell) == leftover.spell);
    let likely = likely.map(|one| match one.differs {
        OtherCell::Role => format!("{}, in another role", one.position),
        OtherCell::Region => format!("{}, in another region", one.position),
    });
    let one = Cell { text: scene.numbers.count(1), number: Some(Exact::ONE), ..Cell::default() };
    let cells = vec![
        one,
        money(scene, leftover.share.map(|share| share.cost)),
        money(scene, leftover.share.map(|share| share.capacity)),
        words(starts),
        words(leftover.region.clone()),
        words(leftover.role.clone()),
        words(likely.unwrap_or_default()),
    ];
    (RowHead { title: leftover.name.clone(), depth: 1, ..RowHead::default() }, cells)
}
