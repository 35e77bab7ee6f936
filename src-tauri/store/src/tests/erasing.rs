//! Erasing a person: nothing of them is left in any page of the file, and everything else is.

use super::book::{Book, Facts, day, invoice_id, payment_id, student_id};
use super::erased_columns::CLEARED;
use crate::Subject;
use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes256, Block};
use finance::allocation::CreditSource;
use finance::catalogue::ServiceKind;
use finance::erasure::{Erasure, ErasureGround};
use finance::fact::{Fact, FactBody};
use finance::ids::PayerId;
use finance::party::{Address, Person};
use finance::payer::{Payer, PayerKind};
use finance::payment::PaymentOutcome;
use finance::recurring::{Recurring, RecurringLine, RecurringPayer};
use finance::reminder::{Channel, Held};
use finance::split::Part;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

const PAGE: usize = 4_096;
/// At the end of each page: an initialisation vector of 16 bytes and a code of 64.
const TAIL: usize = 80;

/// The bytes of a book as SQLite sees them, page by page (SQLCipher 4 with a raw key: AES-256-CBC;
/// the first 16 bytes of the file are its salt).
fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    for (number, page) in bytes.chunks_exact(PAGE).enumerate() {
        let begin = if number == 0 { 16 } else { 0 };
        let cipher = Aes256::new(&[7; 32].into());
        let mut before = &page[PAGE - TAIL..PAGE - TAIL + 16];
        for sealed in page[begin..PAGE - TAIL].chunks_exact(16) {
            let mut block = Block::try_from(sealed).expect("16 bytes");
            cipher.decrypt_block(&mut block);
            plain.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
            before = sealed;
        }
    }
    plain
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let lower = bytes.to_ascii_lowercase();
    lower.windows(text.len()).any(|window| window == text.to_lowercase().as_bytes())
}

async fn erased(facts: &mut Facts, kept_from: Option<&str>) -> Fact {
    facts.fact(FactBody::PersonErased(Erasure {
        student_id: student_id(1),
        payers: vec![guardian().id],
        ground: ErasureGround::Asked,
        erased_on: day("2026-06-01"),
        kept_from: kept_from.map(day),
        kept_until: kept_from.map(|_| day("2031-12-31")),
    }))
}

/// Every word that leads to the person; a book that forgot them has none of these.
const WORDS: [&str; 6] =
    ["Xantippe", "Zweifel", "+47 911 22 333", "Rabenweg 7", "xz@example.test", "O'Hara \"100%_\""];

fn zweifel() -> Person {
    Person {
        name: "Xantippe Zweifel O'Hara \"100%_\"".to_owned(),
        email: "xz@example.test".to_owned(),
        phone: "+47 911 22 333".to_owned(),
        address: Address { line1: "Rabenweg 7".to_owned(), ..Address::default() },
        reach_by: Some(Channel::Sms),
    }
}

/// Pays for nobody else, under the same name.
fn guardian() -> Payer {
    let kind = PayerKind::Guardian;
    let id = PayerId(uuid::Uuid::from_u128(0x6a));
    let number = "P-2".to_owned();
    let reference = "Zweifel's mother".to_owned();
    Payer { id, kind, number, reference, person: zweifel(), ..super::book::payer("") }
}

/// A book in which a person left their name in every place that takes a text.
/// What comes again for the person alone.
fn template() -> Recurring {
    let line = RecurringLine {
        service_id: None,
        kind: ServiceKind::Fee,
        description: "Parking of Zweifel".to_owned(),
        quantity: Decimal::ONE,
        unit_price: Decimal::TEN,
        discount_percent: Decimal::ZERO,
        tax_code: "3".to_owned(),
        income_account: String::new(),
    };
    let reference = "Zweifel's own".to_owned();
    let payer = RecurringPayer { payer_id: None, part: Part::Rest, reference };
    Recurring {
        note: "Zweifel has a place".to_owned(),
        reference: "Zweifel, Xantippe".to_owned(),
        currency: None,
        lines: vec![line],
        payers: Some(vec![payer]),
        ..super::book::recurring("Zweifel")
    }
}

