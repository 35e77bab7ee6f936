//! The PDF that goes beside a document: made when it is sent, and let go with the answer.
//!
//! Never keeps a file, and never lets one that cannot be made hold up anything else.

use super::run::Run;
use super::verdict::Flight;
use crate::fault::Fault;
use crate::papers;
use documents::Language;
use providers::ProviderError;
use providers::document::{AttachedTo, ExportDocument, PushItem};
use store::RowKind;
use store::exports::ExportKind;

impl Run {
    /// The records of a batch as they are pushed; or why a file of it cannot be made, which is a
    /// matter for a person.
    ///
    /// # Errors
    /// What the book reports.
    pub(super) async fn items(
        &self,
        batch: &[Flight],
    ) -> Result<Result<Vec<PushItem>, ProviderError>, Fault> {
        let mut items: Vec<PushItem> = batch.iter().map(push_item).collect();
        for (flight, item) in batch.iter().zip(&mut items) {
            let ExportDocument::Attachment(file) = &mut item.document else { continue };
            let kind = match file.attached_to {
                AttachedTo::Invoice => RowKind::Invoice,
                AttachedTo::CreditNote => RowKind::CreditNote,
            };
            let mut view = self.store.read().await?;
            let school = view.find_school().await?;
            let language = school.map(|school| Language::from_tag(&school.language));
            let told = (language.unwrap_or(Language::En), self.clock.today());
            let paper = papers::printed(&mut view, told, kind, flight.due.document_id).await?;
            drop(view);
            let Some(paper) = paper else { return Ok(Err(unmade("It has no paper."))) };
            match papers::painted(paper).await {
                Ok(bytes) => file.content = bytes,
                Err(fault) => return Ok(Err(unmade(&fault.message))),
            }
        }
        Ok(Ok(items))
    }
}

/// What a file of this kind of document belongs to.
pub(super) const fn attached_to(kind: ExportKind) -> Option<AttachedTo> {
    match kind {
        ExportKind::Invoice => Some(AttachedTo::Invoice),
        ExportKind::CreditNote => Some(AttachedTo::CreditNote),
        _ => None,
    }
}

fn unmade(text: &str) -> ProviderError {
    ProviderError::Rejected { field: Some("file".to_owned()), text: text.to_owned() }
}

fn push_item(flight: &Flight) -> PushItem {
    PushItem { document: flight.document.clone(), idempotency_key: flight.key.clone() }
}
