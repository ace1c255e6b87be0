//! A frontier as it is drawn: its points by name, as a chart and as a table, and what there is no point for.

use crate::desktop::parts::plain_table::Plain;
use egui::{Label, RichText, Ui};

use crate::analysis::optimisation::{Frontier, FrontierPoint};
use crate::desktop::charts::{Points, Quantity, Spot};
use crate::desktop::icons::Icon;
use crate::desktop::numbers::NONE;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Cell, Column, Tone};
use crate::units::{Exact, Money, Ratio};

/// A frontier as it is drawn: each plan once.
pub(super) struct Drawn {
    pub(super) found: Frontier,
    /// Numbers of hires that cover no more than the plan with so many.
    no_more: Vec<(u64, u64)>,
}

impl Drawn {
    pub(super) fn of(mut found: Frontier) -> Self {
        let mut no_more = Vec::new();
        found.points.dedup_by(|point, before| {
            let again = point.edits == before.edits;
            if again {
                no_more.push((point.hires_limit, before.hires));
            }
            again
        });
        Self { found, no_more }
    }

    /// What there is no point for, and why.
    pub(super) fn say(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let count = |hires: u64| scene.numbers.count(hires);
        let mut lines = Vec::new();
        if let Some((_, as_with)) = self.no_more.first() {
            let asked: Vec<String> = self.no_more.iter().map(|(asked, _)| count(*asked)).collect();
            lines.push(format!("{} hires cover no more than {}", asked.join(", "), count(*as_with)));
        }
        lines.extend(self.found.missing.iter().map(|missing| {
            let why = missing.reason.lines().map(str::trim).collect::<Vec<_>>().join(" ");
            format!("With {} hires: {why}", count(missing.hires))
        }));
        for line in lines {
            let text = RichText::new(format!("{} {line}", Icon::Info)).color(scene.palette.faint).size(12.5);
            ui.add(Label::new(text).wrap());
        }
    }
}

/// A point by its number: today's plan is the last.
pub(super) fn point(found: &Frontier, index: usize) -> Option<&FrontierPoint> {
    found.points.get(index).or_else(|| (index == found.points.len()).then_some(&found.today))
}

/// How many hires a point has, in words.
pub(super) fn hires(scene: &Scene<'_>, point: &FrontierPoint) -> String {
    format!("{} hires", scene.numbers.count(point.hires))
}

/// What a point is called: by its hires, and by its cost where others have as many.
pub(super) fn name(scene: &Scene<'_>, found: &Frontier, point: &FrontierPoint) -> String {
    let alone = found.points.iter().filter(|other| other.hires == point.hires).count() < 2;
    if alone { hires(scene, point) } else { format!("{}, {}", hires(scene, point), scene.numbers.short(point.cost)) }
}

/// The name of today's plan.
fn today(scene: &Scene<'_>, found: &Frontier) -> String {
    format!("As it is, {}", hires(scene, &found.today))
}

/// Cost against covered target.
pub(super) fn chart(scene: &Scene<'_>, found: &Frontier, selected: Option<usize>) -> Points {
    let spot = |point: &FrontierPoint, name: String| Spot {
        name,
        x: point.cost.exact(),
        y: point.covered.exact(),
        details: vec![
            ("Share of the target".to_owned(), scene.numbers.percent(point.share(), 2)),
            ("Hires that change".to_owned(), scene.numbers.count(u64::try_from(point.edits.len()).unwrap_or(u64::MAX))),
        ],
    };
    Points {
        title: "Covered target against cost".to_owned(),
        detail: "each point the best plan found for its money".to_owned(),
        along: "Total cost".to_owned(),
        up: "Covered target".to_owned(),
        quantity: Quantity::Money(scene.plan().currency.to_string()),
        by: format!("Growth hires of {}", scene.plan().envelope.fiscal_year),
        name: "Best plans found".to_owned(),
        joined: found.efficient().into_iter().map(|point| (point.cost.exact(), point.covered.exact())).collect(),
        spots: found.points.iter().map(|point| spot(point, name(scene, found, point))).collect(),
        apart: Some(spot(&found.today, today(scene, found))),
        selected,
    }
}

/// The same as a table, today's plan last.
pub(super) fn table(ui: &Ui, scene: &Scene<'_>, found: &Frontier) -> Plain {
    let (numbers, currency) = (scene.numbers, &scene.plan().currency);
    let row = |(point, name): (&FrontierPoint, String)| {
        let money =
            |amount: Exact| Cell { text: numbers.whole(Money::new(amount)), exact: Some(amount), ..Cell::default() };
        let share = point.share();
        let text = share.map_or(NONE.to_owned(), |share| numbers.percent(Some(share), 2));
        let look = Cell { text: "Show".to_owned(), tone: Tone::Link, link: true, ..Cell::default() };
        let share = Cell { text, exact: share.map(Ratio::exact), ..Cell::default() };
        (name, vec![money(point.cost.exact()), money(point.covered.exact()), share, look])
    };
    let points = found.points.iter().map(|point| (point, name(scene, found, point)));
    let today = (&found.today, today(scene, found));
    let columns = vec![
        Column::new(format!("Cost, {currency}"), 100.0).about("Total cost over the whole horizon"),
        Column::new(format!("Covered, {currency}"), 108.0)
            .about("Covered target of the regions and quarters that count"),
        Column::new("Share", 68.0).about("Of their target"),
        Column::new("Plan", 62.0),
    ];
    let corner = format!("Hires of {}", scene.plan().envelope.fiscal_year);
    Plain::new(ui, &corner, columns, points.chain([today]).map(row).collect())
}
