//! The office's side: students and prices from files, invoices, payments, paper.

use crate::ask::{Asker, Outcome};
use crate::figures::Said;
use base64::Engine;
use office::wire::common::{FileWish, MadeFile, Nothing, Window};
use office::wire::desk::DeskStatus;
use office::wire::imports::{ImportCsv, ImportReport};
use office::wire::invoices::{
    DraftInput, InvoiceFilter, InvoiceView, IssueInvoice, LineInput, MergedPaperRequest,
};
use office::wire::payments::{PaymentView, RecordPayment, ShareInput};
use office::wire::services::{ListServices, ServiceList};
use office::wire::students::{ListStudents, StudentPage};
use std::fmt::Write;

const NEW_STUDENTS: usize = 40;

/// Reads students from a file with one impossible row: first nothing, then all but that row.
pub async fn import(asker: &Asker) -> Outcome<String> {
    let mut file = String::from("Navn;E-post;Telefon;Adresse;Postnr;Sted\n");
    for n in 1..=NEW_STUDENTS {
        writeln!(file, "Åse Prøvesen {n};aase{n}@example.no;900{n:05};Storgata {n};0155;Oslo")?;
    }
    file.push_str(";uten.navn@example.no;;;;\n");
    let request = |skip_refused: bool| ImportCsv {
        kind: "students".into(),
        content: base64::engine::general_purpose::STANDARD.encode(&file),
        file_name: "elever.csv".into(),
        dry_run: !skip_refused,
        skip_refused,
        reading: None,
        mapping: None,
        keep_as: None,
        method: None,
        vat: None,
    };
    let dry: ImportReport = asker.ask("import_csv", request(false)).await?;
    let real: ImportReport = asker.ask("import_csv", request(true)).await?;
    if dry.recorded || !real.recorded || real.refused != 1 {
        return Err(format!("the import went wrong: {real:?}").into());
    }
    Ok(format!("{} students read, {} refused by row", real.accepted, real.refused))
}

/// The invoices the demo issued.
pub struct Issued(Vec<InvoiceView>);

impl Said for Issued {
    fn said(&self) -> String {
        let ends = (self.0.first(), self.0.last());
        let span = match ends {
            (Some(first), Some(last)) => format!("{} to {}", first.number, last.number),
            _ => String::new(),
        };
        format!("{} invoices, {span}", self.0.len())
    }
}

/// Issues invoices of one to three lines to students in turn.
pub async fn issue(asker: &Asker, count: usize) -> Outcome<Issued> {
    let status: DeskStatus = asker.ask("desk_status", Nothing {}).await?;
    let students = ListStudents {
        query: String::new(),
        department_id: None,
        owing: false,
        order: None,
        window: Window { offset: 0, limit: 200 },
    };
    let students: StudentPage = asker.ask("list_students", students).await?;
    let wanted = ListServices { query: String::new(), include_inactive: false };
    let services: ServiceList = asker.ask("list_services", wanted).await?;
    let mut issued = Vec::with_capacity(count);
    for n in 0..count {
        let lines = (0..=n % 3).map(|line| {
            let service = &services.rows[(n * 7 + line * 5) % services.rows.len()];
            LineInput {
                service_id: Some(service.id.clone()),
                kind: service.kind.clone(),
                description: service.name.clone(),
                quantity: if service.kind == "lesson" {
                    (1 + n % 4).to_string()
                } else {
                    "1".into()
                },
                unit_price: service.unit_price.clone(),
                discount_percent: if n.is_multiple_of(11) { "5".into() } else { "0".into() },
                tax_code: service.tax_code.clone(),
                income_account: service.income_account.clone(),
            }
        });
        let draft = DraftInput {
            currency: None,
            id: uuid::Uuid::now_v7().to_string(),
            student_id: Some(students.rows[n % students.rows.len()].id.clone()),
            department_id: None,
            issue_date: status.today.clone(),
            delivery_date: None,
            due_date: status.today.clone(),
            reference: String::new(),
            note: String::new(),
            lines: lines.collect(),
            payers: Vec::new(),
            discount: None,
            terms: None,
            scheduled_on: None,
        };
        issued.push(asker.ask("issue_invoice", IssueInvoice { draft }).await?);
    }
    Ok(Issued(issued))
}

/// Pays two of three invoices, every sixth of them only in part, every ninth too much.
pub async fn pay(asker: &Asker, issued: &Issued) -> Outcome<String> {
    let (mut whole, mut part, mut over) = (0, 0, 0);
    for (n, invoice) in issued.0.iter().enumerate().filter(|(n, _)| n % 3 != 2) {
        let open = invoice.open.0.plain();
        let (amount, share) = match n {
            n if n.is_multiple_of(9) => {
                over += 1;
                (format!("1{open}"), open.clone())
            }
            n if n.is_multiple_of(6) => {
                part += 1;
                ("100.00".to_owned(), "100.00".to_owned())
            }
            _ => {
                whole += 1;
                (open.clone(), open.clone())
            }
        };
        let request = RecordPayment {
            foreign: None,
            id: uuid::Uuid::now_v7().to_string(),
            student_id: invoice.student_id.clone(),
            method: if n.is_multiple_of(2) { "bank".into() } else { "vipps".into() },
            received_on: invoice.issue_date.clone(),
            amount,
            reference: invoice.payment_reference.clone(),
            note: String::new(),
            shares: vec![ShareInput { invoice_id: invoice.id.clone(), amount: share }],
            pending: None,
            event: None,
            is_another: Some(true),
            write_off: None,
            surcharge: None,
        };
        let _: PaymentView = asker.ask("record_payment", request).await?;
    }
    Ok(format!("{whole} in full, {part} in part, {over} too much"))
}

/// Prints every invoice of the book into one file.
pub async fn print(asker: &Asker) -> Outcome<String> {
    let filter = InvoiceFilter {
        view: "all".into(),
        query: String::new(),
        student_id: None,
        payer_id: None,
        department_id: None,
        run_id: None,
        issued_from: None,
        issued_to: None,
        due_from: None,
        due_to: None,
        amount_from: None,
        amount_to: None,
    };
    let wish = FileWish { inline: false, folder: None };
    let file: MadeFile = asker
        .ask(
            "merged_paper",
            MergedPaperRequest { filter, ids: Vec::new(), except: Vec::new(), wish },
        )
        .await?;
    Ok(format!("{}, {} KB", file.name, file.bytes / 1_024))
}
