//! Both books compared, entry by entry.

use super::{entries, wish};
use chrono::TimeDelta;
use finance::Money;
use finance::journal::Booking;
use office::reconcile::{Outcome, Pair, listed, pair};
use providers::ProviderAdapter as _;
use providers::document::{EntryLine, ExportDocument, JournalDocument, Period, PushItem};
use providers::session::Session;
use std::sync::Arc;
use store::ReconciledSpan;
use support::engine::{Bench, HERE, adapter};
use support::exporting::day;
use support::journals::{Journals, accounts};
use support::wrapped::Unwatched;

pub async fn what_was_sent_agrees_and_only_what_bears_our_mark_is_compared<S: Journals>() {
    let wish = wish(30, Booking::JournalPerDocument);
    let bench = Bench::<S>::of(wish).await;
    bench.run_until_quiet().await;
    // The accountant's own, and one of ours that this book does not hold.
    make::<S>(&bench, "ACCRUAL-7", 1).await;
    let pairs = compared(&bench).await;
    assert_eq!(pairs.len(), entries(&wish));
    let odd: Vec<_> = pairs.iter().filter(|it| it.outcome != Outcome::Agreed).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    make::<S>(&bench, "K-0123456789abcdef", 2).await;
    let pairs = compared(&bench).await;
    let odd: Vec<_> = pairs.iter().filter(|it| it.outcome != Outcome::Agreed).collect();
    assert_eq!(odd.len(), 1, "{odd:#?}");
    assert_eq!(odd[0].outcome, Outcome::MissingHere);
    assert_eq!(odd[0].theirs.as_ref().map(|it| it.gross), Some(gbp(1_000)));
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse().expect("a currency"))
}

fn session<S: Journals>(bench: &Bench<S>) -> Session {
    Session {
        endpoints: bench.sim.endpoints(),
        company: bench.sim.company(),
        tokens: bench.tokens.clone(),
        watch: Arc::new(Unwatched),
    }
}

/// Ten pounds from one account to another.
async fn make<S: Journals>(bench: &Bench<S>, reference: &str, key: u32) {
    let codes = accounts(S::PROVIDER);
    let line = |at: usize, minor| EntryLine {
        account: codes[at].1.clone(),
        description: "By hand".to_owned(),
        tracking: String::new(),
        amount: gbp(minor),
    };
    let document = ExportDocument::Journal(JournalDocument {
        reference: reference.to_owned(),
        label: "By hand".to_owned(),
        date: day(),
        lines: vec![line(0, 1_000), line(4, -1_000)],
        total: gbp(1_000),
    });
    let item = PushItem { document, idempotency_key: format!("{key:032x}") };
    let answer = adapter::<S>().push(&session(bench), &[item]).await;
    assert!(answer.outcomes[0].is_ok(), "{answer:?}");
}

async fn compared<S: Journals>(bench: &Bench<S>) -> Vec<Pair> {
    let (from, to) = (day() - TimeDelta::days(3), day() + TimeDelta::days(3));
    let answer = adapter::<S>().fetch_entries(&session(bench), Period { from, to }).await;
    let theirs = listed(&answer.expect("their entries"));
    let mut view = bench.store.read().await.expect("a view");
    let ours = view.our_records(ReconciledSpan { connection: HERE, from, to }).await;
    pair(ours.expect("our records"), theirs)
}
