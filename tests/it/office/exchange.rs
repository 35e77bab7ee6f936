//! Several currencies: what is invoiced and paid in another one is worth something in the books,
//! and what is gained or lost by exchange is posted.

use documents::csv_in;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::{TestDesk, draft, id, line, payer, payment, share};

const TODAY: &str = "2026-03-10";

async fn rate(desk: &TestDesk, currency: &str, rate: &str, on: &str) -> Value {
    let wish = json!({ "currency": currency, "rate": rate, "on": on, "source": "Norges Bank" });
    desk.call("set_exchange_rate", wish).await.expect("a rate")
}

/// A desk with a rate of 11.50 kroner for a euro.
async fn with_rate() -> TestDesk {
    let desk = TestDesk::with_student().await;
    rate(&desk, "EUR", "11,50", "2026-03-09").await;
    desk
}

/// An invoice over 100.00 euro, 20.00 of them VAT; worth 1 150.00 kroner.
fn euros(number: u128) -> Value {
    let mut draft = draft(number, 1, TODAY, &[line("KT-B", 1, "100.00", "3")]);
    draft["currency"] = json!("EUR");
    draft
}

async fn issue(desk: &TestDesk, number: u128) -> Value {
    desk.call("issue_invoice", json!({ "draft": euros(number) })).await.expect("an invoice")
}

/// Euros, and what they came as; nothing: by the rate of the day.
fn euro_worth(base: Option<&str>) -> Value {
    json!({ "currency": "EUR", "base_amount": base, "rate": null })
}

/// Euros that came as kroner.
fn came(number: u128, amount: &str, base: &str, shares: &[(&str, &str)]) -> Value {
    let mut money = payment(number, TODAY, amount, shares);
    money["foreign"] = euro_worth(Some(base));
    money
}

async fn pay(desk: &TestDesk, money: Value) -> Value {
    desk.call("record_payment", money).await.expect("a payment")
}

async fn invoice(desk: &TestDesk, number: u128) -> Value {
    desk.call("find_invoice", json!({ "id": id(number) })).await.expect("an invoice")
}

/// What student 1 owes, and how the rows of the account run to it.
async fn balance(desk: &TestDesk) -> String {
    let account = desk.call("student_account", json!({ "student_id": id(1) })).await;
    let account = account.expect("an account");
    let rows = account["rows"].as_array().expect("rows");
    let last = rows.last().map_or(&account["balance"], |row| &row["running"]);
    assert_eq!(last, &account["balance"]);
    let sound = desk.call("verify_book", json!({})).await.expect("a report");
    assert_eq!(sound["tables_agree"], true, "{sound}");
    account["balance"]["amount"].as_str().expect("money").to_owned()
}

