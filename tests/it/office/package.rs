//! What is bought ahead pays for lessons before they are charged; every figure is made of rows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use office::Code;
use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payer, payment, service, share};

const TODAY: &str = "2026-03-10";
const HEAD: &str = "Booking-ID;Gjelder;Hendelse;Dato;Elevnr;Kode;Antall\n";

/// Ten lessons of `KT-B` for 7 000, valid for a year.
fn ten_lessons() -> Value {
    json!({
        "holds": "lessons",
        "items": [{ "service_id": id(1), "quantity": "10" }],
        "amount": "",
        "valid_months": 12,
        "refund": "pro_rata",
    })
}

fn package(number: u128, code: &str, price: &str, holds: Value) -> Value {
    let mut form = service(number, code, price, "3");
    form["kind"] = json!("package");
    form["package"] = holds;
    form
}

/// A student who bought ten lessons on the day.
pub(super) async fn bought() -> (TestDesk, String) {
    let desk = TestDesk::with_student().await;
    let form = package(3, "PK-10", "7000.00", ten_lessons());
    desk.call("save_service", form).await.expect("a package");
    sell(&desk, 50, 3, "7000.00").await;
    let entitlement = packages(&desk).await["entitlements"][0]["id"].clone();
    (desk, entitlement.as_str().expect("an id").to_owned())
}

pub(super) async fn sell(desk: &TestDesk, number: u128, service: u128, price: &str) {
    let mut sold = line("Ti timer", 1, price, "3");
    sold["service_id"] = json!(id(service));
    sold["kind"] = json!("package");
    let draft = draft(number, 1, TODAY, &[sold]);
    desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
}

pub(super) async fn packages(desk: &TestDesk) -> Value {
    let request = json!({ "student_id": id(1) });
    desk.call("student_packages", request).await.expect("packages")
}

async fn told(desk: &TestDesk, rows: &str) {
    let file = json!({
        "kind": "bookings", "content": BASE64.encode(format!("{HEAD}{rows}")),
        "file_name": "file.csv", "dry_run": false, "skip_refused": false,
    });
    let report = desk.call("import_bookings", file).await.expect("a report");
    assert_eq!(report["recorded"], true, "{report}");
}

async fn charges(desk: &TestDesk, state: &str) -> Value {
    let request = json!({
        "filter": { "query": "", "kinds": [] }, "state": state,
        "window": { "offset": 0, "limit": 100 },
    });
    desk.call("list_charges", request).await.expect("charges")
}

pub(super) async fn rule(desk: &TestDesk, name: &str, request: Value) -> (Code, String) {
    let fault = desk.call(name, request).await.expect_err(name);
    (fault.code, fault.rule.unwrap_or_default())
}

pub(super) async fn sound(desk: &TestDesk) {
    let report = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(report["findings"], json!([]));
}

fn by_hand(number: u128, entitlement: &str, quantity: &str) -> Value {
    json!({
        "id": id(number), "entitlement_id": entitlement, "service_id": id(1),
        "quantity": quantity, "amount": "", "on": TODAY, "booking": "", "note": "Ring ran out",
    })
}

fn kinds(package: &Value) -> Vec<&str> {
    let rows = package["rows"].as_array().expect("rows").iter();
    rows.filter_map(|row| row["kind"].as_str()).collect()
}

#[tokio::test]
async fn selling_a_package_opens_what_it_holds_with_its_worth() {
    let (desk, _) = bought().await;
    let shown = packages(&desk).await;
    assert_eq!((&shown["lessons_left"], &shown["lessons_total"]), (&json!("10"), &json!("10")));
    assert_eq!(shown["worth"]["amount"], "7000.00");
    assert_eq!(shown["valid_until"], "2027-03-10");
    let one = &shown["entitlements"][0];
    assert_eq!((&one["state"], &one["name"]), (&json!("active"), &json!("Tjeneste PK-10")));
    assert_eq!(one["invoice_open"]["amount"], "7000.00");
    assert_eq!(one["items"][0]["left"], "10");
    sound(&desk).await;
}

