//! A company whose books are in another currency than the school's own.

use super::*;
use support::exporting::{accounts_there, read_currencies};

/// Its books are in euros, and the school's are in pounds.
pub async fn books_in_another_currency_are_told_nothing_that_has_no_rate_to_it<S: System>() {
    let wish = Wish::of(20);
    let bench = Bench::<S>::of(wish).await;
    let accounts = accounts_there::<S>();
    read_currencies(&bench.store, HERE, &accounts, &["EUR", "GBP"]).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.ledger().invoices, 0, "nothing was sent");
    let causes = bench.causes().await;
    let told = causes.iter().find(|(class, ..)| class == "mapping_missing").expect("a cause");
    let params: serde_json::Value = serde_json::from_str(&told.2).expect("parameters");
    assert_eq!((&params["label"], &params["books"]), (&"GBP".into(), &"EUR".into()));

    // Read again, and its books are in pounds.
    read_currencies(&bench.store, HERE, &accounts, &["GBP", "EUR"]).await;
    release_all(&bench).await;
    bench.run_until_quiet().await;
    bench.expect_exactly_once(&wish).await;
}