async fn told() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let mut all = vec![facts.student(1, "Xantippe Zweifel"), facts.student(2, "Bo Vik")];
    all.push(facts.fact(FactBody::StudentChanged { student_id: student_id(1), person: zweifel() }));
    all.push(facts.fact(FactBody::PayerSet(Box::new(guardian()))));
    let mut invoice = super::book::invoice("1", 1, 1, 79_000, "2026-01-05");
    invoice.payer = Some(Box::new(guardian().on_invoice(&zweifel())));
    invoice.person = zweifel();
    invoice.note = "For Xantippe Zweifel".to_owned();
    invoice.reference = "Xantippe Zweifel".to_owned();
    invoice.totals.lines[0].item.description = "Lesson of Xantippe Zweifel".to_owned();
    let issued = invoice.clone();
    all.push(facts.fact(FactBody::InvoiceIssued(Box::new(invoice))));
    let mut payment = facts.payment(1, 1, 79_000, "2026-01-09");
    if let FactBody::PaymentReceived(payment) = &mut payment.body {
        payment.reference = "Zweifel, Xantippe".to_owned();
        payment.note = "Xantippe Zweifel at the desk".to_owned();
    }
    all.push(payment);
    all.push(facts.allocation(1, CreditSource::Payment(payment_id(1)), 1, (79_000, "2026-01-09")));
    all.push(facts.turn(1, PaymentOutcome::Reversed, "2026-01-20"));
    all.push(facts.write_off(101, 1, (79_000, "2026-01-25")));
    all.push(facts.release(101, "2026-01-26"));
    all.push(facts.credit_note(1, &issued, "2026-01-27"));
    all.push(facts.event(1, 1, 79_000, "2026-01-04"));
    all.push(facts.void(1, "Zweifel said no"));
    all.push(facts.reminder(1, 1, 1));
    let (reminder_id, reason) = (super::book::reminder_id(1), "Zweifel rang".to_owned());
    all.push(facts.fact(FactBody::ReminderWithdrawn { reminder_id, reason }));
    all.push(facts.plan((1, 1, "2026-01-20"), &[(1, 79_000)], &[("2026-02-01", 79_000)]));
    all.push(facts.end_plan(1, "2026-02-20", "Zweifel paid"));
    all.push(facts.hold(Held::Student(student_id(1)), None, true));
    all.push(facts.hold(Held::Invoice(invoice_id(1)), None, true));
    all.push(facts.gate_override(1, "2026-03-01", true));
    all.push(facts.payment(2, 1, 10_000, "2026-02-01"));
    all.push(facts.refund(1, 1, CreditSource::Payment(payment_id(2)), (10_000, "2026-02-02")));
    all.push(facts.package(1, 1, 1));
    all.push(facts.hand_draw(1, 1, 1, "2026-01-10"));
    all.push(facts.draw_return(1, 1, 1, "2026-01-11"));
    all.push(facts.extension(1, (1, 1), "2027-06-01"));
    all.push(facts.package_end(1, 1, "2026-01-27"));
    all.extend([facts.milestone(50_000), facts.waiver(1, true)]);
    all.push(facts.fact(FactBody::RecurringSet(Box::new(template()))));
    for fact in &mut all {
        match &mut fact.body {
            FactBody::GateOverridden(by) => by.reason = "Zweifel will pay".to_owned(),
            FactBody::ReminderHoldSet(hold) => hold.note = "Zweifel is ill".to_owned(),
            FactBody::PaymentTurned(turn) => turn.reason = "Zweifel asked".to_owned(),
            FactBody::InvoiceWrittenOff(given_up) => given_up.reason = "Zweifel left".to_owned(),
            FactBody::AllocationReleased(release) => release.reason = "Zweifel came".to_owned(),
            FactBody::CreditNoteIssued(note) => note.person = zweifel(),
            FactBody::RefundPaid(refund) => {
                refund.reason = "Zweifel stopped".to_owned();
                refund.reference = "To Zweifel".to_owned();
            }
            FactBody::PackageDrawn(drawn) => drawn.note = "Zweifel took two".to_owned(),
            FactBody::DrawReturned(given) => given.reason = "Zweifel was ill".to_owned(),
            FactBody::EntitlementExtended(later) => later.reason = "Zweifel was away".to_owned(),
            FactBody::EntitlementClosed(closing) => closing.reason = "Zweifel moved".to_owned(),
            FactBody::MilestoneOverridden(waived) => waived.reason = "Zweifel's gran".to_owned(),
            FactBody::PlanAgreed(plan) => plan.note = "Zweifel agreed".to_owned(),
            _ => {}
        }
    }
    book.record(&all).await.expect("recorded");
    own(&book).await;
    (book, facts)
}

