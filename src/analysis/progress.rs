//! How far long work is, and whether it is still wanted. Shared between the worker and who waits.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A counter of steps, a flag to stop, and one that what there is will do. The default counts from nothing and is not stopped.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
    enough: AtomicBool,
}

impl Progress {
    /// Asks the worker to stop at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the worker was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Asks the worker to come to its end with what it has: for a search that gets better the longer it runs, as when a
    /// time limit is up.
    pub fn enough(&self) {
        self.enough.store(true, Ordering::Relaxed);
    }

    /// For the worker: whether to go no further, for either reason.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_cancelled() || self.enough.load(Ordering::Relaxed)
    }

    /// Steps that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Steps that are known to be needed; 0 before that is known.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total.load(Ordering::Relaxed)
    }

    /// For the worker: so many more steps are needed.
    pub fn expect(&self, steps: usize) {
        self.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// For the worker: a step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}
