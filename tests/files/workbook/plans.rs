//! Plans that nobody has seen: made from a seed, with what is rare in real ones.

use muster::files::{Format, decode};
use muster::plan::Plan;
use serde_json::{Value, json};

/// A small generator; the same seed gives the same plan.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % (most + 1)
    }

    /// A decimal between 0 and `most` thousandths.
    pub(crate) fn part(&mut self, most: u64) -> String {
        format!("0.{:03}", self.roll(most))
    }
}

/// What a plan is made of.
#[derive(Clone, Copy)]
pub(crate) struct Kit {
    pub(crate) seed: u64,
    pub(crate) quarters: u64,
    pub(crate) basis: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) hire_delay: u64,
    pub(crate) ramp_slip: u64,
    /// Whether targets, accounts and market are 0, and attrition is all or nothing.
    pub(crate) bare: bool,
}

const NAMES: [&str; 4] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "A very long name of a region that shares its first thirty-one characters, north & \"quoted\" <b>",
    "A very long name of a region that shares its first thirty-one characters, south\nsecond line",
    "+אזור 日本*?",
];

pub(crate) fn plan(kit: Kit) -> Plan {
    let mut dice = Dice(kit.seed);
    let years = kit.quarters.div_ceil(4);
    let ids = ["one", "two", "three", "four"];
    let currencies = ["EUR", "USD", "JPY", "EUR"];
    let regions: Vec<Value> = (0..4).map(|r| region(&mut dice, kit, ids[r], NAMES[r], currencies[r], years)).collect();
    let roles = roles(&mut dice, kit);
    let names = ["ae", "inside", "se", "desk", "pm", "mgr"];
    let cells = |make: &mut dyn FnMut() -> Value| {
        let list = |make: &mut dyn FnMut() -> Value| names.iter().map(|k| ((*k).to_owned(), make())).collect();
        Value::Object(ids.iter().map(|r| ((*r).to_owned(), Value::Object(list(make)))).collect())
    };
    let pay = cells(
        &mut || json!({"base": dice.roll(90_000).to_string(), "variable": format!("{}.{:02}", dice.roll(60_000), dice.roll(99))}),
    );
    let mut dice = Dice(kit.seed + 7);
    let hires = cells(&mut || json!((0..kit.quarters).map(|_| dice.roll(12).saturating_sub(4)).collect::<Vec<_>>()));
    let mut dice = Dice(kit.seed + 13);
    let mut baseline = Vec::new();
    for region in ids {
        for role in names {
            for _ in 0..dice.roll(2) {
                baseline.push(json!({"region": region, "role": role, "heads": dice.roll(9), "tenure": dice.roll(30)}));
            }
        }
    }
    let target = |dice: &mut Dice| {
        if kit.bare { "0".to_owned() } else { format!("{}.{:02}", dice.roll(4_000_000), dice.roll(99)) }
    };
    let targets: serde_json::Map<String, Value> = ids
        .iter()
        .map(|r| ((*r).to_owned(), json!((0..kit.quarters).map(|_| target(&mut dice)).collect::<Vec<_>>())))
        .collect();
    let rates = [("USD", "0.9137"), ("EUR", "1.0871"), ("JPY", "0.006931")];
    let rates: serde_json::Map<String, Value> = rates
        .iter()
        .filter(|(code, _)| *code != kit.currency)
        .map(|(code, rate)| ((*code).to_owned(), json!(rate)))
        .collect();
    let document = json!({
        "schema": 1, "name": "Made & \"unseen\"", "notes": "",
        "calendar": {"first_month": "2023-04", "quarters": kit.quarters, "named_by": "StartYear"},
        "currency": kit.currency, "rates": rates,
        "envelope": {"fiscal_year": 2023, "min": 10, "max": 60},
        "budgets": {"2023": "9000000", "2024": "1"},
        "recruiting_capacity": (0..kit.quarters).map(|_| 20).collect::<Vec<_>>(),
        "regions": regions, "roles": roles, "pay": pay, "baseline": baseline, "hires": hires, "targets": targets,
        "judgements": [
            {"region": "two", "quarter": 1, "amount": "-12345.67", "reason": "=1+1"},
            {"region": "two", "quarter": 1, "amount": "1000", "reason": ""},
        ],
        "assumptions": {
            "attainment": "1.07", "attrition_basis": kit.basis, "accelerator": "1.5",
            "seasonality": ["3", "4", "2.5", "5"], "month_linearity": ["0.3333", "0.3333", "0.3334"],
            "start_phasing": ["0.4", "0.35", "0.25"], "merit": {"month": 1, "rate": "0.0275"},
            "agency_share": "0.31", "agency_fee": "0.225", "recruiting_cost": "4129.50", "onboarding_cost": "9500",
            "tools": "315.75", "severance": "2.5", "gross_margin": "0.715", "renewal_rate": if kit.bare { "0" } else { "0.88" }
        },
        "partner_programme": {"launch": "2023-06", "first_year_incentive": "0.12", "renewal_incentive": "0.06"},
        "sla": {"expected_credits": "0.0125"},
        "levers": {"hire_delay": kit.hire_delay, "fill_rate": "0.95", "attrition_factor": "1.1",
            "ramp_slip": kit.ramp_slip, "attainment_factor": "0.98", "pay_factor": "1.01", "target_factor": "1.05"},
    });
    decode(&document.to_string(), Format::Json).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn region(dice: &mut Dice, kit: Kit, id: &str, name: &str, currency: &str, years: u64) -> Value {
    let market = |dice: &mut Dice| json!({"size": if kit.bare { 0 } else { dice.roll(90_000_000) }.to_string(), "rival_share": dice.part(600)});
    let market: Vec<Value> = (0..years).map(|_| market(dice)).collect();
    json!({
        "id": id, "name": name, "area": if id == "three" { "*" } else { "=Area \"one\", north" }, "currency": currency,
        "burden_rate": dice.part(300), "workplace": dice.roll(900).to_string(), "attrition_factor": "1.05",
        "productivity": "0.93", "accounts": if kit.bare { 0 } else { dice.roll(900) }, "onboarding_seats": 6, "market": market,
    })
}

fn roles(dice: &mut Dice, kit: Kit) -> Vec<Value> {
    let kinds = [
        ("ae", json!({"Seller": {"annual_quota": "1200000", "accounts_per_head": "12.5"}})),
        ("inside", json!({"Seller": {"annual_quota": "480000.48", "accounts_per_head": "55"}})),
        ("se", json!({"Support": {"serves": ["ae"], "sellers_per_head": "4.5", "unsupported_productivity": "0.7"}})),
        (
            "desk",
            json!({"Support": {"serves": ["inside", "ae"], "sellers_per_head": "14", "unsupported_productivity": "0.92"}}),
        ),
        ("pm", json!({"PartnerManager": {"partners_per_head": "20", "annual_bookings_per_partner": "72000"}})),
        ("mgr", json!({"Manager": {"span": "7"}})),
    ];
    let attrition = |dice: &mut Dice, k: usize| match (kit.bare, k) {
        (true, 0) => "1.2".to_owned(),
        (true, _) => "0".to_owned(),
        _ => dice.part(450),
    };
    kinds
        .into_iter()
        .enumerate()
        .map(|(k, (id, kind))| {
            let ramp: Vec<String> = (0..dice.roll(7)).map(|m| format!("0.{m}5")).collect();
            json!({
                "id": id, "name": format!("{id} & \"co\""), "kind": kind, "ramp": ramp, "ramp_guarantee": dice.part(700),
                "attrition": {"first_year": attrition(dice, k), "later": attrition(dice, k), "involuntary_share": dice.part(500)},
                "backfill_share": dice.part(999), "time_to_fill": dice.roll(4), "travel": dice.roll(2000).to_string(),
            })
        })
        .collect()
}
