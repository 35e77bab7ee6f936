//! The journal as the office shows it.

use serde_json::{Value, json};
use support::{TestDesk, id, payment};

/// An invoice of 790 that 1 000 was received for: 210 is credit.
async fn overpaid() -> (TestDesk, String) {
    let desk = TestDesk::with_student().await;
    let invoice = desk.issue(50, 1).await;
    let money = payment(60, "2026-03-10", "1000.00", &[(&invoice, "790.00")]);
    desk.call("record_payment", money).await.expect("a payment");
    (desk, invoice)
}

fn journal(account: Option<&str>) -> Value {
    let window = json!({ "offset": 0, "limit": 100 });
    json!({ "from": null, "to": null, "account": account, "window": window })
}

/// Account, debit and credit of each line.
fn lines(entry: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let postings = entry["postings"].as_array().expect("lines").iter();
    postings
        .map(|line| {
            let (debit, credit) = (text(&line["debit"]["amount"]), text(&line["credit"]["amount"]));
            let amount = if debit.is_empty() { format!("-{credit}") } else { debit };
            (text(&line["account"]), amount)
        })
        .collect()
}

fn expected(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(account, amount)| ((*account).into(), (*amount).into())).collect()
}

#[tokio::test]
async fn an_invoice_and_its_payment_stand_in_the_journal_with_names_of_accounts() {
    let (desk, invoice) = overpaid().await;
    let about = desk.call("journal_of", json!({ "id": invoice })).await.expect("entries");
    let entries = about["entries"].as_array().expect("entries");
    assert_eq!(
        lines(&entries[0]),
        expected(&[("1500", "790.00"), ("3000", "-632.00"), ("2700", "-158.00")])
    );
    assert_eq!(entries[0]["postings"][0]["account_name"], "Kundefordringer");
    assert_eq!(lines(&entries[1]), expected(&[("2900", "790.00"), ("1500", "-790.00")]));
    let about = desk.call("journal_of", json!({ "id": id(60) })).await.expect("entries");
    let entries = about["entries"].as_array().expect("entries");
    assert_eq!(lines(&entries[0]), expected(&[("1920", "1000.00"), ("2900", "-1000.00")]));
    assert_eq!(
        (&entries[1]["cause"], &entries[1]["about"]),
        (&json!("allocation"), &json!("invoice"))
    );
}

#[tokio::test]
async fn the_journal_of_an_account_makes_its_balance() {
    let (desk, _) = overpaid().await;
    let balance = json!({ "from": null, "to": null });
    let balance = desk.call("trial_balance", balance).await.expect("a balance");
    assert_eq!(balance["closing"]["amount"], "0.00");
    assert_eq!(balance["debit"], balance["credit"]);
    let row = |account: &str| {
        let rows = balance["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["account"] == account).expect("an account")
    };
    assert_eq!(row("1500")["closing"]["amount"], "0.00");
    assert_eq!(row("2900")["closing"]["amount"], "-210.00");
    let page = desk.call("list_journal", journal(Some("2900"))).await.expect("entries");
    assert_eq!(page["total"], 2);
    for entry in page["rows"].as_array().expect("entries") {
        assert!(lines(entry).iter().any(|(account, _)| account == "2900"));
    }
    let none = desk.call("list_journal", journal(Some("9999"))).await.expect("entries");
    assert_eq!(none["total"], 0);
}

#[tokio::test]
async fn what_was_before_the_period_is_its_opening_balance() {
    let (desk, _) = overpaid().await;
    desk.clock.advance_days(22);
    desk.issue(51, 1).await;
    let april = json!({ "from": "2026-04-01", "to": "2026-04-30" });
    let balance = desk.call("trial_balance", &april).await.expect("a balance");
    let rows = balance["rows"].as_array().expect("rows");
    let sales = rows.iter().find(|row| row["account"] == "3000").expect("sales");
    assert_eq!(
        [&sales["opening"]["amount"], &sales["credit"]["amount"], &sales["closing"]["amount"]],
        ["-632.00", "632.00", "-1264.00"]
    );
    assert_eq!(balance["opening"]["amount"], "0.00");
    let turned = json!({ "from": "2026-04-30", "to": "2026-04-01" });
    let fault = desk.call("trial_balance", turned).await.expect_err("refused");
    assert_eq!(fault.rule.as_deref(), Some("period"));
}

#[tokio::test]
async fn an_account_is_named_and_added_but_one_in_the_rules_stays_as_it_is() {
    let (desk, _) = overpaid().await;
    let account = |number: &str, name: &str, kind: &str, active: bool| json!({ "number": number, "name": name, "kind": kind, "active": active });
    let named = account("3000", "Kjøretimer", "income", true);
    let chart = desk.call("save_ledger_account", named).await.expect("named");
    let of = |chart: &Value, number: &str| {
        let accounts = chart["accounts"].as_array().expect("accounts").clone();
        accounts.into_iter().find(|account| account["number"] == number).expect("an account")
    };
    assert_eq!(of(&chart, "3000")["name"], "Kjøretimer");
    assert_eq!(of(&chart, "3000")["used"], true);
    let added = account("3055", "Bil til prøve", "income", true);
    let chart = desk.call("save_ledger_account", added).await.expect("added");
    assert_eq!(of(&chart, "3055")["used"], false);
    for (refused, rule) in [
        (account("1500", "Kunder", "expense", true), "account_ruled"),
        (account("1500", "Kunder", "asset", false), "account_ruled"),
        (account("15A", "Kunder", "asset", true), "account_number"),
    ] {
        let fault = desk.call("save_ledger_account", refused).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    let report = desk.call("verify_book", json!({})).await.expect("checked");
    assert_eq!(report["tables_agree"], true);
}

#[tokio::test]
async fn journal_and_balance_are_written_as_files() {
    let (desk, _) = overpaid().await;
    for (what, rows) in [("journal", 8), ("trial_balance", 6)] {
        let wish = json!({ "inline": false, "folder": desk.folder() });
        let request = json!({
            "what": what, "from": null, "to": null, "account": null, "wish": wish,
        });
        let file = desk.call("export_ledger", request).await.expect("a file");
        let text = std::fs::read_to_string(file["path"].as_str().expect("a path")).expect("text");
        assert_eq!(text.lines().count(), rows, "{text}");
    }
}

#[tokio::test]
async fn a_vat_rate_holds_from_its_day_and_not_before() {
    let desk = TestDesk::with_student().await;
    let tax = |rate: &str, category: &str, reason: Value| {
        json!({
            "code": "3", "name": "26 %", "category": category, "rate": rate, "reason": reason,
            "valid_from": "2026-04-01",
        })
    };
    for (refused, rule) in [
        (tax("101", "S", Value::Null), "vat_rate"),
        (tax("0", "S", Value::Null), "vat_rate_category"),
        (tax("5", "Z", Value::Null), "vat_rate_category"),
        (tax("0", "E", Value::Null), "missing"),
    ] {
        let fault = desk.call("save_tax_code", refused).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some(rule));
    }
    desk.call("save_tax_code", tax("26", "S", Value::Null)).await.expect("set");
    for (number, days, vat) in [(50, 0, "158.00"), (51, 23, "163.02")] {
        desk.clock.advance_days(days);
        let invoice = desk.issue(number, 1).await;
        let shown = desk.call("find_invoice", json!({ "id": invoice })).await.expect("an invoice");
        assert_eq!(shown["totals"]["vat"]["amount"], vat);
    }
}
