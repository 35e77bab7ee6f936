//! The set-up `start` and `test` begin with: system packages, Node.js, the UI's packages.
//!
//! It installs only what is missing, only where that needs no password, and otherwise says the
//! one line a person has to run. It never asks a question: it must work in a build machine too.

use std::process::{Command, Stdio};

use crate::Outcome;
use crate::demand::{self, Demand};
use crate::machine::{self, Rights};
use crate::stages::Log;
use crate::ui;
use crate::workspace::Workspace;

/// What is needed to build and to show the desk on this machine.
pub fn for_window(workspace: &Workspace, virtual_display: bool) -> Outcome {
    let display = if virtual_display { demand::VIRTUAL_DISPLAY } else { &[] };
    system(workspace, demand::BUILD.iter().chain(display))?;
    machine::require_node()?;
    ui::install(workspace)
}

/// What is needed to build, show and test the desk.
pub fn all(workspace: &Workspace) -> Outcome {
    let demands = demand::BUILD.iter().chain(demand::VIRTUAL_DISPLAY).chain(demand::TESTS);
    let browser = (linux_id() == "debian").then_some(&demand::BROWSER);
    system(workspace, demands.chain(browser))?;
    machine::require_node()?;
    ui::install(workspace)?;
    playwright_browser(workspace)
}

fn system<'a>(workspace: &Workspace, demands: impl Iterator<Item = &'a Demand>) -> Outcome {
    match std::env::consts::OS {
        "linux" => linux(workspace, &demands.collect::<Vec<_>>()),
        "windows" => windows(),
        "macos" => macos(),
        other => Err(format!("Kontor is built on Linux, Windows and macOS, not on {other}.")),
    }
}

/// What is to be done about missing packages.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Nothing,
    Run { update: Vec<String>, install: Vec<String> },
    Tell(String),
}

fn linux(workspace: &Workspace, demands: &[&Demand]) -> Outcome {
    let missing = demand::missing(demands);
    let has_apt = machine::program("apt-get").is_some();
    match plan(&missing, has_apt, machine::rights()) {
        Plan::Nothing => Ok(()),
        Plan::Tell(advice) => Err(advice),
        Plan::Run { update, install } => {
            println!("Installing {} system packages: {}", missing.len(), missing.join(" "));
            let mut log = Log::create(&workspace.logs(), "system-packages")?;
            let line = typed(&update, &install);
            // One unreachable source fails the update, and the others may have it all.
            let updated = run_words(&mut log, &update);
            run_words(&mut log, &install).map_err(|reason| {
                let cause = updated.err().unwrap_or_default();
                format!("{}\n{cause}\n{reason}\nRun this and try again:\n\n  {line}", log.tail())
            })?;
            match demand::missing(demands).as_slice() {
                [] => Ok(()),
                still => Err(format!(
                    "Installed, and yet what these bring was not found: {}",
                    still.join(" ")
                )),
            }
        }
    }
}

fn plan(missing: &[&str], has_apt: bool, rights: Rights) -> Plan {
    if missing.is_empty() {
        return Plan::Nothing;
    }
    if !has_apt {
        return Plan::Tell(format!(
            "These are missing, named as Debian does; install what your distribution calls them \
             and run this command again:\n\n  {}\n",
            missing.join(" ")
        ));
    }
    let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
    let prefix = words(match rights {
        Rights::Root => "env DEBIAN_FRONTEND=noninteractive",
        Rights::Sudo => "sudo -n env DEBIAN_FRONTEND=noninteractive",
        Rights::Person => "sudo",
    });
    let update = [prefix.clone(), words("apt-get update")].concat();
    let packages = missing.iter().map(|package| package.to_string()).collect();
    let install =
        [prefix, words("apt-get install --yes --no-install-recommends"), packages].concat();
    match rights {
        Rights::Root | Rights::Sudo => Plan::Run { update, install },
        Rights::Person => Plan::Tell(format!(
            "System packages are missing, and installing them needs your password. Run this line, \
             then this command again:\n\n  {}\n",
            typed(&update, &install)
        )),
    }
}

fn typed(update: &[String], install: &[String]) -> String {
    format!("{} && {}", update.join(" "), install.join(" "))
}

fn run_words(log: &mut Log, words: &[String]) -> Outcome {
    let (program, args) = words.split_first().ok_or("there is no command to run")?;
    log.run(Command::new(program).args(args))
}

/// The distribution's short name, empty where there is none.
fn linux_id() -> String {
    id_of(&std::fs::read_to_string("/etc/os-release").unwrap_or_default()).to_string()
}

fn id_of(os_release: &str) -> &str {
    os_release.lines().find_map(|line| line.strip_prefix("ID=")).unwrap_or("").trim_matches('"')
}

