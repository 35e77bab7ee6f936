use super::*;
use crate::document::{
    AllocationDocument, CustomerDocument, ExportDocument, HeldAs, PaymentDocument, SalesDocument,
    SalesLine,
};
use crate::error::ReferenceKind;
use chrono::NaiveDate;
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use wire::{Day, Exact, Message};

const CUSTOMER_ID: &str = "3697c2dc-cc47-4afd-8ec8-74990b8761e9";
const INVOICE_ID: &str = "0b5a2b1c-5b0e-4b7e-9d67-0f4d6c1f2a11";
const NOTE_ID: &str = "5f1f2f8e-0f6b-4b1b-8f0e-1c2d3e4f5a6b";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

fn line(quantity: Decimal, price: Decimal, discount: Decimal, sums: [i64; 3]) -> SalesLine {
    SalesLine {
        description: "Driving lesson 45 min".to_owned(),
        quantity,
        unit_price: price,
        discount_percent: discount,
        discount: None,
        account: "3000".to_owned(),
        tax_code: "OUTPUT".to_owned(),
        net: nok(sums[0]),
        vat: nok(sums[1]),
        gross: nok(sums[2]),
    }
}

fn sale(lines: Vec<SalesLine>) -> SalesDocument {
    let sum = |of: fn(&SalesLine) -> Money| nok(lines.iter().map(|line| of(line).minor()).sum());
    SalesDocument {
        rate: None,
        reference: "k-0192f3a4".to_owned(),
        number: "A-1001".to_owned(),
        customer: CUSTOMER_ID.to_owned(),
        date: day("2026-11-20"),
        due_date: day("2026-12-04"),
        currency: Currency::NOK,
        basis: PriceBasis::Gross,
        tracking: String::new(),
        fields: Vec::new(),
        net: sum(|line| line.net),
        vat: sum(|line| line.vat),
        gross: sum(|line| line.gross),
        lines,
    }
}

fn customer() -> CustomerDocument {
    CustomerDocument {
        existing: String::new(),
        reference: "c-7f3e".to_owned(),
        tax_number: String::new(),
        number: "1042".to_owned(),
        name: "Kari Nordmann".to_owned(),
        email: "kari@example.org".to_owned(),
        phone: "+47 400 00 000".to_owned(),
        address: Address {
            line1: "Storgata 1".to_owned(),
            postal_code: "0155".to_owned(),
            city: "Oslo".to_owned(),
            country: "NO".to_owned(),
            ..Address::default()
        },
        currency: None,
    }
}

fn payment() -> PaymentDocument {
    PaymentDocument {
        reference: "p-11".to_owned(),
        invoice: INVOICE_ID.to_owned(),
        account: "1920".to_owned(),
        date: day("2026-11-21"),
        amount: nok(50_010),
        base: None,
    }
}

fn allocation() -> AllocationDocument {
    AllocationDocument {
        reference: "a-1".to_owned(),
        credit_note: NOTE_ID.to_owned(),
        held_as: HeldAs::CreditNote,
        invoice: INVOICE_ID.to_owned(),
        date: day("2026-11-21"),
        amount: nok(100),
    }
}

fn item(document: ExportDocument) -> PushItem {
    PushItem { document, idempotency_key: "00112233445566778899aabbccddeeff".to_owned() }
}

fn body(document: ExportDocument) -> Value {
    let item = item(document);
    let (_, text) = push::body(&[&item]).expect("a body");
    serde_json::from_str(&text).expect("json")
}

fn whole_line() -> SalesLine {
    line(dec("2"), dec("925"), dec("10"), [133_200, 33_300, 166_500])
}

#[test]
fn an_invoice_carries_its_numbers_exactly_and_names_the_customer_by_id_only() {
    let item = item(ExportDocument::Invoice(sale(vec![whole_line()])));
    let (path, text) = push::body(&[&item]).expect("a body");
    assert_eq!(path, "Invoices");
    let expected = concat!(
        r#"{"Invoices":[{"Type":"ACCREC","InvoiceNumber":"A-1001","#,
        r#""Contact":{"ContactID":"3697c2dc-cc47-4afd-8ec8-74990b8761e9"},"#,
        r#""Date":"2026-11-20","DueDate":"2026-12-04","LineAmountTypes":"Inclusive","#,
        r#""Reference":"k-0192f3a4","CurrencyCode":"NOK","Status":"AUTHORISED","#,
        r#""LineItems":[{"Description":"Driving lesson 45 min","Quantity":2,"UnitAmount":925,"#,
        r#""DiscountRate":10,"LineAmount":1665,"AccountCode":"3000","TaxType":"OUTPUT","#,
        r#""TaxAmount":333}]}]}"#
    );
    assert_eq!(text, expected);
}

