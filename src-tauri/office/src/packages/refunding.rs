//! The end of a package before its day: its rest is credited to whoever paid for it.
//!
//! Never pays money back: what is credited over what an invoice has open is the student's credit.

use super::{closing, demand, past_day};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::credits::{CreditInvoice, CreditLineInput};
use crate::wire::packages::{PackageRefunded, RefundPackage};
use crate::{crediting, derived, invoices, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::fact::FactBody;
use finance::holding::Holding;
use finance::ids::CreditNoteId;
use finance::package::SoldShare;
use store::Tx;

/// Takes back the rest of a package with a credit note on its line, one for each payer who bought
/// it; asked twice with the same id, once. What a note leaves over its invoice is the student's
/// credit, which can be paid back.
pub async fn refund_package(
    office: &Office,
    actor: &Actor,
    request: RefundPackage,
) -> Result<PackageRefunded, Fault> {
    let id: CreditNoteId = typed::id("id", &request.id)?;
    let on = past_day(office, "on", &request.on)?;
    let seen = typed::money("amount", &request.amount, office.school.currency)?;
    typed::required("reason", &request.reason, typed::LINE)?;
    let mut tx = office.store.begin().await?;
    let holding = demand(&mut tx, typed::id("entitlement_id", &request.entitlement_id)?).await?;
    if tx.find_credit_note(id).await?.is_none() {
        let shares = shares_of(&holding, seen, on)?;
        credit(&mut tx, office, actor, (&holding, shares), &request).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    let mut notes = Vec::new();
    for place in 1..=holding.entitlement.shares.len() {
        match crediting::show(office, note_id(id, place)).await {
            Ok(note) => notes.push(note),
            Err(fault) if fault.code == Code::NotFound => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(PackageRefunded { notes })
}

/// The id of one of several credit notes, by its place from 1.
fn note_id(first: CreditNoteId, place: usize) -> CreditNoteId {
    if place == 1 {
        return first;
    }
    CreditNoteId(derived::id(&["part of a refund", &first.to_string(), &place.to_string()]))
}

/// What is paid back of a package to each payer, where it comes to what the person saw.
fn shares_of(holding: &Holding, seen: Money, on: NaiveDate) -> Result<Vec<SoldShare>, Fault> {
    let rest = holding.worth(holding.entitlement.refund, on)?;
    if !rest.is_positive() {
        let fault = Fault::new(Code::CannotCredit, "Nothing is paid back of this package.");
        return Err(fault.rule("package_worth_nothing"));
    }
    if rest != seen {
        let fault = Fault::new(Code::CannotCredit, "What is left has changed meanwhile.");
        let fault = fault.rule("package_changed").at("amount");
        return Err(fault.with("rest", rest.amount().to_string()));
    }
    Ok(holding.shares_of_rest(holding.entitlement.refund)?)
}

/// Credits each payer's share, and ends the package with the first note.
async fn credit(
    tx: &mut Tx,
    office: &Office,
    actor: &Actor,
    (holding, shares): (&Holding, Vec<SoldShare>),
    request: &RefundPackage,
) -> Result<(), Fault> {
    let sold = &holding.entitlement;
    let first: CreditNoteId = typed::id("id", &request.id)?;
    let line = u32::try_from(sold.line).unwrap_or(u32::MAX);
    for (place, share) in (1..).zip(shares) {
        let invoice = invoices::demand(tx, share.invoice_id).await?.invoice;
        let earlier = crediting::notes_of(tx, share.invoice_id).await?;
        let gross = invoice.own_part(&earlier, sold.line, share.gross)?;
        let order = CreditInvoice {
            id: note_id(first, place).to_string(),
            invoice_id: share.invoice_id.to_string(),
            issue_date: request.on.clone(),
            reason: request.reason.clone(),
            lines: vec![CreditLineInput { line, gross: gross.plain() }],
        };
        let (note, mut bodies) = crediting::issue(tx, office, &order).await?;
        bodies.retain(|body| !matches!(body, FactBody::EntitlementClosed(_)));
        if place == 1 {
            bodies.push(closing(sold, &note));
        }
        // The next note takes the next number, which this one must have used.
        office.record(tx, actor, bodies).await?;
    }
    Ok(())
}
