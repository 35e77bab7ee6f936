//! A large book, made the way an import makes one.

use crate::Size;
use crate::clocked::{Report, Result, Wanted};
use base64::Engine;
use office::wire::common::Nothing;
use office::wire::imports::{ImportCsv, ImportReport};
use office::wire::invoices::{DraftInput, LineInput};
use office::wire::students::{ListStudents, StudentPage};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use support::{TestDesk, service};

const SERVICES: [(&str, &str, &str); 5] = [
    ("KT-B", "790.00", "3"),
    ("PK-10", "7500.00", "3"),
    ("TK-01", "2450.00", "6"),
    ("MB-01", "449.00", "3"),
    ("GF-B", "1430.00", "7"),
];

/// Builds the book and says how fast that went.
pub async fn build(size: Size, report: &mut Report) -> Result<TestDesk> {
    let desk = TestDesk::with_school().await;
    fill(&desk, size, report).await?;
    Ok(desk)
}

/// Builds the book in a folder that stays, with the passphrase of test books.
pub async fn keep(size: Size, folder: &Path) -> Result<()> {
    let desk = TestDesk::empty();
    desk.call("create_school", support::school_with_passphrase()).await?;
    fill(&desk, size, &mut Report::default()).await?;
    desk.desk.close().await;
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(desk.folder())? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    println!("{} with the passphrase “{}”", folder.display(), support::PASSPHRASE);
    Ok(())
}

/// A desk with a copy of a book that was kept.
pub async fn kept(folder: &Path) -> Result<TestDesk> {
    let desk = TestDesk::empty();
    desk.after_another();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        std::fs::copy(entry.path(), desk.folder().join(entry.file_name()))?;
    }
    desk.call("unlock_book", serde_json::json!({ "passphrase": support::PASSPHRASE })).await?;
    Ok(desk)
}

async fn fill(desk: &TestDesk, size: Size, report: &mut Report) -> Result<()> {
    for (n, (code, price, tax)) in (1..).zip(SERVICES) {
        desk.call("save_service", service(n, code, price, tax)).await?;
    }
    students(desk, size.students, report).await?;
    let students = all_students(desk).await?;
    let mut took = Duration::ZERO;
    for chunk in (0..size.invoices).collect::<Vec<_>>().chunks(10_000) {
        let drafts: Vec<DraftInput> =
            chunk.iter().map(|n| draft(*n, size.lines_each, &students)).collect();
        let office = desk.desk.office().await?;
        let begun = Instant::now();
        office::issue_many(&office, &desk.actor, &drafts).await?;
        took += begun.elapsed();
    }
    report.rate(
        "bulk issue",
        (size.invoices, took),
        Wanted { least: 10_000, bar: ">= 10,000 invoices/s" },
    );
    payments(desk, size.payments, report).await
}

async fn students(desk: &TestDesk, count: usize, report: &mut Report) -> Result<()> {
    let mut file = String::from("Nummer;Navn;E-post;Adresse;Postnr;Sted\n");
    for n in 1..=count {
        writeln!(file, "{n};Elev Nordmann {n};elev{n}@example.no;Storgata {n};0155;Oslo")?;
    }
    let request = ImportCsv {
        kind: "students".into(),
        content: base64::engine::general_purpose::STANDARD.encode(file),
        file_name: "students.csv".into(),
        dry_run: false,
        skip_refused: false,
        reading: None,
        mapping: None,
        keep_as: None,
        method: None,
        vat: None,
    };
    let begun = Instant::now();
    let imported: ImportReport = desk.ask("import_csv", request).await?;
    if imported.accepted as usize != count {
        return Err(format!("{} of {count} students were read", imported.accepted).into());
    }
    report.rate(
        "import of students from CSV",
        (count, begun.elapsed()),
        Wanted { least: 5_000, bar: ">= 5,000 rows/s" },
    );
    Ok(())
}

