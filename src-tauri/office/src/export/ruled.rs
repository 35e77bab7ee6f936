//! A document as the rules of a mapping see it.
//!
//! Never decides anything: what a rule asks about is gathered here, what holds is said by
//! `finance::booking_rule`.

use super::codes::account_key;
use finance::booking_rule::{Booked, BookedDocument, BookedLine, CustomerKind, SettingKind};
use finance::line::LineItem;
use store::exports::{Content, ExportKind, SalesContent};

/// Something of a document that a rule decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Which line, counted from 0; nothing: the document.
    pub line: Option<usize>,
    /// What was decided.
    pub kind: SettingKind,
    /// The name of the rule.
    pub rule: String,
}

/// The key that what was sold on a line is mapped under, and what it is called.
pub fn service_key(item: &LineItem) -> (String, &str) {
    match item.service_id {
        Some(service) => (service.to_string(), item.service_code.as_str()),
        None => (account_key(&item.income_account), item.income_account.as_str()),
    }
}

/// What rules are asked about; nothing is known of what they do not concern.
pub fn booked(kind: ExportKind, content: &Content) -> Booked<'_> {
    let document = match kind {
        ExportKind::Invoice => BookedDocument::Invoice,
        ExportKind::CreditNote => BookedDocument::CreditNote,
        // Money that no invoice took yet was received all the same.
        ExportKind::Payment | ExportKind::OnAccount => BookedDocument::Payment,
        ExportKind::Refund => BookedDocument::Refund,
        ExportKind::Customer
        | ExportKind::CreditAllocation
        | ExportKind::WriteOff
        | ExportKind::Attachment
        | ExportKind::Journal => return Booked::default(),
    };
    let known = Booked { document: Some(document), ..Booked::default() };
    match content {
        Content::Sales(sales) => of_sales(known, sales),
        Content::Payment { method, date, amount, department, payer, .. } => Booked {
            date: Some(*date),
            currency: Some(amount.currency()),
            amount: Some(amount.amount()),
            department: *department,
            customer: Some(CustomerKind::of(*payer)),
            method: Some(method),
            ..known
        },
        Content::OnAccount { method, date, amount, department, .. } => Booked {
            date: Some(*date),
            currency: Some(amount.currency()),
            amount: Some(amount.amount()),
            department: *department,
            customer: Some(CustomerKind::of(None)),
            method: Some(method),
            ..known
        },
        Content::Customer { .. }
        | Content::Allocation { .. }
        | Content::Attachment { .. }
        | Content::Journal(_) => known,
    }
}

fn of_sales<'a>(known: Booked<'a>, sales: &'a SalesContent) -> Booked<'a> {
    let gross = &sales.totals.gross;
    Booked {
        date: Some(sales.issue_date),
        currency: Some(gross.currency()),
        amount: Some(gross.amount()),
        department: sales.department,
        customer: Some(CustomerKind::of(sales.payer)),
        lines: sales.totals.lines.iter().map(|line| of_item(&line.item)).collect(),
        ..known
    }
}

/// A line as rules see it.
pub fn of_item(item: &LineItem) -> BookedLine<'_> {
    BookedLine {
        service: Some(service_key(item).0),
        kind: Some(item.kind),
        tax_code: Some(&item.tax.code),
        text: Some(&item.description),
    }
}
