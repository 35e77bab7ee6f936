//! What was open on a day, row by row, and what the debt gate reads.

use super::Book;
use super::book::{DEPARTMENT, Facts, day, nok, student_id};
use super::model::history;
use crate::{
    AgeBy, AgeingQuestion, AgeingStudent, Among, Asked, ItemQuestion, StoreError, View, Window,
};
use chrono::{Days, NaiveDate};
use finance::ageing::{Buckets, Span};
use finance::fact::FactBody;
use finance::gate::GateRule;
use finance::ids::StudentId;
use finance::statement::{Movement, state};
use finance::{Currency, Money};
use proptest::prelude::*;

const ALL: Window = Window { offset: 0, limit: 10_000 };

fn asked(as_of: NaiveDate, by: AgeBy, span: Span, student: Option<StudentId>) -> ItemQuestion {
    ItemQuestion { as_of, by, span, student_id: student, department: Among::All, payer: Among::All }
}

/// The rows behind every cell of a student's line add up to it.
async fn cells_are_their_rows(view: &mut View, row: &AgeingStudent, asked_by: (NaiveDate, AgeBy)) {
    let (as_of, by) = asked_by;
    let whose = Some(row.student_id);
    for (column, expected) in row.amounts.columns.iter().enumerate() {
        let span = Buckets::default().span(column, as_of).expect("a column");
        let page = view.debts_on(&asked(as_of, by, span, whose), ALL).await.expect("read");
        assert_eq!(page.left, *expected, "{as_of} {by:?} column {column}");
        let sum = Money::sum(Currency::NOK, page.rows.iter().map(|item| item.left));
        assert_eq!(sum.expect("a sum"), page.left);
        assert_eq!(page.total as usize, page.rows.len());
    }
    let credits = view.credits_on(&asked(as_of, by, Span::default(), whose), ALL).await;
    let credits = credits.expect("read");
    assert_eq!(credits.left, row.amounts.credit, "{as_of} credit");
    let sum = Money::sum(Currency::NOK, credits.rows.iter().map(|item| item.left));
    assert_eq!(sum.expect("a sum"), credits.left);
}

/// By who is asked to pay the day has the same sums; of everybody the rows behind them add up to
/// what they are asked for, and the statement of a payer closes on it.
async fn asked_for_the_same(view: &mut View, question: &AgeingQuestion, balance: Money) {
    let (as_of, by) = (question.as_of, question.by);
    let mut sum = nok(0);
    for row in view.ageing_by_asked(question).await.expect("aged") {
        let whole = asked(as_of, by, Span::default(), None);
        let whose = match row.asked {
            Asked::Payer(id) => ItemQuestion { payer: Among::One(id), ..whole },
            Asked::Student(id) => {
                ItemQuestion { student_id: Some(id), payer: Among::Without, ..whole }
            }
        };
        for (column, expected) in row.amounts.columns.iter().enumerate() {
            let span = Buckets::default().span(column, as_of).expect("a column");
            let cell = ItemQuestion { span, ..whose.clone() };
            let page = view.debts_on(&cell, ALL).await.expect("read");
            assert_eq!(page.left, *expected, "{as_of} {by:?} {:?} column {column}", row.asked);
        }
        let credits = view.credits_on(&whose, ALL).await.expect("read");
        assert_eq!(credits.left, row.amounts.credit, "{as_of} {:?} credit", row.asked);
        if let Asked::Payer(id) = row.asked {
            let entries = view.payer_account(id).await.expect("an account");
            let moved = |entry: crate::AccountEntry| Movement {
                date: entry.date,
                amount: entry.amount,
                what: entry.kind,
            };
            let told = state(entries.into_iter().map(moved), Currency::NOK, None, as_of);
            assert_eq!(told.expect("a statement").closing, row.amounts.balance, "{as_of}");
        }
        sum = sum.plus(row.amounts.balance).expect("a sum");
    }
    assert_eq!(sum, balance, "{as_of} {by:?}");
}

