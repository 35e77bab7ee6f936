//! Journal entries in QuickBooks: each goes in once and is found again, and none names a customer.

use super::desk::{Desk, desk, desk_at, gbp};
use providers::document::{AccountClass, ExportDocument, JournalDocument};
use providers::error::ReferenceKind;
use providers::{Found, ProviderAdapter as _, ProviderError};
use serde_json::json;
use simulators::faults::{Fault, Rule};
use simulators::qbo::{Entity, REALMS};
use support::adapter;

/// 54.00 from sales onto what is owed.
pub fn entry(reference: &str) -> ExportDocument {
    ExportDocument::Journal(adapter::entry(reference, ["account:8", "account:1"]))
}

/// The same for a part of the business.
pub fn of_class(reference: &str, class: &str) -> ExportDocument {
    let mut entry = adapter::entry(reference, ["account:8", "account:1"]);
    for line in &mut entry.lines {
        class.clone_into(&mut line.tracking);
    }
    ExportDocument::Journal(entry)
}

async fn outcome(desk: &Desk, document: &ExportDocument) -> providers::ItemOutcome {
    desk.push(std::slice::from_ref(document)).await.remove(0)
}

#[tokio::test]
async fn an_entry_goes_in_at_its_total_and_is_found_by_its_number_or_its_note() {
    let desk = desk().await;
    assert_eq!(desk.find(&entry("K-j1")).await, Found::Absent);
    let there = outcome(&desk, &entry("K-j1")).await.expect("created");
    assert_eq!((there.gross, there.vat), (Some(gbp(5400)), None));
    assert_eq!(there.number, "2026-11-20 · K-j1");
    let Found::Ours(found) = desk.find(&entry("K-j1")).await else { panic!("not found") };
    assert_eq!(found, there);
    let row = desk.sim.living(Entity::JournalEntry).remove(0);
    let mut body = row.body.clone();
    for (name, value) in [("Id", json!(row.id)), ("SyncToken", json!("0"))] {
        body.insert(name.to_owned(), value);
    }
    // Somebody there numbers it as their own entries.
    body.insert("DocNumber".to_owned(), json!("GJ-17"));
    desk.raw("journalentry", &json!(body)).await;
    assert!(matches!(desk.find(&entry("K-j1")).await, Found::Ours(_)));
    assert_eq!(desk.find(&entry("K-j2")).await, Found::Absent);
}

#[tokio::test]
async fn a_lost_entry_is_found_and_its_number_keeps_a_second_one_out() {
    let desk = desk().await;
    let lost = Rule::always(Fault::ConnectionLost).after_commit().times(1);
    desk.strike(lost.on("POST", &desk.path("journalentry")));
    let first = outcome(&desk, &entry("K-j1")).await;
    assert!(matches!(first, Err(ProviderError::OutcomeUnknown { .. })), "{first:?}");
    desk.calm();
    assert!(matches!(desk.find(&entry("K-j1")).await, Found::Ours(_)));
    let mut items = adapter::items(&[entry("K-j1")]);
    items[0].idempotency_key = "9".repeat(32);
    let again = desk.adapter.push(&desk.session, &items).await.outcomes.remove(0);
    assert!(matches!(again, Err(ProviderError::Duplicate { .. })), "{again:?}");
    assert_eq!(desk.sim.living(Entity::JournalEntry).len(), 1);
}

#[tokio::test]
async fn one_bad_entry_of_a_batch_is_refused_alone() {
    let desk = desk().await;
    let onto =
        |account: &str| ExportDocument::Journal(adapter::entry("K-bad", [account, "account:1"]));
    let outcomes = desk.push(&[entry("K-j1"), onto("account:6"), entry("K-j2")]).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    let missing = |outcome: &providers::ItemOutcome| match outcome {
        Err(ProviderError::MissingReference { kind, .. }) => Some(*kind),
        _ => None,
    };
    assert_eq!(missing(&outcomes[1]), Some(ReferenceKind::Account), "{outcomes:?}");
    // Our codes tell accounts from what is sold, so this never leaves.
    assert_eq!(missing(&outcome(&desk, &onto("item:2")).await), Some(ReferenceKind::Account));
    let unbalanced = adapter::entry("K-odd", ["account:8", "account:1"]);
    let lines = vec![unbalanced.lines[0].clone(), unbalanced.lines[0].clone()];
    let unbalanced = ExportDocument::Journal(JournalDocument { lines, ..unbalanced });
    let refused = outcome(&desk, &unbalanced).await;
    assert!(matches!(refused, Err(ProviderError::Rejected { .. })), "{refused:?}");
    assert_eq!(desk.sim.living(Entity::JournalEntry).len(), 2);
}

#[tokio::test]
async fn receivables_demand_a_customer_and_so_are_not_offered() {
    let desk = desk().await;
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let class = |code: &str| {
        data.accounts.iter().find(|account| account.code == code).map(|account| account.class)
    };
    assert_eq!(class("account:3"), None);
    assert_eq!(class("account:8"), Some(AccountClass::Ledger));
    assert_eq!(class("account:4"), Some(AccountClass::Bank));
    let onto = adapter::entry("K-j1", ["account:3", "account:1"]);
    let refused = outcome(&desk, &ExportDocument::Journal(onto)).await;
    let Err(ProviderError::Rejected { text, .. }) = refused else { panic!("{refused:?}") };
    assert!(text.contains("choose a customer"), "{text}");
}

#[tokio::test]
async fn inside_the_united_states_nothing_is_said_of_tax() {
    for (realm, said) in [(REALMS[0].0, json!("NotApplicable")), (REALMS[1].0, json!(null))] {
        let desk = desk_at(realm, false).await;
        let composed = adapter::items(&[entry("K-j1")]).remove(0);
        let composed = desk.adapter.compose(&desk.session, &composed).await.expect("composed");
        let body: serde_json::Value = serde_json::from_str(&composed.body).expect("json");
        assert_eq!(
            (composed.path.as_str(), &body["GlobalTaxCalculation"]),
            ("journalentry", &said)
        );
    }
}
