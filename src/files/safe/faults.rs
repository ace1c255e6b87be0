//! What a fault of the program itself leaves behind: a report without anything of the plan, and a sentence that says
//! where it is.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::fmt::Write as _;
use std::panic::{PanicHookInfo, UnwindSafe};

use super::Safe;

thread_local! {
    /// Whether what runs on this thread may break off without that being a fault of the program.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may break off on bad input; `None` if it does.
pub(in crate::files) fn guarded<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    GUARDED.set(true);
    let done = std::panic::catch_unwind(work).ok();
    GUARDED.set(false);
    done
}

/// Keeps a report of every panic from now on, on whichever thread, and says where it is.
pub fn watch_for_faults(say: fn(&str)) {
    std::panic::set_hook(Box::new(move |panic| {
        if GUARDED.get() {
            return;
        }
        let report = report(panic, &Backtrace::force_capture());
        say("Muster met a fault of its own.");
        match Safe::of_user().and_then(|safe| safe.keep_crash(&report).map_err(|error| error.to_string())) {
            Ok(path) => {
                say(&format!("What happened is written to {}; nothing of the plan is in it.", path.display()));
            }
            Err(why) => say(&format!("The report cannot be kept ({why}):\n{report}")),
        }
    }));
}

/// Switches core dumps off, which would hold the plan.
pub fn without_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // A limit that this program may not lower is lower already.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// What is known of a panic. Its own words may quote a plan, so that only what no plan can be in is taken from them.
fn report(panic: &PanicHookInfo<'_>, backtrace: &Backtrace) -> String {
    let mut text = format!("Muster {} met a fault of its own\n\n", env!("CARGO_PKG_VERSION"));
    let payload = panic.payload();
    let fault = match (payload.downcast_ref::<&'static str>(), payload.downcast_ref::<String>()) {
        // A text that stands in the program.
        (Some(text), _) => text,
        (None, Some(made)) => without_values(made),
        (None, None) => "without words",
    };
    let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let when = chrono::Utc::now().format("%Y-%m-%d %H:%M:%S UTC");
    let system = (std::env::consts::OS, std::env::consts::ARCH);
    // A string takes every line.
    let _ = writeln!(text, "When: {when}\nSystem: {} {}", system.0, system.1);
    let _ = writeln!(text, "Thread: {}", std::thread::current().name().unwrap_or("unnamed"));
    let _ = writeln!(text, "Place: {place}\nFault: {fault}\n\nBacktrace:\n{backtrace}");
    text
}

/// How faults that the language finds begin; what follows may quote values.
const KNOWN: [&str; 8] = [
    "index out of bounds",
    "range end index",
    "range start index",
    "slice index",
    "called `Result::unwrap()` on an `Err` value",
    "assertion",
    "byte index",
    "already",
];

/// What may be said of a text that was made while the program ran, since it may begin with a value, too.
fn without_values(made: &str) -> &'static str {
    KNOWN
        .into_iter()
        .find(|known| made.starts_with(known))
        .unwrap_or("in words that may quote the plan; they are left out")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn what_a_fault_says_of_values_is_left_out() {
        assert_eq!(without_values("index out of bounds: the len is 3 but the index is 7"), "index out of bounds");
        let said = "called `Result::unwrap()` on an `Err` value: Pay(\"147000\")";
        assert_eq!(without_values(said), "called `Result::unwrap()` on an `Err` value");
        assert!(!without_values("Northern Europe has no pay").contains("Europe"));
        assert_eq!(without_values("assertion `left == right` failed\n  left: 147000"), "assertion");
    }

    /// Under this name a program that is to break finds that it should.
    const VICTIM: &str = "MUSTER_TEST_FAULT";

    /// Not a test by itself: breaks where it is asked to.
    #[test]
    #[expect(clippy::print_stderr, reason = "the program that looks on reads it")]
    fn victim() {
        if std::env::var_os(VICTIM).is_some() {
            watch_for_faults(|line| eprintln!("{line}"));
            assert_eq!(guarded(|| std::panic::panic_any(0)), None::<()>);
            let pay = [147_000_u32];
            let index = pay.len() + 5;
            let _ = std::thread::Builder::new().name("sums".to_owned()).spawn(move || pay[index]).unwrap().join();
        }
    }

    #[test]
    fn a_fault_leaves_a_report_and_says_where() {
        let home = tempfile::tempdir().unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["files::safe::faults::tests::victim", "--exact", "--nocapture"])
            .env(VICTIM, "yes")
            .env("HOME", home.path())
            .env_remove("XDG_DATA_HOME")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let path = Safe::at(home.path().join(".local/share/muster")).untold_crash().unwrap();
        assert!(said.contains(&format!("written to {}", path.display())), "{said}");
        let report = std::fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines[0], format!("Muster {} met a fault of its own", env!("CARGO_PKG_VERSION")));
        assert!(lines.contains(&"Thread: sums") && lines.contains(&"Fault: index out of bounds"), "{report}");
        assert_eq!(said.matches("fault of its own").count(), 1, "{said}");
        assert!(report.contains("Place: src/files/safe/faults.rs:"), "{report}");
        assert!(!report.contains("index is 6"), "{report}");
    }
}