#[test]
fn a_net_invoice_says_so_and_sends_net_line_amounts() {
    let mut document = sale(vec![line(dec("1"), dec("100.05"), dec("0"), [10_005, 2_501, 12_506])]);
    document.basis = PriceBasis::Net;
    let sent = body(ExportDocument::Invoice(document));
    assert_eq!(sent["Invoices"][0]["LineAmountTypes"], "Exclusive");
    let line = &sent["Invoices"][0]["LineItems"][0];
    assert_eq!(line["LineAmount"].to_string(), "100.05");
    assert_eq!(line["TaxAmount"].to_string(), "25.01");
    assert_eq!(line.get("DiscountRate"), None);
}

#[test]
fn a_line_xero_would_round_otherwise_travels_as_one_piece() {
    // 3 x 33.33333 is 100.00 for us; Xero holds four decimals of a price and would say 99.9999.
    let odd = line(dec("3"), dec("33.33333"), dec("0"), [8_000, 2_000, 10_000]);
    let sent = body(ExportDocument::Invoice(sale(vec![odd])));
    let line = &sent["Invoices"][0]["LineItems"][0];
    assert_eq!(
        (line["Quantity"].to_string(), line["UnitAmount"].to_string()),
        ("1".into(), "100".into())
    );
    assert_eq!(line["LineAmount"].to_string(), "100");
}

#[test]
fn a_discounted_line_of_a_credit_note_travels_as_one_piece() {
    let sent = body(ExportDocument::CreditNote(sale(vec![whole_line()])));
    let note = &sent["CreditNotes"][0];
    assert_eq!(
        (&note["Type"], &note["CreditNoteNumber"]),
        (&json!("ACCRECCREDIT"), &json!("A-1001"))
    );
    assert_eq!((note.get("DueDate"), note.get("InvoiceNumber")), (None, None));
    let line = &note["LineItems"][0];
    assert_eq!(line.get("DiscountRate"), None);
    assert_eq!(
        (line["Quantity"].to_string(), line["UnitAmount"].to_string()),
        ("1".into(), "1665".into())
    );
}

#[test]
fn customers_payments_and_allocations_look_as_xero_wants_them() {
    assert_eq!(
        body(ExportDocument::Customer(customer())),
        json!({"Contacts": [{
            "ContactNumber": "c-7f3e", "AccountNumber": "1042", "Name": "Kari Nordmann",
            "EmailAddress": "kari@example.org",
            "Phones": [{"PhoneType": "DEFAULT", "PhoneNumber": "+47 400 00 000"}],
            "Addresses": [{"AddressType": "STREET", "AddressLine1": "Storgata 1",
                "City": "Oslo", "PostalCode": "0155", "Country": "NO"}],
        }]})
    );
    let sent = push::body(&[&item(ExportDocument::Payment(payment()))]).expect("a body").1;
    let expected = concat!(
        r#"{"Payments":[{"Invoice":{"InvoiceID":"0b5a2b1c-5b0e-4b7e-9d67-0f4d6c1f2a11"},"#,
        r#""Account":{"Code":"1920"},"Date":"2026-11-21","Amount":500.1,"Reference":"p-11"}]}"#
    );
    assert_eq!(sent, expected);
    let (path, _) =
        push::body(&[&item(ExportDocument::CreditAllocation(allocation()))]).expect("a body");
    assert_eq!(path, format!("CreditNotes/{NOTE_ID}/Allocations"));
    assert_eq!(
        body(ExportDocument::CreditAllocation(allocation())),
        json!({"Allocations": [{"Amount": 1, "Date": "2026-11-21", "Invoice": {"InvoiceID": INVOICE_ID}}]})
    );
}

#[test]
fn a_change_names_the_contact_and_what_is_empty_now_and_travels_apart_from_new_ones() {
    let (existing, email) = (INVOICE_ID.to_owned(), String::new());
    let changed = ExportDocument::Customer(CustomerDocument { existing, email, ..customer() });
    let sent = &body(changed.clone())["Contacts"][0];
    assert_eq!((&sent["ContactID"], &sent["EmailAddress"]), (&json!(INVOICE_ID), &json!("")));
    let mixed = push::body(&[&item(changed), &item(ExportDocument::Customer(customer()))]);
    assert!(matches!(mixed, Err(ProviderError::BatchRefused { .. })));
}

