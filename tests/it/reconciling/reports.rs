//! Trial balances of systems that have one: they come to nothing, and say what was sent.

use super::session;
use chrono::{Datelike as _, NaiveDate};
use finance::Money;
use providers::ProviderAdapter as _;
use providers::document::Period;
use providers::report::{RemoteReport, ReportKind, ReportRow};
use simulators::sage::SageSimulator;
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

async fn says_what_was_sent<S: System>() {
    let wish = Wish::of(20);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    let trial = report(&bench, ReportKind::TrialBalance, day()).await;
    assert_eq!(sum(trial.rows.iter()), 0, "{trial:?}");

    let mut view = bench.store.read().await.expect("a view");
    let mut booked = async |kind| {
        let span = (year(), day());
        let rows = view.booked_there(support::exporting::CONNECTION, kind, span, i64::MAX).await;
        rows.expect("ours").iter().map(|it| it.amount).map(Money::minor).sum::<i64>()
    };
    let sold = booked(finance::mapping::MappedKind::Service).await;
    let paid = booked(finance::mapping::MappedKind::PaymentMethod).await;
    assert!(sold > 0 && paid > 0, "{sold} {paid}");
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
