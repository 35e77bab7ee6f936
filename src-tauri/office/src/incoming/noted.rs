//! What became of a record that was told, before it is written down.
//!
//! Never an amount to count with: the three sides are texts for a person.

use super::{Reading, kind_of};
use crate::fault::{Code, Fault};
use finance::Money;
use finance::ids::StudentId;
use providers::change::RemoteChange;
use std::collections::BTreeMap;
use store::{OurSide, Tx};
use uuid::Uuid;

/// One side of a conflict: field and text.
pub(super) type Side = BTreeMap<&'static str, String>;

/// What became of a record.
#[derive(Default)]
pub(super) struct Noted {
    pub outcome: &'static str,
    pub automatic: bool,
    pub student: Option<StudentId>,
    pub ours_id: Option<Uuid>,
    pub label: String,
    pub conflict: Option<(String, [String; 3])>,
}

/// The three sides, each with the fields that are known of it.
#[derive(Clone, Default)]
pub(super) struct Three {
    pub agreed: Side,
    pub ours: Side,
    pub theirs: Side,
}

impl Noted {
    /// It concerns nothing of ours.
    pub fn ignored() -> Self {
        Self { outcome: "ignored", ..Self::default() }
    }

    /// With an outcome, about something of ours.
    pub fn of(outcome: &'static str, ours: &OurSide) -> Self {
        let (student, ours_id) = (ours.student, Some(ours.document_id));
        Self { outcome, student, ours_id, label: ours.label.clone(), ..Self::default() }
    }

    /// A person must decide, for this cause.
    pub fn conflict(self, cause: &str, three: &Three) -> Self {
        let sides = [&three.agreed, &three.ours, &three.theirs];
        let sides = sides.map(|side| serde_json::json!(side).to_string());
        Self { outcome: "conflict", conflict: Some((cause.to_owned(), sides)), ..self }
    }

    /// It could not be taken over, for a reason that the book gave.
    pub async fn not_taken(
        tx: &mut Tx,
        reading: &Reading<'_>,
        change: &RemoteChange,
        fault: &Fault,
    ) -> Result<Self, Fault> {
        let (kind, connection) = (kind_of(change.kind()), reading.connection.id);
        let ours = tx.our_side(connection, kind, change.id()).await?;
        let invoice = match change {
            RemoteChange::Payment(payment) => payment.pays.first().map(|part| &part.invoice),
            RemoteChange::Application(applied) => Some(&applied.invoice),
            _ => None,
        };
        let about = match (ours, invoice) {
            (Some(ours), _) => Some(ours),
            (None, Some(id)) => {
                tx.our_side(connection, store::exports::ExportKind::Invoice, id).await?
            }
            (None, None) => None,
        };
        let noted = about.map_or_else(Self::ignored, |ours| Self::of("conflict", &ours));
        let mut three = Three::default();
        three.ours.insert("refused", fault.rule.clone().unwrap_or_default());
        three.theirs = theirs(change);
        Ok(noted.conflict("not_taken", &three))
    }
}

/// What they say of money or credit, as far as a person reads it.
pub(super) fn theirs(change: &RemoteChange) -> Side {
    let mut side = Side::new();
    match change {
        RemoteChange::Payment(payment) => {
            side.insert("amount", amount(payment.record.gross));
            side.insert("date", payment.record.date.to_string());
            side.insert("reference", payment.record.reference.clone());
        }
        RemoteChange::Application(applied) => {
            side.insert("amount", amount(applied.amount));
            side.insert("date", applied.date.to_string());
        }
        RemoteChange::Sale(record) => {
            side.insert("number", record.number.clone());
            side.insert("date", record.date.to_string());
            side.insert("amount", amount(record.gross));
        }
        RemoteChange::Contact(_) | RemoteChange::Gone { .. } | RemoteChange::Unreadable { .. } => {}
    }
    side
}

/// An amount in words.
pub(super) fn amount(money: Money) -> String {
    format!("{} {}", money.amount(), money.currency())
}

/// Whether the book said no to what was told, and not the machine to the book.
pub(super) const fn is_refusal(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::Invalid | Code::NotFound | Code::CannotPay | Code::CannotCredit | Code::WrongState
    )
}
