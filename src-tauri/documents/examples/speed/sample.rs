//! Invented documents for measuring and testing.

use super::documents::paper::{Language, Paper};
use finance::Currency;
use finance::catalogue::ServiceKind;
use finance::credit_note::CreditOrder;
use finance::ids::{CreditNoteId, InvoiceId, SchoolId, SeriesId, StudentId};
use finance::invoice::{DraftInvoice, Invoice};
use finance::line::LineItem;
use finance::numbering::DocumentNumber;
use finance::party::{Address, Person, Seller};
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use rust_decimal::Decimal;
use uuid::Uuid;

const SERVICES: [(&str, i64, usize); 4] = [
    ("Kjøretime klasse B, 45 min", 79_000, 0),
    ("Pakke 10 kjøretimer klasse B", 750_000, 0),
    ("Trafikalt grunnkurs", 245_000, 1),
    ("Gebyr førerprøve klasse B", 143_000, 2),
];

pub fn address(line1: &str, postal_code: &str, city: &str) -> Address {
    let (line1, postal_code, city) = (line1.into(), postal_code.into(), city.into());
    Address { line1, line2: String::new(), postal_code, city, country: "NO".into() }
}

pub fn tax(place: usize) -> TaxCode {
    let (code, name, category, rate, reason) = [
        ("3", "høy sats", VatCategory::S, 25, None),
        ("6", "unntatt", VatCategory::E, 0, Some("Undervisning, unntatt fra merverdiavgift.")),
        ("7", "utlegg", VatCategory::E, 0, Some("Utlegg for eleven, uten påslag og avgift.")),
    ][place % 3];
    TaxCode {
        code: code.into(),
        name: name.into(),
        category,
        rate: Decimal::from(rate),
        reason: reason.map(Into::into),
        valid_from: chrono::NaiveDate::default(),
    }
}

pub fn item(place: usize) -> LineItem {
    let (name, price, code) = SERVICES[place % SERVICES.len()];
    LineItem {
        service_id: None,
        service_code: String::new(),
        kind: ServiceKind::Lesson,
        description: name.into(),
        quantity: Decimal::from(1 + place % 4),
        unit_price: Decimal::new(price, 2),
        discount_percent: Decimal::from(if place % 7 == 1 { 5 } else { 0 }),
        tax: tax(code),
        income_account: "3000".into(),
    }
}

pub fn draft(lines: Vec<LineItem>) -> DraftInvoice {
    DraftInvoice {
        exchange: None,
        school_id: SchoolId(Uuid::nil()),
        department_id: None,
        student_id: StudentId(Uuid::nil()),
        seller: Seller {
            name: "Fjordby Trafikkskole AS".into(),
            org_number: "999 000 111".into(),
            vat_number: "999 000 111 MVA".into(),
            address: address("Havnegata 12", "4999", "Fjordby"),
            email: "faktura@fjordby.example".into(),
            phone: String::new(),
            bank_account: "1506 72 40418".into(),
        },
        person: Person {
            name: "Jonas Lindås".into(),
            address: address("Bjørkelia 14 B", "4998", "Fjordby"),
            ..Person::default()
        },
        issue_date: "2026-11-20".parse().unwrap_or_default(),
        delivery_date: None,
        due_date: "2026-12-04".parse().unwrap_or_default(),
        currency: Currency::NOK,
        payer: None,
        terms: None,
        discount: None,
        basis: PriceBasis::Gross,
        lines,
        reference: String::new(),
        note: "Alt utestående må være betalt tre virkedager før førerprøven.".into(),
    }
}

pub fn number(sequence: u64) -> DocumentNumber {
    let series_id = SeriesId(Uuid::nil());
    DocumentNumber { series_id, sequence, text: format!("A-{sequence}") }
}

pub fn invoice(lines: Vec<LineItem>) -> Invoice {
    let id = InvoiceId(Uuid::nil());
    match draft(lines).issue(id, number(10_484), "100317800104846".into()) {
        Ok(invoice) => invoice,
        Err(why) => panic!("the sample breaks a rule: {why}"),
    }
}

pub fn paper(count: usize, language: Language) -> Paper {
    let mut paper = Paper::invoice(&invoice((0..count).map(item).collect()), language);
    paper.student_number = "1003178".into();
    paper.department = "Sentrum".into();
    paper
}

pub fn credit_note(language: Language) -> Paper {
    let invoice = invoice((0..4).map(item).collect());
    let order = CreditOrder {
        id: CreditNoteId(Uuid::nil()),
        number: DocumentNumber { text: "AK-217".into(), ..number(217) },
        issue_date: invoice.issue_date,
        reason: "To timer ble avlyst av skolen.".into(),
        lines: invoice.creditable(&[]).into_iter().take(2).collect(),
    };
    match invoice.credit(order, &[]) {
        Ok(note) => Paper::credit_note(&note, language),
        Err(why) => panic!("the sample breaks a rule: {why}"),
    }
}

pub fn long_names(language: Language) -> Paper {
    let mut paper = paper(3, language);
    paper.person.name = "Żółcińska-Großmann, Łucja Åshild Жанна Ωmega ₹ 漢 ".repeat(3);
    paper.seller.name = "Nordfjord og Omegn Trafikkskole og Kjøreopplæring AS".into();
    paper.reference = "Anlegg og Transport, avdeling Straße/Größe/Łódź 4711".into();
    paper.totals.lines[0].item.description =
        "Kjøretime på landevei med øvelse i forbikjøring, mørkekjøring og langkjøring over flere \
         dager, etter avtale med instruktør Łukasz Weiß (₹ 500 tilsvarer omtrent 60 kr)"
            .into();
    paper.totals.lines[1].item.description = "Donaudampfschifffahrtsgesellschaft".repeat(5);
    paper
}
