//! The UI's packages and its built page, renewed only when older than what they come from.

use std::path::Path;
use std::time::SystemTime;

use crate::Outcome;
use crate::machine::NPM;
use crate::stages::Log;
use crate::workspace::{self, Workspace};

/// npm in the UI's folder, with its output on the person's terminal.
pub fn npm(workspace: &Workspace, args: &[&str]) -> Outcome {
    workspace::run(&mut npm_command(workspace, args))
}

/// npm in the UI's folder.
pub fn npm_command(workspace: &Workspace, args: &[&str]) -> std::process::Command {
    let mut command = workspace.command(NPM);
    command.current_dir(workspace.ui()).args(args);
    command
}

/// Installs the UI's packages exactly as locked, if they are missing or the lock is newer. Their
/// install scripts are not run: none is needed, and they are how such packages do harm.
pub fn install(workspace: &Workspace) -> Outcome {
    let ui = workspace.ui();
    let locked = modified(&ui.join("package-lock.json"))
        .ok_or("ui/package-lock.json is missing; restore it with git.")?;
    // npm writes this file last, so an install that was cut short does not count.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if installed.is_some_and(|installed| installed >= locked) {
        return Ok(());
    }
    println!("Installing the UI's packages");
    let mut log = Log::create(&workspace.logs(), "npm-ci")?;
    let mut command =
        npm_command(workspace, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    log.run(&mut command).map_err(|reason| format!("{}\n{reason}", log.tail()))
}

/// Whether the built page is missing or older than a source of it.
pub fn is_stale(workspace: &Workspace) -> bool {
    let ui = workspace.ui();
    let built = modified(&ui.join("dist/index.html"));
    let sources = ["src", "public", "index.html", "package-lock.json", "vite.config.ts"];
    let newest = sources.iter().filter_map(|name| newest(&ui.join(name))).max();
    built.is_none() || newest > built
}

/// Builds the page the desktop program carries inside.
pub fn build(workspace: &Workspace, log: &mut Log) -> Outcome {
    log.run(&mut npm_command(workspace, &["run", "build"]))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// The latest change of a file or of anything in a folder. Folders count themselves too: that is
/// where a deleted file shows.
fn newest(path: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let inside = entries.filter_map(|entry| newest(&entry.path())).max();
    modified(path).max(inside)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;
    use std::time::Duration;

    use super::*;

    /// A project folder with a page built at second 100 from a source changed at `source_s`.
    fn project(name: &str, source_s: u64) -> Workspace {
        let root = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("ui/src/deep")).unwrap();
        fs::create_dir_all(root.join("ui/dist")).unwrap();
        for (file, second) in [("ui/dist/index.html", 100), ("ui/src/deep/a.ts", source_s)] {
            set_time(&root.join(file), second);
        }
        for folder in ["ui/src", "ui/src/deep"] {
            set_folder_time(&root.join(folder), 50);
        }
        Workspace { target: root.join("target"), root }
    }

    fn set_time(path: &PathBuf, second: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::create(path).unwrap().set_modified(time).unwrap();
    }

    fn set_folder_time(path: &PathBuf, second: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::open(path).unwrap().set_modified(time).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_page_newer_than_every_source_is_not_built_again() {
        let project = project("fresh", 90);
        assert!(!is_stale(&project));
        fs::remove_dir_all(&project.root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_change_deep_in_the_sources_makes_the_page_stale() {
        let project = project("stale", 110);
        assert!(is_stale(&project));
        fs::remove_dir_all(&project.root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_deleted_source_makes_the_page_stale() {
        let project = project("deleted", 90);
        fs::remove_file(project.root.join("ui/src/deep/a.ts")).unwrap();
        assert!(is_stale(&project));
        fs::remove_dir_all(&project.root).unwrap();
    }
}
