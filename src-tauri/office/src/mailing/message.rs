//! A reminder or an invoice as an e-mail: a few words, with the paper attached.
//!
//! Never adds a picture or a link that tells whether it was read.

use super::carried::Carried;
use super::invoices::InvoiceMail;
use super::settings::MailAccount;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::papers;
use crate::reminders::Sending;
use documents::{Language, Letter, format};
use finance::invoice::Invoice;
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// What an e-mail is made of.
struct Parts {
    /// The same message has the same id, so that a server may see that it has it already.
    id: String,
    name: String,
    email: String,
    subject: String,
    text: String,
    /// The file, without its ending.
    file: String,
    pdf: Vec<u8>,
}

/// Makes the message.
///
/// # Errors
/// [`Code::Invalid`] where an address cannot be one, or what the painter reports.
pub(super) async fn compose(
    office: &Office,
    account: &MailAccount,
    carried: Carried,
) -> Result<Message, Fault> {
    let parts = match carried {
        Carried::Reminder(sending) => of_reminder(office, *sending).await?,
        Carried::Invoice(mail) => of_invoice(office, *mail).await?,
    };
    let from = mailbox(&account.from_name, &account.from_address)?;
    let domain = from.email.domain().to_owned();
    let file = format!("{}.pdf", files::safe_name(&parts.file));
    let message = Message::builder()
        .from(from)
        .to(mailbox(&parts.name, &parts.email)?)
        .subject(parts.subject)
        .date(office.clock.now().into())
        .message_id(Some(format!("<{}@{domain}>", parts.id)))
        .multipart(
            MultiPart::mixed()
                .singlepart(SinglePart::plain(parts.text))
                .singlepart(Attachment::new(file).body(parts.pdf, pdf_type()?)),
        );
    message.map_err(|error| unfit(&error.to_string()))
}

async fn of_reminder(office: &Office, sending: Sending) -> Result<Parts, Fault> {
    let Sending { row, debts, letter } = sending;
    Ok(Parts {
        id: row.reminder.id.to_string(),
        name: if row.payer.is_empty() { row.student } else { row.payer },
        email: debts.first().map(|debt| debt.email.clone()).unwrap_or_default(),
        subject: format!("{} – {}", letter.title(), office.school.name),
        text: body(office, &letter),
        file: format!("{}-{}", letter.title(), letter.student_number),
        pdf: papers::painted(letter).await?,
    })
}

async fn of_invoice(office: &Office, mail: InvoiceMail) -> Result<Parts, Fault> {
    let InvoiceMail { invoice, paper, email, .. } = mail;
    let norwegian = office.school.language == "nb";
    let word = if norwegian { "Faktura" } else { "Invoice" };
    Ok(Parts {
        id: invoice.id.to_string(),
        name: invoice.person.name.clone(),
        email,
        subject: format!("{word} {} – {}", invoice.number.text, office.school.name),
        text: invoice_body(&invoice, norwegian),
        file: format!("{word}-{}", invoice.number.text),
        pdf: papers::painted(paper).await?,
    })
}

fn invoice_body(invoice: &Invoice, norwegian: bool) -> String {
    let language = if norwegian { Language::Nb } else { Language::En };
    let seller = &invoice.seller;
    let (lead, to_pay, due, account, reference) = if norwegian {
        ("Vedlagt følger faktura", "Å betale", "Forfall", "Kontonummer", "KID")
    } else {
        ("Please find attached invoice", "To pay", "Due", "Account", "Payment reference")
    };
    let mut parts = vec![invoice.person.name.clone(), String::new()];
    parts.extend([format!("{lead} {}.", invoice.number.text), String::new()]);
    parts.push(format!("{to_pay}: {}", format::sum(invoice.totals.gross, language)));
    parts.push(format!("{due}: {}", format::long_date(invoice.due_date, language)));
    parts.push(format!("{account}: {}", seller.bank_account));
    if !invoice.payment_reference.is_empty() {
        parts.push(format!("{reference}: {}", invoice.payment_reference));
    }
    parts.push(String::new());
    parts.extend([seller.name.clone(), seller.phone.clone(), seller.email.clone()]);
    lines(parts)
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
    lines(parts)
}

/// One line each, with one empty line between parts and never more.
fn lines(parts: Vec<String>) -> String {
    let mut text = String::new();
    for part in parts {
        if !(part.is_empty() && text.ends_with("\n\n")) {
            text.push_str(&part);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}
