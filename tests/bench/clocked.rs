//! Times, and how they are told: no float, in microseconds.

use std::fmt;
use std::time::{Duration, Instant};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A figure beside the bar it is held to.
struct Row {
    name: String,
    figure: String,
    bar: String,
    held: bool,
}

/// All figures, in the order they were taken.
#[derive(Default)]
pub struct Report {
    /// Takes only the times whose name has this in it, and those twenty times as often: enough for
    /// a profile to show them and not the opening of the book.
    pub only: Option<String>,
    rows: Vec<Row>,
}

impl Report {
    /// Repeats work and keeps the median and the 95th percentile of its times, the latter against a
    /// bar in milliseconds.
    pub async fn times<F>(
        &mut self,
        name: &str,
        bar_ms: Option<u64>,
        times: usize,
        mut work: impl FnMut(usize) -> F,
    ) -> Result<()>
    where
        F: Future<Output = Result<()>>,
    {
        if self.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            return Ok(());
        }
        let times = if self.only.is_some() { times * 20 } else { times };
        let mut taken = Vec::with_capacity(times);
        for n in 0..times {
            let begun = Instant::now();
            work(n).await?;
            taken.push(begun.elapsed());
        }
        taken.sort();
        let at = |percent: usize| taken[(taken.len() - 1) * percent / 100];
        let (p50, p95) = (at(50), at(95));
        let figure = format!("p50 {}, p95 {} of {times}", ms(p50), ms(p95));
        let held = bar_ms.is_none_or(|bar| p95 <= Duration::from_millis(bar));
        let bar = bar_ms.map_or_else(|| "(no bar)".to_owned(), |bar| format!("p95 <= {bar} ms"));
        self.figure(name, figure, &bar, held);
        Ok(())
    }

    /// Keeps how many of `count` were done in a second, against the least wanted.
    pub fn rate(&mut self, name: &str, (count, took): (usize, Duration), wanted: Wanted) {
        let per_second = count as u128 * 1_000_000 / took.as_micros().max(1);
        let figure = format!("{per_second}/s ({count} in {})", ms(took));
        self.figure(name, figure, wanted.bar, per_second >= wanted.least);
    }

    /// Keeps a share that is to reach 95 of 100.
    pub fn share(&mut self, name: &str, figure: String, held: bool) {
        self.figure(name, figure, ">= 95 %", held);
    }

    /// Keeps any other figure against its bar.
    pub fn figure(&mut self, name: &str, figure: String, bar: &str, held: bool) {
        println!("  {name}: {figure}");
        self.rows.push(Row { name: name.into(), figure, bar: bar.into(), held });
    }
}

/// The least that should be done in a second, as a number and in words.
pub struct Wanted {
    pub least: u128,
    pub bar: &'static str,
}

fn ms(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{:02} ms", micros / 1_000, micros % 1_000 / 10)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        for Row { name, figure, bar, held } in &self.rows {
            let verdict = if *held { "ok" } else { "MISSED" };
            writeln!(f, "{verdict:<7}{name:<44}{figure:<44}{bar}")?;
        }
        Ok(())
    }
}
