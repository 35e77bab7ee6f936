//! What changed in QuickBooks since a moment.
//!
//! Never tells of what was deleted longer ago than change data capture looks back: a query does not
//! find it.

use super::wire::{Exact, Payment, PaymentLine, Person, Rows, Sales};
use super::{client, records, transform};
use crate::change::{
    Changes, RemoteApplication, RemoteChange, RemoteContact, RemotePart, RemotePayment,
    holds_credit, kept_credits, told,
};
use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::fitting::{money, unusable};
use crate::http::HttpClient;
use crate::record::{RemoteRecord, RemoteState};
use crate::session::Session;
use chrono::{DateTime, SecondsFormat, Utc};
use finance::money::{Currency, Money};
use finance::party::Address;
use serde::Deserialize;

/// The note on a payment over nothing that QuickBooks makes by itself to link credit to an invoice, as
/// recorded answers of its sandbox company show it. Intuit's documentation does not name it.
const AUTOMATIC: &str = "Created by QB Online to link credits to charges";

/// When a record was changed last, as Intuit tells it.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Stamps {
    pub last_updated_time: Option<DateTime<Utc>>,
}

/// Everything that changed, kind by kind.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<Changes, ProviderError> {
    let home = records::home_currency(http, session).await?;
    let (rows, until) = match client::changed(http, session, since).await? {
        Some(found) => found,
        None => asked_for(http, session, since).await?,
    };
    let mut records = Vec::new();
    for row in &rows.customer {
        records.extend(contact(row).map(RemoteChange::Contact));
    }
    for (list, kind) in
        [(&rows.invoice, DocumentKind::Invoice), (&rows.credit_memo, DocumentKind::CreditNote)]
    {
        for row in list {
            records.push(told((kind, &row.id), sale(row, kind, home)));
        }
    }
    let mut applied = Vec::new();
    for row in &rows.payment {
        match payment(row, home) {
            Ok((money, credit)) => {
                records.extend(money);
                applied.extend(credit);
            }
            Err(error) => records.push(told((DocumentKind::Payment, &row.id), Err(error))),
        }
    }
    records.extend(applied);
    Ok(Changes { credits: kept_credits(&records), records, until })
}

