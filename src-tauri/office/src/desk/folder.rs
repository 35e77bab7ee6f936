//! The files of a school: where each lies, who holds them, and how they go.
//!
//! Never removes a file that the desk did not make.

use crate::fault::{Code, Fault};
use crate::files;
use crate::keyfile::Tries;
use finance::ids::UserId;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A book that no other program may open.
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Lets go at once. Closing the file alone would not: a program that is being started at this
    /// moment holds a copy of it until it runs.
    fn drop(&mut self) {
        // Where the system refuses, the closing that follows lets go as well, only later.
        let _closing_does_it = self.0.unlock();
    }
}

/// A school's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The book.
    pub(super) fn book(&self) -> PathBuf {
        self.0.join("book.kontor")
    }

    pub(super) fn has_book(&self) -> bool {
        self.book().exists()
    }

    /// The book while it is made.
    pub(super) fn growing_book(&self) -> PathBuf {
        self.0.join("book.new")
    }

    /// How the book's key is kept.
    pub(super) fn key_file(&self) -> PathBuf {
        self.0.join("key.json")
    }

    /// Secrets where there is no keychain.
    pub(super) fn secrets(&self) -> PathBuf {
        self.0.join("secrets.kontor")
    }

    /// Papers and files made for the person.
    pub(super) fn papers(&self) -> PathBuf {
        self.0.join("papers")
    }

    /// Wrong passphrases so far.
    pub(super) fn tries(&self) -> Tries {
        Tries::at(self.0.join("tries.json"))
    }

    /// Wrong passwords of one user so far. Each has a count of their own: who knows one password
    /// must not wipe out guesses at another.
    pub(super) fn tries_of(&self, user: Option<UserId>) -> Tries {
        let user = user.map_or_else(|| "nobody".to_owned(), |user| user.to_string());
        Tries::at(self.0.join(format!("tries.json.{user}")))
    }

    /// Keeps other programs away from the book for as long as the lock lives.
    ///
    /// # Errors
    /// [`Code::BookInUse`] or what the disk reports.
    pub(super) fn lock(&self) -> Result<Lock, Fault> {
        let lock = File::create(self.0.join("desk.lock")).map_err(|error| files::fault(&error))?;
        lock.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => {
                Fault::new(Code::BookInUse, "Another window or program holds the book.")
            }
            std::fs::TryLockError::Error(error) => files::fault(&error),
        })?;
        Ok(Lock(lock))
    }

    /// Removes what a making that was cut short left behind.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn remove_growing_book(&self) -> Result<(), Fault> {
        self.remove_named("book.new")
    }

    /// Removes the book with its log and the copies made before it took a newer form.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn remove_book(&self) -> Result<(), Fault> {
        remove_file(&self.book())?;
        self.remove_named("book.kontor")
    }

    /// Removes the file of a name and what SQLite and the store keep beside it.
    fn remove_named(&self, name: &str) -> Result<(), Fault> {
        for entry in std::fs::read_dir(&self.0).map_err(|error| files::fault(&error))? {
            let path = entry.map_err(|error| files::fault(&error))?.path();
            let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
            let rest = file.strip_prefix(name);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.'])) {
                remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Removes what lies beside the book.
    ///
    /// # Errors
    /// What the disk reports.
    pub(super) fn remove_rest(&self) -> Result<(), Fault> {
        self.remove_named("tries.json")?;
        for path in [self.key_file(), self.secrets()] {
            remove_file(&path)?;
        }
        match std::fs::remove_dir_all(self.papers()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::fault(&error)),
            _ => Ok(()),
        }
    }
}

fn remove_file(path: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::fault(&error)),
        _ => Ok(()),
    }
}
