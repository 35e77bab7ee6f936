//! A comparison as it is shown, with what people said of it.
//!
//! Never takes an old word for a new difference: what was accepted or signed holds for what was
//! shown then.

use super::differing::{Field, net};
use super::mending;
use super::pairing::{Outcome, Pair, pair};
use super::sums::{Aged, Sum, SumRow, aged, count, sums};
use crate::export::key;
use crate::fault::{Code, Fault};
use crate::marks::mark;
use crate::office::Office;
use crate::show;
use crate::wire::reconcile::{
    AcceptedView, AgeingSides, PairView, Reconciliation, SideSum, SideView, SignOffView, SumRowView,
};
use finance::fact::{Fact, FactBody};
use finance::reconciliation::PeriodSignedOff;
use std::collections::HashMap;
use store::exports::ExportKind;
use store::{OurRecord, ReconciledSpan, Subject, TheirRecord, View};

/// Differences shown at most.
const MOST: usize = 1_000;

/// Both sides of a span, and what was said of them.
pub(super) struct Compared {
    pub span: ReconciledSpan,
    pub pairs: Vec<Pair>,
    pub sums: Vec<SumRow>,
    aged: Vec<Aged>,
    read_at_ms: Option<i64>,
    /// The last word on each pair, by its key: what was shown, and the fact.
    accepted: HashMap<String, (String, AcceptedView)>,
    signed: Option<(Fact, PeriodSignedOff)>,
}

/// Compares what is kept of a span.
///
/// # Errors
/// What the database reports.
pub(super) async fn compared(
    office: &Office,
    view: &mut View,
    span: ReconciledSpan,
) -> Result<Compared, Fault> {
    let listing = view.remote_listing(span).await?;
    let read_at_ms = listing.as_ref().map(|listing| listing.read_at_ms);
    let pairs = match listing {
        Some(listing) => pair(view.our_records(span).await?, listing.records),
        None => Vec::new(),
    };
    let own = office.school.currency;
    let (sums, aged) = (sums(&pairs, own)?, aged(&pairs, office.today(), own)?);
    let mut compared =
        Compared { span, pairs, sums, aged, read_at_ms, accepted: HashMap::new(), signed: None };
    compared.hear(view.history_of(Subject::Connection(span.connection)).await?);
    Ok(compared)
}

impl Compared {
    /// Takes in what people said, oldest first: the last word holds.
    fn hear(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            match &fact.body {
                FactBody::DifferenceAccepted(it) => {
                    let said = AcceptedView {
                        at: show::moment(fact.clock.millis),
                        actor: fact.actor.clone(),
                        reason: it.reason.clone(),
                    };
                    self.accepted.insert(it.pair.clone(), (it.shown.clone(), said));
                }
                FactBody::PeriodSignedOff(it)
                    if (it.from, it.to) == (self.span.from, self.span.to) =>
                {
                    let signed = it.clone();
                    self.signed = Some((fact, signed));
                }
                _ => {}
            }
        }
    }

    /// Whether theirs was ever read.
    pub const fn is_read(&self) -> bool {
        self.read_at_ms.is_some()
    }

    /// What a person said of a pair, as long as it says what it said then.
    pub fn accepted(&self, pair: &Pair) -> Option<&AcceptedView> {
        let (shown, said) = self.accepted.get(&pair.key())?;
        (*shown == digest(pair)).then_some(said)
    }

    /// Digest of the comparison: every pair, whether agreed or not.
    pub fn digest(&self) -> String {
        let pairs: Vec<String> = self.pairs.iter().map(digest).collect();
        key::body_hash(&pairs.join("\n"))
    }

    /// Pairs that do not agree.
    pub fn differences(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.outcome != Outcome::Agreed)
    }

    /// The difference of a key.
    ///
    /// # Errors
    /// [`Code::NotFound`] where there is none any more.
    pub fn difference(&self, key: &str) -> Result<&Pair, Fault> {
        let gone = || Fault::new(Code::NotFound, "This difference is no longer there.");
        self.differences().find(|pair| pair.key() == key).ok_or_else(gone)
    }

    /// As the screen gets it.
    ///
    /// # Errors
    /// What the database reports, or a sum beyond what money can hold.
    pub async fn shown(&self, view: &mut View) -> Result<Reconciliation, Fault> {
        let contacts: Vec<&str> = self
            .differences()
            .filter_map(|pair| pair.theirs.as_ref()?.contact.as_deref())
            .collect();
        let names = view.customers_there(self.span.connection, &contacts).await?;
        let mut rows: Vec<&Pair> = self.differences().collect();
        rows.sort_by_key(|pair| pair.outcome);
        let accepted = rows.iter().filter(|pair| self.accepted(pair).is_some()).count();
        let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let shown = self.digest();
        Ok(Reconciliation {
            connection_id: self.span.connection.to_string(),
            from: self.span.from.to_string(),
            to: self.span.to.to_string(),
            read_at: self.read_at_ms.map(show::moment),
            sums: self.sums.iter().map(sum_row).collect::<Result<_, _>>()?,
            ageing: self.aged.iter().map(sides).collect(),
            differences: rows.iter().take(MOST).map(|pair| self.pair_view(pair, &names)).collect(),
            agreed: count(&self.pairs, Outcome::Agreed),
            open: number(rows.len() - accepted),
            accepted: number(accepted),
            sign_off: self.signed.as_ref().map(|(fact, signed)| SignOffView {
                at: show::moment(fact.clock.millis),
                actor: fact.actor.clone(),
                agreed: signed.agreed,
                accepted: signed.accepted,
                note: signed.note.clone(),
                changed: signed.shown != shown,
            }),
            shown,
        })
    }

    fn pair_view(&self, pair: &Pair, names: &HashMap<String, String>) -> PairView {
        let ours = pair.ours.as_ref();
        let page =
            ours.filter(|ours| matches!(ours.kind, ExportKind::Invoice | ExportKind::CreditNote));
        PairView {
            key: pair.key(),
            kind: pair.kind().map_or("", ExportKind::word).to_owned(),
            outcome: pair.outcome.word().to_owned(),
            fields: pair.fields.iter().map(|field| field.word().to_owned()).collect(),
            ours: ours.map(our_side),
            theirs: pair.theirs.as_ref().map(|theirs| their_side(theirs, names)),
            record_id: ours.map(|ours| ours.id.to_string()),
            document_id: page.map(|ours| ours.document_id.to_string()),
            can_send_again: mending::gone(pair).is_some(),
            shown: digest(pair),
            accepted: self.accepted(pair).cloned(),
        }
    }
}

