//! The connections of an open book: one lane for the writer, one for readers.
//!
//! Never leaves a database thread running: SQLCipher takes its ciphers away when the process ends,
//! and a thread still closing its file would crash. So whoever drops a lane last waits until its
//! files are closed.

use crate::error::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteTransactionManager};
use sqlx::{ConnectOptions, Connection, SqlSafeStr, SqliteConnection};
use sqlx_core::transaction::TransactionManager;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

type Slot = Arc<tokio::sync::Mutex<SqliteConnection>>;

/// A few open connections, each used by one at a time.
#[derive(Debug)]
pub(crate) struct Lane {
    slots: Mutex<Vec<Slot>>,
    width: u32,
    /// As many as there are slots: who holds a place finds a slot free.
    places: Arc<Semaphore>,
}

impl Lane {
    /// Opens a lane on which `width` travel at once.
    pub async fn open(options: &SqliteConnectOptions, width: u32) -> Result<Arc<Self>, StoreError> {
        let mut slots = Vec::new();
        for _ in 0..width {
            slots.push(Arc::new(tokio::sync::Mutex::new(options.connect().await?)));
        }
        let places = Arc::new(Semaphore::new(slots.len()));
        Ok(Arc::new(Self { slots: Mutex::new(slots), width, places }))
    }

    /// A connection of one's own for a while; waits, first come first served, until one is free.
    pub async fn lease(self: &Arc<Self>) -> Result<Lease, StoreError> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| closed())?;
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let free = slots.iter().find_map(|slot| Arc::clone(slot).try_lock_owned().ok());
        let conn = free.ok_or_else(closed)?;
        Ok(Lease { conn, is_begun: false, _place: place, _lane: Arc::clone(self) })
    }

    /// Waits for everyone on the lane, then closes it.
    pub async fn close(&self) {
        if self.places.acquire_many(self.width).await.is_ok() {
            self.places.close();
            close_all(self.take()).await;
        }
    }

    /// The connections no one uses any more.
    fn take(&self) -> Vec<SqliteConnection> {
        let slots = std::mem::take(&mut *self.slots.lock().unwrap_or_else(PoisonError::into_inner));
        slots.into_iter().filter_map(Arc::into_inner).map(tokio::sync::Mutex::into_inner).collect()
    }
}

fn closed() -> StoreError {
    StoreError::Database(sqlx::Error::PoolClosed)
}

impl Drop for Lane {
    fn drop(&mut self) {
        let idle = self.take();
        if idle.is_empty() {
            return;
        }
        let closing = std::thread::spawn(move || {
            if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() {
                runtime.block_on(close_all(idle));
            }
        });
        // A panic while closing cannot be told from here, and nothing is lost by it: what was
        // committed is in the write-ahead log.
        closing.join().unwrap_or_default();
    }
}

async fn close_all(connections: Vec<SqliteConnection>) {
    for connection in connections {
        // A thread that has ended already has closed its file: there is nothing left to do.
        connection.close().await.unwrap_or_default();
    }
}

/// A connection on loan. When it goes back, a transaction left open is rolled back.
#[derive(Debug)]
pub(crate) struct Lease {
    // Goes back before its place does: see `Lane::places`.
    conn: OwnedMutexGuard<SqliteConnection>,
    /// Begun, and not known to be committed. Asking the connection would not do: a commit whose
    /// answer nobody waited for leaves it without a transaction, and yet it expects to be told to
    /// roll one back; untold, it would leave out the next roll-back it is asked for.
    is_begun: bool,
    _place: OwnedSemaphorePermit,
    // The lane waits for its files, so it goes last of all.
    _lane: Arc<Lane>,
}

impl Lease {
    /// Begins a transaction with a statement such as `BEGIN IMMEDIATE`.
    pub async fn begin(&mut self, statement: &'static str) -> Result<(), StoreError> {
        SqliteTransactionManager::begin(self, Some(statement.into_sql_str())).await?;
        self.is_begun = true;
        Ok(())
    }

    /// Makes the transaction durable.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        SqliteTransactionManager::commit(self).await?;
        self.is_begun = false;
        Ok(())
    }
}

impl Deref for Lease {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.conn
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.conn
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.is_begun {
            SqliteTransactionManager::start_rollback(&mut self.conn);
        }
    }
}
