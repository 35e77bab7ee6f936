//! A private desktop without a screen: its own D-Bus, X display, keychain and home folder.
//!
//! The person's own keychain and books are never touched from in here.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::machine;
use crate::picture;
use crate::workspace::{self, Workspace};

/// The command by which this program starts itself inside the session.
pub const INSIDE: &str = "inside-session";

/// The longest a first start may take, page caches cold and one slow processor.
const WINDOW_PATIENCE: Duration = Duration::from_secs(90);

/// A command that runs `args` of this program inside a fresh session with an empty home folder.
pub fn command(workspace: &Workspace, name: &str, args: &[&str]) -> Outcome<Command> {
    let home = workspace.target.join(name);
    make_home(&home)?;
    let program = std::env::current_exe().map_err(|e| format!("This program is gone: {e}"))?;
    let mut command = workspace.command("dbus-run-session");
    command.args(["--", "xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24"]);
    command.arg(program).arg(INSIDE).args(args).env("HOME", &home);
    for (variable, folder) in HOME_FOLDERS {
        command.env(variable, home.join(folder));
    }
    command.env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
    // Without the first the web view may stay blank on machines without a graphics card, without
    // the second it waits for an accessibility bus that no one started.
    command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("NO_AT_BRIDGE", "1");
    Ok(command)
}

/// Where programs keep things, by the variable that says so.
const HOME_FOLDERS: [(&str, &str); 5] = [
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_RUNTIME_DIR", "run"),
];

fn make_home(home: &Path) -> Outcome {
    let make = || {
        if home.exists() {
            fs::remove_dir_all(home)?;
        }
        for (_, folder) in HOME_FOLDERS {
            fs::create_dir_all(home.join(folder))?;
        }
        // D-Bus and the keychain refuse a runtime folder others can read.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(home.join("run"), fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    };
    make().map_err(|e: std::io::Error| format!("{}: {e}", home.display()))
}

/// What runs inside: `picture <app> <file> [--stay]` or `run <program> [args]`.
pub fn inside(workspace: &Workspace, args: &[&str]) -> Outcome {
    let _keychain = Keychain::unlock()?;
    match args {
        ["picture", app, file] => show(workspace, app, file, false),
        ["picture", app, file, "--stay"] => show(workspace, app, file, true),
        ["run", program, rest @ ..] => workspace::run(workspace.command(program).args(rest)),
        _ => Err(format!("`{INSIDE}` is for this program only.")),
    }
}

fn show(workspace: &Workspace, app: &str, file: &str, stay: bool) -> Outcome {
    let mut command = workspace.command(app);
    let mut app = Running(command.spawn().map_err(|e| format!("{app} did not start: {e}"))?);
    picture::wait_until_drawn(WINDOW_PATIENCE, || match app.0.try_wait() {
        Ok(Some(status)) => Err(format!("The desk ended before its window showed: {status}.")),
        Ok(None) | Err(_) => Ok(()),
    })?;
    picture::save(Path::new(file))?;
    println!("The window is open; picture: {file}");
    if stay {
        println!("It keeps running on the virtual display until Ctrl+C.");
        app.0.wait().map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// The session's own keychain, unlocked with an empty password.
struct Keychain(#[expect(dead_code, reason = "held so that it ends with the session")] Running);

impl Keychain {
    fn unlock() -> Outcome<Self> {
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut start = || {
            let mut daemon = Running(command.spawn()?);
            if let Some(mut password) = daemon.0.stdin.take() {
                password.write_all(b"\n")?;
            }
            Ok(daemon)
        };
        let daemon = start().map_err(|e: std::io::Error| format!("gnome-keyring-daemon: {e}"))?;
        Self::wait_until_it_answers()?;
        Ok(Self(daemon))
    }

    /// A program that asked earlier would make D-Bus start a second, locked keychain.
    fn wait_until_it_answers() -> Outcome {
        let question = [
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ];
        for _ in 0..100 {
            if machine::answer("dbus-send", &question).is_some_and(|text| text.contains("true")) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("The keychain of the private session did not start within 10 s.".into())
    }
}

/// A program that ends when this value does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Where the picture of the first window goes.
pub fn first_picture(workspace: &Workspace) -> PathBuf {
    workspace.target.join("first-window.png")
}
