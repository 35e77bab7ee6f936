//! What a bookkeeper does there behind our back, so that a comparison has something to find.
//!
//! Never by way of a call: the books are changed under it, as their own screens would.

/// What becomes of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tampering {
    /// Its total is a hundredth more.
    Total,
    /// A hundredth of its total is tax instead of net.
    Tax,
    /// It is dated a day later.
    Date,
    /// It is due a day later.
    Due,
    /// It is voided.
    Voided,
    /// It stands there once more.
    Twice,
}

/// A hundredth of a unit.
pub(crate) fn hundredth() -> rust_decimal::Decimal {
    rust_decimal::Decimal::new(1, 2)
}
