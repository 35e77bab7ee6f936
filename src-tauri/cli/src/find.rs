//! Students and documents by what stands on paper: their number, or their id.
//!
//! Never takes the nearest match: a number is that number or nothing.

use crate::ask::Asker;
use office::wire::common::{Order, Window};
use office::wire::invoices::{InvoiceFilter, InvoicePage, ListInvoices};
use office::wire::students::{ListStudents, StudentPage};
use office::{Code, Fault};

/// The most rows of one page.
const MOST_ROWS: u32 = 500;

/// A document that was issued.
pub struct Document {
    /// `invoice` or `credit_note`.
    pub kind: String,
    pub id: String,
}

/// A filter that asks for one view and what is typed.
pub fn filter(view: &str, query: &str) -> InvoiceFilter {
    InvoiceFilter {
        view: view.to_owned(),
        query: query.to_owned(),
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
    }
}

/// The issued document of a number or an id.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn document(asker: &Asker, wanted: &str) -> Result<Document, Fault> {
    if is_id(wanted) {
        let request = serde_json::json!({ "id": wanted });
        return match asker.call("find_invoice", request.clone()).await {
            Err(fault) if fault.code == Code::NotFound => {
                asker.call("find_credit_note", request).await?;
                Ok(Document { kind: "credit_note".to_owned(), id: wanted.to_owned() })
            }
            found => found.map(|_| Document { kind: "invoice".to_owned(), id: wanted.to_owned() }),
        };
    }
    let request = ListInvoices {
        filter: filter("all", wanted),
        order: by_number(),
        window: Window { offset: 0, limit: MOST_ROWS },
    };
    let page: InvoicePage = asker.ask("list_invoices", request).await?;
    let row = page.rows.into_iter().find(|row| row.number.eq_ignore_ascii_case(wanted));
    row.map(|row| Document { kind: row.kind, id: row.id })
        .ok_or_else(|| missing("document", wanted))
}

/// The id of the invoice of a number or an id.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn invoice(asker: &Asker, wanted: &str) -> Result<String, Fault> {
    let document = document(asker, wanted).await?;
    if document.kind == "invoice" { Ok(document.id) } else { Err(missing("invoice", wanted)) }
}

/// The id of the student of a number or an id.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn student(asker: &Asker, wanted: &str) -> Result<String, Fault> {
    if is_id(wanted) {
        return Ok(wanted.to_owned());
    }
    let request = ListStudents {
        query: wanted.to_owned(),
        department_id: None,
        owing: false,
        order: by_number(),
        window: Window { offset: 0, limit: MOST_ROWS },
    };
    let page: StudentPage = asker.ask("list_students", request).await?;
    let row = page.rows.into_iter().find(|row| row.number == wanted);
    row.map(|row| row.id).ok_or_else(|| missing("student", wanted))
}

/// So sorted, a number stands before every longer one that begins with it.
pub fn by_number() -> Option<Order> {
    Some(Order { by: "number".to_owned(), descending: false })
}

fn is_id(text: &str) -> bool {
    uuid::Uuid::parse_str(text).is_ok()
}

fn missing(what: &str, wanted: &str) -> Fault {
    Fault::new(Code::NotFound, format!("There is no {what} {wanted:?}.")).rule(what)
}
