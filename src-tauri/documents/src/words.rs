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
    terms: "Betalingsvilkår", "Payment terms";
    terms_now: "Straks", "On receipt";
    terms_days: "{days} dager netto", "{days} days net";
    terms_month: "Fri leveringsmåned", "End of month";
    terms_month_days: "Fri leveringsmåned + {days} dager", "End of month + {days} days";
    sum_of_lines: "Sum av linjene", "Sum of the lines";
    part_of: "Del {place} av {count} av et krav på til sammen {whole}.", "Part {place} of {count} of a claim of {whole} in all.";
    page: "Side", "Page";
    of: "av", "of";
    upcoming: "Påminnelse om forfall", "Payment due soon";
    first_reminder: "Betalingspåminnelse", "Payment reminder";
    second_reminder: "Andre purring", "Second reminder";
    final_notice: "Siste varsel", "Final notice";
    collection_notice: "Inkassovarsel", "Collection notice";
    invoice_short: "Faktura", "Invoice";
    open: "Utestående", "Outstanding";
    sum_open: "Sum utestående", "Total outstanding";
    fee: "Purregebyr, uten merverdiavgift", "Reminder fee, no VAT";
    interest: "Forsinkelsesrente til brevets dato", "Late-payment interest to this date";
    short_invoice: "Faktura", "Invoice";
    short_until: "innen", "by";
    short_account: "til konto", "to account";
    short_reference: "KID", "reference";
    short_questions: "Spørsmål?", "Questions?";
    see_above: "Se hver faktura over", "See each invoice above";
    statement: "Kontoutskrift", "Statement of account";
    until: "Til og med", "Up to";
    what: "Tekst", "What";
    charged: "Fakturert", "Charged";
    paid_or_credited: "Betalt eller kreditert", "Paid or credited";
    balance: "Saldo", "Balance";
    balance_on: "Saldo per", "Balance on";
    opening: "Inngående saldo", "Opening balance";
    closing: "Utgående saldo", "Closing balance";
    payment: "Betaling", "Payment";
    reversal: "Tilbakeført betaling", "Reversed payment";
    refund: "Tilbakebetalt", "Paid back";
    write_off: "Avskrevet på faktura", "Written off on invoice";
    write_off_released: "Avskrivning opphevet på faktura", "Write-off taken back on invoice";
    released: "Oppgjør opphevet på faktura", "No longer set against invoice";
    payer_number: "Betalernummer", "Payer number";
    payer: "Betaler", "Payer";
    vat_in: "Mva. i {currency}", "VAT in {currency}";
    rate_of: "Kurs {day}: 1 {currency} = {rate} {base}. Beløpet tilsvarer {gross}.", "Rate of {day}: 1 {currency} = {rate} {base}. The total equals {gross}.";
    in_currency: "I valuta", "In currency";
    exchange: "Kursforskjell på faktura", "Exchange difference on invoice";
    students_list: "Elever", "Students";
    payments_list: "Innbetalinger", "Payments";
    packages_list: "Pakker", "Packages";
    package: "Pakke", "Package";
    bought_on: "Kjøpt", "Bought on";
    valid_until: "Gyldig til", "Valid until";
    left: "Igjen", "Left";
    lapsed: "Utløpt verdi", "Lapsed worth";
    worth: "Verdi av resten", "Worth of the rest";
    oldest_due: "Eldste forfall", "Oldest due";
    state: "Status", "State";
    unallocated: "Ikke fordelt", "Not allocated";
    phone: "Telefon", "Telephone";
    received_on: "Mottatt", "Received on";
    state_pending: "Varslet", "Announced";
    state_confirmed: "Mottatt", "Received";
    state_failed: "Kom ikke", "Did not come";
    state_reversed: "Tilbakeført", "Reversed";
    not_due: "Ikke forfalt", "Not due";
    days: "dager", "days";
    over: "Over", "Over";
    credit: "Til gode", "Credit";
    ages: "Aldersfordelt per", "By age on";
    reference_short: "Referanse", "Reference";
    see_invoice: "Bruk KID fra hver faktura", "Use that of each invoice";
    say_upcoming: "Vi minner om at kravet under forfaller {day}. Er det allerede betalt, kan du se bort fra dette.", "This is a friendly note that the amount below falls due on {day}. If you have already paid, please disregard it.";
    say_first: "Vi kan ikke se å ha mottatt betaling for kravet under. Vi ber deg betale innen {day}. Har du betalt de siste dagene, kan du se bort fra dette.", "We have not received payment of the amount below. Please pay by {day}. If you have paid within the last few days, please disregard this letter.";
    say_second: "Vi har minnet om kravet under før, men kan fortsatt ikke se å ha mottatt betaling. Vi ber deg betale innen {day}, eller ta kontakt med oss.", "We have reminded you of the amount below before and have still not received payment. Please pay by {day}, or get in touch with us.";
    say_final: "Dette er siste varsel. Betaler du ikke innen {day}, kan kravet bli overført til innkreving, og det kan bety ytterligere kostnader for deg.", "This is the final notice. If you do not pay by {day}, the claim may be handed on for collection, which may mean further costs for you.";
    say_collection: "Dette er et inkassovarsel etter inkassoloven § 9. Betaler du ikke innen {day}, kan kravet bli overført til inkasso, og det kan bety ytterligere kostnader for deg.", "This is a collection notice under section 9 of the Norwegian Debt Collection Act. If you do not pay by {day}, the claim may be handed on for collection, which may mean further costs for you.";
    object: "Mener du at kravet ikke er riktig, må du gi oss beskjed innen fristen.", "If you believe the claim is not right, please tell us before the deadline.";
    payment_plan: "Betalingsplan", "Payment plan";
    planned: "I planen", "Planned";
    instalment: "Avdrag", "Instalment";
    instalment_short: "avdr.", "inst.";
    sum: "Sum", "Total";
    say_plan: "Vi bekrefter betalingsplanen som ble avtalt {day}. Så lenge avdragene betales i tide, gjelder forfallsdatoene under i stedet for fakturaenes egne.", "This confirms the payment plan agreed on {day}. As long as the instalments are paid on time, the due dates below apply instead of those of the invoices.";
    plan_grace: "Er et avdrag ikke betalt {days} dager etter forfall, faller planen bort, og det som gjenstår, forfaller etter fakturaenes egne datoer. Ta kontakt med oss i god tid hvis du ikke kan betale et avdrag.", "If an instalment has not been paid {days} days after it was due, the plan lapses and what remains is due by the invoices' own dates. Please get in touch in good time if you cannot pay an instalment.";
    plan_strict: "Er et avdrag ikke betalt ved forfall, faller planen bort, og det som gjenstår, forfaller etter fakturaenes egne datoer. Ta kontakt med oss i god tid hvis du ikke kan betale et avdrag.", "If an instalment has not been paid when it is due, the plan lapses and what remains is due by the invoices' own dates. Please get in touch in good time if you cannot pay an instalment.";
    revenue: "Omsetning", "Revenue";
    debt: "Utestående og forfalt", "Open and overdue";
    vat_summary: "Mva.-oversikt", "VAT summary";
    takings: "Innbetalinger", "Takings";
    ageing: "Aldersfordelt utestående", "Aged debts";
    students: "Elever", "Students";
    student: "Elev", "Student";
    number: "Nr.", "No.";
    period: "Periode", "Period";
    service: "Tjeneste", "Service";
    without_service: "Utenfor prislisten", "Not from the price list";
    without_department: "Uten avdeling", "Without department";
    vat_code: "Kode", "Code";
    name: "Navn", "Name";
    rate: "Sats", "Rate";
    method: "Betalingsmåte", "Method";
    desk: "Plass", "Desk";
    count: "Antall", "Count";
    net_short: "Uten mva.", "Excl. VAT";
    gross_short: "Med mva.", "Incl. VAT";
    before: "Før, uten mva.", "Before, excl. VAT";
    change: "Endring", "Change";
    overdue: "Forfalt", "Overdue";
    received: "Mottatt", "Received";
    reversed: "Tilbakeført", "Reversed";
    refunded: "Tilbakebetalt", "Paid back";
    taken: "Netto", "Net";
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