/// Lets Playwright bring its own browser where the system has none. It is remembered beside the
/// UI's packages, because another Playwright wants another browser.
fn playwright_browser(workspace: &Workspace) -> Outcome {
    let brought = workspace.ui().join("node_modules/.browser-installed");
    if demand::BROWSER.is_met() || brought.exists() {
        return Ok(());
    }
    let mut words = vec!["exec", "--", "playwright", "install"];
    if cfg!(target_os = "linux") && machine::rights() != Rights::Person {
        words.push("--with-deps");
    }
    words.push("chromium");
    ui::npm(workspace, &words)?;
    std::fs::write(&brought, "").map_err(|e| format!("{}: {e}", brought.display()))
}

/// WebView2 comes with every current Windows, but servers and stripped images may lack it; Perl
/// configures the OpenSSL that is compiled into SQLCipher there.
fn windows() -> Outcome {
    let client = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let places = [
        format!(r"HKLM\SOFTWARE\WOW6432Node\{client}"),
        format!(r"HKLM\SOFTWARE\{client}"),
        format!(r"HKCU\Software\{client}"),
    ];
    let has_web_view =
        places.iter().any(|key| machine::succeeds("reg", &["query", key, "/v", "pv"]));
    told(has_web_view, WEB_VIEW_ADVICE)?;
    told(machine::succeeds("perl", &["-v"]), PERL_ADVICE)
}

const WEB_VIEW_ADVICE: &str = "The WebView2 runtime, in which the desk draws its window, was not \
    found. Install the Evergreen runtime from \
    https://developer.microsoft.com/microsoft-edge/webview2/ and run this command again.";
const PERL_ADVICE: &str = "Perl, with which the book's encryption is built, was not found. Install \
    Strawberry Perl from https://strawberryperl.com, open a new terminal and run this command again.";
const XCODE_ADVICE: &str = "Apple's command line tools were not found. Run `xcode-select \
    --install`, wait for it to finish and run this command again.";

fn macos() -> Outcome {
    told(machine::succeeds("xcode-select", &["--print-path"]), XCODE_ADVICE)
}

fn told(is_there: bool, advice: &str) -> Outcome {
    if is_there { Ok(()) } else { Err(advice.to_string()) }
}

/// Brings rustfmt and clippy where rustup can, so that `check` works on a bare toolchain.
pub fn rust_components(workspace: &Workspace) -> Outcome {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let mut probe = workspace.cargo(&[subcommand, "--version"]);
        probe.stdout(Stdio::null()).stderr(Stdio::null());
        if probe.status().is_ok_and(|status| status.success()) {
            continue;
        }
        let mut add = workspace.command("rustup");
        add.args(["component", "add", component]);
        crate::workspace::run(&mut add).map_err(|reason| {
            format!("{reason}\n`cargo {subcommand}` is missing; install {component} with rustup.")
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: &[&str] = &["xvfb", "xauth"];

    #[test]
    fn nothing_is_installed_where_nothing_is_missing() {
        assert_eq!(plan(&[], true, Rights::Person), Plan::Nothing);
    }

    #[test]
    fn root_updates_the_lists_before_installing_without_recommended_packages() {
        let Plan::Run { update, install } = plan(MISSING, true, Rights::Root) else {
            panic!("no run")
        };
        assert_eq!(
            typed(&update, &install),
            "env DEBIAN_FRONTEND=noninteractive apt-get update && \
             env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
             xvfb xauth"
        );
    }

    #[test]
    fn sudo_is_never_allowed_to_ask_for_a_password() {
        let Plan::Run { update, install } = plan(MISSING, true, Rights::Sudo) else {
            panic!("no run")
        };
        assert!(update.starts_with(&["sudo".into(), "-n".into()]));
        assert!(install.starts_with(&["sudo".into(), "-n".into()]));
    }

    #[test]
    fn a_person_without_rights_gets_one_line_to_copy() {
        let Plan::Tell(advice) = plan(MISSING, true, Rights::Person) else { panic!("no advice") };
        let line = advice.lines().find(|line| line.starts_with("  ")).unwrap();
        assert_eq!(
            line.trim(),
            "sudo apt-get update && \
             sudo apt-get install --yes --no-install-recommends xvfb xauth"
        );
    }

    #[test]
    fn another_distribution_is_told_the_names_and_runs_nothing() {
        let Plan::Tell(advice) = plan(MISSING, false, Rights::Root) else { panic!("no advice") };
        assert!(advice.contains("xvfb xauth"));
    }

    #[test]
    fn the_distribution_is_named_by_its_id_and_not_by_its_relatives() {
        assert_eq!(id_of("NAME=\"Ubuntu\"\nID_LIKE=debian\nID=ubuntu\n"), "ubuntu");
        assert_eq!(id_of("ID=\"debian\"\n"), "debian");
    }
}
