//! Shares of money: proposed, read, refused, and what they move.
//!
//! Never records anything.

use crate::exchange::Taking;
use crate::fault::{Code, Fault};
use crate::wire::payments::{CreditView, OpenItemView, ShareInput};
use crate::{invoices, typed};
use chrono::NaiveDate;
use finance::allocation::{self, CreditSource, OpenItem, Share};
use finance::exchange::{Left, Worth};
use finance::ids::InvoiceId;
use finance::payment::{PaymentMethod, PaymentRejection};
use finance::{Currency, Money};
use store::{UnusedCredit, View};

pub(super) async fn grosses(view: &mut View, items: &[OpenItem]) -> Result<Vec<Money>, Fault> {
    let mut grosses = Vec::with_capacity(items.len());
    for item in items {
        grosses.push(invoices::demand(view, item.invoice_id).await?.invoice.totals.gross);
    }
    Ok(grosses)
}

/// The invoice the person came from first, then those the reference names, then the oldest.
pub(super) fn propose(
    amount: Money,
    named: &[InvoiceId],
    items: &[OpenItem],
) -> Result<Vec<Share>, Fault> {
    let (mut left, mut shares) = (amount, Vec::new());
    let mut others = items.to_vec();
    for id in named {
        let place = others.iter().position(|item| item.invoice_id == *id);
        let Some(place) = place.filter(|_| left.is_positive()) else { continue };
        let item = others.remove(place);
        let share = Share { invoice_id: item.invoice_id, amount: left.smaller(item.open)? };
        left = left.minus(share.amount)?;
        shares.push(share);
    }
    shares.extend(allocation::oldest_first(left, &others)?);
    Ok(shares)
}

pub(super) fn share_input(item: &OpenItem, shares: &[Share], zero: Money) -> ShareInput {
    let share = shares.iter().find(|share| share.invoice_id == item.invoice_id);
    let amount = share.map_or(zero, |share| share.amount);
    ShareInput { invoice_id: item.invoice_id.to_string(), amount: amount.amount().to_string() }
}

pub(super) fn open_item(item: OpenItem, gross: Money, today: NaiveDate) -> OpenItemView {
    OpenItemView {
        invoice_id: item.invoice_id.to_string(),
        number: item.number,
        issue_date: item.issue_date.to_string(),
        due_date: item.due_date.to_string(),
        days_overdue: invoices::days_past(item.due_date, today),
        gross: gross.into(),
        open: item.open.into(),
        base: item.base.map(Into::into),
    }
}

pub(crate) fn credit_view(credit: UnusedCredit, methods: &[PaymentMethod]) -> CreditView {
    let (source, source_id, label) = match credit.source {
        CreditSource::Payment(id) => {
            ("payment", id.to_string(), invoices::method_name(&credit.label, methods))
        }
        CreditSource::CreditNote(id) => ("credit_note", id.to_string(), credit.label),
    };
    CreditView {
        source: source.to_owned(),
        source_id,
        label,
        date: credit.date.to_string(),
        unused: credit.unused.into(),
        base: credit.base.map(Into::into),
    }
}

/// Shares as typed; those left empty or at nothing are left out.
pub(super) fn read_shares(
    currency: Currency,
    typed_shares: &[ShareInput],
) -> Result<Vec<Share>, Fault> {
    if typed_shares.len() > 1_000 {
        return Err(Fault::new(Code::Invalid, "Too many shares.").at("shares").rule("too_many"));
    }
    let mut shares = Vec::with_capacity(typed_shares.len());
    for (place, share) in typed_shares.iter().enumerate() {
        if share.amount.trim().is_empty() {
            continue;
        }
        let field = format!("shares.{place}.amount");
        let amount = typed::money(&field, &share.amount, currency)?;
        let invoice_id = typed::id(&format!("shares.{place}.invoice_id"), &share.invoice_id)?;
        if !amount.is_zero() {
            shares.push(Share { invoice_id, amount });
        }
    }
    Ok(shares)
}

/// A refusal in the office's codes.
pub(super) fn refused(rejection: &PaymentRejection) -> Fault {
    let fault = Fault::new(Code::CannotPay, rejection.to_string());
    match rejection {
        PaymentRejection::NotPositive => fault.rule("not_positive").at("amount"),
        PaymentRejection::OverAllocated { allocated, received } => fault
            .rule("over_allocated")
            .at("shares")
            .with("allocated", allocated.amount().to_string())
            .with("received", received.amount().to_string()),
        PaymentRejection::MoreThanOpen { invoice, open } => fault
            .rule("more_than_open")
            .at("shares")
            .with("invoice", invoice.clone())
            .with("open", open.amount().to_string()),
        PaymentRejection::WrongInvoice { invoice } => {
            fault.rule("wrong_invoice").at("shares").with("invoice", invoice.clone())
        }
    }
}

pub(super) fn open_after(
    typed_shares: &[ShareInput],
    shares: &[Share],
    items: &[OpenItem],
    zero: Money,
) -> Result<Vec<crate::wire::common::Money>, Fault> {
    let open_after = typed_shares.iter().map(|typed_share| {
        let id: InvoiceId = typed::id("shares.invoice_id", &typed_share.invoice_id)?;
        let open = items.iter().find(|item| item.invoice_id == id).map_or(zero, |item| item.open);
        let own = shares.iter().filter(|share| share.invoice_id == id).map(|share| share.amount);
        Ok(open.minus(Money::sum(zero.currency(), own)?)?.into())
    });
    open_after.collect()
}

/// What an item has open, with its worth, where it is in another currency than the books.
pub(super) fn left(items: &[OpenItem], id: InvoiceId) -> Option<Left> {
    let item = items.iter().find(|item| item.invoice_id == id)?;
    item.base.map(|base| Left { own: item.open, base })
}

/// What shares of one source move in the books, in their order; nothing where all is in their
/// currency.
///
/// # Errors
/// [`Code::Invalid`] where the currencies differ.
pub(super) fn worths(
    (own, base): (Money, Option<Money>),
    shares: &[Share],
    items: &[OpenItem],
) -> Result<Vec<Option<Worth>>, Fault> {
    let mut taking = Taking::from(own, base);
    let take = |share: &Share| taking.take(share.amount, left(items, share.invoice_id));
    shares.iter().map(take).collect()
}

/// What worths gain together.
///
/// # Errors
/// [`Code::Invalid`] where a sum does not fit.
pub(super) fn gain(worths: &[Option<Worth>], base: Currency) -> Result<Money, Fault> {
    let gains: Vec<Money> =
        worths.iter().flatten().map(|worth| worth.gain()).collect::<Result<_, _>>()?;
    Ok(Money::sum(base, gains)?)
}
