//! A book in a temporary folder, and facts with ids and clocks that are always the same.

use crate::{Key, Store, StoreError};
use chrono::NaiveDate;
use finance::allocation::{Allocation, CreditSource};
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::charge::{Billing, BookingEvent, Charge, EventKind, RecordedEvent};
use finance::credit_note::{CreditNote, CreditOrder};
use finance::fact::{FACT_VERSION, Fact, FactBody};
use finance::gate::{GateOverride, GateRule, Limits};
use finance::hlc::Hlc;
use finance::holding::{Coverage, Extension};
use finance::ids::{
    AllocationId, ChargeId, CreditNoteId, DepartmentId, DrawId, EntitlementId, EventId,
    ExtensionId, FactId, InvoiceId, MilestoneId, PayerId, PaymentId, PlanId, RecurringId, RefundId,
    ReminderId, RunId, SchoolId, SeriesId, ServiceId, StudentId, UserId,
};
use finance::instalments::{Instalment, PaymentPlan, PlanEnd, PlannedInvoice};
use finance::invoice::{DraftInvoice, Invoice};
use finance::ledger::{AccountKind, LedgerAccount};
use finance::line::LineItem;
use finance::milestone::{Before, Milestone, MilestoneOverride};
use finance::numbering::{DocumentKind, NumberSeries, SeriesRule};
use finance::opening::Opening;
use finance::package::{
    Closing, Draw, DrawReturn, Entitlement, HandDraw, HeldLessons, Holds, RefundRule, SoldShare,
    Taken,
};
use finance::party::{Department, Person, School, Seller, Student};
use finance::payer::{Payer, PayerKind, PayerShare, StudentPayers};
use finance::payment::{Payment, PaymentMethod, PaymentOutcome, PaymentTurn};
use finance::recurring::{Making, Recurring, RecurringState, Rhythm};
use finance::refund::{Refund, RefundPart};
use finance::release::Release;
use finance::reminder::{Channel, Held, Hold, HoldKind, Level, RemindedItem, Reminder};
use finance::split::Part;
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use finance::terms::PaymentTerms;
use finance::user::{Role, User};
use finance::write_off::WriteOff;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(1));
pub(crate) const DEPARTMENT: DepartmentId = DepartmentId(Uuid::from_u128(2));

pub(crate) fn key() -> Key {
    Key::new([7; 32])
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn uuid(kind: u128, number: u32) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::from(number))
}

pub(crate) fn student_id(number: u32) -> StudentId {
    StudentId(uuid(10, number))
}

pub(crate) fn invoice_id(number: u32) -> InvoiceId {
    InvoiceId(uuid(11, number))
}

pub(crate) fn credit_note_id(number: u32) -> CreditNoteId {
    CreditNoteId(uuid(12, number))
}

pub(crate) fn payment_id(number: u32) -> PaymentId {
    PaymentId(uuid(13, number))
}

pub(crate) fn reminder_id(number: u32) -> ReminderId {
    ReminderId(uuid(18, number))
}

pub(crate) fn plan_id(number: u32) -> PlanId {
    PlanId(uuid(20, number))
}

pub(crate) fn charge_id(number: u32) -> ChargeId {
    ChargeId(uuid(18, number))
}

pub(crate) fn series_id(desk: &str, kind: DocumentKind) -> SeriesId {
    let kind = if kind == DocumentKind::Invoice { 14 } else { 15 };
    SeriesId(uuid(kind, u32::from(desk.as_bytes()[0])))
}

pub(crate) fn nok(minor: i64) -> Money {
    Money::from_minor(minor, Currency::NOK)
}

/// One agency, by the name it has now.
pub(crate) fn payer(name: &str) -> Payer {
    Payer {
        id: PayerId(uuid(19, 1)),
        school_id: SCHOOL,
        department_id: Some(DEPARTMENT),
        kind: PayerKind::Agency,
        number: "P1001".to_owned(),
        person: person(name),
        org_number: "889640782".to_owned(),
        vat_number: String::new(),
        reference: "PO 77".to_owned(),
        terms: Some(PaymentTerms::EndOfMonth { days: 30 }),
        active: true,
    }
}

