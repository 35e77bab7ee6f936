//! One message to a mail server (RFC 5321), told so finely that nothing is sent twice.
//!
//! Never retries: whoever asks knows whether it may. The commands are given one by one, because
//! only what breaks after the message itself began to leave is in doubt.

use super::settings::{MailAccount, Security};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use std::time::Duration;
use zeroize::Zeroizing;

/// For a connection, and for each answer (RFC 5321, 4.5.3.2 asks for minutes; an office would
/// rather try again later).
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// The server took it.
    Taken(String),
    /// The server will never take it.
    Refused(String),
    /// Not this time; it was not taken.
    NotNow(String),
    /// The server could not be reached or did not let us in; nothing left the desk.
    Unreachable(String),
    /// The message left and the answer was lost.
    Lost(String),
}

/// Connects and signs in, and nothing else.
///
/// # Errors
/// What kept it from that, as the server or the system said it.
pub(super) async fn try_account(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<(), String> {
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
        Err(said) => return Delivery::Unreachable(said),
    };
    let delivery = hand_over(&mut connection, message).await;
    connection.abort().await;
    delivery
}

async fn connected(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<AsyncSmtpConnection, String> {
    match tokio::time::timeout(PATIENCE, connect(account, password)).await {
        Ok(connected) => connected.map_err(|error| text(&error)),
        Err(_) => Err("no answer in time".to_owned()),
    }
}

async fn connect(
    account: &MailAccount,
    password: Option<Zeroizing<String>>,
) -> Result<AsyncSmtpConnection, Error> {
    let name = ClientId::default();
    let tls = || TlsParameters::new(account.host.clone());
    let at_once = if account.security == Security::Tls { Some(tls()?) } else { None };
    let server = (account.host.as_str(), account.port);
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &name, at_once, None).await?;
    if account.security == Security::Starttls {
        connection.starttls(tls()?, &name).await?;
    }
    if let Some(password) = password.filter(|_| !account.username.is_empty()) {
        let credentials = Credentials::new(account.username.clone(), password.to_string());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
    }
    Ok(connection)
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
            Answer::Later(said) | Answer::None(said) => return Delivery::NotNow(said),
        }
    }
    match answer(connection.message(&message.formatted())).await {
        Answer::Yes(said) => Delivery::Taken(said),
        Answer::Never(said) => Delivery::Refused(said),
        Answer::Later(said) => Delivery::NotNow(said),
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
