#!/bin/bash
# Faults in large, against the real program, as a table. Needs a build (`cargo build --locked`); strace, Xvfb, xdotool and
# the right to mount a tmpfs are used where they are there, and missed in words where they are not.
#   tests/faults.sh [FAULTS] [KILLS]
set -euo pipefail
cd "$(dirname "$0")/.."
faults=${1:-400} kills=${2:-100}
export RUST_BACKTRACE=0
program=$PWD/target/debug/muster
work=$(mktemp -d)
# What the program keeps of the files that it writes over goes where they are.
export XDG_DATA_HOME=$work/data
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT

row() { printf '| %-28s | %-s |\n' "$1" "$2"; }
row "fault" "what came of it"
row "---" "---"

without=()
unshare -rn true 2>/dev/null || { without+=(--skip without_a_network); row "commands without a network" "not run: no right to make a network namespace"; }
strace -f -qq -o "$work/trace" true 2>/dev/null || { without+=(--skip network_call); row "commands under strace" "not run: strace is not there"; }
MUSTER_FAULTS=$faults cargo test --locked --quiet --test program faults:: -- --include-ignored "${without[@]}" --nocapture --test-threads=1 2>/dev/null |
    grep -E '^(test .* \.\.\. )?[.]*[0-9]+ (plans|files|writes|commands) ' | sed -E 's/^[.]*//' | while IFS= read -r line; do
    row "${line%%:*}" "${line#*: }"
done

# A disk that is really full: so many kB are left, and a plan is written over another.
mkdir "$work/disk"
if mount -t tmpfs -o size=256k muster-faults "$work/disk" 2>/dev/null; then
    mounted=$work/disk
    failed=0 lost=0
    for n in $(seq 1 "$faults"); do
        rm -f "$work/disk/"*
        "$program" convert tests/conformance/one-cell.json "$work/disk/plan.ron"
        cp "$work/disk/plan.ron" "$work/old.ron"
        head -c $(((n * 7919) % 250000)) /dev/zero >"$work/disk/filler" 2>/dev/null || true
        # The last pages too, where nothing is to be left.
        [ $((n % 3)) -ne 0 ] || cat /dev/zero >>"$work/disk/filler" 2>/dev/null || true
        if ! "$program" convert tests/versions/1-hr-fields.json "$work/disk/plan.ron" 2>"$work/said"; then
            failed=$((failed + 1))
            grep -q 'plan.ron: cannot write: ' "$work/said" || { echo "no sentence:"; cat "$work/said"; exit 1; }
            cmp -s "$work/old.ron" "$work/disk/plan.ron" || lost=$((lost + 1))
        else
            "$program" check "$work/disk/plan.ron" >/dev/null 2>&1 || lost=$((lost + 1))
        fi
        ! ls -A "$work/disk" | grep -q '\.part$' || { echo "something half-written stays"; exit 1; }
    done
    row "$faults writes to a full tmpfs" "$failed failed with a sentence, $lost lost"
else
    row "writes to a full tmpfs" "not run: no right to mount one"
fi

if [ "$kills" -gt 0 ]; then
    line=$(MUSTER_KILLS=$kills cargo test --locked --quiet --test window killed -- --nocapture 2>/dev/null | grep ' kills, ' || true)
    row "$kills kills of the window" "${line:-not run: the test program is not there}"
fi

if command -v strace >/dev/null; then
    display=${MUSTER_DISPLAY:-:48}
    if command -v Xvfb >/dev/null; then
        Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 &
        server=$!
        sleep 2
        cp tests/versions/1-hr-fields.ron "$work/plan.ron"
        HOME=$work XDG_DATA_HOME= XDG_CONFIG_HOME= DISPLAY=$display WAYLAND_DISPLAY= \
            timeout 40 strace -f -qq -e trace=network -o "$work/trace" "$program" "$work/plan.ron" >/dev/null 2>&1 &
        window=$!
        sleep 15
        if command -v xdotool >/dev/null; then
            id=$(DISPLAY=$display xdotool search --name Muster 2>/dev/null | tail -1 || true)
            [ -z "$id" ] || DISPLAY=$display xdotool windowfocus "$id" 2>/dev/null || true
            # Through the views, a change, and a save.
            for key in ctrl+1 ctrl+2 ctrl+3 ctrl+4 ctrl+5 ctrl+6 ctrl+7 ctrl+8 ctrl+9 ctrl+1 Tab 7 Return ctrl+s; do
                [ -z "$id" ] || DISPLAY=$display xdotool key --window "$id" $key 2>/dev/null || true
                sleep 0.5
            done
        fi
        wait "$window" || true
        kill "$server"
        families=$(grep -oE 'socket(pair)?\(AF_[A-Z0-9]+' "$work/trace" | sort | uniq -c | sed -E 's/^ +//; s/\(/ /' | paste -sd, - || true)
        peers=$(grep -oE 'connect\([0-9]+, \{sa_family=AF_[A-Z0-9]+[^}]*' "$work/trace" | sed -E 's/.*sa_family=//' | sort -u | paste -sd' ' - || true)
        if grep -qE 'AF_INET|AF_NETLINK|AF_PACKET' "$work/trace"; then
            grep -E 'AF_INET|AF_NETLINK|AF_PACKET' "$work/trace" | head
            exit 1
        fi
        row "a window session under strace" "sockets: ${families:-none}; connected to: ${peers:-nothing}"
    else
        row "a window session under strace" "not run: Xvfb is not there"
    fi
else
    row "a window session under strace" "not run: strace is not there"
fi
