//! Money that came in, from rows of a bank's list or of another system.
//!
//! Never guesses whose money it is: what no reference, number or name leads to is refused. Never the
//! same row twice: its key tells, or what it says. Never money that settled something elsewhere.

use super::cells::{Cells, Found, outcome};
use super::file::Read;
use super::payers::Payers;
use super::report::{Outcome, Refusal};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::{derived, paying, typed};
use documents::csv_in::Field;
use finance::Money;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::{AllocationId, DepartmentId, InvoiceId, PaymentId, StudentId};
use finance::opening::OPENING_PREFIX;
use finance::payment::{Payment, PaymentMethod};
use std::collections::{BTreeMap, BTreeSet};
use store::{ReferenceHit, View};

/// Words for money that went out.
const OUTGOING: &[&str] =
    &["pay", "debit", "out", "outgoing", "ut", "utbetaling", "auszahlung", "lastschrift"];

/// Begins the event of money that a file told of.
const EVENT: &str = "file/";

/// Reads every row.
///
/// # Errors
/// [`Code::CannotPay`] at `method` where there is no such payment method, or what the book reports.
pub(super) async fn read(
    view: &mut View,
    office: &Office,
    read: &Read,
    method: Option<&str>,
) -> Result<Vec<Outcome>, Fault> {
    let table = &read.table;
    let methods = view.payment_methods().await?;
    let mut reader = Reader {
        office,
        source: read.source,
        payers: Payers::read(view, office, table).await?,
        method: usual_method(&methods, method)?,
        methods,
        open: BTreeMap::new(),
        said: BTreeMap::new(),
    };
    let mut outcomes = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let cells = Cells { table, row };
        let parts = [Field::Date, Field::Amount, Field::Reference, Field::Name];
        let label = parts.map(|field| cells.raw(field)).join(" ");
        let found = reader.found(view, &cells).await?;
        outcomes.push(outcome(&cells, label.trim().to_owned(), found));
    }
    Ok(outcomes)
}

/// The method of rows that name none: the one asked for, or the first in use.
fn usual_method(methods: &[PaymentMethod], wanted: Option<&str>) -> Result<String, Fault> {
    let fits = |method: &&PaymentMethod| match wanted.filter(|code| !code.is_empty()) {
        Some(wanted) => method.active && method.code == wanted,
        None => method.active,
    };
    let found = methods.iter().find(fits).map(|method| method.code.clone());
    let missing = || Fault::new(Code::CannotPay, "There is no such payment method.");
    found.ok_or_else(|| missing().rule("method").at("method"))
}

struct Reader<'a> {
    office: &'a Office,
    source: &'static str,
    payers: Payers,
    method: String,
    methods: Vec<PaymentMethod>,
    /// What earlier rows left open of an invoice.
    open: BTreeMap<InvoiceId, Money>,
    /// How often earlier rows said the same.
    said: BTreeMap<String, u32>,
}

/// Whose money it is, and what it settles.
struct Match {
    student_id: StudentId,
    department_id: Option<DepartmentId>,
    invoices: Vec<ReferenceHit>,
}

