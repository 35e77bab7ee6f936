use super::*;
use crate::backlog::{Cost, cost};
use crate::change::RemoteChange;
use crate::document::{
    AllocationDocument, CustomerDocument, ExportDocument, HeldAs, PaymentDocument, SalesDocument,
    SalesLine,
};
use crate::error::ReferenceKind;
use crate::http::Answer;
use crate::record::RemoteState;
use chrono::NaiveDate;
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::time::Duration;
use wire::Exact;

const CONTACT_ID: &str = "7dfc261d51eb9c107bff7273862f6e80";
const INVOICE_ID: &str = "ba0473ae7201b61bc1d820059ff69551";
const NOTE_ID: &str = "9c1256cefba066ce0c71ab5f9f26558e";
const ACCOUNT_ID: &str = "4195173e75db11e8990a122c8428e4b2";
const KEY: &str = "00112233445566778899aabbccddeeff";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse::<Currency>().expect("a currency"))
}

fn line(quantity: &str, net: i64, vat: i64) -> SalesLine {
    SalesLine {
        description: "Driving lesson 45 min".to_owned(),
        quantity: dec(quantity),
        unit_price: dec("27"),
        discount_percent: Decimal::ZERO,
        discount: None,
        account: ACCOUNT_ID.to_owned(),
        tax_code: "GB_STANDARD".to_owned(),
        net: gbp(net),
        vat: gbp(vat),
        gross: gbp(net + vat),
    }
}

fn sale(lines: Vec<SalesLine>) -> SalesDocument {
    let sum = |of: fn(&SalesLine) -> Money| gbp(lines.iter().map(|line| of(line).minor()).sum());
    SalesDocument {
        rate: None,
        reference: "K-0192f3a4".to_owned(),
        number: "A-1001".to_owned(),
        customer: CONTACT_ID.to_owned(),
        date: day("2026-11-20"),
        due_date: day("2026-12-04"),
        currency: "GBP".parse().expect("a currency"),
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
        reference: "K-7f3e".to_owned(),
        tax_number: "GB123456789".to_owned(),
        number: "1042".to_owned(),
        name: "Ann Learner (1042)".to_owned(),
        email: "ann@example.org".to_owned(),
        phone: "+44 113 496 0000".to_owned(),
        address: Address {
            line1: "High St 1".to_owned(),
            postal_code: "LS1 1AA".to_owned(),
            city: "Leeds".to_owned(),
            country: "GB".to_owned(),
            ..Address::default()
        },
        currency: None,
    }
}

fn payment() -> PaymentDocument {
    PaymentDocument {
        reference: "K-p11".to_owned(),
        invoice: INVOICE_ID.to_owned(),
        account: "27cf77a0e56b4c420345893cfc404c94".to_owned(),
        date: day("2026-11-21"),
        amount: gbp(5_010),
        base: None,
    }
}

fn allocation() -> AllocationDocument {
    AllocationDocument {
        reference: "K-a1".to_owned(),
        credit_note: NOTE_ID.to_owned(),
        held_as: HeldAs::CreditNote,
        invoice: INVOICE_ID.to_owned(),
        date: day("2026-11-21"),
        amount: gbp(100),
    }
}

/// The body that a document is sent as, as text.
fn text(document: &ExportDocument) -> String {
    let (kind, key) = (document.kind(), Some(KEY.to_owned()));
    let body = match document {
        ExportDocument::Customer(it) => push::wrapped(kind, &transform::contact(it, key).unwrap()),
        ExportDocument::Invoice(it) | ExportDocument::CreditNote(it) => {
            push::wrapped(kind, &transform::sales(kind, it, key).unwrap())
        }
        ExportDocument::Payment(it) => {
            push::wrapped(kind, &transform::payment(it, CONTACT_ID, key).unwrap())
        }
        ExportDocument::CreditAllocation(it) => {
            push::wrapped(kind, &transform::allocation(it, CONTACT_ID, key).unwrap())
        }
        ExportDocument::OnAccount(_)
        | ExportDocument::Refund(_)
        | ExportDocument::Removal(_)
        | ExportDocument::Journal(_)
        | ExportDocument::Attachment(_) => {
            return String::new();
        }
    };
    body.expect("a body")
}

