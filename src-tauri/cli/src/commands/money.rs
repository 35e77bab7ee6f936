//! What becomes of money: confirmed, failed, reversed, released, paid back, given up.
//!
//! Never confirms for the person: amounts that a person must have seen are arguments.

use super::{new_id, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::Args;
use office::Fault;
use office::wire::balances::AccountView;
use office::wire::exchange::{ForeignMoney, MoneyBase};
use office::wire::invoices::InvoiceView;
use office::wire::payments::PaymentView;
use office::wire::returned::{
    FindByReference, PayRefund, ReferenceHits, RefundView, ReleaseAllocation, ReversePayment,
    TurnPayment, WriteOffInvoice,
};

/// What became of a payment.
#[derive(Args)]
pub struct Turn {
    /// Id of the payment
    payment: String,
    /// Its amount, as confirmation; needed to reverse
    #[arg(long, default_value = "", hide_default_value = true)]
    amount: String,
    /// Day it counts from, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Why; needed to reverse
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

/// What no longer settles an invoice.
#[derive(Args)]
pub struct Release {
    /// Id of the allocation or write-off, see `payments show` and `invoices show`
    allocation: String,
    /// Day it ends, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: String,
}

/// The other currency that money is in.
#[derive(Args)]
pub struct Foreign {
    /// Currency of the amount, for example EUR [default: the school's]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// What it came or left as in the school's currency [default: by the rate of the day]
    #[arg(long, value_name = "AMOUNT", requires = "currency", conflicts_with = "rate")]
    base_amount: Option<String>,
    /// What one of the currency is worth in the school's
    #[arg(long, requires = "currency")]
    rate: Option<String>,
}

impl From<Foreign> for Option<ForeignMoney> {
    fn from(Foreign { currency, base_amount, rate }: Foreign) -> Self {
        currency.map(|currency| ForeignMoney { currency, base_amount, rate })
    }
}

/// What money in another currency is worth in the books, or nothing.
pub fn worth(base: Option<&MoneyBase>) -> String {
    base.map_or_else(String::new, |base| show::money(&base.amount))
}

/// Money paid back.
#[derive(Args)]
pub struct Refund {
    /// Number or id of the student
    #[arg(long)]
    student: String,
    /// Amount, for example 210.00
    #[arg(long)]
    amount: String,
    #[command(flatten)]
    foreign: Foreign,
    /// Code of the payment method it left by
    #[arg(long)]
    method: String,
    /// Day it left, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Reference on the statement
    #[arg(long, default_value = "", hide_default_value = true)]
    reference: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Identity of this entry: sent twice with the same one, it is recorded once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// A rest that is given up.
#[derive(Args)]
pub struct WriteOff {
    /// Number or id of the invoice
    invoice: String,
    /// What is open, as confirmation
    #[arg(long)]
    amount: String,
    /// Day it counts from, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: String,
    /// Identity of this entry: sent twice with the same one, it is recorded once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

async fn day(asker: &Asker, on: Option<String>) -> Result<String, Fault> {
    match on {
        Some(day) => Ok(day),
        None => today(asker).await,
    }
}

/// Announced money arrived or did not.
///
/// # Errors
/// What the office refuses.
pub async fn turn(asker: &Asker, outcome: &str, turn: Turn) -> Result<PaymentView, Fault> {
    let on = day(asker, turn.on).await?;
    let (payment_id, outcome) = (turn.payment, outcome.to_owned());
    asker.ask("turn_payment", TurnPayment { payment_id, outcome, on, reason: turn.reason }).await
}

/// Money that had arrived is gone again.
///
/// # Errors
/// What the office refuses.
pub async fn reverse(asker: &Asker, turn: Turn) -> Result<PaymentView, Fault> {
    let on = day(asker, turn.on).await?;
    let (payment_id, amount, reason) = (turn.payment, turn.amount, turn.reason);
    asker.ask("reverse_payment", ReversePayment { payment_id, amount, on, reason }).await
}

/// Something no longer settles an invoice.
///
/// # Errors
/// What the office refuses.
pub async fn release(asker: &Asker, wish: Release) -> Result<Answer, Fault> {
    let on = day(asker, wish.on).await?;
    let request = ReleaseAllocation { allocation_id: wish.allocation, on, reason: wish.reason };
    let account: AccountView = asker.ask("release_allocation", request).await?;
    let text = show::facts(&[
        ("Open", show::money(&account.open)),
        ("Credit", show::money(&account.credit)),
        ("Balance", show::money(&account.balance)),
    ]);
    Answer::new(&account, text)
}

/// Money was paid back.
///
/// # Errors
/// What the office refuses.
pub async fn refund(asker: &Asker, form: Refund) -> Result<Answer, Fault> {
    let request = PayRefund {
        foreign: form.foreign.into(),
        id: form.id.unwrap_or_else(new_id),
        student_id: find::student(asker, &form.student).await?,
        method: form.method,
        paid_on: day(asker, form.on).await?,
        amount: form.amount,
        sources: Vec::new(),
        reference: form.reference,
        reason: form.reason,
    };
    let refund: RefundView = asker.ask("pay_refund", request).await?;
    let facts = show::facts(&[
        ("Paid back", show::money(&refund.amount)),
        ("Worth", worth(refund.base.as_ref())),
        ("Student", refund.student.clone()),
        ("On", refund.paid_on.clone()),
        ("Method", refund.method_name.clone()),
        ("Reason", refund.reason.clone()),
        ("Id", refund.id.clone()),
    ]);
    let table = Table::new(["Out of", ">Amount"])
        .rows(&refund.parts, |part| vec![part.label.clone(), part.amount.0.plain()]);
    Answer::new(&refund, format!("{facts}\n\n{}", table.text()))
}

/// A rest was given up.
///
/// # Errors
/// What the office refuses.
pub async fn write_off(asker: &Asker, form: WriteOff) -> Result<Answer, Fault> {
    let request = WriteOffInvoice {
        id: form.id.unwrap_or_else(new_id),
        invoice_id: find::invoice(asker, &form.invoice).await?,
        amount: form.amount,
        on: day(asker, form.on).await?,
        reason: form.reason,
    };
    let invoice: InvoiceView = asker.ask("write_off_invoice", request).await?;
    let text = show::facts(&[
        ("Invoice", invoice.number.clone()),
        ("Written off", show::money(&invoice.written_off)),
        ("Open", show::money(&invoice.open)),
    ]);
    Answer::new(&invoice, text)
}

/// The invoice of a reference.
///
/// # Errors
/// What the office refuses.
pub async fn find(asker: &Asker, reference: String) -> Result<Answer, Fault> {
    let found: ReferenceHits =
        asker.ask("find_by_reference", FindByReference { text: reference }).await?;
    let table = Table::new(["Invoice", "Student", "Name", ">Open"]).rows(&found.hits, |hit| {
        vec![
            hit.number.clone(),
            hit.student_number.clone(),
            hit.student.clone(),
            hit.open.0.plain(),
        ]
    });
    Answer::new(&found, table.text())
}
