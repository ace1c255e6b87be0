//! One cell's people in one trial: who is hired and when, who leaves and when, who is replaced (model sections 3 and 10).
//!
//! Each person is followed, but not month by month. Leaving with the probability m(k) at the end of each month is the
//! same as drawing, once, the month at whose end one leaves: with S(j) the chance to be there after j month ends, a
//! uniform number u stands for leaving at the end of the month j with S(j) > u ≥ S(j + 1), whose probability is
//! S(j) − S(j + 1), that is S(j) × m(j). So the numbers that leave are exactly binomial, at one draw a person.
//!
//! Draws are in this order: two for each planned growth hire (made or not, months late), in the order of months; then
//! cohort by cohort, the baseline's entries first and the starts of each month after them, one for each person (when it
//! leaves), followed where it leaves in time to be replaced by one (replaced or not) and, if so, another (months late).

use super::draws::Draws;
use super::flat::{Cell, Flat, Role};

/// Months of tenure after which attrition is `later`.
const FIRST_YEAR: u32 = 12;

/// One month of a cell in a trial, in whole people but for what they can sell and are paid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) starts: f64,
    pub(super) active: f64,
    pub(super) leavers: f64,
    /// Σ p(k).
    pub(super) ramped: f64,
    /// Σ payout(k).
    pub(super) paid: f64,
    /// The support factor of a Seller.
    pub(super) supported: f64,
}

impl Default for Month {
    fn default() -> Self {
        Self { starts: 0.0, active: 0.0, leavers: 0.0, ramped: 0.0, paid: 0.0, supported: 1.0 }
    }
}

/// What becomes of the planned growth hires of a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hired {
    pub(super) made: f64,
    /// Months late, added up over those that are made; a hire that starts after the horizon counts up to its end.
    pub(super) late: f64,
}

/// m(k) in the first year of tenure and later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    pub(super) first_year: f64,
    pub(super) later: f64,
}

/// What one person can sell and is paid, by tenure.
pub(super) struct Worth<'a> {
    pub(super) role: &'a Role,
    /// Months that are added at the start of the ramp.
    pub(super) slip: u32,
    /// A: the payout at the trial's attainment.
    pub(super) payout: f64,
}

impl Worth<'_> {
    /// Months until a person of this tenure is no longer ramping.
    fn ramping(&self, tenure: u32) -> usize {
        let end = self.slip.saturating_add(u32::try_from(self.role.ramp.len()).unwrap_or(u32::MAX));
        usize::try_from(end.saturating_sub(tenure)).unwrap_or(usize::MAX)
    }

    /// p(k) and payout(k) of one who is ramping, less those of one who is not: 1 and A.
    fn short(&self, tenure: u32) -> (f64, f64) {
        let place = usize::try_from(tenure.saturating_sub(self.slip)).unwrap_or(usize::MAX);
        let sells = self.role.ramp.get(place).copied().unwrap_or(1.0);
        (sells - 1.0, (sells * self.payout).max(self.role.guarantee) - self.payout)
    }
}

/// S(j) for people of one tenure.
#[derive(Debug, Default)]
struct Stay(Vec<f64>);

impl Stay {
    fn work_out(&mut self, leaving: Leaving, tenure: u32, months: usize) {
        let early = usize::try_from(FIRST_YEAR.saturating_sub(tenure)).unwrap_or(usize::MAX);
        self.0.clear();
        self.0.resize(months.saturating_add(1), 1.0);
        let mut stay = 1.0;
        let mut leave = |months: &mut [f64], rate: f64| {
            for month in months {
                stay *= 1.0 - rate;
                *month = stay;
            }
        };
        let after = self.0.get_mut(1..).unwrap_or_default();
        let (early, later) = after.split_at_mut(early.min(months));
        leave(early, leaving.first_year);
        leave(later, leaving.later);
    }
}

/// The people of one role in one region. Kept from trial to trial, to use its room again.
#[derive(Debug, Default)]
pub(super) struct Team {
    pub(super) months: Vec<Month>,
    /// People who start, by month.
    starts: Vec<u32>,
    stay: Stay,
    /// What people of one tenure fall short of those who no longer ramp, by months that they are followed.
    short: Vec<(f64, f64)>,
    /// Leavers of the cohort at hand while it is ramping, by months that it is followed.
    left: Vec<u32>,
}

