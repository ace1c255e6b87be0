//! Work that a button starts: of one plan and problem, beside the window, with its progress, a way to stop it, and whether
//! what it found is of the plan as it is now.

use std::sync::Arc;

use egui::{Context, Ui};

use crate::analysis::Progress;
use crate::analysis::optimisation::{OptimiseError, Problem};
use crate::desktop::document::State;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job, on_own_threads};
use crate::desktop::parts::controls;
use crate::desktop::scene::Scene;
use crate::engine::Outcome;

/// The kind of work.
#[derive(Clone)]
pub(super) struct RunRequest {
    pub(super) state: State,
    /// The outcome that it started from.
    pub(super) start: Arc<Outcome>,
    pub(super) problem: Problem,
}

/// Whether an answer is of the plan as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fresh {
    /// It is.
    Now,
    /// The plan has been changed since.
    Outdated,
}

/// What work gives.
type Given<T> = Result<T, OptimiseError>;

/// Work that a button starts, and what it found last.
pub(super) struct Run<T> {
    asked: Option<RunRequest>,
    /// The number of the run, and so its key.
    number: u64,
    job: Job<u64, Given<T>>,
    /// Whether it was stopped because the plan was changed.
    overtaken: bool,
    /// The last state that was looked at, and whether the answer is of it.
    seen: Option<(State, Fresh)>,
}

impl<T> Default for Run<T> {
    fn default() -> Self {
        Self { asked: None, number: 0, job: Job::default(), overtaken: false, seen: None }
    }
}

impl<T: Send + 'static> Run<T> {
    /// Starts work on the plan that is shown.
    pub(super) fn ask<W>(&mut self, ctx: &Context, scene: &Scene<'_>, name: &'static str, problem: Problem, work: W)
    where
        W: FnOnce(&Arc<Outcome>, &Problem, &Progress) -> Given<T> + Send + 'static,
    {
        let asked = RunRequest { state: scene.document.state(), start: Arc::clone(scene.document.settled()), problem };
        (self.number, self.overtaken, self.seen) = (self.number + 1, false, None);
        self.job.again();
        let (start, problem) = (Arc::clone(&asked.start), asked.problem.clone());
        self.job.want(ctx, name, self.number, || {
            move |progress: &Progress| on_own_threads(name, 0, || work(&start, &problem, progress))
        });
        self.asked = Some(asked);
    }

    /// Takes over what is ready, and stops what a change of the plan has overtaken; in every frame, shown or not.
    pub(super) fn follow(&mut self, scene: &Scene<'_>) {
        self.job.poll();
        if self.asked.is_some() && self.fresh(scene) == Fresh::Outdated && self.job.progress().is_some() {
            self.job.cancel();
            self.overtaken = true;
        }
    }

    /// Whether the request is about the plan as it is now: of the same state, or of one that states the same.
    pub(super) fn fresh(&mut self, scene: &Scene<'_>) -> Fresh {
        let state = scene.document.state();
        if let Some((seen, fresh)) = &self.seen
            && *seen == state
        {
            return *fresh;
        }
        let same = self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.state == state || asked.start.plan().alone() == scene.plan().alone());
        let fresh = if same { Fresh::Now } else { Fresh::Outdated };
        self.seen = Some((state, fresh));
        fresh
    }

    /// The last request.
    pub(super) const fn asked(&self) -> Option<&RunRequest> {
        self.asked.as_ref()
    }

    /// The result with its request; `None` during the search.
    pub(super) fn answer(&self) -> Option<(&RunRequest, u64, &Given<T>)> {
        Some((self.asked.as_ref()?, self.number, self.job.result(&self.number)?))
    }

    /// Draws how far the work is, with ways to stop it; `enough` where it gets better the longer it runs. Where it came to
    /// nothing, says why. Gives whether there is more to draw: the answer, or what to ask.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, doing: &str, enough: bool) -> bool {
        if let Some(progress) = self.job.progress() {
            ui.add_space(8.0);
            ui.label(format!("{} {doing}…", Icon::Hourglass));
            let mut stop = controls::escape(ui);
            ui.horizontal_wrapped(|ui| {
                controls::progress(ui, scene.numbers, progress);
                stop |= ui.button("Cancel").on_hover_text("Esc does it, too").clicked();
                let best = "Take the best so far";
                // Before the first search is done there is none.
                if enough
                    && progress.done() > 1
                    && ui.button(best).on_hover_text("Ends the search with the best plan it has").clicked()
                {
                    progress.enough();
                }
            });
            if stop {
                self.job.cancel();
            }
            return false;
        }
        match self.job.ended(&self.number) {
            Some(Ended::Stopped) => {
                let why = if self.overtaken { "the plan was changed meanwhile" } else { "nothing was changed" };
                ui.label(format!("{} Stopped before the end; {why}", Icon::Info));
                false
            }
            Some(Ended::Failed(why)) => {
                ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle));
                false
            }
            None => true,
        }
    }
}
