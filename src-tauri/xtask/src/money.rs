//! `bench --money`: every property of money and of the facts, tried far more often than the normal
//! run does, with what was tried and how long it took.
//!
//! The properties are found in the sources, inside `proptest!`, so that a new one is never
//! forgotten. It never judges speed: it fails where a property does.

use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::Outcome;
use crate::workspace::{Workspace, run, spoken};

/// A crate with properties, and how often each of them is tried.
struct Tried {
    package: &'static str,
    cases: u64,
    /// The crate's own properties divide what `PROPTEST_CASES` says, because each case makes a book.
    divisor: u64,
}

const TRIED: [Tried; 2] = [
    // Pure arithmetic: a million of each.
    Tried { package: "finance", cases: 1_000_000, divisor: 1 },
    // Each case records facts in encrypted files, in other orders and more than once.
    Tried { package: "store", cases: 200, divisor: 10 },
];

pub fn bench(workspace: &Workspace) -> Outcome {
    let (mut total, mut failed) = (0, Vec::new());
    for tried in &TRIED {
        let tests = listed(workspace, tried.package)?;
        let sources = workspace.root.join("src-tauri").join(tried.package).join("src");
        let properties = properties(&sources)?;
        for name in &properties {
            let of_name = format!("::{name}");
            let path = tests.iter().find(|test| test.ends_with(&of_name)).ok_or_else(|| {
                format!("{name} of {} is in the sources and not among its tests", tried.package)
            })?;
            let start = Instant::now();
            let outcome = try_one(workspace, tried, path);
            let seconds = start.elapsed().as_secs_f64();
            let verdict = if outcome.is_ok() { "holds" } else { "FAILS" };
            println!("{:>9} cases {seconds:>7.1} s  {verdict}  {path}", tried.cases);
            total += tried.cases;
            failed.extend(outcome.err().map(|_| path.clone()));
        }
    }
    println!("{total:>9} cases in all");
    if failed.is_empty() { Ok(()) } else { Err(format!("Broken: {}", failed.join(", "))) }
}

fn try_one(workspace: &Workspace, tried: &Tried, path: &str) -> Outcome {
    let args =
        ["test", "--quiet", "--release", "--package", tried.package, "--lib", "--", "--exact"];
    let mut command = workspace.cargo(&args);
    let output = command
        .arg(path)
        .env("PROPTEST_CASES", (tried.cases * tried.divisor).to_string())
        // A strategy may throw cases away; how many of a million is no failure.
        .env("PROPTEST_MAX_GLOBAL_REJECTS", "100000000")
        .output()
        .map_err(|e| format!("{}: {e}", spoken(&command)))?;
    if output.status.success() {
        return Ok(());
    }
    eprintln!("{}", String::from_utf8_lossy(&output.stdout));
    Err(path.to_owned())
}

/// The tests of a crate, by their full paths.
fn listed(workspace: &Workspace, package: &str) -> Outcome<Vec<String>> {
    run(&mut workspace.cargo(&["test", "--release", "--package", package, "--lib", "--no-run"]))?;
    let list = ["test", "--quiet", "--release", "--package", package, "--lib", "--", "--list"];
    let mut command = workspace.cargo(&list);
    let output = command.output().map_err(|e| format!("{}: {e}", spoken(&command)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// The names of the functions inside `proptest!`, which begins and ends at the margin.
fn properties(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(properties(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            found.extend(properties_of(&text));
        }
    }
    Ok(found)
}

fn properties_of(text: &str) -> Vec<String> {
    let (mut found, mut inside) = (Vec::new(), false);
    for line in text.lines() {
        inside = (inside || line.starts_with("proptest! {")) && line != "}";
        let name = line.strip_prefix("    fn ").and_then(|rest| rest.split('(').next());
        if let Some(name) = name.filter(|_| inside) {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::properties_of;

    #[test]
    fn only_functions_inside_proptest_are_properties() {
        let text = "fn plain() {}\nproptest! {\n    #[test]\n    fn one(a in 0..1) {\n    }\n}\n\
            mod more {\n    fn two() {}\n}\nproptest! {\n    fn three(\n    ) {\n    }\n}\n";
        assert_eq!(properties_of(text), ["one", "three"]);
    }
}
