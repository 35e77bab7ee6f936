//! A desk with a company of QuickBooks to write to, documents to send, and somebody else at work
//! there.

use finance::money::Money;
use providers::document::{CustomerDocument, ExportDocument, SalesDocument};
use serde_json::Value;
use simulators::qbo::{QboConfig, QboSimulator, REALMS};
use support::adapter::{self, AdapterDesk, noon};
use support::system::System;

pub use support::adapter::{allocation, customer, gbp, on};

/// The desk of these tests.
pub struct Desk(AdapterDesk<QboSimulator>);

impl std::ops::Deref for Desk {
    type Target = AdapterDesk<QboSimulator>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

pub async fn desk() -> Desk {
    desk_at(REALMS[0].0, false).await
}

pub async fn desk_at(realm: &str, revoked: bool) -> Desk {
    let config = QboConfig { clock: noon(), ..QboConfig::unlimited() };
    let sim = QboSimulator::start(config).await.expect("a simulator");
    Desk(AdapterDesk::around(sim, realm, revoked))
}

impl Desk {
    /// The same student under another name.
    pub fn change(&self, existing: &str, number: &str, name: &str) -> ExportDocument {
        let ExportDocument::Customer(it) = customer(number, name) else { panic!("a customer") };
        ExportDocument::Customer(CustomerDocument { existing: existing.to_owned(), ..it })
    }

    /// The path of an address of this company.
    pub fn path(&self, below: &str) -> String {
        format!("/v3/company/{}/{below}", self.session.company)
    }

    /// What somebody else does there.
    pub async fn raw(&self, below: &str, body: &Value) {
        let answer = self.request(reqwest::Method::POST, below).json(body).send().await;
        assert_eq!(answer.expect("an answer").status(), 200);
    }

    pub async fn get(&self, below: &str) -> Value {
        let answer = self.request(reqwest::Method::GET, below).send().await.expect("an answer");
        answer.json().await.expect("json")
    }

    fn request(&self, method: reqwest::Method, below: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{}", self.sim.base_url(), self.path(below));
        let token = self.sim.issue_tokens(&self.session.company).access_token;
        reqwest::Client::new().request(method, url).bearer_auth(token)
    }
}

pub fn sale(number: &str, customer: &str) -> SalesDocument {
    adapter::sale(&QboSimulator::codes(), number, customer)
}

pub fn invoice(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::Invoice(sale(number, customer))
}

pub fn credit(number: &str, customer: &str) -> ExportDocument {
    ExportDocument::CreditNote(sale(number, customer))
}

pub fn payment(reference: &str, invoice: &str, minor: i64) -> ExportDocument {
    adapter::payment(&QboSimulator::codes(), reference, invoice, minor)
}

/// 45.00 dollars without tax.
pub fn untaxed(number: &str, customer: &str) -> ExportDocument {
    let usd = |minor| Money::from_minor(minor, "USD".parse().expect("a currency"));
    let mut sale = sale(number, customer);
    sale.currency = "USD".parse().expect("a currency");
    (sale.net, sale.vat, sale.gross) = (usd(4500), usd(0), usd(4500));
    let line = &mut sale.lines[0];
    (line.net, line.vat, line.gross) = (usd(4500), usd(0), usd(4500));
    line.tax_code = "NON".to_owned();
    ExportDocument::Invoice(sale)
}
