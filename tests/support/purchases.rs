//! What a school buys, as a test sends it to Xero's simulator.
//!
//! Never says what must come of it.

use crate::adapter::{AdapterDesk, customer, gbp, on};
use finance::tax::PriceBasis;
use providers::document::{ExportDocument, SalesLine};
use providers::purchase::{
    Purchase, PurchaseAdapter as _, PurchaseDocument, PurchaseItem, PurchaseRemoval,
    RemovedPurchase,
};
use providers::{Found, ItemOutcome};
use rust_decimal::Decimal;
use simulators::xero::XeroSimulator;

/// The bank account that money is spent out of.
pub const BANK: &str = "090";

/// A supplier.
pub fn supplier(number: &str, name: &str) -> Purchase {
    let ExportDocument::Customer(contact) = customer(number, name) else { panic!("a contact") };
    Purchase::Supplier(contact)
}

/// Tyres for 60.00 with VAT, of which 10.00.
pub fn bought(reference: &str, number: &str, supplier: &str) -> PurchaseDocument {
    PurchaseDocument {
        reference: reference.to_owned(),
        number: number.to_owned(),
        supplier: supplier.to_owned(),
        date: on("2026-11-20"),
        due_date: Some(on("2026-12-04")),
        currency: "GBP".parse().expect("a currency"),
        rate: None,
        basis: PriceBasis::Gross,
        tracking: String::new(),
        lines: vec![SalesLine {
            description: "Winter tyres".to_owned(),
            quantity: Decimal::TWO,
            unit_price: Decimal::from(30),
            discount_percent: Decimal::ZERO,
            discount: None,
            account: "449".to_owned(),
            tax_code: "INPUT2".to_owned(),
            net: gbp(5000),
            vat: gbp(1000),
            gross: gbp(6000),
        }],
        net: gbp(5000),
        vat: gbp(1000),
        gross: gbp(6000),
    }
}

/// The same, spent at once.
pub fn spent(reference: &str, supplier: &str) -> Purchase {
    let on = PurchaseDocument { due_date: None, ..bought(reference, "", supplier) };
    Purchase::Spent { account: BANK.to_owned(), on }
}

/// What takes a record back.
pub fn taken_back(reference: &str, existing: &str, removed: RemovedPurchase) -> Purchase {
    let (reference, existing) = (reference.to_owned(), existing.to_owned());
    Purchase::Removal(PurchaseRemoval { reference, existing, removed })
}

/// Records with keys of their own: a record that is taken back has another than the one it was made
/// under.
pub fn purchase_items(purchases: &[Purchase]) -> Vec<PurchaseItem> {
    let item = |purchase: &Purchase| PurchaseItem {
        purchase: purchase.clone(),
        idempotency_key: format!("{:?}-{}", purchase.kind(), purchase.reference()),
    };
    purchases.iter().map(item).collect()
}

impl AdapterDesk<XeroSimulator> {
    /// Sends purchases.
    pub async fn buy(&self, purchases: &[Purchase]) -> Vec<ItemOutcome> {
        let items = purchase_items(purchases);
        self.adapter.push(&self.session, &items).await.outcomes
    }

    /// Sends one, which must arrive, and gives its id.
    pub async fn buy_one(&self, purchase: &Purchase) -> String {
        self.buy(std::slice::from_ref(purchase)).await.remove(0).expect("bought").id
    }

    /// Looks one up.
    pub async fn find_bought(&self, purchase: &Purchase) -> Found {
        let wanted = std::slice::from_ref(purchase);
        self.adapter.find(&self.session, wanted).await.expect("an answer").remove(0)
    }

    /// How many records of a kind Xero takes at once.
    pub fn bought_at_once(&self, purchase: &Purchase) -> usize {
        self.adapter.batch_size(purchase.kind())
    }
}
