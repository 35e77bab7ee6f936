//! The words printed on documents, in both languages.
//!
//! Never printed from anywhere else, so that a document has one language throughout.

use crate::paper::Language;

macro_rules! words {
    ($($name:ident: $nb:literal, $en:literal;)+) => {
        /// Every fixed word of a document.
        pub struct Words {
            $(pub $name: &'static str,)+
        }
        const NB: Words = Words { $($name: $nb,)+ };
        const EN: Words = Words { $($name: $en,)+ };
    };
}

words! {
    invoice: "Faktura", "Invoice";
    credit_note: "Kreditnota", "Credit note";
    draft: "Kladd", "Draft";
    invoice_number: "Fakturanummer", "Invoice number";
    credit_number: "Kreditnotanummer", "Credit note number";
    of_invoice: "Gjelder faktura", "For invoice";
    invoice_date: "Fakturadato", "Invoice date";
    date: "Dato", "Date";
    delivery_date: "Leveringsdato", "Delivery date";
    student_number: "Elevnummer", "Student number";
    department: "Avdeling", "Department";
    reference: "Deres ref.", "Your ref.";
    pay_by: "Å betale innen", "To pay by";
    credited: "Krediteres", "Credited";
    description: "Beskrivelse", "Description";
    quantity: "Antall", "Quantity";
    price: "Pris", "Price";
    discount: "Rabatt", "Discount";
    vat: "Mva.", "VAT";
    amount: "Beløp", "Amount";
    base: "Grunnlag", "Base";
    tax: "Avgift", "Tax";
    net: "Sum uten mva.", "Total excl. VAT";
    vat_total: "Merverdiavgift", "VAT";
    to_pay: "Å betale", "To pay";
    carried: "Overført", "Carried forward";
    brought: "Fra forrige side", "Brought forward";
    gross_prices: "Prisene er med merverdiavgift.", "Prices include VAT.";
    net_prices: "Prisene er uten merverdiavgift.", "Prices exclude VAT.";
    reason: "Årsak:", "Reason:";
    payee: "Mottaker", "Payee";
    account: "Kontonummer", "Account";
    kid: "KID", "KID";
    pay_reference: "Betalingsreferanse", "Payment reference";
    due: "Forfall", "Due date";
    page: "Side", "Page";
    of: "av", "of";
    org_number: "Org.nr.", "Org. no.";
    vat_number: "Mva-nr.", "VAT no.";
}

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Nb => &NB,
        Language::En => &EN,
    }
}
