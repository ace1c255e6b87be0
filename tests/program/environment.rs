//! The commands in odd surroundings: locales, time zones, paths, folders and streams that are not as they should be. None
//! panics; each ends with 0, 1 or 2, and says why where it is not 0.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::common::{FAULT, commands, ends_well, muster, plan};

fn run(args: &[OsString], set: impl FnOnce(&mut Command)) -> Output {
    let mut program = muster();
    program.args(args).stdin(Stdio::null());
    set(&mut program);
    program.output().unwrap()
}

/// Runs every command, and gives the exit codes and what was written to standard output.
fn all(plan: &OsStr, folder: &Path, set: impl Fn(&mut Command)) -> Vec<(String, i32, Vec<u8>)> {
    let each = commands(plan, folder).into_iter().map(|args| {
        let run = run(&args, &set);
        let name = args.iter().map(|a| a.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
        (name.clone(), ends_well(&run, &name), run.stdout)
    });
    each.collect()
}

fn all_done(plan: &OsStr, folder: &Path, set: impl Fn(&mut Command)) -> Vec<Vec<u8>> {
    let runs = all(plan, folder, set);
    // What is sought and the best plan may be out of reach; nothing is wrong with a command or a file.
    for (name, code, _) in &runs {
        assert!(
            *code == 0 || (*code == 1 && (name.starts_with("seek") || name.starts_with("optimise"))),
            "{name}: exit {code}"
        );
    }
    runs.into_iter().map(|(_, _, out)| out).collect()
}

#[test]
fn results_do_not_depend_on_locale_or_time_zone() {
    let folder = tempfile::tempdir().unwrap();
    let usual = all_done(plan().as_os_str(), folder.path(), |program| {
        program.env("LC_ALL", "C").env("TZ", "UTC");
    });
    for (locale, zone) in [("tr_TR.UTF-8", "Pacific/Kiritimati"), ("nonsense", "Nowhere/At-all"), ("", ":::\u{1}")] {
        let found = all_done(plan().as_os_str(), folder.path(), |program| {
            program.env("LC_ALL", locale).env("LANG", locale).env("TZ", zone);
        });
        assert_eq!(usual, found, "{locale} {zone}");
    }
    let bare = all_done(plan().as_os_str(), folder.path(), |program| {
        program.env_clear();
    });
    assert_eq!(usual, bare, "without any variable");
}

#[test]
fn variables_and_arguments_that_are_no_text_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let odd = OsString::from_vec(b"\xff\xfe\x80".to_vec());
    all_done(plan().as_os_str(), folder.path(), |program| {
        for name in ["LANG", "LC_ALL", "TZ", "HOME", "XDG_DATA_HOME", "RUST_LOG", "COLUMNS", "NO_COLOR", "TERM"] {
            program.env(name, &odd);
        }
    });
    for args in [vec![odd.clone()], vec!["report".into(), odd.clone()], vec!["report".into(), "--scenario".into(), odd]]
    {
        assert_eq!(ends_well(&run(&args, |_| {}), "an argument that is no text"), 2);
    }
}

#[test]
fn names_of_any_bytes_and_of_any_length_are_names() {
    let folder = tempfile::tempdir().unwrap();
    let strange = OsString::from_vec(b"Gr\xf6\xdfe \xff 'a' \"b\"\n$(c) %s {}".to_vec());
    for name in [strange, "with  spaces and ; & *".into(), "ünï—漢字🚀".into()] {
        let here = folder.path().join(&name);
        fs::create_dir(&here).unwrap();
        let mut file = name.clone();
        file.push(".json");
        fs::copy(plan(), here.join(&file)).unwrap();
        all_done(here.join(&file).as_os_str(), &here, |_| {});
        // By its name alone, from within its folder.
        let mut args = commands(&file, Path::new("."));
        args.retain(|args| ["report", "check", "convert"].iter().any(|command| args[0] == *command));
        for args in args {
            let run = run(&args, |program| {
                program.current_dir(&here);
            });
            assert_eq!(ends_well(&run, &format!("{args:?}")), 0);
        }
    }
}