/// What an account of the chart closes on, in kroner.
async fn closing(desk: &TestDesk, account: &str) -> String {
    let trial = desk.call("trial_balance", json!({ "from": null, "to": null })).await;
    let trial = trial.expect("a trial balance");
    assert_eq!(trial["closing"]["amount"], "0.00");
    let rows = trial["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["account"] == account);
    row.map_or("0.00", |row| row["closing"]["amount"].as_str().expect("money")).to_owned()
}

#[tokio::test]
async fn an_invoice_in_another_currency_keeps_its_amounts_and_counts_in_kroner() {
    let desk = with_rate().await;
    let priced = desk.call("price_draft", euros(50)).await.expect("a price");
    assert_eq!(priced["totals"]["gross"], json!({ "amount": "100.00", "currency": "EUR" }));
    assert_eq!(priced["exchange"]["rate"], "11.5");
    assert_eq!(priced["exchange"]["totals"]["vat"]["amount"], "230.00");
    assert_eq!(priced["can_issue"], true, "{priced}");
    let issued = issue(&desk, 50).await;
    assert_eq!(issued, issue(&desk, 50).await);
    assert_eq!(issued["open"]["currency"], "EUR");
    assert_eq!(issued["exchange"]["left"], json!({ "amount": "1150.00", "currency": "NOK" }));
    let list = json!({
        "filter": { "view": "open", "query": "" },
        "window": { "offset": 0, "limit": 10 },
    });
    let page = desk.call("list_invoices", list).await.expect("a page");
    assert_eq!(page["sums"][0]["open"]["amount"], "1150.00");
    assert_eq!(page["rows"][0]["gross"]["currency"], "EUR");
    assert_eq!(page["rows"][0]["base"]["gross"]["amount"], "1150.00");
    assert_eq!(balance(&desk).await, "1150.00");
    assert_eq!(closing(&desk, "1500").await, "1150.00");
    assert_eq!(closing(&desk, "2700").await, "-230.00");
    rate(&desk, "EUR", "12", TODAY).await;
    assert_eq!(invoice(&desk, 50).await["exchange"]["rate"], "11.5");
}

#[tokio::test]
async fn without_a_rate_nothing_is_issued_and_an_old_one_is_pointed_out() {
    let desk = with_rate().await;
    let mut kronor = euros(50);
    kronor["currency"] = json!("SEK");
    let fault = desk.call("issue_invoice", json!({ "draft": kronor })).await.expect_err("no rate");
    assert_eq!(fault.rule.as_deref(), Some("no_rate"));
    rate(&desk, "SEK", "1.02", "2026-03-02").await;
    let priced = desk.call("price_draft", kronor).await.expect("a price");
    let checks = priced["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["check"] == "exchange").expect("a check");
    assert_eq!((&check["code"], &check["outcome"]), (&json!("rate_old"), &json!("warning")));
    assert_eq!(priced["can_issue"], true);
    for (currency, rate, rule) in
        [("NOK", "1", "own_currency"), ("kr", "1", "currency"), ("EUR", "0", "exchange_rate")]
    {
        let wish = json!({ "currency": currency, "rate": rate, "on": TODAY, "source": "" });
        let fault = desk.call("set_exchange_rate", wish).await.expect_err(rule);
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
}

#[tokio::test]
async fn parts_of_a_split_invoice_are_shown_in_its_own_currency() {
    let desk = with_rate().await;
    desk.call("save_payer", payer(70, "NAV Testby")).await.expect("a payer");
    let mut draft = euros(50);
    draft["payers"] = json!([share(Some(70), "percent", "60"), share(None, "rest", "")]);
    let issued = desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    let parts = issued["split"]["parts"].as_array().expect("parts");
    let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    assert_eq!(issued["split"]["whole"], euro("100.00"));
    let gross: Vec<Value> = parts.iter().map(|part| part["gross"].clone()).collect();
    assert_eq!(gross, [euro("60.00"), euro("40.00")]);
    assert_eq!(parts[0]["open"], euro("60.00"));
}

#[tokio::test]
async fn what_the_money_was_worth_more_or_less_is_gained_or_lost() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    issue(&desk, 51).await;
    let shares = [(id(50), "100.00")];
    let shares: Vec<(&str, &str)> = shares.iter().map(|(id, of)| (id.as_str(), *of)).collect();
    let check = came(60, "100.00", "1158.00", &shares);
    let wish = json!({
        "student_id": id(1), "amount": "100.00", "shares": check["shares"],
        "foreign": euro_worth(Some("1158.00")),
    });
    let checked = desk.call("check_shares", wish).await.expect("checked");
    assert_eq!(checked["gain"], json!({ "amount": "8.00", "currency": "NOK" }));
    assert_eq!(checked["balance_after"]["amount"], "1150.00");
    let paid = pay(&desk, check.clone()).await;
    assert_eq!(paid, pay(&desk, check).await);
    assert_eq!(paid["base"]["gain"]["amount"], "8.00");
    assert_eq!(invoice(&desk, 50).await["status"], "paid");
    assert_eq!(balance(&desk).await, "1150.00");
    pay(&desk, came(61, "100.00", "1140.00", &[(&id(51), "100.00")])).await;
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "8060").await, "-8.00");
    assert_eq!(closing(&desk, "8160").await, "10.00");
    assert_eq!(closing(&desk, "1500").await, "0.00");
    assert_eq!(closing(&desk, "2900").await, "0.00");
}

