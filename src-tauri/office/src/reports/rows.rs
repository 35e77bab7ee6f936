//! The documents and the money behind a figure.

use super::period;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::reports::{ListSales, ListTakings, SalePage, SaleRow, TakingPage, TakingRow};
use crate::{invoices, listing, typed};
use finance::Currency;
use std::str::FromStr;
use store::{Among, SaleFilter, TakingFilter, TakingKind};

/// Nothing: all of them; empty: those without one.
pub(crate) fn among<Id: FromStr>(field: &str, wanted: Option<&str>) -> Result<Among<Id>, Fault> {
    Ok(match wanted {
        None => Among::All,
        Some("") => Among::Without,
        Some(id) => Among::One(typed::id(field, id)?),
    })
}

fn currency(wanted: Option<&str>) -> Result<Option<Currency>, Fault> {
    let read = |code: &str| {
        let fault = Fault::new(Code::Invalid, "This is not a code of a currency.");
        code.parse().map_err(|_| fault.at("currency").rule("currency"))
    };
    wanted.map(read).transpose()
}

/// The documents behind a figure of revenue or VAT.
pub async fn list_sales(office: &Office, _: &Actor, request: ListSales) -> Result<SalePage, Fault> {
    let rate = request.vat_rate.as_deref().map(|rate| typed::decimal("vat_rate", rate));
    let filter = SaleFilter {
        period: period(&request.from, &request.to)?,
        department: among("department_id", request.department_id.as_deref())?,
        service: among("service_id", request.service_id.as_deref())?,
        vat: request.vat_code.zip(rate.transpose()?),
        currency: currency(request.currency.as_deref())?,
    };
    let window = listing::window(&request.window);
    let page = office.store.read().await?.list_sales(&filter, window).await?;
    let row = |row: store::SaleRow| SaleRow {
        id: row.document_id.to_string(),
        kind: if row.is_credit { "credit_note" } else { "invoice" }.to_owned(),
        number: row.number,
        issue_date: row.issue_date.to_string(),
        student_id: row.student_id.to_string(),
        student: row.student,
        net: row.sums.net.into(),
        vat: row.sums.vat.into(),
        gross: row.sums.gross.into(),
    };
    Ok(SalePage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        net: page.sums.net.into(),
        vat: page.sums.vat.into(),
        gross: page.sums.gross.into(),
    })
}

/// The money behind a figure of takings.
pub async fn list_takings(
    office: &Office,
    _: &Actor,
    request: ListTakings,
) -> Result<TakingPage, Fault> {
    let filter = TakingFilter {
        period: period(&request.from, &request.to)?,
        method: request.method,
        desk: request.desk,
        currency: currency(request.currency.as_deref())?,
    };
    let mut view = office.store.read().await?;
    let page = view.list_takings(&filter, listing::window(&request.window)).await?;
    let methods = view.payment_methods().await?;
    let row = |row: store::TakingRow| TakingRow {
        kind: match row.kind {
            TakingKind::Received => "received",
            TakingKind::Reversed => "reversed",
            TakingKind::Refunded => "refunded",
        }
        .to_owned(),
        id: row.id.to_string(),
        day: row.day.to_string(),
        method_name: invoices::method_name(&row.method, &methods),
        desk: row.desk,
        student_id: row.student_id.to_string(),
        student: row.student,
        reference: row.reference,
        amount: row.amount.into(),
    };
    Ok(TakingPage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        amount: page.amount.into(),
    })
}
