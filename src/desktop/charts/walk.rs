//! Going through a chart's values with the keyboard: a chart is one stop of Tab, arrows go from value to value, Enter
//! does what a click on the value does.

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::hit::Hit;

/// The keys of a chart, for the sheet of shortcuts.
pub(in crate::desktop) const KEYS: &[(&str, &str)] = &[
    ("Tab", "To the chart, and on"),
    ("Arrows", "From value to value, from series to series; each is read out"),
    ("Home, End", "First and last value"),
    ("Enter", "Go to the value, as a click does"),
];

/// What the keyboard is on in a chart, and whether Enter was pressed on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Walk {
    pub(super) at: Option<Hit>,
    pub(super) entered: bool,
}

/// How many values a chart has, and how they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) labels: usize,
    pub(super) series: usize,
    /// Whether the labels go down rather than across.
    pub(super) down: bool,
}

/// Where a key leads from a value; the first key leads to the first value, or to the last.
fn moved(from: Option<Hit>, key: Key, size: Size) -> Option<Hit> {
    let (last_label, last_series) = (size.labels.checked_sub(1)?, size.series.checked_sub(1)?);
    let key = match (size.down, key) {
        (true, Key::ArrowUp) => Key::ArrowLeft,
        (true, Key::ArrowDown) => Key::ArrowRight,
        (true, Key::ArrowLeft) => Key::ArrowUp,
        (true, Key::ArrowRight) => Key::ArrowDown,
        (_, key) => key,
    };
    let hit = |x: usize, series: usize| Some(Hit { x: x.min(last_label), series: Some(series.min(last_series)) });
    let Some(Hit { x, series }) = from else {
        return hit(if matches!(key, Key::End | Key::ArrowLeft) { last_label } else { 0 }, 0);
    };
    let series = series.unwrap_or(0);
    match key {
        Key::ArrowLeft => hit(x.saturating_sub(1), series),
        Key::ArrowRight => hit(x + 1, series),
        Key::ArrowUp => hit(x, series.saturating_sub(1)),
        Key::ArrowDown => hit(x, series + 1),
        Key::Home => hit(0, series),
        Key::End => hit(last_label, series),
        _ => from,
    }
}

/// Takes the keys of a chart that has the keyboard.
pub(super) fn walk(ui: &Ui, response: &Response, size: Size) -> Walk {
    let id = response.id;
    if !response.has_focus() {
        return Walk::default();
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
    let mut at: Option<Hit> = ui.data(|d| d.get_temp(id));
    at = at.filter(|at| at.x < size.labels && at.series.is_none_or(|s| s < size.series));
    let keys = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End];
    let pressed = ui.input_mut(|i| keys.map(|key| (key, i.count_and_consume_key(Modifiers::NONE, key))));
    for (key, times) in pressed {
        for _ in 0..times {
            at = moved(at, key, size);
        }
    }
    if let Some(at) = at {
        ui.data_mut(|d| d.insert_temp(id, at));
    }
    let entered = at.is_some() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    Walk { at, entered }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_from_value_to_value_and_stay_within_the_chart() {
        let size = Size { labels: 3, series: 2, down: false };
        let hit = |x, series| Some(Hit { x, series: Some(series) });
        for (from, key, to) in [
            (None, Key::ArrowRight, hit(0, 0)),
            (None, Key::End, hit(2, 0)),
            (hit(0, 0), Key::ArrowRight, hit(1, 0)),
            (hit(2, 1), Key::ArrowRight, hit(2, 1)),
            (hit(0, 1), Key::ArrowLeft, hit(0, 1)),
            (hit(1, 0), Key::ArrowDown, hit(1, 1)),
            (hit(1, 1), Key::ArrowDown, hit(1, 1)),
            (hit(1, 1), Key::ArrowUp, hit(1, 0)),
            (hit(1, 1), Key::Home, hit(0, 1)),
        ] {
            assert_eq!(moved(from, key, size), to, "{from:?} {key:?}");
        }
        let down = Size { down: true, ..size };
        assert_eq!(moved(hit(0, 0), Key::ArrowDown, down), hit(1, 0));
        assert_eq!(moved(hit(0, 0), Key::ArrowRight, down), hit(0, 1));
        assert_eq!(moved(None, Key::ArrowDown, Size { labels: 0, ..size }), None);
    }
}