/// What this desk alone knows: answers of systems outside, and what its people keep.
async fn own(book: &Book) {
    let mut tx = book.store.begin().await.expect("a transaction");
    let (student, payer) = (student_id(1).to_string(), guardian().id.to_string());
    for sql in [
        "INSERT INTO export_record (id, connection_id, kind, document_id, student_id, label,
            created_at, changed_at, reason)
         VALUES (1, 'c', 'customer', ?1, ?1, '1', 0, 0, 'Zweifel is there'),
            (2, 'c', 'customer', ?2, ?2, 'P-2', 0, 0, 'Zweifel pays')",
        "INSERT INTO export_call (id, connection_id, call, started_at, ended_at, excerpt)
         VALUES (1, 'c', 'push', 0, 0, 'Zweifel exists'), (2, 'c', 'push', 0, 0, 'Zweifel twice')",
        "INSERT INTO export_attempt (record_id, call_id, revision, outcome, text)
         VALUES (1, 1, 1, 'refused', 'Zweifel exists'), (2, 2, 1, 'refused', 'Zweifel twice')",
        "INSERT INTO export_cause (id, connection_id, class, subject, params, opened_at)
         VALUES (1, 'c', 'rejected', 's', '{\"name\":\"Zweifel\"}', 0)",
        "INSERT INTO export_cause_record (cause_id, record_id) VALUES (1, 1)",
        "INSERT INTO outbox (reminder_id, channel, state, said, changed_at)
         SELECT id, 'email', 'refused', 'no such box: xz@example.test', 0 FROM reminder
         WHERE ?1 <> ?2",
        "INSERT INTO outbox (invoice_id, channel, state, said, changed_at)
         SELECT id, 'email', 'refused', 'no such box: xz@example.test', 0 FROM document
         WHERE kind = 'invoice' AND ?1 <> ?2",
        "INSERT INTO saved_view (id, owner, list, name, address, is_shared)
         VALUES ('v', 'owner', 'invoices', 'Hers', '?query=XZ%40example.test', 0),
            ('w', 'owner', 'invoices', 'Whoever has +47 911 22 333', '?', 0)",
        "INSERT INTO document (id, kind, student_id, issue_date, due_date, currency, net_minor,
            vat_minor, gross_minor, open_minor, draft_body)
         VALUES ('d', 'draft', ?1, '2026-01-01', '2026-01-01', 'NOK', 0, 0, 0, 0,
            '{\"note\":\"For Xantippe Zweifel\"}')",
        "INSERT INTO list_setup (owner, list, columns, default_view)
         VALUES ('owner', 'invoices', '[]', 'v')",
        "INSERT INTO incoming (connection_id, kind, remote_id, seen_hash, seen_at, outcome, cause,
            student_id, ours_id, agreed, ours, theirs, told, reason)
         VALUES ('c', 'customer', 'r', 'h', 0, 'conflict', 'name_differs', ?1, ?1,
            '{\"name\":\"Zweifel\"}', '{\"name\":\"Zweifel\"}', '{\"name\":\"X Zweifel\"}',
            '{\"name\":\"X Zweifel\"}', 'Zweifel said so'),
            ('c', 'customer', 'q', 'h', 0, 'same', NULL, NULL, ?2, NULL, NULL, NULL,
            'Zweifel pays', NULL)",
        "INSERT INTO agreed_customer (connection_id, remote_id, customer_id, student_id, here, there)
         VALUES ('c', 'r', ?1, ?1, '{\"name\":\"Zweifel\"}', '{\"name\":\"Zweifel\"}'),
            ('c', 'q', ?2, NULL, '{\"name\":\"Zweifel\"}', '{\"name\":\"Zweifel\"}')",
        "INSERT INTO import_mapping (kind, name, headings, columns, reading, used_at)
         VALUES ('students', 'Old', '[\"+47 911 22 333\"]', '[]', '{}', 0)",
    ] {
        let query = sqlx::query(sql).bind(&student).bind(&payer);
        query.execute(tx.view.conn()).await.expect(sql);
    }
    tx.commit().await.expect("committed");
}

