//! Both books compared record by record, for a span of days.
//!
//! Never mends by itself: it shows the pairs and takes what a person says of them. Theirs is read when somebody
//! asks for it and kept, so that looking again needs no call.

mod deciding;
mod differing;
mod mending;
mod pairing;
mod showing;
mod sums;

pub use deciding::{accept_difference, sign_off_period};
pub use differing::{Field, differing};
pub use mending::send_again;
pub use pairing::{Outcome, Pair, pair};

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::key;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::reconcile::{Reconciliation, ReconciliationRequest};
use providers::document::{DocumentKind, Period};
use providers::record::{RemoteRecord, RemoteState};
use store::exports::ExportKind;
use store::{ConnectionRow, ReconciledSpan, RemoteListing, TheirRecord, View};

/// Days of the longest span: a year that has one more.
const MOST_DAYS: i64 = 366;

/// Both sides, theirs as it was last read.
pub async fn reconciliation(
    office: &Office,
    _: &Actor,
    request: ReconciliationRequest,
) -> Result<Reconciliation, Fault> {
    let mut view = office.store.read().await?;
    let (_, span) = asked(&mut view, &request).await?;
    showing::compared(office, &mut view, span).await?.shown(&mut view).await
}

/// Reads theirs anew and compares.
pub async fn read_reconciliation(
    office: &Office,
    _: &Actor,
    request: ReconciliationRequest,
) -> Result<Reconciliation, Fault> {
    let mut view = office.store.read().await?;
    let (connection, span) = asked(&mut view, &request).await?;
    drop(view);
    let question = Question::to(office, &connection).await?;
    let period = Period { from: span.from, to: span.to };
    let (adapter, session) = (&question.adapter, &question.session);
    let answer = match connection.booking.is_journal() {
        true => adapter.fetch_entries(session, period).await,
        false => adapter.fetch_records(session, period).await,
    };
    let records = listed(&question.heard(office, answer).await?);
    let read_at_ms = office.clock.now().timestamp_millis();
    let mut tx = office.store.begin().await?;
    tx.keep_remote_listing(span, &RemoteListing { read_at_ms, records }).await?;
    tx.commit().await?;
    let mut view = office.store.read().await?;
    showing::compared(office, &mut view, span).await?.shown(&mut view).await
}

/// The connection and the span that were asked for.
async fn asked(
    view: &mut View,
    request: &ReconciliationRequest,
) -> Result<(ConnectionRow, ReconciledSpan), Fault> {
    let from = typed::date("from", &request.from)?;
    let to = typed::date("to", &request.to)?;
    let refused = |rule: &str, text: &str| Fault::new(Code::Invalid, text).at("to").rule(rule);
    if to < from {
        return Err(refused("before_from", "The period ends before it begins."));
    }
    if (to - from).num_days() >= MOST_DAYS {
        return Err(refused("span_too_long", "At most a year is compared at once."));
    }
    let connection = connecting::find_open(view, "connection_id", &request.connection_id).await?;
    let span = ReconciledSpan { connection: connection.id, from, to };
    Ok((connection, span))
}

/// Their records as they are kept: of a note only our machine reference.
pub fn listed(records: &[RemoteRecord]) -> Vec<TheirRecord> {
    records.iter().filter_map(one).collect()
}

fn one(record: &RemoteRecord) -> Option<TheirRecord> {
    let kind = match record.kind {
        DocumentKind::Invoice => ExportKind::Invoice,
        DocumentKind::CreditNote => ExportKind::CreditNote,
        DocumentKind::Payment => ExportKind::Payment,
        DocumentKind::OnAccount if key::reference_in(&record.reference).is_some() => {
            ExportKind::OnAccount
        }
        // What others took there without an invoice came here as money received.
        DocumentKind::OnAccount => ExportKind::Payment,
        // An accountant's own entries are no part of our book.
        DocumentKind::Journal if key::reference_in(&record.reference).is_some() => {
            ExportKind::Journal
        }
        DocumentKind::Customer
        | DocumentKind::CreditAllocation
        | DocumentKind::Refund
        | DocumentKind::Journal
        | DocumentKind::Removal
        | DocumentKind::Attachment => {
            return None;
        }
    };
    let state = match record.state {
        RemoteState::Live => "live",
        RemoteState::Draft => "draft",
        RemoteState::Voided => "voided",
        RemoteState::Deleted => "deleted",
    };
    Some(TheirRecord {
        kind,
        id: record.id.clone(),
        number: record.number.clone(),
        reference: key::reference_in(&record.reference).unwrap_or_default().to_owned(),
        date: record.date,
        due_date: record.due_date,
        contact: record.contact.clone(),
        currency: record.currency,
        gross: record.gross,
        vat: record.vat,
        open: record.open,
        state: state.to_owned(),
    })
}
