//! Drafts: the texts that stand in editors and are not in the plan yet. Every editor of the window keeps what is being
//! typed into it in this one register, with what the text would change, so that saving, closing, the journal and every
//! command can take it in, whatever editor it stands in.

use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Context, Id, Response, Ui};

use crate::plan::PlanEdit;

/// A text that stands in an editor and differs from what the plan states there.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The editor.
    pub(super) id: Id,
    /// The editor's name, as a screen reader says it.
    pub(super) place: String,
    pub(super) text: String,
    /// The change that the text makes, or the reason why it cannot be accepted.
    pub(super) change: Result<DraftChange, String>,
}

/// The change that a draft makes once it is taken in.
#[derive(Debug, Clone)]
pub(super) enum DraftChange {
    /// The plan, as one step that can be undone.
    Plan { label: String, edits: Vec<PlanEdit> },
    /// The base plan, whatever is shown, as one step that can be undone.
    Base { label: String, edits: Vec<PlanEdit> },
    /// An input of the view, such as a goal, and not the plan: the editor gives it to the view when it is drawn next.
    View,
}

impl DraftChange {
    /// A step of the plan that is shown.
    pub(super) fn plan(label: impl Into<String>, edits: Vec<PlanEdit>) -> Self {
        Self::Plan { label: label.into(), edits }
    }
}

impl Draft {
    /// Whether the text would change the plan. A text that cannot be read may, so it counts.
    pub(super) const fn is_of_plan(&self) -> bool {
        !matches!(self.change, Ok(DraftChange::View))
    }
}

/// A draft with the pass in which its editor was drawn last.
#[derive(Debug, Clone)]
struct KeptDraft {
    draft: Draft,
    pass: u64,
    /// Whether a command has taken the text in: its editor gives it to the view.
    taken: bool,
}

/// The register of a window.
#[derive(Debug, Clone, Default)]
struct Drafts {
    /// Every draft, the oldest first.
    all: Vec<KeptDraft>,
    /// Whether a dialog or the finder covers the editors.
    covered: bool,
}

fn drafts<R>(ctx: &Context, act: impl FnOnce(&mut Drafts) -> R) -> R {
    ctx.data_mut(|data| act(data.get_temp_mut_or_default(Id::unique("drafts"))))
}

/// Reads and changes the list of drafts.
fn with<R>(ctx: &Context, act: impl FnOnce(&mut Vec<KeptDraft>) -> R) -> R {
    drafts(ctx, |drafts| act(&mut drafts.all))
}

/// Notes whether a dialog or the finder covers the window. An editor below it that loses the keyboard does not count as
/// left.
pub(super) fn cover(ctx: &Context, covered: bool) {
    drafts(ctx, |drafts| drafts.covered = covered);
}

/// Whether an editor has been left: it has lost the keyboard, and not to a dialog over it.
pub(super) fn is_left(ui: &Ui, editor: &Response) -> bool {
    let covered = drafts(ui.ctx(), |drafts| drafts.covered);
    !editor.has_focus() && !covered && ui.memory(|m| m.allows_interaction(ui.layer_id()))
}

/// The text that stands in an editor; `None` where nothing is typed.
pub(super) fn text(ctx: &Context, id: Id) -> Option<String> {
    with(ctx, |all| all.iter().find(|e| e.draft.id == id).map(|e| e.draft.text.clone()))
}

/// Whether an editor holds a draft.
pub(super) fn is_open(ctx: &Context, id: Id) -> bool {
    with(ctx, |all| all.iter().any(|e| e.draft.id == id))
}

/// Whether the text in an editor cannot be taken as it is.
pub(super) fn is_refused(ctx: &Context, id: Id) -> bool {
    with(ctx, |all| all.iter().any(|e| e.draft.id == id && e.draft.change.is_err()))
}

/// Keeps a draft; to be called in every frame in which its editor is drawn.
pub(super) fn keep(ctx: &Context, draft: Draft) {
    let pass = ctx.cumulative_pass_nr();
    with(ctx, |all| match all.iter_mut().find(|e| e.draft.id == draft.id) {
        Some(entry) => *entry = KeptDraft { draft, pass, taken: false },
        None => all.push(KeptDraft { draft, pass, taken: false }),
    });
}

/// Forgets a draft: it has been taken in, or given up.
pub(super) fn close(ctx: &Context, id: Id) {
    with(ctx, |all| all.retain(|e| e.draft.id != id));
}

/// Forgets every draft: another plan is open.
pub(super) fn close_all(ctx: &Context) {
    with(ctx, Vec::clear);
}

/// The drafts that no command has taken in yet, the oldest first.
pub(super) fn all(ctx: &Context) -> Vec<Draft> {
    with(ctx, |all| all.iter().filter(|e| !e.taken).map(|e| e.draft.clone()).collect())
}

