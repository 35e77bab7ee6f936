//! Signing in: authorisation code through the system's browser, with PKCE or with the secret of an
//! application, and fresh tokens from old ones (RFC 6749, 7636, 8252, 9207, 9700).
//!
//! Never opens a browser, never stores a token and never asks for the time: the office does. A
//! token never prints and leaves only through [`TokenSet::for_keychain`].

mod application;
mod broker;
mod loopback;
mod tokens;

#[cfg(test)]
mod tests;

pub use application::{Application, OddRedirect, Proof, Registration};
pub use broker::{Direct, TokenBroker};
pub use tokens::TokenSet;

use crate::error::ProviderError;
use crate::session::{Endpoints, Secret};
use application::Redirect;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use loopback::Loopback;
use reqwest::Url;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long a person has to sign in before the port is closed again.
pub const SIGN_IN_LIMIT: Duration = Duration::from_secs(300);

/// Why a sign-in did not come to an end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// All ports are taken by other programs.
    #[error("none of the ports for the sign-in is free")]
    NoPort,
    /// Nobody signed in within the time.
    #[error("nobody signed in within the time")]
    TimedOut,
    /// The person or the provider said no.
    #[error("the sign-in was declined: {code}")]
    Declined {
        /// The provider's error code, for example `access_denied`.
        code: String,
    },
    /// The answer came from another provider than the one asked: an attack, or a wrong setting.
    #[error("the sign-in was answered by someone else")]
    WrongIssuer,
    /// The answer names no company, although this provider opens one company at a time.
    #[error("the sign-in opened no company")]
    NoCompany,
    /// The id or the secret of the application is not right.
    #[error("the application was refused")]
    ApplicationRefused,
    /// The computer could not give random bytes, or the addresses are wrong.
    #[error("the sign-in could not be prepared")]
    NotPrepared,
    /// The token address said no or could not be reached.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// A sign-in that waits for the browser. The port, where there is one, is open from here on, and is
/// closed when this is dropped.
pub struct SignIn {
    /// To be opened in the system's browser.
    pub address: Url,
    /// Takes the address that the browser landed on from a person.
    pub landing: Landing,
    loopback: Option<Loopback>,
    pasted: mpsc::Receiver<Judged>,
    verifier: Option<Secret>,
}

/// What an answer must contain.
struct Expected {
    state: Secret,
    /// Where the browser is sent back to: for each provider another address, so that answers
    /// cannot be mixed up (RFC 9700, 4.4.2.2).
    redirect: Url,
    issuer: String,
    issuer_is_named: bool,
    company_field: Option<&'static str>,
}

/// A good answer.
#[derive(Debug)]
struct Landed {
    code: Secret,
    company: Option<String>,
}

type Judged = Result<Landed, SignInError>;

/// A code that can be exchanged once.
pub struct Code {
    code: Secret,
    verifier: Option<Secret>,
    redirect: String,
    /// The company that the sign-in opened, where the answer names it.
    pub company: Option<String>,
}

/// An address that is not the one this sign-in waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the address that the sign-in ended at")]
pub struct NotTheAnswer;

/// Takes the address that the browser landed on, where no port of this computer can.
#[derive(Clone)]
pub struct Landing {
    expected: Arc<Expected>,
    to: mpsc::Sender<Judged>,
}

impl Landing {
    /// Takes it; the sign-in goes on with it. What comes after the answer changes nothing.
    ///
    /// # Errors
    /// [`NotTheAnswer`] for an address that is not this sign-in's; it goes on waiting.
    pub fn take(&self, address: &str) -> Result<(), NotTheAnswer> {
        let judged = self.expected.judge(address.trim()).ok_or(NotTheAnswer)?;
        // Full or closed: the answer was there before.
        self.to.try_send(judged).or(Ok(()))
    }

    /// The browser cannot reach this program by itself: a person brings the address.
    pub fn is_by_hand(&self) -> bool {
        !application::is_this_computer(&self.expected.redirect)
    }
}

