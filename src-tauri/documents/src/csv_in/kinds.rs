//! What kinds of files there are, and what each can and must hold.
//!
//! Never knows a heading: see [`super::header`].

use super::header::{Field, suggested};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Students.
    Students,
    /// A price list.
    Services,
    /// Events of a booking system.
    Bookings,
    /// Invoices of another system that are open.
    Invoices,
    /// Money that came in.
    Payments,
}

/// A field of a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it is.
    pub field: Field,
    /// Of the fields of one such group at least one must be there; empty: none must.
    pub group: &'static str,
}

const fn may(field: Field) -> Held {
    Held { field, group: "" }
}

const fn must(field: Field, group: &'static str) -> Held {
    Held { field, group }
}

const STUDENTS: &[Held] = &[
    must(Field::Name, "name"),
    must(Field::FirstName, "name"),
    must(Field::LastName, "name"),
    may(Field::Number),
    may(Field::Email),
    may(Field::Phone),
    may(Field::Address),
    may(Field::Address2),
    may(Field::PostalCode),
    may(Field::City),
    may(Field::Country),
    may(Field::Department),
    may(Field::State),
];

const SERVICES: &[Held] = &[
    must(Field::Code, "code"),
    may(Field::Name),
    must(Field::Price, "price"),
    may(Field::Vat),
    may(Field::Kind),
    may(Field::Account),
];

const BOOKINGS: &[Held] = &[
    must(Field::Key, "key"),
    may(Field::Booking),
    must(Field::Event, "event"),
    must(Field::Date, "date"),
    must(Field::Number, "number"),
    must(Field::Code, "code"),
    may(Field::Quantity),
    may(Field::Department),
];

const INVOICES: &[Held] = &[
    must(Field::InvoiceNumber, "invoice_number"),
    must(Field::Number, "student"),
    must(Field::Name, "student"),
    must(Field::Date, "date"),
    may(Field::DueDate),
    must(Field::Open, "open"),
    may(Field::Total),
    may(Field::VatAmount),
    may(Field::Reference),
    may(Field::Email),
    may(Field::State),
    may(Field::Void),
];

const PAYMENTS: &[Held] = &[
    must(Field::Date, "date"),
    must(Field::Amount, "amount"),
    must(Field::Reference, "match"),
    must(Field::InvoiceNumber, "match"),
    must(Field::Number, "match"),
    must(Field::Name, "match"),
    may(Field::Email),
    may(Field::Key),
    may(Field::Method),
    may(Field::Applied),
    may(Field::Refunded),
    may(Field::Kind),
    may(Field::State),
    may(Field::Void),
];

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Students, Self::Services, Self::Bookings, Self::Invoices, Self::Payments];

    /// What such a file can hold.
    pub const fn fields(self) -> &'static [Held] {
        match self {
            Self::Students => STUDENTS,
            Self::Services => SERVICES,
            Self::Bookings => BOOKINGS,
            Self::Invoices => INVOICES,
            Self::Payments => PAYMENTS,
        }
    }

    /// The first field that must be there and is not.
    pub fn missing(self, columns: &[Option<Field>]) -> Option<Field> {
        let there = |field: Field| columns.contains(&Some(field));
        let lacks = |held: &&Held| {
            let mut group = self.fields().iter().filter(|other| other.group == held.group);
            !held.group.is_empty() && !group.any(|other| there(other.field))
        };
        self.fields().iter().find(lacks).map(|held| held.field)
    }

    /// What a file holds by its headings: of the kinds that lack nothing the one that knows most
    /// of them. Nothing where no kind is plain.
    pub fn of(headings: &[String]) -> Option<Self> {
        let known = |kind: Self| {
            let columns = suggested(kind, headings);
            let score = columns.iter().flatten().count();
            kind.missing(&columns).is_none().then_some((score, kind))
        };
        let mut scores: Vec<(usize, Self)> = Self::ALL.into_iter().filter_map(known).collect();
        scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match scores[..] {
            [] => None,
            [(first, _), (second, _), ..] if first == second => None,
            [(_, kind), ..] => Some(kind),
        }
    }
}
