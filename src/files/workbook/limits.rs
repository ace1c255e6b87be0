//! Accounts and partners that limit who sells (model section 4): what each role wants, and the share of it that is there.

use super::blocks::{LimitBlocks, Lines};
use super::columns::{region, role};
use super::error::WorkbookError;
use super::labels::line_label;
use super::layout::{FEWEST_HEADS, Layout};
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::rounded;
use crate::engine::{Inner, Key, Place, PlanCase, What};
use crate::plan::Kind;
use crate::units::{Exact, Period};

/// A limit on sales in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limited {
    Accounts,
    Partners,
}

impl Limited {
    const ALL: [Self; 2] = [Self::Accounts, Self::Partners];

    const fn lines(self) -> Lines {
        match self {
            Self::Accounts => Lines::Sellers,
            Self::Partners => Lines::Partners,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Partners => "partners",
        }
    }
}

/// The blocks of both limits.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, case: PlanCase) -> Result<(), WorkbookError> {
    let blocks = layout.blocks.monthly(case).limits;
    for (limited, blocks) in Limited::ALL.into_iter().zip(blocks) {
        if blocks.sales.lines > 0 {
            LimitSteps { layout, case, limited, blocks }.write(page)?;
        }
    }
    Ok(())
}

/// One limit of the plan, with or without growth.
struct LimitSteps<'a> {
    layout: &'a Layout<'a>,
    case: PlanCase,
    limited: Limited,
    blocks: LimitBlocks,
}

