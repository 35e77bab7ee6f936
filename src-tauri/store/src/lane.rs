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
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A few connections that are opened when first needed and then used again.
#[derive(Debug)]
pub(crate) struct Lane {
    options: SqliteConnectOptions,
    idle: Mutex<Vec<SqliteConnection>>,
    width: u32,
    places: Arc<Semaphore>,
}

impl Lane {
    /// A lane on which at most `width` travel at once.
    pub fn new(options: SqliteConnectOptions, width: u32) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(width as usize));
        Arc::new(Self { options, idle: Mutex::default(), width, places })
    }

    /// A connection of one's own for a while; waits, first come first served, until one is free.
    pub async fn lease(self: &Arc<Self>) -> Result<Lease, StoreError> {
        let closed = |_| StoreError::Database(sqlx::Error::PoolClosed);
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(closed)?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => self.options.connect().await?,
        };
        Ok(Lease { conn: Some(conn), lane: Arc::clone(self), _place: place })
    }

    /// Waits for everyone on the lane, then closes it.
    pub async fn close(&self) {
        let everyone = self.places.acquire_many(self.width).await;
        if everyone.is_ok() {
            self.places.close();
            close_all(self.take_idle()).await;
        }
    }

    fn take_idle(&self) -> Vec<SqliteConnection> {
        std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let idle = self.take_idle();
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
    conn: Option<SqliteConnection>,
    lane: Arc<Lane>,
    _place: OwnedSemaphorePermit,
}

impl Lease {
    /// Begins a transaction with a statement such as `BEGIN IMMEDIATE`.
    pub async fn begin(&mut self, statement: &'static str) -> Result<(), StoreError> {
        Ok(SqliteTransactionManager::begin(self, Some(statement.into_sql_str())).await?)
    }

    /// Makes the transaction durable.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        Ok(SqliteTransactionManager::commit(self).await?)
    }
}

impl Deref for Lease {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match &self.conn {
            Some(conn) => conn,
            None => unreachable!("a lease has its connection until it is dropped"),
        }
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match &mut self.conn {
            Some(conn) => conn,
            None => unreachable!("a lease has its connection until it is dropped"),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            if SqliteTransactionManager::get_transaction_depth(&conn) > 0 {
                SqliteTransactionManager::start_rollback(&mut conn);
            }
            self.lane.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
    }
}
