//! What happens when the wire breaks.

use super::Bench;
use simulators::faults::{Fault, FaultProfile, Rule};
use store::exports::ExportView;
use support::exporting::{CONNECTION, Wish};

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
        Fault::GatewayTimeout,
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

#[tokio::test]
async fn a_gateway_that_answers_writes_in_vain_rests_the_connection() {
    let wish = Wish { credited_every: 1_000, paid_every: 1_000, ..Wish::of(1_000) };
    let bench = Bench::new(wish).await;
    bench.sim.set_faults(FaultProfile::of([Rule::always(Fault::BadGateway).on("PUT", "/api.xro")]));
    bench.run().await;
    let calls = bench.sim.fired().len();
    assert!(calls < 12, "{calls} calls to a gateway that gives up");
    bench.calm();
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

/// Whoever signed in has lost the role for invoices: a few calls say so, and not one for each of them.
#[tokio::test]
async fn what_a_company_refuses_altogether_is_not_asked_of_each_document() {
    let wish = Wish { credited_every: 1_000, paid_every: 1_000, ..Wish::of(900) };
    let bench = Bench::new(wish).await;
    let forbidden = Rule::always(Fault::Forbidden).on("PUT", "/api.xro/2.0/Invoices");
    bench.sim.set_faults(FaultProfile::of([forbidden]));
    bench.run_until_quiet().await;
    let calls = bench.sim.fired().len();
    assert!(calls < 6, "{calls} calls to be refused");
    let [(class, records, _)] = &bench.causes().await[..] else { panic!("one cause") };
    assert_eq!((class.as_str(), *records), ("not_permitted", 900));
    bench.time.0.advance(chrono::TimeDelta::hours(2));
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.fired().len(), calls, "nothing is tried until a person says so");
    bench.calm();
    let now_ms = bench.time.0.now().timestamp_millis();
    let mut tx = bench.store.begin().await.expect("a transaction");
    let whole = [String::new()];
    tx.resolve_causes(CONNECTION, "not_permitted", &whole, now_ms).await.expect("resolved");
    tx.commit().await.expect("committed");
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

/// On Friday the power failed; on Monday the first look-ups meet a line that is not up yet.
#[tokio::test]
async fn nobody_is_asked_of_a_doubt_that_could_not_be_looked_into() {
    let wish = Wish::of(30);
    let bench = Bench::new(wish).await;
    let lost = Rule::always(Fault::ConnectionLost).after_commit().on("PUT", "/api.xro");
    bench.sim.set_faults(FaultProfile::of([lost]));
    bench.run().await;
    assert!(bench.counts().await.checking > 0);
    let bench = bench.killed().await;
    bench.time.0.advance(chrono::TimeDelta::days(3));
    bench.sim.set_faults(FaultProfile::of([Rule::always(Fault::ConnectionLost)]));
    for _ in 0..5 {
        bench.run().await;
        bench.time.0.advance(chrono::TimeDelta::minutes(1));
    }
    assert_eq!(bench.causes().await, []);
    bench.calm();
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}

/// And after a day of look-ups in vain somebody is told.
#[tokio::test]
async fn a_day_of_look_ups_in_vain_asks_a_person() {
    let bench = Bench::new(Wish::of(3)).await;
    let lost = Rule::always(Fault::ConnectionLost).after_commit().on("PUT", "/api.xro");
    bench.sim.set_faults(FaultProfile::of([lost]));
    bench.run().await;
    bench.sim.set_faults(FaultProfile::of([Rule::always(Fault::ConnectionLost)]));
    for _ in 0..60 {
        bench.run().await;
        bench.time.0.advance(chrono::TimeDelta::minutes(30));
    }
    let causes: Vec<String> = bench.causes().await.into_iter().map(|(class, ..)| class).collect();
    assert!(causes.iter().any(|class| class == "unknown_outcome"), "{causes:?}");
}
