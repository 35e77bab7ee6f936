//! Open invoices of another system from rows.
//!
//! Never an invoice of ours: it keeps its number there, takes none of the school's, and no
//! accounting system is told of it. Never the same one twice: its number tells.

use super::cells::{Cells, Found, outcome};
use super::payers::Payers;
use super::report::{Outcome, Refusal};
use crate::fault::Fault;
use crate::office::Office;
use crate::{derived, typed};
use chrono::{Days, NaiveDate};
use documents::csv_in::{Field, Table};
use finance::fact::FactBody;
use finance::ids::{InvoiceId, SeriesId};
use finance::invoice::{DraftInvoice, InvoiceRejection};
use finance::opening::{Opening, OpeningRejection};
use finance::party::Student;
use finance::tax::PriceBasis;
use std::collections::{BTreeMap, BTreeSet};
use store::View;

/// Reads every row.
///
/// # Errors
/// What the book reports.
pub(super) async fn read(
    view: &mut View,
    office: &Office,
    table: &Table,
) -> Result<Vec<Outcome>, Fault> {
    let mut reader = Reader {
        office,
        payers: Payers::read(view, office, table).await?,
        there: there(view, table).await?,
        seen: BTreeSet::new(),
    };
    Ok(table.rows.iter().map(|row| reader.outcome(&Cells { table, row })).collect())
}

/// What stands under the numbers of the file.
#[derive(Default)]
struct There {
    /// The invoices that are there, by the number of the file.
    invoices: BTreeMap<String, InvoiceId>,
    /// How often a number was brought in and taken back again.
    earlier: BTreeMap<String, u32>,
}

/// What the book has under the file's numbers.
async fn there(view: &mut View, table: &Table) -> Result<There, Fault> {
    let numbers: BTreeSet<&str> =
        table.rows.iter().filter_map(|row| table.cell(row, Field::InvoiceNumber)).collect();
    let mut there = There::default();
    for number in numbers {
        let opening =
            |earlier| Opening { number: number.to_owned(), earlier, ..Opening::default() };
        for earlier in 0.. {
            let text = opening(earlier).number_here();
            let Some(id) = view.invoice_numbered(&text).await? else { break };
            if view.taken_back(&[id.to_string()]).await?.is_empty() {
                there.invoices.insert(number.to_owned(), id);
                break;
            }
            there.earlier.insert(number.to_owned(), earlier + 1);
        }
    }
    Ok(there)
}

