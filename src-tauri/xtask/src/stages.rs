//! Runs the parts of a check one after another, one line each, with their output in a log.
//!
//! A failing part never hides those after it: all run, and the table at the end says what failed.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::workspace::spoken;

/// How much of a failed part's log is shown; the whole is in the file.
const SHOWN_LINES: usize = 200;

/// The output of everything one part runs.
pub struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    pub fn create(folder: &Path, stage: &str) -> Outcome<Self> {
        let path = folder.join(format!("{}.log", stage.replace(' ', "-").to_lowercase()));
        let file = std::fs::create_dir_all(folder).and_then(|()| File::create(&path));
        let file = file.map_err(|e| format!("{} cannot be written: {e}", path.display()))?;
        Ok(Self { path, file })
    }

    /// Runs a command to its end without a terminal, all its output in this log.
    pub fn run(&mut self, command: &mut Command) -> Outcome {
        let said = spoken(command);
        let mut begin = || {
            writeln!(self.file, "$ {said}")?;
            command.stdin(Stdio::null());
            command.stdout(self.file.try_clone()?).stderr(self.file.try_clone()?);
            command.envs([("NO_COLOR", "1"), ("FORCE_COLOR", "0"), ("CARGO_TERM_COLOR", "never")]);
            command.status()
        };
        match begin() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{said}` ended with {status}.")),
            Err(e) => Err(format!("`{said}` did not start: {e}")),
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.path).unwrap_or_default()).into_owned()
    }

    /// The end of the log, with where the rest is.
    pub fn tail(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
        format!("{}\n(all of it: {})", shown.join("\n"), self.path.display())
    }
}

/// Tests counted in the output of a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

struct Stage {
    name: &'static str,
    time: Duration,
    verdict: Verdict,
    count: Count,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    /// What it needs had failed before.
    Prevented,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Failed => "FAILED",
            Self::Prevented => "NOT RUN",
        }
    }
}

/// The parts run so far.
pub struct Stages {
    logs: PathBuf,
    begun: Instant,
    done: Vec<Stage>,
}

impl Stages {
    pub fn new(logs: PathBuf) -> Self {
        Self { logs, begun: Instant::now(), done: Vec::new() }
    }

    /// Runs one part and says how it went; `true` if it passed.
    pub fn run(&mut self, name: &'static str, part: impl FnOnce(&mut Log) -> Outcome) -> bool {
        print!("{name:<22}");
        // A line that shows late is not worth failing for.
        std::io::stdout().flush().ok();
        let begun = Instant::now();
        let log = Log::create(&self.logs, name);
        let (result, log) = match log {
            Ok(mut log) => (part(&mut log), Some(log)),
            Err(reason) => (Err(reason), None),
        };
        let count = log.as_ref().map(|log| count(&log.text())).unwrap_or_default();
        let verdict = if result.is_ok() { Verdict::Passed } else { Verdict::Failed };
        let stage = Stage { name, time: begun.elapsed(), verdict, count };
        println!("{}", stage.result());
        if let Err(reason) = &result {
            let tail = log.map(|log| log.tail()).unwrap_or_default();
            println!("\n---- {name}\n{tail}\n{reason}\n----\n");
        }
        self.done.push(stage);
        result.is_ok()
    }

    /// Like [`Stages::run`], but counts as failed without being tried if its cause has failed.
    pub fn run_if(
        &mut self,
        possible: bool,
        name: &'static str,
        part: impl FnOnce(&mut Log) -> Outcome,
    ) -> bool {
        if possible {
            return self.run(name, part);
        }
        let verdict = Verdict::Prevented;
        let stage = Stage { name, time: Duration::ZERO, verdict, count: Count::default() };
        println!("{name:<22}{}", stage.result());
        self.done.push(stage);
        false
    }

    /// Prints the table and the closing line; an error if a part did not pass.
    pub fn finish(self) -> Outcome {
        println!();
        for stage in &self.done {
            println!("{:<22}{}", stage.name, stage.result());
        }
        println!("{:<22}{:<8}{:>8.1} s", "all", "", self.begun.elapsed().as_secs_f32());
        let total = total(&self.done);
        println!("\n{} passed, {} failed", total.passed, total.failed);
        let not_passed = self.done.iter().filter(|stage| stage.verdict != Verdict::Passed);
        let names: Vec<&str> = not_passed.map(|stage| stage.name).collect();
        if names.is_empty() { Ok(()) } else { Err(format!("Not passed: {}.", names.join(", "))) }
    }
}

impl Stage {
    fn result(&self) -> String {
        let tests = match self.count {
            Count { passed: 0, failed: 0 } => String::new(),
            Count { passed, failed: 0 } => format!("  {passed} tests"),
            Count { passed, failed } => format!("  {} tests, {failed} failed", passed + failed),
        };
        format!("{:<8}{:>8.1} s{tests}", self.verdict.word(), self.time.as_secs_f32())
    }
}

/// Tests where a part counts them; a part that does not is one check.
fn total(stages: &[Stage]) -> Count {
    let mut total = Count::default();
    for stage in stages {
        total.passed += stage.count.passed;
        total.failed += stage.count.failed;
        match stage.verdict {
            Verdict::Passed => total.passed += u64::from(stage.count.passed == 0),
            Verdict::Failed | Verdict::Prevented => {
                total.failed += u64::from(stage.count.failed == 0);
            }
        }
    }
    total
}

/// Adds up the closing lines of nextest, cargo test, Vitest, Playwright and node's test runner.
fn count(log: &str) -> Count {
    let mut count = Count::default();
    for line in log.lines().map(str::trim) {
        let is_rust = line.starts_with("Summary [") || line.starts_with("test result:");
        if is_rust || line.starts_with("Tests ") {
            count.passed += number_before(line, "passed");
            count.failed += number_before(line, "failed");
        } else if let Some(number) = node_count(line, "pass") {
            count.passed += number;
        } else if let Some(number) = node_count(line, "fail") {
            count.failed += number;
        } else if is_playwright(line) {
            count.passed += number_before(line, "passed");
            count.failed += number_before(line, "failed");
        }
    }
    count
}

/// The number standing before a word: 12 for `passed` in `12 passed; 0 failed`.
fn number_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair[1] == word);
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// `# pass 4` or, for people, `ℹ pass 4`.
fn node_count(line: &str, word: &str) -> Option<u64> {
    let rest = line.strip_prefix('#').or_else(|| line.strip_prefix('ℹ'))?;
    rest.trim().strip_prefix(word)?.trim().parse().ok()
}

/// `12 passed (1.2m)`, or `1 failed` alone on its line.
fn is_playwright(line: &str) -> bool {
    let mut words = line.split(' ');
    let number = words.next().is_some_and(|word| word.parse::<u64>().is_ok());
    let verdict = words.next();
    let time = words.next().is_none_or(|word| word.starts_with('('));
    number && matches!(verdict, Some("passed" | "failed")) && time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_every_test_runner_are_counted() {
        let cases = [
            ("     Summary [   3.2s] 41 tests run: 40 passed, 1 failed, 0 skipped", (40, 1)),
            ("     Summary [   3.2s] 40 tests run: 40 passed (2 slow), 0 skipped", (40, 0)),
            ("test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured", (7, 0)),
            (" Test Files  3 passed (3)\n      Tests  1 failed | 29 passed (30)", (29, 1)),
            ("  1 failed\n    [chromium] > a.spec.ts\n  12 passed (1.2m)", (12, 1)),
            ("# tests 5\n# pass 4\n# fail 1", (4, 1)),
            ("ℹ pass 4\nℹ fail 0", (4, 0)),
            ("the customer has 3 passed exams", (0, 0)),
        ];
        for (log, (passed, failed)) in cases {
            assert_eq!(count(log), Count { passed, failed }, "{log}");
        }
    }

    #[test]
    fn a_part_that_dies_before_counting_is_one_failure() {
        let stage = |verdict, passed, failed| Stage {
            name: "x",
            time: Duration::ZERO,
            verdict,
            count: Count { passed, failed },
        };
        let all = [
            stage(Verdict::Passed, 0, 0),
            stage(Verdict::Passed, 10, 0),
            stage(Verdict::Failed, 0, 0),
            stage(Verdict::Prevented, 0, 0),
            stage(Verdict::Failed, 5, 2),
        ];
        assert_eq!(total(&all), Count { passed: 16, failed: 4 });
    }

    #[test]
    fn a_failed_part_does_not_keep_the_next_from_running() {
        let logs = std::env::temp_dir().join(format!("xtask-stages-{}", std::process::id()));
        let mut stages = Stages::new(logs.clone());
        assert!(!stages.run("first part", |_| Err("on purpose".into())));
        assert!(stages.run("second part", |_| Ok(())));
        assert!(logs.join("first-part.log").is_file());
        assert_eq!(stages.finish(), Err("Not passed: first part.".into()));
        std::fs::remove_dir_all(logs).unwrap();
    }
}
