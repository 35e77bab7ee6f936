//! Ours against theirs: totals to the minor unit, kinds by name, ids that are kept.
//!
//! Never tolerates a difference, however small.

use super::cause::Class;
use finance::Money;
use providers::document::{DocumentKind, ExportDocument, ExternalRef};
use store::exports::{CauseDraft, DueExport, ExportKind, External};

/// Totals that differ from ours, to the minor unit.
pub fn disagreement(
    due: &DueExport,
    document: &ExportDocument,
    there: &ExternalRef,
) -> Option<CauseDraft> {
    let (gross, vat) = ours(document);
    let differs = |ours: Option<Money>, theirs: Option<Money>| match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours != theirs,
        _ => false,
    };
    // Every system tells what comes to an amount; one that does not has not told that it agrees. What
    // is set against an invoice is a part of something else, and some name only that.
    let is_part = matches!(document, ExportDocument::CreditAllocation(_));
    let is_silent = gross.is_some() && there.gross.is_none() && !is_part;
    if !is_silent && !differs(gross, there.gross) && !differs(vat, there.vat) {
        return None;
    }
    let text = |money: Option<Money>| money.map(|money| money.amount().to_string());
    let (ours_gross, theirs_gross) = (text(gross), text(there.gross));
    let (ours_vat, theirs_vat) = (text(vat), text(there.vat));
    let params = [
        ("number", there.number.as_str()),
        ("our_gross", ours_gross.as_deref().unwrap_or_default()),
        ("their_gross", theirs_gross.as_deref().unwrap_or_default()),
        ("our_vat", ours_vat.as_deref().unwrap_or_default()),
        ("their_vat", theirs_vat.as_deref().unwrap_or_default()),
        ("external_id", there.id.as_str()),
    ];
    Some(Class::Integrity.about(due.id.to_string(), &params))
}

/// Our total and VAT, where the kind has them.
pub fn ours(document: &ExportDocument) -> (Option<Money>, Option<Money>) {
    match document {
        ExportDocument::Customer(_)
        | ExportDocument::Removal(_)
        | ExportDocument::Attachment(_) => (None, None),
        ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales) => {
            (Some(sales.gross), Some(sales.vat))
        }
        ExportDocument::OnAccount(kept) => (Some(kept.amount), None),
        ExportDocument::Payment(payment) => (Some(payment.amount), None),
        ExportDocument::CreditAllocation(allocation) => (Some(allocation.amount), None),
        ExportDocument::Refund(refund) => (Some(refund.amount), None),
        ExportDocument::Journal(entry) => (Some(entry.total), None),
    }
}

/// What is kept of the record there.
pub fn external(due: &DueExport, document: &ExportDocument, there: &ExternalRef) -> External {
    // Some systems give an allocation no id of its own; the credit note's stands for many.
    let id = match document {
        ExportDocument::CreditAllocation(allocation) if allocation.credit_note == there.id => {
            format!("{}/{}", there.id, due.id)
        }
        _ => there.id.clone(),
    };
    External {
        id,
        number: there.number.clone(),
        url: there.url.clone(),
        gross_minor: there.gross.map(Money::minor),
    }
}

/// Our kind as the adapters name it; nothing where none is sent and a person is told instead.
pub const fn document_kind(kind: ExportKind) -> Option<DocumentKind> {
    match kind {
        ExportKind::Customer => Some(DocumentKind::Customer),
        ExportKind::Invoice => Some(DocumentKind::Invoice),
        ExportKind::CreditNote => Some(DocumentKind::CreditNote),
        ExportKind::OnAccount => Some(DocumentKind::OnAccount),
        ExportKind::Payment => Some(DocumentKind::Payment),
        ExportKind::CreditAllocation => Some(DocumentKind::CreditAllocation),
        ExportKind::Refund => Some(DocumentKind::Refund),
        ExportKind::Attachment => Some(DocumentKind::Attachment),
        ExportKind::Journal => Some(DocumentKind::Journal),
        ExportKind::WriteOff => None,
    }
}
