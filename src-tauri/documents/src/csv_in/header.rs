//! What a heading means.
//!
//! Never matches part of a word: a heading is known whole, whatever its case and punctuation.

use super::kinds::FileKind;

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
        "studentnumber", "studentno", "customernumber", "customerno", "clientnumber", "id",
        "kundennummer", "kundennr", "schulernummer", "schulernr", "debitor", "debitornr";
    /// Full name, or the name of a service.
    Name: "navn", "name", "fulltnavn", "fullname", "elev", "student", "kunde", "customer",
        "client", "clientname", "tjeneste", "service", "beskrivelse", "description", "kundenavn",
        "customername", "betaler", "payer", "avsender", "schuler", "bezeichnung", "leistung",
        "auftraggeber", "zahler", "kundenname";
    /// First name.
    FirstName: "fornavn", "firstname", "givenname", "vorname";
    /// Last name.
    LastName: "etternavn", "lastname", "surname", "familyname", "nachname", "familienname";
    /// E-mail address.
    Email: "epost", "email", "epostadresse", "emailaddress", "mail", "emailadresse";
    /// Telephone number.
    Phone: "telefon", "tlf", "telefonnummer", "mobil", "mobiltelefon", "phone", "phonenumber",
        "telephone", "mobile", "mobilephone", "handy", "mobilnummer";
    /// Street and number.
    Address: "adresse", "gateadresse", "postadresse", "gate", "address", "streetaddress", "street",
        "address1", "adresse1", "strasse", "anschrift";
    /// Further line of an address.
    Address2: "adresse2", "address2", "co", "adresszusatz";
    /// Postal code.
    PostalCode: "postnr", "postnummer", "postalcode", "postcode", "zip", "zipcode", "plz",
        "postleitzahl";
    /// Town.
    City: "sted", "poststed", "by", "city", "town", "ort", "stadt";
    /// Country.
    Country: "land", "landkode", "country", "countrycode", "landercode";
    /// Department.
    Department: "avdeling", "department", "branch", "abteilung", "filiale";
    /// Code of a service.
    Code: "kode", "varenr", "varenummer", "code", "sku", "itemcode", "servicecode", "artikelnr",
        "artikelnummer";
    /// Kind of a service.
    Kind: "type", "kategori", "kind", "category", "art", "kategorie";
    /// Price of one.
    Price: "pris", "enhetspris", "belop", "price", "unitprice", "amount", "preis", "einzelpreis";
    /// VAT code or rate.
    Vat: "mva", "mvakode", "avgift", "avgiftskode", "vat", "vatcode", "taxcode", "tax", "mwst",
        "ust", "steuer", "steuersatz";
    /// Account.
    Account: "konto", "inntektskonto", "account", "incomeaccount", "erloskonto";
    /// A date.
    Date: "dato", "date", "datum", "fakturadato", "utstedt", "utstedelsesdato", "invoicedate",
        "issuedate", "rechnungsdatum", "belegdatum", "betalingsdato", "bokfortdato",
        "bokforingsdato", "bokfort", "betalt", "paymentdate", "bookingdate", "postingdate",
        "transactiondate", "buchungstag", "buchungsdatum", "valuta", "zahlungsdatum";
    /// What names an event of a booking system, or a line of a bank.
    Key: "nokkel", "hendelsesid", "hendelsesnr", "bookingid", "bookingnr", "bestillingsnr", "key",
        "eventid", "eventkey", "idempotencykey", "transaksjonsid", "transaksjonsnr",
        "arkivreferanse", "transactionid", "paymentid", "bankreference", "transaktionsnr";
    /// What names a booking that several events tell of.
    Booking: "booking", "bestilling", "gjelder", "gjelderbooking", "about", "bookingref";
    /// What became of a booking.
    Event: "hendelse", "utfall", "event", "outcome";
    /// How many.
    Quantity: "antall", "mengde", "quantity", "qty", "menge", "anzahl";
    /// Number of an invoice.
    InvoiceNumber: "fakturanr", "fakturanummer", "faktura", "invoicenumber", "invoiceno", "invoice",
        "dokumentnr", "bilagsnr", "bilagsnummer", "rechnungsnummer", "rechnungsnr", "rechnung",
        "belegnummer", "belegnr", "documentnumber";
    /// Last day to pay.
    DueDate: "forfall", "forfallsdato", "betalingsfrist", "duedate", "due", "payby", "falligam",
        "falligkeit", "falligkeitsdatum", "zahlbarbis";
    /// What is still open.
    Open: "apent", "apenbelop", "apentbelop", "rest", "restbelop", "restsaldo", "utestaende",
        "saldo", "skyldig", "open", "openamount", "outstanding", "outstandingamount", "balance",
        "balancedue", "amountdue", "unpaid", "offen", "offenerbetrag", "restbetrag";
    /// What an invoice came to.
    Total: "total", "totalt", "totalbelop", "fakturabelop", "sum", "belop", "amount", "invoiceamount",
        "invoicetotal", "grandtotal", "gesamt", "gesamtbetrag", "rechnungsbetrag", "betrag",
        "brutto", "gross";
    /// VAT as an amount.
    VatAmount: "mvabelop", "mva", "heravmva", "avgiftsbelop", "vatamount", "vat",
        "taxamount", "mwstbetrag", "ustbetrag", "mwst", "umsatzsteuer";
    /// A KID or other reference to pay by, or the text of a bank's line.
    Reference: "kid", "kidnummer", "kidnr", "referanse", "betalingsreferanse", "reference",
        "paymentreference", "transactionreference", "ref", "melding", "tekst", "betalingsinfo",
        "message", "text", "details", "verwendungszweck", "zahlungsreferenz", "referenz";
    /// Money that came in.
    Amount: "belop", "innbetalt", "innbetaling", "inn", "innpakonto", "amount", "paid", "paymentamount",
        "credit", "received", "betrag", "eingang", "haben", "zahlbetrag";
    /// A way to pay.
    Method: "metode", "betalingsmetode", "betalingsmate", "method", "paymentmethod", "paymenttype",
        "zahlungsart", "zahlungsmethode";
    /// What of a payment was set against invoices in the other system.
    Applied: "fordelt", "avstemt", "applied", "appliedamount", "allocated", "zugeordnet";
    /// What of a payment was paid back in the other system.
    Refunded: "refundert", "tilbakebetalt", "refunded", "erstattet";
    /// Where something of another system stands there: what is a draft or void there is left out.
    State: "status", "tilstand", "state", "rolle", "role";
    /// Whether it was cancelled in the other system.
    Void: "cancelled", "canceled", "kansellert", "annullert", "storniert";
}

