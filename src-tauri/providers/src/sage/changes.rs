//! What changed in Sage since a moment, and what was deleted (`deleted_since` in Swagger description
//! 3.1, 2026-11).
//!
//! Never tells of customers that were deleted: the next document that names one is refused, and says so.

use super::client::{self, Query};
use super::kept;
use super::push;
use super::records;
use super::wire;
use crate::change::{
    Changes, RemoteApplication, RemoteChange, RemoteContact, RemotePart, RemotePayment,
    holds_credit, told,
};
use crate::document::DocumentKind;
use crate::error::ProviderError;
use crate::fitting::{money, unusable};
use crate::http::{Effect, HttpClient, unclear};
use crate::session::Session;
use chrono::{DateTime, SecondsFormat, Utc};
use finance::money::{Currency, Money};
use finance::party::Address;
use std::collections::BTreeMap;

const CONTACTS: &str =
    "name,reference,notes,tax_number,main_address,main_contact_person,updated_at";
const PAYMENTS: &str =
    "reference,contact,date,currency,total_amount,bank_account,allocated_artefacts";
const ALLOCATIONS: &str = "date,contact,allocated_artefacts";

/// Everything that changed, kind by kind.
pub async fn fetch(
    http: &HttpClient,
    session: &Session,
    since: DateTime<Utc>,
) -> Result<Changes, ProviderError> {
    let until = client::now(http, session).await?;
    let mut records = Vec::new();
    let mut query = recent("updated_or_created_since", since, CONTACTS);
    query.push(("contact_type_id", "CUSTOMER".to_owned()));
    let rows: Vec<wire::Contact> = client::get_all(http, session, "contacts", &query, 1).await?;
    records.extend(rows.iter().filter_map(contact).map(RemoteChange::Contact));

    // Which currency an allocation is in is told by what it settles.
    let mut currencies: BTreeMap<String, Currency> = BTreeMap::new();
    for kind in [DocumentKind::Invoice, DocumentKind::CreditNote] {
        for change in sales(http, session, kind, since).await? {
            if let RemoteChange::Sale(record) = &change {
                currencies.insert(record.id.clone(), record.currency);
            }
            records.push(change);
        }
    }
    let path = push::collection(DocumentKind::Payment);
    let mut query = recent("updated_or_created_since", since, PAYMENTS);
    query.push(("transaction_type_id", "CUSTOMER_RECEIPT".to_owned()));
    let rows: Vec<wire::Payment> = client::get_all(http, session, path, &query, 1).await?;
    for row in &rows {
        records.push(told((DocumentKind::Payment, &row.id), payment(row)));
    }
    records.extend(gone(http, session, DocumentKind::Payment, since).await?);
    let path = push::collection(DocumentKind::CreditAllocation);
    let query = recent("updated_or_created_since", since, ALLOCATIONS);
    let rows: Vec<wire::Allocation> = client::get_all(http, session, path, &query, 1).await?;
    for row in &rows {
        let mut applied = applications(row, &currencies)?;
        name_payments((http, session), row, &mut applied, &currencies).await?;
        records.extend(applied.into_iter().map(RemoteChange::Application));
    }
    records.extend(gone(http, session, DocumentKind::CreditAllocation, since).await?);
    Ok(Changes { records, until, ..Changes::default() })
}

fn recent(filter: &'static str, since: DateTime<Utc>, attributes: &str) -> Query {
    vec![
        (filter, since.to_rfc3339_opts(SecondsFormat::Secs, true)),
        ("attributes", attributes.to_owned()),
    ]
}

/// Documents of a kind that changed, then those that were deleted. One that is in both lists is told
/// once, as deleted.
async fn sales(
    http: &HttpClient,
    session: &Session,
    kind: DocumentKind,
    since: DateTime<Utc>,
) -> Result<Vec<RemoteChange>, ProviderError> {
    let path = push::collection(kind);
    let query = recent("updated_or_created_since", since, records::SALES);
    let changed: Vec<wire::Sales> = client::get_all(http, session, path, &query, 1).await?;
    let query = recent("deleted_since", since, records::SALES);
    let deleted: Vec<wire::Sales> = client::get_all(http, session, path, &query, 1).await?;
    let is_left = |row: &&wire::Sales| deleted.iter().all(|gone| gone.id != row.id);
    let left = changed.iter().filter(is_left).map(|row| sale(row, kind));
    Ok(left.chain(deleted.iter().map(|row| deleted_sale(row, kind))).collect())
}

fn sale(row: &wire::Sales, kind: DocumentKind) -> RemoteChange {
    told((kind, &row.id), records::sale(row, kind).map(RemoteChange::Sale))
}

/// A document among those that were deleted. Sage deletes drafts and voids the others by the same call;
/// whether it lists a voided one here too is said nowhere, so that one stays what it is.
pub(super) fn deleted_sale(row: &wire::Sales, kind: DocumentKind) -> RemoteChange {
    match row.status.as_ref().is_some_and(|it| it.id == "VOID") {
        true => sale(row, kind),
        false => RemoteChange::Gone { kind, id: row.id.clone() },
    }
}