impl LimitSteps<'_> {
    fn write(&self, page: &mut Page<'_>) -> Result<(), WorkbookError> {
        let name = self.limited.name();
        let (sales, wanted) = (self.blocks.sales, self.blocks.wanted);
        let how = match self.limited {
            Limited::Accounts => {
                "Annual quota × support factor ÷ accounts per head: accounts go first to the role with most; roles that need \
                 none come before all others"
            }
            Limited::Partners => "Annual bookings per partner: partners go first to the role with most",
        };
        let title = format!("Sales with one of the {name}");
        self.fill(page, sales, (&title, how, NumberFormat::Money), |line, t| {
            (self.sales(line, t), self.sales_value(line, t))
        })?;
        let how = format!("Ramped heads × {name} per head");
        self.fill(page, wanted, (&format!("Wanted {name}"), &how, NumberFormat::Heads), |line, t| {
            let (cell, k) = self.cell(line);
            let [_, _, _, ramped, _] = self.layout.blocks.monthly(self.case).heads;
            let formula = format!("={}*{}", self.per_head(k, t), ramped.at(cell, t));
            (formula, self.wanted_value(line, t))
        })?;
        let how = format!(
            "What roles with higher sales leave of the region's {name} ÷ what this one wants, at most 1; equal sales: the \
             role above comes first"
        );
        let title = format!("Share with {name}");
        self.fill(page, self.blocks.share, (&title, &how, NumberFormat::Share), |line, t| {
            (self.share(line, t), self.share_value(line, t))
        })?;
        self.missing(page)
    }

    /// A block with a line for each role that is limited.
    fn fill(
        &self,
        page: &mut Page<'_>,
        block: super::grid::Block,
        (title, how, format): (&str, &str, NumberFormat),
        cell: impl Fn(usize, usize) -> (String, f64),
    ) -> Result<(), WorkbookError> {
        page.heading(block, Heading { title, how, section: "Model section 4" }, self.layout.months)?;
        let prefix = if self.case == PlanCase::Plan { "" } else { "without:" };
        let key = format!("{prefix}{}:{{region}},{{role}}", title.to_lowercase().replace(' ', "_"));
        let label = |line: usize| line_label(self.layout, (self.limited.lines(), line), title, "", &key);
        page.fill(block, self.layout.months, format, label, cell)
    }

    /// The line of a role among all cells, and its role.
    fn cell(&self, line: usize) -> (usize, usize) {
        let cell = self.layout.cell_of(self.limited.lines(), line);
        (cell, self.layout.cell(cell).1)
    }

    /// The roles of a region that the limit is on, and the place of a line among them.
    fn among(&self, line: usize) -> (std::ops::Range<usize>, usize) {
        let many = (self.blocks.sales.lines / self.layout.plan.regions.len().max(1)).max(1);
        let first = line / many * many;
        (first..first + many, line % many)
    }

    fn per_head(&self, k: usize, t: usize) -> String {
        let place = if self.limited == Limited::Accounts { role::ACCOUNTS } else { role::PARTNERS };
        self.layout.role_input(k, place, t)
    }

    fn sales(&self, line: usize, t: usize) -> String {
        let (_, k) = self.cell(line);
        match self.limited {
            Limited::Accounts => {
                let per_head = self.per_head(k, t);
                let quota = self.layout.role_input(k, role::QUOTA, t);
                let factor = self.layout.blocks.monthly(self.case).support_factor.at(line, t);
                format!("=IF({per_head}=0,1E+99,ROUND({quota}*{factor}/{per_head},6))")
            }
            Limited::Partners => format!("={}", self.layout.role_input(k, role::BOOKINGS, t)),
        }
    }

    fn sales_value(&self, line: usize, t: usize) -> f64 {
        let (cell, k) = self.cell(line);
        let month = self.layout.month(self.case, cell, t);
        match self.layout.plan_at(t).roles.get(k).map(|role| &role.kind) {
            Some(Kind::Seller { accounts_per_head, .. }) if accounts_per_head.exact().is_zero() => 1e99,
            Some(Kind::Seller { annual_quota, accounts_per_head }) => {
                rounded((annual_quota.exact() * month.support_factor / accounts_per_head.exact()).to_f64(), 6)
            }
            Some(Kind::PartnerManager { annual_bookings_per_partner, .. }) => {
                annual_bookings_per_partner.exact().to_f64()
            }
            _ => 0.0,
        }
    }

    fn wanted_value(&self, line: usize, t: usize) -> f64 {
        let (cell, k) = self.cell(line);
        let ramped = self.layout.month(self.case, cell, t).ramped.exact();
        let per_head = match self.layout.plan_at(t).roles.get(k).map(|role| &role.kind) {
            Some(Kind::Seller { accounts_per_head, .. }) => accounts_per_head.exact(),
            Some(Kind::PartnerManager { partners_per_head, .. }) => partners_per_head.exact(),
            _ => Exact::ZERO,
        };
        (per_head * ramped).to_f64()
    }

    /// The accounts or partners of a region in a month, and whether they limit.
    fn available(&self, r: usize, t: usize) -> (String, String) {
        match self.limited {
            Limited::Accounts => {
                let accounts = self.layout.region_input(r, region::ACCOUNTS, t);
                let limits = format!("AND(accounts_limit=\"yes\",{accounts}>0)");
                (accounts, limits)
            }
            Limited::Partners => {
                let partners = self.layout.partners_input(r, t);
                let limits = format!("ISNUMBER({partners})");
                (partners, limits)
            }
        }
    }

    fn share(&self, line: usize, t: usize) -> String {
        let LimitBlocks { sales, wanted, .. } = self.blocks;
        let (roles, place) = self.among(line);
        let (own, want) = (sales.at(line, t), wanted.at(line, t));
        let (available, limits) = self.available(line / roles.len().max(1), t);
        let higher = format!("({}>{own})*{}", sales.down(roles.clone(), t), wanted.down(roles.clone(), t));
        let mut before = format!("SUMPRODUCT({higher})");
        if place > 0 {
            let above = roles.start..line;
            let equal = format!("({}={own})*{}", sales.down(above.clone(), t), wanted.down(above, t));
            before = format!("({before}+SUMPRODUCT({equal}))");
        }
        format!("=IF({limits},IF({want}<{FEWEST_HEADS},1,MIN(1,MAX(0,{available}-{before})/{want})),1)")
    }

    fn share_value(&self, line: usize, t: usize) -> f64 {
        let place = self.layout.place(self.limited.lines(), line);
        let (what, period) = (What::Inner(Inner::LimitShare), Period::Month(t));
        let share = self.layout.explainer.value(Key { case: self.case, what, place, period });
        share.map_or(1.0, Exact::to_f64)
    }

    /// The sales lost in each region.
    fn missing(&self, page: &mut Page<'_>) -> Result<(), WorkbookError> {
        let (layout, name) = (self.layout, self.limited.name());
        let title = format!("Missing {name}");
        let how = format!("What all roles want less the region's {name}; 0 where these do not limit");
        let block = self.blocks.missing;
        page.heading(block, Heading { title: &title, how: &how, section: "Model sections 4 and 9" }, layout.months)?;
        let label = |line: usize| line_label(layout, (Lines::Regions, line), &title, name, "");
        page.fill(block, layout.months, NumberFormat::Heads, label, |r, t| {
            let (available, limits) = self.available(r, t);
            let many = self.blocks.wanted.lines / layout.plan.regions.len().max(1);
            let wanted = self.blocks.wanted.down(r * many..r * many + many, t);
            (format!("=IF({limits},MAX(0,SUM({wanted})-{available}),0)"), self.missing_value(r, t))
        })
    }

    fn missing_value(&self, r: usize, t: usize) -> f64 {
        let plan = self.layout.plan_at(t);
        let Some(region) = plan.regions.get(r) else { return 0.0 };
        let available = match self.limited {
            Limited::Accounts => {
                Some(region.accounts).filter(|accounts| *accounts > 0 && plan.assumptions.accounts_limit)
            }
            Limited::Partners => region.partners,
        };
        let lines = (0..self.blocks.wanted.lines).filter(|line| {
            let at = self.layout.place(self.limited.lines(), *line);
            matches!(at, Place::Cell(here, _) if here == r)
        });
        let wanted: f64 = lines.map(|line| self.wanted_value(line, t)).sum();
        available.map_or(0.0, |available| (wanted - f64::from(available)).max(0.0))
    }
}
