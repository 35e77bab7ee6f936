//! What would be refused if it were sent now, or if the next document said it, found before anything
//! is sent.
//!
//! Never holds a record back: the system has the last word, and what it takes is taken.

use crate::actor::Actor;
use crate::export::codes::kind_word;
use crate::fault::Fault;
use crate::mapping::rows;
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::health::{ExportQuality, QualityFinding};
use crate::{connecting, show, typed};
use finance::mapping::MappedKind;
use finance::reminder::rules::Debtor;
use providers::capabilities::Capabilities;
use providers::registry::Provider;
use std::collections::{BTreeMap, BTreeSet};
use store::exports::WaitingCustomer;
use store::{ConnectionRow, View};
use uuid::Uuid;

/// The most findings that are listed; the rest is counted.
const MOST: usize = 500;

/// Characters of a country's code (ISO 3166-1 alpha-2).
const COUNTRY: usize = 2;

/// Everything that waits for a system of an open connection, looked at as that system would; and, once
/// a connection sends, what the next document may name: the price list with its VAT codes, the ways to
/// pay, and the businesses that pay.
pub async fn export_quality(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<ExportQuality, Fault> {
    let mut view = office.store.read().await?;
    let mut findings = Vec::new();
    let mut waiting = 0_u32;
    for row in view.connections().await?.into_iter().filter(|row| !row.closed) {
        let Some(system) = Provider::from_key(&row.provider) else { continue };
        let waits = view.export_counts(Some(row.id)).await?.waiting;
        waiting = waiting.saturating_add(waits);
        let sends = view.connection_run(row.id).await?.started_at_ms.is_some();
        if waits > 0 || sends {
            let system_name = connecting::system_name(office, &row.provider);
            let of = Of { row: &row, system: system_name, sends };
            findings.extend(of.unmapped(office, &mut view).await?);
            findings.extend(of.documents(&mut view, system.capabilities()).await?);
            findings.extend(of.customers(&mut view, system.capabilities()).await?);
        }
    }
    let more = u32::try_from(findings.len().saturating_sub(MOST)).unwrap_or(u32::MAX);
    findings.truncate(MOST);
    let as_of = show::moment(office.clock.now().timestamp_millis());
    Ok(ExportQuality { as_of, waiting, findings, more })
}

/// What waits for one connection.
struct Of<'a> {
    row: &'a ConnectionRow,
    system: String,
    /// A person has let it begin: what comes next goes by itself.
    sends: bool,
}

impl Of<'_> {
    fn finding(&self, class: &str, kind: &str, id: String, label: String) -> QualityFinding {
        QualityFinding {
            class: class.to_owned(),
            connection_id: self.row.id.to_string(),
            system: self.system.clone(),
            kind: kind.to_owned(),
            id,
            label,
            detail: String::new(),
            documents: 0,
        }
    }

    /// Services, VAT codes and ways to pay that waiting documents use and that find no counterpart,
    /// in the department they are booked on or in the school.
    async fn unmapped(
        &self,
        office: &Office,
        view: &mut View,
    ) -> Result<Vec<QualityFinding>, Fault> {
        let surveyed = rows::survey(office, view, self.row.id, None).await?;
        let mut lacking: BTreeMap<(MappedKind, String), (String, u32)> = BTreeMap::new();
        for used in view.waiting_uses(self.row.id).await? {
            let ours =
                surveyed.ours.iter().find(|it| it.kind == used.kind && it.local_key == used.key);
            let Some(ours) = ours.filter(|ours| !surveyed.serves(used.department, ours)) else {
                continue;
            };
            let (_, documents) =
                lacking.entry((used.kind, used.key)).or_insert_with(|| (ours.label.clone(), 0));
            *documents = documents.saturating_add(used.documents);
        }
        if self.sends && !self.row.booking.is_journal() {
            let departments: Vec<_> = view.departments().await?.iter().map(|it| it.id).collect();
            for (kind, key) in next_uses(view).await? {
                let mut ours = surveyed.ours.iter();
                let Some(ours) = ours.find(|it| it.kind == kind && it.local_key == key) else {
                    continue;
                };
                // Where one department has it mapped, it may be that one's alone.
                let mut levels = departments.iter().copied().map(Some).chain([None]);
                if !levels.any(|level| surveyed.serves(level, ours)) {
                    lacking.entry((kind, key)).or_insert_with(|| (ours.label.clone(), 0));
                }
            }
        }
        let finding = |((kind, key), (label, documents))| {
            let found = self.finding("mapping", kind_word(kind), key, label);
            QualityFinding { documents, ..found }
        };
        Ok(lacking.into_iter().map(finding).collect())
    }

    /// Documents that are dated in a closed period there, and numbers that the system cannot hold.
    async fn documents(
        &self,
        view: &mut View,
        can: &Capabilities,
    ) -> Result<Vec<QualityFinding>, Fault> {
        let mut found = Vec::new();
        if let Some(day) = view.connection_run(self.row.id).await?.locked_until {
            let locked = view.waiting_until(self.row.id, day).await?;
            found.push(("period_locked", day.to_string(), locked));
        }
        let most = can.lengths.document_number;
        let long = view.waiting_long_numbers(self.row.id, most).await?;
        found.push(("number_too_long", most.to_string(), long));
        let some = found.into_iter().filter(|(.., of)| of.documents > 0);
        Ok(some
            .map(|(class, detail, of)| QualityFinding {
                detail,
                documents: of.documents,
                ..self.finding(class, "documents", String::new(), of.first)
            })
            .collect())
    }

    /// Customers that lack what the system or the law asks of them.
    async fn customers(
        &self,
        view: &mut View,
        can: &Capabilities,
    ) -> Result<Vec<QualityFinding>, Fault> {
        let mut findings = Vec::new();
        let mut customers = view.waiting_customers(self.row.id).await?;
        if self.sends && !self.row.booking.is_journal() {
            let waiting: BTreeSet<Uuid> = customers.iter().map(|it| it.id).collect();
            let payers = view.paying_customers().await?.into_iter();
            customers.extend(payers.filter(|it| is_business(it) && !waiting.contains(&it.id)));
        }
        for customer in customers {
            let kind = if customer.payer_kind.is_some() { "payer" } else { "student" };
            for (class, detail) in faults(&customer, can) {
                let label = format!("{} ({})", customer.name, customer.number);
                let found = self.finding(class, kind, customer.id.to_string(), label);
                findings.push(QualityFinding { detail, ..found });
            }
        }
        Ok(findings)
    }
}

