//! The files the rules look at, and what they find. It never reads what is generated or built.

use std::fmt;
use std::fs;
use std::path::Path;

use super::rust::Rust;

/// Folders with nothing written by hand.
const SKIPPED: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    "gen",
    "pictures",
    "test-results",
    "playwright-report",
    "icons",
    ".git",
    "fonts",
    "golden",
    "fixtures",
];

const READ: &[&str] = &["rs", "toml", "sql", "ts", "tsx", "mjs", "css", "md", "json", "yml", "sh"];

/// Everything the rules judge.
pub struct Project {
    pub files: Vec<Source>,
}

/// One file, its path written from the top of the project with `/`.
pub struct Source {
    pub path: String,
    pub text: String,
    /// What a reader of Rust sees; empty for other files.
    pub rust: Rust,
}

/// Something to mend, at a line counted from 1, or 0 for the whole file.
#[derive(Debug, Clone)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.advice)
    }
}

impl Project {
    /// The project this test stands in.
    pub fn read() -> Self {
        let top = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let mut files = Vec::new();
        collect(top, "", &mut files);
        Self { files }
    }

    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| Source::new(path, text.to_string())).collect();
        Self { files }
    }

    /// Rust files, in the product, its simulators and its tests.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }

    /// TypeScript and TSX files of the UI and its journeys.
    pub fn typescript(&self) -> impl Iterator<Item = &Source> {
        let is_script = |path: &str| [".ts", ".tsx", ".mjs"].iter().any(|end| path.ends_with(end));
        self.files.iter().filter(move |file| is_script(&file.path))
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }
}

impl Source {
    fn new(path: &str, text: String) -> Self {
        let rust = if path.ends_with(".rs") { Rust::read(&text) } else { Rust::default() };
        Self { path: path.to_string(), text, rust }
    }

    /// Whether all of the file is tests or examples, which a user never runs.
    pub fn is_test(&self) -> bool {
        let path = self.path.as_str();
        let folders = ["tests/it/", "ui/e2e/", "ui/src/test/"];
        let endings = ["tests.rs", ".test.ts", ".test.tsx", ".spec.ts"];
        folders.iter().any(|folder| path.starts_with(folder))
            || endings.iter().any(|ending| path.ends_with(ending))
            || path.starts_with("src-tauri/")
                && (path.contains("/tests/") || path.contains("/examples/"))
    }

    /// Whether the file lies in one of the folders.
    pub fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    pub fn finding(&self, line: usize, advice: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, advice: advice.into() }
    }

    /// A finding for each line of the product's Rust code, tests left out, in which one of the
    /// words stands.
    pub fn code_with(&self, words: &[&str], advice: &str) -> Vec<Finding> {
        let lines = self.rust.code.lines().enumerate();
        let lines = lines.filter(|(index, _)| !self.rust.is_test_line(index + 1));
        let sinful = lines.filter_map(|(index, line)| {
            let word = words.iter().find(|word| has_word(line, word))?;
            Some(self.finding(index + 1, format!("`{word}`: {advice}")))
        });
        sinful.collect()
    }
}

/// Whether the text has the word, and not only as the end or beginning of a longer one.
pub fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_part);
        let after = text[at + word.len()..].chars().next().is_some_and(is_part);
        let begins = word.starts_with(is_part);
        let ends = word.ends_with(is_part);
        !(begins && before || ends && after)
    })
}

fn collect(folder: &Path, name: &str, files: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let entry = entry.expect("an entry of a readable folder");
        let own = entry.file_name().to_string_lossy().into_owned();
        let path = if name.is_empty() { own.clone() } else { format!("{name}/{own}") };
        if entry.path().is_dir() {
            if !SKIPPED.contains(&own.as_str()) {
                collect(&entry.path(), &path, files);
            }
        } else if own.rsplit_once('.').is_some_and(|(_, end)| READ.contains(&end))
            && !own.ends_with("-lock.json")
        {
            let text = fs::read_to_string(entry.path()).unwrap_or_else(|e| panic!("{path}: {e}"));
            files.push(Source::new(&path, text));
        }
    }
}
