//! Comparing both books record by record: nothing is said of clean books, everything that was
//! changed there is found, and what a person says of it holds for what was shown.

mod deciding;
mod mending;
mod pairing;
mod reports;

use chrono::TimeDelta;
use finance::money::Money;
use finance::tax::PriceBasis;
use office::reconcile::{Outcome, Pair, listed, pair};
use providers::ProviderAdapter as _;
use providers::document::{
    ExportDocument, PaymentDocument, Period, PushItem, SalesDocument, SalesLine,
};
use providers::session::Session;
use rust_decimal::Decimal;
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::ReconciledSpan;
use store::exports::{ExportFilter, ExportKind, ExportView};
use support::engine::{Bench, HERE, adapter};
use support::exporting::{self, Wish, day};
use support::system::System;
use support::wrapped::Unwatched;

#[tokio::test]
async fn five_hundred_differences_are_found_in_xero_and_none_in_clean_books() {
    all_are_found::<XeroSimulator>().await;
}

#[tokio::test]
async fn five_hundred_differences_are_found_in_quickbooks_and_none_in_clean_books() {
    all_are_found::<QboSimulator>().await;
}

#[tokio::test]
async fn five_hundred_differences_are_found_in_sage_and_none_in_clean_books() {
    all_are_found::<SageSimulator>().await;
}

/// What is done to fifty invoices each.
const TAMPERED: [(Tampering, Outcome); 6] = [
    (Tampering::Total, Outcome::Differing),
    (Tampering::Tax, Outcome::Differing),
    (Tampering::Date, Outcome::Differing),
    (Tampering::Due, Outcome::Differing),
    (Tampering::Voided, Outcome::MissingThere),
    (Tampering::Twice, Outcome::Duplicate),
];

async fn all_are_found<S: System>() {
    let wish = Wish::of(300);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    let clean = compared(&bench).await;
    assert_eq!(outcomes(&clean), BTreeMap::from([(Outcome::Agreed, 300 + 150 + 30)]));

    // Sixty invoices and fifty payments that only they have, ninety invoices that only we have.
    pay_there(&bench, 50).await;
    invoice_there(&bench, 60).await;
    for (kind, (how, _)) in TAMPERED.iter().enumerate() {
        for place in kind * 50..(kind + 1) * 50 {
            bench.sim.tamper(&number(place), *how);
        }
    }
    let unsent = (300..390).flat_map(|place| exporting::documents(place, &ONLY_INVOICES));
    exporting::record(&bench.store, &bench.facts, unsent.collect()).await;

    let pairs = compared(&bench).await;
    let found = outcomes(&pairs);
    assert_eq!(pairs.iter().filter(|pair| pair.outcome != Outcome::Agreed).count(), 500);
    let expected = BTreeMap::from([
        (Outcome::Agreed, 50 + 150 + 30),
        (Outcome::Differing, 200),
        (Outcome::MissingThere, 50 + 90),
        (Outcome::MissingHere, 60 + 50),
        (Outcome::Duplicate, 50),
    ]);
    assert_eq!(found, expected);
    for (kind, (how, outcome)) in TAMPERED.iter().enumerate() {
        for place in kind * 50..(kind + 1) * 50 {
            let number = number(place);
            let is_told = pairs
                .iter()
                .any(|pair| pair.outcome == *outcome && labels(pair).contains(&number.as_str()));
            assert!(is_told, "{number} {how:?}");
        }
    }
}

const ONLY_INVOICES: Wish =
    Wish { paid_every: usize::MAX, credited_every: usize::MAX, ..Wish::of(300) };

fn number(place: usize) -> String {
    exporting::invoice(place, 30).number.text
}

fn labels(pair: &Pair) -> Vec<&str> {
    let ours = pair.ours.as_ref().map(|ours| ours.label.as_str());
    ours.into_iter().chain(pair.theirs.as_ref().map(|theirs| theirs.number.as_str())).collect()
}

