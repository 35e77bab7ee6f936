//! What was done last with money.

use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::reports::{RecentRow, RecentView};
use crate::{invoices, show};
use store::RecentKind;

/// As many as are looked at.
const MOST: u32 = 10;

/// What was done last, newest first.
pub async fn recent_activity(office: &Office, _: &Actor, _: Nothing) -> Result<RecentView, Fault> {
    let mut view = office.store.read().await?;
    let recent = view.recent(MOST).await?;
    let methods = view.payment_methods().await?;
    let users = view.users().await?;
    let row = |row: store::RecentRow| {
        let known = users.iter().find(|user| user.login == row.actor);
        let (kind, is_money) = match row.kind {
            RecentKind::Invoice => ("invoice", false),
            RecentKind::CreditNote => ("credit_note", false),
            RecentKind::Payment => ("payment", true),
            RecentKind::Refund => ("refund", true),
        };
        RecentRow {
            kind: kind.to_owned(),
            id: row.id.to_string(),
            at: show::moment(row.at_millis),
            actor: known.map_or(row.actor, |user| user.name.clone()),
            label: if is_money { invoices::method_name(&row.label, &methods) } else { row.label },
            student_id: row.student_id.to_string(),
            student: row.student,
            amount: row.amount.into(),
        }
    };
    Ok(RecentView { rows: recent.into_iter().map(row).collect() })
}
