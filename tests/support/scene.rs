//! A book, a simulated accounting system, and the processes between them, which may be killed at any
//! moment.
//!
//! Never judges: it counts what is there, and whoever runs it says what that must be.

use crate::exporting::{self, CONNECTION, Facts, KEY, Wish};
use crate::system::{Ledger, System};
use crate::worker::{Finish, Order, Worker};
use finance::fact::FactBody;
use rust_decimal::Decimal;
use simulators::clock::SimClock;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::exports::{ExportFilter, ExportView};
use store::{Key, Store};

/// The longest a life may last, in milliseconds.
const LONGEST_LIFE_MS: u64 = 60;

/// Seeded chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % bound
    }
}

/// How a life ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// From outside.
    Killed,
    /// Just before or after a call, by itself.
    OwnHand,
    /// Nothing was left to do.
    QueueEmpty,
}

/// One book and what it is sent to.
pub struct Scene<S> {
    /// The accounting system; another book may be sent there too.
    pub sim: Arc<S>,
    /// What the book holds.
    pub wish: Wish,
    /// The most memory a worker held, in KiB, as far as it is known.
    pub peak_kib: u64,
    worker: PathBuf,
    book: PathBuf,
    facts: Arc<Facts>,
    small_batches: bool,
    dice: Dice,
    _home: tempfile::TempDir,
}

/// What is there, held against what the book says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Records that should be there.
    pub records: usize,
    /// Records that are there more than once.
    pub duplicates: usize,
    /// Records that are not there.
    pub lost: usize,
    /// Records that are not in the book as sent.
    pub unsent: usize,
    /// Documents whose total differs there, if only by the smallest unit.
    pub differing: usize,
    /// What was seen, for whoever looks into it.
    pub seen: Vec<String>,
}

impl Comparison {
    /// Nothing is there twice, nothing is missing, nothing differs.
    pub fn is_clean(&self) -> bool {
        self.duplicates + self.lost + self.unsent + self.differing == 0
    }
}

impl<S: System> Scene<S> {
    /// A new book and a system in which each call takes this long. Batches are of five where calls
    /// take time, so that many of them are under way.
    pub async fn new(worker: &Path, wish: Wish, latency: Duration, seed: u64) -> Self {
        let sim = Arc::new(S::taking(latency).await);
        Self::around(sim, worker, wish, !latency.is_zero(), seed).await
    }

    /// A new book and a system that remembers keys.
    pub async fn remembering(worker: &Path, wish: Wish, seed: u64) -> Self {
        let sim = Arc::new(S::remembering(SimClock::real()).await);
        Self::around(sim, worker, wish, false, seed).await
    }

    /// Another desk with a book of its own that holds the same documents, and the same company.
    pub async fn beside(&self) -> Self {
        let (sim, small) = (self.sim.clone(), self.small_batches);
        Self::around(sim, &self.worker, self.wish, small, self.dice.0).await
    }

