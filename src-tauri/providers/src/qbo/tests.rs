use super::outcome::{Outcome, of_reply};
use super::push::{Known, Ready, ready, request};
use super::tax::{Rate, Taxes};
use super::*;
use crate::document::{
    AccountClass, AllocationDocument, CustomerDocument, ExportDocument, HeldAs, PaymentDocument,
    SalesDocument, SalesLine,
};
use crate::error::ReferenceKind;
use crate::field::FieldText;
use crate::http::{Answer, Reply};
use chrono::NaiveDate;
use finance::money::{Currency, Money};
use finance::party::Address;
use finance::tax::PriceBasis;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use wire::{Answered, Exact};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, "GBP".parse().expect("a currency"))
}

fn line(quantity: &str, price: &str, sums: [i64; 3]) -> SalesLine {
    SalesLine {
        description: "Driving lesson 60 min".to_owned(),
        quantity: dec(quantity),
        unit_price: dec(price),
        discount_percent: Decimal::ZERO,
        discount: None,
        account: "item:2".to_owned(),
        tax_code: "2".to_owned(),
        net: gbp(sums[0]),
        vat: gbp(sums[1]),
        gross: gbp(sums[2]),
    }
}

fn sale(basis: PriceBasis, lines: Vec<SalesLine>) -> SalesDocument {
    let sum = |of: fn(&SalesLine) -> Money| gbp(lines.iter().map(|line| of(line).minor()).sum());
    SalesDocument {
        reference: "K-0192f3a4".to_owned(),
        number: "A-1001".to_owned(),
        customer: "58".to_owned(),
        date: day("2026-11-20"),
        due_date: day("2026-12-04"),
        currency: "GBP".parse().expect("a currency"),
        rate: None,
        basis,
        tracking: String::new(),
        fields: Vec::new(),
        net: sum(|line| line.net),
        vat: sum(|line| line.vat),
        gross: sum(|line| line.gross),
        lines,
    }
}

fn plain() -> SalesDocument {
    sale(PriceBasis::Net, vec![line("2", "45.50", [9100, 1820, 10_920])])
}

fn customer() -> CustomerDocument {
    CustomerDocument {
        existing: String::new(),
        reference: "K-7f3e".to_owned(),
        tax_number: String::new(),
        number: "1042".to_owned(),
        name: "Kari: Nordmann".to_owned(),
        email: "kari@example.org".to_owned(),
        phone: String::new(),
        address: Address {
            line1: "1 High Street".to_owned(),
            postal_code: "BS1 4ST".to_owned(),
            city: "Bristol".to_owned(),
            country: "GB".to_owned(),
            ..Address::default()
        },
        currency: None,
    }
}

fn payment() -> PaymentDocument {
    PaymentDocument {
        reference: "K-11".to_owned(),
        invoice: "145".to_owned(),
        account: "account:4".to_owned(),
        date: day("2026-11-21"),
        amount: gbp(50_010),
        base: None,
    }
}

fn allocation() -> AllocationDocument {
    AllocationDocument {
        reference: "K-12".to_owned(),
        credit_note: "146".to_owned(),
        held_as: HeldAs::CreditNote,
        invoice: "145".to_owned(),
        date: day("2026-11-21"),
        amount: gbp(100),
    }
}

fn item(document: ExportDocument) -> PushItem {
    PushItem { document, idempotency_key: "00112233445566778899aabbccddeeff".to_owned() }
}

fn british() -> Taxes {
    let rate = |id: &str, percent: &str| Rate { id: id.to_owned(), percent: dec(percent) };
    let quebec = vec![rate("21", "5"), rate("22", "9.975")];
    Taxes::ByCode(BTreeMap::from([
        ("2".to_owned(), vec![rate("3", "20")]),
        ("5".to_owned(), vec![rate("6", "0")]),
        ("9".to_owned(), quebec),
    ]))
}

fn owners() -> BTreeMap<String, String> {
    BTreeMap::from([("145".to_owned(), "58".to_owned())])
}

fn known(document: &ExportDocument) -> Known {
    match document {
        ExportDocument::Customer(_) => {
            Known::Versions(BTreeMap::from([("58".to_owned(), "7".to_owned())]))
        }
        ExportDocument::Invoice(_) | ExportDocument::CreditNote(_) => Known::Taxes(british()),
        ExportDocument::CreditAllocation(_) => Known::Credit(owners(), BTreeMap::new()),
        _ => Known::Owners(owners()),
    }
}

