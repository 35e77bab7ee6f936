//! What a booking comes to: events of the booking system, the school's rules, and charges.
//!
//! Never edits a charge: it is frozen when its event is recorded, and then billed once, or voided
//! with a reason. Never asks what an event was worth by a rule of a later day.

use crate::catalogue::{ServiceItem, ServiceKind};
use crate::holding::Coverage;
use crate::ids::{
    ChargeId, DepartmentId, EventId, InvoiceId, RunId, SchoolId, ServiceId, StudentId,
};
use crate::line::{LineItem, LineRejection};
use crate::money::{Currency, Money};
use crate::pricing::{self, MAX_LINES};
use crate::tax::TaxCode;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The student came.
    Attended,
    /// Cancelled before the school's notice ran out.
    CancelledInTime,
    /// Cancelled after the notice had run out.
    CancelledLate,
    /// The student did not come.
    NoShow,
    /// The student's package was changed for the one that is named.
    PackageChanged,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Attended,
        Self::CancelledInTime,
        Self::CancelledLate,
        Self::NoShow,
        Self::PackageChanged,
    ];

    /// What holds where the school has set no rule: what was held is paid for, and so is what was
    /// missed without notice.
    pub const fn usual(self) -> ChargeEffect {
        match self {
            Self::CancelledInTime => ChargeEffect::Nothing,
            Self::Attended | Self::CancelledLate | Self::NoShow | Self::PackageChanged => {
                ChargeEffect::Full
            }
        }
    }
}

/// Something that happened in the booking system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingEvent {
    /// Its identity, made from the school and the key: the same event has the same id at every
    /// desk.
    pub id: EventId,
    /// The school.
    pub school_id: SchoolId,
    /// Names the event in the booking system; recording a key twice records it once.
    pub key: String,
    /// What became of the booking.
    pub kind: EventKind,
    /// Whose booking.
    pub student_id: StudentId,
    /// The department it is booked on.
    pub department_id: Option<DepartmentId>,
    /// What was booked.
    pub service_id: ServiceId,
    /// How many of it; above zero, at most four decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// The day of the booking.
    pub happened_on: NaiveDate,
    /// Names the booking, where several events tell of one; empty: the key names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub booking: String,
}

/// What an event costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum ChargeEffect {
    /// The price of the service.
    Full,
    /// A part of the price.
    Percent {
        /// Above 0, at most 100, at most two decimals.
        #[serde(with = "rust_decimal::serde::str")]
        percent: Decimal,
    },
    /// The same for each event, whatever was booked.
    Fee {
        /// In the school's price basis; above 0, at most four decimals.
        #[serde(with = "rust_decimal::serde::str")]
        fee: Decimal,
    },
    /// Nothing is charged.
    Nothing,
}

impl ChargeEffect {
    /// Whether percent or fee lie in their bounds.
    pub fn is_sound(self) -> bool {
        let positive = |value: Decimal| value > Decimal::ZERO;
        match self {
            Self::Full | Self::Nothing => true,
            Self::Percent { percent } => {
                positive(percent)
                    && percent <= Decimal::ONE_HUNDRED
                    && percent.normalize().scale() <= 2
            }
            Self::Fee { fee } => {
                positive(fee) && fee <= Decimal::from(1_000_000) && fee.normalize().scale() <= 4
            }
        }
    }
}

/// What a kind of event costs from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeRule {
    /// The school.
    pub school_id: SchoolId,
    /// The kind of event.
    pub event: EventKind,
    /// For this service only; nothing: for every service without a rule of its own.
    pub service_id: Option<ServiceId>,
    /// First day on which the rule holds.
    pub valid_from: NaiveDate,
    /// What is charged.
    pub effect: ChargeEffect,
}

impl ChargeRule {
    /// The effect for an event on a day: the service's own rule before the one for all services,
    /// of each the latest that began on or before the day, and else what is usual.
    pub fn effect(
        rules: &[Self],
        event: EventKind,
        service: ServiceId,
        day: NaiveDate,
    ) -> ChargeEffect {
        let latest = |wanted: Option<ServiceId>| {
            rules
                .iter()
                .filter(|rule| rule.event == event && rule.service_id == wanted)
                .filter(|rule| rule.valid_from <= day)
                .max_by_key(|rule| rule.valid_from)
        };
        let found = latest(Some(service)).or_else(|| latest(None));
        found.map_or(event.usual(), |rule| rule.effect)
    }
}

