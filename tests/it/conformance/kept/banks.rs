//! Money that comes to no bank account there: Xero keeps none of it on account, so it is told when an
//! invoice takes it, however it was mapped before or is mapped later.

use super::*;
use finance::booking_rule::{BookingRule, BookingRules, Condition, Setting, Span};
use finance::ids::{BookingRuleId, MappingSaveId};
use finance::mapping::{EACH, GROUPED, MappedKind, STUDENTS};
use simulators::faults::{Fault, Rule};
use store::exports::ExportRow;

/// Two bank accounts, and one that takes payments and is none.
const BANK: &str = "090";
const SAVINGS: &str = "091";
const FUNDS: &str = "970";

async fn onto<S: System>(bench: &Bench<S>, account: &str) {
    tell(bench, vec![exporting::mapping(MappedKind::PaymentMethod, "bank", account)]).await;
}

/// A book whose money comes to this account.
async fn book_onto(account: &str) -> Bench<XeroSimulator> {
    let bench = book::<XeroSimulator>().await;
    onto(&bench, account).await;
    bench
}

async fn kept_rows<S: System>(bench: &Bench<S>, view: ExportView) -> Vec<ExportRow> {
    let mut rows = bench.rows(view).await;
    rows.retain(|row| row.kind == ExportKind::OnAccount);
    rows
}