#[tokio::test]
async fn money_told_twice_by_its_id_or_its_event_is_recorded_once() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    let money = came(60, "60.00", "690.00", &[(&id(50), "60.00")]);
    let paid = pay(&desk, money.clone()).await;
    let mut told = came(61, "40.00", "470.00", &[(&id(50), "40.00")]);
    told["event"] = json!("stripe/evt_1");
    let by_event = pay(&desk, told.clone()).await;
    let facts = |report: Value| report["facts"].clone();
    let before = facts(desk.call("verify_book", json!({})).await.expect("a report"));
    assert_eq!(paid, pay(&desk, money).await);
    told["id"] = json!(id(62));
    assert_eq!(by_event, pay(&desk, told.clone()).await);
    told["foreign"] = Value::Null;
    let fault = desk.call("record_payment", told).await.expect_err("other money");
    assert_eq!(fault.rule.as_deref(), Some("event_differs"));
    let after = facts(desk.call("verify_book", json!({})).await.expect("a report"));
    assert_eq!((before != Value::Null, before), (true, after));
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "8060").await, "-10.00");
}

#[tokio::test]
async fn money_may_come_in_a_currency_in_which_nothing_is_open_yet() {
    let desk = with_rate().await;
    let form = json!({ "student_id": id(1), "amount": "100", "invoice_id": null });
    let form = desk.call("payment_form", form).await.expect("a form");
    assert_eq!((&form["currency"], &form["currencies"]), (&json!("NOK"), &json!(["NOK", "EUR"])));
    let early =
        json!({ "student_id": id(1), "amount": null, "invoice_id": null, "on": "2026-03-08" });
    let early = desk.call("payment_form", early).await.expect("a form");
    assert_eq!(early["currencies"], json!(["NOK"]), "no rate was known then");
    let paid = pay(&desk, came(60, "100.00", "1158.00", &[])).await;
    assert_eq!(paid["unallocated"], json!({ "amount": "100.00", "currency": "EUR" }));
    assert_eq!(balance(&desk).await, "-1158.00");
    issue(&desk, 50).await;
    let used = json!({
        "id": id(61), "source": "payment", "source_id": id(60), "date": TODAY,
        "shares": [{ "invoice_id": id(50), "amount": "100.00" }],
    });
    desk.call("use_credit", used).await.expect("used");
    assert_eq!(invoice(&desk, 50).await["status"], "paid");
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "8060").await, "-8.00");
}

/// The rows of a file that was made, by their headings.
fn rows_of(text: &str) -> Vec<Value> {
    let sheet = csv_in::sheet(text.as_bytes(), &csv_in::Reading::default()).expect("a table");
    let row = |row: &csv_in::RawRow| sheet.headings.iter().cloned().zip(row.cells.clone());
    sheet.rows.iter().map(|it| json!(row(it).collect::<BTreeMap<String, String>>())).collect()
}

#[tokio::test]
async fn files_say_what_is_in_euros_and_what_it_is_worth() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    pay(&desk, came(60, "60.00", "702.60", &[(&id(50), "60.00")])).await;
    let made = desk.call("export_csv", json!({ "from": null, "to": null, "folder": null })).await;
    let made = made.expect("files");
    let read = |name: &str| {
        let files = made["files"].as_array().expect("files");
        let file = files.iter().find(|file| file["name"] == name).expect("a file");
        rows_of(&std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("read"))
    };
    let expect = |row: &Value, cells: &[(&str, &str)]| {
        for (heading, cell) in cells {
            assert_eq!(row[*heading], **cell, "{heading} of {row}");
        }
    };
    let sums = [("currency", "EUR"), ("gross", "100.00"), ("open", "40.00"), ("rate", "11.5")];
    expect(&read("invoices.csv")[0], &sums);
    let base = [("base_currency", "NOK"), ("base_net", "920.00"), ("base_vat", "230.00")];
    expect(&read("invoices.csv")[0], &base);
    expect(&read("invoices.csv")[0], &[("base_gross", "1150.00"), ("base_open", "460.00")]);
    expect(&read("lines.csv")[0], &[("currency", "EUR"), ("net", "80.00")]);
    expect(&read("lines.csv")[0], &base);
    let sums = [("currency", "EUR"), ("amount", "60.00"), ("base_amount", "702.60")];
    expect(&read("payments.csv")[0], &sums);
    let sums = [("amount", "60.00"), ("base_amount", "690.00"), ("base_gain", "12.60")];
    expect(&read("allocations.csv")[0], &sums);
    let wish = json!({
        "student_ids": [id(1)], "department_id": null, "from": null, "to": TODAY,
        "style": "activity", "format": "csv", "wish": { "inline": false, "folder": null },
    });
    let file = desk.call("statement_file", wish).await.expect("a file");
    let path = file["path"].as_str().expect("a path");
    let rows = rows_of(&std::fs::read_to_string(path).expect("read"));
    let sums = [("amount", "1150.00"), ("own_currency", "EUR"), ("own_amount", "100.00")];
    expect(&rows[1], &sums);
    let sums = [("amount", "-702.60"), ("own_currency", "EUR"), ("own_amount", "-60.00")];
    expect(&rows[2], &sums);
}

