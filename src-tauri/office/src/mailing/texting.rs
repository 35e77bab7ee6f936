//! A reminder as a text message.
//!
//! Never sends more than the letter says, and never a part of it: what does not fit into one
//! message is sent as several that the telephone joins, and a person sees how many.

use super::carried::Carried;
use super::{Delivery, gateway};
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::reminders::SmsLook;
use documents::Letter;
use providers::sms::{self, Encoding, Gateway, Outcome, Sms};
use store::{Errand, OutgoingMail};

/// What a letter says as a text message, and what that takes.
pub(crate) fn look(letter: &Letter) -> SmsLook {
    let text = letter.short();
    let length = sms::length(&text);
    SmsLook {
        units: u32::try_from(length.units).unwrap_or(u32::MAX),
        segments: u32::try_from(length.segments).unwrap_or(u32::MAX),
        is_unicode: length.encoding == Encoding::Ucs2,
        text,
    }
}

/// Gives a message to the gateway.
///
/// # Errors
/// What the keychain reports.
pub(super) async fn deliver(
    office: &Office,
    gateway: &Gateway,
    carried: Carried,
    mail: &OutgoingMail,
) -> Result<Delivery, Fault> {
    let (Carried::Reminder(sending), Errand::Reminder(id)) = (carried, mail.errand) else {
        return Ok(Delivery::Refused("only reminders go by text message".to_owned()));
    };
    let typed = sending.debts.first().map(|debt| debt.phone.as_str()).unwrap_or_default();
    let Some(to) = sms::international(typed, &office.school.country) else {
        return Ok(Delivery::Refused("no telephone number that can be reached".to_owned()));
    };
    let secret = gateway::secret(office).await?;
    if secret.is_none() && !gateway.secret_header.is_empty() {
        // Taken out of the keychain by hand: nothing is sent until it is there again.
        return Ok(Delivery::Unreachable("no secret".to_owned()));
    }
    let text = sending.letter.short();
    // A refusal may be remembered under its key; what a person mended goes under the next.
    let key = if mail.anew == 0 { id.to_string() } else { format!("{id}-{}", mail.anew) };
    let message = Sms { to: &to, text: &text, key: &key };
    let secret = secret.as_ref().map(|secret| secret.as_str());
    Ok(told(gateway.send(secret, message, sms::PATIENCE).await))
}

fn told(outcome: Outcome) -> Delivery {
    match outcome {
        Outcome::Taken(said) => Delivery::Taken(said),
        Outcome::Refused(said) => Delivery::Refused(said),
        Outcome::NotNow(said, wait) => Delivery::NotNow(said, Some(wait)),
        Outcome::Unreachable(said) => Delivery::Unreachable(said),
        Outcome::Lost(said) => Delivery::Lost(said),
    }
}