impl SignIn {
    /// Opens the port, where the browser comes back to this computer, and makes the address for the
    /// browser. The right for files is asked for only where `attaches` says so.
    ///
    /// # Errors
    /// [`SignInError::NoPort`] or [`SignInError::NotPrepared`].
    pub async fn begin(
        registration: &'static Registration,
        application: &Application,
        endpoints: &Endpoints,
        attaches: bool,
    ) -> Result<Self, SignInError> {
        let state = random()?;
        let verifier = (registration.proof == Proof::Pkce).then(random).transpose()?;
        let mut address = Url::parse(&endpoints.authorize).map_err(|_| SignInError::NotPrepared)?;
        let back = registration.redirect(application).map_err(|_| SignInError::NotPrepared)?;
        let (loopback, redirect) = match back {
            Redirect::Loopback { ports, path } => {
                let loopback = Loopback::open(&ports).await.ok_or(SignInError::NoPort)?;
                let redirect = format!("http://localhost:{}{path}", loopback.port());
                (Some(loopback), redirect)
            }
            Redirect::Page(redirect) => (None, redirect),
        };
        {
            let mut pairs = address.query_pairs_mut();
            pairs
                .append_pair("response_type", "code")
                .append_pair("client_id", &application.client_id)
                .append_pair("redirect_uri", &redirect)
                .append_pair("scope", &registration.asked(attaches))
                .append_pair("state", state.reveal());
            if let Some(verifier) = &verifier {
                pairs
                    .append_pair("code_challenge", &challenge(verifier))
                    .append_pair("code_challenge_method", "S256");
            }
        }
        let expected = Expected {
            state,
            redirect: Url::parse(&redirect).map_err(|_| SignInError::NotPrepared)?,
            issuer: endpoints.issuer.clone(),
            issuer_is_named: registration.issuer_is_named,
            company_field: registration.company_field,
        };
        let (to, pasted) = mpsc::channel(1);
        let landing = Landing { expected: Arc::new(expected), to };
        Ok(Self { address, landing, loopback, pasted, verifier })
    }

    /// Waits for the one answer that belongs to this sign-in, and closes the port.
    ///
    /// # Errors
    /// [`SignInError::TimedOut`], [`SignInError::Declined`], [`SignInError::NoCompany`] or
    /// [`SignInError::WrongIssuer`].
    pub async fn wait(self, limit: Duration) -> Result<Code, SignInError> {
        let Self { address, landing, loopback, mut pasted, verifier } = self;
        let expected = landing.expected;
        let by_browser = async {
            match loopback {
                Some(loopback) => loopback.accept(|target| expected.judge_target(target)).await,
                None => std::future::pending().await,
            }
        };
        let landed = async {
            tokio::select! {
                landed = by_browser => landed,
                Some(landed) = pasted.recv() => landed,
            }
        };
        let Landed { code, company } =
            tokio::time::timeout(limit, landed).await.map_err(|_| SignInError::TimedOut)??;
        // The very text that was sent: the provider compares it character by character.
        let redirect = address.query_pairs().find(|(name, _)| name == "redirect_uri");
        let redirect = redirect.map(|(_, value)| value.into_owned()).unwrap_or_default();
        Ok(Code { code, verifier, redirect, company })
    }
}

impl Expected {
    /// What a request for `target` at our port means.
    fn judge_target(&self, target: &str) -> Option<Judged> {
        self.judge(self.redirect.join(target).ok()?.as_str())
    }

    /// What an address means; `None` for anything that is not the awaited answer.
    fn judge(&self, address: &str) -> Option<Judged> {
        let url = Url::parse(address).ok()?;
        if url.origin() != self.redirect.origin() || url.path() != self.redirect.path() {
            return None;
        }
        let mut given = Given::default();
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "state" => given.state = Some(value.into_owned()),
                "iss" => given.issuer = Some(value.into_owned()),
                "code" => given.code = Some(Secret::new(value)),
                "error" => given.error = Some(value.chars().take(60).collect()),
                name if Some(name) == self.company_field => {
                    given.company = Some(value.into_owned());
                }
                _ => {}
            }
        }
        // Without the right state it is not an answer to us, and whoever sent it learns nothing.
        if !same(given.state.as_deref()?, self.state.reveal()) {
            return None;
        }
        Some(self.judge_given(given))
    }

    fn judge_given(&self, given: Given) -> Judged {
        match given.issuer {
            Some(issuer) if issuer != self.issuer => return Err(SignInError::WrongIssuer),
            None if self.issuer_is_named => return Err(SignInError::WrongIssuer),
            _ => {}
        }
        let code = match (given.error, given.code) {
            (Some(code), _) => return Err(SignInError::Declined { code }),
            (None, Some(code)) => code,
            (None, None) => return Err(SignInError::Declined { code: "no_code".to_owned() }),
        };
        let company = given.company.filter(|company| is_company(company));
        if self.company_field.is_some() && company.is_none() {
            return Err(SignInError::NoCompany);
        }
        Ok(Landed { code, company })
    }
}

/// A company's id becomes a part of addresses, so it is letters and digits or nothing.
fn is_company(id: &str) -> bool {
    (1..=40).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric())
}

#[derive(Default)]
struct Given {
    state: Option<String>,
    issuer: Option<String>,
    code: Option<Secret>,
    error: Option<String>,
    company: Option<String>,
}

/// 256 random bits as 43 characters (RFC 7636, 4.1).
fn random() -> Result<Secret, SignInError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| SignInError::NotPrepared)?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
}

/// The S256 challenge of a verifier (RFC 7636, 4.2).
fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.reveal().as_bytes()))
}

/// Equality whose duration tells nothing about where two texts differ: digests are compared, and
/// nobody can steer a digest towards another.
fn same(given: &str, expected: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(expected.as_bytes())
}
