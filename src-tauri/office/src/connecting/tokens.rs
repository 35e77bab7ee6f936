//! Tokens of connections: kept as secrets under the connection's id, and renewed when stale.
//!
//! Never uses a token that is not stored yet, never renews twice at a time for one connection, and
//! never shows one.

use crate::clock::Clock;
use crate::fault::{Code, Fault};
use crate::secrets::SecretStore;
use async_trait::async_trait;
use chrono::TimeDelta;
use finance::ids::ConnectionId;
use providers::ProviderError;
use providers::http::HttpClient;
use providers::oauth::{self, TokenSet};
use providers::session::{Endpoints, Secret, TokenSource};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A token that ends within this time is renewed before it is used.
const MARGIN: TimeDelta = TimeDelta::seconds(60);

/// What lies under a connection's id. A token belongs to the client id it was given to, so both
/// lie together.
#[derive(Serialize, Deserialize)]
struct Kept {
    client_id: String,
    tokens: String,
}

/// Tokens, and the client id they were given to.
#[derive(Clone)]
pub(crate) struct Signed {
    /// The client id.
    pub client_id: String,
    /// The tokens.
    pub tokens: TokenSet,
}

/// Keeps the tokens of a connection, replacing what was there.
///
/// # Errors
/// [`Code::KeychainUnavailable`] where the place cannot be reached.
pub(crate) fn keep(
    secrets: &dyn SecretStore,
    connection: ConnectionId,
    signed: &Signed,
) -> Result<(), Fault> {
    let internal = |error: String| Fault::new(Code::Internal, error);
    let tokens = signed.tokens.for_keychain().map_err(|error| internal(error.to_string()))?;
    let kept = Kept { client_id: signed.client_id.clone(), tokens: tokens.reveal().to_owned() };
    let kept = serde_json::to_vec(&kept).map_err(|error| internal(error.to_string()))?;
    secrets.keep(&connection.to_string(), &kept)
}

/// Forgets the tokens of a connection.
///
/// # Errors
/// [`Code::KeychainUnavailable`] where the place cannot be reached.
pub(crate) fn forget(secrets: &dyn SecretStore, connection: ConnectionId) -> Result<(), Fault> {
    secrets.forget(&connection.to_string())
}

fn find(secrets: &dyn SecretStore, connection: ConnectionId) -> Result<Signed, ProviderError> {
    // A keychain that cannot be reached is no lost sign-in: it may be there again in a minute.
    let kept = secrets.find(&connection.to_string()).map_err(|_| ProviderError::Unavailable)?;
    let kept = kept.ok_or(ProviderError::SignInNeeded)?;
    let kept: Kept = serde_json::from_slice(&kept).map_err(|_| ProviderError::SignInNeeded)?;
    let tokens = TokenSet::from_keychain(&Secret::new(kept.tokens))?;
    Ok(Signed { client_id: kept.client_id, tokens })
}

/// Gives the tokens of one connection.
#[derive(Clone)]
pub(crate) struct KeptTokens {
    /// Whose.
    pub connection: ConnectionId,
    /// Where they lie.
    pub secrets: Arc<dyn SecretStore>,
    /// The way out.
    pub http: HttpClient,
    /// Where the system answers.
    pub endpoints: Endpoints,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Shared by everything that renews for this connection.
    pub turn: Arc<tokio::sync::Mutex<()>>,
}

impl KeptTokens {
    fn kept(&self) -> Result<Signed, ProviderError> {
        find(self.secrets.as_ref(), self.connection)
    }

    fn is_fresh(&self, signed: &Signed) -> bool {
        signed.tokens.expires_at - self.clock.now() > MARGIN
    }

    /// Renews in a task of its own: a caller that gives up waiting must not lose a set that the
    /// provider has handed out already.
    async fn renew(&self, stale: Option<Secret>) -> Result<Secret, ProviderError> {
        let own = self.clone();
        let renewed = tokio::spawn(async move { own.renew_in_turn(stale).await }).await;
        renewed.unwrap_or(Err(ProviderError::Unavailable))
    }

    async fn renew_in_turn(&self, stale: Option<Secret>) -> Result<Secret, ProviderError> {
        let _turn = self.turn.lock().await;
        let signed = self.kept()?;
        // Somebody else may have renewed while this one waited for its turn.
        let done = match &stale {
            Some(stale) => signed.tokens.access != *stale,
            None => self.is_fresh(&signed),
        };
        if done {
            return Ok(signed.tokens.access);
        }
        let first = self.refreshed(&signed).await;
        match first {
            // The answer was lost, the old token may be replaced: Xero leaves it usable for
            // another 30 minutes (developer.xero.com/faq/oauth2, 2026-11).
            Err(ProviderError::OutcomeUnknown { .. }) => self.refreshed(&signed).await,
            Err(ProviderError::SignInNeeded) => {
                // A new sign-in may have replaced the set meanwhile.
                let again = self.kept()?;
                if again.tokens.refresh == signed.tokens.refresh {
                    return Err(ProviderError::SignInNeeded);
                }
                Ok(again.tokens.access)
            }
            other => other,
        }
    }

    async fn refreshed(&self, signed: &Signed) -> Result<Secret, ProviderError> {
        let now = self.clock.now();
        let tokens = oauth::refresh(
            &self.http,
            &self.endpoints,
            &signed.client_id,
            &signed.tokens.refresh,
            now,
        )
        .await?;
        let renewed = Signed { client_id: signed.client_id.clone(), tokens };
        keep(self.secrets.as_ref(), self.connection, &renewed)
            .map_err(|_| ProviderError::Unavailable)?;
        Ok(renewed.tokens.access)
    }
}

#[async_trait]
impl TokenSource for KeptTokens {
    async fn access_token(&self) -> Result<Secret, ProviderError> {
        let signed = self.kept()?;
        if self.is_fresh(&signed) {
            return Ok(signed.tokens.access);
        }
        self.renew(None).await
    }

    async fn renewed(&self, stale: &Secret) -> Result<Secret, ProviderError> {
        self.renew(Some(stale.clone())).await
    }
}
