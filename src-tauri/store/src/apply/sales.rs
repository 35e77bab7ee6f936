//! What documents bring to services and VAT codes; sums of days follow by triggers.

use crate::batches::write;
use crate::error::StoreError;
use crate::facts::append::Placed;
use crate::reports::CATEGORIES;
use finance::fact::FactBody;
use finance::ids::DepartmentId;
use finance::line::{PricedLine, Totals};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// A row of `sale`.
struct Sale {
    issue_date: String,
    document_id: String,
    of: Of,
    department_id: String,
    currency: String,
    sums: Sums,
}

/// What a document's lines are added up by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Of {
    service_id: String,
    vat_code: String,
    vat_rate: String,
    vat_category: &'static str,
}

/// Net, VAT and gross in minor units.
type Sums = [i64; 3];

/// A document's own particulars, and 1 or, of a credit note, −1.
struct Document {
    id: String,
    issue_date: String,
    department_id: Option<DepartmentId>,
    sign: i64,
}

pub(super) async fn apply(
    conn: &mut SqliteConnection,
    placed: &[Placed<'_>],
) -> Result<(), StoreError> {
    let mut sales = Vec::new();
    for placed in placed {
        match &placed.fact.body {
            // What another system issued was sold and taxed there.
            FactBody::InvoiceIssued(issued) if issued.opening.is_some() => {}
            FactBody::InvoiceIssued(issued) => {
                let (id, issue_date) = (issued.id.to_string(), issued.issue_date.to_string());
                let department_id = issued.department_id;
                let document = Document { id, issue_date, department_id, sign: 1 };
                sales.extend(of_document(&document, &issued.books().totals()));
            }
            FactBody::CreditNoteIssued(issued) if issued.opening => {}
            FactBody::CreditNoteIssued(issued) => {
                let (id, issue_date) = (issued.id.to_string(), issued.issue_date.to_string());
                let department_id = issued.department_id;
                let document = Document { id, issue_date, department_id, sign: -1 };
                sales.extend(of_document(&document, &issued.books().totals()));
            }
            _ => {}
        }
    }
    insert(conn, &sales).await
}

fn of_document(document: &Document, totals: &Totals) -> Vec<Sale> {
    let mut added: BTreeMap<Of, Sums> = BTreeMap::new();
    for line in &totals.lines {
        let sums = added.entry(of_line(line)).or_default();
        for (sum, part) in sums.iter_mut().zip([line.net, line.vat, line.gross]) {
            *sum += document.sign * part.minor();
        }
    }
    let sale = |(of, sums)| Sale {
        issue_date: document.issue_date.clone(),
        document_id: document.id.clone(),
        of,
        department_id: document.department_id.map(|id| id.to_string()).unwrap_or_default(),
        currency: totals.gross.currency().to_string(),
        sums,
    };
    added.into_iter().map(sale).collect()
}

fn of_line(line: &PricedLine) -> Of {
    let tax = &line.item.tax;
    let letter = CATEGORIES.iter().find(|(_, category)| *category == tax.category);
    Of {
        service_id: line.item.service_id.map(|id| id.to_string()).unwrap_or_default(),
        vat_code: tax.code.clone(),
        vat_rate: tax.rate.normalize().to_string(),
        vat_category: letter.map_or("", |(letter, _)| *letter),
    }
}

async fn insert(conn: &mut SqliteConnection, sales: &[Sale]) -> Result<(), StoreError> {
    write(conn, sales, |query, batch| {
        query.push(
            "INSERT INTO sale (issue_date, document_id, service_id, vat_code, vat_rate,
             vat_category, department_id, currency, net_minor, vat_minor, gross_minor) ",
        );
        query.push_values(batch, |mut row, sale| {
            row.push_bind(&sale.issue_date)
                .push_bind(&sale.document_id)
                .push_bind(&sale.of.service_id)
                .push_bind(&sale.of.vat_code)
                .push_bind(&sale.of.vat_rate)
                .push_bind(sale.of.vat_category)
                .push_bind(&sale.department_id)
                .push_bind(&sale.currency);
            for sum in sale.sums {
                row.push_bind(sum);
            }
        });
        query.push(
            " ON CONFLICT (issue_date, document_id, service_id, vat_code, vat_rate, vat_category)
             DO NOTHING",
        );
        Ok(())
    })
    .await
}
