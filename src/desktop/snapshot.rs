//! The plan as the journal writes it, with every draft taken in. A text that cannot be taken in is kept in the change log
//! as it was typed, so that recovery offers it too.

use std::sync::Arc;

use super::document::{Document, now, of_base};
use super::draft::{Draft, DraftChange};
use crate::edit::{ChangeLog, apply_all};
use crate::plan::{Plan, PlanEdit, validate};

/// The beginning of a change log entry with a text that could not be taken in.
const TYPED: &str = "Typed and not accepted: ";
/// The same in journals of earlier versions.
const TYPED_BEFORE: &str = "Typed and not taken in: ";

/// A plan with the texts that stand in editors.
pub(super) struct Snapshot {
    base: Arc<Plan>,
    log: ChangeLog,
    /// The place of the shown scenario in the list.
    scenario: Option<usize>,
    drafts: Vec<Draft>,
}

impl Snapshot {
    pub(super) fn of(document: &Document, drafts: &[Draft]) -> Self {
        let drafts = drafts.iter().filter(|draft| draft.is_of_plan()).cloned().collect();
        let (base, log) = (Arc::clone(document.base()), document.log().clone());
        Self { base, log, scenario: document.scenario_index(), drafts }
    }

    /// The plan with its log, as it is written.
    pub(super) fn into_plan(self) -> Plan {
        let Self { base, mut log, scenario, drafts } = self;
        let mut plan = base.as_ref().clone();
        let mut texts = Vec::new();
        for Draft { place, text, change, .. } in drafts {
            let made = match change {
                Ok(DraftChange::Plan { label, edits }) => taken_in(&plan, scenario, edits).map(|made| (label, made)),
                Ok(DraftChange::Base { label, edits }) => taken_in(&plan, None, edits).map(|made| (label, made)),
                Ok(DraftChange::View) => continue,
                Err(why) => Err(why),
            };
            match made {
                Ok((label, (with, edits))) => {
                    log.add(now(), label, edits);
                    plan = with;
                }
                Err(why) => texts.push(format!("{TYPED}{place}: “{text}” ({why})")),
            }
        }
        for words in texts {
            log.add(now(), words, Vec::new());
        }
        log.keep(&plan)
    }
}

/// A plan with the edits of a draft, and those edits as they are of the base.
fn taken_in(plan: &Plan, scenario: Option<usize>, edits: Vec<PlanEdit>) -> Result<(Plan, Vec<PlanEdit>), String> {
    let edits = of_base(plan, scenario, edits)?;
    let with = apply_all(plan, &edits).map_err(|error| error.to_string())?;
    match validate(&with).first() {
        Some(problem) => Err(problem.to_string()),
        None => Ok((with, edits)),
    }
}

/// Whether an entry of the change log is a text that could not be taken in.
pub(super) fn is_text(words: &str) -> bool {
    words.starts_with(TYPED) || words.starts_with(TYPED_BEFORE)
}

/// The texts of a recovered plan that could not be taken in.
pub(super) fn texts(plan: &Plan) -> impl Iterator<Item = &str> {
    let texts = plan.log.iter().rev().map(|entry| entry.words.as_str());
    texts.take_while(|words| is_text(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::from_template("us-public-sector-fy11").unwrap_or_else(|why| unreachable!("{why}"))
    }

    fn draft(text: &str, change: Result<DraftChange, String>) -> Draft {
        Draft { id: egui::Id::unique(text), place: "Notes".to_owned(), text: text.to_owned(), change }
    }

    fn notes(text: &str) -> Draft {
        let edit = PlanEdit::Set { path: "notes".to_owned(), to: text.into() };
        draft(text, Ok(DraftChange::plan("Notes changed", vec![edit])))
    }

    #[test]
    fn what_is_typed_is_in_the_plan_and_its_log() {
        let plan = Snapshot::of(&document(), &[notes("half a sen")]).into_plan();
        assert_eq!(plan.notes, "half a sen");
        assert_eq!(plan.log.last().map(|entry| entry.words.as_str()), Some("Notes changed"));
        assert_eq!(texts(&plan).count(), 0);
    }

    #[test]
    fn what_cannot_be_taken_in_is_kept_as_it_was_typed() {
        let refused = draft("abc", Err("not a number".to_owned()));
        let broken = PlanEdit::Set { path: "currency".to_owned(), to: "nowhere".into() };
        let drafts = [refused, notes("a"), draft("nowhere", Ok(DraftChange::plan("", vec![broken])))];
        let plan = Snapshot::of(&document(), &drafts).into_plan();
        assert_eq!(plan.notes, "a");
        assert_eq!(plan.currency, document().base().currency);
        let found: Vec<&str> = texts(&plan).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|text| text.contains("“abc” (not a number)")), "{found:?}");
    }

    #[test]
    fn texts_of_journals_of_earlier_versions_are_known() {
        let mut log = document().log().clone();
        let words = ["Typed and not taken in: Notes: “abc” (not a number)", "Typed and not accepted: Notes: “b” (why)"];
        for words in words {
            log.add(now(), words.to_owned(), Vec::new());
        }
        let plan = log.keep(document().base());
        assert_eq!(texts(&plan).collect::<Vec<_>>(), [words[1], words[0]]);
    }

    #[test]
    fn without_drafts_it_is_the_plan_as_it_is() {
        let document = document();
        let view = draft("95", Ok(DraftChange::View));
        assert_eq!(Snapshot::of(&document, &[view]).into_plan(), document.log().keep(document.base()));
    }
}