/// What was deleted of a kind.
async fn gone(
    http: &HttpClient,
    session: &Session,
    kind: DocumentKind,
    since: DateTime<Utc>,
) -> Result<Vec<RemoteChange>, ProviderError> {
    let query = recent("deleted_since", since, "id");
    let path = push::collection(kind);
    let rows: Vec<wire::Named> = client::get_all(http, session, path, &query, 1).await?;
    Ok(rows.into_iter().map(|row| RemoteChange::Gone { kind, id: row.id }).collect())
}

fn contact(row: &wire::Contact) -> Option<RemoteContact> {
    let modified_at = row.updated_at?;
    let text = |it: Option<&String>| it.cloned().unwrap_or_default();
    let person = row.main_contact_person.as_ref();
    let address = row.main_address.as_ref().map(|lines| Address {
        line1: text(lines.address_line_1.as_ref()),
        line2: text(lines.address_line_2.as_ref()),
        postal_code: text(lines.postal_code.as_ref()),
        city: text(lines.city.as_ref()),
        country: lines
            .country
            .as_ref()
            .map(|it| it.id.clone())
            .unwrap_or_else(|| text(lines.country_id.as_ref())),
    });
    Some(RemoteContact {
        id: row.id.clone(),
        name: text(row.name.as_ref()),
        tax_number: Some(text(row.tax_number.as_ref())),
        email: text(person.and_then(|it| it.email.as_ref())),
        phone: text(person.and_then(|it| it.telephone.as_ref())),
        address: address.unwrap_or_default(),
        modified_at,
    })
}

fn payment(row: &wire::Payment) -> Result<RemoteChange, ProviderError> {
    let record = records::payment(row)?;
    let mut pays = Vec::new();
    for part in &row.allocated_artefacts {
        let amount = amount(part, record.currency)?;
        let named = part.artefact.as_ref().map(|it| it.id.clone());
        pays.extend(named.map(|invoice| RemotePart { invoice, amount, id: None }));
    }
    let account = row.bank_account.as_ref().map(|it| it.id.clone());
    let on_account = holds_credit(record.gross, &pays);
    Ok(RemoteChange::Payment(RemotePayment { record, pays, account, on_account }))
}

/// What of each credit goes to each debt: in turn, as far as either reaches.
fn applications(
    row: &wire::Allocation,
    currencies: &BTreeMap<String, Currency>,
) -> Result<Vec<RemoteApplication>, ProviderError> {
    let named = |part: &wire::Part| part.artefact.as_ref().map(|it| it.id.clone());
    let ids = row.allocated_artefacts.iter().filter_map(named);
    // What was settled changed with it, so it is in the lists; otherwise its books are not ours.
    let Some(currency) = ids.into_iter().find_map(|id| currencies.get(&id).copied()) else {
        return Ok(Vec::new());
    };
    let date = row.date.ok_or_else(|| unclear(Effect::Read, "an allocation without a day"))?;
    let (mut debts, mut credits) = (Vec::new(), Vec::new());
    for part in &row.allocated_artefacts {
        let (Some(id), amount) = (named(part), amount(part, currency)?) else { continue };
        if amount.is_negative() {
            credits.push((id, Money::zero(currency).minus(amount).map_err(unusable)?));
        } else {
            debts.push((id, amount));
        }
    }
    let mut applied: Vec<RemoteApplication> = Vec::new();
    for (credit, mut left) in credits {
        for (invoice, open) in &mut debts {
            let taken = left.smaller(*open).map_err(unusable)?;
            if !taken.is_positive() {
                continue;
            }
            left = left.minus(taken).map_err(unusable)?;
            *open = open.minus(taken).map_err(unusable)?;
            let place = applied.len();
            applied.push(RemoteApplication {
                id: if place == 0 { row.id.clone() } else { format!("{}/{place}", row.id) },
                reference: String::new(),
                credit_note: credit.clone(),
                invoice: invoice.clone(),
                date,
                amount: taken,
                automatic: false,
            });
        }
    }
    Ok(applied)
}

/// What is on account is known here by the payment that left it. A credit note that is used changed with
/// it and is in the lists; what is in none is looked for among the customer's payments.
async fn name_payments(
    (http, session): (&HttpClient, &Session),
    row: &wire::Allocation,
    applied: &mut [RemoteApplication],
    listed: &BTreeMap<String, Currency>,
) -> Result<(), ProviderError> {
    let Some(contact) = &row.contact else { return Ok(()) };
    if applied.iter().all(|it| listed.contains_key(&it.credit_note)) {
        return Ok(());
    }
    let kept = kept::of_customer(http, session, &contact.id).await?;
    for one in applied {
        if let Some(payment) = kept.get(&one.credit_note) {
            one.credit_note.clone_from(payment);
        }
    }
    Ok(())
}

fn amount(part: &wire::Part, currency: Currency) -> Result<Money, ProviderError> {
    let amount = money(part.amount, currency).map_err(unusable)?;
    amount.ok_or_else(|| unclear(Effect::Read, "a part without an amount"))
}
