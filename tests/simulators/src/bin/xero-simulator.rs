//! The Xero simulator as a process of its own, for tests that kill the client.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use simulators::faults::FaultProfile;
use simulators::xero::{Company, XeroConfig, XeroSimulator};

/// Runs a simulated Xero on the loopback until it is interrupted.
#[derive(Parser)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Append every committed row here as JSON lines.
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// none, lossy, storm, or a file with a fault profile in JSON.
    #[arg(long, default_value = "none")]
    faults: String,
    /// Switch the rate limits off.
    #[arg(long)]
    unlimited: bool,
    /// Time each accounting call takes.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Start with a Norwegian company in kroner instead of an English one.
    #[arg(long)]
    norwegian: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xero-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let faults = match FaultProfile::named(&arguments.faults) {
        Some(profile) => profile,
        None => serde_json::from_str(&fs::read_to_string(&arguments.faults)?)?,
    };
    let base = if arguments.unlimited { XeroConfig::unlimited() } else { XeroConfig::default() };
    let simulator = XeroSimulator::start(XeroConfig {
        port: arguments.port,
        latency: Duration::from_millis(arguments.latency_ms),
        faults,
        ledger_file: arguments.ledger,
        company: if arguments.norwegian { Company::Norwegian } else { Company::English },
        ..base
    })
    .await?;
    println!("{}", simulator.base_url());
    tokio::signal::ctrl_c().await?;
    simulator.stop();
    Ok(())
}