struct Reader<'a> {
    office: &'a Office,
    payers: Payers,
    there: There,
    /// Numbers of earlier rows.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn outcome(&mut self, cells: &Cells<'_>) -> Outcome {
        let label = format!("{} {}", cells.raw(Field::InvoiceNumber), cells.raw(Field::Name));
        let found = self.found(cells);
        outcome(cells, label.trim().to_owned(), found)
    }

    fn found(&mut self, cells: &Cells<'_>) -> Result<Found, Refusal> {
        if cells.is_not_in_force() {
            return Ok(Found::LeftOut("not_in_force"));
        }
        let currency = self.office.school.currency;
        let open = cells.money(Field::Open, currency)?;
        if open.is_zero() {
            return Ok(Found::LeftOut("nothing_open"));
        }
        let number = cells.required(Field::InvoiceNumber, 40)?;
        if !self.seen.insert(number.clone()) {
            return Err(cells.refusal("twice_in_file", Field::InvoiceNumber));
        }
        let opening = Opening {
            earlier: self.there.earlier.get(&number).copied().unwrap_or_default(),
            number,
            total: cells.optional_money(Field::Total, currency)?,
            vat: cells.optional_money(Field::VatAmount, currency)?,
        };
        let student = self.payers.of(cells)?;
        let student = student.ok_or_else(|| cells.refusal("missing", Field::Number))?;
        let parties = self.parties(cells, student)?;
        let reference = self.reference(cells)?;
        let id = self.id(&opening, student, (&parties, open, &reference));
        let texts = (self.description(&opening.number), reference);
        let there = self.there.invoices.get(&opening.number).copied();
        let invoice = opening
            .issue(id, (self.series(), open), parties, texts)
            .map_err(|rejection| refused(cells, &rejection))?;
        match there {
            None => Ok(Found::New(vec![FactBody::InvoiceIssued(Box::new(invoice))])),
            // Its parties were frozen when it came in; what it asks for must be the same.
            Some(before) if before == invoice.id => Ok(Found::Known),
            Some(_) => Err(cells.refusal("invoice_differs", Field::InvoiceNumber)),
        }
    }

    fn parties(&self, cells: &Cells<'_>, student: &Student) -> Result<DraftInvoice, Refusal> {
        let issue_date = cells.date(Field::Date)?;
        if issue_date > self.office.today() {
            return Err(cells.refusal("in_future", Field::Date));
        }
        let school = &self.office.school;
        Ok(DraftInvoice {
            school_id: school.id,
            department_id: student.department_id,
            student_id: student.id,
            seller: school.seller.clone(),
            person: student.person.clone(),
            payer: None,
            issue_date,
            delivery_date: None,
            due_date: self.due_date(cells, issue_date)?,
            terms: None,
            currency: school.currency,
            exchange: None,
            basis: PriceBasis::Gross,
            lines: Vec::new(),
            discount: None,
            reference: String::new(),
            note: String::new(),
        })
    }

    /// The file's, or else the school's own terms.
    fn due_date(&self, cells: &Cells<'_>, issued: NaiveDate) -> Result<NaiveDate, Refusal> {
        let terms = Days::new(self.office.school.terms_days.into());
        match cells.optional_date(Field::DueDate)? {
            Some(due) => Ok(due),
            None => {
                issued.checked_add_days(terms).ok_or_else(|| cells.refusal("date", Field::Date))
            }
        }
    }

    /// What it is paid by: the KID there, or else its number there.
    fn reference(&self, cells: &Cells<'_>) -> Result<String, Refusal> {
        let text = cells.text(Field::Reference, typed::SHORT)?;
        let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Ok(if joined.is_empty() { cells.text(Field::InvoiceNumber, 40)? } else { joined })
    }

    /// The same for the same file, at every desk.
    fn id(
        &self,
        opening: &Opening,
        student: &Student,
        (parties, open, reference): (&DraftInvoice, finance::Money, &str),
    ) -> InvoiceId {
        let text = |money: Option<finance::Money>| {
            money.map_or_else(String::new, |money| money.amount().to_string())
        };
        let mut parts = vec![
            "opening invoice".to_owned(),
            self.office.school.id.to_string(),
            opening.number.clone(),
            text(opening.total),
            text(opening.vat),
            student.id.to_string(),
            parties.issue_date.to_string(),
            parties.due_date.to_string(),
            text(Some(open)),
            reference.to_owned(),
        ];
        if opening.earlier > 0 {
            parts.push(opening.earlier.to_string());
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        InvoiceId(derived::id(&parts))
    }

    fn series(&self) -> SeriesId {
        SeriesId(derived::id(&["opening series", &self.office.school.id.to_string()]))
    }

    fn description(&self, number: &str) -> String {
        match self.office.school.language.as_str() {
            "nb" => format!("Inngående saldo, faktura {number}"),
            _ => format!("Opening balance, invoice {number}"),
        }
    }
}

fn refused(cells: &Cells<'_>, rejection: &OpeningRejection) -> Refusal {
    match rejection {
        OpeningRejection::NothingOpen => cells.refusal("negative", Field::Open),
        OpeningRejection::MoreThanTotal => cells.refusal("more_than_total", Field::Open),
        OpeningRejection::VatOutOfRange => cells.refusal("vat_out_of_range", Field::VatAmount),
        OpeningRejection::NoNumber => cells.refusal("missing", Field::InvoiceNumber),
        OpeningRejection::Invoice(InvoiceRejection::DueBeforeIssue) => {
            cells.refusal("due_before_issue", Field::DueDate)
        }
        OpeningRejection::Invoice(rejection) => {
            cells.refusal(crate::drafts::rejection_code(rejection), Field::InvoiceNumber)
        }
    }
}
