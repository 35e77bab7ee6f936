//! What a comparison shows as gone is sent once more.
//!
//! Never what is voided there: its number stays used, and only a credit note takes it back here.

use super::asked;
use super::deciding::changed;
use super::pairing::{Outcome, Pair};
use super::showing::{compared, digest};
use crate::actor::Actor;
use crate::connecting::runs;
use crate::export::Reach;
use crate::exporting;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::reconcile::{Reconciliation, ReconciliationRequest, SendAgain};
use store::OurRecord;
use store::exports::ExportState;

/// Ours of a pair that can be sent once more: it was sent, and is gone there or listed as deleted.
pub(super) fn gone(pair: &Pair) -> Option<&OurRecord> {
    let is_gone = pair.theirs.as_ref().is_none_or(|there| there.state == "deleted");
    let ours = pair.ours.as_ref().filter(|ours| ours.state == ExportState::Exported)?;
    (pair.outcome == Outcome::MissingThere && is_gone).then_some(ours)
}

/// Sends what is gone there once more, with the reason. It is looked up before it goes.
///
/// # Errors
/// [`Code::WrongState`] where the comparison says something else by now, or it is not gone.
pub async fn send_again(
    office: &Office,
    actor: &Actor,
    request: SendAgain,
) -> Result<Reconciliation, Fault> {
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let SendAgain { connection_id, from, to, key, shown, .. } = request;
    let mut tx = office.store.begin().await?;
    let (connection, span) =
        asked(&mut tx, &ReconciliationRequest { connection_id, from, to }).await?;
    let both = compared(office, &mut tx, span).await?;
    let pair = both.difference(&key)?;
    if digest(pair) != shown {
        return Err(changed());
    }
    let ours = gone(pair).ok_or_else(|| {
        Fault::new(Code::WrongState, "This record is not gone there.").rule("not_gone")
    })?;
    exporting::send_again(&mut tx, office, actor, (connection.id, ours.id), &reason).await?;
    tx.commit().await?;
    runs::start(office, &connection, Reach::All)?;
    let mut view = office.store.read().await?;
    compared(office, &mut view, span).await?.shown(&mut view).await
}
