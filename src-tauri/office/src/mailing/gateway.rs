//! The gateway that text messages leave through, as the school describes it.
//!
//! Never keeps the secret in the book or tells it: it lies where the book's secrets lie.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::secrets::SecretStore;
use crate::show::name_of;
use crate::typed;
use crate::wire::common::Nothing;
use crate::wire::reminders::{SaveSmsSettings, SmsSettings, SmsTried, TrySms};
use finance::ids::SchoolId;
use providers::sms::{
    self, Format, Gateway, GatewayRejection, Outcome, Sms, TemplateRejection, Verb,
};
use store::View;
use zeroize::Zeroizing;

const SETTING: &str = "sms";
const VERBS: &[(&str, Verb)] = &[("post", Verb::Post), ("put", Verb::Put), ("get", Verb::Get)];
const FORMATS: &[(&str, Format)] = &[("json", Format::Json), ("form", Format::Form)];
/// The longest template.
const MOST_TEMPLATE: usize = 4_000;

/// The gateway, where one is set up.
pub(crate) async fn gateway(view: &mut View) -> Result<Option<Gateway>, Fault> {
    let kept = view.setting(SETTING).await?;
    let kept: Option<Gateway> =
        kept.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| {
            Fault::new(Code::BookDamaged, "The SMS gateway cannot be read.")
                .detail(error.to_string())
        })?;
    Ok(kept.filter(|gateway| !gateway.url.is_empty()))
}

fn secret_name(school: SchoolId) -> String {
    format!("{school}/sms")
}

/// The gateway's secret. The keychain may ask the person first, so nobody waits for it here.
pub(super) async fn secret(office: &Office) -> Result<Option<Zeroizing<String>>, Fault> {
    let (secrets, name) = (office.secrets.clone(), secret_name(office.school.id));
    let found = tokio::task::spawn_blocking(move || secrets.find(&name));
    let found = found.await.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    Ok(found.map(|bytes| Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())))
}

/// Forgets the gateway's secret.
///
/// # Errors
/// What the place for secrets reports.
pub(crate) fn forget_secret(secrets: &dyn SecretStore, school: SchoolId) -> Result<(), Fault> {
    secrets.forget(&secret_name(school))
}

/// A gateway as most are: JSON, a key in `Authorization`.
fn proposed() -> Gateway {
    let template = "{\n  \"to\": \"{to}\",\n  \"from\": \"{sender}\",\n  \"text\": \"{text}\",\n  \
                    \"reference\": \"{key}\"\n}";
    Gateway {
        url: String::new(),
        verb: Verb::Post,
        format: Format::Json,
        template: template.to_owned(),
        secret_header: "Authorization".to_owned(),
        key_header: "Idempotency-Key".to_owned(),
        sender: String::new(),
        knows_keys: false,
    }
}

/// The gateway as it is set up; its secret is never told.
pub async fn sms_settings(office: &Office, _: &Actor, _: Nothing) -> Result<SmsSettings, Fault> {
    let mut view = office.store.read().await?;
    let gateway = gateway(&mut view).await?.unwrap_or_else(proposed);
    Ok(SmsSettings {
        url: gateway.url,
        verb: name_of(&gateway.verb, VERBS),
        format: name_of(&gateway.format, FORMATS),
        template: gateway.template,
        secret_header: gateway.secret_header,
        key_header: gateway.key_header,
        sender: gateway.sender,
        knows_keys: gateway.knows_keys,
        has_secret: secret(office).await?.is_some(),
    })
}

/// Sets the gateway up; without an address no text message is sent.
pub async fn save_sms_settings(
    office: &Office,
    actor: &Actor,
    request: SaveSmsSettings,
) -> Result<SmsSettings, Fault> {
    let gateway = read(&request)?;
    let text = serde_json::to_string(&gateway)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    if let Some(secret) = request.secret.map(Zeroizing::new) {
        if secret.chars().any(|c| !(' '..='~').contains(&c)) {
            return Err(refused(&GatewayRejection::Secret));
        }
        let (secrets, name) = (office.secrets.clone(), secret_name(office.school.id));
        let kept = tokio::task::spawn_blocking(move || match secret.is_empty() {
            true => secrets.forget(&name),
            false => secrets.keep(&name, secret.as_bytes()),
        });
        kept.await.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))??;
    }
    let mut tx = office.store.begin().await?;
    tx.set_setting(SETTING, &text).await?;
    tx.commit().await?;
    sms_settings(office, actor, Nothing {}).await
}

fn read(request: &SaveSmsSettings) -> Result<Gateway, Fault> {
    let template = request.template.trim();
    if template.len() > MOST_TEMPLATE {
        let fault = Fault::new(Code::Invalid, "The template is too long.");
        return Err(fault.at("template").rule("too_long"));
    }
    let gateway = Gateway {
        url: typed::text("url", &request.url, typed::LINE)?,
        verb: typed::one_of("verb", &request.verb, VERBS)?,
        format: typed::one_of("format", &request.format, FORMATS)?,
        template: template.to_owned(),
        secret_header: typed::text("secret_header", &request.secret_header, typed::SHORT)?,
        key_header: typed::text("key_header", &request.key_header, typed::SHORT)?,
        sender: typed::text("sender", &request.sender, typed::SHORT)?,
        knows_keys: request.knows_keys,
    };
    if !gateway.url.is_empty() {
        gateway.check().map_err(|rejection| refused(&rejection))?;
    }
    Ok(gateway)
}

fn refused(rejection: &GatewayRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    match rejection {
        GatewayRejection::Address => fault.at("url").rule("gateway_address"),
        GatewayRejection::Template(template) => fault.at("template").rule(match template {
            TemplateRejection::NotJson => "template_json",
            TemplateRejection::NotForm => "template_form",
            TemplateRejection::PlaceMissing => "template_places",
        }),
        GatewayRejection::SecretHeader => fault.at("secret_header").rule("header_name"),
        GatewayRejection::KeyHeader => fault.at("key_header").rule("header_name"),
        GatewayRejection::GetJson => fault.at("format").rule("get_takes_form"),
        GatewayRejection::Secret => fault.at("secret").rule("header_value"),
    }
}

/// Sends one short message to a number a person typed, to see that the gateway works.
pub async fn try_sms(office: &Office, _: &Actor, request: TrySms) -> Result<SmsTried, Fault> {
    let gateway = gateway(&mut office.store.read().await?).await?;
    let missing = || Fault::new(Code::Invalid, "SMS has not been set up.").rule("no_sms");
    let gateway = gateway.ok_or_else(missing)?;
    let to = sms::international(&request.to, &office.school.country).ok_or_else(|| {
        let fault = Fault::new(Code::Invalid, "This is not a telephone number.");
        fault.at("to").rule("phone")
    })?;
    let id: uuid::Uuid = typed::id("id", &request.id)?;
    let secret = secret(office).await?;
    let (text, key) = (format!("{}: Test", office.school.name), id.to_string());
    let message = Sms { to: &to, text: &text, key: &key };
    let secret = secret.as_ref().map(|secret| secret.as_str());
    let outcome = gateway.send(secret, message, sms::PATIENCE).await;
    let fault = |rule: &str, said: String| {
        let fault = Fault::new(Code::MailUnavailable, "The gateway did not take the message.");
        Err(fault.rule(rule).detail(said))
    };
    match outcome {
        Outcome::Taken(said) => Ok(SmsTried { to, said }),
        Outcome::Refused(said) => fault("sms_refused", said),
        Outcome::NotNow(said, _) | Outcome::Unreachable(said) => fault("sms_away", said),
        Outcome::Lost(said) => fault("sms_unknown", said),
    }
}
