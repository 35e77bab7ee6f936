//! What a person decides about something that was changed there.
//!
//! Never about something that was not on the screen, and never in two steps: what is decided and what
//! follows from it are one transaction.

use super::{Insists, Reading, contacts, paid_back, showing};
use crate::actor::{Act, Actor};
use crate::crediting;
use crate::derived;
use crate::exporting;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::credits::CreditInvoice;
use crate::wire::incoming::{ConflictsView, DecideConflict};
use finance::fact::FactBody;
use finance::ids::{AllocationId, PaymentId, StudentId};
use finance::payment::{PaymentOutcome, PaymentState, PaymentTurn};
use finance::reconciliation::DifferenceAccepted;
use finance::release::Release;
use providers::change::RemoteChange;
use store::exports::{ExportKind, shared};
use store::{Conflict, PaymentRow, Tx};
use uuid::Uuid;

/// What may be decided for a cause, the usual first.
pub(super) fn choices(conflict: &Conflict) -> Vec<&'static str> {
    let is_gone = matches!(
        conflict.cause.as_str(),
        "deleted_there" | "payment_removed" | "application_removed"
    );
    let again = conflict.sent.filter(|_| is_gone).map(|_| "send_again");
    let (leave, first) = match usual(&conflict.cause, conflict.kind) {
        [first @ .., leave] => (Some(*leave), first),
        [] => (None, &[][..]),
    };
    first.iter().copied().chain(again).chain(leave).collect()
}

fn usual(cause: &str, kind: ExportKind) -> &'static [&'static str] {
    match (cause, kind) {
        ("name_differs", _) => &["ours", "theirs", "leave"],
        ("tax_number_differs", _) => &["ours", "leave"],
        ("voided_there" | "deleted_there", ExportKind::Invoice) => &["credit", "leave"],
        ("payment_removed", _) => &["reverse", "leave"],
        ("paid_back_there", _) => &["refund", "leave"],
        ("application_removed" | "unapplied_there", _) => &["release", "leave"],
        (
            "maybe_twice" | "method_unknown" | "not_taken" | "several_students" | "whose_money"
            | "credit_not_ours" | "credit_used",
            _,
        ) => &["take", "leave"],
        _ => &["leave"],
    }
}

/// Whether taking it needs a person's word on whose it is.
pub(super) fn asks_student(cause: &str) -> bool {
    matches!(cause, "several_students" | "whose_money")
}

/// Carries out what a person decided about a conflict.
pub async fn decide_conflict(
    office: &Office,
    actor: &Actor,
    request: DecideConflict,
) -> Result<ConflictsView, Fault> {
    let id: i64 = request
        .id
        .parse()
        .map_err(|_| Fault::new(Code::Invalid, "This is no conflict.").at("id").rule("id"))?;
    let mut tx = office.store.begin().await?;
    let gone = || Fault::new(Code::NotFound, "This conflict is no longer there.").rule("conflict");
    let conflict = tx.find_conflict(id).await?.ok_or_else(gone)?;
    if conflict.seen_hash != request.shown {
        let fault = Fault::new(Code::WrongState, "The other side says something else by now.");
        return Err(fault.rule("comparison_changed"));
    }
    let all: Vec<(&str, &str)> = choices(&conflict).into_iter().map(|it| (it, it)).collect();
    let choice = typed::one_of("choice", &request.choice, &all)?;
    let reason = match choice {
        "take" | "ours" | "theirs" => typed::text("reason", &request.reason, typed::LINE)?,
        _ => typed::required("reason", &request.reason, typed::LINE)?,
    };
    let missing = || Fault::new(Code::NotFound, "There is no such connection.");
    let connection = tx.find_connection(conflict.connection).await?.ok_or_else(missing)?;
    let reading = Reading { office, connection: &connection, actor: actor.clone() };
    let student =
        request.student_id.as_deref().map(|id| typed::id("student_id", id)).transpose()?;
    if choice == "take" && student.is_none() && asks_student(&conflict.cause) {
        return Err(Fault::new(Code::Invalid, "Whose it is, is missing.")
            .at("student_id")
            .rule("required"));
    }
    let decision = Decision { reading: &reading, conflict: &conflict, reason: &reason, student };
    decision.carry_out(&mut tx, choice).await?;
    tx.decide_incoming(id, choice, &reason, reading.now_ms()).await?;
    tx.commit().await?;
    showing::shown(office).await
}