/// One user, by the name they have now.
pub(crate) fn user(name: &str) -> User {
    User {
        id: UserId(uuid(17, 1)),
        school_id: SCHOOL,
        login: "kari".to_owned(),
        name: name.to_owned(),
        role: Role::Staff,
        departments: vec![DEPARTMENT],
        active: true,
    }
}

/// One account, by the name it has now.
pub(crate) fn account(name: &str) -> LedgerAccount {
    LedgerAccount {
        school_id: SCHOOL,
        number: "3050".to_owned(),
        name: name.to_owned(),
        kind: AccountKind::Income,
        active: true,
    }
}

/// A template for student 1, by the name it has now.
pub(crate) fn recurring(name: &str) -> Recurring {
    Recurring {
        id: RecurringId(uuid(20, 1)),
        school_id: SCHOOL,
        desk: "1".to_owned(),
        name: name.to_owned(),
        department_id: None,
        students: vec![student_id(1)],
        currency: None,
        lines: Vec::new(),
        payers: None,
        discount: None,
        reference: String::new(),
        note: String::new(),
        rhythm: Rhythm::Weekly { every: 1 },
        from: day("2026-01-05"),
        until: None,
        count: None,
        terms: PaymentTerms::Issue { days: 14 },
        making: Making::Draft,
        state: RecurringState::Active,
        resumed_on: None,
        joined: BTreeMap::new(),
    }
}

/// How desk 1 numbers invoices, by the prefix it has now.
pub(crate) fn series_rule(prefix: &str) -> SeriesRule {
    SeriesRule {
        school_id: SCHOOL,
        kind: DocumentKind::Invoice,
        desk: "1".to_owned(),
        prefix: prefix.to_owned(),
        yearly: true,
        restart: true,
    }
}

/// Makes facts of one desk, each a millisecond after the last.
pub(crate) struct Facts {
    desk: String,
    clock: Hlc,
    made: u32,
    space: u128,
}

impl Facts {
    pub fn of(desk: &str) -> Self {
        let space = 100 + u128::from(desk.as_bytes()[0]);
        Self { desk: desk.to_owned(), clock: Hlc::start(desk), made: 0, space }
    }

    /// The agency pays for a student, alone or with the student.
    pub fn paid_by_agency(&mut self, student: u32, alone: bool) -> Fact {
        let payer_id = Some(payer("").id);
        let shares = if alone {
            vec![PayerShare { payer_id, part: Part::Rest }]
        } else {
            let own = PayerShare { payer_id: None, part: Part::Rest };
            vec![PayerShare { payer_id, part: Part::Amount(nok(5_000)) }, own]
        };
        let student_id = student_id(student);
        self.fact(FactBody::StudentPayersSet(StudentPayers { student_id, shares }))
    }

    /// An invoice of a student that the agency is asked to pay.
    pub fn billed_to_agency(&mut self, number: u32, student: u32, minor: i64) -> Fact {
        let mut issued = invoice(&self.desk, number, student, minor, "2026-01-05");
        let agency = payer("NAV Fjordby");
        issued.payer = Some(Box::new(agency.on_invoice(&issued.person)));
        issued.person = agency.person;
        self.fact(FactBody::InvoiceIssued(Box::new(issued)))
    }

    pub fn fact(&mut self, body: FactBody) -> Fact {
        self.made += 1;
        self.clock = self.clock.next(1_700_000_000_000 + i64::from(self.made));
        Fact {
            id: FactId(uuid(self.space, self.made)),
            school_id: SCHOOL,
            actor: "owner".to_owned(),
            clock: self.clock.clone(),
            version: FACT_VERSION,
            body,
        }
    }

