//! The first facts of a school's book.
//!
//! Never runs on a book that has begun: the desk calls it before the book has its name.

use crate::actor::Actor;
use crate::desk::{DESK_SETTING, DeskSetup};
use crate::fault::Fault;
use finance::fact::{FACT_VERSION, Fact, FactBody};
use finance::hlc::Hlc;
use finance::ids::{FactId, SeriesId};
use finance::numbering::{DocumentKind, NumberSeries};
use finance::party::{Department, School};
use finance::payment::PaymentMethod;
use finance::tax::TaxCode;
use store::Store;

/// The letter of a school's first desk.
pub const FIRST_DESK: &str = "A";

/// What a school begins with.
pub struct Beginning {
    pub school: School,
    pub tax_codes: Vec<TaxCode>,
    pub payment_methods: Vec<PaymentMethod>,
    pub departments: Vec<Department>,
    pub invoice_prefix: String,
    pub first_invoice: u64,
}

/// Writes the beginning in one transaction.
///
/// # Errors
/// What the disk reports.
pub async fn write(
    store: &Store,
    actor: &Actor,
    beginning: &Beginning,
    setup: &DeskSetup,
) -> Result<(), Fault> {
    let mut clock = Hlc::start(FIRST_DESK);
    let facts: Vec<Fact> = bodies(beginning, setup)
        .into_iter()
        .map(|body| {
            clock = clock.next(setup.clock.now().timestamp_millis());
            Fact {
                id: FactId(setup.ids.new_id()),
                school_id: beginning.school.id,
                actor: actor.name.clone(),
                clock: clock.clone(),
                version: FACT_VERSION,
                body,
            }
        })
        .collect();
    let mut tx = store.begin().await?;
    tx.set_setting(DESK_SETTING, FIRST_DESK).await?;
    tx.record(&facts).await?;
    tx.commit().await?;
    Ok(())
}

fn bodies(beginning: &Beginning, setup: &DeskSetup) -> Vec<FactBody> {
    let series = |kind, prefix: String, first| {
        FactBody::SeriesOpened(NumberSeries {
            id: SeriesId(setup.ids.new_id()),
            school_id: beginning.school.id,
            kind,
            desk: FIRST_DESK.to_owned(),
            prefix,
            first,
        })
    };
    let mut bodies = vec![FactBody::SchoolSet(beginning.school.clone())];
    bodies.extend(beginning.departments.iter().cloned().map(FactBody::DepartmentSet));
    bodies.extend(beginning.tax_codes.iter().cloned().map(FactBody::TaxCodeSet));
    bodies.extend(beginning.payment_methods.iter().cloned().map(FactBody::PaymentMethodSet));
    bodies.push(series(
        DocumentKind::Invoice,
        beginning.invoice_prefix.clone(),
        beginning.first_invoice,
    ));
    let credit_prefix = format!("{}K-", beginning.invoice_prefix.trim_end_matches(['-', '/']));
    bodies.push(series(DocumentKind::CreditNote, credit_prefix, 1));
    bodies
}
