//! The passphrase of a protected plan: read from a file, or typed unseen on the terminal. It is never an argument,
//! which other users of the computer could read.

use std::cell::{OnceCell, RefCell};
use std::io::{self, ErrorKind, IsTerminal, stdin};
use std::path::{Path, PathBuf};

#[cfg(unix)]
use signal_hook::consts::SIGINT;

use super::failure::{self, Failure};
use crate::files::{self, Comments, FileMark, Over, Passphrase, PlanFile, Safe, Saving};
use crate::plan::Plan;

/// Where the passphrase comes from.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PassphraseArgs {
    /// The passphrase of a protected plan is this file's first line; without the option, a prompt asks for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[arg(skip)]
    known: OnceCell<Passphrase>,
    /// The plans that were read.
    #[arg(skip)]
    read: RefCell<Vec<ReadPlan>>,
}

/// A plan's file, and what it held when it was read.
#[derive(Debug, Clone)]
struct ReadPlan {
    path: PathBuf,
    mark: FileMark,
    comments: Option<Comments>,
}

impl PassphraseArgs {
    /// Read from this file; without one, typed at a prompt.
    pub(super) const fn of(passphrase_file: Option<PathBuf>) -> Self {
        Self { passphrase_file, known: OnceCell::new(), read: RefCell::new(Vec::new()) }
    }

    /// Reads a plan, a protected one with the passphrase.
    pub(super) fn read(&self, path: &Path) -> Result<Plan, Failure> {
        let passphrase = match self.known.get() {
            // What is not there needs no passphrase.
            None if files::is_protected(path) && files::exists(path) => Some(self.given(path, false)?),
            known => known.cloned(),
        };
        files::clear_beside(path);
        let PlanFile { plan, mark, comments } = files::open_file(path, passphrase.as_ref())?;
        self.read.borrow_mut().push(ReadPlan { path: path.to_owned(), mark, comments });
        if let Some(passphrase) = passphrase {
            // A passphrase that opened a plan is reused.
            let _ = self.known.set(passphrase);
        }
        Ok(plan)
    }

    /// Writes a plan, protected by the passphrase where the ending says so, in place of whatever is there. A plan that was
    /// read may be written over only as it was read.
    pub(super) fn write(&self, path: &Path, plan: &Plan) -> Result<(), Failure> {
        let read = self.read.borrow().iter().find(|read| files::is_same(&read.path, path)).map(|read| read.mark);
        self.write_over(path, plan, read.map_or(Over::Anything, |mark| Over::Only(Some(mark))))
    }

    /// Writes a plan to a file that is not there yet.
    pub(super) fn write_new(&self, path: &Path, plan: &Plan) -> Result<(), Failure> {
        self.write_over(path, plan, Over::Only(None))
    }

    fn write_over(&self, path: &Path, plan: &Plan, over: Over) -> Result<(), Failure> {
        let passphrase = match self.known.get() {
            None if files::is_protected(path) => Some(self.given(path, true)?),
            known => known.cloned(),
        };
        // Without a home folder no earlier version can be kept.
        let safe = Safe::of_user().ok();
        let how = Saving { passphrase: passphrase.as_ref(), over, safe: safe.as_ref(), own: false };
        failure::noted(path, &files::save(path, plan, &how)?.notes);
        if let Some(passphrase) = passphrase {
            // The passphrase that protected a plan is reused to open it.
            let _ = self.known.set(passphrase);
        }
        failure::warn(&self.left_out(path));
        Ok(())
    }

    /// Whether a plan's file still holds what was read from it.
    pub(super) fn is_as_read(&self, path: &Path) -> Result<bool, Failure> {
        let now = files::mark(path)?;
        Ok(self.read.borrow().iter().filter(|read| read.path == path).all(|read| Some(read.mark) == now))
    }

    /// Warnings of what the files that were read have and a written plan does not: their comments.
    fn left_out(&self, written: &Path) -> Vec<String> {
        let words = |read: &ReadPlan| {
            let (from, to) = (read.path.display(), written.display());
            Some(format!("{from}: {} left out; what is written to {to} has no comments", read.comments?))
        };
        let mut lines: Vec<String> = self.read.borrow().iter().filter_map(words).collect();
        // A command may read a plan more than once.
        lines.dedup();
        lines
    }

    fn given(&self, path: &Path, new: bool) -> Result<Passphrase, Failure> {
        if let Some(file) = &self.passphrase_file {
            return Ok(files::passphrase(file)?);
        }
        let name = path.display();
        if !stdin().is_terminal() {
            let message = "a passphrase protects this plan; name a file that holds it with --passphrase-file";
            return Err(Failure::Usage(format!("{name}: {message}")));
        }
        let words = ask(&format!("Passphrase of {name}: "))?;
        if new && ask("The same once more: ")? != words {
            return Err(Failure::Usage(format!("{name}: the two differ; nothing was written")));
        }
        Passphrase::new(words).ok_or_else(|| Failure::Usage(format!("{name}: a passphrase cannot be empty")))
    }
}

fn ask(prompt: &str) -> Result<String, Failure> {
    let asked = unless_interrupted(|| rpassword::prompt_password(prompt));
    asked.map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::Interrupted => Failure::Usage("no passphrase was given".to_owned()),
        _ => Failure::Usage(format!("the passphrase cannot be typed here: {error}; use --passphrase-file")),
    })
}

/// Runs a prompt during which Ctrl+C does not end the program at once: the prompt ends with an error, and the terminal
/// shows again what is typed. At any other time Ctrl+C does what it always does.
#[cfg(unix)]
fn unless_interrupted<T>(prompt: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, OnceLock};

    static ENDS_PROGRAM: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let ends_program = ENDS_PROGRAM.get_or_init(|| {
        let ends_program = Arc::new(AtomicBool::new(true));
        // Where the system does not let us, Ctrl+C ends the program as before.
        let _ = signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&ends_program));
        ends_program
    });
    ends_program.store(false, Ordering::SeqCst);
    let answer = prompt();
    ends_program.store(true, Ordering::SeqCst);
    answer
}

#[cfg(not(unix))]
fn unless_interrupted<T>(prompt: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    prompt()
}
