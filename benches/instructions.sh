#!/bin/sh
# Instructions that one evaluation takes, and one changed hire, with the bundled plan: by callgrind, on one thread, so that
# they are the same on every run and say more than a time on a busy machine. Each is measured by the difference of eleven
# runs and one. Needs the Debian package valgrind.
set -eu
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is not there: install the package valgrind" >&2; exit 2; }
bench=$(cargo bench --no-default-features --bench evaluate --no-run 2>&1 | sed -n 's/.*(\(.*evaluate-[0-9a-f]*\))$/\1/p')
count() {
    RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" --bench --exact "$1" \
        --sample-count "$2" --sample-size 1 2>&1 | sed -n 's/.*Collected : //p'
}
for what in the_whole_plan one_changed_hire one_changed_assumption one_changed_price one_changed_margin findings_of_the_plan; do
    name="evaluate::$what::bundled 14x7x8"
    few=$(count "$name" 1)
    many=$(count "$name" 11)
    printf '%-24s %12d instructions\n' "$what" $(((many - few) / 10))
done
