//! Carries requests to the office and its events to the window.
//!
//! Never looks into a request: the office's router does.

use crate::notify;
use office::{Code, Desk, Fault};
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Emitter, State};

/// How often the office is asked whether something is due.
const TICK: Duration = Duration::from_secs(15);

/// Answers one request of the window.
#[tauri::command]
pub async fn rpc(
    name: String,
    request: serde_json::Value,
    window: tauri::WebviewWindow,
    desk: State<'_, Arc<Desk>>,
) -> Result<office::rpc::Answer, Fault> {
    let desk = desk.inner().clone();
    // A task of its own: a window that goes away in the middle must not cut a write in half, and a
    // fault of the program in one request must not take the others with it.
    tauri::async_runtime::spawn(async move {
        office::rpc::answer(&desk, window.label(), &name, request).await
    })
    .await
    .map_err(|lost| {
        Fault::new(Code::Internal, "The request was cut short.").detail(lost.to_string())
    })?
}

/// Tells windows what went stale, and lets the office do what is due.
pub fn start(app: AppHandle, desk: Arc<Desk>) {
    let mut events = desk.events();
    let window = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    let told = window.emit(event.name(), &event);
                    debug_assert!(told.is_ok(), "an event of the office can always be written");
                }
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                Err(tokio::sync::broadcast::error::RecvError::Closed) => break,
            }
        }
    });
    tauri::async_runtime::spawn(async move {
        loop {
            desk.tick().await;
            notify::show(&app, &desk).await;
            tokio::time::sleep(TICK).await;
        }
    });
}