impl Team {
    /// Nobody.
    pub(super) fn clear(&mut self, months: usize) {
        self.months.resize(months, Month::default());
        self.months.fill(Month::default());
        self.starts.resize(months, 0);
        self.starts.fill(0);
    }

    /// Lets a cell's people start, sell, leave and be replaced over the horizon; the team is to be clear.
    pub(super) fn follow(
        &mut self,
        flat: &Flat,
        cell: &Cell,
        leaving: Leaving,
        worth: &Worth<'_>,
        draws: &mut Draws,
    ) -> Hired {
        let hired = self.hire(flat, cell, draws);
        let mut known = None;
        for (heads, tenure) in &cell.there {
            // From the end of the first year on, all tenures are alike.
            let alike = Some((*tenure).min(FIRST_YEAR));
            if known != alike {
                self.stay.work_out(leaving, *tenure, flat.months);
                known = alike;
            }
            self.ramping(worth, *tenure, flat.months);
            self.cohort(flat, worth.role, 0, *heads, draws);
        }
        let there: f64 = cell.there.iter().map(|(heads, _)| f64::from(*heads)).sum();
        self.stay.work_out(leaving, 0, flat.months);
        self.ramping(worth, 0, flat.months);
        for first in 0..flat.months {
            let heads = self.starts.get(first).copied().unwrap_or_default();
            if heads > 0 {
                self.cohort(flat, worth.role, first, heads, draws);
            }
        }
        let mut closing = there;
        for (month, starts) in self.months.iter_mut().zip(&self.starts) {
            month.starts = f64::from(*starts);
            month.active = closing + month.starts;
            closing = month.active - month.leavers;
            month.ramped += month.active;
            month.paid += month.active * worth.payout;
        }
        hired
    }

    /// Works out what cohorts of a tenure fall short of.
    fn ramping(&mut self, worth: &Worth<'_>, tenure: u32, months: usize) {
        let ramping = (0_u32..).take(worth.ramping(tenure).min(months));
        self.short.clear();
        self.short.extend(ramping.map(|step| worth.short(tenure.saturating_add(step))));
        self.left.resize(self.short.len(), 0);
    }

    fn hire(&mut self, flat: &Flat, cell: &Cell, draws: &mut Draws) -> Hired {
        let mut hired = Hired::default();
        for (month, planned) in &cell.hires {
            for _ in 0..*planned {
                let made = draws.uniform() < flat.spread.made;
                let late = flat.spread.late.draw(draws);
                if made {
                    hired.made += 1.0;
                    hired.late += super::float(late.min(flat.months));
                    start(&mut self.starts, month.saturating_add(late));
                }
            }
        }
        hired
    }

    /// Lets the people of a cohort leave, who are there from a month on, has them replaced, and notes what those who are
    /// ramping fall short of; `stay` and `short` are to be those of their tenure.
    fn cohort(&mut self, flat: &Flat, role: &Role, first: usize, heads: u32, draws: &mut Draws) {
        let Self { months, starts, stay: Stay(stay), short, left } = self;
        let months = months.get_mut(first..).unwrap_or_default();
        left.fill(0);
        let stays = stay.get(months.len()).copied().unwrap_or_default();
        for _ in 0..heads {
            let uniform = draws.uniform();
            if uniform < stays {
                continue;
            }
            let gone = stay.partition_point(|stay| uniform < *stay).saturating_sub(1);
            if let Some(month) = months.get_mut(gone) {
                month.leavers += 1.0;
            }
            if let Some(left) = left.get_mut(gone) {
                *left = left.saturating_add(1);
            }
            let again = (first + gone + 1).saturating_add(role.time_to_fill);
            if again < flat.months && draws.uniform() < role.backfill_share {
                let late = flat.spread.late.draw(draws);
                start(starts, again.saturating_add(late));
            }
        }
        let mut there = heads;
        for ((month, left), (sells, paid)) in months.iter_mut().zip(left).zip(short) {
            month.ramped += f64::from(there) * *sells;
            month.paid += f64::from(there) * *paid;
            there = there.saturating_sub(*left);
        }
    }
}

/// One person starts; what is past the horizon is outside the plan.
fn start(starts: &mut [u32], month: usize) {
    if let Some(starts) = starts.get_mut(month) {
        *starts = starts.saturating_add(1);
    }
}
