//! Changing several values at once from a month on: by a percentage, or to a value.

use egui::{Button, Ui};

use super::series_model::month_of;
use crate::desktop::draft::{Draft, DraftChange, OpenDraft};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fields::Fields;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::Scene;
use crate::edit::{NewValue, change_values, place};
use crate::plan::{PlanEdit, ValueChange};
use crate::units::{Exact, Period, counted};

/// The name of the draft, for messages.
const PLACE: &str = "New value of what is selected";

/// What is being typed for the selected values.
#[derive(Default)]
pub(super) struct ChangeForm {
    /// The month, quarter or fiscal year; `None` until one is typed.
    from: Option<String>,
    value: String,
    /// The paths of the fields that the typed value is for: those selected when typing began.
    paths: Vec<String>,
    draft: OpenDraft,
}

/// A change of the selected values, with its label.
type ReadChange = Result<(String, Vec<PlanEdit>), String>;

impl ChangeForm {
    /// Draws the form for the fields at these paths.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, selected: &[String]) {
        let ctx = ui.ctx().clone();
        if self.draft.is_taken(&ctx) {
            self.value.clear();
        }
        if self.value.trim().is_empty() {
            self.paths = selected.to_vec();
        }
        let paths = self.paths.clone();
        let calendar = scene.plan().calendar;
        let proposed = calendar.name(Period::Year(1.min(calendar.years().saturating_sub(1))));
        let mut from = self.from.clone().unwrap_or(proposed);
        let number = counted(paths.len(), "value", "values");
        ui.label(format!("Change {number} from"));
        if editor::live(ui, EditorLook::line("From month or fiscal year", 72.0), &mut from).changed() {
            self.from = Some(from.clone());
        }
        let look = EditorLook::line(PLACE, 92.0).hint("+3 %");
        let id = ui.make_persistent_id(PLACE);
        let field = editor::live(ui, look, &mut self.value);
        let about = "A percentage with its sign, of the value before; or the value itself";
        let (entered, escaped) = (editor::entered(ui, &field), editor::escaped(ui, &field));
        field.on_hover_text(about);
        if escaped {
            self.value.clear();
        }
        let typed = !self.value.trim().is_empty();
        let read = typed.then(|| self.read(scene, &from, &paths));
        let usable = matches!(read, Some(Ok(_)));
        let agreed = ui.add_enabled(usable, Button::new("Change")).clicked() || (entered && usable);
        match &read {
            Some(Ok((label, _))) => _ = ui.colored_label(scene.palette.faint, label),
            Some(Err(why)) => {
                ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle));
            }
            None => {}
        }
        match read {
            Some(Ok((label, edits))) if agreed => {
                self.draft.close(&ctx);
                self.value.clear();
                scene.commit(label, edits);
            }
            read => {
                let text = format!("{} from {from}", self.value.trim());
                let change = read.map(|read| read.map(|(label, edits)| DraftChange::plan(label, edits)));
                self.draft.set(&ctx, id, change.map(|change| Draft { id, place: PLACE.to_owned(), text, change }));
            }
        }
    }

    /// The change that is typed.
    fn read(&self, scene: &Scene<'_>, from: &str, paths: &[String]) -> ReadChange {
        let fields = Fields { plan: scene.plan(), numbers: scene.numbers };
        let month = month_of(fields, from)?;
        let text = self.value.trim();
        let growth = signed_percentage(scene.numbers, text)?;
        let new = |path: &String| {
            let value = if let Some(share) = growth {
                NewValue::Growth(share)
            } else {
                let (field, _) = ValueChange::field_at(path).ok_or("this value may not change over time")?;
                NewValue::Stated(fields.read_changed(field, text)?.ok_or("type a value")?)
            };
            Ok((path.clone(), value))
        };
        let wanted = paths.iter().map(new).collect::<Result<Vec<_>, String>>()?;
        let edits = change_values(scene.plan(), month, &wanted)?;
        let to = if growth.is_some() { text.to_owned() } else { format!("to {text}") };
        Ok((format!("{} {to} from {} on", subject(fields, paths), from.trim()), edits))
    }
}

/// The fields in words: the place of a single one, or their number and what they have in common.
fn subject(fields: Fields<'_>, paths: &[String]) -> String {
    let titles = paths.iter().filter_map(|path| Some(ValueChange::field_at(path)?.0.title));
    let mut titles: Vec<&str> = titles.collect();
    titles.dedup();
    match (paths, titles.as_slice()) {
        ([one], _) => place(fields.plan, one),
        (_, [title]) => format!("{title} of {}:", counted(paths.len(), "entry", "entries")),
        _ => format!("{}:", counted(paths.len(), "value", "values")),
    }
}

/// The share of a percentage with its sign; `None` if the text is a value of its own.
///
/// # Errors
/// In the planner's words, when it is no number.
fn signed_percentage(numbers: Numbers, text: &str) -> Result<Option<Exact>, String> {
    if !text.starts_with(['+', '-', '−']) {
        return Ok(None);
    }
    if !text.ends_with('%') {
        return Err(format!("write {text} % for a percentage, or the value itself"));
    }
    numbers.read_share(text.trim_start_matches('+')).map(|share| Some(share.exact()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_has_a_sign_and_a_value_has_none() {
        let more = |text: &str| signed_percentage(Numbers::default(), text);
        let exact = |text: &str| text.parse::<Exact>().ok();
        assert_eq!(more("+3 %"), Ok(exact("0.03")));
        assert_eq!(more("-2.5%"), Ok(exact("-0.025")));
        assert_eq!(more("40 %"), Ok(None));
        assert_eq!(more("1,350,000"), Ok(None));
        assert_eq!(more("+3"), Err("write +3 % for a percentage, or the value itself".to_owned()));
        assert!(more("+many %").is_err());
    }
}
