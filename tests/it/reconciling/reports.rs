//! Reports of systems: a trial balance comes to nothing, and all say what was sent.

use super::session;
use chrono::{Datelike as _, NaiveDate};
use finance::Money;
use providers::ProviderAdapter as _;
use providers::ProviderError;
use providers::document::Period;
use providers::report::{RemoteReport, ReportKind, ReportRow};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use support::engine::{Bench, adapter};
use support::exporting::{Wish, day};
use support::system::System;

#[tokio::test]
async fn xero_says_what_was_sent_to_the_minor_unit() {
    says_what_was_sent::<XeroSimulator>().await;
}

#[tokio::test]
async fn sage_says_what_was_sent_to_the_minor_unit() {
    says_what_was_sent::<SageSimulator>().await;
}

#[tokio::test]
async fn quickbooks_says_what_was_sent_to_the_minor_unit() {
    says_what_was_sent::<QboSimulator>().await;
}

/// Sales and payments of a run, as they are told in days.
#[tokio::test]
async fn the_general_ledger_and_the_cash_flow_of_quickbooks_say_what_was_sent() {
    let bench = Bench::<QboSimulator>::of(Wish::of(20)).await;
    bench.run_until_quiet().await;
    let (_, paid) = the_ledger_says_what_was_sent(&bench, ("item:1", "account:4")).await;
    let flow = report(&bench, ReportKind::CashFlow, day()).await;
    let net = flow.rows.last().expect("a sum");
    assert!(net.is_sum && net.amount.minor() == paid, "{flow:?}");

    let after = ledger_of_the_day_after(&bench).await;
    assert!(after.rows.iter().all(|row| row.is_sum && row.amount.is_zero()), "{after:?}");
}

#[tokio::test]
async fn the_general_ledger_of_sage_says_what_was_sent_over_several_pages() {
    let bench = Bench::<SageSimulator>::of(Wish::of(60)).await;
    bench.run_until_quiet().await;
    let codes = SageSimulator::codes();
    let read = || bench.sim.calls().get("GET /v3.1/ledger_entries").copied().unwrap_or_default();
    the_ledger_says_what_was_sent(&bench, (&codes.sales, &codes.bank)).await;
    assert!(read() > 1, "one page only: {:?}", bench.sim.calls());
    assert_eq!(ledger_of_the_day_after(&bench).await.rows, []);

    let gone = bench.sim.invoices().into_iter().find(|it| it.outstanding == it.total);
    let gone = gone.expect("an unpaid invoice");
    let told = |ledger: &RemoteReport| {
        let lines = ledger.rows.iter().filter(|row| !row.is_sum);
        lines.filter(|row| row.name.split(' ').any(|word| word == gone.number)).count()
    };
    assert!(told(&report(&bench, ReportKind::GeneralLedger, day()).await) > 1);
    bench.sim.tamper(gone.reference.as_deref().expect("a number"), Tampering::Voided);
    assert_eq!(told(&report(&bench, ReportKind::GeneralLedger, day()).await), 0, "it is void");
}

#[tokio::test]
async fn a_report_that_a_system_does_not_have_is_asked_of_nobody() {
    let bench = Bench::<XeroSimulator>::of(Wish::of(1)).await;
    let calls = bench.sim.requests().len();
    let period = Period { from: year(), to: day() };
    for kind in [ReportKind::CashFlow, ReportKind::GeneralLedger] {
        let answer = adapter::<XeroSimulator>().fetch_report(&session(&bench), kind, period).await;
        assert_eq!(answer, Err(ProviderError::Unsupported));
    }
    assert_eq!(bench.sim.requests().len(), calls);
}

/// Both accounts come to what was sent, line by line; gives what was sold and paid.
async fn the_ledger_says_what_was_sent<S: System>(
    bench: &Bench<S>,
    (income, bank): (&str, &str),
) -> (i64, i64) {
    let (sold, paid) = sent(bench).await;
    let ledger = report(bench, ReportKind::GeneralLedger, day()).await;
    let of = |code: &str| {
        let has = |row: &&ReportRow| row.codes.iter().any(|it| it == code);
        ledger.rows.iter().find(has).expect("an account")
    };
    let (income, bank) = (of(income), of(bank));
    assert_eq!((income.amount.minor(), bank.amount.minor()), (sold, paid), "{ledger:?}");
    for sum_row in ledger.rows.iter().filter(|row| row.is_sum) {
        let is_its = |row: &&ReportRow| row.section == sum_row.section && !row.is_sum;
        assert_eq!(sum(ledger.rows.iter().filter(is_its)), sum_row.amount.minor(), "{sum_row:?}");
    }
    (sold, paid)
}

/// A ledger of a day on which nothing happened.
async fn ledger_of_the_day_after<S: System>(bench: &Bench<S>) -> RemoteReport {
    let next = day().succ_opt().expect("a day");
    let next = Period { from: next, to: next };
    let after = adapter::<S>().fetch_report(&session(bench), ReportKind::GeneralLedger, next).await;
    after.expect("a ledger of a day on which nothing happened")
}

async fn report<S: System>(bench: &Bench<S>, kind: ReportKind, to: NaiveDate) -> RemoteReport {
    let period = Period { from: year(), to };
    let answer = adapter::<S>().fetch_report(&session(bench), kind, period).await;
    answer.expect("a report")
}

fn year() -> NaiveDate {
    NaiveDate::from_ymd_opt(day().year(), 1, 1).expect("a day")
}

fn sum<'a>(rows: impl Iterator<Item = &'a ReportRow>) -> i64 {
    rows.map(|row| row.amount.minor()).sum()
}

/// What of ours is there: sales without VAT, and payments.
async fn sent<S: System>(bench: &Bench<S>) -> (i64, i64) {
    let mut view = bench.store.read().await.expect("a view");
    let mut booked = async |kind| {
        let span = (year(), day());
        let rows = view.booked_there(support::exporting::CONNECTION, kind, span, i64::MAX).await;
        rows.expect("ours").iter().map(|it| it.amount).map(Money::minor).sum::<i64>()
    };
    let sold = booked(finance::mapping::MappedKind::Service).await;
    let paid = booked(finance::mapping::MappedKind::PaymentMethod).await;
    assert!(sold > 0 && paid > 0, "{sold} {paid}");
    (sold, paid)
}

async fn says_what_was_sent<S: System>() {
    let wish = Wish::of(20);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    let trial = report(&bench, ReportKind::TrialBalance, day()).await;
    assert_eq!(sum(trial.rows.iter()), 0, "{trial:?}");

    let (sold, paid) = sent(&bench).await;
    let is_income = |row: &&ReportRow| ["Revenue", "Income"].contains(&row.section.as_str());
    assert_eq!(sum(trial.rows.iter().filter(is_income)), -sold, "{trial:?}");

    let result = report(&bench, ReportKind::ProfitAndLoss, day()).await;
    let lines = || result.rows.iter().filter(|row| !row.is_sum);
    assert_eq!(sum(lines().filter(is_income)), sold, "{result:?}");
    let sheet = report(&bench, ReportKind::BalanceSheet, day()).await;
    assert!(sheet.rows.iter().any(|row| !row.is_sum && row.amount.minor() == paid), "{sheet:?}");

    let eve = day().pred_opt().expect("a day");
    let before = report(&bench, ReportKind::TrialBalance, eve).await;
    assert_eq!(sum(before.rows.iter().filter(is_income)), 0);
}
