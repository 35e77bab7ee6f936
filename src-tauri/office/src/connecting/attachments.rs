//! Whether the PDF of each invoice and credit note goes with it to a connection.
//!
//! Never for documents that are there already: it counts from when it is switched on.

use super::{find, find_open};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::connections::{
    ConnectionAttachments, ConnectionRequest, SaveConnectionAttachments,
};
use finance::fact::FactBody;
use providers::document::DocumentKind;
use providers::registry::Provider;
use store::ConnectionRow;

/// Whether a connection gets PDFs.
pub async fn connection_attachments(
    office: &Office,
    _: &Actor,
    request: ConnectionRequest,
) -> Result<ConnectionAttachments, Fault> {
    let mut view = office.store.read().await?;
    Ok(shown(&find(&mut view, "id", &request.id).await?))
}

/// Sets whether a connection gets PDFs from now on. Set as it is, nothing is recorded.
pub async fn save_connection_attachments(
    office: &Office,
    actor: &Actor,
    request: SaveConnectionAttachments,
) -> Result<ConnectionAttachments, Fault> {
    let mut tx = office.store.begin().await?;
    let mut row = find_open(&mut tx, "id", &request.id).await?;
    if request.on && !shown(&row).offered {
        let fault = Fault::new(Code::Invalid, "This system takes no files from here.");
        return Err(fault.at("on").rule("no_attachments"));
    }
    if row.attach_pdf != request.on {
        let (connection_id, on) = (row.id, request.on);
        let set = FactBody::ConnectionAttachmentsSet { connection_id, on };
        office.record(&mut tx, actor, [set]).await?;
        tx.commit().await?;
        row.attach_pdf = request.on;
    }
    Ok(shown(&row))
}

fn shown(row: &ConnectionRow) -> ConnectionAttachments {
    let system = Provider::from_key(&row.provider);
    let takes = |it: Provider| it.capabilities().batch_size(DocumentKind::Attachment) > 0;
    let asks = |it: Provider| !it.registration().attachment_scope.is_empty();
    ConnectionAttachments {
        id: row.id.to_string(),
        // Beside a journal entry there is no document that a file could belong to.
        offered: system.is_some_and(takes) && !row.booking.is_journal(),
        on: row.attach_pdf,
        asks_right: system.is_some_and(asks),
    }
}