/// What a pair says, in a few digits: it changes whenever either side does.
pub(super) fn digest(pair: &Pair) -> String {
    let ours = pair.ours.as_ref().map(|it| {
        let amounts = (it.gross.plain(), it.vat.map(|it| it.plain()), it.open.map(|it| it.plain()));
        (&it.label, it.date, it.due_date, it.currency, amounts, it.ended)
    });
    let theirs = pair.theirs.as_ref().map(|it| {
        let amounts = (it.gross.plain(), it.vat.map(|it| it.plain()), it.open.map(|it| it.plain()));
        (&it.id, &it.number, it.date, it.due_date, it.currency, amounts, &it.state, &it.contact)
    });
    let fields: Vec<&str> = pair.fields.iter().copied().map(Field::word).collect();
    let said = format!("{} {} {fields:?} {ours:?} {theirs:?}", pair.key(), pair.outcome.word());
    key::body_hash(&said)
}

fn sum_row(row: &SumRow) -> Result<SumRowView, Fault> {
    Ok(SumRowView {
        kind: row.kind.word().to_owned(),
        ours: side_sum(&row.ours),
        theirs: side_sum(&row.theirs),
        difference: row.ours.gross.minus(row.theirs.gross)?.into(),
        agrees: row.ours == row.theirs,
    })
}

fn side_sum(sum: &Sum) -> SideSum {
    SideSum { count: sum.count, net: sum.net.into(), vat: sum.vat.into(), gross: sum.gross.into() }
}

fn sides(aged: &Aged) -> AgeingSides {
    AgeingSides {
        ours: aged.ours.iter().copied().map(Into::into).collect(),
        theirs: aged.theirs.iter().copied().map(Into::into).collect(),
        agrees: aged.ours == aged.theirs,
    }
}

fn our_side(ours: &OurRecord) -> SideView {
    SideView {
        label: ours.label.clone(),
        customer: ours.student.clone(),
        date: ours.date.to_string(),
        due_date: ours.due_date.map(|day| day.to_string()),
        net: net(ours.gross, ours.vat).map(Into::into),
        vat: ours.vat.map(Into::into),
        gross: ours.gross.into(),
        open: ours.open.map(Into::into),
        state: mark(ours.state).to_owned(),
    }
}

fn their_side(theirs: &TheirRecord, names: &HashMap<String, String>) -> SideView {
    let name = theirs.contact.as_ref().and_then(|contact| names.get(contact));
    SideView {
        label: theirs.number.clone(),
        customer: name.cloned().unwrap_or_default(),
        date: theirs.date.to_string(),
        due_date: theirs.due_date.map(|day| day.to_string()),
        net: net(theirs.gross, theirs.vat).map(Into::into),
        vat: theirs.vat.map(Into::into),
        gross: theirs.gross.into(),
        open: theirs.open.map(Into::into),
        state: theirs.state.clone(),
    }
}
