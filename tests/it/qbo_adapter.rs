//! The QuickBooks adapter against the QuickBooks simulator: whatever the wire does, the adapter's
//! word and the simulator's ledger never disagree, and every body fits Intuit's own schema.

mod desk;
mod entries;
mod files;
mod kept;
mod limits;

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use desk::{allocation, credit, customer, desk, desk_at, gbp, invoice, on, payment, sale};
use finance::money::Money;
use providers::document::{
    DocumentKind, ExportDocument, FieldText, Period, RemovalDocument, Removed, SalesDocument,
};
use providers::error::ReferenceKind;
use providers::{Found, ProviderAdapter, ProviderError};
use serde_json::{Value, json};
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::qbo::{Entity, REALMS};
use simulators::xsd::Schema;
use support::adapter::summed;

#[tokio::test]
async fn each_kind_goes_in_once_and_is_found_as_ours() {
    let desk = desk().await;
    let ann = customer("1", "Ann \"Annie\" O\u{2019}Brien d'Or");
    let ann_id = desk.create(&ann).await;
    let bill = invoice("A-1", &ann_id);
    let outcome = desk.push(std::slice::from_ref(&bill)).await.remove(0).expect("created");
    assert_eq!((outcome.gross, outcome.vat), (Some(gbp(5400)), Some(gbp(900))));
    let note = credit("C-1", &ann_id);
    let note_id = desk.create(&note).await;
    let paid = payment("K-p1", &outcome.id, 2000);
    desk.create(&paid).await;
    let applied = allocation(&note_id, &outcome.id, 3400);
    assert_eq!(desk.find(&applied).await, Found::Absent);
    let there = desk.push(std::slice::from_ref(&applied)).await.remove(0).expect("applied");
    assert_eq!(there.gross, Some(gbp(3400)));
    for document in [&ann, &bill, &note, &paid, &applied] {
        assert!(matches!(desk.find(document).await, Found::Ours(_)), "{document:?}");
    }
    assert_eq!(desk.sim.duplicates(), []);
    assert!(desk.sim.living(Entity::Invoice)[0].open().is_zero());

    let period = Period { from: on("2026-11-01"), to: on("2026-11-30") };
    let records = desk.adapter.fetch_records(&desk.session, period).await.expect("records");
    let of = |kind| summed(&records, kind);
    assert_eq!((of(DocumentKind::Invoice).count, of(DocumentKind::Invoice).vat), (1, gbp(900)));
    assert_eq!(of(DocumentKind::CreditNote).gross, gbp(5400));
    assert_eq!((of(DocumentKind::Payment).count, of(DocumentKind::Payment).gross), (1, gbp(2000)));
}

#[tokio::test]
async fn every_body_that_is_sent_fits_the_official_schema() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/specs/qbo");
    if !Path::new(folder).exists() {
        eprintln!("skipped: {folder} is not there");
        return;
    }
    let schema = Schema::read(Path::new(folder)).expect("a schema");
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let note = desk.create(&credit("C-1", &ann)).await;
    desk.create(&payment("K-p1", &bill, 2000)).await;
    desk.create(&allocation(&note, &bill, 3400)).await;
    desk.push(&[invoice("A-2", &ann), invoice("A-3", &ann)]).await;
    let changed = desk.change(&ann, "1", "Ann Other");
    desk.create(&changed).await;
    let other = desk.create(&of_class("A-4", &ann, "1")).await;
    let paid = desk.create(&payment("K-p2", &other, 100)).await;
    desk.create(&removal(&paid)).await;
    let money = desk.create(&kept::on_account("K-o1", &ann, 5000)).await;
    let drawn = desk.create(&kept::used(&money, &other, 1000)).await;
    desk.create(&kept::taken_back("K-u1000", (&money, &drawn), 1000)).await;
    desk.create(&entries::entry("K-j1")).await;
    desk.push(&[entries::entry("K-j2"), entries::of_class("K-j3", "1")]).await;
    let mut judged = 0;
    for request in desk.sim.requests().iter().filter(|request| request.method == "POST") {
        let name = request.path.rsplit('/').next().unwrap_or_default();
        let alone = ["Customer", "Invoice", "CreditMemo", "Payment", "JournalEntry"];
        for kind in alone.into_iter().filter(|kind| kind.eq_ignore_ascii_case(name)) {
            assert_eq!(schema.breaches(kind, &request.body), [""; 0], "{}", request.body);
            judged += 1;
        }
        for item in request.body["BatchItemRequest"].as_array().into_iter().flatten() {
            for kind in alone.into_iter().filter(|kind| item.get(kind).is_some()) {
                assert_eq!(schema.breaches(kind, &item[kind]), [""; 0], "{item}");
                judged += 1;
            }
        }
    }
    assert_eq!(judged, 17);
}

