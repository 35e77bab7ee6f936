//! Keys and sealed boxes: the book's key, and what lies under it or under a passphrase.
//!
//! Never writes a file and never prints a key.

use crate::fault::{Code, Fault};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// A key of 256 random bits. It prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// A new key from the system's source of randomness.
    ///
    /// # Errors
    /// [`Code::Internal`] where the system has none.
    pub fn random() -> Result<Self, Fault> {
        let mut bytes = Zeroizing::new([0; 32]);
        fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// A key from its bytes; nothing where there are not 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, to open the book or to be sealed.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key for another purpose, from which this one cannot be found.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"kontor key 1\0");
        hash.update(purpose.as_bytes());
        hash.update([0]);
        hash.update(self.0.as_slice());
        Self(Zeroizing::new(hash.finalize().into()))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(bytes).map_err(|error| {
        Fault::new(Code::Internal, "The system gives no random numbers.").detail(error.to_string())
    })
}

/// Random bytes in hexadecimal, for salts and tokens.
///
/// # Errors
/// As [`Key::random`].
pub fn random_bytes<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Seals bytes (XChaCha20-Poly1305, random nonce in front). `label` must be given again to open.
///
/// # Errors
/// As [`Key::random`].
pub fn seal(key: &Key, open: &[u8], label: &[u8]) -> Result<Vec<u8>, Fault> {
    let nonce: [u8; NONCE_BYTES] = random_bytes()?;
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: open, aad: label };
    let sealed = cipher
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| Fault::new(Code::Internal, "Sealing failed."))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] made; nothing where key, label or content differ.
pub fn open(key: &Key, sealed: &[u8], label: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: sealed, aad: label };
    cipher.decrypt(XNonce::from_slice(nonce), payload).ok().map(Zeroizing::new)
}

/// How much work guessing one passphrase costs (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Stretch {
    /// What a book is protected with: about a quarter of a second on an ordinary machine.
    pub const STRONG: Self = Self { memory_kib: 64 * 1_024, passes: 3 };

    /// The key that follows from a passphrase.
    ///
    /// # Errors
    /// [`Code::BookDamaged`] where the numbers make no sense, as in a file that was tampered with.
    pub fn key(self, passphrase: &str, salt: &[u8]) -> Result<Key, Fault> {
        let senseless = |error: argon2::Error| {
            Fault::new(Code::BookDamaged, "The key file is damaged.").detail(error.to_string())
        };
        if self.memory_kib > 1_024 * 1_024 || self.passes > 16 {
            return Err(Fault::new(Code::BookDamaged, "The key file asks for absurd work."));
        }
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(senseless)?;
        let mut bytes = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, bytes.as_mut_slice())
            .map_err(senseless)?;
        Ok(Key(bytes))
    }
}

impl Stretch {
    /// What a password is checked against: an Argon2id hash under a salt of its own, with its cost
    /// beside it (PHC string format). The password cannot be read out of it.
    ///
    /// # Errors
    /// As [`Key::random`].
    pub fn verifier(self, password: &str) -> Result<String, Fault> {
        let refused = |detail: String| Fault::new(Code::Internal, "Hashing failed.").detail(detail);
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32))
            .map_err(|error| refused(error.to_string()))?;
        let salt = SaltString::encode_b64(&random_bytes::<16>()?)
            .map_err(|error| refused(error.to_string()))?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| refused(error.to_string()))
    }
}

/// Whether a password is the one a verifier was made from; takes as long as making it did.
pub fn matches(password: &str, verifier: &str) -> bool {
    PasswordHash::new(verifier).is_ok_and(|verifier| {
        Argon2::default().verify_password(password.as_bytes(), &verifier).is_ok()
    })
}

#[cfg(test)]
mod tests;