/// An amount to be billed, frozen with the price and the rule of its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Its identity: the event's.
    pub id: ChargeId,
    /// Code of the service.
    pub service_code: String,
    /// Kind of the service.
    pub service_kind: ServiceKind,
    /// What the invoice will say.
    pub description: String,
    /// How many.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Price of one in the school's basis.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    /// Percent taken off, where the rule charges a part.
    #[serde(with = "rust_decimal::serde::str")]
    pub discount_percent: Decimal,
    /// Code into the school's VAT table.
    pub tax_code: String,
    /// Account its income is posted to.
    pub income_account: String,
    /// What its line will come to, in the school's basis.
    pub amount: Money,
}

impl BookingEvent {
    /// The booking it is about.
    pub fn about(&self) -> &str {
        if self.booking.is_empty() { &self.key } else { &self.booking }
    }

    /// The charge of this event; nothing where the rules charge nothing.
    ///
    /// # Errors
    /// [`LineRejection`] where quantity or price leave the bounds of a line.
    pub fn charge(
        &self,
        rules: &[ChargeRule],
        service: &ServiceItem,
        description: String,
        currency: Currency,
    ) -> Result<Option<Charge>, LineRejection> {
        let effect = ChargeRule::effect(rules, self.kind, self.service_id, self.happened_on);
        let (quantity, unit_price, discount_percent) = match effect {
            ChargeEffect::Nothing => return Ok(None),
            ChargeEffect::Full => (self.quantity, service.unit_price, Decimal::ZERO),
            ChargeEffect::Percent { percent } => {
                (self.quantity, service.unit_price, Decimal::ONE_HUNDRED - percent)
            }
            ChargeEffect::Fee { fee } => (Decimal::ONE, fee, Decimal::ZERO),
        };
        let amount = pricing::amount((quantity, unit_price, discount_percent), currency, 1)?;
        Ok(Some(Charge {
            id: ChargeId(self.id.0),
            service_code: service.code.clone(),
            service_kind: service.kind,
            description,
            quantity,
            unit_price,
            discount_percent,
            tax_code: service.tax_code.clone(),
            income_account: service.income_account.clone(),
            amount,
        }))
    }
}

impl Charge {
    /// The line that bills this charge, with VAT as it stands on the document's date.
    pub fn line(&self, service_id: ServiceId, tax: TaxCode) -> LineItem {
        LineItem {
            service_id: Some(service_id),
            service_code: self.service_code.clone(),
            kind: self.service_kind,
            description: self.description.clone(),
            quantity: self.quantity,
            unit_price: self.unit_price,
            discount_percent: self.discount_percent,
            tax,
            income_account: self.income_account.clone(),
        }
    }
}

/// An event with what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedEvent {
    /// What happened.
    pub event: BookingEvent,
    /// What is to be billed for it; nothing where the rules charge nothing or a package pays.
    pub charge: Option<Charge>,
    /// What packages have to do with it.
    #[serde(default, skip_serializing_if = "Coverage::is_none")]
    pub coverage: Coverage,
}

/// Charges that an invoice billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
    /// The run it came from.
    pub run_id: RunId,
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its charges, in the order of the lines.
    pub charges: Vec<ChargeId>,
}

/// What goes onto one invoice of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Whom it is for.
    pub student_id: StudentId,
    /// The department it is booked on.
    pub department_id: Option<DepartmentId>,
    /// Its charges are outside the scope of VAT, which stand alone (EN 16931 BR-O-11).
    pub out_of_scope: bool,
    /// Counts the bills of one student, department and scope, from 0.
    pub part: u32,
    /// Its charges, by day.
    pub charges: Vec<RecordedEvent>,
}

/// Sorts a pool into bills: one per student and department, apart from it what is outside the
/// scope of VAT, and a further one where the lines of a document run out. Every charge of the pool
/// stands on exactly one bill; events without a charge stand on none.
pub fn bills(pool: Vec<RecordedEvent>, is_out_of_scope: impl Fn(&str) -> bool) -> Vec<Bill> {
    type Key = (StudentId, Option<DepartmentId>, bool);
    let mut sorted: BTreeMap<Key, BTreeMap<(NaiveDate, EventId), RecordedEvent>> = BTreeMap::new();
    for recorded in pool {
        let Some(charge) = &recorded.charge else { continue };
        let event = &recorded.event;
        let key = (event.student_id, event.department_id, is_out_of_scope(&charge.tax_code));
        let place = (event.happened_on, event.id);
        sorted.entry(key).or_default().insert(place, recorded);
    }
    let mut made = Vec::new();
    for ((student_id, department_id, out_of_scope), charges) in sorted {
        let charges: Vec<RecordedEvent> = charges.into_values().collect();
        for (part, charges) in (0..).zip(charges.chunks(MAX_LINES)) {
            let charges = charges.to_vec();
            made.push(Bill { student_id, department_id, out_of_scope, part, charges });
        }
    }
    made
}
