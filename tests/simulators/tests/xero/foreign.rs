//! The simulator judged by a client that is not ours: xero-node, as Xero publishes it.

use std::path::Path;
use std::process::{Command, Output};

use simulators::xero::Status;

use super::desk::Desk;

/// Runs a program in the client's folder; `None` when the program is not there.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign");
    Command::new(program).args(arguments).current_dir(folder).output().ok()
}

/// Whether the client is installed, after trying to install it.
fn is_installed() -> bool {
    let installed = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("foreign/node_modules/xero-node/package.json")
            .exists()
    };
    if installed() {
        return true;
    }
    let fetched = run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    installed() && fetched.is_some_and(|output| output.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn xero_node_can_work_a_day_at_the_desk() {
    if !is_installed() {
        eprintln!("skipped: xero-node is not installed and npm could not install it");
        return;
    }
    let desk = Desk::open().await;
    let tenant = desk.sim.tenant_ids()[0].to_string();
    let arguments = ["drive.mjs", desk.sim.base_url(), &desk.access_token, &tenant];
    let output = tokio::task::block_in_place(|| run("node", &arguments)).unwrap();
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    assert_eq!(desk.sim.invoices().len(), 2);
    assert_eq!(desk.sim.invoices()[0].status, Status::Paid);
    assert_eq!(desk.sim.duplicates(), []);
}