/// Path, request id and body of one record.
fn sent(document: ExportDocument) -> Result<(&'static str, String, String), ProviderError> {
    let known = known(&document);
    let item = item(document);
    let ready = ready(&item, &known)?;
    request(&[&ready])
}

fn body(document: ExportDocument) -> Value {
    serde_json::from_str(&sent(document).expect("a body").2).expect("json")
}

#[test]
fn an_invoice_carries_its_numbers_exactly_and_its_tax_beside_them() {
    let (path, key, text) = sent(ExportDocument::Invoice(plain())).expect("a body");
    assert_eq!((path, key.as_str()), ("invoice", "00112233445566778899aabbccddeeff"));
    let expected = concat!(
        r#"{"DocNumber":"A-1001","TxnDate":"2026-11-20","CurrencyRef":{"value":"GBP"},"#,
        r#""PrivateNote":"K-0192f3a4","Line":[{"Description":"Driving lesson 60 min","#,
        r#""Amount":91,"DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"#,
        r#""ItemRef":{"value":"2"},"UnitPrice":45.5,"Qty":2,"TaxCodeRef":{"value":"2"}}}],"#,
        r#""TxnTaxDetail":{"TotalTax":18.2,"TaxLine":[{"Amount":18.2,"#,
        r#""DetailType":"TaxLineDetail","TaxLineDetail":{"TaxRateRef":{"value":"3"},"#,
        r#""PercentBased":true,"TaxPercent":20,"NetAmountTaxable":91}}]},"#,
        r#""CustomerRef":{"value":"58"},"DueDate":"2026-12-04","#,
        r#""GlobalTaxCalculation":"TaxExcluded"}"#
    );
    assert_eq!(text, expected);
}

#[test]
fn a_line_quickbooks_would_refuse_travels_as_one_piece_without_price() {
    // The price contains tax, so quantity times price is not the net amount.
    let document = sale(PriceBasis::Gross, vec![line("1", "54.60", [4550, 910, 5460])]);
    let sent = body(ExportDocument::CreditNote(document));
    let line = &sent["Line"][0];
    assert_eq!(line["Amount"].to_string(), "45.5");
    assert_eq!(line["SalesItemLineDetail"].get("UnitPrice"), None);
    assert_eq!(sent.get("DueDate"), None);
    let mut discounted = plain();
    discounted.lines[0].discount_percent = dec("10");
    let sent = body(ExportDocument::Invoice(discounted));
    assert_eq!(sent["Line"][0]["SalesItemLineDetail"].get("Qty"), None);
}

#[test]
fn our_tax_is_sent_where_rounding_differs_by_a_unit_and_refused_where_the_rate_does() {
    // 20 % of 8.34 is 1.67 and of 8.36 is 1.67 too: 1.66 is a matter of rounding, 1.70 is not.
    for (net, vat, fits) in [(834, 167, true), (836, 166, true), (836, 170, false)] {
        let document = sale(PriceBasis::Gross, vec![line("1", "10", [net, vat, net + vat])]);
        let outcome = sent(ExportDocument::Invoice(document));
        assert_eq!(outcome.is_ok(), fits, "{net} {vat} {outcome:?}");
    }
    let mut unequal = plain();
    unequal.gross = gbp(10_921);
    let refused = sent(ExportDocument::Invoice(unequal)).expect_err("does not add up");
    assert!(
        matches!(refused, ProviderError::Rejected { field: Some(field), .. } if field == "Line")
    );
}

#[test]
fn two_rates_behind_one_code_share_its_tax_to_the_last_unit() {
    // The amount of an issue about QuickBooks in Quebec: 4495.16 at 9.975 % was 448.39 on one side
    // and 448.40 on the other.
    let mut one = line("1", "4495.16", [449_516, 67_316, 516_832]);
    one.tax_code = "9".to_owned();
    let sent = body(ExportDocument::Invoice(sale(PriceBasis::Net, vec![one])));
    let lines = &sent["TxnTaxDetail"]["TaxLine"];
    let amounts = [&lines[0]["Amount"], &lines[1]["Amount"]].map(Value::to_string);
    assert_eq!(amounts, ["224.76", "448.4"]);
    assert_eq!(sent["TxnTaxDetail"]["TotalTax"].to_string(), "673.16");
}

