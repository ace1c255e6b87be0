//! The order of input: what falls into one frame takes effect in the order in which it came. A frame is given one turn at
//! a time (a run of text, or one key, or one press of a button), so that a key finds the field that the one before it has
//! opened, and a command finds what was typed before it. What comes after waits for the next frame, which follows at once.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput, Ui};

use super::command::Command;

/// Hands the events of a frame out turn by turn.
#[derive(Default)]
pub(super) struct Turns {
    waiting: VecDeque<Event>,
}

/// What an event asks a turn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A text, with the keys that make it.
    Text,
    /// A key that moves or deletes within what has the keyboard.
    Steps,
    /// Any other key, which may open, leave or close what has the keyboard.
    Key(Key, Modifiers),
    /// A button of the pointer, a paste, or another event that is alone in its turn.
    Once,
}

impl Turn {
    /// The turn that an event needs; `None` if it fits into any, such as a move of the pointer.
    fn of(event: &Event, next: Option<&Event>) -> Option<Self> {
        match event {
            Event::Text(_) | Event::Ime(_) => Some(Self::Text),
            Event::Key { pressed: true, key, modifiers, .. } => Some(match key {
                _ if Command::has_keys(*key, *modifiers) => Self::Key(*key, *modifiers),
                Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::Home
                | Key::End
                | Key::PageUp
                | Key::PageDown
                | Key::Backspace
                | Key::Delete
                    if !modifiers.command && !modifiers.alt =>
                {
                    Self::Steps
                }
                _ if matches!(next, Some(Event::Text(_))) => Self::Text,
                _ => Self::Key(*key, *modifiers),
            }),
            Event::PointerButton { .. }
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::PasteImage(_)
            | Event::MiddleClickPaste { .. }
            | Event::AccessKitActionRequest(_) => Some(Self::Once),
            _ => None,
        }
    }

    /// Whether an event that needs `next` may join this turn. A key that is held repeats itself in one turn, so that
    /// nothing goes on after it is let go.
    fn fits(self, next: Self) -> bool {
        self != Self::Once && self == next
    }
}

impl Turns {
    /// Whether an event waits for its turn.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The events of the next turn.
    fn next(&mut self) -> Vec<Event> {
        let (mut events, mut turn) = (Vec::new(), None::<Turn>);
        while let Some(event) = self.waiting.front() {
            let asked = Turn::of(event, self.waiting.get(1));
            if let (Some(turn), Some(asked)) = (turn, asked)
                && !turn.fits(asked)
            {
                break;
            }
            // A key that has been let go and is pressed again is another one.
            let let_go = matches!(event, Event::Key { pressed: false, key, .. }
                if matches!(turn, Some(Turn::Key(held, _)) if held == *key));
            turn = if let_go { Some(Turn::Once) } else { asked.or(turn) };
            events.extend(self.waiting.pop_front());
        }
        events
    }
}

impl Plugin for Turns {
    fn debug_name(&self) -> &'static str {
        "the order of input"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        self.waiting.extend(input.events.drain(..));
        input.events = self.next();
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        if self.is_waiting() {
            ui.ctx().request_repaint();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
    }

    fn key(key: Key) -> Event {
        press(key, Modifiers::NONE, true)
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn button(pressed: bool) -> Event {
        let (pos, button, modifiers) = (egui::Pos2::ZERO, egui::PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    }

    /// The events of each turn.
    fn turns(events: &[Event]) -> Vec<Vec<Event>> {
        let mut turns = Turns { waiting: events.iter().cloned().collect() };
        let mut all = Vec::new();
        while turns.is_waiting() {
            all.push(turns.next());
        }
        assert_eq!(all.concat(), events, "nothing is lost, and nothing changes its place");
        all
    }

    #[test]
    fn a_run_of_text_is_one_turn_and_each_key_that_leads_elsewhere_its_own() {
        let save = press(Key::S, Modifiers::COMMAND, true);
        let events = [
            key(Key::Num9),
            text("9"),
            press(Key::Num9, Modifiers::NONE, false),
            text("1"),
            key(Key::Tab),
            press(Key::Tab, Modifiers::NONE, false),
            text("8"),
            key(Key::Enter),
            save,
        ];
        let lengths: Vec<usize> = turns(&events).iter().map(Vec::len).collect();
        assert_eq!(lengths, [4, 2, 1, 1, 1]);
    }

    #[test]
    fn steps_within_a_text_are_one_turn_after_the_text() {
        let events = [text("9"), key(Key::Backspace), key(Key::ArrowLeft), text("8"), key(Key::Escape)];
        assert_eq!(turns(&events).iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1, 1]);
    }

    #[test]
    fn a_key_that_is_held_is_one_turn_and_pressed_twice_it_is_two() {
        let released = press(Key::Enter, Modifiers::NONE, false);
        assert_eq!(turns(&[key(Key::Enter), key(Key::Enter), released.clone()]).len(), 1);
        assert_eq!(turns(&[key(Key::Enter), released.clone(), key(Key::Enter), released]).len(), 2);
    }

    #[test]
    fn a_button_goes_down_and_up_in_two_turns_with_moves_in_any() {
        let moved = Event::PointerMoved(egui::Pos2::ZERO);
        let events = [text("7"), moved.clone(), button(true), moved.clone(), button(false), moved];
        assert_eq!(turns(&events).iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
    }

    #[test]
    fn a_key_that_is_a_command_is_its_own_turn_though_it_makes_a_text() {
        let events = [text("7"), key(Key::Questionmark), text("?")];
        assert_eq!(turns(&events).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