/// What of a credit note over a void invoice is there by the voiding.
fn said_there(body: &FactBody) -> Option<(ExportKind, Uuid)> {
    match body {
        FactBody::CreditNoteIssued(note) => Some((ExportKind::CreditNote, note.id.0)),
        FactBody::MoneyAllocated(set) => Some((ExportKind::CreditAllocation, set.id.0)),
        _ => None,
    }
}

struct Decision<'a> {
    reading: &'a Reading<'a>,
    conflict: &'a Conflict,
    reason: &'a str,
    /// Whose it is, as the person says.
    student: Option<StudentId>,
}

impl Decision<'_> {
    async fn carry_out(&self, tx: &mut Tx, choice: &str) -> Result<(), Fault> {
        match choice {
            "take" => self.take(tx).await,
            "ours" | "theirs" => self.settle_name(tx, choice == "theirs").await,
            "credit" => self.credit(tx).await,
            "reverse" => self.reverse(tx).await,
            "release" => self.release(tx).await,
            "refund" => {
                self.reading.actor.demand(Act::GiveUp)?;
                let said = (self.conflict, self.reason);
                paid_back::record(tx, self.reading, said, &self.told()?).await
            }
            "send_again" => self.send_again(tx).await,
            _ => self.leave(tx).await,
        }
    }

    fn told(&self) -> Result<RemoteChange, Fault> {
        serde_json::from_str(&self.conflict.told)
            .map_err(|error| Fault::new(Code::BookDamaged, error.to_string()))
    }

    async fn record(&self, tx: &mut Tx, body: FactBody) -> Result<(), Fault> {
        self.reading.office.record(tx, &self.reading.actor, [body]).await?;
        Ok(())
    }

    /// As it was told, once more: what stood in the way may be mended.
    async fn take(&self, tx: &mut Tx) -> Result<(), Fault> {
        let insists = Insists { student: self.student };
        let noted = self.reading.judge(tx, &self.told()?, Some(insists)).await?;
        let Some((cause, _)) = noted.conflict else { return Ok(()) };
        let fault = Fault::new(Code::WrongState, "What stands in the way was not mended yet.");
        Err(fault.rule("still_conflict").with("cause", cause))
    }

    /// The difference may stand, as it was shown.
    async fn leave(&self, tx: &mut Tx) -> Result<(), Fault> {
        if let RemoteChange::Contact(contact) = self.told()? {
            contacts::settle(tx, self.reading, &contact).await?;
        }
        let ours = self.conflict.ours_id.map(|id| id.to_string());
        let pair = match ours {
            Some(id) => format!("conflict-{}/{id}", self.conflict.kind.word()),
            None => format!("conflict-{}:{}", self.conflict.kind.word(), self.conflict.remote_id),
        };
        let accepted = DifferenceAccepted {
            connection_id: self.conflict.connection,
            pair,
            shown: self.conflict.seen_hash.clone(),
            reason: self.reason.to_owned(),
        };
        self.record(tx, FactBody::DifferenceAccepted(accepted)).await
    }

    /// Ours is told once more, or theirs is written here.
    async fn settle_name(&self, tx: &mut Tx, is_theirs: bool) -> Result<(), Fault> {
        let RemoteChange::Contact(contact) = self.told()? else { return Ok(()) };
        let connection = self.conflict.connection;
        let ours = tx.our_side(connection, ExportKind::Customer, &contact.id).await?;
        let Some(ours) = ours else { return Ok(()) };
        let name = contacts::plain_name(&contact, &ours);
        let body = contacts::changed(tx, self.reading, &ours, |person| {
            if is_theirs {
                person.name.clone_from(&name);
            }
        })
        .await?;
        self.record(tx, body).await?;
        contacts::settle(tx, self.reading, &contact).await?;
        Ok(())
    }

    /// What is void there is taken back here by a credit note over all that is left.
    async fn credit(&self, tx: &mut Tx) -> Result<(), Fault> {
        self.reading.actor.demand(Act::Credit)?;
        let invoice = self.ours()?;
        let id = derived::id(&["conflict", &invoice, &self.conflict.seen_hash]);
        let request = CreditInvoice {
            id: id.to_string(),
            invoice_id: invoice,
            issue_date: self.reading.office.today().to_string(),
            reason: self.reason.to_owned(),
            lines: Vec::new(),
        };
        let (_, bodies) = crediting::issue(tx, self.reading.office, &request).await?;
        let documents: Vec<(ExportKind, Uuid)> = bodies.iter().filter_map(said_there).collect();
        self.reading.office.record(tx, &self.reading.actor, bodies).await?;
        // The void invoice is nothing there already; other companies are told of the credit note.
        let there = (self.conflict.remote_id.as_str(), self.reading.now_ms());
        tx.note_said_there(self.conflict.connection, &documents, there).await?;
        Ok(())
    }

    fn ours(&self) -> Result<String, Fault> {
        let none = || Fault::new(Code::BookDamaged, "A conflict about nothing of ours.");
        self.conflict.ours_id.map(|id| id.to_string()).ok_or_else(none)
    }

    /// The money is gone there and here.
    async fn reverse(&self, tx: &mut Tx) -> Result<(), Fault> {
        self.reading.actor.demand(Act::Reverse)?;
        let id: PaymentId = typed::id("id", &self.ours()?)?;
        // What is there under an id is what the payment settled.
        let settled = tx.find_allocation(AllocationId(id.0)).await?;
        let id = settled.and_then(|it| it.payment_id).unwrap_or(id);
        let missing = || Fault::new(Code::NotFound, "There is no such payment.").rule("payment");
        let row = tx.find_payment(id).await?.ok_or_else(missing)?;
        let mut rows = vec![row];
        // What several students had of it is gone for each of them.
        if let Some(event) = rows.first().and_then(|row| row.payment.event.clone()) {
            let shares = tx.payments_of_event(shared::whole(&event)).await?;
            rows = if shares.is_empty() { rows } else { shares };
            rows.retain(|row| {
                row.standing.state == PaymentState::Confirmed || row.payment.id == id
            });
        }
        let mut turned = Vec::new();
        for row in rows {
            self.turn(tx, &row).await?;
            turned.push(row.payment.id);
        }
        let there = (self.conflict.remote_id.as_str(), self.reading.now_ms());
        Ok(tx.note_gone_there(self.conflict.connection, &turned, there).await?)
    }

    async fn turn(&self, tx: &mut Tx, row: &PaymentRow) -> Result<(), Fault> {
        let turn = PaymentTurn {
            school_id: self.reading.office.school.id,
            payment_id: row.payment.id,
            outcome: PaymentOutcome::Reversed,
            on: self.reading.office.today(),
            reason: self.reason.to_owned(),
        };
        row.standing
            .check(&turn, &row.payment)
            .map_err(|no| Fault::new(Code::CannotPay, no.to_string()).rule("wrong_state"))?;
        self.record(tx, FactBody::PaymentTurned(turn)).await
    }

    /// It counts here and goes there once more.
    async fn send_again(&self, tx: &mut Tx) -> Result<(), Fault> {
        let Reading { office, actor, connection } = self.reading;
        let none = || Fault::new(Code::WrongState, "This record is not known as sent.");
        let record = self.conflict.sent.ok_or_else(|| none().rule("not_sent"))?;
        exporting::send_again(tx, office, actor, (connection.id, record), self.reason).await
    }

    /// The credit is unused again here as well.
    async fn release(&self, tx: &mut Tx) -> Result<(), Fault> {
        self.reading.actor.demand(Act::Work)?;
        let allocation_id: AllocationId = typed::id("id", &self.ours()?)?;
        let found = tx.find_allocation(allocation_id).await?;
        if found.is_none_or(|it| it.ended_on.is_some()) {
            return Ok(());
        }
        let release = Release {
            school_id: self.reading.office.school.id,
            allocation_id,
            released_on: self.reading.office.today(),
            reason: self.reason.to_owned(),
        };
        self.record(tx, FactBody::AllocationReleased(release)).await
    }
}
