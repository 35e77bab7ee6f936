//! A process that exports a book, as those see it who start it, watch it and kill it.
//!
//! Never the process itself: that is `tests/worker`.

use providers::registry::Provider;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// What a worker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The book it exports.
    pub book: PathBuf,
    /// The system it is sent to.
    pub provider: Provider,
    /// Where a simulator of it answers.
    pub base_url: String,
    /// An access token.
    pub token: String,
    /// The company's id there.
    pub company: String,
    /// Batches of five instead of as many as the system takes.
    pub small_batches: bool,
    /// 0 lets it live; anything else is the moment at which it ends itself around a call.
    pub seed: u64,
}

impl Order {
    /// As words of a command line.
    pub fn words(&self) -> Vec<String> {
        let batches = if self.small_batches { "small" } else { "whole" };
        let book = self.book.to_string_lossy().into_owned();
        let (base_url, token) = (self.base_url.clone(), self.token.clone());
        let (provider, batches) = (self.provider.key().to_owned(), batches.to_owned());
        vec![book, provider, base_url, token, self.company.clone(), batches, self.seed.to_string()]
    }

    /// Read from the words of a command line.
    pub fn of(words: &[String]) -> Option<Self> {
        let [book, provider, base_url, token, company, batches, seed] = words else { return None };
        Some(Self {
            book: book.into(),
            provider: Provider::from_key(provider)?,
            base_url: base_url.clone(),
            token: token.clone(),
            company: company.clone(),
            small_batches: batches == "small",
            seed: seed.parse().ok()?,
        })
    }
}

/// What a worker says when nothing is left that it can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finish {
    /// Records that are there.
    pub sent: usize,
    /// Records that need a person.
    pub attention: usize,
    /// The most memory it ever held, in KiB; nothing where the system does not say.
    pub peak_kib: Option<u64>,
}

impl Finish {
    /// In one line.
    pub fn line(&self) -> String {
        format!("done {} {} {}", self.sent, self.attention, self.peak_kib.unwrap_or(0))
    }

    fn of(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("done ")?.split_whitespace();
        let mut number = || words.next()?.parse::<u64>().ok();
        let (sent, attention, peak) = (number()?, number()?, number()?);
        let (sent, attention) = (usize::try_from(sent).ok()?, usize::try_from(attention).ok()?);
        Some(Self { sent, attention, peak_kib: Some(peak).filter(|peak| *peak > 0) })
    }
}

/// A worker at work. Dropped, it is killed: nobody is left to watch it.
pub struct Worker {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts one; its book is open.
    pub fn start(program: &Path, order: &Order) -> Self {
        let mut child = Command::new(program)
            .args(order.words())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("its words"));
        let mut line = String::new();
        lines.read_line(&mut line).expect("a word");
        assert_eq!(line.trim(), "open");
        Self { child, lines }
    }

    /// The most memory it held so far, in KiB.
    pub fn peak_kib(&self) -> Option<u64> {
        peak_kib(&self.child.id().to_string())
    }

    /// Kills it; false where it came to its end before. On Unix this is SIGKILL: no destructor
    /// runs, no buffer is written.
    pub fn kill(mut self) -> bool {
        if let Some(status) = self.child.try_wait().expect("a state") {
            assert!(status.success(), "a worker failed by itself: {status}");
            return false;
        }
        self.child.kill().expect("killed");
        self.child.wait().expect("an end");
        true
    }

    /// Waits for it to end itself; true where it came to the end of its queue.
    pub fn ends(mut self) -> bool {
        self.child.wait().expect("an end").success()
    }

    /// Waits until nothing is left that it can do.
    pub fn finish(mut self) -> Finish {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a word");
        assert!(self.child.wait().expect("an end").success());
        Finish::of(line.trim()).unwrap_or_else(|| panic!("a worker ended with {line:?}"))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(|_| ()).unwrap_or_default();
    }
}

/// The most memory a process ever held, in KiB, as Linux tells it (proc(5), `VmHWM`); `self` is
/// this one. Nothing on other systems.
pub fn peak_kib(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
