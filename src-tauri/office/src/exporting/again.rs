//! Sending once more what was there and is gone.
//!
//! Never sends blindly: what goes again is looked up first, so that what is there after all is found
//! instead of made twice.

use crate::actor::Actor;
use crate::export::state::{Event, after};
use crate::export::verdict::change;
use crate::fault::{Code, Fault};
use crate::office::Office;
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use store::Tx;
use store::exports::{DueExport, RecordChange};

/// Puts a record that is gone there back into the queue, and the file that was beside it. The
/// transaction is the caller's: what made it certain that it is gone is part of it.
///
/// # Errors
/// [`Code::WrongState`] where it is not known as sent, and what the database reports.
pub(crate) async fn send_again(
    tx: &mut Tx,
    office: &Office,
    actor: &Actor,
    (connection, record): (ConnectionId, i64),
    reason: &str,
) -> Result<(), Fault> {
    let due = tx.export_as_due(record).await?.ok_or_else(super::no_record)?;
    if after(due.state, Event::Vanish).is_none() || due.is_update() || due.is_undo() {
        let fault = Fault::new(Code::WrongState, "This record is not known as sent.");
        return Err(fault.rule("not_sent").with("label", due.label));
    }
    let again = FactBody::ExportSettled {
        connection_id: connection,
        document: format!("{}/{}", due.kind.word(), due.document_id),
        outcome: "sent_again".to_owned(),
        external_id: None,
        reason: reason.to_owned(),
    };
    office.record(tx, actor, [again]).await?;
    let now = office.clock.now();
    let mut changes = vec![anew(&due, now)];
    for file in tx.sent_beside(record).await? {
        if let Some(file) = tx.export_as_due(file).await? {
            changes.push(anew(&file, now));
        }
    }
    tx.change_exports(connection, &changes, now.timestamp_millis()).await?;
    Ok(())
}

/// Under another revision and so under another key: some systems answer a key they know with what
/// they answered then.
fn anew(due: &DueExport, now: chrono::DateTime<chrono::Utc>) -> RecordChange {
    let again = change(due, Event::Vanish, now);
    RecordChange { revision: due.revision + 1, attempts: 0, look_first: true, ..again }
}