/// An invoice of a part of the business, with a field of the company's own.
fn of_class(number: &str, customer: &str, class: &str) -> ExportDocument {
    let (field, text) = ("1".to_owned(), "20031".to_owned());
    let fields = vec![FieldText { field, text, may_cut: false }];
    let tracking = class.to_owned();
    ExportDocument::Invoice(SalesDocument { tracking, fields, ..sale(number, customer) })
}

/// A payment that no longer counts.
fn removal(payment: &str) -> ExportDocument {
    ExportDocument::Removal(RemovalDocument {
        reference: "K-gone".to_owned(),
        existing: payment.to_owned(),
        removed: Removed::Payment,
    })
}

#[tokio::test]
async fn every_call_names_the_minor_version() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let paid = desk.create(&payment("K-p1", &bill, 2000)).await;
    desk.push(&[invoice("A-2", &ann), invoice("A-3", &ann)]).await;
    desk.create(&removal(&paid)).await;
    desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let calls = desk.sim.requests();
    let calls: Vec<_> = calls.iter().filter(|call| call.path.starts_with("/v3/company")).collect();
    assert!(calls.len() > 8);
    assert!(calls.iter().all(|call| call.query.contains("minorversion=75")), "{calls:?}");
}

#[tokio::test]
async fn each_line_names_the_class_of_its_department() {
    let desk = desk().await;
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let classes: Vec<(&str, &str, bool)> =
        data.tracking.iter().map(|it| (it.code.as_str(), it.name.as_str(), it.active)).collect();
    assert_eq!(classes, [("1", "Leeds", true), ("2", "York", true), ("3", "Hull", false)]);
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.create(&of_class("A-1", &ann, "2")).await;
    desk.create(&invoice("A-2", &ann)).await;
    let made = desk.sim.living(Entity::Invoice);
    let class = |at: usize| made[at].body["Line"][0]["SalesItemLineDetail"]["ClassRef"].clone();
    assert_eq!((class(0), class(1)), (json!({"value": "2"}), Value::Null));
    let outcome = desk.push(&[of_class("A-3", &ann, "3")]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::MissingReference { .. })), "{outcome:?}");
}

#[tokio::test]
async fn one_bad_record_of_a_batch_is_refused_alone_inside_a_good_answer() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let mut archived = sale("A-2", &ann);
    archived.lines[0].account = "item:4".to_owned();
    let archived = ExportDocument::Invoice(archived);
    let outcomes = desk.push(&[invoice("A-1", &ann), archived, invoice("A-3", &ann)]).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok(), "{outcomes:?}");
    let Err(ProviderError::MissingReference { kind, .. }) = &outcomes[1] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(*kind, ReferenceKind::Account);
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 2);
}

#[tokio::test]
async fn a_closed_period_and_an_overpaid_or_missing_invoice_are_said_as_such() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let outcome = desk.push(&[payment("K-p1", &bill, 5401)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Rejected { .. })), "{outcome:?}");
    let outcome = desk.push(&[payment("K-p2", "999", 100)]).await.remove(0);
    assert!(
        matches!(
            outcome,
            Err(ProviderError::MissingReference { kind: ReferenceKind::Document, .. })
        ),
        "{outcome:?}"
    );
    desk.sim.close_books(REALMS[0].0, Some(on("2026-11-30")));
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::PeriodLocked { .. })), "{outcome:?}");
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    assert_eq!(data.locked_until, Some(on("2026-11-30")));
}

#[tokio::test]
async fn a_used_number_is_a_duplicate_and_the_look_up_says_whose() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    desk.create(&invoice("A-1", &ann)).await;
    let mut theirs = sale("A-1", &ann);
    theirs.reference = "K-another-desk".to_owned();
    let theirs = ExportDocument::Invoice(theirs);
    let outcome = desk.push(std::slice::from_ref(&theirs)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    assert!(matches!(desk.find(&theirs).await, Found::Foreign(_)));
}

#[tokio::test]
async fn a_name_that_a_vendor_has_is_a_duplicate_of_somebody_elses() {
    let desk = desk().await;
    desk.raw("vendor", &json!({"DisplayName": "Ann Learner"})).await;
    let ann = customer("1", "Ann Learner");
    let outcome = desk.push(std::slice::from_ref(&ann)).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Duplicate { .. })), "{outcome:?}");
    let Found::Foreign(there) = desk.find(&ann).await else { panic!("not foreign") };
    assert_eq!(there.number, "Ann Learner");
    assert!(there.url.is_some_and(|url| url.contains("vendordetail")));
}

