//! A reminder as an e-mail: the words of the letter, with the letter attached.
//!
//! Never adds a picture or a link that tells whether it was read.

use super::settings::MailAccount;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::papers;
use crate::reminders::Sending;
use documents::Letter;
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// Makes the message.
///
/// # Errors
/// [`Code::Invalid`] where an address cannot be one.
pub(super) async fn compose(
    office: &Office,
    account: &MailAccount,
    sending: Sending,
) -> Result<Message, Fault> {
    let Sending { row, debts, letter } = sending;
    let to = debts.first().map(|debt| debt.email.clone()).unwrap_or_default();
    let subject = format!("{} – {}", letter.title(), office.school.name);
    let text = body(office, &letter);
    let name = format!("{}-{}.pdf", letter.title(), letter.student_number);
    let pdf = papers::painted(letter).await?;
    let from = mailbox(&account.from_name, &account.from_address)?;
    let domain = from.email.domain().to_owned();
    let message = Message::builder()
        .from(from)
        .to(mailbox(if row.payer.is_empty() { &row.student } else { &row.payer }, &to)?)
        .subject(subject)
        .date(office.clock.now().into())
        // The same reminder has the same id, so that a server may see that it has it already.
        .message_id(Some(format!("<{}@{domain}>", row.reminder.id)))
        .multipart(
            MultiPart::mixed().singlepart(SinglePart::plain(text)).singlepart(
                Attachment::new(format!("{}.pdf", files::safe_name(name.trim_end_matches(".pdf"))))
                    .body(pdf, pdf_type()?),
            ),
        );
    message.map_err(|error| unfit(&error.to_string()))
}

fn pdf_type() -> Result<ContentType, Fault> {
    ContentType::parse("application/pdf")
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

fn unfit(detail: &str) -> Fault {
    Fault::new(Code::Invalid, "This is not an e-mail address.").rule("email").detail(detail)
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, Fault> {
    let email = address.trim().parse().map_err(|_| unfit(address))?;
    let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, email))
}

fn body(office: &Office, letter: &Letter) -> String {
    let norwegian = office.school.language == "nb";
    let (account, reference, to_pay) = if norwegian {
        ("Kontonummer", "KID", "Å betale")
    } else {
        ("Account", "Payment reference", "To pay")
    };
    let seller = &letter.seller;
    let mut parts = vec![letter.person.name.clone(), String::new(), letter.lead(), String::new()];
    parts.push(format!("{to_pay}: {}", letter.sum()));
    parts.push(format!("{account}: {}", seller.bank_account));
    for item in &letter.items {
        let paid_with = &item.payment_reference;
        let line = format!("{} – {reference}: {paid_with}", item.number);
        parts.push(if paid_with.is_empty() { item.number.clone() } else { line });
    }
    parts.extend([String::new(), letter.close().to_owned(), String::new()]);
    parts.extend([seller.name.clone(), seller.phone.clone(), seller.email.clone()]);
    let mut text = String::new();
    for part in parts {
        // One empty line between parts, never more.
        if !(part.is_empty() && text.ends_with("\n\n")) {
            text.push_str(&part);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}