/// The statement of a student closes on the balance of the ageing.
async fn statement_closes(view: &mut View, row: &AgeingStudent, as_of: NaiveDate) {
    let entries = view.student_account(row.student_id).await.expect("an account");
    let movements = entries.into_iter().map(|entry| Movement {
        date: entry.date,
        amount: entry.amount,
        what: entry.kind,
    });
    let told = state(movements, Currency::NOK, None, as_of).expect("a statement");
    assert_eq!(told.closing, row.amounts.balance, "{as_of}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None,
        ..ProptestConfig::default() })]

    #[test]
    fn every_cell_of_every_day_is_its_rows_and_every_statement_closes_on_its_balance(
        amounts in prop::collection::vec(100_i64..1_000_000, 1..6),
    ) {
        let facts: Vec<_> = history(&amounts).into_iter().map(|(fact, _)| fact).collect();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let book = Book::new().await;
            book.record(&facts).await.expect("recorded");
            let mut view = book.store.read().await.expect("a view");
            for days in 0..16 {
                let as_of = day("2026-01-04") + Days::new(4 * days);
                let by = if days % 2 == 0 { AgeBy::Due } else { AgeBy::Issue };
                let buckets = Buckets::default();
                let question = AgeingQuestion { as_of, by, buckets, department: Among::All };
                let rows = view.ageing(&question).await.expect("aged");
                let balances = rows.iter().map(|row| row.amounts.balance);
                let balance = Money::sum(Currency::NOK, balances).expect("a sum");
                asked_for_the_same(&mut view, &question, balance).await;
                let mut sum = nok(0);
                for row in &rows {
                    assert_eq!(row.department_id, Some(DEPARTMENT));
                    cells_are_their_rows(&mut view, row, (as_of, by)).await;
                    statement_closes(&mut view, row, as_of).await;
                    let debt = Money::sum(Currency::NOK, row.amounts.columns.iter().copied());
                    sum = sum.plus(debt.expect("a sum")).expect("a sum");
                }
                let whole = asked(as_of, by, Span::default(), None);
                let of_department =
                    ItemQuestion { department: Among::One(DEPARTMENT), ..whole.clone() };
                for question in [whole, of_department] {
                    let page = view.debts_on(&question, ALL).await.expect("read");
                    assert_eq!(page.left, sum, "{as_of} all students");
                }
            }
        });
    }
}

#[tokio::test]
async fn a_page_of_items_knows_how_many_there_are() {
    let (book, mut facts) = Book::begun().await;
    let mut made = vec![facts.student(1, "Kari")];
    made.extend((1..=7).map(|number| facts.invoice(number, 1, 10_000, "2026-01-01")));
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let question = asked(day("2026-02-01"), AgeBy::Due, Span::default(), None);
    let window = Window { offset: 5, limit: 5 };
    let page = view.debts_on(&question, window).await.expect("read");
    assert_eq!((page.rows.len(), page.total, page.left), (2, 7, nok(70_000)));
    assert_eq!((page.rows[0].label.as_str(), page.rows[0].total), ("A1-6", nok(10_000)));
}

#[tokio::test]
async fn the_gate_reads_what_is_owed_the_test_and_who_was_let_through() {
    let (book, mut facts) = Book::begun().await;
    let on = Some(day("2026-03-20"));
    let test = FactBody::DrivingTestSet { student_id: student_id(1), on };
    let mut made = vec![facts.student(1, "Kari"), facts.student(2, "Per")];
    made.extend([
        facts.invoice(1, 1, 10_000, "2026-01-01"),
        facts.payment(1, 1, 2_000, "2026-01-03"),
        facts.fact(test),
        facts.gate_override(1, "2026-02-01", true),
        facts.gate_rule("2026-01-01", 500),
    ]);
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let both = [student_id(1), student_id(2), student_id(3)];
    let exposures = view.exposures(&both, day("2026-01-20")).await.expect("read");
    assert_eq!(exposures.len(), 2);
    let kari = &exposures[&student_id(1)];
    assert_eq!(kari.debts, [(day("2026-01-15"), nok(10_000))]);
    assert_eq!((kari.credit, kari.test_on), (nok(2_000), on));
    let passes = view.gate_overrides(&both).await.expect("read");
    assert_eq!(passes.keys().collect::<Vec<_>>(), [&student_id(1)]);
    let rules = view.gate_rules().await.expect("read");
    let rule = GateRule::on(&rules, day("2026-01-16")).expect("a rule");
    assert_eq!(rule.watch.overdue, Some(nok(500)));
    drop(view);
    assert!(book.store.verify().await.expect("checked").tables_agree);
}

#[tokio::test]
async fn nobody_is_let_through_and_no_test_is_set_before_the_student_is_known() {
    let (book, _) = Book::begun().await;
    let mut facts = Facts::of("2");
    let body = FactBody::DrivingTestSet { student_id: student_id(9), on: None };
    for fact in [facts.gate_override(9, "2026-02-01", true), facts.fact(body)] {
        let refused = book.record(&[fact]).await;
        assert!(matches!(refused, Err(StoreError::CauseMissing)), "{refused:?}");
    }
}
