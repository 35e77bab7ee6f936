//! Reports: whichever way sales are added up they come to the same, and debt over time is ageing.

use super::book::{DEPARTMENT, Facts};
use super::model::history;
use super::{Book, day};
use crate::reports::{DEBT_FROM_ROWS, TAKINGS_FROM_ROWS};
use crate::{
    AgeBy, AgeingQuestion, Among, DocumentFilter, SaleBy, SaleFilter, SaleSum, TakingFilter,
    TakingKind, Window,
};
use chrono::{Days, NaiveDate};
use finance::ageing::Buckets;
use finance::fact::Fact;
use finance::opening::OPENING_PREFIX;
use finance::period::Period;
use proptest::prelude::*;

const ALL: Window = Window { offset: 0, limit: 500 };

fn ever() -> Period {
    Period { from: day("2020-01-01"), to: day("2030-12-31") }
}

async fn book_of(amounts: &[i64]) -> Book {
    let facts: Vec<Fact> = history(amounts).into_iter().map(|(fact, _)| fact).collect();
    let book = Book::new().await;
    book.record(&facts).await.expect("recorded");
    book
}

fn added(sums: &[SaleSum]) -> [i64; 3] {
    sums.iter().fold([0; 3], |[net, vat, gross], sum| {
        let sums = sum.sums;
        [net + sums.net.minor(), vat + sums.vat.minor(), gross + sums.gross.minor()]
    })
}

/// Open and overdue on a day, by the ageing list.
async fn aged(book: &Book, as_of: NaiveDate) -> (i64, i64) {
    let question = AgeingQuestion {
        as_of,
        by: AgeBy::Due,
        buckets: Buckets::default(),
        department: Among::All,
    };
    let mut view = book.store.read().await.expect("a view");
    let rows = view.ageing(&question).await.expect("aged");
    let column = |at: usize| rows.iter().map(|row| row.amounts.columns[at].minor()).sum::<i64>();
    let columns: Vec<i64> = (0..question.buckets.columns()).map(column).collect();
    (columns.iter().sum(), columns[1..].iter().sum())
}

async fn all_ways_agree(book: &Book) {
    let mut view = book.store.read().await.expect("a view");
    let filter = SaleFilter::of(ever());
    let by_day = added(&view.sale_sums(&filter, SaleBy::Day).await.expect("sums"));
    for by in [SaleBy::Service, SaleBy::Department] {
        assert_eq!(added(&view.sale_sums(&filter, by).await.expect("sums")), by_day, "{by:?}");
    }
    let vat = view.vat_days(&filter).await.expect("sums");
    assert_eq!(vat.iter().map(|row| row.sums.vat.minor()).sum::<i64>(), by_day[1]);
    let page = view.list_sales(&filter, ALL).await.expect("a page");
    assert_eq!([page.sums.net, page.sums.vat, page.sums.gross].map(|sum| sum.minor()), by_day);
    let every = DocumentFilter::default();
    let documents = view.list_documents(&every, None, ALL, day("2026-03-01")).await;
    let documents = documents.expect("documents");
    // What another system issued was sold there.
    let own = documents.rows.iter().filter(|row| !row.number.starts_with(OPENING_PREFIX));
    let in_base = |row: &crate::DocumentRow| row.base.map_or(row.gross, |base| base.gross).minor();
    let own: Vec<i64> = own.map(in_base).collect();
    let total = u32::try_from(own.len()).expect("a count");
    assert_eq!((page.total, page.sums.gross.minor()), (total, own.iter().sum()));
    let until = ever().to;
    let kept = view.debt_changes(until).await.expect("changes");
    let kept: Vec<_> = kept
        .into_iter()
        .filter(|change| !change.open.is_zero() || !change.overdue.is_zero())
        .collect();
    let worked_out = view.debt_changes_by(DEBT_FROM_ROWS, until).await.expect("changes");
    let worked_out: Vec<_> = worked_out
        .into_iter()
        .filter(|change| !change.open.is_zero() || !change.overdue.is_zero())
        .collect();
    assert_eq!(kept, worked_out);
    let nothing = |sum: &crate::TakingSum| {
        sum.count != 0
            || !sum.received.is_zero()
            || !sum.reversed.is_zero()
            || !sum.refunded.is_zero()
    };
    let kept = view.taking_sums(ever()).await.expect("sums");
    let worked_out = view.taking_sums_by(TAKINGS_FROM_ROWS, ever()).await.expect("sums");
    let kept: Vec<_> = kept.into_iter().filter(nothing).collect();
    assert_eq!(kept, worked_out.into_iter().filter(nothing).collect::<Vec<_>>());
    drop(view);
    let mut on = day("2026-01-01");
    while on < day("2026-03-10") {
        let mut view = book.store.read().await.expect("a view");
        let changes = view.debt_changes(on).await.expect("changes");
        let moved = view.overdue_moved(on).await.expect("moved").minor();
        drop(view);
        let sums = changes.iter().fold((0, moved), |(open, overdue), change| {
            (open + change.open.minor(), overdue + change.overdue.minor())
        });
        assert_eq!(sums, aged(book, on).await, "{on}");
        on = on + Days::new(3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None,
        ..ProptestConfig::default() })]

    #[test]
    fn sales_agree_by_service_department_and_day_and_debt_with_ageing(
        amounts in prop::collection::vec(100_i64..1_000_000, 1..8),
    ) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async { all_ways_agree(&book_of(&amounts).await).await });
    }
}