#[test]
fn texts_are_cut_at_whole_characters_but_numbers_and_references_are_refused() {
    let mut long = customer();
    long.name = "å".repeat(300);
    let sent = transform::contact(&long).expect("cut");
    assert_eq!(sent.name.map(|name| name.chars().count()), Some(255));
    let mut document = sale(vec![whole_line()]);
    document.number = "9".repeat(256);
    let refused = transform::sales(DocumentKind::Invoice, &document).expect_err("too long");
    assert!(
        matches!(refused, ProviderError::Rejected { field: Some(field), .. } if field == "InvoiceNumber")
    );
    let dinar: Currency = "KWD".parse().expect("a currency");
    let mut odd = payment();
    odd.amount = Money::from_minor(1_001, dinar);
    assert!(transform::payment(&odd).is_err(), "three decimals do not fit");
}

#[test]
fn amounts_and_days_are_read_to_the_last_digit() {
    let exact = |text: &str| serde_json::from_str::<Exact>(text).map(|exact| exact.0);
    assert_eq!(exact("1234567890123.45").expect("a number"), dec("1234567890123.45"));
    assert_eq!(exact("\"46.00\"").expect("a text"), dec("46.00"));
    assert_eq!(exact("1.5E2").expect("scientific"), dec("150"));
    assert!(exact("\"many\"").is_err());
    let read = |text: &str| serde_json::from_str::<Day>(text).map(|day| day.0);
    assert_eq!(read("\"/Date(1552521600000+0000)/\"").expect("a day"), day("2019-03-14"));
    assert_eq!(read("\"/Date(1552521600000+1300)/\"").expect("a day"), day("2019-03-14"));
    assert_eq!(read("\"/Date(-86400000)/\"").expect("a day"), day("1969-12-31"));
    assert_eq!(read("\"2026-02-28T00:00:00\"").expect("a day"), day("2026-02-28"));
    assert!(read("\"/Date()/\"").is_err());
}

#[test]
fn the_key_of_a_batch_depends_on_its_records_and_their_order() {
    let one = item(ExportDocument::Payment(payment()));
    let two = PushItem { idempotency_key: "ff".repeat(16), ..one.clone() };
    let key = push::batch_key(&[&one, &two]);
    assert_eq!(key.len(), 32);
    assert_eq!(key, push::batch_key(&[&one, &two]));
    assert_ne!(key, push::batch_key(&[&two, &one]));
    assert_ne!(key, push::batch_key(&[&one]));
}

/// Xero's sentences, as recorded, and what each must become.
#[test]
fn each_known_sentence_becomes_its_error() {
    let of = |text: &str| client::of_messages(&[Message { message: text.to_owned() }]);
    let missing = |kind, name: &str, text: &str| ProviderError::MissingReference {
        kind,
        name: name.to_owned(),
        text: text.to_owned(),
    };
    for text in [
        "Invoice # must be unique.",
        "Credit Note # must be unique.",
        "Order number must be unique",
        "The contact name Kari is already assigned to another contact. The contact name must be \
         unique across all active contacts.",
    ] {
        assert_eq!(of(text), ProviderError::Duplicate { text: text.to_owned() });
    }
    let account = "Account code '299' has been archived, or has been deleted. Each line item must \
                   reference a valid account.";
    assert_eq!(of(account), missing(ReferenceKind::Account, "299", account));
    let account = "Account code '4' is not a valid code for this document.";
    assert_eq!(of(account), missing(ReferenceKind::Account, "4", account));
    let tax =
        "The TaxType code 'OUTPUT9' does not exist or cannot be used for this type of transaction.";
    assert_eq!(of(tax), missing(ReferenceKind::TaxCode, "OUTPUT9", tax));
    let contact = "The specified contact has been archived and must be un-archived before creating \
                   new invoices or credit notes.";
    assert_eq!(of(contact), missing(ReferenceKind::Customer, "", contact));
    for text in [
        "Organisation is not subscribed to currency EUR",
        "The current organisation is not subscribed to currency 'EUR'.",
    ] {
        assert_eq!(of(text), missing(ReferenceKind::Currency, "EUR", text));
    }
    let lock =
        "The document date cannot be before the period lock date, currently set at 31-Oct-2026";
    assert_eq!(of(lock), ProviderError::PeriodLocked { text: lock.to_owned() });
    for text in [
        "Invoice not of valid status for modification",
        "Payments can only be made against Authorised documents",
        "Payment amount exceeds the amount outstanding on this document",
        "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.",
    ] {
        assert_eq!(of(text), ProviderError::Conflict { text: text.to_owned() });
    }
    let plan = "The approval limit of your plan was reached";
    assert_eq!(of(plan), ProviderError::PlanLimit { text: plan.to_owned() });
    let other = "Email address must be valid.";
    assert_eq!(of(other), ProviderError::Rejected { field: None, text: other.to_owned() });
}