    /// School, department, VAT codes, payment method and series of this desk.
    pub fn beginning(&mut self) -> Vec<Fact> {
        let mut facts = vec![
            self.fact(FactBody::SchoolSet(school())),
            self.fact(FactBody::DepartmentSet(Department {
                id: DEPARTMENT,
                school_id: SCHOOL,
                name: "Bergen".to_owned(),
            })),
            self.fact(FactBody::TaxCodeSet(tax())),
            self.fact(FactBody::PaymentMethodSet(PaymentMethod {
                school_id: SCHOOL,
                code: "bank".to_owned(),
                name: "Bank transfer".to_owned(),
                account: "1920".to_owned(),
                active: true,
                surcharge: None,
            })),
        ];
        facts.push(self.fact(FactBody::ServiceSet(ServiceItem {
            id: ServiceId(uuid(16, 1)),
            school_id: SCHOOL,
            code: "L1".to_owned(),
            name: "Driving lesson".to_owned(),
            kind: ServiceKind::Lesson,
            unit_price: Decimal::from(850),
            tax_code: "3".to_owned(),
            income_account: "3000".to_owned(),
            active: true,
            package: None,
        })));
        facts.extend(self.series());
        facts
    }

    pub fn series(&mut self) -> Vec<Fact> {
        [(DocumentKind::Invoice, "A"), (DocumentKind::CreditNote, "K")]
            .map(|(kind, letter)| {
                let series = NumberSeries {
                    id: series_id(&self.desk, kind),
                    school_id: SCHOOL,
                    kind,
                    desk: self.desk.clone(),
                    prefix: format!("{letter}{}-", self.desk),
                    first: 1,
                    year: None,
                };
                self.fact(FactBody::SeriesOpened(series))
            })
            .into()
    }

    pub fn student(&mut self, number: u32, name: &str) -> Fact {
        let fact = FactBody::StudentRegistered(Student {
            id: student_id(number),
            school_id: SCHOOL,
            department_id: Some(DEPARTMENT),
            number: (1000 + number).to_string(),
            person: person(name),
        });
        self.fact(fact)
    }

    pub fn invoice(&mut self, number: u32, student: u32, minor: i64, issued: &str) -> Fact {
        let invoice = invoice(&self.desk, number, student, minor, issued);
        self.fact(FactBody::InvoiceIssued(Box::new(invoice)))
    }

    /// An invoice of another system, told alike by whichever desk reads its file.
    pub fn opening(&mut self, number: u32, student: u32, minor: i64, issued: &str) -> Fact {
        let ours = invoice(&self.desk, number, student, minor, issued);
        let parties = DraftInvoice {
            exchange: None,
            school_id: SCHOOL,
            department_id: ours.department_id,
            student_id: ours.student_id,
            seller: ours.seller,
            person: ours.person,
            payer: None,
            issue_date: ours.issue_date,
            delivery_date: None,
            due_date: ours.due_date,
            terms: None,
            currency: Currency::NOK,
            basis: PriceBasis::Gross,
            lines: Vec::new(),
            discount: None,
            reference: String::new(),
            note: String::new(),
        };
        let opening = Opening { number: format!("9-{number}"), total: None, vat: None, earlier: 0 };
        let series = SeriesId(uuid(14, 0));
        let texts = ("Opening balance".to_owned(), format!("9{number}"));
        let id = InvoiceId(uuid(20, number));
        let issued = opening.issue(id, (series, nok(minor)), parties, texts);
        self.fact(FactBody::InvoiceIssued(Box::new(issued.expect("an opening invoice"))))
    }

    pub fn credit_note(&mut self, number: u32, invoice: &Invoice, issued: &str) -> Fact {
        let series = series_id(&self.desk, DocumentKind::CreditNote);
        let order = CreditOrder {
            id: credit_note_id(number),
            number: finance::numbering::DocumentNumber {
                series_id: series,
                sequence: u64::from(number),
                text: format!("K{}-{number}", self.desk),
            },
            issue_date: day(issued),
            reason: "Lesson not held".to_owned(),
            lines: invoice.creditable(&[]),
        };
        let note: CreditNote = invoice.credit(order, &[]).expect("a credit note");
        self.fact(FactBody::CreditNoteIssued(Box::new(note)))
    }