impl Reader<'_> {
    /// What a row comes to. The outer error is the book's.
    async fn found(
        &mut self,
        view: &mut View,
        cells: &Cells<'_>,
    ) -> Result<Result<Found, Refusal>, Fault> {
        let (amount, event) = match self.money(cells) {
            Ok(Ok(money)) => money,
            Ok(Err(code)) => return Ok(Ok(Found::LeftOut(code))),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (id, event) = self.named(view, event).await?;
        let matched = match self.matched(view, cells).await? {
            Ok(matched) => matched,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(before) = view.find_payment(id).await? {
            let same = before.payment.amount == amount;
            let differs = cells.refusal("payment_differs", Field::Key);
            return Ok(if same { Ok(Found::Known) } else { Err(differs) });
        }
        let payment = match self.payment(cells, &matched, (amount, event)) {
            Ok(payment) => Payment { id, ..payment },
            Err(refusal) => return Ok(Err(refusal)),
        };
        let twins = view.payment_twins(&payment).await?;
        // Two rows of files with keys of their own are two payments.
        let by_hand = |event: &Option<String>| {
            !event.as_deref().is_some_and(|event| event.starts_with(EVENT))
        };
        if twins.iter().any(|twin| by_hand(&twin.payment.event)) {
            return Ok(Err(cells.refusal("payment_twin", Field::Amount)));
        }
        let mut bodies = vec![FactBody::PaymentReceived(payment.clone())];
        if !cells.has(Field::Applied) {
            bodies.extend(self.settle(&payment, matched.invoices)?);
        }
        Ok(Ok(Found::New(bodies)))
    }

    /// The payment of an event; where it was taken back with its file, the one that comes instead.
    async fn named(&self, view: &mut View, event: String) -> Result<(PaymentId, String), Fault> {
        let mut named = event.clone();
        for earlier in 1_u32.. {
            let id = paying::id_of_event(self.office, &named);
            if view.taken_back(&[id.to_string()]).await?.is_empty() {
                return Ok((id, named));
            }
            named = format!("{event}/{earlier}");
        }
        Err(Fault::new(Code::Internal, "A payment was taken back too often."))
    }

    /// How much came in that is still to be used, and what names the row; a code where nothing
    /// did. The error is a refusal.
    #[allow(clippy::type_complexity)]
    fn money(
        &mut self,
        cells: &Cells<'_>,
    ) -> Result<Result<(Money, String), &'static str>, Refusal> {
        if cells.is_not_in_force() {
            return Ok(Err("not_in_force"));
        }
        let kind = cells.raw(Field::Kind).trim().to_lowercase();
        if OUTGOING.contains(&kind.as_str()) || cells.raw(Field::Amount).is_empty() {
            return Ok(Err("outgoing"));
        }
        let currency = self.office.school.currency;
        let amount = cells.money(Field::Amount, currency)?;
        if !amount.is_positive() {
            return Ok(Err("outgoing"));
        }
        let mut rest = amount;
        for field in [Field::Applied, Field::Refunded] {
            if let Some(used) = cells.optional_money(field, currency)? {
                rest = rest.minus(used).map_err(|_| cells.refusal("too_large", field))?;
            }
        }
        let event = self.event(cells)?;
        Ok(if rest.is_positive() { Ok((rest, event)) } else { Err("applied_there") })
    }

    /// What names a row: its key, or else all it says and how often the file said so before.
    fn event(&mut self, cells: &Cells<'_>) -> Result<String, Refusal> {
        let key = cells.text(Field::Key, typed::SHORT)?;
        let name = if key.is_empty() {
            let fields = [
                Field::Date,
                Field::Amount,
                Field::Reference,
                Field::InvoiceNumber,
                Field::Number,
                Field::Name,
            ];
            let said = fields.map(|field| cells.raw(field)).join("\u{1f}");
            let before = self.said.entry(said.clone()).or_default();
            *before += 1;
            derived::id(&["row of a file", &said, &before.to_string()])
        } else {
            derived::id(&["key of a file", self.source, &key])
        };
        Ok(format!("{EVENT}{name}"))
    }

    fn payment(
        &self,
        cells: &Cells<'_>,
        matched: &Match,
        (amount, event): (Money, String),
    ) -> Result<Payment, Refusal> {
        let received_on = cells.date(Field::Date)?;
        if received_on > self.office.today() {
            return Err(cells.refusal("in_future", Field::Date));
        }
        let text = cells.text(Field::Reference, typed::LONG)?;
        let is_short = text.chars().count() <= typed::SHORT;
        let (reference, note) =
            if is_short { (text, String::new()) } else { (String::new(), text) };
        Ok(Payment {
            id: finance::ids::PaymentId(uuid::Uuid::nil()),
            school_id: self.office.school.id,
            department_id: matched.department_id,
            student_id: matched.student_id,
            method: self.method_of(cells),
            received_on,
            amount,
            base: None,
            reference,
            note,
            pending: false,
            event: Some(event),
        })
    }

    fn method_of(&self, cells: &Cells<'_>) -> String {
        let word = cells.raw(Field::Method).trim().to_lowercase();
        let fits = |method: &&PaymentMethod| {
            method.active
                && [&method.code, &method.name].iter().any(|own| own.to_lowercase() == word)
        };
        let named = self.methods.iter().find(fits).map(|method| method.code.clone());
        named.unwrap_or_else(|| self.method.clone())
    }

    /// Whose money it is: by what it was paid with, by the invoice's number, or by the student.
    async fn matched(
        &self,
        view: &mut View,
        cells: &Cells<'_>,
    ) -> Result<Result<Match, Refusal>, Fault> {
        let hits = hits(view, cells).await?;
        let students: BTreeSet<StudentId> = hits.iter().map(|hit| hit.student_id).collect();
        let named = match self.payers.of(cells) {
            Ok(named) => named,
            // A reference says more than a name that is spelled otherwise.
            Err(_) if students.len() == 1 => None,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let by_name = |hit: &ReferenceHit| named.is_none_or(|own| own.id == hit.student_id);
        let whole: Vec<ReferenceHit> = match students.len() {
            0 | 1 => hits,
            _ => hits.into_iter().filter(by_name).collect(),
        };
        let owner = whole.first().map(|hit| hit.student_id);
        if students.len() > 1 && (named.is_none() || owner.is_none()) {
            return Ok(Err(cells.refusal("several_invoices", Field::Reference)));
        }
        let Some(student_id) = owner.or_else(|| named.map(|student| student.id)) else {
            return Ok(Err(cells.refusal("no_match", Field::Reference)));
        };
        let student = view.find_student(student_id, self.office.today()).await?;
        let department_id = student.and_then(|row| row.student.department_id);
        Ok(Ok(Match { student_id, department_id, invoices: whole }))
    }

    /// What the money settles, the invoice that is due first before the others; the rest is credit.
    fn settle(
        &mut self,
        payment: &Payment,
        invoices: Vec<ReferenceHit>,
    ) -> Result<Vec<FactBody>, Fault> {
        let mut left = payment.amount;
        let mut bodies = Vec::new();
        // Money in the currency of the books settles no invoice in another one.
        let alike = |hit: &ReferenceHit| hit.open.currency() == payment.amount.currency();
        for hit in invoices.into_iter().filter(alike) {
            let open = self.open.entry(hit.invoice_id).or_insert(hit.open);
            let share = left.smaller(*open)?;
            if !share.is_positive() {
                continue;
            }
            *open = open.minus(share)?;
            left = left.minus(share)?;
            let parts = [payment.id.to_string(), hit.invoice_id.to_string()];
            bodies.push(FactBody::MoneyAllocated(Allocation {
                id: AllocationId(derived::id(&["share of a file", &parts[0], &parts[1]])),
                school_id: payment.school_id,
                student_id: payment.student_id,
                source: CreditSource::Payment(payment.id),
                invoice_id: hit.invoice_id,
                amount: share,
                worth: None,
                allocated_on: payment.received_on,
            }));
        }
        Ok(bodies)
    }
}

/// The invoices a row leads to: by its whole reference, by its invoice number, or by a word of the
/// reference that is an invoice's number or KID.
async fn hits(view: &mut View, cells: &Cells<'_>) -> Result<Vec<ReferenceHit>, Fault> {
    let (reference, number) = (cells.raw(Field::Reference), cells.raw(Field::InvoiceNumber));
    for text in [reference, number] {
        let hits = view.by_reference(&spellings(text)).await?;
        if !hits.is_empty() {
            return Ok(hits);
        }
    }
    let cut = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '#');
    let words = reference.split(cut).filter(|word| {
        word.len() >= 3 && word.len() <= 40 && word.chars().any(|c| c.is_ascii_digit())
    });
    let spelled: Vec<String> = words.flat_map(spellings).collect();
    if spelled.is_empty() { Ok(Vec::new()) } else { Ok(view.by_reference(&spelled).await?) }
}

/// How a reference or number may stand in the book.
fn spellings(text: &str) -> Vec<String> {
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if joined.is_empty() {
        return Vec::new();
    }
    let opening = format!("{OPENING_PREFIX}{joined}");
    vec![joined.to_uppercase(), joined, text.trim().to_owned(), opening]
}
