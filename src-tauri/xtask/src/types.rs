//! The TypeScript twins of the Rust wire types, written by ts-rs when `office` is tested.
//!
//! They are exported into a folder of the build first and compared or copied from there: a
//! failed build loses nothing, a type that is gone leaves no file, and a file that did not change
//! keeps its time, so the UI is not built again for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::stages::Log;
use crate::workspace::{Workspace, run};

/// Contents by file name, relative to the folder.
type Files = BTreeMap<PathBuf, Vec<u8>>;

pub fn write(workspace: &Workspace) -> Outcome {
    run(&mut export(workspace)?)?;
    let (generated, committed) = both(workspace)?;
    let differences = differences(&generated, &committed);
    for (file, _) in &differences {
        let path = folder(workspace).join(file);
        match generated.get(file) {
            Some(contents) => write_file(&path, contents)?,
            None => fs::remove_file(&path).map_err(|e| at(&path, &e))?,
        }
    }
    println!("{} types, {} files renewed", generated.len(), differences.len());
    Ok(())
}

pub fn check(workspace: &Workspace) -> Outcome {
    run(&mut export(workspace)?)?;
    compare(workspace)
}

/// The same as [`check`] as a part of a longer run.
pub fn check_logged(workspace: &Workspace, log: &mut Log) -> Outcome {
    log.run(&mut export(workspace)?)?;
    compare(workspace)
}

/// The folder the exporting tests are pointed at.
pub fn scratch(workspace: &Workspace) -> PathBuf {
    workspace.target.join("types")
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.ui().join("src/ipc/gen")
}

/// ts-rs makes one test per exported type, all named `export_bindings_…`.
fn export(workspace: &Workspace) -> Outcome<std::process::Command> {
    let scratch = scratch(workspace);
    if scratch.exists() {
        fs::remove_dir_all(&scratch).map_err(|e| at(&scratch, &e))?;
    }
    let mut command = workspace.cargo(&["test", "--quiet", "--workspace", "--lib"]);
    command.arg("export_bindings").env("TS_RS_EXPORT_DIR", scratch);
    Ok(command)
}

fn compare(workspace: &Workspace) -> Outcome {
    let (generated, committed) = both(workspace)?;
    let differences = differences(&generated, &committed);
    if differences.is_empty() {
        return Ok(());
    }
    let lines = differences.iter().map(|(file, what)| format!("  {} {what}", file.display()));
    Err(format!(
        "ui/src/ipc/gen is not what the Rust types say; run `cargo xtask types`:\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

fn both(workspace: &Workspace) -> Outcome<(Files, Files)> {
    let generated = read(&scratch(workspace))?;
    if generated.is_empty() {
        return Err("No type was exported: does any wire type say #[ts(export)]?".into());
    }
    Ok((generated, read(&folder(workspace))?))
}

fn differences(generated: &Files, committed: &Files) -> Vec<(PathBuf, &'static str)> {
    let new = generated.iter().filter_map(|(file, contents)| match committed.get(file) {
        None => Some((file.clone(), "is missing")),
        Some(found) if found != contents => Some((file.clone(), "is out of date")),
        Some(_) => None,
    });
    let gone = committed.keys().filter(|file| !generated.contains_key(*file));
    new.chain(gone.map(|file| (file.clone(), "has no Rust type any more"))).collect()
}

fn read(folder: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        if !next.exists() {
            continue;
        }
        for entry in fs::read_dir(&next).map_err(|e| at(&next, &e))? {
            let path = entry.map_err(|e| at(&next, &e))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
                files.insert(name, fs::read(&path).map_err(|e| at(&path, &e))?);
            }
        }
    }
    Ok(files)
}

fn write_file(path: &Path, contents: &[u8]) -> Outcome {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).and_then(|()| fs::write(path, contents)).map_err(|e| at(path, &e))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_changed_and_left_over_files_are_all_named() {
        let files = |entries: &[(&str, &str)]| -> Files {
            entries.iter().map(|(name, text)| (name.into(), text.as_bytes().to_vec())).collect()
        };
        let generated = files(&[("A.ts", "1"), ("B.ts", "2"), ("C.ts", "3")]);
        let committed = files(&[("B.ts", "old"), ("C.ts", "3"), ("D.ts", "4")]);
        let found = differences(&generated, &committed);
        assert_eq!(
            found,
            [
                ("A.ts".into(), "is missing"),
                ("B.ts".into(), "is out of date"),
                ("D.ts".into(), "has no Rust type any more"),
            ]
        );
    }
}