#[tokio::test]
async fn an_attended_lesson_draws_instead_of_being_charged_and_what_is_beyond_is_charged() {
    let (desk, _) = bought().await;
    told(
        &desk,
        "b1;;Møtt;2026-03-10;1001;KT-B;8\nb2;;Møtt;2026-03-10;1001;KT-B;3\n\
        b3;;Møtt;2026-03-10;1001;TK-01;1\n",
    )
    .await;
    let shown = packages(&desk).await;
    assert_eq!(shown["entitlements"][0]["state"], "used_up");
    assert_eq!(kinds(&shown["entitlements"][0]), ["opened", "drawn", "drawn"]);
    assert_eq!(charges(&desk, "drawn").await["total"], 1);
    let pool = charges(&desk, "unbilled").await;
    assert_eq!((&pool["total"], &pool["amount"]["amount"]), (&json!(2), &json!("3240.00")));
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;8\n").await;
    assert_eq!(packages(&desk).await, shown);
    sound(&desk).await;
}

#[tokio::test]
async fn a_lesson_called_off_in_time_gives_its_draw_back() {
    let (desk, _) = bought().await;
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(packages(&desk).await["lessons_left"], "9");
    told(&desk, "b1x;b1;Avbestilt i tide;2026-03-10;1001;KT-B;1\n").await;
    let shown = packages(&desk).await;
    assert_eq!(shown["lessons_left"], "10");
    assert_eq!(kinds(&shown["entitlements"][0]), ["opened", "drawn", "returned"]);
    sound(&desk).await;
}

