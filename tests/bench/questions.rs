//! What screens ask, at 100,000 invoices.

use crate::book;
use crate::clocked::{Report, Result};
use serde_json::{Value, json};
use support::TestDesk;

/// Asks everything and keeps the times.
pub async fn ask(desk: &TestDesk, report: &mut Report) -> Result<()> {
    let students = book::all_students(desk).await?;
    let ask = async |name: &str, request: Value| -> Result<()> {
        office::rpc::dispatch(&desk.desk, &desk.actor, name, request).await?;
        Ok(())
    };
    report
        .times("issue one invoice, durably", Some(5), 300, |n| {
            let draft = book::draft(5_000_000 + n, 3, &students);
            let request = json!({ "draft": draft });
            async { ask("issue_invoice", request).await }
        })
        .await?;

    report
        .times("page of 100, anywhere in the list", Some(3), 300, |n| {
            ask("list_invoices", list("all", "", n * 331 % 90_000))
        })
        .await?;
    let views = ["open", "overdue", "part_paid", "paid"];
    report
        .times("first page of a filtered list", Some(3), 200, |n| {
            ask("list_invoices", list(views[n % 4], "", 0))
        })
        .await?;
    report
        .times("counts of all tabs", None, 100, |_| ask("invoice_counts", filter("all", "")))
        .await?;
    report
        .times("search within the list, never asked before", Some(15), TYPED, |n| {
            ask("list_invoices", list("all", &typed(n), 0))
        })
        .await?;
    report
        .times("search of everything", Some(15), TYPED, |n| {
            ask("search", json!({ "query": typed(n), "limit": 20 }))
        })
        .await?;

    aged(&ask, report).await?;
    report.times("figures of the home page", Some(50), 60, |_| ask("home", json!({}))).await?;
    reports(&ask, report).await?;
    report
        .times("account of a student", None, 200, |n| {
            ask("student_account", json!({ "student_id": students[n * 37 % students.len()] }))
        })
        .await?;
    Ok(())
}

/// How old the debt is: all of it written out, and the page that a screen shows.
async fn aged(ask: &impl AsyncFn(&str, Value) -> Result<()>, report: &mut Report) -> Result<()> {
    let ageing = |as_of: &'static str| json!({ "as_of": as_of, "by": "due", "buckets": [], "department_id": null });
    report
        .times("ageing of all students, today", Some(25), 40, |_| {
            ask("ageing", ageing("2026-03-10"))
        })
        .await?;
    report
        .times("ageing, the page a screen shows", Some(25), 40, |_| {
            ask("ageing", paged(ageing("2026-03-10")))
        })
        .await?;
    report
        .times("ageing by payer, today", Some(25), 40, |_| {
            ask("ageing_by_payer", ageing("2026-03-10"))
        })
        .await?;
    report
        .times("ageing by payer, the page a screen shows", Some(25), 40, |_| {
            ask("ageing_by_payer", paged(ageing("2026-03-10")))
        })
        .await?;
    report
        .times("ageing of all students, a past day", None, 20, |_| {
            ask("ageing", ageing("2025-12-31"))
        })
        .await?;
    Ok(())
}

/// The pictures of the home page and the reports of the year all invoices lie in.
async fn reports(ask: &impl AsyncFn(&str, Value) -> Result<()>, report: &mut Report) -> Result<()> {
    let year = |more: Value| {
        let mut request = json!({ "from": "2025-03-11", "to": "2026-03-10" });
        for (key, value) in more.as_object().into_iter().flatten() {
            request[key] = value.clone();
        }
        request
    };
    let takings = || year(json!({ "every": "month", "by_desk": false }));
    let revenue = |by: &str| year(json!({ "by": by, "compare": "year_before" }));
    report
        .times("the whole home page with its charts", Some(50), 40, |_| async {
            ask("home", json!({})).await?;
            ask("recent_activity", json!({})).await?;
            ask("debt_over_time", year(json!({ "every": "month" }))).await?;
            ask("revenue", revenue("month")).await?;
            ask("takings", takings()).await
        })
        .await?;
    let by = ["service", "department", "month", "day"];
    report
        .times("revenue of a year", Some(100), 40, |n| ask("revenue", revenue(by[n % 4])))
        .await?;
    report
        .times("debt of every day of a year", Some(100), 40, |_| {
            ask("debt_over_time", year(json!({ "every": "day" })))
        })
        .await?;
    report
        .times("VAT of a year", Some(100), 40, |_| {
            ask("vat_summary", year(json!({ "every": "two_months" })))
        })
        .await?;
    report.times("takings of a year", Some(100), 40, |_| ask("takings", takings())).await?;
    let window = json!({ "offset": 0, "limit": 100 });
    report
        .times("documents behind a month of a service", None, 20, |n| {
            let month = format!("2026-0{}", 1 + n % 2);
            let days = json!({ "from": format!("{month}-01"), "to": format!("{month}-28") });
            let mut request = days;
            request["service_id"] = json!(support::id(1));
            request["window"] = window.clone();
            ask("list_sales", request)
        })
        .await?;
    Ok(())
}

/// How many searches: each is asked once, so that no answer is remembered from an earlier one.
const TYPED: usize = 240;

/// What a person types: mostly whole names and numbers, sometimes the first letters of a name that
/// every student in this book has.
fn typed(n: usize) -> String {
    match n % 12 {
        0..4 => format!("Nordmann {}", 17 + n * 41 % 9_900),
        4..7 => format!("A-{}", 1_234 + n * 397 % 90_000),
        7 | 8 => format!("elev{}", 100 + n * 13 % 890),
        9 => (400 + n * 31 % 7_000).to_string(),
        10 => format!("A-{}", 10 + n % 90),
        _ => format!("{} {}", &"Nordmann"[..2 + n / 12 % 7], 1 + n / 84),
    }
}

pub fn filter(view: &str, query: &str) -> Value {
    json!({
        "view": view, "query": query, "student_id": null, "department_id": null,
        "issued_from": null, "issued_to": null, "due_from": null, "due_to": null,
        "amount_from": null, "amount_to": null,
    })
}

fn list(view: &str, query: &str, offset: usize) -> Value {
    let window = json!({ "offset": offset, "limit": 100 });
    json!({ "filter": filter(view, query), "order": null, "window": window })
}

/// The first page of an ageing, whoever owes most on top.
fn paged(mut request: Value) -> Value {
    request["page"] = json!({
        "query": "",
        "order": { "by": "balance", "descending": true },
        "window": { "offset": 0, "limit": 100 },
    });
    request
}
