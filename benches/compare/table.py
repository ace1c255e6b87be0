"""Says whether LibreOffice, numpy and Muster agree, and prints their times beside each other."""

import json
import math
import pathlib
import sys


def agree(what, found, expected, tolerance):
    if not all(math.isclose(a, b, rel_tol=tolerance) for a, b in zip(found, expected, strict=True)):
        sys.exit(f"{what}: {found} is not within {tolerance} of Muster's {expected}")


def near(what, found, expected, trials):
    """Two means of the same thing, each of so many trials: within five of their common standard errors."""
    (mean, deviation), (other, other_deviation) = found, expected
    error = math.hypot(deviation, other_deviation) / math.sqrt(trials)
    if abs(mean - other) > 5 * error or not 0.9 < deviation / other_deviation < 1.1:
        sys.exit(f"{what}: {found} is not {expected} within five standard errors of {error}")


def main():
    folder, trials = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    office, numpy, muster = (json.loads((folder / f"{name}.json").read_text()) for name in ["libreoffice", "numpy", "muster"])
    agree("LibreOffice, year coverage", office["coverage"], muster["coverage"], 1e-9)
    agree("numpy, year coverage", numpy["coverage"], muster["coverage"], 1e-9)
    agree("numpy, cost of the first year", [numpy["cost"]], [muster["cost"]], 1e-9)
    for measure in ["coverage", "cost"]:
        near(f"numpy, simulated {measure}", numpy["simulated"][measure], muster["simulated"][measure], trials)
    rows = [
        ("full recalculation", office["hard_ms"], None, muster["full_ms"]),
        ("one changed hire", office["changed_hire_ms"], numpy["changed_hire_ms"], muster["changed_hire_ms"]),
        (f"{trials:,} trials", None, numpy["trials_ms"], muster["trials_ms"]),
    ]
    shown = lambda ms: "–" if ms is None else f"{ms:,.3f} ms"
    times = lambda ms, ours: "–" if ms is None else f"{ms / ours:,.0f} ×"
    print(f"{'':20} {'LibreOffice':>14} {'numpy':>14} {'Muster':>12} {'to LibreOffice':>15} {'to numpy':>10}")
    for what, office_ms, numpy_ms, ours in rows:
        print(f"{what:20} {shown(office_ms):>14} {shown(numpy_ms):>14} {shown(ours):>12} "
              f"{times(office_ms, ours):>15} {times(numpy_ms, ours):>10}")
    print("All three agree: coverage to nine digits, the simulation within five standard errors.")


main()
