//! Linking a record to what is there already.
//!
//! Never by a guess: totals are compared to the minor unit, and one record there belongs to one of
//! ours.

use super::deciding::{start_one, wrong_state};
use super::{causes, record_id, showing};
use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::agreement::{document_kind, ours};
use crate::export::state::{Event, after};
use crate::export::verdict::change;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::exports::{CandidateView, Candidates, ExportDetail, ExportRequest, LinkExport};
use finance::Money;
use finance::fact::FactBody;
use providers::document::{ExportDocument, ExternalRef};
use providers::{Found, Wanted};
use store::exports::{ExportRow, External};

/// What is there and could be this record.
pub async fn export_candidates(
    office: &Office,
    _: &Actor,
    request: ExportRequest,
) -> Result<Candidates, Fault> {
    let id = record_id("id", &request.id)?;
    let (record, _) = causes::find(&mut office.store.read().await?, id).await?;
    let found = look_up(office, &record).await?;
    let rows = found.into_iter().map(|(document, there)| CandidateView {
        agrees: agrees(&document, &there),
        external_id: there.id,
        number: there.number,
        gross: there.gross.map(Into::into),
        url: there.url,
    });
    Ok(Candidates { rows: rows.collect() })
}

/// What the system finds for a record by its reference and number, ours or not.
async fn look_up(
    office: &Office,
    record: &ExportRow,
) -> Result<Option<(ExportDocument, ExternalRef)>, Fault> {
    // A person is told of some kinds, and no system is: there is nothing of them to link.
    document_kind(record.kind).ok_or_else(|| wrong_state(&record.label))?;
    let mut view = office.store.read().await?;
    let id = record.connection.to_string();
    let connection = connecting::find_open(&mut view, "id", &id).await?;
    let document = showing::document(&mut view, record)
        .await?
        .ok_or_else(|| Fault::new(Code::BookDamaged, "A record to be sent has no document."))?;
    drop(view);
    let wanted = [Wanted { kind: document.kind(), document: document.clone() }];
    let question = Question::to(office, &connection).await?;
    let answer = question.adapter.find(&question.session, &wanted).await;
    let found = question.heard(office, answer).await?;
    Ok(found.into_iter().next().and_then(|found| match found {
        Found::Ours(there) | Found::Foreign(there) => Some((document, there)),
        Found::Absent => None,
    }))
}

/// Totals that both sides tell are the same; where ours has one, theirs must tell it.
fn agrees(document: &ExportDocument, there: &ExternalRef) -> bool {
    let same = |ours: Option<Money>, theirs: Option<Money>| match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours == theirs,
        (None, _) => true,
        (Some(_), None) => false,
    };
    let (gross, vat) = ours(document);
    same(gross, there.gross) && (there.vat.is_none() || same(vat, there.vat))
}

/// Binds a record to one that is there; totals are compared first.
pub async fn link_export(
    office: &Office,
    actor: &Actor,
    request: LinkExport,
) -> Result<ExportDetail, Fault> {
    let id = record_id("id", &request.id)?;
    let (record, _) = causes::find(&mut office.store.read().await?, id).await?;
    let found = look_up(office, &record).await?;
    let (document, there) = found
        .filter(|(_, there)| there.id == request.external_id)
        .ok_or_else(|| Fault::new(Code::NotFound, "This record is not there.").rule("not_there"))?;
    if !agrees(&document, &there) {
        let fault = Fault::new(Code::WrongState, "The totals there are not ours.");
        return Err(fault.rule("totals_differ").with("label", record.label));
    }
    settle(office, actor, &record, there).await?;
    start_one(office, record.connection).await?;
    showing::detail(&mut office.store.read().await?, id).await
}

async fn settle(
    office: &Office,
    actor: &Actor,
    record: &ExportRow,
    there: ExternalRef,
) -> Result<(), Fault> {
    let now = office.clock.now();
    let mut tx = office.store.begin().await?;
    let due = tx.export_as_due(record.id).await?.ok_or_else(super::no_record)?;
    if after(due.state, Event::Link).is_none() {
        return Err(wrong_state(&due.label));
    }
    let wanted = [(record.id, there.id.as_str())];
    if !tx.taken_external_ids(record.connection, record.kind, &wanted).await?.is_empty() {
        let fault = Fault::new(Code::WrongState, "It belongs to another record of ours already.");
        return Err(fault.rule("already_linked"));
    }
    let linked = FactBody::ExportSettled {
        connection_id: record.connection,
        document: format!("{}/{}", due.kind.word(), due.document_id),
        outcome: "linked".to_owned(),
        external_id: Some(there.id.clone()),
        reason: String::new(),
    };
    office.record(&mut tx, actor, [linked]).await?;
    let mut change = change(&due, Event::Link, now);
    change.external = Some(External {
        id: there.id,
        number: there.number,
        url: there.url,
        gross_minor: there.gross.map(Money::minor),
    });
    tx.leave_causes(&[record.id], now.timestamp_millis()).await?;
    tx.change_exports(record.connection, &[change], now.timestamp_millis()).await?;
    tx.commit().await?;
    Ok(())
}
