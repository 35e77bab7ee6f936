//! What may stand where: each kind of knowledge has one room.

use std::collections::BTreeSet;

use super::project::{Finding, Project, has_word};

/// Which rooms a room may use, from the top down. The tests may use all.
const BELOW: &[(&str, &[&str])] = &[
    ("Cargo.toml", &["office"]),
    ("src-tauri/cli/Cargo.toml", &["office"]),
    ("src-tauri/office/Cargo.toml", &["finance", "store", "providers", "documents"]),
    ("src-tauri/store/Cargo.toml", &["finance"]),
    ("src-tauri/providers/Cargo.toml", &["finance"]),
    ("src-tauri/documents/Cargo.toml", &["finance"]),
    ("src-tauri/finance/Cargo.toml", &[]),
    ("src-tauri/xtask/Cargo.toml", &[]),
];

const ROOMS: &[&str] =
    &["office", "finance", "store", "providers", "documents", "simulators", "support", "cli"];

pub fn dependencies(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, below) in BELOW {
        let Some(file) = project.files.iter().find(|file| file.path == *path) else { continue };
        for (index, line) in file.text.lines().enumerate() {
            let Some(room) = line.strip_suffix(".workspace = true") else { continue };
            if ROOMS.contains(&room) && !below.contains(&room) {
                findings.push(file.finding(index + 1, format!("this room does not know `{room}`")));
            }
        }
    }
    findings
}

const SQL: &[&str] = &["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA ", "CREATE ", "WITH "];

/// Remote systems have query languages of their own; those are their provider's dialect. The
/// words of this rule stand here and in the sins it is tested on.
const SQL_ROOMS: &[&str] =
    &["src-tauri/store/", "src-tauri/providers/", "tests/simulators/", "tests/it/tidy"];

pub fn sql(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.rust().filter(|file| !file.is_in(SQL_ROOMS)) {
        for (line, string) in &file.rust.strings {
            if SQL.iter().any(|word| string.trim_start().starts_with(word)) {
                findings.push(file.finding(*line, "SQL: make it a function of the store"));
            }
        }
    }
    findings
}

pub fn tauri(project: &Project) -> Vec<Finding> {
    let advice = "only src-tauri/app knows Tauri; give office what it needs as a value or trait";
    let outside = project.rust().filter(|file| !file.is_in(&["src-tauri/app/"]));
    let mut findings: Vec<Finding> =
        outside.flat_map(|file| file.code_with(&["tauri::"], advice)).collect();
    let manifests = project.files.iter();
    for file in manifests.filter(|file| file.path.ends_with("/Cargo.toml")) {
        for (index, line) in file.text.lines().enumerate() {
            if line.starts_with("tauri") {
                findings.push(file.finding(index + 1, advice));
            }
        }
    }
    findings
}

pub fn tauri_in_ui(project: &Project) -> Vec<Finding> {
    let seam = "ui/src/ipc/transport-tauri.ts";
    let mut findings = Vec::new();
    for file in project.typescript().filter(|file| file.path != seam) {
        for (index, line) in file.text.lines().enumerate() {
            if line.contains("@tauri-apps/") {
                findings.push(file.finding(index + 1, format!("go through {seam}")));
            }
        }
    }
    findings
}

pub fn features(project: &Project) -> Vec<Finding> {
    let root = "ui/src/features/";
    let scripts = || project.typescript().filter(|file| file.path.starts_with(root));
    let feature_of = |path: &str| path[root.len()..].split('/').next().map(str::to_string);
    let mut findings = Vec::new();
    for file in scripts() {
        let own = feature_of(&file.path);
        for (index, line) in file.text.lines().enumerate() {
            let Some(target) = import_target(line) else { continue };
            let Some(path) = resolved(&file.path, target) else { continue };
            if path.starts_with(root) && feature_of(&path) != own {
                let advice = format!("`{target}` is another feature; share through ui or domain");
                findings.push(file.finding(index + 1, advice));
            }
        }
    }
    findings
}

/// The module a line of TypeScript imports from.
fn import_target(line: &str) -> Option<&str> {
    let rest = line.split_once(" from ").or_else(|| line.split_once("import("))?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// A relative import, or one from the source root, as a path from the top of the project.
fn resolved(file: &str, target: &str) -> Option<String> {
    if let Some(rest) = target.strip_prefix("~/") {
        return Some(format!("ui/src/{rest}"));
    }
    if !target.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

pub fn clock(project: &Project) -> Vec<Finding> {
    let words = ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "Uuid::now_v7"];
    let allowed = ["src-tauri/office/src/clock.rs", "src-tauri/xtask/", "tests/"];
    let files = project.rust().filter(|file| !file.is_in(&allowed) && !file.is_test());
    let advice = "take the time from the caller; only office/src/clock.rs asks for it";
    files.flat_map(|file| file.code_with(&words, advice)).collect()
}

pub fn floats(project: &Project) -> Vec<Finding> {
    let rooms = [
        "src-tauri/finance/",
        "src-tauri/store/",
        "src-tauri/office/",
        "src-tauri/providers/",
        "src-tauri/cli/",
        "src-tauri/app/",
    ];
    let files = project.rust().filter(|file| file.is_in(&rooms));
    let advice = "money and rates are Decimal or integers; only page layout may use floats";
    files.flat_map(|file| file.code_with(&["f32", "f64"], advice)).collect()
}

/// What every folder of a remote system has.
const PROVIDER_FILES: &[&str] =
    &["mod.rs", "client.rs", "wire.rs", "transform.rs", "README.md", "tests.rs"];

pub fn provider_folders(project: &Project) -> Vec<Finding> {
    let root = "src-tauri/providers/src/";
    let inside = project.files.iter().filter_map(|file| file.path.strip_prefix(root));
    let folders: BTreeSet<&str> = inside.filter_map(|path| Some(path.split_once('/')?.0)).collect();
    // `throttle/` beside `throttle.rs` is a part of the kit in several files, not a remote system.
    let is_kit = |folder: &&&str| project.has(&format!("{root}{folder}.rs"));
    let mut findings = Vec::new();
    for folder in folders.iter().filter(|folder| !is_kit(folder)) {
        for name in PROVIDER_FILES {
            let path = format!("{root}{folder}/{name}");
            if !project.has(&path) {
                findings.push(Finding { path, line: 0, advice: MISSING_PROVIDER_FILE.into() });
            }
        }
    }
    findings
}

const MISSING_PROVIDER_FILE: &str =
    "is missing; every provider has the same files, so that two can be compared";

pub fn pages(project: &Project) -> Vec<Finding> {
    let pages = ["README.md", "src-tauri/README.md"];
    let missing = pages.iter().filter(|page| !project.has(page));
    let advice = "is missing: a newcomer starts reading here".to_string();
    missing
        .map(|page| Finding { path: page.to_string(), line: 0, advice: advice.clone() })
        .collect()
}

pub fn migrations(project: &Project) -> Vec<Finding> {
    let mut files: Vec<_> = project
        .files
        .iter()
        .filter(|file| file.path.starts_with("migrations/") && file.path.ends_with(".sql"))
        .collect();
    files.sort_by_key(|file| file.path.as_str());
    let mut findings = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let wanted = format!("migrations/{:04}_", index + 1);
        let rest = file.path.strip_prefix(&wanted).and_then(|rest| rest.strip_suffix(".sql"));
        let is_said = |name: &str| !name.is_empty() && !has_word(name, " ");
        if !rest.is_some_and(is_said) {
            findings
                .push(file.finding(0, format!("the next in order is {wanted}what_it_does.sql")));
        }
    }
    findings
}
