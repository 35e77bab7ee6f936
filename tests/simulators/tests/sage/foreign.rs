//! The simulator judged by a client that is not ours: swagger-client, led by Sage's description.

use std::path::Path;
use std::process::{Command, Output};

use simulators::sage::{BUSINESSES, Status};

use super::desk::{Desk, shared};

/// Runs a program in the client's folder; `None` when the program is not there.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign");
    Command::new(program).args(arguments).current_dir(folder).output().ok()
}

/// Whether the client is installed, after trying to install it.
fn is_installed() -> bool {
    let installed = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("foreign/node_modules/swagger-client/package.json")
            .exists()
    };
    if installed() {
        return true;
    }
    let fetched = run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    installed() && fetched.is_some_and(|output| output.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn swagger_client_can_work_a_day_at_the_desk() {
    let Some(description) = shared("specs/sage/sage-accounting-v3.1-swagger.json") else { return };
    if !is_installed() {
        eprintln!("skipped: swagger-client is not installed and npm could not install it");
        return;
    }
    let desk = Desk::open().await;
    let description = description.canonicalize().unwrap();
    let arguments = [
        "drive-sage.mjs",
        desk.sim.base_url(),
        &desk.access_token,
        BUSINESSES[0].0,
        description.to_str().unwrap(),
    ];
    let output = tokio::task::block_in_place(|| run("node", &arguments)).unwrap();
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    let invoices = desk.sim.invoices();
    let states: Vec<Status> = invoices.iter().map(|it| it.status).collect();
    assert_eq!(states, [Status::Paid, Status::Void]);
    assert_eq!(desk.sim.duplicates(), []);
}
