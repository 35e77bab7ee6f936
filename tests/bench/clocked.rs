//! Times, and how they are told: no float, in microseconds.

use std::fmt;
use std::time::{Duration, Instant};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A figure beside the bar it is held to.
struct Row {
    name: String,
    figure: String,
    bar: &'static str,
    held: bool,
}

/// All figures, in the order they were taken.
#[derive(Default)]
pub struct Report(Vec<Row>);

impl Report {
    /// Keeps the median and the 95th percentile of repeated work against a bar for the latter.
    pub fn times(&mut self, name: &str, mut times: Vec<Duration>, bar_ms: u64, bar: &'static str) {
        times.sort();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        let (p50, p95) = (at(50), at(95));
        let figure = format!("p50 {}, p95 {} of {}", ms(p50), ms(p95), times.len());
        let held = p95 <= Duration::from_millis(bar_ms);
        println!("  {name}: {figure}");
        self.0.push(Row { name: name.into(), figure, bar, held });
    }

    /// Keeps how many of `count` were done in a second, against the least wanted.
    pub fn rate(&mut self, name: &str, (count, took): (usize, Duration), wanted: Wanted) {
        let per_second = count as u128 * 1_000_000 / took.as_micros().max(1);
        let figure = format!("{per_second}/s ({count} in {})", ms(took));
        println!("  {name}: {figure}");
        let held = per_second >= wanted.least;
        self.0.push(Row { name: name.into(), figure, bar: wanted.bar, held });
    }

    /// Keeps a share that is to reach 95 of 100.
    pub fn share(&mut self, name: &str, figure: String, held: bool) {
        self.figure(name, figure, ">= 95 %", held);
    }

    /// Keeps any other figure against its bar.
    pub fn figure(&mut self, name: &str, figure: String, bar: &'static str, held: bool) {
        println!("  {name}: {figure}");
        self.0.push(Row { name: name.into(), figure, bar, held });
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
        for Row { name, figure, bar, held } in &self.0 {
            let verdict = if *held { "ok" } else { "MISSED" };
            writeln!(f, "{verdict:<7}{name:<44}{figure:<44}{bar}")?;
        }
        Ok(())
    }
}

/// Repeats work and times each.
pub async fn repeat<F>(times: usize, mut work: impl FnMut(usize) -> F) -> Result<Vec<Duration>>
where
    F: Future<Output = Result<()>>,
{
    let mut taken = Vec::with_capacity(times);
    for n in 0..times {
        let begun = Instant::now();
        work(n).await?;
        taken.push(begun.elapsed());
    }
    Ok(taken)
}
