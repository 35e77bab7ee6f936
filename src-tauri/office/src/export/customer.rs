//! Who stands there as a customer, and under which name.
//!
//! Never a name that two of ours share: a number or a currency tells them apart.

use finance::Currency;
use finance::party::Person;
use providers::document::CustomerDocument;

/// What a customer kept in a currency other than the book's is called beside the one in the book's:
/// names are unique there, and the same at every desk.
pub(crate) fn in_currency(name: String, currency: Option<Currency>) -> String {
    match currency {
        Some(currency) => format!("{name} ({})", currency.code()),
        None => name,
    }
}

/// A student, a payer, or whoever stands for all students, as a customer.
pub(super) fn customer(
    reference: String,
    (existing, currency): (String, Option<Currency>),
    (number, tax_number): (&str, &str),
    person: &Person,
) -> CustomerDocument {
    // Names repeat, which some systems refuse. Who stands for all students has no number.
    let name = match number {
        "" => person.name.clone(),
        number => format!("{} ({number})", person.name),
    };
    CustomerDocument {
        reference,
        existing,
        number: number.to_owned(),
        tax_number: tax_number.to_owned(),
        name: in_currency(name, currency),
        email: person.email.clone(),
        phone: person.phone.clone(),
        currency,
        address: person.address.clone(),
    }
}