#[test]
fn a_path_of_4000_characters_is_read_and_one_of_more_is_told() {
    let folder = tempfile::tempdir().unwrap();
    // Made step by step: the whole path is longer than a system call takes at once.
    let mut here = PathBuf::from(folder.path());
    while here.as_os_str().len() < 3_800 {
        here.push("x".repeat((3_990 - here.as_os_str().len()).min(200)));
    }
    fs::create_dir_all(&here).unwrap();
    let file = here.join("plan.json");
    assert!((3_800..4_090).contains(&file.as_os_str().len()));
    fs::copy(plan(), &file).unwrap();
    let out = tempfile::tempdir().unwrap();
    all_done(file.as_os_str(), out.path(), |_| {});
    // What is beside it may have names that are too long: said, and nothing is left.
    all(file.as_os_str(), &here, |_| {});
    for entry in fs::read_dir(&here).unwrap() {
        assert!(!entry.unwrap().file_name().to_string_lossy().ends_with(".part"));
    }
    let beyond = here.join("y".repeat(300)).join("plan.json");
    for (name, code, _) in all(beyond.as_os_str(), out.path(), |_| {}) {
        assert_eq!(code, 2, "{name}");
    }
}

#[test]
fn homes_that_are_missing_or_closed_do_not_matter_to_commands() {
    let folder = tempfile::tempdir().unwrap();
    for home in ["", "/proc/nowhere", "/dev/null", "relative"] {
        let runs_in = tempfile::tempdir().unwrap();
        all_done(plan().as_os_str(), folder.path(), |program| {
            program.current_dir(runs_in.path()).env("HOME", home);
            for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"] {
                program.env(name, home);
            }
        });
        assert_eq!(fs::read_dir(runs_in.path()).unwrap().count(), 0, "HOME={home}: something is left where it ran");
    }
}

#[test]
fn a_reader_that_stops_and_streams_that_are_closed_end_no_command_in_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    for args in commands(plan().as_os_str(), folder.path()) {
        let line = |redirected: &str| {
            let mut shell = Command::new("bash");
            shell.arg("-c").arg(format!("\"$0\" \"$@\" {redirected}")).arg(env!("CARGO_BIN_EXE_muster")).args(&args);
            shell.output().unwrap()
        };
        let name = format!("{args:?}");
        // Nobody reads: the end of the pipe is closed before anything is written.
        let run = line("| :");
        assert!(!String::from_utf8_lossy(&run.stderr).contains(FAULT), "{name}");
        // How it ends is how it would have ended with a reader.
        let unread = line("| : ; exit ${PIPESTATUS[0]}").status.code();
        assert_eq!(unread, line("").status.code(), "{name}");
        // What takes seconds is run with all of it at once.
        let slow = ["brief", "workbook", "sensitivity"].iter().any(|command| args[0] == *command);
        let each = [">&- 2>&- <&-", ">&-", "<&-", "2>&-", "2>/dev/full"];
        for closed in &each[..if slow { 1 } else { each.len() }] {
            let code = line(closed).status.code().unwrap();
            assert!((0..=2).contains(&code), "{name} {closed}: exit {code}");
        }
        // A full disk behind standard output is said.
        let run = line(">/dev/full");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        let code = ends_well(&run, &name);
        let has_result = !line("").stdout.is_empty();
        assert_eq!(code == 2 && said.contains("cannot write the result"), has_result, "{name}: exit {code} {said}");
    }
    let full = Command::new("sh")
        .args(["-c", "\"$0\" report \"$1\" >/dev/full", env!("CARGO_BIN_EXE_muster")])
        .arg(plan())
        .output()
        .unwrap();
    assert_eq!(full.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&full.stderr).starts_with("cannot write the result: No space left on device"));
    // What is said about the command itself, and how it ends, with nobody to hear it.
    for args in ["--help", "--version", "nonsense", "report", "report /nowhere.ron", ""] {
        for closed in ["2>&-", ">&-", "2>/dev/full", ">/dev/full"] {
            let shell = format!("\"$0\" {args} {closed}");
            let run = Command::new("sh")
                .args(["-c", &shell, env!("CARGO_BIN_EXE_muster")])
                .env_remove("DISPLAY")
                .env_remove("WAYLAND_DISPLAY")
                .output();
            let code = run.unwrap().status.code().unwrap();
            assert!((0..=2).contains(&code), "{shell}: exit {code}");
        }
    }
}

/// `muster optimise … -o FILE | head -1`: the file is written all the same.
#[test]
fn a_reader_that_stops_keeps_no_file_from_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("next.json");
    let line = "\"$0\" optimise \"$1\" --next 1 -o \"$2\" | : ; exit ${PIPESTATUS[0]}";
    let run = Command::new("bash").args(["-c", line, env!("CARGO_BIN_EXE_muster")]).arg(plan()).arg(&written).output();
    let run = run.unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let (before, after) = (muster::files::read(&plan()).unwrap(), muster::files::read(&written).unwrap());
    let hires = |plan: &muster::plan::Plan| (0..plan.calendar.years()).map(|y| plan.hires_in_year(y)).sum::<u64>();
    assert_eq!(hires(&after), hires(&before) + 1);
}

