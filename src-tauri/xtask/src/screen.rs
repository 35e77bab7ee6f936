//! `bench --screen`: the real window over a large book, as it is shipped: optimised.
//!
//! Never judges: it prints what a person would wait.

use std::fs;

use crate::Outcome;
use crate::install;
use crate::session;
use crate::start::APP;
use crate::ui;
use crate::workspace::{Workspace, run};

/// The passphrase of the books that benchmarks make.
const PASSPHRASE: &str = "a passphrase for tests";

pub fn bench(workspace: &Workspace) -> Outcome {
    install::all(workspace)?;
    ui::npm(workspace, &["run", "build"])?;
    run(&mut workspace.cargo(&["build", "--release", "--package", APP]))?;
    let book = workspace.target.join("screen-book");
    if book.exists() {
        fs::remove_dir_all(&book).map_err(|e| format!("{}: {e}", book.display()))?;
    }
    workspace.run_bench(&["--book", &*book.to_string_lossy()])?;
    let script = workspace.ui().join("e2e/window/speed.mjs");
    let script = script.to_string_lossy();
    let mut command = session::command(workspace, "speed-home", &["run", "node", &*script])?;
    let app = workspace.target.join("release").join(APP);
    run(command
        .env("KONTOR_APP", app)
        .env("KONTOR_DATA", book)
        .env("KONTOR_PASSPHRASE", PASSPHRASE))
}
