//! The key of the book at rest: in the keychain, or sealed under a passphrase in `key.json`.
//!
//! Never holds the key in plain text beside the book, and never lets a guess go unpaid: wrong
//! passphrases are counted across restarts.

use crate::fault::{Code, Fault};
use crate::files;
use crate::sealing::{self, Key, Stretch};
use crate::secrets::SecretStore;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The fewest characters of a passphrase (NIST SP 800-63B asks for eight; the file can be copied
/// and guessed elsewhere, so two more).
pub const PASSPHRASE_MIN: usize = 10;
/// The most, so that a pasted file is refused.
pub const PASSPHRASE_MAX: usize = 256;

/// What `key.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "protection", rename_all = "snake_case", deny_unknown_fields)]
pub enum KeyFile {
    /// The key lies in the keychain under this name.
    Keychain {
        /// The entry's name.
        entry: String,
    },
    /// The key lies here, sealed.
    Passphrase {
        /// Cost of one guess.
        stretch: Stretch,
        /// Base64 of 16 random bytes.
        salt: String,
        /// Base64 of the sealed key.
        sealed: String,
    },
}

fn damaged(detail: impl Into<String>) -> Fault {
    Fault::new(Code::BookDamaged, "The key file is damaged.").rule("key_file").detail(detail)
}

impl KeyFile {
    /// Puts a new book's key into the keychain.
    ///
    /// # Errors
    /// [`Code::KeychainUnavailable`].
    pub fn in_keychain(key: &Key, id: Uuid, secrets: &dyn SecretStore) -> Result<Self, Fault> {
        let entry = format!("book {id}");
        secrets.keep(&entry, BASE64.encode(key.bytes()).as_bytes())?;
        Ok(Self::Keychain { entry })
    }

    /// Seals a new book's key under a passphrase.
    ///
    /// # Errors
    /// [`Code::Invalid`] where the passphrase is too short or too long.
    pub fn under_passphrase(key: &Key, passphrase: &str, stretch: Stretch) -> Result<Self, Fault> {
        let length = passphrase.chars().count();
        if !(PASSPHRASE_MIN..=PASSPHRASE_MAX).contains(&length) {
            let message =
                format!("A passphrase has {PASSPHRASE_MIN} to {PASSPHRASE_MAX} characters.");
            return Err(Fault::new(Code::Invalid, message)
                .at("passphrase")
                .rule("passphrase_length")
                .with("min", PASSPHRASE_MIN.to_string()));
        }
        let salt: [u8; 16] = sealing::random_bytes()?;
        let wrapping = stretch.key(passphrase, &salt)?;
        let sealed = sealing::seal(&wrapping, key.bytes(), &label(stretch, &salt))?;
        Ok(Self::Passphrase { stretch, salt: BASE64.encode(salt), sealed: BASE64.encode(sealed) })
    }

    /// Reads `key.json`; nothing where there is none.
    ///
    /// # Errors
    /// [`Code::BookDamaged`] where it makes no sense, or what the disk reports.
    pub fn read(path: &Path) -> Result<Option<Self>, Fault> {
        match std::fs::read(path) {
            Ok(text) => {
                let file = serde_json::from_slice(&text);
                file.map(Some).map_err(|error| damaged(error.to_string()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(files::fault(&error)),
        }
    }

    /// Writes `key.json`, whole, for this user alone.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn write(&self, path: &Path) -> Result<(), Fault> {
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        files::write_whole(path, &text)
    }

    /// The key out of the keychain.
    ///
    /// # Errors
    /// [`Code::KeychainUnavailable`] where the keychain does not answer or has lost the entry.
    pub fn from_keychain(entry: &str, secrets: &dyn SecretStore) -> Result<Key, Fault> {
        let lost = || {
            Fault::new(Code::KeychainUnavailable, "The keychain does not have this book's key.")
                .rule("key_lost")
        };
        let text = secrets.find(entry)?.ok_or_else(lost)?;
        let bytes = BASE64.decode(text.as_slice()).map_err(|_| lost())?;
        Key::from_bytes(&bytes).ok_or_else(lost)
    }

    /// The key from under a passphrase; takes a noticeable moment.
    ///
    /// # Errors
    /// [`Code::WrongPassphrase`], or [`Code::BookDamaged`].
    pub fn unlock(&self, passphrase: &str) -> Result<Key, Fault> {
        let Self::Passphrase { stretch, salt, sealed } = self else {
            return Err(Fault::new(Code::WrongState, "This book's key lies in the keychain."));
        };
        let salt = BASE64.decode(salt).map_err(|error| damaged(error.to_string()))?;
        let sealed = BASE64.decode(sealed).map_err(|error| damaged(error.to_string()))?;
        let wrapping = stretch.key(passphrase, &salt)?;
        let open = sealing::open(&wrapping, &sealed, &label(*stretch, &salt));
        open.and_then(|bytes| Key::from_bytes(&bytes))
            .ok_or_else(|| Fault::new(Code::WrongPassphrase, "The passphrase is wrong."))
    }
}

/// Binds the sealed key to the numbers it was sealed with.
fn label(stretch: Stretch, salt: &[u8]) -> Vec<u8> {
    let head = format!("kontor book 1 argon2id {} {} ", stretch.memory_kib, stretch.passes);
    [head.as_bytes(), salt].concat()
}

/// Wrong passphrases or passwords since the last right one, kept in a file beside the book.
#[derive(Clone, Debug)]
pub struct Tries {
    path: PathBuf,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Counted {
    wrong: u32,
    /// Milliseconds since 1970-01-01 UTC.
    last_millis: i64,
}

/// So many wrong tries cost nothing but themselves.
const FREE_TRIES: u32 = 5;
/// The first wait; each further wrong try doubles it, up to a quarter of an hour.
const FIRST_WAIT_MS: i64 = 10_000;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;

impl Tries {
    /// The counter in a file.
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    fn counted(&self) -> Counted {
        // A counter that cannot be read counts as none: each guess is still slow.
        std::fs::read(&self.path)
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Refuses a try that comes too early after wrong ones.
    ///
    /// # Errors
    /// [`Code::TooManyTries`] with `seconds` to wait.
    pub fn demand_patience(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        let counted = self.counted();
        let Some(further) = counted.wrong.checked_sub(FREE_TRIES) else { return Ok(()) };
        let wait = FIRST_WAIT_MS.saturating_mul(1 << further.min(20)).min(LONGEST_WAIT_MS);
        // A clock set back does not shorten the wait.
        let waited = (now.timestamp_millis() - counted.last_millis).max(0);
        if waited >= wait {
            return Ok(());
        }
        let seconds = (wait - waited).div_euclid(1_000) + 1;
        let message = format!("Too many wrong tries; wait {seconds} seconds.");
        Err(Fault::new(Code::TooManyTries, message).with("seconds", seconds.to_string()))
    }

    /// Counts a wrong try.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn count_wrong(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        let wrong = self.counted().wrong.saturating_add(1);
        let counted = Counted { wrong, last_millis: now.timestamp_millis() };
        let text = serde_json::to_vec(&counted)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        files::write_whole(&self.path, &text)
    }

    /// Forgets wrong tries after a right one.
    ///
    /// # Errors
    /// What the disk reports.
    pub fn forget(&self) -> Result<(), Fault> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::fault(&error)),
            _ => Ok(()),
        }
    }
}
