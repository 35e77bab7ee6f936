//! The desktop application: a window around the office.
//!
//! Never decides anything a test would want to see: it hands requests to the office's router and
//! shows what comes back. This folder is the only code that knows Tauri.

// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod host;
mod notify;
mod place;
mod relay;
mod window;

use office::Desk;
use std::sync::Arc;
use tauri::Manager;

fn main() {
    place::prefer_software_rendering();
    let outcome = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            window::bring_forward(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![
            relay::rpc,
            host::open_address,
            host::open_file,
            host::choose_folder
        ])
        .setup(|app| {
            let folder = place::data_folder(app.handle())?;
            let desk: Arc<Desk> = Desk::new(place::desk_setup(folder))?;
            app.manage(desk.clone());
            window::open(app.handle())?;
            notify::listen(app.handle())?;
            relay::start(app.handle().clone(), desk);
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = outcome {
        // Without a window there is no other place left to say it.
        eprintln!("Kontor could not start: {error}");
        std::process::exit(1);
    }
}
