//! Long work beside the window: on a named thread of its own, for one state of what it is about, with its progress, a
//! way to stop it, and its result. Knows nothing of what is worked out.
//!
//! A result belongs to the key that it was asked for under. Once another key is wanted, what still runs is stopped and
//! what it finds is dropped.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use crate::analysis::Progress;

/// Work for one key, and the last result.
pub(super) struct Job<K, T> {
    running: Option<Running<K, T>>,
    done: Option<(K, T)>,
    /// Work that came to no result.
    ended: Option<(K, Ended)>,
}

/// How work came to no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was stopped.
    Stopped,
    /// It failed for this reason.
    Failed(String),
}

struct Running<K, T> {
    key: K,
    progress: Arc<Progress>,
    receive: Receiver<T>,
}

impl<K, T> Default for Job<K, T> {
    fn default() -> Self {
        Self { running: None, done: None, ended: None }
    }
}

impl<K, T> Drop for Job<K, T> {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.progress.cancel();
        }
    }
}

impl<K: PartialEq, T: Send + 'static> Job<K, T> {
    /// Wants the result for a key. Starts the work unless it runs, is done, or has ended without a result; to be
    /// called in every frame that shows the result. `make` gives the work, and is called only where it starts.
    pub(super) fn want<W>(&mut self, ctx: &Context, name: &str, key: K, make: impl FnOnce() -> W)
    where
        W: FnOnce(&Progress) -> T + Send + 'static,
    {
        self.poll();
        let running = self.running.as_ref().is_some_and(|r| r.key == key);
        let done = self.done.as_ref().is_some_and(|(k, _)| *k == key);
        let ended = self.ended.as_ref().is_some_and(|(k, _)| *k == key);
        if !running && !done && !ended {
            self.start(ctx, name, key, make());
        }
    }

    fn start(&mut self, ctx: &Context, name: &str, key: K, work: impl FnOnce(&Progress) -> T + Send + 'static) {
        self.stop();
        let (send, receive) = channel();
        let progress = Arc::new(Progress::default());
        let (theirs, ctx) = (Arc::clone(&progress), ctx.clone());
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let result = work(&theirs);
            // Nobody listens any more once something else is wanted.
            let _ = send.send(result);
            ctx.request_repaint();
        });
        match thread {
            Ok(_) => self.running = Some(Running { key, progress, receive }),
            Err(error) => {
                let why = format!("the system gives no thread for it: {error}");
                self.ended = Some((key, Ended::Failed(why)));
            }
        }
    }

    /// Takes over what is ready.
    pub(super) fn poll(&mut self) {
        let Some(running) = self.running.take() else { return };
        match running.receive.try_recv() {
            Ok(result) => self.done = Some((running.key, result)),
            Err(TryRecvError::Empty) => self.running = Some(running),
            Err(TryRecvError::Disconnected) => {
                self.ended = Some((running.key, Ended::Failed("the work ended before it was done".to_owned())));
            }
        }
    }

    /// Stops the work; it starts again when it is next wanted.
    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.progress.cancel();
        }
        self.ended = None;
    }

    /// Stops the work; it does not start again for the same key until [`Self::again`].
    pub(super) fn cancel(&mut self) {
        if let Some(running) = self.running.take() {
            running.progress.cancel();
            self.ended = Some((running.key, Ended::Stopped));
        }
    }

    /// Forgets that work was stopped or has failed, so that it starts again when it is next wanted.
    pub(super) fn again(&mut self) {
        self.ended = None;
    }

    /// The result for a key.
    pub(super) fn result(&self, key: &K) -> Option<&T> {
        self.done.as_ref().filter(|(k, _)| k == key).map(|(_, result)| result)
    }

    /// The last result, whatever it is for: to stand back until the one that is wanted is there.
    pub(super) fn last(&self) -> Option<&T> {
        self.done.as_ref().map(|(_, result)| result)
    }

    /// How far the work is, while it runs.
    pub(super) fn progress(&self) -> Option<&Progress> {
        self.running.as_ref().map(|r| r.progress.as_ref())
    }

    /// How the work for a key came to no result, where it did.
    pub(super) fn ended(&self, key: &K) -> Option<&Ended> {
        self.ended.as_ref().filter(|(k, _)| k == key).map(|(_, ended)| ended)
    }
}

