//! The real backend for a browser: the router over loopback HTTP, and the built screens.
//!
//! Never part of the product: it is for tests and for looking, listens on 127.0.0.1 alone and asks
//! for a token that changes with every start.

mod http;
mod keychain;
mod screens;
mod simulated;
mod wall;

use clap::Parser;
use office::sealing::Stretch;
use office::secrets::SecretStore;
use office::{Actor, Desk, DeskSetup};
use serde_json::json;
use simulated::Simulated;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Serves the office to a browser on this machine.
#[derive(Parser)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The desk's folder.
    #[arg(long)]
    data: PathBuf,
    /// The built screens.
    #[arg(long)]
    ui: Option<PathBuf>,
    /// Open the sample school where there is no book yet.
    #[arg(long)]
    sample: bool,
    /// Language of the sample school: nb or en.
    #[arg(long, default_value = "nb")]
    language: String,
    /// Every day is this one.
    #[arg(long)]
    fixed_date: Option<chrono::NaiveDate>,
    /// Run a simulated Xero and call it instead of the real one.
    #[arg(long)]
    xero_simulator: bool,
    /// Run a simulated QuickBooks Online and call it instead of the real one.
    #[arg(long)]
    qbo_simulator: bool,
    /// Run a simulated Sage Business Cloud and call it instead of the real one.
    #[arg(long)]
    sage_simulator: bool,
    /// What goes wrong on the way to them: none, lossy or storm.
    #[arg(long, default_value = "none")]
    faults: String,
    /// The machine seems to have no keychain.
    #[arg(long)]
    without_keychain: bool,
    /// The token to ask for instead of a random one.
    #[arg(long)]
    token: Option<String>,
}

/// Guessing costs little here: nothing in these books is worth it.
const CHEAP: Stretch = Stretch { memory_kib: 64, passes: 1 };

/// How often the office is asked whether something is due.
const TICK: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bridge: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let simulated = Simulated::start(&arguments).await?;
    let desk = Desk::new(setup(&arguments, &simulated))?;
    if arguments.sample {
        open_sample(&desk, &arguments).await?;
    }
    let token = match &arguments.token {
        Some(token) => token.clone(),
        None => random_token()?,
    };
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let screens = arguments.ui.map(|folder| screens::Screens::new(folder, &url, &token));
    let app = http::router(desk.clone(), token.clone(), screens);
    let mut told = json!({ "url": url, "token": token });
    for (system, address) in simulated.addresses() {
        told[system.key()] = json!(address);
    }
    println!("{told}");
    tokio::spawn(tick(desk.clone()));
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            // Without a signal to wait for it serves until it is ended.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await?;
    desk.close().await;
    Ok(())
}

fn setup(arguments: &Arguments, simulated: &Simulated) -> DeskSetup {
    let machine = DeskSetup::for_this_machine(arguments.data.clone());
    let keychain: Arc<dyn SecretStore> = if arguments.without_keychain {
        Arc::new(keychain::NoKeychain)
    } else {
        Arc::new(keychain::FileKeychain::new(arguments.data.join("keychain.json")))
    };
    let setup = DeskSetup {
        clock: match arguments.fixed_date {
            Some(day) => Arc::new(wall::FixedDay::new(day)),
            None => machine.clock.clone(),
        },
        keychain,
        stretch: CHEAP,
        ..machine
    };
    let addresses = simulated.addresses();
    addresses.fold(setup, |setup, (system, address)| setup.with_system_at(system, address))
}

async fn open_sample(desk: &Desk, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let actor = Actor::owner();
    let status = office::rpc::dispatch(desk, &actor, "desk_status", json!({})).await?;
    let status: serde_json::Value = serde_json::from_str(status.get())?;
    if status["state"] == "empty" {
        let protection = if arguments.without_keychain { "passphrase" } else { "keychain" };
        let wish = json!({
            "protection": protection,
            "passphrase": "a passphrase to look around",
            "language": arguments.language,
        });
        office::rpc::dispatch(desk, &actor, "open_sample_school", wish).await?;
    }
    Ok(())
}

fn random_token() -> Result<String, Box<dyn Error>> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn tick(desk: Arc<Desk>) {
    loop {
        desk.tick().await;
        tokio::time::sleep(TICK).await;
    }
}
