//! What changed in Xero's bills, bank transactions and purchase orders since a moment.
//!
//! Never leaves out what was voided or deleted: Xero lists it, and it is told apart by its state.

use super::super::client::{self, Query};
use super::super::records::currency;
use super::rows::{Bought, Listed};
use super::transform;
use crate::error::ProviderError;
use crate::fitting::{money, unusable};
use crate::http::{Effect, HttpClient, unclear};
use crate::purchase::{PurchaseChanges, PurchaseKind, PurchaseRecord};
use crate::record::RemoteState;
use crate::session::Session;
use chrono::{DateTime, Utc};
use finance::money::Money;

/// Everything that changed, kind by kind. Xero's clock is read with the first list, so that what
/// changes while the others are read is told once more.
///
/// # Errors
/// What the calls brought, or a record without a day, a currency or an amount that can be one.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<PurchaseChanges, ProviderError> {
    let mut changes = PurchaseChanges { records: Vec::new(), until: None };
    let of = |kind: &str| vec![("where", format!("Type==\"{kind}\""))];
    let lists = [
        (PurchaseKind::Bill, of("ACCPAY")),
        (PurchaseKind::Spent, of("SPEND")),
        // Orders cannot be filtered, and need not be.
        (PurchaseKind::Order, Query::new()),
    ];
    for (kind, query) in lists {
        let Some(path) = transform::collection(kind) else { continue };
        let (rows, date) =
            client::pages(http, session, (path, &query), Some(since), Listed::rows).await?;
        changes.until = changes.until.or(date);
        for row in rows.iter().filter(|row| row.is_kind(kind)) {
            changes.records.push(record(kind, row)?);
        }
    }
    Ok(changes)
}

fn record(kind: PurchaseKind, row: &Bought) -> Result<PurchaseRecord, ProviderError> {
    let currency = currency(row.currency_code.as_deref())?;
    let amount = |it| money(it, currency).map_err(unusable);
    let date = row.date.ok_or_else(|| unclear(Effect::Read, "a record without a date"))?.0;
    let supplier = row.contact.as_ref().map(|it| it.contact_id.clone());
    let zero = Money::zero(currency);
    Ok(PurchaseRecord {
        kind,
        id: row.id().to_owned(),
        number: row.number().to_owned(),
        reference: row.text(),
        supplier: supplier.filter(|id| !id.is_empty()),
        date,
        gross: amount(row.total)?.unwrap_or(zero),
        vat: amount(row.total_tax)?.unwrap_or(zero),
        open: amount(row.amount_due)?,
        state: match row.status.as_deref() {
            Some("AUTHORISED" | "PAID" | "BILLED") => RemoteState::Live,
            Some("VOIDED") => RemoteState::Voided,
            Some("DELETED") => RemoteState::Deleted,
            _ => RemoteState::Draft,
        },
    })
}
