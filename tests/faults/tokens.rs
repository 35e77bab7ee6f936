//! Ten questions at once over a token that is over, again and again.

use crate::Trial;
use crate::table::Table;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use support::signing_in::{SignsIn, connect, desk};

/// Questions that find the token over at the same moment.
const AT_ONCE: usize = 10;

/// One renewal for all of them, and nobody is turned away.
pub async fn tell<S: SignsIn>(trial: &Trial, table: &mut Table) {
    let begun = Instant::now();
    let sim = S::strict().await;
    let desk = Arc::new(desk(&sim).await);
    let id = connect::<S>(&desk).await;
    let (mut turned_away, mut other) = (0, 0);
    for _ in 0..trial.size.races {
        // A token that is refused straight after it came is no token that is over.
        desk.clock.advance_seconds(3_600);
        let before = sim.token_calls();
        sim.expire();
        let questions = (0..AT_ONCE).map(|_| {
            let (desk, request) = (desk.clone(), json!({ "id": id }));
            tokio::spawn(async move { desk.call("check_connection", request).await })
        });
        for question in questions.collect::<Vec<_>>() {
            let answer = question.await.expect("ended");
            turned_away += usize::from(!answer.is_ok_and(|view| view["state"] == "to_map"));
        }
        other += usize::from(sim.token_calls() - before != 1);
    }
    let figure = format!(
        "{} times {AT_ONCE} at once: {other} times not one renewal, {turned_away} turned away",
        trial.size.races
    );
    let name = format!("{}: a token that is over", S::PROVIDER.key());
    table.add(&name, figure, "one renewal, nobody turned away", other + turned_away == 0);
    println!("  {:.0?}", begun.elapsed());
}
