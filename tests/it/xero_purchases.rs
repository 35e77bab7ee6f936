//! What a school buys, told to the Xero simulator: each record is there once, found again, taken back
//! once, and comes to our sums.

use providers::document::ExternalRef;
use providers::error::ReferenceKind;
use providers::purchase::{
    Purchase, PurchaseAdapter as _, PurchaseDocument, PurchaseKind, RemovedPurchase,
};
use providers::record::RemoteState;
use providers::session::{Secret, Session};
use providers::xero::REGISTRATION;
use providers::{Found, ProviderError};
use simulators::clock::SimClock;
use simulators::faults::{Fault, Rule};
use simulators::xero::{Status, XeroConfig, XeroSimulator};
use std::sync::Arc;
use support::adapter::{AdapterDesk, gbp, noon, on, sale};
use support::purchases::{BANK, bought, purchase_items, spent, supplier, taken_back};
use support::system::System;

type Desk = AdapterDesk<XeroSimulator>;

async fn desk() -> Desk {
    desk_at(noon()).await
}

async fn desk_at(clock: SimClock) -> Desk {
    let config = XeroConfig { clock, ..XeroConfig::unlimited() };
    let sim = XeroSimulator::start(config).await.expect("a simulator");
    let company = sim.company();
    Desk::around(sim, &company, false)
}

/// A supplier, and one purchase of each kind from it.
async fn one_of_each(desk: &Desk) -> [Purchase; 3] {
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    [
        Purchase::Bill(bought("K-b1", "R-7", &garage)),
        spent("K-s1", &garage),
        Purchase::Order(bought("K-o1", "PO-7", &garage)),
    ]
}

fn removed(purchase: &Purchase) -> RemovedPurchase {
    match purchase.kind() {
        PurchaseKind::Bill => RemovedPurchase::Bill,
        PurchaseKind::Spent => RemovedPurchase::Spent { account: BANK.to_owned() },
        _ => RemovedPurchase::Order,
    }
}

/// How many of each kind are there and count.
fn there(desk: &Desk) -> [usize; 3] {
    let bills = desk.sim.invoices();
    let spends = desk.sim.bank_transactions();
    let orders = desk.sim.purchase_orders();
    [
        bills.iter().filter(|it| it.status == Status::Authorised).count(),
        spends.iter().filter(|it| !it.deleted).count(),
        orders.iter().filter(|it| it.status == "AUTHORISED").count(),
    ]
}

#[tokio::test]
async fn each_kind_goes_in_once_comes_to_our_sums_and_is_found_as_ours() {
    let desk = desk().await;
    assert!(matches!(desk.find_bought(&supplier("1", "Garage")).await, Found::Absent));
    for purchase in one_of_each(&desk).await {
        assert_eq!(desk.find_bought(&purchase).await, Found::Absent);
        let made = desk.buy(std::slice::from_ref(&purchase)).await.remove(0).expect("bought");
        assert_eq!((made.gross, made.vat), (Some(gbp(6000)), Some(gbp(1000))));
        assert!(purchase.agrees(&made));
        // The same key again is the same request.
        let again = desk.buy(std::slice::from_ref(&purchase)).await.remove(0).expect("replayed");
        assert_eq!(again.id, made.id);
        let Found::Ours(found) = desk.find_bought(&purchase).await else { panic!("{purchase:?}") };
        assert_eq!((found.id.as_str(), found.gross), (made.id.as_str(), made.gross));
    }
    assert!(matches!(desk.find_bought(&supplier("1", "Garage")).await, Found::Ours(_)));
    assert_eq!((there(&desk), desk.sim.duplicates().len()), ([1, 1, 1], 0));
}

#[tokio::test]
async fn sums_that_differ_by_a_cent_are_refused_before_and_told_after() {
    let desk = desk().await;
    let [bill, ..] = one_of_each(&desk).await;
    let Purchase::Bill(ours) = &bill else { panic!("a bill") };
    let calls = desk.sim.requests().len();
    let off = PurchaseDocument { gross: gbp(6001), ..ours.clone() };
    let outcome = desk.buy(&[Purchase::Bill(off)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Rejected { .. })), "{outcome:?}");
    assert_eq!(desk.sim.requests().len(), calls, "nothing was sent");

    let made = desk.buy(std::slice::from_ref(&bill)).await.remove(0).expect("bought");
    let of = |gross| ExternalRef { gross, ..made.clone() };
    assert!(bill.agrees(&made) && !bill.agrees(&of(Some(gbp(5999)))) && !bill.agrees(&of(None)));
    assert!(!bill.agrees(&ExternalRef { vat: Some(gbp(999)), ..made.clone() }));
}

