//! The simulator as a process: its hidden routes, its ledger file, and how fast it is.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use simulators::xero::XeroConfig;

use super::desk::{Desk, invoice, read, still};

/// A child that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait().map(drop)) {
            eprintln!("the simulator's process could not be ended: {error}");
        }
    }
}

async fn admin(http: &reqwest::Client, url: String, body: Value) -> (u16, Value) {
    read(http.post(url).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn another_process_can_seed_it_move_it_and_read_its_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    let mut child = Command::new(env!("CARGO_BIN_EXE_xero-simulator"))
        .args(["--faults", "none", "--unlimited", "--ledger"])
        .arg(&ledger)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = child.stdout.take().unwrap();
    let _running = Running(child);
    let base = BufReader::new(stdout).lines().next().unwrap().unwrap();
    let http = reqwest::Client::new();
    let seed = json!({
        "Contacts": [{"Name": "Ann Learner"}],
        "Invoices": [{"Type": "ACCREC", "Contact": {"Name": "Ann Learner"}, "InvoiceNumber": "S-1",
            "Status": "AUTHORISED", "Date": "2026-11-20", "DueDate": "2026-12-04", "LineItems": [
            {"UnitAmount": 45, "AccountCode": "200", "TaxType": "OUTPUT2"}]}],
    });
    assert_eq!(admin(&http, format!("{base}/__sim/seed"), seed).await.0, 204);
    let lock = json!({"period": "2026-11-30"});
    assert_eq!(admin(&http, format!("{base}/__sim/lock-date"), lock).await.0, 204);
    let step = json!({"advance_ms": 3_600_000});
    assert_eq!(admin(&http, format!("{base}/__sim/clock"), step).await.0, 200);
    let profile = json!({"rules": [{"path": "/connections", "fault": {"kind": "maintenance"}}]});
    assert_eq!(admin(&http, format!("{base}/__sim/faults"), profile).await.0, 204);
    let named = format!("{base}/__sim/faults?named=nonsense");
    assert_eq!(admin(&http, named, json!({})).await.0, 400);
    let (_, tokens) = admin(&http, format!("{base}/__sim/tokens"), json!({})).await;
    assert!(tokens["access_token"].is_string());
    let struck = http.get(format!("{base}/connections")).send().await.unwrap();
    assert_eq!(struck.status(), 503);
    let shown = read(http.get(format!("{base}/__sim/ledger")).send().await.unwrap()).await.1;
    assert_eq!(shown["tenants"][0]["documents"][0]["total"], "54.00");
    assert_eq!(shown["duplicates"], json!([]));
    assert_eq!(admin(&http, format!("{base}/__sim/revoke"), json!({})).await.0, 204);
    let kept = std::fs::read_to_string(&ledger).unwrap();
    let tables: Vec<Value> = kept
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap()["table"].take())
        .collect();
    assert_eq!(tables, ["contact", "document"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_documents_in_batches_of_fifty_all_arrive() {
    let desk = Desk::with(XeroConfig { max_batch: 50, ..still() }).await;
    let ann = desk.contact("Ann Learner").await;
    let start = Instant::now();
    for batch in 0..40 {
        let bodies: Vec<Value> =
            (0..50).map(|it| invoice(&ann, &format!("B-{batch}-{it}"), "45")).collect();
        let path = "Invoices?summarizeErrors=false";
        let (status, _) = desk.put(path, &json!({"Invoices": bodies})).await;
        assert_eq!(status, 200);
    }
    println!("2000 documents in {} ms", start.elapsed().as_millis());
    assert_eq!(desk.sim.invoices().len(), 2000);
    assert_eq!(desk.sim.duplicates(), []);
}