impl Field {
    /// Whether it is a number or an amount.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Price
                | Self::Quantity
                | Self::Open
                | Self::Total
                | Self::VatAmount
                | Self::Amount
                | Self::Applied
                | Self::Refunded
        )
    }

    /// Whether it is a day.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::DueDate)
    }
}

/// Headings that mean something of their own in one kind of file.
const OF_KIND: &[(FileKind, Field, &[&str])] = &[
    (
        FileKind::Invoices,
        Field::InvoiceNumber,
        &["nr", "nummer", "number", "no", "id", "dokument", "beleg"],
    ),
    (FileKind::Payments, Field::Key, &["id", "nr", "number", "bilag", "bilagsnr"]),
];

/// A heading in lower case, without accents and punctuation.
pub(super) fn plain(heading: &str) -> String {
    let letters = heading.to_lowercase();
    let letters = letters.chars().flat_map(|c| match c {
        'ø' | 'ö' => vec!['o'],
        'å' | 'ä' | 'æ' => vec!['a'],
        'ü' => vec!['u'],
        'ß' => vec!['s', 's'],
        other => vec![other],
    });
    letters.filter(|c| c.is_alphanumeric()).collect()
}

/// What a heading means anywhere, if it is known.
fn known(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    KNOWN.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(field, _)| *field)
}

/// What a heading means in a kind of file: only what such a file can hold.
fn known_in(kind: FileKind, heading: &str) -> Option<Field> {
    let plain = plain(heading);
    let own = OF_KIND.iter().find(|(of, _, words)| *of == kind && words.contains(&plain.as_str()));
    if let Some((_, field, _)) = own {
        return Some(*field);
    }
    let fields = kind.fields();
    let held = KNOWN.iter().filter(|(field, _)| fields.iter().any(|held| held.field == *field));
    held.into_iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(field, _)| *field)
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

/// What each column of a kind of file holds by its heading. A second column of the same meaning is
/// left to a person.
pub(super) fn suggested(kind: FileKind, headings: &[String]) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = Vec::with_capacity(headings.len());
    for heading in headings {
        let field = known_in(kind, heading).filter(|field| !columns.contains(&Some(*field)));
        columns.push(field);
    }
    columns
}

/// The first column that means the same as an earlier one, from 0.
pub(super) fn twice(kind: FileKind, headings: &[String]) -> Option<usize> {
    let fields: Vec<Option<Field>> =
        headings.iter().map(|heading| known_in(kind, heading)).collect();
    let repeats = |(place, field): (usize, &Option<Field>)| {
        (field.is_some() && fields[..place].contains(field)).then_some(place)
    };
    fields.iter().enumerate().find_map(repeats)
}