/// The columns of all tables in which a word stands.
async fn naming(book: &Book, word: &str) -> Vec<String> {
    let mut view = book.store.read().await.expect("a view");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.sql NOT LIKE '%fts5%' ORDER BY 1, 2",
    )
    .fetch_all(view.conn())
    .await
    .expect("columns");
    assert!(columns.len() > 200, "{}", columns.len());
    let mut naming = Vec::new();
    for (table, column) in columns {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM \"{table}\"
             WHERE instr(lower(CAST(\"{column}\" AS TEXT)), lower(?)) > 0)"
        );
        let found: bool = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(word)
            .fetch_one(view.conn())
            .await
            .expect("read");
        if found {
            naming.push(format!("{table}.{column}"));
        }
    }
    naming
}

#[tokio::test]
async fn no_column_of_any_table_names_an_erased_person() {
    let (book, mut facts) = told().await;
    let mut before = BTreeSet::new();
    for word in WORDS.iter().chain(&["XZ%40example.test"]) {
        before.extend(naming(&book, word).await);
    }
    // Full-text indexes follow their tables.
    before.retain(|column| !column.ends_with("_text_data.block"));
    assert_eq!(before, CLEARED.iter().map(|column| (*column).to_owned()).collect());
    let sums = sums(&book).await;
    let erased = erased(&mut facts, None).await;
    book.record(&[erased]).await.expect("erased");
    book.store.scrub().await.expect("written anew");
    for word in WORDS {
        assert_eq!(naming(&book, word).await, Vec::<String>::new(), "{word}");
    }
    assert!(!naming(&book, "Bo Vik").await.is_empty());
    assert_eq!(self::sums(&book).await, sums, "no amount, number or day is another");
    let report = book.store.verify().await.expect("a report");
    assert!(report.chain_holds && report.tables_agree && report.file_sound, "{report:?}");
}

/// Amounts, numbers and days of everything there is, and the end of every chain.
async fn sums(book: &Book) -> Vec<String> {
    let mut view = book.store.read().await.expect("a view");
    let mut sums = Vec::new();
    for sql in [
        "SELECT json_array(number, kind, issue_date, due_date, net_minor, vat_minor, gross_minor,
            open_minor, credited_minor, payer_id) FROM document WHERE kind <> 'draft' ORDER BY id",
        "SELECT json_array(received_on, amount_minor, unallocated_minor, state) FROM payment
            ORDER BY id",
        "SELECT json_array(amount_minor, effective_on, ended_on) FROM allocation ORDER BY id",
        "SELECT json_array(number, open_minor, credit_minor) FROM student ORDER BY id",
        "SELECT json_group_array(json_array(issue_date, gross_minor)) FROM sale_day",
        "SELECT json_group_array(json_array(day, open_minor, overdue_minor)) FROM debt_day",
        "SELECT json_group_array(hex(hash)) FROM fact WHERE kind <> 'person_erased'",
    ] {
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(view.conn()).await.expect("rows");
        sums.extend(rows);
    }
    sums
}

#[tokio::test]
async fn no_byte_of_an_erased_person_is_left_in_the_file() {
    let (book, mut facts) = told().await;
    book.store.scrub().await.expect("written anew");
    let path = book.folder.path().join("book");
    let before = plain(&std::fs::read(&path).expect("the file"));
    assert!(holds(&before, "Xantippe") && holds(&before, "Zweifel") && holds(&before, "Bo Vik"));
    let erased = erased(&mut facts, None).await;
    book.record(&[erased]).await.expect("erased");
    book.store.scrub().await.expect("written anew");
    let bytes = std::fs::read(&path).expect("the file");
    let after = plain(&bytes);
    for word in WORDS {
        assert!(!holds(&after, word), "{word} is left");
    }
    assert!(holds(&after, "Bo Vik") && holds(&after, "A1-1"));
    let log = std::fs::read(book.folder.path().join("book-wal")).unwrap_or_default();
    assert!(log.is_empty(), "the log beside the file is empty");
    let report = book.store.verify().await.expect("a report");
    assert!(report.chain_holds && report.tables_agree && report.file_sound, "{report:?}");
    let mut view = book.store.read().await.expect("a view");
    let invoice = view.find_invoice(invoice_id(1)).await.expect("read").expect("an invoice");
    assert_eq!(invoice.invoice.totals.gross.minor(), 79_000);
    assert_eq!(invoice.invoice.person.name, "");
}

#[tokio::test]
async fn what_the_law_keeps_stays_until_a_later_erasure() {
    let (book, mut facts) = told().await;
    let kept = erased(&mut facts, Some("2026-01-05")).await;
    book.record(&[kept]).await.expect("erased");
    let person = |view: Option<crate::InvoiceRecord>| view.expect("an invoice").invoice.person.name;
    let mut view = book.store.read().await.expect("a view");
    let found = view.find_invoice(invoice_id(1)).await.expect("read");
    assert_eq!(person(found), zweifel().name);
    drop(view);
    assert!(book.store.verify().await.expect("a report").tables_agree);
    let later = erased(&mut facts, None).await;
    book.record(&[later]).await.expect("erased");
    let mut view = book.store.read().await.expect("a view");
    let found = view.find_invoice(invoice_id(1)).await.expect("read");
    assert_eq!(person(found), "");
    let history = view.history_of(Subject::Student(student_id(1))).await.expect("a history");
    assert!(!format!("{history:?}").contains("Xantippe"));
}

#[tokio::test]
async fn an_older_fact_that_comes_later_brings_nobody_back() {
    let (book, mut facts) = told().await;
    let mut other = Facts::of("2");
    let change = other.fact(FactBody::StudentChanged {
        student_id: student_id(1),
        person: super::book::person("Xantippe Neu"),
    });
    let erased = erased(&mut facts, None).await;
    book.record(&[erased]).await.expect("erased");
    book.record(&[change]).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM fact WHERE personal LIKE '%Xantippe%'")
            .fetch_one(view.conn())
            .await
            .expect("counted");
    assert_eq!(left, 0);
    drop(view);
    assert!(book.store.verify().await.expect("a report").tables_agree);
}
