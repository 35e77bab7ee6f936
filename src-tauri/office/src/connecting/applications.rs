//! As which application the school signs in: this program's own, or one that the school registered
//! itself.
//!
//! Never keeps a secret in the book: it lies with the tokens of the connections it was used for.

use super::renewal::Renewal;
use super::tokens;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::connections::StartSignIn;
use finance::ids::ConnectionId;
use providers::oauth::{Application, OddRedirect, Registration};
use providers::registry::Provider;
use providers::session::Secret;
use store::{StoreError, Tx, View};

/// What the book remembers of the school's own application at a system: no secret.
#[derive(Default)]
pub(super) struct Remembered {
    /// Its client id; empty where there is none.
    pub client_id: String,
    /// Its redirect address; empty where a port of this computer is taken.
    pub redirect: String,
}

fn client_id_setting(provider: Provider) -> String {
    format!("client_id.{}", provider.key())
}

fn redirect_setting(provider: Provider) -> String {
    format!("redirect.{}", provider.key())
}

impl Remembered {
    /// Reads it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn of(view: &mut View, provider: Provider) -> Result<Self, StoreError> {
        let client_id = view.setting(&client_id_setting(provider)).await?.unwrap_or_default();
        let redirect = view.setting(&redirect_setting(provider)).await?.unwrap_or_default();
        Ok(Self { client_id, redirect })
    }
}

/// Remembers the application of a sign-in, unless it is this program's own.
///
/// # Errors
/// What the database reports.
pub(super) async fn remember(
    tx: &mut Tx,
    office: &Office,
    provider: Provider,
    application: &Application,
) -> Result<(), StoreError> {
    let client_id = application.client_id.as_str();
    if office.outside.built_in_client_id(provider) != Some(client_id) {
        tx.set_setting(&client_id_setting(provider), client_id).await?;
    }
    if let Some(redirect) = &application.redirect {
        tx.set_setting(&redirect_setting(provider), redirect).await?;
    }
    Ok(())
}

/// Whether a sign-in can start without asking for an application.
///
/// # Errors
/// What the database reports.
pub(super) async fn is_known(
    office: &Office,
    view: &mut View,
    provider: Provider,
) -> Result<bool, StoreError> {
    if provider.registration().needs_secret() {
        return Ok(!of_system(view, provider).await?.is_empty());
    }
    let own = !Remembered::of(view, provider).await?.client_id.is_empty();
    Ok(own || office.outside.built_in_client_id(provider).is_some())
}

/// The open connections of a system: with the tokens of each lies its application.
async fn of_system(view: &mut View, provider: Provider) -> Result<Vec<ConnectionId>, StoreError> {
    let rows = view.connections().await?.into_iter();
    let rows = rows.filter(|row| !row.closed && row.provider == provider.key());
    Ok(rows.map(|row| row.id).collect())
}

/// The application that a sign-in is to be made as: the one that is given, or else the one that is
/// known.
///
/// # Errors
/// [`Code::Invalid`] at `client_id`, `secret` or `redirect` for what is missing or odd.
pub(super) async fn wanted(
    office: &Office,
    provider: Provider,
    request: &StartSignIn,
    renewal: Option<&Renewal>,
) -> Result<Application, Fault> {
    let registration = provider.registration();
    if let Some(given) = given(registration, request)? {
        return Ok(given);
    }
    let mut view = office.store.read().await?;
    let known = match registration.needs_secret() {
        true => kept(office, &mut view, provider, renewal).await?,
        false => public(office, &mut view, provider).await?,
    };
    known.ok_or_else(|| missing("client_id", "Give the client id of your app."))
}

fn missing(field: &str, message: &str) -> Fault {
    Fault::new(Code::Invalid, message).at(field).rule("missing")
}

/// What the person typed; nothing where no client id was.
fn given(registration: &Registration, request: &StartSignIn) -> Result<Option<Application>, Fault> {
    let text = |field: &str, given: &Option<String>| {
        typed::text(field, given.as_deref().unwrap_or_default(), typed::SHORT)
    };
    let client_id = text("client_id", &request.client_id)?;
    if !registration.needs_secret() {
        let own = Application { client_id, secret: None, redirect: None };
        return Ok(Some(own).filter(|own| !own.client_id.is_empty()));
    }
    let secret = text("secret", &request.secret)?;
    let redirect = request.redirect.as_deref().unwrap_or_default();
    let redirect = typed::text("redirect", redirect, typed::LINE)?;
    if client_id.is_empty() && secret.is_empty() {
        return Ok(None);
    }
    if client_id.is_empty() {
        return Err(missing("client_id", "Give the client id of your app."));
    }
    if secret.is_empty() {
        return Err(missing("secret", "Give the secret of your app."));
    }
    if redirect.is_empty() {
        return Err(missing("redirect", "Give the redirect address of your app."));
    }
    registration.check_redirect(&redirect).map_err(|odd| {
        let fault = Fault::new(Code::Invalid, "This redirect address cannot be used.");
        let rule = match odd {
            OddRedirect::NotPlain => "redirect_not_plain",
            OddRedirect::NotSecure => "redirect_not_secure",
            OddRedirect::OtherPath => "redirect_other_path",
        };
        fault.at("redirect").rule(rule).with("path", registration.path)
    })?;
    let secret = Some(Secret::new(secret));
    Ok(Some(Application { client_id, secret, redirect: Some(redirect) }))
}

/// An application with a secret that was used before: for this connection, or for another of the
/// same system.
async fn kept(
    office: &Office,
    view: &mut View,
    provider: Provider,
    renewal: Option<&Renewal>,
) -> Result<Option<Application>, Fault> {
    let mut places = of_system(view, provider).await?;
    if let Some(renewal) = renewal {
        places.insert(0, renewal.connection.id);
    }
    let secrets = office.secrets.clone();
    // The keychain may ask the person first, so nobody waits for it here.
    let found = tokio::task::spawn_blocking(move || {
        places.into_iter().find_map(|place| tokens::application(secrets.as_ref(), place))
    });
    found.await.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))
}

async fn public(
    office: &Office,
    view: &mut View,
    provider: Provider,
) -> Result<Option<Application>, Fault> {
    let own = Some(Remembered::of(view, provider).await?.client_id).filter(|id| !id.is_empty());
    let built_in = || office.outside.built_in_client_id(provider).map(str::to_owned);
    let client_id = own.or_else(built_in);
    Ok(client_id.map(|client_id| Application { client_id, secret: None, redirect: None }))
}
