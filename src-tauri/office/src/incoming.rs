//! What others did at an accounting system comes back: money, credit that was applied, details of
//! customers, and what was voided there.
//!
//! Never echoes: what came from a company is not sent back to it. Never voids, and never overwrites
//! what only this book may say: that is a conflict, and a person decides it.

mod again;
mod applications;
mod contacts;
mod deciding;
mod kept;
mod noted;
mod ownership;
mod paid_back;
mod payments;
mod sales;
mod showing;
mod taken_off;
mod uses;
mod whose;

pub use deciding::decide_conflict;
pub use ownership::{Owner, Sides, Verdict, verdict};
pub use showing::conflicts;

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::{files, key};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::incoming::{ConflictsView, ReadChanges};
use chrono::{DateTime, TimeDelta};
use finance::ids::StudentId;
use finance::payment::Payment;
use noted::{Noted, is_refusal};
use providers::change::{Changes, RemoteChange};
use providers::document::DocumentKind;
use providers::record::RemoteRecord;
use store::exports::ExportKind;
use store::{ConnectionRow, IncomingRow, Tx};

/// Asked for once more each time: two clocks are never quite the same, and what was written while
/// the last answer was made may have come after it.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// Between two readings that nobody asked for: each costs some calls of the day.
const REST: TimeDelta = TimeDelta::minutes(15);

/// A reading: whose changes, and in whose name they are recorded.
pub(crate) struct Reading<'a> {
    pub office: &'a Office,
    pub connection: &'a ConnectionRow,
    pub actor: Actor,
}

/// A person has said that a record is to be taken.
#[derive(Clone, Copy)]
pub(crate) struct Insists {
    /// Whose it is, where that was not known.
    pub student: Option<StudentId>,
}

impl Reading<'_> {
    /// The name under which a payment of theirs is known in every book of the school.
    pub fn event(&self, remote_id: &str) -> String {
        let ConnectionRow { provider, remote_company_id, .. } = self.connection;
        format!("{provider}/{remote_company_id}/{remote_id}")
    }

    /// What a payment that came from there is known as there: its id, or a share of that.
    pub fn known_as<'p>(&self, payment: &'p Payment) -> &'p str {
        let event = payment.event.as_deref().unwrap_or_default();
        event.strip_prefix(&self.event("")).unwrap_or_default()
    }

    pub fn now_ms(&self) -> i64 {
        self.office.clock.now().timestamp_millis()
    }
}

/// Asks a system what changed there and takes it over.
pub async fn read_changes(
    office: &Office,
    actor: &Actor,
    request: ReadChanges,
) -> Result<ConflictsView, Fault> {
    let mut view = office.store.read().await?;
    let connection =
        connecting::find_open(&mut view, "connection_id", &request.connection_id).await?;
    if connection.booking.is_journal() {
        let text = "This connection is sent journal entries: nothing of ours can change there.";
        return Err(Fault::new(Code::WrongState, text).rule("journals_only"));
    }
    drop(view);
    // What changed is about anybody: it is taken over whole, whoever presses the button.
    read(&office.whole(), &connection, actor.clone()).await?;
    showing::shown(office).await
}

/// The same by itself, after a run; not where it was done a moment ago or cannot be done.
///
/// # Errors
/// As [`read`].
pub(crate) async fn read_by_itself(
    office: &Office,
    connection: &ConnectionRow,
) -> Result<(), Fault> {
    if connection.provider == files::PROVIDER {
        return Ok(());
    }
    let mut view = office.store.read().await?;
    let run = view.connection_run(connection.id).await?;
    let cursor = view.incoming_cursor(connection.id).await?;
    drop(view);
    let now = office.clock.now();
    let rested = cursor
        .is_none_or(|(_, read_at)| now.timestamp_millis() - read_at >= REST.num_milliseconds());
    let held = [run.held_until_ms, run.resting_until_ms].into_iter().flatten();
    let is_held = held.max().is_some_and(|until| until > now.timestamp_millis());
    if run.state != "ready" || run.started_at_ms.is_none() || is_held || !rested {
        return Ok(());
    }
    let name = connecting::system_name(office, &connection.provider);
    read(office, connection, Actor { name, ..Actor::owner() }).await
}

/// Reads what changed and takes it over, record by record: each in a transaction of its own, and
/// the place where to go on is noted when all are done. Stopped in between, the next reading sees
/// them again and takes none twice.
async fn read(office: &Office, connection: &ConnectionRow, actor: Actor) -> Result<(), Fault> {
    let mut view = office.store.read().await?;
    let started = view.connection_run(connection.id).await?.started_at_ms;
    let cursor = view.incoming_cursor(connection.id).await?;
    drop(view);
    let Some(started) = started else {
        let fault = Fault::new(Code::WrongState, "This connection has not begun to send.");
        return Err(fault.rule("not_begun"));
    };
    let from_ms = cursor.map_or(started, |(until, _)| until);
    let from = DateTime::from_timestamp_millis(from_ms).unwrap_or_default();
    let since = (from - OVERLAP).max(DateTime::UNIX_EPOCH);
    let question = Question::to(office, connection).await?;
    let asked_ms = office.clock.now().timestamp_millis();
    let answer = question.adapter.fetch_changes(&question.session, since).await;
    let changes = question.heard(office, answer).await?;
    take_over(office, connection, actor, (&changes, asked_ms)).await?;
    let until_ms = changes.until.map_or(from_ms, |until| until.timestamp_millis().max(from_ms));
    let mut tx = office.store.begin().await?;
    let read_at_ms = office.clock.now().timestamp_millis();
    tx.keep_incoming_cursor(connection.id, until_ms, read_at_ms).await?;
    tx.commit().await?;
    office.events.changed(&["conflicts", "payments", "invoices", "students", "exports"]);
    Ok(())
}

