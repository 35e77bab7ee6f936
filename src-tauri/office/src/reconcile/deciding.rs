//! What a person says of a comparison: a difference may stand, a span of days is right.
//!
//! Never of something that was not on the screen: what is said names what was shown.

use super::showing::{Compared, compared, digest};
use super::sums::{SumRow, count};
use super::{Outcome, asked};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::reconcile::{
    AcceptDifference, Reconciliation, ReconciliationRequest, SignOffPeriod,
};
use finance::fact::FactBody;
use finance::reconciliation::{DifferenceAccepted, PeriodSignedOff, SignedSum};

/// Lets a difference stand, with the reason. Said twice, the second changes nothing.
pub async fn accept_difference(
    office: &Office,
    actor: &Actor,
    request: AcceptDifference,
) -> Result<Reconciliation, Fault> {
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let AcceptDifference { connection_id, from, to, key, shown, .. } = request;
    let mut tx = office.store.begin().await?;
    let (connection, span) =
        asked(&mut tx, &ReconciliationRequest { connection_id, from, to }).await?;
    let both = compared(office, &mut tx, span).await?;
    let pair = both.difference(&key)?;
    if digest(pair) != shown {
        return Err(changed());
    }
    if both.accepted(pair).is_none_or(|said| said.reason != reason) {
        let accepted =
            DifferenceAccepted { connection_id: connection.id, pair: key, shown, reason };
        office.record(&mut tx, actor, [FactBody::DifferenceAccepted(accepted)]).await?;
        tx.commit().await?;
    }
    let mut view = office.store.read().await?;
    compared(office, &mut view, span).await?.shown(&mut view).await
}

/// Signs a span off; every difference must have been mended or accepted.
pub async fn sign_off_period(
    office: &Office,
    actor: &Actor,
    request: SignOffPeriod,
) -> Result<Reconciliation, Fault> {
    let note = typed::text("note", &request.note, typed::LINE)?;
    let SignOffPeriod { connection_id, from, to, shown, .. } = request;
    let mut tx = office.store.begin().await?;
    let (_, span) = asked(&mut tx, &ReconciliationRequest { connection_id, from, to }).await?;
    let both = compared(office, &mut tx, span).await?;
    check(&both, &shown)?;
    let signed = FactBody::PeriodSignedOff(PeriodSignedOff {
        connection_id: span.connection,
        from: span.from,
        to: span.to,
        shown,
        agreed: count(&both.pairs, Outcome::Agreed),
        accepted: u32::try_from(both.differences().count()).unwrap_or(u32::MAX),
        sums: both.sums.iter().map(signed_sum).collect(),
        note,
    });
    office.record(&mut tx, actor, [signed]).await?;
    tx.commit().await?;
    let mut view = office.store.read().await?;
    compared(office, &mut view, span).await?.shown(&mut view).await
}

fn check(both: &Compared, shown: &str) -> Result<(), Fault> {
    if !both.is_read() {
        let fault = Fault::new(Code::WrongState, "The other side was not read yet.");
        return Err(fault.rule("not_read"));
    }
    if both.digest() != shown {
        return Err(changed());
    }
    if both.differences().any(|pair| both.accepted(pair).is_none()) {
        let fault = Fault::new(Code::WrongState, "There are differences that nobody accepted.");
        return Err(fault.rule("open_differences"));
    }
    Ok(())
}

pub(super) fn changed() -> Fault {
    let fault = Fault::new(Code::WrongState, "The comparison says something else by now.");
    fault.rule("comparison_changed")
}

fn signed_sum(row: &SumRow) -> SignedSum {
    SignedSum {
        kind: row.kind.word().to_owned(),
        our_count: row.ours.count,
        their_count: row.theirs.count,
        our_gross: row.ours.gross,
        their_gross: row.theirs.gross,
    }
}
