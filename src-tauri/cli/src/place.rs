//! Where the book lies: the same folder as the desktop's.
//!
//! Never reads the book.

use office::{Code, Desk, DeskSetup, Fault};
use std::path::PathBuf;
use std::sync::Arc;

/// The desktop's identifier (tauri.conf.json), by which systems name an application's folder.
const APPLICATION: &str = "app.kontor.desk";

/// The desk over a folder, or over the desktop's.
///
/// # Errors
/// What the disk reports, or [`Code::DiskError`] where the system names no folder for data.
pub fn desk(folder: Option<PathBuf>) -> Result<Arc<Desk>, Fault> {
    let usual = || dirs::data_dir().map(|data| data.join(APPLICATION));
    let folder = folder.or_else(usual).ok_or_else(|| {
        Fault::new(Code::DiskError, "The system names no folder for data; use --data.")
    })?;
    let setup = DeskSetup::for_this_machine(folder);
    Desk::new(match std::env::var("KONTOR_XERO_URL") {
        // Only a program built for tests can be pointed at a simulator.
        Ok(address) if cfg!(debug_assertions) => setup.with_xero_at(&address),
        _ => setup,
    })
}