    /// A reminder of one invoice.
    pub fn reminder(&mut self, number: u32, student: u32, invoice: u32) -> Fact {
        self.fact(FactBody::ReminderMade(Reminder {
            id: reminder_id(number),
            school_id: SCHOOL,
            student_id: student_id(student),
            payer_id: None,
            level: Level::First,
            channel: Channel::Email,
            items: vec![RemindedItem {
                invoice_id: invoice_id(invoice),
                instalment: None,
                open: nok(100),
            }],
            fee: Some(nok(3_500)),
            interest: Some(nok(120)),
            made_on: day("2026-02-10"),
            deadline: day("2026-02-24"),
        }))
    }

    /// A plan over invoices, each with what is planned of it, in instalments; a week of grace.
    pub fn plan(
        &mut self,
        (number, student, agreed): (u32, u32, &str),
        invoices: &[(u32, i64)],
        instalments: &[(&str, i64)],
    ) -> Fact {
        let planned = |(invoice, minor): &(u32, i64)| PlannedInvoice {
            invoice_id: invoice_id(*invoice),
            amount: nok(*minor),
        };
        let instalment =
            |(due, minor): &(&str, i64)| Instalment { due_date: day(due), amount: nok(*minor) };
        self.fact(FactBody::PlanAgreed(PaymentPlan {
            id: plan_id(number),
            school_id: SCHOOL,
            student_id: student_id(student),
            agreed_on: day(agreed),
            invoices: invoices.iter().map(planned).collect(),
            instalments: instalments.iter().map(instalment).collect(),
            grace_days: 7,
            replaces: None,
            note: String::new(),
        }))
    }

    pub fn end_plan(&mut self, number: u32, on: &str, reason: &str) -> Fact {
        self.fact(FactBody::PlanEnded(PlanEnd {
            school_id: SCHOOL,
            plan_id: plan_id(number),
            ended_on: day(on),
            reason: reason.to_owned(),
        }))
    }

    pub fn hold(&mut self, held: Held, until: Option<&str>, active: bool) -> Fact {
        let (until, note) = (until.map(day), "Called".to_owned());
        let hold = Hold { held, kind: HoldKind::Paused, until, note, active };
        self.fact(FactBody::ReminderHoldSet(hold))
    }

    /// A rule of the debt gate that watches from an overdue amount on.
    pub fn gate_rule(&mut self, valid_from: &str, minor: i64) -> Fact {
        let watch = Limits { overdue: Some(nok(minor)), ..Limits::default() };
        let usual = GateRule::usual(SCHOOL, Currency::NOK);
        let rule = GateRule { valid_from: day(valid_from), watch, ..usual };
        self.fact(FactBody::GateRuleSet(rule))
    }

    pub fn gate_override(&mut self, student: u32, until: &str, active: bool) -> Fact {
        let (student_id, until) = (student_id(student), day(until));
        let reason = "Pays on Friday".to_owned();
        self.fact(FactBody::GateOverridden(GateOverride { student_id, until, reason, active }))
    }

    pub fn payment(&mut self, number: u32, student: u32, minor: i64, received: &str) -> Fact {
        let payment = Payment {
            base: None,
            id: payment_id(number),
            school_id: SCHOOL,
            department_id: None,
            student_id: student_id(student),
            method: "bank".to_owned(),
            received_on: day(received),
            amount: nok(minor),
            reference: format!("REF{number}"),
            note: String::new(),
            pending: false,
            event: None,
        };
        self.fact(FactBody::PaymentReceived(payment))
    }

