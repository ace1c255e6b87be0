//! Every version of the plan with its figures, worked out beside the window once for each state of the base plan.

use std::sync::Arc;

use egui::{Context, Ui};

use crate::analysis::{AnalysisError, EvaluatedVersion, VersionName, versions};
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::edit::words_with;
use crate::plan::Plan;

/// What the versions have been worked out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VersionsKey {
    revision: u64,
    numbers: Numbers,
}

/// All versions of one state of the base.
pub(super) struct All {
    pub(super) versions: Vec<EvaluatedVersion>,
    /// The edits of each version in words.
    pub(super) words: Vec<Vec<String>>,
}

impl All {
    pub(super) fn get(&self, name: &VersionName) -> Option<&EvaluatedVersion> {
        self.versions.iter().find(|v| v.name == *name)
    }
}

/// The versions, and the work that finds them.
#[derive(Default)]
pub(super) struct Versions {
    job: Job<VersionsKey, Result<All, AnalysisError>>,
}

impl Versions {
    /// Wants the versions of the base as it is now; to be called in every frame that shows them.
    pub(super) fn want(&mut self, ctx: &Context, scene: &Scene<'_>) -> VersionsKey {
        let (document, numbers) = (scene.document, scene.numbers);
        let of = VersionsKey { revision: document.history().revision(), numbers };
        self.job.want(ctx, "versions", of, || {
            let (base, known) = (Arc::clone(document.base()), Arc::clone(document.settled()));
            move |progress: &crate::analysis::Progress| {
                let versions = versions(&base, &known, progress)?;
                let show = |value: &serde_json::Value, holds| figure_text::document(numbers, value, holds);
                let words = versions.iter().map(|v| words_with(&base, &v.edits, &show)).collect();
                Ok(All { versions, words })
            }
        });
        of
    }

    /// The versions of that state.
    pub(super) fn now(&self, of: &VersionsKey) -> Option<&All> {
        self.job.result(of).and_then(|all| all.as_ref().ok())
    }

    /// The last ones, to stand back until those of the present state are there.
    pub(super) fn last(&self) -> Option<&All> {
        self.job.last().and_then(|all| all.as_ref().ok())
    }

    /// Says that they are being worked out, or why they cannot be.
    pub(super) fn say(&self, ui: &mut Ui, scene: &Scene<'_>, of: &VersionsKey) {
        let why = match (self.job.result(of), self.job.ended(of)) {
            (Some(Err(error)), _) => Some(error.to_string()),
            (_, Some(Ended::Failed(why))) => Some(why.clone()),
            _ => None,
        };
        match why {
            Some(why) => ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle)),
            None if self.now(of).is_none() => {
                ui.colored_label(scene.palette.faint, format!("{} Working out…", Icon::Hourglass))
            }
            None => return,
        };
    }
}

/// A version as it is called in the window.
pub(super) fn said(base: &Plan, numbers: Numbers, name: &VersionName) -> String {
    match name {
        VersionName::Base => "Base plan".to_owned(),
        VersionName::Scenario(name) => name.clone(),
        VersionName::Record(name) => match crate::edit::record(base, name) {
            Some(record) => format!("{name}, of {}", numbers.date(record.date)),
            None => name.clone(),
        },
    }
}

/// Every version that the plan has, in order.
pub(super) fn names(base: &Plan) -> Vec<VersionName> {
    let scenarios = base.scenarios.iter().map(|s| VersionName::Scenario(s.name.clone()));
    let records = base.frozen.iter().map(|r| VersionName::Record(r.name.clone()));
    std::iter::once(VersionName::Base).chain(scenarios).chain(records).collect()
}
