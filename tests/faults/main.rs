//! The bars of the export engine under faults: `cargo xtask faults`.
//!
//! Real processes export to simulated systems; they are killed, their answers are lost, and two of
//! them export the same documents. Afterwards the simulator, which knows what arrived, is held
//! against the book. Ends with an error where a bar is missed; can be stopped at any time.

mod desks;
mod kills;
mod lost;
mod storm;
mod table;
mod tokens;
mod wire;

use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::path::PathBuf;
use std::process::ExitCode;
use support::signing_in::SignsIn;
use table::Table;

/// How much is tried.
#[derive(Clone, Copy)]
pub struct Size {
    /// Kills from outside, of each system.
    pub kills: usize,
    /// Invoices whose replies are lost, of each system.
    pub documents: usize,
    /// Invoices that two desks export, of each system.
    pub shared: usize,
    /// Tokens that are over when ten questions need them, of each system.
    pub races: usize,
}

impl Size {
    const FULL: Self = Self { kills: 334, documents: 10_000, shared: 10_000, races: 500 };
    /// A small share, to see that all of it works.
    const QUICK: Self = Self { kills: 8, documents: 150, shared: 100, races: 20 };
}

/// What every story is told with.
pub struct Trial {
    pub size: Size,
    pub seed: u64,
    /// The program that exports a book.
    pub worker: PathBuf,
}

/// What follows a word on the command line.
fn argument_of(word: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != word).nth(1)
}

// The simulators keep their books behind a lock: who waits for it must not keep others from the door.
#[tokio::main(worker_threads = 16)]
async fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let seed = argument_of("--seed").and_then(|seed| seed.parse().ok());
    let own = std::env::current_exe().expect("this program");
    let trial = Trial {
        size: if quick { Size::QUICK } else { Size::FULL },
        seed: seed.unwrap_or_else(|| std::process::id().into()),
        worker: own.with_file_name(format!("export_worker{}", std::env::consts::EXE_SUFFIX)),
    };
    println!("Seed {}: `--seed {}` does the same again.", trial.seed, trial.seed);
    let mut table = Table::default();
    let only = argument_of("--system");
    let mut told = 0;
    told += stories::<XeroSimulator>(&trial, only.as_deref(), &mut table).await;
    told += stories::<QboSimulator>(&trial, only.as_deref(), &mut table).await;
    told += stories::<SageSimulator>(&trial, only.as_deref(), &mut table).await;
    table.print();
    if told == 0 {
        eprintln!("There is no system of that name: xero, qbo, sage.");
    }
    if told > 0 && table.is_held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Tells everything of one system, where it is wanted; gives how many that were.
async fn stories<S: SignsIn>(trial: &Trial, only: Option<&str>, table: &mut Table) -> u32 {
    if only.is_some_and(|name| name != S::PROVIDER.key()) {
        return 0;
    }
    println!("{}", S::PROVIDER.capabilities().name);
    kills::tell::<S>(trial, table).await;
    lost::tell::<S>(trial, table).await;
    storm::tell::<S>(trial, table).await;
    wire::tell::<S>(trial, table).await;
    tokens::tell::<S>(trial, table).await;
    desks::tell::<S>(trial, table).await;
    desks::at_once::<S>(trial, table).await;
    desks::copied::<S>(trial, table).await;
    1
}
