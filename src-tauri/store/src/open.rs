//! Opening, creating and closing the book.
//!
//! Never creates a file where one was to be opened, never opens a file it does not know, and never
//! lets a second process in: one connection writes, and it alone moves the log into the file.

use crate::error::StoreError;
use crate::key::Key;
use crate::lane::{Lane, Lease};
use crate::lineage;
use crate::migrate;
use crate::scope::Scope;
use crate::tx::Tx;
use crate::view::{Memo, View};
use finance::ids::DepartmentId;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const READERS: u32 = 4;
/// Readers for each choice of departments, and the most choices that keep theirs.
const NARROWED_READERS: u32 = 2;
const MOST_SCOPES: usize = 8;
/// First bytes of a plain SQLite file (SQLite file format, 1.3): not ours, ours are encrypted.
const PLAIN_HEADER: &[u8] = b"SQLite format 3\0";
/// SQLCipher 4's page, the least a book has.
const PAGE_BYTES: u64 = 4096;

/// An open book. Clones share it; the file is free for others when the last one is closed.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Arc<Lane>,
    writer: Arc<Lane>,
    memo: Arc<Memo>,
    /// Readers that see some departments only, made when they are first needed.
    narrowed: Arc<tokio::sync::Mutex<HashMap<String, Arc<Lane>>>>,
    /// The departments this clone shows; nothing: the whole book.
    pub(crate) scope: Option<Scope>,
    pub(crate) path: Arc<Path>,
    pub(crate) key: Key,
    lock: Arc<File>,
}

impl Store {
    /// Makes a new, empty book.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::InUse`] or what the disk reports.
    pub async fn create(path: &Path, key: &Key) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        if path.exists() {
            return Err(StoreError::Exists);
        }
        let made = Self::start(path, key, lock, true).await;
        if made.is_err() {
            remove_book(path)?;
        }
        made
    }

    /// Opens a book and brings it to the newest form; before that a copy is made and checked.
    ///
    /// # Errors
    /// [`StoreError::NoBook`], [`StoreError::InUse`], [`StoreError::WrongKey`] (also where the
    /// first page is damaged: the two cannot be told apart), [`StoreError::Foreign`],
    /// [`StoreError::Newer`], [`StoreError::Damaged`] or what the disk reports.
    pub async fn open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        check_file(path)?;
        let lock = lock(path)?;
        Self::start(path, key, lock, false).await
    }

    async fn start(path: &Path, key: &Key, lock: File, new: bool) -> Result<Self, StoreError> {
        let mut first = SqliteConnection::connect_with(&options(path, key, new)).await?;
        let from = migrate::form(&mut first).await?;
        if from < migrate::known() {
            if from > 0 {
                let copy = beside(path, &format!(".form-{from}"));
                remove_book(&copy)?;
                copy_book(&mut first, &copy, key).await?;
            }
            migrate::advance(&mut first, from).await?;
        }
        lineage::note_opening(&mut first, path, &lock).await?;
        first.close().await?;
        let writer = Lane::open(&options(path, key, false), 1).await?;
        let readers = Lane::open(&options(path, key, false).read_only(true), READERS).await?;
        let (path, key, lock) = (path.into(), key.clone(), Arc::new(lock));
        let (memo, narrowed) = (Arc::default(), Arc::default());
        Ok(Self { writer, readers, memo, narrowed, scope: None, path, key, lock })
    }

    /// The same book as somebody limited to these departments sees it, and writes in it.
    #[must_use]
    pub fn seen_from(&self, departments: &[DepartmentId]) -> Self {
        Self { scope: Some(Scope::new(departments)), ..self.clone() }
    }

    /// Waits for the readers and the writer and closes the file. Other clones are of no use
    /// afterwards.
    pub async fn close(self) {
        for (_, lane) in self.narrowed.lock().await.drain() {
            lane.close().await;
        }
        self.readers.close().await;
        self.writer.close().await;
        // At once, not with the last clone: one may still lie in a task that is being dropped. Where
        // it fails, the file is let go with that clone.
        self.lock.unlock().unwrap_or_default();
    }

    /// Begins to write; waits until no other transaction of this process is writing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let mut inner = self.writer.lease().await?;
        inner.begin("BEGIN IMMEDIATE").await?;
        let (memo, scope) = (Arc::clone(&self.memo), self.scope.clone());
        Ok(Tx { view: View { inner, memo, generation: None, scope } })
    }

    /// A picture of the book as it stands now.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(&self) -> Result<View, StoreError> {
        let (memo, generation) = (Arc::clone(&self.memo), Some(self.memo.generation()));
        let lane = match &self.scope {
            Some(scope) => self.narrowed(scope).await?,
            None => Arc::clone(&self.readers),
        };
        let mut inner = lane.lease().await?;
        inner.begin("BEGIN").await?;
        Ok(View { inner, memo, generation, scope: self.scope.clone() })
    }

    async fn narrowed(&self, scope: &Scope) -> Result<Arc<Lane>, StoreError> {
        let mut lanes = self.narrowed.lock().await;
        if let Some(lane) = lanes.get(&scope.key()) {
            return Ok(Arc::clone(lane));
        }
        if lanes.len() >= MOST_SCOPES {
            lanes.clear();
        }
        let options = options(&self.path, &self.key, false).read_only(true);
        let lane = Lane::open(&options, NARROWED_READERS).await?;
        // All are leased at once, so that each is narrowed.
        let mut all = Vec::new();
        for _ in 0..NARROWED_READERS {
            let mut lease = lane.lease().await?;
            scope.narrow(&mut lease).await?;
            all.push(lease);
        }
        lanes.insert(scope.key(), Arc::clone(&lane));
        Ok(lane)
    }

    /// Writes an encrypted copy of the whole book, under the same key, and opens it as a check.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the target is there already, or what the disk reports.
    pub async fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        if target.exists() {
            return Err(StoreError::Exists);
        }
        let mut conn = self.writer.lease().await?;
        copy_book(&mut conn, target, &self.key).await
    }

    /// The writing connection, without a transaction.
    pub(crate) async fn write_connection(&self) -> Result<Lease, StoreError> {
        self.writer.lease().await
    }
}