#[tokio::test]
async fn parts_settle_to_the_last_oere_and_the_rate_of_the_day_stands_in() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    let mut part = payment(60, TODAY, "33.33", &[(&id(50), "33.33")]);
    part["foreign"] = euro_worth(None);
    assert_eq!(pay(&desk, part).await["base"]["amount"]["amount"], "383.30");
    let open = invoice(&desk, 50).await;
    assert_eq!(open["open"]["amount"], "66.67");
    assert_eq!(open["exchange"]["left"]["amount"], "766.70");
    pay(&desk, came(61, "66.67", "800.00", &[(&id(50), "66.67")])).await;
    assert_eq!(invoice(&desk, 50).await["open"]["amount"], "0.00");
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "8060").await, "-33.30");
}

#[tokio::test]
async fn a_credit_note_takes_back_what_the_invoice_was_worth() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    rate(&desk, "EUR", "12", TODAY).await;
    for (number, gross) in [(60, "33.33"), (61, "66.67")] {
        let order = json!({
            "id": id(number), "invoice_id": id(50), "issue_date": TODAY, "reason": "Avlyst",
            "lines": [{ "line": 0, "gross": gross }],
        });
        let note = desk.call("credit_invoice", &order).await.expect("a note");
        assert_eq!(note["exchange"]["rate"], "11.5");
    }
    assert_eq!(invoice(&desk, 50).await["status"], "credited");
    assert_eq!(balance(&desk).await, "0.00");
    for account in ["1500", "2900", "2700", "3000", "8060", "8160"] {
        assert_eq!(closing(&desk, account).await, "0.00", "{account}");
    }
}

#[tokio::test]
async fn money_that_is_gone_again_takes_its_gain_with_it() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    pay(&desk, came(60, "100.00", "1158.00", &[(&id(50), "100.00")])).await;
    let gone = json!({
        "payment_id": id(60), "amount": "100.00", "on": TODAY, "reason": "Banken tok det",
    });
    desk.call("reverse_payment", gone).await.expect("reversed");
    let open = invoice(&desk, 50).await;
    assert_eq!(open["open"]["amount"], "100.00");
    assert_eq!(open["exchange"]["left"]["amount"], "1150.00");
    assert_eq!(balance(&desk).await, "1150.00");
    assert_eq!(closing(&desk, "8060").await, "0.00");
}

#[tokio::test]
async fn credit_in_another_currency_is_paid_back_in_it() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    let paid = pay(&desk, came(60, "150.00", "1725.00", &[(&id(50), "100.00")])).await;
    assert_eq!(paid["unallocated"], json!({ "amount": "50.00", "currency": "EUR" }));
    assert_eq!(balance(&desk).await, "-575.00");
    let refund = json!({
        "id": id(70), "student_id": id(1), "method": "bank", "paid_on": TODAY,
        "amount": "50.00", "foreign": euro_worth(Some("580.00")),
        "sources": [], "reference": "", "reason": "For mye betalt",
    });
    let back = desk.call("pay_refund", &refund).await.expect("a refund");
    assert_eq!(back, desk.call("pay_refund", &refund).await.expect("the same"));
    assert_eq!(back["base"]["gain"]["amount"], "-5.00");
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "8160").await, "5.00");
    assert_eq!(closing(&desk, "2900").await, "0.00");
}

#[tokio::test]
async fn a_rest_in_another_currency_is_given_up_at_its_worth() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    let given_up = json!({
        "id": id(70), "invoice_id": id(50), "amount": "100.00", "on": TODAY, "reason": "Flyttet",
    });
    let shown = desk.call("write_off_invoice", given_up).await.expect("written off");
    assert_eq!(shown["status"], "written_off");
    assert_eq!(balance(&desk).await, "0.00");
    assert_eq!(closing(&desk, "7830").await, "1150.00");
}

