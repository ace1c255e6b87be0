//! Every number of the document against its range (model section 2).

use std::fmt::Display;

use super::Check;
use crate::plan::{Kind, Region, Role};
use crate::units::{Exact, Ratio};

/// Most that weights may add up to: a number of hires times a weight has to stay exact.
const MAX_WEIGHT: i64 = 1_000_000_000_000;

impl Check<'_> {
    fn at_least_zero(&mut self, path: impl Display, amount: Exact) {
        if amount.is_negative() {
            self.wrong(path, format!("{amount} is below 0"));
        }
    }

    fn share(&mut self, path: impl Display, share: Ratio) {
        let share = share.exact();
        if share.is_negative() || share > Exact::ONE {
            self.wrong(path, format!("{share} is outside 0 to 1; write a fraction, such as 0.15 for 15 %"));
        }
    }

    fn divisor(&mut self, path: impl Display, amount: Exact) {
        if amount.is_negative() || amount.is_zero() {
            self.wrong(path, format!("{amount} has to be above 0"));
        }
    }

    fn weights(&mut self, path: &str, weights: &[Ratio], count: usize, each: &str) {
        self.length(path, weights.len(), count, each);
        for (index, weight) in weights.iter().enumerate() {
            self.at_least_zero(format_args!("{path}[{index}]"), weight.exact());
        }
        if weights.iter().all(|w| w.exact().is_zero()) && !weights.is_empty() {
            self.wrong(path, "the weights are all 0; at least one has to be above 0");
        }
        let sum: Exact = weights.iter().map(|w| w.exact()).sum();
        if !sum.is_in_range() || sum > Exact::from(MAX_WEIGHT) {
            self.wrong(
                path,
                format!("the weights add up to more than {MAX_WEIGHT}; divide them all by the same number"),
            );
        }
    }

    pub(super) fn assumptions(&mut self) {
        let plan = self.plan;
        for (code, rate) in &plan.rates {
            self.currency(format_args!("rates[{code}]"), code);
            self.divisor(format_args!("rates[{code}]"), rate.exact());
        }
        match plan.rates.get(&plan.currency) {
            Some(rate) if rate.exact() != Exact::ONE => {
                let message = format!("{} is the plan currency, whose rate is 1; remove the entry", plan.currency);
                self.wrong(format_args!("rates[{}]", plan.currency), message);
            }
            _ => {}
        }
        for (year, budget) in &plan.budgets {
            self.at_least_zero(format_args!("budgets[{}]", year.0), budget.exact());
        }
        for region in &plan.regions {
            self.region_amounts(region);
        }
        for role in &plan.roles {
            self.role_amounts(role);
        }
        for (region, roles) in &plan.pay {
            for (role, pay) in roles {
                self.at_least_zero(format_args!("pay[{region}][{role}].base"), pay.base.exact());
                self.at_least_zero(format_args!("pay[{region}][{role}].variable"), pay.variable.exact());
            }
        }
        for (region, targets) in &plan.targets {
            for (quarter, target) in targets.iter().enumerate() {
                self.at_least_zero(format_args!("targets[{region}][{quarter}]"), target.exact());
            }
        }
        self.company_amounts();
        self.levers_and_uncertainty();
    }

    fn region_amounts(&mut self, region: &Region) {
        let at = format_args!("regions[{}]", region.id);
        self.at_least_zero(format_args!("{at}.burden_rate"), region.burden_rate.exact());
        self.at_least_zero(format_args!("{at}.workplace"), region.workplace.exact());
        self.at_least_zero(format_args!("{at}.attrition_factor"), region.attrition_factor.exact());
        self.at_least_zero(format_args!("{at}.productivity"), region.productivity.exact());
        for (year, market) in region.market.iter().enumerate() {
            self.at_least_zero(format_args!("{at}.market[{year}].size"), market.size.exact());
            self.share(format_args!("{at}.market[{year}].rival_share"), market.rival_share);
        }
    }

    fn role_amounts(&mut self, role: &Role) {
        let at = format_args!("roles[{}]", role.id);
        if let Some(range) = role.pay_range {
            self.share(format_args!("{at}.pay_range"), range);
        }
        match &role.kind {
            Kind::Seller { annual_quota, accounts_per_head } => {
                self.at_least_zero(format_args!("{at}.kind.Seller.annual_quota"), annual_quota.exact());
                self.at_least_zero(format_args!("{at}.kind.Seller.accounts_per_head"), accounts_per_head.exact());
            }
            Kind::Support { sellers_per_head, unsupported_productivity, .. } => {
                self.divisor(format_args!("{at}.kind.Support.sellers_per_head"), sellers_per_head.exact());
                self.share(format_args!("{at}.kind.Support.unsupported_productivity"), *unsupported_productivity);
            }
            Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                self.at_least_zero(
                    format_args!("{at}.kind.PartnerManager.partners_per_head"),
                    partners_per_head.exact(),
                );
                let path = format_args!("{at}.kind.PartnerManager.annual_bookings_per_partner");
                self.at_least_zero(path, annual_bookings_per_partner.exact());
            }
            Kind::Manager { span } => self.at_least_zero(format_args!("{at}.kind.Manager.span"), span.exact()),
        }
        for (month, share) in role.ramp.iter().enumerate() {
            self.at_least_zero(format_args!("{at}.ramp[{month}]"), share.exact());
        }
        self.share(format_args!("{at}.ramp_guarantee"), role.ramp_guarantee);
        self.at_least_zero(format_args!("{at}.attrition.first_year"), role.attrition.first_year.exact());
        self.at_least_zero(format_args!("{at}.attrition.later"), role.attrition.later.exact());
        self.share(format_args!("{at}.attrition.involuntary_share"), role.attrition.involuntary_share);
        self.share(format_args!("{at}.backfill_share"), role.backfill_share);
        self.at_least_zero(format_args!("{at}.travel"), role.travel.exact());
    }

    fn company_amounts(&mut self) {
        let a = &self.plan.assumptions;
        self.weights("assumptions.seasonality", &a.seasonality, 4, "a quarter of the fiscal year");
        self.weights("assumptions.month_linearity", &a.month_linearity, 3, "a month of the quarter");
        self.weights("assumptions.start_phasing", &a.start_phasing, 3, "a month of the quarter");
        if !(1..=12).contains(&a.merit.month) {
            self.wrong("assumptions.merit.month", format!("{} is no month of the year; write 1 to 12", a.merit.month));
        }
        for (field, amount) in [
            ("attainment", a.attainment.exact()),
            ("accelerator", a.accelerator.exact()),
            ("merit.rate", a.merit.rate.exact()),
            ("agency_fee", a.agency_fee.exact()),
            ("recruiting_cost", a.recruiting_cost.exact()),
            ("onboarding_cost", a.onboarding_cost.exact()),
            ("tools", a.tools.exact()),
            ("severance", a.severance.exact()),
        ] {
            self.at_least_zero(format_args!("assumptions.{field}"), amount);
        }
        for (field, share) in
            [("agency_share", a.agency_share), ("gross_margin", a.gross_margin), ("renewal_rate", a.renewal_rate)]
        {
            self.share(format_args!("assumptions.{field}"), share);
        }
        let programme = &self.plan.partner_programme;
        self.share("partner_programme.first_year_incentive", programme.first_year_incentive);
        self.share("partner_programme.renewal_incentive", programme.renewal_incentive);
        self.share("sla.expected_credits", self.plan.sla.expected_credits);
    }

    fn levers_and_uncertainty(&mut self) {
        let levers = &self.plan.levers;
        self.share("levers.fill_rate", levers.fill_rate);
        let u = &self.plan.uncertainty;
        self.share("uncertainty.acceptance", u.acceptance);
        for (path, factor) in [
            ("levers.attrition_factor", levers.attrition_factor),
            ("levers.attainment_factor", levers.attainment_factor),
            ("levers.pay_factor", levers.pay_factor),
            ("levers.target_factor", levers.target_factor),
            ("uncertainty.attainment_sd_plan", u.attainment_sd_plan),
            ("uncertainty.attainment_sd_region", u.attainment_sd_region),
            ("uncertainty.attrition_cv", u.attrition_cv),
            ("uncertainty.start_delay_mean", u.start_delay_mean),
            ("uncertainty.ramp_slip_mean", u.ramp_slip_mean),
            ("uncertainty.rate_cv", u.rate_cv),
        ] {
            self.at_least_zero(path, factor.exact());
        }
    }
}