#[test]
fn of_several_sentences_the_duplicate_counts_first() {
    let messages = ["Email address must be valid.", "Invoice # must be unique."]
        .map(|message| Message { message: message.to_owned() });
    let ProviderError::Duplicate { text } = client::of_messages(&messages) else {
        panic!("not a duplicate")
    };
    assert_eq!(text, "Email address must be valid.; Invoice # must be unique.");
}

#[test]
fn a_refused_call_halves_a_batch_and_judges_a_single_record() {
    let text = r#"{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception
        occurred","New":1,"Elements":[{"ValidationErrors":[{"Message":"Invoice # must be unique."}]}]}"#
        .replace('\n', " ");
    let answer = Answer { status: 400, text, date: None };
    let text = "Invoice # must be unique.".to_owned();
    assert_eq!(client::refused(&answer, 2), ProviderError::BatchRefused { text: text.clone() });
    assert_eq!(client::refused(&answer, 1), ProviderError::Duplicate { text });
    let page = Answer { status: 400, text: "<html>Bad Request</html>".to_owned(), date: None };
    assert!(matches!(client::refused(&page, 1), ProviderError::Rejected { .. }));
}

#[test]
fn reference_data_takes_the_later_lock_and_leaves_out_what_no_document_may_name() {
    let text = json!({
        "Organisations": [{"Name": "Nord Trafikkskole", "BaseCurrency": "NOK", "Unknown": true,
            "PeriodLockDate": "/Date(1790726400000+0000)/",
            "EndOfYearLockDate": "/Date(1767139200000+0000)/"}],
        "Accounts": [
            {"AccountID": "a", "Code": "1920", "Name": "Bank", "Type": "BANK", "Class": "ASSET",
                "Status": "ACTIVE"},
            {"AccountID": "b", "Name": "No code", "Type": "BANK", "Class": "ASSET"},
            {"AccountID": "c", "Code": "3000", "Name": "Sales", "Type": "REVENUE",
                "Class": "REVENUE", "TaxType": "OUTPUT", "Status": "ARCHIVED"},
            {"AccountID": "d", "Code": "2990", "Name": "Outlays", "Type": "CURRLIAB",
                "Class": "LIABILITY", "SystemAccount": ""},
            {"AccountID": "e", "Code": "2700", "Name": "VAT", "Type": "CURRLIAB",
                "Class": "LIABILITY", "SystemAccount": "GST"}],
        "TaxRates": [{"Name": "25 %", "TaxType": "OUTPUT", "EffectiveRate": 25.0000,
            "CanApplyToRevenue": true, "Status": "ACTIVE"}],
        "Currencies": [{"Code": "NOK", "Description": "Norwegian Krone"},
            {"Code": "EUR", "Description": "Euro"}],
    })
    .to_string();
    let envelope: Envelope = serde_json::from_str(&text).expect("an answer");
    let data = transform::reference_data(
        &envelope.organisations.expect("companies")[0],
        (
            &envelope.accounts.expect("accounts"),
            &envelope.tax_rates.expect("rates"),
            &[],
            &envelope.currencies.expect("currencies"),
        ),
        DateTime::UNIX_EPOCH,
    )
    .expect("data");
    assert_eq!(data.locked_until, Some(day("2026-09-30")));
    let codes: Vec<_> = data.accounts.iter().map(|it| (it.code.as_str(), it.active)).collect();
    assert_eq!(codes, [("1920", true), ("3000", false), ("2990", true)]);
    assert_eq!(data.tax_codes[0].rate, Some(dec("25")));
    let currencies: Vec<_> = data.currencies.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(currencies, ["NOK", "EUR"]);
}

#[test]
fn a_value_that_needs_care_is_asked_for_by_its_plain_piece() {
    let of = |value| lookup::any_of("Name", [value].into_iter());
    assert_eq!(of("O'Brien"), "Name==\"O'Brien\"");
    assert_eq!(of("Anna \"Ann\" Berg"), "Name!=null AND Name.Contains(\"Berg\")");
    assert_eq!(of("D\u{2019}Angelo"), "Name!=null AND Name.Contains(\"Angelo\")");
}

