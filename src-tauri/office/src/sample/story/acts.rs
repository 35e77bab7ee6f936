//! The acts of the year: registering, issuing, paying, crediting.
//!
//! Never breaks a rule of the real desk: a document the rules of money refuse ends the telling.

use super::{Charge, Habit, Happening, Share, Stage, later};
use crate::fault::{Code, Fault};
use crate::wire::invoices::{DraftInput, LineInput};
use crate::{derived, packages, services, show};
use chrono::NaiveDate;
use finance::Money;
use finance::allocation::{Allocation, CreditSource};
use finance::catalogue::ServiceItem;
use finance::credit_note::{CreditOrder, CreditedLine};
use finance::fact::FactBody;
use finance::holding::{Drawn, Holding};
use finance::ids::{AllocationId, CreditNoteId, DrawId, EntitlementId, InvoiceId, PaymentId};
use finance::invoice::{DraftInvoice, Invoice};
use finance::line::LineItem;
use finance::package::{Draw, Entitlement, HandDraw, Holds, Sale, Taken};
use finance::party::Student;
use finance::payment::Payment;
use finance::tax::TaxCode;
use rust_decimal::Decimal;
use store::DraftRow;

const METHODS: &[&str] = &["bank", "bank", "bank", "vipps", "vipps", "card", "cash"];
const DRAFTS: usize = 3;

pub(super) fn impossible(error: impl std::fmt::Display) -> Fault {
    Fault::new(Code::Internal, "The sample school breaks a rule.").detail(error.to_string())
}

/// A number that is always the same for an invoice, without taking from the chances of the story.
fn number_of(invoice: InvoiceId) -> u64 {
    u64::from(invoice.0.as_bytes()[15])
}

