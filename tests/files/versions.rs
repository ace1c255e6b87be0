//! Files of every form that was ever written open, with nothing lost; newer ones are told and stay as they are. The files
//! in `tests/versions` are never changed; their names begin with their schema.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use muster::engine::Outcome;
use muster::files::{self, FileError, Saving};
use muster::plan::{Plan, SCHEMA};

fn kept() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions");
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    all.sort();
    all
}

#[test]
fn a_file_of_every_written_form_opens_and_converts_with_nothing_lost() {
    let folder = tempfile::tempdir().unwrap();
    for schema in 1..=SCHEMA {
        let of_schema =
            |path: &&PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(&format!("{schema}-"));
        assert!(kept().iter().filter(of_schema).count() > 0, "there is no file of schema {schema}");
    }
    for path in kept() {
        let plan = files::read(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(plan.schema, SCHEMA);
        assert!(Outcome::of(Arc::new(plan.clone())).is_ok(), "{}", path.display());
        // `convert` brings it up to date, in both forms.
        for ending in ["ron", "json"] {
            let out = folder.path().join(format!("out.{ending}"));
            let run = Command::new(env!("CARGO_BIN_EXE_muster")).arg("convert").arg(&path).arg(&out).status().unwrap();
            assert!(run.success());
            assert_eq!(files::read(&out).unwrap(), plan, "{}", path.display());
        }
    }
}

#[test]
fn each_stored_file_has_the_feature_that_it_is_stored_for() {
    let plan =
        |name: &str| files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions").join(name)).unwrap();
    let first = plan("1-first.ron");
    assert!(first.log.is_empty() && first.frozen.is_empty() && first.regions[0].location.is_none());
    for name in ["1-log-and-records.ron", "1-log-and-records.json"] {
        let plan: Plan = plan(name);
        assert_eq!(
            (plan.log.len(), plan.frozen[0].name.as_str(), plan.scenarios[0].edits.len()),
            (1, "Board, June", 6)
        );
        assert_eq!(plan.frozen[0].plan.name, "As frozen");
    }
    for name in ["2-year.ron", "2-year.json"] {
        let plan: Plan = plan(name);
        let year = plan.year.as_ref().unwrap();
        assert_eq!((year.people.len(), year.positions.len(), year.record.as_deref()), (70, 12, Some("Board")));
        assert!(year.people.iter().any(|spell| spell.away.len() == 2));
    }
    for name in ["1-hr-fields.ron", "1-hr-fields.json"] {
        let plan: Plan = plan(name);
        assert_eq!(plan.roles[0].job_code.as_deref(), Some("AE3"));
        assert_eq!(plan.regions[0].recruiter.as_deref(), Some("B. Roy"));
    }
}

/// A file as a later version of the program may write it.
const NEWER: &str = "(schema: 4_000_000_000, name: Later(\"plan\"), teams: [(1), {\"a\": Some(2)}])";

#[test]
fn a_newer_file_says_so_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.ron");
    fs::write(&newer, NEWER).unwrap();
    let run = |args: &[&Path]| {
        let run = Command::new(env!("CARGO_BIN_EXE_muster")).args(args).output().unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
    };
    let version = env!("CARGO_PKG_VERSION");
    let (code, said) = run(&[Path::new("report"), &newer]);
    let expected = format!(
        "{}: schema: this plan has schema 4000000000, which a newer Muster wrote; this is Muster {version}, which reads \
         schema {SCHEMA}: open it with the newer one\n",
        newer.display()
    );
    assert_eq!((code, said), (1, expected));
    let sound = &kept()[0];
    let (code, said) = run(&[Path::new("convert"), sound, &newer]);
    assert_eq!(code, 2);
    assert!(
        said.contains("a newer version of Muster wrote this file") && said.contains("choose another name"),
        "{said}"
    );
    assert!(matches!(files::write(&newer, &files::read(sound).unwrap()), Err(FileError::Newer(_))));
    assert_eq!(fs::read_to_string(&newer).unwrap(), NEWER);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // Also what this version could read, but for the number.
    let json = folder.path().join("newer.json");
    let text = fs::read_to_string(kept().iter().find(|p| p.extension().is_some_and(|e| e == "json")).unwrap()).unwrap();
    fs::write(&json, text.replacen("\"schema\": 1", "\"schema\": 3", 1)).unwrap();
    let (code, said) = run(&[Path::new("check"), &json]);
    assert_eq!(code, 1);
    assert!(said.contains("this plan has schema 3, which a newer Muster wrote"), "{said}");
}

fn under(passphrase: Option<&files::Passphrase>) -> Saving<'_> {
    Saving { passphrase, ..Saving::default() }
}

#[test]
fn a_newer_protected_file_says_so_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.ron.age");
    let passphrase = files::Passphrase::new("seven lanterns".to_owned());
    let plan = files::read(&kept()[0]).unwrap();
    files::save(&path, &Plan { schema: SCHEMA + 1, ..plan.clone() }, &under(passphrase.as_ref())).unwrap();
    let before = fs::read(&path).unwrap();
    let error = files::open(&path, passphrase.as_ref()).unwrap_err().to_string();
    assert!(error.contains("which a newer Muster wrote"), "{error}");
    assert!(matches!(files::save(&path, &plan, &under(passphrase.as_ref())), Err(FileError::Newer(_))));
    // Under another passphrase nobody can tell whether it is newer, so that it stays, too.
    let other = files::Passphrase::new("eight lanterns".to_owned());
    assert!(matches!(files::save(&path, &plan, &under(other.as_ref())), Err(FileError::Unknown(_))));
    let mut convert = std::process::Command::new(env!("CARGO_BIN_EXE_muster"));
    let convert = convert.arg("convert").args([&kept()[0], &path]).arg("--passphrase-file").arg(&kept()[0]);
    let run = convert.output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("another passphrase protects what is there"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(feature = "desktop")]
#[test]
fn the_window_says_that_a_file_is_newer() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.ron");
    fs::write(&newer, NEWER).unwrap();
    let Err(said) = muster::desktop::Document::open(&newer) else { panic!("it is opened") };
    assert!(said.contains("which a newer Muster wrote") && said.contains("open it with the newer one"), "{said}");
}