#[test]
fn every_command_names_a_file_that_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder.ron")).unwrap();
    std::os::unix::fs::symlink(path("nowhere"), path("dangling.ron")).unwrap();
    std::os::unix::fs::symlink(path("loop.ron"), path("loop.ron")).unwrap();
    fs::write(path("empty.ron"), "").unwrap();
    fs::write(path("empty.json"), "").unwrap();
    fs::write(path("zeros.ron"), [0; 4096]).unwrap();
    fs::write(path("latin.ron"), b"(name: \"\xff\")").unwrap();
    fs::write(path("closed.ron"), "()").unwrap();
    // The system lets nobody read this from outside.
    std::os::unix::fs::symlink("/proc/self/mem", path("memory.ron")).unwrap();
    let names =
        ["folder.ron", "dangling.ron", "loop.ron", "empty.ron", "empty.json", "zeros.ron", "latin.ron", "memory.ron"];
    for name in names.iter().chain(&["absent.ron", "closed.ron/x.ron", "no-ending"]) {
        let plan = path(name);
        for args in commands(plan.as_os_str(), folder.path()).into_iter().chain([vec![plan.clone().into_os_string()]]) {
            let run = run(&args, |_| {});
            let said = String::from_utf8_lossy(&run.stderr);
            assert!((1..=2).contains(&ends_well(&run, &format!("{args:?}"))), "{args:?}");
            assert!(said.contains(&*plan.to_string_lossy()), "{args:?}: {said}");
        }
    }
}

#[test]
fn every_command_names_a_file_that_it_cannot_write() {
    // Nobody makes files there, not even root.
    each_writer_is_refused(Path::new("/proc"), all(plan().as_os_str(), Path::new("/proc"), |_| {}));
    let run = run(&["new".into(), "/proc/plan.ron".into()], |_| {});
    assert_eq!(ends_well(&run, "new"), 2);
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let runs = commands(plan().as_os_str(), &closed).into_iter().map(|args| {
        let run = without_power_over_modes(&args);
        let name = args.iter().map(|a| a.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
        (name.clone(), ends_well(&run, &name), run.stdout)
    });
    each_writer_is_refused(&closed, runs.collect());
    assert_eq!(fs::read_dir(&closed).unwrap().count(), 0);
}

/// A file in a folder that nobody may list is written and said to be: its place is on the disk by another way.
#[test]
fn a_folder_that_cannot_be_listed_is_written_into_without_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o300)).unwrap();
    let file = closed.join("plan.ron");
    for command in ["new", "convert"] {
        let args = match command {
            "new" => vec![command.into(), file.clone().into_os_string()],
            _ => vec![command.into(), plan().into_os_string(), file.clone().into_os_string()],
        };
        let run = without_power_over_modes(&args);
        assert_eq!(ends_well(&run, command), 0, "{}", String::from_utf8_lossy(&run.stderr));
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(!said.contains("cannot write") && !said.contains("power cut"), "{said}");
    }
    assert_eq!(muster::files::read(&file).unwrap(), muster::files::read(&plan()).unwrap());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read_dir(&closed).unwrap().count(), 1);
}

/// A file of another user stays theirs, or as it is. Needs root, who alone can make a file of another user.
#[test]
fn a_file_that_would_change_hands_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    for (owner, group, why) in [(Some(1234), None, "another user"), (None, Some(2000), "a group that you are not in")] {
        fs::copy(plan(), folder.path().join("plan.json")).unwrap();
        muster::files::write(&file, &muster::files::read(&plan()).unwrap()).unwrap();
        if std::os::unix::fs::chown(&file, owner, group).is_err() {
            // Not tested: this user cannot give a file away.
            return;
        }
        let before = fs::read(&file).unwrap();
        let args = ["--inh-caps=-all", "--bounding-set=-chown", env!("CARGO_BIN_EXE_muster"), "new"];
        let run = Command::new("setpriv").args(args).arg(folder.path().join("made.ron")).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let args = ["--inh-caps=-all", "--bounding-set=-chown", env!("CARGO_BIN_EXE_muster"), "convert"];
        let run = Command::new("setpriv").args(args).arg(folder.path().join("made.ron")).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(ends_well(&run, "convert"), 2);
        assert!(said.contains("plan.ron: it belongs to") && said.contains(why), "{said}");
        assert_eq!(fs::read(&file).unwrap(), before);
        fs::remove_file(&file).unwrap();
        fs::remove_file(folder.path().join("made.ron")).unwrap();
    }
}

