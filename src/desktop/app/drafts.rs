//! Drafts are taken into the plan before a command runs: in this one place, for every editor and every command.

use egui::{Context, Id};

use super::super::action::Action;
use super::super::command::Command;
use super::super::dialog::Dialog;
use super::super::draft::{self, Draft, DraftChange};
use super::super::turns::Turns;
use super::App;

impl App {
    /// Carries out the actions of a frame in their order. If a draft cannot be taken in, a dialog asks, and the actions
    /// that were to follow wait for the answer.
    pub(super) fn carry_out_all(&mut self, ctx: &Context, actions: Vec<Action>) {
        self.take_in_out_of_sight(ctx);
        let mut queue = actions.into_iter();
        while let Some(action) = queue.next() {
            if action.takes_drafts_in()
                && let Err(draft) = self.take_in_all(ctx)
            {
                let then = std::iter::once(action).chain(queue).collect();
                self.dialog = Some(Dialog::NotTaken { draft, then });
                return;
            }
            let plan = self.autosave.plan();
            self.carry_out(ctx, action, &mut queue);
            if self.autosave.plan() != plan {
                draft::close_all(ctx);
            }
        }
    }

    /// Takes in every draft.
    ///
    /// # Errors
    /// The first draft that cannot be taken in, with the reason; those before it are in the plan.
    fn take_in_all(&mut self, ctx: &Context) -> Result<(), Draft> {
        for draft in draft::all(ctx) {
            self.take_in(ctx, &draft).map_err(|why| Draft { change: Err(why), ..draft })?;
        }
        Ok(())
    }

    /// Takes in the drafts of editors that went out of sight in this frame. A draft that cannot be taken in stays, and
    /// its editor shows it again.
    fn take_in_out_of_sight(&mut self, ctx: &Context) {
        for draft in draft::out_of_sight(ctx) {
            if let Err(why) = self.take_in(ctx, &draft) {
                self.said = format!("{} cannot be accepted: {why}", draft.place);
            }
        }
    }

    fn take_in(&mut self, ctx: &Context, draft: &Draft) -> Result<(), String> {
        let (label, edits, base) = match draft.change.clone()? {
            DraftChange::View => {
                draft::take(ctx, draft.id);
                return Ok(());
            }
            DraftChange::Plan { label, edits } => (label, edits, false),
            DraftChange::Base { label, edits } => (label, edits, true),
        };
        if base {
            self.document.commit_base(label.clone(), edits)?;
        } else {
            self.document.commit(label.clone(), edits)?;
        }
        self.said = label;
        draft::close(ctx, draft.id);
        Ok(())
    }

    /// Drops the text of an editor.
    pub(super) fn drop_draft(&mut self, ctx: &Context, id: Id) {
        draft::close(ctx, id);
        self.document.end_preview();
    }

    /// The system asks the window to close: not before everything that was typed has had its turn, and what is unsaved
    /// has been asked about.
    pub(super) fn close_requested(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let waiting = ctx.plugin_or_default::<Turns>().lock().is_waiting();
        if !self.leaving && ctx.input(|i| i.viewport().close_requested()) {
            let unsaved = self.document.is_unsaved() || draft::all(ctx).iter().any(Draft::is_of_plan);
            let commits =
                actions.iter().any(|action| matches!(action, Action::Commit { .. } | Action::CommitAt { .. }));
            if waiting || unsaved || commits {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.closing = true;
            }
        }
        if self.closing && !waiting {
            self.closing = false;
            actions.push(Action::Command(Command::Quit));
        }
    }
}
