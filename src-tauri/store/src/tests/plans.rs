//! What is planned is due by its instalments for as long as the plan is kept.

use super::book::{Facts, invoice_id, nok, payment_id, plan_id, student_id};
use super::{Book, day};
use crate::{
    AgeBy, AgeingQuestion, Among, DocumentFilter, DocumentRow, Figure, InvoiceView, PlanCounts,
    PlanFilter, PlanShelf, StoreError, Window,
};
use finance::ageing::Buckets;
use finance::allocation::CreditSource;
use finance::instalments::PlanState;

const ALL: Window = Window { offset: 0, limit: 100 };

/// Two invoices due on 19 January, 1,500 and 500, planned on 1 February in two halves that are due
/// on the first of March and of April.
async fn planned() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let made = [
        facts.student(1, "Ada Berg"),
        facts.invoice(1, 1, 150_000, "2026-01-05"),
        facts.invoice(2, 1, 50_000, "2026-01-05"),
        facts.plan(
            (1, 1, "2026-02-01"),
            &[(1, 150_000), (2, 50_000)],
            &[("2026-03-01", 100_000), ("2026-04-01", 100_000)],
        ),
    ];
    book.record(&made).await.expect("recorded");
    (book, facts)
}

async fn overdue(book: &Book, on: &str) -> (i64, u32) {
    let mut view = book.store.read().await.expect("a view");
    let figures = view.home_figures(day(on)).await.expect("figures");
    let student =
        view.find_student(student_id(1), day(on)).await.expect("read").expect("a student");
    assert_eq!(student.overdue, figures.overdue.amount);
    (figures.overdue.amount.minor(), figures.overdue.count)
}

async fn listed(book: &Book, on: &str) -> Vec<DocumentRow> {
    let mut view = book.store.read().await.expect("a view");
    let filter = DocumentFilter { view: InvoiceView::Overdue, ..DocumentFilter::default() };
    let page = view.list_documents(&filter, None, ALL, day(on)).await.expect("a page");
    let counts = view.invoice_counts(&DocumentFilter::default(), day(on)).await.expect("counts");
    assert_eq!(counts.overdue, page.total);
    page.rows
}

async fn aged(book: &Book, on: &str) -> Vec<i64> {
    let mut view = book.store.read().await.expect("a view");
    let question = AgeingQuestion {
        as_of: day(on),
        by: AgeBy::Due,
        buckets: Buckets::new(vec![30, 60]).expect("rising"),
        department: Among::All,
    };
    let rows = view.ageing(&question).await.expect("ageing");
    let student =
        view.find_student(student_id(1), day(on)).await.expect("read").expect("a student");
    let row = rows.first().map(|row| row.amounts.clone());
    assert!(row.as_ref().is_none_or(|row| row.balance == student.balance));
    row.map_or_else(Vec::new, |row| row.columns.iter().map(|money| money.minor()).collect())
}

#[tokio::test]
async fn a_kept_plan_makes_its_invoices_due_by_their_instalments() {
    let (book, _) = planned().await;
    assert_eq!(overdue(&book, "2026-02-15").await, (0, 0));
    assert!(listed(&book, "2026-02-15").await.is_empty());
    // Before the plan was agreed they were overdue, and still were on that day.
    assert_eq!(aged(&book, "2026-01-31").await, [0, 200_000, 0, 0]);
    assert_eq!(aged(&book, "2026-02-15").await, [200_000, 0, 0, 0]);
    // The first instalment is missed; the week of grace runs.
    assert_eq!(overdue(&book, "2026-03-05").await, (100_000, 1));
    assert_eq!(aged(&book, "2026-03-05").await, [100_000, 100_000, 0, 0]);
    let rows = listed(&book, "2026-03-05").await;
    assert_eq!((rows.len(), rows[0].due_by(day("2026-03-05"))), (1, day("2026-03-01")));
    let mut view = book.store.read().await.expect("a view");
    let figures = view.home_figures(day("2026-02-25")).await.expect("figures");
    assert_eq!(figures.due_this_week, Figure { amount: nok(100_000), count: 1 });
}

#[tokio::test]
async fn a_broken_plan_falls_back_to_the_invoices_dates() {
    let (book, _) = planned().await;
    let broken = "2026-03-09";
    assert_eq!(overdue(&book, broken).await, (200_000, 2));
    assert_eq!(aged(&book, broken).await, [0, 0, 200_000, 0]);
    let rows = listed(&book, broken).await;
    assert_eq!((rows.len(), rows[0].due_by(day(broken))), (2, day("2026-01-19")));
    let mut view = book.store.read().await.expect("a view");
    let plan = view.find_plan(plan_id(1)).await.expect("read").expect("a plan");
    assert_eq!(plan.state(day("2026-03-08")), Some(PlanState::Late));
    assert_eq!(plan.state(day(broken)), Some(PlanState::Broken));
    let counts = view.plan_counts(&PlanFilter::default(), day(broken)).await.expect("counts");
    assert_eq!(counts, PlanCounts { all: 1, running: 1, broken: 1, ..PlanCounts::default() });
}

