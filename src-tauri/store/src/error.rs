//! What can go wrong with the book, by what the caller does next.
//!
//! Never carries SQL or a key; codes of SQLite are told apart by number, never by text.

use finance::Money;

/// Why the book refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no book here")]
    NoBook,
    /// There is a file already.
    #[error("there is a book here already")]
    Exists,
    /// Another process has the book open.
    #[error("the book is open in another window or program")]
    InUse,
    /// The key does not open the file, or the file is no database at all.
    #[error("the key does not open this book")]
    WrongKey,
    /// A database of another program.
    #[error("the file belongs to another program")]
    Foreign,
    /// Written by a newer version of this program.
    #[error("the book was written by a newer version (its form {found}, known {known})")]
    Newer {
        /// Form of the file.
        found: u32,
        /// The newest form this program knows.
        known: u32,
    },
    /// Pages fail their checks, or a stored value cannot be read.
    #[error("the book is damaged: {0}")]
    Damaged(String),
    /// No room on the disk; nothing of the transaction was kept.
    #[error("the disk is full")]
    DiskFull,
    /// The disk failed. Close, open again and read again: what was being written may or may not
    /// be there.
    #[error("the disk failed while reading or writing the book")]
    DiskError,
    /// Another document has this number.
    #[error("the number {0} is taken")]
    NumberTaken(String),
    /// More is set against something than it has.
    #[error("{what} is overdrawn by {by}")]
    OverAllocated {
        /// Number of the document, or reference of the payment.
        what: String,
        /// By how much.
        by: Money,
    },
    /// A charge stands on another invoice.
    #[error("the booking {key} is billed by {number}")]
    BilledAlready {
        /// Key of the event.
        key: String,
        /// Number of the invoice.
        number: String,
    },
    /// A fact names something that the book does not have yet.
    #[error("a fact refers to something that is not in the book")]
    CauseMissing,
    /// A fact of another school.
    #[error("the fact belongs to another school")]
    WrongSchool,
    /// An amount in another currency than the book's.
    #[error("the amount is not in the currency of the book")]
    WrongCurrency,
    /// A fact written by a newer version of this program.
    #[error("the fact has a form that this version does not know")]
    NewerFact,
    /// A number or code is already used by another entry (student number, service code).
    #[error("another entry has this number or code")]
    CodeTaken,
    /// A fact about a department that whoever records it does not see.
    #[error("the fact is about another department")]
    OutsideScope,
    /// Anything else the database reports.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

/// SQLite's primary result codes (sqlite3.h), which the extended ones keep in their low byte.
mod code {
    pub const CORRUPT: i32 = 11;
    pub const FULL: i32 = 13;
    pub const IO: i32 = 10;
    pub const NOT_A_DATABASE: i32 = 26;
    pub const CONSTRAINT_FOREIGN_KEY: i32 = 787;
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(extended) = extended_code(&error) else {
            return match &error {
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                    Self::Damaged(error.to_string())
                }
                sqlx::Error::Io(_) => Self::DiskError,
                _ => Self::Database(error),
            };
        };
        match (extended, extended & 0xff) {
            (code::CONSTRAINT_FOREIGN_KEY, _) => Self::CauseMissing,
            (_, code::CORRUPT) => Self::Damaged("a page fails its check".to_owned()),
            (_, code::FULL) => Self::DiskFull,
            (_, code::IO) => Self::DiskError,
            (_, code::NOT_A_DATABASE) => Self::WrongKey,
            _ => Self::Database(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// The extended result code of SQLite, where the error came from there.
pub(crate) fn extended_code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// True where a UNIQUE or PRIMARY KEY rule was broken (SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY).
pub(crate) fn breaks_uniqueness(error: &sqlx::Error) -> bool {
    matches!(extended_code(error), Some(2067 | 1555))
}