/// Two invoices, one of which is credited, of two departments.
async fn selling() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let invoice = super::book::invoice("1", 1, 1, 100_000, "2026-01-20");
    let made = [
        facts.student(1, "Kari"),
        facts.invoice(1, 1, 100_000, "2026-01-20"),
        facts.invoice(2, 1, 50_000, "2026-02-03"),
        facts.credit_note(1, &invoice, "2026-02-10"),
        facts.payment(1, 1, 70_000, "2026-02-01"),
        facts.payment(2, 1, 5_000, "2026-02-01"),
    ];
    book.record(&made).await.expect("recorded");
    (book, facts)
}

#[tokio::test]
async fn a_credit_note_is_taken_from_the_month_it_is_dated_in() {
    let (book, _) = selling().await;
    let mut view = book.store.read().await.expect("a view");
    let february = Period { from: day("2026-02-01"), to: day("2026-02-28") };
    let sums = view.sale_sums(&SaleFilter::of(february), SaleBy::Service).await.expect("sums");
    assert_eq!(added(&sums)[2], 50_000 - 100_000);
    let page = view.list_sales(&SaleFilter::of(february), ALL).await.expect("a page");
    let rows: Vec<_> =
        page.rows.iter().map(|row| (row.is_credit, row.sums.gross.minor())).collect();
    assert_eq!(rows, [(true, -100_000), (false, 50_000)]);
}

#[tokio::test]
async fn sales_are_narrowed_by_department_service_and_code() {
    let (book, _) = selling().await;
    let mut view = book.store.read().await.expect("a view");
    let all = SaleFilter::of(ever());
    let of = async |view: &mut crate::View, filter: SaleFilter| {
        added(&view.sale_sums(&filter, SaleBy::Day).await.expect("sums"))[2]
    };
    let total = of(&mut view, all.clone()).await;
    let here = of(&mut view, SaleFilter { department: Among::One(DEPARTMENT), ..all.clone() });
    let here = here.await;
    let nowhere = of(&mut view, SaleFilter { department: Among::Without, ..all.clone() }).await;
    assert_eq!((total, here + nowhere), (50_000, 50_000));
    let none = SaleFilter { vat: Some(("99".to_owned(), rust_decimal::Decimal::ONE)), ..all };
    assert_eq!(of(&mut view, none).await, 0);
}

#[tokio::test]
async fn takings_open_to_the_payments_behind_them() {
    let (book, mut facts) = selling().await;
    let turned = facts.turn(2, finance::payment::PaymentOutcome::Reversed, "2026-02-05");
    book.record(&[turned]).await.expect("reversed");
    let mut view = book.store.read().await.expect("a view");
    let sums = view.taking_sums(ever()).await.expect("sums");
    let days: Vec<_> = sums
        .iter()
        .map(|sum| (sum.day.to_string(), sum.count, sum.received.minor(), sum.reversed.minor()))
        .collect();
    let first = ("2026-02-01".to_owned(), 2, 75_000, 0);
    assert_eq!(days, [first, ("2026-02-05".to_owned(), 0, 0, 5_000)]);
    let filter = TakingFilter {
        period: ever(),
        method: Some("bank".to_owned()),
        desk: Some("1".to_owned()),
        currency: None,
    };
    let page = view.list_takings(&filter, ALL).await.expect("a page");
    assert_eq!((page.total, page.amount.minor()), (3, 70_000));
    assert_eq!(page.rows[0].kind, TakingKind::Reversed);
    let other = TakingFilter { desk: Some("9".to_owned()), ..filter };
    assert_eq!(view.list_takings(&other, ALL).await.expect("a page").total, 0);
}

#[tokio::test]
async fn what_was_done_last_comes_first() {
    let (book, _) = selling().await;
    let mut view = book.store.read().await.expect("a view");
    let recent = view.recent(3).await.expect("recent");
    let labels: Vec<_> = recent.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["bank", "bank", "K1-1"]);
}

#[tokio::test]
async fn sums_of_a_year_read_only_sums_of_days() {
    let (book, _) = selling().await;
    let mut view = book.store.read().await.expect("a view");
    for sql in [
        "SELECT currency, service_id, sum(net_minor) FROM sale_day s
         WHERE s.issue_date BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1, 2",
        "SELECT day, open_minor FROM debt_day WHERE day <= '2026-12-31'",
        "SELECT day, method FROM taking_day WHERE day BETWEEN '2026-01-01' AND '2026-12-31'",
        "SELECT document_id, sum(net_minor) FROM sale s
         WHERE s.issue_date BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY issue_date, document_id",
    ] {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
                .fetch_all(view.conn())
                .await
                .expect("a plan");
        assert!(plan[0].3.contains("USING PRIMARY KEY"), "{plan:?}");
    }
}
