//! What changed in Xero's books since a moment.
//!
//! Never tells by itself of credit that was taken off an invoice again: Xero lists an application only
//! while it holds, so all of them are told.

use super::client::{self, Query};
use super::kept::Overpayment;
use super::{records, wire};
use crate::change::{
    Changes, RemoteApplication, RemoteChange, RemoteContact, RemoteCredit, RemotePart,
    RemotePayment, kept_credits, told,
};
use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::fitting::{money, unusable};
use crate::http::{Effect, HttpClient, unclear};
use crate::record::RemoteState;
use crate::session::Session;
use chrono::{DateTime, Utc};
use finance::money::{Currency, Money};
use finance::party::Address;

/// Everything that changed, kind by kind. Xero's clock is read with the first list, so that what
/// changes while the others are read is told once more.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<Changes, ProviderError> {
    let all = Query::new();
    let of = |kind: &str| vec![("where", format!("Type==\"{kind}\""))];
    let changed = |list| (list, &all);
    let (contacts, until) =
        client::get_changed(http, session, changed("Contacts"), since, |it| it.contacts).await?;
    let query = of("ACCREC");
    let (invoices, _) =
        client::get_changed(http, session, ("Invoices", &query), since, |it| it.invoices).await?;
    let query = of("ACCRECCREDIT");
    let list = ("CreditNotes", &query);
    let (notes, _) = client::get_changed(http, session, list, since, |it| it.credit_notes).await?;
    let (payments, _) =
        client::get_changed(http, session, changed("Payments"), since, |it| it.payments).await?;
    let list = changed("Overpayments");
    let (beyond, _) = client::get_changed(http, session, list, since, |it| it.overpayments).await?;
    let list = changed("Prepayments");
    let (ahead, _) = client::get_changed(http, session, list, since, |it| it.prepayments).await?;

    let mut records = Vec::new();
    for row in &contacts {
        records.extend(contact(row).map(RemoteChange::Contact));
    }
    for row in &invoices {
        let read = records::sale(row, DocumentKind::Invoice).map(RemoteChange::Sale);
        records.push(told((DocumentKind::Invoice, &row.invoice_id), read));
    }
    for row in &notes {
        let read = records::sale(row, DocumentKind::CreditNote).map(RemoteChange::Sale);
        records.push(told((DocumentKind::CreditNote, &row.credit_note_id), read));
    }
    // What was refunded or paid to suppliers is not of this kind.
    for row in payments.iter().filter(|it| it.payment_type.as_deref() == Some("ACCRECPAYMENT")) {
        records.push(told((DocumentKind::Payment, &row.payment_id), payment(row)));
    }
    for row in beyond.iter().chain(&ahead).filter(|row| row.is_received()) {
        records.push(told((DocumentKind::Payment, &row.id()), kept(row)));
    }
    let mut credits = kept_credits(&records);
    for row in &notes {
        // One that cannot be read is told as such above.
        let Ok(note) = records::sale(row, DocumentKind::CreditNote) else { continue };
        let Ok(applied) = applications(row) else { continue };
        credits.extend((note.state == RemoteState::Live).then(|| credit(row, &applied)));
        records.extend(applied.into_iter().map(RemoteChange::Application));
    }
    Ok(Changes { records, credits, until })
}

/// Nothing without a moment: whose change is the newer one could not be said.
fn contact(row: &wire::Contact) -> Option<RemoteContact> {
    let modified_at = row.updated_at?.0;
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let phone = row.phones.iter().find(|it| it.phone_type == "DEFAULT");
    let phone = phone.map(|it| {
        let parts = [&it.phone_country_code, &it.phone_area_code, &it.phone_number];
        let told: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        told.join(" ")
    });
    let lines = row.addresses.iter().find(|it| it.address_type == "STREET");
    Some(RemoteContact {
        id: row.contact_id.clone(),
        name: text(&row.name),
        tax_number: Some(text(&row.tax_number)),
        email: text(&row.email_address),
        phone: phone.unwrap_or_default(),
        address: lines.map(address).unwrap_or_default(),
        modified_at,
    })
}

fn address(lines: &wire::Address) -> Address {
    Address {
        line1: lines.address_line1.clone(),
        line2: lines.address_line2.clone(),
        postal_code: lines.postal_code.clone(),
        city: lines.city.clone(),
        country: lines.country.clone(),
    }
}

fn payment(row: &wire::Payment) -> Result<RemoteChange, ProviderError> {
    let record = records::payment(row)?;
    if record.state != RemoteState::Live {
        return Ok(RemoteChange::Gone { kind: DocumentKind::Payment, id: record.id });
    }
    let invoice = row.invoice.as_ref().map(|it| it.invoice_id.clone()).unwrap_or_default();
    let pays = vec![RemotePart { invoice, amount: record.gross, id: None }];
    let account = row.account.as_ref().map(|it| it.code.clone()).filter(|it| !it.is_empty());
    Ok(RemoteChange::Payment(RemotePayment { record, pays, account, on_account: false }))
}

/// Money beyond what an invoice had open, or in advance: Xero keeps it apart, and says what it pays
/// later.
fn kept(row: &Overpayment) -> Result<RemoteChange, ProviderError> {
    let currency = records::currency(row.currency_code.as_deref())?;
    if !row.counts() {
        return Ok(RemoteChange::Gone { kind: DocumentKind::Payment, id: row.id() });
    }
    let record = records::kept(row, DocumentKind::Payment)?;
    let mut pays = Vec::new();
    for part in row.allocations.iter().filter(|it| !it.is_deleted) {
        let invoice = part.invoice.as_ref().map(|it| it.invoice_id.clone()).unwrap_or_default();
        let id = Some(part.allocation_id.clone()).filter(|id| !id.is_empty());
        pays.push(RemotePart { invoice, amount: amount(part, currency)?, id });
    }
    Ok(RemoteChange::Payment(RemotePayment { record, pays, account: None, on_account: true }))
}

/// All that a credit note is set against.
fn credit(note: &wire::Sales, applied: &[RemoteApplication]) -> RemoteCredit {
    let part = |one: &RemoteApplication| RemotePart {
        invoice: one.invoice.clone(),
        amount: one.amount,
        id: Some(one.id.clone()),
    };
    RemoteCredit {
        kind: DocumentKind::CreditNote,
        id: note.credit_note_id.clone(),
        uses: applied.iter().map(part).collect(),
    }
}

fn applications(note: &wire::Sales) -> Result<Vec<RemoteApplication>, ProviderError> {
    let currency = records::currency(note.currency_code.as_deref())?;
    let applied = note.allocations.iter().filter(|it| !it.is_deleted);
    let one = |it: &wire::Allocation| {
        let day = it.date.or(note.date).map(|day| day.0);
        Ok(RemoteApplication {
            id: it.allocation_id.clone(),
            reference: String::new(),
            credit_note: note.credit_note_id.clone(),
            invoice: it.invoice.as_ref().map(|it| it.invoice_id.clone()).unwrap_or_default(),
            date: day.ok_or_else(|| unclear(Effect::Read, "applied credit without a day"))?,
            amount: amount(it, currency)?,
            automatic: false,
        })
    };
    applied.map(one).collect()
}

fn amount(row: &wire::Allocation, currency: Currency) -> Result<Money, ProviderError> {
    let amount = money(row.amount, currency).map_err(unusable)?;
    amount.ok_or_else(|| unclear(Effect::Read, "applied credit without an amount"))
}
