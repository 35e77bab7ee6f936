//! One message to a mail server (RFC 5321), told so finely that nothing is sent twice.
//!
//! Never retries: whoever asks knows whether it may. The commands are given one by one, because
//! only what breaks after the message itself began to leave is in doubt.

use super::Delivery;
use super::settings::{MailAccount, Security};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use std::time::Duration;
use zeroize::Zeroizing;

/// For a connection, and for each answer (RFC 5321, 4.5.3.2 asks for minutes; an office would
/// rather try again later).
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a server could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It was not there, or broke the line.
    Away(String),
    /// It could not show that it is who it should be, or the line could not be made private.
    Untrusted(String),
    /// It did not accept name and password.
    SignIn(String),
}

impl Trouble {
    /// What was said.
    pub fn said(self) -> String {
        match self {
            Self::Away(said) | Self::Untrusted(said) | Self::SignIn(said) => said,
        }
    }
}

/// Connects and signs in, and nothing else.
///
/// # Errors
/// What kept it from that, as the server or the system said it.
pub(super) async fn try_account(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<(), Trouble> {
    let mut connection = connected(account, password).await?;
    // The answer to a farewell changes nothing.
    drop(connection.quit().await);
    Ok(())
}

/// Gives a message to the server.
pub(super) async fn deliver(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
    message: &Message,
) -> Delivery {
    let mut connection = match connected(account, password).await {
        Ok(connection) => connection,
        Err(trouble) => return Delivery::Unreachable(trouble.said()),
    };
    let delivery = hand_over(&mut connection, message).await;
    connection.abort().await;
    delivery
}

async fn connected(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<AsyncSmtpConnection, Trouble> {
    match tokio::time::timeout(PATIENCE, connect(account, password)).await {
        Ok(connected) => connected,
        Err(_) => Err(Trouble::Away("no answer in time".to_owned())),
    }
}

/// A handshake that fails is told as a failed connection, with its cause.
fn trouble(error: &Error) -> Trouble {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let mut causes = causes.map(|cause| cause.is::<native_tls::Error>());
    let untrusted = error.is_tls() || causes.any(|is_tls| is_tls);
    if untrusted { Trouble::Untrusted(text(error)) } else { Trouble::Away(text(error)) }
}

async fn connect(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<AsyncSmtpConnection, Trouble> {
    let name = ClientId::default();
    let at_once = if account.security == Security::Tls { Some(tls(account)?) } else { None };
    let server = (account.host.as_str(), account.port);
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &name, at_once, None)
            .await
            .map_err(|error| trouble(&error))?;
    if account.security == Security::Starttls {
        let tls = tls(account)?;
        connection.starttls(tls, &name).await.map_err(|error| trouble(&error))?;
    }
    if let Some(password) = password.filter(|_| !account.username.is_empty()) {
        let credentials = Credentials::new(account.username.clone(), password.to_string());
        let signed = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
        signed.map_err(|error| match error.is_permanent() {
            true => Trouble::SignIn(text(&error)),
            false => trouble(&error),
        })?;
    }
    Ok(connection)
}

/// What the server must show: a certificate for its name by an authority this machine trusts, or
/// by the one the school has named.
fn tls(account: &MailAccount) -> Result<TlsParameters, Trouble> {
    let mut tls = TlsParameters::builder(account.host.clone());
    if !account.authority.is_empty() {
        let authority = Certificate::from_pem(account.authority.as_bytes());
        tls = tls.add_root_certificate(authority.map_err(|error| trouble(&error))?);
    }
    tls.build().map_err(|error| trouble(&error))
}

/// Whether a text is a certificate.
pub(super) fn is_certificate(pem: &str) -> bool {
    Certificate::from_pem(pem.as_bytes()).is_ok()
}

async fn hand_over(connection: &mut AsyncSmtpConnection, message: &Message) -> Delivery {
    let envelope = message.envelope();
    let mut options = Vec::new();
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Delivery::Refused("the server knows no such addresses (SMTPUTF8)".to_owned());
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let mut steps = vec![Mail::new(envelope.from().cloned(), options).to_string()];
    steps.extend(envelope.to().iter().map(|to| Rcpt::new(to.clone(), vec![]).to_string()));
    steps.push(Data.to_string());
    for step in steps {
        match answer(connection.command(step)).await {
            Answer::Yes(_) => {}
            Answer::Never(said) => return Delivery::Refused(said),
            // The message itself has not begun to leave.
            Answer::Later(said) | Answer::None(said) => return Delivery::NotNow(said, None),
        }
    }
    match answer(connection.message(&message.formatted())).await {
        Answer::Yes(said) => Delivery::Taken(said),
        Answer::Never(said) => Delivery::Refused(said),
        Answer::Later(said) => Delivery::NotNow(said, None),
        Answer::None(said) => Delivery::Lost(said),
    }
}

/// What a server answers to a command.
enum Answer {
    Yes(String),
    Later(String),
    Never(String),
    None(String),
}

async fn answer(asked: impl Future<Output = Result<Response, Error>>) -> Answer {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(response)) => Answer::Yes(response.message().collect::<Vec<_>>().join(" ")),
        Ok(Err(error)) if error.is_permanent() => Answer::Never(text(&error)),
        Ok(Err(error)) if error.is_transient() => Answer::Later(text(&error)),
        Ok(Err(error)) => Answer::None(text(&error)),
        Err(_) => Answer::None("no answer in time".to_owned()),
    }
}

/// What was said, with its cause, at most as long as anybody reads.
fn text(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !said.contains(&inner_text) {
            said = format!("{said}: {inner_text}");
        }
        cause = inner.source();
    }
    said.chars().filter(|c| !c.is_control()).take(300).collect()
}
