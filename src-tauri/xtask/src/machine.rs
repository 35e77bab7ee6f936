//! What this machine is and has: looked up by asking its own programs, never changed here.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::Outcome;

/// How software can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    Root,
    /// `sudo` works without asking for a password.
    Sudo,
    /// A person has to do it.
    Person,
}

/// A program of this name on the search path.
pub fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// Whether a program answers with success; one that is missing does not.
pub fn succeeds(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a program prints, without the line end; `None` if it is missing or fails.
pub fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_string();
    output.status.success().then_some(text)
}

pub fn rights() -> Rights {
    if answer("id", &["-u"]).as_deref() == Some("0") {
        Rights::Root
    } else if succeeds("sudo", &["-n", "true"]) {
        Rights::Sudo
    } else {
        Rights::Person
    }
}

/// Whether windows can be shown to a person here.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The oldest Node.js the UI's tools run on (Vite 8, jsdom 29), as major and minor version.
const NODE_OLDEST: (u32, u32) = (20, 19);

/// Refuses a missing or too old Node.js or npm with what to do about it.
pub fn require_node() -> Outcome {
    let advice = format!(
        "Install Node.js {}.{} or newer from https://nodejs.org, or with a version manager \
         (nvm install 20), open a new terminal and run this command again.",
        NODE_OLDEST.0, NODE_OLDEST.1
    );
    let Some(version) = answer("node", &["--version"]) else {
        return Err(format!("Node.js was not found. {advice}"));
    };
    match major_minor(&version) {
        Some(found) if found >= NODE_OLDEST => {}
        Some(_) => return Err(format!("Node.js {version} is too old. {advice}")),
        None => return Err(format!("`node --version` answered `{version}`. {advice}")),
    }
    if answer(NPM, &["--version"]).is_none() {
        return Err(format!("Node.js {version} is here, but its npm was not found. {advice}"));
    }
    Ok(())
}

/// npm is a script on Windows, and scripts are started by their full name there.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// `v20.19.4` as 20 and 19.
fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers_and_not_as_text() {
        assert!(major_minor("v20.9.0") < Some(NODE_OLDEST));
        assert!(major_minor("v20.19.0") >= Some(NODE_OLDEST));
        assert!(major_minor("v22.1.0") > Some(NODE_OLDEST));
        assert_eq!(major_minor("no version"), None);
    }

    #[test]
    fn a_program_that_is_missing_neither_succeeds_nor_answers() {
        assert_eq!(program("no-such-program-here"), None);
        assert!(!succeeds("no-such-program-here", &[]));
        assert_eq!(answer("no-such-program-here", &[]), None);
    }
}
