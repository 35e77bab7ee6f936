//! Sums of their records per currency, for reconciliation. Pure.
//!
//! Never decides which records count: each adapter knows which of its states are in the books.

use crate::document::{DocumentKind, RemoteTotals};
use crate::error::ProviderError;
use crate::exact::Exact;
use crate::fitting::{money, unusable};
use finance::money::{Currency, Money, MoneyError};
use std::collections::BTreeMap;

/// Count, sum with VAT, and VAT, per currency.
#[derive(Default)]
pub struct Sums(BTreeMap<Currency, (u64, Money, Money)>);

impl Sums {
    /// Adds one record.
    ///
    /// # Errors
    /// [`ProviderError::Protocol`] for an amount that the currency cannot hold.
    pub fn add(
        &mut self,
        currency: Currency,
        gross: Option<Exact>,
        vat: Option<Exact>,
    ) -> Result<(), ProviderError> {
        self.try_add(currency, gross, vat).map_err(unusable)
    }

    fn try_add(
        &mut self,
        currency: Currency,
        gross: Option<Exact>,
        vat: Option<Exact>,
    ) -> Result<(), MoneyError> {
        let zero = Money::zero(currency);
        let (count, sum, tax) = self.0.entry(currency).or_insert((0, zero, zero));
        *count += 1;
        *sum = sum.plus(money(gross, currency)?.unwrap_or(zero))?;
        *tax = tax.plus(money(vat, currency)?.unwrap_or(zero))?;
        Ok(())
    }

    /// The sums as totals of a kind, one for each currency.
    pub fn totals(self, kind: DocumentKind) -> impl Iterator<Item = RemoteTotals> {
        let sums = self.0.into_values();
        sums.map(move |(count, gross, vat)| RemoteTotals { kind, count, gross, vat })
    }
}