    /// A lesson attended at 790.00; told again by another desk it costs something else.
    pub fn event(&mut self, number: u32, student: u32, minor: i64, on: &str) -> Fact {
        let event = BookingEvent {
            id: EventId(uuid(18, number)),
            school_id: SCHOOL,
            key: format!("booking-{number}"),
            kind: EventKind::Attended,
            student_id: student_id(student),
            department_id: Some(DEPARTMENT),
            service_id: ServiceId(uuid(16, 1)),
            quantity: Decimal::ONE,
            happened_on: day(on),
            booking: String::new(),
        };
        let charge = Charge {
            id: charge_id(number),
            service_code: "L1".to_owned(),
            service_kind: ServiceKind::Lesson,
            description: "Driving lesson".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::new(minor, 2),
            discount_percent: Decimal::ZERO,
            tax_code: "3".to_owned(),
            income_account: "3000".to_owned(),
            amount: nok(minor),
        };
        let charge = (minor > 0).then_some(charge);
        self.fact(FactBody::EventRecorded(Box::new(RecordedEvent {
            event,
            charge,
            coverage: Coverage::default(),
        })))
    }

    /// The same lesson, taken out of a package.
    pub fn drawing(&mut self, number: u32, student: u32, entitlement: u32, on: &str) -> Fact {
        let mut fact = self.event(number, student, 0, on);
        if let FactBody::EventRecorded(recorded) = &mut fact.body {
            let draw = draw(1_000 + number, entitlement);
            recorded.coverage = Coverage { whole: true, draws: vec![draw], returns: Vec::new() };
        }
        fact
    }

    /// A lesson called off, which gives a draw back.
    pub fn returning(&mut self, number: u32, student: u32, draw: u32, on: &str) -> Fact {
        let mut fact = self.event(number, student, 0, on);
        if let FactBody::EventRecorded(recorded) = &mut fact.body {
            recorded.event.kind = EventKind::CancelledInTime;
            recorded.event.booking = format!("booking-{}", draw - 1_000);
            recorded.coverage.returns = vec![DrawId(uuid(21, draw))];
        }
        fact
    }

    /// A package of ten lessons, sold by an invoice.
    pub fn package(&mut self, number: u32, student: u32, invoice: u32) -> Fact {
        let held = HeldLessons {
            service_id: ServiceId(uuid(16, 1)),
            service_code: "L1".to_owned(),
            name: "Driving lesson".to_owned(),
            quantity: Decimal::TEN,
            unit_price: Decimal::from(850),
        };
        self.fact(FactBody::EntitlementOpened(Box::new(Entitlement {
            id: EntitlementId(uuid(20, number)),
            school_id: SCHOOL,
            student_id: student_id(student),
            department_id: Some(DEPARTMENT),
            invoice_id: invoice_id(invoice),
            line: 0,
            name: "Ten lessons".to_owned(),
            tax_code: "3".to_owned(),
            opened_on: day("2026-01-01"),
            valid_until: Some(day("2027-01-01")),
            holds: Holds::Lessons { items: vec![held] },
            price: nok(750_000),
            gross: nok(750_000),
            shares: vec![SoldShare { invoice_id: invoice_id(invoice), gross: nok(750_000) }],
            refund: RefundRule::ProRata,
        })))
    }

    pub fn hand_draw(&mut self, number: u32, student: u32, entitlement: u32, on: &str) -> Fact {
        self.fact(FactBody::PackageDrawn(HandDraw {
            school_id: SCHOOL,
            student_id: student_id(student),
            draw: draw(number, entitlement),
            on: day(on),
            booking: String::new(),
            note: "Took two".to_owned(),
        }))
    }

    pub fn draw_return(&mut self, number: u32, student: u32, entitlement: u32, on: &str) -> Fact {
        self.fact(FactBody::DrawReturned(DrawReturn {
            school_id: SCHOOL,
            student_id: student_id(student),
            entitlement_id: EntitlementId(uuid(20, entitlement)),
            draw_id: DrawId(uuid(21, number)),
            on: day(on),
            reason: "Was ill".to_owned(),
        }))
    }

    /// A later last day, for a package of a student.
    pub fn extension(
        &mut self,
        number: u32,
        (student, entitlement): (u32, u32),
        until: &str,
    ) -> Fact {
        self.fact(FactBody::EntitlementExtended(Extension {
            id: ExtensionId(uuid(23, number)),
            school_id: SCHOOL,
            student_id: student_id(student),
            entitlement_id: EntitlementId(uuid(20, entitlement)),
            before: day("2027-01-01"),
            until: day(until),
            on: day("2026-02-01"),
            reason: "Was ill".to_owned(),
        }))
    }