/// The same by queries, page by page.
async fn asked_for(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<(Rows, Option<DateTime<Utc>>), ProviderError> {
    let since = since.to_rfc3339_opts(SecondsFormat::Secs, true);
    let of =
        |name: &str| format!("select * from {name} where MetaData.LastUpdatedTime >= '{since}'");
    let (_, until) = client::ask(http, session, &of("Customer")).await?;
    let rows = Rows {
        customer: client::all(http, session, &of("Customer"), |rows| rows.customer).await?,
        invoice: client::all(http, session, &of("Invoice"), |rows| rows.invoice).await?,
        credit_memo: client::all(http, session, &of("CreditMemo"), |rows| rows.credit_memo).await?,
        payment: client::all(http, session, &of("Payment"), |rows| rows.payment).await?,
        ..Rows::default()
    };
    Ok((rows, until))
}

fn is_deleted(status: Option<&str>) -> bool {
    status == Some("Deleted")
}

fn contact(row: &Person) -> Option<RemoteContact> {
    let modified_at = row.meta_data?.last_updated_time?;
    if is_deleted(row.status.as_deref()) {
        return None;
    }
    let address = row.bill_addr.as_ref().map(|lines| Address {
        line1: lines.line1.clone(),
        line2: lines.line2.clone(),
        postal_code: lines.postal_code.clone(),
        city: lines.city.clone(),
        country: lines.country.clone(),
    });
    Some(RemoteContact {
        id: row.id.clone(),
        name: row.display_name.clone(),
        // Intuit masks what it shows of tax numbers, so theirs cannot be compared.
        tax_number: None,
        email: row.primary_email_addr.as_ref().map(|it| it.address.clone()).unwrap_or_default(),
        phone: row.primary_phone.as_ref().map(|it| it.free_form_number.clone()).unwrap_or_default(),
        address: address.unwrap_or_default(),
        modified_at,
    })
}

fn sale(row: &Sales, kind: DocumentKind, home: Currency) -> Result<RemoteChange, ProviderError> {
    if is_deleted(row.status.as_deref()) {
        return Ok(RemoteChange::Gone { kind, id: row.id.clone() });
    }
    Ok(RemoteChange::Sale(records::sale(row, kind, home)?))
}

/// A payment is money, credit that is applied, or both.
fn payment(
    row: &Payment,
    home: Currency,
) -> Result<(Option<RemoteChange>, Vec<RemoteChange>), ProviderError> {
    let gone = || RemoteChange::Gone { kind: DocumentKind::Payment, id: row.id.clone() };
    if is_deleted(row.status.as_deref()) {
        return Ok((Some(gone()), Vec::new()));
    }
    let record = records::payment(row, home)?;
    if record.state != RemoteState::Live {
        return Ok((Some(gone()), Vec::new()));
    }
    let currency = transform::currency(row.currency_ref.as_ref(), home).map_err(unusable)?;
    let (pays, applied) = parted(&row.line, currency)?;
    let automatic = transform::carries(row.private_note.as_deref(), AUTOMATIC);
    let credit = applied.into_iter().enumerate().map(|(place, (credit_note, part))| {
        RemoteChange::Application(RemoteApplication {
            // One payment may apply several credits.
            id: if place == 0 { row.id.clone() } else { format!("{}/{place}", row.id) },
            reference: record.reference.clone(),
            credit_note,
            invoice: part.invoice,
            date: record.date,
            amount: part.amount,
            automatic,
        })
    });
    let credit: Vec<RemoteChange> = credit.collect();
    let account = row.deposit_to_account_ref.as_ref();
    let account = account.map(|it| format!("{}{}", transform::ACCOUNT, it.value));
    if !record.gross.is_positive() && credit.is_empty() {
        // What it linked was taken off it again.
        return Ok((Some(gone()), credit));
    }
    let money = money_of(record, pays, account);
    Ok((money, credit))
}

fn money_of(
    record: RemoteRecord,
    pays: Vec<RemotePart>,
    account: Option<String>,
) -> Option<RemoteChange> {
    let brings = record.gross.is_positive();
    let on_account = holds_credit(record.gross, &pays);
    brings.then_some(RemoteChange::Payment(RemotePayment { record, pays, account, on_account }))
}

type Parted = (Vec<RemotePart>, Vec<(String, RemotePart)>);

/// What the lines take of invoices, each in turn from the credit memos and then from the money.
fn parted(lines: &[PaymentLine], currency: Currency) -> Result<Parted, ProviderError> {
    let mut invoices: Vec<RemotePart> = Vec::new();
    let mut memos: Vec<(String, Money)> = Vec::new();
    for line in lines {
        let amount = money(line.amount.or(Some(Exact(0.into()))), currency).map_err(unusable)?;
        let amount = amount.unwrap_or(Money::zero(currency));
        for linked in &line.linked_txn {
            match linked.txn_type.as_str() {
                "Invoice" => {
                    let invoice = linked.txn_id.clone();
                    invoices.push(RemotePart { invoice, amount, id: None });
                }
                "CreditMemo" => memos.push((linked.txn_id.clone(), amount)),
                _ => {}
            }
        }
    }
    let mut applied = Vec::new();
    for (memo, mut left) in memos {
        for part in &mut invoices {
            let taken = left.smaller(part.amount).map_err(unusable)?;
            if taken.is_positive() {
                left = left.minus(taken).map_err(unusable)?;
                part.amount = part.amount.minus(taken).map_err(unusable)?;
                let invoice = part.invoice.clone();
                applied.push((memo.clone(), RemotePart { invoice, amount: taken, id: None }));
            }
        }
    }
    invoices.retain(|part| part.amount.is_positive());
    Ok((invoices, applied))
}
