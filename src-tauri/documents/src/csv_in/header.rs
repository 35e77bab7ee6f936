//! What a heading means.
//!
//! Never matches part of a word: a heading is known whole, whatever its case and punctuation.

use super::{Column, TableProblem};

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident: $($word:literal),+;)+) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $field,)+
        }
        const KNOWN: &[(Field, &[&str])] = &[$((Field::$field, &[$($word),+])),+];
    };
}

fields! {
    /// Number of a student or customer.
    Number: "elevnr", "elevnummer", "kundenr", "kundenummer", "nr", "nummer", "number", "no",
        "studentnumber", "studentno", "customernumber", "customerno", "id";
    /// Full name, or the name of a service.
    Name: "navn", "name", "fulltnavn", "fullname", "elev", "student", "kunde", "customer",
        "tjeneste", "service", "beskrivelse", "description";
    /// First name.
    FirstName: "fornavn", "firstname", "givenname";
    /// Last name.
    LastName: "etternavn", "lastname", "surname", "familyname";
    /// E-mail address.
    Email: "epost", "email", "epostadresse", "emailaddress", "mail";
    /// Telephone number.
    Phone: "telefon", "tlf", "telefonnummer", "mobil", "mobiltelefon", "phone", "phonenumber",
        "telephone", "mobile", "mobilephone";
    /// Street and number.
    Address: "adresse", "gateadresse", "postadresse", "gate", "address", "streetaddress", "street",
        "address1", "adresse1";
    /// Further line of an address.
    Address2: "adresse2", "address2", "co";
    /// Postal code.
    PostalCode: "postnr", "postnummer", "postalcode", "postcode", "zip", "zipcode";
    /// Town.
    City: "sted", "poststed", "by", "city", "town";
    /// Country.
    Country: "land", "landkode", "country", "countrycode";
    /// Department.
    Department: "avdeling", "department", "branch";
    /// Code of a service.
    Code: "kode", "varenr", "varenummer", "code", "sku", "itemcode", "servicecode";
    /// Kind of a service.
    Kind: "type", "kategori", "kind", "category";
    /// Price of one.
    Price: "pris", "enhetspris", "belop", "price", "unitprice", "amount";
    /// VAT code or rate.
    Vat: "mva", "mvakode", "avgift", "avgiftskode", "vat", "vatcode", "taxcode", "tax";
    /// Account.
    Account: "konto", "inntektskonto", "account", "incomeaccount";
    /// A date.
    Date: "dato", "date";
    /// What names an event of a booking system.
    Key: "nokkel", "hendelsesid", "hendelsesnr", "bookingid", "bookingnr", "bestillingsnr", "key",
        "eventid", "eventkey", "idempotencykey";
    /// What names a booking that several events tell of.
    Booking: "booking", "bestilling", "gjelder", "gjelderbooking", "about", "bookingref";
    /// What became of a booking.
    Event: "hendelse", "utfall", "event", "outcome";
    /// How many.
    Quantity: "antall", "mengde", "quantity", "qty";
}

/// What a heading means, if it is known.
fn known(heading: &str) -> Option<Field> {
    let plain: String = heading
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'ø' => 'o',
            'å' => 'a',
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .collect();
    KNOWN.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(field, _)| *field)
}

/// What stands between the headings: of semicolon, tab and comma the one that makes most known
/// headings, then the one that makes most cells.
pub(super) fn delimiter(line: &str) -> char {
    let score = |delimiter: &char| {
        let cells = line.split(*delimiter).map(|cell| cell.trim_matches(['"', ' ']));
        (cells.clone().filter(|cell| known(cell).is_some()).count(), cells.count())
    };
    [',', '\t', ';'].into_iter().max_by_key(score).unwrap_or(';')
}

/// The known columns and the headings that are not known.
pub(super) fn columns(
    line: u64,
    headings: &[String],
) -> Result<(Vec<Column>, Vec<String>), TableProblem> {
    let (mut columns, mut ignored) = (Vec::<Column>::new(), Vec::new());
    for (place, heading) in headings.iter().enumerate() {
        let heading = heading.clone();
        match known(&heading) {
            Some(field) if columns.iter().any(|column| column.field == field) => {
                return Err(TableProblem::TwiceNamed { line, column: place + 1, heading });
            }
            Some(field) => columns.push(Column { field, heading, place }),
            None => ignored.push(heading),
        }
    }
    if columns.is_empty() { Err(TableProblem::NoHeading { line }) } else { Ok((columns, ignored)) }
}
