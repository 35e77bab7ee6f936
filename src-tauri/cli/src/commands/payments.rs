//! Money received.
//!
//! Never records twice: the payment's identity comes with the request.

use super::{new_id, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::payments::{
    PaymentForm, PaymentFormView, PaymentView, RecordPayment, ShareInput,
};

/// What is asked about payments.
#[derive(Subcommand)]
pub enum Payments {
    /// Record money received; without --share or --keep it settles the oldest invoices first
    Record(Record),
}

/// Money received.
#[derive(Args)]
pub struct Record {
    /// Number or id of the student
    #[arg(long)]
    student: String,
    /// Amount, for example 1580.00
    #[arg(long)]
    amount: String,
    /// Code of the payment method, see `kontor call school_tables`
    #[arg(long)]
    method: String,
    /// Day it was received, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Reference on the statement
    #[arg(long, default_value = "", hide_default_value = true)]
    reference: String,
    /// Note for the office
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Invoice to settle first, by number or id
    #[arg(long, conflicts_with_all = ["share", "keep"])]
    invoice: Option<String>,
    /// A share of the amount for an invoice, by number or id; may be given several times
    #[arg(long, value_name = "INVOICE=AMOUNT", value_parser = share, conflicts_with = "keep")]
    share: Vec<(String, String)>,
    /// Settle nothing: keep all of it as credit
    #[arg(long)]
    keep: bool,
    /// Identity of this entry: sent twice with the same one, it is recorded once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

fn share(text: &str) -> Result<(String, String), String> {
    let (invoice, amount) = text.split_once('=').ok_or("write INVOICE=AMOUNT")?;
    Ok((invoice.to_owned(), amount.to_owned()))
}

/// Answers about payments.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Payments) -> Result<Answer, Fault> {
    match command {
        Payments::Record(form) => record(asker, form).await,
    }
}

async fn record(asker: &Asker, form: Record) -> Result<Answer, Fault> {
    let student_id = find::student(asker, &form.student).await?;
    let shares = shares(asker, &form, &student_id).await?;
    let request = RecordPayment {
        id: form.id.unwrap_or_else(new_id),
        student_id,
        method: form.method,
        received_on: match form.date {
            Some(day) => day,
            None => today(asker).await?,
        },
        amount: form.amount,
        reference: form.reference,
        note: form.note,
        shares,
    };
    shown(&asker.ask("record_payment", request).await?)
}

/// The shares as typed, or as the office proposes them.
async fn shares(asker: &Asker, form: &Record, student_id: &str) -> Result<Vec<ShareInput>, Fault> {
    if form.keep {
        return Ok(Vec::new());
    }
    let mut shares = Vec::new();
    for (invoice, amount) in &form.share {
        let invoice_id = find::invoice(asker, invoice).await?;
        shares.push(ShareInput { invoice_id, amount: amount.clone() });
    }
    if !shares.is_empty() {
        return Ok(shares);
    }
    let first = match &form.invoice {
        Some(invoice) => Some(find::invoice(asker, invoice).await?),
        None => None,
    };
    let question = PaymentForm {
        student_id: student_id.to_owned(),
        amount: Some(form.amount.clone()),
        invoice_id: first,
    };
    let proposed: PaymentFormView = asker.ask("payment_form", question).await?;
    Ok(proposed.shares)
}

fn shown(payment: &PaymentView) -> Result<Answer, Fault> {
    let facts = show::facts(&[
        ("Payment", show::money(&payment.amount)),
        ("Student", payment.student.clone()),
        ("Received", payment.received_on.clone()),
        ("Method", payment.method_name.clone()),
        ("Reference", payment.reference.clone()),
        ("Kept as credit", show::money(&payment.unallocated)),
        ("Id", payment.id.clone()),
    ]);
    if payment.allocations.is_empty() {
        return Answer::new(payment, facts);
    }
    let table = Table::new(["Invoice", ">Settled"])
        .rows(&payment.allocations, |row| vec![row.invoice_number.clone(), row.amount.0.plain()]);
    Answer::new(payment, format!("{facts}\n\n{}", table.text()))
}
