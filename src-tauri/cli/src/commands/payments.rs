//! Money received.
//!
//! Never records twice: the payment's identity comes with the request.

use super::{imports, money, new_id, today};
use crate::answer::Answer;
use crate::args::{Import, Part};
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::payments::{
    ListPayments, PaymentForm, PaymentFormView, PaymentPage, PaymentRequest, PaymentView,
    RecordPayment, ShareInput,
};
use office::wire::returned::{FindByReference, ReferenceHits};

/// What is asked about payments.
#[derive(Subcommand)]
pub enum Payments {
    /// List payments, newest first
    List(List),
    /// Show a payment
    Show {
        /// Id of the payment
        payment: String,
    },
    /// Record money received; without --share or --keep it settles what the reference names, then
    /// the oldest invoices
    Record(Record),
    /// Say that announced money arrived
    Confirm(money::Turn),
    /// Say that announced money did not arrive
    Fail(money::Turn),
    /// Say that money which had arrived is gone again: what it settled is open again
    Reverse(money::Turn),
    /// Take back what was set against an invoice, or written off of it
    Release(money::Release),
    /// Record money paid back out of credit, the oldest first
    Refund(money::Refund),
    /// Record what a bank's list says came in, each row once
    Import(Import),
    /// Find the invoice of a payment reference or number
    Find {
        /// KID, other reference or invoice number, or a line of a bank's statement that holds one
        reference: String,
    },
}

/// Which payments.
#[derive(Args)]
pub struct List {
    /// Student, reference or amount
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Only payments that stand so
    #[arg(long, value_parser = ["pending", "confirmed", "failed", "reversed"])]
    state: Option<String>,
    /// Only payments with money not set against anything
    #[arg(long)]
    unallocated: bool,
    #[command(flatten)]
    part: Part,
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
    #[command(flatten)]
    foreign: money::Foreign,
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
    /// Announced, not there yet: it counts from the day it is confirmed
    #[arg(long, requires = "keep")]
    pending: bool,
    /// What the method costs on top, with VAT: taken beside the amount and invoiced
    #[arg(long, conflicts_with = "pending")]
    surcharge: Option<String>,
    /// Who told of it and its name there, for example stripe/evt_1: told twice, recorded once
    #[arg(long, value_name = "NAME")]
    event: Option<String>,
    /// It is other money than what looks the same
    #[arg(long)]
    another: bool,
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
        Payments::List(wish) => list(asker, wish).await,
        Payments::Show { payment } => {
            shown(&asker.ask("find_payment", PaymentRequest { id: payment }).await?)
        }
        Payments::Record(form) => record(asker, form).await,
        Payments::Confirm(turn) => shown(&money::turn(asker, "confirmed", turn).await?),
        Payments::Fail(turn) => shown(&money::turn(asker, "failed", turn).await?),
        Payments::Reverse(turn) => shown(&money::reverse(asker, turn).await?),
        Payments::Release(wish) => money::release(asker, wish).await,
        Payments::Refund(form) => money::refund(asker, form).await,
        Payments::Import(file) => {
            imports::import_by(asker, "import_payments", "payments", file).await
        }
        Payments::Find { reference } => money::find(asker, reference).await,
    }
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request = ListPayments {
        query: wish.query,
        student_id: None,
        unallocated: wish.unallocated,
        state: wish.state,
        method: None,
        from: None,
        to: None,
        amount_from: None,
        amount_to: None,
        order: None,
        window: (&wish.part).into(),
    };
    let page: PaymentPage = asker.ask("list_payments", request).await?;
    let headings = ["Received", "Student", "Method", "State", ">Amount", ">Unallocated", "Id"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        vec![
            row.received_on.clone(),
            row.student.clone(),
            row.method_name.clone(),
            row.state.clone(),
            row.amount.0.plain(),
            row.unallocated.0.plain(),
            row.id.clone(),
        ]
    });
    let found = show::shown(page.rows.len(), page.total);
    Answer::new(&page, format!("{}\n\n{found}", table.text()))
}

async fn record(asker: &Asker, form: Record) -> Result<Answer, Fault> {
    let student_id = find::student(asker, &form.student).await?;
    let shares = shares(asker, &form, &student_id).await?;
    let request = RecordPayment {
        foreign: form.foreign.into(),
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
        pending: Some(form.pending),
        event: form.event,
        is_another: Some(form.another),
        write_off: None,
        surcharge: form.surcharge,
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
        currency: form.foreign.currency.clone(),
        on: form.date.clone(),
        student_id: student_id.to_owned(),
        amount: Some(form.amount.clone()),
        invoice_id: first,
        referred: referred(asker, form, student_id).await?,
    };
    let proposed: PaymentFormView = asker.ask("payment_form", question).await?;
    Ok(proposed.shares)
}

/// The student's invoices that the payment's reference names.
async fn referred(asker: &Asker, form: &Record, student_id: &str) -> Result<Vec<String>, Fault> {
    if form.reference.trim().is_empty() {
        return Ok(Vec::new());
    }
    let text = form.reference.clone();
    let found: ReferenceHits = asker.ask("find_by_reference", FindByReference { text }).await?;
    let own = found.hits.into_iter().filter(|hit| hit.student_id == student_id);
    Ok(own.map(|hit| hit.invoice_id).collect())
}

fn shown(payment: &PaymentView) -> Result<Answer, Fault> {
    let facts = show::facts(&[
        ("Payment", show::money(&payment.amount)),
        ("Worth", money::worth(payment.base.as_ref())),
        ("Student", payment.student.clone()),
        ("Received", payment.received_on.clone()),
        ("Method", payment.method_name.clone()),
        ("State", payment.state.clone()),
        ("Reference", payment.reference.clone()),
        ("Kept as credit", show::money(&payment.unallocated)),
        ("Id", payment.id.clone()),
    ]);
    if payment.allocations.is_empty() {
        return Answer::new(payment, facts);
    }
    let headings = ["Invoice", ">Settled", "Until", "Id"];
    let table = Table::new(headings).rows(&payment.allocations, |row| {
        vec![
            row.invoice_number.clone(),
            row.amount.0.plain(),
            row.ended_on.clone().unwrap_or_default(),
            row.id.clone(),
        ]
    });
    Answer::new(payment, format!("{facts}\n\n{}", table.text()))
}