pub fn outcomes(pairs: &[Pair]) -> BTreeMap<Outcome, usize> {
    let mut found = BTreeMap::new();
    for pair in pairs {
        *found.entry(pair.outcome).or_default() += 1;
    }
    found
}

pub async fn compared<S: System>(bench: &Bench<S>) -> Vec<Pair> {
    let (from, to) = (day() - TimeDelta::days(3), day() + TimeDelta::days(3));
    let answer = adapter::<S>().fetch_records(&session(bench), Period { from, to }).await;
    let theirs = listed(&answer.expect("their records"));
    let mut view = bench.store.read().await.expect("a view");
    let ours = view.our_records(ReconciledSpan { connection: HERE, from, to }).await;
    pair(ours.expect("our records"), theirs)
}

fn session<S: System>(bench: &Bench<S>) -> Session {
    Session {
        endpoints: bench.sim.endpoints(),
        company: bench.sim.company(),
        tokens: bench.tokens.clone(),
        watch: Arc::new(Unwatched),
    }
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse().expect("a currency"))
}

/// Ids of ours over there, by number.
async fn remote_ids<S: System>(bench: &Bench<S>, kind: ExportKind) -> BTreeMap<String, String> {
    let filter = ExportFilter {
        connection: Some(HERE),
        view: ExportView::Sent,
        kind: Some(kind),
        ..Default::default()
    };
    let window = store::Window { offset: 0, limit: 100_000 };
    let mut view = bench.store.read().await.expect("a view");
    let rows = view.list_exports(&filter, None, window).await.expect("rows").rows;
    rows.into_iter().filter_map(|row| Some((row.label, row.external_id?))).collect()
}

/// Payments of a unit each that somebody records over there.
async fn pay_there<S: System>(bench: &Bench<S>, count: usize) {
    let invoices = remote_ids(bench, ExportKind::Invoice).await;
    let paid = (0..count).map(|place| {
        ExportDocument::Payment(PaymentDocument {
            reference: format!("P-{place}"),
            invoice: invoices[&number(place)].clone(),
            account: S::codes().bank,
            date: day(),
            amount: gbp(100 + i64::try_from(place).expect("few")),
            base: None,
        })
    });
    push(bench, paid.collect()).await;
}

/// Invoices that somebody writes over there.
async fn invoice_there<S: System>(bench: &Bench<S>, count: usize) {
    let customers = remote_ids(bench, ExportKind::Customer).await;
    let customer = customers.values().next().expect("a customer").clone();
    let codes = S::codes();
    let written = (0..count).map(|place| {
        ExportDocument::Invoice(SalesDocument {
            reference: format!("X-{place}"),
            number: format!("THEIRS-{place}"),
            customer: customer.clone(),
            date: day(),
            due_date: day(),
            currency: gbp(0).currency(),
            rate: None,
            basis: PriceBasis::Gross,
            tracking: String::new(),
            fields: Vec::new(),
            lines: vec![SalesLine {
                description: "Something else".to_owned(),
                quantity: Decimal::ONE,
                unit_price: Decimal::from(54),
                discount_percent: Decimal::ZERO,
                discount: None,
                account: codes.sales.clone(),
                tax_code: codes.tax.clone(),
                net: gbp(4500),
                vat: gbp(900),
                gross: gbp(5400),
            }],
            net: gbp(4500),
            vat: gbp(900),
            gross: gbp(5400),
        })
    });
    push(bench, written.collect()).await;
}

async fn push<S: System>(bench: &Bench<S>, documents: Vec<ExportDocument>) {
    let items: Vec<PushItem> = documents
        .into_iter()
        .enumerate()
        .map(|(place, document)| PushItem {
            // 32 hex digits, other ones for each kind.
            idempotency_key: format!("{:08x}{place:024x}", document.kind() as u8),
            document,
        })
        .collect();
    for batch in items.chunks(10) {
        let answer = adapter::<S>().push(&session(bench), batch).await;
        assert!(answer.outcomes.iter().all(Result::is_ok), "{:?}", answer.outcomes);
    }
}
