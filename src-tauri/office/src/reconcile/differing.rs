//! Field by field: what ours and theirs say of one document. Pure.
//!
//! Never tolerates a minor unit or a day.

use finance::Money;
use store::exports::{ExportKind, ExportState};
use store::{OurRecord, TheirRecord};

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// It stands there, and ours does not know it.
    Link,
    /// Number.
    Number,
    /// Date.
    Date,
    /// Last day to pay.
    DueDate,
    /// Customer.
    Contact,
    /// Currency.
    Currency,
    /// Sum without VAT.
    Net,
    /// VAT.
    Vat,
    /// Sum with VAT.
    Gross,
    /// What is open of it.
    Open,
}

impl Field {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Number => "number",
            Self::Date => "date",
            Self::DueDate => "due_date",
            Self::Contact => "contact",
            Self::Currency => "currency",
            Self::Net => "net",
            Self::Vat => "vat",
            Self::Gross => "gross",
            Self::Open => "open",
        }
    }
}

/// What differs, in the order it is shown.
pub fn differing(ours: &OurRecord, theirs: &TheirRecord) -> Vec<Field> {
    let is_sale = matches!(ours.kind, ExportKind::Invoice | ExportKind::CreditNote);
    let sent = matches!(
        ours.state,
        ExportState::Exported | ExportState::SettledManually | ExportState::Skipped
    );
    let same_number = theirs.number.trim().to_lowercase() == ours.label.trim().to_lowercase();
    let checks = [
        (Field::Link, !sent),
        (Field::Number, is_sale && !same_number),
        (Field::Date, ours.date != theirs.date),
        (Field::DueDate, both(ours.due_date, theirs.due_date)),
        (Field::Contact, both(ours.contact.as_deref(), theirs.contact.as_deref())),
        (Field::Currency, ours.currency != theirs.currency),
        (Field::Net, net(ours.gross, ours.vat) != net(theirs.gross, theirs.vat)),
        (Field::Vat, both(ours.vat, theirs.vat)),
        (Field::Gross, ours.gross != theirs.gross),
        (Field::Open, both(ours.open, theirs.open)),
    ];
    checks.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// The sum without VAT; nothing for payments.
pub fn net(gross: Money, vat: Option<Money>) -> Option<Money> {
    vat.and_then(|vat| gross.minus(vat).ok())
}

/// Both say it, and not the same.
fn both<T: PartialEq>(ours: Option<T>, theirs: Option<T>) -> bool {
    ours.zip(theirs).is_some_and(|(ours, theirs)| ours != theirs)
}
