//! How far long work is, and whether it is still wanted. Shared between the worker and who waits.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::Thread;

/// A counter of steps, a flag to stop, and one that what there is will do. The default counts from nothing and is not stopped.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
    enough: AtomicBool,
    /// Workers that wait for work of their own, to be woken when it is to stop.
    waiting: Mutex<Vec<Thread>>,
}

impl Progress {
    /// Asks the worker to stop at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        for thread in self.waiting.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            thread.unpark();
        }
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

/// Work that cannot be stopped, on a thread of its own, so that who wants its result can stop waiting. What nobody waits
/// for any more comes to its end unseen.
#[derive(Debug)]
pub(super) struct Apart<T>(Receiver<T>);

/// Wakes a thread when it is dropped.
struct Wake(Thread);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.unpark();
    }
}

impl<T: Send + 'static> Apart<T> {
    /// Starts the work; here and now where there is no thread for it. The thread that starts it is the one that waits.
    pub(super) fn start(work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let (send, result) = channel();
        let (waiter, work) = (std::thread::current(), std::sync::Arc::new(work));
        let (again, sender) = (std::sync::Arc::clone(&work), send.clone());
        let apart = move || {
            // Dropped last, so that who waits is woken when the result is there, and when the work has broken off.
            let _wake = Wake(waiter);
            let sender = sender;
            // Nobody may be waiting any more.
            let _ = sender.send(work());
        };
        if std::thread::Builder::new().name("apart".to_owned()).spawn(apart).is_err() {
            let _ = send.send(again());
        }
        Self(result)
    }

    /// Waits for the result; none where the caller asked to stop before there is one, and where the work broke off.
    pub(super) fn wait(&self, progress: &Progress) -> Option<T> {
        let waiter = std::thread::current();
        let id = waiter.id();
        let waiting = || progress.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting().push(waiter);
        let result = loop {
            match self.0.try_recv() {
                Ok(result) => break Some(result),
                Err(TryRecvError::Disconnected) => break None,
                Err(TryRecvError::Empty) => {}
            }
            if progress.is_cancelled() {
                break None;
            }
            std::thread::park();
        };
        waiting().retain(|thread| thread.id() != id);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_breaks_off_is_not_waited_for() {
        let work: Apart<u8> = Apart::start(|| std::panic::resume_unwind(Box::new(())));
        assert_eq!(work.wait(&Progress::default()), None);
        assert_eq!(Apart::start(|| 7).wait(&Progress::default()), Some(7));
    }
}