fn body(document: &ExportDocument) -> Value {
    serde_json::from_str(&text(document)).expect("json")
}

#[test]
fn an_invoice_goes_as_a_draft_with_net_prices_and_its_own_vat() {
    let sent = text(&ExportDocument::Invoice(sale(vec![line("2", 4_510, 902)])));
    let expected = concat!(
        r#"{"sales_invoice":{"contact_id":"7dfc261d51eb9c107bff7273862f6e80","date":"2026-11-20","#,
        r#""due_date":"2026-12-04","reference":"A-1001","notes":"K-0192f3a4","status_id":"DRAFT","#,
        r#""invoice_lines":[{"description":"Driving lesson 45 min","#,
        r#""ledger_account_id":"4195173e75db11e8990a122c8428e4b2","quantity":2,"unit_price":22.55,"#,
        r#""tax_rate_id":"GB_STANDARD","tax_amount":9.02}],"#,
        r#""idempotency_id":"00112233445566778899aabbccddeeff"}}"#
    );
    assert_eq!(sent, expected);
}

#[test]
fn a_line_that_no_price_of_two_decimals_gives_travels_as_one_piece() {
    let sent = body(&ExportDocument::CreditNote(sale(vec![line("3", 10_000, 2_000)])));
    let note = &sent["sales_credit_note"];
    assert_eq!((note.get("due_date"), note.get("invoice_lines")), (None, None));
    let line = &note["credit_note_lines"][0];
    assert_eq!((&line["quantity"], &line["unit_price"]), (&json!(1), &json!(100)));
}

#[test]
fn a_foreign_document_names_its_currency_and_rate_both_ways() {
    let mut foreign = sale(vec![line("1", 4_500, 900)]);
    foreign.rate = Some(dec("0.8"));
    let sent = body(&ExportDocument::Invoice(foreign.clone()));
    let sent = &sent["sales_invoice"];
    assert_eq!(
        (&sent["exchange_rate"], &sent["inverse_exchange_rate"]),
        (&json!(1.25), &json!(0.8))
    );
    let answer = |worth: &str| wire::Sales {
        net_amount: Some(Exact(dec("45"))),
        tax_amount: Some(Exact(dec("9"))),
        total_amount: Some(Exact(dec("54.0"))),
        base_currency_total_amount: Some(Exact(dec(worth))),
        ..wire::Sales::default()
    };
    assert_eq!(transform::agreed(&answer("43.2"), &foreign), Ok(()));
    // Upside down it would be worth 67.50, and without a rate 54.00.
    assert!(transform::agreed(&answer("67.5"), &foreign).is_err());
    assert!(transform::agreed(&answer("54"), &foreign).is_err());
}

#[test]
fn customers_payments_and_allocations_look_as_sage_wants_them() {
    let sent = body(&ExportDocument::Customer(customer()));
    assert_eq!(
        sent["contact"],
        json!({
            "name": "Ann Learner (1042)", "contact_type_ids": ["CUSTOMER"], "reference": "1042",
            "notes": "K-7f3e", "tax_number": "GB123456789",
            "main_address": {"address_type_id": "ACCOUNTS", "address_line_1": "High St 1",
                "address_line_2": "", "city": "Leeds", "postal_code": "LS1 1AA",
                "country_id": "GB"},
            "main_contact_person": {"contact_person_type_ids": ["CUSTOMER"],
                "name": "Ann Learner (1042)", "email": "ann@example.org",
                "telephone": "+44 113 496 0000", "is_main_contact": true},
            "idempotency_id": KEY,
        })
    );
    let sent = body(&ExportDocument::Payment(payment()));
    let sent = &sent["contact_payment"];
    assert_eq!((&sent["total_amount"], &sent["reference"]), (&json!(50.1), &json!("K-p11")));
    assert_eq!(sent["allocated_artefacts"], json!([{"artefact_id": INVOICE_ID, "amount": 50.1}]));
    let sent = body(&ExportDocument::CreditAllocation(allocation()));
    assert_eq!(
        sent["contact_allocation"]["allocated_artefacts"],
        json!([{"artefact_id": INVOICE_ID, "amount": 1}, {"artefact_id": NOTE_ID, "amount": -1}])
    );
}

