//! Invoices by e-mail: those of a run, each to who is asked to pay it.
//!
//! Never queues an invoice twice: the outbox holds one message for each, so that asking again,
//! also after a crash, adds only what is missing.

use super::settings::account;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::charges::{
    EmailRun, InvoiceMail as MailRow, RunDetail, RunMails, SettleInvoiceMail,
};
use crate::{papers, runs, typed};
use documents::Paper;
use finance::ids::{InvoiceId, RunId};
use finance::invoice::Invoice;
use store::{Errand, MailState, OutgoingMail, View};

/// Messages of a run that are shown for a person to settle.
const MOST_SHOWN: u32 = 200;

/// An invoice with what its e-mail needs.
pub(super) struct InvoiceMail {
    pub invoice: Invoice,
    pub paper: Paper,
    /// The address on the card of who is asked to pay, as it is now; or empty.
    pub email: String,
    /// A credit note took all of it back.
    pub is_taken_back: bool,
}

impl InvoiceMail {
    /// Reads an invoice that was issued.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn read(view: &mut View, office: &Office, id: InvoiceId) -> Result<Self, Fault> {
        let missing = || Fault::new(Code::NotFound, "There is no such invoice.").rule("invoice");
        let record = view.find_invoice(id).await?.ok_or_else(missing)?;
        let paper = papers::of_invoice(view, office, id).await?.ok_or_else(missing)?;
        let email = view.invoice_address(id).await?;
        let invoice = record.invoice;
        let is_taken_back =
            record.credited.is_positive() && record.credited == invoice.totals.gross;
        Ok(Self { invoice, paper, email, is_taken_back })
    }
}

/// Queues an e-mail for each invoice of a run whose payer has an address; asked twice, the second
/// adds nothing.
///
/// # Errors
/// [`Code::Invalid`] where e-mail has not been set up.
pub async fn email_run(
    office: &Office,
    actor: &Actor,
    request: EmailRun,
) -> Result<RunDetail, Fault> {
    let id: RunId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    runs::demand(&mut tx, id).await?;
    if account(&mut tx).await?.is_none() {
        return Err(Fault::new(Code::Invalid, "E-mail has not been set up.").rule("no_mail"));
    }
    let invoices = tx.issued_of_run(id).await?;
    tx.queue_invoices(&invoices, office.clock.now().timestamp_millis()).await?;
    tx.commit().await?;
    runs::find_run(office, actor, crate::wire::charges::RunRequest { id: request.id }).await
}

/// How the e-mails of a run stand.
///
/// # Errors
/// What the book reports.
pub(crate) async fn sums_of_run(view: &mut View, id: RunId) -> Result<RunMails, Fault> {
    let invoices = view.issued_of_run(id).await?;
    let sums = view.invoice_mail_sums(&invoices).await?;
    let rows = view.unsettled_invoice_mails(&invoices, MOST_SHOWN).await?;
    Ok(RunMails {
        is_ready: account(view).await?.is_some(),
        to_queue: sums.to_queue,
        without_address: sums.without_address,
        waiting: sums.waiting,
        sent: sums.sent,
        unsettled: sums.unsettled,
        rows: rows.into_iter().map(row).collect(),
    })
}

fn row(row: store::InvoiceMailRow) -> MailRow {
    MailRow {
        invoice_id: row.invoice_id.to_string(),
        number: row.number,
        name: row.name,
        email: row.email,
        state: row.state.name().to_owned(),
        said: row.said,
    }
}

/// What a person says became of an e-mail.
#[derive(Clone, Copy)]
enum Outcome {
    Again,
    Arrived,
}

const OUTCOMES: &[(&str, Outcome)] = &[("again", Outcome::Again), ("arrived", Outcome::Arrived)];

/// Settles the e-mail of an invoice that needs a person. Asked twice, the second changes nothing.
///
/// # Errors
/// [`Code::NotFound`], or [`Code::WrongState`] where there is nothing to settle.
pub async fn settle_invoice_mail(
    office: &Office,
    actor: &Actor,
    request: SettleInvoiceMail,
) -> Result<RunDetail, Fault> {
    let id: InvoiceId = typed::id("invoice_id", &request.invoice_id)?;
    let outcome = typed::one_of("outcome", &request.outcome, OUTCOMES)?;
    let missing = || Fault::new(Code::NotFound, "There is no such message.").rule("mail");
    let mut tx = office.store.begin().await?;
    let now = office.clock.now().timestamp_millis();
    let mail = tx.find_mail(Errand::Invoice(id)).await?.ok_or_else(missing)?;
    let state = match (outcome, mail.state) {
        (Outcome::Again, MailState::Refused | MailState::Unknown) => Some(MailState::Waiting),
        (Outcome::Arrived, MailState::Unknown) => Some(MailState::Sent),
        (Outcome::Again, MailState::Waiting) | (Outcome::Arrived, MailState::Sent) => None,
        _ => {
            let message = "This cannot be done with the message as it stands.";
            return Err(Fault::new(Code::WrongState, message).rule("mail_state"));
        }
    };
    if let Some(state) = state {
        tx.settle_mail(&OutgoingMail { state, attempts: 0, ..mail }, (now, now)).await?;
    }
    tx.commit().await?;
    runs::find_run(office, actor, crate::wire::charges::RunRequest { id: request.run_id }).await
}
