//! Reports: every figure opens to the rows that make it, and all ways of adding up agree.

use serde_json::{Value, json};
use support::{TestDesk, draft, id, line, payment, service};

fn window() -> Value {
    json!({ "offset": 0, "limit": 500 })
}

fn revenue(from: &str, to: &str, by: &str, compare: &str) -> Value {
    json!({ "from": from, "to": to, "by": by, "department_id": null, "compare": compare })
}

async fn asked(desk: &TestDesk, name: &str, request: Value) -> Value {
    desk.call(name, request).await.unwrap_or_else(|fault| panic!("{name}: {fault:?}"))
}

fn amounts<'a>(rows: &'a Value, field: &str) -> Vec<&'a str> {
    let rows = rows.as_array().expect("rows");
    rows.iter().map(|row| row[field]["amount"].as_str().expect("an amount")).collect()
}

/// Lessons in January and in March, theory without VAT in February, and a credit note in March.
async fn selling() -> TestDesk {
    let desk = TestDesk::with_student().await;
    for (number, code, price, tax) in [(1, "KT-B", "790.00", "3"), (2, "TK-01", "2450.00", "6")] {
        asked(&desk, "save_service", service(number, code, price, tax)).await;
    }
    let of = |service: u128, name: &str, price: &str, tax: &str| {
        let mut line = line(name, 1, price, tax);
        line["service_id"] = json!(id(service));
        line
    };
    let lesson = of(1, "KT-B", "790.00", "3");
    let theory = of(2, "TK-01", "2450.00", "6");
    let free = line("Something else", 1, "100.00", "3");
    for (number, day, lines) in [
        (50, "2026-01-15", vec![lesson.clone()]),
        (51, "2026-02-10", vec![theory, free]),
        (52, "2026-03-02", vec![lesson.clone(), lesson]),
    ] {
        let draft = draft(number, 1, day, &lines);
        asked(&desk, "issue_invoice", json!({ "draft": draft })).await;
    }
    let lines = json!([{ "line": 0, "gross": "790.00" }]);
    let credit = json!({
        "id": id(60), "invoice_id": id(50), "lines": lines, "reason": "Not held",
        "issue_date": "2026-03-05",
    });
    asked(&desk, "credit_invoice", credit).await;
    desk
}

#[tokio::test]
async fn revenue_by_month_service_and_department_is_the_same() {
    let desk = selling().await;
    let by = async |by| {
        asked(&desk, "revenue", revenue("2026-01-01", "2026-03-31", by, "none")).await["parts"][0]
            .clone()
    };
    let months = by("month").await;
    assert_eq!(amounts(&months["rows"], "gross"), ["790.00", "2550.00", "790.00"]);
    assert_eq!(amounts(&months["rows"], "net"), ["632.00", "2530.00", "632.00"]);
    for other in ["service", "department", "week", "quarter"] {
        let part = by(other).await;
        for sum in ["net", "vat", "gross"] {
            assert_eq!(part[sum], months[sum], "{other} {sum}");
        }
    }
    let services = by("service").await;
    let codes: Vec<_> =
        services["rows"].as_array().expect("rows").iter().map(|row| &row["code"]).collect();
    assert_eq!(codes, ["TK-01", "KT-B", ""]);
}

#[tokio::test]
async fn revenue_stands_beside_the_period_before() {
    let desk = selling().await;
    let request = revenue("2026-02-01", "2026-02-28", "month", "before");
    let view = asked(&desk, "revenue", request).await;
    assert_eq!(view["before"], json!({ "from": "2026-01-01", "to": "2026-01-31" }));
    let row = &view["parts"][0]["rows"][0];
    assert_eq!(
        (&row["net_before"]["amount"], &row["change"]["amount"]),
        (&json!("632.00"), &json!("1898.00"))
    );
    assert_eq!(row["growth"], 3003);
    let request = revenue("2026-02-01", "2026-02-28", "service", "year_before");
    let view = asked(&desk, "revenue", request).await;
    assert_eq!(view["before"]["from"], "2025-02-01");
    assert_eq!(view["parts"][0]["growth"], Value::Null);
}

#[tokio::test]
async fn a_figure_opens_to_the_documents_that_make_it() {
    let desk = selling().await;
    let request = json!({
        "from": "2026-01-01", "to": "2026-03-31", "service_id": id(1), "window": window(),
    });
    let page = asked(&desk, "list_sales", request).await;
    assert_eq!(amounts(&page["rows"], "gross"), ["-790.00", "1580.00", "790.00"]);
    assert_eq!((&page["total"], &page["gross"]["amount"]), (&json!(3), &json!("1580.00")));
    assert_eq!(page["rows"][0]["kind"], "credit_note");
    let free = json!({
        "from": "2026-01-01", "to": "2026-03-31", "service_id": "", "window": window(),
    });
    let page = asked(&desk, "list_sales", free).await;
    assert_eq!(amounts(&page["rows"], "gross"), ["100.00"]);
}

