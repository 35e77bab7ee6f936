//! Clients that are not ours, installed once and run by the tests that let them judge a simulator.
//!
//! It NEVER installs anything beside what the lock file in `foreign` names.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a program of `foreign` with Node; `None` when the package it needs is not installed and could
/// not be. Tests run at once: who installs keeps out those who run, or the folder would go from under
/// them.
///
/// # Errors
/// The gate between them cannot be had, or Node cannot be started.
pub fn drive(package: &str, arguments: &[&str]) -> io::Result<Option<Output>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign");
    let installed = folder.join("node_modules").join(package).join("package.json");
    let gate = File::create(std::env::temp_dir().join("kontor-foreign-clients.lock"))?;
    gate.lock()?;
    if !installed.exists() {
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let fetched = Command::new("npm").args(install).current_dir(&folder).output();
        if !fetched.is_ok_and(|output| output.status.success()) {
            return Ok(None);
        }
    }
    gate.unlock()?;
    gate.lock_shared()?;
    if !installed.exists() {
        return Ok(None);
    }
    Command::new("node").args(arguments).current_dir(folder).output().map(Some)
}
