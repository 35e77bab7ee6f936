//! Opening, creating and closing the book.
//!
//! Never creates a file where one was to be opened, never opens a file it does not know.

use crate::error::StoreError;
use crate::key::Key;
use crate::tx::Tx;
use crate::view::View;
use std::path::Path;

/// An open book.
#[derive(Clone, Debug)]
pub struct Store {}

impl Store {
    /// Makes a new, empty book.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::InUse`] or what the disk reports.
    pub async fn create(path: &Path, key: &Key) -> Result<Self, StoreError> {
        todo!()
    }

    /// Opens a book and brings it to the newest form; before that a copy is made and checked.
    ///
    /// # Errors
    /// [`StoreError::NoBook`], [`StoreError::InUse`], [`StoreError::WrongKey`],
    /// [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Damaged`] or what the disk
    /// reports.
    pub async fn open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        todo!()
    }

    /// Waits for the readers and the writer and closes the file.
    pub async fn close(self) {
        todo!()
    }

    /// Begins to write; waits until no other transaction of this process is writing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        todo!()
    }

    /// A picture of the book as it stands now.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(&self) -> Result<View, StoreError> {
        todo!()
    }

    /// Writes an encrypted copy of the whole book, under the same key, and opens it as a check.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the target is there already, or what the disk reports.
    pub async fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        todo!()
    }
}