#[tokio::test]
async fn a_lost_reply_is_sent_again_under_the_same_id_and_nothing_doubles() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let lost = || Rule::always(Fault::ConnectionLost).after_commit().times(1);
    let one = [invoice("A-1", &ann)];
    let many = [invoice("A-2", &ann), invoice("A-3", &ann)];
    desk.strike(lost().on("POST", &desk.path("invoice")));
    let first = desk.push(&one).await.remove(0);
    assert!(matches!(first, Err(ProviderError::OutcomeUnknown { .. })), "{first:?}");
    assert!(desk.push(&one).await[0].is_ok());
    // The first batch of a push only asks; the second one writes.
    desk.strike(lost().on("POST", &desk.path("batch")).nth(2));
    let first = desk.push(&many).await;
    assert!(first.iter().all(|it| matches!(it, Err(ProviderError::OutcomeUnknown { .. }))));
    assert!(desk.push(&many).await.iter().all(Result::is_ok));
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 3);
    assert_eq!(desk.sim.duplicates(), []);
    assert_eq!(desk.sim.requests().iter().filter(|request| request.replayed).count(), 2);
}

#[tokio::test]
async fn after_any_spoilt_reply_the_look_up_agrees_with_the_ledger() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::CutBody),
        Rule::always(Fault::ServerError),
        Rule::always(Fault::ServerError).after_commit(),
        Rule::always(Fault::BadGateway),
        Rule::always(Fault::BadGateway).after_commit(),
        Rule::always(Fault::Maintenance),
        Rule::always(Fault::SignInPage).after_commit(),
        Rule::always(Fault::TruncatedJson),
        Rule::always(Fault::MalformedJson),
        Rule::always(Fault::EmptyOk),
        Rule::always(Fault::SlowBody { ms_per_byte: 400, bytes: 20 }),
        Rule::always(Fault::HugeBody { bytes: 4_000_000 }),
        Rule::always(Fault::Redirect { location: "http://localhost/".to_owned() }),
    ];
    for (index, rule) in faults.into_iter().enumerate() {
        let bill = invoice(&format!("F-{index}"), &ann);
        let before = desk.sim.living(Entity::Invoice).len();
        desk.strike(rule.clone().on("POST", &desk.path("invoice")));
        let outcome = desk.push(std::slice::from_ref(&bill)).await.remove(0);
        assert!(
            matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })),
            "{rule:?} {outcome:?}"
        );
        desk.sim.set_faults(FaultProfile::default());
        let is_there = desk.sim.living(Entity::Invoice).len() > before;
        let found = desk.find(&bill).await;
        assert_eq!(matches!(found, Found::Ours(_)), is_there, "{rule:?} {found:?}");
        assert_eq!(found == Found::Absent, !is_there, "{rule:?} {found:?}");
    }
    assert_eq!(desk.sim.duplicates(), []);
}

#[tokio::test]
async fn payments_and_allocations_are_found_after_a_lost_reply() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let note = desk.create(&credit("C-1", &ann)).await;
    for document in [payment("K-p1", &bill, 2000), allocation(&note, &bill, 3400)] {
        let lost = Rule::always(Fault::ConnectionLost).after_commit();
        desk.strike(lost.on("POST", &desk.path("payment")));
        let outcome = desk.push(std::slice::from_ref(&document)).await.remove(0);
        assert!(matches!(outcome, Err(ProviderError::OutcomeUnknown { .. })), "{outcome:?}");
        desk.sim.set_faults(FaultProfile::default());
        assert!(matches!(desk.find(&document).await, Found::Ours(_)));
    }
    assert_eq!(desk.find(&payment("K-p2", &bill, 2000)).await, Found::Absent);
}

#[tokio::test]
async fn a_change_meets_a_newer_version_once_and_is_made() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    // The answer to the reading comes late, and somebody changes the customer meanwhile.
    let late = Rule::always(Fault::Delay { ms: 120 }).on("GET", &desk.path("query")).times(1);
    desk.strike(late);
    let touch = async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let body = json!({"Id": ann, "SyncToken": "0", "sparse": true, "CompanyName": "Ltd"});
        desk.raw("customer", &body).await;
    };
    let changed = desk.change(&ann, "1", "Ann Other");
    let (outcomes, ()) = tokio::join!(desk.push(std::slice::from_ref(&changed)), touch);
    assert!(outcomes[0].is_ok(), "{outcomes:?}");
    let row = desk.sim.living(Entity::Customer).remove(0);
    assert_eq!((row.text("DisplayName"), row.text("CompanyName")), ("Ann Other", "Ltd"));
    assert!(row.text("Notes").starts_with("K-c1"), "the notes belong to the people there");
}

