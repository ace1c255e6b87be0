//! Which source file uses which: `use` lines and written paths, read from the text of the files.

use std::collections::{BTreeMap, BTreeSet};

/// A path of modules below the crate: `["desktop", "charts"]`.
type ModulePath = Vec<String>;

/// A file of the crate with what its text names.
struct Source {
    /// Its path below `src`: `desktop/charts/mod.rs`.
    file: String,
    /// Names that `use` lines bring in, with the whole path that each stands for.
    imported: BTreeMap<String, ModulePath>,
    /// Every path that is written in the file; in one that only declares and passes on, `use` lines that pass a name on
    /// are left out.
    paths: Vec<ModulePath>,
    /// Whether the file only declares modules and passes names on. What is taken through it is taken from where the name
    /// stands; what is taken through a file with code of its own is taken from that file.
    only_declares: bool,
}

/// The source files of the crate, by their module path.
pub(crate) struct Imports {
    modules: BTreeMap<ModulePath, Source>,
}

/// The module path of a file below `src`.
fn module_path(file: &str) -> ModulePath {
    let stem = file.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(if stem == "lib" { "" } else { stem });
    stem.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// From each file to the files that it uses, with the names that it takes from each.
pub(crate) type Uses<'a> = BTreeMap<&'a str, BTreeMap<&'a str, BTreeSet<&'a str>>>;

/// The text as tokens, without comments, strings and characters: names, `::`, and single signs.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let (mut tokens, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        let raw = at(i) == 'r' && (at(i + 1) == '"' || (at(i + 1) == '#' && matches!(at(i + 2), '"' | '#')));
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                while i < chars.len() && !(at(i) == '*' && at(i + 1) == '/') {
                    i += 1;
                }
                i += 2;
            }
            _ if raw => {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                i += hashes + 2;
                while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|k| at(i + k) == '#')) {
                    i += 1;
                }
                i += hashes + 1;
            }
            ('"', _) => {
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 }
                }
                i += 1;
            }
            ('\'', '\\') => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                tokens.push("::".to_owned());
                i += 2;
            }
            (c, _) if name(c) => {
                let start = i;
                while i < chars.len() && name(at(i)) {
                    i += 1;
                }
                tokens.push(chars[start..i].iter().collect());
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push(c.to_string());
                }
                i += 1;
            }
        }
    }
    tokens
}

/// Takes out what only tests see, and gives the names of modules that only they have.
pub(crate) fn without_tests(tokens: &[String]) -> (Vec<String>, Vec<String>) {
    let marker = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut tests, mut i) = (Vec::new(), Vec::new(), 0);
    while i < tokens.len() {
        if !tokens[i..].iter().zip(marker).all(|(a, b)| a == b) || tokens.len() - i < marker.len() {
            kept.push(tokens[i].clone());
            i += 1;
            continue;
        }
        i += marker.len();
        if tokens[i] == "mod" && tokens[i + 2] == ";" {
            tests.push(tokens[i + 1].clone());
        }
        let mut depth = 0;
        while i < tokens.len() {
            match tokens[i].as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            let ends = depth == 0 && matches!(tokens[i].as_str(), "}" | ";");
            i += 1;
            if ends {
                break;
            }
        }
    }
    (kept, tests)
}

/// The paths of a `use` tree, each with the name that it brings in.
fn tree(tokens: &[String], i: &mut usize, before: &[String], found: &mut Vec<(String, ModulePath)>) {
    let mut path = before.to_vec();
    while *i < tokens.len() {
        match tokens[*i].as_str() {
            "::" => *i += 1,
            "{" => {
                *i += 1;
                while tokens[*i] != "}" {
                    tree(tokens, i, &path, found);
                    if tokens[*i] == "," {
                        *i += 1;
                    }
                }
                *i += 1;
                return;
            }
            "as" => {
                found.push((tokens[*i + 1].clone(), path));
                *i += 2;
                return;
            }
            "," | "}" | ";" => break,
            word => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_owned());
                }
                *i += 1;
            }
        }
    }
    if let Some(last) = path.last() {
        found.push((last.clone(), path.clone()));
    }
}

/// Whether the tokens of a file only declare modules and pass names on: `mod` and `use` lines, with their attributes and
/// visibilities.
fn only_declares(tokens: &[String]) -> bool {
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        let end = match first.as_str() {
            "#" => closing(after, "[", "]"),
            "(" => closing(rest, "(", ")").map(|end| end - 1),
            "mod" | "use" => after.iter().position(|t| t == ";" || t == "{" && first == "mod"),
            "pub" => Some(0),
            _ => return false,
        };
        let Some(end) = end else { return false };
        if first == "pub" {
            rest = after;
        } else if first == "mod" && after[end] == "{" {
            return false;
        } else {
            rest = &after[end + 1..];
        }
    }
    true
}

