use super::book::{Facts, invoice_id, nok, payment_id, student_id};
use super::{Book, day};
use crate::{
    AuditFilter, DocumentColumn, DocumentFilter, DocumentRow, DraftRow, InvoiceView, Order,
    PaymentFilter, RowKind, SearchHit, StoreError, StudentColumn, StudentFilter, Window,
};
use finance::allocation::CreditSource;
use finance::fact::FactBody;

const TODAY: &str = "2026-03-01";
const NAMES: [&str; 5] = ["Ola Nordmann", "Kari Bråten", "Per Ås", "Anne-Lise Vik", "Émile Hansen"];

/// 5 students, 60 invoices of which some are paid, part paid or credited, and one draft.
async fn filled() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let mut made: Vec<_> = (1..).zip(NAMES).map(|(n, name)| facts.student(n, name)).collect();
    for number in 1..=60_u32 {
        let issued = format!("2026-{:02}-{:02}", 1 + number % 3, 1 + number % 28);
        let minor = 10_000 + i64::from(number * 7 % 13) * 2_550;
        made.push(facts.invoice(number, 1 + number % 5, minor, &issued));
        let on = (minor / i64::from(number % 3 + 1), "2026-03-30");
        match number % 4 {
            0 => {
                made.push(facts.payment(number, 1 + number % 5, minor, "2026-03-30"));
                let source = CreditSource::Payment(payment_id(number));
                made.push(facts.allocation(number, source, number, on));
            }
            1 if number % 3 == 0 => {
                let invoice = super::book::invoice("1", number, 1 + number % 5, minor, &issued);
                made.push(facts.credit_note(number, &invoice, "2026-03-30"));
                let source = CreditSource::CreditNote(super::book::credit_note_id(number));
                made.push(facts.allocation(number, source, number, (minor, "2026-03-30")));
            }
            _ => {}
        }
    }
    book.record(&made).await.expect("recorded");
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.save_draft(&draft()).await.expect("kept");
    tx.commit().await.expect("committed");
    (book, facts)
}

fn draft() -> DraftRow {
    DraftRow {
        base: None,
        id: invoice_id(500),
        student_id: Some(student_id(1)),
        payer_id: None,
        department_id: None,
        issue_date: day("2026-02-14"),
        due_date: day("2026-02-28"),
        gross: nok(4_200),
        body: "{\"typed\":true}".to_owned(),
        schedule: None,
        kept_back: false,
    }
}

async fn everything(book: &Book) -> Vec<DocumentRow> {
    page(book, &DocumentFilter::default(), None, (0, 500)).await.0
}

async fn page(
    book: &Book,
    filter: &DocumentFilter,
    order: Option<Order<DocumentColumn>>,
    (offset, limit): (u32, u32),
) -> (Vec<DocumentRow>, u32) {
    let mut view = book.store.read().await.expect("a view");
    let window = Window { offset, limit };
    let page = view.list_documents(filter, order, window, day(TODAY)).await.expect("a page");
    (page.rows, page.total)
}

/// The rule of each view, said once more in Rust.
fn belongs(row: &DocumentRow, view: InvoiceView) -> bool {
    let open = row.kind == RowKind::Invoice && row.open.is_positive();
    let whole = row.credited == row.gross && row.gross.is_positive();
    match view {
        InvoiceView::All => true,
        InvoiceView::Draft => row.kind == RowKind::Draft,
        InvoiceView::Open => open,
        InvoiceView::Overdue => open && row.due_date < day(TODAY),
        InvoiceView::PartPaid => open && row.open != row.gross,
        InvoiceView::Paid => row.kind == RowKind::Invoice && !open && !whole,
        InvoiceView::Credited => {
            row.kind == RowKind::CreditNote || (row.kind == RowKind::Invoice && !open && whole)
        }
        InvoiceView::ExportFailed => false,
    }
}

const VIEWS: [InvoiceView; 8] = [
    InvoiceView::All,
    InvoiceView::Draft,
    InvoiceView::Open,
    InvoiceView::Overdue,
    InvoiceView::PartPaid,
    InvoiceView::Paid,
    InvoiceView::Credited,
    InvoiceView::ExportFailed,
];

