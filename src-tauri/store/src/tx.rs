//! Writing: one transaction of the only connection that writes.
//!
//! Never keeps half of anything: a transaction dropped without `commit` leaves no trace.

use crate::error::StoreError;
use crate::view::View;
use finance::fact::Fact;
use finance::ids::{SeriesId, StudentId};
use std::ops::{Deref, DerefMut};

/// A transaction of the writer. It reads as [`View`] does, and sees what it wrote.
#[derive(Debug)]
pub struct Tx {
    pub(crate) view: View,
}

impl Deref for Tx {
    type Target = View;
    fn deref(&self) -> &View {
        &self.view
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut View {
        &mut self.view
    }
}

impl Tx {
    /// Appends facts and applies them to every derived table; facts already there are left out.
    /// Returns how many were new. After an error the transaction is to be dropped.
    ///
    /// # Errors
    /// [`StoreError::NumberTaken`], [`StoreError::OverAllocated`], [`StoreError::CauseMissing`],
    /// [`StoreError::WrongSchool`], [`StoreError::WrongCurrency`], [`StoreError::CodeTaken`], or
    /// what the database reports.
    pub async fn record(&mut self, facts: &[Fact]) -> Result<usize, StoreError> {
        todo!()
    }

    /// Takes the next number of a series: gapless, because a transaction that fails gives it back.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where there is no such series.
    pub async fn next_sequence(&mut self, series: SeriesId) -> Result<u64, StoreError> {
        todo!()
    }

    /// Erases the personal data of a student from facts and derived tables; amounts, numbers and
    /// the chain stay.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn erase_person(&mut self, student: StudentId) -> Result<(), StoreError> {
        todo!()
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::DiskError`]; see there what to do.
    pub async fn commit(self) -> Result<(), StoreError> {
        todo!()
    }
}
