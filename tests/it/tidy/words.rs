//! Words that must not stand in the product, and those that must.

use super::project::{Finding, Project, Source, has_word};

/// Programs for a terminal, and what only tests run.
const TERMINAL: &[&str] = &["src-tauri/cli/", "src-tauri/xtask/", "tests/"];

fn product(project: &Project) -> impl Iterator<Item = &Source> {
    project.rust().filter(|file| !file.is_test())
}

pub fn surprises(project: &Project) -> Vec<Finding> {
    let words = [".unwrap()", "panic!", "unreachable!", "unimplemented!", "todo!", "dbg!"];
    let advice = "return an error the caller can tell a person, or make the case impossible";
    let files = product(project).filter(|file| !file.is_in(&["tests/", "src-tauri/xtask/"]));
    files.flat_map(|file| file.code_with(&words, advice)).collect()
}

pub fn printing(project: &Project) -> Vec<Finding> {
    let advice = "return it; only terminal programs print";
    let silent = product(project).filter(|file| !file.is_in(TERMINAL));
    let findings = silent.flat_map(|file| {
        // The window's program has standard error left when it cannot open its window.
        let is_app = file.is_in(&["src-tauri/app/"]);
        let words: &[&str] =
            if is_app { &["println!", "print!"] } else { &["println!", "print!", "eprintln!"] };
        file.code_with(words, advice)
    });
    findings.collect()
}

/// Endings of type names that say nothing about the thing.
const EMPTY_ENDINGS: &[&str] = &["Manager", "Service", "Helper", "Util", "Utils", "Processor"];
/// What a school sells is a service; these are records of one, not things that do something.
const TRADE_NAMES: &[&str] = &["Service", "SaveService"];
const EMPTY_VERBS: &[&str] = &["process", "handle", "do"];

pub fn names(project: &Project) -> Vec<Finding> {
    product(project).flat_map(|file| [type_names(file), function_names(file)].concat()).collect()
}

fn type_names(file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.rust.code.lines().enumerate() {
        for kind in ["struct ", "enum ", "trait ", "type "] {
            let Some((before, after)) = line.split_once(kind) else { continue };
            let is_item = before.split_whitespace().all(|word| word.starts_with("pub"));
            let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let name = &after[..end];
            let is_empty = EMPTY_ENDINGS.iter().any(|ending| name.ends_with(ending));
            if is_item && is_empty && !TRADE_NAMES.contains(&name) {
                let advice = format!("`{name}`: name it after what it is in the trade");
                findings.push(file.finding(index + 1, advice));
            }
        }
    }
    findings
}

fn function_names(file: &Source) -> Vec<Finding> {
    let functions = file.rust.functions.iter();
    let empty = functions.filter(|function| {
        EMPTY_VERBS.iter().any(|verb| {
            let rest = function.name.strip_prefix(verb);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        })
    });
    let advice = |name| format!("`{name}`: say what it does in the office's words");
    empty.map(|function| file.finding(function.line, advice(&function.name))).collect()
}

pub fn module_heads(project: &Project) -> Vec<Finding> {
    let headless = product(project).filter(|file| !file.text.starts_with("//!"));
    let advice = "begin with //! why it exists and what it never does";
    headless.map(|file| file.finding(1, advice)).collect()
}

pub fn left_overs(project: &Project) -> Vec<Finding> {
    let words = ["TODO", "FIXME", "XXX", "HACK"];
    let mut findings = Vec::new();
    for file in project.rust() {
        findings.extend(with(file, &file.rust.comments, &words, "do it now or let it go"));
        let code = &file.rust.code;
        findings.extend(with(file, code, &["#[ignore"], "a test runs or is deleted"));
    }
    let runners = ["test", "it", "describe"];
    let dodges = ["skip", "only", "todo", "fixme"];
    let calls: Vec<String> =
        runners.iter().flat_map(|run| dodges.map(|dodge| format!("{run}.{dodge}("))).collect();
    let calls: Vec<&str> = calls.iter().map(String::as_str).collect();
    for file in project.typescript() {
        findings.extend(with(file, &file.text, &words, "do it now or let it go"));
        findings.extend(with(file, &file.text, &calls, "a test runs or is deleted"));
        if file.is_in(&["ui/src/"]) {
            findings.extend(with(file, &file.text, &["console.log("], "show it or drop it"));
        }
    }
    findings
}

pub fn machine_paths(project: &Project) -> Vec<Finding> {
    let paths = ["/home/", "/Users/", "/root/", "/work/", "/farm/", "C:\\Users\\"];
    let files = project.files.iter().filter(|file| !file.is_in(&["tests/it/tidy"]));
    let begins = |line: &str, at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '*'))
    };
    let mut findings = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            let found = |path: &&&str| line.match_indices(**path).any(|(at, _)| begins(line, at));
            if let Some(path) = paths.iter().find(found) {
                findings
                    .push(file.finding(index + 1, format!("`{path}` exists on one machine only")));
            }
        }
    }
    findings
}

fn with(file: &Source, text: &str, words: &[&str], advice: &str) -> Vec<Finding> {
    let lines = text.lines().enumerate();
    let sinful = lines.filter_map(|(index, line)| {
        let word = words.iter().find(|word| has_word(line, word))?;
        Some(file.finding(index + 1, format!("`{word}`: {advice}")))
    });
    sinful.collect()
}
