//! VAT as data: codes with a category, a rate and a from-date.
//!
//! Never knows how a driving lesson is taxed: that is the school's table, chosen by its accountant.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// VAT category, by its letter in UNCL 5305 as EN 16931 uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VatCategory {
    /// Standard or reduced rate.
    S,
    /// Zero rated.
    Z,
    /// Exempt, or an amount passed on for the customer: needs a reason text (EN 16931 BR-E-10).
    E,
    /// Outside the scope of VAT: stands alone on a document (EN 16931 BR-O-11).
    O,
    /// Reverse charge.
    AE,
}

/// One VAT code of a school, valid from a date until a later entry with the same code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaxCode {
    /// The school's code, for example the SAF-T standard code `3`.
    pub code: String,
    /// What staff and customers read.
    pub name: String,
    /// The category.
    pub category: VatCategory,
    /// Percent, for example 25 or 12.5. Zero unless the category is [`VatCategory::S`].
    #[serde(with = "rust_decimal::serde::str")]
    pub rate: Decimal,
    /// Text printed where no VAT is charged.
    pub reason: Option<String>,
    /// First day on which this entry holds.
    pub valid_from: NaiveDate,
}

impl TaxCode {
    /// The entry of `code` in force on `date`: the latest that began on or before it.
    pub fn in_force<'a>(table: &'a [Self], code: &str, date: NaiveDate) -> Option<&'a Self> {
        table
            .iter()
            .filter(|entry| entry.code == code && entry.valid_from <= date)
            .max_by_key(|entry| entry.valid_from)
    }
}

/// Whether the prices of a list, and of a document made from it, contain VAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBasis {
    /// Prices contain VAT: what the customer was told is the truth.
    Gross,
    /// VAT comes on top.
    Net,
}
