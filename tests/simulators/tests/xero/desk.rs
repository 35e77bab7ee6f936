//! A plain caller with a token and a tenant, and bodies to send.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use simulators::clock::SimClock;
use simulators::xero::{XeroConfig, XeroSimulator};

pub struct Desk {
    pub sim: XeroSimulator,
    pub http: reqwest::Client,
    pub access_token: String,
}

/// 20 November 2026, noon.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).unwrap()
}

/// Unlimited and standing still.
pub fn still() -> XeroConfig {
    XeroConfig { clock: SimClock::manual(noon()), ..XeroConfig::unlimited() }
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

    pub async fn with(config: XeroConfig) -> Self {
        let sim = XeroSimulator::start(config).await.unwrap();
        let access_token = sim.issue_tokens().access_token;
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sim, http, access_token }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.sim.api_url()))
            .bearer_auth(&self.access_token)
            .header("xero-tenant-id", self.sim.tenant_ids()[0].to_string())
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        read(self.request(method, path).json(body).send().await.unwrap()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::PUT, path, body).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(Method::POST, path, body).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// Creates one element that must be taken, and returns it.
    pub async fn create(&self, path: &str, body: Value) -> Value {
        let name = path.rsplit('/').next().unwrap();
        let (status, mut answer) = self.put(path, &json!({name: [body]})).await;
        assert_eq!(status, 200, "{answer}");
        answer[name][0].take()
    }

    /// The messages with which one element is refused.
    pub async fn refusal(&self, method: Method, path: &str, body: Value) -> Vec<String> {
        let name = path.rsplit('/').next().unwrap();
        let (status, answer) = self.send(method, path, &json!({name: [body]})).await;
        assert_eq!(status, 400, "{answer}");
        messages(&answer["Elements"][0])
    }

    pub async fn contact(&self, name: &str) -> String {
        let contact = self.create("Contacts", json!({"Name": name})).await;
        contact["ContactID"].as_str().unwrap().to_owned()
    }

    /// An authorised invoice of one untaxed line over this amount.
    pub async fn invoice(&self, contact: &str, number: &str, amount: &str) -> String {
        let invoice = self.create("Invoices", invoice(contact, number, amount)).await;
        invoice["InvoiceID"].as_str().unwrap().to_owned()
    }
}

pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub fn messages(element: &Value) -> Vec<String> {
    let errors = element["ValidationErrors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["Message"].as_str().unwrap().to_owned()).collect()
}

/// An authorised invoice body of one untaxed line.
pub fn invoice(contact: &str, number: &str, amount: &str) -> Value {
    json!({
        "Type": "ACCREC",
        "Contact": {"ContactID": contact},
        "InvoiceNumber": number,
        "Reference": format!("key-{number}"),
        "Date": "2026-11-20",
        "DueDate": "2026-12-04",
        "LineAmountTypes": "Exclusive",
        "Status": "AUTHORISED",
        "LineItems": [line(amount, "ZERORATEDOUTPUT")],
    })
}

/// One line on the sales account.
pub fn line(amount: &str, tax_type: &str) -> Value {
    json!({
        "Description": "Driving lesson", "Quantity": 1, "UnitAmount": number(amount),
        "AccountCode": "200", "TaxType": tax_type,
    })
}

pub fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