#[tokio::test]
async fn after_a_lost_reply_the_look_up_agrees_with_what_is_there() {
    let desk = desk().await;
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::CutBody),
        Rule::always(Fault::ServerError).after_commit(),
        Rule::always(Fault::EmptyOk),
    ];
    for (index, rule) in faults.into_iter().enumerate() {
        // No number: all look alike but for their mark, and one mark begins another.
        let same = |kind: &str| bought(&format!("K-{kind}{}", "1".repeat(index + 1)), "", &garage);
        let all = [
            Purchase::Bill(same("b")),
            spent(&format!("K-s{}", "1".repeat(index + 1)), &garage),
            Purchase::Order(same("o")),
        ];
        for (at, purchase) in all.iter().enumerate() {
            let before = there(&desk)[at];
            desk.strike(rule.clone().on("PUT", "/api.xro"));
            let outcome = desk.buy(std::slice::from_ref(purchase)).await.remove(0);
            assert!(matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })), "{outcome:?}");
            desk.calm();
            let is_there = there(&desk)[at] > before;
            let found = desk.find_bought(purchase).await;
            assert_eq!(matches!(found, Found::Ours(_)), is_there, "{rule:?} {found:?}");
            assert_eq!(found == Found::Absent, !is_there, "{rule:?} {found:?}");
        }
    }
    assert!(desk.sim.duplicates().is_empty());
}

#[tokio::test]
async fn the_same_bill_typed_in_by_hand_is_somebody_elses_and_another_suppliers_is_none() {
    let desk = desk().await;
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    let other = desk.buy_one(&supplier("2", "Petrol station")).await;
    // Typed in on another day.
    let by_hand = PurchaseDocument { date: on("2026-11-18"), ..bought("hand", "R-7", &garage) };
    desk.buy_one(&Purchase::Bill(by_hand)).await;
    let ours = Purchase::Bill(bought("K-b1", "R-7", &garage));
    assert!(matches!(desk.find_bought(&ours).await, Found::Foreign(_)));
    let theirs = Purchase::Bill(bought("K-b2", "R-7", &other));
    assert_eq!(desk.find_bought(&theirs).await, Found::Absent);
    // Xero takes a number of a bill twice; that of an order once.
    desk.buy_one(&theirs).await;
    assert!(matches!(desk.find_bought(&theirs).await, Found::Ours(_)));
    desk.buy_one(&Purchase::Order(bought("hand", "PO-7", &other))).await;
    let order = Purchase::Order(bought("K-o1", "PO-7", &garage));
    let outcome = desk.buy(std::slice::from_ref(&order)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(matches!(desk.find_bought(&order).await, Found::Foreign(_)));
}

#[tokio::test]
async fn an_invoice_of_ours_with_the_number_of_a_bill_is_no_bill() {
    let desk = desk().await;
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    let sold = sale(&XeroSimulator::codes(), "R-7", &garage);
    desk.create(&providers::document::ExportDocument::Invoice(sold)).await;
    let bill = Purchase::Bill(bought("K-b1", "R-7", &garage));
    assert_eq!(desk.find_bought(&bill).await, Found::Absent);
}

#[tokio::test]
async fn what_no_longer_counts_is_taken_back_once_whoever_did_it() {
    let desk = desk().await;
    for purchase in one_of_each(&desk).await {
        let id = desk.buy_one(&purchase).await;
        let back = taken_back(purchase.reference(), &id, removed(&purchase));
        assert_eq!(desk.find_bought(&back).await, Found::Absent);
        desk.strike(Rule::always(Fault::ConnectionLost).after_commit().on("POST", "/api.xro"));
        let outcome = desk.buy(std::slice::from_ref(&back)).await.remove(0);
        assert!(matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })), "{outcome:?}");
        desk.calm();
        assert!(matches!(desk.find_bought(&back).await, Found::Ours(_)), "{back:?}");
        assert_eq!(desk.find_bought(&purchase).await, Found::Absent, "what is gone is not ours");
        let (unknown, missing) =
            (format!("{}-x", purchase.reference()), "0195aaaa-0000-7000-8000-000000000000");
        let nobody = taken_back(&unknown, missing, removed(&purchase));
        assert!(matches!(desk.find_bought(&nobody).await, Found::Ours(_)));
        desk.buy_one(&nobody).await;
    }
    assert_eq!(there(&desk), [0, 0, 0]);
}