/// The index of the sign that closes the first bracket.
fn closing(tokens: &[String], open: &str, close: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate() {
        if token == open {
            depth += 1;
        } else if token == close {
            depth -= 1;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

impl Imports {
    /// Reads the files: each with its path below `src`, and its text.
    pub(crate) fn read(files: &[(String, String)]) -> Self {
        let mut modules = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for (file, text) in files.iter().filter(|(file, _)| !file.ends_with("main.rs")) {
            let module = module_path(file);
            let (tokens, only_tests) = without_tests(&tokens(text));
            tests.extend(only_tests.into_iter().map(|name| [module.clone(), vec![name]].concat()));
            let only_declares = only_declares(&tokens);
            let (mut imported, mut paths, mut i) = (BTreeMap::new(), Vec::new(), 0);
            while i < tokens.len() {
                if tokens[i] == "use" && i.checked_sub(1).is_none_or(|b| tokens[b] != "+" && tokens[b] != ":") {
                    let passed_on = i > 0 && matches!(tokens[i - 1].as_str(), "pub" | ")");
                    let mut found = Vec::new();
                    i += 1;
                    tree(&tokens, &mut i, &[], &mut found);
                    if !(passed_on && only_declares) {
                        paths.extend(found.iter().map(|(_, path)| path.clone()));
                    }
                    imported.extend(found);
                } else if tokens.get(i + 1).is_some_and(|t| t == "::") && tokens[i] != ">" {
                    let in_visibility = i > 0 && tokens[i - 1] == "in" && i > 1 && tokens[i - 2] == "(";
                    let mut path = vec![tokens[i].clone()];
                    while tokens.get(i + 1).is_some_and(|t| t == "::")
                        && tokens.get(i + 2).is_some_and(|t| t.starts_with(|c: char| c.is_alphabetic() || c == '_'))
                    {
                        path.push(tokens[i + 2].clone());
                        i += 2;
                    }
                    if path.len() > 1 && !in_visibility {
                        paths.push(path);
                    }
                    i += 1;
                } else {
                    i += 1;
                }
            }
            modules.insert(module, Source { file: file.clone(), imported, paths, only_declares });
        }
        modules.retain(|module, _| !tests.contains(module));
        Self { modules }
    }

    /// The module in which the item that a path names from a module stands.
    fn resolve(&self, from: &ModulePath, path: &[String], depth: usize) -> Option<&ModulePath> {
        if depth == 20 {
            return None;
        }
        let (mut here, mut rest) = (from.clone(), path);
        let mut started = false;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" | "muster" if !started => here = Vec::new(),
                "self" if !started => {}
                "super" => drop(here.pop()),
                name => {
                    let child = [here.clone(), vec![name.to_owned()]].concat();
                    if self.modules.contains_key(&child) {
                        here = child;
                    } else if let Some(source) = self.modules.get(&here)
                        && let Some(meant) = source.imported.get(name)
                        && (started || meant != path)
                    {
                        if here != *from && !source.only_declares {
                            break;
                        }
                        let meant = [meant.clone(), after.to_vec()].concat();
                        return self.resolve(&here, &meant, depth + 1);
                    } else if started {
                        break;
                    } else {
                        return None;
                    }
                }
            }
            started = true;
            rest = after;
        }
        self.modules.get_key_value(&here).map(|(key, _)| key)
    }

    /// From each file to the files that it uses, with the names that it takes from each.
    pub(crate) fn uses(&self) -> Uses<'_> {
        let mut uses = Uses::new();
        for (module, source) in &self.modules {
            let of = uses.entry(&source.file).or_default();
            for path in &source.paths {
                let Some(target) = self.resolve(module, path, 0).filter(|target| *target != module) else { continue };
                let name = path.last().map_or("", String::as_str);
                of.entry(self.modules[target].file.as_str()).or_default().insert(name);
            }
        }
        uses
    }
}

/// The sets of files that use each other in a circle, the largest first.
pub(crate) fn circles<'a>(uses: &Uses<'a>) -> Vec<BTreeSet<&'a str>> {
    let reached = |start: &'a str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(file) = next.pop() {
            next.extend(uses.get(file).into_iter().flat_map(BTreeMap::keys).filter(|used| seen.insert(**used)));
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|file| (*file, reached(file))).collect();
    let circle = |file: &&'a str| -> BTreeSet<&'a str> {
        reach[file].iter().copied().filter(|other| reach[other].contains(file)).collect()
    };
    let circles: BTreeSet<BTreeSet<&str>> = uses.keys().map(circle).filter(|circle| circle.len() > 1).collect();
    let mut circles: Vec<_> = circles.into_iter().collect();
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

/// A small crate in which two files use each other in each of the ways in which a file can name another one.
#[test]
fn circles_are_seen_however_an_import_is_written() {
    let source = |file: &str, text: &str| (file.to_owned(), text.to_owned());
    let with = |modules: &str, one: &str, other: &str| {
        let files = [
            source("lib.rs", "pub mod room;"),
            source("room/mod.rs", modules),
            source("room/one.rs", one),
            source("room/other.rs", other),
        ];
        let imports = Imports::read(&files);
        circles(&imports.uses()).iter().map(|circle| circle.iter().map(|f| (*f).to_owned()).collect()).collect()
    };
    let both = vec![vec!["room/one.rs".to_owned(), "room/other.rs".to_owned()]];
    let check = |modules: &str, one: &str, other: &str, expected: &[Vec<String>]| {
        let found: Vec<Vec<String>> = with(modules, one, other);
        assert_eq!(found, expected, "{one} {other}");
    };
    let declares = "mod one;\npub(super) mod other;\npub use one::One;\npub use other::{Other, make};";
    check(declares, "use super::other::Other;", "use super::one::One;", &both);
    check(declares, "use super::Other;", "use super::One;", &both);
    check(declares, "use crate::room::{self, Other};", "use super::{One, Missing};", &both);
    check(declares, "fn f() -> super::Other {}", "fn g() { crate::room::one::One::new() }", &both);
    check(declares, "use super::*; fn f() { super::make() }", "use super::one as first;", &both);
    check(declares, "use super::Other;", "pub struct Other;", &[]);
    check(declares, "use super::Other;", "#[cfg(test)]\nmod tests { use super::super::One; }", &[]);
    // A `mod.rs` with code of its own is a file like others.
    let with_code = "mod one;\nmod other;\npub use other::Other;\npub fn shared() {}";
    let circle = [vec!["room/mod.rs".to_owned(), "room/other.rs".to_owned()]];
    check(with_code, "", "use super::shared;", &circle);
    check(with_code, "", "pub struct Other;", &[]);
}
