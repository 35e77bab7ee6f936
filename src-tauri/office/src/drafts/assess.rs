//! One look at a draft: its prices, what issuing it would say, and the document it would become.
//!
//! Never writes, and never looks at anything but the book and what is typed.

use super::buyers;
use super::checks::{self, error, fine, warning, with};
use super::dates::{self, Dates};
use super::exchanged;
use super::lines::{self, Line, Page};
use super::tables::Tables;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::invoices::{DraftInput, DraftStudent, DraftView, IssueCheck, LineSums};
use crate::wire::payers::PayerPartView;
use crate::{payers, show, typed};
use chrono::NaiveDate;
use finance::discount::DocumentDiscount;
use finance::ids::{PayerId, StudentId};
use finance::invoice::{DraftInvoice, DraftPart, InvoiceRejection};
use finance::line::{LineItem, LineRejection, Totals};
use finance::numbering::DocumentNumber;
use finance::pricing;
use finance::{Currency, Money};
use store::{StudentRow, View};

/// A draft looked at.
pub(crate) struct Assessed {
    student: Option<StudentRow>,
    lines: Vec<Option<LineSums>>,
    totals: Option<Totals>,
    checks: Vec<IssueCheck>,
    next_number: String,
    today: NaiveDate,
    /// The currency of the books.
    base: Currency,
    /// The document as far as it goes.
    sketch: DraftInvoice,
    /// What each payer gets, where there are several.
    parts: Vec<DraftPart>,
    parts_shown: Vec<crate::wire::invoices::DraftPart>,
    payers: Vec<PayerPartView>,
    default_payers: Vec<PayerPartView>,
    due: Option<NaiveDate>,
    /// Whom it is for and both dates are known.
    complete: bool,
}

impl Assessed {
    pub(crate) fn student_id(&self) -> Option<StudentId> {
        self.student.as_ref().map(|row| row.student.id)
    }

    pub(crate) fn totals(&self) -> Option<&Totals> {
        self.totals.as_ref()
    }

    /// The number of the student, for the payment reference.
    pub(crate) fn student_number(&self) -> &str {
        self.student.as_ref().map_or("", |row| &row.student.number)
    }

    /// The first thing that keeps it from being issued.
    pub(crate) fn obstacle(&self) -> Option<&IssueCheck> {
        self.checks.iter().find(|check| check.outcome == "error")
    }

    /// The document, where it is complete, and its parts, where several pay.
    pub(crate) fn into_document(self) -> Option<(DraftInvoice, Vec<DraftPart>)> {
        self.complete.then_some((self.sketch, self.parts))
    }

    /// The date of the document.
    pub(crate) const fn issue_date(&self) -> NaiveDate {
        self.sketch.issue_date
    }

    /// The document as far as it goes, for a preview.
    pub(crate) fn sketch(&self) -> &DraftInvoice {
        &self.sketch
    }

    /// The part of the first of several payers.
    pub(crate) fn first_part(&self) -> Option<&DraftPart> {
        self.parts.first()
    }

    /// The only payer, where that is not the student.
    pub(crate) fn payer_id(&self) -> Option<PayerId> {
        self.sketch.payer.as_ref().map(|payer| payer.payer_id)
    }

    /// Last day to pay, once it is whole.
    pub(crate) const fn due_date(&self) -> Option<NaiveDate> {
        self.due
    }

    /// Its total in the currency of the books, where it is in another one and a rate is known.
    pub(crate) fn base_gross(&self) -> Option<Money> {
        let conversion = self.sketch.conversion(self.totals.as_ref()?).ok()??;
        Some(conversion.sums.gross)
    }

    /// The currency of every amount.
    pub(crate) const fn currency(&self) -> Currency {
        self.sketch.currency
    }

    pub(crate) fn view(self, draft: DraftInput, saved: bool) -> DraftView {
        let draft_due = draft.due_date.clone();
        let exchange = exchanged::view(self.base, &self.sketch, self.totals.as_ref());
        DraftView {
            draft,
            saved,
            student: self.student.as_ref().map(|row| DraftStudent {
                id: row.student.id.to_string(),
                name: row.student.person.name.clone(),
                number: row.student.number.clone(),
                balance: row.balance.into(),
                overdue: row.overdue.into(),
                days_overdue: days_overdue(row, self.today),
            }),
            due_date: self.due.map_or_else(|| draft_due, |due| due.to_string()),
            default_payers: self.default_payers,
            payers: self.payers,
            parts: self.parts_shown,
            next_number: self.next_number,
            lines: self.lines,
            totals: self.totals.as_ref().map(show::totals),
            exchange,
            can_issue: checks::pass(&self.checks) && self.complete,
            checks: self.checks,
        }
    }
}

