//! Progress of long work: how many steps are done, and whether the result is still wanted. Shared between the worker and
//! its caller.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::Thread;

use super::error::AnalysisError;

/// A counter of steps, a flag to cancel, and a flag to finish early with the result so far. The default has no steps and
/// neither flag.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
    enough: AtomicBool,
    /// Workers that wait for a detached task, to be woken by a cancellation.
    waiting: Mutex<Vec<Thread>>,
}

impl Progress {
    /// Asks the worker to stop at its next step, without a result.
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

    /// For the worker: an error if it was asked to stop.
    ///
    /// # Errors
    /// [`AnalysisError::Cancelled`] after [`Progress::cancel`].
    pub fn check_cancelled(&self) -> Result<(), AnalysisError> {
        if self.is_cancelled() { Err(AnalysisError::Cancelled) } else { Ok(()) }
    }

    /// Asks the worker to finish with the result it has: for a search that improves the longer it runs, as when a time
    /// limit is up.
    pub fn enough(&self) {
        self.enough.store(true, Ordering::Relaxed);
    }

    /// For the worker: whether to go no further, for either reason.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_cancelled() || self.enough.load(Ordering::Relaxed)
    }

    /// Number of finished steps.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Number of steps needed, as far as it is known; 0 before that.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total.load(Ordering::Relaxed)
    }

    /// For the worker: adds to the number of steps needed.
    pub fn expect(&self, steps: usize) {
        self.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// For the worker: one more step is finished.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// A task that cannot be interrupted, on a thread of its own, so that its caller can stop waiting for it. A task that
/// nobody waits for any more runs to its end, and its result is dropped.
#[derive(Debug)]
pub(super) struct Detached<T>(Receiver<T>);

/// Wakes a thread when it is dropped.
struct WakeOnDrop(Thread);

impl Drop for WakeOnDrop {
    fn drop(&mut self) {
        self.0.unpark();
    }
}

impl<T: Send + 'static> Detached<T> {
    /// Starts the task; on the caller's thread if no other can be had. The thread that starts it is the one that waits.
    pub(super) fn start(work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let (send, result) = channel();
        let (waiter, work) = (std::thread::current(), std::sync::Arc::new(work));
        let (again, sender) = (std::sync::Arc::clone(&work), send.clone());
        let task = move || {
            // Dropped last, so that the waiter is woken when the result is there, and when the task has panicked.
            let _wake = WakeOnDrop(waiter);
            let sender = sender;
            // The waiter may be gone.
            let _ = sender.send(work());
        };
        if std::thread::Builder::new().name("detached".to_owned()).spawn(task).is_err() {
            let _ = send.send(again());
        }
        Self(result)
    }

    /// Waits for the result; `None` if the caller cancels before there is one, or the task panicked.
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
    fn a_detached_task_that_panics_is_not_waited_for() {
        let work: Detached<u8> = Detached::start(|| std::panic::resume_unwind(Box::new(())));
        assert_eq!(work.wait(&Progress::default()), None);
        assert_eq!(Detached::start(|| 7).wait(&Progress::default()), Some(7));
    }

    #[test]
    fn a_cancelled_worker_gets_an_error() {
        let progress = Progress::default();
        assert_eq!(progress.check_cancelled(), Ok(()));
        progress.cancel();
        assert_eq!(progress.check_cancelled(), Err(AnalysisError::Cancelled));
    }
}
