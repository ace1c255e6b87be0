//! What is asked where a passphrase protects a plan: the one that opens it, or a new one to save it with.

use std::path::{Path, PathBuf};

use egui::{Label, RichText, Ui};

use super::answer::{DialogAnswer, buttons};
use crate::desktop::action::{Action, FileAction};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::tokens::Palette;
use crate::files::Passphrase;

/// A text that is typed unseen, and forgotten with the dialog.
#[derive(Default)]
pub(in crate::desktop) struct PassphraseField {
    words: String,
    shown: bool,
}

impl PassphraseField {
    /// The field; says whether Enter left it. `first` gives it the keyboard when it is drawn first.
    pub(in crate::desktop) fn edit(&mut self, ui: &mut Ui, name: &str, first: bool) -> bool {
        let response = editor::live(ui, EditorLook::line(name, 460.0).secret(), &mut self.words);
        if first && !std::mem::replace(&mut self.shown, true) {
            response.request_focus();
        }
        editor::entered(ui, &response)
    }

    /// What was typed; none where nothing was.
    pub(in crate::desktop) fn passphrase(&self) -> Option<Passphrase> {
        Passphrase::new(self.words.clone())
    }
}

/// A protected plan that is to be opened.
pub(in crate::desktop) struct Locked {
    pub(in crate::desktop) path: PathBuf,
    /// The plan's file if `path` is one of its earlier versions; `None` if `path` is the plan's file itself.
    pub(in crate::desktop) version_of: Option<PathBuf>,
    /// What came of the last try.
    pub(in crate::desktop) said: Option<String>,
    secret: PassphraseField,
}

impl Locked {
    pub(in crate::desktop) fn new(path: PathBuf, version_of: Option<PathBuf>, said: Option<String>) -> Self {
        Self { path, version_of, said, secret: PassphraseField::default() }
    }
}

/// Asks for the passphrase that opens a plan.
pub(super) fn ask_passphrase(ui: &mut Ui, locked: &mut Locked) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading("A passphrase protects this plan");
    ui.add(Label::new(RichText::new(locked.path.display().to_string()).color(palette.faint)).wrap());
    let entered = locked.secret.edit(ui, "Passphrase", true);
    if let Some(said) = &locked.said {
        ui.add(Label::new(RichText::new(said).color(palette.error)).wrap());
    }
    let passphrase = locked.secret.passphrase();
    buttons(ui, |ui| {
        let opened = ui.add_enabled(passphrase.is_some(), egui::Button::new("Open")).clicked();
        if let Some(passphrase) = passphrase.filter(|_| opened || entered) {
            let path = locked.path.clone();
            return DialogAnswer::Then(vec![Action::File(FileAction::Unlock {
                path,
                passphrase,
                version_of: locked.version_of.clone(),
            })]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// Asks what is to become of a plain file, once its plan is kept under a passphrase.
pub(super) fn ask_plain(ui: &mut Ui, path: &Path, then: Option<&Action>) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading("The unprotected file is still there");
    ui.add(Label::new(RichText::new(path.display().to_string()).color(palette.faint)).wrap());
    let text = "The plan is saved under its passphrase. The file it came from, and what was kept of it before earlier saves, \
                can still be read by whoever has this computer. So can changes to it that you put off deciding about";
    ui.add(Label::new(text).wrap());
    let after = |first: Option<Action>| DialogAnswer::Then(first.into_iter().chain(then.cloned()).collect());
    buttons(ui, |ui| {
        if ui.button("Remove it").on_hover_text("And its earlier versions").clicked() {
            return after(Some(Action::File(FileAction::RemovePlain(path.to_owned()))));
        }
        if ui.button("Keep it").clicked() { after(None) } else { DialogAnswer::Stay }
    })
}

/// A passphrase to save a plan with, typed twice.
#[derive(Default)]
pub(in crate::desktop) struct NewPassphrase {
    one: PassphraseField,
    again: PassphraseField,
}

impl NewPassphrase {
    /// The two fields, and what is to be known of them; says whether Enter left the second one. `kept` says that the plan
    /// has a passphrase, which stays where both are empty.
    pub(super) fn edit(&mut self, ui: &mut Ui, kept: bool) -> bool {
        let palette = Palette::of(ui.ctx());
        let about = if kept {
            "Leave both empty to keep the passphrase of the plan"
        } else {
            "Only the passphrase opens the file, here or with any age tool; nobody can bring it back. Four random words \
             or more are hard to guess"
        };
        ui.add(Label::new(RichText::new(about).color(palette.faint)).wrap());
        ui.label("Passphrase");
        self.one.edit(ui, "Passphrase", false);
        ui.label("The same once more");
        let entered = self.again.edit(ui, "The same once more", false);
        if !self.again.words.is_empty() && self.one.words != self.again.words {
            ui.colored_label(palette.error, "The two differ");
        }
        entered
    }

    /// The passphrase, if both are the same.
    pub(super) fn passphrase(&self) -> Option<Passphrase> {
        self.one.passphrase().filter(|_| self.one.words == self.again.words)
    }

    /// Whether nothing has been typed.
    pub(super) const fn is_empty(&self) -> bool {
        self.one.words.is_empty() && self.again.words.is_empty()
    }
}

/// The name of a plan's file with the ending that says it is protected.
pub(in crate::desktop) fn protected_name(path: &Path) -> PathBuf {
    if crate::files::is_protected(path) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".age");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protected_file_is_named_after_the_plain_one() {
        assert_eq!(protected_name(Path::new("a/plan.json")), Path::new("a/plan.json.age"));
        assert_eq!(protected_name(Path::new("a/plan.json.age")), Path::new("a/plan.json.age"));
    }
}