fn days_overdue(row: &StudentRow, today: NaiveDate) -> i32 {
    let days = row.oldest_due.map_or(0, |due| (today - due).num_days().max(0));
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// Looks at a draft.
///
/// # Errors
/// What the database reports; nothing about the draft itself is an error.
pub(crate) async fn assess(
    view: &mut View,
    office: &Office,
    tables: &mut Tables,
    draft: &DraftInput,
) -> Result<Assessed, Fault> {
    let student = match buyer(draft) {
        Some(id) => view.find_student(id, office.today()).await?,
        None => None,
    };
    let students: Vec<StudentId> = student.iter().map(|row| row.student.id).collect();
    tables.know(view, &students, [draft]).await?;
    Ok(assess_for(office, tables, draft, student))
}

/// Whom a draft is for, where that is known.
pub(crate) fn buyer(draft: &DraftInput) -> Option<StudentId> {
    draft.student_id.as_deref().and_then(|id| id.parse().ok())
}

/// Looks at a draft whose student was read already.
pub(crate) fn assess_for(
    office: &Office,
    tables: &Tables,
    draft: &DraftInput,
    student: Option<StudentRow>,
) -> Assessed {
    let today = office.today();
    let mut checks = Vec::new();
    let dates = dates::check(draft, today, &mut checks);
    let (currency, exchange) = exchanged::read(office, tables, (draft, dates.issue), &mut checks);
    let page = Page {
        tables,
        date: dates.issue.unwrap_or(today),
        basis: office.school.price_basis,
        currency,
    };
    let discount = buyers::discount(draft.discount.as_ref(), currency, &mut checks);
    let (items, lines, totals) = price_lines(&page, draft, discount, &mut checks);
    check_parties(office, student.as_ref(), totals.as_ref(), &mut checks);
    let number = tables.numbers.peek(page.date);
    let next_number = check_number(number.as_ref(), &mut checks);
    check_reference(office, number.as_ref(), student.as_ref(), &mut checks);
    let complete = student.is_some() && dates.issue.is_some() && dates.due.is_some();
    let sketch = sketch(office, draft, &dates, student.as_ref(), items);
    checks::mapping(&tables.connections, sketch.department_id, &sketch.lines, &mut checks);
    let sketch = DraftInvoice { discount, currency, exchange, ..sketch };
    let shares = buyers::read(tables, &draft.payers, currency, &mut checks);
    let student_card = student.as_ref().map(|row| &row.student);
    let (sketch, parts) = buyers::bill(sketch, &shares, student_card, &mut checks);
    if complete
        && checks::pass(&checks)
        && let Some((code, field)) = last_word(&sketch, &parts)
    {
        // The rules of money have the last word: nothing they refuse may look fine here.
        checks.push(error("lines", code, field));
    }
    let named = draft.payers.iter().map(|share| tables.share_view(share, student.as_ref()));
    let payers = named.collect();
    let defaults = student.as_ref().and_then(|row| tables.defaults.get(&row.student.id));
    let by_default = defaults.into_iter().flatten().map(payers::share_input);
    let default_payers =
        by_default.map(|share| tables.share_view(&share, student.as_ref())).collect();
    let numbers = tables.numbers.peek_several(page.date, parts.len());
    let parts_shown = buyers::parts(&parts, &numbers);
    let due = dates.due;
    Assessed {
        student,
        lines,
        totals,
        checks,
        next_number,
        today,
        base: office.school.currency,
        sketch,
        parts,
        parts_shown,
        payers,
        default_payers,
        due,
        complete,
    }
}

fn last_word(sketch: &DraftInvoice, parts: &[DraftPart]) -> Option<(&'static str, &'static str)> {
    let whole = sketch.check().err();
    let rejection = whole.or_else(|| parts.iter().find_map(|part| part.check().err()))?;
    Some((rejection_code(&rejection), "lines"))
}

fn sketch(
    office: &Office,
    draft: &DraftInput,
    dates: &Dates,
    student: Option<&StudentRow>,
    lines: Vec<LineItem>,
) -> DraftInvoice {
    let student = student.map(|row| &row.student);
    let department = typed::optional_id("department_id", draft.department_id.as_deref());
    let issue_date = dates.issue.unwrap_or_else(|| office.today());
    DraftInvoice {
        school_id: office.school.id,
        department_id: department
            .unwrap_or_default()
            .or_else(|| student.and_then(|student| student.department_id)),
        student_id: student.map_or(StudentId(uuid::Uuid::nil()), |student| student.id),
        seller: office.school.seller.clone(),
        payer: None,
        terms: draft.terms.as_ref().and_then(|given| payers::terms("terms", given).ok()),
        discount: None,
        person: student.map(|student| student.person.clone()).unwrap_or_default(),
        issue_date,
        delivery_date: dates.delivery,
        due_date: dates.due.unwrap_or(issue_date),
        currency: office.school.currency,
        exchange: None,
        basis: office.school.price_basis,
        lines,
        reference: draft.reference.trim().to_owned(),
        note: draft.note.trim().to_owned(),
    }
}

/// The code of a refusal by the rules of money.
pub(crate) fn rejection_code(rejection: &InvoiceRejection) -> &'static str {
    match rejection {
        InvoiceRejection::Line(line) => lines::named(line).0,
        InvoiceRejection::DueBeforeIssue => "due_before_issue",
        InvoiceRejection::NoBuyer => "no_buyer",
        InvoiceRejection::NoSeller => "no_seller",
        InvoiceRejection::NegativeTotal => "negative_total",
        InvoiceRejection::VatWithoutNumber => "vat_without_number",
        InvoiceRejection::Exchange(_) => "exchange_amount",
        InvoiceRejection::Split(rejection) => payers::split_refused(rejection).0,
    }
}