#[tokio::test]
async fn the_vat_summary_has_a_row_for_each_code_and_term() {
    let desk = selling().await;
    let request = json!({ "from": "2026-01-01", "to": "2026-03-31", "every": "two_months" });
    let view = asked(&desk, "vat_summary", request).await;
    let part = &view["parts"][0];
    let first = &part["periods"][0]["codes"];
    assert_eq!((&first[0]["code"], &first[1]["code"]), (&json!("3"), &json!("6")));
    assert_eq!(amounts(first, "net"), ["712.00", "2450.00"]);
    assert_eq!(amounts(first, "vat"), ["178.00", "0.00"]);
    assert_eq!(amounts(&part["periods"][1]["codes"], "vat"), ["158.00"]);
    let vat = json!({
        "from": "2026-01-01", "to": "2026-03-31", "vat_code": "3", "vat_rate": "25",
        "window": window(),
    });
    let page = asked(&desk, "list_sales", vat).await;
    assert_eq!(page["vat"]["amount"], "336.00");
}

#[tokio::test]
async fn debt_over_time_is_the_ageing_of_each_day() {
    let desk = selling().await;
    let money = payment(70, "2026-02-20", "1000.00", &[(&id(51), "1000.00")]);
    asked(&desk, "record_payment", money).await;
    let request = json!({ "from": "2026-01-01", "to": "2026-12-31", "every": "week" });
    let view = asked(&desk, "debt_over_time", request).await;
    assert_eq!(view["to"], "2026-03-10");
    let points = view["parts"][0]["points"].as_array().expect("points").clone();
    assert_eq!(points.len(), 11);
    for point in points {
        let ageing = json!({ "as_of": point["day"], "by": "due", "buckets": [] });
        let aged = asked(&desk, "ageing", ageing).await;
        let columns = amounts(
            &json!(
                aged["columns"]
                    .as_array()
                    .expect("columns")
                    .iter()
                    .map(|money| json!({ "of": money }))
                    .collect::<Vec<_>>()
            ),
            "of",
        )
        .into_iter()
        .map(|text| text.replace('.', "").parse::<i64>().expect("minor"))
        .collect::<Vec<_>>();
        let minor = |of: &Value| {
            of["amount"].as_str().expect("money").replace('.', "").parse::<i64>().expect("minor")
        };
        assert_eq!(minor(&point["open"]), columns.iter().sum::<i64>(), "{point}");
        assert_eq!(minor(&point["overdue"]), columns[1..].iter().sum::<i64>(), "{point}");
    }
}

#[tokio::test]
async fn the_day_is_cashed_up_by_method_and_desk() {
    let desk = TestDesk::with_student().await;
    for (number, amount) in [(70, "500.00"), (71, "250.00")] {
        asked(&desk, "record_payment", payment(number, "2026-03-10", amount, &[])).await;
    }
    let today = json!({
        "from": "2026-03-10", "to": "2026-03-10", "every": "whole", "by_desk": true,
    });
    let view = asked(&desk, "takings", today).await;
    let row = &view["parts"][0]["periods"][0]["rows"][0];
    assert_eq!(
        (&row["sums"]["count"], &row["sums"]["taken"]["amount"]),
        (&json!(2), &json!("750.00"))
    );
    let behind = json!({
        "from": "2026-03-10", "to": "2026-03-10", "method": row["method"], "desk": row["desk"],
        "window": window(),
    });
    let page = asked(&desk, "list_takings", behind).await;
    assert_eq!((&page["total"], &page["amount"]["amount"]), (&json!(2), &json!("750.00")));
}

#[tokio::test]
async fn a_report_comes_as_a_file() {
    let desk = selling().await;
    let report = json!({ "revenue": revenue("2026-01-01", "2026-03-31", "service", "before") });
    for (format, start) in [("pdf", "JVBERi"), ("csv", "77u/Y3VycmVuY3ks")] {
        let wish = json!({ "inline": true });
        let request = json!({ "report": report, "format": format, "wish": wish });
        let file = asked(&desk, "report_file", request).await;
        assert!(file["content"].as_str().expect("content").starts_with(start), "{file}");
        assert!(file["name"].as_str().expect("a name").ends_with(format));
    }
    for report in [
        json!({ "debt": { "from": "2026-01-01", "to": "2026-03-10", "every": "month" } }),
        json!({ "vat": { "from": "2026-01-01", "to": "2026-03-10", "every": "whole" } }),
        json!({ "takings": { "from": "2026-01-01", "to": "2026-03-10", "every": "day", "by_desk": true } }),
    ] {
        let wish = json!({ "inline": true });
        let request = json!({ "report": report, "format": "pdf", "wish": wish });
        asked(&desk, "report_file", request).await;
    }
}

#[tokio::test]
async fn a_period_that_ends_before_it_begins_or_has_too_many_parts_is_refused() {
    let desk = TestDesk::with_student().await;
    for (from, to, rule) in
        [("2026-03-02", "2026-03-01", "period"), ("2020-01-01", "2026-03-01", "too_many_parts")]
    {
        let fault = desk.call("revenue", revenue(from, to, "day", "none")).await;
        assert_eq!(fault.expect_err("refused").rule.as_deref(), Some(rule));
    }
}

#[tokio::test]
async fn what_was_done_last_with_money_comes_first() {
    let desk = selling().await;
    let view = asked(&desk, "recent_activity", json!({})).await;
    let kinds: Vec<_> =
        view["rows"].as_array().expect("rows").iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["credit_note", "invoice", "invoice", "invoice"]);
}