/// An empty book beside another, for a replay; it goes away again.
pub(crate) struct Scratch {
    pub store: Store,
    path: PathBuf,
}

impl Scratch {
    pub async fn beside(book: &Path, key: &Key) -> Result<Self, StoreError> {
        let path = beside(book, ".replay");
        remove_book(&path)?;
        let store = Store::create(&path, key).await?;
        // What a power failure takes from a replay is replayed again.
        let mut conn = store.write_connection().await?;
        sqlx::query("PRAGMA synchronous = OFF").execute(&mut *conn).await?;
        drop(conn);
        Ok(Self { store, path })
    }

    pub async fn remove(self) -> Result<(), StoreError> {
        self.store.close().await;
        remove_book(&self.path)?;
        std::fs::remove_file(beside(&self.path, ".lock")).map_err(|_| StoreError::DiskError)
    }
}

fn options(path: &Path, key: &Key, new: bool) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(new)
        .pragma("key", key.pragma())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        // More than one desk asks in all: none is prepared twice.
        .statement_cache_capacity(500)
        // Decrypted pages kept per connection, in KiB: lists and ageing then read no page twice.
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "MEMORY")
        // Pages of log before it is moved into the file (32 MB): an import writes the same pages
        // of an index in transaction after transaction, and moves them once.
        .pragma("wal_autocheckpoint", "8000")
}

/// `VACUUM INTO` with the book's key; the copy is opened and its pages checked.
async fn copy_book(
    conn: &mut SqliteConnection,
    target: &Path,
    key: &Key,
) -> Result<(), StoreError> {
    let name = target.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO ?").bind(name).execute(&mut *conn).await?;
    let mut copy = SqliteConnection::connect_with(&options(target, key, false)).await?;
    let findings = page_findings(&mut copy).await?;
    lineage::mark_copy(&mut copy).await?;
    copy.close().await?;
    match findings.into_iter().next() {
        None => Ok(()),
        Some(finding) => Err(StoreError::Damaged(finding)),
    }
}

/// What SQLCipher and SQLite find wrong with the pages of a file.
pub(crate) async fn page_findings(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut findings: Vec<String> =
        sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&mut *conn).await?;
    if findings.is_empty() {
        let quick: Vec<String> =
            sqlx::query_scalar("PRAGMA quick_check(50)").fetch_all(&mut *conn).await?;
        findings.extend(quick.into_iter().filter(|line| line != "ok"));
    }
    Ok(findings)
}

fn check_file(path: &Path) -> Result<(), StoreError> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(StoreError::NoBook),
        opened => opened.map_err(|_| StoreError::DiskError)?,
    };
    let length = file.metadata().map_err(|_| StoreError::DiskError)?.len();
    if length < PAGE_BYTES {
        return Err(StoreError::Damaged("the file is shorter than one page".to_owned()));
    }
    let mut header = [0; PLAIN_HEADER.len()];
    file.read_exact(&mut header).map_err(|_| StoreError::DiskError)?;
    if header == PLAIN_HEADER { Err(StoreError::Foreign) } else { Ok(()) }
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let file = File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .open(beside(path, ".lock"))
        .map_err(|_| StoreError::DiskError)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(_)) => Err(StoreError::DiskError),
    }
}

/// The path of a file that belongs to the book's.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// Removes a book that is only half made, or a copy that is out of date, with its log.
pub(crate) fn remove_book(path: &Path) -> Result<(), StoreError> {
    for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(StoreError::DiskError),
            _ => {}
        }
    }
    Ok(())
}
