//! Tokens of connections: kept as secrets under the connection's id, and renewed when stale.
//!
//! Never uses a token that is not stored yet, never renews twice at a time for one connection, and
//! never shows one.

use crate::clock::Clock;
use crate::fault::{Code, Fault};
use crate::secrets::SecretStore;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use finance::ids::ConnectionId;
use providers::ProviderError;
use providers::http::HttpClient;
use providers::oauth::{Application, Direct, Registration, TokenBroker as _, TokenSet};
use providers::session::{Endpoints, Secret, TokenSource};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::Zeroizing;

/// A token that ends within this time is renewed before it is used.
const MARGIN: TimeDelta = TimeDelta::seconds(60);

/// What lies under a connection's id. A token belongs to the application it was given to, and only
/// that one can renew it, so both lie together.
#[derive(Serialize, Deserialize)]
struct Kept {
    client_id: String,
    secret: Option<String>,
    redirect: Option<String>,
    tokens: String,
}

/// Tokens, and the application they were given to.
#[derive(Clone)]
pub(crate) struct Signed {
    /// The application.
    pub application: Application,
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
    let Application { client_id, secret, redirect } = &signed.application;
    let kept = Kept {
        client_id: client_id.clone(),
        secret: secret.as_ref().map(|secret| secret.reveal().to_owned()),
        redirect: redirect.clone(),
        tokens: tokens.reveal().to_owned(),
    };
    let kept = serde_json::to_vec(&kept).map_err(|error| internal(error.to_string()))?;
    secrets.keep(&connection.to_string(), &Zeroizing::new(kept))
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
    let tokens = TokenSet::from_keychain(&Secret::new(kept.tokens.as_str()))?;
    let Kept { client_id, secret, redirect, .. } = kept;
    let application = Application { client_id, secret: secret.map(Secret::new), redirect };
    Ok(Signed { application, tokens })
}

/// The application that a connection was signed in as, where it is still known here.
pub(crate) fn application(
    secrets: &dyn SecretStore,
    connection: ConnectionId,
) -> Option<Application> {
    find(secrets, connection).ok().map(|signed| signed.application)
}

/// The longest that an access token lasts anywhere.
const LONGEST_ACCESS: TimeDelta = TimeDelta::hours(1);

/// The earliest moment at which the sign-in ends if nobody uses it until then; nothing where none is
/// kept.
///
/// # Errors
/// [`Code::KeychainUnavailable`] where the place cannot be reached.
pub(crate) fn idle_until(
    secrets: &dyn SecretStore,
    connection: ConnectionId,
    registration: &Registration,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let signed = match find(secrets, connection) {
        Ok(signed) => signed,
        Err(ProviderError::SignInNeeded) => return Ok(None),
        Err(error) => return Err(Fault::new(Code::KeychainUnavailable, error.to_string())),
    };
    let idle = TimeDelta::days(i64::from(registration.idle_days));
    Ok(Some(signed.tokens.expires_at - LONGEST_ACCESS + idle))
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
    /// How it lets applications in.
    pub registration: &'static Registration,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Shared by everything that renews for this connection.
    pub turn: Turn,
}

/// Whose turn it is to renew, and a set that was handed out but could not be kept yet.
pub(crate) type Turn = Arc<tokio::sync::Mutex<Option<Unkept>>>;

/// A set that could not be kept yet: where every refresh token works once, a keychain that is locked
/// for a minute must not cost the sign-in.
#[derive(Clone)]
pub(crate) struct Unkept {
    /// The refresh token it was handed out for; where another lies there now, somebody signed in
    /// again and this set is of no use.
    old: Secret,
    signed: Signed,
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
        let mut unkept = self.turn.lock().await;
        let mut signed = self.kept()?;
        if let Some(late) = unkept.take().filter(|late| late.old == signed.tokens.refresh) {
            self.keep(&mut unkept, late.clone())?;
            signed = late.signed;
        }
        // Somebody else may have renewed while this one waited for its turn.
        let done = match &stale {
            Some(stale) => signed.tokens.access != *stale,
            None => self.is_fresh(&signed),
        };
        if done {
            return Ok(signed.tokens.access);
        }
        let renewed = match self.asked(&signed).await {
            // The answer was lost, the old token may be replaced: Xero leaves it usable for
            // another 30 minutes (developer.xero.com/faq/oauth2, 2026-11), Intuit for a day. Sage
            // does not, and says so.
            Err(ProviderError::OutcomeUnknown { .. }) => self.asked(&signed).await,
            other => other,
        };
        match renewed {
            Ok(renewed) => {
                let access = renewed.tokens.access.clone();
                let old = signed.tokens.refresh;
                self.keep(&mut unkept, Unkept { old, signed: renewed })?;
                Ok(access)
            }
            Err(ProviderError::SignInNeeded) => {
                // A new sign-in may have replaced the set meanwhile.
                let again = self.kept()?;
                if again.tokens.refresh == signed.tokens.refresh {
                    return Err(ProviderError::SignInNeeded);
                }
                Ok(again.tokens.access)
            }
            Err(error) => Err(error),
        }
    }

    async fn asked(&self, signed: &Signed) -> Result<Signed, ProviderError> {
        let application = &signed.application;
        let broker = Direct {
            http: &self.http,
            endpoints: &self.endpoints,
            registration: self.registration,
            application,
        };
        let tokens = broker.renew(&signed.tokens.refresh, self.clock.now()).await?;
        Ok(Signed { application: application.clone(), tokens })
    }

    /// Keeps a set before it is used; one that cannot be kept now is kept next time.
    fn keep(&self, unkept: &mut Option<Unkept>, set: Unkept) -> Result<(), ProviderError> {
        let kept = keep(self.secrets.as_ref(), self.connection, &set.signed);
        *unkept = kept.is_err().then_some(set);
        kept.map_err(|_| ProviderError::Unavailable)
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
