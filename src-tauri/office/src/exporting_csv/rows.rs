//! What of the book stands in the files of a period.
//!
//! Never a row twice: documents by their date, money by the day it arrived, allocations by the day
//! they count; customers are all there are.

use super::Period;
use crate::fault::Fault;
use crate::office::Office;
use documents::csv_out::{
    AllocationRow, CreditNoteRow, CustomerRow, InvoiceRow, LineRow, PaymentRow,
};
use finance::Money;
use finance::allocation::CreditSource;
use finance::exchange::Conversion;
use finance::ids::{CreditNoteId, InvoiceId, PayerId, StudentId};
use finance::line::Totals;
use finance::party::Person;
use finance::payer::InvoicePayer;
use finance::payment::PaymentMethod;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{DocumentFilter, PayerFilter, PaymentFilter, RowKind, StudentFilter, View, Window};

/// The rows of every file.
#[derive(Default)]
pub(super) struct Rows {
    pub invoices: Vec<InvoiceRow>,
    pub lines: Vec<LineRow>,
    pub credit_notes: Vec<CreditNoteRow>,
    pub payments: Vec<PaymentRow>,
    pub allocations: Vec<AllocationRow>,
    pub customers: Vec<CustomerRow>,
}

const PAGE: u32 = 500;

struct Reader<'a> {
    office: &'a Office,
    view: View,
    period: Period,
    /// Numbers of the customers.
    numbers: BTreeMap<StudentId, String>,
    payers: BTreeMap<PayerId, String>,
    methods: Vec<PaymentMethod>,
    rows: Rows,
}

/// Reads the rows of a period.
///
/// # Errors
/// What the database reports.
pub(super) async fn read(office: &Office, period: Period) -> Result<Rows, Fault> {
    let mut view = office.store.read().await?;
    let methods = view.payment_methods().await?;
    let rows = Rows::default();
    let mut reader = Reader {
        office,
        view,
        period,
        numbers: BTreeMap::new(),
        payers: BTreeMap::new(),
        methods,
        rows,
    };
    reader.read_customers().await?;
    reader.read_payers().await?;
    reader.read_documents().await?;
    reader.read_payments().await?;
    Ok(reader.rows)
}