    pub fn package_end(&mut self, number: u32, student: u32, on: &str) -> Fact {
        self.fact(FactBody::EntitlementClosed(Closing {
            school_id: SCHOOL,
            student_id: student_id(student),
            entitlement_id: EntitlementId(uuid(20, number)),
            credit_note_id: credit_note_id(number),
            on: day(on),
            reason: "Moved".to_owned(),
        }))
    }

    pub fn milestone(&mut self, minor: i64) -> Fact {
        self.fact(FactBody::MilestoneSet(Milestone {
            id: MilestoneId(uuid(22, 1)),
            school_id: SCHOOL,
            name: "First half".to_owned(),
            before: Before::Lesson { number: 5, service_id: None },
            amount: nok(minor),
            active: true,
        }))
    }

    pub fn waiver(&mut self, student: u32, active: bool) -> Fact {
        self.fact(FactBody::MilestoneOverridden(MilestoneOverride {
            school_id: SCHOOL,
            milestone_id: MilestoneId(uuid(22, 1)),
            student_id: student_id(student),
            missing: nok(10_000),
            active,
            reason: "Pays on Friday".to_owned(),
        }))
    }

    pub fn void(&mut self, number: u32, reason: &str) -> Fact {
        let reason = reason.to_owned();
        self.fact(FactBody::ChargeVoided { charge_id: charge_id(number), reason })
    }

    pub fn billed(&mut self, invoice: u32, charges: &[u32]) -> Fact {
        let charges = charges.iter().map(|number| charge_id(*number)).collect();
        let run_id = RunId(uuid(19, 1));
        self.fact(FactBody::ChargesBilled(Billing {
            run_id,
            invoice_id: invoice_id(invoice),
            charges,
        }))
    }

    pub fn allocation(
        &mut self,
        number: u32,
        source: CreditSource,
        invoice: u32,
        (minor, on): (i64, &str),
    ) -> Fact {
        let allocation = Allocation {
            worth: None,
            id: AllocationId(uuid(17, number)),
            school_id: SCHOOL,
            student_id: student_id(1),
            source,
            invoice_id: invoice_id(invoice),
            amount: nok(minor),
            allocated_on: day(on),
        };
        self.fact(FactBody::MoneyAllocated(allocation))
    }

    pub fn turn(&mut self, payment: u32, outcome: PaymentOutcome, on: &str) -> Fact {
        let reason = "The bank took it back".to_owned();
        let (school_id, payment_id) = (SCHOOL, payment_id(payment));
        let turn = PaymentTurn { school_id, payment_id, outcome, on: day(on), reason };
        self.fact(FactBody::PaymentTurned(turn))
    }

    pub fn release(&mut self, allocation: u32, on: &str) -> Fact {
        self.fact(FactBody::AllocationReleased(Release {
            school_id: SCHOOL,
            allocation_id: AllocationId(uuid(17, allocation)),
            released_on: day(on),
            reason: "Meant for another invoice".to_owned(),
        }))
    }

    pub fn write_off(&mut self, number: u32, invoice: u32, (minor, on): (i64, &str)) -> Fact {
        self.fact(FactBody::InvoiceWrittenOff(WriteOff {
            base: None,
            id: AllocationId(uuid(17, number)),
            school_id: SCHOOL,
            student_id: student_id(1),
            invoice_id: invoice_id(invoice),
            amount: nok(minor),
            written_off_on: day(on),
            reason: "Moved abroad".to_owned(),
            small: false,
        }))
    }