#[tokio::test]
async fn money_that_comes_to_no_bank_there_is_told_when_an_invoice_takes_it() {
    let bench = book_onto(FUNDS).await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000), received(2, 2, 3_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    assert_eq!(bench.sim.ledger().customers, 2, "who paid without an invoice is not told of");
    tell(&bench, vec![set(2, (1, 3), 2_500)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [6_500, 0, 6_500]).await;
    let calls = bench.sim.calls();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls(), calls, "nothing waits");
    tell(&bench, vec![released(2)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    tell(&bench, vec![reversed(1)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [0, 0, 0]).await;
    assert_eq!(kept_rows(&bench, ExportView::All).await, []);
}

#[tokio::test]
async fn money_that_comes_to_no_bank_there_goes_back_through_a_person() {
    let bench = book_onto(FUNDS).await;
    tell(&bench, vec![received(1, 0, 10_000), paid_back(1, (1, 0), 1_000)]).await;
    bench.run_until_quiet().await;
    let classes: Vec<_> = bench.causes().await.into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(classes, [("by_hand".to_owned(), 1)]);
    assert_eq!(there(&bench), [0, 0, 0].map(pounds));
}

#[tokio::test]
async fn a_mapping_onto_a_bank_later_tells_the_rest_once() {
    let bench = book_onto(FUNDS).await;
    tell(&bench, vec![received(1, 0, 10_000), set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    onto(&bench, BANK).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 6_000, 4_000]).await;
    // And away from it again: what was told stays, and is used out of what is there.
    onto(&bench, FUNDS).await;
    tell(&bench, vec![received(2, 1, 5_000), set(2, (1, 3), 2_500), set(3, (2, 1), 1_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [11_000, 3_500, 7_500]).await;
    tell(&bench, vec![reversed(1)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [1_000, 0, 1_000]).await;
}

#[tokio::test]
async fn what_waits_for_a_bank_gives_way_when_it_is_mapped_otherwise() {
    let bench = book_onto(BANK).await;
    tell(&bench, vec![received(1, 0, 10_000), received(2, 1, 700)]).await;
    // Its customers are in doubt, so none of it was sent.
    let lost = Rule::always(Fault::ConnectionLost).on("PUT", "/api.xro/2.0/Contacts");
    bench.sim.set_faults(FaultProfile::of([lost]));
    bench.run().await;
    bench.calm();
    assert_eq!(kept_rows(&bench, ExportView::Waiting).await.len(), 2);
    onto(&bench, FUNDS).await;
    tell(&bench, vec![set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    assert_eq!(kept_rows(&bench, ExportView::Waiting).await, []);
    // Back onto a bank: the part that gave way comes back, for what is unused now.
    onto(&bench, SAVINGS).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_700, 6_700, 4_000]).await;
    let made = bench.sim.bank_transactions();
    let accounts: Vec<&str> = made.iter().map(|it| it.account_code.as_str()).collect();
    assert_eq!(accounts, [SAVINGS, SAVINGS]);
}

/// What is said to be a bank account and is none: refused once, and then told as other money is.
#[tokio::test]
async fn what_was_refused_for_its_account_is_told_when_an_invoice_takes_it() {
    let bench = book_onto(FUNDS).await;
    let accounts = exporting::accounts_there::<XeroSimulator>();
    let wrong = accounts.iter().map(|(code, _)| (code.clone(), "bank")).collect::<Vec<_>>();
    exporting::read_there(&bench.store, HERE, &wrong).await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    bench.run().await;
    assert_eq!(
        kept_rows(&bench, ExportView::Attention).await.len(),
        1,
        "Xero takes it nowhere else"
    );
    assert_eq!(there(&bench), [0, 0, 0].map(pounds));
    exporting::read_there(&bench.store, HERE, &accounts).await;
    tell(&bench, vec![set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    assert_eq!(kept_rows(&bench, ExportView::Attention).await, []);
    onto(&bench, BANK).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 6_000, 4_000]).await;
}

/// What an invoice was to take out of a part that was in doubt is not lost when the part turns out not to
/// be there and is refused.
#[tokio::test]
async fn what_was_to_come_out_of_a_part_that_gives_way_is_told_without_it() {
    let bench = book_onto(BANK).await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    let lost = Rule::always(Fault::ConnectionLost).on("PUT", "/api.xro/2.0/BankTransactions");
    bench.sim.set_faults(FaultProfile::of([lost.nth(1)]));
    bench.run().await;
    assert_eq!(kept_rows(&bench, ExportView::Checking).await.len(), 1);
    onto(&bench, FUNDS).await;
    tell(&bench, vec![set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    assert_eq!(bench.sim.ledger().allocations, 0, "it was received for its invoice");
}

/// The same where it arrived: it is used out of what is there.
#[tokio::test]
async fn what_arrived_before_it_was_mapped_otherwise_is_used_there() {
    let bench = book_onto(BANK).await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    let lost = Rule::always(Fault::ConnectionLost).on("PUT", "/api.xro/2.0/BankTransactions");
    bench.sim.set_faults(FaultProfile::of([lost.nth(1).after_commit()]));
    bench.run().await;
    onto(&bench, FUNDS).await;
    tell(&bench, vec![set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 6_000, 4_000]).await;
}

/// Nothing is there of it that could be taken back.
#[tokio::test]
async fn a_reversal_of_a_part_that_gives_way_takes_nothing_back() {
    let bench = book_onto(BANK).await;
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    let lost = Rule::always(Fault::ConnectionLost).on("PUT", "/api.xro/2.0/BankTransactions");
    bench.sim.set_faults(FaultProfile::of([lost.nth(1)]));
    bench.run().await;
    onto(&bench, FUNDS).await;
    tell(&bench, vec![reversed(1)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [0, 0, 0]).await;
    assert_eq!(bench.sim.bank_transactions().len(), 0);
}

/// A rule comes before the mapping, here as everywhere.
#[tokio::test]
async fn a_rule_decides_whether_money_comes_to_a_bank_there() {
    let bench = book_onto(FUNDS).await;
    let over = Span { from: Some(Decimal::from(50)), to: None };
    let rule = BookingRule {
        id: BookingRuleId(Uuid::from_u128(0xE9_0001)),
        name: "Large amounts".to_owned(),
        on: true,
        when: vec![Condition::Amount(over)],
        set: vec![Setting::PaymentAccount(BANK.to_owned())],
    };
    let rules = FactBody::BookingRulesSet(BookingRules {
        connection_id: HERE,
        department_id: None,
        rules: vec![rule],
        save_id: MappingSaveId(Uuid::from_u128(0xE9_0002)),
    });
    tell(&bench, vec![rules, received(1, 0, 10_000), received(2, 1, 3_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 10_000, 0]).await;
}

/// Whatever happens and however it is mapped meanwhile: mapped onto a bank in the end, the bank there
/// is the bank here.
#[tokio::test]
async fn however_it_is_mapped_meanwhile_nothing_is_told_twice_or_lost() {
    let mut exact = 0;
    for seed in 20..32_u64 {
        let bench = book_onto(FUNDS).await;
        let mut purse = Purse::new(seed, true);
        for _ in 0..14 {
            let step = purse.step();
            tell(&bench, step).await;
            if purse.chance(3) {
                onto(&bench, [BANK, SAVINGS, FUNDS][purse.roll(3)]).await;
            }
            if purse.chance(2) {
                bench.run().await;
            }
        }
        bench.run_until_quiet().await;
        onto(&bench, BANK).await;
        bench.run_until_quiet().await;
        bench.time.0.advance(TimeDelta::minutes(2));
        bench.run_until_quiet().await;
        let causes = bench.causes().await;
        assert!(causes.iter().all(|(class, ..)| class == "by_hand"), "seed {seed}: {causes:?}");
        if causes.is_empty() {
            exact += 1;
            assert_eq!(there(&bench), purse.expected(), "seed {seed}: {:?}", purse.told);
        }
        assert_eq!(bench.rows(ExportView::Blocked).await.len(), 0);
        assert_eq!(System::duplicates(&*bench.sim), Vec::<String>::new());
    }
    assert!(exact >= 4, "{exact} of 12");
}

#[tokio::test]
async fn money_of_students_that_are_one_customer_is_told_when_an_invoice_takes_it() {
    let bench = book_onto(BANK).await;
    tell(&bench, vec![exporting::mapping(MappedKind::Customer, STUDENTS, GROUPED)]).await;
    tell(&bench, vec![received(1, 0, 10_000), received(2, 2, 3_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [0, 0, 0]).await;
    assert_eq!(bench.sim.ledger().customers, 1);
    tell(&bench, vec![set(1, (1, 0), 4_000)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [4_000, 0, 4_000]).await;
    assert_eq!(kept_rows(&bench, ExportView::All).await, []);
}

#[tokio::test]
async fn a_part_that_waits_when_students_become_one_customer_is_told_no_more_and_comes_back() {
    let bench = book_onto(BANK).await;
    let lost = Rule::always(Fault::ConnectionLost).on("PUT", "/api.xro/2.0/Contacts");
    bench.sim.set_faults(FaultProfile::of([lost]));
    tell(&bench, vec![received(1, 0, 10_000)]).await;
    bench.run().await;
    assert_eq!(kept_rows(&bench, ExportView::Waiting).await.len(), 1);
    tell(&bench, vec![exporting::mapping(MappedKind::Customer, STUDENTS, GROUPED)]).await;
    assert_eq!(kept_rows(&bench, ExportView::Waiting).await, []);
    bench.calm();
    bench.run_until_quiet().await;
    expect(&bench, [0, 0, 0]).await;
    tell(&bench, vec![exporting::mapping(MappedKind::Customer, STUDENTS, EACH)]).await;
    bench.run_until_quiet().await;
    expect(&bench, [10_000, 10_000, 0]).await;
}