impl Reader<'_> {
    async fn read_customers(&mut self) -> Result<(), Fault> {
        let (filter, today) = (StudentFilter::default(), self.office.today());
        let mut window = Window { offset: 0, limit: PAGE };
        loop {
            let page = self.view.list_students(&filter, None, window, today).await?;
            if page.rows.is_empty() {
                return Ok(());
            }
            for row in page.rows {
                let student = &row.student;
                self.numbers.insert(student.id, student.number.clone());
                self.rows.customers.push(customer(&student.number, &student.person, row.balance));
            }
            window.offset += PAGE;
        }
    }

    /// Payers are customers too. What is billed to them stands on the students' accounts, so that no
    /// amount is told twice.
    async fn read_payers(&mut self) -> Result<(), Fault> {
        let filter = PayerFilter { query: String::new(), with_inactive: true };
        let nothing = Money::zero(self.office.school.currency);
        let mut window = Window { offset: 0, limit: PAGE };
        loop {
            let page = self.view.list_payers(&filter, window, self.office.today()).await?;
            if page.rows.is_empty() {
                return Ok(());
            }
            for row in page.rows {
                let payer = row.payer;
                self.rows.customers.push(customer(&payer.number, &payer.person, nothing));
                self.payers.insert(payer.id, payer.number);
            }
            window.offset += PAGE;
        }
    }

    /// The number of who is asked to pay.
    fn buyer(&self, student: StudentId, payer: Option<&InvoicePayer>) -> String {
        let payer = payer.and_then(|payer| self.payers.get(&payer.payer_id).cloned());
        payer.unwrap_or_else(|| self.number(student))
    }

    fn number(&self, student: StudentId) -> String {
        self.numbers.get(&student).cloned().unwrap_or_default()
    }

    /// All documents are looked at, because credit of an old note may count in the period.
    async fn read_documents(&mut self) -> Result<(), Fault> {
        let (filter, today) = (DocumentFilter::default(), self.office.today());
        let mut window = Window { offset: 0, limit: PAGE };
        loop {
            let page = self.view.list_documents(&filter, None, window, today).await?;
            if page.rows.is_empty() {
                return Ok(());
            }
            for row in page.rows {
                let counts = self.period.holds(row.issue_date);
                match row.kind {
                    RowKind::Invoice if counts => self.read_invoice(InvoiceId(row.id)).await?,
                    RowKind::CreditNote => {
                        self.read_credit_note(CreditNoteId(row.id), counts).await?;
                    }
                    RowKind::Invoice | RowKind::Draft => {}
                }
            }
            window.offset += PAGE;
            self.office.events.progress("export_csv", window.offset.min(page.total), page.total);
        }
    }

    async fn read_invoice(&mut self, id: InvoiceId) -> Result<(), Fault> {
        let Some(record) = self.view.find_invoice(id).await? else { return Ok(()) };
        let invoice = record.invoice;
        let books = invoice.books();
        let sums = books.sums();
        self.rows.lines.extend(lines(&invoice.number.text, &invoice.totals, &books.totals()));
        self.rows.invoices.push(InvoiceRow {
            customer_number: self.buyer(invoice.student_id, invoice.payer.as_deref()),
            student_number: self.number(invoice.student_id),
            number: invoice.number.text,
            issue_date: invoice.issue_date,
            due_date: invoice.due_date,
            customer_name: invoice.person.name,
            currency: record.open.currency().code().to_owned(),
            net: invoice.totals.net,
            vat: invoice.totals.vat,
            gross: invoice.totals.gross,
            open: record.open,
            payment_reference: invoice.payment_reference,
            base_currency: sums.gross.currency().to_string(),
            rate: rate(invoice.conversion.as_deref()),
            base_net: sums.net,
            base_vat: sums.vat,
            base_gross: sums.gross,
            base_open: record.base_open.unwrap_or(record.open),
        });
        Ok(())
    }

    async fn read_credit_note(&mut self, id: CreditNoteId, counts: bool) -> Result<(), Fault> {
        for row in self.view.allocations_of_credit_note(id).await? {
            self.keep_allocation(row);
        }
        if !counts {
            return Ok(());
        }
        let Some(record) = self.view.find_credit_note(id).await? else { return Ok(()) };
        let note = record.credit_note;
        let books = note.books();
        let sums = books.sums();
        self.rows.lines.extend(lines(&note.number.text, &note.totals, &books.totals()));
        self.rows.credit_notes.push(CreditNoteRow {
            customer_number: self.buyer(note.student_id, note.payer.as_deref()),
            number: note.number.text,
            issue_date: note.issue_date,
            invoice_number: note.invoice_number,
            customer_name: note.person.name,
            currency: note.totals.gross.currency().code().to_owned(),
            net: note.totals.net,
            vat: note.totals.vat,
            gross: note.totals.gross,
            reason: note.reason,
            base_currency: sums.gross.currency().to_string(),
            rate: rate(note.conversion.as_deref()),
            base_net: sums.net,
            base_vat: sums.vat,
            base_gross: sums.gross,
        });
        Ok(())
    }

    fn keep_allocation(&mut self, row: store::AllocationRow) {
        let allocation = row.allocation;
        if row.ended_on.is_some() || !self.period.holds(allocation.allocated_on) {
            return;
        }
        let (source, source_reference) = match allocation.source {
            CreditSource::Payment(id) => ("payment", id.to_string()),
            CreditSource::CreditNote(_) => ("credit_note", row.source_label),
        };
        let worth = allocation.worth.map_or(allocation.amount, |worth| worth.invoice_base);
        self.rows.allocations.push(AllocationRow {
            allocated_on: allocation.allocated_on,
            invoice_number: row.invoice_number,
            source: source.to_owned(),
            source_reference,
            currency: allocation.amount.currency().code().to_owned(),
            amount: allocation.amount,
            base_currency: worth.currency().to_string(),
            base_amount: worth,
            base_gain: row.gain.unwrap_or(Money::zero(worth.currency())),
        });
    }

    async fn read_payments(&mut self) -> Result<(), Fault> {
        let filter = PaymentFilter::default();
        let mut window = Window { offset: 0, limit: PAGE };
        loop {
            let page = self.view.list_payments(&filter, None, window).await?;
            if page.rows.is_empty() {
                return Ok(());
            }
            for row in page.rows {
                for allocation in self.view.allocations_of_payment(row.payment.id).await? {
                    self.keep_allocation(allocation);
                }
                self.keep_payment(row);
            }
            window.offset += PAGE;
        }
    }

    /// Money on the day it arrived, and less than nothing on the day it went again.
    fn keep_payment(&mut self, row: store::PaymentRow) {
        let standing = row.standing;
        let Some(from) = standing.from else { return };
        let there = PaymentRow { received_on: from, ..self.payment(row) };
        if let Some(until) = standing.until.map(|until| until.max(from))
            && self.period.holds(until)
        {
            let (amount, base_amount) = (there.amount.negated(), there.base_amount.negated());
            let gone = PaymentRow { received_on: until, amount, base_amount, ..there.clone() };
            self.rows.payments.push(gone);
        }
        if self.period.holds(from) {
            self.rows.payments.push(there);
        }
    }

    fn payment(&self, row: store::PaymentRow) -> PaymentRow {
        let payment = row.payment;
        let worth = payment.in_base();
        let method = self.methods.iter().find(|method| method.code == payment.method);
        PaymentRow {
            received_on: payment.received_on,
            payment_id: payment.id.to_string(),
            customer_number: self.number(payment.student_id),
            customer_name: row.student,
            account: method.map_or_else(String::new, |method| method.account.clone()),
            method: payment.method,
            currency: payment.amount.currency().code().to_owned(),
            amount: payment.amount,
            base_currency: worth.currency().to_string(),
            base_amount: worth,
            reference: payment.reference,
        }
    }
}

