//! Ten connections of one book at once, each held against one alone.

use crate::clocked::{Report, Result};
use finance::ids::ConnectionId;
use office::clock::SystemClock;
use office::events::Events;
use office::export::{Driver, Engine, EngineSetup, FixedToken, PushDriver, RunOutcome};
use providers::session::Secret;
use simulators::xero::XeroSimulator;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::engine::xero;
use support::exporting::{self, Wish};
use support::system::System;
use support::wrapped::{Moment, Wrapped, small_and_fast};
use uuid::Uuid;

/// Connections at once; one more is tried alone.
const CONNECTIONS: usize = 10;

/// What a call takes there. Five calls of five records at once are then fifty records a second: what
/// Xero's published limit of a call a second allows with batches of fifty.
const LATENCY: Duration = Duration::from_millis(500);

/// How much slower each may be than one alone, in percent.
const SLOWER_PERCENT: u128 = 10;

/// Times one connection, and then ten others together.
pub async fn at_once(report: &mut Report, small: bool) -> Result<()> {
    let wish = Wish { credited_every: 1_000_000, ..Wish::of(if small { 100 } else { 300 }) };
    let ids = (0..=CONNECTIONS as u128).map(|place| ConnectionId(Uuid::from_u128(0xC0 + place)));
    let ids: Vec<ConnectionId> = ids.collect();
    let mut sims = Vec::new();
    for _ in &ids {
        sims.push(XeroSimulator::taking(LATENCY).await);
    }
    let home = tempfile::tempdir()?;
    let company = sims[0].company();
    let path = home.path().join("book.kontor");
    let (store, _) = exporting::book_of_many::<XeroSimulator>(&path, &company, wish, &ids).await;
    let setup = EngineSetup::default();
    let engine =
        Arc::new(Engine::new(store.clone(), Arc::new(SystemClock), Events::default(), setup));
    let alone = timed(engine.clone(), ids[0], driver(&sims[0])).await?;
    let mut runs = tokio::task::JoinSet::new();
    for (id, sim) in ids.iter().zip(&sims).skip(1) {
        let (engine, driver) = (engine.clone(), driver(sim));
        let id = *id;
        runs.spawn(async move { timed(engine, id, driver).await.map_err(|it| it.to_string()) });
    }
    let mut slowest = Duration::ZERO;
    while let Some(took) = runs.join_next().await {
        slowest = slowest.max(took??);
    }
    if sims.iter().any(|sim| sim.ledger() != wish.ledger()) {
        return Err("a connection did not get everything once".into());
    }
    let percent = slowest.as_micros() * 100 / alone.as_micros().max(1);
    let figure = format!("{percent} % of {} ms alone, the slowest of ten", alone.as_millis());
    let held = percent <= 100 + SLOWER_PERCENT;
    report.figure("engine, ten connections at once", figure, "<= 110 % of the time alone", held);
    store.close().await;
    Ok(())
}

fn driver(sim: &XeroSimulator) -> Driver {
    let strike = |_: Moment| {};
    let capabilities = small_and_fast(XeroSimulator::PROVIDER);
    let company = sim.company();
    let token = Secret::new(sim.access_token(&company));
    Driver::Push(PushDriver {
        adapter: Arc::new(Wrapped { inner: xero(), capabilities, strike, poison: None }),
        endpoints: sim.endpoints(),
        company,
        tokens: Arc::new(FixedToken(token)),
    })
}

async fn timed(engine: Arc<Engine>, id: ConnectionId, driver: Driver) -> Result<Duration> {
    let begun = Instant::now();
    match engine.run(id, driver).await.map_err(|fault| format!("{fault:?}"))? {
        RunOutcome::Ran(_, None) => Ok(begun.elapsed()),
        other => Err(format!("a run ended early: {other:?}").into()),
    }
}
