//! Where things lie, and how cargo is called so that nothing is compiled twice.
//!
//! Every call that builds for development names `--workspace`, even if it wants one binary: the
//! selection decides which features the shared dependencies get, and a different selection
//! would build tokio, sqlx and everything above them a second time.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's output folder, whatever the environment made of it.
    pub target: PathBuf,
}

impl Workspace {
    pub fn here() -> Outcome<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.ancestors().nth(2).ok_or("xtask is not inside the project")?;
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root: root.to_path_buf(), target })
    }

    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub fn logs(&self) -> PathBuf {
        self.target.join("xtask-logs")
    }

    /// A binary of the development build.
    pub fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program started at the top of the project, free of what cargo told this program about
    /// itself: a cargo below would take that for its own.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    pub fn cargo(&self, args: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo);
        command.args(args);
        command
    }

    /// Builds one binary with the features the whole workspace has (see the head of this file).
    pub fn build(&self, binary: &str) -> Command {
        self.cargo(&["build", "--workspace", "--bin", binary])
    }

    /// Makes the school with data in it.
    pub fn run_demo(&self, args: &[&str]) -> Outcome {
        run(&mut self.build("demo"))?;
        run(self.command(self.binary("demo")).args(args))
    }

    /// Exports under faults, with the programs that are killed. A small share runs from the build
    /// that tests use, all of it as the product is shipped.
    pub fn run_faults(&self, args: &[&str]) -> Outcome {
        let programs = ["--bin", "faults", "--bin", "export_worker"];
        let program = if args.contains(&"--quick") {
            run(self.cargo(&["build", "--workspace"]).args(programs))?;
            self.binary("faults")
        } else {
            run(self.release().args(programs))?;
            self.optimised("faults")
        };
        run(self.command(program).args(args))
    }

    /// Runs the benchmarks as the product is shipped: optimised, and nothing else built that way.
    pub fn run_bench(&self, args: &[&str]) -> Outcome {
        run(self.release().args(["--bin", "bench", "--bin", "export_worker"]))?;
        run(self.command(self.optimised("bench")).args(args))
    }

    /// Builds programs of the tests as the product is shipped.
    fn release(&self) -> Command {
        self.cargo(&["build", "--release", "--package", "kontor-tests"])
    }

    fn optimised(&self, name: &str) -> PathBuf {
        self.target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Runs a command with its output on the person's terminal.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|e| format!("{} did not start: {e}", spoken(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}.", spoken(command))) }
}

/// A command as one would type it.
pub fn spoken(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