#[test]
fn in_the_united_states_a_taxed_sale_says_its_tax_and_names_no_rate() {
    let us = Known::Taxes(Taxes::UnitedStates);
    let mut document = sale(PriceBasis::Net, vec![line("2", "45.50", [9100, 0, 9100])]);
    document.lines[0].tax_code = "NON".to_owned();
    let told = |document: &SalesDocument| -> Value {
        let item = item(ExportDocument::Invoice(document.clone()));
        let one = ready(&item, &us).expect("ready");
        serde_json::from_str(&request(&[&one]).expect("a body").2).expect("json")
    };
    let sent = told(&document);
    assert_eq!((sent.get("TxnTaxDetail"), sent.get("GlobalTaxCalculation")), (None, None));
    let mut taxed = sale(PriceBasis::Net, vec![line("2", "45.50", [9100, 705, 9805])]);
    taxed.lines[0].tax_code = "TAX".to_owned();
    let sent = told(&taxed);
    assert_eq!(sent["TxnTaxDetail"], json!({"TotalTax": 7.05}));
    assert_eq!(sent.get("GlobalTaxCalculation"), None);
    taxed.lines[0].tax_code = "NON".to_owned();
    let refused = ready(&item(ExportDocument::Invoice(taxed)), &us).err();
    assert!(matches!(refused, Some(ProviderError::Rejected { .. })), "{refused:?}");
    document.lines[0].tax_code = "2".to_owned();
    let refused = ready(&item(ExportDocument::Invoice(document)), &us).err();
    assert!(matches!(refused, Some(ProviderError::MissingReference { .. })), "{refused:?}");
}

#[test]
fn customers_payments_and_allocations_look_as_quickbooks_wants_them() {
    assert_eq!(
        body(ExportDocument::Customer(customer())),
        json!({
            "DisplayName": "Kari  Nordmann", "Notes": "K-7f3e (1042)",
            "PrimaryEmailAddr": {"Address": "kari@example.org"},
            "BillAddr": {"Line1": "1 High Street", "Line2": "", "City": "Bristol",
                "Country": "GB", "PostalCode": "BS1 4ST"},
        })
    );
    let text = sent(ExportDocument::Payment(payment())).expect("a body").2;
    let expected = concat!(
        r#"{"TxnDate":"2026-11-21","CurrencyRef":{"value":"GBP"},"PrivateNote":"K-11","#,
        r#""Line":[{"Amount":500.1,"LinkedTxn":[{"TxnId":"145","TxnType":"Invoice"}]}],"#,
        r#""CustomerRef":{"value":"58"},"DepositToAccountRef":{"value":"4"},"TotalAmt":500.1}"#
    );
    assert_eq!(text, expected);
    let sent = body(ExportDocument::CreditAllocation(allocation()));
    assert_eq!((&sent["TotalAmt"], sent["Line"].as_array().map(Vec::len)), (&json!(0), Some(2)));
    assert_eq!(sent["Line"][1]["LinkedTxn"][0], json!({"TxnId": "146", "TxnType": "CreditMemo"}));
}

#[test]
fn a_change_names_the_version_and_leaves_the_notes_to_the_people_there() {
    let mut changed = customer();
    (changed.existing, changed.email) = ("58".to_owned(), String::new());
    let (_, key, text) = sent(ExportDocument::Customer(changed.clone())).expect("a body");
    let sent: Value = serde_json::from_str(&text).expect("json");
    assert_eq!((&sent["Id"], &sent["SyncToken"]), (&json!("58"), &json!("7")));
    assert_eq!((&sent["sparse"], sent.get("Notes")), (&json!(true), None));
    assert_eq!(sent["PrimaryEmailAddr"]["Address"], "");
    assert_eq!(key.len(), 32);
    assert_ne!(key, item(ExportDocument::Customer(changed.clone())).idempotency_key);
    changed.existing = "59".to_owned();
    let gone =
        ready(&item(ExportDocument::Customer(changed)), &Known::Versions(BTreeMap::new())).err();
    assert!(matches!(
        gone,
        Some(ProviderError::MissingReference { kind: ReferenceKind::Customer, .. })
    ));
}

