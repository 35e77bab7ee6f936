//! Stand-ins for the system's keychain.
//!
//! Never safe: the file lies in plain text beside a book of invented people.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use office::secrets::SecretStore;
use office::{Code, Fault};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use zeroize::Zeroizing;

/// A keychain in a file, so that a desk survives a restart.
pub struct FileKeychain {
    path: PathBuf,
    turn: Mutex<()>,
}

fn unavailable(error: impl std::fmt::Display) -> Fault {
    Fault::new(Code::KeychainUnavailable, "The stand-in for the keychain cannot be used.")
        .detail(error.to_string())
}

impl FileKeychain {
    /// The keychain of a file.
    pub fn new(path: PathBuf) -> Self {
        Self { path, turn: Mutex::new(()) }
    }

    fn all(&self) -> Result<BTreeMap<String, String>, Fault> {
        match std::fs::read(&self.path) {
            Ok(text) => serde_json::from_slice(&text).map_err(unavailable),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(unavailable(error)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<(), Fault> {
        let _turn = self.turn.lock().map_err(unavailable)?;
        let mut all = self.all()?;
        change(&mut all);
        let text = serde_json::to_vec(&all).map_err(unavailable)?;
        std::fs::write(&self.path, text).map_err(unavailable)
    }
}

impl SecretStore for FileKeychain {
    fn available(&self) -> bool {
        true
    }

    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        let found = self.all()?.remove(name);
        let secret = found.map(|text| BASE64.decode(text)).transpose().map_err(unavailable)?;
        Ok(secret.map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault> {
        self.change(|all| {
            all.insert(name.to_owned(), BASE64.encode(secret));
        })
    }

    fn forget(&self, name: &str) -> Result<(), Fault> {
        self.change(|all| {
            all.remove(name);
        })
    }
}

/// A machine without a keychain.
pub struct NoKeychain;

impl SecretStore for NoKeychain {
    fn available(&self) -> bool {
        false
    }

    fn find(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        Err(unavailable("there is none"))
    }

    fn keep(&self, _: &str, _: &[u8]) -> Result<(), Fault> {
        Err(unavailable("there is none"))
    }

    fn forget(&self, _: &str) -> Result<(), Fault> {
        Err(unavailable("there is none"))
    }
}
