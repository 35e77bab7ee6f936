//! Writing: one transaction of the only connection that writes.
//!
//! Never keeps half of anything: a transaction dropped without `commit` leaves no trace.

use crate::error::StoreError;
use crate::facts::append::append;
use crate::rare::Rare;
use crate::view::View;
use crate::{apply, exports, scope};
use finance::fact::Fact;
use finance::ids::SeriesId;
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
    /// [`StoreError::BilledAlready`], [`StoreError::WrongSchool`], [`StoreError::WrongCurrency`],
    /// [`StoreError::CodeTaken`], [`StoreError::OutsideScope`], or what the database reports.
    pub async fn record(&mut self, facts: &[Fact]) -> Result<usize, StoreError> {
        let scope = self.view.scope.clone();
        apply::check_owner(&mut self.view, facts).await?;
        self.view.memo.rare.note(facts);
        let erased = self.view.may_have(Rare::Erasure).await?;
        let connected = self.view.may_have(Rare::Connection).await?;
        let conn = self.view.conn();
        let placed = append(conn, facts).await?;
        if !placed.is_empty() {
            apply::apply(conn, &placed, erased).await?;
            if let Some(scope) = scope {
                // Now that they are applied, each leads to its student.
                scope::demand(conn, &scope, facts).await?;
            }
            let fresh: Vec<&Fact> = placed.iter().map(|placed| placed.fact).collect();
            exports::enqueue(conn, &fresh, connected).await?;
        }
        Ok(placed.len())
    }

    /// Takes the next number of a series: gapless, because a transaction that fails gives it back.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where there is no such series.
    pub async fn next_sequence(&mut self, series: SeriesId) -> Result<u64, StoreError> {
        let taken: Option<i64> = sqlx::query_scalar(
            "UPDATE number_series SET next = next + 1 WHERE id = ? RETURNING next - 1",
        )
        .bind(series.to_string())
        .fetch_optional(self.view.conn())
        .await?;
        taken.and_then(|taken| u64::try_from(taken).ok()).ok_or(StoreError::CauseMissing)
    }

    /// Begins a part of the transaction that can be taken back alone; parts are not nested.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn begin_part(&mut self) -> Result<(), StoreError> {
        sqlx::query("SAVEPOINT part").execute(self.view.conn()).await?;
        Ok(())
    }

    /// Ends a part: keeps what it wrote, or takes it back. After an error the transaction is to be
    /// dropped.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn end_part(&mut self, kept: bool) -> Result<(), StoreError> {
        if !kept {
            sqlx::query("ROLLBACK TO part").execute(self.view.conn()).await?;
        }
        sqlx::query("RELEASE part").execute(self.view.conn()).await?;
        Ok(())
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::DiskError`]; see there what to do.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.view.inner.commit().await?;
        self.view.memo.advance();
        Ok(())
    }
}