#[tokio::test]
async fn a_bill_that_was_paid_and_money_that_was_reconciled_stay() {
    let desk = desk().await;
    let [bill, spent, _] = one_of_each(&desk).await;
    let (bill_id, spent_id) = (desk.buy_one(&bill).await, desk.buy_one(&spent).await);
    let paid = support::adapter::payment(&XeroSimulator::codes(), "K-p1", &bill_id, 1000);
    desk.create(&paid).await;
    desk.sim.reconcile();
    for (of, id) in [(&bill, &bill_id), (&spent, &spent_id)] {
        let back = taken_back(of.reference(), id, removed(of));
        let outcome = desk.buy(std::slice::from_ref(&back)).await.remove(0);
        assert!(matches!(outcome, Err(ProviderError::Conflict { .. })), "{outcome:?}");
        assert_eq!(desk.find_bought(&back).await, Found::Absent);
    }
}

#[tokio::test]
async fn one_bad_record_of_a_batch_is_refused_alone_and_a_closed_period_says_so() {
    let desk = desk().await;
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    let bill = |at: u32| bought(&format!("K-b{at}"), &format!("R-{at}"), &garage);
    let mut archived = bill(2);
    "299".clone_into(&mut archived.lines[0].account);
    let batch = [bill(1), archived, bill(3)].map(Purchase::Bill);
    assert!(batch.len() <= desk.bought_at_once(&batch[0]));
    let outcomes = desk.buy(&batch).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    let Err(ProviderError::MissingReference { kind, name, .. }) = &outcomes[1] else {
        panic!("{outcomes:?}")
    };
    assert_eq!((*kind, name.as_str()), (ReferenceKind::Account, "299"));

    desk.sim.lock_period(Some(on("2026-11-30")));
    for late in [Purchase::Bill(bill(4)), spent("K-s4", &garage)] {
        let outcome = desk.buy(&[late]).await.remove(0);
        assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
    }
    // An order is in no ledger.
    desk.buy_one(&Purchase::Order(bought("K-o4", "", &garage))).await;
    let mixed = desk.buy(&[Purchase::Bill(bill(5)), spent("K-s5", &garage)]).await;
    assert!(
        mixed.iter().all(|it| matches!(it, Err(ProviderError::BatchRefused { .. }))),
        "{mixed:?}"
    );
}

#[tokio::test]
async fn what_changed_there_is_told_since_a_moment() {
    let clock = noon();
    let desk = desk_at(clock.clone()).await;
    let since = clock.now();
    let [bill, spent, order] = one_of_each(&desk).await;
    for purchase in [&bill, &spent, &order] {
        desk.buy_one(purchase).await;
    }
    let read =
        async |since| desk.adapter.fetch_changes(&desk.session, since).await.expect("changes");
    let first = read(since).await;
    let kinds: Vec<PurchaseKind> = first.records.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [PurchaseKind::Bill, PurchaseKind::Spent, PurchaseKind::Order]);
    for (record, ours) in first.records.iter().zip([&bill, &spent, &order]) {
        assert!(record.reference.contains(ours.reference()), "{record:?}");
        assert_eq!((record.gross, record.vat), (gbp(6000), gbp(1000)));
        assert_eq!(record.state, RemoteState::Live);
    }
    assert_eq!(first.records[0].open, Some(gbp(6000)));

    clock.advance(chrono::TimeDelta::minutes(5));
    let later = clock.now();
    let id = first.records[0].id.clone();
    desk.buy_one(&taken_back("K-b1", &id, RemovedPurchase::Bill)).await;
    let second = read(later).await;
    let told: Vec<_> = second.records.iter().map(|it| (it.kind, it.state)).collect();
    assert_eq!(told, [(PurchaseKind::Bill, RemoteState::Voided)]);
}

#[tokio::test]
async fn the_scopes_of_our_sign_in_are_enough_for_purchases_and_fewer_are_said() {
    let desk = desk().await;
    let garage = desk.buy_one(&supplier("1", "Garage")).await;
    let scoped = |scopes: &str| {
        let token = desk.sim.issue_scoped(scopes).access_token;
        let tokens = Arc::new(office::export::FixedToken(Secret::new(token)));
        Session { tokens, ..desk.session.clone() }
    };
    let send = async |session: &Session, purchase: Purchase| {
        let items = purchase_items(&[purchase]);
        let sent = desk.adapter.push(session, &items).await;
        sent.outcomes.into_iter().next().expect("an outcome")
    };
    let full = scoped(REGISTRATION.scopes);
    send(&full, Purchase::Bill(bought("K-b1", "", &garage))).await.expect("a bill");
    send(&full, spent("K-s1", &garage)).await.expect("money spent");
    send(&full, Purchase::Order(bought("K-o1", "", &garage))).await.expect("an order");
    let fewer = scoped("offline_access accounting.invoices accounting.contacts");
    let refused = send(&fewer, spent("K-s2", &garage)).await;
    assert!(matches!(refused, Err(ProviderError::NotPermitted { .. })), "{refused:?}");
}
