//! The school's own tables, and proof that its book is sound.
//!
//! Writes two of its rules and nothing else: what of an invoice is a small difference, and the
//! columns debts are aged in.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::SaveAgeingBuckets;
use crate::wire::common::Nothing;
use crate::wire::desk::{DepartmentView, SchoolTables, VerifyReport};
use crate::wire::returned::SaveSmallDifference;
use crate::{ageing, methods, show, typed};
use finance::Money;
use finance::fact::FactBody;
use finance::party::School;
use store::View;

/// The tables that forms choose from.
pub async fn school_tables(office: &Office, _: &Actor, _: Nothing) -> Result<SchoolTables, Fault> {
    let mut view = office.store.read().await?;
    let methods = view.payment_methods().await?;
    let departments = view.departments().await?;
    let school = view.find_school().await?.unwrap_or_else(|| office.school.clone());
    let limit = small_difference(&mut view, office).await?;
    let buckets = ageing::school_buckets(&mut view).await?;
    Ok(SchoolTables {
        small_difference: limit.into(),
        terms: crate::payers::terms_view(school.payment_terms()),
        ageing_buckets: buckets.ends().to_vec(),
        tax_codes: view.tax_codes().await?.iter().map(show::tax_code).collect(),
        payment_methods: methods.into_iter().map(methods::view).collect(),
        departments: departments
            .into_iter()
            .map(|department| DepartmentView {
                id: department.id.to_string(),
                name: department.name,
            })
            .collect(),
    })
}

/// What of an invoice may be let go with the payment that leaves it; nothing: no rest at all.
///
/// # Errors
/// What the database reports.
pub(crate) async fn small_difference(view: &mut View, office: &Office) -> Result<Money, Fault> {
    let school = view.find_school().await?;
    let limit = school.and_then(|school| school.small_difference);
    Ok(limit.unwrap_or_else(|| Money::zero(office.school.currency)))
}

/// Sets what a small difference is; 0: none.
pub async fn save_small_difference(
    office: &Office,
    actor: &Actor,
    request: SaveSmallDifference,
) -> Result<SchoolTables, Fault> {
    let limit = typed::money("amount", &request.amount, office.school.currency)?;
    if limit.is_negative() {
        let fault = Fault::new(Code::Invalid, "The limit cannot be below nothing.");
        return Err(fault.at("amount").rule("negative"));
    }
    let mut tx = office.store.begin().await?;
    let school = tx.find_school().await?.unwrap_or_else(|| office.school.clone());
    let limit = Some(limit).filter(|limit| limit.is_positive());
    if school.small_difference != limit {
        let school = School { small_difference: limit, ..school };
        office.record(&mut tx, actor, [FactBody::SchoolSet(school)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    school_tables(office, actor, Nothing {}).await
}

/// Sets the columns that debts are aged in.
pub async fn save_ageing_buckets(
    office: &Office,
    actor: &Actor,
    request: SaveAgeingBuckets,
) -> Result<SchoolTables, Fault> {
    let buckets = Some(ageing::buckets(request.ends)?);
    let mut tx = office.store.begin().await?;
    let school = tx.find_school().await?.unwrap_or_else(|| office.school.clone());
    if school.ageing_buckets != buckets {
        let school = School { ageing_buckets: buckets, ..school };
        office.record(&mut tx, actor, [FactBody::SchoolSet(school)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    school_tables(office, actor, Nothing {}).await
}

/// Replays every fact and compares.
pub async fn verify_book(office: &Office, _: &Actor, _: Nothing) -> Result<VerifyReport, Fault> {
    let told = |done, total| office.events.progress("verify", done, total);
    let report = office.store.verify_telling(&told).await?;
    office.events.progress("verify", report.facts, report.facts);
    Ok(VerifyReport {
        facts: report.facts,
        chain_holds: report.chain_holds,
        tables_agree: report.tables_agree,
        file_sound: report.file_sound,
        findings: report.findings,
    })
}
