use super::book::{Facts, charge_id, invoice_id, nok, uuid};
use super::{Book, day};
use crate::{
    ChargeColumn, ChargeFilter, ChargeState, Order, RunItem, RunPlan, RunState, StoreError, Window,
};
use finance::ids::RunId;

async fn filled() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let mut made = vec![facts.student(1, "Ola Nordmann"), facts.student(2, "Kari Bråten")];
    for number in 1..=10_u32 {
        let on = format!("2026-01-{number:02}");
        let minor = if number == 10 { 0 } else { 79_000 + i64::from(number) };
        made.push(facts.event(number, 1 + number % 2, minor, &on));
    }
    made.push(facts.invoice(1, 1, 158_000, "2026-02-01"));
    made.push(facts.billed(1, &[2, 4]));
    made.push(facts.void(3, "Wrong student"));
    book.record(&made).await.expect("recorded");
    (book, facts)
}

fn all() -> Window {
    Window { offset: 0, limit: 100 }
}

#[tokio::test]
async fn a_pool_is_what_is_neither_billed_nor_voided_nor_free() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    for (state, total) in [
        (Some(ChargeState::Unbilled), 6),
        (Some(ChargeState::Billed), 2),
        (Some(ChargeState::Voided), 1),
        (Some(ChargeState::Free), 1),
        (None, 10),
    ] {
        let filter = ChargeFilter { state, ..ChargeFilter::default() };
        let page = view.list_charges(&filter, None, all()).await.expect("a page");
        assert_eq!((page.total, page.rows.len()), (total, total as usize), "{state:?}");
    }
    let pool = view.unbilled(&ChargeFilter::default()).await.expect("a pool");
    assert_eq!(pool.len(), 6);
    let billed = view.find_charges(&[charge_id(2)]).await.expect("a charge").remove(0);
    assert_eq!(billed.invoice, Some((invoice_id(1), "A1-1".to_owned())));
    let voided = view.find_charges(&[charge_id(3)]).await.expect("a charge").remove(0);
    assert_eq!(voided.void_reason.as_deref(), Some("Wrong student"));
}

#[tokio::test]
async fn filters_narrow_and_sums_follow() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let filters = [
        (ChargeFilter { query: "kari".to_owned(), ..ChargeFilter::default() }, 5),
        (ChargeFilter { query: "booking-7".to_owned(), ..ChargeFilter::default() }, 1),
        (ChargeFilter { query: "790,05".to_owned(), ..ChargeFilter::default() }, 1),
        (ChargeFilter { from: Some(day("2026-01-09")), ..ChargeFilter::default() }, 2),
        (ChargeFilter { to: Some(day("2026-01-02")), ..ChargeFilter::default() }, 2),
    ];
    for (filter, total) in filters {
        let page = view.list_charges(&filter, None, all()).await.expect("a page");
        assert_eq!(page.total, total, "{filter:?}");
    }
    let filter = ChargeFilter { to: Some(day("2026-01-02")), ..ChargeFilter::default() };
    let page = view.list_charges(&filter, None, all()).await.expect("a page");
    assert_eq!(page.amount, nok(79_001 + 79_002));
}

#[tokio::test]
async fn pages_follow_one_another_in_every_order() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let filter = ChargeFilter::default();
    for by in
        [ChargeColumn::HappenedOn, ChargeColumn::Student, ChargeColumn::Kind, ChargeColumn::Amount]
    {
        for descending in [false, true] {
            let order = Some(Order { by, descending });
            let whole = view.list_charges(&filter, order, all()).await.expect("a page").rows;
            let mut parts = Vec::new();
            for offset in (0..10).step_by(3) {
                let window = Window { offset, limit: 3 };
                parts.extend(view.list_charges(&filter, order, window).await.expect("rows").rows);
            }
            assert_eq!(parts, whole, "{by:?} {descending}");
        }
    }
}

#[tokio::test]
async fn a_charge_is_billed_by_one_invoice_only() {
    let (book, mut facts) = filled().await;
    let second = [facts.invoice(2, 1, 79_000, "2026-02-02"), facts.billed(2, &[5, 4])];
    let refused = book.record(&second).await.expect_err("billed already");
    assert!(matches!(refused, StoreError::BilledAlready { key, number }
        if key == "booking-4" && number == "A1-1"));
    let missing = [facts.invoice(2, 1, 79_000, "2026-02-02"), facts.billed(2, &[99])];
    let refused = book.record(&missing).await.expect_err("no such charge");
    assert!(matches!(refused, StoreError::CauseMissing));
    assert!(book.store.verify().await.expect("a report").tables_agree);
}

#[tokio::test]
async fn a_run_keeps_its_plan_and_how_far_it_came() {
    let (book, _) = filled().await;
    let plan = RunPlan {
        id: RunId(uuid(19, 1)),
        begun_at: 1_700_000_000_000,
        actor: "owner".to_owned(),
        issue_date: day("2026-02-01"),
        due_date: day("2026-02-15"),
    };
    let item = |place: u32| RunItem {
        place,
        invoice_id: invoice_id(100 + place),
        student_id: super::book::student_id(1),
        department_id: None,
        charges: vec![charge_id(1 + place)],
        gross: Some(nok(79_000)),
        left_out: None,
    };
    let items: Vec<RunItem> = (0..3).map(item).collect();
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.begin_run(&plan, &items).await.expect("begun");
    tx.settle_run_item(plan.id, 0, None).await.expect("noted");
    tx.settle_run_item(plan.id, 1, Some("no_buyer")).await.expect("noted");
    tx.commit().await.expect("committed");
    let mut tx = book.store.begin().await.expect("a transaction");
    assert_eq!(tx.waiting_of_run(plan.id, 10).await.expect("items"), items[2..]);
    let row = tx.find_run(plan.id).await.expect("read").expect("a run");
    assert_eq!((row.planned, row.issued, row.skipped), (3, 1, 1));
    assert_eq!((row.gross, row.state), (nok(79_000), RunState::Running));
    assert_eq!(tx.issued_of_run(plan.id).await.expect("ids"), [invoice_id(100)]);
    let skipped = tx.skipped_of_run(plan.id).await.expect("what was skipped");
    assert_eq!(
        (skipped[0].student.as_str(), skipped[0].reason.as_str()),
        ("Ola Nordmann", "no_buyer")
    );
    tx.set_run_state(plan.id, RunState::Cancelled).await.expect("cancelled");
    let rows = tx.list_runs(10).await.expect("runs");
    assert_eq!((rows.len(), rows[0].state), (1, RunState::Cancelled));
    let again = tx.begin_run(&plan, &[]).await.expect_err("begun already");
    assert!(matches!(again, StoreError::CodeTaken));
}