fn customer(number: &str, person: &Person, balance: Money) -> CustomerRow {
    let address = &person.address;
    CustomerRow {
        number: number.to_owned(),
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        address: [address.line1.as_str(), address.line2.as_str()].join(" ").trim().into(),
        postal_code: address.postal_code.clone(),
        city: address.city.clone(),
        country: address.country.clone(),
        currency: balance.currency().code().to_owned(),
        balance,
    }
}

/// Units of the currency of the books for one of a document's.
fn rate(conversion: Option<&Conversion>) -> Decimal {
    conversion.map_or(Decimal::ONE, |conversion| conversion.rate.rate)
}

fn lines(number: &str, totals: &Totals, books: &Totals) -> Vec<LineRow> {
    let lines = totals.lines.iter().zip(&books.lines).enumerate();
    lines
        .map(|(place, (line, base))| LineRow {
            document_number: number.to_owned(),
            line: Decimal::from(place + 1),
            service_code: line.item.service_code.clone(),
            description: line.item.description.clone(),
            quantity: line.item.quantity,
            unit_price: line.item.unit_price,
            discount_percent: line.item.discount_percent,
            vat_code: line.item.tax.code.clone(),
            vat_rate: line.item.tax.rate,
            account: line.item.income_account.clone(),
            net: line.net,
            vat: line.vat,
            gross: line.gross,
            currency: line.gross.currency().to_string(),
            base_currency: base.gross.currency().to_string(),
            base_net: base.net,
            base_vat: base.vat,
            base_gross: base.gross,
        })
        .collect()
}
