//! Journal entries in Sage: each goes in once and is found again, whatever happened to the answer.

use super::desk;
use providers::document::{AccountClass, ExportDocument, JournalDocument};
use providers::error::ReferenceKind;
use providers::{Found, ProviderAdapter as _, ProviderError};
use simulators::faults::{Fault, Rule};
use simulators::sage::fixed_id;
use support::adapter::{self, gbp, on};

fn account(number: u32) -> String {
    format!("ledger:{}", fixed_id(1, number))
}

/// 54.00 from sales onto what is owed.
fn entry(reference: &str) -> JournalDocument {
    adapter::entry(reference, [&account(1100), &account(4000)])
}

#[tokio::test]
async fn an_entry_goes_in_at_its_total_and_is_found_by_its_reference() {
    let desk = desk().await;
    let ours = ExportDocument::Journal(entry("K-j1"));
    assert_eq!(desk.find(&ours).await, Found::Absent);
    let there = desk.push_one(&ours).await.expect("created");
    assert_eq!((there.gross, there.number.as_str()), (Some(gbp(5400)), "2026-11-20"));
    let Found::Ours(found) = desk.find(&ours).await else { panic!("not found") };
    assert_eq!(found, there);
    let journal = desk.sim.journals().remove(0);
    assert_eq!((journal.reference.as_str(), journal.date), ("K-j1", on("2026-11-20")));
    assert!(journal.lines.iter().all(|line| !line.include_on_tax_return));
    // An entry of a day long past is found among those made since.
    let old = JournalDocument { date: on("2026-09-01"), ..entry("K-j2") };
    let old = ExportDocument::Journal(old);
    desk.create(&old).await;
    let found = desk.find_all(&[ours, old]).await.expect("an answer");
    assert!(found.iter().all(|it| matches!(it, Found::Ours(_))), "{found:?}");
}

#[tokio::test]
async fn after_a_spoilt_reply_the_look_up_agrees_with_the_ledger() {
    let desk = desk().await;
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::CutBody),
        Rule::always(Fault::ServerError),
        Rule::always(Fault::BadGateway).after_commit(),
        Rule::always(Fault::MalformedJson),
        Rule::always(Fault::EmptyOk),
    ];
    for (index, rule) in faults.iter().enumerate() {
        let ours = ExportDocument::Journal(entry(&format!("K-f{index}")));
        let before = desk.sim.journals().len();
        desk.strike(rule.clone().on("POST", "/v3.1/journals"));
        let outcome = desk.push_one(&ours).await;
        assert!(matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })), "{outcome:?}");
        desk.calm();
        let is_there = desk.sim.journals().len() > before;
        assert_eq!(desk.find(&ours).await == Found::Absent, !is_there, "{rule:?}");
    }
    assert!(desk.sim.duplicates().is_empty());
}

#[tokio::test]
async fn a_bad_account_or_a_locked_day_is_said_as_such() {
    let desk = desk().await;
    let missing = |outcome: &providers::ItemOutcome| match outcome {
        Err(ProviderError::MissingReference { kind, .. }) => Some(*kind),
        _ => None,
    };
    for named in [account(3000), account(9999), fixed_id(1, 4000)] {
        let onto = adapter::entry("K-j1", [&named, &account(4000)]);
        let outcome = desk.push_one(&ExportDocument::Journal(onto)).await;
        assert_eq!(missing(&outcome), Some(ReferenceKind::Account), "{outcome:?}");
    }
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let is_offered = |code: &String| {
        data.accounts.iter().any(|it| it.code == *code && it.class == AccountClass::Ledger)
    };
    assert!(is_offered(&account(1100)) && !is_offered(&account(3000)));
    desk.sim.lock_down(Some(on("2026-11-30")));
    let outcome = desk.push_one(&ExportDocument::Journal(entry("K-j1"))).await;
    assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
    assert!(desk.sim.journals().is_empty());
}

#[tokio::test]
async fn an_entry_that_somebody_deleted_is_not_there() {
    let desk = desk().await;
    let ours = ExportDocument::Journal(entry("K-j1"));
    let id = desk.create(&ours).await;
    let url = format!("{}/journals/{id}", desk.sim.api_url());
    let token = desk.sim.issue_tokens().access_token;
    let gone = reqwest::Client::new().delete(url).bearer_auth(token).send().await;
    assert_eq!(gone.expect("an answer").status(), 204);
    assert_eq!(desk.find(&ours).await, Found::Absent);
}
