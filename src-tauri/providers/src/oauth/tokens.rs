//! The tokens of one sign-in, and how they lie in the keychain.
//!
//! Never prints one.

use crate::error::ProviderError;
use crate::http::{Effect, unclear};
use crate::session::Secret;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The tokens of one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSet {
    /// Goes with every call.
    pub access: Secret,
    /// Exchanged for the next set; may change each time.
    pub refresh: Secret,
    /// When the access token ends, by the clock that was handed in.
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    access: String,
    refresh: String,
    expires_at: DateTime<Utc>,
}

impl TokenSet {
    /// The set as one secret for the keychain, and for nothing else.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] if it cannot be written.
    pub fn for_keychain(&self) -> Result<Secret, ProviderError> {
        let kept = Kept {
            access: self.access.reveal().to_owned(),
            refresh: self.refresh.reveal().to_owned(),
            expires_at: self.expires_at,
        };
        serde_json::to_string(&kept)
            .map(Secret::new)
            .map_err(|_| unclear(Effect::Read, "a sign-in that cannot be kept"))
    }

    /// The set that [`TokenSet::for_keychain`] gave.
    ///
    /// # Errors
    /// [`ProviderError::SignInNeeded`] when it cannot be read: only a new sign-in helps.
    pub fn from_keychain(kept: &Secret) -> Result<Self, ProviderError> {
        let kept: Kept =
            serde_json::from_str(kept.reveal()).map_err(|_| ProviderError::SignInNeeded)?;
        Ok(Self {
            access: Secret::new(kept.access),
            refresh: Secret::new(kept.refresh),
            expires_at: kept.expires_at,
        })
    }
}
