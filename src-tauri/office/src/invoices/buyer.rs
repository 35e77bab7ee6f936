//! Who is asked to pay an invoice, as its page shows it.
//!
//! Never reads: what it shows was read with the invoice.

use crate::payers;
use crate::wire::invoices::{InvoicePayer, SplitPart, SplitView};
use finance::invoice::{Invoice, SplitMark};
use store::PartRow;

/// The student's name as the invoice says it.
pub(super) fn student_name(invoice: &Invoice) -> &str {
    invoice.payer.as_ref().map_or(&invoice.person.name, |payer| &payer.person.name)
}

pub(super) fn payer_view(payer: &finance::payer::InvoicePayer) -> InvoicePayer {
    InvoicePayer {
        id: payer.payer_id.to_string(),
        org_number: payer.org_number.clone(),
        vat_number: payer.vat_number.clone(),
    }
}

pub(super) fn split_view(mark: &SplitMark, parts: &[PartRow]) -> SplitView {
    let (part, value) = payers::part_view(mark.part);
    let part_row = |part: &PartRow| SplitPart {
        id: part.id.to_string(),
        number: part.number.clone(),
        buyer: part.buyer.clone(),
        gross: part.gross.into(),
        open: part.open.into(),
    };
    SplitView {
        place: u32::from(mark.place),
        part,
        value,
        whole: mark.whole.into(),
        parts: parts.iter().map(part_row).collect(),
    }
}
