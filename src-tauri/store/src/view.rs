//! Reading: one unchanging picture of the book.
//!
//! Never writes. All questions are methods of [`View`], one file per table; a [`crate::Tx`] is a
//! view too, which sees its own writing.

use sqlx::{Sqlite, SqliteConnection, Transaction};

/// A window onto a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows to leave out.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<Column> {
    /// The column to sort by.
    pub by: Column,
    /// Largest first.
    pub descending: bool,
}

/// A picture of the book at one moment: everything read through it belongs together.
#[derive(Debug)]
pub struct View {
    pub(crate) inner: Transaction<'static, Sqlite>,
}

impl View {
    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }
}
