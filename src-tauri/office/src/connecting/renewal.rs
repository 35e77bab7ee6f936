//! Signing in again: other tokens for the same company, and nothing else changes.
//!
//! Never for another company than the one the connection was opened for.

use super::tokens::{self, Signed};
use crate::export::cause::Class;
use crate::fault::Fault;
use crate::office::Office;
use crate::secrets::SecretStore;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use store::ConnectionRow;
use store::Store;

/// What a new sign-in for a connection needs of the office.
pub(crate) struct Renewal {
    /// The connection.
    pub connection: ConnectionRow,
    store: Store,
    secrets: Arc<dyn SecretStore>,
}

impl Renewal {
    /// For a connection of this office.
    pub fn of(office: &Office, connection: ConnectionRow) -> Self {
        Self { connection, store: office.store.clone(), secrets: office.secrets.clone() }
    }

    /// Keeps the tokens, and lets what waited for a sign-in go on.
    ///
    /// # Errors
    /// What the keychain or the book refuses.
    pub async fn carry_out(&self, signed: &Signed, now: DateTime<Utc>) -> Result<(), Fault> {
        tokens::keep(self.secrets.as_ref(), self.connection.id, signed)?;
        let mut tx = self.store.begin().await?;
        let mut run = tx.connection_run(self.connection.id).await?;
        "ready".clone_into(&mut run.state);
        run.failures = 0;
        run.resting_until_ms = None;
        run.next_run_ms = Some(now.timestamp_millis());
        tx.keep_connection_run(self.connection.id, &run).await?;
        // What the sign-in before was not allowed to do may be done now.
        let refused = Class::NotPermitted.word();
        let now_ms = now.timestamp_millis();
        tx.resolve_causes(self.connection.id, refused, &[String::new()], now_ms).await?;
        tx.commit().await?;
        Ok(())
    }
}
