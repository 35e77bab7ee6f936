//! The VAT table: a rate from a day on.
//!
//! Never touches a document: what was issued keeps the rate it was issued with.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::desk::SchoolTables;
use crate::wire::ledger::SaveTaxCode;
use crate::{school, typed};
use finance::fact::FactBody;
use finance::tax::{TaxCode, VatCategory};
use rust_decimal::Decimal;

const CATEGORIES: &[(&str, VatCategory)] = &[
    ("S", VatCategory::S),
    ("Z", VatCategory::Z),
    ("E", VatCategory::E),
    ("O", VatCategory::O),
    ("AE", VatCategory::AE),
];

/// Sets what a VAT code means from a day on.
pub async fn save_tax_code(
    office: &Office,
    actor: &Actor,
    request: SaveTaxCode,
) -> Result<SchoolTables, Fault> {
    let tax = tax(&request)?;
    let mut tx = office.store.begin().await?;
    if tx.tax_codes().await?.contains(&tax) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::TaxCodeSet(tax)]).await?;
        tx.commit().await?;
    }
    school::school_tables(office, actor, Nothing {}).await
}

fn tax(request: &SaveTaxCode) -> Result<TaxCode, Fault> {
    let refused =
        |field, rule, message: &str| Err(Fault::new(Code::Invalid, message).at(field).rule(rule));
    let category = typed::one_of("category", &request.category, CATEGORIES)?;
    let rate = typed::decimal("rate", &request.rate)?.normalize();
    if rate < Decimal::ZERO || rate > Decimal::ONE_HUNDRED || rate.scale() > 2 {
        return refused("rate", "vat_rate", "A rate is a percentage with at most two decimals.");
    }
    // EN 16931 BR-S-5 and its sisters: only standard rated amounts have a rate above nothing.
    if (category == VatCategory::S) == rate.is_zero() {
        return refused("rate", "vat_rate_category", "This rate does not fit the category.");
    }
    let reason = typed::text("reason", request.reason.as_deref().unwrap_or_default(), 200)?;
    let needs_reason = matches!(category, VatCategory::E | VatCategory::O | VatCategory::AE);
    if needs_reason && reason.is_empty() {
        return refused("reason", "missing", "The reason is printed on documents.");
    }
    Ok(TaxCode {
        code: typed::required("code", &request.code, 20)?,
        name: typed::required("name", &request.name, 60)?,
        category,
        rate,
        reason: Some(reason).filter(|reason| needs_reason && !reason.is_empty()),
        valid_from: typed::date("valid_from", &request.valid_from)?,
    })
}
