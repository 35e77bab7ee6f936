//! What happens when the wire breaks.

use super::Bench;
use simulators::faults::{Fault, FaultProfile, Rule};
use store::exports::ExportView;
use support::exporting::Wish;

#[tokio::test]
async fn a_fifth_of_the_replies_lost_makes_no_duplicate_and_loses_nothing() {
    let wish = Wish::of(600);
    let bench = Bench::new(wish).await;
    let lossy = FaultProfile::named("lossy").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 11, ..lossy });
    bench.run_until_quiet().await;
    assert!(!bench.sim.fired().is_empty());
    bench.expect_exactly_once(&wish).await;
}

#[tokio::test]
async fn a_storm_of_refusals_ends_with_every_record_there_once() {
    let wish = Wish::of(200);
    let bench = Bench::new(wish).await;
    let storm = FaultProfile::named("storm").expect("a profile");
    bench.sim.set_faults(FaultProfile { seed: 5, ..storm });
    bench.run_until_quiet().await;
    bench.calm();
    // Whoever used up its tries under the storm is sent again by a person.
    let records: Vec<i64> =
        bench.rows(ExportView::Attention).await.iter().map(|row| row.id).collect();
    let mut tx = bench.store.begin().await.expect("a transaction");
    tx.release_exports(&records, bench.time.0.now().timestamp_millis()).await.expect("released");
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

#[tokio::test]
async fn every_single_fault_at_any_moment_ends_with_every_record_there_once() {
    let wish = Wish { students: 3, ..Wish::of(30) };
    let faults = [
        Fault::ConnectionLost,
        Fault::CutBody,
        Fault::ServerError,
        Fault::BadGateway,
        Fault::Maintenance,
        Fault::SignInPage,
        Fault::TruncatedJson,
        Fault::MalformedJson,
        Fault::EmptyOk,
        Fault::WrongContentType,
        Fault::ExpiredToken,
        Fault::RateLimited { retry_after_s: Some(30), problem: "minute".to_owned() },
        Fault::Redirect { location: "http://127.0.0.1:9/".to_owned() },
    ];
    for fault in faults {
        for late in [false, true] {
            let bench = Bench::new(wish).await;
            // A token that dies again while the call is repeated is a sign-in that ended.
            let times = if fault == Fault::ExpiredToken { 1 } else { 4 };
            let rules = (1..=times).map(|place| {
                let rule = Rule::always(fault.clone()).on("PUT", "/api.xro").nth(place * 2);
                if late { rule.after_commit() } else { rule }
            });
            bench.sim.set_faults(FaultProfile::of(rules));
            bench.run_until_quiet().await;
            assert!(!bench.sim.fired().is_empty());
            println!(
                "{fault:?} late {late}: {:?} {:?}",
                bench.counts().await,
                bench.causes().await
            );
            bench.expect_exactly_once(&wish).await;
        }
    }
}

#[tokio::test]
async fn a_dead_line_rests_the_connection_and_costs_no_attempt() {
    let wish = Wish::of(50);
    let bench = Bench::new(wish).await;
    bench.sim.set_faults(FaultProfile::of([Rule::always(Fault::Maintenance)]));
    for _ in 0..12 {
        bench.run().await;
        bench.time.0.advance(chrono::TimeDelta::seconds(31));
    }
    let calls = bench.sim.fired().len();
    assert!(calls < 40, "{calls} calls to a system that is down");
    assert!(bench.rows(ExportView::Waiting).await.iter().all(|row| row.attempts == 0));
    bench.calm();
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}
