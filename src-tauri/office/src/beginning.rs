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
use uuid::Uuid;

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
    let facts: Vec<Fact> = bodies(beginning, || setup.ids.new_id())
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

/// The first facts' contents, in the order in which they depend on each other.
pub fn bodies(beginning: &Beginning, mut new_id: impl FnMut() -> Uuid) -> Vec<FactBody> {
    let mut series = |kind, prefix: String, first| {
        FactBody::SeriesOpened(NumberSeries {
            id: SeriesId(new_id()),
            school_id: beginning.school.id,
            kind,
            desk: FIRST_DESK.to_owned(),
            prefix,
            first,
            year: None,
        })
    };
    let prefix = &beginning.invoice_prefix;
    let credit_prefix = format!("{}K-", prefix.trim_end_matches(['-', '/']));
    let invoices = series(DocumentKind::Invoice, prefix.clone(), beginning.first_invoice);
    let credit_notes = series(DocumentKind::CreditNote, credit_prefix, 1);
    let mut bodies = vec![FactBody::SchoolSet(beginning.school.clone())];
    bodies.extend(beginning.departments.iter().cloned().map(FactBody::DepartmentSet));
    bodies.extend(beginning.tax_codes.iter().cloned().map(FactBody::TaxCodeSet));
    bodies.extend(beginning.payment_methods.iter().cloned().map(FactBody::PaymentMethodSet));
    bodies.extend([invoices, credit_notes]);
    bodies
}

/// The number series among such contents: invoices first, then credit notes.
pub fn series(bodies: &[FactBody]) -> Vec<NumberSeries> {
    let series = bodies.iter().filter_map(|body| match body {
        FactBody::SeriesOpened(series) => Some(series.clone()),
        _ => None,
    });
    series.collect()
}
