//! Rows with indexes and a way back: a batch that fails must leave no trace.
//!
//! A table NEVER copies itself to undo; it keeps the replaced rows of the running call only.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What a table needs to know of its rows.
pub trait Row: Clone {
    /// The identifier Xero gave the row.
    fn id(&self) -> Uuid;
    /// Lookup keys, such as a document number; several rows may share one.
    fn keys(&self) -> Vec<String>;
    /// `UpdatedDateUTC`.
    fn updated_at(&self) -> DateTime<Utc>;
    /// The text of a field for `where` and `order`; `None` when the row has no such field.
    fn field(&self, name: &str) -> Option<String>;
}

/// Rows in order of creation.
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<T>,
    by_id: HashMap<Uuid, usize>,
    by_key: HashMap<String, Vec<usize>>,
    undo: Vec<(usize, Option<T>)>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_id: HashMap::new(), by_key: HashMap::new(), undo: Vec::new() }
    }
}

impl<T: Row> Table<T> {
    /// Adds the row, or replaces the row with its identifier.
    pub fn put(&mut self, row: T) {
        match self.by_id.get(&row.id()).copied() {
            Some(index) => {
                self.unindex(index);
                let old = std::mem::replace(&mut self.rows[index], row);
                self.undo.push((index, Some(old)));
                self.index(index);
            }
            None => {
                let index = self.rows.len();
                self.by_id.insert(row.id(), index);
                self.rows.push(row);
                self.undo.push((index, None));
                self.index(index);
            }
        }
    }

    /// The row with this identifier.
    pub fn get(&self, id: Uuid) -> Option<&T> {
        self.by_id.get(&id).map(|index| &self.rows[*index])
    }

    /// Every row with this key, oldest first.
    pub fn with_key<'a>(
        &'a self,
        key: &str,
    ) -> impl DoubleEndedIterator<Item = &'a T> + use<'a, T> {
        self.by_key.get(key).map(Vec::as_slice).unwrap_or_default().iter().map(|at| &self.rows[*at])
    }

    /// Every row, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter()
    }

    /// The point a later [`Table::roll_back`] returns to.
    pub fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Undoes every change since the mark.
    pub fn roll_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            let Some((index, old)) = self.undo.pop() else { return };
            self.unindex(index);
            match old {
                Some(old) => {
                    self.rows[index] = old;
                    self.index(index);
                }
                None => {
                    if let Some(row) = self.rows.pop() {
                        self.by_id.remove(&row.id());
                    }
                }
            }
        }
    }

    /// Makes the running changes final and returns the rows they touched.
    pub fn settle(&mut self) -> Vec<&T> {
        let mut touched: Vec<usize> = self.undo.drain(..).map(|(index, _)| index).collect();
        touched.sort_unstable();
        touched.dedup();
        touched.into_iter().map(|index| &self.rows[index]).collect()
    }

    fn index(&mut self, index: usize) {
        for key in self.rows[index].keys() {
            self.by_key.entry(key).or_default().push(index);
        }
    }

    fn unindex(&mut self, index: usize) {
        for key in self.rows[index].keys() {
            if let Some(indexes) = self.by_key.get_mut(&key) {
                indexes.retain(|at| *at != index);
                if indexes.is_empty() {
                    self.by_key.remove(&key);
                }
            }
        }
    }
}
