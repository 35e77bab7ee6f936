//! A plain caller with a token and a business, and bodies to send.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use simulators::clock::SimClock;
use simulators::sage::{BUSINESSES, SageConfig, SageSimulator, fixed_id};

pub struct Desk {
    pub sim: SageSimulator,
    pub http: reqwest::Client,
    pub access_token: String,
}

/// 20 November 2026, noon.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).unwrap()
}

/// Unlimited and standing still.
pub fn still() -> SageConfig {
    SageConfig { clock: SimClock::manual(noon()), ..SageConfig::unlimited() }
}

/// The research folder beside the repository, when it is there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let path = PathBuf::from(root).join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

impl Desk {
    pub async fn open() -> Self {
        Self::with(still()).await
    }

    pub async fn with(config: SageConfig) -> Self {
        let sim = SageSimulator::start(config).await.unwrap();
        let access_token = sim.issue_tokens().access_token;
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sim, http, access_token }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.sim.api_url()))
            .bearer_auth(&self.access_token)
            .header("x-business", BUSINESSES[0].0)
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        read(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        read(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    /// Makes one record that must be taken, and returns it.
    pub async fn create(&self, path: &str, name: &str, content: Value) -> Value {
        let (status, answer) = self.post(path, &json!({name: content})).await;
        assert_eq!(status, 201, "{answer}");
        answer
    }

    /// The status, code and field with which a record is refused.
    pub async fn refusal(&self, path: &str, name: &str, content: Value) -> (u16, String, String) {
        let (status, answer) = self.post(path, &json!({name: content})).await;
        let text = |field: &str| answer[0][field].as_str().unwrap_or_default().to_owned();
        (status, text("$dataCode"), text("$source"))
    }

    pub async fn contact(&self, name: &str) -> String {
        let content = json!({"name": name, "contact_type_ids": ["CUSTOMER"]});
        id(&self.create("contacts", "contact", content).await)
    }

    /// A posted invoice of 54.00, of which 9.00 VAT.
    pub async fn invoice(&self, contact: &str, reference: &str) -> String {
        let content = sale(contact, reference, "invoice_lines");
        id(&self.create("sales_invoices", "sales_invoice", content).await)
    }

    /// A posted credit note of 54.00, of which 9.00 VAT.
    pub async fn credit_note(&self, contact: &str, reference: &str) -> String {
        let content = sale(contact, reference, "credit_note_lines");
        id(&self.create("sales_credit_notes", "sales_credit_note", content).await)
    }
}

pub fn id(row: &Value) -> String {
    row["id"].as_str().unwrap().to_owned()
}

pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub fn sale(contact: &str, reference: &str, lines: &str) -> Value {
    json!({
        "contact_id": contact, "date": "2026-11-20", "reference": reference,
        "notes": format!("K-{reference}"), lines: [line()],
    })
}

pub fn line() -> Value {
    json!({
        "description": "Driving lesson", "ledger_account_id": fixed_id(1, 4000),
        "quantity": 1, "unit_price": 45, "tax_rate_id": "GB_STANDARD", "tax_amount": "9.00",
    })
}

pub fn receipt(contact: &str, total: &str, parts: &[(&str, &str)]) -> Value {
    let parts: Vec<Value> = parts
        .iter()
        .map(|(artefact, amount)| json!({"artefact_id": artefact, "amount": amount}))
        .collect();
    json!({
        "transaction_type_id": "CUSTOMER_RECEIPT", "contact_id": contact,
        "bank_account_id": fixed_id(2, 1200), "date": "2026-11-20", "total_amount": total,
        "allocated_artefacts": parts,
    })
}
