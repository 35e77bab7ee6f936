//! The rules of the house that no compiler checks: sizes, who may do what where, and words.
//!
//! It reads the sources as text and judges only what can be said exactly; taste is for people.
//! Every finding is `path:line: what to do about it`. To see the numbers when all is well:
//! `cargo nextest run -p kontor-tests tidy --no-capture`.

mod project;
mod rooms;
mod rust;
mod sizes;
mod words;

use project::{Finding, Project};

type Rule = (&'static str, fn(&Project) -> Vec<Finding>);

const RULES: &[Rule] = &[
    ("a function fits on a screen", sizes::long_functions),
    ("most functions are far shorter", sizes::long_functions_are_rare),
    ("a file is about one thing", sizes::long_files),
    ("a component is about one thing", sizes::long_components),
    ("rooms depend downwards only", rooms::dependencies),
    ("SQL stands in the store", rooms::sql),
    ("Tauri stands in the app", rooms::tauri),
    ("the UI meets Tauri in one file", rooms::tauri_in_ui),
    ("features of the UI do not know each other", rooms::features),
    ("the time is asked in one place", rooms::clock),
    ("money is never a float", rooms::floats),
    ("provider folders are alike", rooms::provider_folders),
    ("a room says what it is", rooms::pages),
    ("migrations are numbered without a gap", rooms::migrations),
    ("nothing ends the program by surprise", words::surprises),
    ("only terminal programs print", words::printing),
    ("names say what a thing is", words::names),
    ("a module says why it exists", words::module_heads),
    ("nothing is left for later", words::left_overs),
    ("no path of one machine is in the project", words::machine_paths),
];

#[test]
fn the_project_keeps_the_rules_of_the_house() {
    let project = Project::read();
    assert!(project.files.len() > 100, "only {} files were found", project.files.len());
    let mut report = String::new();
    for (rule, check) in RULES {
        let findings = check(&project);
        if !findings.is_empty() {
            report += &format!("\n{rule}:\n");
        }
        for finding in findings {
            report += &format!("  {finding}\n");
        }
    }
    println!("{}", sizes::summary(&project));
    assert!(report.is_empty(), "{report}");
}

/// A file that breaks one rule, and the line it breaks it in.
type Sin = (&'static str, &'static str, &'static str, usize);

const SINS: &[Sin] = &[
    ("SQL stands in the store", "src-tauri/office/src/a.rs", "\nlet q = \"SELECT 1\";", 2),
    ("Tauri stands in the app", "src-tauri/office/src/a.rs", "use tauri::App;", 1),
    ("Tauri stands in the app", "src-tauri/cli/Cargo.toml", "[dependencies]\ntauri = \"2\"", 2),
    ("the UI meets Tauri in one file", "ui/src/app/a.ts", "import '@tauri-apps/api';", 1),
    (
        "features of the UI do not know each other",
        "ui/src/features/invoices/a.ts",
        "import { x } from '../payments/api';",
        1,
    ),
    ("rooms depend downwards only", "src-tauri/store/Cargo.toml", "office.workspace = true", 1),
    ("the time is asked in one place", "src-tauri/store/src/a.rs", "let t = Utc::now();", 1),
    ("money is never a float", "src-tauri/finance/src/a.rs", "struct A {\n    b: f64,\n}", 2),
    ("migrations are numbered without a gap", "migrations/0002_late.sql", "", 0),
    ("migrations are numbered without a gap", "migrations/first.sql", "", 0),
    ("nothing ends the program by surprise", "src-tauri/store/src/a.rs", "a.unwrap();", 1),
    ("only terminal programs print", "src-tauri/store/src/a.rs", "\n\nprintln!(\"a\");", 3),
    ("names say what a thing is", "src-tauri/store/src/a.rs", "struct BookManager;", 1),
    ("names say what a thing is", "src-tauri/store/src/a.rs", "fn process_all() {}", 1),
    ("a module says why it exists", "src-tauri/store/src/a.rs", "fn a() {}", 1),
    ("nothing is left for later", "src-tauri/store/src/a.rs", "// FIXME: later", 1),
    ("nothing is left for later", "tests/it/a.rs", "#[ignore]\nfn a() {}", 1),
    ("nothing is left for later", "ui/src/a.test.ts", "test.only('a', f);", 1),
    ("no path of one machine is in the project", "README.md", "see /home/anna/kontor", 1),
];

#[test]
fn every_rule_about_words_and_rooms_finds_its_own_sin() {
    for (rule, path, text, line) in SINS {
        let check = check_of(rule);
        let findings = check(&Project::of(&[(path, text)]));
        let found = findings.iter().any(|finding| finding.path == *path && finding.line == *line);
        assert!(found, "{rule}: {path}:{line} was not found, only {findings:?}");
    }
}

#[test]
fn a_provider_folder_is_told_which_files_it_lacks() {
    let root = "src-tauri/providers/src";
    let present = ["xero/mod.rs", "xero/wire.rs", "throttle.rs", "throttle/bucket.rs"];
    let files = present.map(|name| format!("{root}/{name}"));
    let files: Vec<(&str, &str)> = files.iter().map(|path| (path.as_str(), "")).collect();
    let missing = rooms::provider_folders(&Project::of(&files));
    let missing: Vec<String> = missing.into_iter().map(|finding| finding.path).collect();
    let lacking = ["client.rs", "transform.rs", "README.md", "tests.rs"];
    assert_eq!(missing, lacking.map(|name| format!("{root}/xero/{name}")));
}

#[test]
fn what_is_allowed_is_not_found() {
    let innocent = [
        ("src-tauri/store/src/a.rs", "let q = \"SELECT 1\";"),
        ("src-tauri/office/src/clock.rs", "let t = Utc::now();"),
        ("src-tauri/office/src/a.rs", "// Select 1 of these; `unwrap()` and tauri::App are words."),
        ("src-tauri/office/src/b.rs", "let text = \"Select a student, f64, println!(\";"),
        ("src-tauri/office/src/c.rs", "#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }"),
        ("ui/src/features/invoices/a.ts", "import { x } from './components/b';"),
        ("ui/src/ipc/transport-tauri.ts", "import { invoke } from '@tauri-apps/api/core';"),
        ("src-tauri/cli/src/a.rs", "println!(\"{}\", 1);"),
        ("README.md", "The answer is at https://example.org/home/work/"),
    ];
    let heads = ["a module says why it exists", "a room says what it is"];
    for (rule, check) in RULES.iter().filter(|(rule, _)| !heads.contains(rule)) {
        let findings = check(&Project::of(&innocent));
        assert!(findings.is_empty(), "{rule}: {findings:?}");
    }
}

#[test]
fn sizes_are_counted_without_tests() {
    let long = |lines: usize| format!("fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
    let found = |rule, path: &str, text: &str| check_of(rule)(&Project::of(&[(path, text)])).len();
    let function = "a function fits on a screen";
    assert_eq!(found(function, "src-tauri/store/src/a.rs", &long(70)), 0);
    assert_eq!(found(function, "src-tauri/store/src/a.rs", &long(71)), 1);
    let tested = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", long(500));
    let file = "a file is about one thing";
    assert_eq!(found(file, "src-tauri/store/src/a.rs", &tested), 0);
    assert_eq!(found(file, "src-tauri/store/src/tests.rs", &long(500)), 0);
    assert_eq!(found(file, "src-tauri/store/src/a.rs", &"//! A\n".repeat(401)), 1);
    let component = "a component is about one thing";
    assert_eq!(found(component, "ui/src/a.tsx", &"a\n".repeat(251)), 1);
    assert_eq!(found(component, "ui/src/a.test.tsx", &"a\n".repeat(251)), 0);
}

fn check_of(name: &str) -> fn(&Project) -> Vec<Finding> {
    RULES.iter().find(|(rule, _)| *rule == name).expect("a rule of that name").1
}
