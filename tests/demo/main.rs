//! The main job, without a window: `cargo xtask demo`.
//!
//! A sample school imports, issues, takes payments and exports to a simulated Xero that loses
//! answers, breaks off and does not know one VAT code; the cause is mended and everything is
//! reconciled to the minor unit. Never touches a network beyond this machine.

mod ask;
mod export;
mod figures;
mod quick;
mod sales;
mod sign_in;

use ask::{Asker, Outcome};
use figures::Figures;
use office::export::EngineSetup;
use office::wire::desk::{OpenSampleSchool, Protection};
use office::{Desk, DeskSetup};
use providers::registry::Provider;
use simulators::faults::FaultProfile;
use simulators::xero::{Company, XeroConfig, XeroSimulator};

/// Invoices issued beside those of the sample school.
const INVOICES: usize = 500;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match tell().await {
        Ok(figures) => {
            print!("{figures}");
            if figures.hold() { std::process::ExitCode::SUCCESS } else { 1.into() }
        }
        Err(reason) => {
            eprintln!("The story stopped: {reason}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn tell() -> Outcome<Figures> {
    let folder = tempfile::tempdir()?;
    let profile = FaultProfile::named("lossy").ok_or("the simulator has no lossy profile")?;
    let simulator = XeroSimulator::start(XeroConfig {
        company: Company::Norwegian,
        faults: profile,
        ..XeroConfig::unlimited()
    })
    .await?;
    let setup = DeskSetup::for_this_machine(folder.path().to_owned());
    let setup = DeskSetup {
        keychain: std::sync::Arc::new(office::secrets::MemorySecrets::default()),
        clock: std::sync::Arc::new(quick::QuickClock::starting_now()),
        engine: EngineSetup { timer: std::sync::Arc::new(quick::QuickTimer), ..setup.engine },
        ..setup
    };
    let desk = Desk::new(setup.with_system_at(Provider::Xero, simulator.base_url()))?;
    let asker = Asker::new(desk.clone());
    let mut figures = Figures::default();

    figures
        .step("Sample school opened", async {
            let request = OpenSampleSchool {
                protection: Protection::Keychain,
                passphrase: None,
                language: "nb".into(),
            };
            let status: office::wire::desk::DeskStatus =
                asker.ask("open_sample_school", request).await?;
            Ok(status.school.map(|school| school.name).unwrap_or_default())
        })
        .await?;
    figures.step("CSV imported", sales::import(&asker)).await?;
    let issued = figures.step("Invoices issued", sales::issue(&asker, INVOICES)).await?;
    figures.step("Payments taken", sales::pay(&asker, &issued)).await?;
    let connection = figures.step("Signed in to Xero", sign_in::connect(&asker)).await?;
    let unmapped = figures
        .step(
            "Mapped by suggestion, one VAT code left out",
            export::map_all_but_one(&asker, &connection),
        )
        .await?;
    figures.step("First export, with faults", export::run(&asker, &desk, &connection)).await?;
    figures.step("Cause found and mended", export::mend(&asker, &connection, &unmapped)).await?;
    figures.step("Export after mending", export::run(&asker, &desk, &connection)).await?;
    figures.step("Reconciled with Xero", export::reconcile(&asker, &connection)).await?;
    figures.step("Merged PDF", sales::print(&asker)).await?;
    figures.step("Book verified", export::verify(&asker)).await?;
    figures.check_ledger(&simulator);
    simulator.stop();
    desk.close().await;
    Ok(figures)
}