/// Does work on threads of its own, so many fewer than there are cores: what a key changes is evaluated at once, and would
/// wait its turn on the threads that all share.
pub(super) fn on_own_threads<T: Send>(name: &'static str, fewer: usize, work: impl FnOnce() -> T + Send) -> T {
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(fewer).max(1));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(move |_| name.to_owned()).build() {
        Ok(pool) => pool.install(work),
        // Without threads of its own it takes those that there are.
        Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;

    use super::*;

    /// A job whose work waits for a word and gives it back, or stops.
    fn begun(job: &mut Job<u8, Option<u8>>, key: u8) -> (Sender<u8>, Receiver<bool>) {
        let ((send, receive), (said, heard)) = (channel(), channel());
        job.want(&Context::default(), "test", key, move || {
            move |progress: &Progress| {
                let word = receive.recv().ok();
                let stopped = progress.is_cancelled();
                let _ = said.send(stopped);
                word.filter(|_| !stopped)
            }
        });
        (send, heard)
    }

    /// Waits until the work has been taken over.
    fn settle(job: &mut Job<u8, Option<u8>>) {
        while job.progress().is_some() {
            std::thread::yield_now();
            job.poll();
        }
    }

    #[test]
    fn a_result_belongs_to_its_key_and_is_worked_out_once() {
        let mut job = Job::default();
        let (send, _) = begun(&mut job, 1);
        assert!(job.result(&1).is_none() && job.progress().is_some());
        send.send(7).unwrap_or_default();
        settle(&mut job);
        assert_eq!(job.result(&1), Some(&Some(7)));
        assert_eq!(job.result(&2), None);
        let mut made = false;
        job.want(&Context::default(), "test", 1, || {
            made = true;
            |_: &Progress| None
        });
        assert!(!made && job.progress().is_none(), "it is done already");
    }

    #[test]
    fn what_is_stale_is_stopped_and_dropped() {
        let mut job = Job::default();
        let (stale, stopped) = begun(&mut job, 1);
        let (fresh, _) = begun(&mut job, 2);
        stale.send(1).unwrap_or_default();
        assert_eq!(stopped.recv(), Ok(true), "the work was asked to stop");
        fresh.send(2).unwrap_or_default();
        settle(&mut job);
        assert_eq!((job.result(&1), job.result(&2)), (None, Some(&Some(2))));
    }

    #[test]
    fn what_is_cancelled_starts_again_only_when_asked_for() {
        let mut job = Job::default();
        let (send, stopped) = begun(&mut job, 1);
        job.cancel();
        send.send(1).unwrap_or_default();
        assert_eq!(stopped.recv(), Ok(true));
        assert_eq!(job.ended(&1), Some(&Ended::Stopped));
        begun(&mut job, 1);
        assert!(job.progress().is_none() && job.result(&1).is_none());
        job.again();
        let (send, _) = begun(&mut job, 1);
        send.send(3).unwrap_or_default();
        settle(&mut job);
        assert_eq!(job.result(&1), Some(&Some(3)));
    }

    #[test]
    fn what_is_let_go_starts_again_when_it_is_wanted() {
        let mut job = Job::default();
        let (send, stopped) = begun(&mut job, 1);
        job.stop();
        send.send(1).unwrap_or_default();
        assert_eq!((stopped.recv(), job.ended(&1)), (Ok(true), None));
        let (send, _) = begun(&mut job, 1);
        send.send(4).unwrap_or_default();
        settle(&mut job);
        assert_eq!(job.result(&1), Some(&Some(4)));
    }

    #[test]
    fn work_that_breaks_off_says_so() {
        let mut job: Job<u8, u8> = Job::default();
        job.want(&Context::default(), "test", 1, || |_: &Progress| std::panic::resume_unwind(Box::new(())));
        while job.progress().is_some() {
            job.poll();
        }
        assert!(matches!(job.ended(&1), Some(Ended::Failed(_))));
    }

    #[test]
    fn a_job_that_is_dropped_stops_its_work() {
        let mut job = Job::default();
        let (send, stopped) = begun(&mut job, 1);
        drop(job);
        send.send(1).unwrap_or_default();
        assert_eq!(stopped.recv(), Ok(true));
    }
}