/// The drafts whose editors were drawn in the last frame, and not in this one.
pub(super) fn out_of_sight(ctx: &Context) -> Vec<Draft> {
    let pass = ctx.cumulative_pass_nr();
    with(ctx, |all| all.iter().filter(|e| !e.taken && e.pass + 1 == pass).map(|e| e.draft.clone()).collect())
}

/// Lets the editor give its text to the view when it is drawn next.
pub(super) fn take(ctx: &Context, id: Id) {
    with(ctx, |all| all.iter_mut().filter(|e| e.draft.id == id).for_each(|e| e.taken = true));
}

/// Whether a command has taken the text of an editor in.
pub(super) fn is_taken(ctx: &Context, id: Id) -> bool {
    with(ctx, |all| all.iter().any(|e| e.draft.id == id && e.taken))
}

/// A hash of the drafts that would change the plan; `None` if there are none.
pub(super) fn fingerprint(drafts: &[Draft]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut any = false;
    for draft in drafts.iter().filter(|draft| draft.is_of_plan()) {
        (draft.id, &draft.text).hash(&mut hasher);
        any = true;
    }
    any.then(|| hasher.finish())
}

/// The draft of an editor that keeps its own text while it is open: a cell of a table, or a form with a button. Where
/// its draft is gone from the register, a command has taken it in, and the editor closes.
#[derive(Debug, Default)]
pub(super) struct OpenDraft(Option<Id>);

impl OpenDraft {
    /// Keeps the draft, or forgets it where the text is as it was.
    pub(super) fn set(&mut self, ctx: &Context, id: Id, draft: Option<Draft>) {
        self.0 = draft.is_some().then_some(id);
        match draft {
            Some(draft) => keep(ctx, draft),
            None => close(ctx, id),
        }
    }

    /// Forgets the draft: the editor itself has taken it in, or it was given up.
    pub(super) fn close(&mut self, ctx: &Context) {
        if let Some(id) = self.0.take() {
            close(ctx, id);
        }
    }

    /// Whether a command has taken the draft in.
    pub(super) fn is_taken(&self, ctx: &Context) -> bool {
        self.0.is_some_and(|id| !is_open(ctx, id))
    }

    /// Whether the draft is still in the register.
    pub(super) fn stands(&self, ctx: &Context) -> bool {
        self.0.is_some_and(|id| is_open(ctx, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, text: &str, change: Result<DraftChange, String>) -> Draft {
        Draft { id: Id::unique(name), place: name.to_owned(), text: text.to_owned(), change }
    }

    #[test]
    fn a_draft_stands_until_it_is_closed() {
        let ctx = Context::default();
        keep(&ctx, draft("a", "1", Ok(DraftChange::plan("a: 1", Vec::new()))));
        keep(&ctx, draft("b", "x", Err("no number".to_owned())));
        keep(&ctx, draft("a", "12", Ok(DraftChange::plan("a: 12", Vec::new()))));
        assert_eq!(all(&ctx).iter().map(|d| d.text.as_str()).collect::<Vec<_>>(), ["12", "x"]);
        assert!(is_refused(&ctx, Id::unique("b")) && !is_refused(&ctx, Id::unique("a")));
        close(&ctx, Id::unique("a"));
        assert_eq!((text(&ctx, Id::unique("a")), text(&ctx, Id::unique("b")).as_deref()), (None, Some("x")));
        close_all(&ctx);
        assert!(all(&ctx).is_empty());
    }

    #[test]
    fn a_text_for_the_view_waits_for_its_editor_and_is_not_of_the_plan() {
        let ctx = Context::default();
        keep(&ctx, draft("goal", "95", Ok(DraftChange::View)));
        assert_eq!(fingerprint(&all(&ctx)), None);
        take(&ctx, Id::unique("goal"));
        assert!(is_taken(&ctx, Id::unique("goal")) && all(&ctx).is_empty());
        assert_eq!(text(&ctx, Id::unique("goal")).as_deref(), Some("95"));
    }

    #[test]
    fn an_editor_that_keeps_its_own_text_learns_that_it_was_taken_in() {
        let (ctx, id) = (Context::default(), Id::unique("cell"));
        let mut open = OpenDraft::default();
        assert!(!open.is_taken(&ctx));
        open.set(&ctx, id, Some(draft("cell", "7", Err(String::new()))));
        assert!(open.stands(&ctx) && !open.is_taken(&ctx));
        close(&ctx, id);
        assert!(open.is_taken(&ctx));
        open.set(&ctx, id, None);
        assert!(!open.is_taken(&ctx));
    }

    #[test]
    fn the_fingerprint_follows_every_key() {
        let now = |text: &str| fingerprint(&[draft("a", text, Err(String::new()))]);
        assert!(now("1").is_some() && now("1") == now("1"));
        assert_ne!(now("1"), now("12"));
    }
}
