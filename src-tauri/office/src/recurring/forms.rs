//! Between a template as it is typed, as it is kept, and the drafts made from it.
//!
//! Never prices anything: drafts are priced when they are made.

use crate::drafts::discount_view;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::invoices::{DiscountInput, DraftInput, LineInput};
use crate::wire::payers::PayerPart;
use crate::wire::recurring::SaveRecurring;
use crate::{exchange, payers, services, show, typed};
use chrono::NaiveDate;
use finance::discount::DocumentDiscount;
use finance::exchange::ExchangeRate;
use finance::ids::{InvoiceId, StudentId};
use finance::payer::PayerShare;
use finance::recurring::{
    Making, Recurring, RecurringLine, RecurringPayer, RecurringState, Rhythm,
};
use finance::split::Part;
use finance::{Currency, Money};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

#[derive(Clone, Copy)]
enum Step {
    Weekly,
    Monthly,
}

const RHYTHMS: &[(&str, Step)] = &[("weekly", Step::Weekly), ("monthly", Step::Monthly)];

/// A template as typed, at this desk and going on.
///
/// # Errors
/// [`Code::Invalid`] at the field that cannot be read.
pub fn read(office: &Office, request: &SaveRecurring) -> Result<Recurring, Fault> {
    let every = request.every;
    let rhythm = match typed::one_of("rhythm", &request.rhythm, RHYTHMS)? {
        Step::Weekly => Rhythm::Weekly { every },
        Step::Monthly => Rhythm::Monthly { every, day: request.day },
    };
    let students = request.student_ids.iter().map(|id| typed::id("student_ids", id));
    let lines = request.lines.iter().enumerate();
    let currency = exchange::optional_currency(office, request.currency.as_deref())?;
    let shares = request.payers.as_ref().map(|shares| {
        shares.iter().enumerate().map(|(place, share)| payer(currency, place, share)).collect()
    });
    Ok(Recurring {
        id: typed::id("id", &request.id)?,
        school_id: office.school.id,
        desk: office.desk.clone(),
        name: typed::required("name", &request.name, typed::SHORT)?,
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
        students: students.collect::<Result<_, _>>()?,
        currency: Some(currency).filter(|currency| *currency != office.school.currency),
        lines: lines.map(|(place, typed)| line(place, typed)).collect::<Result<_, _>>()?,
        payers: shares.transpose()?,
        discount: discount(currency, request.discount.as_ref())?,
        reference: typed::text("reference", &request.reference, typed::SHORT)?,
        note: typed::note("note", &request.note)?,
        rhythm,
        from: typed::date("from", &request.from)?,
        until: typed::optional_date("until", request.until.as_deref())?,
        count: request.count,
        terms: payers::terms("terms", &request.terms)?,
        making: if request.issue { Making::Issue } else { Making::Draft },
        state: RecurringState::Active,
        resumed_on: None,
        joined: BTreeMap::new(),
    })
}

fn payer(currency: Currency, place: usize, share: &PayerPart) -> Result<RecurringPayer, Fault> {
    let field = format!("payers.{place}");
    Ok(RecurringPayer {
        payer_id: typed::optional_id(&field, share.payer_id.as_deref())?,
        part: payers::part(&field, share, currency)?,
        reference: typed::text(&field, &share.reference, typed::SHORT)?,
    })
}

fn discount(
    currency: Currency,
    given: Option<&DiscountInput>,
) -> Result<Option<DocumentDiscount>, Fault> {
    let Some(given) = given.filter(|given| !given.value.trim().is_empty()) else {
        return Ok(None);
    };
    match given.kind.as_str() {
        "percent" => Ok(Some(DocumentDiscount::Percent(typed::decimal("discount", &given.value)?))),
        "amount" => {
            let amount = typed::money("discount", &given.value, currency)?;
            Ok(Some(DocumentDiscount::Amount(amount)))
        }
        _ => {
            let fault = Fault::new(Code::Invalid, "There is no such kind of discount.");
            Err(fault.at("discount").rule("document_discount"))
        }
    }
}

fn line(place: usize, line: &LineInput) -> Result<RecurringLine, Fault> {
    let at = |field: &str| format!("lines.{place}.{field}");
    let discount = match line.discount_percent.trim() {
        "" => Decimal::ZERO,
        typed => typed::decimal(&at("discount_percent"), typed)?,
    };
    Ok(RecurringLine {
        service_id: typed::optional_id(&at("service_id"), line.service_id.as_deref())?,
        kind: typed::one_of(&at("kind"), &line.kind, show::SERVICE_KINDS)?,
        description: typed::required(&at("description"), &line.description, typed::LINE)?,
        quantity: typed::decimal(&at("quantity"), &line.quantity)?,
        unit_price: services::unit_price(&at("unit_price"), &line.unit_price)?,
        discount_percent: discount,
        tax_code: typed::required(&at("tax_code"), &line.tax_code, 20)?,
        income_account: typed::text(&at("income_account"), &line.income_account, 20)?,
    })
}

