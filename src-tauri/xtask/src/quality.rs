//! `check` and `test`: everything that says whether the project is in order.
//!
//! The order follows what each part needs: the page before the desk that carries it, one build of
//! the whole workspace before the tests that run from it.

use std::process::Command;

use crate::Outcome;
use crate::install;
use crate::machine;
use crate::session;
use crate::stages::{Log, Stages};
use crate::start::APP;
use crate::types;
use crate::ui;
use crate::workspace::Workspace;

pub fn check(workspace: &Workspace) -> Outcome {
    install::all(workspace)?;
    install::rust_components(workspace)?;
    let mut stages = Stages::new(workspace.logs());
    stages.run("Rust format", |log| log.run(&mut workspace.cargo(&["fmt", "--all", "--check"])));
    // The desk takes the page in when it is compiled, so even its lints need one.
    let page = stages.run("page", |log| page(workspace, log));
    stages.run_if(page, "Rust lints", |log| {
        let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        log.run(&mut workspace.cargo(&lints))
    });
    stages.run("TypeScript and Biome", |log| {
        log.run(&mut ui::npm_command(workspace, &["run", "check"]))
    });
    stages.run_if(page, "generated types", |log| types::check_logged(workspace, log));
    stages.finish()
}

pub fn test_quick(workspace: &Workspace) -> Outcome {
    install::all(workspace)?;
    let mut stages = Stages::new(workspace.logs());
    let page = stages.run("page", |log| page(workspace, log));
    stages.run_if(page, "Rust tests", |log| log.run(&mut rust_tests(workspace)));
    stages.run("Vitest", |log| log.run(&mut ui::npm_command(workspace, &["run", "test"])));
    stages.finish()
}

pub fn test(workspace: &Workspace) -> Outcome {
    install::all(workspace)?;
    let mut stages = Stages::new(workspace.logs());
    let page = stages.run("page", |log| page(workspace, log));
    let built = stages.run_if(page, "Rust build", |log| {
        log.run(&mut workspace.cargo(&["build", "--workspace", "--all-targets"]))
    });
    stages.run_if(built, "Rust tests", |log| log.run(&mut rust_tests(workspace)));
    stages.run_if(built, "doc tests", |log| {
        log.run(&mut workspace.cargo(&["test", "--workspace", "--doc"]))
    });
    stages.run("Vitest", |log| log.run(&mut ui::npm_command(workspace, &["run", "test"])));
    stages.run_if(built, "journeys (browser)", |log| log.run(&mut journeys(workspace)));
    if cfg!(target_os = "linux") {
        stages.run_if(built, "smoke (real window)", |log| smoke(workspace, log));
    }
    stages.finish()
}

/// The built page, renewed if a source of it is newer.
fn page(workspace: &Workspace, log: &mut Log) -> Outcome {
    if ui::is_stale(workspace) { ui::build(workspace, log) } else { Ok(()) }
}

/// The tests of every crate. Those of `office` write the TypeScript types as well: into the build's
/// folder, because tests do not change sources.
fn rust_tests(workspace: &Workspace) -> Command {
    let mut command = if machine::program("cargo-nextest").is_some() {
        workspace.cargo(&["nextest", "run", "--workspace", "--all-targets", "--no-fail-fast"])
    } else {
        workspace.cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"])
    };
    command.env("TS_RS_EXPORT_DIR", types::scratch(workspace));
    command
}

/// The journeys in a browser, against the real backend served by the bridge.
fn journeys(workspace: &Workspace) -> Command {
    let mut command = ui::npm_command(workspace, &["run", "e2e"]);
    command.env("KONTOR_BRIDGE", workspace.binary("bridge"));
    command
}

/// The desk itself, driven through WebKitWebDriver in a window on a virtual display.
fn smoke(workspace: &Workspace, log: &mut Log) -> Outcome {
    let script = workspace.ui().join("e2e/window/smoke.mjs");
    if !script.is_file() {
        return Err(format!("{} is missing.", script.display()));
    }
    let script = script.to_string_lossy();
    let mut command = session::command(workspace, "smoke-home", &["run", "node", &*script])?;
    command.env("KONTOR_SIMULATOR", workspace.binary("xero-simulator"));
    log.run(command.env("KONTOR_APP", workspace.binary(APP)))
}
