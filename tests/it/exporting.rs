//! Exporting through the router: what is missing becomes one cause, one mending releases all of it,
//! and both sides agree afterwards.

mod asking;
mod attachments;
mod back;
mod beginning;
mod booking;
mod currencies;
mod exchange;
mod fields;
mod giving;
mod grouped;
mod health;
mod levels;
mod notices;
mod reports;
mod rules;
mod schedules;
mod settling;
mod versions;

use crate::connecting::{change, connect, desk, ports, save, xero};
use office::Code;
use office::wire::exports::{
    Candidates, CauseRecords, CausesView, ExportDetail, ExportPage, Released,
};
use office::wire::mapping::MappingView;
use office::wire::reconcile::Reconciliation;
use serde_json::{Value, json};
use std::time::Duration;
use support::{TestDesk, draft, id, line, payment};

/// Issues an invoice over lessons from the price list.
async fn issue(desk: &TestDesk, number: u128, lessons: u32) {
    let mut lesson = line("KT-B", lessons, "790.00", "3");
    lesson["service_id"] = json!(id(1));
    let draft = draft(number, 1, &desk.clock.day().to_string(), &[lesson]);
    desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
}

async fn page(desk: &TestDesk, view: &str) -> ExportPage {
    let request = json!({
        "connection_id": null, "view": view, "query": "", "order": null,
        "window": { "offset": 0, "limit": 100 },
    });
    desk.ask("list_exports", request).await.expect("a page")
}

/// Ticks until nothing moves without a person or another time.
pub async fn settled(desk: &TestDesk, connection: &str) -> ExportPage {
    desk.call("start_export", json!({ "connection_id": connection })).await.expect("a run");
    for _ in 0..500 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let status = desk.call("export_status", json!({})).await.expect("a status");
        if status["running"] == false && !status["run"]["ended_at"].is_null() {
            return page(desk, "all").await;
        }
    }
    panic!("the run does not end");
}

/// Saves what is suggested, and the first that fits for the rest, but leaves a VAT code out.
pub async fn map_all_but(desk: &TestDesk, connection: &str, left_out: &str) {
    let request = json!({ "id": connection });
    let view: MappingView = desk.ask("refresh_reference_data", request).await.expect("a mapping");
    // A currency is nobody's choice.
    let wanted = view.rows.iter().filter(|row| row.kind != "currency");
    let wanted = wanted.filter(|row| row.local_key != left_out);
    let changes: Vec<Value> = wanted
        .map(|row| {
            let suggested = row.suggestion.as_ref().map(|it| it.remote_code.clone());
            let both = if row.kind == "tax_code" { &view.tax_codes } else { &view.accounts };
            let fitting = || both.iter().find(|it| it.fits.contains(&row.kind));
            let code = suggested.or_else(|| fitting().map(|it| it.code.clone()));
            change(&row.kind, &row.local_key, code.as_deref())
        })
        .collect();
    save(desk, connection, &changes).await.expect("saved");
}

#[tokio::test]
async fn one_mending_releases_all_it_held_up_and_both_sides_agree() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    issue(&desk, 51, 1).await;
    let paid = payment(60, &desk.clock.day().to_string(), "1580.00", &[(&id(50), "1580.00")]);
    desk.call("record_payment", paid).await.expect("a payment");
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "3").await;

    let held = settled(&desk, &connection).await;
    assert_eq!((held.counts["sent"], held.counts["attention"]), (1, 2), "{:?}", held.rows);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    let [cause] = &causes.causes[..] else { panic!("one cause: {:?}", causes.causes) };
    assert_eq!((cause.class.as_str(), cause.documents), ("mapping_missing", 2));
    assert_eq!(cause.mapping.as_ref().map(|it| it.local_key.as_str()), Some("3"));
    let records = json!({ "id": cause.id, "window": { "offset": 0, "limit": 10 } });
    let records: CauseRecords = desk.ask("cause_records", records).await.expect("records");
    assert_eq!((records.total, records.cause.id.as_str()), (2, cause.id.as_str()));

    let mended = change("tax_code", "3", Some("TAX001"));
    let saved = save(&desk, &connection, &[mended]).await.expect("saved");
    assert_eq!(saved.released, 2);
    let sent = settled(&desk, &connection).await;
    assert_eq!((sent.counts["sent"], sent.counts["all"]), (4, 4), "{:?}", sent.rows);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert!(causes.causes.is_empty() && causes.waiting.is_empty(), "{causes:?}");

    let period = json!({ "connection_id": connection, "from": "2026-01-01", "to": "2026-12-31" });
    let compared: Reconciliation =
        desk.ask("read_reconciliation", period).await.expect("both sides");
    assert_eq!(compared.differences.len(), 0, "{compared:?}");
    assert_eq!(compared.sums[0].ours.gross.0.plain(), "2370.00");
    let invoice = sent.rows.iter().find(|row| row.document_id == id(50)).expect("an invoice");
    let request = json!({ "id": invoice.id });
    let detail: ExportDetail = desk.ask("find_export", &request).await.expect("a record");
    assert!(detail.attempts.iter().any(|attempt| attempt.outcome == "exported"));
    assert!(detail.content.iter().any(|it| it.label == "gross" && it.value == "1580.00 NOK"));
    let there: Candidates = desk.ask("export_candidates", &request).await.expect("candidates");
    assert!(there.rows[0].agrees);
    let link = json!({ "id": invoice.id, "external_id": there.rows[0].external_id });
    let refused = desk.call("link_export", link).await.expect_err("it is sent already");
    assert_eq!(refused.code, Code::WrongState);
}

#[tokio::test]
async fn a_record_that_is_left_out_is_settled_with_its_reason() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "3").await;
    let held = settled(&desk, &connection).await;
    let row = held.rows.iter().find(|row| row.state == "attention").expect("an invoice");
    let settle = |reason: &str| {
        json!({
            "ids": [row.id], "outcome": "skipped", "external_reference": null, "reason": reason,
        })
    };
    let fault = desk.call("settle_exports", settle("")).await.expect_err("no reason");
    assert_eq!(fault.field.as_deref(), Some("reason"));
    let settled: Released =
        desk.ask("settle_exports", settle("Booked by hand")).await.expect("settled");
    assert_eq!(settled.records, 1);
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    assert!(causes.causes.is_empty(), "{:?}", causes.causes);
    let again = desk.call("settle_exports", settle("Again")).await.expect_err("settled already");
    assert_eq!(again.code, Code::WrongState);
    assert_eq!(page(&desk, "settled").await.total, 1);
}

#[tokio::test]
async fn a_retry_puts_a_whole_cause_back_into_the_queue() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 2).await;
    let connection = connect(&desk, &ports).await;
    map_all_but(&desk, &connection, "3").await;
    settled(&desk, &connection).await;
    let causes: CausesView = desk.ask("export_causes", json!({})).await.expect("causes");
    let request = json!({ "cause_id": causes.causes[0].id, "record_ids": [] });
    let released: Released = desk.ask("retry_exports", &request).await.expect("released");
    assert_eq!(released.records, 1);
    let held = settled(&desk, &connection).await;
    assert_eq!(held.counts["attention"], 1, "nothing was mended, so it is held up again");
    let gone = desk.call("retry_exports", &request).await.expect_err("another cause now");
    assert_eq!(gone.code, Code::NotFound);
}