/// Takes over what changed, by an answer that was asked for at a moment (UTC milliseconds). The same
/// changes told again change nothing.
///
/// # Errors
/// What the database reports; what was taken over until then stays.
pub async fn take_over(
    office: &Office,
    connection: &ConnectionRow,
    actor: Actor,
    (changes, asked_ms): (&Changes, i64),
) -> Result<(), Fault> {
    let reading = Reading { office, connection, actor };
    for change in &changes.records {
        reading.take(change).await?;
    }
    for credit in &changes.credits {
        taken_off::note(&reading, credit, asked_ms).await?;
    }
    Ok(())
}

impl Reading<'_> {
    /// Takes one record over, or notes why a person must decide.
    async fn take(&self, change: &RemoteChange) -> Result<(), Fault> {
        let told = written(change)?;
        let hash = match change {
            // Each payment changes what is open of an invoice, and nothing of the document.
            RemoteChange::Sale(record) => {
                let document = RemoteRecord { open: None, ..record.clone() };
                key::body_hash(&written(&RemoteChange::Sale(document))?)
            }
            _ => key::body_hash(&told),
        };
        let kind = kind_of(change.kind());
        let mut tx = self.office.store.begin().await?;
        let seen = tx.incoming_seen(self.connection.id, kind, change.id()).await?;
        if seen.is_some_and(|(seen, _)| seen == hash) {
            return Ok(());
        }
        let noted = self.judge(&mut tx, change, None).await;
        let (mut tx, noted) = match noted {
            Ok(noted) => (tx, noted),
            Err(fault) if is_refusal(&fault) => {
                drop(tx);
                let mut tx = self.office.store.begin().await?;
                let noted = Noted::not_taken(&mut tx, self, change, &fault).await?;
                (tx, noted)
            }
            Err(fault) => return Err(fault),
        };
        tx.keep_incoming(&self.row(change, (told, hash), noted)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What becomes of a record. `insists`: a person has said that it is to be taken.
    async fn judge(
        &self,
        tx: &mut Tx,
        change: &RemoteChange,
        insists: Option<Insists>,
    ) -> Result<Noted, Fault> {
        match change {
            RemoteChange::Contact(contact) => contacts::take(tx, self, contact).await,
            RemoteChange::Sale(record) => sales::judge(tx, self, record).await,
            RemoteChange::Payment(payment) => payments::take(tx, self, payment, insists).await,
            RemoteChange::Application(applied) => applications::take(tx, self, applied).await,
            RemoteChange::Gone { kind, id } => sales::gone(tx, self, kind_of(*kind), id).await,
            RemoteChange::Unreadable { kind, id, text } => {
                sales::unreadable(tx, self, (kind_of(*kind), id), text).await
            }
        }
    }

    fn row(
        &self,
        change: &RemoteChange,
        (told, seen_hash): (String, String),
        noted: Noted,
    ) -> IncomingRow {
        IncomingRow {
            connection: self.connection.id,
            kind: kind_of(change.kind()),
            remote_id: change.id().to_owned(),
            seen_hash,
            seen_at_ms: self.now_ms(),
            outcome: noted.outcome,
            automatic: noted.automatic,
            student: noted.student,
            ours_id: noted.ours_id,
            label: noted.label,
            // Whom it is about is not kept twice: only what a person must decide needs the words.
            told: noted.conflict.is_some().then_some(told),
            conflict: noted.conflict,
        }
    }
}

fn written(change: &RemoteChange) -> Result<String, Fault> {
    serde_json::to_string(change).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

const fn kind_of(kind: DocumentKind) -> ExportKind {
    match kind {
        DocumentKind::Customer => ExportKind::Customer,
        DocumentKind::Invoice => ExportKind::Invoice,
        DocumentKind::CreditNote => ExportKind::CreditNote,
        // What is taken back is money; systems tell of it as such.
        DocumentKind::Payment | DocumentKind::Removal => ExportKind::Payment,
        DocumentKind::OnAccount => ExportKind::OnAccount,
        DocumentKind::CreditAllocation => ExportKind::CreditAllocation,
        DocumentKind::Refund => ExportKind::Refund,
        DocumentKind::Attachment => ExportKind::Attachment,
        DocumentKind::Journal => ExportKind::Journal,
    }
}
