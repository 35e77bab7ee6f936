//! A plain caller with a token and a company, and bodies to send.

use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use simulators::clock::SimClock;
use simulators::qbo::{QboConfig, QboSimulator, REALMS};

pub struct Desk {
    pub sim: QboSimulator,
    pub http: reqwest::Client,
    pub access_token: String,
    pub realm: &'static str,
}

/// 20 November 2026, noon.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).unwrap()
}

/// Unlimited and standing still.
pub fn still() -> QboConfig {
    QboConfig { clock: SimClock::manual(noon()), ..QboConfig::unlimited() }
}

impl Desk {
    /// At the British company.
    pub async fn open() -> Self {
        Self::at(REALMS[0].0, still()).await
    }

    /// At the company in the United States.
    pub async fn open_us() -> Self {
        Self::at(REALMS[1].0, still()).await
    }

    pub async fn at(realm: &'static str, config: QboConfig) -> Self {
        let sim = QboSimulator::start(config).await.unwrap();
        let access_token = sim.issue_tokens(realm).access_token;
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sim, http, access_token, realm }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{}/{path}", self.sim.api_url(), self.realm))
            .bearer_auth(&self.access_token)
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        read(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn query(&self, text: &str) -> (u16, Value) {
        let request = self.request(Method::GET, "query").query(&[("query", text)]);
        read(request.send().await.unwrap()).await
    }

    /// Creates one object that must be taken, and returns it.
    pub async fn create(&self, name: &str, body: Value) -> Value {
        let (status, mut answer) = self.post(&name.to_lowercase(), &body).await;
        assert_eq!(status, 200, "{answer}");
        answer[name].take()
    }

    /// The code with which one object is refused.
    pub async fn refusal(&self, path: &str, body: &Value) -> String {
        let (status, answer) = self.post(path, body).await;
        assert_eq!(status, 400, "{answer}");
        answer["Fault"]["Error"][0]["code"].as_str().unwrap().to_owned()
    }

    pub async fn customer(&self, name: &str) -> String {
        let customer = self.create("Customer", json!({"DisplayName": name})).await;
        customer["Id"].as_str().unwrap().to_owned()
    }

    /// An invoice of one line over this amount, without tax.
    pub async fn invoice(&self, customer: &str, number: &str, amount: &str) -> Value {
        self.create("Invoice", self.sale(customer, number, amount)).await
    }

    /// A body of one untaxed line.
    pub fn sale(&self, customer: &str, number: &str, amount: &str) -> Value {
        let code = if self.realm == REALMS[1].0 { "NON" } else { "5" };
        json!({
            "CustomerRef": {"value": customer}, "DocNumber": number, "TxnDate": "2026-11-20",
            "DueDate": "2026-12-04", "PrivateNote": format!("key-{number}"),
            "Line": [line(amount, code)],
        })
    }
}

pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// One line of the usual item.
pub fn line(amount: &str, tax_code: &str) -> Value {
    json!({
        "Amount": number(amount), "DetailType": "SalesItemLineDetail",
        "Description": "Driving lesson",
        "SalesItemLineDetail": {"ItemRef": {"value": "2"}, "TaxCodeRef": {"value": tax_code}},
    })
}

/// A payment that takes from the objects named.
pub fn payment(customer: &str, total: &str, links: &[(&str, &str, &str)]) -> Value {
    let lines: Vec<Value> = links
        .iter()
        .map(|(kind, id, amount)| {
            json!({"Amount": number(amount), "LinkedTxn": [{"TxnId": id, "TxnType": kind}]})
        })
        .collect();
    json!({"CustomerRef": {"value": customer}, "TotalAmt": number(total),
        "TxnDate": "2026-11-20", "Line": lines})
}

pub fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub fn id(row: &Value) -> &str {
    row["Id"].as_str().unwrap()
}
