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
    Desk::new(DeskSetup::for_this_machine(folder).with_systems_of_tests())
}
