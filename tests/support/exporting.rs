//! A book full of documents for the export engine, and a time that stands still until it is moved.
//!
//! Never asks the machine for the time or for chance: the same wish makes the same book.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use finance::allocation::{Allocation, CreditSource};
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::credit_note::{CreditNote, CreditOrder};
use finance::exchange::RateUsed;
use finance::fact::{FACT_VERSION, Fact, FactBody};
use finance::hlc::Hlc;
use finance::ids::{
    AllocationId, ConnectionId, CreditNoteId, FactId, InvoiceId, PaymentId, SchoolId, SeriesId,
    ServiceId, StudentId,
};
use finance::invoice::{DraftInvoice, Invoice};
use finance::journal::Booking;
use finance::line::LineItem;
use finance::numbering::{DocumentKind, NumberSeries};
use finance::party::{Address, Person, School, Seller, Student};
use finance::payment::{Payment, PaymentMethod};
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use finance::{Currency, Money};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::system::Ledger;

pub use crate::books::{
    accounts_onto, accounts_there, book, book_of_many, book_of_successor, mapped, mapping,
    mappings_onto, opened, read_currencies, read_there, record,
};
pub use crate::still::{Longest, StillTime};

/// The key of every book made here.
pub const KEY: [u8; 32] = [7; 32];

/// The connection of every book made here.
pub const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(0xC0));

const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(1));
const INVOICES: SeriesId = SeriesId(Uuid::from_u128(2));
const CREDIT_NOTES: SeriesId = SeriesId(Uuid::from_u128(3));
pub(crate) const LESSON: ServiceId = ServiceId(Uuid::from_u128(4));

/// The moment every test begins at.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).expect("a moment")
}

/// The day every document is dated on.
pub fn day() -> NaiveDate {
    noon().date_naive()
}

/// What a book shall hold.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Students, each of whom gets invoices in turn.
    pub students: usize,
    /// Invoices.
    pub invoices: usize,
    /// Every so many-th invoice is paid.
    pub paid_every: usize,
    /// Every so many-th invoice is credited in part, and the credit set against it.
    pub credited_every: usize,
    /// Services, tax code and payment method are mapped.
    pub mapped: bool,
    /// What the connection is told.
    pub booking: Booking,
}

impl Wish {
    /// So many invoices over a tenth as many students, half paid, one in ten credited.
    pub const fn of(invoices: usize) -> Self {
        let students = if invoices < 10 { 1 } else { invoices / 10 };
        Self {
            students,
            invoices,
            paid_every: 2,
            credited_every: 10,
            mapped: true,
            booking: Booking::Documents,
        }
    }

    /// Records the engine will make of it.
    pub const fn records(&self) -> usize {
        let paid = self.invoices / self.paid_every;
        let credited = self.invoices / self.credited_every;
        let students = if self.invoices < self.students { self.invoices } else { self.students };
        students + self.invoices + paid + 2 * credited
    }

    /// What the other side holds once everything is there.
    pub fn ledger(&self) -> Ledger {
        let credited = self.invoices / self.credited_every;
        Ledger {
            customers: self.students.min(self.invoices),
            invoices: self.invoices,
            notes: credited,
            payments: self.invoices / self.paid_every,
            allocations: credited,
        }
    }
}

/// Makes facts in order.
pub struct Facts {
    count: AtomicU64,
}

impl Default for Facts {
    fn default() -> Self {
        Self { count: AtomicU64::new(1) }
    }
}

impl Facts {
    /// The next fact.
    pub fn fact(&self, body: FactBody) -> Fact {
        let count = self.count.fetch_add(1, Ordering::SeqCst);
        let millis = noon().timestamp_millis();
        let counter = u32::try_from(count).expect("few facts");
        Fact {
            id: FactId(Uuid::from_u128(0xFA_0000_0000 + u128::from(count))),
            school_id: SCHOOL,
            actor: "test".to_owned(),
            clock: Hlc { millis, counter, desk: "A".to_owned() },
            version: FACT_VERSION,
            body,
        }
    }
}