fn typed_line(line: &RecurringLine) -> LineInput {
    LineInput {
        service_id: line.service_id.map(|id| id.to_string()),
        kind: show::name_of(&line.kind, show::SERVICE_KINDS),
        description: line.description.clone(),
        quantity: line.quantity.to_string(),
        unit_price: line.unit_price.to_string(),
        discount_percent: line.discount_percent.to_string(),
        tax_code: line.tax_code.clone(),
        income_account: line.income_account.clone(),
    }
}

fn typed_payer(payer: &RecurringPayer) -> PayerPart {
    let share = PayerShare { payer_id: payer.payer_id, part: payer.part };
    PayerPart { reference: payer.reference.clone(), ..payers::share_input(&share) }
}

/// A template as it was typed.
pub fn view(recurring: &Recurring) -> SaveRecurring {
    let (rhythm, every, day) = match recurring.rhythm {
        Rhythm::Weekly { every } => ("weekly", every, 1),
        Rhythm::Monthly { every, day } => ("monthly", every, day),
    };
    let payers = recurring.payers.as_ref();
    SaveRecurring {
        id: recurring.id.to_string(),
        name: recurring.name.clone(),
        department_id: recurring.department_id.map(|id| id.to_string()),
        student_ids: recurring.students.iter().map(ToString::to_string).collect(),
        currency: recurring.currency.map(|currency| currency.to_string()),
        lines: recurring.lines.iter().map(typed_line).collect(),
        payers: payers.map(|payers| payers.iter().map(typed_payer).collect()),
        discount: recurring.discount.map(discount_view),
        reference: recurring.reference.clone(),
        note: recurring.note.clone(),
        rhythm: rhythm.to_owned(),
        every,
        day,
        from: recurring.from.to_string(),
        until: recurring.until.map(|day| day.to_string()),
        count: recurring.count,
        terms: payers::terms_view(recurring.terms),
        issue: recurring.making == Making::Issue,
    }
}

/// One date of a template for one student.
pub struct Occasion<'a> {
    /// The date.
    pub period: NaiveDate,
    /// For whom.
    pub student: StudentId,
    /// The id its document has.
    pub id: InvoiceId,
    /// Who pays for the student by default.
    pub defaults: &'a [PayerShare],
    /// What other currencies are worth.
    pub rates: &'a [ExchangeRate],
}

/// Who pays by default, in the currency of a template: an amount of the school's by the rate of the
/// day. Where none is known it is left empty, so that the invoice waits for a person.
fn default_payer(
    share: &PayerShare,
    currency: Option<Currency>,
    (rates, day): (&[ExchangeRate], NaiveDate),
) -> PayerPart {
    let typed = payers::share_input(share);
    let (Some(currency), Part::Amount(amount)) = (currency, share.part) else { return typed };
    let rate = ExchangeRate::in_force(rates, currency, day);
    let own =
        rate.and_then(|rate| rate.used(amount.currency()).price(amount.amount(), currency).ok());
    PayerPart { value: own.map_or_else(String::new, Money::plain), ..typed }
}

/// What a template names, as far as a draft names it: so that it can be read before any date is.
pub fn named(recurring: &Recurring) -> DraftInput {
    let nobody = Occasion {
        period: recurring.from,
        student: StudentId(uuid::Uuid::nil()),
        id: InvoiceId(uuid::Uuid::nil()),
        defaults: &[],
        rates: &[],
    };
    draft(recurring, &nobody, recurring.from)
}

/// The draft of a date. It is dated the day it is made, so that numbers and dates rise together;
/// the date itself is when it was delivered, where that day has passed (EU VAT directive
/// 2006/112/EC art. 226 (7)).
pub fn draft(recurring: &Recurring, of: &Occasion<'_>, today: NaiveDate) -> DraftInput {
    let issued = of.period.max(today);
    let payers = match &recurring.payers {
        Some(named) => named.iter().map(typed_payer).collect(),
        None => {
            let rates = (of.rates, issued);
            of.defaults.iter().map(|it| default_payer(it, recurring.currency, rates)).collect()
        }
    };
    DraftInput {
        id: of.id.to_string(),
        student_id: Some(of.student.to_string()),
        department_id: recurring.department_id.map(|id| id.to_string()),
        issue_date: issued.to_string(),
        delivery_date: (of.period < issued).then(|| of.period.to_string()),
        due_date: recurring.terms.due(issued).to_string(),
        reference: recurring.reference.clone(),
        note: recurring.note.clone(),
        lines: recurring.lines.iter().map(typed_line).collect(),
        payers,
        discount: recurring.discount.map(discount_view),
        terms: Some(payers::terms_view(recurring.terms)),
        scheduled_on: None,
        currency: recurring.currency.map(|currency| currency.to_string()),
    }
}