#[test]
fn no_fault_leaves_a_picture_of_memory() {
    // It waits for somebody to read its rows, so that its limits can be looked at.
    let shell = format!(
        "ulimit -c unlimited; exec \"$0\" evaluate {}/tests/conformance/world.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut program =
        Command::new("sh").args(["-c", &shell, env!("CARGO_BIN_EXE_muster")]).stdout(Stdio::piped()).spawn().unwrap();
    let mut one = [0; 1];
    std::io::Read::read_exact(program.stdout.as_mut().unwrap(), &mut one).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", program.id()));
    program.kill().unwrap();
    program.wait().unwrap();
    // Only Linux says so.
    if let Ok(limits) = limits {
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    }
}

/// A pipe that nobody writes into has no plan, and nobody waits for one.
#[test]
fn a_pipe_is_no_plan_for_the_window_and_for_commands() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.ron");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for args in [vec![pipe.clone().into_os_string()], vec!["report".into(), pipe.clone().into_os_string()]] {
        let run = Command::new("timeout").arg("60").arg(env!("CARGO_BIN_EXE_muster")).args(&args).output().unwrap();
        assert_eq!(ends_well(&run, "a pipe"), 2, "{args:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains("pipe.ron: cannot read: it is a pipe"));
    }
}

/// That each command with a file in that folder ended with 2, and that there were some.
fn each_writer_is_refused(folder: &Path, runs: Vec<(String, i32, Vec<u8>)>) {
    let folder = folder.to_str().unwrap();
    let writers: Vec<_> = runs.into_iter().filter(|(name, ..)| name.contains(folder)).collect();
    assert!(writers.len() >= 6, "{} commands write into {folder}", writers.len());
    for (name, code, _) in writers {
        assert_eq!(code, 2, "{name}");
    }
}

/// Runs a command for whom a folder's mode counts: for root too, who otherwise writes into any folder.
fn without_power_over_modes(args: &[OsString]) -> Output {
    let probe = tempfile::tempdir().unwrap();
    fs::set_permissions(probe.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(probe.path().join("probe"), "").is_err() {
        return run(args, |_| {});
    }
    let bounding = "--bounding-set=-dac_override,-dac_read_search";
    let run = Command::new("setpriv")
        .args(["--inh-caps=-all", bounding, env!("CARGO_BIN_EXE_muster")])
        .args(args)
        .stdin(Stdio::null())
        .output();
    assert!(
        run.is_ok(),
        "root writes into any folder, and setpriv, which takes that right away, does not start: {run:?}"
    );
    run.unwrap()
}

#[test]
fn without_a_display_the_window_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for args in [vec![], vec![plan().into_os_string()]] {
        let run = run(&args, |program| {
            program.env("HOME", folder.path()).env_remove("XDG_RUNTIME_DIR");
        });
        assert_eq!(ends_well(&run, "the window"), 2);
        assert!(String::from_utf8_lossy(&run.stderr).contains("muster report "));
    }
}

/// Ctrl+C at the prompt for a passphrase ends the command, and the terminal shows again what is typed.
#[test]
fn ctrl_c_at_the_prompt_for_a_passphrase_restores_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!(
        "{} convert {} {}; echo \"exit $?\"; stty -a",
        env!("CARGO_BIN_EXE_muster"),
        plan().display(),
        folder.path().join("a.ron.age").display()
    );
    let mut script = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut keys, mut screen) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
    let (mut shown, mut part) = (String::new(), [0; 512]);
    while !shown.contains("Passphrase of") {
        let length = screen.read(&mut part).unwrap();
        assert!(length > 0, "no prompt: {shown}");
        shown += &String::from_utf8_lossy(&part[..length]);
    }
    // The prompt stands before the terminal is told to be silent.
    std::thread::sleep(std::time::Duration::from_millis(500));
    keys.write_all(b"secret\x03").unwrap();
    screen.read_to_string(&mut shown).unwrap();
    script.wait().unwrap();
    assert!(shown.contains("no passphrase was given") && shown.contains("exit 2"), "{shown}");
    let settings: Vec<&str> = shown.split_whitespace().collect();
    assert!(settings.contains(&"echo") && settings.contains(&"icanon") && !shown.contains("secret"), "{shown}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