impl Stage<'_> {
    pub(super) fn register(&mut self, day: NaiveDate, place: usize) {
        let student = self.told.students[place].clone();
        self.pen.write(day, FactBody::StudentRegistered(student));
    }

    pub(super) fn service(&self, code: &str) -> Result<&ServiceItem, Fault> {
        let found = self.scene.services.iter().find(|service| service.code == code);
        found.ok_or_else(|| impossible(code))
    }

    fn line(&self, code: &str, quantity: u64, day: NaiveDate) -> Result<LineItem, Fault> {
        let service = self.service(code)?;
        let tax = TaxCode::in_force(&self.scene.taxes, &service.tax_code, day);
        Ok(LineItem {
            service_id: Some(service.id),
            service_code: service.code.clone(),
            kind: service.kind,
            description: service.name.clone(),
            quantity: Decimal::from(quantity),
            unit_price: service.unit_price,
            discount_percent: Decimal::ZERO,
            tax: tax.ok_or_else(|| impossible(&service.tax_code))?.clone(),
            income_account: service.income_account.clone(),
        })
    }

    pub(super) async fn issue(
        &mut self,
        day: NaiveDate,
        student: usize,
        charge: Charge,
        habit: Habit,
    ) -> Result<(), Fault> {
        let student = self.told.students[student].clone();
        let lines = charge.iter().map(|(code, quantity)| self.line(code, *quantity, day));
        let school = &self.scene.school;
        let draft = DraftInvoice {
            school_id: school.id,
            department_id: student.department_id,
            student_id: student.id,
            seller: school.seller.clone(),
            person: student.person.clone(),
            issue_date: day,
            delivery_date: None,
            due_date: later(day, u64::from(school.terms_days)),
            currency: school.currency,
            exchange: None,
            payer: None,
            terms: None,
            discount: None,
            basis: school.price_basis,
            lines: lines.collect::<Result<_, _>>()?,
            reference: String::new(),
            note: String::new(),
        };
        let series = &self.scene.series[0];
        let number = series.number(self.tx.next_sequence(series.id).await?);
        let reference = match &school.kid {
            Some(rule) => rule.reference(&student.number, number.sequence).map_err(impossible)?,
            None => number.text.clone(),
        };
        let id = InvoiceId(self.chance.id(day));
        let invoice = draft.issue(id, number, reference).map_err(impossible)?;
        self.told.invoices.insert(id, (invoice.clone(), invoice.totals.gross));
        let sold = self.sold(&invoice);
        self.pen.write(day, FactBody::InvoiceIssued(Box::new(invoice)));
        if let Some(sold) = sold {
            self.pen.write(day, FactBody::EntitlementOpened(Box::new(sold.clone())));
            self.told.packages.insert(id, Holding::sold(sold));
            // Some are still at it, and some have used it up.
            for lesson in 0..2 + number_of(id) % 9 {
                let on = later(day, 3 + lesson * 6);
                self.told.plan(on, Happening::Drives { invoice: id, lesson });
            }
        }
        self.plan_payments(day, id, habit);
        Ok(())
    }

    /// The package an invoice sold.
    fn sold(&self, invoice: &Invoice) -> Option<Entitlement> {
        let id = EntitlementId(derived::id(&["sample package", &invoice.id.to_string()]));
        let find = |id| self.scene.services.iter().find(|service| service.id == id);
        let sale = Sale { invoices: vec![invoice.clone()], unsplit: Vec::new() };
        Entitlement::opened(id, &sale, 0, find)
    }

    /// A lesson out of a package.
    pub(super) fn drive(&mut self, day: NaiveDate, invoice: InvoiceId, lesson: u64) {
        let Some(held) = self.told.packages.get_mut(&invoice) else { return };
        let sold = &held.entitlement;
        let Holds::Lessons { items } = &sold.holds else { return };
        let Some(lessons) = items.first() else { return };
        let (sale, lesson) = (invoice.to_string(), lesson.to_string());
        let draw = Draw {
            id: DrawId(derived::id(&["sample draw", &sale, &lesson])),
            entitlement_id: sold.id,
            service_id: lessons.service_id,
            taken: Taken::Lessons { quantity: Decimal::ONE },
        };
        let drawn = HandDraw {
            school_id: sold.school_id,
            student_id: sold.student_id,
            draw: draw.clone(),
            on: day,
            booking: String::new(),
            note: String::new(),
        };
        held.draws.push(Drawn {
            draw,
            on: day,
            booking: String::new(),
            event: None,
            note: String::new(),
            returned: None,
        });
        self.pen.write(day, FactBody::PackageDrawn(drawn));
    }

    pub(super) fn pay(&mut self, day: NaiveDate, id: InvoiceId, share: Share) -> Result<(), Fault> {
        let Some((invoice, open)) = self.told.invoices.get_mut(&id) else { return Ok(()) };
        let amount = match share {
            Share::Rest => *open,
            Share::Percent(percent) => {
                let crowns = open.minor() * percent / 100 / 100;
                Money::from_minor(crowns * 100, open.currency())
            }
            Share::Above(minor) => open.plus(Money::from_minor(minor, open.currency()))?,
        };
        if !open.is_positive() || !amount.is_positive() {
            return Ok(());
        }
        let settles = amount.smaller(*open)?;
        *open = open.minus(settles)?;
        let method = *self.chance.one(METHODS);
        let payment = Payment {
            id: PaymentId(self.chance.id(day)),
            school_id: invoice.school_id,
            department_id: invoice.department_id,
            student_id: invoice.student_id,
            method: method.to_owned(),
            received_on: day,
            amount,
            base: None,
            reference: match method {
                "bank" => invoice.payment_reference.clone(),
                _ => String::new(),
            },
            note: String::new(),
            pending: false,
            event: None,
        };
        let allocation = Allocation {
            id: AllocationId(self.chance.id(day)),
            school_id: invoice.school_id,
            student_id: invoice.student_id,
            source: CreditSource::Payment(payment.id),
            invoice_id: id,
            amount: settles,
            worth: None,
            allocated_on: day,
        };
        self.pen.write(day, FactBody::PaymentReceived(payment));
        self.pen.write(day, FactBody::MoneyAllocated(allocation));
        Ok(())
    }

    /// Takes back the last line: a lesson that was called off.
    pub(super) async fn credit(&mut self, day: NaiveDate, id: InvoiceId) -> Result<(), Fault> {
        let series = &self.scene.series[1];
        let number = series.number(self.tx.next_sequence(series.id).await?);
        let Some((invoice, open)) = self.told.invoices.get_mut(&id) else { return Ok(()) };
        let line = invoice.totals.lines.len() - 1;
        let gross = invoice.totals.lines[line].gross;
        let norwegian = self.scene.school.language == "nb";
        // Who takes a package back has no lessons left in it.
        let sold = self.told.packages.remove(&id).map(|held| held.entitlement);
        let sold = sold.filter(|sold| sold.line == line);
        let order = CreditOrder {
            id: CreditNoteId(self.chance.id(day)),
            number,
            issue_date: day,
            reason: if norwegian { "Avlyst time" } else { "Lesson called off" }.to_owned(),
            lines: vec![CreditedLine { line, gross }],
        };
        let note = invoice.credit(order, &[]).map_err(impossible)?;
        let settles = note.totals.gross.smaller(*open)?;
        *open = open.minus(settles)?;
        let allocation = Allocation {
            id: AllocationId(self.chance.id(day)),
            school_id: note.school_id,
            student_id: note.student_id,
            source: CreditSource::CreditNote(note.id),
            invoice_id: id,
            amount: settles,
            worth: None,
            allocated_on: day,
        };
        let ended = sold.map(|sold| packages::closing(&sold, &note));
        self.pen.write(day, FactBody::CreditNoteIssued(Box::new(note)));
        self.pen.write_all(day, ended);
        if settles.is_positive() {
            self.pen.write(day, FactBody::MoneyAllocated(allocation));
        }
        Ok(())
    }

    /// Leaves a few drafts on the desk, for the students who came last.
    pub(super) async fn leave_drafts(&mut self) -> Result<(), Fault> {
        let students: Vec<Student> =
            self.told.students.iter().rev().take(DRAFTS).cloned().collect();
        for student in students {
            let quantity = self.chance.between(1, 4);
            let row = self.draft(&student, quantity)?;
            self.tx.save_draft(&row).await?;
        }
        Ok(())
    }

    fn draft(&mut self, student: &Student, quantity: u64) -> Result<DraftRow, Fault> {
        let scene = self.scene;
        let (today, school) = (scene.today, &scene.school);
        let due_date = later(today, u64::from(school.terms_days));
        let id = InvoiceId(self.chance.id(today));
        let line = self.line("KT-B", quantity, today)?;
        let totals =
            finance::pricing::price(vec![line.clone()], school.price_basis, school.currency)
                .map_err(impossible)?;
        let typed = DraftInput {
            id: id.to_string(),
            student_id: Some(student.id.to_string()),
            department_id: student.department_id.map(|id| id.to_string()),
            issue_date: today.to_string(),
            delivery_date: None,
            due_date: due_date.to_string(),
            reference: String::new(),
            note: String::new(),
            lines: vec![LineInput {
                service_id: line.service_id.map(|id| id.to_string()),
                kind: show::name_of(&line.kind, show::SERVICE_KINDS),
                description: line.description,
                quantity: show::number(line.quantity),
                unit_price: services::price(line.unit_price, school.currency.decimals()),
                discount_percent: "0".to_owned(),
                tax_code: line.tax.code,
                income_account: line.income_account,
            }],
            payers: Vec::new(),
            discount: None,
            terms: None,
            scheduled_on: None,
            currency: None,
        };
        Ok(DraftRow {
            id,
            student_id: Some(student.id),
            payer_id: None,
            department_id: student.department_id,
            issue_date: today,
            due_date,
            gross: totals.gross,
            base: None,
            body: serde_json::to_string(&typed).map_err(impossible)?,
            schedule: None,
            kept_back: false,
        })
    }
}
