//! Where the desk keeps its book, and what this machine needs.
//!
//! Never reads the book.

use office::DeskSetup;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};

/// WebKitGTK's DMABUF renderer shows a blank window on some graphics drivers and is slow on
/// virtual ones (tauri-apps/tauri#13899, open 2026-11). A person's own setting is left alone.
pub fn prefer_software_rendering() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        restart_with("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
}

/// Setting a variable of a running process is unsafe once threads exist, so the program starts
/// itself anew with it.
#[cfg(target_os = "linux")]
fn restart_with(name: &str, value: &str) {
    use std::os::unix::process::CommandExt;
    if let Ok(program) = std::env::current_exe() {
        let refused = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(name, value)
            .exec();
        eprintln!("Kontor goes on without {name}: {refused}");
    }
}

/// The folder of the book: `KONTOR_DATA`, or the system's place for an application's data.
///
/// # Errors
/// What the system says when there is no such place.
pub fn data_folder(app: &AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os("KONTOR_DATA") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir(),
    }
}

/// How a desk of this application is set up.
pub fn desk_setup(folder: PathBuf) -> DeskSetup {
    DeskSetup::for_this_machine(folder).with_systems_of_tests()
}
