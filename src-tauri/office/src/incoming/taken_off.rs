//! Credit and money of ours that somebody there took off an invoice again.
//!
//! Never judges what was sent while the company answered: whether its list holds that is not known.

use super::noted::{Noted, Three, amount, theirs};
use super::uses::{self, Use};
use super::{Reading, kind_of};
use crate::fault::Fault;
use finance::Money;
use finance::ids::AllocationId;
use providers::change::{RemoteChange, RemoteCredit, RemotePart, RemotePayment};
use providers::document::DocumentKind;
use std::cmp::Reverse;
use store::exports::UseThere;
use store::{OurSide, Tx};

/// Notes what credit is no longer set against, of what was there when the company was asked.
pub(super) async fn note(
    reading: &Reading<'_>,
    credit: &RemoteCredit,
    asked_ms: i64,
) -> Result<(), Fault> {
    let mut view = reading.office.store.read().await?;
    let holder = (kind_of(credit.kind), credit.id.as_str());
    let uses = view.uses_there(reading.connection.id, holder, asked_ms).await?;
    drop(view);
    for id in missing(uses, credit)? {
        let kind = DocumentKind::CreditAllocation;
        reading.take(&RemoteChange::Gone { kind, id }).await?;
    }
    Ok(())
}

/// Money that we told: as much as we said, and for the invoice that we said.
pub(super) async fn of_ours(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    ours: &OurSide,
) -> Result<Noted, Fault> {
    let is_same = ours.amount.is_none_or(|amount| amount == told.record.gross);
    if is_same && !is_taken_off(tx, reading, told, ours).await? {
        return Ok(Noted::of("ours", ours));
    }
    let mut three =
        Three { theirs: theirs(&RemoteChange::Payment(told.clone())), ..Three::default() };
    three.ours.extend(ours.amount.map(|it| ("amount", amount(it))));
    three.agreed.clone_from(&three.ours);
    let cause = if is_same { "unapplied_there" } else { "amount_differs" };
    Ok(Noted::of("conflict", ours).conflict(cause, &three))
}

/// Whether it no longer pays what it pays here. What pays an invoice that we do not know is no sign
/// of that.
async fn is_taken_off(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
    ours: &OurSide,
) -> Result<bool, Fault> {
    let Some(set) = tx.find_allocation(AllocationId(ours.document_id)).await? else {
        return Ok(false);
    };
    let uses = uses::of(tx, reading, told).await?;
    let still = uses.ours.iter().find(|it| it.invoice_id() == set.invoice_id);
    let less = |it: &Use| ours.amount.is_some_and(|all| it.amount.minor() < all.minor());
    let is_elsewhere = !uses.ours.is_empty() || uses.others.is_empty();
    Ok(set.ended_on.is_none() && still.map_or(is_elsewhere, less))
}

/// Which uses are not among those that are told: known by their ids, or else by what an invoice still
/// takes, of which the largest are thought to be left.
fn missing(mut uses: Vec<UseThere>, credit: &RemoteCredit) -> Result<Vec<String>, Fault> {
    let mut told = credit.uses.clone();
    uses.retain(|one| {
        let place = told.iter().position(|part| part.id.as_ref() == Some(&one.external_id));
        place.map(|place| told.swap_remove(place)).is_none()
    });
    uses.sort_by_key(|one| Reverse(one.minor));
    let mut gone = Vec::new();
    for one in uses {
        if !take_from(&mut told, &one)? {
            gone.push(one.external_id);
        }
    }
    Ok(gone)
}

/// Whether some of what an invoice takes there is this use; that is not there for another one then.
fn take_from(told: &mut [RemotePart], one: &UseThere) -> Result<bool, Fault> {
    for part in told.iter_mut().filter(|part| part.invoice == one.invoice) {
        let left = part.amount.minus(Money::from_minor(one.minor, part.amount.currency()))?;
        if !left.is_negative() {
            part.amount = left;
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbp(minor: i64) -> Money {
        Money::from_minor(minor, "GBP".parse().expect("pounds"))
    }

    fn of(told: &[(&str, i64, Option<&str>)], ours: &[(&str, &str, i64)]) -> Vec<String> {
        let part = |(invoice, minor, id): &(&str, i64, Option<&str>)| RemotePart {
            invoice: (*invoice).to_owned(),
            amount: gbp(*minor),
            id: id.map(str::to_owned),
        };
        let used = |(id, invoice, minor): &(&str, &str, i64)| UseThere {
            external_id: (*id).to_owned(),
            invoice: (*invoice).to_owned(),
            minor: *minor,
        };
        let credit = RemoteCredit {
            kind: DocumentKind::CreditNote,
            id: "N".to_owned(),
            uses: told.iter().map(part).collect(),
        };
        missing(ours.iter().map(used).collect(), &credit).expect("sums")
    }

    #[test]
    fn what_is_told_by_its_id_is_there_whatever_its_amount() {
        assert_eq!(of(&[("I", 100, Some("a"))], &[("a", "I", 500)]), Vec::<String>::new());
    }

    #[test]
    fn what_has_another_id_is_found_by_invoice_and_amount() {
        assert_eq!(of(&[("I", 500, Some("x"))], &[("a", "I", 500)]), Vec::<String>::new());
        assert_eq!(of(&[("J", 500, Some("x"))], &[("a", "I", 500)]), ["a"]);
    }

    #[test]
    fn of_two_uses_of_an_invoice_the_one_that_no_longer_fits_is_gone() {
        let ours = [("a", "I", 300), ("b", "I", 500)];
        assert_eq!(of(&[("I", 800, None)], &ours), Vec::<String>::new());
        assert_eq!(of(&[("I", 500, None)], &ours), ["a"]);
        assert_eq!(of(&[("I", 300, None)], &ours), ["b"]);
        assert_eq!(of(&[], &ours), ["b", "a"]);
    }

    #[test]
    fn an_invoice_that_takes_less_than_before_is_told_of() {
        assert_eq!(of(&[("I", 200, None)], &[("a", "I", 500)]), ["a"]);
    }
}