type Priced = (Vec<LineItem>, Vec<Option<LineSums>>, Option<Totals>);

fn price_lines(
    page: &Page<'_>,
    draft: &DraftInput,
    discount: Option<DocumentDiscount>,
    checks: &mut Vec<IssueCheck>,
) -> Priced {
    let mut items = Vec::new();
    let mut places = Vec::new();
    let mut wrong = Vec::new();
    for (place, typed) in draft.lines.iter().enumerate() {
        match page.read(place, typed) {
            Line::Empty => {}
            Line::Complete(item) => {
                if lines::taxes_an_outlay(&item) {
                    let mut check = checks::line(place, "outlay_with_vat", "tax_code");
                    check.outcome = "warning".to_owned();
                    wrong.push(check);
                }
                items.push(*item);
                places.push(place);
            }
            Line::Wrong(check) => wrong.push(check),
        }
    }
    let mut sums: Vec<Option<LineSums>> = vec![None; draft.lines.len()];
    let priced = pricing::price_discounted(items.clone(), discount, page.basis, page.currency);
    match &priced {
        Ok(totals) => {
            for (place, line) in places.iter().zip(&totals.lines) {
                sums[*place] = Some(show::line_sums(line, page.basis));
            }
            if wrong.is_empty() {
                wrong.push(with(fine("lines", "lines_complete"), "lines", items.len()));
            }
            wrong.push(vat_adds_up(totals));
        }
        Err(LineRejection::LineCount) if !wrong.is_empty() => {}
        Err(rejection) => {
            let (code, field) = lines::named(rejection);
            let check = if code == "out_of_scope_not_alone" { "vat" } else { "lines" };
            wrong.push(error(check, code, field));
        }
    }
    if priced.as_ref().is_ok_and(|totals| totals.gross.is_negative()) {
        wrong.push(error("lines", "negative_total", "lines"));
    }
    checks.append(&mut wrong);
    (items, sums, priced.ok())
}

fn vat_adds_up(totals: &Totals) -> IssueCheck {
    let check = with(fine("vat", "vat_adds_up"), "net", totals.net.amount());
    with(with(check, "vat", totals.vat.amount()), "gross", totals.gross.amount())
}

fn check_parties(
    office: &Office,
    student: Option<&StudentRow>,
    totals: Option<&Totals>,
    checks: &mut Vec<IssueCheck>,
) {
    let before = checks.len();
    match student {
        None => checks.push(error("parties", "no_student", "student_id")),
        Some(row) if row.student.person.name.trim().is_empty() => {
            checks.push(error("parties", "no_buyer", "student_id"));
        }
        Some(row) if row.student.person.address.line1.trim().is_empty() => {
            checks.push(warning("parties", "no_buyer_address", "student_id"));
        }
        Some(_) => {}
    }
    let seller = &office.school.seller;
    if seller.name.trim().is_empty() {
        checks.push(error("parties", "no_seller", "seller"));
    }
    let charges_vat = totals.is_some_and(|totals| !totals.vat.is_zero());
    if charges_vat && seller.vat_number.trim().is_empty() {
        checks.push(error("vat", "vat_without_number", "seller"));
    }
    if checks.len() == before {
        let complete = fine("parties", "parties_complete");
        checks.push(with(complete, "country", &office.school.country));
    }
}

fn check_number(number: Option<&DocumentNumber>, checks: &mut Vec<IssueCheck>) -> String {
    let Some(number) = number else {
        checks.push(error("number", "no_series", "number"));
        return String::new();
    };
    checks.push(with(fine("number", "number_free"), "number", &number.text));
    number.text.clone()
}

fn check_reference(
    office: &Office,
    number: Option<&DocumentNumber>,
    student: Option<&StudentRow>,
    checks: &mut Vec<IssueCheck>,
) {
    let (Some(rule), Some(row), Some(number)) = (&office.school.kid, student, number) else {
        return;
    };
    checks.push(match rule.reference(&row.student.number, number.sequence) {
        Ok(kid) => with(fine("payment_reference", "kid_passes"), "kid", kid),
        Err(_) => error("payment_reference", "kid_impossible", "student_id"),
    });
}