/// Ids of all students, in the order of their numbers.
pub async fn all_students(desk: &TestDesk) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    loop {
        let offset = u32::try_from(ids.len())?;
        let window = office::wire::common::Window { offset, limit: 500 };
        let query = String::new();
        let request =
            ListStudents { query, department_id: None, owing: false, order: None, window };
        let page: StudentPage = desk.ask("list_students", request).await?;
        if page.rows.is_empty() {
            return Ok(ids);
        }
        ids.extend(page.rows.into_iter().map(|row| row.id));
    }
}

/// The draft at a place: issue dates walk over the year before the desk's day.
pub fn draft(n: usize, lines: usize, students: &[String]) -> DraftInput {
    // A year of 274 invoices a day, in the order of their dates: as an office issued them.
    let day = support::day("2025-03-11") + chrono::Days::new((n / 274 % 365) as u64);
    let line = |place: usize| {
        let (code, price, tax) = SERVICES[(n + place) % SERVICES.len()];
        LineInput {
            service_id: Some(support::id(((n + place) % SERVICES.len() + 1) as u128)),
            kind: "lesson".into(),
            description: format!("Tjeneste {code}"),
            quantity: (1 + (n + place) % 4).to_string(),
            unit_price: price.into(),
            discount_percent: "0".into(),
            tax_code: tax.into(),
            income_account: "3000".into(),
        }
    };
    DraftInput {
        currency: None,
        id: support::id(1_000_000 + n as u128),
        student_id: Some(students[n % students.len()].clone()),
        department_id: None,
        issue_date: day.to_string(),
        delivery_date: None,
        due_date: (day + chrono::Days::new(14)).to_string(),
        reference: String::new(),
        note: String::new(),
        lines: (0..lines).map(line).collect(),
        payers: Vec::new(),
        discount: None,
        terms: None,
        scheduled_on: None,
    }
}

/// Pays the first invoices in full, in batches, as a bank file would.
async fn payments(desk: &TestDesk, count: usize, report: &mut Report) -> Result<()> {
    let _: office::wire::balances::HomeView = desk.ask("home", Nothing {}).await?;
    let begun = Instant::now();
    let office = desk.desk.office().await?;
    for chunk in (0..count).collect::<Vec<_>>().chunks(1_000) {
        let mut tx = office.store.begin().await?;
        let mut bodies = Vec::with_capacity(chunk.len() * 2);
        for n in chunk {
            let id = support::id(1_000_000 + *n as u128).parse()?;
            let invoice = tx.find_invoice(id).await?.ok_or("an invoice is missing")?.invoice;
            bodies.extend(paid(*n, &invoice)?);
        }
        office.record(&mut tx, &desk.actor, bodies).await?;
        tx.commit().await?;
    }
    report.rate(
        "payments recorded in bulk",
        (count, begun.elapsed()),
        Wanted { least: 2_000, bar: "(no bar)" },
    );
    Ok(())
}

fn paid(n: usize, invoice: &finance::invoice::Invoice) -> Result<[finance::fact::FactBody; 2]> {
    use finance::allocation::{Allocation, CreditSource};
    use finance::fact::FactBody;
    let id = support::id(2_000_000 + n as u128).parse()?;
    let payment = finance::payment::Payment {
        base: None,
        id,
        school_id: invoice.school_id,
        department_id: None,
        student_id: invoice.student_id,
        method: "bank".into(),
        received_on: invoice.due_date,
        amount: invoice.totals.gross,
        reference: invoice.payment_reference.clone(),
        note: String::new(),
        pending: false,
        event: None,
    };
    let allocation = Allocation {
        worth: None,
        id: support::id(3_000_000 + n as u128).parse()?,
        school_id: invoice.school_id,
        student_id: invoice.student_id,
        source: CreditSource::Payment(id),
        invoice_id: invoice.id,
        amount: invoice.totals.gross,
        allocated_on: invoice.due_date,
    };
    Ok([FactBody::PaymentReceived(payment), FactBody::MoneyAllocated(allocation)])
}