fn series(id: SeriesId, kind: DocumentKind, prefix: &str) -> NumberSeries {
    let (desk, prefix) = ("A".to_owned(), prefix.to_owned());
    NumberSeries { id, school_id: SCHOOL, kind, desk, prefix, first: 1, year: None }
}

pub(crate) fn masters() -> Vec<FactBody> {
    vec![
        FactBody::SchoolSet(school()),
        FactBody::TaxCodeSet(tax_code()),
        FactBody::PaymentMethodSet(PaymentMethod {
            school_id: SCHOOL,
            code: "bank".to_owned(),
            name: "Bank transfer".to_owned(),
            account: "1920".to_owned(),
            active: true,
            surcharge: None,
        }),
        FactBody::SeriesOpened(series(INVOICES, DocumentKind::Invoice, "A-")),
        FactBody::SeriesOpened(series(CREDIT_NOTES, DocumentKind::CreditNote, "AC-")),
        FactBody::ServiceSet(ServiceItem {
            id: LESSON,
            school_id: SCHOOL,
            code: "L60".to_owned(),
            name: "Driving lesson 60 min".to_owned(),
            kind: ServiceKind::Lesson,
            unit_price: Decimal::new(4_500, 2),
            tax_code: "S20".to_owned(),
            income_account: "3000".to_owned(),
            active: true,
            package: None,
        }),
    ]
}

fn school() -> School {
    School {
        id: SCHOOL,
        name: "Test".to_owned(),
        seller: seller(),
        country: "GB".to_owned(),
        currency: currency(),
        price_basis: PriceBasis::Gross,
        language: "en".to_owned(),
        terms_days: 14,
        kid: None,
        sample: false,
        small_difference: None,
        terms: None,
        ageing_buckets: None,
    }
}

fn seller() -> Seller {
    Seller {
        name: "Test Driving School Ltd".to_owned(),
        org_number: "1".to_owned(),
        vat_number: "GB1".to_owned(),
        address: Address::default(),
        email: String::new(),
        phone: String::new(),
        bank_account: String::new(),
    }
}

fn currency() -> Currency {
    "GBP".parse().expect("a currency")
}

fn tax_code() -> TaxCode {
    TaxCode {
        code: "S20".to_owned(),
        name: "VAT 20 %".to_owned(),
        category: VatCategory::S,
        rate: Decimal::from(20),
        reason: None,
        valid_from: "2020-01-01".parse().expect("a day"),
    }
}

/// The id of a student made here.
pub fn student_id(place: usize) -> StudentId {
    StudentId(Uuid::from_u128(0x5700_0000 + place as u128))
}

fn person(place: usize) -> Person {
    Person { name: format!("Ann Learner {}", place % 7), ..Person::default() }
}

pub(crate) fn student(place: usize) -> Student {
    Student {
        id: student_id(place),
        school_id: SCHOOL,
        department_id: None,
        number: (1001 + place).to_string(),
        person: person(place),
    }
}

/// The id of an invoice made here.
pub fn invoice_id(place: usize) -> InvoiceId {
    InvoiceId(Uuid::from_u128(0x1000_0000 + place as u128))
}

fn line(description: &str, quantity: Decimal, price: Decimal) -> LineItem {
    LineItem {
        service_id: Some(LESSON),
        service_code: "L60".to_owned(),
        kind: ServiceKind::Lesson,
        description: description.to_owned(),
        quantity,
        unit_price: price,
        discount_percent: Decimal::ZERO,
        tax: tax_code(),
        income_account: "3000".to_owned(),
    }
}

/// An invoice whose VAT does not divide evenly over its lines.
pub fn invoice(place: usize, students: usize) -> Invoice {
    issued(draft(place, students), place)
}