#[tokio::test]
async fn every_view_has_its_rows_and_its_count() {
    let (book, _) = filled().await;
    let all = everything(&book).await;
    let mut view = book.store.read().await.expect("a view");
    let counts =
        view.invoice_counts(&DocumentFilter::default(), day(TODAY)).await.expect("counted");
    drop(view);
    let counted = [
        counts.all,
        counts.draft,
        counts.open,
        counts.overdue,
        counts.part_paid,
        counts.paid,
        counts.credited,
        counts.export_failed,
    ];
    for (part, count) in VIEWS.into_iter().zip(counted) {
        let expected: Vec<_> = all.iter().filter(|row| belongs(row, part)).cloned().collect();
        let filter = DocumentFilter { view: part, ..DocumentFilter::default() };
        let (rows, total) = page(&book, &filter, None, (0, 500)).await;
        assert_eq!(rows, expected, "{part:?}");
        assert_eq!((total, count), (expected.len() as u32, expected.len() as u32), "{part:?}");
    }
    assert_eq!(counts.all, counts.draft + counts.open + counts.paid + counts.credited);
}

/// How many there are, their total and what is open: of a view as it is kept, and of its rows, where
/// a day that leaves none out makes the store walk them.
async fn kept_and_walked(book: &Book, part: InvoiceView, today: &str) -> [(u32, i64, i64); 2] {
    let kept = DocumentFilter { view: part, ..DocumentFilter::default() };
    let walked = DocumentFilter { issued_from: Some(day("0001-01-01")), ..kept.clone() };
    let mut view = book.store.read().await.expect("a view");
    let mut sums = Vec::new();
    for filter in [kept, walked] {
        let window = Window { offset: 0, limit: 1 };
        let page = view.list_documents(&filter, None, window, day(today)).await.expect("a page");
        sums.push((page.total, page.gross.minor(), page.open.minor()));
    }
    [sums[0], sums[1]]
}

#[tokio::test]
async fn what_is_kept_of_a_view_is_what_its_rows_come_to() {
    let (book, mut facts) = filled().await;
    for round in 0..4_u32 {
        for today in ["2026-01-15", TODAY, "2027-01-01"] {
            for part in VIEWS {
                let [kept, walked] = kept_and_walked(&book, part, today).await;
                assert_eq!(kept, walked, "{part:?} on {today}, round {round}");
            }
        }
        // Paid in part, paid to its end, and taken back: each goes to another part of the list.
        let invoice = 1 + round * 4;
        let minor = kept_and_walked(&book, InvoiceView::All, TODAY).await[0].1.min(5_000);
        let (number, on) = (200 + round, "2026-03-30");
        let source = CreditSource::Payment(payment_id(number));
        let student = 1 + invoice % 5;
        let made = [
            facts.payment(number, student, minor, on),
            facts.allocation(number, source, invoice + 1, (minor, on)),
        ];
        book.record(&made).await.expect("recorded");
        let mut tx = book.store.begin().await.expect("a transaction");
        let draft = DraftRow { id: invoice_id(500 + round), gross: nok(77), ..draft() };
        tx.save_draft(&draft).await.expect("kept");
        if round > 1 {
            tx.delete_draft(invoice_id(500)).await.expect("deleted");
        }
        tx.commit().await.expect("committed");
    }
}

#[tokio::test]
async fn the_log_has_as_many_facts_of_a_kind_and_actor_as_were_recorded() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let kinds = view.audit_kinds().await.expect("kinds");
    assert!(kinds.len() > 4 && kinds.is_sorted(), "{kinds:?}");
    let actors = view.audit_actors().await.expect("actors");
    let window = Window { offset: 0, limit: 1 };
    let kinds = kinds.into_iter().map(Some).chain([None]);
    for kind in kinds {
        for actor in actors.iter().cloned().map(Some).chain([None]) {
            let kept = AuditFilter { actor, kind: kind.clone(), ..AuditFilter::default() };
            let walked = AuditFilter { from_millis: Some(0), ..kept.clone() };
            let kept = view.list_audit(&kept, window).await.expect("a page").total;
            let walked = view.list_audit(&walked, window).await.expect("a page").total;
            assert!(kept > 0 && kept == walked, "{kind:?}: {kept} of {walked}");
        }
    }
}

