//! Document numbers: gapless within a series, and a series belongs to one desk.
//!
//! Never hands out a number: the store does, in the transaction that issues the document.

use crate::ids::{SchoolId, SeriesId};
use serde::{Deserialize, Serialize};

/// The kind of document a series numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Invoices.
    Invoice,
    /// Credit notes.
    CreditNote,
}

/// A gapless series (EU VAT directive art. 226(2); Norway: bokføringsforskriften § 5-1-3).
/// Two desks never share one, so that both can issue offline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberSeries {
    /// Its identity.
    pub id: SeriesId,
    /// The school.
    pub school_id: SchoolId,
    /// What it numbers.
    pub kind: DocumentKind,
    /// The desk that alone issues from it.
    pub desk: String,
    /// Text before the digits, for example `A-`.
    pub prefix: String,
    /// The first number it gives.
    pub first: u64,
}

/// A number of a series: the whole text is unique in the school.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentNumber {
    /// The series it belongs to.
    pub series_id: SeriesId,
    /// Its place in the series.
    pub sequence: u64,
    /// What is printed: prefix and digits.
    pub text: String,
}

impl NumberSeries {
    /// The number at a place of the series.
    pub fn number(&self, sequence: u64) -> DocumentNumber {
        DocumentNumber { series_id: self.id, sequence, text: format!("{}{sequence}", self.prefix) }
    }
}