#[tokio::test]
async fn a_late_cancellation_draws_unless_the_school_takes_a_fee() {
    let (desk, _) = bought().await;
    told(&desk, "b1;;Avbestilt sent;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(packages(&desk).await["lessons_left"], "9");
    let fee = json!({
        "event": "cancelled_late", "service_id": null, "valid_from": "2026-01-01",
        "effect": "fee", "percent": "", "fee": "395",
    });
    desk.call("save_charge_rule", fee).await.expect("a rule");
    told(&desk, "b2;;Avbestilt sent;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(packages(&desk).await["lessons_left"], "9");
    assert_eq!(charges(&desk, "unbilled").await["amount"]["amount"], "395.00");
}

#[tokio::test]
async fn drawn_when_it_is_booked_it_is_not_drawn_again_when_it_is_held() {
    let (desk, entitlement) = bought().await;
    let mut draw = by_hand(60, &entitlement, "1");
    draw["booking"] = json!("b1");
    desk.call("draw_package", draw).await.expect("drawn");
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(packages(&desk).await["lessons_left"], "9");
    assert_eq!(charges(&desk, "drawn").await["total"], 1);
}

#[tokio::test]
async fn a_draw_by_hand_is_made_once_and_never_beyond_what_is_left() {
    let (desk, entitlement) = bought().await;
    let once = desk.call("draw_package", by_hand(60, &entitlement, "2,5")).await.expect("drawn");
    assert_eq!(once["lessons_left"], "7.5");
    let again = desk.call("draw_package", by_hand(60, &entitlement, "2,5")).await;
    assert_eq!(again.expect("the same"), once);
    let refused = rule(&desk, "draw_package", by_hand(61, &entitlement, "8")).await;
    assert_eq!(refused, (Code::Invalid, "draw_more_than_left".to_owned()));
    let mut other = by_hand(61, &entitlement, "1");
    other["service_id"] = json!(id(2));
    assert_eq!(rule(&desk, "draw_package", other).await.1, "draw_not_held");
    let mut ahead = by_hand(61, &entitlement, "1");
    ahead["on"] = json!("2026-03-11");
    assert_eq!(rule(&desk, "draw_package", ahead).await.1, "draw_not_yet");
    let give = json!({ "draw_id": id(60), "on": TODAY, "reason": "The car broke down" });
    let back = desk.call("return_draw", &give).await.expect("given back");
    assert_eq!(back["lessons_left"], "10");
    assert_eq!(desk.call("return_draw", give).await.expect("the same"), back);
    let row = &back["entitlements"][0]["rows"][2];
    assert_eq!((&row["lessons"], &row["note"]), (&json!("2.5"), &json!("The car broke down")));
    sound(&desk).await;
}

#[tokio::test]
async fn the_rest_is_paid_back_with_a_credit_note_by_the_rule_of_the_package() {
    let (desk, entitlement) = bought().await;
    desk.call("draw_package", by_hand(60, &entitlement, "4")).await.expect("drawn");
    let form = |amount: &str| {
        json!({
            "id": id(70), "entitlement_id": entitlement, "amount": amount, "on": TODAY,
            "reason": "Moves away",
        })
    };
    let stale = rule(&desk, "refund_package", form("7000")).await;
    assert_eq!(stale, (Code::CannotCredit, "package_changed".to_owned()));
    let made = desk.call("refund_package", form("4200")).await.expect("a credit note");
    assert_eq!(credited(&made), ["4200.00"]);
    assert_eq!(desk.call("refund_package", form("4200")).await.expect("the same"), made);
    let shown = packages(&desk).await;
    let one = &shown["entitlements"][0];
    assert_eq!((&one["state"], &shown["lessons_left"]), (&json!("closed"), &json!("0")));
    assert_eq!(kinds(one), ["opened", "drawn", "closed"]);
    assert_eq!(rule(&desk, "draw_package", by_hand(61, &entitlement, "1")).await.1, "draw_closed");
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(charges(&desk, "unbilled").await["total"], 1);
    sound(&desk).await;
}

#[tokio::test]
async fn a_package_sold_in_euros_is_paid_back_in_euros_by_the_rate_of_its_invoice() {
    let desk = TestDesk::with_student().await;
    for (rate, on) in [("11.5", "2026-03-09"), ("12", TODAY)] {
        let wish = json!({ "currency": "EUR", "rate": rate, "on": on, "source": "" });
        desk.call("set_exchange_rate", wish).await.expect("a rate");
    }
    let form = package(3, "PK-10", "7000.00", ten_lessons());
    desk.call("save_service", form).await.expect("a package");
    let mut sold = line("Ti timer", 1, "600.00", "3");
    sold["service_id"] = json!(id(3));
    sold["kind"] = json!("package");
    let mut euros = draft(50, 1, "2026-03-09", &[sold]);
    euros["currency"] = json!("EUR");
    desk.call("issue_invoice", json!({ "draft": euros })).await.expect("an invoice");
    let entitlement = packages(&desk).await["entitlements"][0]["id"].clone();
    let entitlement = entitlement.as_str().expect("an id");
    desk.call("draw_package", by_hand(60, entitlement, "4")).await.expect("drawn");
    let form = json!({
        "id": id(70), "entitlement_id": entitlement, "amount": "4140", "on": TODAY,
        "reason": "Moves away",
    });
    let made = desk.call("refund_package", &form).await.expect("a credit note");
    assert_eq!(made["notes"][0]["totals"]["gross"]["currency"], "EUR");
    assert_eq!(credited(&made), ["360.00"]);
    assert_eq!(made["notes"][0]["exchange"]["rate"], "11.5");
    assert_eq!(made["notes"][0]["exchange"]["totals"]["gross"]["amount"], "4140.00");
    assert_eq!(desk.call("refund_package", form).await.expect("the same"), made);
    assert_eq!(packages(&desk).await["entitlements"][0]["state"], "closed");
    sound(&desk).await;
}

/// What each note of a refund comes to.
pub(super) fn credited(made: &Value) -> Vec<&str> {
    let notes = made["notes"].as_array().expect("notes").iter();
    notes.filter_map(|note| note["totals"]["gross"]["amount"].as_str()).collect()
}

/// Two packages of ten lessons for 14 000, of which an agency pays 60 percent.
pub(super) async fn bought_by_two() -> (TestDesk, Value) {
    let desk = TestDesk::with_student().await;
    desk.call("save_payer", payer(70, "NAV Testby")).await.expect("an agency");
    let form = package(3, "PK-10", "7000.00", ten_lessons());
    desk.call("save_service", form).await.expect("a package");
    let mut sold = line("Ti timer", 2, "7000.00", "3");
    sold["service_id"] = json!(id(3));
    sold["kind"] = json!("package");
    let mut draft = draft(50, 1, TODAY, &[sold]);
    draft["payers"] = json!([share(Some(70), "percent", "60"), share(None, "rest", "")]);
    let first = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("invoices");
    (desk, first)
}

#[tokio::test]
async fn two_payers_buy_one_package_and_each_gets_its_share_of_the_rest_back() {
    let (desk, first) = bought_by_two().await;
    let shown = packages(&desk).await;
    let one = &shown["entitlements"][0];
    assert_eq!(shown["entitlements"].as_array().map(Vec::len), Some(1), "one package, not two");
    assert_eq!((&one["lessons_total"], &one["name"]), (&json!("20"), &json!("Tjeneste PK-10")));
    assert_eq!(
        (&one["worth"]["amount"], &one["invoice_open"]["amount"]),
        (&json!("14000.00"), &json!("14000.00"))
    );
    let numbers = one["invoices"].as_array().expect("invoices").iter();
    let numbers: Vec<&Value> = numbers.map(|invoice| &invoice["number"]).collect();
    assert_eq!(numbers, ["A-1", "A-2"]);
    let entitlement = one["id"].as_str().expect("an id");
    desk.call("draw_package", by_hand(60, entitlement, "13")).await.expect("drawn");
    let form = json!({
        "id": id(70), "entitlement_id": entitlement, "amount": "4900", "on": TODAY,
        "reason": "Moves away",
    });
    let made = desk.call("refund_package", &form).await.expect("credit notes");
    assert_eq!(credited(&made), ["2940.00", "1960.00"]);
    let notes = made["notes"].as_array().expect("notes");
    assert_eq!(notes[0]["invoice_id"], first["id"]);
    assert_ne!(notes[0]["number"], notes[1]["number"]);
    assert_eq!(desk.call("refund_package", form).await.expect("the same"), made);
    assert_eq!(packages(&desk).await["entitlements"][0]["state"], "closed");
    sound(&desk).await;
}

#[tokio::test]
async fn a_package_of_two_payers_ends_when_both_their_invoices_are_taken_back() {
    let (desk, first) = bought_by_two().await;
    let second = &first["split"]["parts"][1]["id"];
    let credit = |number: u128, invoice: &Value| {
        json!({
            "id": id(number), "invoice_id": invoice, "issue_date": TODAY, "reason": "A mistake",
            "lines": [],
        })
    };
    desk.call("credit_invoice", credit(71, second)).await.expect("credited");
    assert_eq!(packages(&desk).await["entitlements"][0]["state"], "active");
    desk.call("credit_invoice", credit(72, &first["id"])).await.expect("credited");
    assert_eq!(packages(&desk).await["entitlements"][0]["state"], "closed");
    sound(&desk).await;
}

#[tokio::test]
async fn taking_back_the_whole_invoice_closes_its_package() {
    let (desk, _) = bought().await;
    let credit = json!({
        "id": id(70), "invoice_id": id(50), "issue_date": TODAY, "reason": "A mistake", "lines": [],
    });
    desk.call("credit_invoice", credit).await.expect("credited");
    let shown = packages(&desk).await;
    assert_eq!(shown["entitlements"][0]["state"], "closed");
    sound(&desk).await;
}

#[tokio::test]
async fn an_amount_pays_for_what_bears_its_vat_code_until_it_is_used_up() {
    let desk = TestDesk::with_student().await;
    let mut holds = ten_lessons();
    holds["holds"] = json!("amount");
    holds["items"] = json!([]);
    holds["amount"] = json!("1000");
    let form = package(3, "KL-1000", "900.00", holds);
    desk.call("save_service", form).await.expect("a package");
    sell(&desk, 50, 3, "900.00").await;
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;1\nb2;;Møtt;2026-03-10;1001;TK-01;1\n").await;
    let shown = packages(&desk).await;
    assert_eq!(shown["amount_left"]["amount"], "210.00");
    assert_eq!(shown["worth"]["amount"], "189.00");
    told(&desk, "b3;;Møtt;2026-03-10;1001;KT-B;1\n").await;
    assert_eq!(packages(&desk).await["amount_left"]["amount"], "0.00");
    let pool = charges(&desk, "unbilled").await;
    assert_eq!(pool["amount"]["amount"], "3030.00");
    sound(&desk).await;
}

#[tokio::test]
async fn a_package_holds_only_what_bears_its_own_vat_code() {
    let desk = TestDesk::with_student().await;
    let mut mixed = ten_lessons();
    mixed["items"][0]["service_id"] = json!(id(2));
    let refused = rule(&desk, "save_service", package(3, "PK-10", "7000", mixed)).await;
    assert_eq!(refused, (Code::Invalid, "package_vat".to_owned()));
    let mut lesson = package(3, "PK-10", "7000", ten_lessons());
    lesson["kind"] = json!("lesson");
    assert_eq!(rule(&desk, "save_service", lesson).await.1, "package_kind");
    let mut none = ten_lessons();
    none["items"] = json!([]);
    let refused = rule(&desk, "save_service", package(3, "PK-10", "7000", none)).await;
    assert_eq!(refused.1, "package_items");
}

pub(super) fn milestone(amount: &str) -> Value {
    json!({
        "id": id(80), "name": "Første halvdel", "before": "lesson", "lesson": 3,
        "service_id": null, "amount": amount, "active": true,
    })
}

pub(super) async fn check(desk: &TestDesk, service: Option<u128>) -> Value {
    let request = json!({ "student_id": id(1), "service_id": service.map(id) });
    desk.call("milestones", request).await.expect("a check")
}

#[tokio::test]
async fn what_is_missing_before_a_lesson_is_said_and_waived_for_a_reason() {
    let (desk, entitlement) = bought().await;
    desk.call("save_milestone", milestone("5000")).await.expect("a milestone");
    assert_eq!(check(&desk, None).await["rows"][0]["state"], "ahead");
    told(&desk, "b1;;Møtt;2026-03-10;1001;KT-B;1\n").await;
    desk.call("draw_package", by_hand(60, &entitlement, "1")).await.expect("drawn");
    desk.call("record_payment", payment(61, TODAY, "3000", &[])).await.expect("paid");
    let found = check(&desk, None).await;
    let row = &found["rows"][0];
    assert_eq!((&found["clear"], &row["state"]), (&json!(false), &json!("missing")));
    assert_eq!((&row["missing"]["amount"], &row["had"]), (&json!("2000.00"), &json!("2")));
    let waive = |active: bool| {
        json!({
            "student_id": id(1), "milestone_id": id(80), "active": active,
            "reason": "Pays on Friday",
        })
    };
    let waived = desk.call("override_milestone", waive(true)).await.expect("waived");
    assert_eq!(
        (&waived["clear"], &waived["rows"][0]["state"]),
        (&json!(true), &json!("overridden"))
    );
    assert_eq!(waived["rows"][0]["reason"], "Pays on Friday");
    let again = desk.call("override_milestone", waive(false)).await.expect("taken back");
    assert_eq!(again["clear"], false);
    desk.call("record_payment", payment(62, TODAY, "2000", &[])).await.expect("paid");
    assert_eq!(check(&desk, None).await["rows"][0]["state"], "met");
    let met = rule(&desk, "override_milestone", waive(true)).await;
    assert_eq!(met, (Code::WrongState, "milestone_met".to_owned()));
    sound(&desk).await;
}

#[tokio::test]
async fn before_a_service_it_is_needed_when_that_service_is_booked() {
    let (desk, _) = bought().await;
    let mut form = milestone("7000");
    form["before"] = json!("service");
    form["lesson"] = Value::Null;
    assert_eq!(rule(&desk, "save_milestone", form.clone()).await.1, "missing");
    form["service_id"] = json!(id(2));
    let listed = desk.call("save_milestone", form).await.expect("a milestone");
    assert_eq!(listed["rows"][0]["service"], "TK-01 Tjeneste TK-01");
    assert_eq!(check(&desk, None).await["clear"], true);
    assert_eq!(check(&desk, Some(1)).await["clear"], true);
    assert_eq!(check(&desk, Some(2)).await["clear"], false);
}

#[tokio::test]
async fn a_milestone_asked_for_twice_is_set_once_and_waived_once() {
    let (desk, entitlement) = bought().await;
    let set = desk.call("save_milestone", milestone("5000")).await.expect("a milestone");
    assert_eq!(desk.call("save_milestone", milestone("5000")).await.expect("the same"), set);
    assert_eq!(set["rows"].as_array().map(Vec::len), Some(1));
    desk.call("draw_package", by_hand(60, &entitlement, "2")).await.expect("drawn");
    let waive = json!({
        "student_id": id(1), "milestone_id": id(80), "active": true, "reason": "Pays on Friday",
    });
    let waived = desk.call("override_milestone", &waive).await.expect("waived");
    assert_eq!(desk.call("override_milestone", &waive).await.expect("the same"), waived);
    for kind in ["milestone_set", "milestone_overridden"] {
        let asked = json!({ "filter": { "kind": kind }, "window": { "offset": 0, "limit": 9 } });
        assert_eq!(desk.call("list_audit", asked).await.expect("the audit")["total"], 1, "{kind}");
    }
    sound(&desk).await;
}
