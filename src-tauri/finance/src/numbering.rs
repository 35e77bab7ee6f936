//! Document numbers: gapless within a series, and a series belongs to one desk.
//!
//! Never hands out a number: the store does, in the transaction that issues the document.

use crate::ids::{SchoolId, SeriesId};
use crate::opening::OPENING_PREFIX;
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
    /// The year it is of, where years have series of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
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

/// How a desk numbers a kind of document: its series, and when the next one opens by itself. Of
/// two rules for one kind and desk the later clock wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRule {
    /// The school.
    pub school_id: SchoolId,
    /// What it numbers.
    pub kind: DocumentKind,
    /// The desk.
    pub desk: String,
    /// Text before the digits; `{year}` and `{yy}` stand for the year.
    pub prefix: String,
    /// A series of its own for every year, opened by the year's first document.
    pub yearly: bool,
    /// Each year begins at 1 again; otherwise it goes on where the last one stands.
    pub restart: bool,
}

/// Why a rule cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesRejection {
    /// Letters, digits, `-` and `/`, at most 20, no digit at the end.
    #[error("a prefix has letters, digits, - and /, and does not end in a digit")]
    Prefix,
    /// [`crate::opening::OPENING_PREFIX`] stands before numbers of another system.
    #[error("this prefix stands before numbers of another system")]
    Reserved,
    /// Two years would have one prefix.
    #[error("the prefix of a yearly series must say the year")]
    NoYear,
    /// Beginning at 1 again needs a series of its own for every year.
    #[error("only yearly series begin again")]
    RestartWithoutYear,
    /// A KID holds the number without its prefix, so that no number may come again.
    #[error("numbers in a KID must not begin again")]
    RestartWithKid,
}

impl SeriesRule {
    /// Checks a rule; `in_kid` says that payment references hold the numbers.
    ///
    /// # Errors
    /// [`SeriesRejection`] for the first rule broken.
    pub fn check(&self, in_kid: bool) -> Result<(), SeriesRejection> {
        let says_year = self.prefix.contains("{year}") || self.prefix.contains("{yy}");
        let shown = self.prefix_of(2026);
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/';
        if shown.len() > 20 || !shown.chars().all(fits) || shown.ends_with(char::is_numeric) {
            return Err(SeriesRejection::Prefix);
        }
        if is_reserved(&shown) {
            return Err(SeriesRejection::Reserved);
        }
        if self.yearly != says_year {
            return Err(if self.yearly {
                SeriesRejection::NoYear
            } else {
                SeriesRejection::Prefix
            });
        }
        match (self.restart, self.yearly) {
            (true, false) => Err(SeriesRejection::RestartWithoutYear),
            (true, true) if in_kid => Err(SeriesRejection::RestartWithKid),
            _ => Ok(()),
        }
    }

    /// The prefix in a year.
    pub fn prefix_of(&self, year: i32) -> String {
        let short = format!("{:02}", year.rem_euclid(100));
        self.prefix.replace("{year}", &year.to_string()).replace("{yy}", &short)
    }
}

/// Whether a prefix could make numbers like those of opening invoices.
pub fn is_reserved(prefix: &str) -> bool {
    prefix.to_ascii_uppercase().starts_with(OPENING_PREFIX)
}

/// A series with the number it gives next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The series.
    pub series: NumberSeries,
    /// Its next number.
    pub next: u64,
}

/// The series a document of a year is numbered from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One that is open, by its place among those given.
    Open(usize),
    /// One that is to be opened.
    New(NumberSeries),
}

/// Chooses among a desk's series of one kind, oldest first. `id` is for one that is to be opened.
/// Where numbers go on over the years, nothing is numbered from a series that another has
/// followed: a number would come twice.
pub fn choose(
    rule: Option<&SeriesRule>,
    open: &[Standing],
    year: i32,
    id: SeriesId,
) -> Option<Choice> {
    let Some(rule) = rule.filter(|rule| rule.yearly) else {
        return open.len().checked_sub(1).map(Choice::Open);
    };
    let known = open.iter().rposition(|it| match (it.series.year, rule.restart) {
        (Some(known), true) => known == year,
        (Some(known), false) => known >= year,
        (None, _) => false,
    });
    if let Some(known) = known {
        return Some(Choice::Open(known));
    }
    let last = open.iter().map(|it| it.next).max().unwrap_or(1);
    Some(Choice::New(NumberSeries {
        id,
        school_id: rule.school_id,
        kind: rule.kind,
        desk: rule.desk.clone(),
        prefix: rule.prefix_of(year),
        first: if rule.restart { 1 } else { last },
        year: Some(year),
    }))
}
