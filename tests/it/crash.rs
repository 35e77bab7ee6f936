//! The export is killed again and again, from outside and around its calls, and carries on each
//! time: in the end everything is there once.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use simulators::xero::{XeroConfig, XeroSimulator};
use store::exports::{ExportFilter, ExportView};
use store::{Key, Store};
use support::exporting::{self, CONNECTION, Facts, KEY, Wish};

/// Kills that must have struck while the export was at work.
const KILLS: u32 = 200;

/// Every so many-th life ends by itself, just before or after a call.
const OWN_HAND: u32 = 3;

/// Invoices recorded at a time.
const PORTION: usize = 200;

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % bound
    }
}

/// A book, a simulated Xero, and the processes between them.
struct Scene {
    sim: XeroSimulator,
    book: PathBuf,
    facts: Arc<Facts>,
    token: String,
    wish: Wish,
    dice: Dice,
    _home: tempfile::TempDir,
}

/// How a life ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Killed,
    OwnHand,
    QueueEmpty,
}

impl Scene {
    async fn new() -> Self {
        let config = XeroConfig { latency: Duration::from_millis(4), ..XeroConfig::unlimited() };
        let sim = XeroSimulator::start(config).await.expect("a simulator");
        let home = tempfile::tempdir().expect("a folder");
        let book = home.path().join("book.kontor");
        let wish = Wish { students: 40, ..Wish::of(PORTION) };
        let company = sim.tenant_ids()[0].to_string();
        let (store, facts) = exporting::book::<XeroSimulator>(&book, &company, wish).await;
        store.close().await;
        let token = sim.issue_tokens().access_token;
        Self { sim, book, facts, token, wish, dice: Dice(2026), _home: home }
    }

    /// Records more documents, so that there is something to send again.
    async fn feed(&mut self) {
        let store = Store::open(&self.book, &Key::new(KEY)).await.expect("the book opens");
        let places = self.wish.invoices..self.wish.invoices + PORTION;
        let bodies = places.flat_map(|place| exporting::documents(place, &self.wish)).collect();
        exporting::record(&store, &self.facts, bodies).await;
        store.close().await;
        self.wish.invoices += PORTION;
    }

    /// A worker whose book is open.
    fn start(&self, seed: u64) -> (Child, BufReader<ChildStdout>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_export_worker"))
            .arg(&self.book)
            .args([self.sim.base_url(), &self.token, &self.sim.tenant_ids()[0].to_string()])
            .arg(seed.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("a worker");
        let mut lines = BufReader::new(child.stdout.take().expect("its words"));
        let mut line = String::new();
        lines.read_line(&mut line).expect("a word");
        assert_eq!(line.trim(), "open");
        (child, lines)
    }

    /// One life, ended at a moment that the dice choose.
    async fn live(&mut self, by_own_hand: bool) -> End {
        let seed = if by_own_hand { self.dice.below(1_000_000) + 1 } else { 0 };
        let (mut worker, _lines) = self.start(seed);
        if by_own_hand {
            let status = worker.wait().expect("an end");
            return if status.success() { End::QueueEmpty } else { End::OwnHand };
        }
        tokio::time::sleep(Duration::from_millis(self.dice.below(60))).await;
        if let Some(status) = worker.try_wait().expect("a state") {
            assert!(status.success(), "a worker failed by itself: {status}");
            return End::QueueEmpty;
        }
        // On Unix this is SIGKILL: no destructor runs, no buffer is written.
        worker.kill().expect("killed");
        worker.wait().expect("an end");
        End::Killed
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_kills_make_no_duplicate_and_lose_nothing() {
    let began = Instant::now();
    let mut scene = Scene::new().await;
    let (mut killed, mut own_hand, mut lives) = (0, 0, 0_u32);
    while killed + own_hand < KILLS {
        lives += 1;
        match scene.live(lives.is_multiple_of(OWN_HAND)).await {
            End::Killed => killed += 1,
            End::OwnHand => own_hand += 1,
            End::QueueEmpty => scene.feed().await,
        }
    }
    let (mut worker, _lines) = scene.start(0);
    assert!(worker.wait().expect("an end").success());
    println!(
        "{killed} kills from outside, {own_hand} around a call, {} records in {:.0?}",
        scene.wish.records(),
        began.elapsed()
    );
    expect_exactly_once(&scene.sim, &scene.book, &scene.wish).await;
}

async fn expect_exactly_once(sim: &XeroSimulator, book: &Path, wish: &Wish) {
    assert_eq!(sim.duplicates(), []);
    assert_eq!(sim.contacts().len(), wish.students);
    assert_eq!(sim.invoices().len(), wish.invoices);
    assert_eq!(sim.credit_notes().len(), wish.invoices / wish.credited_every);
    assert_eq!(sim.payments().len(), wish.invoices / wish.paid_every);
    assert_eq!(sim.allocations().len(), wish.invoices / wish.credited_every);
    let store = Store::open(book, &Key::new(KEY)).await.expect("the book opens");
    let mut view = store.read().await.expect("a view");
    let counts = view.export_counts(Some(CONNECTION)).await.expect("counts");
    let filter = ExportFilter { view: ExportView::Attention, ..ExportFilter::default() };
    let window = store::Window { offset: 0, limit: 5 };
    let odd = view.list_exports(&filter, None, window).await.expect("rows").rows;
    assert_eq!(counts.sent as usize, wish.records(), "{counts:?} {odd:?}");
}
