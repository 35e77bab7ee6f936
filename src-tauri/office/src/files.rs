//! Files written whole or not at all, readable by this user alone.
//!
//! Never follows a name a person typed into another folder: see [`safe_name`].

use crate::fault::{Code, Fault};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the office should see of a failure of the disk.
pub fn fault(error: &io::Error) -> Fault {
    use io::ErrorKind;
    let (code, message) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            (Code::DiskFull, "There is no space left on the disk.")
        }
        ErrorKind::NotFound => (Code::NotFound, "The file or folder is not there."),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (Code::DiskError, "This file or folder may not be written.")
        }
        _ => (Code::DiskError, "The disk reported an error."),
    };
    Fault::new(code, message).detail(error.to_string())
}

/// A file beside `path` that becomes `path` when it is finished; dropped before, it disappears.
pub struct Growing {
    file: Option<File>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Growing {
    /// Begins a file.
    ///
    /// # Errors
    /// As [`fault`].
    pub fn begin(path: &Path) -> Result<Self, Fault> {
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".part");
        let temporary = PathBuf::from(temporary);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary).map_err(|error| fault(&error))?;
        Ok(Self { file: Some(file), temporary, path: path.to_owned() })
    }

    /// Syncs the file to the disk and gives it its name.
    ///
    /// # Errors
    /// As [`fault`].
    pub fn finish(mut self) -> Result<(), Fault> {
        let finished = match self.file.take() {
            Some(file) => file.sync_all(),
            None => Ok(()),
        };
        finished
            .and_then(|()| std::fs::rename(&self.temporary, &self.path))
            .and_then(|()| sync_folder(&self.path))
            .map_err(|error| fault(&error))
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        // After `finish` the name is gone and there is nothing to remove.
        drop(std::fs::remove_file(&self.temporary));
    }
}

/// Writes a file so that a crash leaves the old content or the new, never half of it.
///
/// # Errors
/// As [`fault`].
pub fn write_whole(path: &Path, content: &[u8]) -> Result<(), Fault> {
    let mut growing = Growing::begin(path)?;
    growing.write_all(content).map_err(|error| fault(&error))?;
    growing.finish()
}

/// Makes a folder that only this user may enter; one that exists is left as it is.
///
/// # Errors
/// As [`fault`].
pub fn private_folder(folder: &Path) -> Result<(), Fault> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| fault(&error))
}

/// Makes a rename survive a power cut, where the system can.
///
/// # Errors
/// What the system says.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// A file name from a document's number: letters, digits, `-` and `_` only.
pub fn safe_name(text: &str) -> String {
    let name: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .take(80)
        .collect();
    if name.is_empty() { "document".to_owned() } else { name }
}