#[test]
fn foreign_money_names_its_rate_both_ways() {
    let mut document = plain();
    document.rate = Some(dec("0.8612345678"));
    let sent = body(ExportDocument::Invoice(document));
    assert_eq!(sent["ExchangeRate"].to_string(), "0.86123457");
    let mut paid = payment();
    (paid.amount, paid.base) = (gbp(10_000), Some(gbp(8_650)));
    assert_eq!(body(ExportDocument::Payment(paid))["ExchangeRate"].to_string(), "0.865");
}

#[test]
fn numbers_and_currencies_that_do_not_fit_are_refused_and_codes_must_be_of_their_list() {
    let mut long = plain();
    long.number = "9".repeat(22);
    assert!(matches!(sent(ExportDocument::Invoice(long)), Err(ProviderError::Rejected { .. })));
    let dinar: Currency = "KWD".parse().expect("a currency");
    let mut odd = payment();
    odd.amount = Money::from_minor(1_001, dinar);
    assert!(sent(ExportDocument::Payment(odd)).is_err(), "three decimals do not fit");
    let mut account = payment();
    account.account = "item:2".to_owned();
    let refused = sent(ExportDocument::Payment(account)).expect_err("no account");
    assert!(matches!(
        refused,
        ProviderError::MissingReference { kind: ReferenceKind::Account, .. }
    ));
    let mut code = plain();
    code.lines[0].tax_code = "77".to_owned();
    let refused = sent(ExportDocument::Invoice(code)).expect_err("no code");
    assert!(matches!(
        refused,
        ProviderError::MissingReference { kind: ReferenceKind::TaxCode, .. }
    ));
}

