//! The real program and all of its commands, for tests of what surrounds it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, ready to be started.
pub(crate) fn muster() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_muster"));
    program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    // What it keeps goes where the tests' own files are.
    program.env("XDG_DATA_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("data"));
    program
}

/// The smallest plan there is.
pub(crate) fn plan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/one-cell.json")
}

/// Every command that reads a plan, with the files that it writes in a folder.
pub(crate) fn commands(plan: &OsStr, folder: &Path) -> Vec<Vec<OsString>> {
    let out = |name: &str| folder.join(name).into_os_string();
    let with = |command: &str, more: &[&str]| {
        let mut args = vec![command.into(), plan.to_owned()];
        args.extend(more.iter().map(OsString::from));
        args
    };
    let to = |command: &str, name: &str| vec![command.into(), plan.to_owned(), "-o".into(), out(name)];
    let staff = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/roster_csv/heads.tsv").into_os_string();
    let mut import = with("import", &["--kind", "roster", "--skip-unfit", "-o"]);
    import.extend([out("imported.ron"), staff]);
    vec![
        with("report", &[]),
        with("evaluate", &[]),
        with("evaluate", &["--format", "json"]),
        with("check", &[]),
        with("explain", &["--measure", "total_cost", "--period", "FY10", "--depth", "2"]),
        with("why", &["--period", "FY10"]),
        with("compare", &["--with", "base"]),
        with("sensitivity", &["--outcome", "total_cost", "--period", "FY10"]),
        with("seek", &["--input", "attainment", "--outcome", "gap", "--period", "FY10", "--goal", "0"]),
        with("simulate", &["--trials", "3"]),
        with("optimise", &["--objective", "shortfall"]),
        with("positions", &[]),
        to("positions", "positions.csv"),
        to("positions", "positions.xlsx"),
        to("workbook", "plan.xlsx"),
        to("brief", "brief.pdf"),
        import,
        vec!["convert".into(), plan.to_owned(), out("converted.ron")],
    ]
}

/// What a program that breaks says.
pub(crate) const FAULT: &str = "fault of its own";

/// That a run ended as commands end: with 0, 1 or 2, and with a sentence where it is not 0.
pub(crate) fn ends_well(run: &Output, what: &str) -> i32 {
    let said = String::from_utf8_lossy(&run.stderr);
    let code = run.status.code().unwrap_or(-1);
    assert!((0..=2).contains(&code), "{what}: exit {code}\n{said}");
    assert!(!said.contains(FAULT), "{what}: {said}");
    assert!(code == 0 || said.trim().len() > 10 || !run.stdout.is_empty(), "{what}: exit {code} without a word");
    code
}
