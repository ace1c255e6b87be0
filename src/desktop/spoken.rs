//! What a screen reader is told: the window's names without their icons, which are characters of a private use area
//! that nobody can say.

use egui::accesskit::Node;
use egui::{Context, FullOutput, Plugin};

/// Takes the icons out of every name on its way to the screen reader.
pub(super) struct WithoutIcons;

impl Plugin for WithoutIcons {
    fn debug_name(&self) -> &'static str {
        "names without icons"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let update = output.platform_output.accesskit_update.iter_mut();
        update.flat_map(|update| &mut update.nodes).for_each(|(_, node)| strip(node));
    }
}

fn strip(node: &mut Node) {
    if let Some(label) = node.label().and_then(without) {
        node.set_label(label);
    }
    if let Some(value) = node.value().and_then(without) {
        node.set_value(value);
    }
}

/// A text without its icons and the room around them; none where it has no icon.
fn without(text: &str) -> Option<String> {
    let icon = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    text.contains(icon).then(|| text.replace(icon, "").trim().to_owned())
}

#[test]
fn only_icons_are_taken_out() {
    use super::icons::Icon;
    assert_eq!(without(&format!("{}  Save as…", Icon::FloppyDisk)).as_deref(), Some("Save as…"));
    assert_eq!(without(&format!("FY11 Q1 {}", Icon::Check)).as_deref(), Some("FY11 Q1"));
    assert_eq!(without(" a text that is being typed "), None);
}
