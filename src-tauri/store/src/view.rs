//! Reading: one unchanging picture of the book.
//!
//! Never writes. All questions are methods of [`View`], one file per table; a [`crate::Tx`] is a
//! view too, which sees its own writing.

use crate::ageing::Named;
use crate::error::StoreError;
use crate::lane::Lease;
use crate::rare::Known;
use crate::scope::Scope;
use finance::Currency;
use finance::ids::SchoolId;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A window onto a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows to leave out.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

impl Window {
    /// The same rows counted from the nearer end of `total`: the window to read, and whether the
    /// list is to be read backwards. So no page lies deeper than half the list.
    pub(crate) fn nearer_end(self, total: u32) -> (Self, bool) {
        let end = self.offset.saturating_add(self.limit).min(total);
        if self.offset <= total / 2 {
            return (self, false);
        }
        let limit = end.saturating_sub(self.offset);
        (Self { offset: total - end, limit }, true)
    }
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
    pub(crate) inner: Lease,
    /// What was worked out before.
    pub(crate) memo: Arc<Memo>,
    /// The generation of the book this picture shows. A writer's view has none.
    pub(crate) generation: Option<u64>,
    /// The departments it shows; nothing: the whole book.
    pub(crate) scope: Option<Scope>,
}

impl View {
    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// Counts and sums, one row of `N`: remembered, or worked out and then remembered.
    pub(crate) async fn sums<const N: usize>(
        &mut self,
        question: String,
        mut query: QueryBuilder<Sqlite>,
    ) -> Result<[i64; N], StoreError> {
        let question = match &self.scope {
            Some(scope) => format!("{} {question}", scope.key()),
            None => question,
        };
        if let Some(generation) = self.generation
            && let Some(kept) = self.memo.get(generation, &question)
            && let Ok(sums) = kept.try_into()
        {
            return Ok(sums);
        }
        let row = query.build().fetch_one(self.conn()).await?;
        let mut sums = [0; N];
        for (place, sum) in sums.iter_mut().enumerate() {
            *sum = row.try_get(place)?;
        }
        if let Some(generation) = self.generation {
            self.memo.keep(generation, question, sums.to_vec());
        }
        Ok(sums)
    }

    /// The school and currency of the book.
    ///
    /// # Errors
    /// [`StoreError::CauseMissing`] where the school has not begun.
    pub(crate) async fn owner(&mut self) -> Result<(SchoolId, Currency), StoreError> {
        self.begun().await?.ok_or(StoreError::CauseMissing)
    }

    /// The same, where the school may not have begun.
    pub(crate) async fn begun(&mut self) -> Result<Option<(SchoolId, Currency)>, StoreError> {
        if let Some(known) = self.memo.owner.get() {
            return Ok(Some(*known));
        }
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT id, currency FROM school").fetch_optional(self.conn()).await?;
        let Some((id, currency)) = row else { return Ok(None) };
        let begun = (crate::decode::id(&id)?, crate::decode::currency(&currency)?);
        // What a writer reads may still be undone.
        if self.generation.is_some() {
            self.memo.owner.get_or_init(|| begun);
        }
        Ok(Some(begun))
    }
}

/// Adds an order by columns, all in one direction.
pub(crate) fn push_order(
    query: &mut QueryBuilder<Sqlite>,
    columns: &'static [&'static str],
    descending: bool,
) {
    for (place, column) in columns.iter().enumerate() {
        query.push(if place == 0 { " ORDER BY " } else { ", " }).push(column);
        if descending {
            query.push(" DESC");
        }
    }
}

/// Count and sums of a list, by what was asked: scrolling asks the same again and again.
/// An entry holds for one generation of the book; every commit begins the next. A book never
/// changes its school or its currency, so these hold for good.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    owner: OnceLock<(SchoolId, Currency)>,
    generation: AtomicU64,
    sums: Mutex<HashMap<String, (u64, Vec<i64>)>>,
    names: Mutex<Option<(String, Arc<[Named]>)>>,
    /// Whether there is any of what most books have none of.
    pub rare: Known,
}

/// More questions than one window asks between two commits.
const MOST_ENTRIES: usize = 256;

impl Memo {
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub fn advance(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    pub fn get(&self, generation: u64, question: &str) -> Option<Vec<i64>> {
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.get(question).filter(|(made, _)| *made == generation).map(|(_, sums)| sums.clone())
    }

    /// The names that were read for a question, which says how often names had changed by then.
    pub fn names(&self, question: &str) -> Option<Arc<[Named]>> {
        let kept = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(of, _)| of == question).map(|(_, names)| Arc::clone(names))
    }

    /// Keeps names in place of those kept before: one list is open at a time.
    pub fn keep_names(&self, question: String, names: Arc<[Named]>) {
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = Some((question, names));
    }

    pub fn keep(&self, generation: u64, question: String, answer: Vec<i64>) {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        if sums.len() >= MOST_ENTRIES {
            sums.clear();
        }
        sums.insert(question, (generation, answer));
    }
}