#[test]
fn a_change_names_what_is_empty_now_and_neither_number_nor_notes() {
    let (existing, email) = (CONTACT_ID.to_owned(), String::new());
    let changed = ExportDocument::Customer(CustomerDocument { existing, email, ..customer() });
    let sent = body(&changed);
    let contact = &sent["contact"];
    assert_eq!(contact["main_contact_person"]["email"], "");
    for field in ["reference", "notes", "contact_type_ids", "idempotency_id"] {
        assert_eq!(contact.get(field), None, "{field}");
    }
}

#[test]
fn what_does_not_fit_is_refused_and_only_texts_for_people_are_cut() {
    let mut long = customer();
    (long.name, long.number) = ("å".repeat(300), "12345678901".to_owned());
    let sent = transform::contact(&long, None).expect("cut");
    assert_eq!((sent.name.chars().count(), sent.reference), (100, None));
    let refused = |document: &SalesDocument| {
        transform::sales(DocumentKind::Invoice, document, None).expect_err("refused")
    };
    let mut document = sale(vec![line("1", 4_500, 900)]);
    document.number = "9".repeat(26);
    let wrong = refused(&document);
    assert!(matches!(wrong, ProviderError::Rejected { field: Some(it), .. } if it == "reference"));
    let mut document = sale(vec![line("1", 4_500, 900)]);
    document.vat = gbp(901);
    assert!(matches!(refused(&document), ProviderError::Rejected { field: None, .. }));
    let mut dinar = payment();
    dinar.amount = Money::from_minor(1_001, "KWD".parse().expect("a currency"));
    assert!(transform::payment(&dinar, CONTACT_ID, None).is_err(), "three decimals do not fit");
}

#[test]
fn amounts_are_read_to_the_last_digit_as_numbers_and_as_text() {
    let exact = |text: &str| serde_json::from_str::<Exact>(text).map(|exact| exact.0);
    assert_eq!(exact("1234567890123.45").expect("a number"), dec("1234567890123.45"));
    assert_eq!(exact("\"321.2\"").expect("a text"), dec("321.20"));
    assert!(exact("\"many\"").is_err());
}

/// The draft that Sage's invoicing guide shows, shortened.
const DRAFT: &str = r#"{"id":"e5aff2cd745011e8863412a7e3287944","displayed_as":"SI-DRAFT",
    "$path":"/sales_invoices/e5aff2cd745011e8863412a7e3287944","transaction":null,
    "links":[{"href":"https://accounting.na.sageone.com/invoicing/sales_invoices/e5af",
        "rel":"alternate","type":"text/html"}],
    "contact":{"id":"3a1d5799745011e8863412a7e3287944","displayed_as":"A Really nice customer Inc"},
    "date":"2018-06-20","reference":"AB-123","notes":"Comments are internal, only you see them",
    "net_amount":"294.0","tax_amount":"27.2","total_amount":"321.2","outstanding_amount":"0.0",
    "currency":{"id":"USD","displayed_as":"US Dollar (USD)","$path":"/currencies/USD"},
    "exchange_rate":"1.0","base_currency_total_amount":"321.2",
    "status":{"id":"DRAFT","displayed_as":"Draft","$path":"/artefact_statuses/DRAFT"}}"#;

#[test]
fn the_draft_of_sages_own_guide_is_read() {
    let sale: wire::Sales = serde_json::from_str(DRAFT).expect("a document");
    let usd: Currency = "USD".parse().expect("a currency");
    let there = transform::sales_ref(&sale, "GBP".parse().expect("a currency")).expect("amounts");
    assert_eq!(there.gross, Some(Money::from_minor(32_120, usd)));
    assert_eq!(
        (there.number.as_str(), there.vat),
        ("SI-DRAFT", Some(Money::from_minor(2_720, usd)))
    );
    assert!(there.url.is_some_and(|url| url.starts_with("https://accounting.na.sageone.com/")));
    assert!(!release::is_posted(&sale.status.expect("a status").id));
}

