//! Changing what a role is: its other fields stay.

use super::restructured::{Restructured, counted, many, places, remove_all, set};
use super::role::{no_longer, supports};
use super::scenarios::{changes_path, scenarios_follow};
use crate::plan::{DocumentPath, Kind, Plan, PlanEdit, Role, ValueChange};
use crate::units::{Exact, Money, Ratio};

/// The kinds as the document names them, and as people read them.
pub const KINDS: &[(&str, &str)] =
    &[("Seller", "Seller"), ("Support", "Support"), ("PartnerManager", "Partner manager"), ("Manager", "Manager")];

/// A kind's name in the document.
#[must_use]
pub const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Seller { .. } => "Seller",
        Kind::Support { .. } => "Support",
        Kind::PartnerManager { .. } => "PartnerManager",
        Kind::Manager { .. } => "Manager",
    }
}

/// Makes a role another kind, with the figures of the first role that is one already, else with plain ones; support
/// roles no longer serve what is no seller any more.
///
/// # Errors
/// When there is no such role or kind.
pub fn change_kind(plan: &Plan, index: usize, name: &str) -> Result<Restructured, String> {
    let role = plan.roles.get(index).ok_or("there is no such role")?;
    let Some((key, title)) = KINDS.iter().find(|(key, title)| same(key, name) || same(title, name)) else {
        let titles: Vec<&str> = KINDS.iter().map(|(_, title)| *title).collect();
        return Err(format!("\"{}\" is no kind of role; write one of {}", name.trim(), titles.join(", ")));
    };
    let label = format!("{} is now: {title}", role.name);
    if *key == kind_name(&role.kind) {
        return Ok(Restructured { label, touches: Vec::new(), edits: Vec::new() });
    }
    let mut edits: Vec<PlanEdit> =
        supports(plan).filter_map(|(support, serves)| no_longer(support, serves, &role.id)).collect();
    let served = counted(many(edits.len()), "support role's list of sellers", "support roles' lists of sellers");
    // What changes over time is a field of the kind that it was.
    let is_of_kind = |path: &str| {
        let path = path.parse::<DocumentPath>();
        path.is_ok_and(|path| path.entry() == Kind::ENTRY && path.key(0) == role.id.as_str())
    };
    let changes = places(&plan.changes, |change| is_of_kind(&change.path));
    let mut touches: Vec<String> = served.into_iter().collect();
    touches.extend(counted(many(changes.len()), "change over time", "changes over time"));
    edits.splice(
        0..0,
        scenarios_follow(plan, &mut touches, &[(ValueChange::ENTRY, &changes)], &|edit| {
            (!changes_path(edit, is_of_kind)).then(|| edit.clone())
        }),
    );
    edits.extend(remove_all(ValueChange::ENTRY, &changes));
    edits.push(set(Kind::ENTRY.at(&role.id), &begun(plan, role, key)));
    Ok(Restructured { label, touches, edits })
}

fn same(one: &str, typed: &str) -> bool {
    one.eq_ignore_ascii_case(typed.trim())
}

/// The kind's fields, to begin with.
fn begun(plan: &Plan, role: &Role, key: &str) -> Kind {
    let whole = |n: u32| Ratio::new(Exact::from(n));
    if let Some(other) = plan.roles.iter().find(|r| kind_name(&r.kind) == key) {
        let mut kind = other.kind.clone();
        if let Kind::Support { serves, .. } = &mut kind {
            serves.retain(|served| *served != role.id);
        }
        return kind;
    }
    match key {
        "Support" => {
            Kind::Support { serves: Vec::new(), sellers_per_head: whole(5), unsupported_productivity: whole(1) }
        }
        "PartnerManager" => {
            Kind::PartnerManager { partners_per_head: whole(0), annual_bookings_per_partner: Money::ZERO }
        }
        "Manager" => Kind::Manager { span: whole(10) },
        _ => Kind::Seller { annual_quota: Money::ZERO, accounts_per_head: whole(0) },
    }
}
