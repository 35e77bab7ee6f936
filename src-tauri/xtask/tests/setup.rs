//! The set-up on machines that are not this one, played by scripts standing in for their programs.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may stop where its machine cannot be made")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project folder and the only programs its machine has.
struct Machine {
    root: PathBuf,
}

impl Machine {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        for folder in ["bin", "ui", "src-tauri/xtask"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::write(root.join("ui/package-lock.json"), "{}").unwrap();
        Self { root }
    }

    /// A machine with everything the set-up looks for, used by a person who is not root.
    fn complete(name: &str) -> Self {
        let machine = Self::new(name);
        let present = "c++ pkg-config xvfb-run xauth dbus-run-session gnome-keyring-daemon import \
                       WebKitWebDriver pdftotext chromium apt-get";
        for program in present.split_whitespace() {
            machine.program(program, "exit 0");
        }
        machine.program("id", "echo 1000");
        machine.program("node", "echo v20.19.2");
        machine.program("npm", NPM)
    }

    fn program(&self, name: &str, body: &str) -> Self {
        let file = self.root.join("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
        Self { root: self.root.clone() }
    }

    fn without(self, name: &str) -> Self {
        fs::remove_file(self.root.join("bin").join(name)).unwrap();
        self
    }

    fn set_up(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("setup")
            .env("PATH", self.root.join("bin"))
            .env("CARGO_MANIFEST_DIR", self.root.join("src-tauri/xtask"))
            .env_remove("CARGO_TARGET_DIR")
            .output()
            .unwrap()
    }

    /// What the stand-ins noted down.
    fn notes(&self) -> String {
        fs::read_to_string(self.root.join("notes")).unwrap_or_default()
    }

    fn gone(self) {
        fs::remove_dir_all(self.root).unwrap();
    }
}

/// Installs as npm does: the packages, and last the file that says it is complete.
const NPM: &str = r#"case "$1" in
ci) echo "npm $*" >> ../notes; /bin/mkdir -p node_modules; echo > node_modules/.package-lock.json;;
*) echo 10.8.2;;
esac"#;

/// Notes its arguments, then lets the program `xauth` appear.
const APT: &str = r#"echo "apt-get $*, $DEBIAN_FRONTEND" >> notes
printf '#!/bin/sh\n' > bin/xauth; /bin/chmod 755 bin/xauth"#;

fn said(output: &Output) -> String {
    [output.stdout.as_slice(), output.stderr.as_slice()].concat().escape_ascii().to_string()
}

fn at(root: &Path) -> String {
    root.display().to_string()
}

#[test]
fn a_complete_machine_gets_only_the_ui_packages_and_those_once() {
    let machine = Machine::complete("complete");
    assert!(machine.set_up().status.success());
    assert!(machine.set_up().status.success());
    assert_eq!(machine.notes(), "npm ci --ignore-scripts --no-audit --no-fund\n");
    machine.gone();
}

#[test]
fn a_newer_lock_file_installs_the_ui_packages_again() {
    let machine = Machine::complete("newer-lock");
    assert!(machine.set_up().status.success());
    let lock = fs::File::create(machine.root.join("ui/package-lock.json")).unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    lock.set_modified(later).unwrap();
    assert!(machine.set_up().status.success());
    assert_eq!(machine.notes().lines().count(), 2);
    machine.gone();
}

#[test]
fn root_installs_what_is_missing_and_goes_on() {
    let machine = Machine::complete("root").without("xauth").program("id", "echo 0");
    let script = format!("cd {}\n{APT}", at(&machine.root));
    let machine = machine.program("apt-get", &script);
    machine.program("env", r#"export "$1"; shift; exec "$@""#);
    let output = machine.set_up();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(
        machine.notes(),
        "apt-get update, noninteractive\n\
         apt-get install --yes --no-install-recommends xauth, noninteractive\n\
         npm ci --ignore-scripts --no-audit --no-fund\n"
    );
    machine.gone();
}

#[test]
fn a_person_without_rights_gets_the_line_and_nothing_is_changed() {
    let machine = Machine::complete("person").without("xauth").without("pdftotext");
    let output = machine.set_up();
    let line = "sudo apt-get update && sudo apt-get install --yes --no-install-recommends \
                xauth poppler-utils";
    assert!(!output.status.success());
    assert!(said(&output).contains(line), "{}", said(&output));
    assert_eq!(machine.notes(), "");
    machine.gone();
}

#[test]
fn a_failed_installation_shows_what_apt_said_and_the_line() {
    let machine = Machine::complete("no-net").without("xauth").program("id", "echo 0");
    let machine = machine.program("env", "echo 'E: no network'; exit 100");
    let output = machine.set_up();
    assert!(!output.status.success());
    assert!(said(&output).contains("E: no network"), "{}", said(&output));
    assert!(said(&output).contains("apt-get update && "), "{}", said(&output));
    machine.gone();
}

#[test]
fn an_unreachable_source_does_not_keep_the_others_from_serving() {
    let machine = Machine::complete("one-source").without("xauth").program("id", "echo 0");
    let script = format!("cd {}\n{APT}\n[ \"$1\" = install ]", at(&machine.root));
    let machine = machine.program("apt-get", &script);
    let machine = machine.program("env", r#"export "$1"; shift; exec "$@""#);
    let output = machine.set_up();
    assert!(output.status.success(), "{}", said(&output));
    machine.gone();
}

#[test]
fn a_package_that_does_not_bring_what_it_should_is_named() {
    let machine = Machine::complete("empty-package").without("xauth").program("id", "echo 0");
    let machine = machine.program("env", "exit 0");
    let output = machine.set_up();
    assert!(!output.status.success());
    assert!(said(&output).contains("was not found: xauth"), "{}", said(&output));
    machine.gone();
}

#[test]
fn a_missing_or_old_node_is_told_with_the_version_needed() {
    let machine = Machine::complete("node").program("node", "echo v18.20.4");
    assert!(said(&machine.set_up()).contains("Node.js v18.20.4 is too old. Install Node.js 20.19"));
    let machine = machine.without("node");
    assert!(said(&machine.set_up()).contains("Node.js was not found. Install Node.js 20.19"));
    assert_eq!(machine.notes(), "");
    machine.gone();
}
