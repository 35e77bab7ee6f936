//! What somebody takes back in Sage: it is told, and counts in no sum.

use super::{Desk, desk, invoice, payment, sale};
use chrono::TimeDelta;
use providers::ProviderAdapter as _;
use providers::change::RemoteChange;
use providers::document::{DocumentKind, ExportDocument, Period};
use providers::record::RemoteState;
use providers::report::{RemoteReport, ReportKind};
use reqwest::Method;
use serde_json::{Value, json};
use simulators::sage::{SageSimulator, fixed_id};
use support::adapter::{customer, gbp, on};
use support::system::System as _;

#[tokio::test]
async fn what_was_voided_or_deleted_counts_in_no_sum() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let kept = desk.create(&invoice("A-1", &ann)).await;
    let voided = desk.create(&invoice("A-2", &ann)).await;
    let paid = desk.create(&payment("K-p1", &kept, 2000)).await;
    take_back(&desk, &format!("contact_payments/{paid}")).await;
    take_back(&desk, &format!("sales_invoices/{voided}?void_reason=twice")).await;
    let codes = SageSimulator::codes();
    let stands = |report: &RemoteReport, code: &str| {
        let mut rows = report.rows.iter();
        rows.find(|row| row.codes.iter().any(|it| it == code)).map(|row| row.amount)
    };
    let trial = report(&desk, ReportKind::TrialBalance).await;
    assert_eq!(stands(&trial, &codes.sales), Some(gbp(-4500)), "{trial:?}");
    assert_eq!(stands(&trial, &codes.bank), None, "{trial:?}");
    assert_eq!(stands(&trial, &fixed_id(1, 1100)), Some(gbp(5400)), "{trial:?}");
    let result = report(&desk, ReportKind::ProfitAndLoss).await;
    assert_eq!(stands(&result, &codes.sales), Some(gbp(4500)), "{result:?}");
    let ledger = report(&desk, ReportKind::GeneralLedger).await;
    let sums: Vec<_> = ledger.rows.iter().filter(|row| row.is_sum).collect();
    assert_eq!(sums.len(), 3, "what is owed, VAT and sales: {ledger:?}");
    for sum in sums {
        let lines = ledger.rows.iter().filter(|row| !row.is_sum && row.section == sum.section);
        let lines: i64 = lines.map(|row| row.amount.minor()).sum();
        assert_eq!(lines, sum.amount.minor(), "{sum:?} of {ledger:?}");
    }
}

#[tokio::test]
async fn a_deleted_draft_is_told_once_as_gone_and_a_voided_document_as_void() {
    for (kind, collection, name, lines) in [
        (DocumentKind::Invoice, "sales_invoices", "sales_invoice", "invoice_lines"),
        (DocumentKind::CreditNote, "sales_credit_notes", "sales_credit_note", "credit_note_lines"),
    ] {
        let desk = desk().await;
        let since = desk.sim.clock().now() - TimeDelta::minutes(10);
        let ann = desk.create(&customer("1", "Ann")).await;
        let ours = sale("A-1", &ann);
        let ours = match kind {
            DocumentKind::Invoice => ExportDocument::Invoice(ours),
            _ => ExportDocument::CreditNote(ours),
        };
        let ours = desk.create(&ours).await;
        let body = json!({name: draft(&ann, lines)});
        let theirs = there(&desk, Method::POST, collection, &body).await;
        let theirs = theirs["id"].as_str().expect("an id").to_owned();
        take_back(&desk, &format!("{collection}/{theirs}")).await;
        take_back(&desk, &format!("{collection}/{ours}?void_reason=twice")).await;
        let changes = desk.adapter.fetch_changes(&desk.session, since).await.expect("changes");
        let told = |id: &str| {
            let records = changes.records.iter();
            records.filter(|it| it.id() == id).cloned().collect::<Vec<RemoteChange>>()
        };
        assert_eq!(told(&theirs), [RemoteChange::Gone { kind, id: theirs.clone() }]);
        let voided = told(&ours);
        let [RemoteChange::Sale(record)] = &voided[..] else { panic!("{changes:?}") };
        assert_eq!((record.kind, record.state), (kind, RemoteState::Voided));
        desk.sim.clock().advance(TimeDelta::seconds(2));
        let since = desk.sim.clock().now() - TimeDelta::seconds(1);
        let later = desk.adapter.fetch_changes(&desk.session, since).await.expect("changes");
        assert_eq!(later.records, [], "it was told once");
    }
}

/// 54.00 with VAT, not in the accounts.
fn draft(contact: &str, lines: &str) -> Value {
    let codes = SageSimulator::codes();
    json!({
        "contact_id": contact, "date": "2026-11-20", "status_id": "DRAFT",
        lines: [{
            "description": "Theory", "ledger_account_id": codes.sales, "quantity": 1,
            "unit_price": 45, "tax_rate_id": codes.tax, "tax_amount": 9,
        }],
    })
}

async fn report(desk: &Desk, kind: ReportKind) -> RemoteReport {
    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    desk.adapter.fetch_report(&desk.session, kind, period).await.expect("a report")
}

async fn take_back(desk: &Desk, path: &str) {
    there(desk, Method::DELETE, path, &Value::Null).await;
}

/// What somebody else does there; a good answer may be empty.
async fn there(desk: &Desk, method: Method, path: &str, body: &Value) -> Value {
    let url = format!("{}/{path}", desk.sim.api_url());
    let token = desk.sim.issue_tokens().access_token;
    let call = reqwest::Client::new().request(method, url).bearer_auth(token).json(body);
    let answer = call.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap_or_default()
}