#[tokio::test]
async fn limits_sign_in_and_an_unreachable_address_are_told_apart() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let limit = Fault::RateLimited { retry_after_s: None, problem: "minute".to_owned() };
    desk.strike(Rule::always(limit).on("POST", &desk.path("invoice")));
    let outcome = desk.push(&[invoice("A-1", &ann)]).await.remove(0);
    assert_eq!(outcome, Err(ProviderError::RateLimited { after: Duration::from_secs(60) }));
    let expired = Rule::always(Fault::ExpiredToken).on("POST", &desk.path("invoice")).times(1);
    desk.strike(expired);
    desk.create(&invoice("A-1", &ann)).await;
    assert_eq!(desk.tokens.renewals.load(Ordering::SeqCst), 1);
    desk.strike(Rule::always(Fault::TruncatedJson));
    let name = desk.adapter.check_connection(&desk.session).await;
    assert!(matches!(name, Err(ProviderError::Protocol { .. })), "{name:?}");
    desk.sim.stop();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let outcome = desk.push(&[invoice("A-2", &ann)]).await.remove(0);
    assert!(
        matches!(outcome, Err(ProviderError::NotReached | ProviderError::Unavailable)),
        "{outcome:?}"
    );
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 1);
}

#[tokio::test]
async fn a_connection_that_was_ended_there_asks_for_a_person() {
    let desk = desk_at(REALMS[0].0, true).await;
    desk.sim.revoke();
    let outcome = desk.push(&[customer("1", "Ann")]).await.remove(0);
    assert_eq!(outcome, Err(ProviderError::SignInNeeded));
}

#[tokio::test]
async fn in_the_united_states_the_tax_of_a_sale_goes_with_it_and_what_became_of_it_is_told() {
    let desk = desk_at(REALMS[1].0, false).await;
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    assert_eq!(data.base_currency.code(), "USD");
    let codes: Vec<&str> = data.tax_codes.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["TAX", "NON"]);
    assert_eq!(data.tax_codes[0].rate, None);
    let ann = desk.create(&customer("1", "Ann")).await;
    let untaxed = desk::untaxed("A-1", &ann);
    let there = desk.push(std::slice::from_ref(&untaxed)).await.remove(0).expect("created");
    assert!(there.vat.is_some_and(|vat| vat.is_zero()));
    let ExportDocument::Invoice(mut taxed) = untaxed else { panic!("an invoice") };
    let tax = Money::from_minor(310, taxed.currency);
    let with = |it: Money| it.plus(tax).expect("a sum");
    (taxed.vat, taxed.gross) = (tax, with(taxed.gross));
    taxed.lines[0].tax_code = "TAX".to_owned();
    (taxed.lines[0].vat, taxed.lines[0].gross) = (tax, with(taxed.lines[0].gross));
    for (number, replaces, agrees) in [("A-2", false, true), ("A-3", true, false)] {
        desk.sim.set_tax_replaced(REALMS[1].0, replaces);
        (taxed.number, taxed.reference) = (number.to_owned(), format!("K-{number}"));
        let there = desk.push(&[ExportDocument::Invoice(taxed.clone())]).await.remove(0);
        let there = there.expect("created");
        let is_ours = (there.vat == Some(tax), there.gross == Some(taxed.gross));
        assert_eq!(is_ours, (agrees, agrees), "{there:?}");
    }
    taxed.lines[0].tax_code = "NON".to_owned();
    taxed.number = "A-4".to_owned();
    let outcome = desk.push(&[ExportDocument::Invoice(taxed)]).await.remove(0);
    assert!(matches!(outcome, Err(ProviderError::Rejected { .. })), "{outcome:?}");
    assert_eq!(desk.sim.living(Entity::Invoice).len(), 3);
}

#[tokio::test]
async fn the_company_and_its_lists_come_as_they_are_there() {
    let desk = desk().await;
    let companies = desk.adapter.companies(&desk.session).await.expect("companies");
    assert_eq!(companies.len(), 1);
    assert_eq!((companies[0].id.as_str(), companies[0].name.as_str()), REALMS[0]);
    let data = desk.adapter.fetch_reference_data(&desk.session).await.expect("data");
    let of = |code: &str| data.accounts.iter().find(|account| account.code == code);
    assert!(of("item:2").is_some_and(|account| account.active));
    assert!(of("item:4").is_some_and(|account| !account.active));
    assert!(of("account:4").is_some());
    assert!(data.tax_codes.iter().any(|tax| tax.code == "2" && tax.rate == Some(20.into())));
    let shown: Value = desk.get("companyinfo/1").await;
    assert_eq!(shown["CompanyInfo"]["CompanyName"], data.company_name.as_str());
}