#[tokio::test]
async fn money_settles_only_its_own_currency() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    desk.issue(51, 1).await;
    let kroner = payment(60, TODAY, "100.00", &[(&id(50), "100.00")]);
    let fault = desk.call("record_payment", kroner).await.expect_err("another currency");
    assert_eq!(fault.rule.as_deref(), Some("wrong_invoice"));
    let form = json!({ "student_id": id(1), "amount": "100", "invoice_id": id(50) });
    let form = desk.call("payment_form", form).await.expect("a form");
    assert_eq!(form["currency"], "EUR");
    assert_eq!(form["currencies"], json!(["NOK", "EUR"]));
    assert_eq!(form["base"]["amount"], "1150.00");
    assert_eq!(form["open_items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn each_currency_is_reminded_of_by_itself_and_fees_are_in_kroner_alone() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    desk.issue(51, 1).await;
    desk.clock.advance_days(33);
    let plan = desk.call("reminder_plan", json!({})).await.expect("a plan");
    let messages = plan["messages"].as_array().expect("messages");
    assert_eq!(messages.len(), 2);
    let euros = messages.iter().find(|it| it["total"]["currency"] == "EUR").expect("a message");
    assert_eq!(euros["total"]["amount"], "100.00");
    assert_eq!(euros["fee"], Value::Null);
    let chosen = json!({
        "student_id": id(1), "level": euros["level"], "channel": "letter", "currency": "EUR",
    });
    let request = json!({ "id": id(90), "messages": [chosen] });
    let sent = desk.call("send_reminders", &request).await.expect("made");
    assert_eq!(sent["letter_ids"].as_array().map(Vec::len), Some(1));
    assert_eq!(sent, desk.call("send_reminders", &request).await.expect("the same"));
    let paper = json!({
        "ids": sent["letter_ids"], "planned": null, "wish": { "inline": true, "folder": null },
    });
    desk.call("reminder_paper", paper).await.expect("a letter");
}

#[tokio::test]
async fn a_table_of_rates_is_read_whole_or_not_at_all() {
    let desk = TestDesk::with_student().await;
    let csv = "date;currency;rate\n2026-03-02;EUR;11,4321\n02.03.2026;SEK;1,02\n";
    let table = |csv: &str| json!({ "csv": csv, "source": "ECB" });
    let done = desk.call("import_exchange_rates", table(csv)).await.expect("rates");
    assert_eq!((&done["set"], &done["same"]), (&json!(2), &json!(0)));
    let again = desk.call("import_exchange_rates", table(csv)).await.expect("rates");
    assert_eq!((&again["set"], &again["same"]), (&json!(0), &json!(2)));
    for wrong in ["currency,rate\nEUR,11\n", "currency,rate,date\nEUR,0,2026-03-02\n"] {
        let fault = desk.call("import_exchange_rates", table(wrong)).await.expect_err(wrong);
        assert_eq!(fault.rule.as_deref(), Some("rate_table"));
    }
    let rates = desk.call("exchange_rates", json!({})).await.expect("rates");
    assert_eq!(rates["currencies"], json!(["NOK", "EUR", "SEK"]));
    assert_eq!(rates["rates"][0]["rate"], "11.4321");
    let wish = json!({ "service_id": id(1), "currency": "EUR", "on": TODAY });
    let price = desk.call("exchange_price", wish).await.expect("a price");
    assert_eq!(price["unit_price"], "69.10");
}

#[tokio::test]
async fn the_paper_of_an_invoice_in_another_currency_is_made_with_its_vat_in_kroner() {
    let desk = with_rate().await;
    issue(&desk, 50).await;
    let paper = json!({
        "kind": "invoice", "id": id(50), "draft": null,
        "wish": { "inline": true, "folder": null },
    });
    let file = desk.call("paper", paper).await.expect("a paper");
    assert!(file["bytes"].as_u64().is_some_and(|bytes| bytes > 1_000));
    let statement = json!({
        "student_id": id(1), "from": null, "to": TODAY, "style": "open",
    });
    let stated = desk.call("statement", statement).await.expect("a statement");
    assert_eq!(stated["closing"]["amount"], "1150.00");
    assert_eq!(stated["rows"][0]["foreign"], json!({ "amount": "100.00", "currency": "EUR" }));
}
