//! Shows on the desktop what the office wants told, and opens the screen it is about.
//!
//! Never decides what is told or when: the office does, and knows no desktop.

use crate::window;
use office::Desk;
use tauri::{AppHandle, Emitter};
use tauri_plugin_notification::NotificationExt;

/// Where a click leads whose notification the desktop does not name.
const USUAL: &str = "/review";

/// Brings the window to the screen of a notification that is clicked, where the desktop reports it.
///
/// # Errors
/// What the plugin says when it cannot listen.
pub fn listen(app: &AppHandle) -> Result<(), tauri_plugin_notification::Error> {
    let window = app.clone();
    app.notification().on_action(move |performed| {
        let extra = performed.notification().map(|shown| shown.extra());
        let path = extra.and_then(|extra| extra.get("path")?.as_str()).unwrap_or(USUAL);
        window::bring_forward(&window);
        let told = window.emit("open", serde_json::json!({ "path": path }));
        debug_assert!(told.is_ok(), "a path can always be written");
    })
}

/// Shows what is due.
pub async fn show(app: &AppHandle, desk: &Desk) {
    for notice in desk.notices(window::is_in_front(app)).await {
        let shown = app
            .notification()
            .builder()
            .title(notice.title)
            .body(notice.body)
            .extra("path", notice.path)
            .show();
        if let Err(refused) = shown {
            // A desktop without notifications: the review shows the same.
            eprintln!("Kontor could not show a notification: {refused}");
        }
    }
}
