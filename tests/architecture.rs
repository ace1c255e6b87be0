//! The invariants that the crate's documentation names, held to the source.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file: its path below `src`, and its text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    assert!(found.len() > 40, "{} files", found.len());
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn folders_use_only_what_stands_below_them() {
    let below = |folder: &str| -> &[&str] {
        match folder {
            "units" => &[],
            "plan" => &["units"],
            "edit" | "engine" => &["units", "plan"],
            "guide" => &["units", "plan", "engine"],
            "analysis" => &["units", "plan", "edit", "engine"],
            "files" => &["units", "plan", "edit", "engine", "analysis"],
            "cli" => &["units", "plan", "edit", "engine", "analysis", "files", "desktop"],
            "desktop" => &["units", "plan", "edit", "engine", "guide", "analysis", "files"],
            other => panic!("src/{other} is a folder without a rule"),
        }
    };
    for (name, text) in files() {
        let Some((folder, _)) = name.split_once('/') else { continue };
        for used in text.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            assert!(used == folder || below(folder).contains(&used.as_str()), "src/{name} uses crate::{used}");
        }
    }
}

#[test]
fn only_the_files_folder_touches_a_file() {
    for (name, text) in files() {
        let touches = ["std::fs", "File::", "OpenOptions", "tempfile::"].iter().any(|w| text.contains(w));
        assert!(!touches || name.starts_with("files/"), "src/{name} touches files");
    }
}

#[test]
fn the_engine_has_no_clock_no_chance_and_no_output() {
    let pure = ["engine/", "plan/", "edit/", "analysis/"];
    for (name, text) in files().into_iter().filter(|(name, _)| pure.iter().any(|folder| name.starts_with(folder))) {
        // A trial of the simulation is drawn in floats (model section 10), and a search may propose in them what the
        // engine then judges; nothing else that is planned with is.
        let free = ["analysis/simulation/", "analysis/optimisation/"].iter().any(|folder| name.starts_with(folder));
        let floats: &[&str] = if free { &[] } else { &["f64", "f32"] };
        let words = ["std::time", "SystemTime", "Instant", "rand", "println!", "std::io", "std::env"];
        for word in words.iter().chain(floats) {
            let found = text.match_indices(word).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
                !inside(before) && !inside(after)
            });
            assert!(!found, "src/{name} uses {word}");
        }
    }
}

#[test]
fn every_file_says_what_lives_there_and_stays_short() {
    for (name, text) in files() {
        assert!(text.starts_with("//! "), "src/{name} does not say what lives there");
        assert!(text.lines().count() <= 500, "src/{name} has {} lines", text.lines().count());
        if name.starts_with("desktop/views/") {
            assert!(text.lines().count() <= 350, "src/{name} has {} lines", text.lines().count());
        }
    }
}

#[test]
fn colours_are_stated_in_one_place() {
    for (name, text) in
        files().into_iter().filter(|(name, _)| name.starts_with("desktop/") && name != "desktop/tokens.rs")
    {
        for word in ["from_rgb", "from_gray", "Color32::RED", "Color32::GREEN", "Color32::BLACK"] {
            assert!(!text.contains(word), "src/{name} states a colour of its own: {word}");
        }
    }
}
