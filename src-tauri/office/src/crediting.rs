//! Taking back an invoice, whole or in part.
//!
//! Never touches the invoice: a credit note is a document of its own, set against what the invoice
//! has open; the rest is the student's credit.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::marks::Marks;
use crate::numbering::Numbers;
use crate::office::Office;
use crate::wire::credits::{CreditInvoice, CreditNoteRequest, CreditNoteView, CreditPreview};
use crate::{exchange, invoices, issuing, packages, show, students, typed};
use finance::Money;
use finance::allocation::{Allocation, CreditSource};
use finance::credit_note::{CreditNote, CreditOrder, CreditRejection, CreditedLine};
use finance::exchange::{Left, Worth};
use finance::fact::FactBody;
use finance::ids::{AllocationId, CreditNoteId, InvoiceId};
use finance::numbering::{DocumentKind, DocumentNumber};
use store::{InvoiceRecord, Tx, View};

/// An order read from a request, without its number.
struct Wanted {
    id: CreditNoteId,
    record: InvoiceRecord,
    earlier: Vec<CreditNote>,
    issue_date: chrono::NaiveDate,
    reason: String,
    lines: Vec<CreditedLine>,
}

async fn read(view: &mut View, request: &CreditInvoice) -> Result<Wanted, Fault> {
    let invoice_id: InvoiceId = typed::id("invoice_id", &request.invoice_id)?;
    let record = invoices::demand(view, invoice_id).await?;
    let earlier = notes_of(view, invoice_id).await?;
    if request.lines.len() > finance::pricing::MAX_LINES {
        let fault = Fault::new(Code::Invalid, "An invoice has at most 1 000 lines.");
        return Err(fault.at("lines").rule("line_count"));
    }
    let currency = record.invoice.totals.gross.currency();
    let lines = if request.lines.is_empty() {
        let left = record.invoice.creditable(&earlier);
        left.into_iter().filter(|line| !line.gross.is_zero()).collect()
    } else {
        let typed_lines = request.lines.iter().enumerate().map(|(place, line)| {
            let field = format!("lines.{place}.gross");
            Ok(CreditedLine {
                line: usize::try_from(line.line).unwrap_or(usize::MAX),
                gross: typed::money(&field, &line.gross, currency)?,
            })
        });
        typed_lines.collect::<Result<_, Fault>>()?
    };
    Ok(Wanted {
        id: typed::id("id", &request.id)?,
        record,
        earlier,
        issue_date: typed::date("issue_date", &request.issue_date)?,
        reason: typed::text("reason", &request.reason, typed::LINE)?,
        lines,
    })
}

impl Wanted {
    fn note(&self, number: DocumentNumber, reason: String) -> Result<CreditNote, Fault> {
        let order = CreditOrder {
            id: self.id,
            number,
            issue_date: self.issue_date,
            reason,
            lines: self.lines.clone(),
        };
        if self.record.invoice.opening.is_some() {
            let message = "It was issued by another system and is credited there.";
            return Err(Fault::new(Code::CannotCredit, message).rule("opening"));
        }
        let note = self.record.invoice.credit(order, &self.earlier);
        note.map_err(|rejection| refused(&rejection)).and_then(|note| {
            if note.totals.gross.is_positive() {
                return Ok(note);
            }
            let message = "A credit note must come to more than nothing.";
            Err(Fault::new(Code::CannotCredit, message).at("lines").rule("not_positive"))
        })
    }

    /// What of the note settles the invoice itself.
    fn settles(&self, note: &CreditNote) -> Result<Money, Fault> {
        Ok(note.totals.gross.smaller(self.record.open)?)
    }

    /// What that moves in the books, where they are in another currency.
    fn worth(&self, note: &CreditNote, settles: Money) -> Result<Option<Worth>, Fault> {
        let Some((conversion, open)) = note.conversion.as_ref().zip(self.record.left()) else {
            return Ok(None);
        };
        let source = Left { own: note.totals.gross, base: conversion.sums.gross };
        let source_base = source.take(settles)?;
        Ok(Some(Worth { invoice_base: open.take_at(settles, source_base)?, source_base }))
    }
}

/// A refusal in the office's codes.
fn refused(rejection: &CreditRejection) -> Fault {
    let fault = Fault::new(Code::CannotCredit, rejection.to_string());
    let at_line = |fault: Fault, line: &usize| fault.at("lines").with("line", line.to_string());
    match rejection {
        CreditRejection::NothingChosen => fault.rule("nothing_left").at("lines"),
        CreditRejection::UnknownLine { line } => at_line(fault.rule("unknown_line"), line),
        CreditRejection::NotPositive { line } => at_line(fault.rule("not_positive"), line),
        CreditRejection::MoreThanLeft { line, left } => {
            at_line(fault.rule("more_than_left").with("left", left.amount().to_string()), line)
        }
        CreditRejection::BeforeInvoice => fault.rule("before_invoice").at("issue_date"),
        CreditRejection::NoReason => fault.rule("no_reason").at("reason"),
    }
}

