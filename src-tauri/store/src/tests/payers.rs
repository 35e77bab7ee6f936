//! Who pays for students, what they owe, and what lists find by them.

use super::book::{invoice_id, nok, payer, student_id};
use super::{Book, day};
use crate::{DocumentFilter, PayerFilter, Window};
use finance::fact::FactBody;
use finance::ids::DepartmentId;
use finance::payer::Payer;

const ALL: Window = Window { offset: 0, limit: 50 };

async fn billed() -> (Book, super::book::Facts) {
    let (book, mut facts) = Book::begun().await;
    let mut made = vec![facts.student(1, "Ada Berg"), facts.student(2, "Bo Foss")];
    made.push(facts.fact(FactBody::PayerSet(Box::new(payer("NAV Fjordby")))));
    made.push(facts.paid_by_agency(1, true));
    made.push(facts.billed_to_agency(1, 1, 10_000));
    made.push(facts.invoice(2, 1, 5_000, "2026-01-05"));
    book.record(&made).await.expect("recorded");
    (book, facts)
}

#[tokio::test]
async fn a_payer_tells_what_is_open_of_what_was_billed_to_it() {
    let (book, _) = billed().await;
    let mut view = book.store.read().await.expect("a view");
    let page = view.list_payers(&PayerFilter::default(), ALL, day("2026-03-01")).await;
    let page = page.expect("payers");
    assert_eq!((page.total, page.rows[0].students), (1, 1));
    assert_eq!((page.rows[0].open, page.rows[0].overdue), (nok(10_000), nok(10_000)));
    assert_eq!(page.rows[0].payer, payer("NAV Fjordby"));
    let students = view.paid_students(payer("").id).await.expect("students");
    assert_eq!(students[0].name, "Ada Berg");
    let nobody = PayerFilter { query: "Oslo".to_owned(), ..PayerFilter::default() };
    assert_eq!(view.list_payers(&nobody, ALL, day("2026-03-01")).await.expect("none").total, 0);
    assert_eq!(view.next_payer_number().await.expect("a number"), "P1002");
}

#[tokio::test]
async fn an_invoice_for_a_payer_stays_on_the_students_account() {
    let (book, _) = billed().await;
    let mut view = book.store.read().await.expect("a view");
    let student = view.find_student(student_id(1), day("2026-01-06")).await.expect("read");
    assert_eq!(student.expect("a student").balance, nok(15_000));
    let record = view.find_invoice(invoice_id(1)).await.expect("read").expect("an invoice");
    assert_eq!(record.invoice.person.name, "NAV Fjordby");
    assert_eq!(record.invoice.payer.expect("a payer").person.name, "Student 1");
}

#[tokio::test]
async fn documents_are_found_by_their_payer_and_show_its_present_name() {
    let (book, mut facts) = billed().await;
    let renamed = facts.fact(FactBody::PayerSet(Box::new(payer("Arbeids- og velferdsetaten"))));
    book.record(&[renamed]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let by_id = DocumentFilter { payer_id: Some(payer("").id), ..DocumentFilter::default() };
    let by_name = DocumentFilter { query: "velferds".to_owned(), ..DocumentFilter::default() };
    for filter in [by_id, by_name] {
        let page = view.list_documents(&filter, None, ALL, day("2026-01-06")).await.expect("read");
        assert_eq!(page.total, 1);
        assert_eq!(page.rows[0].payer, "Arbeids- og velferdsetaten");
        assert_eq!(page.rows[0].student, "Ada Berg");
    }
    assert!(book.store.verify().await.expect("checked").tables_agree);
}

#[tokio::test]
async fn a_department_sees_its_payers_and_those_who_pay_for_its_students() {
    let (book, mut facts) = billed().await;
    let elsewhere = DepartmentId(uuid::Uuid::from_u128(99));
    let homeless = Payer {
        id: finance::ids::PayerId(uuid::Uuid::from_u128(1_900)),
        department_id: None,
        ..payer("Grandmother")
    };
    book.record(&[facts.fact(FactBody::PayerSet(Box::new(homeless)))]).await.expect("recorded");
    for (department, seen) in [(super::book::DEPARTMENT, 1), (elsewhere, 0)] {
        let store = book.store.seen_from(&[department]);
        let mut view = store.read().await.expect("a view");
        let page = view.list_payers(&PayerFilter::default(), ALL, day("2026-01-06")).await;
        assert_eq!(page.expect("payers").total, seen);
    }
}
