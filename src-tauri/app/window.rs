//! The window.
//!
//! Never loads anything but the built screens: another address is refused.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// The label that the capability in `tauri.conf.json` names.
const MAIN: &str = "main";

/// Opens the one window.
///
/// # Errors
/// What the system says when it cannot open one.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Kontor")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 700.0)
        .general_autofill_enabled(false)
        .on_navigation(|address| {
            let local = matches!(address.host_str(), Some("localhost" | "tauri.localhost"));
            address.scheme() == "tauri" || local
        })
        .build()?;
    Ok(())
}

/// Whether a person has the window in front of them.
pub fn is_in_front(app: &AppHandle) -> bool {
    let window = app.get_webview_window(MAIN);
    // A desktop that does not say whether it is leaves it at a notification too many.
    window.is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// A second start shows the first one's window.
pub fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // A window manager may refuse either; the person then finds the window themselves.
        drop(window.unminimize());
        drop(window.set_focus());
    }
}