/// The official description as a schema that knows its own references. Siblings of a reference mean
/// nothing in it, and its formats are not checked.
fn official_schema(name: &str) -> Option<jsonschema::Validator> {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/specs/xero/xero_accounting.yaml");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the official description is not beside the repository");
        return None;
    };
    let document: Value = serde_norway::from_str(&text).expect("a description");
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "$ref": format!("#/components/schemas/{name}"),
        "components": {"schemas": document["components"]["schemas"]},
    });
    make_strict(&mut schema["components"]);
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

/// Drops what stands beside a reference, and closes each object, so that a misspelt field is found.
fn make_strict(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").filter(|it| it.is_string()).cloned() {
                fields.retain(|name, _| name == "$ref");
                fields.insert("$ref".to_owned(), reference);
            } else if fields.get("properties").is_some_and(Value::is_object)
                && !fields.contains_key("additionalProperties")
            {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            fields.values_mut().for_each(make_strict);
        }
        Value::Array(items) => items.iter_mut().for_each(make_strict),
        _ => {}
    }
}

#[test]
fn every_body_is_valid_by_the_official_description() {
    let odd = line(dec("3"), dec("33.33333"), dec("0"), [8_000, 2_000, 10_000]);
    let existing = INVOICE_ID.to_owned();
    let changed =
        CustomerDocument { existing, email: String::new(), phone: String::new(), ..customer() };
    let tracking = format!("{CUSTOMER_ID}/{INVOICE_ID}");
    let told = SalesDocument { tracking, ..sale(vec![whole_line()]) };
    let documents = [
        ("Contacts", ExportDocument::Customer(customer())),
        ("Contacts", ExportDocument::Customer(changed)),
        ("Invoices", ExportDocument::Invoice(sale(vec![whole_line(), odd]))),
        ("Invoices", ExportDocument::Invoice(told)),
        ("CreditNotes", ExportDocument::CreditNote(sale(vec![whole_line()]))),
        ("Payments", ExportDocument::Payment(payment())),
        ("Allocations", ExportDocument::CreditAllocation(allocation())),
    ];
    for (name, document) in documents {
        let Some(schema) = official_schema(name) else { return };
        let sent = body(document);
        let faults: Vec<String> = schema
            .iter_errors(&sent)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let mut wrong = sent;
        wrong[name][0]["Nonsense"] = json!(1);
        assert!(!schema.is_valid(&wrong), "{name}: the check checks nothing");
    }
}

#[test]
fn a_discount_of_the_document_goes_as_an_amount_of_its_line() {
    let mut discounted = line(dec("2"), dec("925"), dec("0"), [133_200, 33_300, 166_500]);
    discounted.discount = Some(nok(18_500));
    let sent = body(ExportDocument::Invoice(sale(vec![discounted.clone()])));
    let line = &sent["Invoices"][0]["LineItems"][0];
    assert_eq!((&line["DiscountAmount"], &line["LineAmount"]), (&json!(185), &json!(1665)));
    assert_eq!((&line["Quantity"], &line["UnitAmount"]), (&json!(2), &json!(925)));
    // With a percentage beside it the line travels as one piece at its amount.
    discounted.discount_percent = dec("5");
    let sent = body(ExportDocument::Invoice(sale(vec![discounted])));
    let line = &sent["Invoices"][0]["LineItems"][0];
    assert_eq!((&line["DiscountAmount"], &line["UnitAmount"]), (&Value::Null, &json!(1665)));
}

#[test]
fn a_tracking_option_stands_on_every_line_by_both_ids() {
    let mut document = sale(vec![whole_line(), whole_line()]);
    document.tracking = "cat/opt".to_owned();
    let sent = transform::sales(DocumentKind::Invoice, &document).expect("an invoice");
    let json = serde_json::to_value(&sent).expect("json");
    let wanted = serde_json::json!([{ "TrackingCategoryID": "cat", "TrackingOptionID": "opt" }]);
    assert_eq!(json["LineItems"][0]["Tracking"], wanted);
    assert_eq!(json["LineItems"][1]["Tracking"], wanted);
    document.tracking = String::new();
    let sent = transform::sales(DocumentKind::Invoice, &document).expect("an invoice");
    let json = serde_json::to_value(&sent).expect("json");
    assert!(json["LineItems"][0].get("Tracking").is_none(), "{json}");
    document.tracking = "no option".to_owned();
    let refused = transform::sales(DocumentKind::Invoice, &document);
    assert!(matches!(refused, Err(ProviderError::Rejected { .. })), "{refused:?}");
}
