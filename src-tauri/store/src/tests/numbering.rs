//! Numbers: none twice, and a missing one is named.

use super::Book;
use super::book::series_rule;
use finance::fact::FactBody;
use finance::numbering::DocumentKind;

#[tokio::test]
async fn a_number_that_no_document_bears_is_named() {
    let (book, mut facts) = Book::begun().await;
    let made = [
        facts.student(1, "Kari"),
        facts.invoice(2, 1, 100, "2026-01-01"),
        facts.invoice(3, 1, 100, "2026-01-01"),
        facts.invoice(7, 1, 100, "2026-01-02"),
    ];
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let proofs = view.series_proofs().await.expect("read");
    let of = |kind| proofs.iter().find(|it| it.series.kind == kind).expect("a series");
    let invoices = of(DocumentKind::Invoice);
    assert_eq!(invoices.missing, [(1, 1), (4, 6)]);
    assert_eq!((invoices.issued, invoices.last, invoices.next), (3, Some(7), 8));
    let notes = of(DocumentKind::CreditNote);
    assert_eq!((notes.issued, notes.last, notes.missing.len()), (0, None, 0));
    assert!(view.is_number_in_log("A1-7").await.expect("read"));
    assert!(!view.is_number_in_log("A1-4").await.expect("read"));
}

#[tokio::test]
async fn of_two_rules_the_later_holds() {
    let (book, mut facts) = Book::begun().await;
    let set = ["F{yy}-", "G{yy}-"].map(|it| facts.fact(FactBody::SeriesRuleSet(series_rule(it))));
    let [early, late] = set;
    book.record(&[late]).await.expect("recorded");
    book.record(&[early]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let (rule, _) = view.series_of(DocumentKind::Invoice, "1").await.expect("read");
    assert_eq!(rule.expect("a rule").prefix, "G{yy}-");
}
