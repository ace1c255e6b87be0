"""The same what-if and the same simulation as Muster's, in numpy: 64-bit floats, so not exact to the cent.

    python3 numpy_model.py PLAN.json REGION ROLE QUARTER HIRES TRIALS

Prints one line of JSON: milliseconds, and the figures by which it is checked. Needs the package python3-numpy.
"""

import json
import statistics
import sys
import time

import numpy as np

MOST_SLIP = 6
MOST_DELAY = 10


class Model:
    """A plan as arrays over regions, roles and months."""

    def __init__(self, plan):
        self.plan = plan
        regions, roles, a = plan["regions"], plan["roles"], plan["assumptions"]
        levers = {"hire_delay": 0, "fill_rate": 1, "attrition_factor": 1, "ramp_slip": 0, "attainment_factor": 1,
                  "pay_factor": 1, "target_factor": 1, **plan.get("levers", {})}
        self.levers = {name: float(value) for name, value in levers.items()}
        self.R, self.K, self.T = len(regions), len(roles), 3 * plan["calendar"]["quarters"]
        self.r = {x["id"]: i for i, x in enumerate(regions)}
        self.k = {x["id"]: i for i, x in enumerate(roles)}
        of = lambda list, *path: np.array([_at(x, path) for x in list], dtype=float)
        self.region = {f: of(regions, f) for f in ["burden_rate", "workplace"]}
        self.region |= {f: np.array([float(x.get(f, 1)) for x in regions]) for f in ["attrition_factor", "productivity"]}
        self.currencies = [x["currency"] for x in regions]
        self.rate = np.array([1.0 if c == plan["currency"] else float(plan["rates"][c]) for c in self.currencies])
        self.first, self.later = of(roles, "attrition", "first_year"), of(roles, "attrition", "later")
        self.involuntary = of(roles, "attrition", "involuntary_share")
        self.share, self.travel = of(roles, "backfill_share"), of(roles, "travel")
        self.guarantee = of(roles, "ramp_guarantee")
        self.wait = [int(x["time_to_fill"]) for x in roles]
        self.ramps = [[float(p) for p in x["ramp"]] for x in roles]
        pay = np.zeros((2, self.R, self.K))
        for region, of_region in plan["pay"].items():
            for role, amounts in of_region.items():
                pay[:, self.r[region], self.k[role]] = float(amounts["base"]), float(amounts["variable"])
        self.base, self.variable = pay
        self.hires = np.zeros((self.R, self.K, plan["calendar"]["quarters"]), dtype=int)
        for region, of_region in plan["hires"].items():
            for role, counts in of_region.items():
                self.hires[self.r[region], self.k[role]] = counts
        self.targets = np.zeros((self.R, plan["calendar"]["quarters"]))
        for region, amounts in plan.get("targets", {}).items():
            self.targets[self.r[region]] = [float(x) for x in amounts]
        self.judged = np.zeros_like(self.targets)
        for entry in plan.get("judgements", []):
            self.judged[self.r[entry["region"]], entry["quarter"]] += float(entry["amount"])
        self.ages = max(12, max(map(len, self.ramps)) + int(self.levers["ramp_slip"]) + MOST_SLIP) + 1
        self.team = np.zeros((self.R, self.K, self.ages), dtype=int)
        for entry in plan.get("baseline", []):
            age = min(entry["tenure"], self.ages - 1)
            self.team[self.r[entry["region"]], self.k[entry["role"]], age] += entry["heads"]
        season, month = (np.array([float(x) for x in a[n]]) for n in ["seasonality", "month_linearity"])
        t = np.arange(self.T)
        self.w = (season / season.sum())[t // 3 % 4] * (month / month.sum())[t % 3]
        year, start = map(int, plan["calendar"]["first_month"].split("-"))
        rises = np.cumsum([i > 0 and (start - 1 + i) % 12 + 1 == a["merit"]["month"] for i in t])
        self.v = self.levers["pay_factor"] * (1 + float(a["merit"]["rate"])) ** rises
        y, m = map(int, plan["partner_programme"]["launch"].split("-"))
        self.launch = (y - year) * 12 + m - start
        self.a = {name: float(x) for name, x in a.items() if isinstance(x, (str, int)) and name != "attrition_basis"}
        self.compound = a.get("attrition_basis", "Simple") == "Compound"
        self.programme = {name: float(plan["partner_programme"][name]) for name in
                          ["first_year_incentive", "renewal_incentive"]}
        self.credits = float(plan["sla"]["expected_credits"])

    def starts(self, hires):
        """g(t): whole hires of a quarter over its months, the rest to the largest fractions."""
        weights = np.array([float(x) for x in self.plan["assumptions"]["start_phasing"]])
        whole = hires[..., None] * weights
        floor = np.floor(whole / weights.sum() + 1e-12).astype(int)
        rest = whole - floor * weights.sum()
        order = np.argsort(-rest - np.array([3e-9, 2e-9, 1e-9]), axis=-1).argsort(axis=-1)
        split = floor + (order < (hires - floor.sum(-1))[..., None])
        return split.reshape(*hires.shape[:-1], self.T)

    def growth(self, hires):
        g, delay = self.starts(hires), int(self.levers["hire_delay"])
        return np.concatenate([np.zeros_like(g[..., :delay]), g[..., :self.T - delay]], axis=-1)

    def monthly(self, factor):
        """m(k) by age: one more axis at the end."""
        factor = np.asarray(factor)[..., None, None] * self.region["attrition_factor"][:, None]
        rates = [np.minimum(1, annual * factor * self.levers["attrition_factor"]) for annual in [self.first, self.later]]
        rates = [1 - (1 - x) ** (1 / 12) if self.compound else x / 12 for x in rates]
        young = np.arange(self.ages) < 12
        return np.where(young, rates[0][..., None], rates[1][..., None])

    def curves(self, slip=None):
        """p(k), and whether a seat is ramping: by role and age."""
        slip = int(self.levers["ramp_slip"]) + (np.zeros(self.K, dtype=int) if slip is None else slip)
        p, ramping = np.ones((self.K, self.ages)), np.zeros((self.K, self.ages), dtype=bool)
        for k, ramp in enumerate(self.ramps):
            end = min(slip[k] + len(ramp), self.ages)
            if ramp:
                p[k, :slip[k]] = ramp[0]
                p[k, slip[k]:end] = ramp[:end - slip[k]]
            ramping[k, :end] = True
        return p, ramping

    def payout(self, attainment):
        return np.where(attainment <= 1, attainment, 1 + (attainment - 1) * self.a.get("accelerator", 1.0))

    def money(self, heads, attainment, rate, rounded):
        """Capacity by quarter, quota aside, and total cost by month, of heads by month: active, ramped, paid, …"""
        active, ramped, paid, leavers, starts = heads
        cents = (lambda x: np.floor(x * 100 + 0.5 + 1e-7) / 100) if rounded else (lambda x: x)
        factor = np.ones_like(active)
        for k, role in enumerate(self.plan["roles"]):
            if "Support" in role["kind"]:
                kind = role["kind"]["Support"]
                served = [self.k[x] for x in kind["serves"]]
                demand = active[..., served, :].sum(-2) / float(kind["sellers_per_head"])
                with np.errstate(divide="ignore", invalid="ignore"):
                    cover = np.where(demand == 0, 1, np.minimum(1, ramped[..., k, :] / demand))
                idle = float(kind["unsupported_productivity"])
                factor[..., served, :] *= (idle + (1 - idle) * cover)[..., None, :]
        direct, partners = np.zeros_like(active[..., 0, :]), np.zeros_like(active[..., 0, :])
        productive = self.region["productivity"][:, None]
        for k, role in enumerate(self.plan["roles"]):
            if "Seller" in role["kind"]:
                quota = float(role["kind"]["Seller"]["annual_quota"]) * productive * self.w
                direct += cents(quota * attainment[..., None] * ramped[..., k, :] * factor[..., k, :])
            elif "PartnerManager" in role["kind"]:
                kind = role["kind"]["PartnerManager"]
                booked = float(kind["partners_per_head"]) * float(kind["annual_bookings_per_partner"]) * productive
                partners += cents(booked * self.w * ramped[..., k, :]) * (np.arange(self.T) >= self.launch)
        capacity = direct + partners
        x = np.asarray(rate)[..., None, None] * self.v
        base, variable = self.base[..., None] / 12 * x, self.variable[..., None] / 12 * x
        cash, varied = active * base, paid * variable
        a = self.a
        cost = cents(cash) + cents(varied) + cents((cash + varied) * self.region["burden_rate"][:, None, None])
        cost = cost + cents(active * self.travel[:, None]) + cents(active * a["tools"])
        cost = cost + cents(active * (self.region["workplace"] * rate)[..., None, None])
        cost = cost + cents(starts * (a["agency_share"] * a["agency_fee"] * base * 12 + a["recruiting_cost"]))
        cost = cost + cents(starts * a["onboarding_cost"])
        cost = cost + cents(leavers * self.involuntary[:, None] * a["severance"] * base)
        people = cost.sum(-2)
        revenue, incentives = np.zeros_like(people), self.programme["first_year_incentive"] * partners
        for t in range(self.T):
            for back in range(0, t, 12):
                year = capacity[..., max(0, t - back - 12):t - back].sum(-1)
                revenue[..., t] += year / 12 * a["renewal_rate"] ** (back // 12)
            for j in range(1, t // 12 + 1):
                incentives[..., t] += self.programme["renewal_incentive"] * a["renewal_rate"] ** j * partners[..., t - 12 * j]
        total = people + cents(incentives) + cents(self.credits * cents(revenue))
        quarters = capacity.reshape(*capacity.shape[:-1], -1, 3).sum(-1) + self.judged
        return quarters, total

    def coverage(self, quarters):
        """Of the whole plan in the first fiscal year."""
        target = (self.targets * self.levers["target_factor"])[:, :4].sum()
        return quarters[..., :4].sum((-1, -2)) / target

    def evaluate(self, hires):
        growth = self.growth(hires) * self.levers["fill_rate"]
        m, (p, ramping) = self.monthly(1.0), self.curves()
        attainment = self.a["attainment"] * self.levers["attainment_factor"]
        paying = p * self.payout(attainment)
        paying = np.where(ramping, np.maximum(paying, self.guarantee[:, None]), paying)
        heads = np.zeros((5, self.R, self.K, self.T))
        n = self.team.astype(float)
        for t in range(self.T):
            for k, wait in enumerate(self.wait):
                left = heads[3, :, k, t - 1 - wait] * self.share[k] if t - 1 - wait >= 0 else 0.0
                heads[4, :, k, t] = growth[:, k, t] + left
            n[..., 0] += heads[4, ..., t]
            gone = n * m
            heads[:4, ..., t] = n.sum(-1), (n * p).sum(-1), (n * paying).sum(-1), gone.sum(-1)
            n = _older(n - gone)
        return self.money(heads, np.full(self.R, attainment), self.rate, rounded=True)

    def trials(self, hires, count, rng):
        """Year coverage and first-year cost of so many whole histories, in whole people."""
        u = {"attainment_sd_plan": .06, "attainment_sd_region": .08, "attrition_cv": .25, "acceptance": .92,
             "start_delay_mean": .7, "ramp_slip_mean": .4, "rate_cv": .08, **self.plan.get("uncertainty", {})}
        u = {name: float(x) for name, x in u.items()}
        planned = np.repeat(np.arange(hires.shape[0] * self.K * self.T), self.growth(hires).ravel())
        found = [self._batch(planned, min(100, count - done), u, rng) for done in range(0, count, 100)]
        return np.concatenate(found, axis=1)

    def _batch(self, planned, b, u, rng):
        level = lambda cv, size: np.exp(rng.normal(-np.log1p(cv**2) / 2, np.sqrt(np.log1p(cv**2)), size))
        shock = rng.normal(0, u["attainment_sd_plan"], (b, 1)) + rng.normal(0, u["attainment_sd_region"], (b, self.R))
        attainment = np.maximum(0, self.a["attainment"] * self.levers["attainment_factor"] + shock)
        foreign = sorted(set(self.currencies) - {self.plan["currency"]})
        factors = {c: level(u["rate_cv"], b) for c in foreign} | {self.plan["currency"]: np.ones(b)}
        rate = self.rate * np.stack([factors[c] for c in self.currencies], axis=1)
        m = self.monthly(level(u["attrition_cv"], b))
        slips = np.minimum(rng.poisson(u["ramp_slip_mean"], (b, self.K)), MOST_SLIP)
        table = [[self.curves(np.full(self.K, s))[i] for s in range(MOST_SLIP + 1)] for i in range(2)]
        p, ramping = (np.stack(x)[slips, np.arange(self.K)] for x in table)
        paying = p[:, None] * self.payout(attainment)[:, :, None, None]
        paying = np.where(ramping[:, None], np.maximum(paying, self.guarantee[:, None]), paying)
        made = rng.random((b, len(planned))) < u["acceptance"] * self.levers["fill_rate"]
        late = rng.poisson(u["start_delay_mean"], made.shape)
        here = made & (planned % self.T + late < self.T)
        trial = np.broadcast_to(np.arange(b)[:, None], made.shape)
        at = (trial * (self.R * self.K * self.T) + planned + late)[here]
        starts = np.bincount(at, minlength=b * self.R * self.K * self.T).reshape(b, self.R, self.K, self.T)
        pmf = np.exp(-u["start_delay_mean"]) * np.cumprod([1.0] + [u["start_delay_mean"] / d for d in range(1, MOST_DELAY)])
        heads = np.zeros((5, b, self.R, self.K, self.T))
        n = np.broadcast_to(self.team, (b, *self.team.shape)).copy()
        for t in range(self.T):
            n[..., 0] += starts[..., t]
            gone = rng.binomial(n, m)
            left = gone.sum(-1)
            heads[:4, ..., t] = n.sum(-1), (n * p[:, None]).sum(-1), (n * paying).sum(-1), left
            replaced, rest = rng.binomial(left, self.share), 1.0
            for late, chance in enumerate(pmf):
                now = rng.binomial(replaced, min(1.0, chance / rest)) if late + 1 < MOST_DELAY else replaced
                replaced, rest = replaced - now, rest - chance
                for k, wait in enumerate(self.wait):
                    if t + 1 + wait + late < self.T:
                        starts[:, :, k, t + 1 + wait + late] += now[:, :, k]
                if not replaced.any():
                    break
            heads[4, ..., t] = starts[..., t]
            n = _older(n - gone)
        quarters, cost = self.money(heads, attainment, rate, rounded=False)
        return np.stack([self.coverage(quarters), cost[..., :12].sum((-1, -2))])


def _at(entry, path):
    for step in path:
        entry = entry[step]
    return entry


def _older(n):
    older = np.zeros_like(n)
    older[..., 1:] = n[..., :-1]
    older[..., -1] += n[..., -1]
    return older


def main():
    path, region, role, quarter, hires, trials = sys.argv[1:]
    model = Model(json.load(open(path)))
    changed = model.hires.copy()
    changed[model.r[region], model.k[role], int(quarter)] = int(hires)
    times = []
    for n in range(30):
        start = time.perf_counter()
        model.coverage(model.evaluate(changed if n % 2 == 0 else model.hires)[0])
        times.append((time.perf_counter() - start) * 1000)
    found = [model.evaluate(h) for h in [model.hires, changed]]
    start = time.perf_counter()
    coverage, cost = model.trials(model.hires, int(trials), np.random.default_rng(1))
    print(json.dumps({
        "changed_hire_ms": statistics.median(times),
        "trials_ms": (time.perf_counter() - start) * 1000,
        "coverage": [float(model.coverage(quarters)) for quarters, _ in found],
        "cost": float(found[0][1][:, :12].sum()),
        "simulated": {"coverage": [float(coverage.mean()), float(coverage.std())],
                      "cost": [float(cost.mean()), float(cost.std())]},
    }))


main()
