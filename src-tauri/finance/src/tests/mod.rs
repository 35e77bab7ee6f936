//! Properties and cases of the rules, over more than one module.

mod booking;
mod charging;
mod crediting;
mod erasing;
mod exchanging;
mod instalments;
mod interest;
mod issuing;
mod kid;
mod milestones;
mod numbering;
mod opening;
mod owing;
mod packages;
mod posting;
mod pricing;
mod recurring;
mod reminding;
mod reporting;
mod settling;
mod splitting;
mod surcharging;
mod turning;

use crate::catalogue::ServiceKind;
use crate::ids::{InvoiceId, SchoolId, SeriesId, StudentId};
use crate::invoice::{DraftInvoice, Invoice};
use crate::line::LineItem;
use crate::money::{Currency, Money};
use crate::numbering::DocumentNumber;
use crate::party::{Address, Person, Seller};
use crate::tax::{PriceBasis, TaxCode, VatCategory};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn nok(text: &str) -> Money {
    Money::exact(dec(text), Currency::NOK).unwrap()
}

pub fn tax(code: &str, category: VatCategory, rate: &str) -> TaxCode {
    let reason = matches!(category, VatCategory::E | VatCategory::O).then(|| "Unntatt".to_owned());
    let valid_from = day("2020-01-01");
    TaxCode { code: code.into(), name: code.into(), category, rate: dec(rate), reason, valid_from }
}

pub fn standard(rate: &str) -> TaxCode {
    tax("3", VatCategory::S, rate)
}

pub fn line(quantity: &str, unit_price: &str, tax: TaxCode) -> LineItem {
    LineItem {
        service_id: None,
        service_code: "KT-B".into(),
        kind: ServiceKind::Lesson,
        description: "Kjøretime".into(),
        quantity: dec(quantity),
        unit_price: dec(unit_price),
        discount_percent: Decimal::ZERO,
        tax,
        income_account: "3000".into(),
    }
}

pub fn draft(lines: Vec<LineItem>, basis: PriceBasis, currency: Currency) -> DraftInvoice {
    DraftInvoice {
        exchange: None,
        school_id: SchoolId(Uuid::from_u128(1)),
        department_id: None,
        student_id: StudentId(Uuid::from_u128(2)),
        seller: Seller {
            name: "Fjordby Trafikkskole AS".into(),
            org_number: "999 000 111".into(),
            vat_number: "999 000 111 MVA".into(),
            address: Address::default(),
            email: String::new(),
            phone: String::new(),
            bank_account: "1506 72 40418".into(),
        },
        person: Person { name: "Jonas Lindås".into(), ..Person::default() },
        issue_date: day("2026-11-20"),
        delivery_date: None,
        due_date: day("2026-12-04"),
        currency,
        payer: None,
        terms: None,
        discount: None,
        basis,
        lines,
        reference: String::new(),
        note: String::new(),
    }
}

pub fn number(sequence: u64) -> DocumentNumber {
    let series_id = SeriesId(Uuid::from_u128(3));
    DocumentNumber { series_id, sequence, text: format!("A-{sequence}") }
}

pub fn issued(draft: DraftInvoice) -> Invoice {
    draft.issue(InvoiceId(Uuid::from_u128(4)), number(10461), String::new()).unwrap()
}

pub fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["NOK", "EUR", "JPY", "KWD"]).prop_map(|code| code.parse().unwrap())
}

pub fn any_basis() -> impl Strategy<Value = PriceBasis> {
    prop::sample::select(vec![PriceBasis::Gross, PriceBasis::Net])
}

pub fn any_tax() -> impl Strategy<Value = TaxCode> {
    prop::sample::select(vec![
        tax("3", VatCategory::S, "25"),
        tax("31", VatCategory::S, "15"),
        tax("33", VatCategory::S, "12"),
        tax("x", VatCategory::S, "12.5"),
        tax("5", VatCategory::Z, "0"),
        tax("6", VatCategory::E, "0"),
    ])
}

/// A line of a price with up to four decimals, at times below nothing, at times discounted.
pub fn any_line(lowest: i64) -> impl Strategy<Value = LineItem> {
    (1_i64..200_000, lowest..90_000_000_i64, 0_i64..=10_000, any::<bool>(), any_tax()).prop_map(
        |(quantity, price, discount, discounted, tax)| {
            let mut item = line("1", "0", tax);
            item.quantity = Decimal::new(quantity, 4);
            item.unit_price = Decimal::new(price, 4);
            item.discount_percent = Decimal::new(if discounted { discount } else { 0 }, 2);
            item
        },
    )
}

pub fn any_lines(lowest: i64) -> impl Strategy<Value = Vec<LineItem>> {
    prop::collection::vec(any_line(lowest), 1..20)
}
