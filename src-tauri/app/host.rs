//! What the window may ask of the machine: the browser, a paper's viewer, a folder.
//!
//! Never opens what the page names freely: an address must be https, a file must be one that the
//! desk made.

use office::{Code, Desk, Fault};
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

/// Opens a sign-in page in the person's own browser (RFC 8252: never in a window of ours).
#[tauri::command]
pub fn open_address(address: String, app: AppHandle) -> Result<(), Fault> {
    let simulated = cfg!(debug_assertions) && address.starts_with("http://127.0.0.1:");
    if !address.starts_with("https://") && !simulated {
        return Err(Fault::new(Code::BadRequest, "Only https addresses are opened."));
    }
    app.opener().open_url(address, None::<&str>).map_err(|refused| {
        Fault::new(Code::Internal, "The browser could not be opened.").detail(refused.to_string())
    })
}

/// Opens a made file with the program the person uses for its kind; printing happens there.
#[tauri::command]
pub fn open_file(path: String, app: AppHandle, desk: State<'_, Arc<Desk>>) -> Result<(), Fault> {
    if !desk.made(Path::new(&path)) {
        return Err(Fault::new(Code::BadRequest, "Only files made by Kontor are opened."));
    }
    app.opener().open_path(path, None::<&str>).map_err(|refused| {
        Fault::new(Code::Internal, "The file could not be opened.").detail(refused.to_string())
    })
}

/// Lets the person choose a folder; nothing when they think better of it.
#[tauri::command]
pub async fn choose_folder(app: AppHandle) -> Result<Option<String>, Fault> {
    let (give, take) = tokio::sync::oneshot::channel();
    app.dialog().file().pick_folder(move |folder| {
        // The page may be gone by the time the person has chosen; then nobody is told.
        drop(give.send(folder));
    });
    let chosen = take.await.ok().flatten();
    Ok(chosen.map(|folder| folder.to_string()))
}