    pub fn refund(
        &mut self,
        number: u32,
        student: u32,
        source: CreditSource,
        (minor, on): (i64, &str),
    ) -> Fact {
        let amount = nok(minor);
        self.fact(FactBody::RefundPaid(Refund {
            base: None,
            id: RefundId(uuid(18, number)),
            school_id: SCHOOL,
            student_id: student_id(student),
            method: "bank".to_owned(),
            paid_on: day(on),
            amount,
            parts: vec![RefundPart { base: None, source, amount }],
            reference: String::new(),
            reason: "Paid twice".to_owned(),
        }))
    }
}

/// One lesson out of a package.
fn draw(number: u32, entitlement: u32) -> Draw {
    Draw {
        id: DrawId(uuid(21, number)),
        entitlement_id: EntitlementId(uuid(20, entitlement)),
        service_id: ServiceId(uuid(16, 1)),
        taken: Taken::Lessons { quantity: Decimal::ONE },
    }
}

pub(crate) fn person(name: &str) -> Person {
    let email = format!("{}@example.test", name.to_lowercase().replace(' ', "."));
    Person { name: name.to_owned(), email, ..Person::default() }
}

pub(crate) fn school() -> School {
    School {
        id: SCHOOL,
        name: "Fjord".to_owned(),
        seller: seller(),
        country: "NO".to_owned(),
        currency: Currency::NOK,
        price_basis: PriceBasis::Gross,
        language: "nb".to_owned(),
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
        name: "Fjord Trafikkskole AS".to_owned(),
        org_number: "999999999".to_owned(),
        vat_number: "999999999MVA".to_owned(),
        address: finance::party::Address::default(),
        email: String::new(),
        phone: String::new(),
        bank_account: "1234 56 78901".to_owned(),
    }
}

fn tax() -> TaxCode {
    TaxCode {
        code: "3".to_owned(),
        name: "25 %".to_owned(),
        category: VatCategory::S,
        rate: Decimal::from(25),
        reason: None,
        valid_from: day("2020-01-01"),
    }
}

/// An invoice with one line, due 14 days after its issue.
pub(crate) fn invoice(desk: &str, number: u32, student: u32, minor: i64, issued: &str) -> Invoice {
    let issued = day(issued);
    let draft = DraftInvoice {
        exchange: None,
        school_id: SCHOOL,
        department_id: Some(DEPARTMENT),
        student_id: student_id(student),
        seller: seller(),
        person: person(&format!("Student {student}")),
        issue_date: issued,
        delivery_date: None,
        due_date: issued + chrono::Days::new(14),
        currency: Currency::NOK,
        payer: None,
        terms: None,
        discount: None,
        basis: PriceBasis::Gross,
        lines: vec![LineItem {
            service_id: Some(ServiceId(uuid(16, 1))),
            service_code: "L1".to_owned(),
            kind: ServiceKind::Lesson,
            description: "Driving lesson".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::new(minor, 2),
            discount_percent: Decimal::ZERO,
            tax: tax(),
            income_account: "3000".to_owned(),
        }],
        reference: format!("PO {number}"),
        note: String::new(),
    };
    let text = format!("A{desk}-{number}");
    let number = finance::numbering::DocumentNumber {
        series_id: series_id(desk, DocumentKind::Invoice),
        sequence: u64::from(number),
        text,
    };
    let reference = format!("{:09}", 700_000 + number.sequence);
    let id = invoice_id(u32::try_from(number.sequence).expect("a small number"));
    draft.issue(id, number, reference).expect("an invoice")
}

/// A book on disk that goes away with the test.
pub(crate) struct Book {
    pub folder: tempfile::TempDir,
    pub store: Store,
}

impl Book {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::create(&folder.path().join("book"), &key()).await.expect("a book");
        Self { folder, store }
    }

    /// A book in which desk `1` has begun.
    pub async fn begun() -> (Self, Facts) {
        let (book, mut facts) = (Self::new().await, Facts::of("1"));
        book.record(&facts.beginning()).await.expect("the beginning");
        (book, facts)
    }

    pub async fn record(&self, facts: &[Fact]) -> Result<usize, StoreError> {
        let mut tx = self.store.begin().await?;
        let fresh = tx.record(facts).await?;
        tx.commit().await?;
        Ok(fresh)
    }
}
