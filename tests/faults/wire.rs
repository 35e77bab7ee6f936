//! Every way an answer can be spoilt, one after the other.

use crate::Trial;
use crate::lost::settle;
use crate::table::Table;
use simulators::faults::{Fault, FaultProfile, Rule};
use std::time::{Duration, Instant};
use support::exporting::Wish;
use support::scene::{Comparison, Scene};
use support::system::System;

/// Calls of a thousand that are met, and the most that are.
const PER_MILLE: u16 = 500;
const TIMES: u64 = 8;

/// Invoices recorded for each of them.
const PORTION: usize = 40;

/// How long a system asks to wait.
const RETRY_AFTER_S: u64 = 2;

/// What goes wrong, and how often at most.
fn faults() -> Vec<(&'static str, Rule)> {
    let rule = |fault: Fault| Rule::always(fault).per_mille(PER_MILLE).times(TIMES);
    let slow = |ms_per_byte, bytes| Fault::SlowBody { ms_per_byte, bytes };
    vec![
        ("reset before", rule(Fault::ConnectionLost)),
        ("reset after", rule(Fault::ConnectionLost).after_commit()),
        ("half a body", rule(Fault::CutBody)),
        ("truncated JSON", rule(Fault::TruncatedJson)),
        ("malformed JSON", rule(Fault::MalformedJson)),
        ("wrong content type", rule(Fault::WrongContentType)),
        ("empty 200", rule(Fault::EmptyOk)),
        ("HTML sign-in page", rule(Fault::SignInPage)),
        ("500 before", rule(Fault::ServerError)),
        ("500 after", rule(Fault::ServerError).after_commit()),
        ("502", rule(Fault::BadGateway)),
        ("502 after", rule(Fault::BadGateway).after_commit()),
        ("503", rule(Fault::Maintenance)),
        ("504", rule(Fault::GatewayTimeout)),
        ("504 after", rule(Fault::GatewayTimeout).after_commit()),
        ("redirect", rule(Fault::Redirect { location: "http://127.0.0.1:9/".to_owned() })),
        ("100 MB body", rule(Fault::HugeBody { bytes: 100 << 20 }).times(4)),
        ("a slow body", rule(slow(10, 40))),
        // Longer than anyone waits for an answer.
        ("a byte each second", rule(slow(1_000, 600)).times(2)),
        ("429 without a time", rule(limit(None)).times(2)),
    ]
}

fn limit(retry_after_s: Option<u64>) -> Fault {
    Fault::RateLimited { retry_after_s, problem: "minute".to_owned() }
}

/// Each fault in turn over the same book, which grows meanwhile.
pub async fn tell<S: System>(trial: &Trial, table: &mut Table) {
    let begun = Instant::now();
    let wish = Wish { students: 4, ..Wish::of(PORTION) };
    let mut scene = Scene::<S>::new(&trial.worker, wish, Duration::ZERO, trial.seed).await;
    let (mut whole, mut fired, mut asked) = (Comparison::default(), 0, 0);
    for (place, (name, rule)) in faults().into_iter().enumerate() {
        if place > 0 {
            scene.feed(PORTION).await;
        }
        let seed = trial.seed + place as u64;
        scene.sim.set_faults(FaultProfile { seed, rules: vec![rule] });
        scene.finish().await;
        let struck = scene.sim.fired().len();
        scene.sim.set_faults(FaultProfile::default());
        let released = settle(&mut scene).await;
        println!("  {name}: {struck} times, {released} shown to a person");
        (fired, asked) = (fired + struck, asked + released);
        whole = scene.compare().await;
        if !whole.is_clean() {
            break;
        }
    }
    let name = S::PROVIDER.key();
    let led =
        format!("{fired} spoilt answers of {} kinds, {asked} shown to a person", faults().len());
    table.compare(&format!("{name}: spoilt answers"), &led, &whole);
    waits(&mut scene, table).await;
    table.memory(&format!("{name}: memory, spoilt answers"), scene.peak_kib);
    println!("  {:.0?}", begun.elapsed());
}

/// A limit with a time: nothing arrives before.
async fn waits<S: System>(scene: &mut Scene<S>, table: &mut Table) {
    scene.feed(PORTION).await;
    let begun = chrono::Utc::now();
    let rule = Rule::always(limit(Some(RETRY_AFTER_S))).nth(3);
    scene.sim.set_faults(FaultProfile::of([rule]));
    settle(scene).await;
    let arrivals: Vec<_> = scene.sim.arrivals().into_iter().filter(|at| *at > begun).collect();
    let silences = arrivals.windows(2).map(|pair| pair[1] - pair[0]);
    let longest_ms = silences.map(|silence| silence.num_milliseconds()).max().unwrap_or(0);
    // Calls that were on their way already arrive a little later.
    let least_ms = i64::try_from(RETRY_AFTER_S * 1_000).expect("short") - 100;
    let name = format!("{}: asked to wait {RETRY_AFTER_S} s", S::PROVIDER.key());
    let figure = format!("no call for {longest_ms} ms");
    table.add(&name, figure, &format!(">= {least_ms} ms"), longest_ms >= least_ms);
    scene.sim.set_faults(FaultProfile::default());
}
