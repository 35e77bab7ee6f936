//! Money as it is sent: received for an invoice, kept on account, set against an invoice, paid back,
//! and taken back there.
//!
//! Never an account of its own choice: a rule sets it, or else the mapping of the payment method.

use super::build::{Built, Lookup, remote_id};
use super::codes::Codes;
use super::key;
use providers::document::{
    AllocationDocument, ExportDocument, HeldAs, OnAccountDocument, PaymentDocument, RefundDocument,
    RemovalDocument, Removed,
};
use store::exports::{Content, DueExport, ExportKind};

/// Whether money kept as credit is received in a bank account there, for a customer of its own: credit
/// of one customer that stands for all students would be anybody's. Nowhere else can a system keep
/// it: Xero's overpayments and Sage's payments on account are received in bank accounts, while a
/// payment of an invoice may come to another one that takes payments.
pub fn comes_to_bank(content: &Content, codes: &Codes) -> bool {
    let Content::OnAccount { method, amount, .. } = content else { return false };
    let mut lookup = Lookup::about(ExportKind::OnAccount, content, codes);
    !codes.groups_students() && codes.is_bank(&lookup.money_account(method, *amount))
}

/// Money, and credit that is used.
pub fn document(
    (kind, reference): (ExportKind, String),
    [first, second]: [String; 2],
    content: &Content,
    lookup: &mut Lookup<'_>,
) -> Option<ExportDocument> {
    Some(match (kind, content) {
        (ExportKind::OnAccount, Content::OnAccount { method, date, amount, rate, .. }) => {
            let account = lookup.money_account(method, *amount);
            let (customer, date, amount) = (first, *date, *amount);
            let rate = lookup.told(amount.currency(), *rate);
            let kept = OnAccountDocument { reference, customer, account, date, amount, rate };
            ExportDocument::OnAccount(kept)
        }
        (ExportKind::Payment, Content::Payment { method, date, amount, base, .. }) => {
            let account = lookup.money_account(method, *amount);
            let (date, amount, invoice) = (*date, *amount, first);
            let base = lookup.told(amount.currency(), *base);
            let paid = PaymentDocument { reference, invoice, account, date, amount, base };
            ExportDocument::Payment(paid)
        }
        (ExportKind::Refund, Content::Payment { method, date, amount, base, .. }) => {
            let account = lookup.money_account(method, *amount);
            let (date, amount, credit_note) = (*date, *amount, second);
            let base = lookup.told(amount.currency(), *base);
            let held_as = HeldAs::CreditNote;
            let back =
                RefundDocument { reference, credit_note, held_as, account, date, amount, base };
            ExportDocument::Refund(back)
        }
        (
            ExportKind::CreditAllocation,
            Content::Allocation { date, amount } | Content::Payment { date, amount, .. },
        ) => ExportDocument::CreditAllocation(AllocationDocument {
            reference,
            credit_note: second,
            held_as: HeldAs::CreditNote,
            invoice: first,
            date: *date,
            amount: *amount,
        }),
        _ => return None,
    })
}

/// What the credit that this record takes of is held as there.
pub fn held_as(due: &DueExport) -> HeldAs {
    match due.needs[1].as_ref().map(|need| need.kind) {
        Some(ExportKind::OnAccount) => HeldAs::OnAccount,
        _ => HeldAs::CreditNote,
    }
}

/// The same document, with what it takes of held as that.
pub fn held(document: ExportDocument, held_as: HeldAs) -> ExportDocument {
    match document {
        ExportDocument::CreditAllocation(it) => {
            ExportDocument::CreditAllocation(AllocationDocument { held_as, ..it })
        }
        ExportDocument::Refund(it) => ExportDocument::Refund(RefundDocument { held_as, ..it }),
        other => other,
    }
}

/// What was sent and no longer counts: named by its id there.
pub fn removal(due: &DueExport, content: &Content, codes: &Codes) -> Option<Built> {
    let mut lookup = Lookup::about(due.kind, content, codes);
    let removed = match (due.kind, content) {
        (ExportKind::Payment, _) => Removed::Payment,
        (
            ExportKind::CreditAllocation,
            Content::Allocation { amount, .. } | Content::Payment { amount, .. },
        ) => Removed::CreditAllocation {
            credit_note: remote_id(due, 1),
            held_as: held_as(due),
            amount: *amount,
        },
        (ExportKind::OnAccount, Content::OnAccount { method, reversed, .. }) => {
            let (date, amount) = (*reversed)?;
            let account = lookup.money_account(method, amount);
            Removed::OnAccount { account, date, amount }
        }
        _ => return None,
    };
    let reference = key::reference(due.kind.word(), &due.document_id.to_string());
    let removal = RemovalDocument { reference, existing: remote_id(due, 0), removed };
    Some(lookup.built(ExportDocument::Removal(removal)))
}