/// The same over as many euros.
pub fn invoice_in_euros(place: usize, students: usize) -> Invoice {
    let rate = RateUsed { rate: Decimal::new(85, 2), on: day(), base: currency() };
    let pounds = draft(place, students);
    issued(DraftInvoice { currency: Currency::EUR, exchange: Some(rate), ..pounds }, place)
}

fn issued(draft: DraftInvoice, place: usize) -> Invoice {
    let series = series(INVOICES, DocumentKind::Invoice, "A-");
    draft.issue(invoice_id(place), series.number(place as u64 + 1), String::new()).expect("issued")
}

fn draft(place: usize, students: usize) -> DraftInvoice {
    let owner = place % students;
    let odd = Decimal::new(i64::try_from(place % 97).expect("small"), 2);
    DraftInvoice {
        school_id: SCHOOL,
        department_id: None,
        student_id: student_id(owner),
        seller: seller(),
        person: person(owner),
        issue_date: day(),
        delivery_date: None,
        due_date: day() + TimeDelta::days(14),
        currency: currency(),
        exchange: None,
        payer: None,
        terms: None,
        discount: None,
        basis: PriceBasis::Gross,
        lines: vec![
            line("Driving lesson", Decimal::ONE, Decimal::new(4_510, 2) + odd),
            line("Motorway lesson", Decimal::TWO, Decimal::new(3_333, 2)),
        ],
        reference: String::new(),
        note: String::new(),
    }
}

/// An invoice with what the wish makes of it.
pub fn documents(place: usize, wish: &Wish) -> Vec<FactBody> {
    let invoice = invoice(place, wish.students);
    let mut bodies = vec![FactBody::InvoiceIssued(Box::new(invoice.clone()))];
    if (place + 1).is_multiple_of(wish.credited_every) {
        let note = credit_note(&invoice, place);
        let source = CreditSource::CreditNote(note.id);
        let amount = note.totals.gross;
        bodies.push(FactBody::CreditNoteIssued(Box::new(note)));
        bodies.push(FactBody::MoneyAllocated(share(&invoice, source, amount, place)));
    }
    if (place + 1).is_multiple_of(wish.paid_every) {
        let payment = payment(&invoice, place);
        let (source, amount) = (CreditSource::Payment(payment.id), payment.amount);
        bodies.push(FactBody::PaymentReceived(payment));
        bodies.push(FactBody::MoneyAllocated(share(&invoice, source, amount, place)));
    }
    bodies
}

fn payment(invoice: &Invoice, place: usize) -> Payment {
    Payment {
        id: PaymentId(Uuid::from_u128(0x2000_0000 + place as u128)),
        school_id: SCHOOL,
        department_id: None,
        student_id: invoice.student_id,
        method: "bank".to_owned(),
        received_on: day(),
        amount: Money::from_minor(5_001, currency()),
        base: None,
        reference: String::new(),
        note: String::new(),
        pending: false,
        event: None,
    }
}

fn credit_note(invoice: &Invoice, place: usize) -> CreditNote {
    let series = series(CREDIT_NOTES, DocumentKind::CreditNote, "AC-");
    let order = CreditOrder {
        id: CreditNoteId(Uuid::from_u128(0x3000_0000 + place as u128)),
        number: series.number(place as u64 + 1),
        issue_date: day(),
        reason: "A lesson fell through".to_owned(),
        lines: vec![finance::credit_note::CreditedLine {
            line: 1,
            gross: Money::from_minor(3_333, currency()),
        }],
    };
    invoice.credit(order, &[]).expect("credited")
}

fn share(invoice: &Invoice, source: CreditSource, amount: Money, place: usize) -> Allocation {
    let salt = match source {
        CreditSource::Payment(_) => 0x4000_0000,
        CreditSource::CreditNote(_) => 0x5000_0000,
    };
    Allocation {
        id: AllocationId(Uuid::from_u128(salt + place as u128)),
        school_id: SCHOOL,
        student_id: invoice.student_id,
        source,
        invoice_id: invoice.id,
        amount,
        worth: None,
        allocated_on: day(),
    }
}
