//! The memory behind `Idempotency-Key`: the first answer is replayed for six minutes, whatever it
//! was, and another request under the same key is refused.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::refusal::{Answer, Refusal};

/// How long a key is remembered.
pub const WINDOW: TimeDelta = TimeDelta::minutes(6);

/// The longest key Xero takes.
pub const MAX_KEY_CHARS: usize = 128;

#[derive(Debug)]
struct Remembered {
    fingerprint: [u8; 32],
    first_seen: DateTime<Utc>,
    answer: Answer,
}

/// The keys of one tenant.
#[derive(Debug, Default)]
pub struct Memory(HashMap<String, Remembered>);

/// What makes two requests the same.
pub fn fingerprint(parts: [&[u8]; 3]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

impl Memory {
    /// The answer to replay, if this key was used in its window.
    ///
    /// # Errors
    /// The key is too long, or belongs to another request.
    pub fn recall(
        &self,
        key: &str,
        fingerprint: [u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<Answer>, Refusal> {
        if key.chars().count() > MAX_KEY_CHARS {
            return Err(Refusal::invalid("Idempotency Key must be 128 or fewer characters."));
        }
        match self.0.get(key).filter(|it| now - it.first_seen < WINDOW) {
            None => Ok(None),
            Some(it) if it.fingerprint == fingerprint => Ok(Some(it.answer.clone())),
            Some(_) => Err(Refusal::invalid(format!(
                "Idempotency Key: {key} is used with a different request."
            ))),
        }
    }

    /// Keeps the first answer to a key.
    pub fn keep(
        &mut self,
        key: &str,
        fingerprint: [u8; 32],
        first_seen: DateTime<Utc>,
        answer: Answer,
    ) {
        self.0.insert(key.to_owned(), Remembered { fingerprint, first_seen, answer });
    }
}