/// What crediting so would do.
pub async fn preview_credit(
    office: &Office,
    _: &Actor,
    request: CreditInvoice,
) -> Result<CreditPreview, Fault> {
    let mut view = office.store.read().await?;
    let wanted = read(&mut view, &request).await?;
    let numbers = Numbers::read(&mut view, office, DocumentKind::CreditNote).await?;
    let number = numbers.peek(wanted.issue_date).ok_or_else(issuing::no_series)?;
    let next_number = number.text.clone();
    // The reason is typed last; the sums are worth seeing before it.
    let reason = if wanted.reason.is_empty() { "-" } else { &wanted.reason }.to_owned();
    let note = wanted.note(number, reason)?;
    let settles = wanted.settles(&note)?;
    let worth = wanted.worth(&note, settles)?;
    let gain = worth.map(Worth::gain).transpose()?;
    let zero = Money::zero(office.school.currency);
    let student = students::demand(&mut view, wanted.record.invoice.student_id, office).await?;
    Ok(CreditPreview {
        totals: show::totals(&note.totals),
        next_number,
        open_now: wanted.record.open.into(),
        open_after: wanted.record.open.minus(settles)?.into(),
        becomes_credit: note.totals.gross.minus(settles)?.into(),
        base: note.conversion.as_ref().map(|it| it.sums.gross.into()),
        balance_now: student.balance.into(),
        balance_after: student
            .balance
            .minus(note.books().gross())?
            .plus(gain.unwrap_or(zero))?
            .into(),
    })
}

/// Issues a credit note; asked twice with the same id, once.
pub async fn credit_invoice(
    office: &Office,
    actor: &Actor,
    request: CreditInvoice,
) -> Result<CreditNoteView, Fault> {
    let id: CreditNoteId = typed::id("id", &request.id)?;
    let mut tx = office.store.begin().await?;
    if tx.find_credit_note(id).await?.is_none() {
        let (_, bodies) = issue(&mut tx, office, &request).await?;
        office.record(&mut tx, actor, bodies).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    show(office, id).await
}

/// A credit note and the facts that issue it: what of it settles its invoice, and the packages that
/// end because it takes back all of their line.
pub(crate) async fn issue(
    tx: &mut Tx,
    office: &Office,
    request: &CreditInvoice,
) -> Result<(CreditNote, Vec<FactBody>), Fault> {
    let wanted = read(tx, request).await?;
    let mut numbers = Numbers::read(tx, office, DocumentKind::CreditNote).await?;
    let number = numbers.take(wanted.issue_date).ok_or_else(issuing::no_series)?;
    let note = wanted.note(number, wanted.reason.clone())?;
    let settles = wanted.settles(&note)?;
    let mut bodies = numbers.opened();
    bodies.push(FactBody::CreditNoteIssued(Box::new(note.clone())));
    if settles.is_positive() {
        bodies.push(FactBody::MoneyAllocated(Allocation {
            id: AllocationId(office.ids.new_id()),
            school_id: office.school.id,
            student_id: note.student_id,
            source: CreditSource::CreditNote(note.id),
            invoice_id: note.invoice_id,
            amount: settles,
            worth: wanted.worth(&note, settles)?,
            allocated_on: note.issue_date,
        }));
    }
    let notes: Vec<CreditNote> = wanted.earlier.iter().chain([&note]).cloned().collect();
    let left = wanted.record.invoice.creditable(&notes);
    bodies.extend(packages::ended(tx, &note, &left).await?);
    Ok((note, bodies))
}

/// What of each line of an invoice can still be credited.
pub(crate) async fn left_of(view: &mut View, id: InvoiceId) -> Result<Vec<CreditedLine>, Fault> {
    let invoice = invoices::demand(view, id).await?.invoice;
    Ok(invoice.creditable(&notes_of(view, id).await?))
}

/// What was credited of an invoice before.
pub(crate) async fn notes_of(view: &mut View, id: InvoiceId) -> Result<Vec<CreditNote>, Fault> {
    let notes = view.credit_notes_of(id).await?;
    Ok(notes.into_iter().map(|note| note.credit_note).collect())
}

/// A credit note.
pub async fn find_credit_note(
    office: &Office,
    _: &Actor,
    request: CreditNoteRequest,
) -> Result<CreditNoteView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

/// A credit note that must be there.
pub(crate) async fn show(office: &Office, id: CreditNoteId) -> Result<CreditNoteView, Fault> {
    let mut view = office.store.read().await?;
    let missing =
        || Fault::new(Code::NotFound, "There is no such credit note.").rule("credit_note");
    let record = view.find_credit_note(id).await?.ok_or_else(missing)?;
    let note = record.credit_note;
    let exchange = exchange::document(note.conversion.as_deref(), &note.totals, record.base_unused);
    let marks = Marks::read(&mut view, &[id.0]).await?;
    Ok(CreditNoteView {
        id: note.id.to_string(),
        number: note.number.text,
        invoice_id: note.invoice_id.to_string(),
        invoice_number: note.invoice_number,
        student_id: note.student_id.to_string(),
        student: note.payer.map_or(note.person.name, |payer| payer.person.name),
        issue_date: note.issue_date.to_string(),
        reason: note.reason,
        totals: show::totals(&note.totals),
        unused: record.unused.into(),
        exchange,
        exports: marks.views(&[id.0]),
        opening: note.opening,
    })
}
