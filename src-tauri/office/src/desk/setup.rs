//! What a desk is made of: on this machine, or in a test.
//!
//! Never opens anything.

use crate::clock::{Clock, IdSource, SystemClock, SystemIds};
use crate::export::EngineSetup;
use crate::sealing::Stretch;
use crate::secrets::{Keychain, SecretStore};
use std::path::PathBuf;
use std::sync::Arc;

/// The environment variable that names this program's client id at Xero.
const XERO_CLIENT_ID: &str = "KONTOR_XERO_CLIENT_ID";

/// What a desk is made of.
#[derive(Clone)]
pub struct DeskSetup {
    /// The folder with the book.
    pub folder: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New identities.
    pub ids: Arc<dyn IdSource>,
    /// The system's place for secrets.
    pub keychain: Arc<dyn SecretStore>,
    /// Cost of guessing a passphrase of a new book.
    pub stretch: Stretch,
    /// Another address of Xero, for tests.
    pub xero_at: Option<String>,
    /// This program's client id at Xero; a school may use one of its own.
    pub xero_client_id: Option<String>,
    /// Time, chance and patience of the export engine.
    pub engine: EngineSetup,
}

impl DeskSetup {
    /// A desk as it is used: the machine's clock and keychain.
    pub fn for_this_machine(folder: PathBuf) -> Self {
        Self {
            folder,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            keychain: Arc::new(Keychain),
            stretch: Stretch::STRONG,
            xero_at: None,
            xero_client_id: std::env::var(XERO_CLIENT_ID).ok().filter(|id| !id.is_empty()),
            engine: EngineSetup::default(),
        }
    }

    /// Calls Xero at another address: a simulator.
    #[must_use]
    pub fn with_xero_at(mut self, address: &str) -> Self {
        self.xero_at = Some(address.trim_end_matches('/').to_owned());
        // A simulator lets any client in.
        self.xero_client_id.get_or_insert_with(|| "simulator".to_owned());
        self
    }
}
