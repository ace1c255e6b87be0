#!/bin/bash
# Types into the real window, without a pause between the keys and without Return where that is said, and tells as a table
# how many rounds lost something. Needs a build (`cargo build --locked`), Xvfb and xdotool.
#   tests/typing.sh [ROUNDS] [KIND]      of the kinds whose names have these words; of all without
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-20} kind=${2:-}
program=$PWD/target/debug/muster
for tool in Xvfb xdotool; do
    command -v "$tool" >/dev/null || { echo "not run: $tool is not there" >&2; exit 2; }
done
work=$(mktemp -d)
export DISPLAY=${MUSTER_DISPLAY:-:47} HOME=$work/home WAYLAND_DISPLAY= XDG_DATA_HOME= XDG_CONFIG_HOME= RUST_BACKTRACE=0
window=
Xvfb "$DISPLAY" -screen 0 1280x1500x24 >/dev/null 2>&1 &
server=$!
trap '[ -z "$window" ] || kill -9 "$window" 2>/dev/null || true; kill "$server"; rm -rf "$work"' EXIT
sleep 2
plan=$work/plan.ron
lost=0

# Opens the window, so high that the whole of General is in sight, and gives it the keyboard.
open() {
    "$program" "$plan" >/dev/null 2>&1 &
    window=$!
    local id=
    # The plan's name is in the title once the window has been drawn.
    for _ in $(seq 200); do
        id=$(xdotool search --name Held-out 2>/dev/null | tail -1 || true)
        [ -z "$id" ] || break
        sleep 0.2
    done
    sleep 1
    until xdotool windowsize "$id" 1280 1500 windowfocus "$id" 2>/dev/null; do sleep 0.3; done
    sleep 1.5
}

# A new plan, with nothing left of earlier windows.
new() {
    rm -rf "$HOME" "$plan"
    mkdir "$HOME"
    "$program" convert tests/conformance/world.json "$plan"
}

close() {
    kill -9 "$window" 2>/dev/null || true
    wait "$window" 2>/dev/null || true
    window=
}

keys() { xdotool key --delay 0 "$@"; }

# To the first cell of the grid that takes hires; to the notes.
cell() { keys ctrl+1; sleep 0.7; keys F6 ctrl+Home Down Down Down; sleep 0.5; }
notes() { keys ctrl+7; sleep 1; xdotool mousemove 600 1040 click 1; sleep 0.5; }

# Whether a file states a text within some seconds.
states() {
    for _ in $(seq 40); do
        ! grep -qs -- "$2" "$1" || return 0
        sleep 0.1
    done
    return 1
}

# A new plan in a window of its own, past the first steps.
fresh() { new; open; xdotool mousemove 504 1406 click 1; sleep 0.5; }

# Runs the rounds of a kind; each says by its exit whether everything is there.
rounds() {
    local name=$1 kept=0
    shift
    [[ $name == *"$kind"* ]] || return 0
    for n in $(seq "$rounds"); do
        if "$@" $((700 + n)); then kept=$((kept + 1)); else lost=$((lost + 1)); fi
    done
    printf '| %-46s | %3d of %3d |\n' "$name" "$kept" "$rounds"
}

return_and_save() { cell; xdotool type --delay 0 "$1"; keys Return ctrl+s; states "$plan" "\[$1,"; }
save_without_return() { cell; xdotool type --delay 0 "$1"; keys ctrl+s; states "$plan" "\[$1,"; }
ahead() { cell; keys 9 Tab 8 Tab ${1:0:1} ${1:1:1} ${1:2:1} ctrl+s; states "$plan" "\[9, 8, $1,"; }
notes_and_save() { notes; xdotool type --delay 0 "note$1"; keys ctrl+s; states "$plan" "note$1"; }
view() { cell; xdotool type --delay 0 "$1"; keys ctrl+3; sleep 0.5; keys ctrl+s; states "$plan" "\[$1,"; }

# Quits with a text in an editor: it asks, and Return saves.
quit() {
    local number=$1
    shift
    fresh
    cell
    xdotool type --delay 0 "$number"
    keys "$@" ctrl+q
    sleep 2
    kill -0 "$window" 2>/dev/null || { echo "$number: closed without a question" >&2; window=; return 1; }
    keys Return
    local there=0
    states "$plan" "\[$number," || there=1
    close
    return $there
}
quit_without_return() { quit "$1"; }
return_and_quit() { quit "$1" Return; }

# Kills the window two and a half seconds after the last key, and recovers.
killed() {
    local place=$1 text=$2 stated=$3
    fresh
    "$place"
    xdotool type --delay 0 "$text"
    sleep 2.5
    close
    open
    keys Tab Return
    sleep 1
    keys ctrl+s
    local there=0
    states "$plan" "$stated" || there=1
    close
    return $there
}
killed_in_notes() { killed notes "note$1" "note$1"; }
killed_in_a_cell() { killed cell "$1" "\[$1,"; }
killed_in_a_wrong_cell() { killed cell "x$1" "x$1"; }

printf '| %-46s | %10s |\n| --- | --- |\n' "typed" "kept"
fresh
rounds "a number, Return, Ctrl+S" return_and_save
rounds "a number, Ctrl+S" save_without_return
rounds "three numbers with Tab, Ctrl+S" ahead
rounds "notes, Ctrl+S" notes_and_save
rounds "a number, Ctrl+3, Ctrl+S" view
close
rounds "a number, Ctrl+Q" quit_without_return
rounds "a number, Return, Ctrl+Q" return_and_quit
rounds "notes, killed 2.5 s later, recovered" killed_in_notes
rounds "a number, killed 2.5 s later, recovered" killed_in_a_cell
rounds "no number in a cell, killed, offered as text" killed_in_a_wrong_cell
[ "$lost" = 0 ] || { echo "$lost rounds lost something" >&2; exit 1; }
