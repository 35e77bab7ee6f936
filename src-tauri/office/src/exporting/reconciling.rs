//! Comparing our books with theirs for a period: counts and sums of each kind.
//!
//! Never mends a difference: it shows it.

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::agreement::document_kind;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::exports::{ReconcileRequest, ReconcileRow, ReconcileView};
use finance::money::{Currency, Money};
use providers::document::{Period, RemoteTotals};
use providers::sums::totals;
use std::collections::BTreeSet;
use store::exports::{ExportKind, OurTotals};

/// What both sides count in common; customers and credit set against invoices carry no books.
const KINDS: [ExportKind; 3] = [ExportKind::Invoice, ExportKind::CreditNote, ExportKind::Payment];

/// Ours against theirs, by the dates of the documents, both days included.
pub async fn reconcile(
    office: &Office,
    _: &Actor,
    request: ReconcileRequest,
) -> Result<ReconcileView, Fault> {
    let from = typed::date("from", &request.from)?;
    let to = typed::date("to", &request.to)?;
    if to < from {
        let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
        return Err(fault.at("to").rule("before_from"));
    }
    let mut view = office.store.read().await?;
    let connection =
        connecting::find_open(&mut view, "connection_id", &request.connection_id).await?;
    let ours = view.our_export_totals(connection.id, from, to).await?;
    drop(view);
    let question = Question::to(office, &connection).await?;
    let answer = question.adapter.fetch_records(&question.session, Period { from, to }).await;
    let theirs = totals(&question.heard(office, answer).await?)?;
    Ok(compared(&ours, &theirs, office.school.currency))
}

fn compared(ours: &[OurTotals], theirs: &[RemoteTotals], own: Currency) -> ReconcileView {
    let mut rows = Vec::new();
    let mut agrees = true;
    for kind in KINDS {
        let there = || theirs.iter().filter(|it| Some(it.kind) == document_kind(kind));
        let here = || ours.iter().filter(|it| it.kind == kind);
        let mut currencies: BTreeSet<Currency> = there().map(|it| it.gross.currency()).collect();
        currencies.extend(here().map(|it| it.currency));
        currencies.insert(own);
        for currency in currencies {
            let here = here().find(|it| it.currency == currency);
            let there = there().find(|it| it.gross.currency() == currency);
            let zero = Money::zero(currency);
            let (our_count, our_gross, our_vat) = here.map_or((0, zero, zero), |it| {
                let money = |minor| Money::from_minor(minor, currency);
                (it.count, money(it.gross_minor), money(it.vat_minor))
            });
            let (their_count, their_gross, their_vat) = there.map_or((0, zero, zero), |it| {
                (u32::try_from(it.count).unwrap_or(u32::MAX), it.gross, it.vat)
            });
            agrees &= (our_count, our_gross, our_vat) == (their_count, their_gross, their_vat);
            rows.push(ReconcileRow {
                kind: kind.word().to_owned(),
                our_count,
                their_count,
                our_gross: our_gross.into(),
                their_gross: their_gross.into(),
                our_vat: our_vat.into(),
                their_vat: their_vat.into(),
            });
        }
    }
    ReconcileView { rows, agrees }
}

#[cfg(test)]
mod tests {
    use super::*;
    use providers::document::DocumentKind;

    fn nok() -> Currency {
        "NOK".parse().expect("a currency")
    }

    fn ours(count: u32, gross_minor: i64) -> OurTotals {
        OurTotals { kind: ExportKind::Invoice, currency: nok(), count, gross_minor, vat_minor: 0 }
    }

    fn theirs(count: u64, gross_minor: i64, currency: Currency) -> RemoteTotals {
        let gross = Money::from_minor(gross_minor, currency);
        RemoteTotals { kind: DocumentKind::Invoice, count, gross, vat: Money::zero(currency) }
    }

    #[test]
    fn equal_counts_and_sums_agree() {
        let view = compared(&[ours(2, 500)], &[theirs(2, 500, nok())], nok());
        assert!(view.agrees);
        assert_eq!(view.rows.len(), 3);
    }

    #[test]
    fn one_minor_unit_is_a_difference() {
        assert!(!compared(&[ours(2, 500)], &[theirs(2, 501, nok())], nok()).agrees);
    }

    #[test]
    fn what_is_there_in_another_currency_is_shown_and_does_not_agree() {
        let sek = "SEK".parse().expect("a currency");
        let both = [theirs(1, 500, nok()), theirs(1, 9, sek)];
        let view = compared(&[ours(1, 500)], &both, nok());
        assert!(!view.agrees);
        assert_eq!(view.rows.len(), 4);
    }
}
