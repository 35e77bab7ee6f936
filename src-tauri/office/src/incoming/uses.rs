//! What money of theirs is set against, as far as it is ours.
//!
//! Never a second use of the same invoice: what is set against it several times is one.

use super::Reading;
use crate::fault::Fault;
use finance::Money;
use finance::allocation::Share;
use finance::ids::{AllocationId, InvoiceId};
use providers::change::RemotePayment;
use store::exports::ExportKind;
use store::{OurSide, Tx};

/// What is set against one of our invoices.
pub(super) struct Use {
    /// The invoice.
    pub invoice: OurSide,
    /// How much of it, in all.
    pub amount: Money,
    /// Their id of the invoice.
    there: String,
    /// Their ids of the single settings, where they have any.
    named: Vec<(String, Money)>,
}

impl Use {
    /// The same by our invoice.
    pub fn share(&self) -> Share {
        Share { invoice_id: self.invoice_id(), amount: self.amount }
    }

    /// Our invoice.
    pub const fn invoice_id(&self) -> InvoiceId {
        InvoiceId(self.invoice.document_id)
    }

    /// What an allocation of ours is called there: by their id of a setting of that amount, or else
    /// by the money, the invoice, and its id here.
    pub fn name(&self, money: &str, (allocation, amount): (AllocationId, Money)) -> String {
        let same = self.named.iter().find(|(_, set)| *set == amount);
        same.map_or_else(|| format!("{money}/{}/{allocation}", self.there), |(id, _)| id.clone())
    }
}

/// All that money of theirs is set against.
pub(super) struct Uses {
    /// Invoices of ours.
    pub ours: Vec<Use>,
    /// What is set against anything else.
    pub others: Vec<Money>,
}

/// Sorts what money of theirs is set against.
pub(super) async fn of(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemotePayment,
) -> Result<Uses, Fault> {
    let mut uses = Uses { ours: Vec::new(), others: Vec::new() };
    for part in &told.pays {
        let found = tx.our_side(reading.connection.id, ExportKind::Invoice, &part.invoice).await?;
        let Some(invoice) = found else {
            uses.others.push(part.amount);
            continue;
        };
        let named = part.id.iter().map(|id| (id.clone(), part.amount));
        match uses.ours.iter_mut().find(|it| it.invoice.document_id == invoice.document_id) {
            Some(same) => {
                same.amount = same.amount.plus(part.amount)?;
                same.named.extend(named);
            }
            None => {
                let (there, named) = (part.invoice.clone(), named.collect());
                uses.ours.push(Use { invoice, amount: part.amount, there, named });
            }
        }
    }
    Ok(uses)
}
