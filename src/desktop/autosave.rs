//! Autosave: after each change the whole plan goes into the journal of the safe, beside the window, so that whatever
//! ends the program takes no more than the last moments with it. It never writes to the plan's own file.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use egui::Context;

use super::document::Document;
use super::draft::{self, Draft};
use super::job::{Ended, Job};
use super::snapshot::Snapshot;
use crate::analysis::Progress;
use crate::files::{Abandoned, Journal, Safe};

/// From one entry to the next; twice that, and a change is safe.
const PAUSE: Duration = Duration::from_millis(800);
/// Until an entry that was refused is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct EntryKey {
    /// Which of the plans that have been open.
    plan: u64,
    revision: u64,
    /// What is being typed.
    typed: Option<u64>,
    protected: bool,
}

/// The journal, and how far it has come.
#[derive(Default)]
pub(super) struct Autosave {
    /// Shared with the thread that writes; none without a safe, and once the window has let go of what is unsaved.
    journal: Arc<Mutex<Option<Journal>>>,
    job: Job<EntryKey, Result<(), String>>,
    /// The state that is being written.
    writing: Option<EntryKey>,
    /// The unsaved state to be written to the journal; `None` if everything is saved.
    present: Option<EntryKey>,
    /// The state that the journal holds.
    kept: Option<EntryKey>,
    /// How many plans have been open before this one.
    before: u64,
    /// When writing may begin again.
    next: Option<Instant>,
    refused: Option<String>,
    /// What has been recovered: it stays in its own entry until this journal has it.
    recovered: Option<Abandoned>,
}

impl Autosave {
    /// Writes into this safe; why not, where that cannot be.
    pub(super) fn begin(&mut self, safe: &Safe) {
        match Journal::begin(safe) {
            Ok(journal) => self.journal = Arc::new(Mutex::new(Some(journal))),
            Err(error) => self.refused = Some(error.to_string()),
        }
    }

    /// That there is no safe, and why.
    pub(super) fn refuse(&mut self, why: String) {
        self.refused = Some(why);
    }

    /// Another plan is open: what the journal has is not of it.
    pub(super) const fn another(&mut self) {
        self.before += 1;
        self.next = None;
    }

    /// Which of the plans that have been open this one is.
    pub(super) const fn plan(&self) -> u64 {
        self.before
    }

    fn key(&self, document: &Document, drafts: &[Draft]) -> EntryKey {
        let (revision, protected) = (document.history().revision(), document.passphrase().is_some());
        EntryKey { plan: self.before, revision, typed: draft::fingerprint(drafts), protected }
    }

    /// Keeps an entry of another program until this journal has what it says.
    pub(super) fn take_over(&mut self, entry: Abandoned) {
        self.another();
        self.recovered = Some(entry);
    }

    /// Writes what has changed, and what is being typed; to be called at the end of every frame.
    pub(super) fn follow(&mut self, ctx: &Context, document: &Document, drafts: &[Draft]) {
        self.finish(ctx);
        let key = self.key(document, drafts);
        self.present = (document.is_unsaved() || key.typed.is_some()).then_some(key);
        if self.writing.is_some() || !self.is_on() {
            return;
        }
        if self.present.is_none() {
            if self.kept.take().is_some() || self.recovered.is_some() {
                self.clear();
            }
            return;
        }
        if self.kept == Some(key) {
            return;
        }
        let now = Instant::now();
        if let Some(wait) = self.next.and_then(|next| next.checked_duration_since(now)) {
            ctx.request_repaint_after(wait);
            return;
        }
        let (journal, snapshot) = (Arc::clone(&self.journal), Snapshot::of(document, drafts));
        let (basis, passphrase) = (document.basis().clone(), document.passphrase().cloned());
        self.writing = Some(key);
        self.next = Some(now + PAUSE);
        self.job = Job::default();
        self.job.want(ctx, "autosave", key, || {
            move |_: &Progress| {
                let journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(journal) = journal.as_ref() else { return Ok(()) };
                let written = journal.write(&snapshot.into_plan(), &basis, passphrase.as_ref());
                written.map_err(|error| error.to_string())
            }
        });
    }

    /// Takes over what came of the last entry.
    fn finish(&mut self, ctx: &Context) {
        let Some(key) = self.writing else { return };
        self.job.poll();
        let why = match (self.job.result(&key), self.job.ended(&key)) {
            (Some(Ok(())), _) => None,
            (Some(Err(why)), _) | (None, Some(Ended::Failed(why))) => Some(why.clone()),
            (None, Some(Ended::Stopped)) => Some("the work was stopped".to_owned()),
            (None, None) => return,
        };
        self.writing = None;
        if why.is_some() {
            self.next = Some(Instant::now() + AGAIN);
        } else {
            self.kept = Some(key);
            self.discard();
        }
        self.refused = why;
        ctx.request_repaint();
    }

    fn is_on(&self) -> bool {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Takes the entry out: everything is in the plan's own file.
    fn clear(&mut self) {
        let journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        self.refused = journal.as_ref().and_then(|journal| journal.clear().err()).map(|error| error.to_string());
        drop(journal);
        self.discard();
    }

    fn discard(&mut self) {
        if let Some(Err(error)) = self.recovered.take().map(Abandoned::discard) {
            self.refused = Some(error.to_string());
        }
    }

    /// The window lets go of what is unsaved: it has been asked. Waits for an entry that is being written.
    pub(super) fn close(&mut self) {
        self.clear();
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// How things stand, in a word, and in a sentence; whether that needs attention.
    pub(super) fn words(&self) -> (&'static str, String, bool) {
        if let Some(why) = &self.refused {
            return ("Not autosaved", format!("Changes are not kept until you save: {why}"), true);
        }
        if !self.is_on() {
            return ("", String::new(), false);
        }
        let about = "Each change is kept within two seconds, and offered again if Muster ends before you save";
        if self.present.is_none() {
            return ("", String::new(), false);
        }
        if self.kept == self.present {
            ("Autosaved", about.to_owned(), false)
        } else {
            ("Autosaving…", about.to_owned(), false)
        }
    }
}
