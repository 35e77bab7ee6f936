//! Lines of a document, their VAT and their sums.
//!
//! Never rounds tax line by line: VAT is computed per code on the document's sum (EN 16931
//! BR-CO-17) and then spread over the lines, so that lines, rates and total agree.

use crate::catalogue::ServiceKind;
use crate::ids::ServiceId;
use crate::money::Money;
use crate::tax::{PriceBasis, TaxCode};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A line before it is priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineItem {
    /// The entry of the price list it came from.
    pub service_id: Option<ServiceId>,
    /// Code of that entry when the line was made; empty for free text.
    pub service_code: String,
    /// Its kind.
    pub kind: ServiceKind,
    /// What is printed.
    pub description: String,
    /// How many; above zero, at most four decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Price of one in the document's basis; at most four decimals, may be negative.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    /// Percent taken off, 0 to 100, at most two decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub discount_percent: Decimal,
    /// VAT as it stood on the document's date.
    pub tax: TaxCode,
    /// Account its income is posted to.
    pub income_account: String,
}

/// A line with its sums: `net + vat = gross`, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// The line.
    #[serde(flatten)]
    pub item: LineItem,
    /// This line's part of the document's discount, in the basis of its price; taken off already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Money>,
    /// Without VAT.
    pub net: Money,
    /// The VAT of this line.
    pub vat: Money,
    /// With VAT.
    pub gross: Money,
}

impl PricedLine {
    /// Its amount in a basis before the document's discount: what stands in the amount column.
    pub fn amount(&self, basis: PriceBasis) -> Money {
        let amount = if basis == PriceBasis::Gross { self.gross } else { self.net };
        self.discount.and_then(|discount| amount.plus(discount).ok()).unwrap_or(amount)
    }
}

/// The sums of one VAT code on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatSum {
    /// The code as it stood.
    pub tax: TaxCode,
    /// Base.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// Base and VAT.
    pub gross: Money,
}

/// A priced document: lines, VAT per code, and totals that agree to the minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Lines in order.
    pub lines: Vec<PricedLine>,
    /// One entry per VAT code, in the order of first use.
    pub by_code: Vec<VatSum>,
    /// Sum without VAT.
    pub net: Money,
    /// Sum of VAT.
    pub vat: Money,
    /// What the customer owes.
    pub gross: Money,
}

impl Totals {
    /// What the document's discount comes to, in the basis of its prices; nothing where it has none.
    pub fn discount(&self) -> Option<Money> {
        let mut parts = self.lines.iter().filter_map(|line| line.discount).peekable();
        parts.peek()?;
        Money::sum(self.gross.currency(), parts).ok()
    }
}

/// Why a line cannot be priced. `line` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineRejection {
    /// Nothing, less than nothing, or more than a million.
    #[error("line {line}: the quantity must be above 0 and at most 1 000 000")]
    QuantityOutOfRange { line: usize },
    /// A quantity or price with more than four decimals, or a discount with more than two.
    #[error("line {line}: too many decimals")]
    TooManyDecimals { line: usize },
    /// Less than 0 or more than 100 percent.
    #[error("line {line}: the discount must lie between 0 and 100 percent")]
    DiscountOutOfRange { line: usize },
    /// A VAT rate below 0 or above 100 percent.
    #[error("line {line}: the rate of VAT code {code} must lie between 0 and 100 percent")]
    VatRateOutOfRange { line: usize, code: String },
    /// The amount does not fit.
    #[error("line {line}: the amount is too large")]
    TooLarge { line: usize },
    /// No text.
    #[error("line {line}: the description is missing")]
    NoDescription { line: usize },
    /// An exemption without the reason that must be printed (EN 16931 BR-E-10, BR-O-10).
    #[error("line {line}: VAT code {code} needs a reason text")]
    NoExemptionReason { line: usize, code: String },
    /// Category O beside another (EN 16931 BR-O-11): the document must be split.
    #[error("an amount outside the scope of VAT must stand on a document of its own")]
    OutOfScopeNotAlone,
    /// A discount on the document that is no percentage or amount, or more than its lines.
    #[error("the discount must be above 0 and at most what the lines come to")]
    DocumentDiscount,
    /// A document has at least one line and at most 1,000.
    #[error("a document needs between 1 and 1 000 lines")]
    LineCount,
}
