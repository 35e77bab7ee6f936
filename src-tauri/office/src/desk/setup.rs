//! What a desk is made of: on this machine, or in a test.
//!
//! Never opens anything.

use crate::clock::{Clock, IdSource, SystemClock, SystemIds};
use crate::export::EngineSetup;
use crate::sealing::Stretch;
use crate::secrets::{Keychain, SecretStore};
use providers::registry::Provider;
use std::collections::BTreeMap;
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
    /// Other addresses of accounting systems, for tests.
    pub elsewhere: BTreeMap<Provider, String>,
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
            elsewhere: BTreeMap::new(),
            xero_client_id: std::env::var(XERO_CLIENT_ID).ok().filter(|id| !id.is_empty()),
            engine: EngineSetup::default(),
        }
    }

    /// Calls systems at the addresses that tests put into the environment: `KONTOR_XERO_URL`,
    /// `KONTOR_QBO_URL`, `KONTOR_SAGE_URL`. Only a program built for tests can be pointed at a
    /// simulator.
    #[must_use]
    pub fn with_systems_of_tests(self) -> Self {
        if !cfg!(debug_assertions) {
            return self;
        }
        let named = |system: Provider| {
            let name = format!("KONTOR_{}_URL", system.key().to_uppercase());
            std::env::var(name).ok().map(|address| (system, address))
        };
        let named = Provider::ALL.iter().filter_map(|system| named(*system));
        named.fold(self, |setup, (system, address)| setup.with_system_at(system, &address))
    }

    /// Calls a system at another address: a simulator.
    #[must_use]
    pub fn with_system_at(mut self, system: Provider, address: &str) -> Self {
        self.elsewhere.insert(system, address.trim_end_matches('/').to_owned());
        if system == Provider::Xero {
            // A simulator lets any client in.
            self.xero_client_id.get_or_insert_with(|| "simulator".to_owned());
        }
        self
    }
}