fn refusal(status: u16, code: &str, message: &str, source: &str) -> Answer {
    let text = json!([{"$severity": "error", "$dataCode": code, "$message": message,
        "$source": source}])
    .to_string();
    Answer { status, text, date: None }
}

/// Sage's answers, as recorded in its guides and in public issues, and what each must become.
#[test]
fn each_known_refusal_becomes_its_error() {
    let of = |status, code: &str, message: &str, source: &str| {
        client::refused(&refusal(status, code, message, source), DocumentKind::Invoice)
    };
    let missing = |kind, name: &str, text: &str| ProviderError::MissingReference {
        kind,
        name: name.to_owned(),
        text: text.to_owned(),
    };
    // Sage/sageone_api_php_sample#32: any unknown id, without saying which.
    let text = "Couldn't find record.";
    assert_eq!(of(404, "RecordNotFound", text, ""), missing(ReferenceKind::Account, "", text));
    let named = of(422, "RecordNotFound", text, "contact_id");
    let said = "contact_id: Couldn't find record.";
    assert_eq!(named, missing(ReferenceKind::Customer, "contact_id", said));
    let paid = client::refused(&refusal(404, "RecordNotFound", text, ""), DocumentKind::Payment);
    assert_eq!(paid, missing(ReferenceKind::Document, "", text));
    // Sage/sageone_api_php_sample#29, there for a supplier.
    let text = "Couldn't find Customer.";
    assert_eq!(of(422, "RecordInvalid", text, ""), missing(ReferenceKind::Customer, "", text));
    // Payments guide.
    let text = "You can only pay unpaid or part-paid invoices.".to_owned();
    assert_eq!(of(422, "RecordInvalid", &text, ""), ProviderError::Conflict { text });
    // "Frequently raised errors".
    let text = "The current user is not allowed to access that resource with that method.";
    assert_eq!(
        of(403, "MultiUserAccessDenied", text, ""),
        ProviderError::NotPermitted { text: text.to_owned() }
    );
    // A maintained client shows this one in its sources.
    let field = Some("line_items.tax_rate_id".to_owned());
    let text = "line_items.tax_rate_id: This field is required.".to_owned();
    let given = of(422, "RecordInvalid", "This field is required.", "line_items.tax_rate_id");
    assert_eq!(given, ProviderError::Rejected { field, text });
}

#[test]
fn rules_without_a_recorded_sentence_are_known_by_their_words() {
    let of = |message: &str, source: &str| {
        client::refused(&refusal(422, "RecordInvalid", message, source), DocumentKind::Customer)
    };
    let text = "reference: The reference must be unique.".to_owned();
    assert_eq!(of("The reference must be unique.", "reference"), ProviderError::Duplicate { text });
    let locked = of("The date must be after the year end lockdown date of 31/10/2026.", "date");
    assert!(matches!(locked, ProviderError::PeriodLocked { .. }));
    let begun = of("The date cannot be before the accounts start date.", "date");
    assert!(matches!(begun, ProviderError::PeriodLocked { .. }));
}

#[test]
fn of_what_is_listed_as_deleted_a_void_document_stays_void_and_any_other_is_gone() {
    let named = |id: &str| Some(wire::Named { id: id.to_owned(), displayed_as: None });
    let row = |status: &str| wire::Sales {
        id: INVOICE_ID.to_owned(),
        date: Some(day("2026-11-20")),
        status: named(status),
        currency: named("GBP"),
        ..wire::Sales::default()
    };
    let kind = DocumentKind::Invoice;
    let told = changes::deleted_sale(&row("VOID"), kind);
    let RemoteChange::Sale(record) = &told else { panic!("{told:?}") };
    assert_eq!((record.id.as_str(), record.state), (INVOICE_ID, RemoteState::Voided));
    for status in ["DRAFT", "UNPAID"] {
        let gone = RemoteChange::Gone { kind, id: INVOICE_ID.to_owned() };
        assert_eq!(changes::deleted_sale(&row(status), kind), gone, "{status}");
    }
}

