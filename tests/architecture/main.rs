//! The invariants that the crate's documentation names, held to the source.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use imports::{Imports, circles, tokens, without_tests};

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
fn texts_are_typed_in_one_place() {
    for (name, text) in files() {
        let (tokens, _) = without_tests(&tokens(&text));
        let typed = ["TextEdit", "DragValue", "text_edit_singleline", "text_edit_multiline", "code_editor"];
        let found = tokens.iter().find(|token| typed.contains(&token.as_str()));
        assert!(found.is_none() || name == "desktop/editor.rs", "src/{name} has an editor of its own: {found:?}");
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

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = files();
    let imports = Imports::read(&files);
    let uses = imports.uses();
    let mut all = Vec::new();
    for circle in circles(&uses) {
        let arrows: Vec<String> = circle
            .iter()
            .flat_map(|file| uses[file].iter().map(move |(used, names)| (file, used, names)))
            .filter(|(_, used, _)| circle.contains(*used))
            .map(|(file, used, names)| format!("{file} takes {names:?} from {used}"))
            .collect();
        all.push(format!("{} files import each other in a circle:\n{}", circle.len(), arrows.join("\n")));
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
}

/// The modules of the window with their place in its order, as `desktop/mod.rs` declares them: a block of lines each,
/// the lowest first.
fn window_order(files: &[(String, String)]) -> BTreeMap<&str, usize> {
    let (_, text) = files.iter().find(|(name, _)| name == "desktop/mod.rs").unwrap();
    let mut order = BTreeMap::new();
    for (place, block) in text.split("\n\n").filter(|block| block.starts_with("mod ")).enumerate() {
        order.extend(block.lines().filter_map(|line| Some((line.strip_prefix("mod ")?.strip_suffix(';')?, place))));
    }
    order
}

#[test]
fn modules_of_the_window_use_only_those_below_them() {
    let files = files();
    let order = window_order(&files);
    assert!(order.len() > 30, "desktop/mod.rs declares {} modules", order.len());
    let place = |file: &str| {
        let module = file.strip_prefix("desktop/")?.split('/').next()?.trim_end_matches(".rs");
        (module != "mod").then(|| *order.get(module).unwrap_or_else(|| panic!("src/{file} has no place in the order")))
    };
    let imports = Imports::read(&files);
    for (file, used) in imports.uses() {
        for (below, names) in used {
            if let (Some(own), Some(other)) = (place(file), place(below)) {
                assert!(other <= own, "src/{file} takes {names:?} from src/{below}, which stands above it");
            }
        }
    }
}

#[test]
fn a_module_with_children_is_a_folder() {
    let files = files();
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in &names {
        let folder = format!("{}/", name.trim_end_matches(".rs"));
        assert!(!names.iter().any(|other| other.starts_with(&folder)), "src/{name} stands beside src/{folder}");
    }
}

#[test]
fn at_most_two_types_have_one_name() {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in files() {
        let (tokens, _) = without_tests(&tokens(&text));
        for pair in tokens.windows(2) {
            if let [keyword, name] = pair
                && matches!(keyword.as_str(), "struct" | "enum" | "trait" | "union")
                && name.starts_with(|c: char| c.is_ascii_uppercase())
            {
                defined.entry(name.clone()).or_default().push(file.clone());
            }
        }
    }
    for (name, files) in &defined {
        assert!(files.len() <= 2, "{} types are called {name}: {}", files.len(), files.join(", "));
    }
}

/// The modules of the window whose arithmetic says where something stands on the screen or how a number is written: in
/// per cent, in thousands, with the sum of the selected cells.
const DRAWING: [&str; 5] =
    ["desktop/charts/", "desktop/map/", "desktop/numbers.rs", "desktop/parts/shades.rs", "desktop/sheet/summary.rs"];

/// The fields and methods of outcomes and analyses that give an exact figure.
fn figure_names(files: &[(String, String)]) -> BTreeSet<String> {
    // Of the same name as what says where something stands on the screen.
    let screen = ["before", "length", "max", "min"];
    let mut names = BTreeSet::new();
    let is_exact = |kind: &str| matches!(kind, "Exact" | "Heads" | "Local" | "Money" | "Ratio");
    for (_, text) in files.iter().filter(|(name, _)| name.starts_with("engine/") || name.starts_with("analysis/")) {
        let tokens = tokens(text);
        for (i, name) in tokens.iter().enumerate() {
            let rest: Vec<&str> = tokens.iter().skip(i + 1).take(10).map(String::as_str).collect();
            let kind = match rest.as_slice() {
                [":", "Option", "<", kind, ..] | [":", kind, ..] if i > 0 && tokens[i - 1] == "pub" => kind,
                ["(", "&", "self", ")", "-", ">", "Option", "<", kind, ..]
                | ["(", "&", "self", ")", "-", ">", kind, ..]
                | ["(", "self", ")", "-", ">", "Option", "<", kind, ..]
                | ["(", "self", ")", "-", ">", kind, ..] => kind,
                _ => continue,
            };
            if is_exact(kind) && !screen.contains(&name.as_str()) {
                names.insert(name.clone());
            }
        }
    }
    names
}

/// Arithmetic on exact numbers in a text: the tokens around each operator.
fn exact_arithmetic(text: &str, figures: &BTreeSet<String>) -> Vec<String> {
    let (tokens, _) = without_tests(&tokens(text));
    let at = |i: usize| tokens.get(i).map_or("", String::as_str);
    let before = |i: usize, back: usize| i.checked_sub(back).map_or("", at);
    let is_exact = |name: &str| matches!(name, "Exact" | "Heads" | "Local" | "Money" | "Ratio");
    let mut found = Vec::new();
    for i in 0..tokens.len() {
        let left = before(i, 1);
        let operand = left == ")" || left.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if !matches!(at(i), "+" | "-" | "*" | "/") || !operand || left == "return" || at(i + 1) == ">" {
            continue;
        }
        let called = left == ")" && before(i, 2) == "(";
        let name = if called { before(i, 3) } else { left };
        let back = if called { 4 } else { 2 };
        let dot = before(i, back) == "." && before(i, back + 1) != ".";
        let from_left = dot && (name == "exact" || figures.contains(name)) || matches!(left, "ONE" | "ZERO");
        let mut end = i + 1;
        while at(end) == "crate" || at(end) == "units" || at(end) == "::" {
            end += 1;
        }
        let constant = is_exact(at(end)) && at(end + 1) == "::";
        end = i + 1;
        while matches!(at(end + 1), ".") && at(end + 2) != "." {
            end += 2;
        }
        let from_right = end > i + 1 && (at(end) == "exact" || figures.contains(at(end)));
        if from_left || constant || from_right {
            found.push(tokens[i.saturating_sub(6)..(i + 7).min(tokens.len())].join(" "));
        }
    }
    found
}

#[test]
fn the_window_computes_no_figure() {
    let files = files();
    let figures = figure_names(&files);
    let mut all = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("desktop/")) {
        if !DRAWING.iter().any(|drawing| name.starts_with(drawing)) {
            all.extend(exact_arithmetic(text, &figures).into_iter().map(|line| format!("src/{name}: {line}")));
        }
    }
    assert!(all.is_empty(), "the window computes:\n{}", all.join("\n"));
}
