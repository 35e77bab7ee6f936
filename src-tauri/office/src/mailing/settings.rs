//! The account that e-mails are sent from.
//!
//! Never keeps the password in the book or tells it: it lies where the book's secrets lie. Never
//! sends one over a line that others can read.

use super::carried::Carried;
use super::smtp::Trouble;
use super::{Delivery, message, smtp};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::secrets::SecretStore;
use crate::show::name_of;
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::reminders::{MailSettings, SaveMailSettings};
use finance::ids::SchoolId;
use serde::{Deserialize, Serialize};
use store::View;
use zeroize::Zeroizing;

const SETTING: &str = "mail";
/// The longest certificate.
const MOST_PEM: usize = 16_000;

/// How the line to the mail server is kept private (RFC 8314).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS; without it nothing is sent.
    Starttls,
    /// None, towards this machine only.
    None,
}

const SECURITIES: &[(&str, Security)] =
    &[("tls", Security::Tls), ("starttls", Security::Starttls), ("none", Security::None)];

/// A mail account, without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailAccount {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub from_name: String,
    pub from_address: String,
    /// The authority that vouches for the server beside those this machine trusts, PEM; or empty.
    #[serde(default)]
    pub authority: String,
}

/// The account, where one is set up.
pub(crate) async fn account(view: &mut View) -> Result<Option<MailAccount>, Fault> {
    let kept = view.setting(SETTING).await?;
    let kept: Option<MailAccount> =
        kept.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| {
            Fault::new(Code::BookDamaged, "The mail account cannot be read.")
                .detail(error.to_string())
        })?;
    Ok(kept.filter(|account| !account.host.is_empty()))
}

fn secret_name(school: SchoolId) -> String {
    format!("{school}/mail")
}

/// The account's password. The keychain may ask the person first, so nobody waits for it here.
async fn password(office: &Office) -> Result<Option<Zeroizing<String>>, Fault> {
    let (secrets, name) = (office.secrets.clone(), secret_name(office.school.id));
    let found = tokio::task::spawn_blocking(move || secrets.find(&name));
    let found = found.await.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    Ok(found.map(|bytes| Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())))
}

/// Forgets the account's password.
///
/// # Errors
/// What the place for secrets reports.
pub(crate) fn forget_password(secrets: &dyn SecretStore, school: SchoolId) -> Result<(), Fault> {
    secrets.forget(&secret_name(school))
}

/// The account as it is set up; the school's own address is proposed as sender.
pub async fn mail_settings(office: &Office, _: &Actor, _: Nothing) -> Result<MailSettings, Fault> {
    let mut view = office.store.read().await?;
    let account = account(&mut view).await?.unwrap_or_else(|| MailAccount {
        host: String::new(),
        port: 587,
        security: Security::Starttls,
        username: String::new(),
        from_name: office.school.name.clone(),
        from_address: office.school.seller.email.clone(),
        authority: String::new(),
    });
    Ok(MailSettings {
        host: account.host,
        port: account.port,
        security: name_of(&account.security, SECURITIES),
        username: account.username,
        from_name: account.from_name,
        from_address: account.from_address,
        authority: account.authority,
        has_password: password(office).await?.is_some(),
    })
}

/// Sets the account up; without a host no e-mail is sent.
pub async fn save_mail_settings(
    office: &Office,
    actor: &Actor,
    request: SaveMailSettings,
) -> Result<MailSettings, Fault> {
    let account = read(&request)?;
    let text = serde_json::to_string(&account)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    if let Some(password) = request.password.map(Zeroizing::new) {
        let (secrets, name) = (office.secrets.clone(), secret_name(office.school.id));
        let kept = tokio::task::spawn_blocking(move || match password.is_empty() {
            true => secrets.forget(&name),
            false => secrets.keep(&name, password.as_bytes()),
        });
        kept.await.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    }
    let mut tx = office.store.begin().await?;
    tx.set_setting(SETTING, &text).await?;
    tx.commit().await?;
    mail_settings(office, actor, Nothing {}).await
}

fn read(request: &SaveMailSettings) -> Result<MailAccount, Fault> {
    let account = MailAccount {
        host: typed::text("host", &request.host, typed::SHORT)?,
        port: request.port,
        security: typed::one_of("security", &request.security, SECURITIES)?,
        username: typed::text("username", &request.username, 254)?,
        from_name: typed::text("from_name", &request.from_name, typed::SHORT)?,
        from_address: typed::email("from_address", &request.from_address)?,
        authority: request.authority.trim().to_owned(),
    };
    if account.host.is_empty() {
        return Ok(account);
    }
    if account.port == 0 {
        return Err(Fault::new(Code::Invalid, "A port is needed.").at("port").rule("missing"));
    }
    let sender = account.from_address.parse::<lettre::Address>();
    if sender.is_err() {
        let fault = Fault::new(Code::Invalid, "A sender is needed.");
        return Err(fault.at("from_address").rule("email"));
    }
    let authority = &account.authority;
    if authority.len() > MOST_PEM || !(authority.is_empty() || smtp::is_certificate(authority)) {
        let fault = Fault::new(Code::Invalid, "This is not a certificate.");
        return Err(fault.at("authority").rule("certificate"));
    }
    let near = ["localhost", "127.0.0.1", "::1"].contains(&account.host.as_str());
    if account.security == Security::None && !near {
        let message = "Over a line that others can read nothing is sent.";
        return Err(Fault::new(Code::Invalid, message).at("security").rule("unprotected"));
    }
    Ok(account)
}

/// Connects to the mail server and signs in; sends nothing.
pub async fn check_mail(office: &Office, _: &Actor, _: Nothing) -> Result<Nothing, Fault> {
    let account = account(&mut office.store.read().await?).await?;
    let missing = || Fault::new(Code::Invalid, "E-mail has not been set up.").rule("no_mail");
    let account = account.ok_or_else(missing)?;
    let tried = smtp::try_account(&account, password(office).await?).await;
    tried.map(|()| Nothing {}).map_err(|trouble| {
        let fault = Fault::new(Code::MailUnavailable, "The mail server could not be used.");
        match trouble {
            Trouble::Away(said) => fault.detail(said),
            Trouble::Untrusted(said) => fault.rule("untrusted").detail(said),
            Trouble::SignIn(said) => fault.rule("sign_in").detail(said),
        }
    })
}

/// Gives a message to the mail server.
///
/// # Errors
/// What the keychain or the painter reports.
pub(super) async fn deliver(
    office: &Office,
    account: &MailAccount,
    carried: Carried,
) -> Result<Delivery, Fault> {
    let password = password(office).await?;
    if password.is_none() && !account.username.is_empty() {
        // Taken out of the keychain by hand: nothing is sent until it is there again.
        return Ok(Delivery::Unreachable("no password".to_owned()));
    }
    Ok(match message::compose(office, account, carried).await {
        Ok(message) => smtp::deliver(account, password, &message).await,
        Err(fault) => Delivery::Refused(fault.message),
    })
}