#[test]
fn a_batch_numbers_its_records_and_its_key_depends_on_them_and_their_order() {
    let one = item(ExportDocument::Payment(payment()));
    let two = PushItem { idempotency_key: "ff".repeat(16), ..one.clone() };
    let known = known(&one.document);
    let (one, two) = (ready(&one, &known).expect("one"), ready(&two, &known).expect("two"));
    let of = |going: &[&Ready<'_>]| request(going).expect("a body");
    let (path, key, text) = of(&[&one, &two]);
    let sent: Value = serde_json::from_str(&text).expect("json");
    let second = &sent["BatchItemRequest"][1];
    assert_eq!((path, key.len()), ("batch", 32));
    assert_eq!((&second["bId"], &second["operation"]), (&json!("1"), &json!("create")));
    assert_eq!(second["Payment"]["Line"][0]["Amount"].to_string(), "500.1");
    assert_eq!(key, of(&[&one, &two]).1);
    assert_ne!(key, of(&[&two, &one]).1);
}

#[test]
fn amounts_are_read_to_the_last_digit_and_texts_are_quoted() {
    let exact = |text: &str| serde_json::from_str::<Exact>(text).map(|exact| exact.0);
    assert_eq!(exact("1234567890123.45").expect("a number"), dec("1234567890123.45"));
    assert_eq!(exact("\"46.00\"").expect("a text"), dec("46.00"));
    assert!(exact("\"many\"").is_err());
    let texts = client::texts(["O'Brien", "a\\b", "\u{2019}t Hart"].into_iter());
    assert_eq!(texts, "('O\\'Brien', 'a\\\\b', '\u{2019}t Hart')");
}

fn fault_of(text: &str) -> wire::Fault {
    let said: Answered = serde_json::from_str(text).expect("an answer");
    said.fault.expect("a fault")
}

fn meant(text: &str, kind: DocumentKind) -> ProviderError {
    fault::of(&fault_of(text), Some(kind), Effect::Write)
}

/// Intuit's refusals as recorded in public issues and on its pages, and what each must become.
#[test]
fn each_recorded_refusal_becomes_its_error() {
    let one = |code: &str, message: &str, detail: &str| {
        json!({"Fault": {"Error": [{"Message": message, "Detail": detail, "code": code,
            "element": ""}], "type": "ValidationFault"}, "time": "2026-05-29T10:00:00.000-07:00"})
        .to_string()
    };
    let number = one(
        "6140",
        "Duplicate Document Number Error",
        "Duplicate Document Number Error : You must specify a different number. This number has \
         already been used.  DocNumber=1037 is assigned to TxnType=Invoice with TxnId=145",
    );
    assert!(matches!(meant(&number, DocumentKind::Invoice), ProviderError::Duplicate { .. }));
    let name = r#"{"Fault":{"Error":[{"Message":"Duplicate Name Exists Error","Detail":"The name supplied already exists. : null","code":"6240"}],"type":"ValidationFault"},"time":"2024-06-23T04:29:11.688-07:00"}"#;
    assert!(matches!(meant(name, DocumentKind::Customer), ProviderError::Duplicate { .. }));
    let small = r#"{"fault":{"error":[{"message":"Duplicate Name Exists Error","detail":"The name supplied already exists. : null","code":"6240"}],"type":"ValidationFault"},"batchItemResponse":[],"attachableResponse":[],"time":1719142418269,"cdcresponse":[]}"#;
    assert!(matches!(meant(small, DocumentKind::Customer), ProviderError::Duplicate { .. }));
    let closed = r#"{"Fault":{"type":"ValidationFault","Error":[{"code":6210,"Message":"Account Period Closed, Cannot Update Through Services API","Detail":"The account period has closed and the account books cannot be updated through through the QBO Services API. Please use the QBO website to make these changes."}]}}"#;
    assert!(matches!(meant(closed, DocumentKind::Invoice), ProviderError::PeriodLocked { .. }));
    let gst = one(
        "6000",
        "A business validation error has occurred while processing your request",
        "Business Validation Error: Make sure all your transactions have a GST/HST rate before you \
         save.",
    );
    let ProviderError::MissingReference { kind, .. } = meant(&gst, DocumentKind::Invoice) else {
        panic!("not a tax code")
    };
    assert_eq!(kind, ReferenceKind::TaxCode);
    let single = one(
        "6000",
        "A business validation error has occurred while processing your request",
        "Business Validation Error: Multi Currency should be enabled to perform this operation",
    );
    let ProviderError::MissingReference { kind, name, .. } = meant(&single, DocumentKind::Invoice)
    else {
        panic!("not a currency")
    };
    assert_eq!((kind, name.as_str()), (ReferenceKind::Currency, ""));
    let stale = one(
        "5010",
        "Stale Object Error",
        "Stale Object Error : You and root were working on this at the same time. root finished \
         before you did, so your work was not saved.",
    );
    assert!(matches!(meant(&stale, DocumentKind::Customer), ProviderError::Conflict { .. }));
    let throttled = r#"{"Fault":{"Error":[{"Message":"message=ThrottleExceeded; errorCode=003001; statusCode=429","Detail":"The request limit was reached.","code":"3001"}],"type":"SERVICE"}}"#;
    let after = Duration::from_secs(60);
    assert_eq!(meant(throttled, DocumentKind::Invoice), ProviderError::RateLimited { after });
    let sign_in = r#"{"warnings":null,"intuitObject":null,"fault":{"error":[{"message":"message=AuthenticationFailed; errorCode=003200; statusCode=401","detail":"Token expired","code":"003200","element":null}],"type":"AUTHENTICATION"},"queryResponse":null,"batchItemResponse":[],"time":1510873219372}"#;
    assert_eq!(meant(sign_in, DocumentKind::Invoice), ProviderError::SignInNeeded);
    let over = one("6190", "Invalid Company Status", "Subscription period has ended or canceled");
    assert!(matches!(meant(&over, DocumentKind::Invoice), ProviderError::PlanLimit { .. }));
    let system = r#"{"Fault":{"Error":[{"Message":"An application error has occurred while processing your request","Detail":"System Failure Error","code":"10000"}],"type":"SystemFault"}}"#;
    assert!(matches!(meant(system, DocumentKind::Invoice), ProviderError::OutcomeUnknown { .. }));
    let other = one("2050", "String length", "Min:0 Max:21 supported. Supplied length:24");
    assert!(matches!(meant(&other, DocumentKind::Invoice), ProviderError::Rejected { .. }));
}

#[test]
fn a_missing_reference_is_named_by_its_list_or_by_what_the_record_can_name() {
    let of = |code: &str, detail: &str, kind| {
        let text = json!({"Fault": {"Error": [{"Detail": detail, "code": code}]}}).to_string();
        match meant(&text, kind) {
            ProviderError::MissingReference { kind, name, .. } => (kind, name),
            other => panic!("{other:?}"),
        }
    };
    let names = "Invalid Reference Id : Names element id 999 not found";
    let invoice = DocumentKind::Invoice;
    assert_eq!(of("2500", names, invoice), (ReferenceKind::Customer, "999".to_owned()));
    let accounts = "Invalid Reference Id : Accounts element id 87 not found";
    assert_eq!(of("2500", accounts, invoice), (ReferenceKind::Account, "87".to_owned()));
    let gone = "Object Not Found : Something you're trying to use has been made inactive.";
    assert_eq!(of("610", gone, invoice).0, ReferenceKind::Account);
    assert_eq!(of("610", gone, DocumentKind::Payment).0, ReferenceKind::Document);
}

fn reply(status: u16, text: &str) -> Reply {
    let answer = Answer { status, text: text.to_owned(), date: None };
    Reply { status: Some(status), request_id: None, excerpt: String::new(), answer: Ok(answer) }
}

#[test]
fn a_refusal_inside_a_good_answer_is_no_success_and_no_record_is_a_doubt() {
    let ours = ExportDocument::Payment(payment());
    let two = [&ours, &ours];
    let text = r#"{"BatchItemResponse":[{"Fault":{"type":"ValidationFault","Error":[{"Message":"Stale Object Error","code":"5010","Detail":"Stale","element":""}]},"bId":"1"},{"Payment":{"Id":"7","PrivateNote":"K-11 (paid)","TotalAmt":500.1,"Line":[{"Amount":500.1,"LinkedTxn":[{"TxnId":"145","TxnType":"Invoice"}]}]},"bId":"0"}],"time":"2026-11-20T04:00:00-08:00"}"#;
    let outcomes = of_reply(&reply(200, text), &two);
    let Outcome::There(external) = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!((external.id.as_str(), external.gross), ("7", Some(gbp(50_010))));
    assert!(matches!(&outcomes[1], Outcome::Stale(ProviderError::Conflict { .. })));
    let whole =
        r#"{"Fault":{"Error":[{"code":"2020","Detail":"Required"}],"type":"ValidationFault"}}"#;
    let halved = of_reply(&reply(400, whole), &two);
    assert!(matches!(&halved[1], Outcome::Failed(ProviderError::BatchRefused { .. })));
    for (status, text) in [(200, r#"{"time":"now"}"#), (200, r#"{"Payment":{"Id":"9"}}"#)] {
        let outcome = of_reply(&reply(status, text), &[&ours]).remove(0);
        let Outcome::Failed(error) = outcome else { panic!("{text}") };
        assert!(matches!(error, ProviderError::OutcomeUnknown { .. }), "{text} {error:?}");
    }
    let page = of_reply(&reply(400, "<html>Bad Request</html>"), &[&ours]).remove(0);
    assert!(matches!(page, Outcome::Failed(ProviderError::Rejected { .. })));
    let pages = of_reply(&reply(400, "<html>Bad Request</html>"), &two).remove(1);
    assert!(matches!(pages, Outcome::Failed(ProviderError::BatchRefused { .. })));
}

#[test]
fn reference_data_offers_what_is_sold_and_where_money_goes() {
    let text = json!({
        "CompanyInfo": [{"CompanyName": "Avon Driving", "Country": "GB"}],
        "Preferences": [{"AccountingInfoPrefs": {"BookCloseDate": "2026-09-30"},
            "CurrencyPrefs": {"HomeCurrency": {"value": "GBP"}}}],
        "Account": [
            {"Id": "1", "Name": "Sales", "AcctNum": "400", "Classification": "Revenue",
                "AccountType": "Income", "Active": true},
            {"Id": "4", "Name": "Current", "Classification": "Asset", "AccountType": "Bank"},
            {"Id": "5", "Name": "Undeposited Funds", "Classification": "Asset",
                "AccountType": "Other Current Asset", "AccountSubType": "UndepositedFunds"},
            {"Id": "6", "Name": "Debtors", "Classification": "Asset",
                "AccountType": "Accounts Receivable"}],
        "Item": [
            {"Id": "2", "Name": "Lesson", "Type": "Service", "Active": true,
                "IncomeAccountRef": {"value": "1"}},
            {"Id": "3", "Name": "Lessons", "Type": "Category"}],
        "TaxCode": [
            {"Id": "2", "Name": "20.0% S", "SalesTaxRateList": {"TaxRateDetail": [
                {"TaxRateRef": {"value": "3"}, "TaxOnTaxOrder": 0}]}},
            {"Id": "8", "Name": "On top", "SalesTaxRateList": {"TaxRateDetail": [
                {"TaxRateRef": {"value": "3"}}, {"TaxRateRef": {"value": "3"}, "TaxOnTaxOrder": 1}]}},
            {"Id": "9", "Name": "Purchases only"}],
        "TaxRate": [{"Id": "3", "RateValue": 20}],
        "Class": [{"Id": "1", "Name": "Leeds", "FullyQualifiedName": "North:Leeds"}],
        "CompanyCurrency": [{"Id": "1", "Code": "EUR", "Name": "Euro", "Active": true},
            {"Id": "2", "Code": "USD", "Name": "US Dollar", "Active": false}],
    });
    let rows: wire::Rows = serde_json::from_value(text).expect("rows");
    let mut there = reference::Company {
        info: rows.company_info,
        preferences: rows.preferences,
        accounts: rows.account,
        items: rows.item,
        codes: rows.tax_code,
        rates: rows.tax_rate,
        classes: rows.class,
        currencies: rows.company_currency,
    };
    let data = reference::data(&there, DateTime::UNIX_EPOCH).expect("data");
    let accounts: Vec<_> =
        data.accounts.iter().map(|it| (it.code.as_str(), it.name.as_str(), it.class)).collect();
    assert_eq!(
        accounts,
        [
            ("item:2", "Lesson (400 Sales)", AccountClass::Income),
            ("account:4", "Current", AccountClass::Bank),
            ("account:5", "Undeposited Funds", AccountClass::Bank),
            // Journal entries name it; receivables demand a customer and are not there.
            ("account:1", "400 Sales", AccountClass::Ledger),
        ]
    );
    assert_eq!(data.locked_until, Some(day("2026-09-30")));
    let codes: Vec<_> = data.tax_codes.iter().map(|it| (it.code.as_str(), it.rate)).collect();
    assert_eq!(codes, [("2", Some(dec("20")))]);
    assert_eq!((&*data.tracking[0].code, &*data.tracking[0].name), ("1", "North:Leeds"));
    let currencies: Vec<_> =
        data.currencies.iter().map(|it| (it.code.as_str(), it.active)).collect();
    let home = data.base_currency.code();
    assert_eq!(currencies, [(home, true), ("EUR", true), ("USD", false)]);
    there.info[0].country = "US".to_owned();
    let data = reference::data(&there, DateTime::UNIX_EPOCH).expect("data");
    let codes: Vec<_> = data.tax_codes.iter().map(|it| (it.code.as_str(), it.rate)).collect();
    assert_eq!(codes, [("TAX", None), ("NON", Some(Decimal::ZERO))]);
}

#[test]
fn fields_that_are_switched_on_are_offered_and_names_alone_are_cut() {
    let setting = |what: &str, value: Value| {
        let mut setting = json!({"Name": format!("SalesFormsPrefs.{what}")});
        let kind = if value.is_boolean() { "BooleanValue" } else { "StringValue" };
        setting[kind] = value;
        setting
    };
    let forms = json!({"CustomField": [
        {"CustomField": [setting("UseSalesCustom2", json!(false)),
            setting("UseSalesCustom1", json!(true))]},
        {"CustomField": [setting("SalesCustomName1", json!("Pupil")),
            setting("SalesCustomName2", json!("Car")), setting("SalesCustomName3", json!(""))]},
    ]});
    let forms: fields::SalesFormsPrefs = serde_json::from_value(forms).expect("settings");
    let listed = fields::listed(&forms);
    let shown: Vec<_> = listed.iter().map(|it| (&*it.code, &*it.name, it.active)).collect();
    assert_eq!(shown, [("1", "Pupil", true), ("2", "Car", false)]);

    let told = |may_cut, length| {
        let text = "å".repeat(length);
        fields::told(&FieldText { field: "1".to_owned(), text, may_cut })
    };
    let kept = |may_cut, length| told(may_cut, length).map(|it| it.string_value.chars().count());
    assert_eq!((kept(true, 31), kept(true, 32), kept(false, 31)), (Ok(31), Ok(31), Ok(31)));
    assert!(matches!(told(false, 32), Err(ProviderError::Rejected { .. })));
}