#[tokio::test]
async fn money_settles_the_oldest_instalment_and_its_reversal_opens_it_again() {
    let (book, mut facts) = planned().await;
    let source = CreditSource::Payment(payment_id(1));
    let paid = [
        facts.payment(1, 1, 100_000, "2026-02-20"),
        facts.allocation(1, source, 2, (50_000, "2026-02-20")),
        facts.allocation(2, source, 1, (50_000, "2026-02-20")),
    ];
    book.record(&paid).await.expect("recorded");
    assert_eq!(overdue(&book, "2026-03-20").await, (0, 0));
    assert_eq!(aged(&book, "2026-03-20").await, [100_000, 0, 0, 0]);
    // On a day before the money came, the plan stood as it was then.
    assert_eq!(aged_columns(&book, "2026-02-19").await, [200_000, 0, 0, 0]);
    let turned = facts.turn(1, finance::payment::PaymentOutcome::Reversed, "2026-03-02");
    book.record(&[turned]).await.expect("recorded");
    assert_eq!(overdue(&book, "2026-03-05").await, (100_000, 1));
}

async fn aged_columns(book: &Book, on: &str) -> Vec<i64> {
    let mut view = book.store.read().await.expect("a view");
    let buckets = Buckets::new(vec![30, 60]).expect("rising");
    let question =
        AgeingQuestion { as_of: day(on), by: AgeBy::Due, buckets, department: Among::All };
    let rows = view.ageing(&question).await.expect("ageing");
    rows[0].amounts.columns.iter().map(|money| money.minor()).collect()
}

#[tokio::test]
async fn a_later_plan_takes_the_place_of_an_earlier_one_and_ending_it_brings_none_back() {
    let (book, mut facts) = planned().await;
    let later =
        facts.plan((2, 1, "2026-02-10"), &[(1, 150_000), (2, 50_000)], &[("2026-05-01", 200_000)]);
    book.record(&[later]).await.expect("recorded");
    assert_eq!(overdue(&book, "2026-04-15").await, (0, 0));
    let mut view = book.store.read().await.expect("a view");
    let old = view.find_plan(plan_id(1)).await.expect("read").expect("a plan");
    assert_eq!((old.replaced_by, old.until), (Some(plan_id(2)), Some(day("2026-02-10"))));
    drop(view);
    book.record(&[facts.end_plan(2, "2026-02-20", "Wants to pay at once")]).await.expect("ended");
    assert_eq!(overdue(&book, "2026-02-20").await, (200_000, 2));
    let mut view = book.store.read().await.expect("a view");
    let about = PlanFilter { invoice_id: Some(invoice_id(2)), ..PlanFilter::default() };
    let page = view.list_plans(&about, ALL, day("2026-02-20")).await.expect("a page");
    assert_eq!(page.total, 2);
    let ended = PlanFilter { shelf: PlanShelf::Ended, query: "berg".to_owned(), ..about };
    assert_eq!(view.list_plans(&ended, ALL, day("2026-02-20")).await.expect("a page").total, 2);
    let about = view.history_of(crate::Subject::Invoice(invoice_id(1))).await.expect("read");
    assert_eq!(about.len(), 4);
}

#[tokio::test]
async fn what_is_open_beyond_the_plan_is_due_by_the_invoice() {
    let (book, mut facts) = Book::begun().await;
    let made = [
        facts.student(1, "Ada Berg"),
        facts.invoice(1, 1, 100_000, "2026-01-05"),
        facts.payment(1, 1, 40_000, "2026-01-10"),
        facts.allocation(1, CreditSource::Payment(payment_id(1)), 1, (40_000, "2026-01-10")),
        facts.plan((1, 1, "2026-02-01"), &[(1, 60_000)], &[("2026-03-01", 60_000)]),
        facts.turn(1, finance::payment::PaymentOutcome::Reversed, "2026-02-05"),
    ];
    book.record(&made).await.expect("recorded");
    assert_eq!(overdue(&book, "2026-02-10").await, (40_000, 1));
    let mut view = book.store.read().await.expect("a view");
    let debts = view.debts_due(day("2026-03-05"), day("2026-03-05")).await.expect("read");
    let owed: Vec<_> = debts.iter().map(|row| (row.debt.instalment, row.debt.open)).collect();
    assert_eq!(owed.len(), 2);
    assert_eq!((owed[0], owed[1].0.map(|one| one.place)), ((None, nok(40_000)), Some(1)));
    // Broken: one debt again.
    let debts = view.debts_due(day("2026-03-20"), day("2026-03-20")).await.expect("read");
    assert_eq!(debts.len(), 1);
    assert_eq!((debts[0].debt.instalment, debts[0].debt.open), (None, nok(100_000)));
}

#[tokio::test]
async fn a_plan_of_an_invoice_that_is_not_there_is_refused() {
    let (book, mut facts) = planned().await;
    let stray = facts.plan((2, 1, "2026-02-01"), &[(99, 100)], &[("2026-03-01", 100)]);
    assert!(matches!(book.record(&[stray]).await, Err(StoreError::CauseMissing)));
    let stray = facts.end_plan(9, "2026-02-01", "x");
    assert!(matches!(book.record(&[stray]).await, Err(StoreError::CauseMissing)));
}
