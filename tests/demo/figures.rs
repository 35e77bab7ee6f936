//! The table at the end: what was done, how long it took, and whether the books agree.

use crate::ask::Outcome;
use simulators::xero::XeroSimulator;
use std::fmt;
use std::time::{Duration, Instant};

/// What happened, in order.
#[derive(Default)]
pub struct Figures {
    steps: Vec<(String, String, Duration)>,
    wrong: Vec<String>,
}

/// What a step says of itself in the table.
pub trait Said {
    fn said(&self) -> String;
}

impl Said for String {
    fn said(&self) -> String {
        self.clone()
    }
}

impl Figures {
    /// Does a step and keeps how it went.
    pub async fn step<T: Said>(
        &mut self,
        name: &str,
        work: impl Future<Output = Outcome<T>>,
    ) -> Outcome<T> {
        let begun = Instant::now();
        let done = work.await.map_err(|reason| format!("{name}: {reason}"))?;
        // Long work is followed as it goes; the table comes at the end.
        eprintln!("{name}: {}", done.said());
        self.steps.push((name.to_owned(), done.said(), begun.elapsed()));
        Ok(done)
    }

    /// Asks the other side's ledger whether anything stands there twice.
    pub fn check_ledger(&mut self, simulator: &XeroSimulator) {
        let twice = simulator.duplicates();
        let calls: usize = simulator.calls().values().sum();
        let struck = simulator.fired().len();
        let there = format!(
            "{} invoices, {} credit notes, {} payments, {} contacts; {} twice",
            simulator.invoices().len(),
            simulator.credit_notes().len(),
            simulator.payments().len(),
            simulator.contacts().len(),
            twice.len()
        );
        self.steps.push(("In Xero's ledger".into(), there, Duration::ZERO));
        let called = format!("{calls} calls, {struck} of them hit by a fault");
        self.steps.push(("On the wire".into(), called, Duration::ZERO));
        if !twice.is_empty() {
            self.wrong.push(format!("{} records stand twice in Xero", twice.len()));
        }
        if struck == 0 {
            self.wrong.push("no fault struck, so the story proved nothing".into());
        }
    }

    /// Whether everything came out right.
    pub fn hold(&self) -> bool {
        self.wrong.is_empty()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.steps.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        for (name, said, took) in &self.steps {
            let took =
                if took.is_zero() { String::new() } else { format!("{} ms", took.as_millis()) };
            writeln!(f, "{name:<width$}  {took:>9}  {said}")?;
        }
        for wrong in &self.wrong {
            writeln!(f, "WRONG: {wrong}")?;
        }
        writeln!(f, "{}", if self.hold() { "Everything agrees." } else { "It does not agree." })
    }
}
