//! The cells of one row, as what they should be.
//!
//! Never guesses: what is no such value is a refusal that names column and value.

use super::report::{self, Outcome, Refusal};
use crate::typed;
use chrono::NaiveDate;
use documents::csv_in::{self, Field, RawRow, Table, ValueProblem};
use finance::fact::FactBody;
use finance::{Currency, Money};
use rust_decimal::Decimal;

/// Words for what is not there any more, or not yet, in the system it comes from.
const NOT_IN_FORCE: &[&str] = &[
    "0",
    "false",
    "no",
    "nei",
    "nein",
    "draft",
    "utkast",
    "entwurf",
    "cancelled",
    "canceled",
    "kansellert",
    "annullert",
    "storniert",
    "void",
    "voided",
    "reversed",
    "reversert",
    "failed",
    "feilet",
    "pending",
    "deleted",
    "slettet",
    "supplier",
];
/// Words for yes.
const YES: &[&str] = &["1", "true", "yes", "ja", "x"];

/// The cells of one row.
pub(super) struct Cells<'a> {
    pub table: &'a Table,
    pub row: &'a RawRow,
}

impl Cells<'_> {
    pub fn raw(&self, field: Field) -> &str {
        self.table.cell(self.row, field).unwrap_or_default()
    }

    pub fn has(&self, field: Field) -> bool {
        self.table.columns.iter().any(|column| column.field == field)
    }

    pub fn refusal(&self, code: &str, field: Field) -> Refusal {
        Refusal {
            code: code.to_owned(),
            column: Some(report::name(field)),
            value: Some(self.raw(field).to_owned()),
        }
    }

    /// A text that may be empty.
    pub fn text(&self, field: Field, most: usize) -> Result<String, Refusal> {
        typed::text("cell", self.raw(field), most)
            .map_err(|fault| self.refusal(fault.rule.as_deref().unwrap_or("invalid"), field))
    }

    /// A text that must not be empty.
    pub fn required(&self, field: Field, most: usize) -> Result<String, Refusal> {
        let text = self.text(field, most)?;
        if text.is_empty() { Err(self.refusal("missing", field)) } else { Ok(text) }
    }

    /// A day that must be there.
    pub fn date(&self, field: Field) -> Result<NaiveDate, Refusal> {
        csv_in::date(self.raw(field), self.table.dates).map_err(|problem| {
            let code = match problem {
                ValueProblem::Empty => "missing",
                ValueProblem::Ambiguous(_) => "ambiguous_date",
                ValueProblem::NotNumber(_) | ValueProblem::NotDate(_) => "date",
            };
            self.refusal(code, field)
        })
    }

    /// A day that may be left out.
    pub fn optional_date(&self, field: Field) -> Result<Option<NaiveDate>, Refusal> {
        if self.raw(field).trim().is_empty() { Ok(None) } else { self.date(field).map(Some) }
    }

    /// A number that must be there.
    pub fn number(&self, field: Field) -> Result<Decimal, Refusal> {
        csv_in::decimal(self.raw(field), self.table.decimal).map_err(|problem| {
            let code = match problem {
                ValueProblem::Empty => "missing",
                ValueProblem::Ambiguous(_) => "ambiguous_number",
                ValueProblem::NotNumber(_) | ValueProblem::NotDate(_) => "number",
            };
            self.refusal(code, field)
        })
    }

    /// An amount that must be there.
    pub fn money(&self, field: Field, currency: Currency) -> Result<Money, Refusal> {
        let amount = self.number(field)?;
        // What a school handles in a year fits a thousand times over.
        if amount.abs() > Decimal::from(1_000_000_000_000_i64) {
            return Err(self.refusal("too_large", field));
        }
        Money::exact(amount, currency).map_err(|_| self.refusal("too_many_decimals", field))
    }

    /// An amount that may be left out.
    pub fn optional_money(
        &self,
        field: Field,
        currency: Currency,
    ) -> Result<Option<Money>, Refusal> {
        let empty = self.raw(field).trim().is_empty();
        if empty { Ok(None) } else { self.money(field, currency).map(Some) }
    }

    /// Whether it is a draft, cancelled or not meant in the system it comes from.
    pub fn is_not_in_force(&self) -> bool {
        let word = |field| self.raw(field).trim().to_lowercase();
        NOT_IN_FORCE.contains(&word(Field::State).as_str())
            || YES.contains(&word(Field::Void).as_str())
    }
}

/// What became of a row that is read on its own.
pub(super) enum Found {
    /// Facts to record.
    New(Vec<FactBody>),
    /// All of it is known.
    Known,
    /// There is nothing to bring in, and why.
    LeftOut(&'static str),
}

/// A row with what was found.
pub(super) fn outcome(cells: &Cells<'_>, label: String, found: Result<Found, Refusal>) -> Outcome {
    let line = cells.row.line;
    match found {
        Ok(Found::New(bodies)) => Outcome::Accepted { line, label, bodies },
        Ok(Found::Known) => Outcome::Unchanged { line, label },
        Ok(Found::LeftOut(code)) => Outcome::LeftOut { line, label, code },
        Err(refusal) => Outcome::Refused { line, label, refusal },
    }
}