#[test]
fn a_page_of_a_gateway_and_half_an_answer_are_refused_and_quoted_short() {
    let html = format!("<html><body>{}</body></html>", "Bad Request ".repeat(50));
    for text in [html, r#"[{"$severity":"error","$dataCo"#.to_owned()] {
        let answer = Answer { status: 400, text, date: None };
        let ProviderError::Rejected { field: None, text } =
            client::refused(&answer, DocumentKind::Invoice)
        else {
            panic!("not a refusal")
        };
        assert!(text.chars().count() <= 200);
    }
    let half = Answer { status: 200, text: r#"{"id":"#.to_owned(), date: None };
    let read = client::read::<wire::Sales>(&half, Effect::Write);
    assert!(matches!(read, Err(ProviderError::OutcomeUnknown { .. })));
}

#[test]
fn a_backlog_is_told_in_calls_and_time() {
    use DocumentKind::{Customer, Invoice, Payment};
    let of = |records: &[(DocumentKind, u64)], left| cost(records, left, &CAPABILITIES);
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    assert_eq!(of(&[], 0), Cost { calls: 0, time: Duration::ZERO });
    assert_eq!(of(&[(Invoice, 50)], 2500), Cost { calls: 100, time: Duration::ZERO });
    assert_eq!(of(&[(Invoice, 51)], 2500), Cost { calls: 102, time: minutes(1) });
    assert_eq!(of(&[(Invoice, 1250)], 2500), Cost { calls: 2500, time: minutes(24) });
    // One more waits for the next day, and so does everything when nothing is left.
    assert_eq!(of(&[(Invoice, 1250), (Customer, 1)], 2500).time, hours(24));
    assert_eq!(of(&[(Customer, 2500)], 0).time, hours(24) + minutes(24));
    // Ten thousand payments: 20,000 calls, seven further days and the last one's minutes.
    let many = of(&[(Payment, 10_000)], 2500);
    assert_eq!((many.calls, many.time), (20_000, hours(7 * 24) + minutes(24)));
}

/// The official description as a schema; its `idempotency_id` stands in a guide only.
fn official_schema(name: &str) -> Option<jsonschema::Validator> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/specs/sage/sage-accounting-v3.1-swagger.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the official description is not beside the repository");
        return None;
    };
    let document: Value = serde_json::from_str(&text).expect("a description");
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [{"$ref": format!("#/definitions/{name}")}],
        "definitions": document["definitions"],
    });
    make_strict(&mut schema["definitions"]);
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

/// Drops what stands beside a reference, and closes each object, so that a misspelt field is found.
fn make_strict(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").filter(|it| it.is_string()).cloned() {
                fields.retain(|name, _| name == "$ref");
                fields.insert("$ref".to_owned(), reference);
            } else if fields.get("properties").is_some_and(Value::is_object) {
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
    let mut foreign = sale(vec![line("2", 4_510, 902), line("3", 10_000, 2_000)]);
    foreign.rate = Some(dec("0.8"));
    let paid = PaymentDocument { base: Some(gbp(4_000)), ..payment() };
    let existing = CONTACT_ID.to_owned();
    let changed = CustomerDocument { existing, email: String::new(), ..customer() };
    let documents = [
        ("postContacts", "contact", ExportDocument::Customer(customer())),
        ("putContacts", "contact", ExportDocument::Customer(changed)),
        ("postSalesInvoices", "sales_invoice", ExportDocument::Invoice(foreign.clone())),
        ("postSalesCreditNotes", "sales_credit_note", ExportDocument::CreditNote(foreign)),
        ("postContactPayments", "contact_payment", ExportDocument::Payment(paid)),
        (
            "postContactAllocations",
            "contact_allocation",
            ExportDocument::CreditAllocation(allocation()),
        ),
    ];
    for (schema, name, document) in documents {
        let Some(schema) = official_schema(schema) else { return };
        let mut sent = body(&document);
        sent[name].as_object_mut().expect("a record").remove("idempotency_id");
        let faults: Vec<String> = schema
            .iter_errors(&sent)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        sent[name]["nonsense"] = json!(1);
        assert!(!schema.is_valid(&sent), "{name}: the check checks nothing");
    }
}