#[tokio::test]
async fn pages_of_every_order_make_the_whole_list() {
    let (book, _) = filled().await;
    let total = everything(&book).await.len();
    for by in [
        DocumentColumn::Number,
        DocumentColumn::Student,
        DocumentColumn::IssueDate,
        DocumentColumn::DueDate,
        DocumentColumn::Gross,
        DocumentColumn::Open,
    ] {
        for descending in [false, true] {
            let order = Some(Order { by, descending });
            let filter = DocumentFilter::default();
            let whole = page(&book, &filter, order, (0, 500)).await.0;
            assert_eq!(whole.len(), total);
            let mut pages = Vec::new();
            for offset in (0..80).step_by(7) {
                pages.extend(page(&book, &filter, order, (offset, 7)).await.0);
            }
            assert_eq!(pages, whole, "{by:?} {descending}");
            let sorted = whole.windows(2).all(|pair| {
                let (a, b) = if descending { (&pair[1], &pair[0]) } else { (&pair[0], &pair[1]) };
                match by {
                    DocumentColumn::Number => true,
                    DocumentColumn::Student => a.student.to_lowercase() <= b.student.to_lowercase(),
                    DocumentColumn::IssueDate => a.issue_date <= b.issue_date,
                    DocumentColumn::DueDate => a.due_date <= b.due_date,
                    DocumentColumn::Gross => a.gross.minor() <= b.gross.minor(),
                    DocumentColumn::Open => a.open.minor() <= b.open.minor(),
                }
            });
            assert!(sorted, "{by:?} {descending}");
        }
    }
}

#[tokio::test]
async fn filters_narrow_and_sums_follow() {
    let (book, _) = filled().await;
    let all = everything(&book).await;
    let filter = DocumentFilter {
        student_id: Some(student_id(2)),
        issued_from: Some(day("2026-01-10")),
        due_to: Some(day("2026-03-20")),
        gross_from_minor: Some(15_000),
        ..DocumentFilter::default()
    };
    let expected: Vec<_> = all
        .iter()
        .filter(|row| {
            row.student_id == Some(student_id(2))
                && row.issue_date >= day("2026-01-10")
                && row.due_date <= day("2026-03-20")
                && row.gross.minor() >= 15_000
        })
        .cloned()
        .collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    let mut view = book.store.read().await.expect("a view");
    let window = Window { offset: 0, limit: 100 };
    let found = view.list_documents(&filter, None, window, day(TODAY)).await.expect("a page");
    assert_eq!(found.rows, expected);
    assert_eq!(found.gross.minor(), expected.iter().map(|row| row.gross.minor()).sum::<i64>());
    assert_eq!(found.open.minor(), expected.iter().map(|row| row.open.minor()).sum::<i64>());
}

#[tokio::test]
async fn typed_text_finds_number_name_reference_kid_and_amount() {
    let (book, _) = filled().await;
    let all = everything(&book).await;
    let find = async |query: &str| {
        let filter = DocumentFilter { query: query.to_owned(), ..DocumentFilter::default() };
        page(&book, &filter, None, (0, 500)).await.0
    };
    assert_eq!(find("A1-17").await[0].number, "A1-17");
    assert_eq!(find("a1-17").await.len(), 1);
    assert_eq!(find("PO 17").await.len(), 1);
    assert_eq!(find("000700017").await[0].number, "A1-17");
    let braten: Vec<_> = all.iter().filter(|row| row.student == "Kari Bråten").cloned().collect();
    assert_eq!(find("braten").await, braten);
    assert_eq!(find("kari br").await, braten);
    let amount: Vec<_> = all.iter().filter(|row| row.gross == nok(12_550)).cloned().collect();
    assert!(!amount.is_empty());
    for typed in ["125,50", "125.50", "125.5"] {
        assert_eq!(find(typed).await, amount, "{typed}");
    }
    assert_eq!(find("-").await, []);
    assert_eq!(find("\"").await, []);
    assert_eq!(find("no such thing").await, []);
}

#[tokio::test]
async fn search_finds_students_documents_and_payments() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let hits = view.search("emile", 10, day(TODAY)).await.expect("found");
    assert!(matches!(&hits[..], [SearchHit::Student(row)] if row.student.id == student_id(5)));
    let hits = view.search("REF8", 10, day(TODAY)).await.expect("found");
    assert!(matches!(&hits[..], [SearchHit::Payment(row)] if row.payment.id == payment_id(8)));
    let hits = view.search("A1-60", 10, day(TODAY)).await.expect("found");
    assert!(matches!(&hits[..], [SearchHit::Document(row), ..] if row.number == "A1-60"));
    let hits = view.search("A1-1", 3, day(TODAY)).await.expect("found");
    assert_eq!(hits.len(), 3);
    assert_eq!(view.search("  ", 3, day(TODAY)).await.expect("found"), []);
}

