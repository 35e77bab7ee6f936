//! Where secrets lie: the system's keychain, or a file sealed under the book's key.
//!
//! Never in plain text, and never a file where the person chose the keychain.

use crate::fault::{Code, Fault};
use crate::sealing::{self, Key};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use zeroize::Zeroizing;

/// A place for secrets, by name.
pub trait SecretStore: Send + Sync {
    /// True where it works on this machine now.
    fn available(&self) -> bool;

    /// The secret of a name.
    ///
    /// # Errors
    /// [`Code::KeychainUnavailable`] where the place cannot be reached.
    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault>;

    /// Keeps a secret, replacing what was there.
    ///
    /// # Errors
    /// As [`SecretStore::find`].
    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault>;

    /// Forgets a secret; one that is not there is forgotten already.
    ///
    /// # Errors
    /// As [`SecretStore::find`].
    fn forget(&self, name: &str) -> Result<(), Fault>;
}

fn unavailable(error: impl std::fmt::Display) -> Fault {
    Fault::new(Code::KeychainUnavailable, "The system's keychain cannot be reached.")
        .detail(error.to_string())
}

/// The keychain of the operating system: macOS Keychain, Windows Credential Manager, or the
/// Secret Service on Linux.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keychain;

/// Under this name the secrets stand in the system's own list.
const OWNER: &str = "Kontor";

impl Keychain {
    fn entry(name: &str) -> Result<keyring::Entry, Fault> {
        keyring::Entry::new(OWNER, name).map_err(unavailable)
    }
}

impl SecretStore for Keychain {
    fn available(&self) -> bool {
        // The store may start although it cannot keep anything; looking for a name tells.
        self.find("available").is_ok()
    }

    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        match Self::entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault> {
        Self::entry(name)?.set_secret(secret).map_err(unavailable)
    }

    fn forget(&self, name: &str) -> Result<(), Fault> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }
}

/// Secrets of a process, for tests and demonstrations: gone when it ends.
#[derive(Debug, Default)]
pub struct MemorySecrets(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemorySecrets {
    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl SecretStore for MemorySecrets {
    fn available(&self) -> bool {
        true
    }

    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        Ok(self.kept().get(name).cloned().map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault> {
        self.kept().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), Fault> {
        self.kept().remove(name);
        Ok(())
    }
}

/// A file of secrets sealed under a key that follows from the book's key, which itself lies under
/// the passphrase: for machines without a keychain.
pub struct SealedFile {
    path: PathBuf,
    key: Key,
    turn: Mutex<()>,
}

impl SealedFile {
    /// The file beside the book.
    pub fn new(path: PathBuf, book_key: &Key) -> Self {
        Self { path, key: book_key.derived("secrets"), turn: Mutex::new(()) }
    }

    fn all(&self) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        let sealed = match std::fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(BTreeMap::new());
            }
            Err(error) => return Err(crate::files::fault(&error)),
        };
        let damaged = || Fault::new(Code::BookDamaged, "The file of secrets is damaged.");
        let open = sealing::open(&self.key, &sealed, b"secrets").ok_or_else(damaged)?;
        serde_json::from_slice(&open).map_err(|_| damaged())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Result<(), Fault> {
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut all = self.all()?;
        change(&mut all);
        let open = Zeroizing::new(
            serde_json::to_vec(&all)
                .map_err(|error| Fault::new(Code::Internal, error.to_string()))?,
        );
        crate::files::write_whole(&self.path, &sealing::seal(&self.key, &open, b"secrets")?)
    }
}

impl SecretStore for SealedFile {
    fn available(&self) -> bool {
        true
    }

    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        Ok(self.all()?.remove(name).map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault> {
        self.change(|all| {
            all.insert(name.to_owned(), secret.to_vec());
        })
    }

    fn forget(&self, name: &str) -> Result<(), Fault> {
        self.change(|all| {
            all.remove(name);
        })
    }
}

#[cfg(test)]
mod tests;
