#!/bin/sh
# One changed hire, a full recalculation and 10,000 trials of a plan: LibreOffice with the workbook that Muster writes, a
# numpy version, and Muster, one after the other on this machine. Prints times and ratios, and fails where the three do not
# agree. Needs the Debian packages python3-uno, libreoffice-calc (or -nogui) and python3-numpy.
#   benches/compare/run.sh [PLAN] [CHANGE] [TRIALS]
# PLAN is a file, the bundled plan unless given, or `large`: the one that the benches grow; CHANGE is its region, role,
# quarter (from 0) and hires.
set -eu
plan=${1:-$(dirname "$0")/../../saves/cloud-expansion-fy11.ron}
[ ! -e "$plan" ] || plan=$(realpath "$plan")
cd "$(dirname "$0")/../.."
python=${PYTHON:-/usr/bin/python3}
for need in uno numpy; do
    "$python" -c "import $need" 2>/dev/null || { echo "$python has no $need: install the package python3-$need" >&2; exit 2; }
done
command -v soffice >/dev/null || { echo "soffice is not there: install the package libreoffice-calc-nogui" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
change="${2:-us-commercial account-executive 1 7}"
trials=${3:-10000}

# The change is four words.
# shellcheck disable=SC2086
{
    cargo bench --quiet --no-default-features --bench compare -- "$plan" "$folder" $change "$trials" >"$folder/muster.json"
    "$python" benches/compare/numpy_model.py "$folder/plan.json" $change "$trials" >"$folder/numpy.json"
    "$python" benches/compare/libreoffice.py "$folder/plan.xlsx" $change >"$folder/libreoffice.json"
}
"$python" benches/compare/table.py "$folder" "$trials"