#[tokio::test]
async fn students_are_found_sorted_and_counted() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let window = Window { offset: 0, limit: 100 };
    let order = Some(Order { by: StudentColumn::Balance, descending: true });
    let filter = StudentFilter { owing: true, ..StudentFilter::default() };
    let found = view.list_students(&filter, order, window, day(TODAY)).await.expect("a page");
    assert!(found.rows.windows(2).all(|pair| pair[0].balance.minor() >= pair[1].balance.minor()));
    let sum: i64 = found.rows.iter().map(|row| row.balance.minor()).sum();
    assert_eq!((found.total as usize, found.balance.minor()), (found.rows.len(), sum));
    assert_eq!(found.rows[0].department, "Bergen");
    let filter = StudentFilter { query: "as".to_owned(), ..StudentFilter::default() };
    let found = view.list_students(&filter, None, window, day(TODAY)).await.expect("a page");
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].student.person.name, "Per Ås");
    assert_eq!(view.next_student_number().await.expect("read"), "1006");
    let found = view.find_student_by_number("1003").await.expect("read");
    assert_eq!(found, Some(student_id(3)));
}

#[tokio::test]
async fn payments_are_listed_with_what_they_settle() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let window = Window { offset: 0, limit: 100 };
    let filter = PaymentFilter { unallocated: true, ..PaymentFilter::default() };
    let found = view.list_payments(&filter, None, window).await.expect("a page");
    assert!(!found.rows.is_empty());
    assert!(found.rows.iter().all(|row| row.unallocated.is_positive()));
    let left: i64 = found.rows.iter().map(|row| row.unallocated.minor()).sum();
    assert_eq!(found.unallocated.minor(), left);
    let row = &found.rows[0];
    assert_eq!((row.invoices.len(), row.method_name.as_str()), (1, "Bank transfer"));
    let filter = PaymentFilter { query: "REF12".to_owned(), ..PaymentFilter::default() };
    let found = view.list_payments(&filter, None, window).await.expect("a page");
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].payment.id, payment_id(12));
}

#[tokio::test]
async fn a_changed_name_shows_in_every_list() {
    let (book, mut facts) = filled().await;
    let person = super::book::person("Ola Berg");
    let change = facts.fact(FactBody::StudentChanged { student_id: student_id(1), person });
    book.record(&[change]).await.expect("changed");
    let filter = DocumentFilter { query: "berg".to_owned(), ..DocumentFilter::default() };
    let (rows, total) = page(&book, &filter, None, (0, 500)).await;
    let own = DocumentFilter { student_id: Some(student_id(1)), ..DocumentFilter::default() };
    assert_eq!(total, page(&book, &own, None, (0, 500)).await.1);
    assert!(rows.iter().all(|row| row.student == "Ola Berg"));
    let filter = DocumentFilter { query: "ola nord".to_owned(), ..DocumentFilter::default() };
    assert_eq!(page(&book, &filter, None, (0, 500)).await.1, 0);
}

#[tokio::test]
async fn a_draft_may_change_and_go_and_ends_when_it_is_issued() {
    let (book, mut facts) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    assert_eq!(view.find_draft(invoice_id(500)).await.expect("read"), Some(draft()));
    drop(view);
    let mut tx = book.store.begin().await.expect("a transaction");
    let changed = DraftRow { gross: nok(1), student_id: None, ..draft() };
    tx.save_draft(&changed).await.expect("kept");
    assert_eq!(tx.find_draft(invoice_id(500)).await.expect("read"), Some(changed));
    tx.record(&[facts.invoice(500, 1, 4_200, "2026-03-01")]).await.expect("issued");
    assert_eq!(tx.find_draft(invoice_id(500)).await.expect("read"), None);
    assert!(tx.find_invoice(invoice_id(500)).await.expect("read").is_some());
    assert!(matches!(tx.save_draft(&draft()).await, Err(StoreError::CodeTaken)));
    let other = DraftRow { id: invoice_id(501), ..draft() };
    tx.save_draft(&other).await.expect("kept");
    assert!(tx.delete_draft(invoice_id(501)).await.expect("deleted"));
    assert!(!tx.delete_draft(invoice_id(501)).await.expect("deleted"));
}

#[tokio::test]
async fn settings_and_tables_are_read_back() {
    let (book, _) = filled().await;
    let mut tx = book.store.begin().await.expect("a transaction");
    tx.set_setting("theme", "dark").await.expect("made");
    tx.set_setting("theme", "light").await.expect("made");
    assert_eq!(tx.setting("theme").await.expect("read").as_deref(), Some("light"));
    assert_eq!(tx.setting("other").await.expect("read"), None);
    assert_eq!(tx.tax_codes().await.expect("read").len(), 1);
    assert_eq!(tx.payment_methods().await.expect("read")[0].code, "bank");
    assert_eq!(tx.departments().await.expect("read")[0].name, "Bergen");
    assert_eq!(tx.list_services("LESSON", false).await.expect("read").len(), 1);
    assert_eq!(tx.list_services("other", true).await.expect("read").len(), 0);
    assert_eq!(tx.connections().await.expect("read").len(), 0);
}
