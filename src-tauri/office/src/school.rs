//! The school's own tables, and proof that its book is sound.
//!
//! Never writes.

use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::show;
use crate::wire::common::Nothing;
use crate::wire::desk::{DepartmentView, PaymentMethodView, SchoolTables, VerifyReport};

/// The tables that forms choose from.
pub async fn school_tables(office: &Office, _: &Actor, _: Nothing) -> Result<SchoolTables, Fault> {
    let mut view = office.store.read().await?;
    let methods = view.payment_methods().await?;
    let departments = view.departments().await?;
    Ok(SchoolTables {
        tax_codes: view.tax_codes().await?.iter().map(show::tax_code).collect(),
        payment_methods: methods
            .into_iter()
            .map(|method| PaymentMethodView {
                code: method.code,
                name: method.name,
                account: method.account,
                active: method.active,
            })
            .collect(),
        departments: departments
            .into_iter()
            .map(|department| DepartmentView {
                id: department.id.to_string(),
                name: department.name,
            })
            .collect(),
    })
}

/// Replays every fact and compares.
pub async fn verify_book(office: &Office, _: &Actor, _: Nothing) -> Result<VerifyReport, Fault> {
    let report = office.store.verify().await?;
    Ok(VerifyReport {
        facts: report.facts,
        chain_holds: report.chain_holds,
        tables_agree: report.tables_agree,
        file_sound: report.file_sound,
        findings: report.findings,
    })
}