/// What the next document may name: entries of the price list with their VAT codes, and ways to pay.
async fn next_uses(view: &mut View) -> Result<BTreeSet<(MappedKind, String)>, Fault> {
    let mut uses = BTreeSet::new();
    for service in view.list_services("", false).await? {
        uses.insert((MappedKind::TaxCode, service.tax_code));
        uses.insert((MappedKind::Service, service.id.to_string()));
    }
    let methods = view.payment_methods().await?.into_iter().filter(|it| it.active);
    uses.extend(methods.map(|it| (MappedKind::PaymentMethod, it.code)));
    Ok(uses)
}

fn is_business(of: &WaitingCustomer) -> bool {
    of.payer_kind.is_some_and(|kind| kind.debtor() == Debtor::Business)
}

/// What is wrong with a customer, with what stands there or the limit.
fn faults(of: &WaitingCustomer, can: &Capabilities) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let is_business = is_business(of);
    if is_business && of.tax_number.trim().is_empty() {
        found.push(("tax_number", String::new()));
    }
    // A person without an address is taken as they are; for a business the country decides the VAT.
    let needs_country = is_business || !of.country.is_empty();
    if needs_country && of.country.chars().count() != COUNTRY {
        found.push(("country", of.country.clone()));
    }
    if typed::email("email", &of.email).is_err() {
        found.push(("email", of.email.clone()));
    }
    // The number is written behind the name, and is what is cut off.
    let length = of.name.chars().count() + of.number.chars().count() + " ()".len();
    if length > can.lengths.customer_name {
        found.push(("name_cut", can.lengths.customer_name.to_string()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use finance::payer::PayerKind;

    fn customer(kind: Option<PayerKind>) -> WaitingCustomer {
        WaitingCustomer {
            id: Uuid::nil(),
            payer_kind: kind,
            number: "1001".to_owned(),
            name: "Åse Nygård".to_owned(),
            email: String::new(),
            country: "NO".to_owned(),
            tax_number: String::new(),
        }
    }

    fn found(of: &WaitingCustomer) -> Vec<&'static str> {
        let can = Provider::Sage.capabilities();
        faults(of, can).into_iter().map(|(class, _)| class).collect()
    }

    #[test]
    fn a_business_needs_a_tax_number_and_a_person_does_not() {
        assert_eq!(found(&customer(None)), Vec::<&str>::new());
        assert_eq!(found(&customer(Some(PayerKind::Guardian))), Vec::<&str>::new());
        for kind in [PayerKind::Employer, PayerKind::Agency] {
            assert_eq!(found(&customer(Some(kind))), ["tax_number"]);
            let known = WaitingCustomer {
                tax_number: "NO 987 654 321 MVA".to_owned(),
                ..customer(Some(kind))
            };
            assert_eq!(found(&known), Vec::<&str>::new());
        }
    }

    #[test]
    fn country_and_address_are_faults_as_they_stand() {
        let of = customer(None);
        let nowhere = |of| WaitingCustomer { country: String::new(), ..of };
        assert_eq!(found(&nowhere(of.clone())), Vec::<&str>::new());
        let agency = customer(Some(PayerKind::Agency));
        assert_eq!(found(&nowhere(agency)), ["tax_number", "country"]);
        assert_eq!(
            found(&WaitingCustomer { country: "Norge".to_owned(), ..of.clone() }),
            ["country"]
        );
        assert_eq!(found(&WaitingCustomer { email: "ase at example".to_owned(), ..of }), ["email"]);
    }

    #[test]
    fn a_name_is_too_long_together_with_the_number_behind_it() {
        // Sage takes a hundred characters; " (1001)" are seven.
        let named = |length: usize| WaitingCustomer { name: "å".repeat(length), ..customer(None) };
        assert_eq!(found(&named(93)), Vec::<&str>::new());
        assert_eq!(found(&named(94)), ["name_cut"]);
    }
}