    /// Another desk that takes over a company another connection has sent these documents to.
    pub async fn successor(&self) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let book = home.path().join("book.kontor");
        let (store, facts) =
            exporting::book_of_successor::<S>(&book, &self.sim.company(), self.wish).await;
        store.close().await;
        let (sim, worker, wish) = (self.sim.clone(), self.worker.clone(), self.wish);
        let (small_batches, dice) = (self.small_batches, Dice(self.dice.0));
        Self { sim, wish, peak_kib: 0, worker, book, facts, small_batches, dice, _home: home }
    }

    /// A copy of the book as it stands now, at another place.
    pub fn copied(&self) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let book = home.path().join("book.kontor");
        std::fs::copy(&self.book, &book).expect("copied");
        let (sim, facts, wish) = (self.sim.clone(), self.facts.clone(), self.wish);
        let (worker, dice) = (self.worker.clone(), Dice(self.dice.0));
        let small_batches = self.small_batches;
        Self { sim, wish, peak_kib: 0, worker, book, facts, small_batches, dice, _home: home }
    }

    async fn around(
        sim: Arc<S>,
        worker: &Path,
        wish: Wish,
        small_batches: bool,
        seed: u64,
    ) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let book = home.path().join("book.kontor");
        let (store, facts) = exporting::book::<S>(&book, &sim.company(), wish).await;
        store.close().await;
        let (worker, dice) = (worker.to_owned(), Dice(seed));
        Self { sim, wish, peak_kib: 0, worker, book, facts, small_batches, dice, _home: home }
    }

    async fn open(&self) -> Store {
        Store::open(&self.book, &Key::new(KEY)).await.expect("the book opens")
    }

    /// Records more invoices, so that there is something to send again.
    pub async fn feed(&mut self, invoices: usize) {
        let store = self.open().await;
        let places = self.wish.invoices..self.wish.invoices + invoices;
        let bodies = places.flat_map(|place| exporting::documents(place, &self.wish)).collect();
        exporting::record(&store, &self.facts, bodies).await;
        store.close().await;
        self.wish.invoices += invoices;
    }

    /// A worker whose book is open.
    pub fn start(&self, seed: u64) -> Worker {
        let company = self.sim.company();
        let order = Order {
            book: self.book.clone(),
            provider: S::PROVIDER,
            base_url: self.sim.base_url().to_owned(),
            token: self.sim.lasting_token(&company),
            company,
            small_batches: self.small_batches,
            seed,
        };
        Worker::start(&self.worker, &order)
    }

    /// One life, ended at a moment that the dice choose.
    pub async fn live(&mut self, by_own_hand: bool) -> End {
        let seed = if by_own_hand { self.dice.below(1_000_000) + 1 } else { 0 };
        let worker = self.start(seed);
        if by_own_hand {
            return if worker.ends() { End::QueueEmpty } else { End::OwnHand };
        }
        tokio::time::sleep(Duration::from_millis(self.dice.below(LONGEST_LIFE_MS))).await;
        self.peak_kib = self.peak_kib.max(worker.peak_kib().unwrap_or(0));
        if worker.kill() { End::Killed } else { End::QueueEmpty }
    }

    /// Lets a worker come to its end.
    pub async fn finish(&mut self) -> Finish {
        let worker = self.start(0);
        let ended = tokio::task::spawn_blocking(move || worker.finish()).await;
        let finish = ended.expect("a worker");
        self.peak_kib = self.peak_kib.max(finish.peak_kib.unwrap_or(0));
        finish
    }

    /// Lets everything that waits for a person go again, as a person does with one click. Returns
    /// how many records that were.
    pub async fn release(&self) -> usize {
        let store = self.open().await;
        let records = odd_records(&store, 1_000_000).await.into_iter().map(|(id, _)| id);
        let records: Vec<i64> = records.collect();
        let now_ms = chrono::Utc::now().timestamp_millis();
        let mut tx = store.begin().await.expect("a transaction");
        tx.release_exports(&records, now_ms).await.expect("released");
        tx.commit().await.expect("committed");
        store.close().await;
        records.len()
    }

    /// What is there, against what the book holds.
    pub async fn compare(&self) -> Comparison {
        let mut seen = self.sim.duplicates();
        let (wished, there) = (self.wish.ledger(), self.sim.ledger());
        let (lost, surplus) = (missing(wished, there), missing(there, wished));
        let duplicates = surplus.max(seen.len());
        if wished != there {
            seen.push(format!("{there:?} instead of {wished:?}"));
        }
        let ours = totals(&self.wish);
        let theirs = self.sim.totals().into_iter();
        let differing = theirs.filter(|(number, total)| ours.get(number) != Some(total)).count();
        let store = self.open().await;
        let mut view = store.read().await.expect("a view");
        let sent = view.export_counts(Some(CONNECTION)).await.expect("counts").sent as usize;
        drop(view);
        seen.extend(odd_records(&store, 5).await.into_iter().map(|(_, what)| what));
        store.close().await;
        let records = self.wish.records();
        let unsent = records.saturating_sub(sent);
        Comparison { records, duplicates, lost, unsent, differing, seen }
    }
}

/// Records that need a person, and why.
async fn odd_records(store: &Store, limit: u32) -> Vec<(i64, String)> {
    let view = ExportView::Attention;
    let filter = ExportFilter { connection: Some(CONNECTION), view, ..ExportFilter::default() };
    let window = store::Window { offset: 0, limit };
    let mut view = store.read().await.expect("a view");
    let rows = view.list_exports(&filter, None, window).await.expect("rows").rows;
    rows.iter().map(|row| (row.id, format!("{row:?}"))).collect()
}

/// How many of the first are not in the second.
fn missing(wanted: Ledger, there: Ledger) -> usize {
    let pairs = [
        (wanted.customers, there.customers),
        (wanted.invoices, there.invoices),
        (wanted.notes, there.notes),
        (wanted.payments, there.payments),
        (wanted.allocations, there.allocations),
    ];
    pairs.into_iter().map(|(wanted, there)| wanted.saturating_sub(there)).sum()
}

/// The totals of our documents, by number.
fn totals(wish: &Wish) -> BTreeMap<String, Decimal> {
    let bodies = (0..wish.invoices).flat_map(|place| exporting::documents(place, wish));
    let documents = bodies.filter_map(|body| match body {
        FactBody::InvoiceIssued(it) => Some((it.number.text, it.totals.gross.amount())),
        FactBody::CreditNoteIssued(it) => Some((it.number.text, it.totals.gross.amount())),
        _ => None,
    });
    documents.collect()
}
