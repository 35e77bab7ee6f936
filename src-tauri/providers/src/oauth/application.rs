//! Applications: how a system lets them in, and as which one this desk comes.
//!
//! Never prints a secret.

use crate::session::Secret;
use reqwest::Url;
use url::Host;

/// How an application proves that it is the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By a challenge of each sign-in; it has no secret (RFC 7636).
    Pkce,
    /// By its id and secret as HTTP Basic (RFC 6749, 2.3.1).
    SecretInHeader,
    /// By its id and secret in the form.
    SecretInBody,
}

/// How a system lets applications in, as data.
#[derive(Debug, PartialEq, Eq)]
pub struct Registration {
    /// Rights that are asked for, separated by spaces.
    pub scopes: &'static str,
    /// The right that is asked for besides where files go beside documents; empty where the others
    /// cover it.
    pub attachment_scope: &'static str,
    /// Ports of `http://localhost`, in the order they are tried, for an application that names no
    /// address of its own.
    pub ports: &'static [u16],
    /// How every redirect address ends, another for each system, so that answers cannot be mixed
    /// up (RFC 9700, 4.4.2.2).
    pub path: &'static str,
    /// The system always names itself in its answer (RFC 9207). Where it does not, a name that is
    /// given must still be right.
    pub issuer_is_named: bool,
    /// How an application proves itself.
    pub proof: Proof,
    /// The field of the answer that names the one company that was opened; where there is none, a
    /// sign-in lists its companies afterwards.
    pub company_field: Option<&'static str>,
    /// Days after which a sign-in ends that nobody used: each renewal counts them anew.
    pub idle_days: u16,
}

/// An application as it is registered with a system: this program's, or a school's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Public id.
    pub client_id: String,
    /// Its secret, where it has one.
    pub secret: Option<Secret>,
    /// Where the browser is sent back to, as it is registered; none: a port of this computer.
    pub redirect: Option<String>,
}

/// What is odd about a redirect address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OddRedirect {
    /// Not a web address, or one with a user, a question or a place on the page.
    #[error("not a plain web address")]
    NotPlain,
    /// Neither `https` with a name nor `http://localhost`.
    #[error("neither https with a name nor http://localhost")]
    NotSecure,
    /// It does not end as this system's must.
    #[error("it ends otherwise")]
    OtherPath,
}

/// Where the browser is sent back to.
pub(super) enum Redirect {
    /// To a port of this computer.
    Loopback { ports: Vec<u16>, path: String },
    /// To a page whose address a person brings.
    Page(String),
}

/// Whether an address is this computer's own.
pub(super) fn is_this_computer(url: &Url) -> bool {
    url.scheme() == "http" && url.host() == Some(Host::Domain("localhost"))
}

impl Registration {
    /// The rights that are asked for, with that for files or without.
    pub(super) fn asked(&self, attaches: bool) -> String {
        match (attaches, self.attachment_scope) {
            (false, _) | (_, "") => self.scopes.to_owned(),
            (true, files) => format!("{} {files}", self.scopes),
        }
    }

    /// Whether an application must have a secret and a redirect address of its own.
    pub const fn needs_secret(&self) -> bool {
        !matches!(self.proof, Proof::Pkce)
    }

    /// Checks a redirect address: `https` with a name, or `http://localhost` with a port, ending as
    /// this system's must. Intuit takes no others ("Set redirect URIs", 2026-11).
    ///
    /// # Errors
    /// What is odd about it.
    pub fn check_redirect(&self, address: &str) -> Result<Url, OddRedirect> {
        let url = Url::parse(address).map_err(|_| OddRedirect::NotPlain)?;
        let has_more = url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
            || url.password().is_some();
        if has_more || url.cannot_be_a_base() {
            return Err(OddRedirect::NotPlain);
        }
        let is_named = matches!(url.host(), Some(Host::Domain(name)) if name.contains('.'));
        if !(is_this_computer(&url) || url.scheme() == "https" && is_named) {
            return Err(OddRedirect::NotSecure);
        }
        if url.path().ends_with(self.path) { Ok(url) } else { Err(OddRedirect::OtherPath) }
    }

    pub(super) fn redirect(&self, application: &Application) -> Result<Redirect, OddRedirect> {
        let Some(address) = &application.redirect else {
            return Ok(Redirect::Loopback {
                ports: self.ports.to_vec(),
                path: self.path.to_owned(),
            });
        };
        let url = self.check_redirect(address)?;
        Ok(match url.port_or_known_default().filter(|_| is_this_computer(&url)) {
            Some(port) => Redirect::Loopback { ports: vec![port], path: url.path().to_owned() },
            None => Redirect::Page(address.clone()),
        })
    }
}
