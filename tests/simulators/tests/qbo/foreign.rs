//! The simulator judged by a client that is not ours: node-quickbooks.

use std::path::Path;
use std::process::{Command, Output};

use simulators::qbo::{Entity, QboConfig, REALMS};

use super::desk::{Desk, still};

/// Runs a program in the client's folder; `None` when the program is not there.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign");
    Command::new(program).args(arguments).current_dir(folder).output().ok()
}

/// Whether the client is installed, after trying to install it.
fn is_installed() -> bool {
    let installed = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("foreign/node_modules/node-quickbooks/package.json")
            .exists()
    };
    if installed() {
        return true;
    }
    let fetched = run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    installed() && fetched.is_some_and(|output| output.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn node_quickbooks_can_work_a_day_at_the_desk() {
    if !is_installed() {
        eprintln!("skipped: node-quickbooks is not installed and npm could not install it");
        return;
    }
    let client = Some(("desk".to_owned(), "whispered".to_owned()));
    let desk = Desk::at(REALMS[0].0, QboConfig { client, ..still() }).await;
    let tokens = desk.sim.issue_tokens(desk.realm);
    desk.sim.expire_access_tokens();
    let arguments = [
        "drive-qbo.mjs",
        desk.sim.base_url(),
        &tokens.access_token,
        &tokens.refresh_token,
        desk.realm,
    ];
    let output = tokio::task::block_in_place(|| run("node", &arguments)).unwrap();
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    let invoices = desk.sim.living(Entity::Invoice);
    assert_eq!(invoices.len(), 2);
    assert!(invoices[0].open().is_zero());
    assert_eq!(desk.sim.duplicates(), []);
}
